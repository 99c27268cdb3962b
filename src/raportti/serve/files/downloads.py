"""From a wish to the bytes of a document, as the command line writes them; what was made is kept for a while.

Does not know browsers. One document is made at a time, by a process for PDFs that stays.
"""

import hashlib
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from raportti.api import inspect_deck
from raportti.files import looks_below, slug
from raportti.ooxml.package import packed
from raportti.problems import MissingTool, Problem, ProblemsFound, renamed
from raportti.serve.workspace import Workspace
from raportti.source.options import LoadOptions
from raportti.workflows.build import Builder, BuildRequest

MOST_KEPT = 12
LARGEST_KEPT = 128 * 1024 * 1024
"""Documents that are kept, and their bytes together."""
ALL_UNITS = "all"
NO_STEM = "raportti"
"""The stem of a file's name where a title has no letter that it could have."""
TYPES: Mapping[str, str] = {
    "deck": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_FORMATS = {"deck": "pptx", "pdf": "pdf"}


class NotMade(Exception):
    """Raised where a document cannot be made; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wish:
    """A document that is wanted: ``deck``, ``pdf`` or ``workbook``, and how.

    ``since`` names what it is compared to; ``unit`` is that of a workbook: None all in one, ``all`` one for each.
    """

    kind: str
    language: str | None = None
    charts: bool | None = None
    """None: as the program was started."""
    draft: bool = False
    allow_missing: bool = False
    since: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A document; ``hash`` is of its bytes, ``type`` its media type."""

    wish: Wish
    name: str
    type: str
    data: bytes = field(repr=False)
    hash: str
    pages: int
    warnings: tuple[Problem, ...]
    seconds: float
    when: datetime


@dataclass(frozen=True, slots=True)
class Inspected:
    """What is wrong in a deck (``findings``), and how far it could be looked at (``remarks``)."""

    slides: int
    findings: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


_Key: TypeAlias = tuple[Wish, bytes, bytes]
"""What a document was made of: the wish, the source with the layout, and what it is compared to."""
Compared: TypeAlias = AbstractContextManager[Path | None]
"""Gives the path of the source that a report is compared to; None: to nothing."""


class Downloads:
    """Makes the documents of one workspace. Any number of threads may use it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._builder = Builder()
        self._making = threading.Lock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Made] = OrderedDict()
        self._inspections: dict[str, Inspected] = {}
        self._stages: dict[Wish, str] = {}

    def close(self) -> None:
        """End the process that draws PDFs, at once: nobody waits for a document any more."""
        ending = KeyboardInterrupt()
        self._builder.__exit__(type(ending), ending, None)

    def stage(self, wish: Wish) -> str:
        """Say at which pass a document is that is being made; empty where it is not."""
        return self._stages.get(wish, "")

    def newest(self) -> Mapping[str, Made]:
        """Return the last document of each kind that is kept, of the source as it is now."""
        now = self.fingerprint()
        with self._lock:
            return {wish.kind: made for (wish, of, _), made in self._kept.items() if of == now}

    def by_hash(self, value: str) -> Made | None:
        """Return a document that is kept, by the hash of its bytes."""
        with self._lock:
            return next((made for made in self._kept.values() if made.hash == value), None)

    def made(self, wish: Wish, compared: Compared) -> Made:
        """Make a document, or return it where it was made of just this. Raises ``NotMade``."""
        try:
            with self._making, compared as other:
                return self._made_of(wish, other)
        except ProblemsFound as found:
            raise NotMade(tuple(found.problems)) from found
        except MissingTool as missing:
            raise NotMade((missing.problem,)) from missing
        finally:
            self._stages.pop(wish, None)

    def _made_of(self, wish: Wish, other: Path | None) -> Made:
        """Make a document of the source as it is now, or return the one that was made of it and the same comparison."""
        self._workspace.store.look()
        key = (wish, self.fingerprint(), _digest(other))
        if (found := self._kept.get(key)) is not None:
            return found
        made = self._workbook(wish) if wish.kind == "workbook" else self._document(wish, other)
        self._workspace.store.look()
        if key[1] == self.fingerprint() and not self._workspace.broken:
            self._keep(key, made)
        return made

    def inspection(self, made: Made) -> Inspected:
        """Judge a deck that was made; its problems name the file as it is called. Raises ``NotMade``."""
        if made.hash not in self._inspections:
            with tempfile.TemporaryDirectory(prefix="raportti-") as scratch:
                path = Path(scratch) / made.name
                path.write_bytes(made.data)
                try:
                    found = inspect_deck(path, layout=self._workspace.request.layout)
                except ProblemsFound as problems:
                    raise NotMade(tuple(problems.problems)) from problems
                except MissingTool as missing:
                    raise NotMade((missing.problem,)) from missing
                self._inspections[made.hash] = Inspected(
                    found.slides,
                    findings=tuple(renamed(one, str(path), made.name) for one in found.findings),
                    remarks=tuple(renamed(one, str(path), made.name) for one in found.remarks),
                )
        return self._inspections[made.hash]

    def inspected(self, made: Made) -> Inspected | None:
        """Return what was found in a deck, where it was looked at already."""
        return self._inspections.get(made.hash)

    def _document(self, wish: Wish, other: Path | None) -> Made:
        """Build a document as ``raportti build`` does, in a folder of its own."""
        request, start = self._workspace.request, time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="raportti-") as scratch:
            order = BuildRequest(
                request.source,
                request.layout,
                Path(scratch),
                formats=(_FORMATS[wish.kind],),
                cache=request.cache,
                page_options=request.options if wish.charts is None else replace(request.options, charts=wish.charts),
                load_options=LoadOptions(
                    (wish.language,) if wish.language else (), allow_missing=wish.allow_missing, is_draft=wish.draft
                ),
                compare_to=other,
            )
            built = self._builder.build(order, lambda stage: self._stages.update({wish: stage}))
            [file] = built.files
            data = file.read_bytes()
        return _made(wish, file.name, wish.kind, data, start, len(built.planned.plan.pages), built.warnings)

    def _workbook(self, wish: Wish) -> Made:
        """Write a workbook as ``raportti export`` does; of all units, a zip of one for each."""
        from raportti.source.workbook.export import exported

        start = time.perf_counter()
        self._stages[wish] = "load"
        files = exported(self._workspace.request.source, Path("workbook.xlsx"), wish.unit)
        stem = slug(self._workspace.title, otherwise=NO_STEM)
        if wish.unit != ALL_UNITS:
            [data] = files.values()
            name = f"{stem}-{slug(wish.unit, otherwise=NO_STEM)}" if wish.unit else stem
            return _made(wish, f"{name}.xlsx", "workbook", data, start)
        return _made(wish, f"{stem}.zip", "zip", packed({path.name: data for path, data in files.items()}), start)

    def _keep(self, key: _Key, made: Made) -> None:
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST_KEPT or sum(len(one.data) for one in self._kept.values()) > LARGEST_KEPT:
                self._kept.popitem(last=False)
            hashes = {one.hash for one in self._kept.values()}
            for gone in self._inspections.keys() - hashes:
                del self._inspections[gone]

    def fingerprint(self) -> bytes:
        """Name what documents are made of: the files of the source by their bytes, of the layout by their looks."""
        request, found = self._workspace.request, hashlib.sha256()
        for path, data in sorted(self._workspace.opened.contents.items()):
            found.update(repr((str(path), hashlib.sha256(data).digest())).encode())
        for looks in looks_below(request.layout):
            found.update(repr(looks).encode())
        return found.digest()


def _made(
    wish: Wish, name: str, kind: str, data: bytes, start: float, pages: int = 0, warnings: tuple[Problem, ...] = ()
) -> Made:
    seconds = time.perf_counter() - start
    return Made(
        wish, name, TYPES[kind], data, hashlib.sha256(data).hexdigest(), pages, warnings, seconds, datetime.now()
    )


def _digest(source: Path | None) -> bytes:
    """Name what a source says by its bytes, wherever it stands: that of a revision is unpacked anew each time."""
    found = hashlib.sha256()
    for path in sorted(source.rglob("*")) if source and source.is_dir() else [source] if source else []:
        if path.is_file():
            found.update(repr((path.name, hashlib.sha256(path.read_bytes()).digest())).encode())
    return found.digest()
