"""Structure and texts of the report change in all languages, by the rules of a source, and undo takes it back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from raportti import api
from raportti.problems import ProblemsFound
from raportti.report.model import Report
from raportti.serve.saving.report_texts import texts_of_part
from raportti.serve.saving.store import Conflict, Store
from raportti.serve.saving.structure import (
    AddGoal,
    AddGuideline,
    AddStrategy,
    MoveGoal,
    MoveGuideline,
    MoveStrategy,
    RemoveGoal,
    RemoveGuideline,
    RemoveStrategy,
    RenameGoal,
    Restructure,
    SetTexts,
    next_id,
)
from raportti.serve.saving.versions import Change, Refused
from raportti.source.stand_ins import bare_of
from serve.sources import csv_source, workbook_source, yaml_source

NEW = {"fi": "Uusi tavoite on tässä.", "sv": "Det nya målet är här."}
STEPS: dict[str, tuple[Restructure, list[str]]] = {
    "add": (AddGoal("Strategia A", "Linjaus yksi", "H1.3", NEW), ["H1.1", "H1.2", "H1.3", "H2.1", "P1.1", "P1.2"]),
    "add before": (
        AddGoal("Strategia A", "Linjaus yksi", "H1.3", {"fi": "Vain suomeksi."}, before="H1.2"),
        ["H1.1", "H1.3", "H1.2", "H2.1", "P1.1", "P1.2"],
    ),
    "remove": (RemoveGoal("H1.1"), ["H1.2", "H2.1", "P1.1", "P1.2"]),
    "move within": (
        MoveGoal("H1.2", "Strategia A", "Linjaus yksi", before="H1.1"),
        ["H1.2", "H1.1", "H2.1", "P1.1", "P1.2"],
    ),
    "move away": (MoveGoal("H1.1", "Strategia B", "Talous"), ["H1.2", "H2.1", "P1.1", "P1.2", "H1.1"]),
    "rename": (RenameGoal("H1.1", "H1.9"), ["H1.9", "H1.2", "H2.1", "P1.1", "P1.2"]),
    "add guideline": (
        AddGuideline("Strategia A", {"fi": "Kolmas", "sv": "Tredje"}, "H3.1", NEW, before="Linjaus kaksi"),
        ["H1.1", "H1.2", "H3.1", "H2.1", "P1.1", "P1.2"],
    ),
    "remove guideline": (RemoveGuideline("Strategia A", "Linjaus yksi"), ["H2.1", "P1.1", "P1.2"]),
    "move guideline": (
        MoveGuideline("Strategia A", "Linjaus yksi", "Strategia B", before="Talous"),
        ["H2.1", "H1.1", "H1.2", "P1.1", "P1.2"],
    ),
    "add strategy": (
        AddStrategy(
            {"fi": "Strategia C", "sv": "Strategi C"}, {"fi": "Uusi linjaus"}, "C1.1", NEW, before="Strategia B"
        ),
        ["H1.1", "H1.2", "H2.1", "C1.1", "P1.1", "P1.2"],
    ),
    "remove strategy": (RemoveStrategy("Strategia A"), ["P1.1", "P1.2"]),
    "move strategy": (MoveStrategy("Strategia B", before="Strategia A"), ["P1.1", "P1.2", "H1.1", "H1.2", "H2.1"]),
}


@pytest.fixture(params=[yaml_source, workbook_source], ids=lambda make: make.__name__)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Open a report from those forms of source that can say its structure whole."""
    make: Callable[[Path], Path] = request.param
    return Store(make(tmp_path))


def ids(report: Report) -> list[str]:
    return [goal.id for goal in report.goals]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_changes_the_files_in_all_languages_and_undo_takes_it_back(store: Store, step: str) -> None:
    what, expected = STEPS[step]
    before = store.opened.reports
    saved = store.apply(what, who="A")
    again = Store(store.source).opened
    assert again.reports == store.opened.reports
    assert ids(again.reports["fi"]) == ids(again.reports["sv"]) == expected
    assert saved.entry
    undone = store.undo(saved.entry.id, who="A")
    assert store.opened.reports == Store(store.source).opened.reports == before
    assert undone.entry and undone.entry.undoes == saved.entry.id
    store.undo(undone.entry.id, who="A")
    assert ids(store.opened.report) == expected
    assert bare_of(store.opened.reports) == bare_of(again.reports)


def test_comments_stay_with_their_goals_when_these_move(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    store.apply(MoveGoal("H1.2", "Strategia A", "Linjaus kaksi"), who="A")
    text = (store.source / "a.yaml").read_text(encoding="utf-8")
    assert text.index("# Ensimmäinen tavoite") < text.index("Linjaus kaksi") < text.index("# Toinen tavoite")
    assert "KYLLÄ   # hallitus 12.5." in text


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        (AddGoal("Strategia A", "Linjaus yksi", "P1.1", NEW), "id-twice"),
        (AddGoal("Strategia A", "Linjaus yksi", "p1.1", NEW), "id-case"),
        (AddGoal("Strategia A", "Linjaus yksi", "H 3", NEW), "id-space"),
        (AddGoal("Strategia A", "Linjaus yksi", "", NEW), "missing"),
        (AddGoal("Strategia A", "Linjaus yksi", "H1.3", {}), "missing"),
        (AddGoal("Strategia A", "Linjaus yksi", "H1.3", {"sv": "Bara på svenska."}), "missing"),
        (RenameGoal("H1.1", "P1.1"), "id-twice"),
        (RemoveGoal("H2.1"), "guideline-empty"),
        (RemoveGuideline("Strategia B", "Talous"), "strategy-empty"),
        (AddGuideline("Strategia A", {"fi": "Linjaus yksi"}, "H3.1", NEW), "guideline-twice"),
        (SetTexts({"title.fi": Change("Arviointi", "")}), "missing"),
        (SetTexts({"date": Change("", "31.2.2025")}), "date-unknown"),
        (SetTexts({"scale.5.fi": Change("", "Hyvä")}), "scale-incomplete"),
        (SetTexts({"summary_sentence.fi": Change("", "{x} on")}, "Strategia A"), "placeholder-unknown"),
        (
            SetTexts({"name.fi": Change("Linjaus yksi", "Linjaus kaksi")}, "Strategia A", "Linjaus yksi"),
            "guideline-twice",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_and_nothing_is_written(tmp_path: Path, what: Restructure, kind: str) -> None:
    store = Store(yaml_source(tmp_path))
    before = {file: file.read_bytes() for file in store.source.glob("*.yaml")}
    with pytest.raises(Refused) as refused:
        store.apply(what, who="A")
    assert kind in {problem.kind for problem in refused.value.problems}
    assert {file: file.read_bytes() for file in before} == before and not store.history()


def test_the_name_of_the_field_comes_with_its_problem(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    with pytest.raises(Refused) as refused:
        store.apply(AddGoal("Strategia A", "Linjaus yksi", "P1.1", NEW), who="A")
    assert set(refused.value.fields) == {"id"}


def test_texts_of_the_report_and_its_parts_change_in_their_language(store: Store) -> None:
    store.apply(
        SetTexts({
            "title.sv": Change("Bedömning", "Bedömning 2025"), "date": Change("", "17.2.2025"),
            "organisation.fi": Change("", "Hyvinvointialue"), "case_number": Change("", "A/1"),
        }),
        who="A",
    )  # fmt: skip
    assert (store.opened.reports["sv"].title, store.opened.report.title) == ("Bedömning 2025", "Arviointi")
    scale = {f"scale.{grade}.fi": Change("", f"Taso {grade}") for grade in range(1, 6)}
    store.apply(SetTexts(scale), who="A")
    store.apply(SetTexts({"tag.fi": Change("", "A"), "tag.sv": Change("", "B")}, "Strategia A"), who="A")
    store.apply(SetTexts({"name.sv": Change("", "Riktlinje två")}, "Strategia A", "Linjaus kaksi"), who="A")
    now = bare_of(Store(store.source).opened.reports)
    texts = texts_of_part(now)
    assert (texts["date"], texts["organisation.fi"], texts["organisation.sv"]) == ("2025-02-17", "Hyvinvointialue", "")
    assert (texts["scale.5.fi"], texts["scale.5.sv"]) == ("Taso 5", "")
    assert texts_of_part(now, "Strategia A")["tag.sv"] == "B"
    assert texts_of_part(now, "Strategia A", "Linjaus kaksi")["name.sv"] == "Riktlinje två"
    before = store.history()[-1]
    for entry in [entry for entry in store.history() if entry.undoes is None]:
        store.undo(entry.id, who="A")
    assert texts_of_part(bare_of(store.opened.reports))["date"] == "" and before.number == 1
    assert store.opened.report.scale is None


def test_a_text_that_was_changed_meanwhile_is_a_conflict(store: Store) -> None:
    store.apply(SetTexts({"title.fi": Change("Arviointi", "Arvio")}), who="Aino")
    with pytest.raises(Conflict) as found:
        store.apply(SetTexts({"title.fi": Change("Arviointi", "Raportti")}), who="Eero")
    clash = found.value.fields["title.fi"]
    assert (clash.base, clash.mine, clash.theirs) == ("Arviointi", "Raportti", "Arvio")


def test_what_is_not_there_any_more_cannot_move_and_a_goal_that_changed_is_not_removed(store: Store) -> None:
    seen = store.opened.goals["H1.1"].version
    store.apply(RenameGoal("H1.2", "H1.8"), who="A")
    with pytest.raises(Conflict) as found:
        store.apply(MoveGoal("H1.2", "Strategia B", "Talous"), who="B")
    assert (found.value.is_gone, found.value.renamed_to) == (True, "H1.8")
    store.save("H1.1", {"score": Change("4", "5")}, base=seen, who="A")
    with pytest.raises(Conflict):
        store.apply(RemoveGoal("H1.1", version=seen), who="B")
    assert "H1.1" in store.opened.goals


def test_undoing_a_removal_keeps_what_others_changed_since(store: Store) -> None:
    removed = store.apply(RemoveGoal("H1.1"), who="A")
    store.save("H1.2", {"score": Change("3", "5")}, base="", who="B")
    store.apply(AddGoal("Strategia A", "Linjaus yksi", "H1.3", NEW), who="B")
    assert removed.entry
    store.undo(removed.entry.id, who="A")
    assert ids(store.opened.report) == ["H1.1", "H1.2", "H1.3", "H2.1", "P1.1", "P1.2"]
    assert store.opened.goals["H1.2"].score == "5"
    assert store.opened.goals["H1.1"].assessment["sv"].startswith("Arbetet har")


def test_undoing_what_was_changed_since_is_a_conflict(store: Store) -> None:
    added = store.apply(AddGoal("Strategia A", "Linjaus yksi", "H1.3", NEW), who="A")
    store.save("H1.3", {"assessment.fi": Change("", "Tähän kirjoitettiin paljon.")}, base="", who="B")
    assert added.entry
    with pytest.raises(Conflict):
        store.undo(added.entry.id, who="A")
    assert "H1.3" in store.opened.goals


@pytest.mark.parametrize(
    ("strategy", "guideline", "expected"),
    [
        ("Strategia A", "Linjaus yksi", "H1.3"),
        ("Strategia A", "Linjaus kaksi", "H2.2"),
        ("Strategia B", "Talous", "P1.3"),
    ],
)
def test_the_next_free_id_is_proposed(tmp_path: Path, strategy: str, guideline: str, expected: str) -> None:
    assert next_id(Store(yaml_source(tmp_path)).opened.report, strategy, guideline) == expected


def test_goals_of_a_plain_table_can_be_added_moved_and_removed(tmp_path: Path) -> None:
    store = Store(csv_source(tmp_path))
    for what in (
        AddGoal("Strategia B", "Talous", "P1.2", {"fi": "Uusi tavoite."}),
        MoveGoal("H1.2", "Strategia A", "Linjaus yksi", before="H1.1"),
        RemoveGoal("P1.1"),
    ):
        saved = store.apply(what, who="A")
        assert saved.entry
        store.undo(saved.entry.id, who="A")
        store.undo(store.history()[0].id, who="A")
    assert ids(Store(store.source).opened.report) == ["H1.2", "H1.1", "P1.2"]


SWEDISH = "Rapporten på svenska"


def finnish_yaml(folder: Path) -> Path:
    source = yaml_source(folder)
    for file in source.glob("*.yaml"):
        text = re.sub(r"\n +sv:(?: >-\n.*\n)?.*", "", file.read_text(encoding="utf-8"))
        file.write_text(re.sub(r", sv: [^}]*", "", text), encoding="utf-8")
    return source


def finnish_workbook(folder: Path) -> Path:
    path = folder / "arviointi.xlsx"
    api.export(finnish_yaml(folder), path)
    return path


def test_a_language_that_the_source_lacks_can_be_begun(tmp_path: Path) -> None:
    store = Store(finnish_yaml(tmp_path))
    assert store.opened.languages == ("fi",)
    before = dict(store.opened.contents)
    number = store.opened.number
    opened = store.begin("sv")
    assert (opened.languages, opened.number, dict(opened.contents)) == (("fi", "sv"), number + 1, before)
    assert opened.goals["H1.1"].text["sv"] == "" and not store.look()
    store.save("H1.2", {"score": Change("3", "4")}, base="", who="A")  # nothing in Swedish is written by that
    assert (store.opened.languages, Store(store.source).opened.languages) == (("fi", "sv"), ("fi",))
    store.apply(SetTexts({"title.sv": Change("", SWEDISH)}), who="A")
    store.save("H1.1", {"text.sv": Change("", "Invånarna mår bra.")}, base="", who="A")
    again = Store(store.source).opened
    assert (again.languages, again.reports["sv"].title) == (("fi", "sv"), SWEDISH)
    assert again.goals["H1.1"].text["sv"] == "Invånarna mår bra."
    for entry in store.history()[:2]:
        store.undo(entry.id, who="A")
    assert Store(store.source).opened.languages == ("fi",)


def finnish_csv(folder: Path) -> Path:
    path = csv_source(folder)
    path.with_name("arviointi.sv.csv").unlink()
    return path


@pytest.mark.parametrize("make", [finnish_csv, finnish_workbook])
def test_a_table_without_a_place_for_a_language_says_so(make: Callable[[Path], Path], tmp_path: Path) -> None:
    store = Store(make(tmp_path))
    with pytest.raises(ProblemsFound) as found:
        store.begin("sv")
    assert [problem.kind for problem in found.value.problems] == ["language-not-possible"]
    assert store.opened.languages == ("fi",)
