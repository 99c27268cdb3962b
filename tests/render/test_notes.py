"""Notes of slides are parts of their own, whole to every judge, and only there where a page has some."""

from dataclasses import replace
from pathlib import Path

import pytest

from judges.deck import findings
from judges.ooxml import errors
from plans import HARD_TEXT, small_plan
from raportti.plan import Plan
from raportti.render.pptx.deck import render
from render.deck_reading import TEMPLATE, P, changed, files_of, opened, parsed

NOTES = ("Arviointi muuttunut: H1.1 3 → 4", HARD_TEXT)


def noted() -> Plan:
    plan = small_plan()
    pages = tuple(replace(page, notes=NOTES) if page.number in (4, 6) else page for page in plan.pages)
    return replace(plan, pages=pages)


DATA = render(noted(), TEMPLATE)


def test_notes_stand_with_their_slides() -> None:
    slides = opened(DATA).slides
    assert [slide.has_notes_slide for slide in slides] == [False, False, False, True, False, True]
    for slide in (slides[3], slides[5]):
        assert tuple(slide.notes_slide.notes_text_frame.text.split("\n")) == NOTES


def test_a_deck_without_notes_has_no_master_for_them() -> None:
    assert not [name for name in files_of(render(small_plan(), TEMPLATE)) if "notes" in name]


def test_a_presentation_names_its_master_of_notes_right_after_that_of_slides() -> None:
    first, second = list(parsed(files_of(DATA)["ppt/presentation.xml"]))[:2]
    assert (first.tag, second.tag) == (f"{P}sldMasterIdLst", f"{P}notesMasterIdLst")


def test_properties_count_the_notes() -> None:
    assert b"<Notes>2</Notes>" in files_of(DATA)["docProps/app.xml"]


def test_a_templates_own_master_of_notes_is_kept() -> None:
    own = files_of(DATA)["ppt/notesMasters/notesMaster1.xml"].replace(b'sz="1200"', b'sz="1400"')
    template = changed(DATA, lambda name, blob: own if "notesMasters/notesMaster" in name else blob)
    files = files_of(render(noted(), replace(TEMPLATE, data=template)))
    (master,) = (blob for name, blob in files.items() if name.startswith("ppt/notesMasters/notesMaster"))
    assert b'sz="1400"' in master


def test_the_same_notes_give_the_same_bytes() -> None:
    assert render(noted(), TEMPLATE) == DATA


def test_notes_break_no_rule_of_the_package(tmp_path: Path) -> None:
    deck = tmp_path / "notes.pptx"
    deck.write_bytes(DATA)
    assert findings(deck) == []


@pytest.mark.needs("openxml")
def test_notes_are_valid(tmp_path: Path) -> None:
    deck = tmp_path / "notes.pptx"
    deck.write_bytes(DATA)
    assert errors(deck) == []
