"""From a stamp to the text that a deck carries, and back. Knows no file format."""

import base64
import json
import zlib
from dataclasses import asdict

from raportti.model_json import made_from_json, report_as_json, report_from_json
from raportti.stamp.records import SlideStamp, Stamp

FORM = 1
"""The form of the values: a deck of a later form cannot be read by this program."""
LARGEST = 50_000_000
"""Bytes that a stamp may unpack to: a report of a thousand pages has a tenth of it."""


def stamp_text(stamp: Stamp) -> str:
    """Write a stamp as ASCII text."""
    values = {
        "form": FORM,
        "report": report_as_json(stamp.report),
        "layout": stamp.layout,
        "choices": dict(stamp.choices),
        "slides": [asdict(slide) for slide in stamp.slides],
        **{name: report_as_json(one) for name, one in (("drawn", stamp.drawn), ("before", stamp.before)) if one},
    }
    packed = zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return base64.b64encode(packed).decode("ascii")


def read_stamp(text: str) -> Stamp:
    """Read a stamp; raises ``ValueError`` where the text is none that this program can read."""
    try:
        values = json.loads(_unpacked(base64.b64decode(text, validate=True)))
        if values["form"] != FORM:
            raise ValueError(f"form {values['form']}")
        slides = tuple(made_from_json(slide, SlideStamp) for slide in values["slides"])
        choices = tuple((str(name), str(value)) for name, value in values["choices"].items())
        others = (report_from_json(values[name]) if name in values else None for name in ("drawn", "before"))
        return Stamp(report_from_json(values["report"]), str(values["layout"]), choices, slides, *others)
    except (KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise ValueError(str(error)) from error


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    values = unpacker.decompress(data, LARGEST)
    if unpacker.unconsumed_tail:
        raise ValueError("too large")
    return values
