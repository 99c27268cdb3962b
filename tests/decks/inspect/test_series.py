"""Titles x/n and the marks that a table continues."""

from pathlib import Path
from typing import Any

import pytest

from decks.inspect.made_decks import WORDS, add_slide, add_text, found, inspected, new_deck


def series(*titles: str, marks: str | None = None) -> Any:
    """Make a deck of titles; ``marks`` has a + for each slide that says that its table continues."""
    deck = new_deck()
    for title, mark in zip(titles, marks or "-" * len(titles), strict=True):
        slide = add_slide(deck, title)
        if mark != "-":
            add_text(slide, WORDS["sv" if mark == "s" else "fi"], w=300)
    return deck


def kinds(deck: Any, folder: Path) -> list[tuple[str, int]]:
    return [(kind, slide) for kind, slide, _ in found(deck, folder)]


@pytest.mark.parametrize(
    ("titles", "marks"),
    [
        (("A 1/3", "A 2/3", "A 3/3"), "++-"),
        (("A (1/2)", "A (2/2)", "B"), "s--"),
        (("Tilanne 12/2024", "Vuosi 2023/2024"), "--"),
        (("A 1/2", "A 2/2", "B 1/2", "B 2/2"), "+-+-"),
    ],
)
def test_a_series_that_adds_up_has_no_finding(titles: tuple[str, ...], marks: str, tmp_path: Path) -> None:
    assert kinds(series(*titles, marks=marks), tmp_path) == []


def test_a_part_that_is_missing_is_told_on_the_first_there_is(tmp_path: Path) -> None:
    (finding,) = inspected(series("A 1/4", "A 4/4", "B", marks="+--"), tmp_path).findings
    assert (finding.kind, finding.place.slide) == ("part-missing", 1)
    assert (finding.values["missing"], finding.values["n"]) == ((2, 3), 4)


@pytest.mark.parametrize(
    ("titles", "marks", "wrong"),
    [
        (("A 1/3", "A 3/3", "A 2/3"), "+-+", [2, 3]),
        (("A 1/3", "A 2/4", "A 3/3"), "++-", [2]),
        (("A 1/2", "A 2/2", "A 3/2"), "+--", [1, 2, 3]),
        (("A 1/3", "A 2/3", "A 2/2"), "++-", [3]),
    ],
)
def test_a_part_that_is_wrong_by_its_place_is_told(
    titles: tuple[str, ...], marks: str, wrong: list[int], tmp_path: Path
) -> None:
    assert kinds(series(*titles, marks=marks), tmp_path) == [("part-wrong", slide) for slide in wrong]


def test_what_the_part_should_be_is_told(tmp_path: Path) -> None:
    (finding,) = inspected(series("A 1/2", "A 1/3", marks="++"), tmp_path).findings[:1]
    assert dict(finding.values) == {"x": 1, "n": 3, "wanted": 2, "count": 2}


def test_a_slide_between_the_parts_is_told(tmp_path: Path) -> None:
    assert kinds(series("A 1/2", "B", "A 2/2", marks="+--"), tmp_path) == [("part-apart", 3)]


def test_the_same_series_again_is_told_by_its_titles_alone(tmp_path: Path) -> None:
    deck = series("A 1/2", "A 2/2", "A 1/2", "A 2/2", marks="+-+-")
    assert kinds(deck, tmp_path) == [("title-twice", 3), ("title-twice", 4)]


def test_a_mark_that_is_missing_is_told_with_its_words(tmp_path: Path) -> None:
    (finding,) = inspected(series("A 1/2", "A 2/2"), tmp_path).findings
    assert (finding.kind, finding.place.slide, finding.values["words"]) == ("mark-missing", 1, WORDS["fi"])


@pytest.mark.parametrize("titles", [("A 1/2", "A 2/2"), ("B", "A")])
def test_a_mark_on_the_last_part_is_told(titles: tuple[str, str], tmp_path: Path) -> None:
    marks = "++" if "1/2" in titles[0] else "-+"
    assert kinds(series(*titles, marks=marks), tmp_path) == [("mark-extra", 2)]
