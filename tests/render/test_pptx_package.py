"""The deck as a package: properties, sections, the same bytes, and what a county's own template may be like."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from judges.deck import findings
from judges.ooxml import errors
from plans import FIRST, HARD_TEXT, REPORT, SECOND, small_plan
from raportti.plan import Plan, Table, TextBox
from raportti.problems import FilePlace, Problem
from raportti.render.pptx.deck import render
from raportti.render.pptx.template import Template, check_template
from raportti.units import pt
from render.deck_reading import (
    P14,
    TEMPLATE,
    A,
    P,
    all_in,
    changed,
    files_of,
    opened,
    packed,
    parsed,
    shapes_of,
    text_of,
)

PLAN = small_plan()
DATA = render(PLAN, TEMPLATE)


def core_of(data: bytes) -> dict[str, str]:
    return {node.tag.rpartition("}")[2]: node.text for node in parsed(files_of(data)["docProps/core.xml"])}


def test_properties_are_the_plans() -> None:
    assert core_of(DATA) == {
        "title": REPORT,
        "creator": "Länsi-Uudenmaan hyvinvointialue",
        "lastModifiedBy": "Länsi-Uudenmaan hyvinvointialue",
        "subject": "Yhteisten tavoitteiden arviointi",
        "keywords": f"{FIRST}, {SECOND}",
        "language": "fi-FI",
        "revision": "1",
        "created": "2025-02-17T00:00:00Z",
        "modified": "2025-02-17T00:00:00Z",
    }
    app = {node.tag.rpartition("}")[2]: node.text for node in parsed(files_of(DATA)["docProps/app.xml"])}
    assert (app["Company"], app["Slides"]) == ("Länsi-Uudenmaan hyvinvointialue", "6")


def test_without_a_date_the_clock_stays_out() -> None:
    properties = replace(PLAN.properties, date=None, author=None, subject=None, keywords=())
    core = core_of(render(replace(PLAN, properties=properties), TEMPLATE))
    assert core["created"] == core["modified"] == "1980-01-01T00:00:00Z"
    assert not {"creator", "subject", "keywords"} & core.keys()


def test_every_slide_is_in_a_section_named_after_its_strategy() -> None:
    root = opened(DATA).element
    slides = [slide.get("id") for slide in root.iter(f"{P}sldId")]
    sections = list(root.iter(f"{P14}section"))
    assert [section.get("name") for section in sections] == [REPORT, FIRST, SECOND]
    members = [[slide.get("id") for slide in section.iter(f"{P14}sldId")] for section in sections]
    assert members == [slides[:1], slides[1:4], slides[4:]]
    assert len({section.get("id") for section in sections}) == 3


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render(small_plan(), TEMPLATE) == DATA


def test_the_package_has_no_times_and_begins_with_its_content_types() -> None:
    with zipfile.ZipFile(BytesIO(DATA)) as package:
        infos = package.infolist()
    assert infos[0].filename == "[Content_Types].xml"
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {(info.compress_type, info.create_system) for info in infos} == {(zipfile.ZIP_DEFLATED, 0)}


def test_text_is_text() -> None:
    assert HARD_TEXT in [text_of(p) for p in all_in(DATA, [f"{A}p"])]
    hard = replace(PLAN.properties, title=HARD_TEXT)
    page = PLAN.pages[3]
    table = page.table
    assert table
    items = tuple(replace(i, name=HARD_TEXT, description=HARD_TEXT) if isinstance(i, Table) else i for i in page.items)
    data = render(Plan(PLAN.width, PLAN.height, (replace(page, items=items, strategy=None),), hard), TEMPLATE)
    assert core_of(data)["title"] == HARD_TEXT
    frame = shapes_of(opened(data).slides[0])[HARD_TEXT]
    assert frame._element.xpath(".//p:cNvPr/@descr") == [HARD_TEXT]
    assert [section.get("name") for section in opened(data).element.iter(f"{P14}section")] == [HARD_TEXT]


def test_texts_take_the_themes_font_without_naming_it() -> None:
    assert not all_in(DATA, [f"{A}latin"])


def other_template(change: Callable[[str, bytes], bytes]) -> Template:
    return replace(TEMPLATE, data=changed(TEMPLATE.data, change))


def with_font(part: str, old: bytes, new: bytes) -> Template:
    return other_template(lambda name, blob: blob.replace(old, new) if name.startswith(part) else blob)


@pytest.mark.parametrize(
    "template",
    [
        with_font("ppt/theme/", b'<a:latin typeface="Inter"/>', b'<a:latin typeface="Arial"/>'),
        with_font("ppt/slideLayouts/", b'typeface="+mn-lt"', b'typeface="Arial"'),
    ],
)
def test_texts_name_their_font_where_the_template_has_another(template: Template) -> None:
    data = render(PLAN, template)
    runs = all_in(data, [f"{A}rPr", f"{A}endParaRPr"])
    assert {run.find(f"{A}latin").get("typeface") for run in runs} == {"Inter"}


def test_a_templates_own_slides_and_sections_are_left_out() -> None:
    template = replace(TEMPLATE, data=DATA)
    assert render(PLAN, template) == DATA


def test_a_template_file_is_as_good_as_a_presentation() -> None:
    def make_template(name: str, blob: bytes) -> bytes:
        return blob.replace(b"presentation.main+xml", b"template.main+xml") if name == "[Content_Types].xml" else blob

    assert render(PLAN, other_template(make_template)) == DATA


def test_text_that_is_added_by_hand_begins_in_the_decks_language() -> None:
    swedish = replace(small_plan(), properties=replace(small_plan().properties, language="sv-FI"))
    files = files_of(render(swedish, TEMPLATE))
    parts = [blob for name, blob in files.items() if name.endswith(".xml") and name.startswith("ppt/")]
    looks = [look.get("lang") for blob in parts for look in parsed(blob).iter(f"{A}defRPr")]
    assert {language for language in looks if language} == {"sv-FI"}


def test_a_thumbnail_of_the_template_is_left_out() -> None:
    kind = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    relationship = b'<Relationship Id="rId9" Type="' + kind + b'" Target="docProps/thumbnail.xml"/></Relationships>'
    files = files_of(TEMPLATE.data) | {"docProps/thumbnail.xml": b"<picture/>"}
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"</Relationships>", relationship)
    rendered = render(PLAN, replace(TEMPLATE, data=packed(files)))
    assert not [name for name in files_of(rendered) if "thumb" in name]


def test_what_has_no_placeholder_stands_by_itself() -> None:
    template = replace(TEMPLATE, placeholders={role: f"no {role}" for role in TEMPLATE.placeholders})
    for page, slide in zip(PLAN.pages, opened(render(PLAN, template)).slides, strict=True):
        assert not list(slide.placeholders)
        wanted = [item.box for item in page.items if isinstance(item, TextBox)]
        found = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
        assert {(s.left, s.top, s.width, s.height) for s in found} == {(b.x, b.y, b.w, b.h) for b in wanted}


def problems_of(template: Template, *families: str) -> list[Problem]:
    return list(check_template(template, size=(pt(960), pt(540)), families=families or ("Inter",), file="own.pptx"))


def values_of(problem: Problem) -> dict[str, Any]:
    assert problem.place == FilePlace("own.pptx")
    return dict(problem.values)


def test_the_default_template_has_no_problems() -> None:
    assert problems_of(TEMPLATE) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"not a package", DATA[: len(DATA) // 2], changed(DATA, lambda name, blob: blob[: len(blob) // 2])],
)
def test_a_file_that_is_no_presentation_is_unreadable(data: bytes) -> None:
    (problem,) = problems_of(replace(TEMPLATE, data=data))
    assert problem.kind == "template-unreadable"
    assert values_of(problem)["file"] == "own.pptx"


def test_a_workbook_is_no_template() -> None:
    old, new = b"presentationml.presentation.main", b"spreadsheetml.sheet.main"
    other = changed(DATA, lambda _, blob: blob.replace(old, new))
    assert [problem.kind for problem in problems_of(replace(TEMPLATE, data=other))] == ["template-unreadable"]


def test_a_missing_slide_layout_is_named_with_the_nearest() -> None:
    (problem,) = problems_of(replace(TEMPLATE, layouts={**TEMPLATE.layouts, "table": "Taulukot"}))[:1]
    assert problem.kind == "template-name-missing"
    assert values_of(problem) == {"file": "own.pptx", "what": "layout", "name": "Taulukot", "nearest": "Taulukko"}


def test_a_placeholder_that_stands_nowhere_is_named_with_the_nearest() -> None:
    (problem,) = problems_of(replace(TEMPLATE, placeholders={**TEMPLATE.placeholders, "footer": "Alatunnite"}))
    assert values_of(problem) == {
        "file": "own.pptx", "what": "placeholder", "name": "Alatunnite", "nearest": "Alatunniste",
    }  # fmt: skip


def test_every_slide_layout_needs_the_title() -> None:
    def rename(name: str, blob: bytes) -> bytes:
        return blob.replace(b'name="Otsikko"', b'name="Title"') if name.endswith("Layout4.xml") else blob

    (problem,) = problems_of(other_template(rename))
    assert (values_of(problem)["name"], values_of(problem)["layout"]) == ("Otsikko", "Taulukko")


def test_a_theme_in_another_font_is_named() -> None:
    minor = b'<a:minorFont><a:latin typeface="%s"/>'
    (problem,) = problems_of(with_font("ppt/theme/", minor % b"Inter", minor % b"Arial"))
    assert problem.kind == "template-font"
    assert values_of(problem) == {"file": "own.pptx", "found": "Arial", "expected": "Inter"}


def test_the_deck_is_free_of_what_accessibility_checks_find(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(DATA)
    assert findings(file) == []


@pytest.mark.needs("openxml")
def test_template_and_deck_are_valid_for_the_open_xml_sdk(tmp_path: Path) -> None:
    files = {"deck.pptx": DATA, "template.pptx": TEMPLATE.data}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert errors(*(tmp_path / name for name in files)) == []
