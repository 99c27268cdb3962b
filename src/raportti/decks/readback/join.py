"""From the rows of a goal, which may be cut over slides, to what each of its cells says as a whole.

Knows neither the report nor what its values may be.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from raportti.decks.readback.slides import ReadCell, ReadParagraph, ReadRow, ReadSlide
from raportti.snapshot import FLOWING, ParagraphSnapshot, RowSnapshot


@dataclass(frozen=True, slots=True)
class RowPart:
    """A row of a goal as it was generated, and as it is; ``slide`` and ``row`` are None where it was deleted."""

    stamp: RowSnapshot
    slide: ReadSlide | None = None
    row: ReadRow | None = None

    def said(self, key: str) -> tuple[ParagraphSnapshot, ...]:
        """Return what was generated in a cell."""
        return next((cell.paragraphs for cell in self.stamp.cells if cell.key == key), ())

    def cell(self, key: str) -> ReadCell | None:
        """Return a cell as it is, None where it is there no more."""
        return next((cell for cell in self.row.cells if cell.key == key), None) if self.row else None


@dataclass(frozen=True, slots=True)
class Version:
    """What an edited cell says, and the part where it does."""

    part: RowPart
    paragraphs: tuple[ReadParagraph, ...]

    @property
    def line(self) -> str:
        """The text in one paragraph."""
        return " ".join(paragraph.text for paragraph in self.paragraphs)


def versions_of(key: str, parts: Sequence[RowPart], printed: str) -> tuple[Version, ...]:
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


def _is_repeated(key: str, parts: Sequence[RowPart]) -> bool:
    texts = ["\n".join(paragraph.text for paragraph in part.said(key)) for part in parts]
    return key not in FLOWING and all(text.startswith(texts[0]) for text in texts)


def _without_mark(part: RowPart, key: str, printed: str) -> tuple[ReadParagraph, ...]:
    """Take away what is printed after the value: that it goes on from another slide, that a score rose."""
    cell = part.cell(key)
    read = cell.paragraphs if cell else ()
    first, *others = (paragraph.text for paragraph in part.said(key))
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
        said = part.said(key)
        read = _present(part, key)
        if cut and said and said[0].continued and _has_first(read, said):
            space = " " if cut.text.endswith(" ") or said[0].text.startswith(" ") else ""
            joined[-1] = ReadParagraph(f"{joined[-1].text}{space}{read[0].text}", joined[-1].level)
            read = read[1:]
        joined += read
        cut = _last(part, key)
    return joined


def _last(part: RowPart, key: str) -> ParagraphSnapshot | None:
    """Return the last paragraph that was generated, if it still ends the cell; one is implied where none is known.

    A refreshed deck knows the words of a cell that keeps an edit in its first part alone.
    """
    said, read = part.said(key), _present(part, key)
    if not said:
        return ParagraphSnapshot("") if read else None
    return said[-1] if _has_last(read, said) else None


def _present(part: RowPart, key: str) -> Sequence[ReadParagraph]:
    cell = part.cell(key)
    said = (ReadParagraph(paragraph.text.strip(), paragraph.level) for paragraph in part.said(key))
    return cell.paragraphs if cell else tuple(said)


def _has_first(read: Sequence[ReadParagraph], said: Sequence[ParagraphSnapshot]) -> bool:
    """Tell whether the first paragraph is still there, edited or not."""
    return bool(read) and not (len(said) > 1 and read[0].text == said[1].text.strip())


def _has_last(read: Sequence[ReadParagraph], said: Sequence[ParagraphSnapshot]) -> bool:
    """Tell whether the last paragraph is still there, edited or not, and is the last one."""
    texts = [paragraph.text for paragraph in read]
    last = said[-1].text.strip()
    if last in texts:
        return texts[-1] == last
    return bool(read) and not (len(said) > 1 and texts[-1] == said[-2].text.strip())


_TOKEN = re.compile(r"[\S\n]+")
_SPACES = re.compile(" +")
_SHORTEST = 10
"""A shorter word fits any column of text."""
_MOST_PIECES = 50
"""A word in more lines than this is none."""
_MARKS = "-.,;:!?()[]\"'”’»…"
"""What may stand around a word."""
_ALIKE = 0.85
"""How alike a word without its breaks has to be to one that is known, to be that word with an edit."""


class Words:
    """The words that were generated, by which it is known how broken ones were written."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._written = frozenset(word for text in texts for word in text.split())
        self._known = {_bare(word): word for written in sorted(self._written) if (word := written.strip(_MARKS))}

    def undone(self, text: str) -> str:
        r"""Return a text without the breaks of its layout; every other break is a space.

        >>> Words(["Sote-keskus on järjestelmä"]).undone("Sote-\nkeskus,\njärjes-\ntelmästä")
        'Sote-keskus, järjestelmästä'
        """
        if "\n" not in text:
            return text
        whole = _TOKEN.sub(lambda found: self._joined([piece for piece in found.group().split("\n") if piece]), text)
        return _SPACES.sub(" ", whole).strip(" ")

    def _joined(self, pieces: list[str]) -> str:
        """Join the pieces of words, the longest known words first; what is joined to no other piece is a word."""
        words: list[str] = []
        while pieces:
            count, word = self._first_known(pieces)
            glued = self._glued(*pieces[:2]) if not count and len(pieces) > 1 else None
            if glued is not None:
                pieces[:2] = [glued]
            else:
                words.append(word)
                del pieces[: max(count, 1)]
        return " ".join(words)

    def _first_known(self, pieces: list[str]) -> tuple[int, str]:
        """Return how many pieces are the first known word, and it; none, and the first piece, where there is none."""
        for count in range(min(len(pieces), _MOST_PIECES), 1, -1):
            known = self._whole("".join(pieces[:count]))
            if known is not None:
                return count, known
        return 0, pieces[0]

    def _whole(self, written: str) -> str | None:
        """Return a known word, with the marks that are around it now; None where it is not known."""
        core = written.strip(_MARKS)
        known = self._known.get(_bare(core))
        return None if known is None or not core else written.replace(core, known)

    def _glued(self, first: str, second: str) -> str | None:
        """Join the pieces of an edited or a new word; None where the break stands between two words."""
        if {first, second} <= self._written:
            return None
        if not first.endswith("-"):
            bare = _bare(first + second)
            is_one = len(bare) >= _SHORTEST and get_close_matches(bare, self._known, 1, _ALIKE)
            return first + second if is_one else None
        if not first[-2:-1].isalpha() or not second:
            return None
        return first.removesuffix("-") + second if second[0].islower() else first + second


def _bare(word: str) -> str:
    return word.replace("-", "").replace("\u00ad", "")
