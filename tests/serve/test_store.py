"""What is saved is in the files, what others saved meanwhile is not overwritten, and nothing typed is lost."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from raportti import api
from raportti.files import OWN_FOLDER
from raportti.report.model import Achieved
from raportti.serve.saving.store import Conflict, Saved, SourceBroken, Store
from raportti.serve.saving.versions import Change, Refused, fields_of
from raportti.workflows.edit import GoalEdit
from serve.sources import csv_source, workbook_source, yaml_source

SOURCES = [yaml_source, csv_source, workbook_source]


@pytest.fixture(params=SOURCES, ids=lambda make: make.__name__)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Open a report from each form of source."""
    return Store(request.param(tmp_path))


def save(store: Store, goal: str, base: str | None = None, who: str = "A", **new: str) -> Saved:
    """Save fields as a browser does that shows the goal as it is; ``assessment_fi`` is ``assessment.fi``."""
    form = store.opened.goals[goal]
    now = fields_of(form)
    changes = {
        (name := key.replace("_fi", ".fi").replace("_sv", ".sv")): Change(now[name], text) for key, text in new.items()
    }
    return store.save(goal, changes, base=base or form.version, who=who)


def read_back(store: Store) -> dict[str, str]:
    """Return the fields of all goals as they are read from the files anew."""
    return {
        f"{goal} {name}": text
        for goal, form in Store(store.source).opened.goals.items()
        for name, text in fields_of(form).items()
    }


def test_a_form_shows_every_field_in_each_language_and_nothing_where_a_text_is_missing(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    assert store.opened.languages == ("fi", "sv")
    form = store.opened.goals["H1.1"]
    assert (form.strategy, form.guideline, form.achieved, form.score) == ("Strategia A", "Linjaus yksi", "yes", "4")
    assert form.text == {"fi": "Asukkaat voivat hyvin.", "sv": "Invånarna mår bra."}
    assert form.subgoals == {"fi": "Palvelut löytyvät\nJonot lyhenevät", "sv": "Servicen hittas\nKöerna blir kortare"}
    other = store.opened.goals["H1.2"]
    assert (other.text, other.assessment["sv"]) == ({"fi": "Henkilöstö pysyy.", "sv": ""}, "")
    assert store.opened.goals["H2.1"].achieved == "missing"


def test_a_saved_field_is_in_the_files_and_everything_else_stays(store: Store) -> None:
    before = read_back(store)
    saved = save(store, "H1.2", score="5", assessment_fi="Vaihtuvuus on puolittunut vuodessa.")
    after = read_back(store)
    assert {name for name in after if before[name] != after[name]} == {"H1.2 score", "H1.2 assessment.fi"}
    assert saved.opened is store.opened and saved.opened.number == 2
    assert dict(fields_of(store.opened.goals["H1.2"])) == {
        name.removeprefix("H1.2 "): text for name, text in after.items() if name.startswith("H1.2 ")
    }


def test_comments_and_order_of_the_yaml_stay(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    before = (store.source / "a.yaml").read_text(encoding="utf-8").splitlines()
    save(store, "H1.1", score="5")
    after = (store.source / "a.yaml").read_text(encoding="utf-8").splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        ("        arviointi: 4", "        arviointi: 5")
    ]


def test_a_translation_is_written_in_its_language_and_can_be_taken_away_again(store: Store) -> None:
    before = read_back(store)
    save(store, "H1.2", text_sv="Personalen stannar kvar.")
    assert store.opened.goals["H1.2"].text["sv"] == "Personalen stannar kvar."
    save(store, "H1.2", text_sv="")
    assert read_back(store) == before


def test_a_goal_that_the_table_of_translations_lacks_gets_its_row_with_its_first_text(tmp_path: Path) -> None:
    store = Store(csv_source(tmp_path))
    before = read_back(store)
    save(store, "P1.1", text_sv="Budgeten håller.")
    assert read_back(store) == {**before, "P1.1 text.sv": "Budgeten håller."}
    save(store, "P1.1", text_sv="")
    assert read_back(store) == before


def test_a_text_that_stands_in_follows_the_text_that_it_stands_in_for(store: Store) -> None:
    save(store, "H1.2", assessment_fi="Aivan uusi arviointi tavoitteesta.")
    assert store.opened.goals["H1.2"].assessment["sv"] == ""
    assert store.opened.reports["sv"].goals[1].assessment == ("Aivan uusi arviointi tavoitteesta.",)


def test_subgoals_are_written_line_by_line(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    text = "Palvelut löytyvät\n- helposti\n- verkosta\nJonot lyhenevät\nUusi"
    save(store, "H1.1", subgoals_fi=text)
    assert store.opened.goals["H1.1"].subgoals["fi"] == text
    assert read_back(store)["H1.1 subgoals.sv"].startswith("Servicen hittas")
    save(store, "H1.1", subgoals_sv="")
    assert (form := store.opened.goals["H1.1"]).subgoals["sv"] == "" and form.subgoals["fi"] == text


def test_a_goal_may_be_emptied_and_one_that_is_not_assessed_loses_its_score(store: Store) -> None:
    save(store, "H1.1", achieved="missing", score="", assessment_fi="", assessment_sv="")
    assert store.opened.report.goals[0].achieved is Achieved.MISSING
    assert {problem.kind for problem in store.opened.problems if problem.goal == "H1.1"} >= {
        "missing-yet",
        "missing-score",
    }
    saved = save(store, "H1.2", achieved="not_assessed")
    assert store.opened.goals["H1.2"].score == ""
    assert saved.entry and saved.entry.fields["H1.2"]["score"] == ("3", "")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("score", "6", "score-unknown"),
        ("achieved", "EHKÄ", "status-unknown"),
        ("text_fi", "", "missing"),
        ("assessment_fi", "Viite {xyzw: kesken}", "mark-language"),
        ("assessment_sv", "Styr\x07tecken", "character-control"),
    ],
)
def test_a_wrong_value_names_its_field_and_nothing_is_written(
    tmp_path: Path, field: str, value: str, kind: str
) -> None:
    store = Store(yaml_source(tmp_path))
    before = {file: file.read_bytes() for file in store.source.glob("*.yaml")}
    goal = "H1.2" if field == "text_fi" else "H1.1"
    with pytest.raises(Refused) as refused:
        save(store, goal, **{field: value})
    name = field.replace("_fi", ".fi").replace("_sv", ".sv")
    assert [problem.kind for problem in refused.value.fields[name]] == [kind]
    assert {file: file.read_bytes() for file in before} == before and not store.history()


def test_what_is_odd_is_saved_with_a_warning_of_its_field(tmp_path: Path) -> None:
    saved = save(Store(yaml_source(tmp_path)), "H1.1", score="1")
    assert [problem.kind for problem in saved.warnings["score"]] == ["score-low"]


def test_a_preview_says_what_saving_would_make_of_the_source_and_writes_nothing(store: Store) -> None:
    before = read_back(store)
    text = "Vaihtuvuus on puolittunut vuodessa."
    changes = {"assessment.fi": Change("", text), "achieved": Change("partly", "not_assessed")}
    sources, _ = store.preview("H1.2", changes)
    assert read_back(store) == before and not store.history() and store.opened.number == 1
    assert sources["sv"].report.goals[1].assessment == (text,)
    save(store, "H1.2", assessment_fi=text, achieved="not_assessed")
    assert {language: source.report for language, source in sources.items()} == store.opened.reports


def test_a_preview_warns_of_odd_values_and_refuses_wrong_ones_as_saving_does(store: Store) -> None:
    _, warnings = store.preview("H1.1", {"score": Change("4", "1")})
    assert [problem.kind for problem in warnings["score"]] == ["score-low"]
    with pytest.raises(Refused) as refused:
        store.preview("H1.1", {"score": Change("4", "6")})
    assert [problem.kind for problem in refused.value.fields["score"]] == ["score-unknown"]
    with pytest.raises(LookupError):
        store.preview("H9.9", {"score": Change("4", "1")})


def test_two_fields_of_a_goal_that_two_people_change_are_merged(store: Store) -> None:
    base = store.opened.goals["H1.1"].version
    save(store, "H1.1", base, "A", score="5")
    saved = save(store, "H1.1", base, "B", assessment_fi="Kaikki on valmista joka kunnassa.")
    form = saved.opened.goals["H1.1"]
    assert (form.score, form.assessment["fi"]) == ("5", "Kaikki on valmista joka kunnassa.")


def test_the_same_field_changed_twice_is_a_conflict_with_both_texts_and_who_was_first(store: Store) -> None:
    form = store.opened.goals["H1.1"]
    old = form.assessment["fi"]
    save(store, "H1.1", who="Aino", assessment_fi="Ainon arviointi tavoitteesta.")
    changes = {"assessment.fi": Change(old, "Eeron arviointi tavoitteesta."), "score": Change("4", "5")}
    with pytest.raises(Conflict) as found:
        store.save("H1.1", changes, base=form.version, who="Eero")
    clash = found.value.fields["assessment.fi"]
    assert (clash.base, clash.mine, clash.theirs) == (
        old, "Eeron arviointi tavoitteesta.", "Ainon arviointi tavoitteesta.",
    )  # fmt: skip
    assert found.value.who == "Aino" and found.value.when
    assert found.value.saved and found.value.saved.fields == ("score",)
    assert (store.opened.goals["H1.1"].score, store.opened.goals["H1.1"].assessment["fi"]) == ("5", clash.theirs)


def test_the_same_field_changed_to_the_same_is_no_conflict(store: Store) -> None:
    form = store.opened.goals["H1.1"]
    save(store, "H1.1", score="5")
    saved = store.save("H1.1", {"score": Change("4", "5")}, base=form.version, who="B")
    assert saved.entry is None and len(store.history()) == 1


def test_keeping_mine_carries_the_new_version_so_that_a_third_writer_is_noticed(store: Store) -> None:
    save(store, "H1.1", score="5")
    seen = store.opened.goals["H1.1"]
    save(store, "H1.1", who="C", score="2")
    with pytest.raises(Conflict):
        store.save("H1.1", {"score": Change("5", "3")}, base=seen.version, who="B")


def test_a_goal_that_was_removed_or_renamed_is_a_conflict_that_keeps_what_was_typed(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    changes = {"assessment.fi": Change("", "Kirjoitin tämän juuri.")}
    file = store.source / "a.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("H1.2", "H1.7"), encoding="utf-8")
    with pytest.raises(Conflict) as found:
        store.save("H1.2", changes, base="0", who="A")
    assert (found.value.is_gone, found.value.renamed_to) == (True, "H1.7")
    assert found.value.fields["assessment.fi"].mine == "Kirjoitin tämän juuri."
    with pytest.raises(Conflict) as found:
        store.save("H9.9", changes, base="0", who="A")
    assert (found.value.is_gone, found.value.renamed_to) == (True, None)


def test_an_edit_in_an_editor_that_was_not_noticed_yet_is_merged(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    form = store.opened.goals["H1.1"]
    file = store.source / "a.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("arviointi: 4", "arviointi: 2"), encoding="utf-8")
    store.save("H1.1", {"text.sv": Change(form.text["sv"], "Alla mår bra.")}, base=form.version, who="A")
    assert (store.opened.goals["H1.1"].score, store.opened.goals["H1.1"].text["sv"]) == ("2", "Alla mår bra.")
    with pytest.raises(Conflict) as found:
        store.save("H1.1", {"score": Change("4", "5")}, base=form.version, who="A")
    assert found.value.who is None


def test_a_broken_source_stops_saving_and_keeps_the_last_good_reading(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    good, file = store.opened, store.source / "a.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("nimi: {fi: Strategia A", "nimi: {fi: Strategia A, {"), encoding="utf-8")
    with pytest.raises(SourceBroken):
        save(store, "P1.2", score="2")
    assert store.opened is good and store.broken and store.broken[0].place
    file.write_text(text, encoding="utf-8")
    save(store, "P1.2", score="2")
    assert not store.broken and read_back(store)["P1.2 score"] == "2"


def test_what_another_program_writes_is_told_within_a_second_and_own_saves_are_not(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    told: list[object] = []
    stop = Event()
    thread = Thread(target=store.watch, args=(told.append, stop))
    thread.start()
    try:
        sleep(0.3)
        save(store, "H1.1", score="5")
        sleep(1.2)
        assert not told
        file = store.source / "b.yaml"
        text = file.read_text(encoding="utf-8")
        _expect(told, 1, lambda: file.write_text(text.replace("myöhässä", "ajallaan"), encoding="utf-8"))
        assert told[0] is store.opened and "ajallaan" in store.opened.goals["P1.2"].assessment["fi"]
        file.write_text("# vain huomautus\n" + text.replace("myöhässä", "ajallaan"), encoding="utf-8")
        sleep(1.2)
        assert len(told) == 1
        _expect(told, 2, lambda: file.write_text("nimi: [\n", encoding="utf-8"))
        assert told[1] is None and store.broken
        _expect(told, 3, lambda: file.write_text(text, encoding="utf-8"))
        assert told[2] is store.opened and not store.broken
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()


def _expect(told: list[object], count: int, act: Callable[[], object]) -> None:
    act()
    end = monotonic() + 1.5
    while len(told) < count and monotonic() < end:
        sleep(0.02)
    assert len(told) == count


def test_the_command_line_and_the_store_merge_what_they_write(store: Store) -> None:
    edit = api.set_goal(store.source, GoalEdit("H1.2", score="5"))
    save(store, "H1.1", score="3")
    if store.source.is_dir():
        with pytest.raises(api.ProblemsFound):
            api.apply(edit)
        edit = api.set_goal(store.source, GoalEdit("H1.2", score="5"))
        api.apply(edit)
        save(store, "H1.1", achieved="partly")
        assert (read_back(store)["H1.2 score"], read_back(store)["H1.1 achieved"]) == ("5", "partly")


def test_a_second_store_on_the_same_files_sees_and_merges(store: Store) -> None:
    other = Store(store.source)
    base = other.opened.goals["H1.1"].version
    save(store, "H1.1", score="5")
    other.save("H1.1", {"achieved": Change("yes", "partly")}, base=base, who="B")
    assert (other.opened.goals["H1.1"].score, other.opened.goals["H1.1"].achieved) == ("5", "partly")
    assert [entry.number for entry in store.history()] == [2, 1]


def test_the_programs_own_folder_is_no_part_of_the_source(store: Store) -> None:
    save(store, "H1.1", score="5")
    folder = (store.source if store.source.is_dir() else store.source.parent) / OWN_FOLDER
    assert sorted(file.name for file in folder.iterdir()) == [store.journal.path.name]
    (folder / "raportti.yaml").write_text("nimi: [", encoding="utf-8")
    (folder / "arviointi.sv.csv").write_text("x", encoding="utf-8")
    assert api.read_report(store.source, draft=True).goals[0].score == 5
    assert not store.look()


def test_accepted_reports_are_written_unless_the_source_changed(store: Store) -> None:
    from dataclasses import replace

    opened = store.opened
    report = replace(opened.report, strategies=opened.report.strategies[:1])
    reports = [replace(one, strategies=one.strategies[:1]) for one in opened.reports.values()]
    saved = store.accept(reports, based_on=opened.number, who="A")
    assert saved.opened.report == report and "P1.1" not in store.opened.goals
    with pytest.raises(Conflict):
        store.accept(list(opened.reports.values()), based_on=opened.number, who="A")
    assert saved.entry
    store.undo(saved.entry.id, who="A")
    assert store.opened.report == opened.report


def test_after_the_end_nothing_is_written(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    before = {file: file.read_bytes() for file in store.source.glob("*.yaml")}
    store.close()
    saving = Thread(target=save, args=(store, "H1.2"), kwargs={"score": "5"}, daemon=True)
    saving.start()
    saving.join(0.3)
    assert saving.is_alive()
    assert {file: file.read_bytes() for file in store.source.glob("*.yaml")} == before
