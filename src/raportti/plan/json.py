"""From the plan to the values of its JSON: lengths in points from the top left of the page.

Does not know files. The shape is a contract: other programs read it.
"""

from typing import TypeAlias

from raportti.plan import Cell, Page, Plan, Row
from raportti.plan.typeset import Box
from raportti.units import Emu, as_pt

Json: TypeAlias = dict[str, object]


def plan_as_json(plan: Plan) -> Json:
    """Return the plan as values for JSON."""
    return {
        "slide": {"width": _points(plan.width), "height": _points(plan.height)},
        "pages": [_page(page) for page in plan.pages],
    }


def _page(page: Page) -> Json:
    return {
        "number": page.number,
        "kind": page.kind.value,
        "title": page.title,
        "tag": page.tag,
        "part": list(page.part) if page.part else None,
        "continues": page.continues,
        "body": _box(page.body),
        "rows": [_row(row, page.table.box) for row in page.table.rows] if page.table else [],
    }


def _row(row: Row, table: Box) -> Json:
    return {
        "goal": row.goal,
        **_box(Box(table.x, row.y, table.w, row.h)),
        "split": list(row.split) if row.split else None,
        "cells": {cell.key: _lines(cell) for cell in row.cells},
    }


def _lines(cell: Cell) -> list[str]:
    return [line.drawn for paragraph in cell.paragraphs for line in paragraph.lines]


def _box(box: Box) -> Json:
    return {"x": _points(box.x), "y": _points(box.y), "w": _points(box.w), "h": _points(box.h)}


def _points(length: Emu) -> float:
    """Read a length in points, to a thousandth: more than any program draws."""
    return round(as_pt(length), 3)
