"""From a table of texts to records, one a row, each field with its place and its languages.

Does not know how the table was read, nor which goals belong together.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from raportti.problems import CellPlace, FilePlace, Place, RowPlace, nearest
from raportti.report.characters import is_blank, words_of
from raportti.report.model import LANGUAGES
from raportti.source import names
from raportti.source.collector import Problems
from raportti.source.fields import id_from, score_of, status_of
from raportti.source.tree import Field, Record, joined_text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, with the header first. A cell that is None was reported; so was a row that is None."""

    file: str
    sheet: str | None
    """None: a CSV."""
    rows: tuple[tuple[str | None, ...] | None, ...]
    rest: "Table | None" = None
    """The sheet that says everything else of the report, where a workbook has one."""
    origin: tuple[str, ...] = ()
    """The texts in which a workbook remembers what it was made from."""

    def place(self, row: int, column: int | None = None, name: str | None = None) -> RowPlace | CellPlace:
        """Give the place of a cell, or of a whole row; both counted from 0. ``name`` is that of the column."""
        if self.sheet is None:
            return RowPlace(self.file, row + 1, name)
        return CellPlace(self.file, self.sheet, f"{letters_of(column or 0)}{row + 1}")

    @property
    def whole(self) -> FilePlace | CellPlace:
        """The place of the whole table."""
        return FilePlace(self.file) if self.sheet is None else CellPlace(self.file, self.sheet)


def letters_of(column: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does: A to Z, then AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


MOST_UNKNOWN = 20
"""So many unknown columns are reported one by one: a table with more is another table."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table by name, counted from 0, for each language; ``own`` is that which it has to have.

    A column of its own language that is missing was reported and is None, unless it may be left out.
    """

    own: str
    columns: Mapping[str, Mapping[str, int | None]]


def read_header(
    table: Table, problems: Problems, needed: Collection[str] = names.NEEDED_COLUMNS, preferred: str = "fi"
) -> Header:
    """Find each known column, and report those of the fields ``needed`` that are missing.

    ``preferred`` is the table's own language where it has texts in both.
    Raises ``FileUnreadable`` where the first row is empty.
    """
    if all(is_blank(cell or "") for cell in _first_row(table)):
        raise problems.fatal("header-empty", table.place(0))
    found, unknown = _known(table, problems)
    own, *others = sorted(LANGUAGES, key=lambda language: (not _has_texts(found, language), language != preferred))
    missing = [name for name, key in names.COLUMNS_IN[own].items() if key in needed and not _is_given(key, own, found)]
    also = [name for other in others if _has_texts(found, other) for name in names.COLUMNS_IN[other]]
    meant = _columns_meant(table, unknown, missing, [name for name in also if name not in found], problems)
    for name in missing:
        if name not in meant:
            problems.add("column-missing", table.place(0), column=name)
    columns: dict[str, int | None] = {**dict.fromkeys(missing), **found, **meant}
    return Header(
        own,
        {
            language: {name: columns[name] for name in names.COLUMNS_IN[language] if name in columns}
            for language in LANGUAGES
        },
    )


def _has_texts(found: Mapping[str, int], language: str) -> bool:
    """Return whether a table has texts in a language: other columns are one for both."""
    return any(key in names.TEXT_COLUMNS and name in found for name, key in names.COLUMNS_IN[language].items())


def _is_given(key: str, own: str, found: Mapping[str, int]) -> bool:
    languages = (own,) if key in names.TEXT_COLUMNS else LANGUAGES
    return any(names.by_field(names.COLUMNS_IN[language])[key] in found for language in languages)


def _columns_meant(
    table: Table, unknown: list[tuple[str, int]], missing: list[str], also: list[str], problems: Problems
) -> dict[str, int]:
    """Report unknown columns. One that was probably meant is not missing, and its values are checked as that."""
    candidates = [*missing, *also]
    columns: dict[str, int] = {}
    for name, column in unknown[:MOST_UNKNOWN]:
        meant = _report_unknown(name, table.place(0, column, name), candidates, problems)
        if meant:
            columns[meant] = column
            candidates.remove(meant)
    if len(unknown) > MOST_UNKNOWN:
        problems.add("columns-more", table.place(0), count=len(unknown) - MOST_UNKNOWN)
    return columns


def _first_row(table: Table) -> tuple[str | None, ...]:
    return (table.rows[0] or ()) if table.rows else ()


def _known(table: Table, problems: Problems) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Sort the columns: the known ones by name, and the others."""
    by_case = {name.casefold(): name for columns in names.COLUMNS_IN.values() for name in columns}
    found: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    for column, cell in enumerate(_first_row(table)):
        given = words_of(cell or "")
        name = by_case.get(given.casefold())
        if not given:
            _report_unnamed(table, column, problems)
        elif name is None:
            unknown.append((given, column))
        elif name in found:
            problems.add("column-twice", table.place(0, column, name), column=name)
        else:
            found[name] = column
    return found, unknown


def _report_unnamed(table: Table, column: int, problems: Problems) -> None:
    """Report a column without a name, unless it is empty: formats and old exports leave such columns behind."""
    if any(not is_blank(row[column] or "") for row in table.rows if row is not None and column < len(row)):
        problems.add("column-unnamed", table.place(0, column))


def _report_unknown(name: str, place: Place, missing: list[str], problems: Problems) -> str | None:
    meant = nearest(name, missing)
    if meant is None:
        problems.add("column-unknown", place, column=name, columns=list(names.COLUMNS))
    else:
        problems.add("column-misspelt", place, column=name, suggestion=meant)
    return meant


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
            fields[key] = joined_text(before.place if before else given.place, {**versions, other: given})
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
