"""From a change of the source to a line of its journal, and back.

Does not know how a change is made or undone. The journal lies beside the source, in ``.raportti``, and only grows: one
JSON object a line, each on the disk before the next is written. What is left of a line after a crash is cut off.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, TypeAlias, cast
from uuid import uuid4

from raportti.files import OWN_FOLDER
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.json import report_as_json, report_from_json
from raportti.report.model import Report


class EntryKind(Enum):
    """What was done."""

    SAVE = "save"
    STRUCTURE = "structure"
    ACCEPT = "accept"
    UNDO = "undo"


Fields: TypeAlias = Mapping[str, Mapping[str, tuple[str, str]]]
"""Whose (a goal's id, else the name of a part) → field → its value before and after, as a form shows it."""
Sides: TypeAlias = Mapping[str, tuple[Report, Report]]
"""Language → what a report was before and after, of the strategies that changed; bare (see ``saving.versions``)."""
_NONE: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. ``time`` is in UTC, as ISO 8601; ``number`` counts the entries from 1.

    ``sides`` are there where more than fields of goals changed; ``undoes`` is the id of the entry that was undone.
    """

    id: str
    number: int
    time: str
    who: str
    kind: EntryKind
    goals: tuple[str, ...]
    fields: Fields
    sides: Sides = field(default_factory=lambda: _NONE)
    undoes: str | None = None


def journal_of(source: Path) -> Path:
    """Return where the journal of a source lies: in a folder of the program's own, which no reader looks into.

    >>> journal_of(Path("arviointi.csv")).as_posix()
    '.raportti/arviointi.csv.jsonl'
    """
    if source.is_dir():
        return source / OWN_FOLDER / "journal.jsonl"
    return source.parent / OWN_FOLDER / f"{source.name}.jsonl"


class Journal:
    """The journal of one source; any number of threads may read it. Who appends keeps other processes away."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._entries: list[Entry] = []
        self._read_to = 0

    def entries(self) -> Sequence[Entry]:
        """Return all entries, the oldest first. A line that cannot be read is left out."""
        with self._lock:
            self._catch_up()
            return tuple(self._entries)

    def find(self, entry: str) -> Entry | None:
        """Return the entry of an id."""
        return next((one for one in reversed(self.entries()) if one.id == entry), None)

    def require_writable(self) -> None:
        """Raise ``ProblemsFound`` where nothing can be appended: before anything else is written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.open("ab").close()
        except OSError as error:
            raise self._unwritable(error) from error

    def append(
        self,
        kind: EntryKind,
        who: str,
        fields: Fields,
        *,
        goals: Sequence[str] = (),
        sides: Sides = _NONE,
        undoes: str | None = None,
    ) -> Entry:
        """Write an entry, and have it on the disk before this returns. Raises ``ProblemsFound``."""
        with self._lock:
            self._catch_up()
            number = self._entries[-1].number + 1 if self._entries else 1
            time = datetime.now(UTC).isoformat(timespec="milliseconds")
            entry = Entry(uuid4().hex[:12], number, time, who, kind, tuple(goals), fields, sides, undoes)
            try:
                self._write(json.dumps(_as_json(entry), ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
            except OSError as error:
                raise self._unwritable(error) from error
            self._catch_up()
            return entry

    def _write(self, line: bytes) -> None:
        """Write a line after the last whole one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            file.truncate(_end_of_lines(file))
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    def _catch_up(self) -> None:
        """Read the whole lines that were appended since, by this process or another."""
        try:
            with self.path.open("rb") as file:
                if os.fstat(file.fileno()).st_size < self._read_to:  # somebody took it away, or an old one is back
                    self._read_to = 0
                    self._entries.clear()
                file.seek(self._read_to)
                data = file.read()
        except OSError:
            return
        whole = data[: data.rfind(b"\n") + 1]
        self._read_to += len(whole)
        self._entries += (entry for line in whole.splitlines() if (entry := _from_line(line)))

    def _unwritable(self, error: OSError) -> ProblemsFound:
        words = error.strerror or str(error)
        return ProblemsFound([Problem("output-unwritable", FilePlace(str(self.path)), {"words": words})])


_BLOCK = 65536


def _end_of_lines(file: Any) -> int:
    """Return where the last whole line of a file ends."""
    end: int = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _BLOCK)
        file.seek(start)
        found: int = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _as_json(entry: Entry) -> dict[str, Any]:
    sides = {language: [report_as_json(side) for side in pair] for language, pair in entry.sides.items()}
    values: dict[str, Any] = {
        "id": entry.id,
        "number": entry.number,
        "time": entry.time,
        "who": entry.who,
        "kind": entry.kind.value,
        "goals": list(entry.goals),
        "fields": {owner: dict(changes) for owner, changes in entry.fields.items()},
    }
    return {**values, **({"sides": sides} if sides else {}), **({"undoes": entry.undoes} if entry.undoes else {})}


def _from_line(line: bytes) -> Entry | None:
    try:
        return _from_json(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _from_json(values: Mapping[str, Any]) -> Entry:
    fields = {
        owner: {name: (str(before), str(after)) for name, (before, after) in changes.items()}
        for owner, changes in cast("Mapping[str, Mapping[str, Any]]", values["fields"]).items()
    }
    sides = {
        language: (report_from_json(before), report_from_json(after))
        for language, (before, after) in cast("Mapping[str, Any]", values.get("sides") or {}).items()
    }
    return Entry(
        id=str(values["id"]),
        number=int(values["number"]),
        time=str(values["time"]),
        who=str(values["who"]),
        kind=EntryKind(values["kind"]),
        goals=tuple(map(str, values["goals"])),
        fields=fields,
        sides=sides,
        undoes=values.get("undoes"),
    )
