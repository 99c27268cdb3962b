"""From a seed to what became of every text that three browsers and three programs wrote into one source at once.

People act as people do: type, leave the field, press the button, keep theirs or mine, go on to another goal. Each text
is used once. It is lost where it was saved and is neither in the source nor was seen by whoever wrote over it, and
where it was typed and left, and was neither saved nor shown.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread
from traceback import format_exception

from playwright.sync_api import Browser, Error

from raportti import api
from serve.browser.people import Person
from serve.browser.serving import Served, until
from serve.sources import csv_source, workbook_source, yaml_source
from stress.writers import GOALS, PROGRAMS, UNIQUE, Ledger, Program, fields_in, git

KINDS: Mapping[str, Callable[[Path], Path]] = {"yaml": yaml_source, "csv": csv_source, "xlsx": workbook_source}
COMMENTS = (
    "# Kokouksen raportti",
    "# Ensimmäinen tavoite",
    "# hallitus 12.5.",
    "# Toinen tavoite",
    "# Toinen strategia",
)
BOX = re.compile("^Kaksi tekstiä")
PUT = """(field, text) => {
  const over = field.value;
  field.select();
  document.execCommand("insertText", false, text);
  return over;
}"""
"""Types over what stands in a field, in one go: what comes between a look and the typing would not be seen."""
PEOPLE = ("Aino", "Eero", "Outi")


@dataclass
class Held:
    """What was done, and what of it was lost or is wrong."""

    done: Counter[str] = field(default_factory=Counter[str])
    faults: list[str] = field(default_factory=list[str])


@dataclass
class Worker:
    """A person at work on goals; ``seen`` are the texts that stood before their eyes, ``left`` those they left."""

    name: str
    person: Person
    rng: Random
    held: Held
    ledger: Ledger
    number: int = 0
    seen: set[str] = field(default_factory=set[str])
    shown: set[str] = field(default_factory=set[str])
    left: set[str] = field(default_factory=set[str])
    replaced: set[str] = field(default_factory=set[str])

    def standing(self) -> Sequence[str]:
        return self.person.page.locator("textarea.input, input.input").evaluate_all(
            "all => all.map((one) => one.value)"
        )

    def look(self) -> None:
        """Read what stands in the fields, and what is shown as a conflict."""
        self.seen.update(UNIQUE.findall(" ".join(self.standing())))
        for text in self.person.page.get_by_role("group", name=BOX).locator(".version").all_inner_texts():
            self.seen.update(UNIQUE.findall(text))
            self.shown.update(UNIQUE.findall(text))

    def field(self) -> str:
        """Choose a field that the form has; a page that is under way is waited for."""
        fields = self.person.page.locator("textarea[name^=assessment], input[name=responsible]")
        fields.first.wait_for()
        names = fields.evaluate_all("all => all.map((one) => one.name)")
        return self.rng.choice(names)

    def types(self) -> None:
        """Type a text into a field, over what stands there."""
        at = self.person.page.locator(f'[name="{self.field()}"]')
        self.look()
        self.number += 1
        text = f"{self.name}{self.number}x kirjoitti tämän tekstin itse."
        at.click()
        over = at.evaluate(PUT, text)
        self.seen.update(UNIQUE.findall(over))
        self.replaced.update(UNIQUE.findall(over))
        self.held.done["texts typed in browsers"] += 1

    def leaves(self) -> None:
        """Leave the field, or press the button."""
        self.left.update(UNIQUE.findall(" ".join(self.standing())))
        if self.rng.random() < 0.3:
            self.person.saves()
        else:
            self.person.page.get_by_role("heading", level=1).click()
        self.person.page.wait_for_timeout(self.rng.choice((0, 30, 200)))
        self.look()

    def scores(self) -> None:
        """Choose a score."""
        self.person.score(self.rng.randint(1, 5)).check()
        self.held.done["scores chosen in browsers"] += 1

    def decides(self) -> None:
        """Keep mine, take theirs or edit both, where there is a conflict."""
        self.look()
        boxes = self.person.page.get_by_role("group", name=BOX)
        buttons = boxes.get_by_role("button").all() if boxes.count() else []
        if buttons:
            way = self.rng.choice(buttons)
            self.held.done[f"conflicts decided: {way.inner_text()}"] += 1
            self.replaced.update(UNIQUE.findall(" ".join(self.standing())))  # what was typed on under the conflict
            way.click()
            self.person.page.wait_for_timeout(100)
            self.look()

    def goes_on(self) -> None:
        """Go to another goal; what is not saved yet is saved first, or keeps them here."""
        self.look()
        self.left.update(UNIQUE.findall(" ".join(self.standing())))
        links = self.person.page.get_by_role("link", name=re.compile("^(Seuraava|Edellinen):")).all()
        near = [link for link in links if (link.get_attribute("href") or "").rpartition("/")[2] in GOALS]
        if near:
            self.rng.choice(near).click()
            self.person.page.wait_for_timeout(200)

    def undoes(self) -> None:
        """Take back one of the last changes of this goal, having seen what it says."""
        forms = self.person.page.locator("#history form").all()[:2]
        if forms and self.person.page.get_by_role("group", name=BOX).count() == 0:
            self.left.update(UNIQUE.findall(" ".join(self.standing())))
            with self.person.page.expect_navigation():
                self.rng.choice(forms).get_by_role("button").click()
            if "undo" in self.person.page.url:  # it was changed again since
                self.person.page.get_by_role("link", name="Takaisin").click()
            self.held.done["changes taken back"] += 1

    def ends(self) -> None:
        """Save, and decide what is left to be decided."""
        for _ in range(20):
            self.leaves()
            self.person.page.wait_for_timeout(300)
            if not self.person.page.get_by_role("group", name=BOX).count():
                return
            self.decides()


ACTS = (
    (Worker.types, 0.3), (Worker.leaves, 0.3), (Worker.decides, 0.2), (Worker.scores, 0.08), (Worker.goes_on, 0.08),
    (Worker.undoes, 0.04),
)  # fmt: skip


def hold_truth(browser: Browser, folder: Path, kind: str, seed: int, edits: int) -> Held:
    """Let all write until so many edits are made in browsers, and judge what is left."""
    held, ledger, rng = Held(), Ledger(), Random(f"{kind} {seed}")
    origin = folder / "origin"
    origin.mkdir()
    with Served(KINDS[kind](origin), folder / "served") as served:
        home = served.source if served.source.is_dir() else served.source.parent
        git(home, "init", "-q")
        git(home, "add", "--all", ":!.raportti")
        git(home, "commit", "-q", "-m", "first")
        stop, failed = Event(), list[BaseException]()
        programs = [make(served.source, Random(f"{seed} {make}"), ledger) for make in PROGRAMS]
        waits = PROGRAMS.values()
        threads = [
            Thread(target=_write, args=(one, wait, stop, failed, held))
            for one, wait in zip(programs, waits, strict=True)
        ]
        workers = [Worker(name, Person(browser, served), rng, held, ledger) for name in PEOPLE]
        for one in workers:
            one.person.goes(f"/goals/{rng.choice(GOALS)}")
        for thread in threads:
            thread.start()
        acts, weights = zip(*ACTS, strict=True)
        try:
            while held.done["texts typed in browsers"] + held.done["scores chosen in browsers"] < edits and not failed:
                with _between_pages(held):
                    rng.choices(acts, weights)[0](rng.choice(workers))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        for one in workers:
            one.person.page.wait_for_timeout(500)
            one.ends()
        held.faults += ["".join(format_exception(error)) for error in failed]
        held.faults += judged(served, workers, ledger)
        for one in workers:
            held.faults += [f"{one.name}'s browser: {text}" for text in one.person.complaints]
            one.person.close()
        if "Traceback" in served.complaints:
            held.faults.append(served.complaints)
    return held


@contextmanager
def _between_pages(held: Held) -> Iterator[None]:
    """Let somebody wait who would act just when another page is coming: what was saved in time leads on by itself."""
    try:
        yield
    except Error as error:
        if "navigation" not in str(error) and "detached" not in str(error):
            raise
        held.done["acts that met a new page"] += 1


def _write(one: Program, wait: tuple[float, float], stop: Event, failed: list[BaseException], held: Held) -> None:
    try:
        while not stop.wait(one.rng.uniform(*wait)):
            one.act()
            held.done[f"acts of {type(one).__name__}"] += 1
    except BaseException as error:
        failed.append(error)


def judged(served: Served, workers: Sequence[Worker], ledger: Ledger) -> list[str]:
    """Name each text that was lost, and what else is wrong with the source."""
    until(lambda: fields_in(served.source))
    standing = set(UNIQUE.findall(" ".join(fields_in(served.source).values())))
    journal = served.source / ".raportti" if served.source.is_dir() else served.source.parent / ".raportti"
    entries = [json.loads(line) for file in journal.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    saved: set[str] = set()
    overwritten = [*ledger.over]
    for entry in entries:
        for fields in entry["fields"].values():
            for old, new in fields.values():
                if entry["kind"] == "undo":
                    ledger.drop(*UNIQUE.findall(old))
                else:
                    overwritten.append((old, new))
                    saved.update(UNIQUE.findall(new))
    return [
        *_lost(standing, saved, overwritten, workers, ledger),
        *_unsaid(standing, saved, workers),
        *_untidy(served),
    ]


def _lost(
    standing: set[str],
    saved: set[str],
    overwritten: Sequence[tuple[str, str]],
    workers: Sequence[Worker],
    ledger: Ledger,
) -> list[str]:
    """Name the texts that were saved, and that somebody wrote over who had not seen them."""
    eyes = {one.name: one.seen for one in workers}
    written = {*saved, *(text for _, new in ledger.over for text in UNIQUE.findall(new))}
    known = set(ledger.dropped)
    for old, new in overwritten:
        for text in UNIQUE.findall(old):
            writers = {one.rstrip("x0123456789") for one in UNIQUE.findall(new)}
            if text in new or not writers or all(name not in eyes or text in eyes[name] for name in writers):
                known.add(text)
    over = {text: new for old, new in overwritten for text in UNIQUE.findall(old)}
    return [f"lost: {text} under: {over.get(text)}" for text in sorted(written - standing - known)]


def _unsaid(standing: set[str], saved: set[str], workers: Sequence[Worker]) -> list[str]:
    """Name the texts that were typed and left, and were neither saved nor shown beside another, nor stand there."""
    found: list[str] = []
    for one in workers:
        own = {text for text in one.left if text.startswith(one.name)}
        known = {*saved, *standing, *one.shown, *one.replaced, *UNIQUE.findall(" ".join(one.standing()))}
        found += [f"neither saved nor shown: {text}" for text in sorted(own - known)]
    return found


def _untidy(served: Served) -> list[str]:
    source = served.source
    home = source if source.is_dir() else source.parent
    text = served.text() if source.is_dir() else ""
    found = [f"lost comment: {comment}" for comment in COMMENTS if source.is_dir() and comment not in text]
    found += [f"left behind: {file.name}" for file in home.iterdir() if file.name.endswith(("~", ".kept.yaml"))]
    return [*found, *(str(problem) for problem in api.check(source, draft=True) if problem.kind == "file-unreadable")]
