"""From a file's path to whether another program has it open, by the file that the program puts beside it.

Knows nothing of what is in it.
"""

from pathlib import Path

from raportti.problems import FilePlace, Problem, ProblemsFound

_MARKS = ("~${name}", ".~lock.{name}#")
"""What Excel, PowerPoint and LibreOffice put beside a file that they have open."""
_CUT = 2
"""PowerPoint leaves out so many letters of a name of eight letters or more."""


def is_open(path: Path) -> bool:
    """Tell whether another program says that it has a file open."""
    names = (mark.format(name=name) for mark in _MARKS for name in (path.name, path.name[_CUT:]))
    return any(path.with_name(name).exists() for name in names)


def refuse_open(path: Path) -> None:
    """Raise ``ProblemsFound`` where another program has a file open: it would write over what is written now."""
    if is_open(path):
        raise ProblemsFound([Problem("source-open", FilePlace(str(path)))])
