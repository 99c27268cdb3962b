"""From the theme of a layout to its ``layout.toml`` and its style sheet.

Does not know how values were found. Words and templates of the HTML are those of the layout that it was made after.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from raportti.layout.making.choice import COVER, PAGES
from raportti.layout.theme import AnyTable, Theme
from raportti.plan import PageKind
from raportti.plan.typeset import Box, Style
from raportti.units import Emu, as_pt

_WORDS = "\n[words."
_FILL_NAMES = {"yes": "yes_tint", "partly": "partly_tint", "no": "no_tint", "not_assessed": "not_assessed_tint"}


def toml_of(theme: Theme, *, brand: str, reasons: Mapping[str, str], after: str) -> str:
    """Write ``layout.toml``; ``after`` is the text of that file of the layout whose words are taken over."""
    names = _colour_names(theme)
    tables = (line for key, table in theme.tables._asdict().items() for line in _table(key, table, names))
    lines = (
        f"# Made of {brand} by `raportti layout new`. Lengths are points from the top left of the slide.",
        f"# Cover: the slide layout {_text(theme.template.layouts[COVER])}: {reasons[COVER]}.",
        f"# All other pages: {_text(theme.template.layouts['table'])}: {reasons[PAGES]}.",
        *_choices(theme),
        "# Font files of a Python package, or in this folder: they measure the text and draw the PDF.",
        *_fonts(theme),
        *_looks(theme, names),
        *_places(theme),
        "# The widths of the columns are the cells', margins included.",
        *tables,
        *_template(theme),
        "",
    )
    return "\n".join(lines) + _words(after)


def _choices(theme: Theme) -> Iterator[str]:
    yield from ("", "# Whether the fonts travel with the deck; `raportti build --embed-fonts` does it once.")
    yield from (f"embed_fonts = {_flag(theme.embed_fonts)}", "")
    yield from ("# Whether a page of charts follows each summary.", f"charts = {_flag(theme.choices.charts)}", "")
    yield from ("[slide]", f"width = {_pt(theme.width)}", f"height = {_pt(theme.height)}", "")


def _looks(theme: Theme, names: Mapping[str, str]) -> Iterator[str]:
    yield from ("# Colours of the brand, each as far as it can be read on its ground.", "[colours]")
    yield from (f"{name} = {_text(colour)}" for colour, name in names.items())
    yield from (
        "",
        "# Sizes and leading (the distance between baselines); the first in which the text fits is taken.",
    )
    yield "[styles]"
    yield from (_style(key, styles, names, theme.fonts[0].family) for key, styles in theme.styles.items())
    yield from ("", "[fills]")
    yield from (f"{key} = {_text(names[colour])}" for key, colour in theme.fills._asdict().items())
    yield from (
        "",
        "# What the template draws below the boxes, the darkest and the lightest colour.",
    )
    yield "[grounds]"
    yield from (f"{key} = {_texts(colours)}" for key, colours in theme.grounds.items())
    yield ""


def _places(theme: Theme) -> Iterator[str]:
    yield from ("# Boxes are [x, y, width, height].", "[boxes]")
    yield from (f"{key} = {_box(box)}" for key, box in theme.boxes._asdict().items())
    yield from ("", "# Where titles stand in their boxes: top, middle or bottom.", "[anchors]")
    yield from (f"{key} = {_text(anchor.value)}" for key, anchor in theme.anchors._asdict().items())
    yield from ("", "[gaps]", *(f"{key} = {_pt(gap)}" for key, gap in theme.gaps._asdict().items()), "")


def _words(text: str) -> str:
    """Return the words of a layout as they stand in its file, with the comment before them."""
    start = text.index(_WORDS) + 1
    lines = text[:start].splitlines()
    while lines and lines[-1].startswith("#"):
        start -= len(lines.pop()) + 1
    return text[start:]


def _colour_names(theme: Theme) -> Mapping[str, str]:
    """Name every colour that is in use, by what it is first used for."""
    names: dict[str, str] = {}

    def name(colour: str, wanted: str) -> None:
        if colour not in names:
            taken = set(names.values())
            names[colour] = wanted if wanted not in taken else f"{wanted}_{len(names)}"

    name(theme.fills.head, "brand")
    name(theme.style("table_text").colour, "ink")
    for key, fill in theme.fills._asdict().items():
        name(fill, _FILL_NAMES.get(key, key))
    for key, styles in theme.styles.items():
        name(styles[0].colour, f"{key}_ink")
    for table in theme.tables:
        name(table.rule, "rule")
    return names


def _style(key: str, styles: tuple[Style, ...], names: Mapping[str, str], usual: str) -> str:
    first = styles[0]
    said = [f"family = {_text(first.family)}"] if first.family != usual else []
    said += ["bold = true"] if first.bold else []
    said += [f"colour = {_text(names[first.colour])}"]
    said += [f"tracking = {_pt(first.tracking)}"] if first.tracking else []
    sizes = ", ".join(f"[{_pt(style.size)}, {_pt(style.leading)}]" for style in styles)
    return f"{key} = {{ {', '.join(said)}, sizes = [{sizes}] }}"


def _fonts(theme: Theme) -> Iterator[str]:
    for font in theme.fonts:
        yield from ("[[fonts]]", f"family = {_text(font.family)}", f"bold = {_flag(font.bold)}")
        if font.package is not None:
            yield f"package = {_text(font.package)}"
        yield f"file = {_text(font.file)}"
        if font.axes:
            yield f"axes = {{ {', '.join(f'{axis} = {value:g}' for axis, value in font.axes)} }}"
        yield ""


def _table(key: str, table: AnyTable, names: Mapping[str, str]) -> Iterator[str]:
    margins = table.margins
    sides = ", ".join(map(_pt, (margins.left, margins.top, margins.right, margins.bottom)))
    yield from (f"[tables.{key}]", f"margins = [{sides}]", f"rule = {_text(names[table.rule])}")
    yield from (f"rule_width = {_pt(table.rule_width)}", f"head_anchor = {_text(table.head_anchor.value)}")
    aligned = ", ".join(f"{column} = {_text(align.value)}" for column, align in table.aligned.items())
    yield from (f"aligned = {{ {aligned} }}", "", f"[tables.{key}.columns]")
    for name, columns in cast(Any, table.columns)._asdict().items():
        widths = ", ".join(f"{column} = {_pt(width.preferred)}" for column, width in columns._asdict().items())
        yield f"{name} = {{ {widths} }}"
    yield ""


def _template(theme: Theme) -> Iterator[str]:
    names = theme.template
    yield from (
        "# The brand's template, without its own slides; the names are those of its slide layouts and placeholders.",
        "# Roles in `text_boxes` have no placeholder in it: their texts stand in text boxes of these names.",
        "[template]",
        f"file = {_text(names.file)}",
        f"text_boxes = {_texts(names.text_boxes)}",
    )
    if names.other_fonts:
        yield "# Fonts of the template in which the report is not set: what people write by hand may be in them."
        yield f"other_fonts = {_texts(names.other_fonts)}"
    yield from ("", "[template.layouts]", *(f"{kind} = {_text(name)}" for kind, name in names.layouts.items()))
    yield from ("", "[template.placeholders]")
    yield from (f"{role} = {_text(name)}" for role, name in names.placeholders.items())


def css_of(grounds: Mapping[str, str]) -> str:
    """Write the style sheet; ``grounds`` is for ``cover`` and ``pages`` what CSS says of their background."""
    content = ", ".join(f".page-{kind.value}" for kind in PageKind if kind is not PageKind.COVER)
    return (
        "/* The grounds of the pages: what the template draws behind their texts. Text, places and tables come from\n"
        "   the plan, in classes of their own. Pictures beside this file, or in a folder there, can be named. */\n"
        f".page-cover {{ background: {grounds[COVER]}; image-rendering: crisp-edges }}\n"
        f"{content} {{ background: {grounds[PAGES]}; image-rendering: crisp-edges }}\n\n"
        "@media screen {\n"
        "  html { background: #E8ECF0 }\n"
        "  .page { margin: 24pt auto; outline: 0.75pt solid #C5CFDA }\n"
        "}\n"
    )


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _flag(value: bool) -> str:
    return str(value).lower()


def _pt(length: Emu) -> str:
    return f"{as_pt(length):.3f}".rstrip("0").rstrip(".")


def _box(box: Box) -> str:
    return f"[{', '.join(map(_pt, (box.x, box.y, box.w, box.h)))}]"
