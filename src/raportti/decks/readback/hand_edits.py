"""From a deck that was read to the report that it says: what it was made of, with what people changed in its tables.

Removes nothing from the report, and adds no goal to it: what a deck lacks or has besides is remarked upon.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.decks.readback.goals import Checked, edited_goal
from raportti.decks.readback.join import RowPart
from raportti.decks.readback.slides import DeckReading, ReadRow, ReadSlide
from raportti.problems import FilePlace, Problem, Severity, SlidePlace
from raportti.problems.messages import severity_of
from raportti.report.diff import Changes, changes_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import moved
from raportti.snapshot import RowSnapshot


def remarks_on(reading: DeckReading) -> Iterator[Problem]:
    """Yield a warning for each such thing, slide by slide; then for what is gone."""
    file = str(reading.path)
    places = {stamp.key: slide.number for slide in reading.slides if (stamp := slide.stamp)}
    homes = {row: stamp.key for stamp in reading.stamp.slides for row in stamp.rows}
    for slide in reading.slides:
        yield from (Problem(kind, SlidePlace(file, slide.number), values) for kind, values in _of_slide(slide, places))
        yield from _of_rows(slide, file, homes)
    for stamp in reading.missing:
        yield Problem("deck-slide-gone", FilePlace(file), {"value": stamp.title})
    yield from _gone(reading, file)


def _of_slide(slide: ReadSlide, places: Mapping[str, int]) -> Iterator[tuple[str, dict[str, object]]]:
    stamp = slide.stamp
    if slide.copy_of:
        yield "deck-slide-copied", {"slide": places[slide.copy_of.key]}
    elif stamp is None:
        if slide.key is not None:
            yield "deck-slide-foreign", {}
    elif stamp.table is not None and slide.table is None:
        yield "deck-table-gone", {"value": stamp.table}
    if stamp is not None and slide.title.split() != stamp.title.split():
        yield "deck-title-edited", {"value": slide.title, "other": stamp.title}


def _of_rows(slide: ReadSlide, file: str, homes: Mapping[RowSnapshot, str]) -> Iterator[Problem]:
    place = SlidePlace(file, slide.number, slide.table)
    for row in slide.rows:
        if row.stamp is None:
            yield Problem("deck-row-added", place, {"value": _first_text(row)})
        elif row.stamp.goal is None and any(cell.is_edited for cell in row.cells):
            yield Problem("deck-figure-edited", place, {"value": _first_text(row)})
    for row in _moved(slide, homes):
        yield Problem("deck-row-moved", place, {"value": _first_text(row)}, row.stamp.goal if row.stamp else None)


def _first_text(row: ReadRow) -> str:
    """Return the text that says what a row is about."""
    return next((paragraph.text for cell in row.cells for paragraph in cell.paragraphs), "")


def _moved(slide: ReadSlide, homes: Mapping[RowSnapshot, str]) -> Iterator[ReadRow]:
    """Give the rows that came from another slide, or stand elsewhere among those that stayed."""
    if slide.stamp is None:
        return
    order = {row: n for n, row in enumerate(slide.stamp.rows)}
    known = [row for row in slide.rows if row.stamp]
    yield from (row for row in known if row.stamp and homes.get(row.stamp) != slide.stamp.key)
    stayed = [row for row in known if row.stamp in order]
    yield from (stayed[at] for at in sorted(moved([order[row.stamp] for row in stayed if row.stamp])))


def _gone(reading: DeckReading, file: str) -> Iterator[Problem]:
    """Tell of the rows of goals that are on no slide, where their slide and its table are."""
    there = {row.stamp for slide in reading.slides for row in slide.rows}
    for slide in reading.slides:
        for row in slide.stamp.rows if slide.stamp and slide.table is not None else ():
            if row not in there and row.goal is not None:
                yield Problem("deck-row-gone", SlidePlace(file, slide.number, slide.table), {}, row.goal)


@dataclass(frozen=True, slots=True)
class HandEdits:
    """The stamp's report with the edits, what they change in it, and what is wrong with them.

    ``problems`` are errors: values that cannot be. ``remarks`` are warnings: what looks odd, and what is no data.
    """

    report: Report
    changes: Changes
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


def hand_edits(reading: DeckReading) -> HandEdits:
    """Tell what was changed by hand in the tables of a deck."""
    file, report = str(reading.path), reading.stamp.report
    parts = _parts(reading)
    checked = {
        goal.id: edited_goal(goal, parts[goal.id], file=file, language=reading.language)
        for goal in report.goals
        if goal.id in parts
    }
    new = _with_goals(report, checked)
    told = [problem for one in checked.values() for problem in one.problems]
    return HandEdits(
        report=new,
        changes=changes_of(report, new),
        problems=tuple(problem for problem in told if _is_error(problem)),
        remarks=(*(problem for problem in told if not _is_error(problem)), *remarks_on(reading)),
    )


def _is_error(problem: Problem) -> bool:
    return severity_of(problem) is Severity.ERROR


def _parts(reading: DeckReading) -> Mapping[str, list[RowPart]]:
    """Return the rows of each goal in their order, as they were generated and as they are."""
    now = {row.stamp: (slide, row) for slide in reading.slides for row in slide.rows if row.stamp}
    parts: dict[str, list[RowPart]] = {}
    for goal, stamp in _rows(reading):
        parts.setdefault(goal, []).append(RowPart(stamp, *now.get(stamp, (None, None))))
    return parts


def _rows(reading: DeckReading) -> Iterator[tuple[str, RowSnapshot]]:
    for slide in reading.stamp.slides:
        if slide.kind == "table":
            yield from ((row.goal, row) for row in slide.rows if row.goal is not None)


def _with_goals(report: Report, checked: Mapping[str, Checked]) -> Report:
    def new(goal: Goal) -> Goal:
        return checked[goal.id].goal if goal.id in checked else goal

    def guideline(old: Guideline) -> Guideline:
        return replace(old, goals=tuple(map(new, old.goals)))

    def strategy(old: Strategy) -> Strategy:
        return replace(old, guidelines=tuple(map(guideline, old.guidelines)))

    return replace(report, strategies=tuple(map(strategy, report.strategies)))
