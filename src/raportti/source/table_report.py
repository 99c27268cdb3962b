"""From a table to the raw tree: which column is which, and which goals belong together.

Knows nothing of what the values may be, and nothing of pandas.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from raportti.problems import FilePlace
from raportti.source import names
from raportti.source.collect import Problems
from raportti.source.files import CONTROL
from raportti.source.goals import BULLET
from raportti.source.header import read_header
from raportti.source.letters import composed, is_blank
from raportti.source.raw import Field, RawGoal, RawGuideline, RawReport, RawStrategy, RawSubgoal, Record
from raportti.source.table import Table
from raportti.source.values import id_from
from raportti.source.wording import plain_sentence

_TITLE_NAMES = {"title": "otsikko"}
_COLUMN_OF = names.by_field(names.COLUMNS)
_GOAL_FIELDS = ("id", "text", "subgoals", "achieved", "score", "assessment")
# A title for a file whose name has none.
_TITLE = "Arviointi"
_SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# After the dash stands a space; from a text processor it may be a tab or a no-break space.
_ITEM = re.compile(r"-\s+")


def report_of(table: Table, path: Path, problems: Problems) -> RawReport:
    """Group the rows of a table by strategy and guideline, in the order in which these first appear."""
    header = read_header(table, problems)
    groups = _Groups()
    for number, cells in enumerate(table.rows[1:], 1):
        if cells is not None and any(cell is None or not is_blank(cell) for cell in cells):
            groups.add(_row(table, number, cells, header), problems)
    title = Field(title_of(path), FilePlace(table.file))
    if not groups.strategies and all(row is not None for row in table.rows):
        problems.add("table-empty", table.whole)
    return RawReport(Record(title.place, {"title": title}, _TITLE_NAMES), groups.tree() or None)


def title_of(path: Path) -> str:
    """Make a title of a file's name: ``arviointi_2024-kevät.csv`` is "Arviointi 2024 kevät"."""
    words = CONTROL.sub(" ", composed(_decoded(path.stem))).replace("_", " ").replace("-", " ").split()
    title = " ".join(words)
    return _TITLE if is_blank(title) else title[:1].upper() + title[1:]


def _decoded(name: str) -> str:
    """Read a file's name as UTF-8: where the locale is another, Python gives each byte that is not ASCII as it is."""
    return _SURROGATES.sub("", name).encode("utf-8", "surrogateescape").decode("utf-8", "ignore")


def _row(table: Table, number: int, cells: tuple[str | None, ...], header: Mapping[str, int | None]) -> Record:
    """Make a record of a row; a column that is missing from the header was reported there."""
    fields: dict[str, Field] = {}
    for name, column in header.items():
        text = cells[column] if column is not None else None
        place = table.place(number, column, name if column is not None else None)
        fields[names.COLUMNS[name]] = Field(text or "", place, reported=text is None)
    return Record(table.place(number), fields, _COLUMN_OF)


@dataclass(slots=True)
class _Group:
    """A guideline that grows, with the place where it first appeared."""

    name: Field
    goals: list[RawGoal] = field(default_factory=list[RawGoal])


@dataclass(slots=True)
class _Groups:
    """Strategies by name, each with its guidelines by name."""

    strategies: dict[str, tuple[Field, dict[str, _Group]]] = field(
        default_factory=dict[str, tuple[Field, dict[str, _Group]]]
    )

    def add(self, row: Record, problems: Problems) -> None:
        """Add a row to its guideline. A row without a name gets a group of its own, so that each is reported."""
        strategy, guideline = row.fields["strategy"], row.fields["guideline"]
        _, guidelines = self.strategies.setdefault(_key(strategy), (strategy, {}))
        group = guidelines.setdefault(_key(guideline), _Group(guideline))
        group.goals.append(_goal(row, problems))

    def tree(self) -> tuple[RawStrategy, ...]:
        """Return what was added."""
        return tuple(
            RawStrategy(
                _named(name, "strategy"),
                tuple(RawGuideline(_named(g.name, "guideline"), tuple(g.goals)) for g in guidelines.values()),
            )
            for name, guidelines in self.strategies.values()
        )


def _key(name: Field) -> str:
    return plain_sentence(name.text) or repr(name.place)


def _named(name: Field, column: str) -> Record:
    return Record(name.place, {"name": name}, {"name": _COLUMN_OF[column]})


def _goal(row: Record, problems: Problems) -> RawGoal:
    cell = row.fields.get("subgoals")
    goal_id = id_from(row.fields["id"].text)
    subgoals = tuple(_subgoals(cell, goal_id, problems)) if cell else ()
    fields = {name: row.fields[name] for name in _GOAL_FIELDS if name in row.fields}
    return RawGoal(Record(row.place, fields, row.names), subgoals)


def _subgoals(cell: Field, goal_id: str, problems: Problems) -> Iterator[RawSubgoal]:
    """Read one subgoal from each line; lines that begin with a dash and a space are items of the subgoal above them."""
    above: Field | None = None
    items: list[Field] = []
    for text in (line.strip() for line in cell.text.split("\n") if not is_blank(line)):
        item = _ITEM.match(text)
        if not item:
            if above:
                yield RawSubgoal(above, tuple(items))
            above, items = Field(text.removeprefix(BULLET).strip(), cell.place), []
        elif above:
            items.append(Field(text[item.end() :], cell.place))
        else:
            problems.add("item-alone", cell.place, goal_id, value=text)
    if above:
        yield RawSubgoal(above, tuple(items))
