"""From the cover's words to its page, and from a scale's to its pages.

Does not know other pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from raportti.content.records import (
    ContentItem,
    Cover,
    Grade,
    StrategyContent,
    StyledText,
    StyleName,
    joined_texts,
    longest,
)
from raportti.layout.frame import UnnumberedPage, make_frame, moved_down, require_room
from raportti.layout.tables import fill_pages
from raportti.layout.typesetting import Typesetter, first_fitting
from raportti.plan import Anchor, Disc, Item, PageKind, Role, TextBox
from raportti.plan.typeset import Box, Bullet, Paragraph, height_of, room_of
from raportti.report.passages import joined
from raportti.units import Emu


def cover_page(cover: Cover, setter: Typesetter) -> UnnumberedPage:
    """Make the cover: title, strategies, and what a public document says of itself."""
    items = (_title(cover, setter), _strategies(cover, setter), *_colophon(cover, setter))
    return UnnumberedPage(PageKind.COVER, cover.title.text, items, body=setter.theme.boxes.cover_title)


def _title(cover: Cover, setter: Typesetter) -> TextBox:
    box = setter.theme.boxes.cover_title
    paragraphs = _lines(setter, (cover.title.text,), "cover_title", box)
    require_room("title", cover.title, room_of(paragraphs), box.h)
    return TextBox(Role.TITLE, box, paragraphs, setter.theme.anchors.cover_title, heading=1)


def _strategies(cover: Cover, setter: Typesetter) -> TextBox:
    """Set the strategies as a list; more than it has room for are set one after the other."""
    box, hang = setter.theme.boxes.cover_strategies, setter.theme.gaps.cover_hang
    items = tuple(ContentItem((StyledText(name.text, "cover_list"),), level=1) for name in cover.strategies)

    def build(step: int) -> tuple[Paragraph, ...]:
        return tuple(setter.bulleted(i, box.w, hang=hang, bullet="cover_bullet", step=step) for i in items)

    paragraphs = first_fitting(build, setter.steps("cover_list"), box.h)
    if room_of(paragraphs) > box.h:
        names = joined_texts(cover.strategies, " · ")
        paragraphs = _lines(setter, (names.text,), "cover_list", box)
        require_room("strategies", names, room_of(paragraphs), box.h)
    return TextBox(Role.STRATEGIES, box, paragraphs, is_list=True)


def _colophon(cover: Cover, setter: Typesetter) -> tuple[TextBox, ...]:
    if not cover.colophon:
        return ()
    box = setter.theme.boxes.cover_colophon
    paragraphs = _lines(setter, tuple(line.text for line in cover.colophon), "cover_colophon", box)
    require_room("colophon", longest(cover.colophon), room_of(paragraphs), box.h)
    return (TextBox(Role.COLOPHON, box, paragraphs, Anchor.BOTTOM),)


def _lines(setter: Typesetter, texts: Sequence[str], style: StyleName, box: Box) -> tuple[Paragraph, ...]:
    """Set a paragraph of each text, in the largest size in which all fit a box."""

    def build(step: int) -> tuple[Paragraph, ...]:
        return tuple(setter.paragraph((StyledText(text, style),), box.w, step=step) for text in texts)

    return first_fitting(build, setter.steps(style), box.h)


@dataclass(frozen=True, slots=True)
class _SetGrade:
    """A grade with its text, and the height that both take with the gap below."""

    paragraph: Paragraph
    room: Emu
    """The height of the text or of the disc, whichever is taller."""
    gap: Emu

    @property
    def height(self) -> Emu:
        return self.room + self.gap

    @property
    def begins_page(self) -> bool:
        return False


def scale_pages(strategy: StrategyContent, setter: Typesetter) -> tuple[UnnumberedPage, ...]:
    """Make the pages of a scale: one, unless its texts are longer than a page in their smallest size."""
    parts = 1
    while True:
        frame = make_frame(setter, strategy.scale.title, strategy.tag, parts, heading=2)
        box = moved_down(setter.theme.boxes.scale, frame.shift)
        grades = _fitting(strategy.scale.grades, box, setter)
        slices = fill_pages(grades, box.h + setter.theme.gaps.grades)
        if len(slices) <= parts:
            break
        parts = len(slices)
    return tuple(
        UnnumberedPage(
            kind=PageKind.SCALE,
            title=strategy.scale.title.text,
            items=(*head, *_list(grades[page.start : page.end], box, setter)),
            body=box,
            tag=strategy.tag.text,
            part=part,
            strategy=strategy.name,
        )
        for head, part, page in zip(frame.heads, frame.parts, slices, strict=False)
    )


def _fitting(grades: Sequence[Grade], box: Box, setter: Typesetter) -> tuple[_SetGrade, ...]:
    """Set the grades in the largest size in which all of them are no taller than the box."""
    fitted: tuple[_SetGrade, ...] = ()
    for step in setter.steps("scale"):
        fitted = tuple(_set_grade(grade, box, setter, step) for grade in grades)
        if sum(grade.height for grade in fitted) - fitted[-1].gap <= box.h:
            break
    return fitted


def _set_grade(grade: Grade, box: Box, setter: Typesetter, step: int) -> _SetGrade:
    gaps = setter.theme.gaps
    indent = gaps.disc + gaps.disc_text
    text = setter.paragraph((StyledText(joined(("= ", grade.meaning.text)), "scale"),), box.w - indent, step=step)
    number = setter.spans((StyledText(str(grade.score), "grade"),), step)
    start = (gaps.disc - setter.ruler.width(number)) // 2
    bullet = Bullet(number[0].text, number[0].style)
    paragraph = replace(text, indent=indent, hang=indent - start, bullet=bullet)
    return _SetGrade(paragraph, max(gaps.disc, room_of((paragraph,))), gaps.grades)


def _list(grades: Sequence[_SetGrade], box: Box, setter: Typesetter) -> tuple[Item, ...]:
    """Place discs and list so that each disc and its text share their middle."""
    diameter = setter.theme.gaps.disc
    discs: list[Disc] = []
    paragraphs: list[Paragraph] = []
    top, text_top, text_end = box.y, 0, 0
    for grade in grades:
        text_height = height_of((grade.paragraph,))
        start = top + (grade.room - text_height) // 2
        disc = Box(box.x, top + (grade.room - diameter) // 2, diameter, diameter)
        discs.append(Disc(disc, setter.theme.fills.disc))
        text_top = text_top or start
        paragraphs.append(replace(grade.paragraph, space_before=start - text_end if paragraphs else 0))
        text_end = start + text_height
        top += grade.height
    place = Box(box.x, text_top, box.w, text_end - text_top)
    return (*discs, TextBox(Role.SCALE, place, tuple(paragraphs), is_list=True))
