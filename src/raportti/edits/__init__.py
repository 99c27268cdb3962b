"""From a new report to the files of its source: with its changes, and with nothing else changed in them.

Writes no file. What is made is read back before it is given: it says the new report, or it is not given at all.
"""

from raportti.edits.new_source import new_source
from raportti.edits.rewriting import make_source, rewrite, rewrite_all

__all__ = ["make_source", "new_source", "rewrite", "rewrite_all"]
