"""A wish becomes the edit of a source: what was meant and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from edited_sources import LONG, copied, goal_of, put
from planning import BILINGUAL, DEFAULT, default_report
from random_edits import with_goal
from raportti.files import require_unchanged
from raportti.problems import ProblemsFound
from raportti.report.model import Achieved
from raportti.source.loading import load
from raportti.source.options import DRAFT, LoadOptions
from raportti.workflows.edit import EditRefused, GoalEdit, set_goal
from source.reports import changed, write


def refused(path: Path, wish: GoalEdit) -> list[str]:
    with pytest.raises(EditRefused) as found:
        set_goal(path, wish)
    return [problem.kind for problem in found.value.problems]


def test_a_goal_gets_its_new_values_and_no_other_goal_changes(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    before = load(folder).report
    put(
        set_goal(
            folder, GoalEdit("h1.1", achieved="kyllä", score="5,0", assessment=f"{LONG}\n\nLoppu.", responsible="X")
        )
    )
    old = goal_of(before, "H1.1")
    new = replace(old, achieved=Achieved.YES, score=5, assessment=(LONG, "Loppu."), responsible="X")
    assert load(folder).report == with_goal(before, old, new)


def test_what_a_goal_says_already_changes_no_file() -> None:
    goal = goal_of(default_report(), "H1.1")
    edit = set_goal(DEFAULT, GoalEdit("H1.1", score=str(goal.score)))
    assert (edit.files, edit.changes) == ({}, {})


@pytest.mark.parametrize(
    ("wish", "kinds"),
    [
        (GoalEdit("H1.1", score="6"), ["score-unknown"]),
        (GoalEdit("H1.1", score="3,5"), ["score-unknown"]),
        (GoalEdit("H1.1", achieved="kyl"), ["status-misspelt"]),
        (GoalEdit("H1.1", achieved="x", score="0"), ["status-unknown", "score-unknown"]),
        (GoalEdit("H1.1", achieved="ei arvioitu", score="3"), ["score-unexpected"]),
        (GoalEdit("H1.1", score=""), ["missing-score"]),
        (GoalEdit("H1.1", assessment=" "), ["missing-yet"]),
        (GoalEdit("H1.1"), ["nothing-to-set"]),
        (GoalEdit("H1.111", score="3"), ["goal-misspelt"]),
        (GoalEdit("zzz", score="3"), ["goal-unknown"]),
    ],
)
def test_a_value_that_a_source_could_not_have_is_refused(wish: GoalEdit, kinds: list[str]) -> None:
    assert refused(DEFAULT, wish) == kinds


@pytest.mark.parametrize("status", ["EI ARVIOITU", "ei arvioitu", "inte bedömt"])
def test_what_is_not_assessed_loses_its_score_and_needs_one_when_it_is_again(status: str, tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    put(set_goal(folder, GoalEdit("H1.1", achieved=status)))
    goal = goal_of(load(folder).report, "H1.1")
    assert (goal.achieved, goal.score) == (Achieved.NOT_ASSESSED, None)
    assert refused(folder, GoalEdit("H1.1", achieved="kyllä")) == ["missing-score"]
    put(set_goal(folder, GoalEdit("H1.1", achieved="kyllä", score="4")))
    assert goal_of(load(folder).report, "H1.1").score == 4


def test_a_draft_is_filled_in_bit_by_bit(tmp_path: Path) -> None:
    text = changed("            arviointi: 4\n", "").replace("            saavutettu: KYLLÄ\n", "")
    path = write(tmp_path / "raportti.yaml", text)
    put(set_goal(path, GoalEdit("A1.1", score="4")))
    assert load(path, DRAFT).report.goals[0].achieved is Achieved.MISSING
    put(set_goal(path, GoalEdit("A1.1", achieved="ei", score="2")))
    assert load(path).report.goals[0].score == 2


def test_an_assessment_is_set_in_its_language_and_a_score_in_both(tmp_path: Path) -> None:
    folder = copied(BILINGUAL, tmp_path)
    put(set_goal(folder, GoalEdit("H1.1", score="2", assessment="En bedömning som är lång nog."), "sv"))
    finnish, swedish = (goal_of(load(folder, LoadOptions((of,))).report, "H1.1") for of in ("fi", "sv"))
    assert (finnish.score, swedish.score) == (2, 2)
    assert swedish.assessment == ("En bedömning som är lång nog.",)
    assert finnish.assessment == goal_of(load(BILINGUAL).report, "H1.1").assessment


def test_a_file_that_was_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    edit = set_goal(folder, GoalEdit("H1.1", score="5"))
    require_unchanged(edit.originals)
    file = folder / "hyvinvointialuestrategia.yaml"
    file.write_bytes(file.read_bytes() + b"# x\n")
    with pytest.raises(ProblemsFound) as found:
        require_unchanged(edit.originals)
    assert [problem.kind for problem in found.value.problems] == ["source-changed"]
    file.unlink()
    with pytest.raises(ProblemsFound):
        require_unchanged(edit.originals)
