"""The report as data, what follows from it, and how two of them differ or are merged.

Does not know files or layouts.
"""
