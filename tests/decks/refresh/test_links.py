"""Links, and pictures in the fills of cells, go where their row goes, whoever saved the deck."""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE

from decks.refresh.test_refresh import Edited, changed, shorter
from judges import deck as deck_judge
from judges import libreoffice, ooxml
from raportti.decks.refresh.generated import LoadedLayout
from raportti.decks.refresh.outcome import LINKS
from raportti.report.model import Report
from stress.hold_refresh import loaded_layout

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ADDRESS = "https://www.example.org/sopimus"


@pytest.fixture(scope="module")
def layout() -> LoadedLayout:
    return loaded_layout()


@pytest.fixture
def edited(default_documents: Mapping[str, Path], tmp_path: Path) -> Edited:
    return Edited(default_documents["pptx"], tmp_path / "esitys.pptx")


def link_to_slide(edited: Edited, run: Any, number: int, target: int) -> None:
    """Let a text on a slide lead to another slide."""
    id = edited.slide(number).part.relate_to(edited.slide(target).part, RELATIONSHIP_TYPE.SLIDE)
    link = etree.SubElement(run._r.get_or_add_rPr(), f"{A}hlinkClick")
    link.set(f"{R}id", id)
    link.set("action", "ppaction://hlinksldjump")


def fill_with_picture(edited: Edited, number: int, row: int, column: int) -> None:
    _, id = edited.slide(number).part.get_or_add_image_part(io.BytesIO(picture()))
    properties = edited.table(number).cell(row, column)._tc.find(f"{A}tcPr")
    old = next(child for child in properties if child.tag in (f"{A}solidFill", f"{A}noFill"))
    fill = etree.Element(f"{A}blipFill")
    etree.SubElement(fill, f"{A}blip").set(f"{R}embed", id)
    etree.SubElement(etree.SubElement(fill, f"{A}stretch"), f"{A}fillRect")
    properties.replace(old, fill)


def picture() -> bytes:
    """Make a picture of one red point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    )


def named(edited: Edited, number: int) -> Iterator[tuple[str, str]]:
    """Give what a slide's table names by relationships: the kind, and where it leads."""
    for element in edited.table(number)._tbl.iter():
        for name, id in element.attrib.items():
            if name.startswith(R):
                relation = edited.slide(number).part.rels[id]
                target = relation.target_ref if relation.is_external else str(relation.target_part.partname)
                yield etree.QName(element).localname, target


def longer(report: Report) -> Report:
    """Let the first goal of slide 13 need so much more room that the last one moves to slide 14."""
    (goal,) = (goal for goal in report.goals if goal.id == "P1.1")
    return changed(report, "P1.1", assessment=(*goal.assessment, " ".join(["Tämä uusi virke kertoo lisää."] * 24)))


@pytest.mark.needs("libreoffice", "openxml")
@pytest.mark.parametrize("program", ["PowerPoint", "LibreOffice"])
def test_a_row_takes_its_links_and_pictures_to_another_slide(
    edited: Edited, layout: LoadedLayout, program: str, tmp_path: Path
) -> None:
    row = len(edited.table(13).rows) - 1
    edited.cell(13, row, 3).hyperlink.address = ADDRESS
    link_to_slide(edited, edited.cell(13, row, 0), 13, 4)
    fill_with_picture(edited, 13, row, 1)
    edited.save()
    if program == "LibreOffice":
        (tmp_path / "again").mkdir()
        (saved,) = libreoffice.convert([edited.path], tmp_path / "again", tmp_path, "pptx")
        edited = Edited(saved, saved)
    before, errors = sorted(named(edited, 13)), len(ooxml.errors(edited.path))
    data = longer(edited.report)
    after = edited.after(data, layout)
    assert not list(named(after, 13))
    assert sorted(named(after, 14)) == before
    assert {Path(target).stem for _, target in before} == {"sopimus", "slide4", "image1"}
    assert len(ooxml.errors(after.path)) == errors
    assert [found for found in deck_judge.findings(after.path) if "relation" in found] == []
    assert not after.refreshed(data, layout).files
    back = after.after(edited.report, layout)
    assert sorted(named(back, 13)) == before


def test_a_link_to_a_slide_that_goes_leads_to_what_is_left_of_its_table(edited: Edited, layout: LoadedLayout) -> None:
    link_to_slide(edited, edited.cell(9, 1, 3), 9, 5)
    done = edited.refreshed(shorter(edited.report), layout)
    assert [change.number for change in done.slides if LINKS in change.parts] == [9]
    after = edited.after(shorter(edited.report), layout)
    assert list(named(after, 8)) == [("hlinkClick", str(after.slide(4).part.partname))]
    assert len({str(slide.part.partname) for slide in after.presentation.slides}) == len(after.presentation.slides)
    assert deck_judge.findings(after.path) == []


def test_words_keep_their_links_and_their_look_in_a_new_text(edited: Edited, layout: LoadedLayout) -> None:
    text = edited.cell(4, 1, 3).text
    paragraph = edited.table(4).cell(1, 3).text_frame.paragraphs[0]
    words = text.split()[2:5]
    before, after = text.split(" ".join(words), 1)
    for run in list(paragraph.runs)[1:]:
        run._r.getparent().remove(run._r)
    first = paragraph.runs[0]
    first.text = before
    for part in (" ".join(words), after):
        run = paragraph.add_run()
        run.text = part
        run._r.insert(0, etree.fromstring(etree.tostring(first._r.find(f"{A}rPr"))))
        run._r.remove(run._r.findall(f"{A}rPr")[1]) if len(run._r.findall(f"{A}rPr")) > 1 else None
    linked = paragraph.runs[1]
    linked.hyperlink.address, linked.font.bold = ADDRESS, True
    (goal,) = (goal for goal in edited.report.goals if goal.id == "H1.1")
    kept = changed(edited.report, "H1.1", assessment=(f"Aluksi. {goal.assessment[0]}", *goal.assessment[1:]))
    runs = edited.after(kept, layout).table(4).cell(1, 3).text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs if run.hyperlink.address] == [(" ".join(words), True)]
    lost = changed(edited.report, "H1.1", assessment=("Aivan muu teksti on tässä nyt.",))
    told = [problem for problem in edited.refreshed(lost, layout).remarks if problem.kind == "refresh-link-lost"]
    assert [problem.values["value"] for problem in told] == [" ".join(words)]
