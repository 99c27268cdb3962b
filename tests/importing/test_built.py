"""A deck that was built here gives back its data exactly."""

from pathlib import Path

import pytest

from importing.decks import built, read
from judges.vera import violations
from packages import repacked
from planning import DEFAULT
from raportti.api import build, import_deck
from raportti.source.loading import load
from stress.generate import Kind, Recipe

BILINGUAL = DEFAULT.parent / "esimerkki-kaksikielinen"


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_a_deck_is_built_again_byte_for_byte(kind: str, tmp_path: Path) -> None:
    (deck,) = build(DEFAULT, out=tmp_path / "first", formats=(kind,)).files
    brought = import_deck(deck, tmp_path / "source")
    (again,) = build(tmp_path / "source", out=tmp_path / "second", formats=(kind,)).files
    assert brought.is_exact
    assert brought.report == load(DEFAULT).report
    assert again.name == deck.name
    assert again.read_bytes() == deck.read_bytes()


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_any_report_comes_back(kind: str, number: int, tmp_path: Path) -> None:
    report = Recipe(seed=31, kind=Kind.MIXED, pages=(3, 5)).report(number + 1)
    deck = built(report, kind, tmp_path)
    import_deck(deck, tmp_path / "new")
    assert load(tmp_path / "new").report == load(tmp_path / "source").report


def test_each_language_is_a_deck_of_its_own_and_that_is_said(tmp_path: Path) -> None:
    for deck in build(BILINGUAL, out=tmp_path, formats=("pptx",), languages=("fi", "sv")).files:
        brought = import_deck(deck, tmp_path / f"source-{deck.stem}")
        (told,) = [problem for problem in brought.remarks if problem.kind == "import-stamped"]
        assert told.values["code"] == brought.report.language


def test_the_data_in_the_pdf_are_allowed_by_both_standards(tmp_path: Path) -> None:
    (pdf,) = build(DEFAULT, out=tmp_path, formats=("pdf",)).files
    assert read(pdf).is_exact
    assert violations(pdf, "ua1") == violations(pdf, "2a") == []


def test_a_stamp_that_cannot_be_read_is_told_and_the_pages_are_read(tmp_path: Path) -> None:
    (deck,) = build(DEFAULT, out=tmp_path, formats=("pptx",)).files

    def broken(name: str, data: bytes) -> bytes:
        return data.replace(b">ey", b">xx").replace(b">eN", b">xx") if "customXml" in name else data

    found = read(repacked(deck, tmp_path / "later.pptx", broken))
    assert not found.is_exact
    assert "import-stamp-unread" in {problem.kind for problem in found.remarks}
    assert len(found.report.goals) == len(load(DEFAULT).report.goals)
