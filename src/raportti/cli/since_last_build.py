"""From what moved since the last build to a few lines in the user's language.

Does not know how it was found.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from raportti.cli.change_tables import FIELDS
from raportti.cli.language import count, language, say
from raportti.problems.messages import safe
from raportti.report.diff import ChangeKind, Changes, Difference, FiguresChange, GoalChange
from raportti.report.figures import decimal_comma
from raportti.report.model import Achieved
from raportti.workflows.manifest import Moved

MOST_GOALS = 12
"""So many goals have a line each: whoever changed more wants to know what came of it."""
SHORTEST_RANGE = 3


def moves_in_words(moved: Moved) -> Iterator[str]:
    """Yield a line for each goal, for each guideline with its average and slides, then for the other slides."""
    goals = moved.changes.goals
    yield from (_goal(change) for change in goals[:MOST_GOALS])
    if len(goals) > MOST_GOALS:
        yield count("and {n} other goal", "and {n} other goals", len(goals) - MOST_GOALS)
    of_guidelines: dict[tuple[str | None, str], list[int]] = {}
    others: list[int] = []
    for page in moved.pages:
        numbers = of_guidelines.setdefault((page.strategy, page.guideline), []) if page.guideline else others
        numbers.append(page.number)
    averages = dict(_averages(moved.changes))
    for guideline in dict.fromkeys((*averages, *of_guidelines)):
        average, slides = averages.get(guideline), of_guidelines.get(guideline, [])
        yield f"{safe(guideline[1])}: {'; '.join(part for part in (average, _slides(slides)) if part)}"
    if others:
        yield say("summaries and other pages") + f": {_slides(others)}"
    if moved.has_new_look:
        yield say("all texts are as in the last build; the look is new, since the layout or the program has changed")
    elif not goals and not moved.pages:
        yield say("nothing has changed since the last build")


def _goal(change: GoalChange) -> str:
    whole = {ChangeKind.ADDED: say("new goal"), ChangeKind.REMOVED: say("removed")}
    parts = map(_difference, change.differences)
    return f"{safe(change.id)}: {whole.get(change.kind) or ', '.join(dict.fromkeys(parts))}"


def _difference(difference: Difference) -> str:
    """Name what changed, of score and status also how; another guideline or place is a move."""
    name = say("moved" if difference.field in ("guideline", "place") else FIELDS[difference.field])
    if difference.field not in ("score", "achieved"):
        return name
    return f"{name} {_value(difference.old)} → {_value(difference.new)}"


def _value(value: object) -> str:
    if isinstance(value, Achieved):
        return _status(value)
    if isinstance(value, Decimal):
        return str(value) if language() == "en" else decimal_comma(value)
    return "–" if value is None else str(value)


def _status(status: Achieved) -> str:
    match status:
        case Achieved.YES:
            return say("YES")
        case Achieved.PARTLY:
            return say("PARTLY")
        case Achieved.NO:
            return say("NO")
        case Achieved.NOT_ASSESSED:
            return say("NOT ASSESSED")
        case Achieved.MISSING:
            return "–"


def _averages(changes: Changes) -> Iterator[tuple[tuple[str | None, str], str]]:
    """Yield each guideline whose average moved, by the names of strategy and guideline."""
    for change in changes.figures:
        if change.guideline is not None and (words := _average(change)):
            yield (change.strategy, change.guideline), words


def _average(change: FiguresChange) -> str | None:
    old, new = (figures.average if figures else None for figures in (change.old, change.new))
    if change.old is None or change.new is None or old == new:
        return None
    return f"{say('average')} {_value(old)} → {_value(new)}"


def _slides(numbers: Sequence[int]) -> str:
    """Write the numbers of slides: ``slides 3, 5 and 12–15``; nothing where there are none."""
    if not numbers:
        return ""
    *others, last = _ranges(sorted(numbers))
    listed = f"{', '.join(others)} {say('and')} {last}" if others else last
    return f"{count('slide', 'slides', len(numbers))} {listed}"


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """Write numbers that follow each other, three or more, as a range."""
    run: list[int] = []
    for number in (*numbers, None):
        if run and number != run[-1] + 1:
            yield from (map(str, run) if len(run) < SHORTEST_RANGE else (f"{run[0]}–{run[-1]}",))
            run = []
        if number is not None:
            run.append(number)
