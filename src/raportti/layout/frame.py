"""From a page's title and tag to what stands around its body.

Does not know bodies.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from raportti.content.records import Content, SourceText, StyledText, StyleName
from raportti.layout.theme import SMALLEST_BODY
from raportti.layout.typesetting import Typesetter, first_fitting
from raportti.plan import Item, Page, PageKind, Role, TextBox
from raportti.plan.typeset import Align, Box, Paragraph, room_of
from raportti.report.passages import Marked, Passage, joined
from raportti.text.measure import slack_of
from raportti.text.spans import slice_spans, undivided
from raportti.units import Emu

ELLIPSIS = "…"


class NoRoom(Exception):
    """Raised where a text is taller than the room for it; ``what`` names what it is on the page."""

    def __init__(self, what: str, text: SourceText) -> None:
        self.what, self.text = what, text
        super().__init__(what)


def require_room(what: str, text: SourceText, needed: Emu, room: Emu) -> None:
    """Raise ``NoRoom`` where more is needed than there is."""
    if needed > room:
        raise NoRoom(what, text)


@dataclass(frozen=True, slots=True)
class UnnumberedPage:
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


def on_one_page(
    make_pages: Callable[[int], tuple[UnnumberedPage, ...]], steps: Iterable[int]
) -> tuple[UnnumberedPage, ...]:
    """Return the pages at the first step at which there is only one, else at the last."""
    pages: tuple[UnnumberedPage, ...] = ()
    for step in steps:
        pages = make_pages(step)
        if len(pages) == 1:
            break
    return pages


def moved_down(box: Box, shift: Emu) -> Box:
    """Return a box whose top is lower and whose bottom stays."""
    return Box(box.x, box.y + shift, box.w, box.h - shift)


@dataclass(frozen=True, slots=True)
class Frame:
    """The heads of all parts of a table, and how far they push its body down."""

    heads: tuple[tuple[TextBox, ...], ...]
    parts: tuple[tuple[int, int] | None, ...]
    shift: Emu


def make_frame(setter: Typesetter, title: SourceText, tag: SourceText, parts: int, *, heading: int) -> Frame:
    """Set the titles and the tag of the parts of one table, all in the size in which the tallest fits.

    A title that is too long for its box even in the smallest size grows, as a tag does, and pushes the body of every
    part down.
    """
    numbers = tuple((x, parts) for x in range(1, parts + 1)) if parts > 1 else (None,)
    box = setter.theme.boxes.title
    titles: tuple[Paragraph, ...] = ()
    for step in setter.steps("title"):
        titles = tuple(_title(setter, title.text, part, box.w, step) for part in numbers)
        if _tallest(titles) <= box.h:
            break
    tag_box = _tag(setter, tag.text)
    by_title, by_tag = _tallest(titles) - box.h, tag_box.box.h - setter.theme.boxes.tag.h
    grown = max(by_title, by_tag, 0)
    shift = grown and grown + setter.theme.gaps.below_title
    what, text = ("tag", tag) if by_tag > by_title else ("title", title)
    require_room(what, text, shift + SMALLEST_BODY, setter.theme.boxes.body.h)
    title_box = replace(box, h=max(box.h, _tallest(titles)))
    anchor = setter.theme.anchors.title
    heads = tuple((TextBox(Role.TITLE, title_box, (paragraph,), anchor, heading), tag_box) for paragraph in titles)
    return Frame(heads, numbers, shift)


def numbered(title: str, part: tuple[int, int] | None) -> str:
    """Return a title with its x/n, as it is heard and searched: without soft hyphens."""
    return undivided(title if part is None else f"{title} {part[0]}/{part[1]}")


def _title(setter: Typesetter, title: str, part: tuple[int, int] | None, width: Emu, step: int) -> Paragraph:
    if part is None:
        return setter.paragraph((StyledText(title, "title"),), width, step=step)
    parts = (StyledText(joined((title, " ")), "title"), StyledText(f"{part[0]}/{part[1]}", "title_part"))
    return setter.paragraph(parts, width, step=step)


def _tallest(paragraphs: tuple[Paragraph, ...]) -> Emu:
    return max(room_of((paragraph,)) for paragraph in paragraphs)


def _tag(setter: Typesetter, tag: str) -> TextBox:
    box = setter.theme.boxes.tag
    paragraph = setter.paragraph((StyledText(tag, "tag"),), box.w, align=Align.RIGHT)
    return TextBox(Role.TAG, replace(box, h=max(box.h, room_of((paragraph,)))), (paragraph,))


def make_sentence(setter: Typesetter, text: str, shift: Emu) -> TextBox:
    """Set the sentence below a title that grew by ``shift``; one too long for its box grows."""
    box = setter.theme.boxes.sentence

    def build(step: int) -> tuple[Paragraph, ...]:
        return (setter.paragraph((StyledText(text, "sentence"),), box.w, step=step),)

    paragraphs = first_fitting(build, setter.steps("sentence"), box.h)
    return TextBox(Role.SENTENCE, Box(box.x, box.y + shift, box.w, max(box.h, room_of(paragraphs))), paragraphs)


def number_page(page: UnnumberedPage, number: int, *, setter: Typesetter, content: Content) -> Page:
    """Give a page its number, and what stands at its foot and says that it is a draft."""
    items = page.items
    if page.tag is not None:
        items += tuple(_foot(setter, content, number, continues=page.continues))
    if content.is_draft:
        style = "cover_draft" if page.tag is None else "draft"
        mark = _one_line(setter, content.words.draft, setter.theme.boxes.draft, style, Align.RIGHT)
        items = (TextBox(Role.DRAFT, setter.theme.boxes.draft, (mark,)), *items)
    return Page(
        number=number,
        kind=page.kind,
        title=numbered(page.title, page.part),
        items=items,
        body=page.body,
        tag=page.tag,
        part=page.part,
        continues=page.continues,
        strategy=page.strategy,
        guideline=page.guideline,
        notes=tuple(map(undivided, page.notes)),
    )


def _foot(setter: Typesetter, content: Content, number: int, *, continues: bool) -> Iterator[TextBox]:
    boxes = setter.theme.boxes
    if continues:
        mark = _one_line(setter, content.words.continues, boxes.continuation, "continuation", Align.RIGHT)
        yield TextBox(Role.CONTINUATION, boxes.continuation, (mark,))
    footer = _one_line(setter, content.cover.title.text, boxes.footer, "footer", Align.LEFT)
    yield TextBox(Role.FOOTER, boxes.footer, (footer,))
    number_line = _one_line(setter, str(number), boxes.number, "number", Align.RIGHT)
    yield TextBox(Role.NUMBER, boxes.number, (number_line,))


def _one_line(setter: Typesetter, text: str, box: Box, style: StyleName, align: Align) -> Paragraph:
    """Set a text on one line; one that is too long is cut, since the cover has it whole.

    It leaves as much of its box empty as LibreOffice may draw it wider: there is no room for a second line.
    """
    width = box.w - slack_of(box.w)
    paragraph = setter.paragraph((StyledText(text, style),), width, align=align)
    if len(paragraph.lines) <= 1:
        return paragraph
    room = width - setter.ruler.width(setter.spans((StyledText(ELLIPSIS, style),)))
    first = setter.broken((StyledText(text, style),), room).lines[0]
    kept = slice_spans(first.spans, 0, len(first.text.rstrip()))
    cut = Marked((*(Passage(span.text, span.language) for span in kept), Passage(ELLIPSIS)))
    return setter.paragraph((StyledText(cut, style),), box.w, align=align)
