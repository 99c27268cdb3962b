"""From the file of an edited deck and a report to the deck's new bytes: the passes in their order.

Knows no source and no terminal, and writes nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from raportti.decks.readback.hand_edits import HandEdits, hand_edits
from raportti.decks.readback.slides import DeckReading
from raportti.decks.refresh.deck import DeckRefresh
from raportti.decks.refresh.drawing import Drawing, Studio, drawn
from raportti.decks.refresh.records import Disputes, Refreshing
from raportti.decks.refresh.restamp import restamped, settle, with_kept
from raportti.files import is_open
from raportti.ooxml.edit_xml import P, written
from raportti.ooxml.parts import Parts
from raportti.ooxml.stamp import STAMP, stamp_xml
from raportti.problems import FilePlace, Problem, ProblemsFound, Severity, SlidePlace
from raportti.problems.messages import severity_of
from raportti.report.merge import Keep, Side, merge
from raportti.report.model import Report
from raportti.report.pairs import goal_pairs
from raportti.snapshot import Snapshot, snapshot_text
from raportti.source.conflicts import conflict_problem
from raportti.source.options import LoadOptions

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def refreshed_deck(
    reading: DeckReading,
    data: Report,
    studio: Studio,
    side: Side | None,
    *,
    source: str = "",
    is_draft: bool | None = None,
) -> Refreshing:
    """Bring a report, read from ``source``, into a deck; ``side`` decides what both changed.

    ``is_draft`` says whether the deck is one from now on; None: as it was. Raises ``ProblemsFound`` where the deck is
    of another report or open elsewhere, where something in it is not valid, and where both changed the same and no side
    was chosen.
    """
    path, old = reading.path, reading.stamp
    edits = hand_edits(reading)
    base = old.report
    wanted = old if is_draft is None else replace(old, choices=_choices(old, is_draft=is_draft))
    _check(path, edits, base, data, source)
    disputes = Disputes(str(path), side)
    merged = _merged(reading, edits.report, data, disputes)
    drawn_before = old.drawn or base
    settled = settle(merged, edits.report, drawn_before)
    kept = with_kept(data, merged, base)
    before = drawn(drawn_before, old, studio)
    after, of_data = (drawn(report, wanted, studio) for report in (settled.report, kept))
    stamp = restamped(wanted, settled.report, merged, after, kept, of_data)
    parts = Parts(path)
    _refuse_strict(parts, path)
    keys = {key: slide.key for key, slide in zip(after.sheets, stamp.slides, strict=True)}
    refresh = DeckRefresh(reading, parts, before, after, _placeholders(studio), keys, settled.still, disputes)
    refresh.run()
    if disputes.found:
        raise ProblemsFound(disputes.found)
    _put_stamp(parts, old, stamp)
    _put_title(parts, before, after)
    return Refreshing(_files(path, parts), tuple(refresh.changes), (*edits.remarks, *_left(reading, before)))


def _choices(stamp: Snapshot, *, is_draft: bool) -> tuple[tuple[str, str], ...]:
    """Return the choices of a stamp, with another answer to whether the deck is a draft."""
    drafts = LoadOptions(is_draft=True).in_words().items()
    others = (choice for choice in stamp.choices if choice not in drafts)
    return (*others, *(drafts if is_draft else ()))


def _left(reading: DeckReading, before: Drawing) -> Iterator[Problem]:
    """Tell of the slides that the layout, as it is now, would not have made: nobody knows what they should say."""
    for slide in reading.slides:
        if slide.stamp is not None and slide.stamp.key not in before.sheets:
            yield Problem("refresh-left", SlidePlace(str(reading.path), slide.number))


def _check(path: Path, edits: HandEdits, base: Report, data: Report, source: str) -> None:
    """Refuse what cannot be refreshed."""
    place = FilePlace(str(path))
    found = [problem for problem in edits.problems if severity_of(problem) is Severity.ERROR]
    if not any(pair.old and pair.new for pair in goal_pairs(base, data)):
        found.append(Problem("deck-of-other-report", place, {"path": source}))
    if is_open(path):
        found.append(Problem("deck-in-use", place))
    if found:
        raise ProblemsFound(found)


def _refuse_strict(parts: Parts, path: Path) -> None:
    """Refuse a deck in whose parts all names are others than in those that are drawn here."""
    [main] = parts.related("", "officeDocument")[:1]
    if not parts.tree(main).tag.startswith(P):
        raise ProblemsFound([Problem("deck-strict", FilePlace(str(path)))])


def _merged(reading: DeckReading, deck: Report, data: Report, disputes: Disputes) -> Report:
    """Merge the edits of the deck and those of the data; what both changed is decided or told."""
    base = reading.stamp.report
    merged = merge(base, deck, data, preferred=disputes.side or Side.OURS)
    if disputes.side is None:
        for conflict in merged.conflicts:
            place = reading.place_of(conflict.names[0] if conflict.kind == "goal" else None)
            problem = conflict_problem(conflict, place, base.language, ours=Keep.DECK, theirs=Keep.SOURCE)
            disputes.found.append(problem)
    return merged.report


def _placeholders(studio: Studio) -> frozenset[str]:
    return frozenset(studio.template.placeholders.values())


def _put_stamp(parts: Parts, old: Snapshot, new: Snapshot) -> None:
    if new != old:
        name = next(name for name in parts.names() if _is_stamp(parts, name))
        parts.put(name, stamp_xml(snapshot_text(new)))


def _is_stamp(parts: Parts, name: str) -> bool:
    is_item = name.startswith("customXml/item") and not name.startswith("customXml/itemProps")
    return is_item and STAMP.encode() in parts.data(name)


def _put_title(parts: Parts, before: Drawing, after: Drawing) -> None:
    """Let the document's title follow, where nobody changed it."""
    for name in parts.related("", "core-properties"):
        root = parts.tree(name)
        title = root.find(_TITLE)
        if title is not None and title.text == before.plan.properties.title != after.plan.properties.title:
            title.text = after.plan.properties.title
            parts.put(name, written(root))


def _files(path: Path, parts: Parts) -> Mapping[Path, bytes]:
    """Return the deck and its backup, under a name that nothing has yet."""
    if not parts.is_changed:
        return {}
    return {_backup_name(path): path.read_bytes(), path: parts.packed()}


def _backup_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.{number}.bak{path.suffix}") for number in count(1))
    return next(name for name in names if not name.exists())
