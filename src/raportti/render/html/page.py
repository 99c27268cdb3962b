"""From a finished plan to one self-contained HTML page: an element for each page, every line where the plan ends it.

Breaks no line and no page, reads no file, asks for no network. A layout's templates make the elements, with what they
are given here; only charts are drawn here, as SVG.
"""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import assert_never

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from raportti.plan import Disc, Item, Panel, Plan, Table, TextBox
from raportti.plan.chart import Chart, ChartRectangle, ChartText
from raportti.plan.typeset import Box
from raportti.problems import Problem, ProblemsFound
from raportti.render.html.css import CssClasses, base_rules, quoted
from raportti.render.html.lines import LineWriter
from raportti.render.html.structure import bookmarks_of, cell_id, headers_of, list_items, row_id
from raportti.units import Emu, as_pt

DOCUMENT = "document.html.j2"
"""The template that makes the whole page; it may use the others of its layout."""


@dataclass(frozen=True, slots=True)
class HtmlLayout:
    """The texts of a layout's ``html`` folder: templates by file name, and its style sheet."""

    templates: Mapping[str, str]
    style: str


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font file that the page carries within itself (TrueType or OpenType)."""

    family: str
    bold: bool
    data: bytes = field(repr=False)


def render(plan: Plan, layout: HtmlLayout, fonts: Iterable[FontFace]) -> str:
    """Draw a plan as HTML.

    Raises ``ProblemsFound`` where a template is wrong or asks for what is not there.
    """
    try:
        return _render(plan, layout, fonts)
    except TemplateError as error:
        raise ProblemsFound([Problem("html-template", None, {"words": _message_of(error)})]) from error


def _message_of(error: TemplateError) -> str:
    """Say what is wrong, and where in which template if that is known."""
    place = f" ({error.name}:{error.lineno})" if isinstance(error, TemplateSyntaxError) else ""
    return f"{error.message or type(error).__name__}{place}"


def _render(plan: Plan, layout: HtmlLayout, fonts: Iterable[FontFace]) -> str:
    css = CssClasses(plan)
    template = _environment(tuple(sorted(layout.templates.items()))).get_template(DOCUMENT)
    fixed = "\n".join((*map(_font_rule, fonts), base_rules(plan), layout.style))
    return template.render(
        plan=plan,
        bookmarks=bookmarks_of(plan.pages),
        css=css,
        lines=LineWriter(css).lines,
        kind_of=_kind_of,
        list_items=list_items,
        size_of=size_of,
        shapes_of=shapes_of,
        row_id=row_id,
        cell_id=cell_id,
        headers_of=headers_of,
        style=lambda: _style_text(f"{fixed}\n{css.text}"),
    )


@lru_cache(maxsize=4)
def _environment(templates: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    """Make the sandbox that templates run in: no files, no undefined names, everything escaped."""
    return SandboxedEnvironment(
        loader=DictLoader(MappingProxyType(dict(templates))),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _kind_of(item: Item) -> str:
    """Name the kind of an item for the templates."""
    match item:
        case TextBox():
            return "text"
        case Table():
            return "table"
        case Chart():
            return "chart"
        case Disc() | Panel():
            return "shape"


def _font_rule(font: FontFace) -> str:
    data = base64.b64encode(font.data).decode("ascii")
    weight = 700 if font.bold else 400
    return f"@font-face{{font-family:{quoted(font.family)};font-weight:{weight};src:url(data:font/ttf;base64,{data})}}"


def _style_text(style: str) -> Markup:
    """Mark a style sheet as safe: a style element would end at the first ``</``, which no style sheet needs."""
    return Markup(style.replace("</", "<\\/"))


_OUTLINE = "0.75"
"""The width of a rectangle's outline in points."""
_RECTANGLE = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="#{}"{}/>')
_STROKE = Markup(' stroke="#{}" stroke-width="{}"')
_TEXT = Markup('<text x="{}" y="{}" font-family="{}" font-weight="{}" font-size="{}" fill="#{}">{}</text>')


def shapes_of(chart: Chart) -> Markup:
    """Draw the rectangles and texts of a chart as SVG."""
    return Markup("").join(_shape(mark, chart.box) for mark in chart.drawing)


def _shape(mark: ChartRectangle | ChartText, within: Box) -> Markup:
    match mark:
        case ChartRectangle(box, fill, outline):
            stroke = _STROKE.format(outline, _OUTLINE) if outline else ""
            x, y = _points(box.x - within.x), _points(box.y - within.y)
            return _RECTANGLE.format(x, y, _points(box.w), _points(box.h), fill, stroke)
        case ChartText(text, style, x, y):
            weight = 700 if style.bold else 400
            place = (_points(x - within.x), _points(y - within.y))
            return _TEXT.format(*place, style.family, weight, _points(style.size), style.colour, text)
        case _:
            assert_never(mark)


def size_of(chart: Chart) -> str:
    """Return the size of a chart as the view box of its SVG."""
    return f"0 0 {_points(chart.box.w)} {_points(chart.box.h)}"


def _points(length: Emu) -> str:
    return f"{as_pt(length):.3f}".rstrip("0").rstrip(".")
