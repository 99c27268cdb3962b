"""A number → a report: number N of a seed is the same report on every machine, whatever the planner does.

Realistic reports are those that a reader would write; wild ones have what no reader would, all at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import count
from math import ceil
from random import Random

from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy, Subgoal
from stress.wording import (
    ODD,
    RARE,
    Piece,
    as_loaded,
    common,
    finnish,
    link,
    mail,
    short_compound,
    swedish,
)

WILD_EVERY = 4
"""In a mixture every so manieth report is a wild one."""
NAMES = ("Hyvinvointialuestrategia", "Palvelustrategia", "Hyvinvointisuunnitelma", "Osallisuusohjelma", "Omavalvonta")
SWEDISH_NAMES = ("Välfärdsområdesstrategi", "Servicestrategi", "Välfärdsplan", "Delaktighetsprogram", "Egenkontroll")
VERDICTS = (
    *((Achieved.YES, 5), (Achieved.YES, 4), (Achieved.YES, 4), (Achieved.PARTLY, 4), (Achieved.PARTLY, 3)),
    *((Achieved.PARTLY, 3), (Achieved.PARTLY, 2), (Achieved.NO, 2), (Achieved.NO, 1), (Achieved.NOT_ASSESSED, None)),
)
LETTERS_A_LINE = {True: (19, 45, 66), False: (39, 1, 92)}
"""Of goal, subgoals and assessment, with and without subgoals: only to guess how many pages a report will have."""
LINES_A_PAGE = 25


class Kind(Enum):
    MIXED = "mixed"
    REALISTIC = "realistic"
    WILD = "wild"


@dataclass(frozen=True)
class Recipe:
    """Which reports: their seed, their kind, and about how many pages realistic ones have."""

    seed: int = 1
    kind: Kind = Kind.MIXED
    pages: tuple[int, int] = (6, 10)

    def report(self, number: int) -> Report:
        """Make report ``number``."""
        is_wild = self.kind is Kind.WILD or (self.kind is Kind.MIXED and number % WILD_EVERY == 0)
        rng = Random(f"{self.seed} {'wild' if is_wild else 'realistic'} {number}")
        return _wild(rng) if is_wild else _realistic(rng, rng.randint(*self.pages))


@dataclass(frozen=True)
class _Pen:
    """Writes sentences in one hand: ``odd`` pieces take the place of a share of the words."""

    rng: Random
    language: str = "fi"
    odd: tuple[Piece, ...] = ()
    share: float = 0.0

    def sentence(self, most: int) -> str:
        words = (swedish if self.language == "sv" else finnish)(self.rng, most)
        words = [self.rng.choice(self.odd)(self.rng) if self.rng.random() < self.share else word for word in words]
        text = as_loaded(" ".join(words)).rstrip(",")
        return f"{text[:1].upper()}{text[1:]}."

    def sentences(self, fewest: int, most: int, words: int = 26) -> str:
        return as_loaded(" ".join(self.sentence(words) for _ in range(self.rng.randint(fewest, most))))

    def name(self, fewest: int, most: int) -> str:
        return self.sentence(self.rng.randint(fewest, most)).rstrip(".") or "Linjaus"


def _verdict(rng: Random) -> tuple[Achieved, int | None]:
    return rng.choice(VERDICTS)


def _distinct(make: Callable[[], str], many: int) -> tuple[str, ...]:
    """Make names that differ."""
    names: dict[str, None] = {}
    for number in count():
        name = make()
        names[name if number < 3 * many else f"{name} {number}"] = None
        if len(names) == many:
            return tuple(names)
    raise AssertionError


# Realistic reports.


def _realistic(rng: Random, pages: int) -> Report:
    """Make a report of about so many pages: a cover; a scale, a summary and tables of each strategy."""
    language = "sv" if rng.random() < 0.08 else "fi"
    odd = (common, common, common, common, short_compound, *((link, mail) if rng.random() < 0.4 else ()))
    pen = _Pen(rng, language, odd, share=rng.choice((0.0, 0.01, 0.03)))
    strategies = 2 if pages >= 8 and rng.random() < 0.5 else 1
    tables = max(strategies, pages - 1 - 2 * strategies)
    shares = [tables // strategies + (number < tables % strategies) for number in range(strategies)]
    names = rng.sample(SWEDISH_NAMES if language == "sv" else NAMES, strategies)
    parts = zip(names, shares, "HPS", strict=False)
    return Report(
        title=rng.choice(("Yhteisten tavoitteiden arviointi", pen.name(2, 6))),
        strategies=tuple(_real_strategy(pen, name, share, letter) for name, share, letter in parts),
        language=language,
        organisation=rng.choice((None, "Länsi-Uudenmaan hyvinvointialue")),
        meeting=rng.choice((None, "Aluehallitus")),
        date=rng.choice((None, date(2025, 1, 1) + timedelta(rng.randrange(700)))),
        case_number=rng.choice((None, "LUVN/1234/2025")),
    )


def _real_strategy(pen: _Pen, name: str, pages: int, letter: str) -> Strategy:
    sizes: list[int] = []
    while sum(sizes) < pages:
        sizes.append(pen.rng.randint(1, min(3, pages - sum(sizes))))
    names = _distinct(lambda: pen.name(3, 9), len(sizes))
    parts = enumerate(zip(names, sizes, strict=True), 1)
    guidelines = tuple(_real_guideline(pen, title, size, f"{letter}{number}") for number, (title, size) in parts)
    return Strategy(name, guidelines)


def _real_guideline(pen: _Pen, name: str, pages: int, prefix: str) -> Guideline:
    has_subgoals = pen.rng.random() < 0.45
    goals: list[Goal] = []
    for number in count(1):
        goal = _real_goal(pen, f"{prefix}.{number}", has_subgoals=has_subgoals)
        if goals and _guess([*goals, goal]) > pages:
            break
        goals.append(goal)
    return Guideline(name, tuple(goals))


def _real_goal(pen: _Pen, goal_id: str, *, has_subgoals: bool) -> Goal:
    rng = pen.rng
    achieved, score = _verdict(rng)
    has_some = has_subgoals and rng.random() < 0.9
    subgoals = tuple(_subgoal(pen, 0.1) for _ in range(rng.randint(1, 5))) if has_some else ()
    assessment = tuple(pen.sentences(1, 5) for _ in range(rng.choice((1, 1, 1, 2, 3))))
    if achieved is Achieved.NOT_ASSESSED and rng.random() < 0.5:
        assessment = ()
    return Goal(goal_id, pen.sentences(1, 2, 14), subgoals, achieved, score, assessment, rng.random() < 0.02)


def _subgoal(pen: _Pen, with_items: float) -> Subgoal:
    many = pen.rng.randint(1, 4) if pen.rng.random() < with_items else 0
    return Subgoal(pen.sentences(1, 2, 16), tuple(pen.sentences(1, 1, 8) for _ in range(many)))


def _guess(goals: Sequence[Goal]) -> int:
    """Guess how many pages goals take, by their letters."""
    pages, used = 1, 0.0
    widths = LETTERS_A_LINE[any(goal.subgoals for goal in goals)]
    for goal in goals:
        height = 0.55 + max(_lines(column, width) for column, width in zip(_columns(goal), widths, strict=True))
        if used + height > LINES_A_PAGE or goal.break_before:
            pages, used = pages + 1, 0
        used += height
    return pages


def _columns(goal: Goal) -> Iterator[tuple[str, ...]]:
    yield (goal.text,)
    yield tuple(text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items))
    yield goal.assessment


def _lines(texts: Sequence[str], width: int) -> int:
    return sum(ceil(len(text) / width) for text in texts)


# Wild reports.


def _wild(rng: Random) -> Report:
    """Make a report of any size, with some kinds of odd pieces in it."""
    common_kinds = [name for name in ODD if name not in RARE]
    kinds = rng.sample(common_kinds, rng.randint(1, 5)) + [name for name in sorted(RARE) if rng.random() < 0.08]
    language = "sv" if rng.random() < 0.15 else "fi"
    pen = _Pen(rng, language, tuple(ODD[kind] for kind in kinds), rng.choice((0.03, 0.1, 0.3)))
    ids = (f"W{number}" for number in count(1))
    names = _distinct(lambda: pen.name(1, rng.choice((2, 5))), rng.choice((1, 1, 1, 2, 3)))
    return Report(
        title=pen.name(1, rng.choice((1, 5, 10))),
        strategies=tuple(_wild_strategy(pen, name, ids) for name in names),
        language=language,
        organisation=rng.choice((None, pen.name(1, 3))),
        scale=rng.choice((None, tuple(pen.sentence(rng.choice((4, 16))) for _ in range(5)))),
    )


def _wild_strategy(pen: _Pen, name: str, ids: Iterator[str]) -> Strategy:
    rng = pen.rng
    names = _distinct(lambda: pen.name(1, rng.choice((3, 8, 14))), rng.choice((1, 1, 2, 3)))
    return Strategy(
        name,
        tuple(_wild_guideline(pen, title, ids) for title in names),
        tag=rng.choice((None, pen.name(1, 2))),
        table_title=rng.choice((None, "Strateginen linjaus: {linjaus}")),
    )


def _wild_guideline(pen: _Pen, name: str, ids: Iterator[str]) -> Guideline:
    rng = pen.rng
    shape = rng.choice((_any_goal, _any_goal, _any_goal, _terse_goal, _tall_goal, _goal_of_lists))
    many = {_terse_goal: rng.choice((1, 10, 60)), _any_goal: rng.randint(1, 7)}.get(shape, rng.randint(1, 2))
    return Guideline(name, tuple(shape(pen, next(ids)) for _ in range(many)))


def _any_goal(pen: _Pen, goal_id: str) -> Goal:
    rng = pen.rng
    achieved, score = _verdict(rng)
    subgoals = tuple(_subgoal(pen, 0.3) for _ in range(rng.choice((0, 0, 1, 4))))
    assessment = tuple(pen.sentences(1, 5) for _ in range(rng.choice((1, 2, 8))))
    if achieved is Achieved.NOT_ASSESSED:
        assessment = rng.choice(((), assessment))
    return Goal(goal_id, pen.sentences(1, 3), subgoals, achieved, score, assessment, rng.random() < 0.1)


def _terse_goal(pen: _Pen, goal_id: str) -> Goal:
    """Make a goal of few words, of which many stand on a page."""
    achieved, score = _verdict(pen.rng)
    return Goal(goal_id, pen.sentence(5), (), achieved, score, (pen.sentence(12),), pen.rng.random() < 0.03)


def _tall_goal(pen: _Pen, goal_id: str) -> Goal:
    """Make a goal that is taller than a page, its assessment of about 900 words or of many paragraphs."""
    achieved, score = _verdict(pen.rng)
    one = (as_loaded(" ".join(pen.sentence(30) for _ in range(55))),)
    assessment = pen.rng.choice((one, tuple(pen.sentences(1, 2) for _ in range(40))))
    return Goal(goal_id, pen.sentence(14), (), achieved, score, assessment)


def _goal_of_lists(pen: _Pen, goal_id: str) -> Goal:
    """Make a goal of 40 subgoals, most of them with items."""
    achieved, score = _verdict(pen.rng)
    subgoals = tuple(_subgoal(pen, 0.6) for _ in range(40))
    return Goal(goal_id, pen.sentences(1, 2), subgoals, achieved, score, (pen.sentences(1, 8),))
