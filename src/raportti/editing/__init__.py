"""From a wish to what changes in a source: the changes for people, the bytes of files for the disk. Writes nothing."""

from raportti.editing.edit import Conflicts, Edit, WishRefused, edit_of
from raportti.editing.goals import Wish, set_goal
from raportti.editing.imports import import_file, new_source_of, refuse_conflicts
from raportti.editing.texts import text_in

__all__ = [
    "Conflicts", "Edit", "Wish", "WishRefused", "edit_of", "import_file", "new_source_of", "refuse_conflicts",
    "set_goal", "text_in",
]  # fmt: skip
