"""From a plan's properties to the parts of a deck that say them.

Does not know slides. Dates come from the report, never from the clock.
"""

from xml.sax.saxutils import escape

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage, Part
from pptx.opc.packuri import PackURI
from pptx.package import Package

from raportti.ooxml.xml import XML
from raportti.plan import Plan, Properties

_DATELESS = "1980-01-01"
"""The date of a document that has none: with that of the clock every build would be another file."""
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def set_properties(package: Package, plan: Plan) -> None:
    """Replace the template's properties by the plan's, and drop the template's thumbnail."""
    core = PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, _core_xml(plan.properties)
    extended = _app_xml(plan.properties, len(plan.pages), sum(bool(page.notes) for page in plan.pages))
    app = PackURI("/docProps/app.xml"), CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, extended
    _drop_related(package, RELATIONSHIP_TYPE.THUMBNAIL)
    for relationship_type, (name, content_type, blob) in (
        (RELATIONSHIP_TYPE.CORE_PROPERTIES, core),
        (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, app),
    ):
        _drop_related(package, relationship_type)
        package.relate_to(Part(name, content_type, package, blob), relationship_type)


def _drop_related(package: OpcPackage, relationship_type: str) -> None:
    """Drop the package's own relationships of a type; a part without a relationship to it is not written."""
    for rel in [rel for rel in package.iter_rels() if rel.reltype == relationship_type]:
        package.drop_rel(rel.rId)


def _core_xml(properties: Properties) -> bytes:
    """Write the core properties (ECMA-376-2, 11)."""
    moment = f"{properties.date or _DATELESS}T00:00:00Z"
    texts = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "cp:keywords": ", ".join(properties.keywords),
        "dc:language": properties.language,
        "cp:lastModifiedBy": properties.author,
        "cp:revision": "1",
    }
    inner = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts.items() if text)
    for tag in ("created", "modified"):
        inner += f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{tag}>'
    return f"{XML}<cp:coreProperties {_CORE}>{inner}</cp:coreProperties>".encode()


def _app_xml(properties: Properties, slides: int, notes: int) -> bytes:
    """Write the extended properties: the organisation, and the numbers of slides and notes."""
    company = f"<Company>{escape(properties.author)}</Company>" if properties.author else ""
    return (
        f'{XML}<Properties xmlns="{_EXTENDED}"><TotalTime>0</TotalTime>'
        "<Application>Microsoft Office PowerPoint</Application>"
        f"<Slides>{slides}</Slides><Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides>{company}</Properties>"
    ).encode()
