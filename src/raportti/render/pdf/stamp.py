"""From a stamp to the page-piece dictionary that carries it in a PDF (ISO 32000-1, 14.5). Knows not what it says.

PDF/A-2 and PDF/UA-1 allow the dictionary: it is data of a program, and no part of what is shown.
"""

from typing import Any, cast

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

APPLICATION = "Raportti"
"""The name under which the catalog's page-piece dictionary has our data."""
_pydyf = cast(Any, pydyf)
_NEVER = "19800101"
"""The day of a document without a date: nothing in a PDF comes from the clock."""


def add_stamp(pdf: Any, text: str, modified: str | None) -> None:
    """Put a stamp into the catalog of a PDF; ``modified`` is the document's day (ISO 8601)."""
    private = _pydyf.Stream([text.encode("ascii")], compress=True)
    pdf.add_object(private)
    day = (modified or _NEVER).replace("-", "")
    data = _pydyf.Dictionary({"LastModified": _pydyf.String(f"D:{day}"), "Private": private.reference})
    pdf.catalog["PieceInfo"] = _pydyf.Dictionary({APPLICATION: data})
