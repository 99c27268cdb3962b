"""From a cover's small lines to organisation, meeting, date and numbers. Knows no formats."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from raportti.importing.pages import Page
from raportti.importing.words import Words
from raportti.model import Report
from raportti.problems import Problem

_SEPARATOR = " · "
_PLACES = re.compile(r"\\\{(\w+)\\\}")
_GUESSED = ("organisation", "meeting")


def colophon_of(report: Report, cover: Page | None, words: Words) -> tuple[Report, tuple[Problem, ...]]:
    """Add to a report what its cover says of it; texts that nothing tells apart go by their order, and are told."""
    if cover is None:
        return report, ()
    problems: list[Problem] = []
    free = list(_GUESSED)
    found: dict[str, object] = {}
    for text in (p.text for p in cover.texts if not p.level and p.text != report.title):
        for part in text.split(_SEPARATOR):
            known = dict(_known(part, words))
            if not known and free:
                field = "meeting" if "meeting" in free and text != part else free[0]
                free.remove(field)
                known = {field: part}
                problems.append(Problem("import-cover-taken", cover.place, {"value": part, "what": field}))
            elif not known:
                problems.append(Problem("import-cover-unread", cover.place, {"value": part}))
            found |= known
    return replace(report, **found), tuple(problems)  # pyright: ignore[reportArgumentType] - fields by their names


def _known(text: str, words: Words) -> Iterator[tuple[str, object]]:
    """Yield the field that a text is by the layout's words."""
    when = _values(words["date"], text)
    if when:
        try:
            yield "date", date(int(when["vuosi"]), int(when["kuukausi"]), int(when["päivä"]))
        except ValueError:
            return
    for field, place in (("case_number", "asianumero"), ("attachment_number", "liitenumero")):
        if given := _values(words[field], text):
            yield field, given[place]


def _values(pattern: str, text: str) -> dict[str, str] | None:
    """Return the values that a pattern with names in braces has in a text."""
    found = re.fullmatch(_PLACES.sub(r"(?P<\1>.+?)", re.escape(pattern)), text)
    return found.groupdict() if found else None
