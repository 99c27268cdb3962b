"""From a paragraph, or all paragraphs of a shape or a cell, to its text: the one reading of runs, fields and breaks.

Does not know how the text looks. A break is a line feed; a no-break space is a letter as any other, which people set.
"""

import re
from xml.etree.ElementTree import Element

from raportti.ooxml.xml import A

RUNS = (f"{A}r", f"{A}fld", f"{A}br")
_VERTICAL_TAB = "_x000B_"
"""A break as python-pptx and old versions of PowerPoint write it: XML cannot hold the character itself."""
_LINE_FEEDS, _BLANKS = re.compile(r"[\r\n]+"), re.compile(r"[ \t]+")
_DIVISION = re.compile(r"-?\n")


def run_text(run: Element) -> str:
    """Return the text of a run, a field or a break, tabs as they are; of any other element nothing."""
    if run.tag == f"{A}br":
        return "\n"
    text = (run.findtext(f"{A}t") or "") if run.tag in RUNS else ""
    # A line feed in the text of a run is white space like any other.
    return _LINE_FEEDS.sub(" ", text).replace(_VERTICAL_TAB, "\n")


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph, its white space as one space.

    The number of the slide is left out: the program that shows the slide fills it in.
    """
    runs = (run for run in paragraph if run.get("type") != "slidenum")
    lines = "".join(map(run_text, runs)).split("\n")
    return "\n".join(_BLANKS.sub(" ", line) for line in lines).strip(" \n")


def text_of(body: Element | None) -> str:
    """Return what all paragraphs of a body say, a line each, however the layout broke them.

    A break, and the hyphen before it, are taken for the layout's: the text tells whether two bodies say the same, and
    is no text to keep.
    """
    if body is None:
        return ""
    texts = (_DIVISION.sub("", paragraph_text(paragraph)).strip() for paragraph in body.iter(f"{A}p"))
    return "\n".join(_BLANKS.sub(" ", text) for text in texts if text)
