"""From texts and values to YAML, in the style that was there before or as a person would write.

Does not know what a report is. In a text, an empty line stands between paragraphs.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping

from raportti.source.plain import Value
from raportti.source.yaml_parse import ScalarNode

WIDTH = 100
"""How long lines are where nothing says it, as in the files that come with the program."""
NARROWEST = 40
_PLAIN = re.compile(r"[^\W_][^\n]*")
_NOT_PLAIN = re.compile(r": |:$| #|^---|^\.\.\.|\s$")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def scalar_text(text: str, *, column: int, at: int, like: ScalarNode | None = None, width: int = WIDTH) -> str:
    """Write a text as the value of a key that stands at ``column``; the text begins at ``at`` on its line.

    ``like`` is what stood there before, the style of which is kept where it can say the new text.
    """
    style = like.style if like else ""
    if _UNPRINTABLE.search(text):
        return double_quoted(text)
    is_short = "\n" not in text and at + len(text) <= width
    if style in (">", "|"):
        return _block(text, style, column + 2, width)
    if style == '"' and is_short:
        return double_quoted(text)
    if style == "'" and is_short:
        return _single_quoted(text)
    if not is_short:
        return _block(text, ">", column + 2, width)
    return text if is_plain(text) else _single_quoted(text)


def flow_text(text: str, like: ScalarNode | None = None) -> str:
    """Write a text within brackets or braces."""
    is_bare = like is not None and not like.style and is_plain(text) and not _NOT_IN_FLOW.search(text)
    return text if is_bare else double_quoted(text)


def is_plain(text: str) -> bool:
    """Return whether a text can stand without quotes."""
    return bool(_PLAIN.fullmatch(text)) and not _NOT_PLAIN.search(text)


def double_quoted(text: str) -> str:
    """Write a text in double quotes: as JSON does, and escaped what YAML would not keep (YAML 1.2, 5.1 and 5.7)."""
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _block(text: str, style: str, indent: int, width: int) -> str:
    """Write a folded or literal block, without a line end after it."""
    room = max(width - indent, NARROWEST)
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        wrapped = textwrap.wrap(paragraph, room, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [*([""] if lines else []), *wrapped]
    return "\n".join((f"{style}-", *(f"{' ' * indent}{line}" if line else "" for line in lines)))


def widest(text: str, like: ScalarNode | None) -> int:
    """Return how wide the lines of a block were written, so that a new text is as wide."""
    if like is None or like.style not in (">", "|"):
        return WIDTH
    lines = text[like.start : like.end].splitlines()[1:]
    return max((len(line) for line in lines), default=WIDTH) if len(lines) > 1 else WIDTH


def block_text(value: Value, column: int, at: int) -> str:
    """Write what follows ``key:`` where the key stands at ``column`` and its value would begin at ``at``.

    Begins with a space or a line end; has no line end after it.
    """
    if isinstance(value, str):
        return f" {scalar_text(value, column=column, at=at + 1)}" if value else ""
    if not value:
        return " {}" if isinstance(value, Mapping) else " []"
    if isinstance(value, Mapping):
        return "".join(f"\n{line}" for line in _entries(value, column + 2))
    return "".join(f"\n{item_text(item, column + 2)}" for item in value)


def entry_text(key: str, value: Value, column: int) -> str:
    """Write a key with its value, from its first letter."""
    return f"{key}:{block_text(value, column, column + len(key) + 1)}"


def item_text(value: Value, column: int) -> str:
    """Write an item of a list, its dash at ``column``."""
    dash = f"{' ' * column}- "
    if isinstance(value, Mapping) and value:
        first, *rest = _entries(value, column + 2)
        return "\n".join((dash + first.lstrip(" "), *rest))
    if isinstance(value, str):
        return dash + scalar_text(value, column=column, at=column + 2)
    return dash + flow_value(value)


def flow_value(value: Value) -> str:
    """Write a value in brackets and braces: JSON, which is YAML too (YAML 1.2, 1.3)."""
    return json.dumps(value, ensure_ascii=False)


def _entries(values: Mapping[str, Value], column: int) -> Iterator[str]:
    for key, value in values.items():
        yield f"{' ' * column}{entry_text(key, value, column)}"
