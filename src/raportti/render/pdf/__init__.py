"""From an HTML page to a tagged PDF (PDF/UA-1), drawn in a process of its own, and compared with the plan.

Decides nothing of how a page looks.
"""

from raportti.render.pdf.compare import differences
from raportti.render.pdf.drawn import DrawnLine, DrawnPage, DrawnRow
from raportti.render.pdf.writer import PdfFailed, PdfResult, PdfWriter

__all__ = ["DrawnLine", "DrawnPage", "DrawnRow", "PdfFailed", "PdfResult", "PdfWriter", "differences"]
