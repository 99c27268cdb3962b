"""A source in two languages says an edit of one of them, and the other stays as it was but for what both share."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest

from planning import BILINGUAL
from random_edits import random_edit, with_goal
from raportti.report.diff import changes_of, is_same
from raportti.report.model import Achieved, Report, Subgoal
from raportti.report.passages import Passage, passages_of
from raportti.source.loading import load_all
from raportti.source.options import LoadOptions
from raportti.source.rewriting import rewrite_all
from raportti.source.yaml_edit import edited_files
from source.test_edited_yaml import changed_lines

BOTH = LoadOptions(("fi", "sv"), allow_missing=True, is_draft=True)


def copied(folder: Path) -> Path:
    for file in BILINGUAL.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def reports(folder: Path) -> dict[str, Report]:
    return {source.report.language: source.report for source in load_all(folder, BOTH)}


@cache
def unedited() -> dict[str, Report]:
    return reports(BILINGUAL)


def write(files: dict[Path, bytes]) -> None:
    for path, data in files.items():
        path.write_bytes(data)


@pytest.mark.parametrize("number", range(40))
def test_random_edits_in_one_language_leave_the_other_ones_texts(number: int, tmp_path: Path) -> None:
    folder, rng = copied(tmp_path), Random(number)
    language, other = rng.choice([("fi", "sv"), ("sv", "fi")])
    before = unedited()
    new = before[language]
    for _ in range(rng.choice((1, 1, 2, 4))):
        new = random_edit(new, rng).report
    write(dict(rewrite_all(folder, (new,))))
    after = reports(folder)
    assert is_same(after[language], new)
    own, rest = changes_of(before[language], new), changes_of(before[other], after[other])
    told = [one for goal in rest.beyond([own]).goals for one in goal.differences]
    # A subgoal that is new has no translation yet; those beside it keep theirs.
    assert all(one.field == "subgoals" and texts_of(one.old) < texts_of(one.new) for one in told)
    assert not rest.beyond([own]).texts


def texts_of(value: object) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, tuple):
        return {text for part in cast("tuple[Any, ...]", value) for text in texts_of(part)}
    if is_dataclass(value):
        return {text for field in fields(value) for text in texts_of(getattr(value, field.name))}
    return set()


def sample(folder: Path, text: str) -> Path:
    """Write a small source with one goal; its lines are indented as in a list of goals."""
    path = folder / "raportti.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


HEAD = """\
otsikko: {molemmat: "Strategi 2025"}
strategiat:
  - nimi: {fi: Strategia, sv: Strategi}
    linjaukset:
      - nimi: {fi: Linjaus, sv: Riktlinje}
        tavoitteet:
"""
GOAL = """\
          - sanallinen_arviointi: {fi: Arvio on tarpeeksi pitkä näin., sv: Bedömningen är lång nog så här.}
            arviointi: 3
            alatavoitteet: {fi: [Yksi, Kaksi], sv: [Ett, Två]}
            saavutettu: KYLLÄ
            tavoite: {fi: Tavoite., sv: Mål.}
            tunnus: A1"""


def edited(path: Path, language: str, **values: object) -> str:
    """Give the goal of a source new values in a language, and return the lines that changed."""
    report = reports(path)[language]
    new = with_goal(report, report.goals[0], replace(report.goals[0], **values))
    before = path.read_text(encoding="utf-8")
    write(dict(rewrite_all(path, (new,))))
    return changed_lines(before, path.read_text(encoding="utf-8"))


def test_a_list_in_each_language_is_edited_in_its_own(tmp_path: Path) -> None:
    lines = edited(sample(tmp_path, GOAL), "sv", subgoals=(Subgoal("Ett"), Subgoal("Tre"), Subgoal("Fyra")))
    assert lines == (
        "-             alatavoitteet: {fi: [Yksi, Kaksi], sv: [Ett, Två]}\n"
        '+             alatavoitteet: {fi: [Yksi, Kaksi], sv: [Ett, Tre, "Fyra"]}'
    )


def test_keys_may_stand_in_any_order_in_flow_style_and_the_last_line_without_an_end(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    assert edited(path, "fi", responsible="Hallinto") == "+             vastuutaho: Hallinto"
    assert edited(path, "sv", score=4) == "-             arviointi: 3\n+             arviointi: 4"
    assert not path.read_text(encoding="utf-8").endswith("\n")


def test_a_text_for_both_languages_is_parted_when_one_changes(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    new = replace(reports(path)["sv"], title="Strategin 2025")
    write(dict(rewrite_all(path, (new,))))
    after = reports(path)
    assert (after["fi"].title, after["sv"].title) == ("Strategi 2025", "Strategin 2025")


def test_paragraphs_in_double_quotes_stay_apart_when_a_language_is_added(tmp_path: Path) -> None:
    quoted = '"Yksi kappale.\n\n              Toinen kappale."'
    path = sample(
        tmp_path, GOAL.replace("{fi: Arvio on tarpeeksi pitkä näin., sv: Bedömningen är lång nog så här.}", quoted)
    )
    before = reports(path)
    new = with_goal(before["sv"], before["sv"].goals[0], replace(before["sv"].goals[0], assessment=("Ett.", "Två.")))
    write(dict(rewrite_all(path, (new,))))
    assert reports(path)["fi"].goals[0].assessment == ("Yksi kappale.", "Toinen kappale.")


def test_a_shared_value_is_written_in_the_words_of_the_sources_own_language(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    assert edited(path, "sv", achieved=Achieved.PARTLY) == (
        "-             saavutettu: KYLLÄ\n+             saavutettu: OSITTAIN"
    )


def test_a_goal_that_is_new_in_the_second_language_is_of_that_language(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    report = reports(path)["sv"]
    (goal,) = report.goals
    added = replace(goal, id="A2", text="Ett nytt mål.", assessment=("Det är bedömt så här.",))
    write(dict(rewrite_all(path, (with_goal(report, goal, goal, added),))))
    after = reports(path)
    assert after["sv"].goals[1] == added
    assert passages_of(after["fi"].goals[1].text) == (Passage("Ett nytt mål.", "sv-FI"),)


@pytest.mark.parametrize("number", range(12))
def test_both_languages_are_rewritten_at_once(number: int, tmp_path: Path) -> None:
    folder, rng = copied(tmp_path), Random(number)
    before = reports(folder)
    finnish = random_edit(before["fi"], rng).report
    write(dict(rewrite_all(folder, (finnish,))))
    swedish = reports(folder)["sv"]
    goal = rng.choice([goal for goal in swedish.goals if goal.assessment])
    swedish = with_goal(swedish, goal, replace(goal, assessment=("En helt annan bedömning än tidigare.",)))
    copied(folder)
    write(dict(rewrite_all(folder, (finnish, swedish))))
    after = reports(folder)
    assert is_same(after["fi"], finnish)
    assert is_same(after["sv"], swedish)


def test_a_text_taken_out_in_both_languages_leaves_no_key(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    new = [replace(report, organisation=None) for report in reports(folder).values()]
    ((path, data),) = rewrite_all(folder, new).items()
    assert "organisaatio" in path.read_text(encoding="utf-8")
    assert "organisaatio" not in data.decode()


SCALE = """\
arviointiasteikko:
  fi: {5: a, 4: b, 3: c, 2: d, 1: e}  # sovittu keväällä
  sv: {5: å, 4: ä, 3: ö, 2: u, 1: y}
"""


def test_a_scale_that_stands_whole_under_each_language_is_edited_in_its_own(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    path.write_text(SCALE + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = reports(path)["sv"]
    old = path.read_text(encoding="utf-8")
    write(dict(rewrite_all(path, (replace(before, scale=("å", "ä", "nytt", "u", "y")),))))
    lines = changed_lines(old, path.read_text(encoding="utf-8"))
    assert lines == "-   sv: {5: å, 4: ä, 3: ö, 2: u, 1: y}\n+   sv: {5: å, 4: ä, 3: nytt, 2: u, 1: y}"
    assert reports(path)["fi"].scale == ("a", "b", "c", "d", "e")


def test_a_scale_under_one_language_gets_another_and_loses_it_again(tmp_path: Path) -> None:
    path = sample(tmp_path, GOAL)
    finnish = "".join(line for line in SCALE.splitlines(keepends=True) if "sv:" not in line)
    path.write_text(finnish + path.read_text(encoding="utf-8"), encoding="utf-8")
    swedish = replace(reports(path)["sv"], scale=("å", "ä", "ö", "u", "y"))
    write(dict(rewrite_all(path, (swedish,))))
    assert reports(path)["sv"].scale == ("å", "ä", "ö", "u", "y")
    assert "# sovittu keväällä" in path.read_text(encoding="utf-8")
    write({path: edited_files(path, reports(path)["sv"], replace(swedish, scale=None), "fi")[path]})
    assert finnish in path.read_text(encoding="utf-8")
