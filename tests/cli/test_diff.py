"""``raportti diff``: what it finds in two sources, prints of it, and with which exit status it ends."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from commands import run, run_apart
from edited_sources import LONG, copied, written
from planning import BILINGUAL, DEFAULT, default_report
from problems.catalogues import TRANSLATIONS, catalogue
from random_edits import Edited, random_edit
from raportti.api import diff
from raportti.cli.change_tables import FIELDS, KINDS, markdown_lines, marked
from raportti.report.diff import ChangeKind, Changes, GoalChange
from raportti.report.model import Achieved, Goal
from raportti.report.text_diff import word_changes as words_of
from raportti.workflows.diff import PageChange, comparisons_as_json
from stress.generate import Kind as ReportKind
from stress.generate import Recipe


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


def test_pages_that_only_have_another_number_do_not_change(tmp_path: Path) -> None:
    report = default_report()
    turned = written(tmp_path / "new", replace(report, strategies=report.strategies[::-1]))
    (one,) = (one for one in diff(DEFAULT, turned, languages=("fi",)))
    assert [page.title for page in one.pages] == [report.title]
