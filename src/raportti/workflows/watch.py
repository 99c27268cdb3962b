"""From files and folders to the moments at which what is in them has changed.

Does not know what they hold. What counts is how the files look (time, size, inode), not what the system reports: so all
ways of saving are seen alike, and a network drive, of which the system reports nothing, within ``HEARTBEAT``. The one
room of watchfiles.
"""

import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from math import inf
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TypeAlias

from raportti.files import files_below, is_table

QUIET = 25
"""Milliseconds without a change after which a save is taken for finished."""
LONGEST = 200
"""Milliseconds that a save may take at most, then it is looked at as it is."""
HEARTBEAT = 1000
"""Milliseconds after which files are looked at though the system reported nothing."""
_TEXTS = (".yaml", ".yml")
_BESIDE = re.compile(r"~\$|[.#]|.*(~|\.tmp)$")
"""The names of files that programs put beside one that is open: locks, copies, halves."""

_Looks: TypeAlias = Mapping[Path, tuple[int, int, int]]


class Watch:
    """Watches a source and the folder of its layout until it is asked to stop."""

    def __init__(self, source: Path, layout: Path, stop: Event) -> None:
        self._source, self._layout, self._stop = source, layout, stop
        self._seen = self._looks()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until something has changed since the last call; False where it stops, or the time is over.

        What changes after this has returned ends the next call at once.
        """
        end = inf if seconds is None else monotonic() + seconds
        for _ in self._rounds(HEARTBEAT if seconds is None else round(1000 * seconds)):
            looks = self._looks()
            if looks != self._seen:
                self._seen = looks
                return True
            if monotonic() >= end:
                return False
        return False

    def _rounds(self, timeout: int) -> Iterator[None]:
        """Yield at once, then whenever the system reports a change, and after each timeout, until it stops."""
        yield None
        while not self._stop.is_set():
            try:
                for _ in self._reported(timeout):
                    yield None
            except (OSError, RuntimeError):  # a folder is gone, or the system listens to no more of them
                self._stop.wait(timeout / 1000)
                yield None

    def _reported(self, timeout: int) -> Iterator[object]:
        """Yield what the system reports, and nothing after each timeout, until it stops."""
        # Imported here: only one command needs it.
        from watchfiles import watch

        return watch(
            *self._folders(),
            watch_filter=None,
            debounce=LONGEST,
            step=QUIET,
            stop_event=self._stop,
            rust_timeout=timeout,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=False,
            ignore_permission_denied=True,
        )

    def _folders(self) -> Iterator[Path]:
        """Name the folders to listen to, each alone; where one is not there, the one that it would be in."""
        for path in (self._source, self._layout):
            folder = path.absolute()
            while not folder.is_dir():
                folder = folder.parent
            yield folder
        yield from {path.parent.absolute() for path in self._looks()}

    def _looks(self) -> _Looks:
        """Return, of each file that counts, what a save would change."""
        looks: dict[Path, tuple[int, int, int]] = {}
        for path in (*self._of_source(), *files_below(self._layout)):
            with suppress(OSError):  # it is gone again
                facts = path.stat()
                if stat.S_ISREG(facts.st_mode) and not _BESIDE.match(path.name):
                    looks[path] = facts.st_mtime_ns, facts.st_size, facts.st_ino
        return looks

    def _of_source(self) -> Iterator[Path]:
        """Yield the files that the source can be read from: of a table its translations, too, which are beside it."""
        source = self._source
        if is_table(source):
            with suppress(OSError):  # its folder is moved away just now
                yield from [path for path in source.parent.glob(f"{source.stem}.*") if is_table(path)]
        else:
            folder = source.parent if source.suffix.lower() in _TEXTS else source
            yield from (path for path in files_below(folder) if path.suffix.lower() in _TEXTS)
