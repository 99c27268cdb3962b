"""From texts with the line ends of a layout to whole texts: what was divided is joined, and each joined word is noted.

Does not know file formats. Whether a hyphen at a line end is the word's own is decided by the deck, where it has the
word whole; then by the dictionary; then by the patterns by which words are divided.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from raportti.decks.importing.pages import BREAK, DIVIDED, WHOLE, Cell, Page, Paragraph
from raportti.decks.importing.recognition import plain
from raportti.problems import Place, Problem
from raportti.text.hyphenation import divisions, is_word

_LINE_END = re.compile(r"(\S+)\n[ ]*(\S+)")
_SPACES = re.compile(" +")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DIVIDED = re.compile(r"(.*?)([^\W\d_]+)-", re.DOTALL)
_FIRST = re.compile(r"[^\W\d_]+(?!-)\b")
_CHAIN = re.compile(r"[^\W\d_]+(?:-\n ?[^\W\d_]+){2,}(?!-)")
_SEAM = re.compile(r"-\n ?")
_RANGE = re.compile(r"\w[-–]$")
_CLOSING = ".,;:!?)"
"""What no word begins with."""
_NOTHING = {ord(WHOLE): None}
_AND = frozenset({"ja", "tai", "sekä", "eli", "että", "och", "eller", "samt"})
"""LayoutWords before which a hyphen stands for what follows later: ``sosiaali- ja terveyspalvelut``."""


class Joiner:
    """Joins lines to texts, by the words that a deck has whole; ``remarks`` name the words that it joined.

    There are no remarks on ``headers``: these are texts in their plain form, which are known anyway.
    """

    def __init__(self, language: str, texts: Iterable[str], headers: frozenset[str]) -> None:
        self.language, self.headers = language, headers
        self.remarks: list[Problem] = []
        whole = (piece for text in texts for line in text.split(BREAK) for piece in _WORD.findall(line))
        self._whole = frozenset(word.casefold() for word in whole)
        self._first = frozenset(word.partition("-")[0] for word in self._whole if "-" in word)

    def page(self, page: Page) -> Page:
        """Return a page with whole texts."""
        return replace(
            page,
            title=self.text(page.title, page.place) if page.title else None,
            texts=self._cell(page.texts, page.place),
            rows=tuple(
                replace(row, cells=tuple(self._cell(cell, row.place) for cell in row.cells)) for row in page.rows
            ),
        )

    def _cell(self, cell: Cell, place: Place) -> Cell:
        return tuple(replace(paragraph, text=self.text(paragraph.text, place)) for paragraph in cell)

    def paragraphs(self, first: Paragraph, rest: Paragraph, place: Place) -> Paragraph:
        """Join a paragraph that a page end cut."""
        return replace(first, text=self.text(f"{first.text}{BREAK}{rest.text}", place))

    def text(self, text: str, place: Place) -> str:
        """Return a text on one line."""
        told = len(self.remarks)
        is_known = plain(text) in self.headers
        text = _CHAIN.sub(lambda found: self._chain(found[0], place), text)
        while found := _LINE_END.search(text):
            text = f"{text[: found.start()]}{self._seam(found[1], found[2], place)}{text[found.end() :]}"
        del self.remarks[told if is_known else len(self.remarks) :]
        return _SPACES.sub(" ", text.translate(_NOTHING).replace(BREAK, " ")).strip(" ")

    def _chain(self, pieces: str, place: Place) -> str:
        """Join a word that is divided more than once, where its pieces together are one."""
        word = _SEAM.sub("", pieces)
        if word.casefold() not in self._whole and not is_word(word, self.language):
            return pieces
        self._tell(_SEAM.sub("-", pieces), word, place)
        return word

    def _seam(self, left: str, right: str, place: Place) -> str:
        if left.endswith(DIVIDED):
            return f"{left.removesuffix(DIVIDED)}{right}"
        if left.endswith(WHOLE):
            return f"{left.removesuffix(WHOLE)}{right}"
        divided, first = _DIVIDED.fullmatch(left), _FIRST.match(right)
        if first is None:
            return f"{left}{'' if _RANGE.search(left) or right[0] in _CLOSING else ' '}{right}"
        if divided is None:
            return self._unmarked(left, right, first[0], place)
        if right.casefold() in _AND:
            return f"{left} {right}"
        word = f"{divided[2]}{first[0]}"
        if divided[1].endswith("-") or not self._is_divided(divided[2], first[0]):
            return f"{left}{right}"
        self._tell(f"{divided[2]}-{first[0]}", word, place)
        return f"{left[:-1]}{right}"

    def _is_divided(self, left: str, right: str) -> bool:
        """Return whether the hyphen between two pieces is layout."""
        if left.isupper() or right[:1].isupper():
            return False
        whole, hyphenated = f"{left}{right}".casefold(), f"{left}-{right}".casefold()
        if whole in self._whole or hyphenated in self._whole:
            return whole in self._whole
        if left.casefold() in self._first and left[:1].isupper():
            return False
        known = is_word(f"{left}{right}", self.language)
        if known or is_word(f"{left}-{right}", self.language):
            return bool(known)
        places = divisions(f"{left}{right}", self.language)
        return len(left) in (*places.compounds, *places.syllables)

    def _unmarked(self, left: str, right: str, first: str, place: Place) -> str:
        """Join two lines; a word may be cut between them with no hyphen at all, which only a dictionary can tell."""
        last = _WORD.fullmatch(left)
        if last is None or is_word(last[0], self.language) is not False or not first.islower():
            return f"{left} {right}"
        if last[0].casefold() in self._whole - {last[0].casefold()} or not is_word(f"{left}{first}", self.language):
            return f"{left} {right}"
        self._tell(f"{left} {first}", f"{left}{first}", place)
        return f"{left}{right}"

    def _tell(self, before: str, word: str, place: Place) -> None:
        self.remarks.append(Problem("import-joined", place, {"before": before, "word": word}))
