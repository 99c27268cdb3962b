"""From a report to values for JSON, and back without loss: so it is kept in a workbook, beside a build or in a deck.

Does not know files. The one room of cattrs.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias, TypeVar, cast

from cattrs import BaseValidationError, Converter

from raportti.report.model import Report
from raportti.report.passages import Marked, Passage, passages_of

Json: TypeAlias = dict[str, Any]
T = TypeVar("T")


def report_as_json(report: Report) -> Json:
    """Return a report as values for JSON."""
    return cast("Json", _converter().unstructure(report))


def report_from_json(values: Json) -> Report:
    """Return the report that the values say; raises ``ValueError`` where they are not those of a report."""
    return made_from_json(values, Report)


def made_from_json(values: object, kind: type[T]) -> T:
    """Return what the values say, of a class of the model or of like ones; raises ``ValueError`` where they do not."""
    try:
        return _converter().structure(values, kind)
    except (BaseValidationError, TypeError, KeyError) as error:
        raise ValueError(str(error)) from error


@cache
def _converter() -> Converter:
    """Make what turns each class of the model into values: texts with passages are lists of them, figures are texts."""
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(str, _text_as_json)
    converter.register_structure_hook(str, lambda value, _: _text_from_json(value))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    return converter


def _text_as_json(text: str) -> object:
    return [list(passage) for passage in passages_of(text)] if isinstance(text, Marked) else text


def _text_from_json(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return Marked(Passage(*pair) for pair in cast("list[list[Any]]", value))
    raise TypeError(value)
