"""From reports as they should be to nothing, or to the problems that a source with them would have.

Does not know what was changed in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from raportti.problems import FilePlace, Problem, RowPlace
from raportti.report.model import SCORES, Goal, Guideline, Report, Strategy
from raportti.serve.saving.versions import Refused
from raportti.source import names, plain
from raportti.source.collector import Problems
from raportti.source.stand_ins import Reports, filled
from raportti.source.tree import Field, RawGoal, RawGuideline, RawReport, RawStrategy, RawSubgoal, Record
from raportti.source.validate import validate


def require_right(bare: Reports, path: str) -> None:
    """Check reports by the rules of a source; raises ``Refused``, each problem under the name of its field."""
    found: dict[str, list[Problem]] = {}
    for language, report in filled(bare).items():
        problems = Problems(is_draft=True)
        validate(_Raw().report(report), problems)
        for problem in problems.in_order() if problems.errors else ():
            field = problem.place.column if isinstance(problem.place, RowPlace) else None
            name = f"{field}.{language}" if field in _TRANSLATED else field or ""
            values = {
                key: value.file if isinstance(value, RowPlace) else value for key, value in problem.values.items()
            }
            found.setdefault(name, []).append(replace(problem, place=FilePlace(path), values=values))
    if found:
        raise Refused(found)


_TRANSLATED = names.TRANSLATED - frozenset(names.SCALE)


@dataclass(slots=True)
class _Raw:
    """Makes of a report what a source would be read to; the row of a place is a number of its own."""

    row: int = 0

    def report(self, report: Report) -> RawReport:
        record = self._record("", report, names.REPORT, without={"scale", "strategies"})
        scale = {str(score): text for score, text in zip(SCORES, report.scale or (), strict=False)}
        return RawReport(
            record,
            tuple(map(self._strategy, report.strategies)),
            self._of_texts("", scale, names.SCALE) if report.scale else None,
        )

    def _strategy(self, strategy: Strategy) -> RawStrategy:
        record = self._record(strategy.name, strategy, names.STRATEGY, without={"guidelines"})
        return RawStrategy(record, tuple(map(self._guideline, strategy.guidelines)))

    def _guideline(self, guideline: Guideline) -> RawGuideline:
        record = self._record(guideline.name, guideline, names.GUIDELINE, without={"published", "goals"})
        return RawGuideline(record, tuple(map(self._goal, guideline.goals)))

    def _goal(self, goal: Goal) -> RawGoal:
        record = self._record(goal.id, goal, names.GOAL, without={"subgoals"})
        fields = [(self._field(goal.id, "subgoals", one.text), one.items) for one in goal.subgoals]
        subgoals = tuple(
            RawSubgoal(text, tuple(self._field(goal.id, "subgoals", item) for item in items)) for text, items in fields
        )
        return RawGoal(record, subgoals)

    def _record(self, owner: str, part: object, keys: Mapping[str, str], *, without: set[str]) -> Record:
        """Say the fields of a part as a source does."""
        values = {field: getattr(part, field) for field in keys.values() if field not in without}
        return self._of_texts(owner, values, keys)

    def _of_texts(self, owner: str, values: Mapping[str, object], keys: Mapping[str, str]) -> Record:
        given = {field: plain.plain_value(value, "fi") for field, value in values.items()}
        fields = {field: self._field(owner, field, str(text)) for field, text in given.items() if text is not None}
        return Record(self._place(owner, None), fields, names.by_field(keys))

    def _field(self, owner: str, field: str, text: str) -> Field:
        return Field(plain.written(text), self._place(owner, field))

    def _place(self, owner: str, field: str | None) -> RowPlace:
        self.row += 1
        return RowPlace(owner, self.row, field)
