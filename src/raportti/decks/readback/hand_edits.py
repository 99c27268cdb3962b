"""From a deck that was read to the report that it says: what it was generated from, with the edits of its tables.

Removes nothing from the report, and adds no goal to it: what a deck lacks, or has besides, becomes a warning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.decks.readback.goals import Checked, edited_goal
from raportti.decks.readback.join import RowPart
from raportti.decks.readback.reading import DeckReading, ReadRow, ReadSlide
from raportti.problems import FilePlace, Problem, Severity, SlidePlace
from raportti.problems.messages import severity_of
from raportti.report.diff import Changes, changes_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import moved
from raportti.snapshot import RowSnapshot


@dataclass(frozen=True, slots=True)
class HandEdits:
    """The snapshot's report with the edits, what they change in it, and what is wrong with them.

    ``problems`` are errors: values that cannot be. ``remarks`` are warnings: what looks odd, and what is no data.
    """

    report: Report
    changes: Changes
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def hand_edits(reading: DeckReading) -> HandEdits:
    """Find what people changed in the tables of a deck."""
    file, report = str(reading.path), reading.snapshot.report
    parts = _parts(reading)
    checked = {
        goal.id: edited_goal(goal, parts[goal.id], file=file, language=reading.language)
        for goal in report.goals
        if goal.id in parts
    }
    new = _with_goals(report, checked)
    found = [problem for one in checked.values() for problem in one.problems]
    return HandEdits(
        report=new,
        changes=changes_of(report, new),
        problems=tuple(problem for problem in found if _is_error(problem)),
        remarks=(*(problem for problem in found if not _is_error(problem)), *_remarks(reading)),
    )


def _is_error(problem: Problem) -> bool:
    return severity_of(problem) is Severity.ERROR


def _parts(reading: DeckReading) -> Mapping[str, list[RowPart]]:
    """Return the rows of each goal in their order, as they were generated and as they are."""
    now = {row.snapshot: (slide, row) for slide in reading.slides for row in slide.rows if row.snapshot}
    parts: dict[str, list[RowPart]] = {}
    for slide in reading.snapshot.slides:
        for row in slide.rows if slide.kind == "table" else ():
            if row.goal is not None:
                parts.setdefault(row.goal, []).append(RowPart(row, *now.get(row, (None, None))))
    return parts


def _with_goals(report: Report, checked: Mapping[str, Checked]) -> Report:
    def new(goal: Goal) -> Goal:
        return checked[goal.id].goal if goal.id in checked else goal

    def guideline(old: Guideline) -> Guideline:
        return replace(old, goals=tuple(map(new, old.goals)))

    def strategy(old: Strategy) -> Strategy:
        return replace(old, guidelines=tuple(map(guideline, old.guidelines)))

    return replace(report, strategies=tuple(map(strategy, report.strategies)))


def _remarks(reading: DeckReading) -> Iterator[Problem]:
    """Yield a warning for each edit that is no data, slide by slide; then for what is deleted."""
    file = str(reading.path)
    numbers = {slide.snapshot.key: slide.number for slide in reading.slides if slide.snapshot}
    homes = {row: slide.key for slide in reading.snapshot.slides for row in slide.rows}
    for slide in reading.slides:
        place = SlidePlace(file, slide.number)
        yield from (Problem(kind, place, values) for kind, values in _slide_remarks(slide, numbers))
        yield from _row_remarks(slide, file, homes)
    for number, table in reading.unread:
        yield Problem("deck-table-unread", SlidePlace(file, number, table))
    for missing in reading.missing:
        yield Problem("deck-slide-gone", FilePlace(file), {"value": missing.title})
    yield from _deleted_rows(reading, file)


def _slide_remarks(slide: ReadSlide, numbers: Mapping[str, int]) -> Iterator[tuple[str, dict[str, object]]]:
    generated = slide.snapshot
    if slide.copy_of:
        yield "deck-slide-copied", {"slide": numbers[slide.copy_of.key]}
    elif generated is None:
        # One without a key was kept by a refresh, for what people put on it.
        if slide.key:
            yield "deck-slide-foreign", {}
    elif generated.table is not None and slide.table is None:
        yield "deck-table-gone", {"value": generated.table}
    if generated is not None and slide.title.split() != generated.title.split():
        yield "deck-title-edited", {"value": slide.title, "other": generated.title}


def _row_remarks(slide: ReadSlide, file: str, homes: Mapping[RowSnapshot, str]) -> Iterator[Problem]:
    """Yield a warning for each row that was added, moved, or has other figures than were counted."""
    place = SlidePlace(file, slide.number, slide.table)
    for row in slide.rows:
        if row.snapshot is None:
            yield Problem("deck-row-added", place, {"value": _first_text(row)})
        elif row.merged:
            goal = row.snapshot.goal
            yield Problem("deck-cells-merged", place, {"value": ", ".join(_heads(slide, row))}, goal)
        elif row.snapshot.goal is None and any(cell.is_edited for cell in row.cells):
            yield Problem("deck-figure-edited", place, {"value": _first_text(row)})
    for row in _moved_rows(slide, homes):
        yield Problem("deck-row-moved", place, {"value": _first_text(row)}, row.snapshot.goal if row.snapshot else None)


def _heads(slide: ReadSlide, row: ReadRow) -> Iterator[str]:
    """Name the columns of the merged cells of a row."""
    for n, cell in enumerate(row.cells):
        if cell.key in row.merged:
            yield slide.head[n] if n < len(slide.head) and slide.head[n] else cell.key


def _first_text(row: ReadRow) -> str:
    """Return the text that says what a row is about."""
    return next((paragraph.text for cell in row.cells for paragraph in cell.paragraphs), "")


def _moved_rows(slide: ReadSlide, homes: Mapping[RowSnapshot, str]) -> Iterator[ReadRow]:
    """Give the rows that came from another slide, or stand elsewhere among those that stayed."""
    if slide.snapshot is None:
        return
    order = {row: n for n, row in enumerate(slide.snapshot.rows)}
    known = [(row, row.snapshot) for row in slide.rows if row.snapshot]
    yield from (row for row, snapshot in known if homes.get(snapshot) != slide.snapshot.key)
    stayed = [(row, order[snapshot]) for row, snapshot in known if snapshot in order]
    yield from (stayed[at][0] for at in sorted(moved([place for _, place in stayed])))


def _deleted_rows(reading: DeckReading, file: str) -> Iterator[Problem]:
    """Yield a warning for each row of a goal that is on no slide, where its slide and the table are."""
    there = {row.snapshot for slide in reading.slides for row in slide.rows}
    # A table that was split by hand is on several slides.
    homes = {
        slide.snapshot.key: slide for slide in reversed(reading.slides) if slide.snapshot and slide.table is not None
    }
    for slide in reversed(homes.values()):
        for row in slide.snapshot.rows if slide.snapshot else ():
            if row not in there and row.goal is not None:
                yield Problem("deck-row-gone", SlidePlace(file, slide.number, slide.table), {}, row.goal)
