"""New data come into an edited deck, and what was edited stays: rules of three versions, one by one and at random."""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from commands import run, run_apart
from judges import deck as deck_judge
from judges import libreoffice, ooxml
from planning import LUVN
from random_edits import random_edit, with_goal
from raportti.api import build
from raportti.decks.readback.reading import read_deck
from raportti.decks.refresh.generated import LoadedLayout
from raportti.decks.refresh.outcome import RefreshedDeck, SlideFate
from raportti.decks.refresh.refresh import refresh_deck
from raportti.problems import ProblemsFound, SlidePlace
from raportti.report.merge import Keep
from raportti.report.model import Achieved, Report, Subgoal
from stress.generate import Recipe
from stress.hold_edits import build_with_all, built, built_with_all
from stress.hold_refresh import cases, faults, loaded_layout
from stress.sources import write_yaml

LONG = " ".join(["Arviointi on pitkä, ja sen rivi tarvitsee paljon tilaa."] * 16)


@pytest.fixture(scope="module")
def layout() -> LoadedLayout:
    return loaded_layout()


@pytest.fixture(scope="module")
def generated(default_documents: Mapping[str, Path]) -> Path:
    return default_documents["pptx"]


@pytest.fixture
def edited(generated: Path, tmp_path: Path) -> "Edited":
    return Edited(generated, tmp_path / "esitys.pptx")


class Edited:
    """A deck that is edited by python-pptx."""

    def __init__(self, source: Path, path: Path) -> None:
        self.path = path
        self.presentation: Any = Presentation(str(source))
        self.save()
        self.report = read_deck(path).snapshot.report

    def save(self) -> Path:
        self.presentation.save(str(self.path))
        return self.path

    def slide(self, number: int) -> Any:
        return self.presentation.slides[number - 1]

    def table(self, number: int) -> Any:
        return next(shape.table for shape in self.slide(number).shapes if shape.has_table)

    def cell(self, number: int, row: int, column: int) -> Any:
        return self.table(number).cell(row, column).text_frame.paragraphs[0].runs[0]

    def refreshed(self, data: Report, layout: LoadedLayout, keep: Keep | None = None) -> RefreshedDeck:
        return refresh_deck(read_deck(self.save()), data, layout, keep)

    def after(self, data: Report, layout: LoadedLayout, keep: Keep | None = None) -> "Edited":
        done = self.refreshed(data, layout, keep)
        result = self.path.with_name("after.pptx")
        result.write_bytes(done.files[self.path])
        return Edited(result, result)


def changed(report: Report, goal_id: str, **fields: object) -> Report:
    goal = next(goal for goal in report.goals if goal.id == goal_id)
    return with_goal(report, goal, replace(goal, **fields))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_same_data_change_nothing(edited: Edited, layout: LoadedLayout) -> None:
    edited.cell(4, 1, 3).text = "Käsin kirjoitettu arviointi on riittävän pitkä lause tässä."
    done = edited.refreshed(edited.report, layout)
    assert not done.files
    assert not done.slides


def test_only_slides_with_something_new_get_other_bytes(edited: Edited, layout: LoadedLayout) -> None:
    done = edited.refreshed(changed(edited.report, "H1.1", score=2), layout)
    before = parts(edited.path)
    edited.path.with_name("after.pptx").write_bytes(done.files[edited.path])
    after = parts(edited.path.with_name("after.pptx"))
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert differing == {"ppt/slides/slide3.xml", "ppt/slides/slide4.xml", "customXml/item1.xml"}
    assert [(change.fate, change.number) for change in done.slides] == [(SlideFate.CHANGED, 3), (SlideFate.CHANGED, 4)]


def test_the_deck_as_it_was_is_kept_and_no_backup_is_written_over(edited: Edited, layout: LoadedLayout) -> None:
    edited.path.with_name("esitys.1.bak.pptx").touch()
    done = edited.refreshed(changed(edited.report, "H1.1", score=2), layout)
    assert done.files[edited.path.with_name("esitys.2.bak.pptx")] == edited.path.read_bytes()


def test_an_edit_stays_and_the_rest_of_the_row_gets_the_data(edited: Edited, layout: LoadedLayout) -> None:
    edited.cell(4, 1, 3).text = "Käsin kirjoitettu arviointi on riittävän pitkä lause tässä."
    after = edited.after(changed(edited.report, "H1.1", achieved=Achieved.YES, score=5), layout)
    assert [cell.text for cell in after.table(4).rows[1].cells][1:] == ["KYLLÄ", "5", edited.cell(4, 1, 3).text]
    assert after.refreshed(changed(edited.report, "H1.1", achieved=Achieved.YES, score=5), layout).files == {}


def test_what_both_changed_is_told_with_all_values_until_a_side_is_chosen(edited: Edited, layout: LoadedLayout) -> None:
    edited.cell(4, 1, 2).text = "2"
    data = changed(edited.report, "H1.1", score=3)
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(data, layout)
    (problem,) = found.value.problems
    assert (problem.kind, problem.goal, problem.place) == ("deck-conflict", "H1.1", SlidePlace(str(edited.path), 4))
    assert dict(problem.values) == {"what": "Arviointi (1-5)", "base": "4", "deck": "2", "source": "3"}
    assert edited.after(data, layout, Keep.DECK).cell(4, 1, 2).text == "2"
    assert Edited(edited.path, edited.path).after(data, layout, Keep.SOURCE).cell(4, 1, 2).text == "3"


def test_an_edited_goal_that_the_data_lack_is_asked_about_every_time(edited: Edited, layout: LoadedLayout) -> None:
    edited.cell(4, 1, 2).text = "2"
    data = with_goal(edited.report, next(goal for goal in edited.report.goals if goal.id == "H1.1"))
    after = edited.after(data, layout, Keep.DECK)
    assert after.cell(4, 1, 2).text == "2"
    assert after.refreshed(data, layout, Keep.DECK).files == {}
    with pytest.raises(ProblemsFound):
        after.refreshed(data, layout)


def test_a_figure_of_the_summary_edited_by_hand_is_a_conflict_when_it_changes(
    edited: Edited, layout: LoadedLayout
) -> None:
    edited.cell(3, 2, 2).text = "4,9"
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(changed(edited.report, "H1.1", score=1), layout)
    assert [problem.values["deck"] for problem in found.value.problems] == ["4,9"]


def test_new_text_has_the_look_that_the_old_one_was_given(edited: Edited, layout: LoadedLayout) -> None:
    run = edited.cell(4, 1, 2)
    run.font.size, run.font.italic, run.font.color.rgb = Pt(20), True, RGBColor(1, 2, 3)
    font = edited.after(changed(edited.report, "H1.1", score=2), layout).cell(4, 1, 2).font
    assert (font.size, font.italic, font.color.rgb) == (Pt(20), True, RGBColor(1, 2, 3))


def test_slides_of_people_stay_where_they_are(edited: Edited, layout: LoadedLayout) -> None:
    own = edited.presentation.slides.add_slide(edited.slide(4).slide_layout)
    own.shapes.title.text = "Oma dia"
    ids = edited.presentation.slides._sldIdLst
    ids.insert(4, ids[-1])
    edited.slide(8)._element.set("show", "0")
    edited.slide(4).notes_slide.notes_text_frame.text = "Muista tämä"
    after = edited.after(changed(edited.report, "H1.1", score=2), layout)
    assert after.slide(5).shapes.title.text == "Oma dia"
    assert after.slide(8)._element.get("show") == "0"
    assert after.slide(4).notes_slide.notes_text_frame.text == "Muista tämä"


def test_a_table_that_needs_one_more_slide_gets_it_in_its_place_and_section(
    edited: Edited, layout: LoadedLayout
) -> None:
    data = changed(edited.report, "H1.1", assessment=(LONG, LONG))
    done = edited.refreshed(data, layout)
    assert [(change.fate, change.number) for change in done.slides if change.fate is SlideFate.ADDED] == [
        (SlideFate.ADDED, 6)
    ]
    after = edited.after(data, layout)
    titles = [after.slide(n).shapes.title.text for n in (4, 5, 6)]
    assert [title[-3:] for title in titles] == ["1/3", "2/3", "3/3"]
    marks = [any("Jatkuu" in shape.name for shape in after.slide(n).shapes) for n in (4, 5, 6)]
    assert marks == [True, True, False]
    assert deck_judge.findings(after.path) == []


def shorter(report: Report) -> Report:
    """Leave so few goals that the first table needs one slide."""
    for goal in report.strategies[0].guidelines[0].goals[1:]:
        report = with_goal(report, goal)
    return report


def test_a_slide_that_is_not_needed_goes(edited: Edited, layout: LoadedLayout) -> None:
    count = len(edited.presentation.slides)
    after = edited.after(shorter(edited.report), layout)
    assert len(after.presentation.slides) == count - 1
    assert "1/2" not in after.slide(4).shapes.title.text
    assert deck_judge.findings(after.path) == []


def test_a_slide_with_something_of_people_stays_without_its_table(edited: Edited, layout: LoadedLayout) -> None:
    edited.slide(5).notes_slide.notes_text_frame.text = "Muista tämä"
    done = edited.refreshed(shorter(edited.report), layout)
    assert [change.number for change in done.slides if change.fate is SlideFate.KEPT] == [5]
    after = edited.after(shorter(edited.report), layout)
    assert not any(shape.has_table for shape in after.slide(5).shapes)
    assert after.slide(5).notes_slide.notes_text_frame.text == "Muista tämä"


def test_a_deleted_slide_stays_deleted(edited: Edited, layout: LoadedLayout) -> None:
    ids = edited.presentation.slides._sldIdLst
    edited.presentation.part.drop_rel(ids[2].rId)
    ids.remove(ids[2])
    after = edited.after(changed(edited.report, "H1.1", score=2), layout)
    assert len(after.presentation.slides) == len(edited.presentation.slides)


def test_a_table_with_another_column_is_refused(edited: Edited, layout: LoadedLayout) -> None:
    for row in edited.table(4)._tbl.tr_lst:
        row.remove(row.tc_lst[-1])
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(changed(edited.report, "H1.1", score=2), layout)
    assert [problem.kind for problem in found.value.problems] == ["refresh-columns"]


def test_a_deck_of_another_report_is_refused(edited: Edited, layout: LoadedLayout) -> None:
    other = edited.report
    for number, goal in enumerate(edited.report.goals, 1):
        other = with_goal(other, goal, replace(goal, id=f"Q1.{number}", text=f"Muu tavoite {number}"))
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(other, layout)
    assert "deck-of-other-report" in [problem.kind for problem in found.value.problems]


@pytest.mark.parametrize("owner", ["~$esitys.pptx", "~$itys.pptx", ".~lock.esitys.pptx#"])
def test_a_deck_that_is_open_elsewhere_is_refused(edited: Edited, layout: LoadedLayout, owner: str) -> None:
    edited.path.with_name(owner).touch()
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(changed(edited.report, "H1.1", score=2), layout)
    assert [problem.kind for problem in found.value.problems] == ["deck-in-use"]


@pytest.mark.parametrize(
    "part",
    ["ppt/slideLayouts/slideLayout3.xml", "ppt/slideLayouts/_rels/slideLayout3.xml.rels", "ppt/media/image1.png"],
)
def test_a_deck_with_a_broken_part_that_no_reader_needs_is_told(
    part: str, generated: Path, tmp_path: Path, layout: LoadedLayout
) -> None:
    deck = tmp_path / "rikki.pptx"
    with zipfile.ZipFile(generated) as old, zipfile.ZipFile(deck, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<x" if name == part else old.read(name))
    if part not in parts(generated):
        with zipfile.ZipFile(deck, "a") as new:
            new.writestr(part, b"picture")
        deck.write_bytes(deck.read_bytes().replace(b"picture", b"pikture"))  # its checksum is wrong now
    data = changed(read_deck(deck).snapshot.report, "H1.1", score=4)
    with pytest.raises(ProblemsFound) as found:
        refresh_deck(read_deck(deck), data, layout, None)
    assert [problem.kind for problem in found.value.problems] == ["deck-broken"]


def test_a_strict_deck_is_refused_as_its_parts_have_other_names(
    generated: Path, tmp_path: Path, layout: LoadedLayout
) -> None:
    ordinary = b"http://schemas.openxmlformats.org/%s/2006/%s"
    strict = b"http://purl.oclc.org/ooxml/%s/%s"
    deck = tmp_path / "strict.pptx"
    with zipfile.ZipFile(generated) as old, zipfile.ZipFile(deck, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for names in ((b"drawingml", b"main"), (b"presentationml", b"main"), (b"officeDocument", b"relationships")):
                data = data.replace(ordinary % names, strict % names)
            new.writestr(name, data)
    reading = read_deck(deck)
    with pytest.raises(ProblemsFound) as found:
        refresh_deck(reading, changed(reading.snapshot.report, "H1.1", score=4), layout, None)
    assert [problem.kind for problem in found.value.problems] == ["deck-strict"]


def slides(path: Path) -> Iterator[bytes]:
    """Give slides, notes and charts in their order, without what a refreshed deck may count otherwise: ids, numbers."""
    for slide in Presentation(str(path)).slides:
        yield slide.notes_slide.notes_text_frame.text.encode() if slide.has_notes_slide else b""
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            yield etree.tostring(chart._chartSpace, method="c14n")
            yield chart.part.chart_workbook.xlsx_part.blob
        root = etree.fromstring(etree.tostring(slide._element))
        for element in root.iter("{*}fld", "{*}custDataLst"):
            element.getparent().remove(element)
        for chart in root.iter("{*}chart"):
            chart.attrib.clear()
        for naming in root.iter("{*}cNvPr"):
            naming.attrib.pop("id")
            naming.set("name", naming.get("name", "").rstrip(" 0123456789"))
        yield etree.tostring(root, method="c14n")


@pytest.mark.parametrize("number", range(4))
def test_unedited_decks_become_what_a_fresh_build_is(number: int, tmp_path: Path, layout: LoadedLayout) -> None:
    (deck,) = built(Recipe(seed=3, pages=(4, 8)), [number + 1], tmp_path)
    reading, rng = read_deck(deck), Random(number)
    data = reading.snapshot.report
    for _ in range(3):
        data = random_edit(data, rng).report
    done = refresh_deck(reading, data, layout, None)
    deck.write_bytes(done.files.get(deck, deck.read_bytes()))
    source = write_yaml(data, tmp_path / "new")
    (fresh,) = build(source, out=tmp_path / "fresh", formats=("pptx",), layout=LUVN).files
    assert list(slides(deck)) == list(slides(fresh))
    assert read_deck(deck).snapshot == read_deck(fresh).snapshot


@pytest.mark.parametrize("number", range(4))
def test_unedited_charts_pages_of_changes_and_drafts_become_what_a_fresh_build_has(
    number: int, tmp_path: Path, layout: LoadedLayout
) -> None:
    (deck,) = built_with_all(Recipe(seed=3, pages=(4, 8)), [number + 1], tmp_path)
    reading, rng = read_deck(deck), Random(number)
    snapshot = reading.snapshot
    assert snapshot.before is not None
    data = snapshot.report
    for _ in range(3):
        data = random_edit(data, rng).report
    done = refresh_deck(reading, data, layout, None)
    deck.write_bytes(done.files.get(deck, deck.read_bytes()))
    fresh = build_with_all(data, snapshot.before, tmp_path / "new")
    assert list(slides(deck)) == list(slides(fresh))
    assert read_deck(deck).snapshot == read_deck(fresh).snapshot


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """A deck, and one with everything that a deck may have."""
    folder, recipe = tmp_path_factory.mktemp("small"), Recipe(seed=6, pages=(3, 5))
    return (*built(recipe, [1], folder), *built_with_all(recipe, [2], folder))


def test_random_edits_of_deck_and_data_come_together(
    small: tuple[Path, ...], tmp_path: Path, layout: LoadedLayout
) -> None:
    for case in cases(small, range(8), tmp_path, 4):
        assert list(faults(case, case.path, layout)) == [], case.edits


@pytest.mark.needs("libreoffice", "openxml")
def test_decks_that_libreoffice_saved_come_together_with_the_data(
    small: tuple[Path, ...], tmp_path: Path, layout: LoadedLayout
) -> None:
    batch = list(cases(small, range(4), tmp_path, 5))
    again = tmp_path / "again"
    again.mkdir()
    saved = libreoffice.convert([case.path for case in batch], again, again, "pptx")
    for case, path in zip(batch, saved, strict=True):
        assert list(faults(case, case.path, layout)) == [], case.edits
        assert list(faults(case, path, layout)) == [], case.edits
    assert ooxml.errors(*tmp_path.glob("refreshed-*.pptx")) == []


@pytest.mark.needs("libreoffice", "openxml")
def test_a_refreshed_deck_passes_the_judges(edited: Edited, layout: LoadedLayout, tmp_path: Path) -> None:
    data = changed(edited.report, "H1.1", assessment=(LONG, LONG), score=1)
    after = edited.after(data, layout)
    assert ooxml.errors(after.path) == []
    assert deck_judge.findings(after.path) == []
    for font in layout.fonts.fonts:
        (tmp_path / f"{font.family}-{font.bold}.ttf").write_bytes(font.data)
    (drawn,) = libreoffice.drawn([after.path], tmp_path)
    assert drawn.findings == ()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_yaml(Recipe(seed=7, pages=(3, 4)).report(1), tmp_path / "source")


@pytest.fixture
def stale(source: Path, tmp_path: Path) -> Path:
    """Build a deck whose source then gets another score."""
    (deck,) = build(source, out=tmp_path / "out", formats=("pptx",), layout=LUVN).files
    goal = next(goal for goal in read_deck(deck).snapshot.report.goals if goal.score in (3, 4))
    done = run("set", goal.id, source, "--score", str(7 - (goal.score or 0)), "--yes")
    assert done.returncode == 0, done.stderr
    return deck


def test_the_command_shows_what_changes_and_writes_it_when_told_to(stale: Path, source: Path) -> None:
    before = stale.read_bytes()
    done = run_apart("refresh", stale, source, "--yes")
    assert done.returncode == 0, done.stderr
    assert "slide 3 changes" in done.stdout
    assert stale.with_name(f"{stale.stem}.1.bak.pptx").read_bytes() == before
    again = run("refresh", stale, source, "--yes")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "There is nothing to change.\n")


def test_without_anyone_to_ask_the_deck_stays_as_it_is(stale: Path, source: Path) -> None:
    before = {path: path.read_bytes() for path in stale.parent.iterdir()}
    assert run("refresh", stale, source).returncode == 2
    assert {path: path.read_bytes() for path in stale.parent.iterdir()} == before


def test_a_file_that_is_no_deck_of_ours_is_told_and_left(source: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "vieras.pptx"
    Presentation().save(str(foreign))
    for data in (foreign.read_bytes(), b"PK\x03\x04" + bytes(100), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)):
        foreign.write_bytes(data)
        done = run("refresh", foreign, source, "--yes")
        assert done.returncode == 1
        assert "error: " in done.stderr
        assert foreign.read_bytes() == data


def without(report: Report, *goal_ids: str) -> Report:
    """Return a report without some goals, and without what is empty then."""
    strategies = (
        replace(
            strategy,
            guidelines=tuple(
                replace(guideline, goals=goals, published=None)
                for guideline in strategy.guidelines
                if (goals := tuple(goal for goal in guideline.goals if goal.id not in goal_ids))
            ),
        )
        for strategy in report.strategies
    )
    return replace(report, strategies=tuple(strategies))


def with_own_row(edited: Edited, slide: int, row: int) -> None:
    """Add a row below another one, as a person would copy it."""
    above = edited.table(slide)._tbl.tr_lst[row]
    own = etree.fromstring(etree.tostring(above))
    for text in own.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
        text.text = "Oma rivi"
    for extension in own.findall("{http://schemas.openxmlformats.org/drawingml/2006/main}extLst"):
        own.remove(extension)
    above.addnext(own)


@pytest.mark.parametrize(
    ("row", "removed"),
    [
        pytest.param(2, ("H1.2",), id="the row above is gone"),
        pytest.param(1, ("H1.1", "H1.2", "H1.3", "H1.4", "H1.5"), id="the page is gone"),
        pytest.param(1, ("H1.1", "H1.2", "H1.3", "H1.4", "H1.5", "H1.6"), id="the table is gone"),
    ],
)
def test_a_row_that_people_added_stays_where_the_data_drop_what_is_above_it(
    edited: Edited, layout: LoadedLayout, row: int, removed: tuple[str, ...]
) -> None:
    with_own_row(edited, 4, row)
    after = edited.after(without(edited.report, *removed), layout)
    own = [
        [cell.text for cell in row.cells]
        for slide in after.presentation.slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        if row.cells[0].text == "Oma rivi"
    ]
    assert len(own) == 1


@pytest.mark.needs("openxml")
def test_a_row_that_people_added_gets_the_columns_of_its_table(edited: Edited, layout: LoadedLayout) -> None:
    with_own_row(edited, 4, 1)
    after = edited.after(changed(edited.report, "H1.1", subgoals=(Subgoal("Alatavoite."),)), layout)
    rows = [[cell.text for cell in row.cells] for row in after.table(4).rows]
    assert [row for row in rows if row[0] == "Oma rivi"] == [["Oma rivi", "", "Oma rivi", "Oma rivi", "Oma rivi"]]
    back = after.after(edited.report, layout)
    assert {len(row.cells) for row in back.table(4).rows} == {4}
    assert not ooxml.errors(back.path)
