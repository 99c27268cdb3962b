"""From figures as WeasyPrint tags them to figures that say where they are on their page (ISO 32000-1, 14.8.5.4.3).

Knows PDF's structure tree as WeasyPrint makes it.
"""

from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

from raportti.render.pdf.structure import Structure

_pydyf = cast(Any, pydyf)
_PT_PER_PX = 0.75


def finish_figures(structure: Structure) -> None:
    """Give the box of each figure in points from the bottom of its page: WeasyPrint says pixels from the top."""
    for section in structure.sections:
        for tag in structure.walk(section):
            if tag["S"] == "/Figure":
                _, _, _, height = structure.at(tag["Pg"])["MediaBox"]
                left, top, right, bottom = (side * _PT_PER_PX for side in tag["A"]["BBox"])
                tag["A"]["BBox"] = _pydyf.Array((left, height - bottom, right, height - top))
