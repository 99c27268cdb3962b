"""From the pages with goals of a strategy to its guidelines, by their titles and by the summary. Knows no formats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from raportti.importing.goals import GoalReader
from raportti.importing.pages import Page
from raportti.importing.sections import Kind, Section, figures_of_row
from raportti.importing.words import PART
from raportti.model import Guideline, Published
from raportti.problems import Problem

_NAME = "{linjaus}"


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The guidelines of a strategy, how their titles are made of their names, and what could not be read."""

    guidelines: tuple[Guideline, ...]
    table_title: str
    problems: tuple[Problem, ...]


def guidelines_of(section: Section, reader: GoalReader, id_of: Callable[[int, int], str], strategy: str) -> Guidelines:
    """Read the guidelines; ``id_of`` names a goal by the numbers of guideline and goal."""
    figures = [found for page in section.of(Kind.SUMMARY) for row in page.rows if (found := figures_of_row(row))]
    titles = [_title(section, page, strategy) for page in section.of(Kind.GOALS)]
    tables = [
        (title, [page for page, _ in pages])
        for title, pages in groupby(zip(section.of(Kind.GOALS), titles, strict=True), key=lambda pair: pair[1])
    ]
    names, pattern = _names([title for title, _ in tables], [row[0] for row in figures])
    problems: list[Problem] = []
    made: list[Guideline] = []
    by_name = {row[0]: row for row in figures}
    for number, (name, (title, pages)) in enumerate(zip(names, tables, strict=True), 1):
        if not title:
            kind = "import-title-taken" if name else "import-title-missing"
            problems.append(Problem(kind, pages[0].place, {"value": name or str(number)}))
        goals = reader.goals([row for page in pages for row in page.rows], lambda goal, n=number: id_of(n, goal))
        published = _published(by_name.pop(name, None))
        made.append(Guideline(name or str(number), goals, published))
    summary = next(iter(section.of(Kind.SUMMARY)), None)
    for name in by_name if summary else ():
        problems.append(Problem("import-guideline-missing", summary.place if summary else None, {"value": name}))
    return Guidelines(tuple(made), pattern, tuple(problems))


def _title(section: Section, page: Page, strategy: str) -> str:
    """Return the title of a guideline's table without its part, and without a strategy's name behind it."""
    title = PART.sub("", section.title(page) or "")
    return title.removesuffix(f" ({strategy})")


def _names(titles: Sequence[str], known: Sequence[str]) -> tuple[list[str], str]:
    """Take names out of titles: what the summary names is found at their end; the rest goes by order."""
    prefix = _prefix(titles, known)
    names = [title.removeprefix(prefix) for title in titles]
    free = iter([name for name in known if name not in names])
    return [name or next(free, "") for name in names], f"{prefix}{_NAME}"


def _prefix(titles: Sequence[str], known: Sequence[str]) -> str:
    """Return what all titles have before their names."""
    prefixes = {title[: -len(name)] for title in titles for name in known if name and title.endswith(name)}
    if not known:
        prefixes = {f"{head}: " for title in titles for head, colon, _ in (title.partition(": "),) if colon}
    fitting = [prefix for prefix in prefixes if prefix and all(title.startswith(prefix) for title in titles if title)]
    return max(fitting, key=len, default="") if len([t for t in titles if t]) > 1 or known else ""


def _published(row: tuple[str, ...] | None) -> Published | None:
    if row is None:
        return None
    _, goals, average, yes, partly = row
    number = Decimal(average.replace(",", ".")) if average[0].isdigit() else None
    return Published(goals=int(goals), average=number, yes=int(yes), partly=int(partly))
