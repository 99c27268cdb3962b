"""From the rows of the sheet that says what the rows of goals do not to its parts.

Knows nothing of goals, nor of what the values may be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from raportti.problems import Place
from raportti.source import names
from raportti.source.collect import Problems
from raportti.source.letters import is_blank, words_of
from raportti.source.raw import Field, Record, in_each
from raportti.source.rest_names import LABELS, PARTS, REST_HEADINGS, VALUES, is_translated
from raportti.source.table import Table
from raportti.source.values import language_of

_CONTENTS = {"strategy": "report", "guideline": "strategy"}


@dataclass(slots=True)
class Part:
    """A report, a strategy or a guideline: what the sheet says of it, and of what is in it, in the sheet's order."""

    kind: str
    place: Place
    fields: dict[str, Field] = field(default_factory=dict[str, Field])
    inside: list["Part"] = field(default_factory=list["Part"])

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
        """Tell whether anything is said of a part such as ``scale/``."""
        return any(name.startswith(prefix) for name in self.fields)


def _is_of(name: str, prefix: str) -> bool:
    return name.startswith(prefix) if prefix else "/" not in name


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet, counted from 0 with the header: the part that it is of, and the field that it gives."""

    row: int
    kind: str
    field: str


def read_rest(table: Table, problems: Problems) -> Part:
    """Read the sheet; what is not known there is reported."""
    report = Part("report", table.whole)
    last = {"report": report}
    columns = value_columns(table)
    for line in lines_of(table, problems):
        if line.field == "name":
            part = Part(line.kind, table.place(line.row))
            above = last.get(_CONTENTS[line.kind])
            if above:
                above.inside.append(part)
            last[line.kind] = part
        _fill(last.get(line.kind), line, table, columns, problems)
    return report


def _fill(part: Part | None, line: Line, table: Table, columns: Mapping[int, str | None], problems: Problems) -> None:
    """Give a part what a row says of it, unless the row says nothing."""
    place, value = table.place(line.row, 1), _value(table, line, columns)
    if part is None or line.field in part.fields:
        problems.add("rest-row", place, value=_cell(table, line.row, 1))
    elif value:
        part.fields[line.field] = value


def lines_of(table: Table, problems: Problems) -> Iterator[Line]:
    """Yield the rows that are of a known part and give a known field, and report the others."""
    for row in range(1, len(table.rows)):
        words = [words_of(_cell(table, row, column)) for column in range(len(REST_HEADINGS))]
        if not any(words):
            continue
        kind = _known(words[0], PARTS, table.place(row), problems)
        given = _known(words[1], LABELS[kind], table.place(row, 1), problems) if kind else None
        if kind and given:
            yield Line(row, kind, given)


def _known(word: str, known: Mapping[str, str], place: Place, problems: Problems) -> str | None:
    by_case = {name.casefold(): value for name, value in known.items()}
    if word.casefold() in by_case:
        return by_case[word.casefold()]
    meant = names.nearest(word, known)
    if meant is None:
        problems.add("key-unknown", place, key=word, keys=list(known))
    else:
        problems.add("key-misspelt", place, key=word, suggestion=meant)
    return None


def value_columns(table: Table) -> Mapping[int, str | None]:
    """Return the columns of values, each with its language."""
    header = table.rows[0] or ()
    return {column: VALUES[name] for column, cell in enumerate(header) if (name := words_of(cell or "")) in VALUES}


def _cell(table: Table, row: int, column: int) -> str:
    cells = table.rows[row] or ()
    return (cells[column] if column < len(cells) else "") or ""


def _value(table: Table, line: Line, columns: Mapping[int, str | None]) -> Field | None:
    """Return what a row says, in each language where the field and the sheet have several; None where nothing."""
    cells = {column: Field(_cell(table, line.row, column), table.place(line.row, column)) for column in columns}
    given = [cell for cell in cells.values() if not is_blank(cell.text)]
    if not given:
        return None
    versions = {language: cells[column] for column, language in columns.items() if language}
    return in_each(table.place(line.row), versions) if versions and is_translated(line.field) else given[0]
