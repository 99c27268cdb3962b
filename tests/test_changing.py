"""The commands that change a source and compare two: what they print and write, and with which exit status."""

import json
import os
import pty
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pptx import Presentation

import raportti
from commands import COMMAND, environment, run, run_apart
from planning import BILINGUAL, DEFAULT, default_report
from random_edits import Edited, random_edit
from raportti.api import diff
from raportti.cli.change_tables import FIELDS, KINDS, markdown_lines, marked
from raportti.cli.terminal import show
from raportti.problems import ProblemsFound
from raportti.report.diff import ChangeKind, Changes, GoalChange
from raportti.report.model import Achieved, Goal
from raportti.report.text_diff import word_changes as words_of
from raportti.source.loading import load
from raportti.workflows.diff import PageChange, comparisons_as_json
from raportti.workflows.import_changes import import_file
from stress.generate import Kind as ReportKind
from stress.generate import Recipe
from test_editing import LONG, conflicting, copied, written
from test_messages import TRANSLATIONS, catalogue


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_set_shows_the_change_writes_it_and_says_which_file(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    done = run("set", "p1.1", folder, "--score", "5", "--achieved", "kyllä", "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].split(maxsplit=1) == ["P1.1", "OSITTAIN → KYLLÄ  3 → 5"]
    assert "palvelustrategia.yaml" in done.stderr
    assert "KYLLÄ" in done.stdout and "2,8" not in done.stderr
    again = run("set", "P1.1", folder, "--score", "5")
    assert (again.returncode, again.stdout) == (0, "")
    assert "nothing to change" in again.stderr


def test_without_a_terminal_and_without_yes_nothing_is_changed(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    before = bytes_of(folder)
    done = run("set", "P1.1", folder, "--score", "5")
    assert done.returncode == 2
    assert "3 → 5" in done.stdout and "--yes" in done.stderr
    assert bytes_of(folder) == before


@pytest.mark.parametrize(("answer", "language", "is_made"), [
    ("k", "fi", True), ("kyllä", "fi", True), ("y", "sv", True), ("j", "sv", True), ("yes", "en", True),
    ("e", "fi", False), ("", "fi", False), ("nej", "sv", False),
])  # fmt: skip
def test_on_a_terminal_the_answer_decides(answer: str, language: str, is_made: bool, tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    before = bytes_of(folder)
    ours, theirs = pty.openpty()
    command, variables = [*COMMAND, "set", "P1.1", folder, "--score", "5"], environment(RAPORTTI_LANG=language)
    process = subprocess.Popen(command, env=variables, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.write(ours, f"{answer}\n".encode())
    _, told = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, told
    assert (bytes_of(folder) != before) is is_made


def test_wrong_values_and_unknown_goals_are_wrong_usage_with_a_remedy(tmp_path: Path) -> None:
    done = run("set", "H1.1", DEFAULT, "--score", "7", "--achieved", "kylä")
    assert done.returncode == 2
    assert '"7"' in done.stderr and "1 to 5" in done.stderr and '"KYLLÄ"' in done.stderr
    unknown = run("set", "H1.111", DEFAULT, "--score", "3")
    assert unknown.returncode == 2 and '"H1.1"' in unknown.stderr
    assert run("set", "H1.1", DEFAULT, "--assessment-file", tmp_path / "x.txt").returncode == 2


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfEka kappale on t\xc3\xa4ss\xc3\xa4.\r\n\r\nToka.\r\n"])
def test_an_assessment_comes_from_a_file_or_is_piped_in(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "arvio.txt"
    file.write_bytes(data)
    for name in (str(file), "-"):
        folder = copied(DEFAULT, tmp_path / "source")
        command = [*COMMAND, "set", "H1.1", folder, "--assessment-file", name, "--yes"]
        subprocess.run(command, env=environment(), input=data, check=True)
        goal = next(goal for goal in load(folder).report.goals if goal.id == "H1.1")
        assert goal.assessment == ("Eka kappale on tässä.", "Toka.")


def test_import_shows_and_writes_or_lists_conflicts(tmp_path: Path) -> None:
    ours, theirs, _ = conflicting(tmp_path)
    done = run("import", theirs, "--into", ours, "--yes")
    assert done.returncode == 0 and "1 → 5" in done.stdout, done.stderr
    assert "warning" in done.stderr
    assert run("import", theirs, "--into", ours).returncode == 0


def test_import_makes_a_new_source_in_an_empty_folder_alone(tmp_path: Path) -> None:
    done = run_apart("import", BILINGUAL, "--to", tmp_path / "uusi")
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "raportti.yaml", "strategia-1.yaml", "strategia-2.yaml",
    ]  # fmt: skip
    assert run("diff", BILINGUAL, tmp_path / "uusi").returncode == 0
    assert run("import", BILINGUAL, "--to", tmp_path / "uusi").returncode == 1
    assert run("import", BILINGUAL).returncode == 2
    assert run("import", tmp_path / "a.pptx", "--into", BILINGUAL).returncode == 1


def diffed(old: Path, new: Path) -> dict[str, Any]:
    """Return what diff says of two sources, as it prints it."""
    found = diff(old, new)
    return json.loads(json.dumps(comparisons_as_json(str(old), str(new), found)))


@pytest.mark.parametrize("number", range(50))
def test_diff_finds_a_random_edit_through_files_and_nothing_else(number: int, tmp_path: Path) -> None:
    kind = ReportKind.REALISTIC if number % 2 else ReportKind.MIXED
    old = Recipe(seed=12, kind=kind, pages=(1, 2)).report(number % 25)
    edited = random_edit(old, Random(number))
    told = diffed(written(tmp_path / "old", old), written(tmp_path / "new", edited.report))
    assert not told["same"]
    (one,) = told["languages"].values()
    assert_is_told(found(one), edited)
    assert one["pages"] or not is_printed(edited)


def assert_is_told(told: set[tuple[str, str]], edited: Edited) -> None:
    if edited.field == "place":
        # A goal that changes places with its neighbour may as well be the neighbour that moved.
        assert len(told) == 1 and {field for _, field in told} == {"place"}
    else:
        assert told == {(edited.owner, edited.field)}


def found(one: dict[str, Any]) -> set[tuple[str, str]]:
    """Say what was found, in the words of ``Edited``."""
    goals = {
        (goal["id"], field) for goal in one["goals"]
        for field in ([field["field"] for field in goal["fields"]] or [goal["change"]])
    }  # fmt: skip
    return goals | {(text["guideline"] or text["strategy"] or "", text["field"]) for text in one["texts"]}


def is_printed(edited: Edited) -> bool:
    """Tell whether an edit is to be seen on a page: ids and the case number may not be, a page break may be there."""
    return edited.field in {"score", "achieved", "assessment", "text", "title", "name", "added", "removed"}


def test_sources_that_say_the_same_in_other_files_do_not_differ(tmp_path: Path) -> None:
    other = written(tmp_path / "other", default_report())
    done = run_apart("diff", DEFAULT, other, "--lang", "fi")
    assert (done.returncode, done.stdout) == (0, "Nothing differs.\n")
    assert json.loads(run("diff", DEFAULT, DEFAULT, "--json").stdout)["same"] is True


def test_diff_tells_goals_figures_texts_and_pages_and_ends_with_status_4(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    run("set", "P1.1", folder, "--score", "5", "--assessment", LONG, "--yes")
    done = run("diff", DEFAULT, folder)
    assert done.returncode == 4
    for text in ("3 → 5", "[-", "{+", "Palvelustrategia", "Asiakastavoitteet 1/3"):
        assert text in done.stdout
    values = json.loads(run("diff", DEFAULT, folder, "--json").stdout)["languages"]["fi"]
    (goal,) = values["goals"]
    assert next((one["field"], one["old"]) for one in goal["fields"]) == ("score", 3)
    assert {page["number"] for page in values["pages"]} == {12, 13}
    markdown = run("diff", DEFAULT, folder, "--markdown").stdout
    assert "| P1.1 |" in markdown and "~~" in markdown and "### " in markdown


def test_diff_of_two_languages_tells_each_change_once(tmp_path: Path) -> None:
    folder = copied(BILINGUAL, tmp_path)
    run("set", "H1.1", folder, "--score", "1", "--yes")
    run("set", "H1.1", folder, "--lang", "sv", "--assessment", "En bedömning som är lång nog.", "--yes")
    languages = json.loads(run("diff", BILINGUAL, folder, "--json").stdout)["languages"]
    fields = {of: [f["field"] for goal in one["goals"] for f in goal["fields"]] for of, one in languages.items()}
    assert fields == {"fi": ["score"], "sv": ["assessment"]}


def test_nothing_in_a_text_is_taken_for_markdown() -> None:
    goal = Goal("A|1", "*x* <b>", (), Achieved.YES, 3, ("x",))
    changes = Changes((GoalChange(ChangeKind.ADDED, goal.id, "S", "L", None, goal),))
    lines = "\n".join(markdown_lines(changes, [PageChange(3, "a_b_c")], "fi"))
    assert r"| A\|1 |" in lines and r"\*x\* \<b\>" in lines and r"a\_b\_c" in lines


def test_words_are_marked_and_what_is_far_from_them_left_out() -> None:
    text = " ".join(f"sana{n}" for n in range(60))
    told = marked(text, text.replace("sana30", "toinen"))
    assert "[-sana30-]" in told and "{+toinen+}" in told
    assert told.startswith("…") and told.endswith("…") and len(told) < 140
    assert [piece.text for piece in words_of("yksi kaksi kolme", "uusi sana kolme")] == [
        "yksi kaksi", "uusi sana", " kolme",
    ]  # fmt: skip


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_field_that_can_change_has_a_name_in_each_language(language: str) -> None:
    words = {*FIELDS.values(), *KINDS.values(), "yes", "no", "in the source", "in the file", "removed"}
    assert [word for word in words if catalogue(language).get(word) is None] == []


def parts_of(deck: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(deck) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_after_set_only_the_slides_of_the_goal_and_of_its_summary_differ(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path / "source")
    (before,) = raportti.build(folder, out=tmp_path / "a", formats=("pptx",)).files
    assert run("set", "P1.1", folder, "--score", "5", "--yes").returncode == 0
    (after,) = raportti.build(folder, out=tmp_path / "b", formats=("pptx",)).files
    old, new = parts_of(before), parts_of(after)
    slides = Presentation(str(before)).slides
    expected = {str(slides[number - 1].part.partname).lstrip("/") for number in (12, 13)}
    assert list(old) == list(new)
    # The stamp says what the deck was made of.
    assert {name for name in old if old[name] != new[name]} == {*expected, "customXml/item1.xml"}


def test_pages_that_only_have_another_number_do_not_change(tmp_path: Path) -> None:
    report = default_report()
    turned = written(tmp_path / "new", replace(report, strategies=report.strategies[::-1]))
    (one,) = (one for one in diff(DEFAULT, turned, languages=("fi",)))
    assert [page.title for page in one.pages] == [report.title]


def test_what_is_answered_beforehand_is_done_though_nobody_reads_what_is_told(tmp_path: Path) -> None:
    folder = copied(DEFAULT, tmp_path)
    command = [*COMMAND, "set", "P1.1", folder, "--score", "5", "--yes"]
    read, write = os.pipe()
    os.close(read)
    subprocess.run(command, env=environment(), stdout=write, check=False)
    os.close(write)
    assert next(goal for goal in load(folder).report.goals if goal.id == "P1.1").score == 5


def test_conflicts_are_listed_with_their_three_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for module in ("language", "terminal"):
        monkeypatch.setattr(f"raportti.cli.{module}.language", lambda: "en")
    ours, theirs, base = conflicting(tmp_path)
    with pytest.raises(ProblemsFound) as found:
        import_file(ours, theirs, {"fi": base})
    show(found.value.problems)
    assert capsys.readouterr().err.splitlines() == [
        f"{theirs}: error: goal H1.1: Arviointi (1-5) was changed in the file and in the source since the export; "
        "decide with --keep file or --keep source, or write the same in both",
        "  at the export: 4",
        "  in the file: 4 → 5",
        "  in the source: 4 → 1",
    ]
