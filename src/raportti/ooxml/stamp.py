"""From a snapshot's text to the parts that carry it, the stamp, and from a package back to it: the one finder.

Does not know what the snapshot says. PowerPoint keeps the stamp and the tags of slides when it saves; LibreOffice (7.4,
tried) relates the stamp to the package instead of to the presentation, and drops the tags. Neither shows any of it.
"""

import re
from collections.abc import Iterator

from raportti.ooxml.package import Package
from raportti.ooxml.xml import DRAWING, PRESENTATION, RELATIONSHIPS, XML, P, attribute, guid

STAMP = "urn:raportti:stamp"
"""The namespace of the stamp's root: a reader finds the part by it."""
TAG = "RAPORTTI"
"""The name of the tag whose value is the key of a slide's page; PowerPoint writes names of tags in capitals."""
_CUSTOM_XML = "customXml"
"""The type of a relationship to custom XML (ECMA-376-1, 15.2.5)."""
_ITEM = re.compile(r"customXml/item(\d+)\.xml")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def stamp_xml(text: str) -> bytes:
    """Write the part that has the snapshot."""
    return f'{XML}<stamp xmlns="{STAMP}">{text}</stamp>'.encode()


def stamp_properties_xml() -> bytes:
    """Write the properties of the stamp's part (ECMA-376-1, 15.2.6)."""
    return (
        f'{XML}<ds:datastoreItem ds:itemID="{guid("stamp")}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{STAMP}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()


def tags_xml(key: str) -> bytes:
    """Write the part that has the tag of a slide."""
    return (
        f'{XML}<p:tagLst xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}" xmlns:p="{PRESENTATION}">'
        f'<p:tag name="{TAG}" val="{attribute(key)}"/></p:tagLst>'
    ).encode()


def tag_element(relationship: str) -> str:
    """Write what stands in a slide for its tag, by the id of the relationship."""
    return f'<p:custDataLst><p:tags r:id="{relationship}"/></p:custDataLst>'


def stamp_part(package: Package) -> str | None:
    """Find the part that has the snapshot; None where there is none.

    Raises ``ProblemsFound`` where custom XML is broken: it may be the snapshot's.
    """
    return next((name for name in _custom_xml(package) if package.root(name).tag == f"{{{STAMP}}}stamp"), None)


def _custom_xml(package: Package) -> Iterator[str]:
    """Give the parts of custom XML: those of the presentation, those of the package, and what has the name of one."""
    for source in (package.main, ""):
        yield from package.related(source, _CUSTOM_XML)
    named = ((found, name) for name in package.names if (found := _ITEM.fullmatch(name)))
    yield from (name for _, name in sorted((int(found[1]), name) for found, name in named))


def snapshot_text(package: Package) -> str | None:
    """Return the text of the snapshot in a deck; None where it has none."""
    part = stamp_part(package)
    return None if part is None else package.root(part).text or ""


def slide_key(package: Package, slide: str) -> str | None:
    """Return the key of its page that the tag of a slide has; None where it has none."""
    tags = (tag for part in package.related(slide, "tags") for tag in package.root(part).iterfind(f"{P}tag"))
    return next((tag.get("val") for tag in tags if tag.get("name", "").upper() == TAG), None)
