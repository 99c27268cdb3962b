"""From a report to a workbook that people fill in, and what a workbook remembers of the report that it was made from.

``source`` reads what was filled in. The room of openpyxl for writing.
"""

from raportti.workbook.files import exported
from raportti.workbook.origin import base_of
from raportti.workbook.reports import part_of, reports_of, units_of
from raportti.workbook.writing import workbook_of

__all__ = ["base_of", "exported", "part_of", "reports_of", "units_of", "workbook_of"]
