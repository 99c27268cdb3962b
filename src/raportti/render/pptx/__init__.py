"""From a plan and a template to the bytes of a PowerPoint deck.

Knows no report, no layout's folder and no file: it draws what the plan says, where the plan says it.
"""

from raportti.render.pptx.check import check_template
from raportti.render.pptx.deck import render
from raportti.render.pptx.embedding import EmbeddedFont, check_fonts, used_fonts
from raportti.render.pptx.notes import master_list_xml, master_xml
from raportti.render.pptx.single import ChartParts, drawn_charts, drawn_notes, drawn_slides, free_slides
from raportti.render.pptx.stamp import STAMP, TAG, stamp_xml, tag_element, tags_xml
from raportti.render.pptx.template import Template

__all__ = [
    "STAMP", "TAG", "ChartParts", "EmbeddedFont", "Template", "check_fonts", "check_template", "drawn_charts",
    "drawn_notes", "drawn_slides", "free_slides", "master_list_xml", "master_xml", "render", "stamp_xml", "tag_element",
    "tags_xml", "used_fonts",
]  # fmt: skip
