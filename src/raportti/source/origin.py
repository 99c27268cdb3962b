"""From the report that a workbook is made from to the texts of a hidden sheet, and back.

Does not know sheets or cells. The workbook so knows what was changed in it, and what is still that of a sample.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from raportti.report.json import Json, report_as_json, report_from_json
from raportti.report.model import SCORES, Report
from raportti.source.texts import plain_sentence
from raportti.source.tree import Field, RawReport

SHEET = "Alkuperä"
_PIECE = 30_000
"""Characters in a cell: fewer than any program's limit."""


def origin_texts(reports: Mapping[str, Report]) -> Iterator[str]:
    """Yield the texts that remember a report in each of its languages, its own first."""
    values = {language: report_as_json(report) for language, report in reports.items()}
    text = base64.b64encode(zlib.compress(json.dumps(values).encode())).decode()
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]


def remembered(texts: Iterable[str]) -> Mapping[str, Report] | None:
    """Return the report that such texts remember, by language; None where they were changed."""
    values = _values(texts)
    try:
        return values and {language: report_from_json(cast("Json", report)) for language, report in values.items()}
    except (ValueError, TypeError, AttributeError):
        return None


def _values(texts: Iterable[str]) -> Mapping[str, Any] | None:
    try:
        values = json.loads(zlib.decompress(base64.b64decode("".join(texts), validate=True)))
    except (ValueError, TypeError, binascii.Error, zlib.error):
        return None
    return cast("Mapping[str, Any]", values) if isinstance(values, dict) else None


def left_of(base: Report, raw: RawReport, own: str) -> Iterator[Field]:
    """Yield what is still that of the report that a workbook was made from, although all of its goals were replaced.

    ``own`` is the language in which they are compared.
    """
    texts = {
        _said(goal.record.fields.get("text"), own)
        for strategy in raw.strategies or ()
        for guideline in strategy.guidelines or ()
        for goal in guideline.goals or ()
    }
    if not texts or not texts.isdisjoint(goal.text for goal in base.goals):
        return
    for name, before in (("title", base.title), ("organisation", base.organisation)):
        given = raw.record.fields.get(name)
        if given and before and _said(given, own) == before:
            yield given.in_languages.get(own, given)
    grades = [raw.scale.fields.get(str(score)) for score in SCORES] if raw.scale else []
    if grades and base.scale and tuple(_said(grade, own) for grade in grades) == base.scale and grades[0]:
        yield grades[0].in_languages.get(own, grades[0])


def _said(given: Field | None, own: str) -> str:
    return plain_sentence(given.in_languages.get(own, given).text) if given else ""
