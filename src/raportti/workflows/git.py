"""From a path, or REV:PATH of git, to a path that can be read: that itself, or a copy of what the revision has.

Does not know reports. Asks the program ``git``, with arguments of its own; the repository is that of the working
folder, unless another folder is named.
"""

import io
import os
import re
import subprocess
import tarfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from raportti.files import scratch_folder
from raportti.problems import Problem, ProblemsFound, renamed
from raportti.problems.machine import missing

# A letter before a colon and a slash is a drive of Windows; a revision cannot begin with a dash, which is an option.
_REVISION = re.compile(r"(?![A-Za-z]:[\\/])(?P<revision>[^-:][^:]*):(?P<path>.*)", re.DOTALL)


_HERE = Path()
_FORMAT = "%H%x1f%cI%x1f%an%x1f%s%x1e"
_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit: its id, when it was made (ISO 8601), by whom, and the first line of what its author says of it."""

    id: str
    time: str
    author: str
    subject: str


def revisions_of(path: Path, most: int) -> tuple[Revision, ...]:
    """Return the last commits that touched a file or folder, the newest first; none where it is in no repository.

    Raises ``MissingTool`` where git is missing.
    """
    folder = path if path.is_dir() else path.parent
    # Nothing that the repository may be set to run is run: no pager, no signature program.
    options = ("--no-pager", "-c", "log.showSignature=false", "log", f"--max-count={most}", f"--format={_FORMAT}")
    data = _git(*options, "--", "." if path.is_dir() else path.name, folder=folder) or b""
    found = (entry.strip().split("\x1f") for entry in data.decode("utf-8", "replace").split("\x1e"))
    return tuple(Revision(*fields) for fields in found if len(fields) == _FIELDS)


def name_at(path: Path, revision: str) -> str:
    """Name a file or folder as it was in a revision, for ``opened``."""
    folder = path if path.is_dir() else path.parent
    prefix = os.fsdecode((_git("rev-parse", "--show-prefix", folder=folder) or b"").rstrip(b"\r\n"))
    return f"{revision}:{prefix if path.is_dir() else prefix + path.name}"


@contextmanager
def opened(name: str | Path, folder: Path = _HERE) -> Generator[Path]:
    """Give the path of a source; a revision's is a copy that is removed at the end. What exists as it is named wins.

    Raises ``ProblemsFound`` where there is no such revision, ``MissingTool`` where git is missing. The places of
    problems that are raised meanwhile name the revision, not the copy.
    """
    named = _REVISION.fullmatch(str(name))
    if named is None or Path(name).exists():
        yield Path(name)
        return
    revision, path = named["revision"], named["path"].rstrip("/")
    with scratch_folder() as scratch:
        tree, file = _named(revision, path, folder)
        copy = scratch / (Path(path).name if file is None else "source")
        _unpack(tree, copy, folder)
        try:
            yield copy if file is None else copy / file
        except ProblemsFound as found:
            raise ProblemsFound(renamed(problem, str(copy), tree) for problem in found.problems) from found


def _named(revision: str, path: str, within: Path) -> tuple[str, str | None]:
    """Name the folder that is meant; of a file, the folder that it stands in, since others may belong to it."""
    if _git("rev-parse", "--git-dir", folder=within) is None:
        raise _problem("repository-none", path=f"{revision}:{path}", value=revision)
    if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", folder=within) is None:
        raise _problem("revision-unknown", value=revision)
    kind = _git("cat-file", "-t", f"{revision}:{path}", folder=within)
    if kind is None:
        raise _problem("revision-path", value=revision, path=path)
    if kind.strip() == b"tree":
        return f"{revision}:{path}", None
    above, _, name = path.rpartition("/")
    return f"{revision}:{above}", name


def _unpack(tree: str, folder: Path, within: Path) -> None:
    """Write a folder of a revision to another, with its line ends as they are in the repository."""
    # Within a folder of the repository git would archive that folder alone, so it is run on the repository itself.
    ids = [
        _git("rev-parse", "--absolute-git-dir", folder=within) or b"",
        _git("rev-parse", "--verify", tree, folder=within) or b"",
    ]
    repository, tree_id = (os.fsdecode(one.rstrip(b"\r\n")) for one in ids)
    data = _git(f"--git-dir={repository}", "-c", "core.autocrlf=false", "archive", "--format=tar", tree_id)
    try:
        with tarfile.open(fileobj=io.BytesIO(data or b"")) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise _problem("revision-unreadable", path=tree, words=str(error)) from error


def _git(*arguments: str, folder: Path = _HERE) -> bytes | None:
    """Return what git prints; None where it fails, as for a name that the repository does not have."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False, cwd=folder)
    except FileNotFoundError as error:
        raise missing("git") from error
    return done.stdout if done.returncode == 0 else None


def _problem(kind: str, **values: object) -> ProblemsFound:
    return ProblemsFound([Problem(kind, None, values)])
