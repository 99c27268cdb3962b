"""Passages in other languages: they go from the report's texts to the spans of every page, and move no line."""

import copy
import pickle
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from em import EM, em_ruler, em_span
from planning import SENTENCES, fonts, goal, luvn, plan_of, report
from raportti.content.content import make_content
from raportti.plan import Plan, Role, TextBox
from raportti.plan.typeset import Span
from raportti.report.model import Guideline, Report, Strategy, Subgoal
from raportti.report.passages import Marked, Passage, filled, joined, passages_of, uppered
from raportti.text.lines import break_lines
from raportti.text.measure import Ruler
from raportti.units import pt

LEAN = Marked((Passage("Otetaan käyttöön "), Passage("Lean management", "en"), Passage(" kaikkialla.")))


def mark(text: str) -> str:
    """Mark the middle word of a text as English."""
    before, middle, after = text.partition("Lean")
    return Marked((Passage(before), Passage(middle, "en"), Passage(after)))


def every_text(change: Callable[[str], str]) -> Report:
    """Make a report each of whose texts has been changed."""
    guideline = Guideline(
        change("Linjaus Lean yksi"),
        (
            goal(
                text=change("Tavoite Lean toteutuu."),
                subgoals=(Subgoal(change("Alatavoite Lean"), (change("Kohta Lean"),)),),
                assessment=(change("Arvio Lean ensin."), change("Arvio Lean sitten.")),
            ),
        ),
    )
    return Report(
        change("Raportti Lean"),
        (Strategy(change("Strategia Lean"), (guideline,)),),
        organisation=change("Alue Lean"),
        meeting=change("Hallitus Lean"),
        case_number=change("Lean/1"),
        scale=tuple(change(f"Asteikko Lean {n}") for n in range(5)),
    )


def spans_in(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_in(getattr(value, field.name))


def unmarked(value: Plan) -> list[tuple[str, object]]:
    """Tell a plan's lines and places, whatever its languages are."""
    return [
        (line.drawn, (line.width, paragraph.counts, item.box))
        for page in value.pages
        for item in page.items
        if isinstance(item, TextBox)
        for paragraph in item.paragraphs
        for line in paragraph.lines
    ] + [
        (line.drawn, (line.width, paragraph.counts, row.y, row.h))
        for page in value.pages
        for row in (page.table.rows if page.table else ())
        for cell in row.cells
        for paragraph in cell.paragraphs
        for line in paragraph.lines
    ]


def test_every_passage_of_every_text_is_a_span_in_its_language() -> None:
    spans = list(spans_in(plan_of(every_text(mark))))
    assert {span.language for span in spans if span.text.strip() in ("Lean", "LEAN")} == {"en"}
    assert not [span for span in spans if span.language is None and "lean" in span.text.lower()]
    assert not [span for span in spans if span.language and span.text not in ("Lean", "LEAN")]


def test_a_marked_passage_moves_no_line() -> None:
    assert unmarked(plan_of(every_text(mark))) == unmarked(plan_of(every_text(str)))


def test_the_parts_of_a_split_row_keep_their_passages() -> None:
    long = Marked((Passage("Alku. " * 300), Passage("The end. " * 300, "en")))
    plan = plan_of(report(goal(assessment=(long,))))
    spans = [span for span in spans_in(plan) if span.text.strip() and span.style == luvn().theme.style("table_text")]
    english = [span for span in spans if span.language == "en"]
    assert len(plan.pages) > 4
    assert all(("The end" in s.text or s in english) for s in spans if "end" in s.text)
    assert "".join(span.text for span in english) == "The end. " * 300


def test_a_title_that_names_its_strategy_keeps_its_passages() -> None:
    lean = mark("Strategia Lean")
    strategies = tuple(
        Strategy(name, (Guideline("Sama", (goal(number),)),)) for number, name in enumerate(("Yksi", lean))
    )
    content = make_content(Report("Arvio", strategies), luvn().theme.words["fi"])
    title = content.strategies[1].tables[0].title.text
    assert title == "Sama (Strategia Lean)"
    assert [passage.text for passage in passages_of(title) if passage.language] == ["Lean"]


def test_a_footer_that_is_cut_keeps_its_passages() -> None:
    title = Marked((Passage("Raportti " * 12), Passage("Lean management " * 10, "en")))
    plan = plan_of(replace(report(goal()), title=title))
    (footer,) = (item for item in plan.pages[1].items if isinstance(item, TextBox) and item.role is Role.FOOTER)
    spans = footer.paragraphs[0].lines[0].spans
    assert [span.language for span in spans] == [None, "en", None]
    assert spans[-1].text == "…"


@given(SENTENCES, st.data())
def test_lines_are_the_same_wherever_a_passage_begins(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    style = luvn().theme.style("table_text")
    ruler = Ruler(fonts())
    whole = ruler.cumulative_advances((Span(text, style),))
    parted = ruler.cumulative_advances((Span(text[:at], style), Span(text[at:], style, "fi-FI")))
    assert parted == whole
    width = pt(200)
    one = break_lines((Span(text, style),), width, ruler=ruler, language="fi")
    other = break_lines((Span(text[:at], style), Span(text[at:], style)), width, ruler=ruler, language="fi")
    assert [line.drawn for line in one.lines] == [line.drawn for line in other.lines]


@pytest.mark.parametrize(
    ("word", "language", "spoken", "expected"),
    [
        ("hyvinvointialuestrategia", "sv", "fi-FI", ["hyvinvointi-", "alue-", "strategia"]),
        ("välfärdsområdesstrategi", "fi", "sv-FI", ["välfärdsom-", "rådesstrate-", "gi"]),
        ("responsibilities", "fi", "en", ["responsibil-", "ities"]),
        ("responsibilities", "fi", "tlh", ["responsibili", "ties"]),
    ],
)
def test_a_word_is_divided_by_the_rules_of_its_own_language(
    word: str, language: str, spoken: str, expected: list[str]
) -> None:
    spans = (replace(em_span(word), language=spoken),)
    found = break_lines(spans, 12 * EM, ruler=em_ruler(), language=language).lines
    assert [line.drawn for line in found] == expected


def test_a_word_of_two_languages_is_divided_in_each_by_its_own_rules() -> None:
    spans = (replace(em_span("management"), language="en"), em_span("strategia"))
    found = break_lines(spans, 15 * EM, ruler=em_ruler(), language="fi").lines
    assert "".join(line.text for line in found) == "managementstrategia"
    assert all(line.hyphen for line in found[:-1])


def test_values_bring_their_languages_and_numbers_take_the_texts() -> None:
    text = Marked((Passage("Tavoitteita {n}: "), Passage("goals {n}, {name}", "en")))
    found = filled(text, {"n": 3, "name": mark("a Lean b")})
    assert found == "Tavoitteita 3: goals 3, a Lean b"
    assert passages_of(found) == (
        Passage("Tavoitteita 3: "), Passage("goals 3, ", "en"), Passage("a "), Passage("Lean", "en"), Passage(" b"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["{}", "{x", "x}", "{{n}}", "{m}", "{n}{n}", ""])
def test_other_braces_stay(text: str) -> None:
    assert filled(text, {"n": "{n}"}) == text


def test_capitals_and_joins_keep_passages() -> None:
    assert passages_of(uppered(mark("Strategia Lean ß"))) == (
        Passage("STRATEGIA "), Passage("LEAN", "en"), Passage(" SS"),
    )  # fmt: skip
    assert passages_of(joined((LEAN, "a"), " · ")) == (
        Passage("Otetaan käyttöön "), Passage("Lean management", "en"), Passage(" kaikkialla. · a"),
    )  # fmt: skip


def test_a_copy_keeps_its_passages() -> None:
    assert passages_of(copy.deepcopy(LEAN)) == passages_of(LEAN)
    assert passages_of(pickle.loads(pickle.dumps(LEAN))) == passages_of(LEAN)
    assert asdict(Subgoal(LEAN))["text"] == LEAN
