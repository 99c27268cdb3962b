"""The data of arviointi-2024 says what the original deck says, word for word.

The deck's text was taken from a PDF, so its line breaks and some of its hyphens are layout. Two views of it hold
the data: the stream of its letters (nothing lost, nothing added, all in order) and the count of its words (spaces
and hyphens are where they were, line ends apart). The YAML is read plainly, so that a fault of the loader cannot
hide a fault of the data.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

SOURCE = Path(__file__).resolve().parents[2] / "source"
DECK = (SOURCE / "alkuperainen" / "deck.txt").read_text(encoding="utf-8")
HEADER = "Tavoite {subgoals} Tavoite saavutettu? Arviointi (1-5) Sanallinen arviointi (tiivistelmä)"
SUMMARY_HEADER = (
    "Strateginen linjaus Tavoitteiden lukumäärä Keskiarvo kokonaisuuden tilanteesta"
    " Valmistuneita tavoitteita Kyllä Osittain"
)
NOT_LETTERS = re.compile(r"[\s•-]+")

# Words that stand in pieces in the deck, at the end of one line and the start of the next. With a hyphen here, the
# hyphen is the word's own; without one, it was layout (and "Monituottajamallim/me" was cut with none).
WORDS_CUT_BY_LINES = [
    "ilmasto-ohjelma",
    "HUS-yhtymän",
    "(”make-or-buy”)",
    "Länsi-Uudenmaan",
    "TAHTI-kokoukset",
    "Tahti-raportointi",
    "Tahti-raportointi",
    "ICT-palvelujen",
    "ammattilaisemme",
    "palvelutuotantoamme",
    "palvelurakennetta",
    "Monituottajamallimme",
    "asiakaslähtöisyyden,",
    "kustannustehokkuuden",
    "Toimitilaverkostomme",
    "Perusjärjestelmät:",
    "Perusjärjestelmien",
    "työntekijöidemme",
]

# How the further paragraphs of an assessment begin. The deck shows most of them by an empty line, or by a line that
# its author ended after a sentence; four (marked) hide behind a line end where the next word would still have fitted.
FURTHER_PARAGRAPHS = {
    "H1.6": ["Jatkossa tavoite"],
    "H2.5": ["Aluevaltuusto hyväksyi"],
    "P1.1": ["Asiakaskokemuksen mittaamisen"],  # hidden
    "P2.1": ["Pelastuslaitoksen osalta"],  # hidden
    "P2.5": ["Pelastuslaitoksen osalta"],  # hidden
    "P3.2": ["Järjestöjen ja"],
    "P3.4": ["Palvelutuotannon raportointia"],
    "P3.5": ["Palvelujen omavalvonnan"],
    "P3.7": ["Aluevaltuusto hyväksyi"],
    "P4.1": [
        "Muutoksen tukena",  # hidden
        "Digiasioinnin suunnittelun",
        "Uudistettu digitaalisen",
        "Pelastuslaitoksen osalta",
    ],
    "P4.4": ["Pelastuslaitoksen osalta"],
}


def read(name: str) -> Any:
    return finnish(YAML(typ="safe").load((SOURCE / "arviointi-2024" / name).read_text(encoding="utf-8")))


def finnish(value: Any) -> Any:
    """Take the Finnish text of each that has a translation: the deck is in Finnish."""
    match value:
        case {"fi": text, "sv": _}:
            return text
        case dict():
            return {key: finnish(child) for key, child in value.items()}
        case list():
            return [finnish(child) for child in value]
        case _:
            return value


REPORT = read("raportti.yaml")
STRATEGIES = [read(name) for name in REPORT["strategiat"]]
GUIDELINES = [guideline for strategy in STRATEGIES for guideline in strategy["linjaukset"]]
GOALS = [goal for guideline in GUIDELINES for goal in guideline["tavoitteet"]]


def letters(text: str) -> str:
    """Take out of the text what layout may change: white space, hyphens and bullets."""
    return NOT_LETTERS.sub("", text)


def subgoal_texts(goal: dict[str, Any]) -> Iterator[str]:
    for subgoal in goal.get("alatavoitteet", []):
        if isinstance(subgoal, str):
            yield subgoal
        else:
            yield from (subgoal["teksti"], *subgoal["kohdat"])


def goal_texts(goal: dict[str, Any]) -> Iterator[str]:
    """Give the goal's long texts, in the order of its row."""
    yield from (goal["tavoite"], *subgoal_texts(goal), goal["sanallinen_arviointi"])


def goal_row(goal: dict[str, Any]) -> Iterator[str]:
    yield from (goal["tavoite"], *subgoal_texts(goal))
    yield f"{goal['saavutettu']} {goal['arviointi']}"
    yield goal["sanallinen_arviointi"]


def scale() -> Iterator[str]:
    yield from (f"{score} = {meaning}" for score, meaning in REPORT["arviointiasteikko"].items())


def summary(strategy: dict[str, Any]) -> Iterator[str]:
    count = sum(len(guideline["tavoitteet"]) for guideline in strategy["linjaukset"])
    yield strategy["yhteenvedon_otsikko"]
    yield strategy["yhteenvedon_lause"].format(tavoitteita=count)
    for guideline in strategy["linjaukset"]:
        published = guideline["julkaistu"]
        yield guideline["nimi"]
        yield " ".join(str(published[key]) for key in ("tavoitteita", "keskiarvo", "kyllä", "osittain"))
    yield "Arviointiasteikko"
    yield from scale()


def report_texts() -> Iterator[str]:
    """Give all that the data says, in the order of the deck's pages."""
    yield from (REPORT["otsikko"], *(strategy["nimi"] for strategy in STRATEGIES))
    for strategy in STRATEGIES:
        yield from (strategy["asteikon_otsikko"], *scale(), *summary(strategy))
        for guideline in strategy["linjaukset"]:
            for goal in guideline["tavoitteet"]:
                yield from goal_row(goal)


def furniture() -> str:
    """Match what a page repeats around its texts: tag, title and x/n, header row, continuation mark."""
    texts = [HEADER.format(subgoals=""), HEADER.format(subgoals="Alatavoitteet"), SUMMARY_HEADER]
    texts += ["Jatkuu seuraavalla sivulla", *(strategy["yläkulma"] for strategy in STRATEGIES)]
    titles = [
        strategy.get("taulukon_otsikko", "{linjaus}").format(linjaus=guideline["nimi"])
        for strategy in STRATEGIES
        for guideline in strategy["linjaukset"]
    ]
    patterns = [re.escape(letters(text)) for text in texts]
    patterns += [re.escape(letters(title)) + r"(?:\d/\d)?" for title in titles]
    return f"(?:{'|'.join(patterns)})*"


def test_data_holds_all_goals_in_order() -> None:
    """Ids follow from the order: letter of the strategy, number of the guideline, number of the goal."""
    ids = [
        f"{strategy['nimi'][0]}{number}.{place}"
        for strategy in STRATEGIES
        for number, guideline in enumerate(strategy["linjaukset"], 1)
        for place, _ in enumerate(guideline["tavoitteet"], 1)
    ]
    assert (len(STRATEGIES), len(GUIDELINES), len(GOALS)) == (2, 8, 43)
    assert [goal["tunnus"] for goal in GOALS] == ids


def test_data_is_the_letters_of_the_deck_with_nothing_left_over() -> None:
    """Read from start to end, the deck is the data and the furniture of its pages, and nothing else."""
    deck, between, position = letters(DECK), furniture(), 0
    for text in report_texts():
        found = re.compile(between + re.escape(letters(text))).match(deck, position)
        assert found, f"{text!r} is not what follows: {deck[position : position + 100]!r}"
        position = found.end()
    assert re.fullmatch(between, deck[position:])


def test_words_are_those_of_the_deck() -> None:
    """A layout hyphen that stayed, a real one that went, a lost space: each makes a word that the deck has not."""
    ours = Counter(word for goal in GOALS for text in goal_texts(goal) for word in text.split())
    assert ours - Counter(DECK.split()) == Counter(WORDS_CUT_BY_LINES)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal["tunnus"])
def test_words_are_whole(goal: dict[str, Any]) -> None:
    """A word ends in a hyphen only where it shares its end with the next one (sosiaali- ja terveyspalvelut)."""
    for text in goal_texts(goal):
        assert re.findall(r"\S*\w-\s(?!ja |tai )\S*", text) == []
        assert "\u00ad" not in text
        assert "  " not in text
        assert text == text.strip()


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal["tunnus"])
def test_assessment_has_the_paragraphs_of_the_deck(goal: dict[str, Any]) -> None:
    """Folded block scalars keep an empty line as one line break: that is where a paragraph ends."""
    _, *further = goal["sanallinen_arviointi"].split("\n")
    assert [" ".join(paragraph.split()[:2]) for paragraph in further] == FURTHER_PARAGRAPHS.get(goal["tunnus"], [])


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal["tunnus"])
def test_goal_and_subgoals_are_single_paragraphs(goal: dict[str, Any]) -> None:
    """An author's line break inside a sentence is no paragraph."""
    assert not [text for text in (goal["tavoite"], *subgoal_texts(goal)) if "\n" in text]
