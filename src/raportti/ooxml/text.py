"""From the text of a shape or a cell to what it says, however it is broken into lines and runs. Knows no look."""

import re

from raportti.ooxml.edit_xml import A, Element

_BLANKS = re.compile(r"[ \t\xa0]+")
_BREAK = re.compile(r"-?\n")


def said(body: Element | None) -> str:
    """Return the text of all paragraphs, a line each; what the reader fills in, the number of the slide, is left out.

    A break that the layout put into a word, and its hyphen, say nothing.
    """
    if body is None:
        return ""
    paragraphs = ("".join(map(_run, paragraph)) for paragraph in body.iter(f"{A}p"))
    texts = (_BLANKS.sub(" ", _BREAK.sub("", text)).strip() for text in paragraphs)
    return "\n".join(text for text in texts if text)


def _run(run: Element) -> str:
    if run.tag == f"{A}br":
        return "\n"
    return (run.findtext(f"{A}t") or "").replace("\v", "\n") if run.tag == f"{A}r" else ""
