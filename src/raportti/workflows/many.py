"""From many requests to their outcomes, in the order of the requests, each built by one of several processes.

Does not know how a report is built, nor how an outcome is told. A process builds one report after the other and keeps
the one that draws its PDFs; what is wrong with a report, or with a process, stops no other report.
"""

import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing.util import Finalize
from pathlib import Path

from raportti.problems import MissingTool, Problem, ProblemsFound
from raportti.render.pdf.process import cores
from raportti.workflows.build import Builder, BuildRequest


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request; ``problems`` are warnings, or what stopped it."""

    source: Path
    seconds: float
    problems: tuple[Problem, ...] = ()
    fault: str | None = None
    """What no build should do, and where in the program, in a line."""
    is_built: bool = False
    lacks_tool: bool = False
    """Whether the machine lacks something."""
    pages: int = 0
    goals: int = 0


def build_many(requests: Sequence[BuildRequest], jobs: int | None) -> Iterator[Outcome]:
    """Build reports, at most ``jobs`` at the same time (None: one for each core); yield the outcomes in their order."""
    done, jobs = 0, jobs or cores()
    while done < len(requests):
        # Requests that wait hold nothing, and an outcome is small: the memory does not grow with their number.
        with ProcessPoolExecutor(max_workers=min(jobs, len(requests) - done), initializer=_begin) as pool:
            try:
                futures = [pool.submit(_build, request) for request in requests[done:]]
                for future in futures:
                    yield future.result()
                    done += 1
            except BrokenProcessPool:
                # Somebody ended a process, or the system did, short of memory: it is not known which report it built.
                yield _built_apart(requests[done])
                done += 1


def _built_apart(request: BuildRequest) -> Outcome:
    """Build a report in a process that builds no other, so that its end is that of this report alone."""
    with ProcessPoolExecutor(max_workers=1, initializer=_begin) as pool:
        future: Future[Outcome] = pool.submit(_build, request)
        try:
            return future.result()
        except BrokenProcessPool as error:
            return Outcome(request.source, 0, fault=str(error))


_builders: list[Builder] = []
"""The builder of this process."""


def _begin() -> None:
    builder = Builder(processes=1)
    _builders.append(builder)
    # A process of a pool ends without the end of any block: the one that draws its PDFs is ended, and waited for, here.
    Finalize(None, builder.__exit__, (None, None, None), exitpriority=0)


def _build(request: BuildRequest) -> Outcome:
    """Build a report; whatever goes wrong becomes its outcome."""
    begin = time.perf_counter()
    problems: Sequence[Problem] = ()
    fault, lacks_tool = None, False
    try:
        built = _builders[0].build(request, lambda _: None)
        plans = [planned.plan for planned in built.plans.values()]
        return Outcome(
            request.source,
            time.perf_counter() - begin,
            _portable(built.warnings),
            is_built=True,
            pages=sum(len(plan.pages) for plan in plans),
            goals=len(built.planned.source.report.goals),
        )
    except ProblemsFound as found:
        problems = found.problems
    except MissingTool as missing:
        problems, lacks_tool = [missing.problem], True
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    return Outcome(request.source, time.perf_counter() - begin, _portable(problems), fault, lacks_tool=lacks_tool)


def _portable(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems that can go to another process."""
    plain: Sequence[Mapping[str, object]] = [dict(problem.values) for problem in problems]
    return tuple(replace(problem, values=values) for problem, values in zip(problems, plain, strict=True))
