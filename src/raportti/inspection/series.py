"""From the titles of a deck to what does not add up in its series: parts x/n and the marks that a table continues.

Knows no sizes. A series is the slides whose titles are one name and x/n.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from raportti.inspection.deck import Deck, Slide
from raportti.problems import Problem, SlidePlace

_PART = re.compile(r"(?P<name>.*\S)\s*[ (]\s*(?P<x>[0-9]{1,2})\s*/\s*(?P<n>[0-9]{1,2})\)?")


@dataclass(frozen=True, slots=True)
class _Part:
    """A slide whose title says that it is part x of n."""

    slide: Slide
    x: int
    n: int


def unfinished(deck: Deck, words: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Find series of titles that do not add up; ``words`` say that a table continues, by language."""
    parts = {part.slide.number: (name, part) for slide in deck.slides for name, part in _parts(slide)}
    for series in _series(parts):
        yield from _wrong_parts(series, file)
    for slide in deck.slides:
        part = parts[slide.number][1] if slide.number in parts else None
        yield from _wrong_marks(slide, part, words, file)


def _parts(slide: Slide) -> Iterator[tuple[str, _Part]]:
    found = _PART.fullmatch(slide.title.text) if slide.title else None
    if found and int(found["x"]) and int(found["n"]):
        yield found["name"].casefold(), _Part(slide, int(found["x"]), int(found["n"]))


def _series(parts: Mapping[int, tuple[str, _Part]]) -> Iterator[list[_Part]]:
    """Bring the parts of a name together; where the same part comes again, another series begins."""
    series: dict[str, list[_Part]] = {}
    for name, part in parts.values():
        known = series.setdefault(name, [])
        if any((part.x, part.n) == (other.x, other.n) for other in known):
            yield known
            known = series[name] = []
        known.append(part)
    yield from series.values()


def _wrong_parts(series: list[_Part], file: str) -> Iterator[Problem]:
    """Find the parts that a series lacks, or else those that are not what they should be by their place."""
    n = series[0].n
    numbers = {part.x for part in series}
    if all(part.n == n for part in series) and len(numbers) == len(series) < n and max(numbers) <= n:
        missing = tuple(x for x in range(1, n + 1) if x not in numbers)
        yield Problem("part-missing", _place(series[0], file), {"missing": missing, "n": n})
        return
    for wanted, part in enumerate(series, 1):
        if (part.x, part.n) != (wanted, len(series)):
            values = {"x": part.x, "n": part.n, "wanted": wanted, "count": len(series)}
            yield Problem("part-wrong", _place(part, file), values)
    for before, part in pairwise(series):
        between = part.slide.number - before.slide.number - 1
        if between:
            yield Problem("part-apart", _place(part, file), {"count": between})


def _place(part: _Part, file: str) -> SlidePlace:
    return SlidePlace(file, part.slide.number, part.slide.title.name if part.slide.title else None)


def _wrong_marks(slide: Slide, part: _Part | None, words: Mapping[str, str], file: str) -> Iterator[Problem]:
    """Find a mark that is missing on a part before the last, or is there although nothing follows."""
    marks = [shape for shape in slide.shapes if not shape.table and _says(shape.text, words)]
    goes_on = part is not None and part.x < part.n
    if part and goes_on and not marks:
        yield Problem("mark-missing", SlidePlace(file, slide.number), {"words": _words_for(slide, words)})
    if not goes_on:
        yield from (Problem("mark-extra", SlidePlace(file, slide.number, shape.name)) for shape in marks)


def _says(text: str, words: Mapping[str, str]) -> bool:
    return any(word.casefold() in text.casefold() for word in words.values())


def _words_for(slide: Slide, words: Mapping[str, str]) -> str:
    """Choose the words in the language of the title, else the first there are."""
    runs = slide.title.frame.runs if slide.title and slide.title.frame else ()
    languages = ((run.language or "")[:2].lower() for run in runs)
    return next((words[language] for language in languages if language in words), next(iter(words.values()), ""))
