"""How a row taller than a page is cut."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from em import EM, em_span, em_style
from raportti.layout.tables import split_row
from raportti.layout.typesetting import SetRow
from raportti.plan import Cell, Margins
from raportti.plan.typeset import Bullet, Line, Paragraph
from raportti.units import pt

PITCH = pt(12)
MARGINS = Margins(left=0, right=0, top=pt(2), bottom=pt(4))
EDGES = MARGINS.top + MARGINS.bottom


def paragraph(*lines: str) -> Paragraph:
    return Paragraph(tuple(Line((em_span(text),), len(text) * EM) for text in lines), PITCH)


def set_part(_: str, whole: Paragraph, start: int, end: int) -> Paragraph:
    """Cut lines at the offsets, and leave their ends where they were."""
    lines, at = [], 0
    for line in whole.lines:
        text = line.text[max(start - at, 0) : max(end - at, 0)]
        at += len(line.text)
        if text:
            lines.append(Line((em_span(text),), len(text) * EM))
    return replace(whole, lines=tuple(lines), continued=whole.continued or start > 0)


def row(goal: tuple[Paragraph, ...], assessment: tuple[Paragraph, ...]) -> SetRow:
    cells = (Cell("goal", 0, goal), Cell("assessment", 1, assessment))
    return SetRow(cells, MARGINS, frozenset({"assessment"}), goal="A1.1", begins_page=False)


def parts(assessment: tuple[Paragraph, ...], lines: int) -> list[list[str]]:
    whole = row((paragraph("tavoite"),), assessment)
    found = split_row(whole, lines * PITCH + EDGES, repeated=whole, set_part=set_part)
    return [[line.text for p in part.cells[1].paragraphs for line in p.lines] for part in found]


def test_a_part_holds_as_many_lines_as_fit() -> None:
    assert parts((paragraph(*"abcdefghij"),), 4) == [["a", "b", "c", "d"], ["e", "f", "g", "h"], ["i", "j"]]


def test_a_cut_falls_rather_between_paragraphs() -> None:
    assert parts((paragraph("a", "b", "c"), paragraph("d", "e", "f")), 4) == [["a", "b", "c"], ["d", "e", "f"]]


def test_a_cut_falls_rather_after_a_sentence() -> None:
    assert parts((paragraph("a ", "b ", "c. ", "D ", "e ", "f"),), 4)[0] == ["a ", "b ", "c. "]


def test_a_cut_between_sentences_may_fall_within_a_line() -> None:
    assert parts((paragraph("a ", "b ", "c ", "d. E ", "f ", "g"),), 4) == [
        ["a ", "b ", "c ", "d. "],
        ["E ", "f ", "g"],
    ]


def test_items_stay_with_the_subgoal_that_they_belong_to() -> None:
    marks = (("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 2))
    bullets = (replace(paragraph(text), bullet=Bullet("•", em_style(), level)) for text, level in marks)
    assert parts(tuple(bullets), 4) == [["a", "b", "c"], ["d", "e"]]


def test_no_line_of_a_paragraph_is_left_alone() -> None:
    assert parts((paragraph("a", "b", "c", "d", "e"),), 4) == [["a", "b", "c"], ["d", "e"]]


def test_what_does_not_flow_is_repeated_and_the_parts_are_numbered() -> None:
    whole = row((paragraph("tavoite"),), (paragraph(*"abcdef"),))
    again = row((paragraph("tavoite (jatkuu)"),), ())
    found = split_row(whole, 3 * PITCH + EDGES, repeated=again, set_part=set_part)
    assert [part.cells[0].paragraphs[0].text for part in found] == ["tavoite", "tavoite (jatkuu)"]
    assert [(part.split, part.begins_page) for part in found] == [((1, 2), True), ((2, 2), False)]


def test_a_goal_taller_than_a_page_flows_too() -> None:
    goal = (paragraph(*"abcdef"),)
    whole = row(goal, (paragraph("x"),))
    found = split_row(whole, 3 * PITCH + EDGES, repeated=whole, set_part=set_part)
    assert "".join(p.text for part in found for p in part.cells[0].paragraphs) == "abcdef"
    assert "".join(p.text for part in found for p in part.cells[1].paragraphs) == "x"


PARAGRAPHS = st.lists(
    st.lists(st.text("ab.", min_size=1, max_size=3), min_size=1, max_size=12).map(lambda lines: paragraph(*lines)),
    min_size=1,
    max_size=6,
)


@given(assessment=PARAGRAPHS, lines=st.integers(1, 9))
def test_the_parts_join_to_the_text_and_none_is_taller_than_its_page(assessment: list[Paragraph], lines: int) -> None:
    whole = row((paragraph("t"),), tuple(assessment))
    capacity = lines * PITCH + EDGES
    found = split_row(whole, capacity, repeated=whole, set_part=set_part)
    assert all(part.height <= capacity for part in found)
    joined = [line.text for part in found for p in part.cells[1].paragraphs for line in p.lines]
    assert joined == [line.text for p in assessment for line in p.lines]
