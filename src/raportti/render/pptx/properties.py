"""From what a plan says of itself to the two parts of document properties. Knows no package."""

from xml.sax.saxutils import escape

from raportti.plan import Properties
from raportti.render.pptx.markup import XML

_DATELESS = "1980-01-01"
"""The date of a document that names none: the clock's would make every build another file."""
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def core_xml(properties: Properties) -> bytes:
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


def app_xml(properties: Properties, slides: int, notes: int) -> bytes:
    """Write the extended properties: who it is from, and how many slides and how many notes it has."""
    company = f"<Company>{escape(properties.author)}</Company>" if properties.author else ""
    return (
        f'{XML}<Properties xmlns="{_EXTENDED}"><TotalTime>0</TotalTime>'
        "<Application>Microsoft Office PowerPoint</Application>"
        f"<Slides>{slides}</Slides><Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides>{company}</Properties>"
    ).encode()
