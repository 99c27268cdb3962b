"""Every text of a report is gone through: what is left out is not checked for characters that the font lacks."""

from dataclasses import fields

import pytest

from planning import DEFAULT
from raportti.report.fields import texts_of
from raportti.report.model import Goal, Guideline, Report, Strategy
from raportti.source.loading import load

NOT_TEXTS = {
    "language", "date", "scale", "strategies", "guidelines", "goals", "published",
    "id", "achieved", "score", "break_before", "responsible",
}  # fmt: skip
"""What is no text, is not printed, or is gone through under other names."""


@pytest.mark.parametrize("part", [Report, Strategy, Guideline, Goal])
def test_every_field_that_is_printed_is_gone_through(part: type[Report | Strategy | Guideline | Goal]) -> None:
    found = {ref.field for ref, _ in texts_of(load(DEFAULT).report)}
    assert {field.name for field in fields(part)} - NOT_TEXTS <= found
