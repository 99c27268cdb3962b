"""Plans of reports made in tests, in the default layout with its own fonts."""

from functools import cache
from pathlib import Path
from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from raportti.config import cache_folder
from raportti.content.content import make_content
from raportti.layout.planning import make_plan
from raportti.layout.theme.folder import Layout, read_layout
from raportti.plan import Cell, Plan
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy, Subgoal
from raportti.source.loading import load
from raportti.text.fonts import FontBook, load_fonts

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT / "source" / "arviointi-2024"
BILINGUAL = ROOT / "source" / "esimerkki-kaksikielinen"
"""The report of the repository that is in both languages."""
LUVN = ROOT / "layouts" / "luvn"


@cache
def default_report() -> Report:
    """Read the default report: reading it takes longer than most that is done with it."""
    return load(DEFAULT).report


@cache
def luvn() -> Layout:
    """Read the default layout."""
    return read_layout(LUVN)


@cache
def fonts() -> FontBook:
    """Load the default layout's fonts."""
    return load_fonts(luvn().theme.fonts, folder=LUVN, cache=cache_folder())


def plan_of(report: Report, before: Report | None = None) -> Plan:
    """Plan a report, with what changed since the one before."""
    return make_plan(make_content(report, luvn().theme.words[report.language], before), luvn().theme, fonts())


def goal(number: int = 1, **changes: object) -> Goal:
    """Make a goal with an id of its own."""
    values = {
        "id": f"A1.{number}",
        "text": f"Tavoite {number} toteutuu.",
        "subgoals": (),
        "achieved": Achieved.PARTLY,
        "score": 3,
        "assessment": ("Työ on edennyt suunnitelman mukaisesti.",),
    }
    return Goal(**{**values, **changes})  # type: ignore[arg-type]


def report(*goals: Goal, **changes: object) -> Report:
    """Make a report of one strategy and one guideline."""
    strategies = (Strategy("Palvelustrategia", (Guideline("Asiakastavoitteet", goals),)),)
    return Report(**{"title": "Arviointi", "strategies": strategies, **changes})  # type: ignore[arg-type]


def lines_of(cell: Cell) -> list[str]:
    """Return the lines of a cell as they are seen."""
    return [line.drawn for paragraph in cell.paragraphs for line in paragraph.lines]


def text_of(cell: Cell) -> str:
    """Return the text of a cell as content, without white space."""
    return "".join("".join(paragraph.text.split()) for paragraph in cell.paragraphs)


SEED = 20240217 if settings().derandomize else Random().getrandbits(64)
"""Of random reports that several rules share, so that each is planned once. In CI it is the same in each run."""

WORDS = (
    *("hyvinvointialue", "palvelu", "ja", "on", "tavoite", "yhteistyön", "sosiaali-", "terveyspalvelujen", "2024"),
    *("monituottajamallimme", "perustietojärjestelmien", "(”make-or-buy”)", "suunnitelma/ohjelma", "5\u00a0%"),
    "elinvoimakustannustehokkuusarviointimenetelmäkehitystyöryhmä",
    "https://www.example.fi/fi/hyvinvointi?asia=1&sivu=2",
    "x" * 60,
    "sa\u00adna",
    "<b>&{{7*7}}",
)


def _sentence(words: int, number: int) -> str:
    """Make a sentence of so many words; another number makes another one."""
    return " ".join(Random(number).choices(WORDS, k=words))


# Two draws a sentence: to draw it word by word would take far longer than to plan it. Most are short, some are not.
SENTENCES = st.builds(_sentence, st.sampled_from((1, 2, 3, 4, 5, 6, 7, 8, 10, 40)), st.integers(0, 2**32))
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=5).map(tuple)
SUBGOALS = st.lists(st.builds(Subgoal, SENTENCES, st.lists(SENTENCES, max_size=2).map(tuple)), max_size=12).map(tuple)
VERDICTS = st.sampled_from(
    [(Achieved.YES, 5), (Achieved.PARTLY, 3), (Achieved.NO, 1), (Achieved.NOT_ASSESSED, None)],
)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    """Draw a goal; its id is given by the report."""
    achieved, score = draw(VERDICTS)
    return Goal("", draw(SENTENCES), draw(SUBGOALS), achieved, score, draw(PARAGRAPHS), draw(st.booleans()))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Draw a report: one to three strategies of one to three guidelines, with and without subgoals, in any mix."""
    numbers = iter(range(1, 1000))
    strategies = []
    for index in range(draw(st.integers(1, 3))):
        guidelines = draw(st.lists(st.lists(goals(), min_size=1, max_size=6), min_size=1, max_size=3))
        strategies.append(
            Strategy(
                f"Strategia {index}",
                tuple(
                    Guideline(draw(SENTENCES)[:200], tuple(_with_id(goal, next(numbers)) for goal in members))
                    for members in guidelines
                ),
            )
        )
    return Report(draw(SENTENCES)[:120], tuple(strategies))


def _with_id(goal: Goal, number: int) -> Goal:
    return Goal(f"G{number}", *(getattr(goal, name) for name in tuple(Goal.__slots__)[1:]))
