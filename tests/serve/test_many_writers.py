"""Browsers, an editor, git and the command line write at once, in random orders: no text that was saved is lost.

Every text is used once, and each writer notes over what it wrote it. At the end each text whose saving was acknowledged
is in the source, or somebody wrote over it who had seen it. ``RAPORTTI_WRITERS_EDITS`` is how many edits there are.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from typing import cast

import pytest

from raportti import api
from raportti.files import locked
from raportti.problems import ProblemsFound
from raportti.serve.saving.store import Conflict, SourceBroken, Store
from raportti.serve.saving.versions import Change, fields_of
from raportti.workflows.edit import GoalEdit
from serve.sources import yaml_source

EDITS = int(os.environ.get("RAPORTTI_WRITERS_EDITS", "60"))
GOALS = ("H1.1", "H1.2", "P1.2")
FIELDS = ("assessment.fi", "assessment.sv", "text.sv", "responsible")
COMMENTS = ("# Ensimmäinen tavoite", "# hallitus 12.5.", "# Toinen tavoite")
UNIT = re.compile("vastuutaho: (.*)")
TEXT = re.compile(r"Teksti numero \d+ tekijältä \w+ kenttään [\w.]+\.")


@dataclass
class Ledger:
    """What was written over what: text → the text that its writer saw there; and texts that were shown as conflicts."""

    written: dict[str, str] = field(default_factory=dict[str, str])
    shown: set[str] = field(default_factory=set[str])
    dropped: set[str] = field(default_factory=set[str])
    """Texts that somebody took away on purpose: by undo, or by bringing an old file back."""
    lock: Lock = field(default_factory=Lock)

    def note(self, text: str, over: str) -> None:
        with self.lock:
            self.written[text] = over

    def drop(self, *texts: str) -> None:
        with self.lock:
            self.dropped.update(texts)

    def lost(self, standing: set[str]) -> list[str]:
        """Return the texts that are neither in the source nor were seen by who wrote over them."""
        seen = {*self.written.values(), *self.dropped}
        return [text for text in self.written if text not in standing and text not in seen]


@dataclass
class Writer:
    """Somebody who writes texts of their own, one after the other."""

    name: str
    store: Store
    rng: Random
    ledger: Ledger
    number: int = 0

    def new_text(self, name: str) -> str:
        self.number += 1
        return f"Teksti numero {self.number} tekijältä {self.name} kenttään {name}."


class Browser(Writer):
    """Shows goals as they were some time ago, and saves fields of them one by one; undoes now and then."""

    def act(self) -> None:
        if self.rng.random() < 0.5 or self.number == 0:
            self.goals = self.store.opened.goals
        goal, name = self.rng.choice(GOALS), self.rng.choice(FIELDS)
        history = self.store.history(goal)
        if history and self.rng.random() < 0.1:
            self.undo(self.rng.choice(history[:3]).id)
        else:
            form = self.goals[goal]
            self.save(goal, Change(fields_of(form)[name], self.new_text(name)), name, form.version)

    def save(self, goal: str, change: Change, name: str, base: str) -> None:
        try:
            saved = self.store.save(goal, {name: change}, base=base, who=self.name)
        except Conflict as conflict:
            assert conflict.fields[name].mine == change.new
            self.ledger.shown.add(change.new)
            if self.rng.random() < 0.5:  # keeps mine, over what the conflict shows
                self.save(goal, Change(conflict.fields[name].theirs, change.new), name, "")
        except (SourceBroken, ProblemsFound):
            pass  # it is said, and the form keeps the text
        else:
            assert saved.entry and fields_of(saved.opened.goals[goal])[name] == change.new
            self.ledger.note(change.new, saved.entry.fields[goal][name][0])

    def undo(self, entry: str) -> None:
        try:
            saved = self.store.undo(entry, who=self.name)
        except (Conflict, ProblemsFound):
            return
        for values in saved.entry.fields.values() if saved.entry else ():
            self.ledger.drop(*(undone for undone, _ in values.values()))


class Editor(Writer):
    """Rewrites a file by hand, unless it was changed on the disk since: then it says so, as editors do."""

    def act(self) -> None:
        file = self.store.source / "a.yaml"
        seen = file.read_bytes()
        text = self.new_text("responsible")
        over = UNIT.search(seen.decode())
        new = UNIT.sub(f"vastuutaho: {text}", seen.decode(), count=1) + f"# Rivi {self.number} editorista\n"
        with locked([self.store.source]):  # so that nothing comes between a look and the writing
            if file.read_bytes() == seen and over:
                beside = file.with_name(f".{file.name}~")
                beside.write_bytes(new.encode())
                beside.replace(file)
                self.ledger.note(text, over[1])


class Git(Writer):
    """Brings an old version of a file back, and so takes away on purpose what is in it."""

    def act(self) -> None:
        with locked([self.store.source]):
            texts = TEXT.findall(" ".join((self.store.source / "b.yaml").read_text(encoding="utf-8").split()))
            git(self.store.source, "checkout", "-q", self.rng.choice(("HEAD", "HEAD~1")), "--", "b.yaml")
            self.ledger.drop(*texts)


class CommandLine(Writer):
    """Sets a field of a goal as ``raportti set`` does, which shows what stands there; at first as a process."""

    def act(self) -> None:
        goal, text = self.rng.choice(GOALS), self.new_text("assessment.fi")
        if self.number == 1:
            self.run("H2.1", text)
            return
        try:
            edit = api.set_goal(self.store.source, GoalEdit(goal, assessment=text))
            over = "\n\n".join(cast("tuple[str, ...]", edit.changes["fi"].goals[0].differences[0].old))
            api.apply(edit)
        except ProblemsFound:
            return
        self.ledger.note(text, over)

    def run(self, goal: str, text: str) -> None:
        command = [sys.executable, "-m", "raportti", "set", goal, str(self.store.source), "--assessment", text, "--yes"]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
        if subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0:
            self.ledger.note(text, "")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def committed(source: Path) -> Path:
    """Commit a source twice, with other comments in the earlier version."""
    git(source, "init", "-q")
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "a")
    file = source / "b.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "# Lisätty huomautus\n", encoding="utf-8")
    git(source, "commit", "-q", "-a", "-m", "b")
    return source


@pytest.mark.parametrize("seed", range(2))
def test_no_text_that_was_saved_is_lost(seed: int, tmp_path: Path) -> None:
    store, ledger = Store(committed(yaml_source(tmp_path))), Ledger()
    kinds = {"Aino": Browser, "Eero": Browser, "Outi": Browser, "editori": Editor, "git": Git, "komento": CommandLine}
    writers = [kind(name, store, Random(f"{seed} {name}"), ledger) for name, kind in kinds.items()]
    shares = dict(zip(kinds, (0.25, 0.25, 0.25, 0.12, 0.03, 0.1), strict=True))
    failed: list[BaseException] = []

    def write(writer: Browser | Editor | Git | CommandLine) -> None:
        try:
            for _ in range(round(EDITS * shares[writer.name])):
                writer.act()
                stop.wait(writer.rng.random() * 0.02)
        except BaseException as error:
            failed.append(error)

    stop = Event()
    threads = [Thread(target=write, args=(writer,)) for writer in writers]
    watching = [Thread(target=task, args=(store, stop, failed)) for task in (watched, read_whole)]
    for thread in (*watching, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    for thread in watching:
        thread.join()
    assert not failed, failed
    require_nothing_lost(store, ledger)


def require_nothing_lost(store: Store, ledger: Ledger) -> None:
    store.look()
    again = Store(store.source).opened
    assert again.reports == store.opened.reports
    standing = {text for form in again.goals.values() for text in fields_of(form).values()}
    assert ledger.lost(standing) == []
    assert len(ledger.written) > EDITS / 4
    text = (store.source / "a.yaml").read_text(encoding="utf-8")
    assert all(comment in text for comment in COMMENTS)
    assert not [file.name for file in store.source.iterdir() if file.name.endswith(("~", ".kept.yaml"))]
    assert [entry.number for entry in store.journal.entries()] == list(range(1, len(store.journal.entries()) + 1))


def watched(store: Store, stop: Event, failed: list[BaseException]) -> None:
    """Watch as the server does, and never tell of an older reading after a newer one."""
    numbers = [0]

    def told(opened: object) -> None:
        number = store.opened.number
        if number < numbers[-1]:
            failed.append(AssertionError(f"{number} after {numbers[-1]}: {opened}"))
        numbers.append(number)

    store.watch(told, stop)


def read_whole(store: Store, stop: Event, failed: list[BaseException]) -> None:
    """Read a file all the time: it is never half there."""
    while not stop.wait(0.002):
        text = (store.source / "a.yaml").read_text(encoding="utf-8")
        if text.count("- tunnus:") != 3 or not text.endswith("\n") or not all(comment in text for comment in COMMENTS):
            failed.append(AssertionError(text))
            return
