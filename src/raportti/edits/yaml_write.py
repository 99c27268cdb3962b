"""From plain values (texts, lists, keys with values) to YAML as a person would write it. Knows nothing of reports."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from raportti.edits.yaml_scalars import scalar_text

Value: TypeAlias = str | Sequence["Value"] | Mapping[str, "Value"]


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
