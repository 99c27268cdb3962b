"""From a stamp to the parts that carry it: custom XML for the deck, a tag for each slide. Knows not what it says.

PowerPoint keeps both when it saves; LibreOffice (7.4, tried) keeps the custom XML and the names of tables, and drops
tags and the ids of rows. Neither shows any of it.
"""

from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from raportti.render.pptx.markup import DRAWING, PRESENTATION, RELATIONSHIPS, XML, attribute, guid

STAMP = "urn:raportti:stamp"
"""The namespace of the custom XML: a reader finds the part by it."""
TAG = "RAPORTTI"
"""The name of the tag whose value is the key of a slide's page; PowerPoint writes names of tags in capitals."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def add_stamp(presentation: Presentation, text: str) -> None:
    """Put a stamp into a deck (ECMA-376-1, 15.2.5 and 15.2.6)."""
    package = presentation.part.package
    about = (
        f'{XML}<ds:datastoreItem ds:itemID="{guid("stamp")}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{STAMP}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    number = _free_number(package)
    stamp = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, package, stamp_xml(text))
    properties = Part(PackURI(f"/customXml/itemProps{number}.xml"), _CUSTOM_PROPERTIES, package, about)
    stamp.relate_to(properties, f"{_OFFICE}/relationships/customXmlProps")
    presentation.part.relate_to(stamp, RELATIONSHIP_TYPE.CUSTOM_XML)


def stamp_xml(text: str) -> bytes:
    """Write the part that has the stamp."""
    return f'{XML}<stamp xmlns="{STAMP}">{text}</stamp>'.encode()


def _free_number(package: Any) -> int:
    """Return the first number that no item of a template has."""
    taken = {str(part.partname) for part in package.iter_parts()}
    return next(n for n in range(1, len(taken) + 2) if f"/customXml/item{n}.xml" not in taken)


def add_tag(slide: Part, number: int, key: str) -> str:
    """Give a slide's part a tag with the key of its page, and return the element that stands in the slide for it."""
    part = Part(PackURI(f"/ppt/tags/slide{number}.xml"), CONTENT_TYPE.PML_TAGS, slide.package, tags_xml(key))
    return tag_element(slide.relate_to(part, RELATIONSHIP_TYPE.TAGS))


def tags_xml(key: str) -> bytes:
    """Write the part that has the tag of a slide."""
    return (
        f'{XML}<p:tagLst xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}">'
        f'<p:tag name="{TAG}" val="{attribute(key)}"/></p:tagLst>'
    ).encode()


def tag_element(relation: str) -> str:
    """Write what stands in a slide for its tag, by the id of the relationship."""
    return f'<p:custDataLst><p:tags r:id="{relation}"/></p:custDataLst>'
