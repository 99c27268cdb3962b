"""From content to the plan: a layout's theme, measured paragraphs, rows and pages.

Does not know document formats.
"""
