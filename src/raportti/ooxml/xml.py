"""From the bytes of a part to its tree, for reading or for editing, and back; and the names that the formats use.

Does not know shapes or sheets. A tree for reading has the names of the transitional form, whichever form its part has.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from raportti.units import EMU_PER_PT, Emu

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14_MAIN = "http://schemas.microsoft.com/office/powerpoint/2010/main"
A16_MAIN = "http://schemas.microsoft.com/office/drawing/2014/main"

A = f"{{{DRAWING}}}"
C = f"{{{CHART}}}"
P = f"{{{PRESENTATION}}}"
S = f"{{{SPREADSHEET}}}"
R = f"{{{RELATIONSHIPS}}}"
P14 = f"{{{P14_MAIN}}}"
DC = "{http://purl.org/dc/elements/1.1/}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
ROW_ID = f"{{{A16_MAIN}}}rowId"
"""The element that names a row of a table: PowerPoint keeps it where rows are moved."""

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_IDS = UUID("5f0c1f0e-6f3c-5d0b-8c39-3a1a3f4a7c52")
_IN_ATTRIBUTE = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def attribute(text: str) -> str:
    """Write text as it stands between the double quotes of an attribute."""
    return escape(text, _IN_ATTRIBUTE)


def guid(name: str) -> str:
    """Make an id that is the same whenever its name is, in the form of the format: ``{XXXXXXXX-…}``."""
    return f"{{{str(uuid5(_IDS, name)).upper()}}}"


_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>")
_STRICT = re.compile(rb"""(xmlns(?::[\w.-]+)?=["'])http://purl\.oclc\.org/ooxml/(\w+)(?=/)""")
"""A namespace of ISO/IEC 29500 Strict, in which PowerPoint can save too: that of the transitional form has a year."""


def require_no_entities(data: bytes) -> None:
    """Raise ``ValueError`` where a part declares entities.

    No part may (ECMA-376-2, 8.3): they would be other words to each program that reads it, and make a small file grow
    without end.
    """
    if _DOCTYPE.search(_as_utf8(data)):
        raise ValueError("DOCTYPE")


def is_strict(data: bytes) -> bool:
    """Return whether a part has the names of the strict form."""
    return _STRICT.search(_as_utf8(data)) is not None


def read_tree(data: bytes) -> ElementTree.Element:
    """Parse a part for reading, of either form; nothing that it names is opened.

    Raises ``SyntaxError`` or ``ValueError`` where it is not XML that a part may have.
    """
    data = _as_utf8(data)
    require_no_entities(data)
    return ElementTree.fromstring(_STRICT.sub(rb"\1http://schemas.openxmlformats.org/\2/2006", data))


def _as_utf8(data: bytes) -> bytes:
    """Return XML in the one encoding in which it is searched; a part may be in UTF-16 too (ECMA-376-2, 8.3)."""
    if not data.startswith(_UTF16_MARKS):
        return data
    return _DECLARATION.sub("", data.decode("utf-16")).encode()


Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""


@cache
def _lxml() -> Any:
    # Imported here: 20 ms, and only what changes a part needs it. It keeps the prefixes, which ElementTree rewrites.
    import lxml.etree as etree  # pyright: ignore[reportMissingTypeStubs]

    return etree


def parsed(data: bytes) -> Element:
    """Parse a part for editing; nothing that it names is opened. Raises ``SyntaxError`` where it is not XML."""
    etree = _lxml()
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def written(root: Element) -> bytes:
    """Write a tree as a part."""
    return _lxml().tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def canonical(element: Element) -> bytes:
    """Return what is the same for elements that say the same: no prefixes out of use, attributes in order."""
    return _lxml().tostring(element, method="c14n", exclusive=True, with_tail=False)


def is_same(one: Element, other: Element) -> bool:
    """Return whether two elements say the same."""
    return canonical(one) == canonical(other)


def clone(element: Element) -> Element:
    """Copy an element with the namespaces that it uses, so that it can stand in another tree."""
    return parsed(_lxml().tostring(element, with_tail=False))


def put_in_place(old: Element, new: Element) -> None:
    """Put an element where another stands."""
    old.getparent().replace(old, new)


def children(element: Element, *names: str) -> Iterator[Element]:
    """Give the children that have one of the names."""
    return (child for child in list(element) if child.tag in names)


LONGEST = 2**31
"""The largest length that the format can write; a broken file may say more, and no length is added to without end."""
_TRUE = ("1", "true", "on")


def number(element: ElementTree.Element | None, key: str) -> int | None:
    """Read a whole number; None where there is none."""
    text = element.get(key) if element is not None else None
    try:
        return max(-LONGEST, min(LONGEST, int(text))) if text is not None else None
    except ValueError:
        return None


def length(element: ElementTree.Element | None, key: str, default: Emu = 0) -> Emu:
    """Read a length."""
    value = number(element, key)
    return default if value is None else value


def flag(element: ElementTree.Element | None, key: str) -> bool | None:
    """Read a yes or no; None where there is neither."""
    text = element.get(key) if element is not None else None
    return None if text is None else text in _TRUE


def is_merged(cell: ElementTree.Element) -> bool:
    """Return whether a cell of a table spans others, or is spanned (ECMA-376-1, 21.1.3.16)."""
    spans = ((number(cell, name) or 1) > 1 for name in ("gridSpan", "rowSpan"))
    return any(spans) or any(flag(cell, name) for name in ("hMerge", "vMerge"))


def share(text: str | None, default: float = 1.0) -> float:
    """Read a percentage: thousandths (``90000``), or as the strict form of the format writes it (``90%``)."""
    try:
        if text is None:
            return default
        return float(text[:-1]) / 100 if text.endswith("%") else int(text) / 100_000
    except ValueError:
        return default


def first_value(elements: Iterable[ElementTree.Element], key: str) -> str | None:
    """Return the attribute of the first element that has it."""
    return next((value for element in elements if (value := element.get(key)) is not None), None)


def first_number(elements: Iterable[ElementTree.Element], key: str) -> int | None:
    """Return the whole number of the first element that has it."""
    return next((value for element in elements if (value := number(element, key)) is not None), None)


def first_flag(elements: Iterable[ElementTree.Element], key: str) -> bool:
    """Return the yes or no of the first element that has it, else no."""
    return next((value for element in elements if (value := flag(element, key)) is not None), False)


def first_child(elements: Iterable[ElementTree.Element], *tags: str) -> ElementTree.Element | None:
    """Return the child with one of the tags, of the first element that has any."""
    return next((child for element in elements for child in element if child.tag in tags), None)


TREE_ROOT = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
"""What every tree of shapes begins with: the group that they are all in."""


def hundredths(length: Emu) -> int:
    """Return a length in hundredths of a point, the unit of ST_TextFontSize and ST_TextSpacingPoint."""
    return round(length * 100 / EMU_PER_PT)


def solid(colour: str) -> str:
    """Write an even fill."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
