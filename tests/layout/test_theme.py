"""What a layout's folder may not say: each damage is told with its key, all of them at once."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from planning import LUVN, goal, luvn, plan_of, report
from raportti.content.records import STYLES, StyleName
from raportti.layout.choices import Choices, Columns, Filling
from raportti.layout.theme import GROUNDS, Width
from raportti.layout.theme.check import check_theme
from raportti.layout.theme.folder import read_layout, read_theme
from raportti.plan import Disc, Page, PageKind, Panel, Role, TextBox
from raportti.plan.typeset import Paragraph, Style
from raportti.problems import FilePlace, Problem, ProblemsFound, TextPlace
from raportti.problems.messages import describe, text
from raportti.report.model import Achieved
from raportti.text.fonts import load_fonts
from raportti.text.legibility import contrast, contrast_needed
from raportti.units import pt

TOML = (LUVN / "layout.toml").read_text(encoding="utf-8")
BODY = "body = [40, 96, 880, 407]"
HEAD = "table_head = { bold = true, colour = "
TEXT = 'table_text = { colour = "ink", sizes = [[11, 13.4]] }'
MARGINS = "margins = [7.2, 3.6, 7.2, 3.6]"
WITHOUT = "goal = 226.15, achieved"
GOALS = "tables.goals.columns"

Change = tuple[str, str]
LEGEND = (Role.LEGEND_TITLE, Role.LEGEND)

MISSING_OR_MISTYPED = [
    ("width = 960", 'width = "960"', "layout-value", "slide.width"),
    ("width = 960", "width = true", "layout-value", "slide.width"),
    ("width = 960", "width = -960", "layout-value", "slide.width"),
    ("width = 960", "width = nan", "layout-value", "slide.width"),
    ("width = 960", "width = inf", "layout-value", "slide.width"),
    ("width = 960", "width = { a = 1 }", "layout-key", "slide.width"),
    ("width = 960\n", "", "layout-key-missing", "slide.width"),
    (BODY, "", "layout-key-missing", "boxes.body"),
    (BODY, "body = [40, 96, 880]", "layout-value", "boxes.body"),
    (BODY, "body = [-40, 96, 880, 407]", "layout-value", "boxes.body"),
    (TEXT, "", "layout-key-missing", "styles.table_text"),
    (TEXT, "table_text = {}", "layout-key-missing", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("[[11, 13.4]]", "[]"), "layout-value", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("[[11, 13.4]]", "[[11]]"), "layout-value", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("[[11, 13.4]]", "11"), "layout-value", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("ink", "no_such"), "layout-value-unknown", "styles.table_text.colour"),
    (TEXT, TEXT.replace("ink", "inkk"), "layout-value-misspelt", "styles.table_text.colour"),
    ('brand = "17406D"', 'brand = "blue"', "layout-value", "colours.brand"),
    ('brand = "17406D"', 'brand = "#17406D"', "layout-value", "colours.brand"),
    ('brand = "17406D"', "brand = 17406", "layout-value", "colours.brand"),
    ('"bottom"', '"bottum"', "layout-value-misspelt", "tables.goals.head_anchor"),
    ('achieved = "centre"', 'achieved = "middle"', "layout-value-unknown", "tables.goals.aligned.achieved"),
    (WITHOUT, "achieved", "layout-key-missing", f"{GOALS}.without_subgoals.goal"),
    (WITHOUT, "goal = [200, 100], achieved", "layout-value", f"{GOALS}.without_subgoals.goal"),
    (WITHOUT, "goal = [200], achieved", "layout-value", f"{GOALS}.without_subgoals.goal"),
    (WITHOUT, "goal = [100, 300, 200], achieved", "layout-value", f"{GOALS}.without_subgoals.goal"),
    ("embed_fonts = false", 'embed_fonts = "no"', "layout-value", "embed_fonts"),
    ("embed_fonts = false", 'pages = "fild"', "layout-value-misspelt", "pages"),
    ("embed_fonts = false", 'columns = "narrow"', "layout-value-unknown", "columns"),
    ("axes = { wght = 400, opsz = 14 }", "axes = 3", "layout-value", "fonts[1].axes"),
]

NOT_KNOWN = [
    ("embed_fonts = false", "embed_font = false", "key-misspelt", "embed_font"),
    ("[slide]", "[slide]\ndepth = 1", "key-unknown", "slide.depth"),
    ("[gaps]", "[gapz]", "key-misspelt", "gapz"),
    ("[words.sv]", "[words.se]", "key-unknown", "words.se"),
    ("[words.sv]", '[words.klingon]\ngoal = "ngoQ"\n[words.sv]', "key-unknown", "words.klingon"),
    ("table_text =", "tabel_text =", "key-misspelt", "styles.tabel_text"),
    (TEXT, TEXT.replace("sizes", "size"), "key-misspelt", "styles.table_text.size"),
    (BODY, f"{BODY}\nsidebar = [0, 0, 1, 1]", "key-unknown", "boxes.sidebar"),
    ('achieved = "centre"', 'achived = "centre"', "key-misspelt", "tables.goals.aligned.achived"),
    ('achieved = "centre"', 'xyz = "centre"', "key-unknown", "tables.goals.aligned.xyz"),
    (WITHOUT, "xyz = 5, goal = 226.15, achieved", "key-unknown", f"{GOALS}.without_subgoals.xyz"),
    ('family = "Inter"', 'family = "Inter"\nweight = 400', "key-unknown", "fonts[1].weight"),
    ('goal = "Tavoite"', 'gaol = "Tavoite"', "key-misspelt", "words.fi.gaol"),
]

OUT_OF_RANGE = [
    ("width = 960", "width = 0", "layout-value", "slide.width"),
    ("height = 540", "height = 9000", "layout-value", "slide.height"),
    (BODY, "body = [40, 96, 880, 0]", "layout-value", "boxes.body"),
    (BODY, "body = [41, 96, 880, 445]", "layout-value", "boxes.body"),
    (BODY, "body = [40, 96, 1880, 407]", "layout-value", "boxes.body"),
    (BODY, "body = [40, 96, 880, 60]", "layout-room", "boxes.body"),
    (BODY, "body = [40, 70, 880, 407]", "layout-boxes", "boxes.title"),
    ("number = [884, 511, 36, 13]", "number = [884, 511, 10, 13]", "layout-room", "boxes.number"),
    ("footer = [40, 511, 560, 13]", "footer = [40, 511, 560, 8]", "layout-room", "boxes.footer"),
    (TEXT, TEXT.replace("11,", "0,"), "layout-value", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("11,", "8.9,"), "layout-value", "styles.table_text.sizes"),
    ("[10, 14], [9, 12]", "[10, 14], [8, 12]", "layout-value", "styles.cover_colophon.sizes"),
    (TEXT, TEXT.replace("13.4", "2"), "layout-value", "styles.table_text.sizes"),
    (TEXT, TEXT.replace("[[11, 13.4]]", "[[11, 13.4], [400, 500]]"), "layout-value", "styles.table_text.sizes"),
    ("[[16, 22], [13, 18]", "[[13, 18], [16, 22]", "layout-value", "styles.sentence.sizes"),
    ("tracking = 0.8", "tracking = 500", "layout-value", "styles.tag.tracking"),
    ("below_title = 14", "below_title = 1000", "layout-value", "gaps.below_title"),
    ("disc = 44", "disc = 0", "layout-room", "gaps.disc"),
    ("bullet_hang = 8.5", "bullet_hang = 0", "layout-room", "gaps.bullet_hang"),
    (MARGINS, "margins = [200, 3.6, 320, 3.6]", "layout-room", "tables.goals.margins"),
    (MARGINS, "margins = [7.2, 300, 7.2, 300]", "layout-room", "tables.goals.margins"),
    ("rule_width = 0.75", "rule_width = 75", "layout-value", "tables.goals.rule_width"),
    (WITHOUT, "goal = 0, achieved", "layout-room", f"{GOALS}.without_subgoals.goal"),
    (WITHOUT, "goal = [30, 226.15, 300], achieved", "layout-room", f"{GOALS}.without_subgoals.goal"),
    (WITHOUT, "goal = 227, achieved", "layout-columns", f"{GOALS}.without_subgoals"),
    (BODY, "body = [40, 96, 880, 407]\n".replace("880", "879"), "layout-columns", f"{GOALS}.without_subgoals"),
]

FONTS_AND_NAMES = [
    ("bold = true\npackage", "bold = false\npackage", "layout-twice", "fonts[2]"),
    ("bold = true\npackage", "bold = false\npackage", "layout-font-none", "fonts"),
    (TEXT, TEXT.replace("{ ", '{ family = "Arial", '), "layout-font-none", "fonts"),
    ('tag = "Yläkulma"', 'tag = "Otsikko"', "layout-twice", "template.placeholders.tag"),
    ('file = "template.pptx"', 'file = ""', "layout-value", "template.file"),
]

COLOURS = [
    (TEXT, TEXT.replace("ink", "paper"), "layout-contrast", "styles.table_text"),
    (TEXT, TEXT.replace("ink", "sky"), "layout-contrast", "styles.table_text"),
    (f'{HEAD}"paper"', f'{HEAD}"ink"', "layout-contrast", "styles.table_head"),
    ('cover = "brand"', 'cover = "panel"', "layout-contrast", "styles.cover_title"),
    ('disc = "brand"', 'disc = "panel"', "layout-contrast", "styles.grade"),
    ('panel = "panel"', 'panel = "ink"', "layout-contrast", "styles.legend"),
    ('no = "no_tint"', 'no = "no_ink"', "layout-contrast", "styles.no"),
]

WORDS = [
    ('goal = "Tavoite"', 'goal = ""', "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = " \\u00AD"', "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', "goal = 3", "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = "a\\u0001b"', "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = "a\\nb"', "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = "a\\uFFFEb"', "layout-value", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = "{linjaus}"', "layout-braces", "words.fi.goal"),
    ('goal = "Tavoite"', 'goal = "{{7*7}}"', "layout-brace-alone", "words.fi.goal"),
    ('"{strategia}: arviointiasteikko"', '"{strategi}"', "layout-braces-unknown", "words.fi.scale_title"),
    ('"{strategia}: arviointiasteikko"', '"{strategia"', "layout-brace-alone", "words.fi.scale_title"),
    ('"{päivä}.{kuukausi}.{vuosi}"', '"{x}.{kuukausi}.{vuosi}"', "layout-braces-unknown", "words.fi.date"),
    ('"{tavoitteita} tavoite"', '""', "layout-value", "words.fi.one_goal"),
    ('"{tavoitteita} tavoitetta"', '"{määrä}"', "layout-braces-unknown", "words.fi.several_goals"),
    ('several_guidelines = "{linjauksia} linjausta"\n', "", "layout-key-missing", "words.fi.several_guidelines"),
    (", {määrä}", ", {tavoitteita}", "layout-braces-unknown", "words.fi.table_description"),
    ('language = "fi-FI"', 'language = ""', "layout-value", "words.fi.language"),
    ('language = "fi-FI"', 'language = "suomi"', "layout-value", "words.fi.language"),
    ('language = "fi-FI"', 'language = "sv-FI"', "layout-value", "words.fi.language"),
]  # fmt: skip

DAMAGES = [*MISSING_OR_MISTYPED, *NOT_KNOWN, *OUT_OF_RANGE, *FONTS_AND_NAMES, *COLOURS, *WORDS]


def written(folder: Path, changes: Iterable[Change]) -> Path:
    """Write a layout.toml that differs from the default layout's."""
    toml = TOML
    for old, new in changes:
        assert old in toml, old
        toml = toml.replace(old, new, 1)
    (folder / "layout.toml").write_text(toml, encoding="utf-8")
    return folder


def told(folder: Path, *changes: Change) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsFound) as found:
        read_theme(written(folder, changes))
    return found.value.problems


def named(problems: Iterable[Problem]) -> list[tuple[str, object]]:
    return [(problem.kind, problem.values["key"]) for problem in problems]


def test_the_default_layout_has_no_problem() -> None:
    assert check_theme(read_theme(LUVN)) == ()


@pytest.mark.parametrize(("old", "new", "kind", "key"), DAMAGES)
def test_a_damage_is_told_with_its_key(tmp_path: Path, old: str, new: str, kind: str, key: str) -> None:
    problems = told(tmp_path, (old, new))
    assert (kind, key) in named(problems)
    for problem in problems:
        assert problem.place == FilePlace(str(tmp_path / "layout.toml"))
        assert len({describe(problem, language) for language in ("en", "fi", "sv")}) == 3
        assert all("?" not in describe(problem, language) for language in ("en", "fi", "sv"))


@pytest.mark.parametrize(("old", "new", "kind", "key"), DAMAGES)
def test_what_is_expected_is_said_in_every_language(tmp_path: Path, old: str, new: str, kind: str, key: str) -> None:
    expected = {
        str(problem.values["expected"]) for problem in told(tmp_path, (old, new)) if "expected" in problem.values
    }
    assert all(text(words, language) != words for words in expected for language in ("fi", "sv"))


@pytest.mark.parametrize(("old", "new", "kind", "key"), [*MISSING_OR_MISTYPED, *NOT_KNOWN, *WORDS])
def test_a_key_that_cannot_be_read_is_one_problem(tmp_path: Path, old: str, new: str, kind: str, key: str) -> None:
    """What follows from it, such as a box of no size, is not told as well."""
    several = {"table_text = {}", 'goal = "{{7*7}}"', "[words.se]"}
    assert len(told(tmp_path, (old, new))) == 1 or new in several


def test_all_damages_are_told_at_once(tmp_path: Path) -> None:
    changes = [
        ("width = 960", "width = 0"),
        (MARGINS, ""),
        ('goal = "Tavoite"', 'goal = ""'),
        ("disc = 44", "disc = 0"),
    ]
    keys = {key for _, key in named(told(tmp_path, *changes))}
    assert {"slide.width", "tables.goals.margins", "words.fi.goal", "gaps.disc"} <= keys


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('brand = "17406D"', 'brand = "17406d"'),
        ('brand = "17406D"', 'brand = "17406D"\nunused = "123456"'),
        ("width = 960", "width = 970"),
        (WITHOUT, "goal = 226, achieved"),
        (WITHOUT, "goal = [200, 226.15, 300], achieved"),
        ('language = "fi-FI"', 'language = "fi"'),
        ('subject = "Yhteisten tavoitteiden arviointi"', 'subject = ""'),
        ('cover = "Kansi"', 'cover = "Taulukko"'),
        ("embed_fonts = false\n", ""),
    ],
)
def test_what_does_no_harm_is_no_problem(tmp_path: Path, old: str, new: str) -> None:
    read_theme(written(tmp_path, [(old, new)]))


def test_a_folder_that_is_moved_away_while_it_is_read_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> Iterator[Path]:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "glob", gone)
    with pytest.raises(ProblemsFound) as found:
        read_layout(LUVN)
    assert [problem.kind for problem in found.value.problems] == ["file-unreadable"]


def test_what_was_probably_meant_is_suggested(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, ("table_text =", "tabel_text ="))
    assert problem.values["suggestion"] == "table_text"


def test_a_text_that_can_hardly_be_read_is_told_with_both_colours_and_their_contrast(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, (TEXT, TEXT.replace("ink", "sky")))
    assert 'the text "styles.table_text" can hardly be read: "9CC9EE" on "FFFFFF"' in describe(problem, "en")
    assert "has the contrast 1.7:1 (at least: 4.5:1)" in describe(problem, "en")


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21), ("FFFFFF", "FFFFFF", 1), ("777777", "FFFFFF", 4.478)]
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.001)


def test_large_text_needs_less_contrast(tmp_path: Path) -> None:
    grey = ('quiet = "53647A"', 'quiet = "8A8A8A"')  # 3.45:1
    large = ('title_part = { colour = "quiet", sizes = [[23, 29], [19, 24], [16, 20], [14, 18]] }',
             'title_part = { bold = true, colour = "quiet", sizes = [[23, 29], [14, 18]] }')  # fmt: skip
    keys = {key for _, key in named(told(tmp_path, grey, large))}
    assert "styles.title_part" not in keys
    assert "styles.footer" in keys


def test_pages_are_filled_and_columns_fixed_where_the_layout_says_nothing(tmp_path: Path) -> None:
    assert read_theme(LUVN).choices == Choices(Columns.FIXED, Filling.FILLED)
    theme = read_theme(written(tmp_path, [("embed_fonts = false", 'pages = "balanced"\ncolumns = "auto"')]))
    assert theme.choices == Choices(Columns.AUTO, Filling.BALANCED)


@pytest.mark.parametrize(
    ("width", "least", "preferred", "most"),
    [("200", 200, 200, 200), ("[100, 200]", 100, 150, 200), ("[100, 180, 200]", 100, 180, 200)],
)
def test_a_column_has_a_width_or_a_range(tmp_path: Path, width: str, least: int, preferred: int, most: int) -> None:
    table = read_theme(written(tmp_path, [(WITHOUT, f"goal = {width}, achieved")])).tables.goals
    assert table.columns.without_subgoals.goal == Width(pt(least), pt(preferred), pt(most))
    assert list(table.columns.without_subgoals._fields) == ["goal", "achieved", "score", "assessment"]


def test_of_widths_by_the_text_only_the_least_have_to_fit(tmp_path: Path) -> None:
    wide = (WITHOUT, "goal = [150, 400], achieved")
    assert named(told(tmp_path, wide)) == [("layout-columns", f"{GOALS}.without_subgoals")]
    read_theme(written(tmp_path, [wide, ("embed_fonts = false", 'columns = "auto"')]))


_TIMED = """
import sys, time
from pathlib import Path
from raportti.layout.theme.folder import read_theme

def seconds():
    start = time.process_time()
    read_theme(Path(sys.argv[1]))
    return time.process_time() - start

print(min(seconds() for _ in range(6)))
"""


def test_a_default_layout_is_read_in_15_ms() -> None:
    unwatched = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # it slows down
    done = subprocess.run([sys.executable, "-c", _TIMED, LUVN], env=unwatched, capture_output=True, text=True)
    assert float(done.stdout) < 0.015, done.stderr


@pytest.mark.parametrize(("axes", "words"), [("slnt = -10", "slnt"), ("wght = 9999", "wght = 9999")])
def test_an_axis_that_the_font_has_not_is_told(tmp_path: Path, axes: str, words: str) -> None:
    theme = read_theme(written(tmp_path, [("wght = 400, opsz = 14", axes)]))
    with pytest.raises(ProblemsFound) as found:
        load_fonts(theme.fonts[:1], folder=tmp_path, cache=tmp_path)
    (problem,) = found.value.problems
    assert words in describe(problem, "en")


def broken(folder: Path, name: str, data: bytes | None) -> tuple[Problem, ...]:
    """Read a copy of the default layout in which one file holds other bytes, or is not there."""
    shutil.copytree(LUVN, folder, dirs_exist_ok=True)
    (folder / name).unlink()
    if data is not None:
        (folder / name).write_bytes(data)
    with pytest.raises(ProblemsFound) as found:
        read_layout(folder)
    return found.value.problems


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("layout.toml", None, "layout-file-missing"),
        ("layout.toml", b"a = = b", "layout-not-toml"),
        ("layout.toml", "a = 'ä'".encode("latin-1"), "layout-file-encoding"),
        ("layout.toml", b"a = " + b"9" * 5000, "layout-not-toml"),
        ("template.pptx", None, "layout-file-missing"),
        ("html/style.css", None, "layout-file-missing"),
        ("html/style.css", "ä".encode("latin-1"), "layout-file-encoding"),
        ("html/document.html.j2", None, "layout-file-missing"),
        ("html/document.html.j2", "ä".encode("latin-1"), "layout-file-encoding"),
        ("html/items.html.j2", "ä".encode("latin-1"), "layout-file-encoding"),
    ],
)
def test_a_file_that_is_missing_or_cannot_be_read_is_told(
    tmp_path: Path, name: str, data: bytes | None, kind: str
) -> None:
    (problem,) = broken(tmp_path, name, data)
    assert problem.kind == kind


@pytest.mark.parametrize("key", STYLES)
def test_a_text_that_its_ground_swallows_is_told_for_every_style(key: StyleName) -> None:
    theme = read_theme(LUVN)
    ground = theme.fills._asdict()[GROUNDS[key]] if key in GROUNDS else "FFFFFF"
    swallowed = tuple(replace(style, colour=ground) for style in theme.styles[key])
    (problem,) = check_theme(replace(theme, styles={**theme.styles, key: swallowed}))
    assert (problem.kind, problem.values["key"]) == ("layout-contrast", f"styles.{key}")
    assert (problem.values["value"], problem.values["other"], problem.values["ratio"]) == (ground, ground, 1)


@pytest.mark.parametrize("fill", dict.fromkeys(GROUNDS.values()))
def test_a_ground_that_swallows_its_texts_is_told_for_every_fill(fill: str) -> None:
    theme = read_theme(LUVN)
    keys = [key for key, ground in GROUNDS.items() if ground == fill]
    problems = check_theme(replace(theme, fills=theme.fills._replace(**{fill: theme.style(keys[0]).colour})))
    assert f"styles.{keys[0]}" in {problem.values["key"] for problem in problems}


def test_every_text_of_a_plan_has_the_contrast_that_it_needs_with_what_lies_under_it() -> None:
    plan = plan_of(report(*(goal(n, achieved=kind, score=n) for n, kind in enumerate(Achieved, 1))))
    for page in plan.pages:
        paper = luvn().theme.fills.cover if page.kind is PageKind.COVER else "FFFFFF"
        for style, ground in grounds_of(page, paper):
            assert contrast(style.colour, ground) >= contrast_needed(style.size, bold=style.bold)


def grounds_of(page: Page, paper: str) -> Iterator[tuple[Style, str]]:
    """Yield every style on a page with the colour under it; the grade of a paragraph stands on its disc."""
    discs = [item for item in page.items if isinstance(item, Disc)]
    panels = [item for item in page.items if isinstance(item, Panel)]
    for item in page.items:
        if isinstance(item, TextBox):
            under = [panel.colour for panel in panels if panel.box.x <= item.box.x and panel.box.y <= item.box.y]
            for style, is_mark in styles_in(item.paragraphs):
                on_disc = is_mark and item.role is Role.SCALE
                yield style, discs[0].colour if on_disc else under[0] if under and item.role in LEGEND else paper
    for row in (*page.table.header, *page.table.rows) if page.table else ():
        for cell in row.cells:
            yield from ((style, cell.fill or paper) for style, _ in styles_in(cell.paragraphs))


def styles_in(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Style, bool]]:
    """Yield the styles of texts, and those of the marks before them."""
    for paragraph in paragraphs:
        yield from ((span.style, False) for line in paragraph.lines for span in line.spans)
        if paragraph.bullet:
            yield paragraph.bullet.style, True


def test_a_template_that_is_a_folder_or_far_away_is_told(tmp_path: Path) -> None:
    shutil.copytree(LUVN, tmp_path, dirs_exist_ok=True)
    for file, kind in (("html", "file-unreadable"), ("/no/such/file.pptx", "layout-file-missing")):
        written(tmp_path, [('file = "template.pptx"', f'file = "{file}"')])
        with pytest.raises(ProblemsFound) as found:
            read_layout(tmp_path)
        assert [problem.kind for problem in found.value.problems] == [kind]


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(LUVN, tmp_path, dirs_exist_ok=True)
    (tmp_path / "html" / "style.css").unlink()
    written(tmp_path, [("width = 960", "width = 0")])
    with pytest.raises(ProblemsFound) as found:
        read_layout(tmp_path)
    assert {problem.kind for problem in found.value.problems} >= {"layout-file-missing", "layout-value"}


def test_a_fault_of_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = broken(tmp_path, "layout.toml", b"a = 1\nb = = 2\n")
    assert problem.place == TextPlace(str(tmp_path / "layout.toml"), 2, 5)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "layout.toml").write_text(TOML, encoding="utf-8-sig")
    read_theme(tmp_path)
