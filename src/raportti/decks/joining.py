"""From the rows of a goal, which may be cut over slides, to what each of its cells says as a whole.

Knows neither the report nor what its values may be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raportti.decks.records import ReadCell, ReadParagraph, ReadRow, ReadSlide
from raportti.stamp import FLOWING, ParagraphStamp, RowStamp


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a goal as it was generated, and as it is; ``slide`` and ``row`` are None where it was deleted."""

    stamp: RowStamp
    slide: ReadSlide | None = None
    row: ReadRow | None = None

    def said(self, key: str) -> tuple[ParagraphStamp, ...]:
        """Return what was generated in a cell."""
        return next((cell.paragraphs for cell in self.stamp.cells if cell.key == key), ())

    def cell(self, key: str) -> ReadCell | None:
        """Return a cell as it is, None where it is there no more."""
        return next((cell for cell in self.row.cells if cell.key == key), None) if self.row else None


@dataclass(frozen=True, slots=True)
class Version:
    """What an edited cell says, and the part where it does."""

    part: Part
    paragraphs: tuple[ReadParagraph, ...]

    @property
    def line(self) -> str:
        """The text in one paragraph."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def versions_of(key: str, parts: Sequence[Part], printed: str) -> tuple[Version, ...]:
    """Return what a cell says by its edits: nothing where it has none, several where they say different things.

    ``printed`` is the value of the cell as it is printed; what follows it there is a mark, and no part of it.
    """
    edited = [part for part in parts if (cell := part.cell(key)) and cell.is_edited]
    if not edited:
        return ()
    if not _is_repeated(key, parts):
        return (Version(edited[0], tuple(_joined(key, parts))),)
    first = "".join(paragraph.text for paragraph in parts[0].said(key))
    base = printed if first.startswith(printed) else first
    versions = [Version(part, _without_mark(part, key, base)) for part in edited]
    return tuple({version.line: version for version in versions}.values())


def _is_repeated(key: str, parts: Sequence[Part]) -> bool:
    texts = ["\n".join(paragraph.text for paragraph in part.said(key)) for part in parts]
    return key not in FLOWING and all(text.startswith(texts[0]) for text in texts)


def _without_mark(part: Part, key: str, printed: str) -> tuple[ReadParagraph, ...]:
    """Take away what is printed after the value: that it goes on from another slide, that a score rose."""
    cell = part.cell(key)
    read = cell.paragraphs if cell else ()
    first, *others = (paragraph.text for paragraph in part.said(key))
    marks = (first.removeprefix(printed).strip(), *(text.strip() for text in others))
    whole = line = " ".join(paragraph.text for paragraph in read)
    for mark in reversed(marks):
        line = line.removesuffix(mark).rstrip()
    return read if line == whole else (ReadParagraph(line),)


def _joined(key: str, parts: Iterable[Part]) -> Sequence[ReadParagraph]:
    """Join the parts of a cell; a paragraph that was cut becomes one again. What was deleted is as it was generated."""
    joined: list[ReadParagraph] = []
    cut: ParagraphStamp | None = None
    for part in parts:
        said = part.said(key)
        read = _present(part, key)
        if cut and said and said[0].continued and _has_first(read, said):
            space = " " if cut.text.endswith(" ") or said[0].text.startswith(" ") else ""
            joined[-1] = ReadParagraph(f"{joined[-1].text}{space}{read[0].text}", joined[-1].level)
            read = read[1:]
        joined += read
        cut = _last(part, key)
    return joined


def _last(part: Part, key: str) -> ParagraphStamp | None:
    """Return the last paragraph that was generated, if it still ends the cell; one is implied where none is known.

    A refreshed deck knows the words of a cell that keeps an edit in its first part alone.
    """
    said, read = part.said(key), _present(part, key)
    if not said:
        return ParagraphStamp("") if read else None
    return said[-1] if _has_last(read, said) else None


def _present(part: Part, key: str) -> Sequence[ReadParagraph]:
    cell = part.cell(key)
    said = (ReadParagraph(paragraph.text.strip(), paragraph.level) for paragraph in part.said(key))
    return cell.paragraphs if cell else tuple(said)


def _has_first(read: Sequence[ReadParagraph], said: Sequence[ParagraphStamp]) -> bool:
    """Tell whether the first paragraph is still there, edited or not."""
    return bool(read) and not (len(said) > 1 and read[0].text == said[1].text.strip())


def _has_last(read: Sequence[ReadParagraph], said: Sequence[ParagraphStamp]) -> bool:
    """Tell whether the last paragraph is still there, edited or not, and is the last one."""
    texts = [paragraph.text for paragraph in read]
    last = said[-1].text.strip()
    if last in texts:
        return texts[-1] == last
    return bool(read) and not (len(said) > 1 and texts[-1] == said[-2].text.strip())
