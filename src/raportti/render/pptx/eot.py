"""From a TrueType file to an Embedded OpenType file around it. Knows no deck.

The format is that of the W3C Member Submission "Embedded OpenType (EOT) File Format" of 5 March 2008, version
0x00020002, which PowerPoint writes too; it is little-endian, the font in it big-endian.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

VERSION = 0x00020002
MAGIC = 0x504C
PLAIN = 0
"""The flags: neither a subset nor compressed nor obfuscated."""
ANSI_CHARSET = 0
ROOT_STRING_KEY = 0x50475342
"""The checksum of a root string (the places that may use a font): the sum of its bytes, XOR this; here it is empty."""
_CODE_PAGE = 1252
"""Of characters of the user's own, which there are none of; LibreOffice writes the same."""
_HEADER = struct.Struct("<4I10s2BI2H6II16x2x")
_TAIL = struct.Struct("<H2I2H2I")
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_FAMILY, _STYLE, _FULL, _VERSION = 1, 2, 4, 5
_WINDOWS, _ENGLISH = 3, 0x409


@dataclass(frozen=True, slots=True)
class Facts:
    """What a font file says of itself (OpenType 1.9: OS/2, head, name). ``licence`` is its ``fsType``."""

    panose: bytes
    weight: int
    is_italic: bool
    licence: int
    ranges: tuple[int, ...]
    """Unicode ranges 1 to 4 and code pages 1 and 2."""
    checksum_adjustment: int
    names: Mapping[int, str]


def read_facts(data: bytes) -> Facts:
    """Read what a font file says of itself. Raises ``ValueError`` on what is no TrueType file."""
    if data[:4] not in _TRUETYPE:
        raise ValueError("no TrueType file")
    try:
        tables = dict(_tables(data))
        os2 = tables[b"OS/2"]
        (version,) = struct.unpack_from(">H", os2)
        return Facts(
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


def eot(data: bytes, facts: Facts) -> bytes:
    """Write the Embedded OpenType file around a whole font."""
    names = b"".join(_written(facts.names.get(name, "")) for name in (_FAMILY, _STYLE, _VERSION, _FULL))
    tail = _TAIL.pack(0, ROOT_STRING_KEY, _CODE_PAGE, 0, 0, 0, 0)
    size = _HEADER.size + len(names) + len(tail) + len(data)
    header = _HEADER.pack(
        size,
        len(data),
        VERSION,
        PLAIN,
        facts.panose,
        ANSI_CHARSET,
        int(facts.is_italic),
        facts.weight,
        facts.licence,
        MAGIC,
        *facts.ranges,
        facts.checksum_adjustment,
    )
    return header + names + tail + data


def _written(name: str) -> bytes:
    """Write a name: its size in bytes, its text with a null at the end as Windows has it, and padding."""
    text = f"{name}\0".encode("utf-16-le")
    return struct.pack("<H", len(text)) + text + b"\0\0"
