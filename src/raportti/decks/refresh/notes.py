"""From the notes of a slide as generated (base), as they are in the deck and as generated now (new) to its notes.

What people wrote beside the generated paragraphs stays. Does not know what is on the slide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from raportti.decks.conflicts import ConflictResolver
from raportti.decks.refresh.outcome import NOTES
from raportti.decks.refresh.slides import SlideList
from raportti.ooxml.package import Parts
from raportti.ooxml.text import text_of
from raportti.ooxml.xml import A, Element, P, parsed, written
from raportti.plan import Page
from raportti.render.pptx.parts import notes_xml

_NOTES_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml"
_ALIKE = 0.5
"""From this likeness on a paragraph is an edited one, not one that people added."""


@dataclass(frozen=True, slots=True)
class NotesRefresh:
    """Changes the notes of slides, in the language of the deck (with its region). Slides go by their parts."""

    parts: Parts
    slide_list: SlideList
    language: str
    resolver: ConflictResolver

    def refresh(self, slide: str, base: Page, new: Page, number: int) -> bool:
        """Let generated paragraphs follow the data; tell whether they changed. Notes that were deleted stay deleted."""
        bodies = self._bodies(slide)
        if base.notes == new.notes or (bodies and _paragraphs(bodies[0]) == list(new.notes)):
            return False
        if not bodies:
            return not base.notes and self._add(slide, new)
        texts = _paragraphs(bodies[0])
        lost = [text for text in base.notes if text not in texts]
        versions = map("\n".join, (base.notes, texts, new.notes))
        if lost and not (texts and self.resolver.takes_source(number, NOTES, *versions)):
            return False
        fresh = _body(parsed(notes_xml(new, self.language).encode())) if new.notes else None
        _replace(bodies[0], [*base.notes, *_edited(lost, texts)], [] if fresh is None else fresh.findall(f"{A}p"))
        self._put(slide, bodies[0])
        return True

    def add(self, slide: str, new: Page) -> None:
        """Give a new slide its notes."""
        if new.notes:
            self._add(slide, new)

    def clear(self, slide: str, base: Page) -> None:
        """Take the generated paragraphs out of the notes of a slide whose page is gone."""
        for body in self._bodies(slide) if base.notes else ():
            _replace(body, base.notes, ())
            self._put(slide, body)

    def has_own(self, slide: str, base: Page) -> bool:
        """Return whether a slide's notes have a paragraph that was not generated."""
        return any(text not in base.notes for body in self._bodies(slide) for text in _paragraphs(body))

    def _add(self, slide: str, new: Page) -> bool:
        name = self.parts.add("ppt/notesSlides/notesSlide{}.xml", notes_xml(new, self.language).encode(), _NOTES_SLIDE)
        self.parts.relate(name, "notesMaster", self.slide_list.notes_master())
        self.parts.relate(name, "slide", slide)
        self.parts.relate(slide, "notesSlide", name)
        return True

    def _bodies(self, slide: str) -> list[Element]:
        """Return where the text of a slide's notes stands, if anywhere."""
        roots = (self.parts.tree(name) for name in self.parts.related(slide, "notesSlide"))
        return [body for root in roots if (body := _body(root)) is not None]

    def _put(self, slide: str, body: Element) -> None:
        self.parts.put(self.parts.related(slide, "notesSlide")[0], written(body.getroottree().getroot()))


def _body(notes: Element) -> Element | None:
    for shape in notes.iter(f"{P}sp"):
        placeholder = next(shape.iter(f"{P}ph"), None)
        if placeholder is not None and placeholder.get("type") == "body":
            return shape.find(f"{P}txBody")
    return None


def _paragraphs(body: Element) -> list[str]:
    return [text for paragraph in body.iterfind(f"{A}p") if (text := text_of(paragraph))]


def _edited(lost: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Return the paragraphs that are generated ones, edited."""
    return [text for text in texts if any(SequenceMatcher(None, text, base).ratio() >= _ALIKE for base in lost)]


def _replace(body: Element, old: Sequence[str], new: Sequence[Element]) -> None:
    """Put new paragraphs where old ones stand, or before all others; an empty text has a paragraph too."""
    paragraphs = body.findall(f"{A}p")
    leaving = [paragraph for paragraph in paragraphs if text_of(paragraph) in old or not text_of(paragraph)]
    place = list(body).index((leaving or paragraphs)[0]) if paragraphs else len(body)
    for paragraph in leaving:
        body.remove(paragraph)
    for number, paragraph in enumerate(new):
        body.insert(place + number, paragraph)
    if body.find(f"{A}p") is None:
        body.append(body.makeelement(f"{A}p"))
