"""From the fonts that a brand's theme names to fonts that measure its text and draw its PDF.

Does not know styles. A font is the machine's own, else one that was drawn to its widths, else another, which is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from raportti.problems import Problem
from raportti.text.font_files import AS_WIDE, FontFile, distance, face_data
from raportti.text.fonts import FontSource
from raportti.text.shaping import Shaper

FOLDER = "fonts"
_EVERYWHERE = "Arial"
"""What stands in for a font that the machine lacks: PowerPoint has it on every machine, and its widths are free."""
_MUST = "Tavoitteiden arviointi: åäöÅÄÖ–•"
"""The characters that a font needs to have."""
Index = Mapping[str, Sequence[FontFile]]


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of a layout: the families of headings and of text, their files, and what had to be told of them."""

    headings: str
    text: str
    sources: tuple[FontSource, ...]
    files: Mapping[str, bytes]
    """Name within the layout's folder → the font file."""
    told: tuple[Problem, ...]


def choose_faces(headings: str, text: str, index: Index, base: Sequence[FontSource]) -> Faces:
    """Choose fonts for headings and text; ``base`` are those of the default layout, which are always there."""
    body = _family(text, index, base)
    head = _family(headings, index, base) if headings != text else body
    if head.replaced and not body.replaced:
        head = _Family(body.name, body.sources, body.files, replaced=headings)
    families = {one.name: one for one in (body, head)}
    return Faces(
        headings=head.name,
        text=body.name,
        sources=tuple(source for one in families.values() for source in one.sources),
        files={name: data for one in families.values() for name, data in one.files.items()},
        told=tuple(
            Problem("brand-font-replaced", None, {"family": one.replaced, "other": one.name})
            for one in dict.fromkeys((body, head))
            if one.replaced
        ),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Family:
    name: str
    sources: tuple[FontSource, ...]
    files: Mapping[str, bytes]
    replaced: str = ""
    """The font in whose place it stands."""


def _family(wanted: str, index: Index, base: Sequence[FontSource]) -> _Family:
    own = tuple(source for source in base if source.family.casefold() == wanted.casefold())
    if own:
        return _Family(own[0].family, own, {})
    for name in (wanted, *AS_WIDE.get(wanted.casefold(), ())):
        if found := _from_files(wanted, name, index):
            return found
    for name in (_EVERYWHERE, *AS_WIDE[_EVERYWHERE.casefold()]):
        if found := _from_files(_EVERYWHERE, name, index):
            return _Family(found.name, found.sources, found.files, replaced=wanted)
    return _Family(base[0].family, tuple(base), {}, replaced=wanted)


def _from_files(family: str, measured_as: str, index: Index) -> _Family | None:
    """Take regular and bold of a family from the machine, where both are there and have the letters that are needed."""
    faces = [face for face in index.get(measured_as.casefold(), ()) if "[" not in face.path.name]
    sources: list[FontSource] = []
    files: dict[str, bytes] = {}
    for bold in (False, True):
        face = min(faces, key=lambda one: distance(one, bold=bold, italic=False), default=None)
        if face is None or distance(face, bold=bold, italic=False)[1:] > (False, 150):
            return None
        data = _data(face)
        if data is None:
            return None
        name = f"{FOLDER}/{Path(measured_as.replace(' ', '')).name}-{'Bold' if bold else 'Regular'}{face.path.suffix}"
        files[name] = data
        sources.append(FontSource(family, bold, None, name))
    return _Family(family, tuple(sources), files)


def _data(face: FontFile) -> bytes | None:
    try:
        data = face_data(face)
        characters = Shaper(data).characters
    except (OSError, ValueError):
        return None
    return data if all(ord(letter) in characters for letter in _MUST if letter != " ") else None
