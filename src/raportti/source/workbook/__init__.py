"""From a report to a workbook that people fill in, and what a workbook remembers of the report that it was made from.

``source`` reads what was filled in. The room of openpyxl for writing.
"""
