"""From a report to a workbook that people fill in; the workbook remembers which report it was made from.

Does not read what was filled in: that is the rest of ``source``. The room of openpyxl for writing.
"""
