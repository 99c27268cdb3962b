"""Packages are opened safely in either form, and what is not changed in one is written back byte for byte."""

import io
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from packages import repacked
from planning import LUVN
from raportti.ooxml.package import open_deck, open_parts, packed, unpacked
from raportti.ooxml.xml import P, is_strict, read_tree
from raportti.problems import ProblemsFound

TEMPLATE = LUVN / "template.pptx"
MAIN = "ppt/presentation.xml"
READING = ("source.table_read", "source.xlsx", "decks.inspect", "decks.readback.reading", "workflows.decks")
STRICT = b'<p:x xmlns:p="http://purl.oclc.org/ooxml/presentationml/main">%s</p:x>'


def parts_of(data: bytes) -> dict[str, tuple[bytes, object, object]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {e.filename: (package.read(e), e.date_time, e.compress_type) for e in package.infolist()}


def test_what_is_not_changed_keeps_its_bytes_its_place_and_its_time() -> None:
    parts = open_parts(TEMPLATE)
    before = parts_of(TEMPLATE.read_bytes())
    parts.put(MAIN, parts.data(MAIN) + b"\n")
    after = parts_of(parts.packed())
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == [MAIN]


def test_a_part_that_comes_is_listed_and_one_that_nothing_leads_to_goes(tmp_path: Path) -> None:
    parts = open_parts(TEMPLATE)
    names = parts.names
    new = parts.add("ppt/tags/tag{}.xml", b"<x/>", "application/x")
    relationship = parts.relate(parts.main, "tags", new)
    assert parts.related(parts.main, "tags") == (new,)
    (tmp_path / "deck.pptx").write_bytes(parts.packed())
    again = open_parts(tmp_path / "deck.pptx")
    again.unrelate(again.main, relationship)
    again.drop_unused()
    assert again.names == names
    assert new.encode() not in again.data("[Content_Types].xml")


def test_the_same_parts_give_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = unpacked(TEMPLATE.read_bytes())
    first = packed(parts)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(sys, "platform", "win32")
    assert packed(parts) == first
    assert unpacked(first) == parts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_is_read_in_either_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{(STRICT % b"").decode()}'
    assert read_tree(text.encode(encoding)).tag == f"{P}x"
    assert is_strict(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_either_encoding(encoding: str) -> None:
    with pytest.raises(ValueError):
        read_tree('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode(encoding))


def test_an_address_that_a_text_names_is_not_taken_for_a_namespace() -> None:
    address = b"http://purl.oclc.org/ooxml/presentationml/main"
    assert read_tree(STRICT % address).text == address.decode()
    assert not is_strict(b"<x>" + address + b"</x>")


def test_a_package_of_another_kind_is_no_deck(tmp_path: Path) -> None:
    other = repacked(TEMPLATE, tmp_path / "x.pptx", lambda name, data: b"<document/>" if name == MAIN else data)
    with pytest.raises(ProblemsFound) as found, open_deck(other):
        pass
    assert [problem.kind for problem in found.value.problems] == ["deck-not"]


@pytest.mark.parametrize("module", READING)
def test_what_only_reads_loads_neither_lxml_nor_pptx(module: str) -> None:
    code = f"import sys, raportti.{module}; print(sorted({{'lxml', 'pptx', 'xlsxwriter'}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
