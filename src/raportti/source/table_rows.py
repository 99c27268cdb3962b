"""From a table, and the table of translations beside it, to a record for each goal.

Knows nothing of which goals belong together, nor of what the values may be.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.model import LANGUAGES
from raportti.source import names
from raportti.source.collect import Problems
from raportti.source.header import Header, read_header
from raportti.source.letters import is_blank, words_of
from raportti.source.raw import Field, Record, in_each
from raportti.source.table import Table
from raportti.source.values import id_from, score_of, status_of

_SAME: Mapping[str, Callable[[str], object]] = {"id": id_from, "achieved": status_of, "score": score_of}
"""What has to be the same in both languages, with what reads it: 3 and 3.0 are the same score."""


_FIELDS = {name: key for columns in names.COLUMNS_IN.values() for name, key in columns.items()}


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of a table, and the language of those texts that it has to have."""

    own: str
    records: tuple[Record, ...]


def rows_of(table: Table, beside: Callable[[str], Table | None], problems: Problems, preferred: str) -> Rows:
    """Read the rows of a table; ``beside`` gives the table that has its texts in another language, if there is one.

    ``preferred`` is its own language where it has texts in both.
    """
    header = read_header(table, problems, preferred=preferred)
    own, other = header.own, other_than(header.own)
    records = [_translated(row[own], row[other], own, other, problems) for row in _rows(table, header)]
    second = beside(other)
    if second:
        translations = _by_id(second, other, problems)
        for number, record in enumerate(records):
            translation = translations.pop(_id_of(record), None)
            if translation:
                records[number] = _translated(record, translation, own, other, problems)
        for goal_id, record in translations.items():
            problems.add("row-alone", record.fields["id"].place, goal_id, value=goal_id, file=table.file)
    return Rows(own, tuple(records))


def other_than(language: str) -> str:
    """Return the other one of the two languages."""
    (other,) = (other for other in LANGUAGES if other != language)
    return other


def _rows(table: Table, header: Header) -> Iterator[Mapping[str, Record]]:
    """Read the rows that have something in them: what each language has, by language."""
    for number, cells in enumerate(table.rows[1:], 1):
        if cells is not None and any(cell is None or not is_blank(cell) for cell in cells):
            yield {language: _record(table, number, cells, language, header) for language in LANGUAGES}


def _record(table: Table, number: int, cells: tuple[str | None, ...], language: str, header: Header) -> Record:
    """Make a record of a row; a column that is missing from the header was reported there."""
    fields: dict[str, Field] = {}
    for name, column in header.columns[language].items():
        text = cells[column] if column is not None else None
        place = table.place(number, column, name if column is not None else None)
        fields[_FIELDS[name]] = Field(text or "", place, reported=text is None)
    return Record(table.place(number), fields, names.by_field(names.COLUMNS_IN[header.own]))


def _id_of(record: Record) -> str:
    return id_from(record.fields["id"].text)


def _by_id(table: Table, language: str, problems: Problems) -> dict[str, Record]:
    """Read a table of translations: its headings may be those of either language, and only the ids are needed."""
    found: dict[str, Record] = {}
    for row in _rows(table, read_header(table, problems, needed={"id"})):
        record = _of_one_language(row[language], row[other_than(language)])
        given, goal_id = record.fields["id"], _id_of(record)
        if goal_id in found:
            problems.add("id-twice", given.place, goal_id, value=goal_id, first=found[goal_id].fields["id"].place)
        elif goal_id:
            found[goal_id] = record
        elif not given.reported:
            problems.add("missing", given.place, name=record.names["id"])
    return found


def _of_one_language(texts: Record, other: Record) -> Record:
    """Take the texts that stand under the headings of the language; without any, those under the other headings."""
    has_texts = bool(texts.fields.keys() & names.TEXT_COLUMNS)
    others = {key: given for key, given in other.fields.items() if not (has_texts and key in names.TEXT_COLUMNS)}
    return replace(texts, fields={**others, **texts.fields})


def _translated(record: Record, translation: Record, own: str, other: str, problems: Problems) -> Record:
    """Join a row with what it is in another language; values that should be the same are compared."""
    fields = dict(record.fields)
    goal_id = id_from((fields.get("id") or translation.fields["id"]).text)
    for key, given in translation.fields.items():
        before = fields.get(key)
        if key in names.TEXT_COLUMNS:
            versions = (before.in_languages or {own: before}) if before else {}
            fields[key] = in_each(before.place if before else given.place, {**versions, other: given})
        elif before:
            _compare(key, before, given, goal_id, problems)
        else:
            fields[key] = given
    return replace(record, fields=fields)


def _compare(key: str, one: Field, other: Field, goal_id: str, problems: Problems) -> None:
    """Report a value that is given in both languages, and is not the same."""
    read = _SAME.get(key)
    values = words_of(one.text), words_of(other.text)
    if read and all(values) and read(values[0]) != read(values[1]):
        problems.add("row-differs", other.place, goal_id, value=values[1], other=values[0], first=one.place)
