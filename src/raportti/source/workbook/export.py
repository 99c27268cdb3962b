"""From a report in its languages to the bytes of a workbook, the same for the same report, and back to that report.

Does not write files, and does not know what stands in the sheets.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl

from raportti.files import slug
from raportti.ooxml.package import packed, unpacked
from raportti.problems import Problem, ProblemsFound
from raportti.report.model import Goal, Report
from raportti.source import names
from raportti.source.loading import load, load_all
from raportti.source.options import DRAFT, LoadOptions
from raportti.source.origin import SHEET, origin_texts, remembered
from raportti.source.workbook.cells import Sheet, put_text
from raportti.source.workbook.sheets import write_goals, write_guide, write_rest, write_summary

_TEXTS, _IDS = 1, 2


def write_origin(sheet: Sheet, reports: Mapping[str, Report]) -> str:
    """Write a report in each language, and return the cells with the ids of its goals."""
    for row, text in enumerate(origin_texts(reports), 1):
        put_text(sheet, row, _TEXTS, text)
    ids = [goal.id for goal in next(iter(reports.values())).goals]
    for row, goal_id in enumerate(ids, 1):
        put_text(sheet, row, _IDS, goal_id)
    sheet.sheet_state = "veryHidden"
    return f"'{SHEET}'!$B$1:$B${max(len(ids), 1)}"


def base_of(path: Path) -> Mapping[str, Report] | None:
    """Return the report that a workbook was made from, in each language; None where it does not remember it."""
    try:
        return remembered(_texts(path.read_bytes()))
    except (OSError, KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile):
        # Another workbook, or one whose hidden sheet was changed.
        return None


def _texts(data: bytes) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book: Any = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    try:
        return [str(row[0]) for row in book[SHEET].iter_rows(max_col=1, values_only=True) if row[0]]
    finally:
        book.close()


NO_UNIT = ""
"""The unit of goals that nobody is in charge of."""


def reports_of(path: Path, languages: Collection[str] = ()) -> Mapping[str, Report]:
    """Read a source in the languages asked for, else in all in which it has texts; its own comes first.

    Without its own, all of it has to be translated. Raises ``ProblemsFound`` as ``load`` does.
    """
    source = load(path, DRAFT)
    own = source.own_language
    wanted = tuple(sorted(languages or source.languages, key=lambda language: language != own))
    if wanted == (own,):
        return {own: source.report}
    found = load_all(path, LoadOptions(wanted, allow_missing=own in wanted, is_draft=True))
    return {language: one.report for language, one in zip(wanted, found, strict=True)}


def units_of(report: Report) -> tuple[str, ...]:
    """Return the units in charge of goals in the order in which they first appear; last ``NO_UNIT``, if it is one."""
    units = dict.fromkeys(goal.responsible or NO_UNIT for goal in report.goals)
    return tuple(sorted(units, key=lambda unit: unit == NO_UNIT))


def part_of(report: Report, unit: str) -> Report:
    """Return the report with the goals of a unit alone; what has none of them is left out."""
    return _with_goals(report, lambda goal: (goal.responsible or NO_UNIT) == unit)


def _with_goals(report: Report, keep: Callable[[Goal], bool]) -> Report:
    strategies = (
        replace(
            strategy,
            guidelines=tuple(
                replace(guideline, goals=goals)
                for guideline in strategy.guidelines
                if (goals := tuple(filter(keep, guideline.goals)))
            ),
        )
        for strategy in report.strategies
    )
    return replace(report, strategies=tuple(strategy for strategy in strategies if strategy.guidelines))


_PROPERTIES = "docProps/core.xml"
_DATES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def workbook_of(
    reports: Mapping[str, Report],
    unit: str | None = None,
    *,
    is_side_by_side: bool = False,
    sample: Mapping[str, Report] | None = None,
) -> bytes:
    """Write a report, given in its own language first, with all goals or with those of a unit alone.

    ``is_side_by_side``: for a translator, each text beside its translation. ``sample``: the report is a new one, of
    which these texts are to be replaced; else the workbook remembers the report itself, and guards its ids.
    """
    parts = {language: report if unit is None else part_of(report, unit) for language, report in reports.items()}
    own = next(iter(parts.values()))
    book: Any = openpyxl.Workbook()
    goals = book.active
    goals.title = names.SHEET
    rest, summary, guide, origin = map(book.create_sheet, (names.REST_SHEET, "Yhteenveto", "Ohje", SHEET))
    known_ids = write_origin(origin, sample or parts)
    extent = write_goals(goals, parts, None if sample else known_ids, is_side_by_side=is_side_by_side)
    write_rest(rest, reports, is_side_by_side=is_side_by_side)
    write_summary(summary, own, extent)
    write_guide(guide, own, unit, is_side_by_side=is_side_by_side)
    book.properties.title, book.properties.creator = own.title, own.organisation or ""
    data = io.BytesIO()
    book.save(data)
    package = unpacked(data.getvalue())
    package[_PROPERTIES] = _DATES.sub(b"", package[_PROPERTIES])
    return packed(package)


ALL = "all"
_NAME_OF_NO_UNIT = "ilman vastuutahoa"


def exported(source: Path, to: Path, unit: str | None, languages: Collection[str] = ()) -> Mapping[Path, bytes]:
    """Return the workbook of a source at ``to``; where ``unit`` is ``all``, one for each unit in that folder.

    ``languages`` are those of its texts; where several are named, each text stands beside its translation.
    Raises ``ProblemsFound`` where the source cannot be read, or no goal has that unit.
    """
    reports = reports_of(source, languages)
    book = partial(workbook_of, reports, is_side_by_side=len(languages) > 1)
    if unit is None:
        return {to: book()}
    units = units_of(next(iter(reports.values())))
    if unit == ALL:
        return {to / name: book(one) for name, one in _names(units).items()}
    by_case = {(one or _NAME_OF_NO_UNIT).casefold(): one for one in units}
    if unit.casefold() not in by_case:
        names = tuple(one or _NAME_OF_NO_UNIT for one in units)
        raise ProblemsFound([Problem("unit-unknown", None, {"value": unit, "names": names})])
    return {to: book(by_case[unit.casefold()])}


def _names(units: Iterable[str]) -> Mapping[str, str]:
    """Name a file for each unit: small ASCII letters and digits, with a number where another has that name."""
    names: dict[str, str] = {}
    for unit in units:
        stem = slug(unit or _NAME_OF_NO_UNIT, otherwise="vastuutaho")
        number = sum(other == f"{stem}.xlsx" or other.startswith(f"{stem}-") for other in names)
        names[f"{stem}-{number + 1}.xlsx" if f"{stem}.xlsx" in names else f"{stem}.xlsx"] = unit
    return names
