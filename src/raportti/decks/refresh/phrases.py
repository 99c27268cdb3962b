"""From words that people linked or formatted within a text to the same words in the text that takes its place.

What all words of a text share is kept by ``formatting``. Does not know whose text it is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from raportti.ooxml.text import run_text
from raportti.ooxml.xml import A, Element, canonical, children, clone

_ATTRIBUTES = ("b", "i", "u", "strike", "baseline", "cap", "sz")
_LINKS = (f"{A}hlinkClick", f"{A}hlinkMouseOver")
_COLOURS = (f"{A}solidFill", f"{A}highlight")
_ORDER = tuple(
    f"{A}{name}"
    for name in (
        *("ln", "noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill", "effectLst", "effectDag"),
        *("highlight", "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym"),
        *("hlinkClick", "hlinkMouseOver", "rtl", "extLst"),
    )
)
"""The order in the properties of a run (ECMA-376-1, 21.1.2.3.9)."""

_Look: TypeAlias = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that look otherwise than most of their text, or are linked; ``properties`` are those of their run.

    ``nth`` counts from 0 how often the same words stand before them.
    """

    text: str
    nth: int
    properties: Element

    @property
    def links(self) -> list[Element]:
        return list(children(self.properties, *_LINKS))


def keep_phrases(base: Element, deck: Element, new: Element) -> list[str]:
    """Give the words of a new text the links and the look that people gave them; return those whose link is lost.

    A link of the whole text stays, whatever that says now.
    """
    generated = {phrase.text for phrase in _phrases(base)}
    whole = "".join(map(run_text, deck.iter(f"{A}r"))).strip()
    lost: list[str] = []
    for phrase in _phrases(deck):
        if phrase.text in generated and not phrase.links:
            continue
        runs = list(new.iter(f"{A}r")) if phrase.links and phrase.text == whole else _runs_of(new, phrase)
        for run in runs:
            _dress(run, phrase)
        if phrase.links and not runs:
            lost.append(phrase.text)
    return lost


def _phrases(body: Element) -> Iterator[_Phrase]:
    looks: Counter[_Look] = Counter()
    for run in body.iter(f"{A}r"):
        looks[_look(run)] += len(run_text(run))
    normal = looks.most_common(1)[0][0] if looks else ()
    said = ""
    for paragraph in body.iter(f"{A}p"):
        runs = [child for child in paragraph if child.tag in (f"{A}r", f"{A}br", f"{A}fld")]
        for (look, link), group in groupby(runs, key=lambda run: (_look(run), _link(run))):
            same = list(group)
            text = "".join(map(run_text, same))
            properties = same[0].find(f"{A}rPr") if same[0].tag == f"{A}r" else None
            if properties is not None and text.strip() and (look != normal or link):
                yield _Phrase(text.strip(), said.count(text.strip()), properties)
            said += text


def _look(run: Element) -> _Look:
    properties = run.find(f"{A}rPr") if run.tag == f"{A}r" else None
    if properties is None:
        return ()
    colours = (canonical(child).upper() for child in children(properties, *_COLOURS))
    return *(properties.get(name) for name in _ATTRIBUTES), *colours


def _link(run: Element) -> tuple[bytes, ...]:
    properties = run.find(f"{A}rPr") if run.tag == f"{A}r" else None
    return () if properties is None else tuple(map(canonical, children(properties, *_LINKS)))


def _runs_of(body: Element, phrase: _Phrase) -> list[Element]:
    """Return the runs of a phrase, the same one of several, or the last; they are cut at its ends."""
    places = [
        (runs, found.start(), found.end())
        for paragraph in body.iter(f"{A}p")
        if (runs := paragraph.findall(f"{A}r"))
        for found in re.finditer(re.escape(phrase.text), "".join(map(run_text, runs)))
    ]
    return _cut_out(*places[min(phrase.nth, len(places) - 1)]) if places else []


def _cut_out(runs: list[Element], start: int, end: int) -> list[Element]:
    found: list[Element] = []
    at = 0
    for run in runs:
        text = run_text(run)
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            found.append(_middle(run, text, first, last))
    return found


def _middle(run: Element, text: str, first: int, last: int) -> Element:
    """Cut a run in up to three; return the one in the middle."""
    middle, rest = run, text[last:]
    if first:
        middle = clone(run)
        run.find(f"{A}t").text = text[:first]
        run.addnext(middle)
    middle.find(f"{A}t").text = text[first:last]
    if rest:
        after = clone(middle)
        after.find(f"{A}t").text = rest
        middle.addnext(after)
    return middle


def _dress(run: Element, phrase: _Phrase) -> None:
    """Give a run the look and the links of a phrase."""
    properties = run.find(f"{A}rPr")
    if properties is None:
        properties = run.makeelement(f"{A}rPr")
        run.insert(0, properties)
    for name in _ATTRIBUTES:
        if (value := phrase.properties.get(name)) is not None:
            properties.set(name, value)
        else:
            properties.attrib.pop(name, None)
    for wanted in list(children(phrase.properties, *_COLOURS, *_LINKS)):
        for old in list(children(properties, wanted.tag)):
            properties.remove(old)
        later = next(children(properties, *_ORDER[_ORDER.index(wanted.tag) + 1 :]), None)
        if later is not None:
            later.addprevious(clone(wanted))
        else:
            properties.append(clone(wanted))
