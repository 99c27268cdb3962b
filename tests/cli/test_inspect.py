"""``raportti inspect``: what it prints, where, and with which exit status."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from commands import run, run_apart
from decks.inspect.made_decks import add_slide, add_table, new_deck, saved
from planning import LUVN


def inspect(*arguments: str | Path, cwd: Path, language: str = "en") -> CompletedProcess[str]:
    return run("inspect", "--layout", LUVN, *arguments, cwd=cwd, RAPORTTI_LANG=language)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a deck with two faults, in a font that no machine has."""
    deck = new_deck()
    table = add_table(add_slide(deck), [["A", "B"], ["c\n" * 9, "d"]])
    table.table.first_row = False
    table.name = "Taulu\n1"
    return saved(deck, tmp_path)


def test_findings_are_an_aligned_table_and_remarks_go_to_stderr(file: Path, tmp_path: Path) -> None:
    done = run_apart("inspect", "--layout", LUVN, file.name, cwd=tmp_path)
    assert done.returncode == 1
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["slide", "what", "where", "how", "much"]
    assert rows[0].startswith("    1  the table is taller than the file says  ")
    assert rows[1].startswith("    1  missing table header  ")
    assert {row.index("Taulu") for row in rows} == {head.index("where")}
    assert rows[0].endswith(" pt")
    assert 'deck.pptx: warning: the font "Em" is not on this machine' in done.stderr
    assert done.stderr.endswith("1 slide, 2 findings\n")


def test_json_has_findings_with_places_and_values_and_every_tables_heights(file: Path, tmp_path: Path) -> None:
    values = json.loads(inspect(file.name, "--json", cwd=tmp_path).stdout)
    assert (values["deck"], values["slides"]) == ("deck.pptx", 1)
    grew, unmarked = values["findings"]
    assert (grew["kind"], unmarked["kind"]) == ("table-grew", "header-unmarked")
    assert grew["place"]["slide"] == 1 and grew["values"]["points"] > 50
    assert grew["text"].startswith("deck.pptx: slide 1, Taulu")
    (table,) = values["tables"]
    assert len(table["rows"]) == 2 and table["height"] == pytest.approx(sum(table["rows"]), abs=0.02)
    assert table["grown"] == pytest.approx(grew["values"]["points"], abs=0.01)


@pytest.mark.parametrize(("language", "words"), [("fi", "dia  mikä"), ("sv", "bild  vad")])
def test_findings_are_in_the_users_language(file: Path, tmp_path: Path, language: str, words: str) -> None:
    done = inspect(file.name, cwd=tmp_path, language=language)
    assert done.stdout.startswith(words)
    assert "," in done.stdout.splitlines()[1].rpartition("  ")[2]


@pytest.mark.parametrize("name", ["missing.pptx", "text.pptx", "."])
def test_a_file_that_is_no_deck_is_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.pptx").write_text("text", encoding="utf-8")
    done = inspect(name, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"{name}: error: ")


def test_a_deck_has_to_be_named(tmp_path: Path) -> None:
    assert inspect(cwd=tmp_path).returncode == 2
