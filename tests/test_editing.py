"""A wish, or a file that came back, becomes the edit of a source: what was meant and nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from planning import BILINGUAL, DEFAULT, default_report
from random_edits import random_edit, with_goal
from raportti.files import require_unchanged
from raportti.problems import ProblemsFound
from raportti.report.merge import Keep
from raportti.report.model import Achieved, Goal, Report
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.rewriting import make_source, rewrite_all
from raportti.workflows.edit import Edit, EditRefused, GoalEdit, set_goal
from raportti.workflows.import_changes import import_file, new_source_of
from source.reports import HEADER as COLUMNS
from source.reports import ROW, changed, csv_of, write

LONG = "Arviota on muutettu, ja siinä on sanoja riittävästi."


def copied(source: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for file in source.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def written(folder: Path, report: Report) -> Path:
    """Write a report as a new source."""
    folder.mkdir(exist_ok=True)
    put(make_source(folder, (report,)))
    return folder


def put(files: Edit | Mapping[Path, bytes]) -> None:
    for path, data in (files.files if isinstance(files, Edit) else files).items():
        path.write_bytes(data)


def goal_of(report: Report, name: str) -> Goal:
    return next(goal for goal in report.goals if goal.id == name)


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


@pytest.mark.parametrize("number", range(6))
def test_an_import_brings_in_what_changed_since_the_export_beside_what_changed_here(
    number: int, tmp_path: Path
) -> None:
    rng = Random(number)
    base = default_report()
    ours, theirs = rng.sample(base.goals, 2)
    folder = copied(DEFAULT, tmp_path / "ours")
    put(set_goal(folder, GoalEdit(ours.id, assessment=LONG)))
    file = written(tmp_path / "theirs", with_goal(base, theirs, replace(theirs, assessment=(LONG,), score=3)))
    put(import_file(folder, file, {"fi": base}))
    expected = with_goal(base, ours, replace(ours, assessment=(LONG,)))
    assert load(folder).report == with_goal(expected, theirs, replace(theirs, assessment=(LONG,), score=3))
    assert not import_file(folder, file, {"fi": base}).files


@pytest.mark.parametrize("number", range(5))
def test_without_a_base_a_whole_source_becomes_what_the_file_says(number: int, tmp_path: Path) -> None:
    rng = Random(number)
    new = default_report()
    for _ in range(3):
        new = random_edit(new, rng).report
    folder, file = copied(DEFAULT, tmp_path / "ours"), written(tmp_path / "theirs", new)
    edit = import_file(folder, file)
    put(edit)
    assert [warning.kind for warning in edit.warnings] == ["base-none"]
    assert load(folder).report == new


def test_what_was_not_edited_changes_no_byte() -> None:
    base = {source.report.language: source.report for source in load_all(BILINGUAL, LoadOptions(("fi", "sv")))}
    assert not import_file(BILINGUAL, BILINGUAL, base).files
    assert not import_file(BILINGUAL, BILINGUAL).files


def conflicting(folder: Path) -> tuple[Path, Path, Report]:
    base = default_report()
    goal = goal_of(base, "H1.1")
    ours = copied(DEFAULT, folder / "ours")
    put(set_goal(ours, GoalEdit("H1.1", score="1")))
    put(set_goal(ours, GoalEdit("H1.2", score="1")))
    theirs = with_goal(base, goal, replace(goal, score=5, assessment=(LONG,)))
    return ours, written(folder / "theirs", theirs), base


def test_what_both_sides_changed_apart_refuses_all_with_the_three_values(tmp_path: Path) -> None:
    ours, theirs, base = conflicting(tmp_path)
    with pytest.raises(ProblemsFound) as found:
        import_file(ours, theirs, {"fi": base})
    (problem,) = found.value.problems
    assert (problem.kind, problem.goal) == ("file-conflict", "H1.1")
    assert dict(problem.values) == {"what": "Arviointi (1-5)", "base": "4", "file": "5", "source": "1"}


@pytest.mark.parametrize(("keep", "score"), [(Keep.SOURCE, 1), (Keep.FILE, 5)])
def test_a_side_decides_conflicts_and_all_else_comes_in(keep: Keep, score: int, tmp_path: Path) -> None:
    ours, theirs, base = conflicting(tmp_path)
    put(import_file(ours, theirs, {"fi": base}, keep))
    report = load(ours).report
    assert (goal_of(report, "H1.1").score, goal_of(report, "H1.2").score) == (score, 1)
    assert goal_of(report, "H1.1").assessment == (LONG,)


def test_what_one_side_removed_is_one_conflict_in_whatever_many_languages(tmp_path: Path) -> None:
    reports = {source.report.language: source.report for source in load_all(BILINGUAL, LoadOptions(("fi", "sv")))}
    ours = copied(BILINGUAL, tmp_path / "ours")
    put(set_goal(ours, GoalEdit("H1.1", score="1")))
    theirs = copied(BILINGUAL, tmp_path / "theirs")
    without = [with_goal(report, goal_of(report, "H1.1")) for report in reports.values()]
    put(rewrite_all(theirs, without))
    with pytest.raises(ProblemsFound) as found:
        import_file(ours, theirs, reports)
    (problem,) = found.value.problems
    assert (problem.kind, problem.goal) == ("file-conflict-whole", "H1.1")
    text = goal_of(reports["fi"], "H1.1").text
    assert dict(problem.values) == {
        "what": "Tavoite",
        "base": f"{text}\n\nArviointi (1-5): 4",
        "file": "–",
        "source": f"{text}\n\nArviointi (1-5): 1",
    }


def test_a_goal_that_was_moved_to_two_places_is_a_conflict_of_its_guideline(tmp_path: Path) -> None:
    base = load(DEFAULT).report
    here, there = (moved_to(base, "H1.1", number) for number in (1, 2))
    ours = written(tmp_path / "ours", here)
    with pytest.raises(ProblemsFound) as found:
        import_file(ours, written(tmp_path / "theirs", there), {"fi": base})
    (problem,) = found.value.problems
    first, second, third = (f"{base.strategies[0].name} / {one.name}" for one in base.strategies[0].guidelines[:3])
    assert (problem.kind, problem.goal) == ("file-conflict", "H1.1")
    assert dict(problem.values) == {"what": "Linjaus", "base": first, "source": second, "file": third}


def moved_to(report: Report, goal_id: str, number: int) -> Report:
    """Move a goal to the end of a guideline of its strategy, counted from 0."""
    strategy, *others = report.strategies
    goal = goal_of(report, goal_id)
    kept = [replace(one, goals=tuple(g for g in one.goals if g is not goal)) for one in strategy.guidelines]
    kept[number] = replace(kept[number], goals=(*kept[number].goals, goal))
    return replace(report, strategies=(replace(strategy, guidelines=tuple(kept)), *others))


def test_partial_files_change_their_goals_alone_and_one_after_the_other(tmp_path: Path) -> None:
    whole = default_report()
    folder = copied(DEFAULT, tmp_path / "ours")
    for strategy in whole.strategies:
        part = replace(whole, strategies=(replace(strategy, guidelines=strategy.guidelines[:1]),))
        goal = part.goals[0]
        file = written(tmp_path / strategy.name, with_goal(part, goal, replace(goal, assessment=(LONG,))))
        put(import_file(folder, file, {"fi": part}))
        whole = with_goal(whole, goal, replace(goal, assessment=(LONG,)))
    assert load(folder).report == whole


def test_a_table_takes_nothing_away_that_it_cannot_say(tmp_path: Path) -> None:
    report = default_report()
    rows = [
        (s.name, g.name, goal.id, goal.text, "\n".join(sub.text for sub in goal.subgoals), "EI", "3", LONG)
        for s in report.strategies for g in s.guidelines for goal in g.goals
    ]  # fmt: skip
    columns = tuple(name for name in COLUMNS if name != "Alatavoitteet")
    file = write(tmp_path / "a.csv", csv_of(columns, *((*row[:4], *row[5:]) for row in rows)))
    folder = copied(DEFAULT, tmp_path / "ours")
    put(import_file(folder, file))
    new = load(folder).report
    assert replace(new, strategies=()) == replace(report, strategies=())
    assert [replace(s, guidelines=()) for s in new.strategies] == [replace(s, guidelines=()) for s in report.strategies]
    for before, after in zip(report.goals, new.goals, strict=True):
        assert after == replace(before, achieved=Achieved.NO, score=3, assessment=(LONG,))


def test_texts_in_a_language_that_the_source_lacks_become_translations(tmp_path: Path) -> None:
    folder = copied(BILINGUAL, tmp_path / "both")
    finnish = written(tmp_path / "fi", load(folder).report)
    put(import_file(finnish, folder))
    both = (load_all(one, LoadOptions(("fi", "sv"))) for one in (finnish, folder))
    for ours, theirs in zip(*both, strict=True):
        assert ours.report == theirs.report


@pytest.mark.parametrize("source", [DEFAULT, BILINGUAL])
def test_a_new_source_says_what_the_file_says_in_all_its_languages(source: Path, tmp_path: Path) -> None:
    tmp_path.joinpath("new").mkdir()
    put(new_source_of(source, tmp_path / "new"))
    languages = load(source).languages
    wanted = LoadOptions(languages, allow_missing=True)
    before, after = ([one.report for one in load_all(path, wanted)] for path in (source, tmp_path / "new"))
    assert before == after


def test_a_new_source_of_a_table_can_be_built(tmp_path: Path) -> None:
    file = write(tmp_path / "arviointi.csv", csv_of(COLUMNS, ROW))
    (tmp_path / "new").mkdir()
    put(new_source_of(file, tmp_path / "new"))
    assert load(tmp_path / "new").report == load(file).report


def test_a_folder_that_holds_anything_takes_no_new_source(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        new_source_of(DEFAULT, tmp_path)
    assert [problem.kind for problem in found.value.problems] == ["folder-not-empty"]
