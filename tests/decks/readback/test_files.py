"""Files that are no deck of ours, or were made to do harm: one sentence each, and nothing else happens."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation

from packages import repacked
from planning import LUVN
from raportti.api import build
from raportti.decks.readback.reading import read_deck
from raportti.problems import ProblemsFound

STAMP = "customXml/item1.xml"
SLIDE = "ppt/slides/slide2.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><x>&m;</x>"
)


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deck")
    source = folder / "arviointi.csv"
    source.write_text(
        "Strategia;Linjaus;Tunnus;Tavoite;Tavoite saavutettu?;Arviointi (1-5);Sanallinen arviointi (tiivistelmä)\n"
        "S;L;A1.1;Tavoite toteutuu;KYLLÄ;4;Työ on edennyt suunnitelman mukaisesti.\n",
        encoding="utf-8",
    )
    (file,) = build(source, out=folder, formats=("pptx",), layout=LUVN).files
    return file


def problem(file: Path) -> str:
    before = file.read_bytes()
    with pytest.raises(ProblemsFound) as found:
        read_deck(file)
    (only,) = found.value.problems
    assert only.place is not None
    assert only.place.file == str(file)
    assert file.read_bytes() == before
    return only.kind


def changed(deck: Path, to: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    file = to / "changed.pptx"
    return repacked(deck, file, change)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "deck-not"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "deck-encrypted"),
        (b"PK\x03\x04" + bytes(9), "deck-broken"),
    ],
)
def test_what_is_no_package_is_told(data: bytes, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(data)
    assert problem(file) == kind


def test_a_deck_that_knows_nothing_of_us_is_told(deck: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.pptx"
    Presentation().save(str(foreign))
    assert problem(foreign) == "deck-not-ours"
    assert problem(changed(deck, tmp_path, lambda name, data: None if name == STAMP else data)) == "deck-not-ours"


@pytest.mark.parametrize(
    ("part", "data", "kind"),
    [
        (STAMP, b'<stamp xmlns="urn:raportti:stamp">AAAA</stamp>', "deck-stamp-broken"),
        (STAMP, b'<stamp xmlns="urn:raportti:stamp"/>', "deck-stamp-broken"),
        (SLIDE, b"<p:sld", "deck-broken"),
        (SLIDE, None, "deck-broken"),
        (SLIDE, ENTITY, "deck-broken"),
        (SLIDE, LAUGHS, "deck-broken"),
        (SLIDE, b"<x/>", "deck-broken"),
        (STAMP, b'<!DOCTYPE x [<!ENTITY a "words">]><x>&a;</x>', "deck-broken"),
        (STAMP, ENTITY, "deck-broken"),
    ],
)
def test_a_deck_with_a_broken_part_is_told(
    part: str, data: bytes | None, kind: str, deck: Path, tmp_path: Path
) -> None:
    assert problem(changed(deck, tmp_path, lambda name, whole: data if name == part else whole)) == kind


def test_a_deck_that_unpacks_without_end_is_not_unpacked(deck: Path, tmp_path: Path) -> None:
    bomb = changed(deck, tmp_path, lambda _, data: data)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("ppt/media/image9.bin", bytes(30 * 1024 * 1024))
    assert problem(bomb) == "deck-bomb"


def test_the_stamp_is_found_where_no_program_relates_it_to_the_presentation(deck: Path, tmp_path: Path) -> None:
    rels = "ppt/_rels/presentation.xml.rels"

    def unrelated(name: str, data: bytes) -> bytes:
        return data.replace(b"/relationships/customXml", b"/relationships/other") if name == rels else data

    assert read_deck(changed(deck, tmp_path, unrelated)).snapshot == read_deck(deck).snapshot
