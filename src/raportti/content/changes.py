"""From two reports to what the deck says of their difference: tables of changes, and marks beside scores.

Knows no sizes, widths or pages. Everything is compared as it is printed: what looks the same has not changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from raportti.content.records import (
    ChangeRow,
    ChangeTable,
    ContentItem,
    Moved,
    StrategyChanges,
    StyledText,
    Words,
    average_text,
    fill_in,
    score_text,
    status_key,
)
from raportti.report.diff import ChangeKind, GoalChange, changes_of
from raportti.report.figures import Figures, decimal_comma, figures_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Pair, guideline_pairs, strategy_pairs
from raportti.report.passages import uppered

FIGURES, GOALS = "changes", "changed_goals"
"""The keys of the two tables: their columns, titles and descriptions."""
COUNTS = ("yes_move", "partly_move", "no_move")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: of each strategy by its name, of those that are gone, and of each goal that moved by its id."""

    strategies: Mapping[str, StrategyChanges] = field(default_factory=dict[str, StrategyChanges])
    removed: tuple[StrategyChanges, ...] = ()
    goals: Mapping[str, GoalChange] = field(default_factory=dict[str, GoalChange])


def compared(old: Report, new: Report, words: Words) -> Comparison:
    """Compare a report with the one before."""
    told = tuple(change for change in changes_of(old, new).goals if _is_told(change, words))
    pairs = strategy_pairs(old, new)
    return Comparison(
        strategies={pair.new.name: _strategy(pair.new, pair, told, words) for pair in pairs if pair.new},
        removed=tuple(_strategy(pair.old, pair, told, words) for pair in pairs if pair.old and not pair.new),
        goals={change.id: change for change in told if change.kind is ChangeKind.CHANGED},
    )


def _is_told(change: GoalChange, words: Words) -> bool:
    return moved_of(change, words) != Moved(None, None)


def moved_of(change: GoalChange, words: Words) -> Moved | None:
    """Say how score and status of a goal moved; None of one that was added or removed."""
    if change.old is None or change.new is None:
        return None
    score = score_text(change.old, words), score_text(change.new, words)
    status = words[status_key(change.old)], words[status_key(change.new)]
    return Moved(*(_from_to(*pair, words) if pair[0] != pair[1] else None for pair in (score, status)))


def score_items(goal: Goal, change: GoalChange | None, words: Words) -> tuple[ContentItem, ...]:
    """Say a score: one that rose or fell has a mark beside it, and what it was below."""
    score = score_text(goal, words)
    if change is None or change.old is None or not change.rise:
        return (ContentItem((StyledText(score, "score"),)),)
    direction = _direction(change.rise)
    was = fill_in(words["was"], arvosana=score_text(change.old, words))
    return ContentItem(
        (StyledText(f"{score} ", "score"), StyledText(words[f"mark_{direction}"], direction))
    ), ContentItem((StyledText(was, "was"),))


def _direction(rise: int) -> str:
    return "risen" if rise > 0 else "fallen"


def _from_to(before: str, after: str, words: Words) -> str:
    return fill_in(words["from_to"], ennen=before, nyt=after)


def _strategy(named: Strategy, pair: Pair[Strategy], told: Iterable[GoalChange], words: Words) -> StrategyChanges:
    """Say what changed in a strategy; what was removed from it stood under its old name."""
    names = {ChangeKind.REMOVED: pair.old and pair.old.name}
    own = tuple(change for change in told if change.strategy == names.get(change.kind, pair.new and pair.new.name))
    figures = ChangeTable(FIGURES, _title(FIGURES, named, words), _sentence(own, words), tuple(_figures(pair, words)))
    goals = ChangeTable(GOALS, _title(GOALS, named, words), None, tuple(_goal(change, words) for change in own))
    return StrategyChanges(named.name, named.tag or uppered(named.name), (figures, goals) if own else (figures,))


def _title(what: str, strategy: Strategy, words: Words) -> str:
    return fill_in(words[f"{what}_title"], strategia=strategy.name)


def _sentence(changes: tuple[GoalChange, ...], words: Words) -> str:
    kinds = [change.kind for change in changes]
    if not kinds:
        return words["no_changes_sentence"]
    changed, added, removed = (kinds.count(kind) for kind in (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED))
    return fill_in(words["changes_sentence"], muuttuneita=changed, uusia=added, poistettuja=removed)


def _figures(pair: Pair[Strategy], words: Words) -> Iterator[ChangeRow]:
    for guideline in guideline_pairs(pair):
        yield _figures_row(_guideline_name(guideline, words), guideline, "change_text", words)
    yield _figures_row((StyledText(words["whole"], "change_after"),), pair, "change_after", words)


def _guideline_name(pair: Pair[Guideline], words: Words) -> tuple[StyledText, ...]:
    named = pair.new or pair.old
    name = named.name if named else ""
    return _fated(
        name,
        ChangeKind.ADDED if pair.old is None else ChangeKind.REMOVED if pair.new is None else ChangeKind.CHANGED,
        words,
    )


def _fated(text: str, kind: ChangeKind, words: Words) -> tuple[StyledText, ...]:
    """Name something, and say behind it that it is new or gone."""
    name = StyledText(text, "change_text")
    return (name,) if kind is ChangeKind.CHANGED else (name, StyledText(f" {words[kind.value]}", "change_after"))


def _figures_row(
    name: tuple[StyledText, ...], pair: Pair[Strategy] | Pair[Guideline], style: str, words: Words
) -> ChangeRow:
    old, new = (figures_of(thing.goals) if thing else None for thing in (pair.old, pair.new))
    cells = {
        "guideline": ContentItem(name),
        "average_before": _average(old, style, words),
        "average_after": _average(new, style, words),
        "average_move": ContentItem((_average_move(old, new, words),)),
    }
    before, after = _counts(old, words), _counts(new, words)
    counts = {key: ContentItem((_change(before[key], after[key], words),)) for key in COUNTS}
    return ChangeRow(None, {**cells, **counts})


def _counts(figures: Figures | None, words: Words) -> Mapping[str, str]:
    """Say how many goals have each status, by the key of its column."""
    if figures is None:
        return dict.fromkeys(COUNTS, words["no_score"])
    return dict(zip(COUNTS, map(str, (figures.yes, figures.partly, figures.no)), strict=True))


def _average(figures: Figures | None, style: str, words: Words) -> ContentItem:
    return ContentItem((StyledText(average_text(figures.average if figures else None, words), style),))


def _average_move(old: Figures | None, new: Figures | None, words: Words) -> StyledText:
    """Say the difference of the averages as they are printed, so that it agrees with them."""
    before, after = old and old.average, new and new.average
    if before is None or after is None:
        return StyledText(words["no_score"], "change_text")
    difference = after - before
    if not difference:
        return StyledText(words["unmoved"], "change_text")
    return _move("risen" if difference > 0 else "fallen", decimal_comma(abs(difference)), words)


def _move(direction: str, amount: str, words: Words) -> StyledText:
    return StyledText(fill_in(words[direction], määrä=amount), f"change_{direction}")


def _change(before: str, after: str, words: Words) -> StyledText:
    if before == after:
        return StyledText(after, "change_text")
    return StyledText(_from_to(before, after, words), "change_after")


def _goal(change: GoalChange, words: Words) -> ChangeRow:
    old, new = change.old or change.new, change.new or change.old
    if old is None or new is None:
        raise AssertionError(change)
    score = _change(score_text(old, words), score_text(new, words), words)
    move = (_move(_direction(change.rise), str(abs(change.rise)), words),) if change.rise else ()
    cells = {
        "id": ContentItem((StyledText(change.id, "change_text"),)),
        "goal": ContentItem(_fated(new.text, change.kind, words)),
        "achieved_move": ContentItem((_change(words[status_key(old)], words[status_key(new)], words),)),
        "score_move": ContentItem((score, *(part for one in move for part in (StyledText(" ", "change_text"), one)))),
    }
    return ChangeRow(change.id, cells)


def moves_in_words(moved: Mapping[str, Moved], words: Words) -> tuple[str, ...]:
    """Say in a sentence which scores moved and in one which statuses did, of goals by their ids."""
    scores = [f"{goal} {move.score}" for goal, move in moved.items() if move.score]
    statuses = [f"{goal} {move.status}" for goal, move in moved.items() if move.status]
    told = {"scores_moved": scores, "statuses_moved": statuses}
    return tuple(fill_in(words[key], muutokset=", ".join(moves)) for key, moves in told.items() if moves)
