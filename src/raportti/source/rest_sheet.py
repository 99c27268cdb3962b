"""From the sheet that says all but the goals, and the raw tree of the goals, to one raw tree in the sheet's order.

Does not know the rows of goals. A part of the sheet without goals is left out: a workbook may have one unit's goals
alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from raportti.problems import Place, nearest
from raportti.report.characters import is_blank, words_of
from raportti.source import names
from raportti.source.collector import Problems
from raportti.source.fields import language_of
from raportti.source.goals import id_of
from raportti.source.names import LABELS, PARTS, PUBLISHED_PART, REST_HEADINGS, SCALE_PART, VALUES, is_translated
from raportti.source.table import Table
from raportti.source.texts import plain_sentence
from raportti.source.tree import Field, RawGoal, RawGuideline, RawReport, RawStrategy, Record, joined_text

_CONTENTS = {"strategy": "report", "guideline": "strategy"}


@dataclass(slots=True)
class RestPart:
    """A report, a strategy or a guideline in the sheet: its fields, and the parts inside it in the sheet's order."""

    kind: str
    place: Place
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    inside: list["RestPart"] = field(default_factory=list["RestPart"])

    def record(self, prefix: str = "") -> Record:
        """Return the fields under the model's names: its own, or those of a part such as ``scale/``."""
        own = {name.removeprefix(prefix): given for name, given in self.fields.items() if _is_of(name, prefix)}
        labels = {name.removeprefix(prefix): label for label, name in LABELS[self.kind].items() if _is_of(name, prefix)}
        return Record(self.place, own, labels)

    @property
    def language(self) -> str | None:
        """The language that a report says it is in."""
        given = self.fields.get("language")
        return language_of(words_of(given.text)) if given else None

    def has(self, prefix: str) -> bool:
        """Return whether the sheet has fields of a part such as ``scale/``."""
        return any(name.startswith(prefix) for name in self.fields)


def _is_of(name: str, prefix: str) -> bool:
    return name.startswith(prefix) if prefix else "/" not in name


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row of the sheet and its two labels: a kind of part, and a field. ``number`` counts from 0 with the header."""

    number: int
    kind: str
    field: str


def read_rest(table: Table, problems: Problems) -> RestPart:
    """Read the sheet; what is not known there is reported."""
    report = RestPart("report", table.whole)
    last = {"report": report}
    columns = value_columns(table)
    for row in labelled_rows(table, problems):
        if row.field == "name":
            part = RestPart(row.kind, table.place(row.number))
            above = last.get(_CONTENTS[row.kind])
            if above:
                above.inside.append(part)
            last[row.kind] = part
        _fill(last.get(row.kind), row, table, columns, problems)
    return report


def _fill(
    part: RestPart | None, row: LabelledRow, table: Table, columns: Mapping[int, str | None], problems: Problems
) -> None:
    """Add the field of a row to its part, unless the row is empty."""
    place, value = table.place(row.number, 1), _value(table, row, columns)
    if part is None or row.field in part.fields:
        problems.add("rest-row", place, value=_cell(table, row.number, 1))
    elif value:
        part.fields[row.field] = value


def labelled_rows(table: Table, problems: Problems) -> Iterator[LabelledRow]:
    """Yield the rows that are of a known part and give a known field, and report the others."""
    for row in range(1, len(table.rows)):
        words = [words_of(_cell(table, row, column)) for column in range(len(REST_HEADINGS))]
        if not any(words):
            continue
        kind = _known(words[0], PARTS, table.place(row), problems)
        given = _known(words[1], LABELS[kind], table.place(row, 1), problems) if kind else None
        if kind and given:
            yield LabelledRow(row, kind, given)


def _known(word: str, known: Mapping[str, str], place: Place, problems: Problems) -> str | None:
    by_case = {name.casefold(): value for name, value in known.items()}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    meant = nearest(word, known)
    if meant is None:
        problems.add("key-unknown", place, key=word, keys=list(known))
    else:
        problems.add("key-misspelt", place, key=word, suggestion=meant)
    return None


def value_columns(table: Table) -> Mapping[int, str | None]:
    """Return the columns of values, each with its language; None: the report's own, where there is that column alone.

    A person may have added a column for translations.
    """
    header = table.rows[0] or ()
    found = {column: VALUES[name] for column, cell in enumerate(header) if (name := words_of(cell or "")) in VALUES}
    named = {language for language in found.values() if language}
    if not named or None not in found.values():
        return found
    own = _said_language(table, found)
    return {column: language or own for column, language in found.items() if language or own not in named}


def _said_language(table: Table, columns: Collection[int]) -> str:
    """Return the language that the sheet says the report is in, before its rows are read."""
    label = names.by_field(LABELS["report"])["language"].casefold()
    rows = (row for row in range(1, len(table.rows)) if words_of(_cell(table, row, 1)).casefold() == label)
    said = (language_of(words_of(_cell(table, row, column))) for row in rows for column in columns)
    return next(filter(None, said), "fi")


def _cell(table: Table, row: int, column: int) -> str:
    cells = table.rows[row] or ()
    return (cells[column] if column < len(cells) else "") or ""


def _value(table: Table, row: LabelledRow, columns: Mapping[int, str | None]) -> Field | None:
    """Return what a row says, in each language where the field and the sheet have several; None where nothing."""
    cells = {column: Field(_cell(table, row.number, column), table.place(row.number, column)) for column in columns}
    given = [cell for cell in cells.values() if not is_blank(cell.text)]
    if not given:
        return None
    versions = {language: cells[column] for column, language in columns.items() if language}
    return joined_text(table.place(row.number), versions) if versions and is_translated(row.field) else given[0]


T = TypeVar("T", RawStrategy, RawGuideline)
_BREAK = "break_before"


def completed(raw: RawReport, rest: RestPart, own: str, problems: Problems) -> RawReport:
    """Complete a report by the sheet; ``own`` is the language of the names that rows are grouped by."""
    record = rest.record()
    fields = {**raw.record.fields, **record.fields}
    scale = rest.record(f"{SCALE_PART}/") if rest.has(f"{SCALE_PART}/") else None
    strategies = _Completion(rest, own, problems).strategies(raw.strategies or ())
    return RawReport(replace(record, fields=fields), strategies or None, scale)


class _Completion:
    """Pairs each part of the tree with its part of the sheet."""

    def __init__(self, rest: RestPart, own: str, problems: Problems) -> None:
        self._rest = rest
        self._own = own
        self._problems = problems
        guidelines = [guideline for strategy in rest.inside for guideline in strategy.inside]
        self._breaks = {goal_id: g.fields[_BREAK] for g in guidelines for goal_id in _ids(g, _BREAK)}

    def strategies(self, raws: Sequence[RawStrategy]) -> tuple[RawStrategy, ...]:
        pairs = self._paired(raws, self._rest.inside, _ids_of_strategy)
        return tuple(self._strategy(raw, part) for raw, part in pairs)

    def _strategy(self, raw: RawStrategy, part: RestPart | None) -> RawStrategy:
        pairs = self._paired(raw.guidelines or (), part.inside if part else (), _ids_of_guideline)
        guidelines = tuple(self._guideline(guideline, own) for guideline, own in pairs)
        return RawStrategy(_joined(self._named(raw.record, part), part), guidelines or None)

    def _guideline(self, raw: RawGuideline, part: RestPart | None) -> RawGuideline:
        order = _ids(part, "goals") if part else ()
        goals = sorted(raw.goals or (), key=lambda goal: _place_in(order, _id(goal)))
        published = part.record(f"{PUBLISHED_PART}/") if part and part.has(f"{PUBLISHED_PART}/") else None
        return RawGuideline(self._named(raw.record, part), tuple(map(self._goal, goals)) or None, published)

    def _goal(self, raw: RawGoal) -> RawGoal:
        given = self._breaks.get(_id(raw))
        if given is None:
            return raw
        record = raw.record
        fields = {**record.fields, _BREAK: Field("kyllä", given.place)}
        return replace(raw, record=replace(record, fields=fields))

    def _paired(
        self, raws: Sequence[T], parts: Sequence[RestPart], ids: Callable[[T], set[str]]
    ) -> list[tuple[T, RestPart | None]]:
        """Pair by name, then by shared goals, since a name may be changed in the rows; in the order of the sheet."""
        named = {self._name(part.fields.get("name")): part for part in parts}
        found = {id(raw): named.get(self._name(raw.record.fields["name"])) for raw in raws}
        left = [part for part in parts if not any(part is other for other in found.values())]
        for raw in raws:
            if found[id(raw)] is None:
                other = max(left, key=lambda part: len(_all_ids(part) & ids(raw)), default=None)
                if other is not None and _all_ids(other) & ids(raw):
                    self._report_name(other, raw.record)
                    found[id(raw)] = other
                    left.remove(other)
        order = {id(part): number for number, part in enumerate(parts)}
        pairs = [(raw, found[id(raw)]) for raw in raws]
        return sorted(pairs, key=lambda pair: order.get(id(pair[1]), len(order)))

    def _name(self, name: Field | None) -> str:
        return plain_sentence(name.in_languages.get(self._own, name).text) if name else ""

    def _named(self, record: Record, part: RestPart | None) -> Record:
        """Add the translations of a name that the rows lack; report one that the rows have otherwise."""
        name, given = record.fields["name"], part.fields.get("name") if part else None
        if given is None or not given.in_languages:
            return record
        versions = dict(name.in_languages or {self._own: name})
        for language, other in given.in_languages.items():
            own = versions.get(language)
            if own is None or is_blank(own.text):
                versions[language] = other
            elif language != self._own and not is_blank(other.text) and _differ(other, own):
                self._problems.add("rest-name", other.place, value=other.text, other=own.text)
        return replace(record, fields={**record.fields, "name": replace(name, in_languages=versions)})

    def _report_name(self, part: RestPart, record: Record) -> None:
        name, given = part.fields.get("name"), record.fields["name"]
        if name:
            values = {"value": self._name(name), "other": self._name(given)}
            self._problems.add("rest-name", name.place, **values)


def _differ(one: Field, other: Field) -> bool:
    return plain_sentence(one.text) != plain_sentence(other.text)


def _joined(record: Record, part: RestPart | None) -> Record:
    """Add what the sheet says; the name is that of the rows."""
    if part is None:
        return record
    given = part.record()
    return replace(record, fields={**given.fields, **record.fields}, names={**given.names, **record.names})


def _ids(part: RestPart, field: str) -> Sequence[str]:
    """Return the ids that a cell lists, as ``_id`` does; people put commas between them."""
    given = part.fields.get(field)
    return [word.rstrip(",;").casefold() for word in given.text.split()] if given else ()


def _id(raw: RawGoal) -> str:
    """Return the id of a goal in the case in which ids are compared: no two of a report differ in case alone."""
    return id_of(raw).casefold()


def _place_in(order: Sequence[str], goal_id: str) -> int:
    return order.index(goal_id) if goal_id in order else len(order)


def _all_ids(part: RestPart) -> set[str]:
    return {*_ids(part, "goals"), *(goal_id for inside in part.inside for goal_id in _all_ids(inside))}


def _ids_of_strategy(raw: RawStrategy) -> set[str]:
    return {goal_id for guideline in raw.guidelines or () for goal_id in _ids_of_guideline(guideline)}


def _ids_of_guideline(raw: RawGuideline) -> set[str]:
    return {_id(goal) for goal in raw.goals or ()}
