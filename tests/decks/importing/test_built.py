"""A deck that was built here gives back its data exactly."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from decks.importing.built_decks import built, read
from packages import repacked
from planning import default_report
from raportti.api import build, import_deck
from raportti.source.loading import load
from stress.generate import Kind, Recipe


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_a_deck_is_built_again_byte_for_byte(kind: str, default_documents: Mapping[str, Path], tmp_path: Path) -> None:
    deck = default_documents[kind]
    brought = import_deck(deck, tmp_path / "source")
    (again,) = build(tmp_path / "source", out=tmp_path / "second", formats=(kind,)).files
    assert brought.is_exact
    assert brought.report == default_report()
    assert again.name == deck.name
    assert again.read_bytes() == deck.read_bytes()


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_any_report_comes_back(kind: str, number: int, tmp_path: Path) -> None:
    report = Recipe(seed=31, kind=Kind.MIXED, pages=(3, 5)).report(number + 1)
    deck = built(report, kind, tmp_path)
    import_deck(deck, tmp_path / "new")
    assert load(tmp_path / "new").report == load(tmp_path / "source").report


def test_each_language_is_a_deck_of_its_own_and_that_is_said(
    sample_documents: tuple[Path, ...], tmp_path: Path
) -> None:
    for deck in sample_documents[::2]:
        brought = import_deck(deck, tmp_path / f"source-{deck.stem}")
        (told,) = [problem for problem in brought.remarks if problem.kind == "import-stamped"]
        assert told.values["code"] == brought.report.language


def test_the_data_in_the_pdf_are_allowed_by_both_standards(
    default_documents: Mapping[str, Path], pdf_violations: Callable[[Path, str], list[str]]
) -> None:
    pdf = default_documents["pdf"]
    assert read(pdf).is_exact
    assert pdf_violations(pdf, "ua1") == pdf_violations(pdf, "2a") == []


def test_a_stamp_that_cannot_be_read_is_told_and_the_pages_are_read(
    default_documents: Mapping[str, Path], tmp_path: Path
) -> None:
    def broken(name: str, data: bytes) -> bytes:
        return data.replace(b">ey", b">xx").replace(b">eN", b">xx") if "customXml" in name else data

    found = read(repacked(default_documents["pptx"], tmp_path / "later.pptx", broken))
    assert not found.is_exact
    assert "import-stamp-unread" in {problem.kind for problem in found.remarks}
    assert len(found.report.goals) == len(default_report().goals)
