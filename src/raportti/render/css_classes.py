"""From a CSS rule to the name of its class: the same rule has the same name on every page and in every build.

So the elements of a page alone say how it looks, and pages that do not change keep their names when others do.
Does not know what rules say.
"""

import re
from hashlib import blake2b

_DIGITS = 10
_CLASS_RULE = re.compile(rf"^\.a[0-9a-f]{{{_DIGITS}}}\{{.*\}}$\n?", re.MULTILINE)


def class_name(rule: str) -> str:
    """Name the class of a rule."""
    return f"a{blake2b(rule.encode('utf-8', 'replace'), digest_size=_DIGITS // 2).hexdigest()}"


def class_rule(name: str, rule: str) -> str:
    """Write the rule of a class."""
    return f".{name}{{{rule}}}"


def without_class_rules(style: str) -> str:
    """Return a style sheet without the rules of such classes, whose names say them already."""
    return _CLASS_RULE.sub("", style)
