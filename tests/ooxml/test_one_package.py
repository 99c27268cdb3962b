"""Import, pull and refresh agree on every deck: as it was built, as LibreOffice saved it, and in the strict form."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from judges import libreoffice
from packages import repacked, strict
from planning import LUVN, fonts, goal, luvn, report
from raportti import api
from raportti.decks.importing import read_any
from raportti.decks.inspect import inspect
from raportti.decks.inspect.fonts import Supply
from raportti.decks.readback.reading import read_deck
from raportti.ooxml.package import open_deck
from raportti.ooxml.stamp import slide_key, snapshot_text, stamp_part
from raportti.problems import ProblemsFound
from raportti.report.model import Report
from raportti.snapshot import read_snapshot
from raportti.source.yaml_files import new_source

FORMS = ("built", pytest.param("libreoffice", marks=pytest.mark.needs("libreoffice")), "strict")
REPORT = report(goal(1), goal(2))


def source_of(data: Report, folder: Path) -> Path:
    folder.mkdir()
    for name, text in new_source(data).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return source_of(REPORT, tmp_path_factory.mktemp("data") / "source")


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (deck,) = api.build(source, out=tmp_path_factory.mktemp("built"), formats=("pptx",)).files
    return deck


@pytest.fixture(scope="module")
def decks(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the deck in a form; one that was made is kept."""
    folder = tmp_path_factory.mktemp("forms")
    forms: dict[str, Path] = {"built": built}

    def deck(form: str) -> Path:
        if form not in forms and form == "libreoffice":
            (forms[form],) = libreoffice.convert([built], folder, folder, "pptx")
        elif form not in forms:
            forms[form] = strict(built, folder / "strict.pptx")
        return forms[form]

    return deck


def copied(deck: Path, folder: Path) -> Path:
    copy = folder / "deck.pptx"
    copy.write_bytes(deck.read_bytes())
    return copy


@pytest.mark.parametrize("form", FORMS)
def test_every_command_finds_the_same_snapshot(form: str, decks: Callable[[str], Path]) -> None:
    read = read_any(decks(form), luvn().theme.words)
    assert read.is_exact
    assert read.report == read_deck(decks(form)).snapshot.report == REPORT


@pytest.mark.parametrize("form", FORMS)
def test_import_gives_the_data_back(form: str, decks: Callable[[str], Path], tmp_path: Path) -> None:
    assert api.import_deck(decks(form), tmp_path / "new").report == REPORT


@pytest.mark.parametrize("form", FORMS)
def test_pull_finds_no_edit_where_nobody_made_one(form: str, decks: Callable[[str], Path], source: Path) -> None:
    assert not api.pull(decks(form), source).files


@pytest.mark.parametrize("form", ["built", pytest.param("libreoffice", marks=pytest.mark.needs("libreoffice"))])
def test_refresh_brings_new_data_into_the_deck(form: str, decks: Callable[[str], Path], tmp_path: Path) -> None:
    deck = copied(decks(form), tmp_path)
    new = report(goal(1, score=5), goal(2))
    assert not api.refresh(deck, source_of(REPORT, tmp_path / "same"), layout=LUVN).files
    for path, data in api.refresh(deck, source_of(new, tmp_path / "new"), layout=LUVN).files.items():
        path.write_bytes(data)
    assert read_deck(deck).snapshot.report == new
    assert read_any(deck, luvn().theme.words).report == new


def test_refresh_refuses_the_strict_form_by_name(decks: Callable[[str], Path], tmp_path: Path) -> None:
    for number, data in enumerate((REPORT, report(goal(1, score=5), goal(2)))):
        with pytest.raises(ProblemsFound) as found:
            api.refresh(decks("strict"), source_of(data, tmp_path / str(number)), layout=LUVN)
        assert [problem.kind for problem in found.value.problems] == ["deck-strict"]


def test_inspect_finds_in_the_strict_form_what_it_finds_in_the_other(decks: Callable[[str], Path]) -> None:
    theme = luvn().theme

    def judged(form: str) -> object:
        supply = Supply(frozenset(font.family for font in theme.fonts), fonts, ())
        found = inspect(decks(form), words={"fi": theme.words["fi"].continues}, supply=supply)
        return [(problem.kind, problem.values) for problem in (*found.findings, *found.remarks)], found.tables

    assert judged("strict") == judged("built")


COMMANDS: Mapping[str, Callable[[Path, Path], object]] = {
    "pull": lambda deck, source: api.pull(deck, source),
    "refresh": lambda deck, source: api.refresh(deck, source, layout=LUVN),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda data: None, "deck-not-ours"),
        (lambda data: data.replace(b">eN", b">xx"), "deck-stamp-broken"),
    ],
)
def test_a_deck_without_its_snapshot_is_refused_alike_where_that_is_needed(
    command: str, change: Callable[[bytes], bytes | None], kind: str, built: Path, source: Path, tmp_path: Path
) -> None:
    deck = without(built, tmp_path, change)
    with pytest.raises(ProblemsFound) as found:
        COMMANDS[command](deck, source)
    assert [problem.kind for problem in found.value.problems] == [kind]


def without(built: Path, folder: Path, change: Callable[[bytes], bytes | None]) -> Path:
    """Change the snapshot of a deck, or leave it out, with what leads to it."""

    def changed(name: str, data: bytes) -> bytes | None:
        if name == "customXml/item1.xml":
            return change(data)
        return data

    return repacked(built, folder / "other.pptx", changed)


def test_import_reads_the_pages_where_the_snapshot_is_gone_or_broken(built: Path, tmp_path: Path) -> None:
    words = {language: texts.by_key() for language, texts in luvn().theme.words.items()}
    gone = read_any(without(built, tmp_path, lambda data: None), words)
    assert not gone.is_exact
    broken = read_any(without(built, tmp_path, lambda data: data.replace(b">eN", b">xx")), words)
    assert not broken.is_exact
    assert "import-stamp-unread" in {problem.kind for problem in broken.remarks}
    assert [goal.text for goal in gone.report.goals] == [goal.text for goal in broken.report.goals]


def test_of_two_items_of_custom_xml_ours_is_found_wherever_it_stands(built: Path, tmp_path: Path) -> None:
    """Another program's item comes first by its name, and nothing relates ours to the presentation."""

    def moved(name: str, data: bytes) -> bytes:
        if name.endswith("presentation.xml.rels"):
            return data.replace(b"relationships/customXml", b"relationships/other")
        return b"<other/>" if name == "customXml/itemProps1.xml" else data

    deck = repacked(built, tmp_path / "moved.pptx", moved)
    assert read_any(deck, luvn().theme.words).report == read_deck(deck).snapshot.report == REPORT


def test_a_snapshot_says_what_it_was_taken_of(built: Path) -> None:
    with open_deck(built) as package:
        assert stamp_part(package) == "customXml/item1.xml"
        stamp = read_snapshot(snapshot_text(package) or "")
        slides = [f"ppt/slides/slide{number}.xml" for number in range(1, len(stamp.slides) + 1)]
        assert [slide_key(package, slide) for slide in slides] == [slide.key for slide in stamp.slides]
