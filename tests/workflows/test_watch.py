"""What is a change to a watch, and what stays warm in it: a build gives what a cold one gives."""

import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

import raportti
from commands import run_apart
from planning import BILINGUAL, LUVN
from raportti.render.pdf.process import PdfWriter
from raportti.workflows.build import Builder
from raportti.workflows.watch import Watch
from saves import GOOD, PATIENCE, put_in_place


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "arviointi.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["~$arviointi.csv", ".~lock.arviointi.csv#", "toinen.csv", "arviointi.csv~", "a.tmp"])
def test_other_files_beside_the_source_are_no_change(name: str, table: Path) -> None:
    watch = Watch(table, LUVN, Event())
    (table.parent / name).write_text("x", encoding="utf-8")
    assert not watch.wait(0.1)


def test_it_works_where_the_system_listens_to_no_more_folders(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Iterator[object]:
        raise OSError("no space left for watches")

    monkeypatch.setattr("watchfiles.watch", full)
    monkeypatch.setattr("raportti.workflows.watch.HEARTBEAT", 20)
    watch = Watch(table, LUVN, Event())
    threading.Timer(0.1, put_in_place, (table, GOOD)).start()
    assert watch.wait()


@pytest.mark.parametrize("name", ["arviointi.csv", "arviointi.sv.csv"])
def test_the_source_and_its_translation_are_watched(name: str, table: Path) -> None:
    watch = Watch(table, LUVN, Event())
    (table.parent / name).write_text("x", encoding="utf-8")
    assert watch.wait(PATIENCE)
    assert not watch.wait(0.1)


def test_warm_builds_give_what_cold_builds_give_byte_by_byte(tmp_path: Path) -> None:
    source = Path(shutil.copytree(BILINGUAL, tmp_path / "source"))
    edits = [
        ("palvelustrategia.yaml", r"arviointi: 3\b", "arviointi: 4"),
        ("hyvinvointialuestrategia.yaml", r"saavutettu: OSITTAIN", "saavutettu: EI"),
        # A long assessment: rows, pages and numbers move.
        (
            "palvelustrategia.yaml",
            r"sanallinen_arviointi:\n          fi: >-\n",
            "sanallinen_arviointi:\n          fi: >-\n" + 80 * "            Työ jatkuu yhä, ja siitä kerrotaan.\n",
        ),
        ("palvelustrategia.yaml", r"arviointi: 4\b", "arviointi: 3"),
        ("raportti.yaml", r"fi: Strategian .*", "fi: Toinen otsikko 漢"),
    ]
    with Builder() as builder:
        raportti.build(source, out=tmp_path / "warm", builder=builder)
        for turn, (file, old, new) in enumerate(edits):
            path = source / file
            text, count = re.subn(old, lambda _, new=new: new, path.read_text(encoding="utf-8"), count=1)
            assert count == 1, old
            path.write_text(text, encoding="utf-8")
            warm = raportti.build(source, out=tmp_path / "warm", builder=builder).files
            again = run_apart("build", source, "--out", tmp_path / f"cold{turn}")
            assert again.returncode == 0, again.stderr
            cold = [Path(line) for line in again.stdout.splitlines()]
            assert [one.read_bytes() for one in warm] == [one.read_bytes() for one in cold]


def test_a_pdf_process_that_has_ended_is_replaced(table: Path) -> None:
    with Builder() as builder:
        raportti.build(table, out=table.parent / "out", builder=builder)
        writer = builder._writer
        assert isinstance(writer, PdfWriter)
        writer._child.kill()
        writer._child.wait()
        assert raportti.build(table, out=table.parent / "out", builder=builder).files[1].is_file()
