"""The messages between the writer and its child: a part is its length in eight bytes, then its bytes.

Knows nothing of what they say.
"""

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">Q")


def write_part(stream: BinaryIO, data: bytes) -> None:
    """Write one part."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def read_part(stream: BinaryIO) -> bytes:
    """Read one part; raises ``EOFError`` where the stream ends before it does."""
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    return _read(stream, length)


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError(f"{len(data)} of {length} bytes")
    return data
