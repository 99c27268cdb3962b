"""From finished bytes to files, all of them or none, and from a path to what can be seen of the file from outside.

Does not know what the files hold. Earlier files stay untouched until every new one is complete.
"""

import errno
import os
import platform
import re
import shutil
import stat
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from zlib import crc32

from raportti.problems import FilePlace, Problem, ProblemsFound


def write_all(files: Mapping[Path, bytes], *, last_look: Callable[[], None] = lambda: None) -> None:
    """Write files beside their targets, then put each in its place; through a link, the file that it leads to.

    ``last_look`` is called when all are finished and none is in its place yet: what it raises stops the writing. Raises
    ``ProblemsFound`` where a folder or file cannot be written, or another program holds a file open; where one target
    cannot be replaced, those that were are put back. Whatever ends it, nothing unfinished stays behind; what a process
    left that was killed is cleared.
    """
    finished: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in files.items():
            target = Path(os.path.realpath(path)) if path.is_symlink() else path
            _refuse_protected(target)
            _make_folder(target, made)
            finished[target] = _write_beside(target, data)
        last_look()
        _replace_all(finished)
    finally:
        for temporary in finished.values():
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):  # it is not empty: all went well
                folder.rmdir()


def _refuse_protected(target: Path) -> None:
    """Refuse a file that may not be written: it could be replaced all the same where its folder may be."""
    if target.is_file() and not os.access(target, os.W_OK):
        raise _unwritable(target, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def _make_folder(target: Path, made: list[Path]) -> None:
    """Make the folder of a target, and name in ``made`` what was not there; clear a folder that was."""
    missing = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            made.append(folder)
    except OSError as error:
        raise _unwritable(target, error) from error
    if not missing:
        clear_leftovers(target.parent)


def _write_beside(target: Path, data: bytes) -> Path:
    name = ""
    try:
        prefix = f".{target.stem[:_LONGEST_STEM]}-{_mark()}-"
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=f".new{target.suffix}", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, stat.S_IMODE(target.stat().st_mode) if target.is_file() else _usual_mode())
        return Path(name)
    except BaseException as error:  # a full disk, or Ctrl-C: what is unfinished is of no use to anyone
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _unwritable(target, error) from error
        raise


# What is unfinished carries whose it is, so that the next process can tell what one left that was killed.

_LONGEST_STEM = 60
_OURS = re.compile(
    r"(?:\..*|raportti)-(?P<host>[0-9a-f]{8})-(?P<process>\d+)(?:-[a-z0-9_]{8}(?:\.new)?|\.kept)(?:\.[^.]*)?"
)
_OLD = 24 * 60 * 60
"""Seconds after which what is unfinished is no other machine's any more, nor another process's of the same number."""


def _mark() -> str:
    """Name this machine and this process."""
    return f"{_host()}-{os.getpid()}"


def _host() -> str:
    return f"{crc32(platform.node().encode()):08x}"


def clear_leftovers(folder: Path) -> None:
    """Remove from a folder what processes of this program left there unfinished that were killed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (found := _OURS.fullmatch(entry.name)) and _is_left(entry, found["host"], int(found["process"])):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry, ignore_errors=True)
                else:
                    os.unlink(entry)


def _is_left(entry: "os.DirEntry[str]", host: str, process: int) -> bool:
    is_old = time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD
    return is_old or (host == _host() and not _is_running(process))


def _is_running(process: int) -> bool:
    """Return whether a process of this machine runs; on Windows, where asking would end it, any may."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


@contextmanager
def scratch_folder() -> Generator[Path]:
    """Give a folder that is gone afterwards; where the process is killed, the next one that needs one clears it."""
    clear_leftovers(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=f"raportti-{_mark()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _usual_mode() -> int:
    """Return the mode of a file that a program makes: a temporary file would be its owner's alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _replace_all(finished: Mapping[Path, Path]) -> None:
    kept: dict[Path, Path | None] = {}
    replaced: list[Path] = []
    try:
        kept.update((target, _keep(target)) for target in finished)
        for target, temporary in finished.items():
            _replace(temporary, target)
            replaced.append(target)
    except BaseException as error:
        # Where it was interrupted, one may be in its place that is not in ``replaced`` yet.
        for target in replaced if isinstance(error, ProblemsFound) else tuple(kept):
            _put_back(kept[target], target)
        raise
    finally:
        for old in kept.values():
            if old is not None:
                old.unlink(missing_ok=True)


def _keep(target: Path) -> Path | None:
    """Keep what stands at a target under a second name; None where nothing does."""
    if target.is_dir():
        raise _unwritable(target, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    if not target.exists():
        return None
    kept = target.with_name(f".{target.stem[:_LONGEST_STEM]}-{_mark()}.kept{target.suffix}")
    kept.unlink(missing_ok=True)
    try:
        os.link(target, kept)
    except OSError:  # a file system without hard links
        shutil.copyfile(target, kept)
    return kept


def _put_back(old: Path | None, target: Path) -> None:
    if old is None:
        target.unlink(missing_ok=True)
    elif old.exists():
        os.replace(old, target)


def _replace(temporary: Path, target: Path) -> None:
    try:
        os.replace(temporary, target)
    except PermissionError as error:  # Windows: the file is open in PowerPoint or a PDF reader
        raise ProblemsFound([Problem("output-locked", FilePlace(str(target)))]) from error
    except OSError as error:
        raise _unwritable(target, error) from error


def _unwritable(target: Path, error: OSError) -> ProblemsFound:
    words = error.strerror or str(error)
    return ProblemsFound([Problem("output-unwritable", FilePlace(str(target)), {"words": words})])


OWN_FOLDER = ".raportti"
"""The folder beside a source for what is the program's alone: it is no part of the source."""
LONGEST_WAIT = 10.0
"""Seconds that another process of the program may write."""
_PAUSE = 0.005


@contextmanager
def locked(folders: Iterable[Path]) -> Generator[None]:
    """Let no other process of this program write in some folders, from a last look at their files to their writing.

    Where a folder cannot have a lock (it may not be written, or is on a network drive without locks) there is none.
    Raises ``ProblemsFound`` where another process keeps it for longer than ``LONGEST_WAIT``.
    """
    with ExitStack() as stack:
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            stack.enter_context(_locked(folder))
        yield


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    handle = _taken(folder / OWN_FOLDER / "lock", time.monotonic() + LONGEST_WAIT)
    try:
        yield
    finally:
        if handle is not None:
            # Taken away while it is held: whoever waits for it finds that it is another one by now, and takes that.
            with suppress(OSError):
                (folder / OWN_FOLDER / "lock").unlink()
            os.close(handle)
            with suppress(OSError):  # it holds a journal
                (folder / OWN_FOLDER).rmdir()


def _taken(path: Path, end: float) -> int | None:
    """Take a lock and return its handle; None where there can be none."""
    while True:
        try:
            handle = _tried(path)
        except OSError:
            return None
        if handle is not None:
            return handle
        if time.monotonic() > end:
            raise ProblemsFound([Problem("output-locked", FilePlace(str(path.parent.parent)))])
        time.sleep(_PAUSE)


def _tried(path: Path) -> int | None:
    """Try once to take a lock; None where another process has it, or took it away. Raises ``OSError``."""
    if not path.parent.parent.is_dir():
        raise NotADirectoryError(path)
    path.parent.mkdir(exist_ok=True)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
    except FileNotFoundError:  # its folder was taken away again
        return None
    try:
        _lock(handle)
        if os.path.samestat(os.fstat(handle), path.stat()):
            return handle
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        raise
    os.close(handle)
    return None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_MARKS = ("~${name}", ".~lock.{name}#")
"""What Excel, PowerPoint and LibreOffice put beside a file that they have open."""
_CUT = 2
"""PowerPoint leaves out so many letters of a name of eight letters or more."""


def is_open(path: Path) -> bool:
    """Return whether another program has a file open, by the mark that it leaves beside the file."""
    names = (mark.format(name=name) for mark in _MARKS for name in (path.name, path.name[_CUT:]))
    return any(path.with_name(name).exists() for name in names)


def refuse_open(path: Path) -> None:
    """Raise ``ProblemsFound`` where another program has a file open: it would write over what is written now."""
    if is_open(path):
        raise ProblemsFound([Problem("source-open", FilePlace(str(path)))])


def require_unchanged(originals: Mapping[Path, bytes | None]) -> None:
    """Raise ``ProblemsFound`` where a file is not as it was read any more (None: was not there)."""
    changed = [path for path, data in originals.items() if (path.read_bytes() if path.is_file() else None) != data]
    if changed:
        raise ProblemsFound(Problem("source-changed", FilePlace(str(path))) for path in changed)


def files_below(folder: Path) -> tuple[Path, ...]:
    """Return all that is in a folder, at any depth; nothing where it is moved away while it is looked through."""
    try:
        return tuple(sorted(folder.rglob("*")))
    except OSError:
        return ()


def looks_below(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return name, time and size of all that is in a folder: other looks mean that somebody saved something."""
    looks: list[tuple[str, int, int]] = []
    for path in files_below(folder):
        with suppress(OSError):  # it is gone again
            facts = path.stat()
            looks.append((str(path), facts.st_mtime_ns, facts.st_size))
    return tuple(looks)


_LONGEST_SLUG = 80


def slug(text: str, *, otherwise: str) -> str:
    """Return a text as the stem of a file's name: small ASCII letters and digits, apart by hyphens.

    ``otherwise`` is the name where nothing of the text is left.

    >>> slug("Yhteisten tavoitteiden arviointi", otherwise="raportti"), slug("…", otherwise="raportti")
    ('yhteisten-tavoitteiden-arviointi', 'raportti')
    """
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_SLUG].strip("-") or otherwise


REPORT_FILES = ("raportti.yaml", "raportti.yml")
"""The names that a report's own file in its folder may have; the first one is written."""


def report_file(folder: Path, known: Collection[Path] = ()) -> Path:
    """Return the file of a report in its folder, or where it would be; ``known`` are files that need not be there."""
    files = tuple(folder / name for name in REPORT_FILES)
    return next((file for file in files if file in known or file.exists() or file.is_symlink()), files[0])


TABLES = (".csv", ".xlsx")
DECKS = (".pptx", ".pdf", ".txt")
"""Decks that can be read; a ``.txt`` is the text of one."""
_OTHER_DECKS = (".ppt", ".pptm", ".pps", ".ppsx", ".potx", ".odp", ".key")


def is_table(file: Path) -> bool:
    """Return whether a file is a table of goals."""
    return file.suffix.lower() in TABLES


def is_deck(file: Path) -> bool:
    """Return whether a file is a deck, of a kind that can be read or of another."""
    return file.suffix.lower() in (*DECKS, *_OTHER_DECKS)
