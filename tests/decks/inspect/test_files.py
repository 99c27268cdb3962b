"""Files that are no decks, or were made to do harm: one problem each, and nothing else happens."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from decks.inspect.made_decks import SUPPLY, WORDS, add_slide, add_table, good_deck, new_deck, saved
from packages import repacked, strict
from raportti.decks.inspect import inspect
from raportti.problems import ProblemsFound

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SLIDE = "ppt/slides/slide1.xml"


def problem(file: Path) -> str:
    with pytest.raises(ProblemsFound) as found:
        inspect(file, words=WORDS, supply=SUPPLY)
    (only,) = found.value.problems
    assert only.place.file == str(file)
    return only.kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "deck-not"),
        (b"%PDF-1.7", "deck-not"),
        (OLE + bytes(600), "deck-encrypted"),
        (b"PK\x03\x04" + bytes(100), "deck-broken"),
        (b"PK\x05\x06" + bytes(18), "deck-not"),
    ],
)
def test_what_is_no_package_is_told(data: bytes, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(data)
    assert problem(file) == kind


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    assert problem(tmp_path / "missing.pptx") == "file-unreadable"
    assert problem(tmp_path) == "not-a-file"
    assert problem(Path("a\0b.pptx")) == "file-unreadable"


def changed(folder: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a good deck with changed parts; None leaves a part out."""
    whole = saved(good_deck(), folder)
    file = folder / "changed.pptx"
    return repacked(whole, file, change)


@pytest.mark.parametrize(
    ("part", "data"),
    [(SLIDE, b"<p:sld"), (SLIDE, b""), (SLIDE, None), ("ppt/presentation.xml", b"\xff\xfe"), ("_rels/.rels", b"<")],
)
def test_a_deck_with_a_broken_part_is_told(part: str, data: bytes | None, tmp_path: Path) -> None:
    assert problem(changed(tmp_path, lambda name, whole: data if name == part else whole)) == "deck-broken"


def test_another_kind_of_document_is_told(tmp_path: Path) -> None:
    file = changed(
        tmp_path, lambda name, whole: b"<w:document xmlns:w='w'/>" if name == "ppt/presentation.xml" else whole
    )
    assert problem(file) == "deck-not"


def test_a_deck_that_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    file = saved(good_deck(), tmp_path)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("ppt/media/image9.bin", bytes(30 * 1024 * 1024))
    assert problem(file) == "deck-bomb"


@pytest.mark.parametrize("entity", ['SYSTEM "{address}"', "'" + 100 * "x" + "'"], ids=["external", "internal"])
def test_entities_bring_in_no_file(entity: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("salaisuus", encoding="utf-8")
    declared = f"<!DOCTYPE p:sld [<!ENTITY x {entity.format(address=secret.as_uri())}>]>"

    def change(name: str, data: bytes) -> bytes:
        if name != SLIDE:
            return data
        head, _, rest = data.partition(b"?>")
        return head + b"?>" + declared.encode() + rest.replace(b"Teksti", b"Tek&x;sti")

    file = changed(tmp_path, change)
    try:
        result = str(inspect(file, words=WORDS, supply=SUPPLY))
    except ProblemsFound as found:
        result = str([problem.values for problem in found.problems])
    assert "salaisuus" not in result


def test_entities_that_grow_without_end_are_told(tmp_path: Path) -> None:
    lines = "".join(f"<!ENTITY a{n} '{10 * f'&a{n - 1};'}'>" for n in range(1, 12))
    declared = f"<!DOCTYPE p:sld [<!ENTITY a0 '{100 * 'x'}'>{lines}]>".encode()

    def change(name: str, data: bytes) -> bytes:
        head, _, rest = data.partition(b"?>")
        return head + b"?>" + declared + rest.replace(b"Teksti", b"&a11;") if name == SLIDE else data

    assert problem(changed(tmp_path, change)) == "deck-broken"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b' sz="1000"', b' sz="99999999999999999999"'),
        (b' sz="1000"', b' sz="x"'),
        (b'<a:gridCol w="1270000"/>', b'<a:gridCol w="-5"/>'),
        (b"<a:gridCol ", b"<a:gridColumn "),
        (b'<a:tr h="254000">', b"<a:tr>"),
        (b"<a:tc>", b'<a:tc gridSpan="999999999" rowSpan="999999999">'),
        (b"<a:bodyPr", b'<a:bodyPr numCol="99999" lIns="99999999"'),
        (b'<a:ext cx="', b'<a:ext cx="-'),
        (b"<a:t>", b"<a:t>\xe2\x80\x8b\xc2\xad\xe2\x80\xae"),
    ],
)
def test_values_that_mean_nothing_do_no_harm(old: bytes, new: bytes, tmp_path: Path) -> None:
    file = changed(tmp_path, lambda name, data: data.replace(old, new) if name == SLIDE else data)
    inspect(file, words=WORDS, supply=SUPPLY)


def test_groups_may_be_nested_without_end(tmp_path: Path) -> None:
    opening, closing = b"<p:grpSp><p:nvGrpSpPr/><p:grpSpPr/>", b"</p:grpSp>"

    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"</p:spTree>", 3000 * opening + 3000 * closing + b"</p:spTree>") if name == SLIDE else data

    inspect(changed(tmp_path, change), words=WORDS, supply=SUPPLY)


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    deck = new_deck()
    add_table(add_slide(deck), [["A"], ["b" * 20]])
    common = saved(deck, tmp_path)

    def judged(file: Path) -> list[Any]:
        found = inspect(file, words=WORDS, supply=SUPPLY)
        return [*(finding.kind for finding in found.findings), *(table.rows for table in found.tables)]

    assert judged(strict(common, tmp_path / "strict.pptx")) == judged(common)
    assert judged(common)[0] == "table-grew"


def test_the_deck_is_left_as_it_was(tmp_path: Path) -> None:
    file = saved(good_deck(), tmp_path)
    before = file.read_bytes(), file.stat().st_mtime_ns
    inspect(file, words=WORDS, supply=SUPPLY)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
