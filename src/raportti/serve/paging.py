"""From a report to its pages as a browser shows them: the renderer's own sheets, apart, with their style sheet.

Decides nothing of how a page looks, and knows no request. Headings go one level down and ids get the language in front,
since a view has a heading of its own and may show two languages beside each other; neither moves a line. A sheet is
remembered by what is on it, so that after an edit only the pages that it changed are drawn.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from threading import Lock

import tinycss2

from raportti.layout.theme.folder import Layout
from raportti.plan import Page, PageKind, Plan
from raportti.plan.diff import fingerprints_of
from raportti.render.html.css import quoted
from raportti.render.html.page import HtmlLayout, render
from raportti.text.fonts import FontBook
from raportti.units import as_pt

SHEETS = ".sheets"
"""The class of what sheets stand in: their style sheet reaches nothing else."""
_HEADING = re.compile(r"<(/?)h([1-5])\b")
_BOOKMARK = re.compile(r' data-label="[^"]*"')
_ID = re.compile(r' (id|headers)="([^"]*)"')
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_HASH = 16
_ALONE = ".page.page{margin:0;outline:0}"
"""A sheet fills what it stands in: the distances that a layout puts between sheets in a browser are the app's here."""
MOST_SHEETS = 4000
"""Sheets that are remembered: some 5 kB each."""
_OUTSIDE = frozenset({"font-face", "page", "import", "charset", "namespace"})
"""At-rules that may not stand within another rule (CSS Nesting 1), or are of paper."""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """Where a row of a goal lies on a page, in points from the top left."""

    goal: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page for a browser: ``html`` is its sheet, ``hash`` changes with it, ``key`` names what it is a page of."""

    number: int
    kind: str
    title: str
    key: str
    html: str = field(repr=False)
    hash: str
    fingerprint: str
    """Of the content without the page's number: the same where a page only moved."""
    rows: tuple[GoalRow, ...]
    strategy: str | None
    guideline: str | None

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals whose rows stand on this page, each once."""
        return tuple(dict.fromkeys(row.goal for row in self.rows)) if self.kind == PageKind.TABLE.value else ()


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a report in one language; lengths are points."""

    language: str
    width: float
    height: float
    pages: tuple[ShownPage, ...]
    style: str = field(repr=False)
    style_hash: str

    def pages_of(self, goal: str) -> tuple[int, ...]:
        """Return the numbers of the pages on which a goal stands."""
        return tuple(page.number for page in self.pages if goal in page.goals)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that the pages are set in; its name has a hash of it."""

    name: str
    family: str
    bold: bool
    data: bytes = field(repr=False)


def font_files(fonts: FontBook) -> tuple[FontFile, ...]:
    """Name the fonts of a layout for the browser, so that it may keep them."""
    return tuple(
        FontFile(f"{sha256(font.data).hexdigest()[:_HASH]}.ttf", font.family, font.bold, font.data)
        for font in fonts.fonts
    )


class Drawer:
    """Draws plans in the look of one layout; sheets that are as before are not drawn again. Safe between threads."""

    def __init__(self, layout: Layout) -> None:
        self._layout = HtmlLayout(layout.html, layout.style)
        self._sheets: dict[tuple[str, int, str], str] = {}
        self._rules: dict[str, None] = {}
        self._lock = Lock()

    def pages(self, plan: Plan) -> Pages:
        """Draw a plan and part the drawing into its sheets. Raises ``ProblemsFound`` where a template is wrong."""
        prints = tuple(fingerprints_of(plan).items())
        language = plan.properties.language
        names = [(language, page.number, print_) for page, (_, print_) in zip(plan.pages, prints, strict=True)]
        with self._lock:
            new = [(page, name) for page, name in zip(plan.pages, names, strict=True) if name not in self._sheets]
            if new:
                self._draw(replace(plan, pages=tuple(page for page, _ in new)), [name for _, name in new])
            sheets = [self._sheets[name] for name in names]
            style = self.style
        pages = map(_shown, plan.pages, prints, sheets)
        return Pages(language, as_pt(plan.width), as_pt(plan.height), tuple(pages), style, _hash(style))

    @property
    def style(self) -> str:
        """The style sheet of all sheets drawn so far.

        Rules are named by what they say, so a later one serves earlier pages too.
        """
        return f"{SHEETS}{{\n" + "\n".join((*self._rules, _ALONE)) + "\n}\n"

    def _draw(self, plan: Plan, names: Sequence[tuple[str, int, str]]) -> None:
        drawn = _Parts(render(plan, self._layout, ()))
        if len(self._sheets) > MOST_SHEETS:
            self._sheets.clear()
        self._sheets |= zip(
            names, (_for_browsers(sheet, plan.properties.language) for sheet in drawn.sheets), strict=True
        )
        self._rules |= dict.fromkeys(rules_within_sheets(drawn.style))


def font_rules(fonts: tuple[FontFile, ...]) -> str:
    """Write the rules by which a browser finds the fonts; they stand outside of what is nested."""
    return "\n".join(
        f"@font-face{{font-family:{quoted(font.family)};font-weight:{700 if font.bold else 400};"
        f'src:url("/fonts/{font.name}")format("truetype")}}'
        for font in fonts
    )


def _shown(page: Page, keyed: tuple[str, str], sheet: str) -> ShownPage:
    return ShownPage(
        number=page.number,
        kind=page.kind.value,
        title=page.title,
        key=keyed[0],
        html=sheet,
        hash=_hash(sheet),
        fingerprint=keyed[1],
        rows=tuple(_rows(page)),
        strategy=page.strategy,
        guideline=page.guideline,
    )


def _for_browsers(sheet: str, language: str) -> str:
    """Fit a sheet into a page of the app: headings go down, ids get the language, bookmarks of a PDF are left out."""

    def prefixed(found: re.Match[str]) -> str:
        return f' {found[1]}="{" ".join(f"{language}-{name}" for name in found[2].split())}"'

    lower = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}", sheet)
    return _ID.sub(prefixed, _BOOKMARK.sub("", lower))


def _rows(page: Page) -> Iterator[GoalRow]:
    table = page.table
    for row in table.rows if table else ():
        if row.goal is not None and table is not None:
            yield GoalRow(row.goal, *map(as_pt, (table.box.x, row.y, sum(table.columns), row.h)))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]


def rules_within_sheets(style: str) -> Iterator[str]:
    """Yield the rules of a style sheet that may stand within a rule for ``SHEETS``; those for paper and fonts may not.

    What a layout says of the whole page (``html``, ``body``, ``:root``) then reaches nothing: around the sheets the app
    looks as it does.
    """
    for rule in tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" or (rule.type == "at-rule" and rule.lower_at_keyword not in _OUTSIDE):
            yield rule.serialize()


class _Parts(HTMLParser):
    """Parts a drawn document into its style sheet and its sheets: the elements of the class ``page`` in the body."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[str] = []
        self.style = ""
        self._html = html
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self._open: list[str] = []
        self._begin: tuple[int, int] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        if self._begin is None and "page" in classes:
            self._begin = (self._at(), len(self._open))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if self._begin and len(self._open) == self._begin[1]:
            end = self._html.index(">", self._at()) + 1
            self.sheets.append(self._html[self._begin[0] : end])
            self._begin = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "style":
            self.style += data

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def changed_since(before: Pages, pages: Pages) -> Mapping[int, int]:
    """Return the numbers of pages whose content differs from what it was, each with its number then; 0: it is new."""
    then = {page.key: page for page in before.pages}
    differ = (page for page in pages.pages if page.key not in then or then[page.key].fingerprint != page.fingerprint)
    return {page.number: then[page.key].number if page.key in then else 0 for page in differ}
