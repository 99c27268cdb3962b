"""From the notes of a slide as generated, as they are and as the data want them to the notes that they become.

What people wrote beside the generated paragraphs stays. Knows not what is on the slide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from raportti.plan import Page
from raportti.refreshing.disputes import Disputes
from raportti.refreshing.order import Order
from raportti.refreshing.package import Parts
from raportti.refreshing.texts import said
from raportti.refreshing.xml import A, Element, P, parsed, written
from raportti.render.pptx import drawn_notes

NOTES = "notes"
"""What says among the parts of a slide that its notes changed."""
_SLIDE_NOTES = "application/vnd.openxmlformats-officedocument.presentationml.notesSlide+xml"
_ALIKE = 0.5
"""From this likeness on a paragraph is an edited one, not one that people added."""


@dataclass(frozen=True, slots=True)
class NotesRefresh:
    """Changes the notes of slides, in the language of the deck (with its region)."""

    parts: Parts
    order: Order
    language: str
    disputes: Disputes

    def own(self, slide: str, before: Page) -> list[str]:
        """Return the paragraphs of a slide's notes that were not generated."""
        return [text for body in self._bodies(slide) for text in _said(body) if text not in before.notes]

    def refresh(self, slide: str, before: Page, new: Page, number: int) -> bool:
        """Let generated paragraphs follow the data; tell whether they changed. Notes that were deleted stay deleted."""
        bodies = self._bodies(slide)
        if before.notes == new.notes or (bodies and _said(bodies[0]) == list(new.notes)):
            return False
        if not bodies:
            return not before.notes and self._add(slide, new)
        says = _said(bodies[0])
        lost = [text for text in before.notes if text not in says]
        if lost and not (says and self._takes(number, before, says, new)):
            return False
        _put(bodies[0], [*before.notes, *_edited(lost, says)], self._drawn(new))
        self._put_back(slide, bodies[0])
        return True

    def clear(self, slide: str, before: Page) -> None:
        """Take the generated paragraphs out of the notes of a slide whose page is gone."""
        for body in self._bodies(slide) if before.notes else ():
            _put(body, before.notes, ())
            self._put_back(slide, body)

    def add(self, slide: str, new: Page) -> None:
        """Give a new slide its notes."""
        if new.notes:
            self._add(slide, new)

    def _put_back(self, slide: str, body: Element) -> None:
        self.parts.put(self.parts.related(slide, "notesSlide")[0], written(body.getroottree().getroot()))

    def _takes(self, number: int, before: Page, says: Sequence[str], new: Page) -> bool:
        return self.disputes.takes_data(number, NOTES, *map("\n".join, (before.notes, says, new.notes)))

    def _add(self, slide: str, new: Page) -> bool:
        name = self.parts.add("ppt/notesSlides/notesSlide{}.xml", drawn_notes(new, self.language), _SLIDE_NOTES)
        self.parts.relate(name, "notesMaster", self.order.notes_master())
        self.parts.relate(name, "slide", slide)
        self.parts.relate(slide, "notesSlide", name)
        return True

    def _bodies(self, slide: str) -> list[Element]:
        """Return where the text of a slide's notes stands, if anywhere."""
        roots = (self.parts.tree(name) for name in self.parts.related(slide, "notesSlide"))
        return [body for root in roots if (body := _body(root)) is not None]

    def _drawn(self, new: Page) -> list[Element]:
        body = _body(parsed(drawn_notes(new, self.language))) if new.notes else None
        return [] if body is None else body.findall(f"{A}p")


def _body(notes: Element) -> Element | None:
    for shape in notes.iter(f"{P}sp"):
        placeholder = next(shape.iter(f"{P}ph"), None)
        if placeholder is not None and placeholder.get("type") == "body":
            return shape.find(f"{P}txBody")
    return None


def _said(body: Element) -> list[str]:
    return [text for paragraph in body.iterfind(f"{A}p") if (text := said(paragraph))]


def _edited(lost: Sequence[str], says: Sequence[str]) -> list[str]:
    """Return the paragraphs that are generated ones, edited."""
    return [text for text in says if any(SequenceMatcher(None, text, was).ratio() >= _ALIKE for was in lost)]


def _put(body: Element, old: Sequence[str], new: Sequence[Element]) -> None:
    """Put new paragraphs where old ones stand, or before all others; an empty text has a paragraph too."""
    paragraphs = body.findall(f"{A}p")
    leaving = [paragraph for paragraph in paragraphs if said(paragraph) in old or not said(paragraph)]
    place = list(body).index((leaving or paragraphs)[0]) if paragraphs else len(body)
    for paragraph in leaving:
        body.remove(paragraph)
    for number, paragraph in enumerate(new):
        body.insert(place + number, paragraph)
    if body.find(f"{A}p") is None:
        body.append(body.makeelement(f"{A}p"))
