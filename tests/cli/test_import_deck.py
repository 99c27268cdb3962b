"""``raportti import DECK --to DIR``: what it prints and writes, and with which exit status it ends."""

import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from commands import run
from decks.importing.built_decks import without_stamp
from decks.importing.test_files import bomb, empty_page, encrypted, repacked, text
from planning import BILINGUAL, DEFAULT, LUVN, default_report, goal, report
from raportti.api import build, export
from raportti.report.diff import changes_of
from raportti.source.loading import load
from stress.sources import write_csv
from workflows.test_drafts import TABLE

TEXT = DEFAULT.parent / "alkuperainen" / "deck.txt"
Options = tuple[str | Path, ...]


def with_charts(_: Path) -> tuple[Path, Options]:
    return BILINGUAL, ("--charts",)


def draft(folder: Path) -> tuple[Path, Options]:
    (folder / "arviointi.csv").write_text(TABLE, encoding="utf-8")
    return folder / "arviointi.csv", ("--draft",)


def compared(folder: Path) -> tuple[Path, Options]:
    old = write_csv(report(goal(1, score=3), goal(2, score=4)), folder / "old.csv")
    return write_csv(report(goal(1, score=4), goal(2, score=4)), folder / "new.csv"), ("--compare-to", old)


def built(source: Path, out: Path, options: Options) -> list[Path]:
    done = run("build", source, "--out", out, *options)
    assert done.returncode == 0, done.stderr
    return [Path(line) for line in done.stdout.splitlines()]


def brought(deck: Path, folder: Path) -> list[bytes]:
    """Bring a deck in, and return what the files of its source hold."""
    done = run("import", deck, "--to", folder)
    assert done.returncode == 0, done.stderr
    assert "the deck carries its data" in done.stderr
    return [Path(line).read_bytes() for line in done.stdout.splitlines()]


@pytest.mark.parametrize("case", [with_charts, draft, compared])
def test_what_was_built_is_brought_in_and_built_again_byte_for_byte(
    case: Callable[[Path], tuple[Path, Options]], tmp_path: Path
) -> None:
    source, options = case(tmp_path)
    come_back(*built(source, tmp_path / "out", options), tmp_path, options)


def test_the_default_report_is_brought_in_and_built_again_byte_for_byte(
    default_documents: Mapping[str, Path], tmp_path: Path
) -> None:
    come_back(default_documents["pptx"], default_documents["pdf"], tmp_path)


def test_each_language_of_a_report_is_brought_in_and_built_again_byte_for_byte(
    sample_documents: tuple[Path, ...], tmp_path: Path
) -> None:
    for deck, pdf in (sample_documents[:2], sample_documents[2:]):
        come_back(deck, pdf, tmp_path / deck.stem)


def come_back(deck: Path, pdf: Path, folder: Path, options: Options = ()) -> None:
    """Bring in a deck and its PDF: they make the same source, and it makes the same files."""
    assert brought(deck, folder / "pptx") == brought(pdf, folder / "pdf")
    again = built(folder / "pdf", folder / "again", options)
    assert [file.name for file in again] == [deck.name, pdf.name]
    assert [file.read_bytes() for file in again] == [deck.read_bytes(), pdf.read_bytes()]


def test_the_text_of_the_original_deck_gives_the_data_of_the_default_report(tmp_path: Path) -> None:
    done = run("import", TEXT, "--to", tmp_path / "uusi")
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "raportti.yaml", "strategia-1.yaml", "strategia-2.yaml",
    ]  # fmt: skip
    changes = changes_of(default_report(), load(tmp_path / "uusi").report)
    assert changes.goals == ()
    assert {change.field for change in changes.texts} == {"organisation", "scale", "tag"}
    *remarks, closing = done.stderr.splitlines()
    assert closing == f"43 goals, {len(remarks)} warnings"
    assert f'{TEXT}:963:1: warning: "palvelu-tuotantoamme" is taken as one word: "palvelutuotantoamme"' in done.stderr


def test_what_is_missing_in_a_draft_is_told(tmp_path: Path) -> None:
    source, options = draft(tmp_path)
    deck, _ = built(source, tmp_path / "out", options)
    done = run("import", deck, "--to", tmp_path / "uusi")
    assert "3 goals are not finished:" in done.stderr
    assert "Terveyspalvelut: A1.2 (status, score, written assessment)" in done.stderr


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a small deck, the same without its stamp, and a workbook."""
    folder = tmp_path_factory.mktemp("good")
    source = write_csv(report(goal(1)), folder / "a.csv")
    (deck,) = build(source, out=folder, formats=("pptx",)).files
    (workbook,) = export(source, folder / "a.xlsx")
    return {"a.pptx": deck, "bare.pptx": without_stamp(deck), "a.xlsx": workbook}


def in_part(part: str, declared: str) -> Callable[[Path, dict[str, Path]], None]:
    """Put a document type with entities, the last of which is ``x``, into a part of a file, and use it."""

    def write(path: Path, good: dict[str, Path]) -> None:
        def change(name: str, data: bytes) -> bytes:
            if name != part:
                return data
            head, _, body = data.partition(b"?>")
            tag, _, rest = body.partition(b">")
            kind = f"<!DOCTYPE x [{declared}]>".encode()
            return head + b"?>" + kind + tag.strip() + b"><x>&x;</x>" + rest

        repacked(good[path.name], path, change)

    return write


def growing(part: str) -> Callable[[Path, dict[str, Path]], None]:
    def write(path: Path, good: dict[str, Path]) -> None:
        repacked(good[path.name], path, lambda name, data: data + b" " * (110_000_000 * (name == part)))

    return write


def alone(write: Callable[[Path], None]) -> Callable[[Path, dict[str, Path]], None]:
    return lambda path, _: write(path)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


OUTSIDE = '<!ENTITY x SYSTEM "file:///etc/passwd">'
LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS += '<!ENTITY x "&a11;">'
SLIDE, SHEET = "ppt/slides/slide1.xml", "xl/worksheets/sheet1.xml"
HARMFUL: dict[str, tuple[str, Callable[[Path, dict[str, Path]], None]]] = {
    "a deck that unpacks without end": ("a.pptx", growing(SLIDE)),
    "a workbook that unpacks without end": ("a.xlsx", growing(SHEET)),
    "a PDF that unpacks without end": ("a.pdf", alone(bomb(2))),
    "a deck that names a file": ("a.pptx", in_part("customXml/item1.xml", OUTSIDE)),
    "a foreign deck that names a file": ("bare.pptx", in_part(SLIDE, OUTSIDE)),
    "a workbook that names a file": ("a.xlsx", in_part(SHEET, OUTSIDE)),
    "a deck of entities": ("a.pptx", in_part("customXml/item1.xml", LAUGHS)),
    "a foreign deck of entities": ("bare.pptx", in_part(SLIDE, LAUGHS)),
    "a workbook of entities": ("a.xlsx", in_part(SHEET, LAUGHS)),
    "an encrypted PDF": ("a.pdf", alone(encrypted)),
    "an encrypted deck": ("a.pptx", alone(text(b"\xd0\xcf\x11\xe0" + b"x" * 600))),
    "an old deck": ("a.ppt", alone(text(b"\xd0\xcf\x11\xe0" + b"x" * 600))),
    "a PDF of pictures": ("a.pdf", alone(empty_page)),
    "a broken PDF": ("a.pdf", alone(text(b"%PDF-1.7\nx"))),
    "a broken deck": ("a.pptx", alone(text(b"PK\3\4x"))),
    "a deck that is another zip": ("a.pptx", alone(zipped)),
    "a workbook called a deck": ("a.pptx", lambda path, good: (path.write_bytes(good["a.xlsx"].read_bytes()), None)[1]),
    "a deck called a PDF": ("a.pdf", lambda path, good: (path.write_bytes(good["a.pptx"].read_bytes()), None)[1]),
    "a text of something else": ("a.txt", alone(text(b"Hei\n"))),
    "a text that is none": ("a.txt", alone(text(b"\x00\xff\xfe\x01" * 100))),
    **{f"an empty {kind}": (f"a.{kind}", alone(text(b""))) for kind in ("pptx", "pdf", "txt", "xlsx")},
    **{f"a folder called {kind}": (f"a.{kind}", alone(Path.mkdir)) for kind in ("pptx", "pdf", "txt")},
    **{f"a pipe called {kind}": (f"a.{kind}", alone(os.mkfifo)) for kind in ("pptx", "pdf", "txt")},
    "nothing": ("a.pptx", lambda path, good: None),
}


@pytest.mark.parametrize("what", HARMFUL)
def test_what_cannot_be_brought_in_gets_a_sentence_and_writes_nothing(
    what: str, good: dict[str, Path], tmp_path: Path
) -> None:
    name, write = HARMFUL[what]
    write(tmp_path / name, good)
    done = run("import", tmp_path / name, "--to", tmp_path / "uusi")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{tmp_path / name}: error: ")
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr and "a fault" not in done.stderr and "root:" not in done.stderr
    assert not (tmp_path / "uusi").exists()


def test_a_folder_with_anything_in_it_is_left_as_it_is(good: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "oma.txt").write_text("oma", encoding="utf-8")
    done = run("import", good["a.pptx"], "--to", tmp_path)
    assert done.returncode == 1
    assert f"{tmp_path}: error: the folder is not empty; name a new folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["oma.txt"]


def test_a_folder_whose_name_is_too_long_is_told(good: dict[str, Path], tmp_path: Path) -> None:
    done = run("import", good["a.pptx"], "--to", tmp_path / ("x" * 300))
    assert done.returncode == 1
    assert "the file cannot be written" in done.stderr


def test_a_deck_does_not_come_into_a_source_that_is_there(good: dict[str, Path]) -> None:
    done = run("import", good["a.pptx"], "--into", BILINGUAL, "--yes")
    assert done.returncode == 1
    assert "raportti pull" in done.stderr


def test_a_foreign_deck_is_understood_by_the_words_of_the_layout_that_is_named(
    good: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copytree(LUVN, tmp_path / "oma")
    words = (LUVN / "layout.toml").read_text(encoding="utf-8")
    changed = words.replace('scale_5 = "', 'scale_5 = "Oma: ')
    (tmp_path / "oma" / "layout.toml").write_text(changed, encoding="utf-8")
    for layout in (LUVN, tmp_path / "oma"):
        done = run("import", good["bare.pptx"], "--to", tmp_path / f"from-{layout.name}", "--layout", layout)
        assert done.returncode == 0, done.stderr
    assert load(tmp_path / "from-luvn").report.scale is None
    assert load(tmp_path / "from-oma").report.scale is not None
