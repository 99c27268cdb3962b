"""How many lines a paragraph takes by each rule of drawing, in a font whose letters are all 1 em wide."""

from dataclasses import replace

import pytest

from em import EM, em_book, em_span
from planning import fonts
from raportti.plan.typeset import Span, Style
from raportti.text.lines import break_lines, line_counter
from raportti.text.measure import HARFBUZZ, LIBREOFFICE, POWERPOINT, POWERPOINT_UNKERNED, RULES, Rule, Ruler, slack_of
from raportti.units import pt

WIDE = Rule("wide", margin=EM)
"""A rule of a program that leaves an em of each line empty."""
BOTH = Ruler(em_book(), (HARFBUZZ, WIDE))
INTER = Style("Inter", False, pt(11), pt(13.4), "000000")


def counts(text: str, ems: float, slack: float = 0) -> tuple[int, ...]:
    broken = break_lines((em_span(text),), round(ems * EM), ruler=BOTH, language="fi", slack=round(slack * EM))
    return broken.counts


def test_a_program_that_leaves_room_empty_takes_more_lines() -> None:
    assert counts("aaa bbb ccc", 7) == (2, 3)


def test_what_a_program_is_given_more_makes_up_for_it() -> None:
    assert counts("aaa bbb ccc", 7, slack=1) == (2, 2)


def test_a_word_is_divided_where_any_rule_draws_it_wider_than_its_column() -> None:
    broken = break_lines((em_span("hyvinvointialue"),), 15 * EM, ruler=BOTH, language="fi")
    assert [line.drawn for line in broken.lines] == ["hyvinvointi-", "alue"]
    assert broken.counts == (2, 2)


def test_a_forced_end_of_a_line_counts_by_every_rule() -> None:
    assert counts("xqzwrtpsdfghjk", 5) == (4, 4)


@pytest.mark.parametrize("ems", [9, 12, 15.5, 30])
def test_a_counter_counts_as_lines_are_broken(ems: float) -> None:
    text = "Hyvinvointi ja alue on maan paras ja sujuva, ja se on myös nopea"
    spans = (Span(text, INTER),)
    ruler = Ruler(fonts())
    width = round(ems * pt(11))
    broken = break_lines(spans, width, ruler=ruler, language="fi", slack=slack_of(width))
    assert line_counter(spans, 0, ruler=ruler, language="fi").count(width) == max(broken.counts)


def test_libreoffice_sets_inter_at_whole_dots_per_em() -> None:
    """Measured on LibreOffice's PDF of the default report: 54 dots for e and n, 52 for a, 22 for i, of 92 at 11 pt."""
    ruler = Ruler(fonts())
    dot = 914_400 // 600
    widths = {letter: ruler.width((Span(letter, INTER),), LIBREOFFICE) for letter in "enai"}
    assert {letter: width // dot for letter, width in widths.items()} == {"e": 54, "n": 54, "a": 52, "i": 22}


def test_powerpoint_rounds_each_advance_to_an_eighth_of_a_point() -> None:
    ruler = Ruler(fonts())
    for rule in (POWERPOINT, POWERPOINT_UNKERNED):
        assert rule.grid is not None
        assert ruler.width((Span("Tavoite", INTER),), rule) % rule.grid == 0


def test_only_an_unkerned_rule_leaves_pairs_as_they_are() -> None:
    ruler = Ruler(fonts())
    rules = (replace(HARFBUZZ, kerned=False), HARFBUZZ)
    loose, kerned = (ruler.width((Span("To", INTER),), rule) for rule in rules)
    assert kerned < loose


def test_rules_have_names_of_their_own_and_the_layouts_own_comes_first() -> None:
    assert RULES[0] is HARFBUZZ
    assert len({rule.name for rule in RULES}) == len(RULES)
