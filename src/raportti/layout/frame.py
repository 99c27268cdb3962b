"""From a page's title and tag to what stands around its body. Knows nothing of bodies."""

from dataclasses import dataclass, replace

from raportti.content.records import Content, StyledText
from raportti.layout.theme import SMALLEST_BODY
from raportti.layout.typesetting import Setter, first_fitting
from raportti.plan import Anchor, Item, Page, PageKind, Role, TextBox
from raportti.plan.typeset import Align, Box, Paragraph, room_of
from raportti.problems import Problem, ProblemsFound
from raportti.report.passages import Marked, Passage, joined
from raportti.text.spans import slice_spans, undivided
from raportti.units import Emu


@dataclass(frozen=True, slots=True)
class Draft:
    """A page without what depends on its number."""

    kind: PageKind
    title: str
    items: tuple[Item, ...]
    body: Box
    tag: str | None = None
    part: tuple[int, int] | None = None
    strategy: str | None = None
    guideline: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def continues(self) -> bool:
        """Whether a further part follows."""
        return self.part is not None and self.part[0] < self.part[1]


def require_room(what: str, text: str, needed: Emu, room: Emu) -> None:
    """Raise ``ProblemsFound`` where a text cannot be placed even in its smallest size."""
    if needed > room:
        raise ProblemsFound([Problem("text-too-tall", None, {"what": what, "text": text})])


def placed(what: str, paragraphs: tuple[Paragraph, ...], box: Box) -> Box:
    """Return the box for paragraphs, which have to be no taller than it."""
    longest = max((paragraph.text for paragraph in paragraphs), key=len, default="")
    require_room(what, longest, room_of(paragraphs), box.h)
    return box


def moved_down(box: Box, shift: Emu) -> Box:
    """Return a box whose top is lower and whose bottom stays."""
    return Box(box.x, box.y + shift, box.w, box.h - shift)


ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Frame:
    """The heads of all parts of a table, and how far they push its body down."""

    heads: tuple[tuple[TextBox, ...], ...]
    parts: tuple[tuple[int, int] | None, ...]
    shift: Emu


def make_frame(setter: Setter, title: str, tag: str, parts: int, *, heading: int) -> Frame:
    """Set the titles and the tag of the parts of one table, all in the size in which the tallest fits.

    A title that is too long for its box even in the smallest size grows, and pushes the body of every part down.
    """
    numbers = tuple((x, parts) for x in range(1, parts + 1)) if parts > 1 else (None,)
    box = setter.theme.boxes["title"]
    titles: tuple[Paragraph, ...] = ()
    for step in setter.steps("title"):
        titles = tuple(_title(setter, title, part, box.w, step) for part in numbers)
        if _tallest(titles) <= box.h:
            break
    tag_box = _tag(setter, tag)
    grown = max(_tallest(titles) - box.h, tag_box.box.h - setter.theme.boxes["tag"].h, 0)
    shift = grown and grown + setter.theme.gaps["below_title"]
    require_room("title", title, shift + SMALLEST_BODY, setter.theme.boxes["body"].h)
    title_box = replace(box, h=max(box.h, _tallest(titles)))
    heads = tuple((TextBox(Role.TITLE, title_box, (paragraph,), heading=heading), tag_box) for paragraph in titles)
    return Frame(heads, numbers, shift)


def numbered(title: str, part: tuple[int, int] | None) -> str:
    """Return a title with its x/n, as it is heard and searched: without soft hyphens."""
    return undivided(title if part is None else f"{title} {part[0]}/{part[1]}")


def _title(setter: Setter, title: str, part: tuple[int, int] | None, width: Emu, step: int) -> Paragraph:
    if part is None:
        return setter.paragraph((StyledText(title, "title"),), width, step=step)
    parts = (StyledText(joined((title, " ")), "title"), StyledText(f"{part[0]}/{part[1]}", "title_part"))
    return setter.paragraph(parts, width, step=step)


def _tallest(paragraphs: tuple[Paragraph, ...]) -> Emu:
    return max(room_of((paragraph,)) for paragraph in paragraphs)


def _tag(setter: Setter, tag: str) -> TextBox:
    box = setter.theme.boxes["tag"]
    paragraph = setter.paragraph((StyledText(tag, "tag"),), box.w, align=Align.RIGHT)
    return TextBox(Role.TAG, replace(box, h=max(box.h, room_of((paragraph,)))), (paragraph,))


def make_sentence(setter: Setter, text: str, shift: Emu) -> TextBox:
    """Set the sentence below a title that grew by ``shift``; one too long for its box grows."""
    box = setter.theme.boxes["sentence"]

    def build(step: int) -> tuple[Paragraph, ...]:
        return (setter.paragraph((StyledText(text, "sentence"),), box.w, step=step),)

    paragraphs = first_fitting(build, setter.steps("sentence"), box.h)
    return TextBox(Role.SENTENCE, Box(box.x, box.y + shift, box.w, max(box.h, room_of(paragraphs))), paragraphs)


def number_page(draft: Draft, number: int, *, setter: Setter, content: Content) -> Page:
    """Make the page of a draft: with continuation mark, footer and page number where it has a frame."""
    items = draft.items
    if draft.tag is not None:
        items += tuple(_foot(setter, content, number, continues=draft.continues))
    if content.is_draft:
        style = "cover_draft" if draft.tag is None else "draft"
        items = (_one_line(setter, Role.DRAFT, content.words["draft"], Align.RIGHT, style), *items)
    return Page(
        number=number,
        kind=draft.kind,
        title=numbered(draft.title, draft.part),
        items=items,
        body=draft.body,
        tag=draft.tag,
        part=draft.part,
        continues=draft.continues,
        strategy=draft.strategy,
        guideline=draft.guideline,
        notes=tuple(map(undivided, draft.notes)),
    )


def _foot(setter: Setter, content: Content, number: int, *, continues: bool) -> list[TextBox]:
    foot = [
        _one_line(setter, Role.FOOTER, content.cover.title, Align.LEFT),
        _one_line(setter, Role.NUMBER, str(number), Align.RIGHT),
    ]
    if continues:
        foot.insert(0, _one_line(setter, Role.CONTINUATION, content.words["continues"], Align.RIGHT))
    return foot


def _one_line(setter: Setter, role: Role, text: str, align: Align, style: str = "") -> TextBox:
    """Set a text of the frame on one line, in the style of its role if none is named.

    One that is too long is cut, since the cover says it whole.
    """
    box: Box = setter.theme.boxes[role.value]
    style = style or role.value
    paragraph = setter.paragraph((StyledText(text, style),), box.w, align=align)
    if len(paragraph.lines) > 1:
        room = box.w - setter.ruler.width(setter.spans((StyledText(ELLIPSIS, style),)))
        first = setter.broken((StyledText(text, style),), room).lines[0]
        kept = slice_spans(first.spans, 0, len(first.text.rstrip()))
        cut = Marked((*(Passage(span.text, span.language) for span in kept), Passage(ELLIPSIS)))
        paragraph = setter.paragraph((StyledText(cut, style),), box.w, align=align)
    return TextBox(role, box, (paragraph,), Anchor.TOP)
