"""Which rows stand on which page."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raportti.layout.tables import Slice, fill_pages


@dataclass(frozen=True)
class Row:
    height: int
    begins_page: bool = False


def pages(*heights: int, capacity: int = 10, breaks: tuple[int, ...] = ()) -> list[list[int]]:
    rows = [Row(height, at in breaks) for at, height in enumerate(heights)]
    return [[row.height for row in rows[page.start : page.end]] for page in fill_pages(rows, capacity)]


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ((3, 3, 4), [[3, 3, 4]]),
        ((3, 3, 5), [[3, 3], [5]]),
        ((10, 10), [[10], [10]]),
        ((1,), [[1]]),
    ],
)
def test_whole_rows_fill_a_page_as_long_as_they_fit(heights: tuple[int, ...], expected: list[list[int]]) -> None:
    assert pages(*heights) == expected


def test_a_row_that_begins_a_page_leaves_the_page_before_it_as_it_is() -> None:
    assert pages(2, 2, 2, breaks=(1,)) == [[2], [2, 2]]


def test_a_first_row_that_begins_a_page_makes_no_empty_one() -> None:
    assert pages(2, 2, breaks=(0,)) == [[2, 2]]


@given(st.lists(st.builds(Row, st.integers(1, 10), st.booleans()), min_size=1))
def test_each_row_stands_once_in_order_and_no_page_is_over_its_height(rows: list[Row]) -> None:
    found = fill_pages(rows, 10)
    assert [at for page in found for at in range(page.start, page.end)] == list(range(len(rows)))
    assert all(sum(row.height for row in rows[page.start : page.end]) <= 10 for page in found)
    assert all(isinstance(page, Slice) and page.end > page.start for page in found)
