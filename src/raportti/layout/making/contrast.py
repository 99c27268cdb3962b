"""From a layout's folder to the texts that cannot be read on what its template really draws.

Does not know how the layout was made: a template may have been changed since.
"""

from collections.abc import Iterator
from pathlib import Path

from raportti.content.records import STYLES
from raportti.layout.making.brand import read_brand
from raportti.layout.making.colours import worst
from raportti.layout.making.copies import with_empty_slides
from raportti.layout.making.drawing import drawn_slides
from raportti.layout.making.ground import Ground
from raportti.layout.making.places import place_of
from raportti.layout.theme import BODY, BOX_OF_STYLE, COVER_DRAFT, FILE, GROUNDS, Theme
from raportti.layout.theme.folder import read_theme
from raportti.ooxml.package import open_parts
from raportti.problems import FilePlace, Problem
from raportti.text.legibility import contrast_needed


def drawn_contrasts(folder: Path) -> Iterator[Problem]:
    """Find the styles with too little contrast. Raises ``ProblemsFound`` and ``MissingTool``."""
    theme = read_theme(folder)
    parts = open_parts(folder / theme.template.file)
    names = {theme.template.layouts["cover"], theme.template.layouts["table"]}
    layouts = tuple(layout for layout in read_brand(parts).layouts if layout.name in names)
    pictures = drawn_slides(with_empty_slides(parts, layouts))
    grounds = {layout.name: Ground(picture) for layout, picture in zip(layouts, pictures, strict=False)}
    yield from _low_contrasts(theme, grounds)


def _low_contrasts(theme: Theme, grounds: dict[str, Ground]) -> Iterator[Problem]:
    boxes = theme.boxes._asdict()
    for key in STYLES:
        box = BOX_OF_STYLE.get(key, BODY)
        on_cover = box.startswith("cover")
        ground = grounds.get(theme.template.layouts["cover" if on_cover else "table"])
        if ground is None or (key in GROUNDS and not on_cover):
            continue
        style = theme.styles[key][-1]
        colours = ground.extremes(place_of(boxes["draft" if box == COVER_DRAFT else box]))
        ratio, needed = worst(style.colour, colours), contrast_needed(style.size, bold=style.bold)
        if ratio < needed:
            values = {"key": f"styles.{key}", "value": style.colour, "other": " – ".join(colours)}
            values |= {"ratio": int(ratio * 10) / 10, "needed": needed}
            yield Problem("layout-contrast", FilePlace(str(theme.folder / FILE)), values)
