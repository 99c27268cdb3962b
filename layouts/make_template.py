"""From a layout's ``layout.toml`` to its ``template.pptx``: one slide master, a slide layout for each kind of page.

Knows nothing of reports. Run ``python layouts/make_template.py [FOLDER]`` after a change of ``layout.toml``; the same
input gives the same bytes. A county's own template takes the place of what this writes.
"""

import io
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from template_slides import KINDS, master, slide_layout
from template_styles import NAMESPACES, OFFICE, PACKAGE, XML, levels, table_styles, theme_part

from raportti.layout.theme import Theme
from raportti.layout.theme.folder import read_theme

DEFAULT = Path(__file__).parent / "luvn"
PML = "application/vnd.openxmlformats-officedocument.presentationml"
NUMBERS = range(1, len(KINDS) + 1)


def make_template(folder: Path) -> bytes:
    """Make the template of a layout's folder."""
    return zipped(parts(read_theme(folder)))


def zipped(files: Iterable[tuple[str, str]]) -> bytes:
    """Pack the files with nothing of the clock or the machine in them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, text in files:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0o600 << 16
            package.writestr(info, text.encode())
    return buffer.getvalue()


def parts(theme: Theme) -> Iterator[tuple[str, str]]:
    """Make every part of the package, in the order of the file."""
    yield "[Content_Types].xml", content_types()
    yield (
        "_rels/.rels",
        relationships(
            ("officeDocument", "ppt/presentation.xml"),
            ("core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
    )
    yield "docProps/app.xml", f'{XML}<Properties xmlns="{OFFICE}/extended-properties"><Slides>0</Slides></Properties>'
    yield "docProps/core.xml", f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>'
    yield "ppt/presentation.xml", presentation(theme)
    yield (
        "ppt/_rels/presentation.xml.rels",
        relationships(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("presProps", "presProps.xml"),
            ("viewProps", "viewProps.xml"),
            ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
    )
    yield "ppt/presProps.xml", f"{XML}<p:presentationPr {NAMESPACES}/>"
    yield "ppt/viewProps.xml", f"{XML}<p:viewPr {NAMESPACES}/>"
    yield "ppt/theme/theme1.xml", theme_part(theme)
    yield "ppt/tableStyles.xml", table_styles(theme)
    yield from slide_parts(theme)


def slide_parts(theme: Theme) -> Iterator[tuple[str, str]]:
    """Make the master and the slide layouts, each with its relationships."""
    down = [("slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in NUMBERS]
    up = ("slideMaster", "../slideMasters/slideMaster1.xml")
    yield "ppt/slideMasters/slideMaster1.xml", master(theme, NUMBERS)
    yield "ppt/slideMasters/_rels/slideMaster1.xml.rels", relationships(*down, ("theme", "../theme/theme1.xml"))
    for n, kind in zip(NUMBERS, KINDS, strict=True):
        yield f"ppt/slideLayouts/slideLayout{n}.xml", slide_layout(theme, kind)
        yield f"ppt/slideLayouts/_rels/slideLayout{n}.xml.rels", relationships(up)


def content_types() -> str:
    """Name the kind of every part."""
    overrides = {
        "ppt/presentation.xml": f"{PML}.presentation.main+xml",
        "ppt/presProps.xml": f"{PML}.presProps+xml",
        "ppt/viewProps.xml": f"{PML}.viewProps+xml",
        "ppt/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "ppt/tableStyles.xml": f"{PML}.tableStyles+xml",
        "ppt/slideMasters/slideMaster1.xml": f"{PML}.slideMaster+xml",
        **{f"ppt/slideLayouts/slideLayout{n}.xml": f"{PML}.slideLayout+xml" for n in NUMBERS},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    lines = "".join(f'<Override PartName="/{path}" ContentType="{kind}"/>' for path, kind in overrides.items())
    return f'{XML}<Types xmlns="{PACKAGE}/content-types">{defaults}{lines}</Types>'


def relationships(*targets: tuple[str, str]) -> str:
    """Relate a part to others, as rId1, rId2 and so on."""
    lines = ""
    for n, (kind, target) in enumerate(targets, 1):
        base = f"{PACKAGE}/relationships/metadata" if kind == "core-properties" else f"{OFFICE}/relationships"
        lines += f'<Relationship Id="rId{n}" Type="{base}/{kind}" Target="{target}"/>'
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def presentation(theme: Theme) -> str:
    """Make the main part: the master and the size, and no slide."""
    return (
        f'{XML}<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        f'<p:sldSz cx="{theme.width}" cy="{theme.height}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f"<p:defaultTextStyle>{levels(theme, 'table_text')}</p:defaultTextStyle></p:presentation>"
    )


if __name__ == "__main__":
    for folder in [Path(argument) for argument in sys.argv[1:]] or [DEFAULT]:
        (folder / read_theme(folder).template.file).write_bytes(make_template(folder))
