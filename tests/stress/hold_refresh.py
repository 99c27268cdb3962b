"""Edited decks and edited data → where a refreshed deck loses an edit, keeps a stale text, or changes without a reason.

Each deck is saved once by LibreOffice too, many in one run, which takes seconds to start.
"""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from pptx import Presentation

from planning import LUVN
from random_edits import random_edit, with_goal
from raportti.config import cache_folder
from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import DeckReading, ReadRow, read_deck
from raportti.decks.refresh.generated import GeneratedDeck, LoadedLayout, generate, load_layout
from raportti.decks.refresh.outcome import RefreshedDeck
from raportti.decks.refresh.refresh import refresh_deck
from raportti.plan.chart import Chart
from raportti.problems import ProblemsFound
from raportti.problems.messages import describe
from raportti.report.merge import Keep, Side, merge
from raportti.report.model import Goal, Report, Subgoal
from raportti.report.pairs import goal_pairs
from raportti.snapshot import RowSnapshot
from stress.deck_edits import OWN_BOX, OWN_NOTES, OWN_ROW, OWN_TITLE, R, edit

OWN = (OWN_BOX, OWN_NOTES, OWN_ROW, OWN_TITLE)
REFUSED = frozenset({"refresh-merged"})
"""What may be asked of a deck in which cells were merged."""
OTHER_REPORT = frozenset({"deck-of-other-report"})
"""What is said where the edits of the data left no goal that the deck knows."""
RIVALS = 0.4
"""The share of decks of which the data change something that people changed too."""
RIVAL = "Tämän virkkeen toivat uudet tiedot."
FIGURES = frozenset({"summary", "changes"})
"""The kinds of slides whose tables are no data."""
_GENERATED = frozenset({"break_before", "responsible"})
"""Fields of a goal that no deck shows."""


@dataclass(frozen=True)
class Case:
    """An edited deck, and the data that are to come into it."""

    number: int
    path: Path
    edits: tuple[str, ...]
    data: Report
    keep: Keep = Keep.DECK


def cases(decks: Sequence[Path], numbers: Sequence[int], folder: Path, seed: int) -> Iterator[Case]:
    """Edit decks in turn, and their data, at random: number N is edited the same each time."""
    for number in numbers:
        deck = decks[number % len(decks)]
        base = read_deck(deck).snapshot.report
        rng = Random(f"{seed} {number}")
        done = edit(deck, folder / f"edited-{number}.pptx", rng)
        data, fields = base, list[str]()
        for _ in range(rng.randint(0, 4)):
            one = random_edit(data, rng)
            data = one.report
            fields.append(f"data: {one.field}")
        if done.touched and rng.random() < RIVALS:
            data = _rival(data, *rng.choice(sorted(done.touched)))
            fields.append("data: rival")
        keep = rng.choice((Keep.DECK, Keep.SOURCE))
        yield Case(number, folder / f"edited-{number}.pptx", (*done.told, *fields, f"keep {keep.value}"), data, keep)


def _rival(data: Report, goal_id: str, key: str) -> Report:
    """Change in the data what was changed in the deck."""
    goal = next((goal for goal in data.goals if goal.id == goal_id), None)
    if goal is None:
        return data
    match key:
        case "assessment":
            new = replace(goal, assessment=(*goal.assessment[:-1], f"{goal.assessment[-1]} {RIVAL}"))
        case "subgoals":
            new = replace(goal, subgoals=(*goal.subgoals, Subgoal(RIVAL)))
        case "goal":
            new = replace(goal, text=f"{goal.text} {RIVAL}")
        case _:
            new = goal
    return with_goal(data, goal, new)


def loaded_layout() -> LoadedLayout:
    return load_layout(LUVN, cache=cache_folder())


def faults(case: Case, path: Path, layout: LoadedLayout) -> Iterator[str]:
    """Refresh a deck, and tell what is wrong with what comes of it."""
    reading = read_deck(path)
    try:
        done = refresh_deck(reading, case.data, layout, case.keep)
    except ProblemsFound as found:
        if not hand_edits(reading).problems:
            pairs = goal_pairs(reading.snapshot.report, case.data)
            is_other = not any(pair.old and pair.new for pair in pairs)
            expected = {*(REFUSED if "merged_cells" in case.edits else ()), *(OTHER_REPORT if is_other else ())}
            yield from (describe(problem, "en") for problem in found.problems if problem.kind not in expected)
        return
    if not done.files:
        return
    result = path.with_name(f"refreshed-{case.number}.pptx")
    result.write_bytes(done.files[path])
    again = read_deck(result)
    yield from _second(again, case, layout)
    preferred = Side.OURS if case.keep is Keep.DECK else Side.THEIRS
    merged = merge(reading.snapshot.report, hand_edits(reading).report, case.data, preferred=preferred).report
    yield from _content(reading, again, case.data, merged)
    yield from _figures(again, generate(merged, reading.snapshot, layout))
    yield from _own(path, result, case.keep)
    yield from _links(path, result, done)
    yield from _bytes(reading, path, result, done)


def _second(again: DeckReading, case: Case, layout: LoadedLayout) -> Iterator[str]:
    """A deck that was refreshed is not changed by the same data."""
    second = refresh_deck(again, case.data, layout, case.keep)
    if second.files:
        yield f"a second refresh changes {second.slides}"


def _content(before: DeckReading, after: DeckReading, data: Report, merged: Report) -> Iterator[str]:
    """The cells of each goal say the merged report, what people deleted stays deleted."""
    says = {goal.id: goal for goal in hand_edits(after).report.goals}
    for goal in merged.goals:
        if goal.id in says and not _is_same(goal, says[goal.id]):
            yield f"{goal.id}: {says[goal.id]} instead of {goal}"
    base = before.snapshot.report
    named = {pair.new.goal.id: pair.old.goal.id for pair in goal_pairs(base, data) if pair.old and pair.new}
    there, now = _goals(before), _goals(after)
    for goal in data.goals:
        if (goal.id not in named or named[goal.id] in there) and goal.id not in now:
            yield f"{goal.id} has no row"


def _figures(after: DeckReading, wanted: GeneratedDeck) -> Iterator[str]:
    """Summaries, pages of changes and charts say what those of the merged report say."""
    slides = [slide for slide in after.slides if slide.snapshot is not None and slide.snapshot.kind in FIGURES]
    says = {_cells(row) for slide in slides for row in slide.rows if row.snapshot}
    yield from (
        f"stale figures: {row}" for row in says - {_cells(r) for s in wanted.slides.values() for r in s.snapshot.rows}
    )
    shapes = (shape for slide in Presentation(str(after.path)).slides for shape in slide.shapes if shape.has_chart)
    charts = {_charted(plot.categories, plot.series) for shape in shapes for plot in shape.chart.plots}
    items = (item for page in wanted.plan.pages for item in page.items if isinstance(item, Chart))
    yield from (f"stale chart: {c}" for c in charts - {_charted(item.categories, item.series) for item in items})


def _cells(row: ReadRow | RowSnapshot) -> tuple[str, ...]:
    """Return what the cells of a row say, but for the words of a goal."""
    cells = (cell for cell in row.cells if cell.key != "goal")
    return tuple(" ".join(" ".join(p.text for p in cell.paragraphs).split()) for cell in cells)


def _charted(categories: Iterable[str], series: Iterable[Any]) -> tuple[object, ...]:
    """Return what a chart shows."""
    lines = ((one.name, tuple(float(value) for value in one.values)) for one in series)
    return tuple(" ".join(category.split()) for category in categories), tuple(lines)


def _goals(reading: DeckReading) -> set[str | None]:
    """Return the goals that have rows in the tables of goals."""
    tables = (slide for slide in reading.slides if slide.snapshot is not None and slide.snapshot.kind == "table")
    return {row.snapshot.goal for slide in tables for row in slide.rows if row.snapshot}


def _is_same(one: Goal, other: Goal) -> bool:
    plain = dict.fromkeys(_GENERATED)
    return replace(one, **plain) == replace(other, **plain)


def _own(before: Path, after: Path, keep: Keep) -> Iterator[str]:
    """What people put into the deck is still there; slides stand in their order, and are hidden as they were."""
    old, new = (Presentation(str(path)) for path in (before, after))
    lost = _of_people(old) - _of_people(new)
    # Titles and notes are texts that the data may have too: there their side was chosen.
    if set(lost) - (set() if keep is Keep.DECK else {OWN_NOTES, OWN_TITLE}):
        yield f"lost: {lost}"
    # By ids: python-pptx names the parts anew, in the order of their slides.
    (shown_before, shown_after) = (
        {slide.slide_id: slide._element.get("show") for slide in deck.slides} for deck in (old, new)
    )
    both = [(name, show) for name, show in shown_before.items() if name in shown_after]
    if both != [(name, show) for name, show in shown_after.items() if name in shown_before]:
        yield "slides are moved or shown"


def _links(before: Path, after: Path, done: RefreshedDeck) -> Iterator[str]:
    """The links that people set are there, or are told as lost; each leads to where it did."""
    old, new = (_addresses(path) for path in (before, after))
    told = sum(problem.kind == "refresh-link-lost" for problem in done.remarks)
    gone = {change.number for change in done.slides if change.fate.value in ("removed", "kept")}
    if sum(old.values()) - sum(new.values()) > told and not gone:
        yield f"links are lost: {old} {new}"
    if None in new:
        yield "a link leads nowhere"


def _addresses(path: Path) -> Counter[str | None]:
    found: Counter[str | None] = Counter()
    for slide in Presentation(str(path)).slides:
        for link in slide._element.iter("{*}hlinkClick"):
            relation = slide.part.rels.get(link.get(f"{R}id"))
            found[relation.target_ref if relation is not None else None] += 1
    return found


def _of_people(presentation: Any) -> Counter[str]:
    """Count the texts that people add in random edits."""
    found: Counter[str] = Counter()
    for slide in presentation.slides:
        bodies = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        texts = ["".join(body.itertext()) for body in bodies]
        found.update({own: sum(text.count(own) for text in texts) for own in OWN})
    return found


def _bytes(reading: DeckReading, before: Path, after: Path, done: RefreshedDeck) -> Iterator[str]:
    """Slides of which nothing is told have the bytes that they had."""
    told = {change.number for change in done.slides if change.fate.value != "added"}
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        for slide in reading.slides:
            if slide.number not in told and old.read(slide.part) != new.read(slide.part):
                yield f"slide {slide.number} changed untold"
