"""Tables that people split or merged, titles that they translated, what is on every slide: nothing is lost."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from decks.refresh.test_refresh import LONG, Edited, changed, shorter
from judges import deck as deck_judge
from judges import libreoffice, ooxml
from planning import LUVN
from raportti.api import build
from raportti.decks.readback.hand_edits import hand_edits
from raportti.decks.readback.reading import read_deck
from raportti.decks.refresh.generated import LoadedLayout
from raportti.decks.refresh.outcome import SlideFate
from raportti.problems import ProblemsFound, SlidePlace
from raportti.report.merge import Keep
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy
from stress.deck_edits import duplicated
from stress.hold_refresh import loaded_layout
from stress.sources import write_yaml

FOOTER = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:nvSpPr><p:cNvPr id="90" name="{type}"/>'
    '<p:cNvSpPr/><p:nvPr><p:ph type="{type}" sz="quarter" idx="{n}"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang='fi-FI'/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
)


EFFECT = (
    '<p:par><p:cTn id="{n}1" fill="hold"><p:stCondLst><p:cond delay="indefinite"/></p:stCondLst><p:childTnLst><p:par>'
    '<p:cTn id="{n}2" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst><p:par><p:cTn id="{n}3" '
    'presetID="10" presetClass="entr" presetSubtype="0" fill="hold" nodeType="clickEffect"><p:stCondLst>'
    '<p:cond delay="0"/></p:stCondLst><p:childTnLst><p:animEffect transition="in" filter="fade"><p:cBhvr>'
    '<p:cTn id="{n}4" dur="500"/><p:tgtEl><p:spTgt spid="{id}"/></p:tgtEl></p:cBhvr></p:animEffect></p:childTnLst>'
    "</p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
)
TIMING = (
    '<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par>'
    '<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:seq concurrent="1" '
    'nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>{effects}</p:childTnLst></p:cTn>'
    '<p:prevCondLst><p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>'
    '<p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst></p:seq>'
    "</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
)


@pytest.fixture(scope="module")
def layout() -> LoadedLayout:
    return loaded_layout()


@pytest.fixture
def edited(default_documents: Mapping[str, Path], tmp_path: Path) -> Edited:
    return Edited(default_documents["pptx"], tmp_path / "esitys.pptx")


def in_libreoffice(edited: Edited, tmp_path: Path) -> Edited:
    """Return the deck as LibreOffice saves it."""
    (tmp_path / "again").mkdir()
    (saved,) = libreoffice.convert([edited.save()], tmp_path / "again", tmp_path, "pptx")
    return Edited(saved, saved)


def as_it_is(edited: Edited, _: Path) -> Edited:
    edited.save()
    return edited


SAVED = pytest.mark.parametrize(
    "saved",
    [
        pytest.param(as_it_is, id="as it is"),
        pytest.param(in_libreoffice, id="by LibreOffice", marks=pytest.mark.needs("libreoffice")),
    ],
)


def split(edited: Edited, number: int, rows: int) -> None:
    """Split the table of a slide after some rows: the slide is duplicated, and other rows deleted on each."""
    duplicated(edited.presentation, number - 1)
    for table, gone in ((edited.table(number), slice(1 + rows, None)), (edited.table(number + 1), slice(1, 1 + rows))):
        for row in list(table._tbl.tr_lst)[gone]:
            table._tbl.remove(row)


def goals_on(edited: Edited, number: int) -> list[str]:
    slide = read_deck(edited.save()).slides[number - 1]
    return [row.snapshot.goal or "" for row in slide.rows if row.snapshot]


@SAVED
def test_both_parts_of_a_table_that_was_split_get_the_data(
    edited: Edited, layout: LoadedLayout, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    first, second = (goals := goals_on(edited, 4))[:2], goals[2:]
    split(edited, 4, 2)
    edited.table(5).cell(1, 3).text_frame.paragraphs[0].runs[0].text = "Käsin kirjoitettu arviointi riittää tähän."
    edited = saved(edited, tmp_path)
    report = hand_edits(read_deck(edited.path)).report
    assert "Käsin" in next(goal for goal in report.goals if goal.id == second[0]).assessment[0]
    kinds = {problem.kind for problem in hand_edits(read_deck(edited.path)).remarks}
    assert not kinds & {"deck-slide-copied", "deck-row-gone", "deck-row-moved"}
    data = changed(changed(edited.report, first[0], score=1), second[0], score=1)
    after = edited.after(data, layout)
    assert (goals_on(after, 4), goals_on(after, 5)) == (first, second)
    assert [after.table(number).cell(1, 2).text for number in (4, 5)] == ["1", "1"]
    assert "Käsin" in after.table(5).cell(1, 3).text
    assert not after.refreshed(data, layout).files


def test_a_new_goal_comes_to_the_part_of_a_split_table_where_it_belongs(edited: Edited, layout: LoadedLayout) -> None:
    second = goals_on(edited, 4)[2:]
    split(edited, 4, 2)
    (strategy, *others), goal = edited.report.strategies, edited.report.goals[0]
    (guideline, *rest) = strategy.guidelines
    new = replace(goal, id="H1.9", text="Uusi tavoite on asetettu.", subgoals=(), assessment=("Se on uusi.",))
    at = next(n for n, one in enumerate(guideline.goals) if one.id == second[0]) + 1
    goals = (*guideline.goals[:at], new, *guideline.goals[at:])
    guidelines = (replace(guideline, goals=goals, published=None), *rest)
    data = replace(edited.report, strategies=(replace(strategy, guidelines=guidelines), *others))
    after = edited.after(data, layout)
    assert goals_on(after, 5)[:2] == [second[0], "H1.9"]
    assert not after.refreshed(data, layout).files
    back = after.after(edited.report, layout)
    assert goals_on(back, 5) == second


def test_a_part_of_a_split_table_that_is_not_needed_goes(edited: Edited, layout: LoadedLayout) -> None:
    split(edited, 4, 2)
    count = len(edited.presentation.slides)
    after = edited.after(shorter(edited.report), layout)
    assert len(after.presentation.slides) == count - 2
    assert deck_judge.findings(after.path) == []


def test_rows_in_a_second_table_of_a_slide_are_told_and_refused(edited: Edited, layout: LoadedLayout) -> None:
    frame = next(shape for shape in edited.slide(4).shapes if shape.has_table)._element
    second = deepcopy(frame)
    next(second.iter("{*}cNvPr")).set("name", "Taulukko 9")
    next(second.iter("{*}cNvPr")).set("id", "99")
    for table, gone in ((frame, slice(2, None)), (second, slice(1, 2))):
        for row in list(table.iter("{*}tr"))[gone]:
            row.getparent().remove(row)
    frame.addnext(second)
    reading = read_deck(edited.save())
    told = [problem.place for problem in hand_edits(reading).remarks if problem.kind == "deck-table-unread"]
    assert told == [SlidePlace(str(edited.path), 4, "Taulukko 9")]
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(changed(edited.report, "H1.1", score=1), layout)
    assert "refresh-table-unread" in [problem.kind for problem in found.value.problems]


def test_a_new_slide_behind_a_hidden_one_of_its_table_is_hidden(edited: Edited, layout: LoadedLayout) -> None:
    edited.slide(5)._element.set("show", "0")
    after = edited.after(changed(edited.report, "H1.1", assessment=(LONG, LONG)), layout)
    assert [after.slide(number)._element.get("show") for number in (4, 5, 6, 7)] == [None, "0", "0", None]


def animated(edited: Edited, number: int, *shapes: Any) -> None:
    """Let shapes fade in, one at a click, as PowerPoint writes it."""
    effects = "".join(EFFECT.format(id=shape.shape_id, n=10 * n) for n, shape in enumerate(shapes, 1))
    edited.slide(number)._element.append(etree.fromstring(TIMING.format(effects=effects)))


def test_animations_stay_but_for_those_of_what_is_gone(edited: Edited, layout: LoadedLayout) -> None:
    shapes = {shape.name: shape for shape in edited.slide(4).shapes}
    mark = next(shape for name, shape in shapes.items() if name.startswith("Jatkuu"))
    table = next(shape for shape in shapes.values() if shape.has_table)
    animated(edited, 4, table, mark)
    animated(edited, 6, next(shape for shape in edited.slide(6).shapes if shape.name.startswith("Jatkuu")))
    after = edited.after(changed(shorter(edited.report), "H1.1", score=1), layout)
    targets = [target.get("spid") for target in after.slide(4)._element.iter("{*}spTgt")]
    assert targets == [str(table.shape_id)]
    assert len(list(after.slide(5)._element.iter("{*}spTgt"))) == 1
    assert ooxml.errors(after.path) == []


def test_a_slide_that_was_copied_whole_is_a_copy(edited: Edited) -> None:
    duplicated(edited.presentation, 3)
    kinds = [problem.kind for problem in hand_edits(read_deck(edited.save())).remarks]
    assert kinds == ["deck-slide-copied"]


def translate(edited: Edited, number: int) -> None:
    """Write other words in the title of a slide, before its x/n."""
    first = edited.slide(number).shapes.title.text_frame.paragraphs[0].runs[0]
    first.text = "Strategic goals"


@SAVED
def test_other_words_in_a_title_stay_and_its_number_of_parts_follows(
    edited: Edited, layout: LoadedLayout, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    translate(edited, 4)
    translate(edited, 8)
    edited = saved(edited, tmp_path)
    data = changed(edited.report, "H1.1", assessment=(LONG, LONG))
    after = edited.after(data, layout)
    assert " ".join(after.slide(4).shapes.title.text.split()) == "Strategic goals 1/3"
    assert not after.refreshed(data, layout).files
    back = after.after(shorter(edited.report), layout)
    assert " ".join(back.slide(4).shapes.title.text.split()) == "Strategic goals"


def test_new_words_of_a_title_that_was_translated_are_a_conflict(edited: Edited, layout: LoadedLayout) -> None:
    translate(edited, 4)
    (first, *others) = edited.report.strategies
    (guideline, *rest) = first.guidelines
    data = replace(
        edited.report,
        strategies=(replace(first, guidelines=(replace(guideline, name="Uusi nimi linjaukselle"), *rest)), *others),
    )
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(data, layout)
    assert {problem.kind for problem in found.value.problems} == {"deck-conflict"}


def with_footers(edited: Edited) -> None:
    """Set a footer, a date and a number on all slides, as PowerPoint does, and put a picture of a stamp on each."""
    for slide in edited.presentation.slides:
        for n, (type, text) in enumerate((("ftr", "Luottamuksellinen"), ("dt", "24.11.2026"), ("sldNum", "1")), 60):
            slide.shapes._spTree.append(etree.fromstring(FOOTER.format(type=type, text=text, n=n)))


@SAVED
def test_a_slide_with_no_more_than_a_footer_goes(
    edited: Edited, layout: LoadedLayout, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    with_footers(edited)
    edited = saved(edited, tmp_path)
    fates = [change.fate for change in edited.refreshed(shorter(edited.report), layout).slides]
    assert (fates.count(SlideFate.REMOVED), fates.count(SlideFate.KEPT)) == (1, 0)


def test_a_slide_that_stays_has_no_number_of_a_table_and_is_no_slide_of_another_deck(
    edited: Edited, layout: LoadedLayout
) -> None:
    with_footers(edited)
    edited.slide(5).shapes.add_textbox(0, 0, 99, 99).text_frame.text = "Oma huomautus"
    after = edited.after(shorter(edited.report), layout)
    assert "2/2" not in after.slide(5).shapes.title.text
    assert [problem.kind for problem in hand_edits(read_deck(after.path)).remarks] == []
    assert not after.refreshed(shorter(edited.report), layout).files


def merge_cells(table: Any, first: tuple[int, int], last: tuple[int, int]) -> None:
    table.cell(*first).merge(table.cell(*last))


@SAVED
def test_merged_cells_are_told_with_their_place_and_the_rest_is_read(
    edited: Edited, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    merge_cells(edited.table(4), (1, 1), (1, 2))
    edited.cell(4, 1, 3).text = "Käsin kirjoitettu arviointi on riittävän pitkä lause tässä."
    edited.cell(4, 2, 2).text = "1"
    edited = saved(edited, tmp_path)
    found = hand_edits(read_deck(edited.path))
    assert found.problems == ()
    (told,) = (problem for problem in found.remarks if problem.kind == "deck-cells-merged")
    assert isinstance(told.place, SlidePlace)
    assert (told.place.slide, told.goal) == (4, "H1.1")
    assert told.values["value"] == "Tavoite saavutettu?, Arviointi (1-5)"
    assert found.report.goals[0].assessment == ("Käsin kirjoitettu arviointi on riittävän pitkä lause tässä.",)
    assert found.report.goals[1].score == 1


@SAVED
def test_merged_cells_stay_while_the_data_leave_them_alone(
    edited: Edited, layout: LoadedLayout, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    merge_cells(edited.table(4), (1, 1), (1, 2))
    merge_cells(edited.table(5), (1, 2), (2, 2))
    edited = saved(edited, tmp_path)
    last = goals_on(edited, 4)[-1]
    data = changed(edited.report, last, score=1)
    after = edited.after(data, layout)
    assert after.table(4).cell(1, 1).is_merge_origin
    assert after.table(5).cell(1, 2).is_merge_origin
    assert not after.refreshed(data, layout).files
    with pytest.raises(ProblemsFound) as found:
        edited.refreshed(changed(data, "H1.1", score=1), layout)
    assert [(problem.kind, problem.goal) for problem in found.value.problems] == [("refresh-merged", "H1.1")]


@pytest.mark.needs("openxml")
def test_a_split_table_with_merged_cells_and_footers_passes_the_judge(edited: Edited, layout: LoadedLayout) -> None:
    split(edited, 4, 2)
    merge_cells(edited.table(4), (1, 1), (1, 2))
    translate(edited, 5)
    data = changed(edited.report, goals_on(edited, 5)[0], score=1, assessment=(LONG,))
    assert ooxml.errors(edited.after(data, layout).path) == []


def test_rows_that_were_pasted_into_a_table_of_an_own_slide_are_read_and_refreshed(
    edited: Edited, layout: LoadedLayout
) -> None:
    own = edited.presentation.slides.add_slide(edited.slide(4).slide_layout)
    frame = next(shape for shape in edited.slide(4).shapes if shape.has_table)
    own.shapes._spTree.append(deepcopy(frame._element))
    number, table = len(edited.presentation.slides), edited.table(4)
    pasted = edited.table(number)
    goal = goals_on(edited, 4)[0]
    for naming in own.shapes._spTree.iter("{*}cNvPr"):
        naming.set("name", f"Taulukko {naming.get('id')}")
    for row in list(pasted._tbl.tr_lst)[2:]:
        pasted._tbl.remove(row)
    table._tbl.remove(table._tbl.tr_lst[1])
    data = changed(edited.report, goal, score=1)
    after = edited.after(data, layout)
    assert after.table(number).cell(1, 2).text == "1"
    assert not after.refreshed(data, layout).files


@pytest.mark.needs("libreoffice")
def test_new_cells_stand_as_high_as_those_beside_them_that_libreoffice_saved(
    edited: Edited, layout: LoadedLayout, tmp_path: Path
) -> None:
    edited = in_libreoffice(edited, tmp_path)
    (first, *others), goal = edited.report.strategies, edited.report.goals[0]
    (guideline, *rest) = first.guidelines
    new = replace(goal, id="H1.9", text="Uusi tavoite on asetettu.", score=1, assessment=("Se on uusi.",))
    guidelines = (replace(guideline, goals=(new, *guideline.goals), published=None), *rest)
    after = edited.after(replace(edited.report, strategies=(replace(first, guidelines=guidelines), *others)), layout)
    for number, row in ((3, 2), (4, 1), (4, 2)):
        margins = {(cell.margin_top, cell.margin_bottom) for cell in after.table(number).rows[row].cells}
        assert len(margins) == 1, (number, row)
    assert after.table(4).cell(1, 1).margin_top == after.table(4).cell(2, 1).margin_top


SENTENCES = [f"Virke {number} kertoo, miten palvelut ovat edenneet vuoden aikana." for number in range(90)]


@SAVED
@pytest.mark.parametrize("keep", [Keep.DECK, Keep.SOURCE])
def test_a_text_that_is_cut_over_slides_is_that_of_the_side_that_is_kept(
    keep: Keep, layout: LoadedLayout, tmp_path: Path, saved: Callable[[Edited, Path], Edited]
) -> None:
    goal = Goal("S1.1", "Pitkä tavoite.", (), Achieved.PARTLY, 3, (" ".join(SENTENCES),))
    report = Report("Arviointi", (Strategy("Strategia", (Guideline("Linjaus", (goal,)),)),))
    (built,) = build(
        write_yaml(report, tmp_path / "source"), out=tmp_path / "out", formats=("pptx",), layout=LUVN
    ).files
    edited = Edited(built, tmp_path / "esitys.pptx")
    run = edited.cell(4, 1, 3)
    run.text = run.text.replace("vuoden aikana", "koko vuoden ajan", 1)
    edited = saved(edited, tmp_path)
    mine = hand_edits(read_deck(edited.path)).report.goals[0].assessment
    theirs = (" ".join([*SENTENCES, "Tämän virkkeen toivat tiedot."]),)
    data = changed(edited.report, "S1.1", assessment=theirs)
    after = edited.after(data, layout, keep)
    assert hand_edits(read_deck(after.path)).report.goals[0].assessment == (mine if keep is Keep.DECK else theirs)
    assert not after.refreshed(data, layout, keep).files
