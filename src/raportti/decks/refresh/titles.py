"""From the x/n in a title to the one that the data ask for now: it is no text, and people's own words stay around it.

Does not know whose words the title has.
"""

import re

from raportti.ooxml.text import run_text, text_of
from raportti.ooxml.xml import A, Element, clone
from raportti.plan import Page


def part_in_title(page: Page) -> str | None:
    """Return the x/n that a page has in its title, if it has one."""
    return "/".join(map(str, page.part)) if page.part else None


def without_part(text: str, part: str | None) -> str:
    """Return a title without its x/n.

    >>> without_part("Tavoitteet 3/4 (luonnos)", "3/4"), without_part("Tavoitteet", None)
    ('Tavoitteet (luonnos)', 'Tavoitteet')
    """
    rest = text if part is None else _pattern(part).sub("", text, count=1)
    return " ".join(rest.split())


def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?<![\d/]){re.escape(part)}(?![\d/])")


def put_part(shape: Element, old: str | None, new: str | None, fresh: Element | None = None) -> bool:
    """Put an x/n in the place of another into a title; tell whether it has another one now.

    None: no x/n, or none any more. Where there was none, it comes at the end as in ``fresh``, a generated title.
    """
    if old is None:
        has_it = new is None or _pattern(new).search(text_of(shape))
        return not has_it and fresh is not None and _add_part(shape, fresh)
    for paragraph in shape.iter(f"{A}p"):
        runs = [run for run in paragraph if run.tag in (f"{A}r", f"{A}br")]
        found = _pattern(old).search("".join(map(run_text, runs)))
        if found is not None:
            _replace(runs, found.start(), found.end(), None if new is None else f" {new}")
            return old != new
    return False


def _replace(runs: list[Element], start: int, end: int, new: str | None) -> None:
    """Put a text in the place of letters that may be in several runs: into the last of them."""
    at = 0
    for run in runs:
        text = run_text(run)
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        is_last = at >= end
        if run.tag == f"{A}br":
            run.getparent().remove(run)
        else:
            run.find(f"{A}t").text = text[:first] + (new or "" if is_last else "") + text[last:]


def _add_part(shape: Element, fresh: Element) -> bool:
    """Add the last run of a generated title, which is its x/n."""
    paragraphs, runs = list(shape.iter(f"{A}p")), list(fresh.iter(f"{A}r"))
    if not paragraphs or not runs:
        return False
    run = clone(runs[-1])
    run.find(f"{A}t").text = f" {run_text(run).strip()}"
    others = paragraphs[-1].findall(f"{A}r")
    if others:
        others[-1].addnext(run)
    else:
        paragraphs[-1].insert(len(paragraphs[-1].findall(f"{A}pPr")), run)
    return True
