"""From a path, or REV:PATH of git, to a path that can be read: that itself, or a copy of what the revision has.

Does not know reports. Asks the program ``git``; the repository is that of the working folder.
"""

import io
import os
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from raportti.problems import MissingTool, Problem, ProblemsFound, renamed

# A letter before a colon and a slash is a drive of Windows; a revision cannot begin with a dash, which is an option.
_REVISION = re.compile(r"(?![A-Za-z]:[\\/])(?P<revision>[^-:][^:]*):(?P<path>.*)", re.DOTALL)


@contextmanager
def opened(name: str | Path) -> Generator[Path]:
    """Give the path of a source; a revision's is a copy that is removed at the end. What exists as it is named wins.

    Raises ``ProblemsFound`` where there is no such revision, ``MissingTool`` where git is missing. The places of
    problems that are raised meanwhile name the revision, not the copy.
    """
    named = _REVISION.fullmatch(str(name))
    if named is None or Path(name).exists():
        yield Path(name)
        return
    revision, path = named["revision"], named["path"].rstrip("/")
    with tempfile.TemporaryDirectory() as scratch:
        tree, file = _named(revision, path)
        copy = Path(scratch) / (Path(path).name if file is None else "source")
        _unpack(tree, copy)
        try:
            yield copy if file is None else copy / file
        except ProblemsFound as found:
            raise ProblemsFound(renamed(problem, str(copy), tree) for problem in found.problems) from found


def _named(revision: str, path: str) -> tuple[str, str | None]:
    """Name the folder that is meant; of a file, the folder that it stands in, since others may belong to it."""
    if _git("rev-parse", "--git-dir") is None:
        raise _problem("repository-none", path=f"{revision}:{path}", value=revision)
    if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        raise _problem("revision-unknown", value=revision)
    kind = _git("cat-file", "-t", f"{revision}:{path}")
    if kind is None:
        raise _problem("revision-path", value=revision, path=path)
    if kind.strip() == b"tree":
        return f"{revision}:{path}", None
    above, _, name = path.rpartition("/")
    return f"{revision}:{above}", name


def _unpack(tree: str, folder: Path) -> None:
    """Write a folder of a revision to another, with its line ends as they are in the repository."""
    # Within a folder of the repository git would archive that folder alone, so it is run on the repository itself.
    ids = [_git("rev-parse", "--absolute-git-dir") or b"", _git("rev-parse", "--verify", tree) or b""]
    repository, tree_id = (os.fsdecode(one.rstrip(b"\r\n")) for one in ids)
    data = _git(f"--git-dir={repository}", "-c", "core.autocrlf=false", "archive", "--format=tar", tree_id)
    try:
        with tarfile.open(fileobj=io.BytesIO(data or b"")) as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, OSError) as error:
        raise _problem("revision-unreadable", path=tree, words=str(error)) from error


def _git(*arguments: str) -> bytes | None:
    """Return what git prints; None where it fails, as for a name that the repository does not have."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise MissingTool("git-missing") from error
    return done.stdout if done.returncode == 0 else None


def _problem(kind: str, **values: object) -> ProblemsFound:
    return ProblemsFound([Problem(kind, None, values)])
