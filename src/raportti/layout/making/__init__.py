"""From a brand's template to a layout of one's own: the passes in their order.

Template → facts (``brand``) and pictures of its empty slide layouts (``drawing``, ``ground``) → which of them serve
(``choice``) → where things stand (``places``) → in which colours, fonts and sizes (``colours``, ``faces``, ``styles``)
→ the files of the layout (``copies``, ``writing``). Does not know reports; who asks for a layout tries it with one.
"""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from PIL import Image

from raportti.files import scratch_folder
from raportti.layout.making.brand import FOOTER, NUMBER, Brand, read_brand, slides_in
from raportti.layout.making.choice import COVER, PAGES, Chosen, choose
from raportti.layout.making.colours import WHITE, inks_of, scheme_of
from raportti.layout.making.copies import Naming, Plate, with_empty_slides, with_names
from raportti.layout.making.drawing import SCALE, drawn_slides
from raportti.layout.making.faces import Faces, Index, choose_faces
from raportti.layout.making.ground import Ground, Place
from raportti.layout.making.places import Page, Places, make_places, scale_of
from raportti.layout.making.styles import box_of, made_theme, with_columns
from raportti.layout.making.writing import css_of, toml_of
from raportti.layout.theme import FILE, TemplateNames, Theme
from raportti.layout.theme import PAGES as KINDS
from raportti.layout.theme.check import check_theme
from raportti.layout.theme.folder import HTML, STYLE, read_theme
from raportti.ooxml.package import open_parts
from raportti.ooxml.palette import UNKNOWN
from raportti.problems import Problem, ProblemsFound
from raportti.text.fonts import load_fonts
from raportti.text.measure import Ruler

TEMPLATE = "template.pptx"
GROUNDS = "grounds"
LARGEST_PICTURE = 700_000
"""Bytes of a ground as PNG, above which it is a photograph, and JPEG."""
_QUALITY = 92
NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MadeLayout:
    """A layout that is made and not yet written: its files by their names in its folder, and what there is to tell."""

    files: Mapping[str, bytes]
    names: Mapping[str, str]
    """``cover`` and ``pages`` → the slide layout that was taken, by the template's name for it."""
    reasons: Mapping[str, str]
    told: tuple[Problem, ...]
    """What of the template is not kept, and what stands in for it."""


def make_layout(
    file: Path, folder: Path, base_folder: Path, *, fonts: Index, cache: Path, wanted: Mapping[str, str] = NO_NAMES
) -> MadeLayout:
    """Make the layout ``folder`` of a template; nothing is written.

    ``base_folder`` is the layout that gives words and what no template says, ``wanted`` the names of slide layouts that
    the user chose, by ``cover`` and ``pages``. Raises ``ProblemsFound`` where the template cannot carry a report, and
    ``MissingTool``.
    """
    base = read_theme(base_folder)
    parts = open_parts(file)
    brand, slides = read_brand(parts), slides_in(parts)
    pictures = drawn_slides(with_empty_slides(parts, brand.layouts)) if brand.layouts else ()
    if len(pictures) != len(brand.layouts):
        raise ProblemsFound([Problem("brand-not-drawn", None, {"words": f"{len(pictures)}/{len(brand.layouts)}"})])
    chosen = choose(brand.layouts, tuple(map(Ground, pictures)), wanted)
    pages = {purpose: _page(one) for purpose, one in chosen.items()}
    places = make_places(pages[COVER], pages[PAGES])
    plates = {purpose: Plate(box_of(place), _plate_colour(chosen[purpose])) for purpose, place in places.plates.items()}
    chosen = {purpose: _plated(one, places.plates.get(purpose), plates.get(purpose)) for purpose, one in chosen.items()}
    faces = choose_faces(chosen[PAGES].layout.headings, chosen[PAGES].layout.text, fonts, base.fonts)
    theme = _theme(base, folder, chosen, places, faces, brand)
    theme = _measured(theme, places.scale, faces, cache)
    template = with_names(open_parts(file), _namings(chosen, theme, plates))
    told = (*faces.told, *_left_behind(slides), *(Problem("brand-plate", None, {"what": one}) for one in plates))
    return _made(theme, base_folder, file, chosen, faces, template, told)


def _page(chosen: Chosen) -> Page:
    return Page(chosen, inks_of(chosen.layout), scale_of(chosen.ground))


def _plate_colour(chosen: Chosen) -> str:
    palette = chosen.layout.palette
    colour = palette.scheme.get(palette.names.get("bg1", "lt1"), UNKNOWN)
    return WHITE if colour == UNKNOWN else colour


def _plated(chosen: Chosen, place: Place | None, plate: Plate | None) -> Chosen:
    """Draw a plate into the picture of a slide layout."""
    if place is None or plate is None:
        return chosen
    pixels = chosen.ground.pixels.copy()
    colour = np.array([int(plate.colour[at : at + 2], 16) for at in (0, 2, 4)], dtype=np.uint8)
    rows = slice(max(0, int(place.y * SCALE)), int(place.bottom * SCALE) + 1)
    pixels[rows, max(0, int(place.x * SCALE)) : int(place.right * SCALE) + 1] = colour
    return replace(chosen, ground=Ground(pixels))


def _theme(
    base: Theme, folder: Path, chosen: Mapping[str, Chosen], places: Places, faces: Faces, brand: Brand
) -> Theme:
    body, colours = places.boxes["body"], dict(base.colours)
    scheme = scheme_of(chosen[PAGES].layout, places.inks["body"], chosen[PAGES].ground.extremes(body), colours)
    theme = made_theme(base, folder, chosen, places, scheme, faces)
    has = {
        "title",
        *(role for role, kind in (("footer", FOOTER), ("number", NUMBER)) if chosen[PAGES].layout.slot(kind)),
    }
    by_purpose = dict(_names(chosen, brand))
    layouts = {kind: by_purpose[COVER if kind == COVER else PAGES] for kind in KINDS}
    in_theme = (font for one in chosen.values() for font in (one.layout.headings, one.layout.text))
    others = dict.fromkeys(font for font in in_theme if font not in (faces.headings, faces.text))
    names = TemplateNames(
        TEMPLATE,
        layouts,
        base.template.placeholders,
        tuple(role for role in base.template.placeholders if role not in has),
        tuple(others),
    )
    tables = base.tables._replace(**{key: replace(t, rule=scheme.rule) for key, t in base.tables._asdict().items()})
    return replace(theme, template=names, tables=tables, width=brand.width, height=brand.height)


def _names(chosen: Mapping[str, Chosen], brand: Brand) -> Iterator[tuple[str, str]]:
    """Name the slide layouts in the copy: as the template does, unless another one has that name, or it has none."""
    taken = Counter(layout.name.strip() for layout in brand.layouts)
    same = chosen[COVER].layout.part == chosen[PAGES].layout.part
    for purpose, one in chosen.items():
        own = one.layout.name.strip() or chosen[COVER if same else purpose].layout.kind or "raportti"
        yield purpose, own if taken[own] <= 1 else f"{own} (raportti{'' if same else f', {purpose}'})"


def _measured(theme: Theme, scale: float, faces: Faces, cache: Path) -> Theme:
    """Measure the columns with the fonts, which are not yet in the layout's folder."""
    with scratch_folder() as folder:
        for name, data in faces.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        book = load_fonts(theme.fonts, folder=folder, cache=cache)
    return with_columns(theme, Ruler(book), scale)


def _namings(chosen: Mapping[str, Chosen], theme: Theme, plates: Mapping[str, Plate]) -> Mapping[str, Naming]:
    roles = {"title": "title", "footer": FOOTER, "number": NUMBER}
    names = {kind: theme.template.placeholders[role] for role, kind in roles.items()}
    found: dict[str, Naming] = {}
    for purpose, one in chosen.items():
        present = {kind: name for kind, name in names.items() if kind == "title" or one.layout.slot(kind)}
        name = theme.template.layouts["cover" if purpose == COVER else "table"]
        found[one.layout.part] = Naming(name, present, (plates[purpose],) if purpose in plates else ())
    return found


def _left_behind(slides: int) -> tuple[Problem, ...]:
    return (Problem("brand-slides-dropped", None, {"count": slides}),) if slides else ()


def _made(
    theme: Theme,
    base_folder: Path,
    file: Path,
    chosen: Mapping[str, Chosen],
    faces: Faces,
    template: bytes,
    told: tuple[Problem, ...],
) -> MadeLayout:
    """Put the files together. Raises ``ProblemsFound`` where the layout would not be read."""
    problems = check_theme(theme)
    if problems:
        raise ProblemsFound([Problem("brand-cannot-carry", None, {"file": file.name}), *problems])
    files: dict[str, bytes] = {TEMPLATE: template, **faces.files}
    grounds: dict[str, str] = {}
    for purpose, one in chosen.items():
        grounds[purpose], pictures = _ground(one.ground, purpose)
        files |= pictures
    reasons = {purpose: one.reason for purpose, one in chosen.items()}
    after = (base_folder / FILE).read_text(encoding="utf-8")
    files[FILE] = toml_of(theme, brand=file.name, reasons=reasons, after=after).encode()
    files[f"{HTML}/{STYLE}"] = css_of(grounds).encode()
    files |= {f"{HTML}/{path.name}": path.read_bytes() for path in sorted((base_folder / HTML).glob("*.j2"))}
    return MadeLayout(files, {purpose: one.layout.name for purpose, one in chosen.items()}, reasons, told)


def _ground(ground: Ground, name: str) -> tuple[str, Mapping[str, bytes]]:
    """Say a ground in CSS: one colour exactly, else the picture of the empty slide layout."""
    if ground.one_colour is not None:
        return f"#{ground.one_colour}", {}
    image = Image.fromarray(ground.pixels)
    colours = image.getcolors(256)
    data, suffix = _encoded(image.quantize(256, dither=Image.Dither.NONE) if colours else image, "PNG"), "png"
    if len(data) > LARGEST_PICTURE:
        data, suffix = _encoded(image, "JPEG"), "jpg"
    path = f"{GROUNDS}/{name}.{suffix}"
    return f'url("{path}") 0 0 / 100% 100% no-repeat', {f"{HTML}/{path}": data}


def _encoded(image: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, optimize=True, quality=_QUALITY)
    return buffer.getvalue()
