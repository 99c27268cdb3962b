"""What a rebuild tells: what moved, and that nothing is lost that was edited by hand."""

import json
import zipfile
from pathlib import Path
from random import Random

import pytest

import raportti
from moves import moved, told
from planning import goal as goal_of
from planning import plan_of, report
from random_edits import random_edit
from raportti.problems import ProblemsFound
from raportti.report.diff import Changes, changes_of
from raportti.report.model import Guideline, Report, Strategy
from raportti.report.passages import Marked, Passage
from raportti.workflows.build import Built
from raportti.workflows.manifest import (
    Moved,
    manifest_bytes,
    manifest_of,
    moved_since,
    place_of_manifest,
    read_manifest,
)
from stress.sources import write_yaml

STEM = "arviointi"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Write a report of two strategies with a goal each: what changes in one of them leaves the other's pages alone."""
    return write_yaml(two_goals(3), tmp_path / "source")


def two_goals(score: int) -> Report:
    first, second = (
        Strategy(name, (Guideline(guideline, (one,)),))
        for name, guideline, one in (
            ("Hyvinvointialuestrategia", "Talous", goal_of(1)),
            ("Palvelustrategia", "Asiakastavoitteet", goal_of(2, score=score)),
        )
    )
    return Report("Arviointi", (first, second))


def set_score(source: Path, score: int) -> None:
    """Change the score of the goal in the second strategy, which was 3."""
    write_yaml(two_goals(score), source)


def build(source: Path, *formats: str) -> Built:
    return raportti.build(source, out=source.parent / "out", formats=formats or ("pptx",))


def test_the_first_build_has_nothing_to_tell_and_the_second_tells_what_moved(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build(source).moved == {}
    assert told(build(source).moved["fi"], "fi", monkeypatch) == ["mikään ei ole muuttunut edellisen koonnin jälkeen"]
    set_score(source, 4)
    assert told(build(source).moved["fi"], "fi", monkeypatch) == [
        "A1.2: arviointi 3 → 4",
        "Asiakastavoitteet: keskiarvo 3,0 → 4,0; dia 7",
        "yhteenvedot ja muut sivut: dia 6",
    ]


def test_slides_whose_content_did_not_change_keep_their_exact_xml(source: Path) -> None:
    before = parts(build(source).files[0])
    set_score(source, 4)
    after = parts(build(source).files[0])
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    stamp = "customXml/item1.xml"  # the report that the deck was made of
    assert changed == {stamp, "ppt/slides/slide6.xml", "ppt/slides/slide7.xml"}


def parts(deck: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(deck) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_a_manifest_says_the_report_to_the_letter() -> None:
    text = Marked((Passage("Tavoite "), Passage("well-being", "en-GB")))
    one = report(goal_of(1, text=text), goal_of(2, responsible="Ikääntyneet"))
    manifest = manifest_of(one, plan_of(one), {".pptx": b"1"}, before=None)
    assert json.loads(manifest_bytes(manifest))["form"] == 1
    assert moved_since(manifest, manifest, plan_of(one)) == Moved(Changes(), ())


def test_a_new_look_of_the_same_content_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    one = report(goal_of(1))
    before, after = (manifest_of(one, plan_of(one), {".pptx": data}, before=None) for data in (b"1", b"2"))
    look = moved_since(before, after, plan_of(one))
    assert look.has_new_look and not moved_since(before, before, plan_of(one)).has_new_look
    assert "ulkoasu on uusi" in told(look, "fi", monkeypatch)[0]


@pytest.mark.parametrize("seed", range(15))
def test_pages_are_told_wherever_a_report_is_edited(seed: int) -> None:
    old = report(*(goal_of(number) for number in range(1, 12)))
    new = random_edit(old, Random(seed)).report
    found = moved(old, new)
    assert found.changes == changes_of(old, new)
    before = {page.title: page for page in plan_of(old).pages}
    same = [page for page in plan_of(new).pages if before.get(page.title) == page]
    assert not set(same) & set(found.pages)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"form": 0}',
        b'{"form": 1}',
        b'{"form":1,"report":{},"pages":{},"files":{}}',
        b"\xff",
    ],
)
def test_a_manifest_that_is_broken_is_as_good_as_none(broken: bytes, source: Path) -> None:
    build(source)
    place = place_of_manifest(source.parent / "out", STEM)
    place.write_bytes(broken)
    assert read_manifest(place) is None
    assert build(source).moved == {}
    assert read_manifest(place) is not None


def test_a_deck_that_was_edited_by_hand_is_kept_under_another_name(source: Path) -> None:
    deck = build(source).files[0]
    for edit, name in ((b"edited", f"{STEM}.käsin-muokattu.pptx"), (b"again", f"{STEM}.käsin-muokattu-2.pptx")):
        deck.write_bytes(edit)
        built = build(source)
        assert [(problem.kind, problem.values["path"]) for problem in built.warnings if problem in built.kept] == [
            ("output-edited", str(deck.with_name(name)))
        ]
        assert deck.with_name(name).read_bytes() == edit
        assert zipfile.is_zipfile(deck)
    assert build(source).kept == ()


def test_what_is_built_without_one_format_still_knows_the_hand_edits_of_the_other(source: Path) -> None:
    deck = build(source, "pptx", "html").files[0]
    deck.write_bytes(b"edited")
    assert build(source, "html").kept == ()
    assert [problem.kind for problem in build(source, "pptx").kept] == ["output-edited"]


def test_a_deck_that_was_removed_is_built_again_without_a_word(source: Path) -> None:
    build(source).files[0].unlink()
    assert build(source).kept == ()


def test_a_build_that_fails_leaves_the_manifest_as_it_was(source: Path) -> None:
    build(source)
    place = place_of_manifest(source.parent / "out", STEM)
    before = place.read_bytes()
    set_score(source, 9)
    with pytest.raises(ProblemsFound):
        build(source)
    assert place.read_bytes() == before
