"""The report as data, what follows from it, and how two of them differ or are merged. Knows no files and no layout."""
