"""From the name of a strategy's file in ``raportti.yaml`` to its path. Knows nothing of what is in it."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from raportti.problems import Place
from raportti.source.collect import Problems
from raportti.source.names import nearest, same_form
from raportti.source.raw import Field


def find_sibling(folder: Path, name: Field, seen: Mapping[str, Place], problems: Problems) -> Path | None:
    """Find a file in the report's folder; None where it is outside, missing or in ``seen``, which is then reported."""
    text = name.text.strip()
    if not text:
        problems.add("item-empty", name.place, name="strategiat")
    elif _leads_outside(text):
        problems.add("strategy-file-outside", name.place, name=text)
    elif (path := _existing(folder, text)) is None:
        _report_missing(folder, text, name.place, problems)
    elif path.is_dir():
        problems.add("strategy-file-folder", name.place, name=text)
    elif str(path) in seen:
        problems.add("strategy-file-twice", name.place, name=text)
    else:
        return path
    return None


def _leads_outside(name: str) -> bool:
    """Tell whether a name leads out of its folder, on this machine or on another: a source may travel."""
    windows = PureWindowsPath(name)
    is_anchored = bool(windows.anchor) or PurePosixPath(name).is_absolute()
    return is_anchored or ".." in windows.parts or ".." in PurePosixPath(name).parts


def _existing(folder: Path, name: str) -> Path | None:
    path = folder / name
    if _is_there(path):
        return path
    # A Mac may have stored ä as two characters.
    return next((other for other in _files(path.parent) if same_form(other.name) == same_form(path.name)), None)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def _report_missing(folder: Path, name: str, place: Place, problems: Problems) -> None:
    texts = [path.name for path in _files(folder) if path.suffix in {".yaml", ".yml"} and path.name != "raportti.yaml"]
    suggestion = nearest(name, texts)
    if suggestion is None:
        problems.add("strategy-file-missing", place, name=name)
    else:
        problems.add("strategy-file-misspelt", place, name=name, suggestion=suggestion)
