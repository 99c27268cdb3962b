"""From the paragraphs of a list to its items, nested as their bullets say. Knows no markup."""

from collections.abc import Sequence
from dataclasses import dataclass

from raportti.plan.typeset import Paragraph
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph of a list with the items below it; ``parent`` is the paragraph that it stands below."""

    paragraph: Paragraph
    items: tuple["ListItem", ...]
    parent: Paragraph | None
    is_first: bool
    """Whether it is the first paragraph of its box."""


def list_items(paragraphs: Sequence[Paragraph]) -> tuple[ListItem, ...]:
    """Nest paragraphs: those of a deeper level belong to the item before them."""
    return _nested(paragraphs, _levels(paragraphs), None, is_first=True)


def indent_within(paragraph: Paragraph, parent: Paragraph | None) -> Emu:
    """Return how far a paragraph is indented from its parent item."""
    return paragraph.indent - (parent.indent if parent else 0)


def _levels(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """Say the level of each; a paragraph without a bullet has that of the one before it, the first is of level 1."""
    levels: list[int] = []
    for paragraph in paragraphs:
        own = paragraph.bullet.level if paragraph.bullet else levels[-1] if levels else 1
        levels.append(own if levels else 1)
    return tuple(levels)


def _nested(
    paragraphs: Sequence[Paragraph], levels: Sequence[int], parent: Paragraph | None, *, is_first: bool
) -> tuple[ListItem, ...]:
    items: list[ListItem] = []
    start = 0
    while start < len(paragraphs):
        end = start + 1
        while end < len(paragraphs) and levels[end] > levels[start]:
            end += 1
        head = paragraphs[start]
        below = _nested(paragraphs[start + 1 : end], levels[start + 1 : end], head, is_first=False)
        items.append(ListItem(head, below, parent, is_first and start == 0))
        start = end
    return tuple(items)
