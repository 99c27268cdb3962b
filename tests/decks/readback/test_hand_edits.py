"""What people change in a deck comes back as data, or is told: whatever they do besides, and whoever saves it."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from planning import LUVN
from random_edits import with_goal
from raportti.api import build
from raportti.decks.readback.hand_edits import HandEdits, hand_edits
from raportti.decks.readback.reading import read_deck
from raportti.problems import SlidePlace
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy, Subgoal
from raportti.report.passages import Marked, Passage, passages_of
from stress.deck_edits import A, add_slide, edit
from stress.generate import Kind, Recipe
from stress.hold_edits import Edited, Miss, build_with_all, built, edited, misses
from stress.sources import write_yaml

SENTENCE = "Palvelujen saatavuutta on parannettu suunnitelman mukaisesti koko hyvinvointialueella. "
REPORT = Report(
    "Arviointi",
    (
        Strategy(
            "Strategia",
            (
                Guideline(
                    "Linjaus",
                    (
                        Goal(
                            "S1.1",
                            "Palvelut ovat {en: Lean} ja yhdenmukaisia.",
                            (Subgoal("Neuvonta toimii.", ("puhelimessa", "verkossa")), Subgoal("Jonot lyhenevät.")),
                            Achieved.PARTLY,
                            3,
                            ("Jonot ovat lyhentyneet {en: Lean} kehittämisen ansiosta.", "Työ jatkuu ensi vuonna."),
                        ),
                        Goal("S1.2", "Arviointi on kesken.", (), Achieved.NOT_ASSESSED, None, ()),
                    ),
                ),
                Guideline(
                    "Toinen linjaus",
                    (Goal("S2.1", "Hyvin pitkä arviointi.", (), Achieved.YES, 4, ((SENTENCE * 60).strip(),)),),
                ),
            ),
        ),
    ),
)
"""A goal with everything, one that is not assessed, and one over several slides."""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deck")
    (file,) = build(write_yaml(REPORT, folder / "source"), out=folder, formats=("pptx",), layout=LUVN).files
    return file


class Tables:
    """The rows of the goals' tables of a deck by goal and part, and how people type into them."""

    COLUMNS = ("goal", "subgoals", "achieved", "score", "assessment")

    def __init__(self, deck: Path) -> None:
        self.presentation: Any = Presentation(str(deck))
        self.slides = list(self.presentation.slides)
        snapshot = read_deck(deck).snapshot
        self.rows: dict[tuple[str, int], tuple[Any, list[str]]] = {}
        for slide, said in zip(self.slides, snapshot.slides, strict=True):
            if said.kind == "table":
                for row, of in zip(list(self.table(slide).table.rows)[1:], said.rows, strict=True):
                    part = of.split[0] if of.split else 1
                    self.rows[of.goal or "", part] = row, [cell.key for cell in of.cells]

    @staticmethod
    def table(slide: Any) -> Any:
        return next(shape for shape in slide.shapes if shape.has_table)

    def cell(self, goal: str, key: str, part: int = 1) -> Any:
        row, keys = self.rows[goal, part]
        return row.cells[keys.index(key)].text_frame

    def type(self, goal: str, key: str, text: str, part: int = 1) -> None:
        self.cell(goal, key, part).text = text

    def parts(self, goal: str) -> int:
        return max(part for of, part in self.rows if of == goal)


def found(deck: Path, tmp_path: Path, change: Callable[[Tables], object]) -> HandEdits:
    tables = Tables(deck)
    change(tables)
    file = tmp_path / "edited.pptx"
    tables.presentation.save(str(file))
    return hand_edits(read_deck(file))


def goal_of(edits: HandEdits, goal: str = "S1.1") -> Goal:
    return next(one for one in edits.report.goals if one.id == goal)


def kinds(edits: HandEdits) -> list[str]:
    return [problem.kind for problem in (*edits.problems, *edits.remarks)]


def test_a_deck_that_nobody_edited_says_its_report(deck: Path, default_documents: Mapping[str, Path]) -> None:
    for file in (deck, default_documents["pptx"]):
        reading = read_deck(file)
        edits = hand_edits(reading)
        assert edits.report == reading.snapshot.report
        assert not edits.changes
        assert kinds(edits) == []
        assert not reading.missing
        assert all(row.snapshot for slide in reading.slides for row in slide.rows)


# Many random edits: ``python -m stress.decks`` makes 300.


@pytest.fixture(scope="module")
def random_decks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edited, ...]:
    folder = tmp_path_factory.mktemp("random")
    decks = tuple(built(Recipe(3, Kind.REALISTIC, (4, 5)), (1, 2), folder))
    decks += tuple(built(Recipe(12, Kind.WILD), (4,), folder / "wild"))
    return tuple(edited(decks, range(12), folder, seed=4))


def test_each_edit_of_content_is_found_and_nothing_else(random_decks: tuple[Edited, ...], tmp_path: Path) -> None:
    assert list(misses(random_decks, tmp_path, in_libreoffice=False)) == []
    assert len({done for deck in random_decks for done in deck.edits}) > 8


@pytest.mark.needs("libreoffice")
def test_so_they_are_after_libreoffice_saved_the_deck(random_decks: tuple[Edited, ...], tmp_path: Path) -> None:
    assert list[Miss](misses(random_decks, tmp_path, in_libreoffice=True)) == []


def test_an_edit_that_is_not_expected_would_be_told(random_decks: tuple[Edited, ...], tmp_path: Path) -> None:
    changed = next(deck for deck in random_decks if deck.report != read_deck(deck.path).snapshot.report)
    wrong = Edited(1, changed.path, (), read_deck(changed.path).snapshot.report)
    assert len(list(misses([wrong], tmp_path, in_libreoffice=False))) == 1


# Values.


@pytest.mark.parametrize("word", ["KYLLÄ", "kyllä", "Ja", " kyllä "])
def test_a_status_is_read_in_both_languages_and_any_case(word: str, deck: Path, tmp_path: Path) -> None:
    edits = found(deck, tmp_path, lambda tables: tables.type("S1.1", "achieved", word))
    assert goal_of(edits).achieved is Achieved.YES
    assert [change.id for change in edits.changes.goals] == ["S1.1"]


def test_a_value_that_cannot_be_is_a_problem_with_slide_and_column(deck: Path, tmp_path: Path) -> None:
    edits = found(deck, tmp_path, lambda tables: tables.type("S1.1", "score", "3,5"))
    (problem,) = edits.problems
    assert (problem.kind, problem.goal, problem.values["value"]) == ("score-unknown", "S1.1", "3,5")
    assert problem.place == SlidePlace(str(tmp_path / "edited.pptx"), 4, "Arviointi (1-5)")
    assert not edits.changes


@pytest.mark.parametrize(
    ("goal", "key", "text", "kind"),
    [
        ("S1.1", "achieved", "joo", "status-unknown"),
        ("S1.1", "achieved", "EI ARVIOITU", "score-unexpected"),
        ("S1.1", "score", "", "missing-score"),
        ("S1.1", "goal", "", "missing"),
        ("S1.1", "assessment", " ", "missing-yet"),
        ("S1.2", "achieved", "KYLLÄ", "missing-score"),
    ],
)
def test_the_rules_are_those_of_a_source(goal: str, key: str, text: str, kind: str, deck: Path, tmp_path: Path) -> None:
    edits = found(deck, tmp_path, lambda tables: tables.type(goal, key, text))
    assert kind in [problem.kind for problem in edits.problems]
    assert not edits.changes


def test_what_was_not_assessed_can_be_assessed_in_the_deck(deck: Path, tmp_path: Path) -> None:
    def assess(tables: Tables) -> None:
        tables.type("S1.2", "achieved", "osittain")
        tables.type("S1.2", "score", "3")
        tables.type("S1.2", "assessment", "Arviointi tehtiin keväällä.")

    goal = goal_of(found(deck, tmp_path, assess), "S1.2")
    assert (goal.achieved, goal.score, goal.assessment) == (Achieved.PARTLY, 3, ("Arviointi tehtiin keväällä.",))


def test_a_remarkable_value_is_told_and_taken(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.type("S1.1", "achieved", "kyllä")
        tables.type("S1.1", "score", "1")

    edits = found(deck, tmp_path, change)
    assert kinds(edits) == ["score-low"]
    assert goal_of(edits).score == 1


# Lists and texts.


def test_levels_make_subgoals_and_their_items(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        paragraphs = tables.cell("S1.1", "subgoals").paragraphs
        paragraphs[2]._p.find(f"{A}pPr").attrib.pop("lvl")
        paragraphs[3]._p.find(f"{A}pPr").set("lvl", "1")

    assert goal_of(found(deck, tmp_path, change)).subgoals == (
        Subgoal("Neuvonta toimii.", ("puhelimessa",)),
        Subgoal("verkossa", ("Jonot lyhenevät.",)),
    )


def test_marks_that_were_typed_make_items_too(deck: Path, tmp_path: Path) -> None:
    edits = found(deck, tmp_path, lambda tables: tables.type("S1.1", "subgoals", "• Yksi\n- sen kohta\nKaksi"))
    assert goal_of(edits).subgoals == (Subgoal("Yksi", ("sen kohta",)), Subgoal("Kaksi"))


def test_an_item_without_a_subgoal_is_a_problem(deck: Path, tmp_path: Path) -> None:
    edits = found(deck, tmp_path, lambda tables: tables.type("S1.1", "subgoals", "- kohta\nKaksi"))
    assert [problem.kind for problem in edits.problems] == ["item-alone"]


def test_words_in_another_language_stay_marked_where_others_are_edited(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.type("S1.1", "goal", "Palvelut ovat Lean ja hyvin yhdenmukaisia.")

    text = goal_of(found(deck, tmp_path, change)).text
    assert text == "Palvelut ovat Lean ja hyvin yhdenmukaisia."
    assert isinstance(text, Marked)
    assert Passage("Lean", "en") in passages_of(text)


def test_a_paragraph_that_is_added_leaves_the_others_as_they_were(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        first = tables.cell("S1.1", "assessment").paragraphs[0]._p
        new = deepcopy(first)
        for run in new.findall(f"{A}r")[1:]:
            new.remove(run)
        new.find(f"{A}r/{A}t").text = "Alku."
        first.addprevious(new)

    goal = goal_of(found(deck, tmp_path, change))
    before = read_deck(deck).snapshot.report.goals[0]
    assert goal.assessment == ("Alku.", *before.assessment)
    assert passages_of(goal.assessment[1]) == passages_of(before.assessment[0])


# Rows over several slides.


def test_an_edit_in_any_part_of_a_row_counts(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        last = tables.parts("S2.1")
        assert last > 1
        tables.type("S2.1", "score", "5", part=last)
        goal = tables.cell("S2.1", "goal", last)
        goal.text = goal.text.replace("pitkä", "lyhyt")

    edits = found(deck, tmp_path, change)
    goal = goal_of(edits, "S2.1")
    assert (goal.score, goal.text) == (5, "Hyvin lyhyt arviointi.")
    assert kinds(edits) == []


def test_two_different_edits_of_what_is_repeated_are_a_problem(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.type("S2.1", "score", "5")
        tables.type("S2.1", "score", "3", part=2)

    (problem,) = found(deck, tmp_path, change).problems
    assert problem.kind == "deck-edits-differ"
    assert (problem.values["value"], problem.values["other"]) == ("3", "5")
    assert isinstance(problem.place, SlidePlace)
    assert isinstance(first := problem.values["first"], SlidePlace)
    assert problem.place.slide == first.slide + 1


def test_a_part_that_was_deleted_takes_nothing_away(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.rows["S2.1", 2][0]._tr.getparent().remove(tables.rows["S2.1", 2][0]._tr)
        tables.type("S2.1", "score", "5")

    edits = found(deck, tmp_path, change)
    goal = goal_of(edits, "S2.1")
    assert goal.score == 5
    assert goal.assessment == read_deck(deck).snapshot.report.goals[-1].assessment
    assert "deck-row-gone" in kinds(edits)


# What is no data.


def test_titles_and_figures_are_remarked_upon_and_not_taken(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        tables.slides[3].shapes.title.text = "Toinen nimi"
        tables.table(tables.slides[2]).table.rows[2].cells[2].text_frame.text = "5,0"

    edits = found(deck, tmp_path, change)
    assert kinds(edits) == ["deck-figure-edited", "deck-title-edited"]
    assert not edits.changes


def test_rows_and_slides_that_come_and_go_change_no_data(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        row = tables.rows["S1.2", 1][0]._tr
        row.getparent().remove(row)
        slides = tables.presentation.slides._sldIdLst
        slides.remove(slides[1])
        frame = tables.table(tables.slides[-1])._element
        frame.getparent().remove(frame)

    edits = found(deck, tmp_path, change)
    assert sorted(kinds(edits)) == ["deck-row-gone", "deck-slide-gone", "deck-table-gone"]
    assert not edits.changes


def copied(slide: Any, presentation: Any) -> Any:
    """Copy a slide as PowerPoint does, with its tag."""
    new = presentation.slides.add_slide(presentation.slide_layouts[0])
    tree = new.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in list(slide.shapes._spTree)[2:]:
        tree.append(deepcopy(shape))
    (tags,) = [rel.target_part for rel in slide.part.rels.values() if rel.reltype.endswith("/tags")]
    data = deepcopy(slide._element.find(".//{*}custDataLst"))
    (entry,) = data
    tag = Part(PackURI(f"/ppt/tags/copied{slide.slide_id}.xml"), tags.content_type, new.part.package, tags.blob)
    entry.set(entry.keys()[0], new.part.relate_to(tag, RELATIONSHIP_TYPE.TAGS))
    new._element.find(".//{*}cSld").append(data)
    return new


def test_a_slide_that_was_copied_is_told_and_not_confused(deck: Path, tmp_path: Path) -> None:
    def change(tables: Tables) -> None:
        copy = copied(tables.slides[3], tables.presentation)
        tables.table(copy).table.rows[1].cells[3].text_frame.text = "5"

    edits = found(deck, tmp_path, change)
    assert kinds(edits) == ["deck-slide-copied"]
    assert not edits.changes


def test_a_slide_of_another_deck_is_told_and_not_confused(deck: Path, tmp_path: Path) -> None:
    source = write_yaml(Recipe(3, Kind.REALISTIC, (4, 5)).report(1), tmp_path / "other")
    (other,) = build(source, out=tmp_path, formats=("pptx",), layout=LUVN).files
    pasted: Any = Presentation(str(other))
    edits = found(deck, tmp_path, lambda tables: copied(pasted.slides[-1], tables.presentation))
    assert kinds(edits) == ["deck-slide-foreign"]
    assert not edits.changes


def test_slides_of_ones_own_are_no_remark(deck: Path, tmp_path: Path) -> None:
    from random import Random

    edits = found(deck, tmp_path, lambda tables: add_slide(tables, Random(1)))  # type: ignore[arg-type]
    assert kinds(edits) == []


def test_an_edit_is_the_same_each_time(deck: Path, tmp_path: Path) -> None:
    from random import Random

    one, other = (edit(deck, tmp_path / f"{n}.pptx", Random(8)) for n in range(2))
    assert (one.told, one.report) == (other.told, other.report)


def test_a_score_is_edited_beside_the_mark_of_how_it_moved(tmp_path: Path) -> None:
    goal = REPORT.goals[0]
    before = with_goal(REPORT, goal, replace(goal, score=2))
    tables = Tables(build_with_all(REPORT, before, tmp_path))
    number = tables.cell("S1.1", "score").paragraphs[0].runs[0]
    number.text = number.text.replace("3", "4")
    tables.presentation.save(str(tmp_path / "edited.pptx"))
    edits = hand_edits(read_deck(tmp_path / "edited.pptx"))
    assert edits.problems == ()
    assert [change.id for change in edits.changes.goals] == ["S1.1"]
    assert goal_of(edits).score == 4
