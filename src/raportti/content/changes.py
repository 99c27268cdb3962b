"""From two reports to what the deck says of their difference: tables of changes, and marks beside scores.

Does not know sizes, widths or pages. Everything is compared as it is printed: what looks the same has not changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from raportti.content.records import (
    ChangeRow,
    ChangeSubject,
    ChangeTable,
    ContentItem,
    GoalMoves,
    SourceText,
    StrategyChanges,
    StyledText,
    StyleName,
)
from raportti.content.wording import Words, average_text, fill_in, of_status, score_text
from raportti.report.diff import ChangeKind, GoalChange, changes_of
from raportti.report.fields import Ref, guideline_ref, strategy_ref
from raportti.report.figures import Figures, decimal_comma, figures_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.report.pairs import Pair, guideline_pairs, strategy_pairs
from raportti.report.passages import uppered

NO_MOVES = GoalMoves(None, None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: in each strategy by its name, in those that are gone, and in each goal that moved by its id."""

    strategies: Mapping[str, StrategyChanges] = field(default_factory=dict[str, StrategyChanges])
    removed: tuple[StrategyChanges, ...] = ()
    goals: Mapping[str, GoalChange] = field(default_factory=dict[str, GoalChange])


def compare(old: Report, new: Report, words: Words) -> Comparison:
    """Compare a report with the one before."""
    # A goal whose texts alone changed has not moved.
    goals = tuple(change for change in changes_of(old, new).goals if moves_of(change, words) != NO_MOVES)
    pairs = strategy_pairs(old, new)
    return Comparison(
        strategies={pair.new.name: _strategy(pair.new, pair, goals, words) for pair in pairs if pair.new},
        removed=tuple(_strategy(pair.old, pair, goals, words) for pair in pairs if pair.old and not pair.new),
        goals={change.id: change for change in goals if change.kind is ChangeKind.CHANGED},
    )


def moves_of(change: GoalChange, words: Words) -> GoalMoves | None:
    """Say how score and status of a goal moved; None of one that was added or removed."""
    if change.old is None or change.new is None:
        return None
    score = score_text(change.old, words), score_text(change.new, words)
    status = of_status(words, change.old.achieved), of_status(words, change.new.achieved)
    return GoalMoves(*(_from_to(*pair, words) if pair[0] != pair[1] else None for pair in (score, status)))


def moves_in_words(moves: Mapping[str, GoalMoves], words: Words) -> tuple[str, ...]:
    """Say in one sentence which scores moved and in one which statuses did, of goals by their ids."""
    scores = ", ".join(f"{goal} {move.score}" for goal, move in moves.items() if move.score)
    statuses = ", ".join(f"{goal} {move.status}" for goal, move in moves.items() if move.status)
    sentences = ((words.scores_moved, scores), (words.statuses_moved, statuses))
    return tuple(fill_in(word, muutokset=moved) for word, moved in sentences if moved)


def score_items(goal: Goal, change: GoalChange | None, words: Words) -> tuple[ContentItem, ...]:
    """Say a score: one that rose or fell has a mark beside it, and what it was below."""
    score = score_text(goal, words)
    if change is None or change.old is None or not change.rise:
        return (ContentItem((StyledText(score, "score"),)),)
    rises = change.rise > 0
    mark = StyledText(words.mark_risen, "risen") if rises else StyledText(words.mark_fallen, "fallen")
    was = StyledText(fill_in(words.was, arvosana=score_text(change.old, words)), "was")
    return ContentItem((StyledText(f"{score} ", "score"), mark)), ContentItem((was,))


def _strategy(named: Strategy, pair: Pair[Strategy], goals: tuple[GoalChange, ...], words: Words) -> StrategyChanges:
    """Say what changed in a strategy; what was removed from it stood under its old name."""
    names = {ChangeKind.REMOVED: pair.old and pair.old.name}
    own = tuple(change for change in goals if change.strategy == names.get(change.kind, pair.new and pair.new.name))
    tables = (_figures_table(named, pair, own, words), *((_goals_table(named, own, words),) if own else ()))
    ref = strategy_ref(named, "tag" if named.tag else "name")
    return StrategyChanges(named.name, SourceText(named.tag or uppered(named.name), ref), tables)


def _title(word: str, strategy: Strategy) -> SourceText:
    return SourceText(fill_in(word, strategia=strategy.name), strategy_ref(strategy, "name"))


def _figures_table(named: Strategy, pair: Pair[Strategy], goals: tuple[GoalChange, ...], words: Words) -> ChangeTable:
    whole = StyledText(words.whole, "change_after")
    return ChangeTable(
        subject=ChangeSubject.FIGURES,
        title=_title(words.changes_title, named),
        heads={
            "guideline": words.guideline,
            "average_before": words.average_before,
            "average_after": words.average_after,
            "average_move": words.average_move,
            "yes_move": words.yes_move,
            "partly_move": words.partly_move,
            "no_move": words.no_move,
        },
        sentence=_sentence(goals, words),
        rows=(*_guideline_rows(pair, words), _figures_row((whole,), pair, None, "change_after", words)),
    )


def _sentence(changes: tuple[GoalChange, ...], words: Words) -> str:
    if not changes:
        return words.no_changes_sentence
    kinds = [change.kind for change in changes]
    changed, added, removed = (kinds.count(kind) for kind in (ChangeKind.CHANGED, ChangeKind.ADDED, ChangeKind.REMOVED))
    return fill_in(words.changes_sentence, muuttuneita=changed, uusia=added, poistettuja=removed)


def _guideline_rows(pair: Pair[Strategy], words: Words) -> Iterator[ChangeRow]:
    for guidelines in guideline_pairs(pair):
        old, new = guidelines.old, guidelines.new
        kind = ChangeKind.ADDED if old is None else ChangeKind.REMOVED if new is None else ChangeKind.CHANGED
        named, strategy = new or old, pair.new or pair.old
        if named is None or strategy is None:
            raise AssertionError(pair)
        name, ref = _marked(named.name, kind, words), guideline_ref(strategy, named)
        yield _figures_row(name, guidelines, ref, "change_text", words)


def _marked(text: str, kind: ChangeKind, words: Words) -> tuple[StyledText, ...]:
    """Say a name, and behind it that what it names is new or gone."""
    name = StyledText(text, "change_text")
    if kind is ChangeKind.CHANGED:
        return (name,)
    return name, StyledText(f" {words.added if kind is ChangeKind.ADDED else words.removed}", "change_after")


def _figures_row(
    name: tuple[StyledText, ...],
    pair: Pair[Strategy] | Pair[Guideline],
    ref: Ref | None,
    style: StyleName,
    words: Words,
) -> ChangeRow:
    old, new = (figures_of(thing.goals) if thing else None for thing in (pair.old, pair.new))
    cells = {
        "guideline": name,
        "average_before": (_average(old, style, words),),
        "average_after": (_average(new, style, words),),
        "average_move": (_average_move(old, new, words),),
        "yes_move": (_count_move(old and old.yes, new and new.yes, words),),
        "partly_move": (_count_move(old and old.partly, new and new.partly, words),),
        "no_move": (_count_move(old and old.no, new and new.no, words),),
    }
    return ChangeRow(ref, None, {key: ContentItem(parts) for key, parts in cells.items()})


def _average(figures: Figures | None, style: StyleName, words: Words) -> StyledText:
    return StyledText(average_text(figures.average if figures else None, words), style)


def _average_move(old: Figures | None, new: Figures | None, words: Words) -> StyledText:
    """Say the difference of the averages as they are printed, so that it agrees with them."""
    before, after = old and old.average, new and new.average
    if before is None or after is None:
        return StyledText(words.no_score, "change_text")
    return _rise(after - before, words) if after != before else StyledText(words.unmoved, "change_text")


def _rise(amount: Decimal, words: Words) -> StyledText:
    """Say by how much something rose, or fell where the amount is below zero."""
    shown = decimal_comma(abs(amount))
    if amount > 0:
        return StyledText(fill_in(words.risen, määrä=shown), "change_risen")
    return StyledText(fill_in(words.fallen, määrä=shown), "change_fallen")


def _count_move(before: int | None, after: int | None, words: Words) -> StyledText:
    """Say how many goals had a status and how many have it; None where the guideline is not in that report."""
    return _move(*(words.no_score if count is None else str(count) for count in (before, after)), words=words)


def _move(before: str, after: str, words: Words) -> StyledText:
    if before == after:
        return StyledText(after, "change_text")
    return StyledText(_from_to(before, after, words), "change_after")


def _from_to(before: str, after: str, words: Words) -> str:
    return fill_in(words.from_to, ennen=before, nyt=after)


def _goals_table(named: Strategy, goals: tuple[GoalChange, ...], words: Words) -> ChangeTable:
    return ChangeTable(
        subject=ChangeSubject.GOALS,
        title=_title(words.changed_goals_title, named),
        heads={
            "id": words.id,
            "goal": words.goal,
            "achieved_move": words.achieved_move,
            "score_move": words.score_move,
        },
        sentence=None,
        rows=tuple(_goal_row(change, words) for change in goals),
    )


def _goal_row(change: GoalChange, words: Words) -> ChangeRow:
    old, new = change.old or change.new, change.new or change.old
    if old is None or new is None:
        raise AssertionError(change)
    score = _move(score_text(old, words), score_text(new, words), words)
    rise = (StyledText(" ", "change_text"), _rise(Decimal(change.rise), words)) if change.rise else ()
    cells = {
        "id": (StyledText(change.id, "change_text"),),
        "goal": _marked(new.text, change.kind, words),
        "achieved_move": (_move(of_status(words, old.achieved), of_status(words, new.achieved), words),),
        "score_move": (score, *rise),
    }
    ref = Ref(change.id, "text")
    return ChangeRow(ref, change.id, {key: ContentItem(parts) for key, parts in cells.items()})
