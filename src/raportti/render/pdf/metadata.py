"""From a PDF that WeasyPrint has made to one whose metadata says its language and PDF/UA, and that carries a snapshot.

WeasyPrint names only one standard in a file. Does not know the structure of the document.
"""

from typing import Any, cast
from xml.sax.saxutils import escape

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

_pydyf = cast(Any, pydyf)
APPLICATION = "Raportti"
"""The name of our data in the catalog's page-piece dictionary (ISO 32000-1, 14.5)."""
_NEVER = "19800101"
"""The day of a document that has none: nothing in a PDF may come from the clock."""
_RDF_END = b"</rdf:RDF>"
_ADDED = """
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/A allows only properties that it knows or that the file describes (ISO 19005-2, 6.6.2.3), as ``pdfuaid`` here."""


def complete_metadata(packet: Any, language: str) -> None:
    """Add to a metadata stream, and leave it uncompressed for programs that search the bytes of a file for it."""
    added = _ADDED.format(language=escape(language)).encode()
    packet.stream = [part.replace(_RDF_END, added + _RDF_END) for part in packet.stream]
    packet.compress = False


def add_snapshot(pdf: Any, snapshot: str, modified: str | None) -> None:
    """Put a snapshot (ASCII) into the catalog of a PDF; ``modified`` is the document's day (ISO 8601)."""
    private = _pydyf.Stream([snapshot.encode("ascii")], compress=True)
    pdf.add_object(private)
    day = (modified or _NEVER).replace("-", "")
    data = _pydyf.Dictionary({"LastModified": _pydyf.String(f"D:{day}"), "Private": private.reference})
    pdf.catalog["PieceInfo"] = _pydyf.Dictionary({APPLICATION: data})
