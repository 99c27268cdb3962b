"""The child that reads files from elsewhere: a task as JSON on stdin, one answer as JSON on stdout.

Bounds its own time and memory before anything is read. Does not know browsers, and gives back plain data only: what
read a file that was made to do harm is not to be trusted with more.
"""

import base64
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

if sys.platform != "win32":
    import resource

from raportti.problems import (
    CellPlace,
    FilePlace,
    MissingTool,
    Place,
    Problem,
    ProblemsFound,
    RowPlace,
    SlidePlace,
    TextPlace,
    renamed,
)
from raportti.report.json import report_as_json
from raportti.report.model import Report

Json: TypeAlias = dict[str, Any]
MEMORY = 1 << 30
"""Bytes of memory; what reads the largest real file takes a third of it."""
LARGEST_ANSWER = 100 * 1024 * 1024
_NEW = "uusi"
"""A folder that is not there, for the names of a new source's files."""
OUT_OF_MEMORY = 12
"""The status with which the child ends where its memory does not suffice."""
_PLACES: Mapping[str, type[Place]] = {
    kind.__name__: kind for kind in (FilePlace, TextPlace, RowPlace, CellPlace, SlidePlace)
}


def main() -> None:
    """Answer one task."""
    bound(int(sys.argv[1]))
    answers = _claim_stdout()
    task: Json = json.load(sys.stdin)
    try:
        answer = json.dumps(_answer(task)).encode()
    except MemoryError:
        sys.stderr.flush()
        os._exit(OUT_OF_MEMORY)
    answers.write(answer)
    answers.flush()


def bound(seconds: int) -> None:
    """Let the system end this process where it takes more time or memory; Windows has no such bounds."""
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: LARGEST_ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    for kind, limit in limits.items():
        with suppress(ValueError, OSError):  # a lower one is set already, or this system knows none
            resource.setrlimit(kind, (limit, limit))


def _claim_stdout() -> BinaryIO:
    """Keep stdout for the answer: whatever libraries print goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _answer(task: Json) -> Json:
    """Do what is asked; problems name the file as its user does, not where it lies."""
    try:
        return _JOBS[task["job"]](task)
    except ProblemsFound as found:
        return {"kind": "problems", "problems": _told(found.problems, task)}
    except MissingTool as missing:
        return {"kind": "problems", "problems": _told((missing.problem,), task)}


def _changes(task: Json) -> Json:
    """Say what a file changes in the source; of a deck that is not one of the source's, what source it makes."""
    file, source = Path(task["file"]), Path(task["source"])
    if file.suffix in (".pdf", ".txt"):
        return _new_source(task)
    if file.suffix == ".pptx":
        return _deck_changes(task)
    from raportti.source.loading import IN_WORDS, load
    from raportti.source.options import DRAFT
    from raportti.workflows.returned_file import changes_in_file

    brought = changes_in_file(source, file)
    known = load(source, DRAFT).languages
    new = (IN_WORDS[language] for language in brought.theirs if language not in known)
    left_out = tuple(Problem("file-new-language", FilePlace(str(file)), {"what": what}) for what in new)
    return _brought(brought.base, brought.theirs, (*brought.warnings, *left_out), task, is_deck=False)


_OF_ANOTHER = frozenset({"deck-not-ours", "deck-of-other-report", "deck-stamp-broken"})


def _deck_changes(task: Json) -> Json:
    from raportti.workflows.decks import changes_in_deck

    try:
        brought = changes_in_deck(Path(task["source"]), Path(task["file"]))
    except ProblemsFound as found:
        kinds = {problem.kind for problem in found.problems}
        if not kinds <= _OF_ANOTHER:
            raise
        answer = _new_source(task)
        told = [problem for problem in found.problems if problem.kind != "deck-not-ours"]
        return {**answer, "remarks": [*_told(told, task), *answer["remarks"]]}
    return _brought(brought.base, brought.theirs, brought.warnings, task, is_deck=True)


def _brought(
    base: Mapping[str, Report],
    theirs: Mapping[str, Report],
    warnings: tuple[Problem, ...],
    task: Json,
    *,
    is_deck: bool,
) -> Json:
    return {
        "kind": "changes",
        "base": _reports(base),
        "theirs": _reports(theirs),
        "remarks": _told(warnings, task),
        "isDeck": is_deck,
    }


def _new_source(task: Json) -> Json:
    """Make a new source of a deck; nothing is written."""
    from raportti.layout.theme.folder import read_theme
    from raportti.workflows.decks import import_deck

    file = Path(task["file"])
    words = {language: texts.by_key() for language, texts in read_theme(Path(task["layout"])).words.items()}
    made = import_deck(file, file.parent / _NEW, words)
    return {
        "kind": "source",
        "files": {path.name: data.decode() for path, data in made.files.items()},
        "report": _reports({made.report.language: made.report}),
        "remarks": _told(made.remarks, task),
        "isExact": made.is_exact,
    }


def _report(task: Json) -> Json:
    """Say what a file says, in the languages that are asked for."""
    file = Path(task["file"])
    if file.suffix in (".pptx", ".pdf", ".txt"):
        answer = _changes(task) if file.suffix == ".pptx" else _new_source(task)
        return {"kind": "report", "reports": answer.get("theirs") or answer["report"], "remarks": answer["remarks"]}
    from raportti.source.loading import load_all
    from raportti.source.options import LoadOptions

    loaded = load_all(file, LoadOptions(tuple(task["languages"]), allow_missing=True, is_draft=True))
    reports = {source.report.language: source.report for source in loaded}
    return {"kind": "report", "reports": _reports(reports), "remarks": _told(loaded[0].warnings, task)}


def _refreshed(task: Json) -> Json:
    """Bring the source into a deck, and give its new bytes."""
    from raportti.report.merge import Keep
    from raportti.workflows.decks import refresh

    deck, layout = Path(task["file"]), Path(task["layout"])
    keep: str | dict[str, str] | None = task["keep"]
    of_each = {name: Keep(side) for name, side in keep.items()} if isinstance(keep, dict) else None
    refreshed = refresh(
        Path(task["source"]),
        deck,
        Keep(keep) if isinstance(keep, str) else of_each,
        lambda _: layout,
        cache=Path(task["cache"]),
        is_draft=None,
        on_stage=lambda _: None,
    )
    return {
        "kind": "deck",
        "data": base64.b64encode(refreshed.files.get(deck, deck.read_bytes())).decode(),
        "slides": [
            {"fate": one.fate.value, "number": one.number, "title": one.title, "parts": list(one.parts)}
            for one in refreshed.slides
        ],
        "remarks": _told(refreshed.remarks, task),
    }


_JOBS = {"changes": _changes, "report": _report, "refresh": _refreshed}


def _reports(reports: Mapping[str, Report]) -> Json:
    return {language: report_as_json(report) for language, report in reports.items()}


def _told(problems: tuple[Problem, ...] | list[Problem], task: Json) -> list[Json]:
    named = (renamed(problem, task["file"], task["label"]) for problem in problems)
    folder = str(Path(task["file"]).parent / _NEW)
    return [problem_as_json(renamed(problem, folder + os.sep, "")) for problem in named]


def problem_as_json(problem: Problem) -> Json:
    """Return a problem as values for JSON."""
    return {
        "kind": problem.kind,
        "place": _value_as_json(problem.place),
        "values": {key: _value_as_json(value) for key, value in problem.values.items()},
        "goal": problem.goal,
    }


def _value_as_json(value: object) -> object:
    if isinstance(value, tuple(_PLACES.values())):
        place = {field.name: getattr(value, field.name) for field in fields(cast("Any", value))}
        return {"place": type(value).__name__, **place}
    if isinstance(value, (list, tuple)):
        return [_value_as_json(item) for item in cast("list[object]", value)]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def problem_from_json(values: Json) -> Problem:
    """Return the problem that values say; raises ``ValueError``, ``KeyError`` or ``TypeError`` where they say none."""
    given = {str(key): _value_from_json(value) for key, value in values["values"].items()}
    place = _value_from_json(values["place"])
    if not (place is None or isinstance(place, tuple(_PLACES.values()))):
        raise TypeError(place)
    goal = values["goal"]
    return Problem(str(values["kind"]), place, given, None if goal is None else str(goal))


def _value_from_json(value: object) -> object:
    match value:
        case dict():
            place = dict(cast("Json", value))
            return _place(_PLACES[place.pop("place")], place)
        case list():
            return tuple(_value_from_json(item) for item in cast("list[object]", value))
        case None | str() | int() | float():
            return value
        case _:
            raise TypeError(value)


_NUMBERS = frozenset({"line", "row", "slide"})


def _place(kind: type[Place], values: Json) -> Place:
    is_text = kind is TextPlace
    for name, value in values.items():
        wants_number = name in _NUMBERS or (is_text and name == "column")
        if not (isinstance(value, int) if wants_number else value is None or isinstance(value, str)):
            raise TypeError(value)
    return kind(**values)


if __name__ == "__main__":
    main()
    sys.stderr.flush()
    os._exit(0)
