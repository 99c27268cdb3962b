"""The reference of the data format says what is read, and its example is a good report."""

import re
from pathlib import Path

import pytest

from raportti.source import names
from raportti.source.loading import load, load_all
from raportti.source.options import LoadOptions
from source.reports import write

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "data-format.md").read_text(encoding="utf-8")
ALL_NAMES = [
    *(*names.REPORT, *names.STRATEGY, *names.GUIDELINE, *names.PUBLISHED),
    *(*names.GOAL, *names.SUBGOAL, names.BOTH, *names.COLUMNS, *names.SWEDISH_COLUMNS),
]


@pytest.mark.parametrize("name", dict.fromkeys(ALL_NAMES))
def test_every_key_and_column_is_described(name: str) -> None:
    assert re.search(f"`{re.escape(name)}[`:]", PAGE)


def test_the_example_is_a_good_report(tmp_path: Path) -> None:
    report, strategy, _ = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    write(tmp_path / "raportti.yaml", report)
    write(tmp_path / "hyvinvointialuestrategia.yaml", strategy)
    source = load(tmp_path)
    assert source.warnings == ()
    assert [len(goal.assessment) for goal in source.report.goals] == [2]


def test_the_example_in_two_languages_is_good_in_both(tmp_path: Path) -> None:
    *_, bilingual = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    finnish, swedish = load_all(write(tmp_path / "raportti.yaml", bilingual), LoadOptions(("fi", "sv")))
    assert finnish.warnings == finnish.untranslated == ()
    assert swedish.report.goals[0].text == "Systemet tas i bruk."
