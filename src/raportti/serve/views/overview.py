"""The first page: how far the report is, what is missing and whose it is, what is wrong and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from raportti.problems import Problem
from raportti.problems.messages import severity_of
from raportti.report.figures import Figures, Unfinished, decimal_comma, figures_of, unfinished_goals
from raportti.report.model import Guideline, Report, Strategy
from raportti.serve.views.pages import sheet, style_address
from raportti.serve.web.app import fragment, page, workspace_of
from raportti.serve.workspace import NoPages


@dataclass(frozen=True, slots=True)
class Figured:
    """A strategy or guideline with its figures, and how many of its goals lack something."""

    name: str
    figures: Figures
    unfinished: int

    @property
    def average(self) -> str:
        """The average as it is printed."""
        return "–" if self.figures.average is None else decimal_comma(self.figures.average)


@dataclass(frozen=True, slots=True)
class FiguredStrategy:
    """A strategy with its guidelines."""

    whole: Figured
    guidelines: tuple[Figured, ...]


async def show_overview(request: Request) -> Response:
    """Show the overview; it needs no page drawn."""
    return await request.app.state.run(_show_overview, request)


def _show_overview(request: Request) -> Response:
    workspace = workspace_of(request)
    opened = workspace.opened
    report = opened.reports[opened.languages[0]]
    missing = unfinished_goals(report)
    return page(
        request,
        "overview.html.j2",
        strategies=list(_figured(report, missing)),
        missing=missing,
        unfinished=sum(map(len, missing.values())),
        goals=len(report.goals),
        problems=[Found.of(problem) for problem in opened.problems],
        own=opened.languages[0],
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A problem, and the form that its remedy is at, where it is of one goal."""

    problem: Problem
    severity: str
    goal: str | None

    @classmethod
    def of(cls, problem: Problem) -> "Found":
        """Take a problem as the overview shows it."""
        return cls(problem, severity_of(problem).value, problem.goal)


def _figured(report: Report, missing: Mapping[str | None, tuple[Unfinished, ...]]) -> Iterator[FiguredStrategy]:
    lacking = {one.goal for unit in missing.values() for one in unit}

    def figured(part: Strategy | Guideline) -> Figured:
        return Figured(part.name, figures_of(part.goals), sum(goal.id in lacking for goal in part.goals))

    for strategy in report.strategies:
        yield FiguredStrategy(figured(strategy), tuple(map(figured, strategy.guidelines)))


async def thumbnails(request: Request) -> Response:
    """Show every page small, once the overview is there."""
    return await request.app.state.run(_thumbnails, request)


def _thumbnails(request: Request) -> Response:
    workspace = workspace_of(request)
    try:
        pages = workspace.pages(workspace.main_language)
    except NoPages as none:
        return fragment(request, "no_thumbnails.html.j2", problems=none.problems)
    return fragment(request, "thumbnails.html.j2", pages=pages, sheet=sheet, style=style_address(pages))


ROUTES = [Route("/", show_overview), Route("/thumbnails", thumbnails)]
