"""The journal only grows, survives a crash, and each of its entries can be undone."""

import json
from pathlib import Path
from threading import Thread

import pytest

from raportti.serve.saving.journal import EntryKind, Journal, journal_of
from raportti.serve.saving.store import Conflict, Store
from raportti.serve.saving.versions import Change
from serve.sources import csv_source, yaml_source

FIELDS = {"H1.1": {"score": ("4", "5")}}


def test_an_entry_is_a_line_that_says_when_who_what_before_and_after(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    form = store.opened.goals["H1.1"]
    changes = {"score": Change("4", "5"), "text.sv": Change(form.text["sv"], "Alla mår bra.")}
    entry = store.save("H1.1", changes, base=form.version, who="Aino").entry
    lines = (store.source / ".raportti" / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert entry and [json.loads(line) for line in lines] == [
        {
            "id": entry.id, "number": 1, "time": entry.time, "who": "Aino", "kind": "save", "goals": ["H1.1"],
            "fields": {"H1.1": {"score": ["4", "5"], "text.sv": ["Invånarna mår bra.", "Alla mår bra."]}},
        }
    ]  # fmt: skip
    assert entry.time.endswith("+00:00")
    assert Journal(store.journal.path).entries() == (entry,)


def test_a_table_has_its_journal_beside_it(tmp_path: Path) -> None:
    path = csv_source(tmp_path)
    assert journal_of(path) == tmp_path / ".raportti" / "arviointi.csv.jsonl"


@pytest.mark.parametrize("torn", [b'{"id": "abc", "num', b'{"id": "abc"}', "ä".encode()[:1]])
def test_a_torn_last_line_is_left_out_and_cut_off_by_the_next_entry(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "x" / "journal.jsonl"
    first = Journal(path).append(EntryKind.SAVE, "A", FIELDS, goals=["H1.1"])
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    journal = Journal(path)
    assert journal.entries() == (first,)
    second = journal.append(EntryKind.SAVE, "B", FIELDS)
    assert path.read_bytes().startswith(whole) and path.read_bytes().count(b"\n") == 2
    assert Journal(path).entries() == journal.entries() == (first, second) and second.number == 2


def test_a_line_that_nobody_wrote_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b'[1]\n{"id": 1}\n\xff\xfe\n\n')
    entry = Journal(path).append(EntryKind.SAVE, "A", FIELDS)
    assert Journal(path).entries() == (entry,) and entry.number == 1


def test_two_journals_of_one_file_see_each_others_entries(tmp_path: Path) -> None:
    one, two = (Journal(tmp_path / "journal.jsonl") for _ in range(2))
    first, second = one.append(EntryKind.SAVE, "A", FIELDS), two.append(EntryKind.SAVE, "B", FIELDS)
    assert list(one.entries()) == list(two.entries()) == [first, second]
    (tmp_path / "journal.jsonl").unlink()
    assert one.entries() == () or one.entries() == (first, second)
    assert one.append(EntryKind.SAVE, "A", FIELDS).id


def test_threads_append_whole_lines(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")

    def write() -> None:
        for _ in range(20):
            journal.append(EntryKind.SAVE, "ä" * 50, FIELDS)

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.number for entry in Journal(journal.path).entries()] == list(range(1, 81))


def test_each_entry_can_be_undone_and_its_undoing_too(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    before = {file: file.read_bytes() for file in store.source.glob("*.yaml")}
    store.save("H1.1", {"score": Change("4", "5")}, base="", who="A")
    store.save("H1.2", {"assessment.fi": Change(store.opened.goals["H1.2"].assessment["fi"], "")}, base="", who="A")
    entries = store.history()
    undone = [store.undo(entry.id, who="B").entry for entry in reversed(entries)]
    assert {file: file.read_bytes() for file in before} == before
    assert [entry.undoes for entry in undone if entry] == [entry.id for entry in reversed(entries)]
    assert undone[0] and store.undo(undone[0].id, who="B").opened.goals["H1.1"].score == "5"
    assert [entry.kind for entry in store.history("H1.1")] == [EntryKind.UNDO, EntryKind.UNDO, EntryKind.SAVE]


def test_undo_brings_back_a_field_only_where_what_was_written_still_stands(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    first = store.save("H1.1", {"score": Change("4", "5"), "achieved": Change("yes", "partly")}, base="", who="A").entry
    store.save("H1.1", {"score": Change("5", "3")}, base="", who="Eero")
    assert first
    with pytest.raises(Conflict) as found:
        store.undo(first.id, who="A")
    clash = found.value.fields["score"]
    assert (clash.base, clash.mine, clash.theirs, found.value.who) == ("5", "4", "3", "Eero")
    assert store.opened.goals["H1.1"].achieved == "yes" and found.value.saved
    with pytest.raises(LookupError):
        store.undo("nothing", who="A")


def test_a_journal_that_cannot_be_written_stops_the_save_before_anything_is_written(tmp_path: Path) -> None:
    store = Store(yaml_source(tmp_path))
    before = (store.source / "a.yaml").read_bytes()
    store.journal.path.parent.mkdir(exist_ok=True)
    store.journal.path.mkdir()
    with pytest.raises(Exception, match="cannot be written"):
        store.save("H1.1", {"score": Change("4", "5")}, base="", who="A")
    assert (store.source / "a.yaml").read_bytes() == before
