"""What deck and source changed apart is the same conflict, whichever of them is written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planning import DEFAULT
from random_edits import with_goal
from raportti.api import read_report
from raportti.decks.conflicts import DeckMerge, merge_deck
from raportti.decks.readback.reading import DeckReading
from raportti.problems import FilePlace
from raportti.report.merge import Keep
from raportti.report.model import Goal, Report
from raportti.snapshot import Snapshot

BASE = read_report(DEFAULT)
GOAL = BASE.goals[0]
BOTH = pytest.mark.parametrize("into", [Keep.DECK, Keep.SOURCE])


def with_first(change: Callable[[Goal], Goal]) -> Report:
    return with_goal(BASE, GOAL, change(GOAL))


def merged(deck: Report, source: Report, into: Keep, keep: Keep | None) -> DeckMerge:
    reading = DeckReading(Path("esitys.pptx"), Snapshot(BASE, "luvn", (), ()), (), ())
    return merge_deck(reading, deck=deck, source=source, into=into, keep=keep)


def scored(score: int) -> Report:
    return with_first(lambda goal: replace(goal, score=score))


@BOTH
def test_a_conflict_has_the_values_of_base_deck_and_source(into: Keep) -> None:
    (conflict,) = merged(scored(1), scored(5), into, None).conflicts
    values = {"what": "Arviointi (1-5)", "base": str(GOAL.score), "deck": "1", "source": "5"}
    assert (conflict.kind, conflict.goal, dict(conflict.values)) == ("deck-conflict", GOAL.id, values)
    assert conflict.place == FilePlace("esitys.pptx")


@BOTH
@pytest.mark.parametrize(("keep", "score"), [(Keep.DECK, 1), (Keep.SOURCE, 5)])
def test_the_side_that_is_kept_is_named_and_not_which_one_is_written(into: Keep, keep: Keep, score: int) -> None:
    done = merged(scored(1), scored(5), into, keep)
    assert done.report.goals[0].score == score
    assert done.conflicts == ()


@BOTH
def test_a_goal_that_one_removed_and_the_other_changed_is_a_conflict(into: Keep) -> None:
    (conflict,) = merged(scored(1), with_goal(BASE, GOAL), into, None).conflicts
    assert (conflict.kind, conflict.goal) == ("deck-conflict-whole", GOAL.id)
    assert GOAL.text in str(conflict.values["deck"])
    assert conflict.values["source"] == "–"


def test_a_title_is_named_by_its_key() -> None:
    titled: Any = [replace(BASE, title=title) for title in ("Toinen", "Kolmas")]
    (conflict,) = merged(*titled, Keep.SOURCE, None).conflicts
    values = {"what": "otsikko", "base": BASE.title, "deck": "Toinen", "source": "Kolmas"}
    assert (conflict.goal, dict(conflict.values)) == (None, values)
