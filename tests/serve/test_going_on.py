"""Without Pango or Voikko the app goes on, and says what cannot be made and what to install."""

import os
from pathlib import Path

import pytest

from planning import BILINGUAL, ROOT
from serve.browser.serving import Served
from serve.test_attacks import request, sent, status_of

NO_VOIKKO = """\
class VoikkoException(Exception): pass
def Voikko(_): raise VoikkoException("libvoikko.so.1: cannot open shared object file")
"""
NO_PANGO = "raise OSError('cannot load library gobject-2.0-0')"
MISSING = {
    "pango": ("weasyprint.py", NO_PANGO),
    "weasyprint": ("weasyprint.py", "raise ImportError('weasyprint')"),
    "voikko": ("libvoikko.py", NO_VOIKKO),
    "libvoikko": ("libvoikko.py", "raise ImportError('libvoikko')"),
}


@pytest.mark.parametrize("missing", MISSING)
def test_what_does_not_need_it_is_there_and_what_is_missing_is_said(missing: str, tmp_path: Path) -> None:
    stubs = tmp_path / "stubs"
    stubs.mkdir()
    name, text = MISSING[missing]
    (stubs / name).write_text(text + "\n", encoding="utf-8")
    path = os.pathsep.join((str(stubs), str(ROOT / "src")))
    with Served(BILINGUAL, tmp_path / "served", PYTHONPATH=path) as served:
        for page in ("/", "/goals", "/goals/H1.1", "/pages", "/thumbnails", "/structure", "/changes", "/files"):
            assert status_of(sent(served, request(served, f"GET {page} HTTP/1.1"), 60)) == 200, page
        pages = sent(served, request(served, "GET /pages HTTP/1.1"), 60)
        deck, pdf = (sent(served, request(served, f"GET /files/{kind} HTTP/1.1"), 60) for kind in ("deck", "pdf"))
        if name == "weasyprint.py":
            assert b'id="page-1"' in pages
            assert (status_of(deck), status_of(pdf)) == (200, 422)
            assert b"Pango" in pdf
        else:  # a word that is wider than its column needs it
            assert b"Voikko" in pages and b'id="page-1"' not in pages
            assert (status_of(deck), status_of(pdf)) == (422, 422)
            assert b"Voikko" in deck
        assert "Traceback" not in served.complaints
