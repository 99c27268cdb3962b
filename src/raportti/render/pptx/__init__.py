"""From a plan and a template to the bytes of a PowerPoint deck.

Knows no report, no layout's folder and no file: it draws what the plan says, where the plan says it.
"""

from raportti.render.pptx.check import check_template
from raportti.render.pptx.deck import render
from raportti.render.pptx.embedding import EmbeddedFont, check_fonts, used_fonts
from raportti.render.pptx.template import Template

__all__ = ["EmbeddedFont", "Template", "check_fonts", "check_template", "render", "used_fonts"]
