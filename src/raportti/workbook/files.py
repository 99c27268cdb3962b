"""From a source to its workbooks and their names: one, or one for each unit in charge. Writes none of them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from raportti.problems import Problem, ProblemsFound
from raportti.workbook.reports import reports_of, units_of
from raportti.workbook.writing import workbook_of

ALL = "all"
_NAME_OF_NO_UNIT = "ilman vastuutahoa"


def exported(source: Path, to: Path, unit: str | None) -> Mapping[Path, bytes]:
    """Return the workbook of a source at ``to``; where ``unit`` is ``all``, one for each unit in that folder.

    Raises ``ProblemsFound`` where the source cannot be read, or no goal has that unit.
    """
    reports = reports_of(source)
    if unit is None:
        return {to: workbook_of(reports)}
    units = units_of(next(iter(reports.values())))
    if unit == ALL:
        return {to / name: workbook_of(reports, one) for name, one in _names(units).items()}
    by_case = {(one or _NAME_OF_NO_UNIT).casefold(): one for one in units}
    if unit.casefold() not in by_case:
        names = tuple(one or _NAME_OF_NO_UNIT for one in units)
        raise ProblemsFound([Problem("unit-unknown", None, {"value": unit, "names": names})])
    return {to: workbook_of(reports, by_case[unit.casefold()])}


def _names(units: Iterable[str]) -> Mapping[str, str]:
    """Name a file for each unit: small ASCII letters and digits, with a number where another has that name."""
    names: dict[str, str] = {}
    for unit in units:
        letters = unicodedata.normalize("NFKD", unit or _NAME_OF_NO_UNIT).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80] or "vastuutaho"
        number = sum(other == f"{stem}.xlsx" or other.startswith(f"{stem}-") for other in names)
        names[f"{stem}-{number + 1}.xlsx" if f"{stem}.xlsx" in names else f"{stem}.xlsx"] = unit
    return names
