"""The words of a deck in one language, as its layout gives them, and how values are put into them.

Does not know where the words are read, nor on which page they stand.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, NamedTuple, Protocol, TypeVar

from raportti.report.figures import decimal_comma
from raportti.report.model import Achieved, Goal
from raportti.report.passages import filled

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MAY_BE_EMPTY = object()
"""Annotates a word that a layout may leave empty."""


class Words(NamedTuple):
    """Every word of a deck; the names of the fields are the keys of a layout's ``[words.*]``.

    Annotated are the names in braces that are filled in; a word without them has none. A named tuple: a dataclass of so
    many fields takes 3 ms to make, at each start.
    """

    language: str
    goal: str
    subgoals: str
    achieved: str
    score: str
    assessment: str
    yes: str
    partly: str
    no: str
    not_assessed: str
    no_score: str
    continues: str
    continued: str
    guideline: str
    goals: str
    average: str
    completed: str
    summary_yes: str
    summary_partly: str
    summary_no: str
    summary_not_assessed: str
    legend_title: str
    scale_title: Annotated[str, "strategia"]
    summary_title: Annotated[str, "strategia"]
    summary_sentence: Annotated[str, "tavoitteita"]
    not_assessed_sentence: Annotated[str, "arvioimatta"]
    table_title: Annotated[str, "linjaus"]
    date: Annotated[str, "päivä", "kuukausi", "vuosi"]
    case_number: Annotated[str, "asianumero"]
    attachment_number: Annotated[str, "liitenumero"]
    one_goal: Annotated[str, "tavoitteita"]
    several_goals: Annotated[str, "tavoitteita"]
    one_guideline: Annotated[str, "linjauksia"]
    several_guidelines: Annotated[str, "linjauksia"]
    one_row: Annotated[str, "rivejä"]
    several_rows: Annotated[str, "rivejä"]
    table_description: Annotated[str, "linjaus", "määrä"]
    table_part_description: Annotated[str, "linjaus", "x", "n", "määrä"]
    summary_description: Annotated[str, "strategia", "määrä"]
    summary_part_description: Annotated[str, "strategia", "x", "n", "määrä"]
    changes_title: Annotated[str, "strategia"]
    changed_goals_title: Annotated[str, "strategia"]
    changes_sentence: Annotated[str, "muuttuneita", "uusia", "poistettuja"]
    no_changes_sentence: str
    average_before: str
    average_after: str
    average_move: str
    yes_move: str
    partly_move: str
    no_move: str
    whole: str
    id: str
    achieved_move: str
    score_move: str
    from_to: Annotated[str, "ennen", "nyt"]
    risen: Annotated[str, "määrä"]
    fallen: Annotated[str, "määrä"]
    unmoved: str
    added: str
    removed: str
    mark_risen: str
    mark_fallen: str
    was: Annotated[str, "arvosana"]
    scores_moved: Annotated[str, "muutokset"]
    statuses_moved: Annotated[str, "muutokset"]
    changes_description: Annotated[str, "strategia", "määrä"]
    changes_part_description: Annotated[str, "strategia", "x", "n", "määrä"]
    changed_goals_description: Annotated[str, "strategia", "määrä"]
    changed_goals_part_description: Annotated[str, "strategia", "x", "n", "määrä"]
    subject: Annotated[str, MAY_BE_EMPTY]
    draft: str
    draft_title: Annotated[str, "otsikko"]
    charts_title: Annotated[str, "yhteenveto"]
    averages: str
    shares: str
    averages_description: Annotated[str, "luvut"]
    shares_description: Annotated[str, "luvut"]
    scale_5: str
    scale_4: str
    scale_3: str
    scale_2: str
    scale_1: str

    @property
    def grades(self) -> tuple[str, ...]:
        """What the grades mean, in the order of ``SCORES``."""
        return self.scale_5, self.scale_4, self.scale_3, self.scale_2, self.scale_1

    def by_key(self) -> Mapping[str, str]:
        """Return the words by their keys, for whoever has a key from elsewhere."""
        return self._asdict()


def fill_in(text: str, **values: object) -> str:
    """Put values in the place of ``{name}``; the passages of the text and those of the values stay."""
    return filled(text, values)


class ByStatus(Protocol[T_co]):
    """What has one value for each status: words, fills, counts."""

    @property
    def yes(self) -> T_co: ...

    @property
    def partly(self) -> T_co: ...

    @property
    def no(self) -> T_co: ...

    @property
    def not_assessed(self) -> T_co: ...


def of_status(values: ByStatus[T], status: Achieved) -> T:
    """Return the value for a status; one that is missing in a draft is not assessed."""
    match status:
        case Achieved.YES:
            return values.yes
        case Achieved.PARTLY:
            return values.partly
        case Achieved.NO:
            return values.no
        case Achieved.NOT_ASSESSED | Achieved.MISSING:
            return values.not_assessed


def score_text(goal: Goal, words: Words) -> str:
    """Write a goal's score."""
    return words.no_score if goal.score is None else str(goal.score)


def average_text(average: Decimal | None, words: Words) -> str:
    """Write an average."""
    return words.no_score if average is None else decimal_comma(average)
