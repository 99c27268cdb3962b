"""The Python API: what people do with a report or a deck, each one call.

Knows no terminal. The command line calls these functions and adds only words.
"""

from raportti.api.decks import import_deck, inspect_deck, pull, refresh
from raportti.api.reports import build, check, diff, plan_pages, read_report
from raportti.api.sources import apply, export, import_file, new_source, set_goal

__all__ = [
    "apply", "build", "check", "diff", "export", "import_deck", "import_file", "inspect_deck", "new_source",
    "plan_pages", "pull", "read_report", "refresh", "set_goal",
]  # fmt: skip
