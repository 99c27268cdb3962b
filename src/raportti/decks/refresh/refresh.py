"""From the file of an edited deck and the report of its source to the deck's new bytes: the passes in their order.

Does not know the source's files, nor the terminal. Writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from raportti.decks.conflicts import ConflictResolver, Decisions, merge_deck
from raportti.decks.readback.goals import FIELDS
from raportti.decks.readback.hand_edits import HandEdits, hand_edits
from raportti.decks.readback.reading import DeckReading
from raportti.decks.refresh.deck import DeckRefresh
from raportti.decks.refresh.generated import GeneratedDeck, LoadedLayout, generate
from raportti.decks.refresh.new_snapshot import new_snapshot
from raportti.decks.refresh.outcome import RefreshedDeck
from raportti.decks.refresh.rows import GoalFates
from raportti.files import is_open
from raportti.ooxml.package import Parts, open_parts
from raportti.ooxml.stamp import stamp_part, stamp_xml
from raportti.ooxml.xml import DC, written
from raportti.problems import FilePlace, Problem, ProblemsFound, Severity, SlidePlace
from raportti.problems.messages import severity_of
from raportti.report.diff import is_same
from raportti.report.figures import figures_of
from raportti.report.merge import Keep
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import goal_pairs
from raportti.snapshot import Snapshot, snapshot_text
from raportti.source.options import LoadOptions

_TITLE = f"{DC}title"


def refresh_deck(
    reading: DeckReading,
    source: Report,
    layout: LoadedLayout,
    keep: Decisions | None,
    *,
    path: str = "",
    is_draft: bool | None = None,
) -> RefreshedDeck:
    """Bring the report of a source, read from ``path``, into a deck; ``keep`` decides what both changed.

    ``is_draft`` says whether the deck is one from now on; None: as it was. Raises ``ProblemsFound`` where the deck is
    of another report or open elsewhere, where something in it is not valid, and where both changed the same and nothing
    decides.
    """
    edits = hand_edits(reading)
    parts = _parts(reading.path)
    _check(reading, edits, source, path)
    merged = merge_deck(reading, deck=edits.report, source=source, into=Keep.DECK, keep=keep)
    wanted = reading.snapshot if is_draft is None else _with_draft(reading.snapshot, is_draft=is_draft)
    versions = _generate_versions(reading.snapshot, wanted, edits.report, source, merged.report, layout)
    resolver = ConflictResolver(str(reading.path), keep)
    refresh = DeckRefresh(
        reading,
        parts,
        versions.base,
        versions.new,
        placeholders=frozenset(layout.template.placeholders.values()),
        keys={key: slide.key for key, slide in zip(versions.new.slides, versions.snapshot.slides, strict=True)},
        goals=GoalFates(versions.unchanged_goals, _of_data(edits.report, merged.report)),
        resolver=resolver,
    )
    refresh.run()
    errors = (problem for problem in refresh.problems if severity_of(problem) is Severity.ERROR)
    if problems := (*merged.conflicts, *resolver.conflicts, *errors):
        raise ProblemsFound(problems)
    _put_snapshot(parts, reading.snapshot, versions.snapshot)
    _put_title(parts, versions.base, versions.new)
    remarks = (*edits.remarks, *refresh.problems, *_left_slides(reading, versions.base))
    return RefreshedDeck(_files(reading.path, parts), tuple(refresh.changes), remarks)


def _parts(path: Path) -> Parts:
    """Open the parts of a deck; refuse the strict form, as what is drawn here has the names of the transitional one."""
    parts = open_parts(path)
    if parts.is_strict:
        raise parts.problem("strict")
    return parts


def _check(reading: DeckReading, edits: HandEdits, source: Report, path: str) -> None:
    """Refuse what cannot be refreshed."""
    place = FilePlace(str(reading.path))
    found = [problem for problem in edits.problems if severity_of(problem) is Severity.ERROR]
    if not any(pair.old and pair.new for pair in goal_pairs(reading.snapshot.report, source)):
        found.append(Problem("deck-of-other-report", place, {"path": path}))
    for number, table in reading.unread:
        found.append(Problem("refresh-table-unread", SlidePlace(str(reading.path), number, table)))
    if is_open(reading.path):
        found.append(Problem("deck-in-use", place))
    if found:
        raise ProblemsFound(found)


def _with_draft(snapshot: Snapshot, *, is_draft: bool) -> Snapshot:
    """Return a snapshot with another answer to whether the deck is a draft."""
    drafts = LoadOptions(is_draft=True).in_words().items()
    others = (choice for choice in snapshot.choices if choice not in drafts)
    return replace(snapshot, choices=(*others, *(drafts if is_draft else ())))


@dataclass(frozen=True, slots=True)
class _Versions:
    """The deck as it was generated and as it is now, the goals whose rows stay as they are, and the new snapshot."""

    base: GeneratedDeck
    new: GeneratedDeck
    unchanged_goals: frozenset[str]
    snapshot: Snapshot


def _generate_versions(
    old: Snapshot, wanted: Snapshot, deck: Report, source: Report, merged: Report, layout: LoadedLayout
) -> _Versions:
    """Generate the deck of the reports before and after; ``wanted`` is the old snapshot with the new choices."""
    drawn_before = old.drawn or old.report
    to_draw = _report_to_draw(merged, deck, drawn_before)
    next_base = _next_base(source, merged, old.report)
    base = generate(drawn_before, old, layout)
    new, of_source = (generate(report, wanted, layout) for report in (to_draw.report, next_base))
    snapshot = new_snapshot(
        wanted, drawn=to_draw.report, drawn_deck=new, merged=merged, source=next_base, source_deck=of_source
    )
    return _Versions(base, new, to_draw.unchanged_goals, snapshot)


@dataclass(frozen=True, slots=True)
class _ReportToDraw:
    """The report that is drawn; ``unchanged_goals`` are the ids of the goals whose rows stay as they are."""

    report: Report
    unchanged_goals: frozenset[str]


def _report_to_draw(merged: Report, deck: Report, drawn_before: Report) -> _ReportToDraw:
    """Take guidelines into which the source brings nothing, nor other figures, as they were drawn before."""
    edited, drawn = _guidelines(deck), _guidelines(drawn_before)
    unchanged = {
        name: drawn[name]
        for name, guideline in _guidelines(merged).items()
        if name in drawn
        and is_same(edited.get(name), guideline)
        and figures_of(drawn[name].goals) == figures_of(guideline.goals)
    }

    def guidelines(strategy: Strategy) -> tuple[Guideline, ...]:
        return tuple(unchanged.get((strategy.name, one.name), one) for one in strategy.guidelines)

    strategies = tuple(replace(strategy, guidelines=guidelines(strategy)) for strategy in merged.strategies)
    goals = frozenset(goal.id for guideline in unchanged.values() for goal in guideline.goals)
    return _ReportToDraw(replace(merged, strategies=strategies), goals)


def _of_data(deck: Report, merged: Report) -> frozenset[tuple[str, str]]:
    """Return the cells, by goal and column, in which the merged report says other than the deck.

    Of a text that is cut over slides, a part may have been generated as it should be now, and be edited: it is of the
    deck's text, and the other parts are of the source's.
    """
    said = {pair.new.goal.id: pair.old.goal for pair in goal_pairs(deck, merged) if pair.old and pair.new}
    return frozenset(
        (goal.id, key)
        for goal in merged.goals
        for key, field in FIELDS.items()
        if goal.id in said and getattr(goal, field) != getattr(said[goal.id], field)
    )


def _guidelines(report: Report) -> dict[tuple[str, str], Guideline]:
    """Return the guidelines of a report by their strategy's name and their own."""
    return {
        (strategy.name, guideline.name): guideline
        for strategy in report.strategies
        for guideline in strategy.guidelines
    }


def _next_base(source: Report, merged: Report, base: Report) -> Report:
    """Return the report that the next refresh compares with: the source's.

    Goals that it lacks and the deck keeps for their edits are in it as they were in the base, so that they are a
    conflict again the next time.
    """
    goals = {goal.id: goal for goal in (*base.goals, *source.goals)}
    if {goal.id for goal in merged.goals} <= {goal.id for goal in source.goals}:
        return source
    return replace(merged, strategies=tuple(_with_goals(strategy, goals) for strategy in merged.strategies))


def _with_goals(strategy: Strategy, goals: Mapping[str, Goal]) -> Strategy:
    guidelines = (
        replace(guideline, goals=tuple(goals.get(goal.id, goal) for goal in guideline.goals))
        for guideline in strategy.guidelines
    )
    return replace(strategy, guidelines=tuple(guidelines))


def _left_slides(reading: DeckReading, base: GeneratedDeck) -> Iterator[Problem]:
    """Warn of the slides that the layout, as it is now, would not have made: nobody knows what they should say."""
    for slide in reading.slides:
        if slide.snapshot is not None and slide.snapshot.key not in base.slides:
            yield Problem("refresh-left", SlidePlace(str(reading.path), slide.number))


def _put_snapshot(parts: Parts, old: Snapshot, new: Snapshot) -> None:
    part = stamp_part(parts)
    if new != old and part is not None:
        parts.put(part, stamp_xml(snapshot_text(new)))


def _put_title(parts: Parts, base: GeneratedDeck, new: GeneratedDeck) -> None:
    """Let the document's title follow the source, where nobody changed it."""
    before, after = base.plan.properties.title, new.plan.properties.title
    for name in parts.related("", "core-properties"):
        root = parts.tree(name)
        title = root.find(_TITLE)
        if title is not None and title.text == before != after:
            title.text = after
            parts.put(name, written(root))


def _files(path: Path, parts: Parts) -> Mapping[Path, bytes]:
    """Return the deck's backup, under a name that nothing has yet, and the deck; nothing where nothing changes."""
    if not parts.is_changed:
        return {}
    names = (path.with_name(f"{path.stem}.{number}.bak{path.suffix}") for number in count(1))
    return {next(name for name in names if not name.exists()): path.read_bytes(), path: parts.packed()}
