"""Charts: which pages, where their bars and words are, and what is said of them."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from planning import fonts, goal, luvn, report
from raportti.content.content import make_content
from raportti.content.wording import of_status
from raportti.layout.choices import Choices, PageOptions
from raportti.layout.planning import make_plan
from raportti.layout.theme.check import check_theme
from raportti.plan import Page, PageKind, Plan
from raportti.plan.chart import Chart, ChartKind, ChartRectangle, ChartText, Label
from raportti.plan.typeset import Box, Span
from raportti.problems import ProblemsFound
from raportti.report.model import Achieved, Guideline, Report, Strategy
from raportti.text.measure import Ruler
from raportti.units import pt

CHARTED = PageOptions(charts=True)
WANTS_CHARTS = replace(luvn().theme, choices=Choices(charts=True))
YES, PARTLY, NO, NOT_YET = Achieved.YES, Achieved.PARTLY, Achieved.NO, Achieved.NOT_ASSESSED


def charted(given: Report) -> Plan:
    return make_plan(make_content(given, luvn().theme.words[given.language]), luvn().theme, fonts(), CHARTED)


def of_guidelines(*guidelines: tuple[str, tuple[tuple[Achieved, int | None], ...]], **changes: object) -> Report:
    made = tuple(
        Guideline(
            name,
            tuple(
                goal(k, id=f"A{n}.{k}", achieved=achieved, score=score) for k, (achieved, score) in enumerate(goals, 1)
            ),
        )
        for n, (name, goals) in enumerate(guidelines, 1)
    )
    return report(strategies=(Strategy("Palvelustrategia", made),), **changes)


SMALL = of_guidelines(
    ("Linjaus A", ((YES, 4), (PARTLY, 3), (PARTLY, 3), (NO, 1))),
    ("Linjaus B", ((YES, 4),)),
    ("Linjaus C", ((NOT_YET, None),)),
)


def pages_of(plan: Plan) -> tuple[Page, ...]:
    return tuple(page for page in plan.pages if page.kind is PageKind.CHARTS)


def charts_of(page: Page) -> tuple[Chart, Chart]:
    averages, shares = (item for item in page.items if isinstance(item, Chart))
    return averages, shares


def words_of(chart: Chart) -> list[str]:
    return [mark.text for mark in chart.drawing if isinstance(mark, ChartText)]


def box_of(mark: ChartRectangle | ChartText) -> Box:
    """Say where a mark is; a word by its width and the height of its letters."""
    if isinstance(mark, ChartRectangle):
        return mark.box
    width = Ruler(fonts()).width((Span(mark.text, mark.style),))
    return Box(mark.x, mark.y - round(0.73 * mark.style.size), width, round(0.73 * mark.style.size))


def test_without_charts_there_is_no_page_of_them() -> None:
    plan = make_plan(make_content(SMALL, luvn().theme.words["fi"]), luvn().theme, fonts())
    assert pages_of(plan) == ()


def test_a_layout_may_want_charts() -> None:
    theme = WANTS_CHARTS
    assert len(pages_of(make_plan(make_content(SMALL, theme.words["fi"]), theme, fonts()))) == 1


def test_charts_follow_the_summary_under_a_title_of_their_own() -> None:
    plan = charted(SMALL)
    kinds = [page.kind for page in plan.pages]
    assert kinds[:4] == [PageKind.COVER, PageKind.SCALE, PageKind.SUMMARY, PageKind.CHARTS]
    assert plan.pages[3].title == "Palvelustrategia: yhteenveto: kaaviot"
    assert len({page.title for page in plan.pages}) == len(plan.pages)


def test_averages_are_bars_on_the_scale_with_their_figures() -> None:
    averages, _ = charts_of(pages_of(charted(SMALL))[0])
    (series,) = averages.series
    assert averages.kind is ChartKind.BARS
    assert series.values == (Decimal("2.8"), Decimal("4.0"), Decimal(0))
    bars = [mark.box for mark in averages.drawing if isinstance(mark, ChartRectangle) and mark.fill == series.fill]
    assert [bar.w for bar in bars] == [round(averages.plot.w * value / 5) for value in series.values if value]
    assert words_of(averages) == ["1", "2", "3", "4", "5", "2,8", "4,0", "–", "Linjaus A", "Linjaus B", "Linjaus C"]


def test_shares_are_parts_of_a_bar_in_the_statuses_colours_with_their_counts() -> None:
    theme, (_, shares) = luvn().theme, charts_of(pages_of(charted(SMALL))[0])
    assert [series.name for series in shares.series] == ["KYLLÄ", "OSITTAIN", "EI", "EI ARVIOITU"]
    assert [tuple(map(int, series.values)) for series in shares.series] == [(1, 1, 0), (2, 0, 0), (1, 0, 0), (0, 0, 1)]
    assert [series.fill for series in shares.series] == [
        of_status(theme.fills, status) for status in (YES, PARTLY, NO, NOT_YET)
    ]
    parts = [mark.box for mark in shares.drawing if isinstance(mark, ChartRectangle)][:3]
    assert [part.w for part in parts] == pytest.approx([shares.plot.w / 4, shares.plot.w / 2, shares.plot.w / 4], abs=2)
    assert words_of(shares)[:3] == ["KYLLÄ 1", "OSITTAIN 2", "EI 1"]
    assert shares.series[0].labels == (Label.NAME_AND_VALUE, Label.NAME_AND_VALUE, Label.NOTHING)


def test_what_is_not_assessed_is_in_the_legend_only_where_there_is_any() -> None:
    _, shares = charts_of(pages_of(charted(of_guidelines(("L", ((YES, 4),)))))[0])
    assert [series.name for series in shares.series] == ["KYLLÄ", "OSITTAIN", "EI"]
    assert words_of(shares)[-3:] == ["KYLLÄ", "OSITTAIN", "EI"]


def test_the_alternative_text_has_all_figures() -> None:
    averages, shares = charts_of(pages_of(charted(SMALL))[0])
    assert averages.description == "Pylväskaavio. Keskiarvot: Linjaus A 2,8; Linjaus B 4,0; Linjaus C –"
    assert shares.description == (
        "Pylväskaavio. Tavoitteita tilan mukaan: Linjaus A: KYLLÄ 1, OSITTAIN 2, EI 1, EI ARVIOITU 0; "
        "Linjaus B: KYLLÄ 1, OSITTAIN 0, EI 0, EI ARVIOITU 0; Linjaus C: KYLLÄ 0, OSITTAIN 0, EI 0, EI ARVIOITU 1"
    )


def test_charts_of_a_swedish_report_are_in_its_words() -> None:
    page = pages_of(charted(replace(SMALL, language="sv")))[0]
    assert page.title.endswith(": diagram")
    assert charts_of(page)[0].description.startswith("Stapeldiagram. Medeltal: Linjaus A 2,8")


LONG = " ".join(["hyvinvointialueen palvelustrategia"] * 12)
MANY = [(f"Linjaus {n} {LONG if n % 7 == 3 else ''}".strip(), ((YES, 5),) * (n + 1) + ((NO, 1),)) for n in range(30)]


@pytest.mark.parametrize("count", [1, 5, 12, 30])
def test_nothing_of_a_chart_lies_over_anything_or_leaves_its_place(count: int) -> None:
    for page in pages_of(charted(of_guidelines(*MANY[:count]))):
        for chart, key in zip(charts_of(page), ("averages", "shares"), strict=True):
            box = getattr(luvn().theme.boxes, key)
            assert box.x <= chart.box.x and chart.box.right <= box.right and chart.box.bottom <= box.bottom
            marks = [box_of(mark) for mark in chart.drawing]
            assert all(chart.box.x <= mark.x and mark.right <= chart.box.right + pt(1) for mark in marks)
            assert all(chart.box.y <= mark.y and mark.bottom <= chart.box.bottom for mark in marks)
            texts = [box_of(mark) for mark in chart.drawing if isinstance(mark, ChartText)]
            assert not [(a, b) for n, a in enumerate(texts) for b in texts[:n] if overlap(a, b)]


def overlap(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.x, other.x)
    return wide > 0 and min(one.bottom, other.bottom) > max(one.y, other.y)


def test_more_guidelines_than_a_page_holds_are_divided_alike_and_each_is_there_once() -> None:
    pages = pages_of(charted(of_guidelines(*MANY)))
    shown = [charts_of(page)[0].categories for page in pages]
    assert len(pages) > 1
    assert [page.part for page in pages] == [(n, len(pages)) for n in range(1, len(pages) + 1)]
    assert max(map(len, shown)) - min(map(len, shown)) <= 1
    assert [name.split()[1] for names in shown for name in names] == [str(n) for n in range(30)]
    assert all(one.bar == other.bar for one, other in pairwise(charts_of(page)[0] for page in pages))


def test_a_name_that_is_too_long_is_cut_and_the_alternative_text_has_it_whole() -> None:
    averages, _ = charts_of(pages_of(charted(of_guidelines((LONG, ((YES, 4),)))))[0])
    assert averages.categories[0].endswith("…")
    assert LONG in averages.description


def test_a_label_without_room_is_left_out() -> None:
    _, shares = charts_of(pages_of(charted(of_guidelines(("L", ((YES, 5),) * 60 + ((NO, 1),)))))[0])
    assert [series.labels for series in shares.series] == [(Label.NAME_AND_VALUE,), (Label.NOTHING,), (Label.NOTHING,)]


def test_bars_that_nobody_sees_are_refused() -> None:
    theme = luvn().theme
    (problem,) = check_theme(replace(theme, fills=theme.fills._replace(bar="EEEEEE")))
    assert (problem.kind, problem.values["key"]) == ("layout-contrast", "fills.bar")


def test_a_place_too_narrow_for_a_chart_is_refused() -> None:
    theme = luvn().theme
    narrow = replace(theme.boxes.shares, w=pt(150))
    (problem,) = check_theme(replace(theme, boxes=theme.boxes._replace(shares=narrow)))
    assert (problem.kind, problem.values["key"]) == ("layout-room", "boxes.shares")


def test_a_place_without_room_for_one_bar_is_told() -> None:
    low = Box(pt(40), pt(380), pt(430), pt(80))
    theme = replace(WANTS_CHARTS, boxes=luvn().theme.boxes._replace(averages=low))
    long = of_guidelines((LONG, ((YES, 4),)))
    with pytest.raises(ProblemsFound) as found:
        make_plan(make_content(long, theme.words["fi"]), theme, fonts())
    assert {problem.kind for problem in found.value.problems} == {"text-too-tall"}
