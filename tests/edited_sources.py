"""Sources to edit: copies, reports written as new sources, and edits put into their files."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from planning import DEFAULT, default_report
from random_edits import with_goal
from raportti.report.model import Goal, Report
from raportti.source.rewriting import make_source
from raportti.workflows.edit import Edit, GoalEdit, set_goal

LONG = "Arviota on muutettu, ja siinä on sanoja riittävästi."


def copied(source: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for file in source.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def written(folder: Path, report: Report) -> Path:
    """Write a report as a new source."""
    folder.mkdir(exist_ok=True)
    put(make_source(folder, (report,)))
    return folder


def put(files: Edit | Mapping[Path, bytes]) -> None:
    for path, data in (files.files if isinstance(files, Edit) else files).items():
        path.write_bytes(data)


def goal_of(report: Report, name: str) -> Goal:
    return next(goal for goal in report.goals if goal.id == name)


def conflicting(folder: Path) -> tuple[Path, Path, Report]:
    base = default_report()
    goal = goal_of(base, "H1.1")
    ours = copied(DEFAULT, folder / "ours")
    put(set_goal(ours, GoalEdit("H1.1", score="1")))
    put(set_goal(ours, GoalEdit("H1.2", score="1")))
    theirs = with_goal(base, goal, replace(goal, score=5, assessment=(LONG,)))
    return ours, written(folder / "theirs", theirs), base
