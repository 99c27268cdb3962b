"""From the records of a table to the raw tree: which goals belong together, and what their cells hold.

Does not know what the values may be, nor how a table is read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from raportti.problems import FilePlace
from raportti.report.characters import composed, is_blank
from raportti.source import names
from raportti.source.collector import Problems
from raportti.source.fields import id_from
from raportti.source.files import CONTROL
from raportti.source.goals import BULLET
from raportti.source.origin import left_of, remembered
from raportti.source.rest_sheet import completed, read_rest
from raportti.source.table import Table, rows_of
from raportti.source.texts import plain_sentence
from raportti.source.tree import (
    Field,
    RawGoal,
    RawGuideline,
    RawReport,
    RawStrategy,
    RawSubgoal,
    Record,
    joined_subgoals,
)

_REPORT_NAMES = {"title": "otsikko", "language": "kieli"}
_GOAL_FIELDS = ("id", "text", "subgoals", "achieved", "score", "assessment", "responsible")
# A title for a file whose name has none.
_TITLE = "Arviointi"
_SURROGATES = re.compile("[\ud800-\udc7f\udd00-\udfff]")
# After the dash stands a space; from a text processor it may be a tab or a no-break space.
_ITEM = re.compile(r"-\s+")


def report_of(table: Table, path: Path, beside: Callable[[str], Table | None], problems: Problems) -> RawReport:
    """Group the rows of a table by strategy and guideline, in the order in which these first appear.

    ``beside`` gives the table with the texts in another language, if there is one.
    """
    rest = read_rest(table.rest, problems) if table.rest else None
    rows = rows_of(table, beside, problems, (rest and rest.language) or "fi")
    groups = _Groups(rows.own, problems)
    for record in rows.records:
        groups.add(record)
    # A file has one name, so the report has that title in every language.
    title = Field(title_of(path), FilePlace(table.file), for_all=True)
    fields = {"title": title, "language": Field(rows.own, title.place)}
    if not groups.strategies and all(row is not None for row in table.rows):
        problems.add("table-empty", table.whole)
    raw = RawReport(Record(title.place, fields, _REPORT_NAMES), groups.tree() or None)
    if rest is None:
        return raw
    whole = completed(raw, rest, rows.own, problems)
    base = remembered(table.origin) if table.origin else None
    for left in left_of(base[rows.own], whole, rows.own) if base and rows.own in base else ():
        problems.add("sample-left", left.place, value=left.text)
    return whole


def title_of(path: Path) -> str:
    """Make a title of a file's name: ``arviointi_2024-kevät.csv`` is "Arviointi 2024 kevät"."""
    words = CONTROL.sub(" ", composed(_decoded(path.stem))).replace("_", " ").replace("-", " ").split()
    title = " ".join(words)
    return _TITLE if is_blank(title) else title[:1].upper() + title[1:]


def _decoded(name: str) -> str:
    """Read a file's name as UTF-8: where the locale is another, Python gives each byte that is not ASCII as it is."""
    return _SURROGATES.sub("", name).encode("utf-8", "surrogateescape").decode("utf-8", "ignore")


@dataclass(slots=True)
class _Group:
    """A guideline that grows, with the place where it first appeared."""

    name: Field
    goals: list[RawGoal] = field(default_factory=list[RawGoal])


@dataclass(slots=True)
class _Groups:
    """Strategies by name in the table's own language, each with its guidelines by name."""

    own: str
    problems: Problems
    strategies: dict[str, tuple[Field, dict[str, _Group]]] = field(
        default_factory=dict[str, tuple[Field, dict[str, _Group]]]
    )

    def add(self, row: Record) -> None:
        """Add a row to its guideline. A row without a name gets a group of its own, so that each is reported."""
        strategy, guideline = row.fields["strategy"], row.fields["guideline"]
        key, within = self._key(strategy), self._key(guideline)
        first, guidelines = self.strategies.get(key, (strategy, dict[str, _Group]()))
        self.strategies[key] = (self._joined(first, strategy), guidelines)
        group = guidelines.setdefault(within, _Group(guideline))
        group.name = self._joined(group.name, guideline)
        group.goals.append(_goal(row, self.problems))

    def _key(self, name: Field) -> str:
        own = name.in_languages.get(self.own, name)
        return plain_sentence(own.text) or repr(own.place)

    def _joined(self, first: Field, name: Field) -> Field:
        """Add the translations of a name that no row had so far; report another one: only one of them can be printed.

        None is as good as the first one.
        """
        versions = dict(first.in_languages)
        for language, given in name.in_languages.items():
            earlier = versions.get(language, given)
            if is_blank(earlier.text):
                versions[language] = given
            elif not is_blank(given.text) and plain_sentence(given.text) != plain_sentence(earlier.text):
                self.problems.add(
                    "name-differs", given.place, value=given.text, other=earlier.text, first=earlier.place
                )
        return replace(first, in_languages=versions) if versions else first

    def tree(self) -> tuple[RawStrategy, ...]:
        """Return what was added."""
        return tuple(
            RawStrategy(
                self._named(name, "strategy"),
                tuple(RawGuideline(self._named(g.name, "guideline"), tuple(g.goals)) for g in guidelines.values()),
            )
            for name, guidelines in self.strategies.values()
        )

    def _named(self, name: Field, column: str) -> Record:
        return Record(name.place, {"name": name}, {"name": names.by_field(names.COLUMNS_IN[self.own])[column]})


def _goal(row: Record, problems: Problems) -> RawGoal:
    fields = {name: row.fields[name] for name in _GOAL_FIELDS if name in row.fields}
    cell = fields.get("subgoals")
    if cell is None:
        return RawGoal(Record(row.place, fields, row.names), ())
    goal_id = id_from(row.fields["id"].text)
    lists = {language: tuple(subgoals_in(own, goal_id, problems)) for language, own in cell.in_languages.items()}
    subgoals = joined_subgoals(cell.place, lists) if lists else tuple(subgoals_in(cell, goal_id, problems))
    # What is left of the cell are its places: its text is in the subgoals now.
    places = {language: Field("", own.place) for language, own in cell.in_languages.items()}
    fields["subgoals"] = Field("", cell.place, in_languages=places)
    return RawGoal(Record(row.place, fields, row.names), subgoals)


def subgoals_in(cell: Field, goal_id: str, problems: Problems) -> Iterator[RawSubgoal]:
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
