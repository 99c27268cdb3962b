"""From a zip file to one that has the same bytes whenever and wherever it is made. Knows nothing of what is in it."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""
_COMPRESSION = 6


def repacked(source: io.BytesIO) -> bytes:
    """Pack the files again, in the same order, without times and the system that they were packed on."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
            new.writestr(info, old.read(name), compresslevel=_COMPRESSION)
    return buffer.getvalue()
