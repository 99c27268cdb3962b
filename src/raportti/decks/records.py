"""A deck of ours as it is now, beside what it knows of itself. Knows no file format, and not what was changed."""

from dataclasses import dataclass
from pathlib import Path

from raportti.stamp import RowStamp, SlideStamp, Stamp


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph as content: what the layout broke is whole; ``level`` is 0 for text, 1 and 2 for items of a list."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell under the key of its column; ``is_edited``: it says other than what was generated."""

    key: str
    paragraphs: tuple[ReadParagraph, ...]
    is_edited: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a table; ``stamp`` is None where it was added by hand. ``index`` counts header rows, from 0."""

    stamp: RowStamp | None
    index: int
    cells: tuple[ReadCell, ...]


@dataclass(frozen=True, slots=True)
class ReadSlide:
    """A slide with its number in the deck's order, from 1, and the name of its part.

    ``key`` is that of its tag. ``stamp`` is None where it is not one of those generated; ``copy_of`` then says of which
    one it is a copy made by hand. ``table`` is the name of its table, None where it has none (any more), ``head`` what
    stands above its columns.
    """

    number: int
    part: str
    key: str | None
    stamp: SlideStamp | None
    copy_of: SlideStamp | None
    title: str
    table: str | None = None
    rows: tuple[ReadRow, ...] = ()
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckReading:
    """A deck of ours; ``missing`` are the slides that were generated and are not there any more."""

    path: Path
    stamp: Stamp
    slides: tuple[ReadSlide, ...]
    missing: tuple[SlideStamp, ...]

    @property
    def language(self) -> str:
        """The language of its report."""
        return self.stamp.report.language
