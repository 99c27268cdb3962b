"""Words of the file format that several kinds of shapes share. Knows no item of the plan but its box."""

from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from raportti.plan import Box
from raportti.units import EMU_PER_PT, Emu

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_IDS = UUID("5f0c1f0e-6f3c-5d0b-8c39-3a1a3f4a7c52")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def attribute(text: str) -> str:
    """Write text as it stands between the double quotes of an attribute."""
    return escape(text, _IN_ATTRIBUTE)


def guid(name: str) -> str:
    """Make an id that is the same whenever its name is, in the form of the format: ``{XXXXXXXX-…}``."""
    return f"{{{str(uuid5(_IDS, name)).upper()}}}"


def hundredths(length: Emu) -> int:
    """Give a length in hundredths of a point, the unit of ST_TextFontSize and ST_TextSpacingPoint."""
    return round(length * 100 / EMU_PER_PT)


def solid(colour: str) -> str:
    """Fill evenly."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def place(box: Box, prefix: str = "a") -> str:
    """Say where a shape lies; a frame says it with the prefix ``p``."""
    inner = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/>'
    return f"<{prefix}:xfrm>{inner}</{prefix}:xfrm>"
