"""Where a font comes from: the type that a layout's folder is read into. Knows nothing of font files."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FontSource:
    """A font file of a Python package, or (``package`` None) of the layout's folder."""

    family: str
    bold: bool
    package: str | None
    file: str
    axes: tuple[tuple[str, float], ...] = ()
    """The instance of a variable font, such as ``(("wght", 400.0),)``; empty: the file as it is."""
