"""The text of the original deck becomes the data of the default report."""

from pathlib import Path

from decks.importing.built_decks import read
from planning import DEFAULT, default_report
from raportti.api import import_deck
from raportti.report.diff import changes_of
from raportti.source.loading import load

TEXT = DEFAULT.parent / "alkuperainen" / "deck.txt"
SAID_BY_LAYOUT = {"scale", "tag"}
"""Fields in which the default report repeats what the layout says anyway."""
NOT_IN_THE_TEXT = {"organisation"}


def test_goals_ids_guidelines_and_published_figures_are_those_of_the_default_report() -> None:
    changes = changes_of(default_report(), read(TEXT).report)
    assert changes.goals == ()
    assert {change.field for change in changes.texts} == SAID_BY_LAYOUT | NOT_IN_THE_TEXT


def test_each_word_that_is_joined_is_told() -> None:
    joined = [problem.values["word"] for problem in read(TEXT).remarks if problem.kind == "import-joined"]
    assert joined == [
        *("ammattilaisemme", "palvelutuotantoamme", "palvelurakennetta", "Monituottajamallimme", "asiakaslähtöisyyden"),
        *("kustannustehokkuuden", "Toimitilaverkostomme", "Perusjärjestelmät", "Perusjärjestelmien"),
        "työntekijöidemme",
    ]


def test_each_choice_is_told() -> None:
    remarks = read(TEXT).remarks
    begun = [str(problem.values["value"]).split()[0] for problem in remarks if problem.kind == "import-paragraph-taken"]
    assert begun == ["Asiakaskokemuksen", "Pelastuslaitoksen", "Pelastuslaitoksen", "Muutoksen"]
    assert {problem.kind for problem in remarks} == {"import-joined", "import-paragraph-taken", "import-title-taken"}


def test_the_new_source_loads_and_says_it(tmp_path: Path) -> None:
    brought = import_deck(TEXT, tmp_path / "new")
    assert load(tmp_path / "new").report == brought.report
    assert [path.name for path in brought.files] == ["raportti.yaml", "strategia-1.yaml", "strategia-2.yaml"]
    assert "published-differs" in {problem.kind for problem in brought.remarks}
