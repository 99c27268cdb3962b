"""From two values of the model to whether they say the same. Knows not what they are of.

Texts are equal where their letters are; here the languages of their passages count too.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import cast

from raportti.passages import Passage, joined, passages_of


def is_same(old: object, new: object) -> bool:
    """Tell whether two values are equal, and their passages in the same languages.

    >>> from raportti.passages import Marked
    >>> is_same(("Lean",), (Marked([Passage("Lean", "en")]),))
    False
    """
    return old is new or (old == new and list(_passages(old)) == list(_passages(new)))


def _passages(value: object) -> Iterator[tuple[Passage, ...]]:
    if isinstance(value, str):
        yield passages_of(joined((value,)))
    elif isinstance(value, tuple):
        for part in cast("tuple[object, ...]", value):
            yield from _passages(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _passages(getattr(value, field.name))
