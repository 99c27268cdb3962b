"""From the rows that people added, below rows that the data may have dropped, to places that the data still have.

Knows no XML.
"""

from collections.abc import Iterator
from itertools import groupby

from raportti.refreshing.drawing import Drawing, RowName, Sheet
from raportti.refreshing.rows import OldRows


def anchor(rows: OldRows, base: Drawing, new: Drawing) -> None:
    """Put each added row below the nearest row above it in its table that stays, else at the top of its slide.

    A row for which its table has no place any more is left on its slide.
    """
    places = {name: name for sheet in new.sheets.values() for name in sheet.rows}
    # Of what is cut otherwise now, the last part.
    ends: dict[RowName, RowName] = {name[:-1]: name for name in places}
    added, rows.added = rows.added, {}
    for sheets in _tables(base):
        place: object = None
        for sheet in sheets:
            if sheet.key in new.sheets:
                place = sheet.key
            for above in (None, *rows.orders.get(sheet.key, ())):
                if above is not None:
                    place = places.get(above) or ends.get(above[:-1]) or place
                kept = rows.left.setdefault(sheet.key, []) if place is None else rows.added.setdefault(place, [])
                kept += added.get(above or sheet.key, ())


def _tables(base: Drawing) -> Iterator[list[Sheet]]:
    """Yield the slides of each table in their order."""
    for _, sheets in groupby(base.sheets.values(), lambda s: (s.page.kind, s.page.strategy, s.page.guideline)):
        yield list(sheets)
