"""Published figures: read, and compared with those that follow from the goals.

Knows nothing of the form of the source.
"""

from collections.abc import Sequence
from decimal import Decimal

from raportti.figures import Figures, decimal_comma, figures_of
from raportti.model import Goal, Published
from raportti.source.collect import Problems
from raportti.source.fields import Fields
from raportti.source.raw import Record
from raportti.source.values import average_from, count_of

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
        said, computed = _of(published, key), _of(figures, key)
        if said is not None and said != computed:
            names = {"figure": fields.name(key), "key": fields.name("reason")}
            problems.add(
                "published-differs", fields.field(key).place, published=_shown(said), computed=_shown(computed), **names
            )


def _of(figures: Published | Figures, key: str) -> int | Decimal | None:
    return getattr(figures, key)


def _shown(figure: int | Decimal | None) -> str:
    return "–" if figure is None else decimal_comma(Decimal(figure))
