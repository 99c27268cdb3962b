"""From the scale to the legend beside a summary: a panel, a title and a list. Knows nothing of the summary's table."""

from dataclasses import replace

from raportti.content import Grade, Part, Words
from raportti.layout.draft import moved_down, require_room
from raportti.layout.setting import Setter, first_fitting
from raportti.passages import joined
from raportti.plan import Box, Item, Panel, Paragraph, Role, TextBox, room_of
from raportti.units import Emu


def legend_items(grades: tuple[Grade, ...], setter: Setter, words: Words, shift: Emu) -> tuple[Item, ...]:
    """Set the legend in the largest size that fits its box; the panel ends below its text."""
    box = moved_down(setter.theme.boxes["legend"], shift)
    padding, gap = setter.theme.gaps["legend_padding"], setter.theme.gaps["legend_items"]
    title = setter.paragraph((Part(words["legend_title"], "legend_title"),), box.w - 2 * padding)
    title_height = room_of((title,)) + gap
    room = box.h - 2 * padding - title_height

    def build(step: int) -> tuple[Paragraph, ...]:
        return tuple(_grade(grade, box.w - 2 * padding, gap, step, setter) for grade in grades)

    paragraphs = first_fitting(build, setter.steps("legend"), room)
    height = room_of(paragraphs)
    require_room("legend", max((paragraph.text for paragraph in paragraphs), key=len), height, room)
    x, y = box.x + padding, box.y + padding
    return (
        Panel(replace(box, h=height + title_height + 2 * padding), setter.theme.fills["panel"]),
        TextBox(Role.LEGEND_TITLE, Box(x, y, box.w - 2 * padding, title_height - gap), (title,)),
        TextBox(Role.LEGEND, Box(x, y + title_height, box.w - 2 * padding, height), paragraphs, is_list=True),
    )


def _grade(grade: Grade, width: Emu, gap: Emu, step: int, setter: Setter) -> Paragraph:
    parts = (Part(str(grade.score), "legend_grade"), Part(joined((" = ", grade.text)), "legend"))
    return setter.paragraph(parts, width, step=step, space_before=gap)
