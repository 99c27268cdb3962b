"""Files that cannot be brought in get one sentence, do no harm, and nothing is written."""

import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from decks.importing.built_decks import read
from packages import repacked
from raportti.api import import_deck
from raportti.problems import ProblemsFound


def problems(path: Path) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read(path)
    return [problem.kind for problem in found.value.problems]


def empty_page(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)


def encrypted(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="salainen", owner="salainen"))


@cache
def squeezed(layers: int) -> bytes:
    """Compress 300 MB so many times."""
    return zlib.compress(squeezed(layers - 1), 9) if layers > 1 else zlib.compress(b" " * 300_000_000, 9)


def bomb(layers: int) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            filters = pikepdf.Array([pikepdf.Name.FlateDecode] * layers)
            pdf.pages[0].Contents = pdf.make_indirect(pikepdf.Stream(pdf, b""))
            pdf.pages[0].Contents.write(squeezed(layers), filter=filters)
            pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    return write


def text(data: bytes) -> Callable[[Path], None]:
    return lambda path: (path.write_bytes(data), None)[1]


@pytest.mark.parametrize(
    ("name", "write", "kind"),
    [
        ("a.docx", text(b""), "import-kind"),
        ("a.pdf", text(b""), "pdf-not"),
        ("a.pdf", text(b"PK\3\4"), "pdf-not"),
        ("a.pdf", text(b"%PDF-1.7\n" + b"x" * 1000), "pdf-broken"),
        ("a.pdf", encrypted, "pdf-encrypted"),
        ("a.pdf", empty_page, "import-no-text"),
        ("a.pdf", bomb(1), "pdf-bomb"),
        ("a.pdf", bomb(2), "pdf-bomb"),
        ("a.txt", text(b"\xff\xfe\x00"), "import-not-text"),
        ("a.txt", text(b""), "import-no-text"),
        ("a.txt", text("Kaunis päivä\n\n\n\nToinen".encode()), "import-no-goals"),
        ("a.pptx", text(b"\xd0\xcf\x11\xe0" + b"x" * 100), "deck-encrypted"),
        ("a.pptx", text(b"PK\3\4broken"), "deck-broken"),
    ],
)
def test_what_is_no_deck_gets_a_sentence(name: str, write: Callable[[Path], None], kind: str, tmp_path: Path) -> None:
    write(tmp_path / name)
    assert problems(tmp_path / name) == [kind]


@pytest.mark.parametrize("suffix", [".pdf", ".txt", ".pptx"])
def test_a_file_that_is_not_there_gets_a_sentence(suffix: str, tmp_path: Path) -> None:
    assert problems(tmp_path / f"no{suffix}") == ["file-unreadable"]


@pytest.mark.parametrize("part", range(1, 10))
def test_a_pdf_that_ends_early_gets_a_sentence_or_is_read(
    part: int, default_documents: Mapping[str, Path], tmp_path: Path
) -> None:
    data = default_documents["pdf"].read_bytes()
    short = tmp_path / "short.pdf"
    short.write_bytes(data[: len(data) * part // 10])
    try:
        read(short)
    except ProblemsFound as found:
        assert [problem.kind for problem in found.problems] in (["pdf-broken"], ["import-no-text"], ["import-no-goals"])


def test_entities_in_a_stamp_bring_in_nothing(default_documents: Mapping[str, Path], tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("salaisuus", encoding="utf-8")
    declared = (
        f'<!DOCTYPE stamp [<!ENTITY x SYSTEM "{secret.as_uri()}">]><stamp xmlns="urn:raportti:stamp">&x;'.encode()
    )

    def change(name: str, data: bytes) -> bytes:
        head, mark, _ = data.partition(b"<stamp")
        return head + declared + b"</stamp>" if mark and name.startswith("customXml/item") else data

    deck = repacked(default_documents["pptx"], tmp_path / "deck.pptx", change)
    assert problems(deck) == ["deck-broken"]


def test_a_deck_that_unpacks_without_end_is_not_unpacked(default_documents: Mapping[str, Path], tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data + b" " * 300_000_000 if name.startswith("customXml/item1") else data

    assert problems(repacked(default_documents["pptx"], tmp_path / "deck.pptx", change)) == ["deck-bomb"]


def test_a_folder_with_anything_in_it_is_left_as_it_is(default_documents: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "note").write_text("oma", encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        import_deck(default_documents["pptx"], tmp_path)
    assert [problem.kind for problem in found.value.problems] == ["folder-not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_what_cannot_be_read_writes_nothing(tmp_path: Path) -> None:
    empty_page(tmp_path / "a.pdf")
    with pytest.raises(ProblemsFound):
        import_deck(tmp_path / "a.pdf", tmp_path / "new")
    assert not (tmp_path / "new").exists()
