"""What the metadata of a PDF that WeasyPrint made has to say besides: its language, and that it is PDF/UA.

WeasyPrint names one standard a file. Knows nothing of the document.
"""

from typing import Any, cast
from xml.sax.saxutils import escape

import pydyf  # pyright: ignore[reportMissingTypeStubs] - it has no types

_END = b"</rdf:RDF>"
_MORE = """
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
    """Add to a metadata stream; it stays uncompressed, so that programs that look through the bytes find it."""
    more = _MORE.format(language=escape(language)).encode()
    packet.stream = [part.replace(_END, more + _END) for part in packet.stream]
    packet.compress = False


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
