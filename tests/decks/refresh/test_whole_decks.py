"""New data come into charts, pages of changes, notes and marks of a draft; what people did to them stays."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx.dml.color import RGBColor

from commands import run
from decks.refresh.test_refresh import Edited, changed, parts
from judges import deck as deck_judge
from judges import ooxml
from planning import DEFAULT
from raportti.api import read_report
from raportti.decks.readback.reading import read_deck
from raportti.decks.refresh.generated import LoadedLayout
from raportti.decks.refresh.outcome import NOTES
from raportti.decks.refresh.refresh import refresh_deck
from raportti.files import require_unchanged
from raportti.problems import ProblemsFound
from raportti.report.merge import Keep
from raportti.report.model import Report
from stress.hold_edits import build_with_all
from stress.hold_refresh import loaded_layout
from stress.sources import write_yaml


@pytest.fixture(scope="module")
def layout() -> LoadedLayout:
    return loaded_layout()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck with charts, pages of changes, notes and marks of a draft."""
    report = read_report(DEFAULT)
    before = replace(report, strategies=tuple(replace(s, guidelines=s.guidelines[:2]) for s in report.strategies))
    return build_with_all(rescored(before, 0), before, tmp_path_factory.mktemp("whole"))


def rescored(report: Report, number: int) -> Report:
    """Give one of the goals that have a score of 3 or 4 the other one."""
    goal = [goal for goal in report.goals if goal.score in (3, 4)][number]
    return changed(report, goal.id, score=7 - (goal.score or 0))


@pytest.fixture
def edited(whole: Path, tmp_path: Path) -> Edited:
    return Edited(whole, tmp_path / "esitys.pptx")


def of_kind(deck: Edited, kind: str) -> Any:
    """Return the first slide of a kind."""
    number = next(s.number for s in read_deck(deck.save()).slides if s.snapshot is not None and s.snapshot.kind == kind)
    return deck.slide(number)


def chart(deck: Edited) -> Any:
    return next(shape.chart for shape in of_kind(deck, "charts").shapes if shape.has_chart)


def values(deck: Edited) -> list[float]:
    return list(chart(deck).plots[0].series[0].values)


def with_notes(deck: Edited) -> Any:
    """Return the first slide that has notes."""
    return next(slide for slide in deck.presentation.slides if slide.has_notes_slide)


def test_a_chart_keeps_the_colour_that_it_was_given_and_gets_the_figures(edited: Edited, layout: LoadedLayout) -> None:
    fill = chart(edited).plots[0].series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(1, 2, 3)
    before = values(edited)
    after = edited.after(rescored(edited.report, 1), layout)
    assert values(after) != before
    assert chart(after).plots[0].series[0].format.fill.fore_color.rgb == RGBColor(1, 2, 3)


def test_figures_of_a_chart_edited_by_hand_are_a_conflict_when_they_change(
    edited: Edited, layout: LoadedLayout
) -> None:
    point = next(chart(edited)._chartSpace.iter("{*}val")).find(".//{*}pt/{*}v")
    point.text = "4.9"
    data = rescored(edited.report, 1)
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(data, layout)
    assert "4.9" in str(found.value.problems[0].values["deck"])
    assert 4.9 in values(edited.after(data, layout, Keep.DECK))
    assert 4.9 not in values(Edited(edited.path, edited.path).after(data, layout, Keep.SOURCE))


def test_words_beside_generated_notes_stay(edited: Edited, layout: LoadedLayout) -> None:
    frame = with_notes(edited).notes_slide.notes_text_frame
    said = frame.text
    frame.add_paragraph().text = "Kerro tästä"
    data = edited.report
    for number in range(4):
        data = rescored(data, number)
    told = edited.refreshed(data, layout).slides
    assert any(NOTES in change.parts for change in told)
    *generated, own = with_notes(edited.after(data, layout)).notes_slide.notes_text_frame.text.split("\n")
    assert own == "Kerro tästä"
    assert "\n".join(generated) != said


def test_edited_notes_are_a_conflict_when_they_change(edited: Edited, layout: LoadedLayout) -> None:
    frame = with_notes(edited).notes_slide.notes_text_frame
    frame.paragraphs[0].runs[0].text += " (katso liite)"
    data = edited.report
    for number in range(4):
        data = rescored(data, number)
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(data, layout)
    assert NOTES in [problem.values["what"] for problem in found.value.problems]
    assert "(katso liite)" in with_notes(edited.after(data, layout, Keep.DECK)).notes_slide.notes_text_frame.text
    theirs = Edited(edited.path, edited.path).after(data, layout, Keep.SOURCE)
    assert "(katso liite)" not in with_notes(theirs).notes_slide.notes_text_frame.text


def test_what_changed_since_the_report_before_is_told_anew(edited: Edited, layout: LoadedLayout) -> None:
    before = read_deck(edited.path).snapshot.before
    assert before is not None
    data = replace(before, title=edited.report.title)
    after = edited.after(data, layout)
    kinds = [slide.snapshot.kind for slide in read_deck(after.path).slides if slide.snapshot]
    assert kinds.count("changes") == len(data.strategies)
    assert deck_judge.findings(after.path) == []


def test_a_slide_that_goes_takes_charts_and_notes_with_it(edited: Edited, layout: LoadedLayout) -> None:
    first = edited.report.strategies[0]
    after = edited.after(replace(edited.report, strategies=(first,)), layout)
    slides = len(after.presentation.slides)
    names = parts(after.path).keys()
    assert sum(name.startswith("ppt/slides/slide") for name in names) == slides
    assert sum(name.startswith("ppt/embeddings/") for name in names) == 2


def marks(deck: Edited) -> int:
    return sum(
        shape.has_text_frame and shape.text_frame.text == "LUONNOS"
        for s in deck.presentation.slides
        for shape in s.shapes
    )


def test_a_draft_becomes_final_and_final_decks_drafts_when_that_is_said(edited: Edited, layout: LoadedLayout) -> None:
    assert marks(edited) == len(edited.presentation.slides)
    path = edited.save()
    path.write_bytes(refresh_deck(read_deck(path), edited.report, layout, None, is_draft=False).files[path])
    final = Edited(path, path)
    assert marks(final) == 0
    assert not refresh_deck(read_deck(path), edited.report, layout, None).files
    path.write_bytes(refresh_deck(read_deck(path), edited.report, layout, None, is_draft=True).files[path])
    assert marks(Edited(path, path)) == len(edited.presentation.slides)


def test_unfinished_data_come_into_drafts_alone(edited: Edited, tmp_path: Path) -> None:
    source = write_yaml(edited.report, tmp_path / "source")
    file = source / "raportti.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"arviointi": "4"', '"arviointi": ""', 1), encoding="utf-8")
    edited.save()
    refused = run("refresh", edited.path, source, "--final", "--yes")
    assert refused.returncode == 1, refused.stdout
    done = run("refresh", edited.path, source, "--yes")
    assert done.returncode == 0, done.stderr


def test_a_deck_that_was_saved_meanwhile_is_not_written_over(edited: Edited, layout: LoadedLayout) -> None:
    done = edited.refreshed(rescored(edited.report, 1), layout)
    edited.path.write_bytes(edited.path.read_bytes() + b"\0")
    with pytest.raises(ProblemsFound) as found:
        require_unchanged(done.originals)
    assert [problem.kind for problem in found.value.problems] == ["source-changed"]


def test_a_slide_that_the_layout_makes_no_more_is_told(edited: Edited, layout: LoadedLayout) -> None:
    reading = read_deck(edited.path)
    choices = tuple(choice for choice in reading.snapshot.choices if choice[0] != "charts")
    reading = replace(reading, snapshot=replace(reading.snapshot, choices=choices))
    told = refresh_deck(reading, edited.report, layout, None).remarks
    assert {problem.kind for problem in told} == {"refresh-left"}


@pytest.mark.needs("openxml")
def test_a_whole_deck_that_was_refreshed_passes_the_judges(edited: Edited, layout: LoadedLayout) -> None:
    data = edited.report
    for number in range(3):
        data = rescored(data, number)
    after = edited.after(data, layout)
    assert ooxml.errors(after.path) == []
    assert deck_judge.findings(after.path) == []
