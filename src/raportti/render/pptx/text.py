"""From paragraphs of the plan to paragraphs of DrawingML (ECMA-376-1, 21.1.2).

Breaks no line: a line break is written only where the plan broke a word. Elsewhere the reader's program breaks as the
plan did, since widths and fonts are the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from xml.sax.saxutils import escape

from raportti.ooxml.xml import attribute, hundredths, solid
from raportti.plan import Anchor
from raportti.plan.typeset import Align, Box, Bullet, Paragraph, Style
from raportti.render.pptx.inherited import NO_RESETS, Resets
from raportti.units import Emu

KERN = 100
"""The smallest size that is kerned: 1 pt, so that every size is, as it was measured.

By ECMA-376-1, 21.1.2.3.9 a run without ``kern`` and one with 0 are kerned at all sizes; but masters commonly carry
kern="1200", which a run without it inherits and which is above 11 pt, and 0 is how "no kerning" is written elsewhere
(WordprocessingML, 17.3.2.19), so that it is doubtful what PowerPoint makes of it. 100 has one meaning in every reading.
LibreOffice (7.4) kerns whatever is written; its lines are 0.2 % wider than HarfBuzz's, as it rounds each advance.
"""

_ALIGN = {Align.LEFT: "l", Align.CENTRE: "ctr", Align.RIGHT: "r"}
ANCHOR = {Anchor.TOP: "t", Anchor.MIDDLE: "ctr", Anchor.BOTTOM: "b"}


@dataclass(frozen=True, slots=True)
class RunDefaults:
    """What the runs of a slide share: their language, and the font that they have by default, where they have one."""

    language: str
    family: str | None
    resets: Resets = NO_RESETS
    """What the template says of text, taken back."""


_REGIONS = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
"""PowerPoint writes every language with a region; what it makes of one without is not known."""


def _with_region(language: str) -> str:
    """Return the tag of a language as PowerPoint knows it."""
    return _REGIONS.get(language, language)


@dataclass(frozen=True, slots=True)
class SlideNumber:
    """The number of a slide, which the reader's program fills in: the text as planned, and the id of its field."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Text of one style and one language; the text None is a line break, the language None that of the deck."""

    text: str | None
    style: Style
    language: str | None = None


def text_body(
    paragraphs: Iterable[Paragraph],
    defaults: RunDefaults,
    *,
    anchor: Anchor,
    graded: bool,
    slide_number: SlideNumber | None,
) -> str:
    """Write the text of a shape: no insets, no fitting, since the plan has measured all.

    ``graded``: the bullets are content (the grades of the scale) and become text before a tab.
    ``slide_number`` replaces the run with its text.
    """
    inner = "".join(_paragraphs(paragraphs, defaults, graded=graded, slide_number=slide_number))
    body = f'wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{ANCHOR[anchor]}"{defaults.resets.body}'
    return f"<p:txBody><a:bodyPr {body}><a:noAutofit/></a:bodyPr><a:lstStyle/>{inner}</p:txBody>"


def cell_body(paragraphs: tuple[Paragraph, ...], defaults: RunDefaults, filler: Style) -> str:
    """Write the text of a cell; an empty one is as high as a line of ``filler``."""
    inner = "".join(_paragraphs(paragraphs, defaults)) if paragraphs else empty_paragraph(defaults, filler)
    return f"<a:txBody><a:bodyPr/><a:lstStyle/>{inner}</a:txBody>"


def empty_paragraph(defaults: RunDefaults, filler: Style) -> str:
    """Write a paragraph without text that keeps its exact height."""
    spacing = _spacing(filler.leading, 0)
    properties = f"<a:pPr{defaults.resets.paragraph}>{spacing}<a:buNone/></a:pPr>"
    return f"<a:p>{properties}{_properties('endParaRPr', filler, defaults)}</a:p>"


def _paragraphs(
    paragraphs: Iterable[Paragraph],
    defaults: RunDefaults,
    *,
    graded: bool = False,
    slide_number: SlideNumber | None = None,
) -> Iterator[str]:
    for n, paragraph in enumerate(paragraphs):
        before = paragraph.space_before if n else 0
        runs = _runs(paragraph)
        mark = paragraph.bullet
        if graded and mark:
            runs.insert(0, _Run(f"{mark.text}\t", mark.style))
            mark = None
        properties = _paragraph_properties(paragraph, before, mark, runs, defaults.resets, tabbed=graded)
        written = "".join(_run(run, defaults, slide_number) for run in runs)
        end = _properties("endParaRPr", runs[-1].style, defaults, runs[-1].language) if runs else ""
        yield f"<a:p>{properties}{written}{end}</a:p>"


def _runs(paragraph: Paragraph) -> list[_Run]:
    """Join the lines to whole text: one run a style and language, with a break only where a word was broken."""
    runs: list[_Run] = []
    last = len(paragraph.lines) - 1
    for n, line in enumerate(paragraph.lines):
        for span in line.spans:
            _append(runs, _Run(span.text, span.style, span.language))
        if line.breaks_word and runs:
            if line.hyphen:
                _append(runs, replace(runs[-1], text="-"))
            if n < last:
                runs.append(replace(runs[-1], text=None))
    return runs


def _append(runs: list[_Run], run: _Run) -> None:
    previous = runs[-1] if runs else None
    if previous and previous.text is not None and replace(previous, text=run.text) == run:
        runs[-1] = replace(previous, text=f"{previous.text}{run.text}")
    else:
        runs.append(run)


def _run(run: _Run, defaults: RunDefaults, slide_number: SlideNumber | None) -> str:
    properties = _properties("rPr", run.style, defaults, run.language)
    if run.text is None:
        return f"<a:br>{properties}</a:br>"
    text = f"{properties}<a:t>{escape(run.text)}</a:t>"
    if slide_number and run.text == slide_number.text:
        return f'<a:fld id="{slide_number.id}" type="slidenum">{text}</a:fld>'
    return f"<a:r>{text}</a:r>"


@lru_cache(maxsize=512)
def _properties(tag: str, style: Style, defaults: RunDefaults, language: str | None = None) -> str:
    """Write how a run looks, in full: no template's own tracking, kerning or colour may change what was measured."""
    spoken = _with_region(language) if language else defaults.language
    resets = defaults.resets
    font = "" if style.family == defaults.family else f'<a:latin typeface="{attribute(style.family)}"/>'
    return (
        f'<a:{tag} lang="{attribute(spoken)}" sz="{hundredths(style.size)}" b="{int(style.bold)}" kern="{KERN}" '
        f'spc="{hundredths(style.tracking)}"{resets.run} dirty="0">{resets.outline}{solid(style.colour)}'
        f"{resets.effects}{font}</a:{tag}>"
    )


def _spacing(leading: Emu, before: Emu) -> str:
    """Write exact line spacing, and the gaps around a paragraph, which a template may have set otherwise."""
    return (
        f'<a:lnSpc><a:spcPts val="{hundredths(leading)}"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{hundredths(before)}"/></a:spcBef><a:spcAft><a:spcPts val="0"/></a:spcAft>'
    )


def _paragraph_properties(
    paragraph: Paragraph, before: Emu, mark: Bullet | None, runs: list[_Run], resets: Resets, *, tabbed: bool
) -> str:
    hang = paragraph.hang if paragraph.bullet else 0
    level = f' lvl="{mark.level - 1}"' if mark and mark.level > 1 else ""
    bullet = _bullet(mark, runs[0].style if runs else mark.style, resets.bullet_size) if mark else "<a:buNone/>"
    tab = f'<a:tabLst><a:tab pos="{paragraph.indent}" algn="l"/></a:tabLst>' if tabbed else ""
    return (
        f'<a:pPr marL="{paragraph.indent}" indent="{-hang}"{level} algn="{_ALIGN[paragraph.align]}"{resets.paragraph}>'
        f"{_spacing(paragraph.leading, before)}{bullet}{tab}</a:pPr>"
    )


def _bullet(mark: Bullet, text: Style, own_size: str) -> str:
    """Write a bullet in the font of its text; without buFont LibreOffice draws it from another."""
    share = round(mark.style.size * 100 / text.size)
    size = f'<a:buSzPct val="{share * 1000}"/>' if share != 100 else own_size
    return (
        f'<a:buClr><a:srgbClr val="{mark.style.colour}"/></a:buClr>{size}'
        f'<a:buFont typeface="{attribute(mark.style.family)}"/>'
        f'<a:buChar char="{attribute(mark.text)}"/>'
    )


def place(box: Box, prefix: str = "a") -> str:
    """Write the place of a shape; that of a frame has the prefix ``p``."""
    inner = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/>'
    return f"<{prefix}:xfrm>{inner}</{prefix}:xfrm>"
