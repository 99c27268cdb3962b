"""A deck that knows nothing of us is read from its pages, and nothing is guessed in silence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from decks.importing.built_decks import built, goals, read, without_stamp
from planning import goal, report
from raportti.api import build
from raportti.decks.importing import ReadDeck
from raportti.report.model import Achieved
from raportti.source.loading import load
from stress.generate import Kind, Recipe
from stress.sources import write_yaml

REALISTIC = Recipe(seed=41, kind=Kind.REALISTIC, pages=(4, 8))


@pytest.mark.parametrize("number", range(1, 5))
@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_the_goals_of_a_realistic_deck_come_back(kind: str, number: int, tmp_path: Path) -> None:
    deck = without_stamp(built(REALISTIC.report(number), kind, tmp_path))
    report, wanted = read(deck).report, load(tmp_path / "source").report
    assert goals(report) == goals(wanted)
    assert report.title == wanted.title
    assert report.language == wanted.language
    assert [s.name for s in report.strategies] == [s.name for s in wanted.strategies]
    assert [g.name for s in report.strategies for g in s.guidelines] == [
        g.name for s in wanted.strategies for g in s.guidelines
    ]


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_marks_of_a_draft_and_of_moved_scores_are_no_data(kind: str, tmp_path: Path) -> None:
    wanted = report(goal(1, score=4), goal(2, score=3))
    before = write_yaml(report(goal(1, score=2), goal(2, score=5)), tmp_path / "before")
    source = write_yaml(wanted, tmp_path / "source")
    (deck,) = build(source, out=tmp_path, formats=(kind,), draft=True, compare_to=before, charts=True).files
    found = read(without_stamp(deck))
    assert goals(found.report) == goals(wanted)
    assert found.report.organisation is None
    assert {problem.kind for problem in found.remarks} == {"import-page-unread"}  # the pages of changes and charts


def edited(tmp_path: Path, edit: Callable[[Any], None]) -> ReadDeck:
    """Read a foreign deck that was edited: its first table with goals, or the whole of it."""
    deck = without_stamp(built(REALISTIC.report(1), "pptx", tmp_path))
    presentation = Presentation(str(deck))
    edit(presentation)
    presentation.save(str(deck))
    return read(deck)


def first_table(presentation: Any) -> Any:
    tables = (shape.table for slide in presentation.slides for shape in slide.shapes if shape.has_table)
    return next(table for table in tables if table.cell(0, 0).text == "Tavoite")


def told(deck: ReadDeck, kind: str) -> list[object]:
    return [problem.values.get("value") for problem in deck.remarks if problem.kind == kind]


def set_status(presentation: Any) -> None:
    table = first_table(presentation)
    table.cell(1, len(table.columns) - 3).text = "EHKÄ"


def set_score(presentation: Any) -> None:
    table = first_table(presentation)
    table.cell(1, len(table.columns) - 2).text = "7"


def clear_score(presentation: Any) -> None:
    table = first_table(presentation)
    table.cell(1, len(table.columns) - 3).text = "KYLLÄ"
    table.cell(1, len(table.columns) - 2).text = ""


def add_slide(presentation: Any) -> None:
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Kiitos"


def test_a_status_that_is_none_is_told_and_left_open(tmp_path: Path) -> None:
    deck = edited(tmp_path, set_status)
    assert told(deck, "import-status-unread") == ["EHKÄ"]
    assert deck.report.goals[0].achieved is Achieved.MISSING


def test_a_score_that_is_none_is_told_and_left_open(tmp_path: Path) -> None:
    deck = edited(tmp_path, set_score)
    assert told(deck, "import-score-unread") == ["7"]
    assert deck.report.goals[0].score is None


def test_a_score_that_is_missing_is_told(tmp_path: Path) -> None:
    assert told(edited(tmp_path, clear_score), "import-score-missing")


def test_a_page_of_another_kind_is_told(tmp_path: Path) -> None:
    deck = edited(tmp_path, add_slide)
    assert told(deck, "import-page-unread") == ["Kiitos"]


def test_what_the_cover_does_not_name_is_told(tmp_path: Path) -> None:
    report = replace(REALISTIC.report(1), organisation="Länsi-Uudenmaan hyvinvointialue", meeting=None, date=None)
    deck = read(without_stamp(built(report, "pptx", tmp_path)))
    assert deck.report.organisation == "Länsi-Uudenmaan hyvinvointialue"
    assert told(deck, "import-cover-taken") == ["Länsi-Uudenmaan hyvinvointialue"]


def test_a_goal_cut_by_a_page_end_is_one(tmp_path: Path) -> None:
    report = REALISTIC.report(1)
    strategy, guideline = report.strategies[0], report.strategies[0].guidelines[0]
    long = tuple(f"Tämä on kappale {n}, jossa on monta sanaa ja josta tulee pitkä. " * 4 for n in range(20))
    goal = replace(guideline.goals[0], assessment=tuple(text.strip() for text in long))
    guideline = replace(guideline, goals=(goal, *guideline.goals[1:]))
    report = replace(report, strategies=(replace(strategy, guidelines=(guideline, *strategy.guidelines[1:])),))
    deck = read(without_stamp(built(report, "pptx", tmp_path)))
    assert [g.text for g in deck.report.goals] == [g.text for g in report.goals]
    assert " ".join(deck.report.goals[0].assessment) == " ".join(goal.assessment)
    assert told(deck, "import-paragraph-taken")
