"""From a font that WeasyPrint has opened to the widths of its glyphs, and to the same font in another process.

Does not know pages. A face is a font file as HarfBuzz reads it; fonts of one face have one hash.
"""

import struct
from collections.abc import Mapping
from typing import Any, cast

from weasyprint.pdf.fonts import Font  # pyright: ignore[reportMissingTypeStubs] - it has no types
from weasyprint.text import ffi as ffi_module  # pyright: ignore[reportMissingTypeStubs]

_Font = cast(Any, Font)
_ffi, _harfbuzz = cast(Any, ffi_module).ffi, cast(Any, ffi_module).harfbuzz
# WeasyPrint declares what it calls itself; it never makes a face of a file.
_ffi.cdef("""
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
""")
_COPIED = 0
"""HarfBuzz makes a copy of the data (``HB_MEMORY_MODE_DUPLICATE``)."""
_OF_THIS_PROCESS = ("hb_font", "hb_face", "file_content")
_EM = 1000
"""Units of an em in a PDF (ISO 32000-1, 9.2.4)."""


class Faces:
    """The files of fonts by the hash of the font; only those that travel between processes are named."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._opened: dict[str, Any] = {}

    def packed(self, font: Any) -> Mapping[str, Any]:
        """Return what a font knows without its file, which is kept here."""
        self.files.setdefault(font.hash, font.file_content)
        facts = cast(dict[str, Any], font.__dict__)
        return {name: value for name, value in facts.items() if name not in _OF_THIS_PROCESS}

    def unpacked(self, facts: Mapping[str, Any]) -> Any:
        """Return the font with these facts, whose file is kept here."""
        font = _Font.__new__(_Font)
        font.__dict__.update(facts)
        font.file_content = self.files[font.hash]
        if font.hash not in self._opened:
            self._opened[font.hash] = _face_of(font.file_content, font.index)
        font.hb_face = self._opened[font.hash]
        return font


def _face_of(data: bytes, index: int) -> Any:
    blob = _ffi.gc(_harfbuzz.hb_blob_create(data, len(data), _COPIED, _ffi.NULL, _ffi.NULL), _harfbuzz.hb_blob_destroy)
    return _ffi.gc(_harfbuzz.hb_face_create(blob, index), _harfbuzz.hb_face_destroy)


def widths_of(font: Any) -> list[int]:
    """Return the width of each glyph in thousandths of an em; glyphs beyond have that of the last (OpenType, hmtx)."""
    metrics, count = _table(font.hb_face, b"hmtx"), int.from_bytes(_table(font.hb_face, b"hhea")[34:36], "big")
    advances = struct.unpack_from(">" + "Hxx" * count, metrics)
    return [round(advance * _EM / font.upem) for advance in advances]


def _table(face: Any, tag: bytes) -> bytes:
    blob = _harfbuzz.hb_face_reference_table(face, _harfbuzz.hb_tag_from_string(tag, -1))
    length = _ffi.new("unsigned int *")
    data = bytes(_ffi.unpack(_harfbuzz.hb_blob_get_data(blob, length), length[0]))
    _harfbuzz.hb_blob_destroy(blob)
    return data
