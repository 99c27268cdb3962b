"""From one raw goal to a goal of the model, and from published figures to those of a guideline, or to problems.

Does not know the form of the source, nor other goals.
"""

from collections.abc import Sequence
from decimal import Decimal

from raportti.problems import nearest
from raportti.report.characters import code_of, is_invisible
from raportti.report.figures import decimal_comma, figures_of
from raportti.report.model import Achieved, Goal, Published, Subgoal
from raportti.source.collector import Problems
from raportti.source.fields import (
    DASHES,
    STATUSES,
    Fields,
    average_from,
    count_of,
    flag_of,
    id_from,
    score_of,
    status_of,
)
from raportti.source.texts import paragraphs_of, sentence_of
from raportti.source.tree import Field, RawGoal, RawSubgoal, Record

LONGEST_ID = 20
SHORTEST_ASSESSMENT = 20
BULLET = "•"


def goal_of(raw: RawGoal, problems: Problems) -> Goal | None:
    """Check a goal; None where it has an error. What is missing in a draft is no error."""
    errors = problems.errors
    fields = Fields(raw.record, problems, id_of(raw))
    goal_id = _id(fields)
    text = fields.needed("text")
    subgoals = tuple(_subgoal(subgoal, fields) for subgoal in raw.subgoals)
    achieved = _achieved(fields)
    score = _score(fields, achieved)
    assessment = _assessment(fields, achieved)
    breaks = fields.value("break_before", flag_of, "flag-unknown") or False
    if errors != problems.errors or achieved is None:
        return None
    return Goal(goal_id, text, subgoals, achieved, score, assessment, breaks, fields.text("responsible"))


def id_of(raw: RawGoal) -> str:
    """Return the id of a goal as it is written, which may be none."""
    field = raw.record.fields.get("id")
    return id_from(field.text) if field else ""


def _id(fields: Fields) -> str:
    goal_id = fields.goal or ""
    invisible = dict.fromkeys(code_of(character) for character in goal_id if is_invisible(character))
    if not goal_id:
        fields.report_missing("id")
    elif invisible:
        fields.report("id-invisible", "id", value=goal_id, codes=", ".join(invisible))
    elif len(goal_id.split()) > 1:
        fields.report("id-space", "id", value=goal_id)
    elif len(goal_id) > LONGEST_ID:
        fields.report("id-long", "id", value=goal_id, limit=LONGEST_ID)
    return goal_id


def _subgoal(raw: RawSubgoal, fields: Fields) -> Subgoal:
    return Subgoal(_item(raw.text, fields), tuple(_item(item, fields) for item in raw.items))


def _item(field: Field, fields: Fields) -> str:
    name = fields.name("subgoals")
    text = sentence_of(field, name, fields.problems, fields.goal)
    # A mark alone says that something is missing; printed after the bullet it would look like a text.
    if (not text or text in {BULLET, *DASHES}) and not field.reported:
        fields.problems.add("item-empty", field.place, fields.goal, name=name)
    return text


def _achieved(fields: Fields) -> Achieved | None:
    word = fields.word("achieved")
    if not word and fields.problems.is_draft:
        return Achieved.MISSING
    if not word:
        fields.report_missing("achieved", "missing-yet")
        return None
    achieved = status_of(word)
    if achieved is None:
        meant = nearest(word, STATUSES)
        if meant:
            fields.report("status-misspelt", "achieved", value=word, suggestion=meant)
        else:
            fields.report("status-unknown", "achieved", value=word)
    return achieved


def _score(fields: Fields, achieved: Achieved | None) -> int | None:
    word = fields.word("score")
    is_given = bool(word) and word not in DASHES
    if achieved is Achieved.NOT_ASSESSED:
        if is_given:
            fields.report("score-unexpected", "score", value=word)
        return None
    if not is_given:
        # Without a status it is not known whether there should be a score.
        if achieved is not None and not fields.problems.is_draft:
            fields.report_missing("score", "missing-score")
        return None
    score = fields.value("score", score_of, "score-unknown")
    if achieved is Achieved.YES and score in (1, 2):
        fields.report("score-low", "score", score=score)
    if achieved is Achieved.NO and score == 5:
        fields.report("score-high", "score", score=score)
    return score


def _assessment(fields: Fields, achieved: Achieved | None) -> tuple[str, ...]:
    paragraphs = paragraphs_of(fields.field("assessment"), fields.name("assessment"), fields.problems, fields.goal)
    if achieved is Achieved.NOT_ASSESSED:
        return paragraphs
    if not paragraphs and fields.problems.is_draft:
        return ()
    if not paragraphs:
        fields.report_missing("assessment", "missing-yet")
    elif sum(map(len, paragraphs)) < SHORTEST_ASSESSMENT:
        fields.report("assessment-short", "assessment", value=" ".join(paragraphs))
    return paragraphs


_FIGURES = ("goals", "average", "yes", "partly", "no", "not_assessed")


def published_of(record: Record, problems: Problems) -> Published:
    """Read published figures; what is no number is reported."""
    fields = Fields(record, problems)
    counts = {key: fields.value(key, count_of, "count-unknown") for key in _FIGURES if key != "average"}
    average = fields.value("average", average_from, "average-unknown")
    reason = fields.text("reason")
    if "reason" in record.fields and reason is None:
        fields.report_missing("reason")
    return Published(average=average, reason=reason, **counts)


def compare(record: Record, published: Published, goals: Sequence[Goal], problems: Problems) -> None:
    """Warn of each published figure that does not follow from the goals, unless the difference is acknowledged."""
    if published.reason is not None:
        return
    fields = Fields(record, problems)
    figures = figures_of(goals)
    for key in _FIGURES:
        given, computed = getattr(published, key), getattr(figures, key)
        if given is not None and given != computed:
            names = {"figure": fields.name(key), "key": fields.name("reason")}
            problems.add(
                "published-differs",
                fields.field(key).place,
                published=_shown(given),
                computed=_shown(computed),
                **names,
            )


def _shown(figure: int | Decimal | None) -> str:
    return "–" if figure is None else decimal_comma(Decimal(figure))
