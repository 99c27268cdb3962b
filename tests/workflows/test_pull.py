"""``raportti pull``: the hand edits of a deck in the files of its source, asked for, all or none."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from pptx import Presentation

from commands import run, run_apart
from planning import BILINGUAL, DEFAULT, LUVN
from raportti import api
from raportti.problems import ProblemsFound, SlidePlace
from raportti.source.loading import load
from stress.deck_edits import Deck, edit


@pytest.fixture(scope="module")
def built(default_documents: Mapping[str, Path]) -> Path:
    return default_documents["pptx"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEFAULT, tmp_path / "source"))


def files(source: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in source.iterdir()}


def with_score(deck: Path, to: Path, score: str) -> Path:
    """Type a score into the first row of the first table of goals: H1.1 has 4."""
    edited = Deck(deck)
    cell = next(cell for cell in edited.cells if cell.key == "score")
    assert cell.goal == "H1.1"
    cell.paragraphs[0].find(".//{*}t").text = score
    edited.presentation.save(str(to))
    return to


def in_source(source: Path, old: str, new: str) -> None:
    file = source / "hyvinvointialuestrategia.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("seed", range(4))
def test_the_source_says_what_the_deck_says(seed: int, built: Path, source: Path, tmp_path: Path) -> None:
    deck = edit(built, tmp_path / "edited.pptx", Random(f"pull {seed}"))
    api.apply(api.pull(tmp_path / "edited.pptx", source))
    assert load(source).report == deck.report


def test_what_changed_in_the_source_meanwhile_stays(built: Path, source: Path, tmp_path: Path) -> None:
    in_source(source, "arviointi: 4", "# tarkistettu\n        arviointi: 4")
    in_source(source, "saavutettu: OSITTAIN", "saavutettu: KYLLÄ")
    api.apply(api.pull(with_score(built, tmp_path / "edited.pptx", "3"), source))
    goal = load(source).report.goals[0]
    assert (goal.score, goal.achieved.value) == (3, "yes")
    assert b"# tarkistettu" in files(source)["hyvinvointialuestrategia.yaml"]


def test_what_both_changed_is_a_conflict_until_one_is_preferred(built: Path, source: Path, tmp_path: Path) -> None:
    in_source(source, "arviointi: 4", "arviointi: 5")
    deck = with_score(built, tmp_path / "edited.pptx", "3")
    before = files(source)
    with pytest.raises(ProblemsFound) as found:
        api.pull(deck, source)
    (problem,) = found.value.problems
    assert (problem.kind, problem.goal) == ("deck-conflict", "H1.1")
    assert problem.place == SlidePlace(str(deck), 4)
    assert dict(problem.values) == {"what": "Arviointi (1-5)", "base": "4", "deck": "3", "source": "5"}
    assert not api.pull(deck, source, keep="source").files
    assert files(source) == before
    api.apply(api.pull(deck, source, keep="deck"))
    assert load(source).report.goals[0].score == 3


def test_the_deck_of_another_report_is_refused(built: Path, tmp_path: Path) -> None:
    table = tmp_path / "arviointi.csv"
    table.write_text(
        "Strategia;Linjaus;Tunnus;Tavoite;Tavoite saavutettu?;Arviointi (1-5);Sanallinen arviointi (tiivistelmä)\n"
        "S;L;Z9;Tavoite toteutuu;KYLLÄ;4;Työ on edennyt suunnitelman mukaisesti.\n",
        encoding="utf-8",
    )
    with pytest.raises(ProblemsFound) as found:
        api.pull(built, table)
    assert [problem.kind for problem in found.value.problems] == ["deck-of-other-report"]


def test_a_swedish_deck_changes_the_swedish_texts_alone(tmp_path: Path) -> None:
    source = Path(shutil.copytree(BILINGUAL, tmp_path / "source"))
    (deck,) = api.build(source, out=tmp_path, formats=("pptx",), layout=LUVN, languages=("sv",)).files
    edited = Deck(deck)
    cell = next(cell for cell in edited.cells if cell.key == "goal")
    words = cell.paragraphs[0].find(".//{*}t")
    words.text = f"Nytt: {words.text}"
    edited.presentation.save(str(deck))
    edit = api.pull(deck, source)
    assert list(edit.changes) == ["sv"]
    finnish = api.plan_pages(source, layout=LUVN).source.report
    api.apply(edit)
    assert api.plan_pages(source, layout=LUVN).source.report == finnish
    swedish = api.plan_pages(source, layout=LUVN, language="sv").source.report
    assert swedish.goals[0].text.startswith("Nytt: ")


# The command.


def test_the_command_shows_and_writes_where_that_is_answered(built: Path, source: Path, tmp_path: Path) -> None:
    deck = with_score(built, tmp_path / "edited.pptx", "3")
    before = files(source)
    asked = run_apart("pull", deck, source)
    assert asked.returncode == 2
    assert "4 → 3" in asked.stdout
    assert files(source) == before
    done = run("pull", deck, source, "--yes")
    assert done.returncode == 0, done.stderr
    assert load(source).report.goals[0].score == 3
    again = run("pull", deck, source)
    assert (again.returncode, again.stdout) == (0, "")


def test_a_value_that_cannot_be_writes_nothing(built: Path, source: Path, tmp_path: Path) -> None:
    before = files(source)
    done = run("pull", with_score(built, tmp_path / "edited.pptx", "6"), source, "--yes")
    assert done.returncode == 1
    assert "slide 4, Arviointi (1-5): error: goal H1.1" in done.stderr
    assert files(source) == before


def test_a_conflict_is_listed_with_three_values_as_refresh_lists_it(built: Path, source: Path, tmp_path: Path) -> None:
    in_source(source, "arviointi: 4", "arviointi: 5")
    done = run("pull", with_score(built, tmp_path / "edited.pptx", "3"), source, "--yes")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{tmp_path / 'edited.pptx'}: slide 4: error: goal H1.1: Arviointi (1-5) was changed in the deck and in the "
        "source since the deck was built; decide with --keep deck or --keep source, or write the same in both",
        "  when the deck was built: 4",
        "  in the deck: 4 → 3",
        "  in the source: 4 → 5",
    ]
    assert run("refresh", tmp_path / "edited.pptx", source, "--yes").stderr == done.stderr
    assert run("pull", tmp_path / "edited.pptx", source, "--yes", "--keep", "file").returncode == 2
    assert run("pull", tmp_path / "edited.pptx", source, "--yes", "--keep", "deck").returncode == 0


@pytest.mark.parametrize("name", ["~${name}", "~${cut}", ".~lock.{name}#"])
def test_a_deck_that_is_open_elsewhere_is_read_with_a_remark(
    name: str, built: Path, source: Path, tmp_path: Path
) -> None:
    deck = with_score(built, tmp_path / "esitys.pptx", "3")
    deck.with_name(name.format(name=deck.name, cut=deck.name[2:])).touch()
    before = deck.read_bytes()
    assert [problem.kind for problem in api.pull(deck, source).warnings] == ["deck-open"]
    assert deck.read_bytes() == before


def test_a_deck_that_is_none_of_ours_gets_a_sentence(source: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.pptx"
    Presentation().save(str(foreign))
    done = run("pull", foreign, source, "--yes")
    assert done.returncode == 1
    assert "the deck does not know what it was made of" in done.stderr
    missing = run("pull", tmp_path / "missing.pptx", source, "--yes")
    assert missing.returncode == 1
    assert "Traceback" not in missing.stderr
