"""From the scale of a strategy to its pages: what each grade means, a disc behind each grade.

Knows nothing of tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from raportti.content import Grade, Part, StrategyContent
from raportti.layout.draft import Draft, moved_down
from raportti.layout.frame import make_frame
from raportti.layout.paginate import fill_pages
from raportti.layout.setting import Setter
from raportti.passages import joined
from raportti.plan import Box, Bullet, Disc, Item, PageKind, Paragraph, Role, TextBox, height_of, room_of
from raportti.units import Emu


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
    text = setter.paragraph((Part(joined(("= ", grade.text)), "scale"),), box.w - indent, step=step)
    number = setter.spans((Part(str(grade.score), "grade"),), step)
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
