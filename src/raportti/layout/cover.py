"""From the cover's words to its page. Knows nothing of other pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from raportti.content.records import ContentItem, Cover, Grade, StrategyContent, StyledText
from raportti.layout.frame import Draft, make_frame, moved_down, placed
from raportti.layout.tables import fill_pages
from raportti.layout.typesetting import Setter, first_fitting
from raportti.plan import Anchor, Disc, Item, PageKind, Role, TextBox
from raportti.plan.typeset import Box, Bullet, Paragraph, height_of, room_of
from raportti.report.passages import joined
from raportti.units import Emu


def cover_page(cover: Cover, setter: Setter) -> Draft:
    """Make the cover: title, strategies, and what a public document says of itself."""
    boxes = setter.theme.boxes
    items = (_title(cover, setter), _strategies(cover, setter), *_colophon(cover, setter))
    return Draft(PageKind.COVER, cover.title, items, body=boxes["cover_title"])


def _title(cover: Cover, setter: Setter) -> TextBox:
    box = setter.theme.boxes["cover_title"]

    def build(step: int) -> tuple[Paragraph, ...]:
        return (setter.paragraph((StyledText(cover.title, "cover_title"),), box.w, step=step),)

    paragraphs = first_fitting(build, setter.steps("cover_title"), box.h)
    return TextBox(Role.TITLE, placed("title", paragraphs, box), paragraphs, Anchor.BOTTOM, heading=1)


def _strategies(cover: Cover, setter: Setter) -> TextBox:
    box = setter.theme.boxes["cover_strategies"]
    items = tuple(ContentItem((StyledText(name, "cover_list"),), level=1) for name in cover.strategies)

    def build(step: int) -> tuple[Paragraph, ...]:
        hang = setter.theme.gaps["cover_hang"]
        return tuple(setter.bulleted(i, box.w, hang=hang, bullet="cover_bullet", step=step) for i in items)

    paragraphs = first_fitting(build, setter.steps("cover_list"), box.h)
    if room_of(paragraphs) > box.h:
        paragraphs = first_fitting(partial(_run_on, cover, setter), setter.steps("cover_list"), box.h)
    return TextBox(Role.STRATEGIES, placed("strategies", paragraphs, box), paragraphs, is_list=True)


def _run_on(cover: Cover, setter: Setter, step: int) -> tuple[Paragraph, ...]:
    """Set more strategies than a list has room for one after the other."""
    names = StyledText(joined(cover.strategies, " · "), "cover_list")
    return (setter.paragraph((names,), setter.theme.boxes["cover_strategies"].w, step=step),)


def _colophon(cover: Cover, setter: Setter) -> tuple[TextBox, ...]:
    if not cover.colophon:
        return ()
    box = setter.theme.boxes["cover_colophon"]

    def build(step: int) -> tuple[Paragraph, ...]:
        lines = (StyledText(line, "cover_colophon") for line in cover.colophon)
        return tuple(setter.paragraph((line,), box.w, step=step) for line in lines)

    paragraphs = first_fitting(build, setter.steps("cover_colophon"), box.h)
    return (TextBox(Role.COLOPHON, placed("colophon", paragraphs, box), paragraphs, Anchor.BOTTOM),)


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


def scale_pages(strategy: StrategyContent, setter: Setter) -> tuple[Draft, ...]:
    """Make the pages of a scale: one, unless its texts are longer than a page in their smallest size."""
    parts = 1
    while True:
        frame = make_frame(setter, strategy.scale.title, strategy.tag, parts, heading=2)
        box = moved_down(setter.theme.boxes["scale"], frame.shift)
        grades = _fitting(strategy.scale.grades, box, setter)
        slices = fill_pages(grades, box.h + setter.theme.gaps["grades"])
        if len(slices) <= parts:
            break
        parts = len(slices)
    return tuple(
        Draft(
            kind=PageKind.SCALE,
            title=strategy.scale.title,
            items=(*head, *_list(grades[page.start : page.end], box, setter)),
            body=box,
            tag=strategy.tag,
            part=part,
            strategy=strategy.name,
        )
        for head, part, page in zip(frame.heads, frame.parts, slices, strict=False)
    )


def _fitting(grades: Sequence[Grade], box: Box, setter: Setter) -> tuple[_SetGrade, ...]:
    """Set the grades in the largest size in which all of them are no taller than the box."""
    fitted: tuple[_SetGrade, ...] = ()
    for step in setter.steps("scale"):
        fitted = tuple(_set_grade(grade, box, setter, step) for grade in grades)
        if sum(grade.height for grade in fitted) - fitted[-1].gap <= box.h:
            break
    return fitted


def _set_grade(grade: Grade, box: Box, setter: Setter, step: int) -> _SetGrade:
    gaps = setter.theme.gaps
    indent = gaps["disc"] + gaps["disc_text"]
    text = setter.paragraph((StyledText(joined(("= ", grade.text)), "scale"),), box.w - indent, step=step)
    number = setter.spans((StyledText(str(grade.score), "grade"),), step)
    start = (gaps["disc"] - setter.ruler.width(number)) // 2
    bullet = Bullet(number[0].text, number[0].style)
    paragraph = replace(text, indent=indent, hang=indent - start, bullet=bullet)
    return _SetGrade(paragraph, max(gaps["disc"], room_of((paragraph,))), gaps["grades"])


def _list(grades: Sequence[_SetGrade], box: Box, setter: Setter) -> tuple[Item, ...]:
    """Place discs and list so that each disc and its text share their middle."""
    diameter = setter.theme.gaps["disc"]
    discs: list[Disc] = []
    paragraphs: list[Paragraph] = []
    top, text_top, text_end = box.y, 0, 0
    for grade in grades:
        text_height = height_of((grade.paragraph,))
        start = top + (grade.room - text_height) // 2
        disc = Box(box.x, top + (grade.room - diameter) // 2, diameter, diameter)
        discs.append(Disc(disc, setter.theme.fills["disc"]))
        text_top = text_top or start
        paragraphs.append(replace(grade.paragraph, space_before=start - text_end if paragraphs else 0))
        text_end = start + text_height
        top += grade.height
    place = Box(box.x, text_top, box.w, text_end - text_top)
    return (*discs, TextBox(Role.SCALE, place, tuple(paragraphs), is_list=True))
