"""Fonts that travel with a deck: the files around them, the list of them, and which may not travel."""

import io
import shutil
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from fontTools.ttLib import TTFont

import raportti
from commands import run
from em import em_data
from judges import libreoffice
from judges.ooxml import errors
from plan_parts import paragraph, style
from planning import LUVN, fonts, goal, report
from plans import small_plan
from raportti.plan import Plan, Role, TextBox
from raportti.plan.typeset import Box, Bullet, Paragraph
from raportti.problems import ProblemsFound
from raportti.render.pptx.deck import render
from raportti.render.pptx.embedding import EmbeddedFont, check_fonts, used_fonts
from render.deck_reading import TEMPLATE, P, changed, files_of, opened
from stress.sources import write_yaml

PLAN = small_plan()
INTER = tuple(EmbeddedFont(font.family, font.bold, font.data) for font in fonts().fonts)
REGULAR, BOLD = INTER
DATA = render(PLAN, TEMPLATE, embedded=INTER)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RESTRICTED, PREVIEW, EDITABLE, NO_SUBSETTING, BITMAPS = 0x0002, 0x0004, 0x0008, 0x0100, 0x0200


def with_licence(bits: int, *, os2_version: int = 4) -> EmbeddedFont:
    font: Any = TTFont(io.BytesIO(em_data()))
    font["OS/2"].fsType, font["OS/2"].version = bits, os2_version
    file = io.BytesIO()
    font.save(file)
    return EmbeddedFont("Em", False, file.getvalue())


def fields_of(part: bytes) -> dict[str, Any]:
    """Read an EOT file of version 0x00020002 in the order of the W3C's table of its fields."""
    stream = io.BytesIO(part)

    def take(layout: str) -> Any:
        values = struct.unpack(f"<{layout}", stream.read(struct.calcsize(f"<{layout}")))
        return values if len(values) > 1 else values[0]

    def sized() -> bytes:
        return stream.read(take("H"))

    fields: dict[str, Any] = {name: take("I") for name in ("EOTSize", "FontDataSize", "Version", "Flags")}
    fields["FontPANOSE"] = list(stream.read(10))
    fields |= {"Charset": take("B"), "Italic": take("B"), "Weight": take("I"), "fsType": take("H")}
    fields |= {"MagicNumber": take("H"), "UnicodeRange": take("4I"), "CodePageRange": take("2I")}
    fields |= {"CheckSumAdjustment": take("I"), "Reserved": take("4I"), "Padding1": take("H")}
    for n, name in enumerate(("FamilyName", "StyleName", "VersionName", "FullName"), 2):
        fields |= {name: sized().decode("utf-16-le"), f"Padding{n}": take("H")}
    fields |= {"RootString": sized(), "RootStringCheckSum": take("I"), "EUDCCodePage": take("I"), "Padding6": take("H")}
    fields |= {"Signature": sized(), "EUDCFlags": take("I"), "EUDCFontData": stream.read(take("I"))}
    return fields | {"FontData": stream.read()}


def parts_of(data: bytes) -> dict[str, bytes]:
    return {name: blob for name, blob in files_of(data).items() if name.startswith("ppt/fonts/")}


def families_in(data: bytes) -> Iterator[tuple[dict[str, str], dict[str, bytes]]]:
    """Give each family of the list: the attributes of its font, and its weights with the parts that they lead to."""
    presentation = opened(data)
    for family in presentation.element.iter(f"{P}embeddedFont"):
        font, *weights = family
        parts = {
            weight.tag.removeprefix(P): presentation.part.related_part(weight.get(RELATION)).blob for weight in weights
        }
        yield dict(font.attrib), parts


@pytest.mark.parametrize("font", [*INTER, with_licence(0)], ids=["regular", "bold", "other"])
def test_the_font_is_read_back_to_the_byte(font: EmbeddedFont) -> None:
    fields = fields_of(font.part)
    assert fields["FontData"] == font.data
    assert (fields["EOTSize"], fields["FontDataSize"]) == (len(font.part), len(font.data))


@pytest.mark.parametrize("font", INTER, ids=["regular", "bold"])
def test_the_header_says_what_the_font_says(font: EmbeddedFont) -> None:
    fields, file = fields_of(font.part), TTFont(io.BytesIO(font.data))
    os2: Any = file["OS/2"]
    assert fields["FontPANOSE"] == list(vars(os2.panose).values())
    assert (fields["Weight"], fields["fsType"]) == (os2.usWeightClass, os2.fsType) == (700 if font.bold else 400, 0)
    assert fields["Italic"] == os2.fsSelection & 1 == 0
    assert fields["UnicodeRange"] == tuple(getattr(os2, f"ulUnicodeRange{n}") for n in (1, 2, 3, 4))
    assert fields["CodePageRange"] == (os2.ulCodePageRange1, os2.ulCodePageRange2)
    assert fields["CheckSumAdjustment"] == file["head"].checkSumAdjustment
    for name, number in {"FamilyName": 1, "StyleName": 2, "VersionName": 5, "FullName": 4}.items():
        assert fields[name] == f"{file['name'].getDebugName(number)}\0"
    assert fields["FullName"] == ("Inter Bold\0" if font.bold else "Inter Regular\0")


def test_the_file_is_plain_embedded_opentype() -> None:
    fields = fields_of(REGULAR.part)
    assert (fields["Version"], fields["MagicNumber"], fields["Flags"]) == (0x00020002, 0x504C, 0)
    assert fields["Reserved"] == (0, 0, 0, 0)
    assert [fields[f"Padding{n}"] for n in range(1, 7)] == [0] * 6
    assert (fields["RootString"], fields["RootStringCheckSum"]) == (b"", 0x50475342)
    assert (fields["Signature"], fields["EUDCFlags"], fields["EUDCFontData"]) == (b"", 0, b"")


def test_the_licence_of_a_font_travels_with_it() -> None:
    assert fields_of(with_licence(EDITABLE | NO_SUBSETTING).part)["fsType"] == 0x0108


def test_an_old_font_has_no_code_pages() -> None:
    assert fields_of(with_licence(0, os2_version=0).part)["CodePageRange"] == (0, 0)


def test_the_deck_lists_each_family_once_with_its_weights() -> None:
    assert list(families_in(DATA)) == [
        (
            {"typeface": "Inter", "panose": "02000503000000020004", "pitchFamily": "2", "charset": "0"},
            {"regular": REGULAR.part, "bold": BOLD.part},
        )
    ]
    assert list(parts_of(DATA)) == ["ppt/fonts/font1.fntdata", "ppt/fonts/font2.fntdata"]


def test_several_families_are_listed_apart() -> None:
    em = with_licence(0)
    data = render(PLAN, TEMPLATE, embedded=(BOLD, em, REGULAR))
    assert [(font["typeface"], *parts) for font, parts in families_in(data)] == [
        ("Em", "regular"), ("Inter", "regular", "bold"),
    ]  # fmt: skip
    assert "panose" not in next(families_in(data))[0]


@pytest.mark.parametrize(
    ("serif", "proportion", "number"), [(0, 3, 2), (2, 3, 0x12), (11, 4, 0x22), (11, 9, 0x21), (0, 9, 1)]
)
def test_pitch_and_family_are_those_that_windows_works_out(serif: int, proportion: int, number: int) -> None:
    file: Any = TTFont(io.BytesIO(em_data()))
    file["OS/2"].panose.bSerifStyle, file["OS/2"].panose.bProportion = serif, proportion
    stream = io.BytesIO()
    file.save(stream)
    ((font, _),) = families_in(render(PLAN, TEMPLATE, embedded=(EmbeddedFont("Em", False, stream.getvalue()),)))
    assert font["pitchFamily"] == str(number)


def test_the_list_stands_right_after_the_sizes_of_the_notes() -> None:
    root = opened(DATA).element
    tags = [child.tag.removeprefix(P) for child in root]
    assert tags.index("embeddedFontLst") == tags.index("notesSz") + 1
    assert root.get("embedTrueTypeFonts") == "1"
    assert root.get("saveSubsetFonts") is None


def test_the_package_knows_the_fonts_by_their_extension() -> None:
    types = files_of(DATA)["[Content_Types].xml"]
    assert b'<Default Extension="fntdata" ContentType="application/x-fontdata"/>' in types
    assert b"/ppt/fonts/" not in types


def test_a_deck_is_as_before_where_no_fonts_are_embedded() -> None:
    plain, with_fonts = files_of(render(PLAN, TEMPLATE)), files_of(DATA)
    differing = {name for name in with_fonts if plain.get(name) != with_fonts[name]}
    assert differing == {
        "[Content_Types].xml", "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels", *parts_of(DATA),
    }  # fmt: skip
    assert b"embed" not in plain["ppt/presentation.xml"]


def test_the_same_fonts_give_the_same_bytes() -> None:
    assert render(small_plan(), TEMPLATE, embedded=INTER) == DATA


def test_fonts_that_a_template_embeds_are_replaced() -> None:
    assert render(PLAN, replace(TEMPLATE, data=DATA), embedded=INTER[:1]) == render(PLAN, TEMPLATE, embedded=INTER[:1])


def test_the_list_stands_after_smart_tags() -> None:
    def add_tags(name: str, blob: bytes) -> bytes:
        tags = b'<p:smartTags r:id="rId1"/><p:defaultTextStyle>'
        return blob.replace(b"<p:defaultTextStyle>", tags) if name == "ppt/presentation.xml" else blob

    data = render(PLAN, replace(TEMPLATE, data=changed(TEMPLATE.data, add_tags)), embedded=INTER)
    tags = [child.tag.removeprefix(P) for child in opened(data).element]
    assert tags[tags.index("notesSz") :][:3] == ["notesSz", "smartTags", "embeddedFontLst"]


def plan_in(*paragraphs: Paragraph) -> Plan:
    box = TextBox(Role.TITLE, Box(0, 0, 1, 1), paragraphs)
    return replace(PLAN, pages=(replace(PLAN.pages[0], items=(box,)),))


def test_only_fonts_that_a_text_is_set_in_are_chosen() -> None:
    plain, bold = style(11, 13.4), style(11, 13.4, bold=True)
    assert used_fonts(PLAN, (*INTER, EmbeddedFont("Other", False, b""))) == INTER
    assert used_fonts(replace(PLAN, pages=()), INTER) == ()
    assert used_fonts(plan_in(paragraph("x", look=plain)), INTER) == (REGULAR,)
    assert used_fonts(plan_in(paragraph("x", look=bold)), INTER) == (BOLD,)
    graded = replace(paragraph("x", look=plain), bullet=Bullet("5", bold))
    assert used_fonts(plan_in(graded), INTER) == INTER


def test_texts_in_tables_count() -> None:
    tables = (replace(page, items=(page.table,)) for page in PLAN.pages if page.table)
    assert used_fonts(replace(PLAN, pages=tuple(tables)), INTER) == INTER


@pytest.mark.parametrize("bits", [0, PREVIEW, EDITABLE, NO_SUBSETTING, NO_SUBSETTING | EDITABLE, RESTRICTED | EDITABLE])
def test_a_font_may_travel_where_its_licence_does_not_forbid_it(bits: int) -> None:
    assert check_fonts([with_licence(bits)]) == ()


@pytest.mark.parametrize(
    ("font", "what"),
    [
        (with_licence(RESTRICTED), "its licence forbids it: fsType 0x0002"),
        (with_licence(RESTRICTED | NO_SUBSETTING), "its licence forbids it: fsType 0x0002"),
        (with_licence(BITMAPS), "its licence allows bitmaps only: fsType 0x0200"),
        (with_licence(BITMAPS | EDITABLE), "its licence allows bitmaps only: fsType 0x0200"),
        (EmbeddedFont("Em", False, b"OTTO" + em_data()[4:]), "it is not a TrueType file"),
        (EmbeddedFont("Em", False, em_data()[:200]), "it is not a TrueType file"),
        (EmbeddedFont("Em", False, b""), "it is not a TrueType file"),
    ],
)
def test_a_font_that_must_not_or_cannot_travel_is_a_problem(font: EmbeddedFont, what: str) -> None:
    (problem,) = check_fonts([font, replace(font, bold=True)])
    assert (problem.kind, dict(problem.values)) == ("font-not-embeddable", {"family": "Em", "what": what})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_yaml(report(goal()), tmp_path / "source")


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """Copy the default layout, with its fonts as files beside it."""
    folder = tmp_path / "own"
    shutil.copytree(LUVN, folder)
    file = folder / "layout.toml"
    lines = file.read_text(encoding="utf-8").replace("embed_fonts = false", "embed_fonts = true").splitlines()
    files = iter(("Inter-False.ttf", "Inter-True.ttf"))
    kept = [line for line in lines if not line.startswith(("package = ", "axes = "))]
    own = [f'file = "{next(files)}"' if line.startswith('file = "files/') else line for line in kept]
    file.write_text("\n".join(own), encoding="utf-8")
    for font in INTER:
        (folder / f"Inter-{font.bold}.ttf").write_bytes(font.data)
    return folder


def test_a_layout_or_a_call_says_whether_fonts_travel(source: Path, layout: Path, tmp_path: Path) -> None:
    def fonts_in(folder: Path, *, embed: bool | None) -> int:
        (file,) = raportti.build(
            source, layout=folder, out=tmp_path / "out", formats=("pptx",), embed_fonts=embed
        ).files
        return len(parts_of(file.read_bytes()))

    assert [fonts_in(LUVN, embed=embed) for embed in (None, False, True)] == [0, 0, 2]
    assert [fonts_in(layout, embed=embed) for embed in (None, False, True)] == [2, 0, 2]


def test_nothing_is_written_where_a_font_may_not_travel(source: Path, layout: Path, tmp_path: Path) -> None:
    file: Any = TTFont(io.BytesIO(BOLD.data))
    file["OS/2"].fsType = RESTRICTED
    file.save(layout / "Inter-True.ttf")
    with pytest.raises(ProblemsFound) as caught:
        raportti.build(source, layout=layout, out=tmp_path / "out", formats=("pptx",))
    assert [problem.kind for problem in caught.value.problems] == ["font-not-embeddable"]
    assert not (tmp_path / "out").exists()


def test_the_command_line_lets_fonts_travel_or_says_why_not(source: Path, layout: Path, tmp_path: Path) -> None:
    def build(folder: Path) -> CompletedProcess[str]:
        options = ("--layout", folder, "--out", tmp_path / "out", "--formats", "pptx", "--embed-fonts")
        return run("build", source, *options, RAPORTTI_LANG="fi")

    done = build(LUVN)
    assert done.returncode == 0, done.stderr
    assert len(parts_of(Path(done.stdout.strip()).read_bytes())) == 2
    (layout / "Inter-False.ttf").write_bytes(with_licence(RESTRICTED).data)
    refused = build(layout)
    assert refused.returncode == 1
    assert 'kirjasinta "Inter" ei voida upottaa esitykseen (sen lisenssi kieltää' in refused.stderr


@pytest.mark.needs("openxml")
def test_the_deck_is_valid_for_the_open_xml_sdk(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(DATA)
    assert errors(file) == []


@pytest.mark.needs("libreoffice")
def test_libreoffice_draws_the_deck_as_without_fonts_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for font in INTER:
        (folder / f"Inter-{font.bold}.ttf").write_bytes(font.data)
    decks = {"plain.pptx": render(PLAN, TEMPLATE), "fonts.pptx": DATA}
    for name, data in decks.items():
        (tmp_path / name).write_bytes(data)
    plain, with_fonts = libreoffice.drawn([tmp_path / name for name in decks], folder)
    assert with_fonts == plain
