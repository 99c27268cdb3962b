"""From assessed goals to the board's deck and the council's PDF, on measured pages.

>>> import raportti
>>> built = raportti.build("arviointi.csv", out="output", formats=["pptx"])
>>> [path.name for path in built.files]
['arviointi.pptx']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raportti.api import (
        apply,
        build,
        check,
        check_layout,
        diff,
        export,
        import_deck,
        import_file,
        inspect_deck,
        left_of_sample,
        new_layout,
        new_report,
        new_source,
        not_in_summaries,
        plan_pages,
        pull,
        read_report,
        refresh,
        set_goal,
        show_layout,
    )
    from raportti.problems import MissingTool, Problem, ProblemsFound
    from raportti.problems.messages import describe
    from raportti.workflows.build import Builder
    from raportti.workflows.edit import GoalEdit
    from raportti.workflows.new_report import NewReport

__all__ = [
    "Builder", "GoalEdit", "MissingTool", "NewReport", "Problem", "ProblemsFound", "apply", "build", "check",
    "check_layout", "describe", "diff", "export", "import_deck", "import_file", "inspect_deck", "left_of_sample",
    "new_layout", "new_report", "new_source", "not_in_summaries", "plan_pages", "pull", "read_report", "refresh",
    "set_goal", "show_layout",
]  # fmt: skip

_ELSEWHERE = {
    "Builder": "workflows.build",
    "GoalEdit": "workflows.edit",
    "MissingTool": "problems",
    "NewReport": "workflows.new_report",
    "Problem": "problems",
    "ProblemsFound": "problems",
    "describe": "problems.messages",
}
"""Name → module, of those that are not in ``api``."""


def __getattr__(name: str) -> object:
    """Load a name when it is used: the process that draws the PDF needs none of them."""
    if name in __all__:
        return getattr(import_module(f"raportti.{_ELSEWHERE.get(name, 'api')}"), name)
    raise AttributeError(name)
