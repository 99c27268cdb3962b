"""Which files make a report, and what is told of those that cannot."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from random_edits import with_goal
from raportti.source.loading import load
from raportti.source.rewriting import rewrite
from source.reports import GOOD, told, write

STRATEGY = """\
nimi: Strategia {letter}
linjaukset:
  - nimi: Linjaus
    tavoitteet:
      - tunnus: {letter}1.1
        tavoite: Tavoite.
        saavutettu: OSITTAIN
        arviointi: 3
        sanallinen_arviointi: Tämä on tarpeeksi pitkä arvio.
"""


def report_of(folder: Path, *names: str) -> Path:
    items = "".join(f"  - {name}\n" for name in names)
    return write(folder / "raportti.yaml", f"otsikko: Arviointi\nstrategiat:\n{items}")


def strategy(letter: str) -> str:
    return STRATEGY.format(letter=letter)


def test_a_folder_and_its_raportti_yaml_are_the_same_source(tmp_path: Path) -> None:
    report = report_of(tmp_path, "a.yaml", "b.yaml")
    write(tmp_path / "a.yaml", strategy("A"))
    write(tmp_path / "b.yaml", strategy("B"))
    assert load(tmp_path).report == load(report).report
    assert [goal.id for goal in load(tmp_path).report.goals] == ["A1.1", "B1.1"]


def test_strategies_may_stand_in_the_report_or_in_files(tmp_path: Path) -> None:
    file = write(tmp_path / "oma.yaml", GOOD + "  - b.yaml\n")
    write(tmp_path / "b.yaml", strategy("B"))
    assert [goal.id for goal in load(file).report.goals] == ["A1.1", "B1.1"]


def test_a_broken_file_does_not_hide_the_problems_of_another(tmp_path: Path) -> None:
    report_of(tmp_path, "b.yaml", "a.yaml", "c.yaml")
    write(tmp_path / "a.yaml", strategy("A").replace("OSITTAIN", "X"))
    write(tmp_path / "b.yaml", "nimi: [")
    write(tmp_path / "c.yaml", b"nimi: \xe4")
    assert told(tmp_path) == ["yaml-bracket b.yaml:1:8", "status-unknown a.yaml:7:21 A1.1", "file-encoding c.yaml:1:7"]


@pytest.mark.parametrize(
    "name", ["../a.yaml", "/etc/passwd", "'C:\\a.yaml'", "'..\\a.yaml'", "x/../../a.yaml", "C:a.yaml"]
)
def test_a_file_outside_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    assert told(report_of(tmp_path, name)) == ["strategy-file-outside 3:5"]


def test_a_file_that_is_missing_named_twice_or_nameless_is_told(tmp_path: Path) -> None:
    write(tmp_path / "palvelut.yaml", strategy("A"))
    report = report_of(tmp_path, "palvelu.yaml", "qqq.yaml", "palvelut.yaml", "./palvelut.yaml", "''")
    assert told(report) == [
        "strategy-file-misspelt 3:5",
        "strategy-file-missing 4:5",
        "strategy-file-twice 6:5",
        "item-empty 7:5",
    ]


def test_a_folder_in_place_of_a_file_is_told_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert told(report_of(tmp_path, ".", "a.yaml")) == ["strategy-file-folder 3:5", "strategy-file-folder 4:5"]


def test_what_stands_for_a_strategy_has_to_be_one(tmp_path: Path) -> None:
    write(tmp_path / "a.yaml", "- a")
    write(tmp_path / "b.yaml", "b: *x")
    assert told(report_of(tmp_path, "[a]", "a.yaml", "*x", "b.yaml")) == [
        "expected-text-braces 3:5",
        "yaml-alias 5:5",
        "expected-keys a.yaml:1:1",
        "key-unknown b.yaml:1:1",
        "missing b.yaml:1:1",
        "strategy-empty b.yaml:1:1",
        "yaml-alias b.yaml:1:4",
    ]


def test_a_file_name_that_a_mac_decomposed_is_found(tmp_path: Path) -> None:
    report = report_of(tmp_path, "pa\u0308a\u0308.yaml")
    write(tmp_path / "pää.yaml", strategy("A"))
    assert load(report).report.goals


def test_what_is_no_source_is_told_in_a_sentence(tmp_path: Path) -> None:
    for name in ("a.txt", "a.xlsm", "a.ods", "a.xls", "tavoitteet"):
        write(tmp_path / name, "x")
    for name in ("kansio", "x.csv", "x.yaml", "x.xlsx"):
        (tmp_path / name).mkdir()
    names = ("a.txt", "tavoitteet", "a.xlsm", "a.ods", "a.xls", "kansio", "x.csv", "x.yaml", "x.xlsx", "ei-ole.yaml")
    kinds = [told(tmp_path / name)[0].split()[0] for name in names]
    assert kinds == [
        *["source-kind"] * 2, *["table-kind"] * 3, "report-file-missing", *["not-a-file"] * 3, "source-not-found",
    ]  # fmt: skip


def test_a_path_that_the_system_cannot_take_is_told() -> None:
    for path in (Path("a\0.yaml"), Path("a" * 5000 + ".csv")):
        assert told(path)[0].split()[0] in {"source-not-found", "file-unreadable", "reading-failed"}


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise there")
@pytest.mark.parametrize("name", ["raportti.yaml", "x.csv", "x.xlsx"])
def test_links_in_a_loop_and_pipes_are_told_and_never_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(name)
    assert told(tmp_path / name) == ["file-unreadable"]
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    assert told(tmp_path / name) == ["not-a-file"]


def test_the_files_of_a_report_may_end_in_yml(tmp_path: Path) -> None:
    report = report_of(tmp_path, "a.yml")
    write(tmp_path / "a.yml", strategy("A"))
    before = load(tmp_path).report
    report.rename(tmp_path / "raportti.yml")
    assert load(tmp_path).report == load(tmp_path / "raportti.yml").report == before
    goal = replace(before.goals[0], score=4)
    files = rewrite(tmp_path, load(tmp_path), with_goal(before, before.goals[0], goal))
    assert [path.name for path in files] == ["a.yml"]


def test_tables_that_would_have_one_title_are_told(tmp_path: Path) -> None:
    report_of(tmp_path, "a.yaml", "b.yaml")
    for letter in "AB":
        write(tmp_path / f"{letter.lower()}.yaml", strategy(letter))
    assert [line.split()[0] for line in told(tmp_path)] == ["table-title-twice"]
    write(tmp_path / "b.yaml", strategy("B") + "taulukon_otsikko: 'B: {linjaus}'\n")
    assert not told(tmp_path)
    second = strategy("B").replace("linjaukset:\n", "linjaukset:\n" + strategy("C").partition("linjaukset:\n")[2])
    write(tmp_path / "b.yaml", second.replace("nimi: Linjaus", "nimi: Toinen", 1) + "taulukon_otsikko: Linjaus\n")
    assert [line.split()[0] for line in told(tmp_path)] == ["table-title-twice"]
