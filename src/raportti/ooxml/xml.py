"""The words of PresentationML and DrawingML, and values as their attributes write them. Knows no shapes."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from raportti.units import Emu

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"

LONGEST = 2**31
"""The largest length that the format can write; a broken file may say more, and no length is added to without end."""
_TRUE = ("1", "true", "on")


def number(element: Element | None, key: str) -> int | None:
    """Read a whole number; None where there is none."""
    text = element.get(key) if element is not None else None
    try:
        return max(-LONGEST, min(LONGEST, int(text))) if text is not None else None
    except ValueError:
        return None


def length(element: Element | None, key: str, default: Emu = 0) -> Emu:
    """Read a length."""
    value = number(element, key)
    return default if value is None else value


def flag(element: Element | None, key: str) -> bool | None:
    """Read a yes or no; None where there is neither."""
    text = element.get(key) if element is not None else None
    return None if text is None else text in _TRUE


def share(text: str | None, default: float = 1.0) -> float:
    """Read a percentage: thousandths (``90000``), or as the strict form of the format writes it (``90%``)."""
    try:
        if text is None:
            return default
        return float(text[:-1]) / 100 if text.endswith("%") else int(text) / 100_000
    except ValueError:
        return default


def first_value(elements: Iterable[Element], key: str) -> str | None:
    """Return the attribute of the first element that has it."""
    return next((value for element in elements if (value := element.get(key)) is not None), None)


def first_number(elements: Iterable[Element], key: str) -> int | None:
    """Return the whole number of the first element that has it."""
    return next((value for element in elements if (value := number(element, key)) is not None), None)


def first_flag(elements: Iterable[Element], key: str) -> bool:
    """Return the yes or no of the first element that has it, else no."""
    return next((value for element in elements if (value := flag(element, key)) is not None), False)


def first_child(elements: Iterable[Element], *tags: str) -> Element | None:
    """Return the child with one of the tags, of the first element that has any."""
    return next((child for element in elements for child in element if child.tag in tags), None)
