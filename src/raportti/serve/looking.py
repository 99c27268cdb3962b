"""From the folder of a layout to its look, made beside whoever asks for it.

Does not know pages. Instances of fonts take seconds where they were never made on this machine: nobody waits for them.
"""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread

from raportti.layout.theme.folder import Layout, read_layout
from raportti.problems import Problem, ProblemsFound
from raportti.serve.paging import FontFile, font_files
from raportti.text.fonts import FontBook, are_made, load_fonts


@dataclass(frozen=True, slots=True)
class Look:
    """A layout, and its fonts as they measure texts and as browsers get them."""

    layout: Layout
    fonts: FontBook
    files: tuple[FontFile, ...]


class Looking:
    """Reads a layout once, in a thread of its own; any number of threads may ask for it."""

    def __init__(self, layout: Path, cache: Path, on_made: Callable[[], None]) -> None:
        """``on_made`` is called when the fonts are there that somebody may have asked for in vain."""
        self._layout = layout
        self._cache = cache
        self._on_made = on_made
        self._lock = Lock()
        self._found: Future[Look] | None = None
        self._may_go_on = Event()

    def look(self) -> Look:
        """Return the look. Raises ``ProblemsFound`` where it cannot be read, or its fonts are being made just now.

        Raises ``MissingTool`` where the machine lacks something.
        """
        with self._lock:
            if self._found is None or (self._found.done() and self._found.exception()):
                self._found, self._may_go_on = Future(), Event()
                Thread(target=self._read, args=(self._found, self._may_go_on), daemon=True).start()
            found, may_go_on = self._found, self._may_go_on
        may_go_on.wait()
        if not found.done():
            raise ProblemsFound([Problem("fonts-being-made", None)])
        return found.result()

    def forget(self) -> None:
        """Read the layout anew when it is next asked for."""
        with self._lock:
            self._found = None

    def _read(self, found: "Future[Look]", may_go_on: Event) -> None:
        try:
            layout = read_layout(self._layout)
            theme = layout.theme
            if not are_made(theme.fonts, folder=theme.folder, cache=self._cache):
                may_go_on.set()
            fonts = load_fonts(theme.fonts, folder=theme.folder, cache=self._cache)
            found.set_result(Look(layout, fonts, font_files(fonts)))
        except BaseException as error:
            found.set_exception(error)
        was_missed = may_go_on.is_set()
        may_go_on.set()
        if was_missed:
            self._on_made()
