"""What a source will be changed to, and why not. Knows not what was wished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from raportti.changes import Changes, changes_of
from raportti.changes.merge import Conflict
from raportti.edits import rewrite_all
from raportti.model import Report
from raportti.problems import FilePlace, Problem, ProblemsFound


@dataclass(frozen=True, slots=True)
class Edit:
    """What will change in a source, in each language that it touches, and the files that say it; none: nothing does.

    ``originals`` are these files as they are now; ``warnings`` are of what is new.
    """

    changes: Mapping[str, Changes]
    files: Mapping[Path, bytes]
    originals: Mapping[Path, bytes]
    warnings: tuple[Problem, ...] = ()

    def require_unchanged(self) -> None:
        """Raise ``ProblemsFound`` where a file is not as it was any more: somebody saved it meanwhile."""
        changed = [path for path, data in self.originals.items() if path.read_bytes() != data]
        if changed:
            raise ProblemsFound(Problem("source-changed", FilePlace(str(path))) for path in changed)


class WishRefused(ProblemsFound):
    """Raised where what was asked for cannot be: the source is not to blame."""


class Conflicts(ProblemsFound):
    """Raised where both sides changed the same since the export; each problem's conflict comes with its language."""

    def __init__(self, problems: Sequence[Problem], conflicts: Sequence[tuple[str, Conflict]]) -> None:
        super().__init__(problems)
        self.conflicts = conflicts


def edit_of(path: Path, old: Sequence[Report], new: Sequence[Report], warnings: tuple[Problem, ...] = ()) -> Edit:
    """Compare a source's report with what it should be, in each language, and rewrite its files in memory."""
    told: dict[str, Changes] = {}
    for before, after in zip(old, new, strict=True):
        told[after.language] = changes_of(before, after).beyond(told.values())
    files = rewrite_all(path, new)
    originals = {file: file.read_bytes() for file in files}
    return Edit({language: changes for language, changes in told.items() if changes}, files, originals, warnings)
