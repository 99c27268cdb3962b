"""From a template to the problems in it. Knows no plan: it is asked before there is one."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from raportti.plan import Role
from raportti.problems import FilePlace, Problem
from raportti.render.pptx.template import UNREADABLE, SlideLayout, Template, open_template, slide_layouts, slide_size
from raportti.units import Emu, as_pt, pt

SAME_SIZE = pt(0.5)
"""Programs round a slide's size: to a hundredth of a millimetre or to whole pixels."""


def check_template(
    template: Template, *, families: Iterable[str], size: tuple[Emu, Emu], file: str
) -> tuple[Problem, ...]:
    """Find what a template lacks: the named slide layouts and placeholders, and a theme in the fonts of the layout.

    ``families`` are the fonts that texts are measured in, ``size`` is the layout's slide, ``file`` is how messages
    call the template.
    """
    try:
        presentation = open_template(template.data)
        layouts = slide_layouts(presentation)
        found = slide_size(presentation)
    except UNREADABLE as error:
        return (Problem("template-unreadable", FilePlace(file), {"file": file, "words": str(error)}),)
    known = {name: layouts[name] for name in template.layouts.values() if name in layouts}
    missing = (*_missing_layouts(template, layouts), *_missing_placeholders(template, known))
    return (
        *(Problem("template-name-missing", FilePlace(file), {"file": file, **values}) for values in missing),
        *_foreign_fonts(known.values(), tuple(families), file),
        *_other_size(found, size, file),
    )


def _other_size(found: tuple[Emu, Emu], expected: tuple[Emu, Emu], file: str) -> Iterator[Problem]:
    if max(abs(a - b) for a, b in zip(found, expected, strict=True)) > SAME_SIZE:
        words = {"found": _points(found), "expected": _points(expected)}
        yield Problem("template-size", FilePlace(file), words)


def _points(size: tuple[Emu, Emu]) -> str:
    return " x ".join(f"{as_pt(length):g}" for length in size) + " pt"


def _missing_layouts(template: Template, layouts: Mapping[str, SlideLayout]) -> Iterator[dict[str, object]]:
    for name in dict.fromkeys(template.layouts.values()):
        if name not in layouts:
            yield {"what": "layout", "name": name, "nearest": _nearest(name, layouts)}


def _missing_placeholders(template: Template, layouts: Mapping[str, SlideLayout]) -> Iterator[dict[str, object]]:
    """Ask for the title on every slide layout, and for each other placeholder on one of them at least.

    A page whose slide layout lacks a placeholder gets a text box; a name that stands nowhere is taken for a slip.
    """
    title = template.placeholders[Role.TITLE.value]
    for name, layout in layouts.items():
        if title not in layout.slots:
            yield {"what": "placeholder", "name": title, "nearest": _nearest(title, layout.slots), "layout": name}
    present = {name: slot for layout in layouts.values() for name, slot in layout.slots.items()}
    for name in dict.fromkeys(template.placeholders.values()):
        if layouts and name not in present and name != title:
            yield {"what": "placeholder", "name": name, "nearest": _nearest(name, present)}


def _nearest(name: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(name, list(known), 1)), None)


def _foreign_fonts(layouts: Iterable[SlideLayout], families: tuple[str, ...], file: str) -> Iterator[Problem]:
    fonts = dict.fromkeys(font for layout in layouts for font in layout.theme_fonts)
    for font in fonts:
        if font not in families:
            values = {"file": file, "found": font, "expected": ", ".join(dict.fromkeys(families))}
            yield Problem("template-font", FilePlace(file), values)
