"""From a wish to the bytes of a document, as the command line writes them; what was made is kept for a while.

Does not know browsers. One document is made at a time, by a process for PDFs that stays.
"""

import hashlib
import io
import re
import tempfile
import threading
import time
import unicodedata
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from raportti.api import inspect_deck
from raportti.files import looks_below
from raportti.problems import MissingTool, Problem, ProblemsFound, renamed
from raportti.serve.workspace import Workspace
from raportti.source.options import LoadOptions
from raportti.workflows.build import Builder, BuildRequest

MOST_KEPT = 12
LARGEST_KEPT = 128 * 1024 * 1024
"""Documents that are kept, and their bytes together."""
ALL_UNITS = "all"
TYPES: Mapping[str, str] = {
    "deck": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "workbook": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_FORMATS = {"deck": "pptx", "pdf": "pdf"}
_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""


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


Compared: TypeAlias = AbstractContextManager[Path | None]
"""Gives the path of the source that a report is compared to; None: to nothing."""


class Downloads:
    """Makes the documents of one workspace. Any number of threads may use it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._builder = Builder()
        self._making = threading.Lock()
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Wish, bytes], Made] = OrderedDict()
        self._inspections: dict[str, Inspected] = {}
        self._stages: dict[Wish, str] = {}

    def close(self) -> None:
        """End the process that draws PDFs, at once: nobody waits for a document any more."""
        ending = KeyboardInterrupt()
        self._builder.__exit__(type(ending), ending, None)

    def stage(self, wish: Wish) -> str:
        """Say at which pass a document is that is being made; empty where it is not."""
        return self._stages.get(wish, "")

    def kept(self, wish: Wish) -> Made | None:
        """Return a document that was made of the source as it is now."""
        with self._lock:
            return self._kept.get((wish, self._fingerprint()))

    def newest(self) -> Mapping[str, Made]:
        """Return the last document of each kind that is kept, of the source as it is now."""
        now = self._fingerprint()
        with self._lock:
            return {wish.kind: made for (wish, of), made in self._kept.items() if of == now}

    def by_hash(self, value: str) -> Made | None:
        """Return a document that is kept, by the hash of its bytes."""
        with self._lock:
            return next((made for made in self._kept.values() if made.hash == value), None)

    def made(self, wish: Wish, compared: Compared) -> Made:
        """Make a document, or return it where it was made of just this. Raises ``NotMade``."""
        with self._making:
            self._workspace.store.look()
            before = self._fingerprint()
            if (found := self._kept.get((wish, before))) is not None:
                return found
            try:
                made = self._workbook(wish) if wish.kind == "workbook" else self._document(wish, compared)
            except ProblemsFound as found:
                raise NotMade(tuple(found.problems)) from found
            except MissingTool as missing:
                raise NotMade((missing.problem,)) from missing
            finally:
                self._stages.pop(wish, None)
            if before == self._fingerprint() and not self._workspace.broken:
                self._keep(wish, before, made)
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

    def _document(self, wish: Wish, compared: Compared) -> Made:
        """Build a document as ``raportti build`` does, in a folder of its own."""
        request, start = self._workspace.request, time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="raportti-") as scratch, compared as before:
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
                compare_to=before,
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
        stem = slug(self._workspace.title)
        if wish.unit != ALL_UNITS:
            [data] = files.values()
            name = f"{stem}-{slug(wish.unit)}" if wish.unit else stem
            return _made(wish, f"{name}.xlsx", "workbook", data, start)
        return _made(wish, f"{stem}.zip", "zip", zipped({path.name: data for path, data in files.items()}), start)

    def _keep(self, wish: Wish, fingerprint: bytes, made: Made) -> None:
        with self._lock:
            self._kept[wish, fingerprint] = made
            while len(self._kept) > MOST_KEPT or sum(len(one.data) for one in self._kept.values()) > LARGEST_KEPT:
                self._kept.popitem(last=False)
            hashes = {one.hash for one in self._kept.values()}
            for gone in self._inspections.keys() - hashes:
                del self._inspections[gone]

    def _fingerprint(self) -> bytes:
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


def slug(title: str) -> str:
    """Return a title as the stem of a file's name: small ASCII letters and digits, apart by hyphens.

    >>> slug("Yhteisten tavoitteiden arviointi"), slug("../")
    ('yhteisten-tavoitteiden-arviointi', 'raportti')
    """
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].strip("-") or "raportti"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files; the same files are the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
