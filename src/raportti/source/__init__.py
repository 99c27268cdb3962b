"""From files to a checked model with all problems at once. Knows nothing of layouts."""

from raportti.source.loading import Source, load, load_all, read_table, tables_of
from raportti.source.validate import Ref

__all__ = ["Ref", "Source", "load", "load_all", "read_table", "tables_of"]
