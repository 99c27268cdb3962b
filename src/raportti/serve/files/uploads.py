"""From the bytes of a file that came in to a file that may be read, and to a proposal that waits for an answer.

Does not parse: a child process does (``files.reading``). Proposals are in memory alone, under a token that cannot be
guessed, for their owner, for a while.
"""

import hmac
import io
import secrets
import struct
import time
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from threading import RLock
from typing import TypeAlias

from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.problems.messages import safe
from raportti.serve.files.choosing import Sides
from raportti.serve.files.reading import Incoming, Kept, ReadChanges, ReadDeck, ReadSource

LONGEST_LABEL = 80
LIFE = 30 * 60
"""Seconds that a proposal waits."""
MOST = 8
"""Proposals that wait at a time; the oldest makes room."""
MOST_ENTRIES = 5000
LARGEST_DIRECTORY = 1024 * 1024
"""Bytes of the directory of a package; a deck of a thousand slides has a third of it."""
LARGEST_UNPACKED = 500 * 1024 * 1024
LARGEST_RATIO = 200
"""So many times larger a package may unpack; real ones stay below 30, the readers of each kind are stricter still."""
SMALL = 10 * 1024 * 1024
KINDS = (".xlsx", ".csv", ".yaml", ".yml", ".pptx", ".pdf", ".txt")
"""The kinds of files that are read."""
_PACKAGES = (".xlsx", ".pptx")
_WITH_MACROS = (".xlsm", ".xlsb", ".xltm", ".xlam", ".pptm", ".potm", ".ppsm", ".ppam", ".docm")
_OTHER_TABLES = (".xls", ".xltx", ".ods", ".fods", ".numbers", ".tsv")
_OTHER_DECKS = (".ppt", ".pps", ".ppsx", ".potx", ".odp", ".key")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_TYPES = "[Content_Types].xml"


class NotTaken(Exception):
    """Raised where a file is not even read; ``why`` is a text of the catalogue."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _(msgid: str) -> str:
    """Mark a text for the catalogue."""
    return msgid


def label_of(name: str) -> str:
    r"""Return what a file is called, from the name that a browser gives: never a path, nothing that hides or breaks.

    >>> label_of("../../etc/passwd"), label_of("C:\\kansio\\arviointi.xlsx"), label_of("a\x00b.csv")
    ('passwd', 'arviointi.xlsx', 'ab.csv')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip()
    stem, dot, suffix = shown.rpartition(".")
    short = f"{stem[: LONGEST_LABEL - len(suffix) - 1]}{dot}{suffix}" if stem else shown
    return safe(short[-LONGEST_LABEL:]) or "?"


def incoming(name: str, data: bytes) -> Incoming:
    """Look at a file before anything parses it; what is not what its name says, or too much, is refused.

    Raises ``NotTaken``, or ``ProblemsFound`` where the command line would say the same.
    """
    label = label_of(name)
    suffix = PurePosixPath(label.lower()).suffix
    place = FilePlace(label)
    if not data:
        raise ProblemsFound([Problem("file-empty", place)])
    _require_kind(suffix, place)
    if suffix in _PACKAGES:
        _require_package(data, suffix, place)
    elif suffix == ".pdf":
        if b"%PDF-" not in data[:1024]:
            raise ProblemsFound([Problem("pdf-not", place)])
    else:
        _require_text(data, place)
    return Incoming(label, suffix, data)


def _require_kind(suffix: str, place: FilePlace) -> None:
    if suffix in KINDS:
        return
    if suffix in _WITH_MACROS:
        raise NotTaken(_MACROS)
    if suffix in _OTHER_TABLES:
        raise ProblemsFound([Problem("table-kind", place, {"suffix": suffix})])
    if suffix in _OTHER_DECKS:
        raise ProblemsFound([Problem("import-kind", place, {"suffix": suffix})])
    raise NotTaken(_OTHER_KIND)


_OTHER_KIND = _("Files of this kind are not read. Give one of these: .xlsx, .csv, .yaml, .pptx, .pdf, .txt.")
_MACROS = _("The file has macros, which can do harm, so it is not read. Save it without them, as .xlsx or .pptx.")


def _require_text(data: bytes, place: FilePlace) -> None:
    looks = {_ZIP: "a workbook or another zip file", _OLE: "an old Office document", b"%PDF": "a PDF"}
    for signature, kind in looks.items():
        if data.startswith(signature):
            raise ProblemsFound([Problem("file-binary", place, {"looks": kind})])
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # the readers say what UTF-16 is
        raise ProblemsFound([Problem("file-binary", place, {"looks": "binary data"})])


def _require_package(data: bytes, suffix: str, place: FilePlace) -> None:
    """Look at the directory of a package, first at how large it says to be."""
    kind = "workbook" if suffix == ".xlsx" else "deck"
    if data.startswith(_OLE):
        raise ProblemsFound([Problem(f"{kind}-encrypted", place)])
    if not data.startswith(_ZIP):
        raise ProblemsFound([Problem(f"{kind}-not", place)])
    try:
        _require_bounded_directory(data, kind, place)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _require_harmless(package, len(data), kind, place)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, ValueError, KeyError) as error:
        raise ProblemsFound([Problem(f"{kind}-broken", place, {"words": str(error)})]) from error


def _require_bounded_directory(data: bytes, kind: str, place: FilePlace) -> None:
    """Read the end of the directory (APPNOTE.TXT, 4.3.16); what reads it whole would take memory for each entry."""
    at = data.rfind(_END_MARK, max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if at < 0:
        raise zipfile.BadZipFile("end of central directory")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(data, at)
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY:  # those of zip64 too, which no file of this size needs
        raise _bomb(kind, place, LARGEST_UNPACKED)


def _require_harmless(package: zipfile.ZipFile, packed: int, kind: str, place: FilePlace) -> None:
    parts = package.infolist()
    names = [part.filename.lower() for part in parts]
    unpacked = sum(part.file_size for part in parts)
    is_far_larger = unpacked > SMALL and unpacked > LARGEST_RATIO * packed
    if len(parts) > MOST_ENTRIES or unpacked > LARGEST_UNPACKED or is_far_larger:
        raise _bomb(kind, place, unpacked)
    if any(part.flag_bits & 1 for part in parts):
        raise ProblemsFound([Problem(f"{kind}-encrypted", place)])
    if any(name.startswith("/") or ".." in name.replace("\\", "/").split("/") for name in names):
        raise zipfile.BadZipFile("..")
    if any(name.endswith("vbaproject.bin") for name in names) or _says_macros(package, names):
        raise NotTaken(_MACROS)


def _says_macros(package: zipfile.ZipFile, names: list[str]) -> bool:
    if _TYPES.lower() not in names:
        return False
    with package.open(package.infolist()[names.index(_TYPES.lower())]) as types:
        return b"macroenabled" in types.read(LARGEST_DIRECTORY).lower()


def _bomb(kind: str, place: FilePlace, unpacked: int) -> ProblemsFound:
    megabytes = unpacked // (1024 * 1024)
    values = {"limit": LARGEST_UNPACKED // (1024 * 1024)} if kind == "workbook" else {"size": megabytes}
    return ProblemsFound([Problem(f"{kind}-bomb", place, values)])


Refreshed: TypeAlias = tuple[bytes, Kept]
"""What a deck was brought new data from, and whose side was taken where both had changed."""


@dataclass(slots=True)
class Proposal:
    """What came in and waits; ``owner`` says whose it is, ``ends`` when it is forgotten (by the monotonic clock).

    ``settled`` are the ids of clashes that were decided for the source; ``refreshed`` is the deck with new
    data.
    """

    token: str
    owner: bytes
    ends: float
    file: Incoming
    read: ReadChanges | ReadSource
    sides: Sides | None
    settled: set[str] = field(default_factory=set[str])
    refreshed: dict[Refreshed, ReadDeck] = field(default_factory=dict[Refreshed, ReadDeck])


class Proposals:
    """Keeps proposals; any number of threads may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = RLock()
        self._kept: OrderedDict[str, Proposal] = OrderedDict()

    def add(self, owner: bytes, file: Incoming, read: ReadChanges | ReadSource, sides: Sides | None) -> Proposal:
        """Keep a proposal; where there are too many, the oldest is forgotten."""
        proposal = Proposal(secrets.token_urlsafe(32), owner, self._clock() + LIFE, file, read, sides)
        with self._lock:
            self._forget_old()
            self._kept[proposal.token] = proposal
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return proposal

    def find(self, token: str, owner: bytes) -> Proposal | None:
        """Return a proposal of an owner; None where there is none, where it is another's, or its time is over."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(token)
        return found if found is not None and hmac.compare_digest(found.owner, owner) else None

    def of(self, owner: bytes) -> tuple[Proposal, ...]:
        """Return the proposals of an owner, the newest first."""
        with self._lock:
            self._forget_old()
            return tuple(one for one in reversed(self._kept.values()) if hmac.compare_digest(one.owner, owner))

    def minutes_left(self, proposal: Proposal) -> int:
        """Return how long a proposal waits still, in whole minutes."""
        return max(1, round((proposal.ends - self._clock()) / 60))

    def forget(self, proposal: Proposal) -> None:
        """Take a proposal away."""
        with self._lock:
            self._kept.pop(proposal.token, None)

    def _forget_old(self) -> None:
        now = self._clock()
        for token in [token for token, one in self._kept.items() if one.ends <= now]:
            del self._kept[token]
