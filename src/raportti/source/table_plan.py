"""From a table and a new report to a plan: which rows the table will have, and which of their cells change.

Does not know the form of the file, and writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias, cast

from raportti.report.characters import is_blank
from raportti.report.model import LANGUAGES, SCORES, Goal, Report, Subgoal
from raportti.report.pairs import Flat, Key, Placed, children_of, flat, goal_pairs, placed_goals
from raportti.source import names, plain
from raportti.source.collector import Problems
from raportti.source.fields import id_from
from raportti.source.names import LABELS, PARTS, PUBLISHED_PART, SCALE_PART, is_translated
from raportti.source.rest_sheet import LabelledRow, labelled_rows, value_columns
from raportti.source.table import Header, Table, read_header
from raportti.source.texts import plain_sentence

FIELDS = ("strategy", "guideline", "id", "text", "subgoals", "achieved", "score", "assessment", "responsible")
"""The fields that a goal has in a table, in the order of its columns."""


def cells_of(placed: Placed, language: str) -> Mapping[str, str]:
    """Return the text of each field of a goal; empty where it says nothing."""
    goal = placed.goal
    others = {
        field: plain.plain_value(getattr(goal, field), language) or "" for field in FIELDS if hasattr(goal, field)
    }
    return {
        **{field: str(value) for field, value in others.items()},
        "strategy": plain.written(placed.strategy),
        "guideline": plain.written(placed.guideline),
        "subgoals": "\n".join(_lines(goal.subgoals)),
    }


def _lines(subgoals: Iterable[Subgoal]) -> Iterator[str]:
    """Write each subgoal after a bullet, so that a dash at its beginning makes it no item."""
    for subgoal in subgoals:
        yield f"• {plain.written(subgoal.text)}"
        yield from (f"- {plain.written(item)}" for item in subgoal.items)


_WORDS = {kind: word for word, kind in PARTS.items()}


class RestRow(NamedTuple):
    """A row: whose field it gives (the part has its names in an earlier report), its two labels, and the text."""

    part: Key
    field: str
    kind: str
    label: str
    text: str


def rest_rows(report: Report, base: Report) -> tuple[RestRow, ...]:
    """Return a row for each field, also for those that are empty; of published figures those that there are."""
    parts = flat(report, base)
    return tuple(row for key in parts.parts if key.kind in LABELS for row in _rows(key, parts))


def _rows(key: Key, parts: Flat) -> Iterator[RestRow]:
    part = cast("Any", parts.parts[key])
    goals = [cast("Goal", parts.parts[child]) for child in children_of(parts).get(key, ()) if child.kind == "goal"]
    language = cast("Report", parts.parts[Key("report")]).language
    for label, field in LABELS[key.kind].items():
        text = _text(part, goals, field, language)
        if text or not field.startswith(PUBLISHED_PART):
            yield RestRow(key, field, _WORDS[key.kind], label, text)


def _text(part: Any, goals: list[Goal], field: str, language: str) -> str:
    of, _, own = field.rpartition("/")
    if field == "goals":
        return " ".join(goal.id for goal in goals)
    if field == "break_before":
        return " ".join(goal.id for goal in goals if goal.break_before)
    if of == SCALE_PART:
        return plain.written(part.scale[SCORES.index(int(own))]) if part.scale else ""
    value = (
        getattr(part.published, own) if of == PUBLISHED_PART and part.published else None if of else getattr(part, own)
    )
    if isinstance(value, date):
        return plain.finnish_date(value)
    return cast("str", plain.plain_value(value, language) or "")


_Place: TypeAlias = tuple[Key, str]
"""A field of a part, as it was named before."""


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row as it will be: the row that it was, None for a new one, and the new texts of its cells by column.

    Rows and columns are counted from 0.
    """

    old: int | None
    cells: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows that are there now and are of the report, and what they will be, in their order."""

    slots: tuple[int, ...]
    rows: tuple[RowEdit, ...]
    numbers: frozenset[int] = frozenset()
    """The columns that have numbers, where a cell can."""

    @property
    def keeps_places(self) -> bool:
        """Return whether every row stays where it is."""
        return tuple(row.old for row in self.rows) == self.slots

    @property
    def changes_nothing(self) -> bool:
        """Return whether the table stays as it is."""
        return self.keeps_places and not any(row.cells for row in self.rows)


def goal_plan(table: Table, old: Report, new: Report, *, own: str, beside: str | None = None) -> Plan:
    """Plan the rows of goals; ``own`` is the table's own language, ``beside`` that of a table of translations alone.

    Such a table gets a row for a goal when the goal first has a text in its language.
    """
    header = read_header(table, Problems(), needed={"id"}, preferred=own)
    columns = _columns(header, new.language, beside)
    rows = _rows_by_id(table, columns["id"])
    before = {placed.goal.id: placed for placed in placed_goals(old)}
    old_ids = {pair.new.goal.id: pair.old.goal.id for pair in goal_pairs(old, new) if pair.new and pair.old}
    found = {placed.goal.id: rows.get(old_ids.get(placed.goal.id, "")) for placed in placed_goals(new)}
    order = _order(tuple(placed_goals(new)), found, is_free=bool(beside) or table.rest is not None)
    translations = _TranslatedNames(table, header, old, new, rows)
    edits: list[RowEdit] = []
    for placed in order:
        row, old_id = found[placed.goal.id], old_ids.get(placed.goal.id, placed.goal.id)
        if row is not None or not beside:
            changed = _changed(placed, before.get(old_id) if row is not None else None, columns, header.own)
            edits.append(RowEdit(row, {**translations.names_of(old_id), **changed}))
        elif new.language == beside and (texts := _translated(placed, before.get(old_id), columns)):
            edits.append(RowEdit(None, {columns["id"]: placed.goal.id, **texts}))
    numbers = frozenset(column for field, column in columns.items() if field == "score")
    return Plan(tuple(sorted(rows.values())), tuple(edits), numbers)


def _translated(new: Placed, old: Placed | None, columns: Mapping[str, int]) -> Mapping[int, str]:
    """Return the cells of texts that a goal gets; without a row all that stands there is that of another language."""
    texts = {field: column for field, column in columns.items() if field in names.TEXT_COLUMNS}
    return _changed(new, old, texts, "") if old else {}


class _TranslatedNames:
    """For a goal that is new in its guideline: how the table names that guideline in the other language."""

    def __init__(self, table: Table, header: Header, old: Report, new: Report, rows: Mapping[str, int]) -> None:
        self._table = table
        self._new, self._old = flat(new, old).parents, flat(old, old).parents
        self._columns = {
            field: column
            for field in ("strategy", "guideline")
            for other in LANGUAGES
            if other != new.language and (column := header.columns[other].get(_heading(field, other))) is not None
        }
        self._rows: dict[tuple[str, ...], int] = {}
        for key, guideline in self._new.items():
            if key.kind == "goal" and self._old.get(key) == guideline and key.names[0] in rows:
                self._rows.setdefault(guideline.names, rows[key.names[0]])
                self._rows.setdefault(guideline.names[:1], rows[key.names[0]])

    def names_of(self, old_id: str) -> Mapping[int, str]:
        """Return the names that a goal gets with its guideline, as another row of that guideline has them."""
        key = Key("goal", (old_id,))
        guideline = self._new[key]
        if self._old.get(key) == guideline:
            return {}
        likes = {"strategy": self._rows.get(guideline.names[:1]), "guideline": self._rows.get(guideline.names)}
        return {
            column: (self._table.rows[row] or ())[column] or ""
            for field, column in self._columns.items()
            if (row := likes[field]) is not None
        }


def _heading(field: str, language: str) -> str:
    return names.by_field(names.COLUMNS_IN[language])[field]


def _columns(header: Header, language: str, beside: str | None) -> Mapping[str, int]:
    """Return the column of each field: a text has it in its own language, anything else in any.

    A table ``beside`` another has texts of one language alone, whatever the language of its headings.
    """
    own = names.COLUMNS_IN[language]
    has_texts = any(header.columns[language].get(name) is not None for name in own if own[name] in names.TEXT_COLUMNS)
    others = [other for other in LANGUAGES if other != language]
    found: dict[str, int] = {}
    for field in FIELDS:
        is_text = field in names.TEXT_COLUMNS
        if is_text and beside not in (None, language):
            continue
        is_shared = not is_text or (beside is not None and not has_texts)
        for other in (language, *(others if is_shared else ())):
            column = header.columns[other].get(_heading(field, other))
            if column is not None:
                found.setdefault(field, column)
    return found


def _rows_by_id(table: Table, column: int) -> Mapping[str, int]:
    """Return the row of each id."""
    cells = ((number, row[column] or "") for number, row in enumerate(table.rows[1:], 1) if row and column < len(row))
    return {id_from(cell): number for number, cell in cells if not is_blank(cell)}


def _order(goals: Sequence[Placed], rows: Mapping[str, int | None], *, is_free: bool) -> Sequence[Placed]:
    """Return the goals in the order of their rows, new ones last, if that says the report's order, else in that."""
    last = max((row for row in rows.values() if row is not None), default=0) + 1
    by_row = sorted(goals, key=lambda placed: last if (row := rows[placed.goal.id]) is None else row)
    return by_row if is_free or list(_grouped(by_row)) == [placed.goal.id for placed in goals] else goals


def _grouped(goals: Sequence[Placed]) -> Iterator[str]:
    """Yield the ids in the order in which a table is read: by strategy and guideline as these first appear."""
    groups: dict[str, dict[str, list[str]]] = {}
    for placed in goals:
        groups.setdefault(placed.strategy, {}).setdefault(placed.guideline, []).append(placed.goal.id)
    return (goal_id for guidelines in groups.values() for ids in guidelines.values() for goal_id in ids)


def _changed(new: Placed, old: Placed | None, columns: Mapping[str, int], language: str) -> Mapping[int, str]:
    before = cells_of(old, language) if old else dict.fromkeys(FIELDS, "")
    after = cells_of(new, language)
    return {columns[field]: after[field] for field in FIELDS if field in columns and after[field] != before[field]}


def rest_plan(sheet: Table, old: Report, new: Report) -> Plan:
    """Plan the rows of the sheet that says all but the goals."""
    rows = tuple(labelled_rows(sheet, Problems()))
    places = _places(sheet, rows, old)
    before = {(row.part, row.field): row.text for row in rest_rows(old, old)}
    edits = [
        RowEdit(places.get((row.part, row.field)), _rest_cells(sheet, row, places, before, new.language))
        for row in rest_rows(new, old)
        if row.text or (row.part, row.field) in places
    ]
    slots = tuple(row.number for row in rows)
    known = set(places.values())
    others = [RowEdit(number, {}) for number in slots if number not in known]
    kept = {edit.old for edit in edits}
    if [edit.old for edit in edits] == [number for number in slots if number in kept] and known == kept:
        # Parts of which there are no goals here stay among the others.
        return Plan(tuple(row.number for row in rows), tuple(sorted((*edits, *others), key=lambda edit: edit.old or 0)))
    return Plan(tuple(row.number for row in rows), (*edits, *others))


def _places(sheet: Table, rows: Sequence[LabelledRow], report: Report) -> Mapping[_Place, int]:
    """Return the row of each field of the report's parts, which are found by their names."""
    parts = {_names(row): row.part for row in rest_rows(report, report) if row.field == "name"}
    places: dict[_Place, int] = {}
    names_so_far: dict[str, str] = {}
    key: Key | None = next(row.part for row in rest_rows(report, report))
    for row in rows:
        if row.field == "name":
            names_so_far[row.kind] = plain_sentence(_given(sheet, row.number, report.language))
            strategy = names_so_far.get("strategy", "")
            key = parts.get((strategy,) if row.kind == "strategy" else (strategy, names_so_far[row.kind]))
        if key is not None:
            places.setdefault((key, row.field), row.number)
    return places


def _names(row: RestRow) -> tuple[str, ...]:
    return tuple(map(str, row.part.names))


def _given(sheet: Table, row: int, language: str) -> str:
    cells = sheet.rows[row] or ()
    columns = [column for column, own in value_columns(sheet).items() if own in (None, language)]
    return next((cells[column] or "" for column in columns if column < len(cells)), "")


def _rest_cells(
    sheet: Table,
    row: RestRow,
    places: Mapping[_Place, int],
    before: Mapping[_Place, str],
    language: str,
) -> Mapping[int, str]:
    """Return the cells of a row that change: its value, and the labels of a new one."""
    key = (row.part, row.field)
    place = places.get(key)
    if place is not None and before.get(key, "") == row.text:
        return {}
    columns = value_columns(sheet)
    fitting = [column for column, own in columns.items() if own in (None, language) or not is_translated(row.field)]
    cells = sheet.rows[place] or () if place is not None else ()
    filled = [column for column in fitting if column < len(cells) and not is_blank(cells[column] or "")]
    value = {(filled or fitting)[0]: row.text} if fitting else {}
    return value if place is not None else {0: row.kind, 1: row.label, **value}
