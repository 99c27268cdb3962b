"""From a plan and the fonts that it was measured in to the fonts that travel with a deck: which, if allowed, and how.

Does not know packages. A font is put whole into an Embedded OpenType file. What programs make of embedded fonts is in
``docs/embedded-fonts.md``.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from raportti.ooxml.xml import PRESENTATION, RELATIONSHIPS, attribute
from raportti.plan import Disc, Item, Panel, Plan, Table, TextBox
from raportti.plan.chart import Chart
from raportti.plan.typeset import Paragraph, Style
from raportti.problems import Problem


@dataclass(frozen=True, slots=True)
class EmbeddedFont:
    """A static TrueType file of one weight, to travel with a deck."""

    family: str
    bold: bool
    data: bytes = field(repr=False)

    @property
    def part(self) -> bytes:
        """The bytes of its part. Raises ``ValueError`` where it fails ``check_fonts``."""
        return _embedded_opentype(self.data, _read_facts(self.data))


@dataclass(frozen=True, slots=True)
class _FontFacts:
    """What a font file says of itself (OpenType 1.9: OS/2, head, name). ``licence`` is its ``fsType``."""

    panose: bytes
    weight: int
    is_italic: bool
    licence: int
    ranges: tuple[int, ...]
    """Unicode ranges 1 to 4 and code pages 1 and 2."""
    checksum_adjustment: int
    names: Mapping[int, str]


def used_fonts(plan: Plan, fonts: Iterable[EmbeddedFont]) -> tuple[EmbeddedFont, ...]:
    """Choose the fonts that a text of the plan is set in."""
    used = {(style.family, style.bold) for page in plan.pages for item in page.items for style in _styles_of(item)}
    return tuple(font for font in fonts if (font.family, font.bold) in used)


def _styles_of(item: Item) -> Iterator[Style]:
    match item:
        case TextBox():
            yield from _styles(item.paragraphs)
        case Table():
            for row in (*item.header, *item.rows):
                for cell in row.cells:
                    yield from _styles(cell.paragraphs)
        case Chart():
            yield from (item.style, *(series.style for series in item.series))
        case Disc() | Panel():
            pass
        case _:
            assert_never(item)


def _styles(paragraphs: Iterable[Paragraph]) -> Iterator[Style]:
    for paragraph in paragraphs:
        if paragraph.bullet:
            yield paragraph.bullet.style
        for line in paragraph.lines:
            yield from (span.style for span in line.spans)


_RESTRICTED, _BITMAPS_ONLY = 0x0002, 0x0200
_LEVELS = 0x000E
"""The bits of ``fsType`` that say how freely a font may be embedded; the freest counts (OpenType 1.9, OS/2)."""


def check_fonts(fonts: Iterable[EmbeddedFont]) -> tuple[Problem, ...]:
    """Find the fonts that may not be embedded by the bits of their licence, and those that are no TrueType files."""
    found = {(font.family, what): None for font in fonts if (what := _obstacle(font))}
    return tuple(Problem("font-not-embeddable", None, {"family": family, "what": what}) for family, what in found)


def _obstacle(font: EmbeddedFont) -> str | None:
    try:
        licence = _read_facts(font.data).licence
    except ValueError:
        return "it is not a TrueType file"
    if licence & _LEVELS == _RESTRICTED:
        return "its licence forbids it: fsType 0x0002"
    if licence & _BITMAPS_ONLY:
        return "its licence allows bitmaps only: fsType 0x0200"
    return None


def fonts_xml(fonts: Sequence[EmbeddedFont], ids: Sequence[str]) -> str:
    """Write the list of embedded fonts (ECMA-376-1, 19.2.1.9); ``ids`` are the relationships of their parts.

    PowerPoint wants each family once ([MS-OE376] 2.1.1134).
    """
    pairs = sorted(zip(fonts, ids, strict=True), key=lambda pair: (pair[0].family, pair[0].bold))
    families = groupby(pairs, key=lambda pair: pair[0].family)
    inner = "".join(_family(name, list(members)) for name, members in families)
    return f'<p:embeddedFontLst xmlns:p="{PRESENTATION}" xmlns:r="{RELATIONSHIPS}">{inner}</p:embeddedFontLst>'


def _family(name: str, members: Sequence[tuple[EmbeddedFont, str]]) -> str:
    facts = _read_facts(members[0][0].data)
    panose = f' panose="{facts.panose.hex().upper()}"' if any(facts.panose) else ""
    weights = "".join(f'<p:{"bold" if font.bold else "regular"} r:id="{rel}"/>' for font, rel in members)
    return (
        f'<p:embeddedFont><p:font typeface="{attribute(name)}"{panose} pitchFamily="{_pitch_family(facts)}" '
        f'charset="{_ANSI_CHARSET}"/>{weights}</p:embeddedFont>'
    )


_VARIABLE_PITCH, _FIXED_PITCH = 2, 1
_ROMAN, _SWISS = 0x10, 0x20
_SERIFS, _SANS = range(2, 11), range(11, 16)
"""The serif styles of PANOSE by which Windows sorts fonts into families."""
_MONOSPACED = 9


def _pitch_family(facts: _FontFacts) -> int:
    """Return pitch and family in one number, as Windows computes them (LOGFONT.lfPitchAndFamily)."""
    serif, proportion = facts.panose[1], facts.panose[3]
    pitch = _FIXED_PITCH if proportion == _MONOSPACED else _VARIABLE_PITCH
    return pitch | (_ROMAN if serif in _SERIFS else _SWISS if serif in _SANS else 0)


_EOT_VERSION = 0x00020002
_EOT_MAGIC = 0x504C
_EOT_FLAGS = 0
"""The flags of a font that is neither a subset nor compressed nor obfuscated."""
_ANSI_CHARSET = 0
_ROOT_STRING_KEY = 0x50475342
"""The checksum of a root string, which names the sites that may use a font: the sum of its bytes XOR this. Here the
string is empty."""
_CODE_PAGE = 1252
"""Of end-user-defined characters, of which there are none; LibreOffice writes the same."""
_HEADER = struct.Struct("<4I10s2BI2H6II16x2x")
_TAIL = struct.Struct("<H2I2H2I")
_FAMILY, _STYLE, _FULL, _VERSION = 1, 2, 4, 5


def _embedded_opentype(data: bytes, facts: _FontFacts) -> bytes:
    """Write the Embedded OpenType file (W3C submission of 2008) around a whole font."""
    names = b"".join(_written(facts.names.get(name, "")) for name in (_FAMILY, _STYLE, _VERSION, _FULL))
    tail = _TAIL.pack(0, _ROOT_STRING_KEY, _CODE_PAGE, 0, 0, 0, 0)
    size = _HEADER.size + len(names) + len(tail) + len(data)
    header = _HEADER.pack(
        size,
        len(data),
        _EOT_VERSION,
        _EOT_FLAGS,
        facts.panose,
        _ANSI_CHARSET,
        int(facts.is_italic),
        facts.weight,
        facts.licence,
        _EOT_MAGIC,
        *facts.ranges,
        facts.checksum_adjustment,
    )
    return header + names + tail + data


def _written(name: str) -> bytes:
    """Write a name: its size in bytes, its null-terminated text in UTF-16, and padding."""
    text = f"{name}\0".encode("utf-16-le")
    return struct.pack("<H", len(text)) + text + b"\0\0"


_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_WINDOWS, _ENGLISH = 3, 0x409


def _read_facts(data: bytes) -> _FontFacts:
    """Read what a font file says of itself. Raises ``ValueError`` where it is no TrueType file."""
    if data[:4] not in _TRUETYPE:
        raise ValueError("no TrueType file")
    try:
        tables = dict(_tables(data))
        os2 = tables[b"OS/2"]
        (version,) = struct.unpack_from(">H", os2)
        return _FontFacts(
            panose=struct.unpack_from("10s", os2, 32)[0],
            weight=struct.unpack_from(">H", os2, 4)[0],
            is_italic=bool(struct.unpack_from(">H", os2, 62)[0] & 1),
            licence=struct.unpack_from(">H", os2, 8)[0],
            ranges=(*struct.unpack_from(">4I", os2, 42), *(struct.unpack_from(">2I", os2, 78) if version else (0, 0))),
            checksum_adjustment=struct.unpack_from(">I", tables[b"head"], 8)[0],
            names=_names(tables[b"name"]),
        )
    except (struct.error, KeyError) as error:
        raise ValueError("no whole TrueType file") from error


def _tables(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for n in range(count):
        tag, _, start, length = struct.unpack_from(">4s3I", data, 12 + 16 * n)
        yield tag, data[start : start + length]


def _names(table: bytes) -> Mapping[int, str]:
    """Read the names for Windows, English ones before others."""
    _, count, strings = struct.unpack_from(">3H", table)
    names: dict[int, str] = {}
    for n in range(count):
        platform, _, language, name, length, start = struct.unpack_from(">6H", table, 6 + 12 * n)
        if platform == _WINDOWS and (language == _ENGLISH or name not in names):
            names[name] = table[strings + start : strings + start + length].decode("utf-16-be", "replace")
    return names
