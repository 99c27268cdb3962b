"""What moved since the last build is told in words, in the user's language."""

from dataclasses import fields, replace

import pytest

from moves import moved, told
from planning import goal as goal_of
from planning import report
from raportti.cli import since_last_build
from raportti.cli.change_tables import FIELDS
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import CONTENTS


@pytest.mark.parametrize("part", [Report, Strategy, Guideline, Goal])
def test_every_field_that_can_change_has_a_word(part: type[Report | Strategy | Guideline | Goal]) -> None:
    assert {field.name for field in fields(part)} - set(CONTENTS.values()) <= FIELDS.keys()


@pytest.mark.parametrize(
    ("language", "numbers", "written"),
    [
        ("fi", [12], "dia 12"),
        ("fi", [12, 13], "diat 12 ja 13"),
        ("fi", [12, 13, 15], "diat 12, 13 ja 15"),
        ("fi", [12, 13, 14, 15], "diat 12–15"),
        ("sv", [3, 5, 6, 7, 9], "bilderna 3, 5–7 och 9"),
        ("en", [9, 3], "slides 3 and 9"),
    ],
)
def test_numbers_of_slides_read_as_a_sentence(
    language: str, numbers: list[int], written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("raportti.cli.language.language", lambda: language)
    assert since_last_build._slides(numbers) == written


def test_many_changed_goals_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    goals = tuple(goal_of(number) for number in range(1, 16))
    lines = told(moved(report(*goals), report(*(replace(goal, score=4) for goal in goals))), "en", monkeypatch)
    assert lines[11:13] == ["A1.12: score 3 → 4", "and 3 other goals"]
    assert "Asiakastavoitteet: average 3.0 → 4.0; slide 4" in lines[13]


def test_goals_that_come_and_go_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told(moved(report(goal_of(1), goal_of(2)), report(goal_of(1), goal_of(3, text="Uusi."))), "sv", monkeypatch)
    assert lines[:2] == ["A1.3: nytt mål", "A1.2: borttaget"]
