"""What is added to a PDF before it is written, so that it is PDF/UA-1 and PDF/A-2a in one: the steps in their order.

Done on WeasyPrint's own objects: a pass over the finished file would have to read it again, and would no longer know
which element and which text each tag was made of.
"""

from typing import Any

from raportti.render.pdf.content import type_artifacts
from raportti.render.pdf.figures import finish_figures
from raportti.render.pdf.stamp import add_stamp
from raportti.render.pdf.structure import Structure
from raportti.render.pdf.tables import finish_tables
from raportti.render.pdf.texts import finish_texts
from raportti.render.pdf.tree import Meaning
from raportti.render.pdf.xmp import complete_metadata


def finish(document: Any, pdf: Any, meaning: Meaning, stamp: str = "") -> None:
    """Finish a document that WeasyPrint has drawn; ``stamp`` is what it carries of its data, empty for nothing."""
    structure = Structure(pdf)
    finish_texts(document, structure, meaning)
    finish_tables(document, structure)
    finish_figures(structure)
    for object_ in pdf.objects:
        if isinstance(getattr(object_, "stream", None), list):
            type_artifacts(object_.stream)
    if stamp:
        add_stamp(pdf, stamp, document.metadata.modified)
    complete_metadata(structure.at(pdf.catalog["Metadata"]), document.metadata.lang)
