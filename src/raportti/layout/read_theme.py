"""From a layout's ``layout.toml`` to its theme. Knows nothing of reports.

Every key that the pages need is asked for here, so that a layout with gaps is refused before anything is measured.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from raportti.layout.theme import TableTheme, TemplateNames, Theme
from raportti.layout.toml_reader import (
    Reader,
    as_flag,
    as_number,
    as_numbers,
    as_one_of,
    as_table,
    as_tables,
    as_text,
    read_toml,
)
from raportti.layout.vocabulary import BOXES, COLUMN_SETS, FILLS, GAPS, LANGUAGES, PAGES, PLACEHOLDERS, STYLES, WORDS
from raportti.plan import Align, Anchor, Box, Margins, Style
from raportti.problems import ProblemsFound
from raportti.text.sources import FontSource
from raportti.units import Emu, pt

FILE = "layout.toml"
_NO_TABLE: Mapping[str, object] = {}
_ALIGNS = {align.value: align for align in Align}
_ANCHORS = {anchor.value: anchor for anchor in Anchor}
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def read_theme(folder: Path) -> Theme:
    """Read the theme of a layout's folder. Raises ``ProblemsFound`` with everything that is missing or wrong in it."""
    table = read_toml(folder / FILE)
    reader = Reader(str(folder / FILE))
    theme = _theme(reader, table, folder)
    if reader.problems:
        raise ProblemsFound(reader.problems)
    return theme


def _theme(reader: Reader, table: Mapping[str, object], folder: Path) -> Theme:
    sections = {
        name: _section(reader, table, name) for name in ("slide", "colours", "styles", "fills", "boxes", "gaps")
    }
    colours = _colours(reader, sections["colours"])
    fonts = _fonts(reader, reader.read(table, "fonts", as_tables, ()))
    family = fonts[0].family if fonts else ""
    tables = _section(reader, table, "tables")
    words = _section(reader, table, "words")
    return Theme(
        name=folder.name,
        folder=folder,
        width=_length(reader, sections["slide"], "width", "slide"),
        height=_length(reader, sections["slide"], "height", "slide"),
        fonts=fonts,
        colours=colours,
        styles={key: _style(reader, sections["styles"], key, family, colours) for key in STYLES},
        fills={key: _colour(reader, sections["fills"], key, "fills", colours) for key in FILLS},
        boxes={key: _box(reader, sections["boxes"], key) for key in BOXES},
        gaps={key: _length(reader, sections["gaps"], key, "gaps") for key in GAPS},
        tables={key: _table(reader, tables, key, colours) for key in COLUMN_SETS},
        template=_template(reader, _section(reader, table, "template")),
        words={language: _words(reader, words, language) for language in LANGUAGES},
    )


def _section(reader: Reader, table: Mapping[str, object], key: str, path: str = "") -> Mapping[str, object]:
    return reader.read(table, key, as_table, _NO_TABLE, path=path)


def _length(reader: Reader, table: Mapping[str, object], key: str, path: str) -> Emu:
    return pt(reader.read(table, key, as_number, 0, path=path))


def _box(reader: Reader, table: Mapping[str, object], key: str) -> Box:
    x, y, w, h = (pt(n) for n in reader.read(table, key, as_numbers(4), (0, 0, 0, 0), path="boxes"))
    return Box(x, y, w, h)


def _colours(reader: Reader, table: Mapping[str, object]) -> Mapping[str, str]:
    colours = {name: reader.read(table, name, as_text, "", path="colours") for name in table}
    for name, value in colours.items():
        if not _COLOUR.fullmatch(value):
            reader.read({name: value}, name, as_one_of({"RRGGBB": ""}), "", path="colours")
    return {name: value.upper() for name, value in colours.items()}


def _colour(reader: Reader, table: Mapping[str, object], key: str, path: str, colours: Mapping[str, str]) -> str:
    return reader.read(table, key, as_one_of(colours), "000000", path=path)


def _style(
    reader: Reader, table: Mapping[str, object], key: str, family: str, colours: Mapping[str, str]
) -> tuple[Style, ...]:
    path = f"styles.{key}"
    entry = _section(reader, table, key, "styles")
    if not entry:
        return ()
    bold = reader.read(entry, "bold", as_flag, False, path=path) if "bold" in entry else False
    tracking = _length(reader, entry, "tracking", path) if "tracking" in entry else 0
    family = reader.read(entry, "family", as_text, family, path=path) if "family" in entry else family
    colour = _colour(reader, entry, "colour", path, colours)
    sizes = reader.read(entry, "sizes", as_sizes, ((0, 0),), path=path)
    return tuple(Style(family, bold, pt(size), pt(pitch), colour, tracking) for size, pitch in sizes)


def as_sizes(value: object) -> tuple[tuple[float, float], ...]:
    """Accept a list of pairs of size and pitch."""
    pairs: list[object] = cast("list[object]", value) if isinstance(value, list) and value else [value]
    return tuple((size, pitch) for size, pitch in map(as_numbers(2), pairs))


def _table(reader: Reader, tables: Mapping[str, object], key: str, colours: Mapping[str, str]) -> TableTheme:
    path = f"tables.{key}"
    entry = _section(reader, tables, key, "tables")
    left, top, right, bottom = reader.read(entry, "margins", as_numbers(4), (0, 0, 0, 0), path=path)
    aligned = _section(reader, entry, "aligned", path)
    columns = _section(reader, entry, "columns", path)
    return TableTheme(
        margins=Margins(left=pt(left), right=pt(right), top=pt(top), bottom=pt(bottom)),
        rule=_colour(reader, entry, "rule", path, colours),
        rule_width=_length(reader, entry, "rule_width", path),
        head_anchor=reader.read(entry, "head_anchor", as_one_of(_ANCHORS), Anchor.TOP, path=path),
        aligned={
            column: reader.read(aligned, column, as_one_of(_ALIGNS), Align.LEFT, path=f"{path}.aligned")
            for column in aligned
        },
        columns={name: _widths(reader, columns, name, keys, path) for name, keys in COLUMN_SETS[key].items()},
    )


def _widths(
    reader: Reader, columns: Mapping[str, object], name: str, keys: tuple[str, ...], path: str
) -> Mapping[str, Emu]:
    entry = _section(reader, columns, name, f"{path}.columns")
    return {key: _length(reader, entry, key, f"{path}.columns.{name}") for key in keys}


def _fonts(reader: Reader, entries: tuple[Mapping[str, object], ...]) -> tuple[FontSource, ...]:
    return tuple(_font(reader, entry) for entry in entries)


def _font(reader: Reader, entry: Mapping[str, object]) -> FontSource:
    axes = _section(reader, entry, "axes", "fonts") if "axes" in entry else _NO_TABLE
    return FontSource(
        family=reader.read(entry, "family", as_text, "", path="fonts"),
        bold=reader.read(entry, "bold", as_flag, False, path="fonts"),
        package=reader.read(entry, "package", as_text, "", path="fonts") if "package" in entry else None,
        file=reader.read(entry, "file", as_text, "", path="fonts"),
        axes=tuple((axis, reader.read(axes, axis, as_number, 0, path="fonts.axes")) for axis in axes),
    )


def _template(reader: Reader, table: Mapping[str, object]) -> TemplateNames:
    layouts = _section(reader, table, "layouts", "template")
    placeholders = _section(reader, table, "placeholders", "template")
    return TemplateNames(
        file=reader.read(table, "file", as_text, "", path="template"),
        layouts={kind: reader.read(layouts, kind, as_text, "", path="template.layouts") for kind in PAGES},
        placeholders={
            role: reader.read(placeholders, role, as_text, "", path="template.placeholders") for role in PLACEHOLDERS
        },
    )


def _words(reader: Reader, table: Mapping[str, object], language: str) -> Mapping[str, str]:
    entry = _section(reader, table, language, "words")
    return {key: reader.read(entry, key, as_text, "", path=f"words.{language}") for key in WORDS}
