"""A deck knows what it was made of: its stamp is read back as it was taken."""

import base64
import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from planning import DEFAULT, LUVN
from raportti.config import cache_folder
from raportti.ooxml.stamp import STAMP
from raportti.pipeline import Planned, plan_reports
from raportti.snapshot import Snapshot, read_snapshot, snapshot_of, snapshot_text
from stress.generate import Kind, Recipe
from stress.sources import write_yaml


@cache
def planned(source: Path) -> Planned:
    return plan_reports(source, LUVN, cache=cache_folder(), on_stage=lambda _: None)[0]


def stamp_from(plan: Planned) -> Snapshot:
    return snapshot_of(plan.plan, plan.source.report, layout="luvn", choices={"columns": "auto"})


@pytest.mark.parametrize("number", range(4))
def test_a_stamp_is_read_back_as_it_was_taken(number: int, tmp_path: Path) -> None:
    report = Recipe(seed=12, kind=Kind.MIXED, pages=(3, 5)).report(number + 1)
    stamp = stamp_from(planned(write_yaml(report, tmp_path)))
    assert read_snapshot(snapshot_text(stamp)) == stamp
    assert stamp.report == report


def test_a_stamp_has_the_text_of_every_goal() -> None:
    stamp = stamp_from(planned(DEFAULT))
    for goal in stamp.report.goals:
        rows = [row for slide in stamp.slides for row in slide.rows if row.goal == goal.id]
        cells = [cell for row in rows for cell in row.cells if cell.key == "assessment"]
        assert tuple(p.text for cell in cells for p in cell.paragraphs) == goal.assessment


def test_the_deck_carries_its_stamp(default_documents: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(default_documents["pptx"]) as package:
        root = ElementTree.fromstring(package.read("customXml/item1.xml"))
    assert root.tag == f"{{{STAMP}}}stamp"
    assert read_snapshot(root.text or "").report == planned(DEFAULT).source.report


def packed(values: bytes) -> str:
    return base64.b64encode(zlib.compress(values)).decode()


NO_STAMPS = (
    "",
    "x",
    "é",
    base64.b64encode(b"no zlib").decode(),
    packed(b"[]"),
    packed(b'{"form": 99}'),
    packed(b"0" * 10**8),
    packed(b"[" * 200_000),
)


WRONG: tuple[dict[str, object], ...] = ({"title": 1}, {"kind": {}}, {"table": 1}, {"rows": [{}]}, {"key": None})


@pytest.mark.parametrize("wrong", WRONG)
def test_a_stamp_whose_slides_are_none_is_refused(wrong: dict[str, object]) -> None:
    values = json.loads(zlib.decompress(base64.b64decode(snapshot_text(stamp_from(planned(DEFAULT))))))
    values["slides"][4].update(wrong)
    with pytest.raises(ValueError):
        read_snapshot(packed(json.dumps(values).encode()))


@pytest.mark.parametrize("text", NO_STAMPS)
def test_what_is_no_stamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_snapshot(text)
