"""From a deck to a picture of each of its slides, by LibreOffice.

Does not know what is on them. The program is started with a profile of its own, so that an open window is no hindrance.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pypdfium2  # pyright: ignore[reportMissingTypeStubs] - it has no types

from raportti.files import scratch_folder
from raportti.problems import MissingTool, Problem, ProblemsFound

Pixels: TypeAlias = npt.NDArray[np.uint8]
"""Rows, columns, and red, green and blue."""

SCALE = 2
"""Pixels to the point: at twice that nobody sees them on paper, and a page of a photograph stays below a megabyte."""
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_LONGEST = 300
"""Seconds."""
_pdfium = cast(Any, pypdfium2)


def drawn_slides(deck: bytes) -> tuple[Pixels, ...]:
    """Draw each slide of a deck, ``SCALE`` pixels to the point.

    Raises ``MissingTool`` where LibreOffice is not on the machine, ``ProblemsFound`` where it does not draw the deck.
    """
    program = _program()
    with scratch_folder() as folder:
        file = folder / "deck.pptx"
        file.write_bytes(deck)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        try:
            run = [*command, "--outdir", str(folder), str(file)]
            done = subprocess.run(run, capture_output=True, timeout=_LONGEST, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_drawn(str(error)) from error
        pdf = file.with_suffix(".pdf")
        if not pdf.is_file():
            raise _not_drawn(done.stderr.decode("utf-8", "replace").strip() or str(done.returncode))
        return _pictures(pdf.read_bytes())


def _program() -> str:
    found = (shutil.which(name) for name in ("soffice", "libreoffice"))
    program = next((one for one in (*found, *filter(lambda place: Path(place).is_file(), _PLACES)) if one), None)
    if program is None:
        raise MissingTool("libreoffice-missing")
    return program


def _not_drawn(words: str) -> ProblemsFound:
    return ProblemsFound([Problem("brand-not-drawn", None, {"words": words[-300:]})])


def _pictures(pdf: bytes) -> tuple[Pixels, ...]:
    document = _pdfium.PdfDocument(pdf)
    try:
        return tuple(
            np.array(page.render(scale=SCALE, rev_byteorder=True).to_numpy()[:, :, :3], dtype=np.uint8)
            for page in document
        )
    finally:
        document.close()
