"""From assessed goals to the board's deck and the council's PDF, on measured pages.

>>> import raportti
>>> built = raportti.build("source/arviointi-2024", out="output")  # doctest: +SKIP
>>> [path.name for path in built.files]  # doctest: +SKIP
['yhteisten-tavoitteiden-arviointi.pptx', 'yhteisten-tavoitteiden-arviointi.pdf']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raportti.api import build, check, export, import_deck, inspect_deck, plan_pages

__all__ = ["build", "check", "export", "import_deck", "inspect_deck", "plan_pages"]


def __getattr__(name: str) -> object:
    """Load the Python API when it is asked for: the process that draws the PDF needs none of it."""
    if name in __all__:
        return getattr(import_module("raportti.api"), name)
    raise AttributeError(name)
