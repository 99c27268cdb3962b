"""A file that came back becomes the edit of a source: what was changed in it and nothing else."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from edited_sources import LONG, conflicting, copied, goal_of, put, written
from planning import BILINGUAL, DEFAULT, default_report
from random_edits import random_edit, with_goal
from raportti import api
from raportti.problems import FilePlace, ProblemsFound
from raportti.report.merge import Keep, Merged, merge
from raportti.report.model import Achieved, Report
from raportti.source.loading import load, load_all
from raportti.source.options import LoadOptions
from raportti.source.rewriting import rewrite_all
from raportti.source.workbook.export import exported
from raportti.workflows import import_changes
from raportti.workflows.edit import GoalEdit, set_goal
from raportti.workflows.import_changes import import_file, import_files, new_source_of
from source.reports import HEADER as COLUMNS
from source.reports import ROW, csv_of, write


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
    edit = import_file(folder, file, removes_missing=True)
    put(edit)
    assert [warning.kind for warning in edit.warnings] == ["base-none"]
    assert load(folder).report == new


def test_what_somebody_saves_while_a_file_comes_in_is_not_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = default_report()
    ours, theirs = base.goals[:2]
    folder = copied(DEFAULT, tmp_path / "ours")
    file = written(tmp_path / "theirs", with_goal(base, theirs, replace(theirs, assessment=(LONG,))))

    def merging(*sides: Report, **preferred: Any) -> Merged:
        put(set_goal(folder, GoalEdit(ours.id, assessment=LONG)))
        return merge(*sides, **preferred)

    monkeypatch.setattr(import_changes, "merge", merging)
    edit = import_file(folder, file, {"fi": base})
    with pytest.raises(ProblemsFound) as refused:
        api.apply(edit)
    assert [problem.kind for problem in refused.value.problems] == ["source-changed"]
    assert load(folder).report == with_goal(base, ours, replace(ours, assessment=(LONG,)))


def test_what_was_not_edited_changes_no_byte() -> None:
    base = {source.report.language: source.report for source in load_all(BILINGUAL, LoadOptions(("fi", "sv")))}
    assert not import_file(BILINGUAL, BILINGUAL, base).files
    assert not import_file(BILINGUAL, BILINGUAL).files


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
        import_file(ours, theirs, reports, removes_missing=True)
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


def book_with(file: Path, cells: dict[tuple[str, str], str], *, heads: tuple[str, ...] = ()) -> Path:
    """Type texts into a workbook, by the id of a goal and the heading of a column; further headings are added first."""
    book: Any = openpyxl.load_workbook(file)
    sheet = book["Tavoitteet"]
    for heading in heads:
        sheet.cell(1, sheet.max_column + 1, heading)
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[columns["Tunnus"] - 1].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for (goal_id, heading), text in cells.items():
        sheet.cell(rows[goal_id], columns[heading]).value = text
    book.save(file)
    return file


def exported_to(file: Path, source: Path, *languages: str) -> Path:
    return write(file, exported(source, file, None, languages)[file])


def test_translations_typed_into_new_columns_of_a_workbook_come_in(tmp_path: Path) -> None:
    source = written(tmp_path / "ours", default_report())
    file = book_with(exported_to(tmp_path / "a.xlsx", source), {("H1.1", "Mål"): "Det första."}, heads=("Mål",))
    put(set_goal(source, GoalEdit("H1.1", assessment=LONG)))  # changed here meanwhile
    edit = import_file(source, file)
    put(edit)
    assert list(edit.changes) == ["sv"] and not edit.warnings
    finnish, swedish = (one.report for one in load_all(source, LoadOptions(("fi", "sv"), allow_missing=True)))
    assert goal_of(swedish, "H1.1").text == "Det första."
    assert goal_of(finnish, "H1.1").assessment == (LONG,)
    assert goal_of(swedish, "H1.2").text == goal_of(finnish, "H1.2").text


def test_a_translation_typed_beside_the_report_sheet_comes_in(tmp_path: Path) -> None:
    source = written(tmp_path / "ours", default_report())
    file = exported_to(tmp_path / "a.xlsx", source)
    book: Any = openpyxl.load_workbook(file)
    sheet = book["Raportti"]
    sheet["D1"] = "Ruotsiksi"
    rows = {(row[0].value, row[1].value): row[0].row for row in reversed(list(sheet.iter_rows(min_row=2)))}
    sheet.cell(rows["Raportti", "Otsikko"], 4).value = "Bedömning"
    sheet.cell(rows["Strategia", "Nimi"], 4).value = "Välfärdsområdesstrategi"
    book.save(file)
    put(import_file(source, file))
    finnish, swedish = (one.report for one in load_all(source, LoadOptions(("fi", "sv"), allow_missing=True)))
    assert (swedish.title, swedish.strategies[0].name) == ("Bedömning", "Välfärdsområdesstrategi")
    assert finnish == default_report()


def test_a_translation_that_is_taken_out_of_a_workbook_goes(tmp_path: Path) -> None:
    source = copied(BILINGUAL, tmp_path / "ours")
    file = book_with(exported_to(tmp_path / "a.xlsx", BILINGUAL), {("H1.1", "Mål"): ""})
    put(import_file(source, file))
    finnish, swedish = (one.report for one in load_all(source, LoadOptions(("fi", "sv"), allow_missing=True)))
    assert goal_of(swedish, "H1.1").text == goal_of(finnish, "H1.1").text


def test_a_file_that_has_lost_a_language_leaves_it_as_it_is_and_says_so(tmp_path: Path) -> None:
    source, file = copied(BILINGUAL, tmp_path / "ours"), exported_to(tmp_path / "a.xlsx", BILINGUAL, "fi")
    reports = {one.report.language: one.report for one in load_all(source, LoadOptions(("fi", "sv")))}
    edit = import_file(source, file, reports)
    assert not edit.files and [warning.kind for warning in edit.warnings] == ["file-without-language"]


def test_what_was_translated_on_both_sides_apart_is_a_conflict_and_stand_ins_are_none(tmp_path: Path) -> None:
    source = copied(BILINGUAL, tmp_path / "ours")
    file = exported_to(tmp_path / "a.xlsx", source)
    heading = "Skriftlig bedömning (sammanfattning)"
    book_with(file, {("H1.1", heading): f"{LONG} ett", ("H1.1", "Sanallinen arviointi (tiivistelmä)"): f"{LONG} yksi"})
    put(set_goal(source, GoalEdit("H1.1", assessment=f"{LONG} två"), "sv"))
    with pytest.raises(ProblemsFound) as found:
        import_file(source, file)
    assert [(one.kind, one.goal) for one in found.value.problems] == [("file-conflict", "H1.1")]


def part_of_default(tmp_path: Path, name: str, *ids: str, score: str = "1") -> Path:
    """Write a table with some of the goals of the default report, with another score."""
    rows = [
        (s.name, g.name, goal.id, goal.text, "\n".join(sub.text for sub in goal.subgoals), "EI", score, LONG)
        for s in default_report().strategies for g in s.guidelines for goal in g.goals if goal.id in ids
    ]  # fmt: skip
    return write(tmp_path / name, csv_of(COLUMNS, *rows))


def test_a_file_with_some_of_the_goals_takes_none_of_the_others_away(tmp_path: Path) -> None:
    source, file = copied(DEFAULT, tmp_path / "ours"), part_of_default(tmp_path, "a.csv", "H1.2", "P1.1")
    edit = import_file(source, file)
    put(edit)
    kept = next(warning for warning in edit.warnings if warning.kind == "goals-kept")
    before, after = default_report(), load(source).report
    assert kept.values["count"] == len(before.goals) - 2
    assert [goal.id for goal in after.goals] == [goal.id for goal in before.goals]
    changed = [new.id for old, new in zip(before.goals, after.goals, strict=True) if old != new]
    assert changed == ["H1.2", "P1.1"]


def test_goals_that_are_not_in_a_file_go_where_that_is_asked_for(tmp_path: Path) -> None:
    source, file = copied(DEFAULT, tmp_path / "ours"), part_of_default(tmp_path, "a.csv", "H1.2", "P1.1")
    edit = import_file(source, file, removes_missing=True)
    put(edit)
    assert [goal.id for goal in load(source).report.goals] == ["H1.2", "P1.1"]
    assert [warning.kind for warning in edit.warnings] == ["base-none"]


def test_several_files_come_in_at_once(tmp_path: Path) -> None:
    source = copied(DEFAULT, tmp_path / "ours")
    files = [part_of_default(tmp_path, f"{name}.csv", name, score="2") for name in ("H1.2", "P1.1", "H2.1")]
    put(import_files(source, files))
    after = load(source).report
    assert [goal.id for goal in after.goals if goal.assessment == (LONG,)] == ["H1.2", "H2.1", "P1.1"]
    assert not import_files(source, files).files


@pytest.mark.parametrize("keep", [None, Keep.FILE, Keep.SOURCE])
def test_what_two_files_say_apart_is_told_with_both_names(keep: Keep | None, tmp_path: Path) -> None:
    source = copied(DEFAULT, tmp_path / "ours")
    other = part_of_default(tmp_path, "b.csv", "P1.1")
    files = [part_of_default(tmp_path, f"{score}.csv", "H1.2", score=score) for score in "12"]
    with pytest.raises(ProblemsFound) as found:
        import_files(source, [files[0], other, files[1]], keep)
    (problem,) = found.value.problems
    assert (problem.kind, problem.goal) == ("files-conflict", "H1.2")
    assert problem.place == FilePlace(str(files[1])) and problem.values["first"] == str(files[0])
    assert (problem.values["file"], problem.values["source"]) == ("2", "1")
