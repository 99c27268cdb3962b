"""From what a style sheet says of a look to the name of its class: the same rule has the same name on every page.

So a page's elements alone say how it looks, and the pages that do not change keep their names when others do.
"""

import re
from hashlib import blake2b

_DIGITS = 10
_RULE = re.compile(rf"^\.a[0-9a-f]{{{_DIGITS}}}\{{.*\}}$\n?", re.MULTILINE)


def name_of(rule: str) -> str:
    """Name the class of a rule."""
    return f"a{blake2b(rule.encode('utf-8', 'replace'), digest_size=_DIGITS // 2).hexdigest()}"


def rule_of(name: str, rule: str) -> str:
    """Write the rule of a class."""
    return f".{name}{{{rule}}}"


def without_looks(style: str) -> str:
    """Return what a style sheet says besides the looks, whose names say them."""
    return _RULE.sub("", style)
