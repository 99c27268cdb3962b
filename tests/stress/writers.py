"""Programs that write a source beside the app, each with texts of its own: an editor, the command line, git.

Who writes over a text has seen it: what each of them found there is noted with what it wrote.
"""

import io
import re
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Lock

import openpyxl

from commands import COMMAND, environment
from raportti.files import locked
from raportti.problems import ProblemsFound
from raportti.serve.saving.opened import read_opened
from raportti.serve.saving.versions import fields_of
from raportti.source.loading import tables_of

GOALS = ("H1.1", "H1.2")
PATIENCE = 60
UNIQUE = re.compile(r"\b(?:Aino|Eero|Outi|Editor|CommandLine)\d+x\b")
"""The word of each text that no other text has; a comparison word by word shows it too."""


def fields_in(source: Path) -> Mapping[tuple[str, str], str]:
    """Read every field of every goal of a source, by goal and name."""
    goals = read_opened(source, 1).goals.items()
    return {(goal, name): text for goal, form in goals for name, text in fields_of(form).items()}


@dataclass
class Ledger:
    """What other programs wrote over what they had seen there; safe between threads."""

    over: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Text that stood there, text that was written."""
    dropped: set[str] = field(default_factory=set[str])
    """Texts that somebody took away on purpose, having seen them: by undo, or by bringing an old file back."""
    lock: Lock = field(default_factory=Lock)

    def note(self, old: str, new: str) -> None:
        with self.lock:
            self.over.append((old, new))

    def drop(self, *texts: str) -> None:
        with self.lock:
            self.dropped.update(texts)


@dataclass
class Program:
    """Something that writes texts of its own, one after the other."""

    source: Path
    rng: Random
    ledger: Ledger
    number: int = 0

    def new_text(self) -> str:
        self.number += 1
        return f"{type(self).__name__}{self.number}x kirjoitti tämän tekstin."

    def files(self) -> list[Path]:
        """Return the files of the source."""
        return sorted(self.source.glob("[!.]*.yaml")) if self.source.is_dir() else [self.source]


class Editor(Program):
    """Rewrites a file by hand, unless it was changed on the disk since: then it says so, as editors do."""

    def act(self) -> None:
        name = "responsible" if self.source.is_dir() else "assessment.fi"
        goal = "H1.1" if self.source.is_dir() else self.rng.choice(GOALS)
        try:
            seen = {file: file.read_bytes() for file in self.files()}
            old = fields_in(self.source)[goal, name]
        except (ProblemsFound, OSError):  # git puts a file away before it puts another there
            return
        new = self.new_text()
        changed = {file: replaced(file, data, old, new) for file, data in seen.items()}
        with locked([self.source if self.source.is_dir() else self.source.parent]):  # between the look and the writing
            if all(file.read_bytes() == data for file, data in seen.items()) and changed != seen and old:
                for file, data in changed.items():
                    if data != seen[file]:
                        beside = file.with_name(f".{file.name}~")
                        beside.write_bytes(data)
                        beside.replace(file)
                self.ledger.note(old, new)


def replaced(file: Path, data: bytes, old: str, new: str) -> bytes:
    """Replace a text in a file, once."""
    if file.suffix != ".xlsx":
        return data.decode().replace(old, new, 1).encode()
    book, out = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == old]
    for cell in cells[:1]:
        cell.value = new
    book.save(out)
    return out.getvalue() if cells else data


class CommandLine(Program):
    """Sets the assessment of a goal by ``raportti set``, which says what it replaces."""

    def act(self) -> None:
        goal, new = self.rng.choice(GOALS), self.new_text()
        arguments = ("set", goal, str(self.source), "--assessment", new, "--yes")
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=environment(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        if done.returncode == 0:
            self.ledger.note(" ".join(done.stdout.split()), new)


class Git(Program):
    """Brings the first version of a file, or of a table whole, back, and so takes away on purpose what is in it."""

    def act(self) -> None:
        # Of a table with what is beside it: the two have to agree on each score.
        files = [self.rng.choice(self.files())] if self.source.is_dir() else list(tables_of(self.source))
        with locked([files[0].parent]):
            self.ledger.drop(*UNIQUE.findall(" ".join(fields_in(self.source).values())))
            git(files[0].parent, "checkout", "-q", "--", *(file.name for file in files))


def git(folder: Path, *words: str) -> None:
    """Run git as somebody."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, timeout=PATIENCE)


PROGRAMS: Mapping[Callable[..., Program], tuple[float, float]] = {
    Editor: (0.2, 0.9),
    CommandLine: (0.2, 1.5),
    Git: (3, 6),
}
"""Each with the seconds that it waits between two writings, at least and at most."""
