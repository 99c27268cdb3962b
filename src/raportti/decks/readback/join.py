"""From the rows of a goal, which may be cut over slides, to what people wrote in each of its cells, as a whole.

Does not know the report, nor what its values may be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from raportti.decks.readback.reading import ReadCell, ReadParagraph, ReadRow, ReadSlide
from raportti.snapshot import FLOWING, ParagraphSnapshot, RowSnapshot


@dataclass(frozen=True, slots=True)
class RowPart:
    """A row of a goal as it was generated, and as it is; ``slide`` and ``row`` are None where it was deleted."""

    snapshot: RowSnapshot
    slide: ReadSlide | None = None
    row: ReadRow | None = None

    def generated(self, key: str) -> tuple[ParagraphSnapshot, ...]:
        """Return what was generated in a cell."""
        return next((cell.paragraphs for cell in self.snapshot.cells if cell.key == key), ())

    def cell(self, key: str) -> ReadCell | None:
        """Return a cell as it is, None where it is there no more."""
        return next((cell for cell in self.row.cells if cell.key == key), None) if self.row else None


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What an edited cell says, and the part where it does."""

    part: RowPart
    paragraphs: tuple[ReadParagraph, ...]

    @property
    def line(self) -> str:
        """The text in one paragraph."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def cell_edits(key: str, parts: Sequence[RowPart], printed: str) -> tuple[CellEdit, ...]:
    """Return what people wrote in a cell: nothing where they did not, several edits where its parts differ.

    ``printed`` is the value of the cell as it is printed; what follows it there is a mark, and no part of it.
    """
    edited = [part for part in parts if (cell := part.cell(key)) and cell.is_edited]
    if not edited:
        return ()
    if not _is_repeated(key, parts):
        return (CellEdit(edited[0], tuple(_joined(key, parts))),)
    first = "".join(paragraph.text for paragraph in parts[0].generated(key))
    base = printed if first.startswith(printed) else first
    edits = [CellEdit(part, _without_mark(part, key, base)) for part in edited]
    return tuple({edit.line: edit for edit in edits}.values())


def _is_repeated(key: str, parts: Sequence[RowPart]) -> bool:
    """Return whether each part shows the cell anew, instead of going on with it."""
    texts = ["\n".join(paragraph.text for paragraph in part.generated(key)) for part in parts]
    return key not in FLOWING and all(text.startswith(texts[0]) for text in texts)


def _without_mark(part: RowPart, key: str, printed: str) -> tuple[ReadParagraph, ...]:
    """Take away what is printed after the value: that it goes on from another slide, that a score rose."""
    cell = part.cell(key)
    read = cell.paragraphs if cell else ()
    first, *others = (paragraph.text for paragraph in part.generated(key))
    marks = (first.removeprefix(printed).strip(), *(text.strip() for text in others))
    whole = line = " ".join(paragraph.text for paragraph in read)
    for mark in reversed(marks):
        line = line.removesuffix(mark).rstrip()
    return read if line == whole else (ReadParagraph(line),)


def _joined(key: str, parts: Iterable[RowPart]) -> Sequence[ReadParagraph]:
    """Join the parts of a cell; a paragraph that was cut becomes one again. What was deleted is as it was generated."""
    joined: list[ReadParagraph] = []
    cut: ParagraphSnapshot | None = None
    for part in parts:
        generated = part.generated(key)
        read = _present(part, key)
        if cut and generated and generated[0].continued and _has_first(read, generated):
            space = " " if cut.text.endswith(" ") or generated[0].text.startswith(" ") else ""
            joined[-1] = ReadParagraph(f"{joined[-1].text}{space}{read[0].text}", joined[-1].level)
            read = read[1:]
        joined += read
        cut = _last(part, key)
    return joined


def _last(part: RowPart, key: str) -> ParagraphSnapshot | None:
    """Return the last paragraph that was generated, if it still ends the cell; an empty one where none is known.

    A refreshed deck knows the words of a cell that keeps an edit in its first part alone.
    """
    generated, read = part.generated(key), _present(part, key)
    if not generated:
        return ParagraphSnapshot("") if read else None
    return generated[-1] if _has_last(read, generated) else None


def _present(part: RowPart, key: str) -> Sequence[ReadParagraph]:
    """Return the paragraphs of a cell as they are; as they were generated, where the row was deleted."""
    cell = part.cell(key)
    generated = (ReadParagraph(paragraph.text.strip(), paragraph.level) for paragraph in part.generated(key))
    return cell.paragraphs if cell else tuple(generated)


def _has_first(read: Sequence[ReadParagraph], generated: Sequence[ParagraphSnapshot]) -> bool:
    """Return whether the first paragraph is still there, edited or not."""
    return bool(read) and not (len(generated) > 1 and read[0].text == generated[1].text.strip())


def _has_last(read: Sequence[ReadParagraph], generated: Sequence[ParagraphSnapshot]) -> bool:
    """Return whether the last paragraph is still there, edited or not, and is the last one."""
    texts = [paragraph.text for paragraph in read]
    last = generated[-1].text.strip()
    if last in texts:
        return texts[-1] == last
    return bool(read) and not (len(generated) > 1 and texts[-1] == generated[-2].text.strip())
