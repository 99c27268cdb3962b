"""What the tests of the deck share: the default template, a deck read back, and its package's files."""

import io
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation

from raportti.plan.typeset import Paragraph
from raportti.render.pptx.template import Template

LAYOUT = Path(__file__).parents[2] / "layouts" / "luvn"
NAMES = tomllib.loads((LAYOUT / "layout.toml").read_text(encoding="utf-8"))["template"]
TEMPLATE = Template((LAYOUT / "template.pptx").read_bytes(), NAMES["layouts"], NAMES["placeholders"])
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, blob in files.items():
            package.writestr(name, blob)
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Change the files of a package."""
    return packed({name: change(name, blob) for name, blob in files_of(data).items()})


def shapes_of(slide: Any) -> dict[str, Any]:
    return {shape.name: shape for shape in slide.shapes}


def paragraphs_in(element: Any) -> list[Any]:
    return list(element.iter(f"{A}p"))


def text_of(paragraph: Any) -> str:
    """Read a paragraph of a deck: a line break is a line feed."""
    return "".join("\n" if node.tag == f"{A}br" else node.text or "" for node in paragraph.iter(f"{A}t", f"{A}br"))


def written(paragraph: Paragraph, *, graded: bool = False) -> str:
    """Say how a paragraph of a plan should be read in a deck: whole, but for words that the plan broke."""
    bullet = f"{paragraph.bullet.text}\t" if graded and paragraph.bullet else ""
    last = len(paragraph.lines) - 1
    ends = (("-" if line.hyphen else "") + ("\n" if line.breaks_word and n < last else "")
            for n, line in enumerate(paragraph.lines))  # fmt: skip
    return bullet + "".join(line.text + end for line, end in zip(paragraph.lines, ends, strict=True))


def parsed(blob: bytes) -> Any:
    return etree.fromstring(blob)


def all_in(data: bytes, tags: Iterable[str]) -> list[Any]:
    """Find elements on all slides."""
    slides = (blob for name, blob in files_of(data).items() if name.startswith("ppt/slides/slide"))
    return [element for blob in slides for element in parsed(blob).iter(*tags)]
