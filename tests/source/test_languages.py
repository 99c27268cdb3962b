"""Two languages from one source: which texts are in both, what is missing, and which words are in a third one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning import BILINGUAL
from raportti.problems import Problem, ProblemsFound, RowPlace, TextPlace
from raportti.report.fields import Ref, texts_of
from raportti.report.model import Achieved, Report, Subgoal
from raportti.report.passages import Passage, passages_of
from raportti.source import names
from raportti.source.loading import Source, load, load_all
from raportti.source.options import LoadOptions
from raportti.source.texts import faults_of, marked
from source.reports import HEADER, ROW, changed, csv_of, row, told, workbook_of, write

ROOT = Path(__file__).resolve().parents[2]
BOTH = """\
otsikko: {fi: Arviointi, sv: Bedömning}
asianumero: Dnro 1/2025
arviointiasteikko: {fi: {5: a, 4: b, 3: c, 2: d, 1: e}, sv: {5: å, 4: ä, 3: ö, 2: u, 1: y}}
strategiat:
  - nimi: {fi: Strategia A, sv: Strategi A}
    linjaukset:
      - nimi: {molemmat: Apotti}
        tavoitteet:
          - tunnus: A1.1
            tavoite: {fi: Tavoite., sv: Mål.}
            alatavoitteet:
              - {fi: eka, sv: första}
              - teksti: {fi: toka, sv: andra}
                kohdat: {fi: [kohta], sv: [punkt]}
            saavutettu: KYLLÄ
            arviointi: 4
            sanallinen_arviointi:
              fi: >-
                Tämä on tarpeeksi pitkä.

                Toinen kappale.
              sv: >-
                Det här är tillräckligt långt.
          - tunnus: A1.2
            tavoite: {fi: 2026, sv: 2026}
            alatavoitteet: {fi: [a, {teksti: b, kohdat: [c]}], sv: [å, {teksti: ä, kohdat: [ö]}]}
            saavutettu: EI ARVIOITU
"""
BOTH_LANGUAGES = LoadOptions(("fi", "sv"))


def both(folder: Path, old: str = "", new: str = "") -> Path:
    assert not old or BOTH.count(old) == 1
    return write(folder / "raportti.yaml", BOTH.replace(old, new) if old else BOTH)


def in_language(path: Path, language: str, *, allow_missing: bool = False) -> Source:
    return load(path, LoadOptions((language,), allow_missing=allow_missing))


def told_in(path: Path, *languages: str) -> list[tuple[str, int, str | None]]:
    """Name each problem of some languages by its kind, line and goal."""
    with pytest.raises(ProblemsFound) as raised:
        load_all(path, LoadOptions(languages))
    return [(problem.kind, line_of(problem), problem.goal) for problem in raised.value.problems]


def line_of(problem: Problem) -> int:
    assert isinstance(problem.place, TextPlace)
    return problem.place.line


def test_each_language_has_its_own_texts_and_the_same_values(tmp_path: Path) -> None:
    finnish, swedish = (source.report for source in load_all(both(tmp_path), BOTH_LANGUAGES))
    assert (finnish.language, finnish.title, finnish.scale) == ("fi", "Arviointi", ("a", "b", "c", "d", "e"))
    assert (swedish.language, swedish.title, swedish.scale) == ("sv", "Bedömning", ("å", "ä", "ö", "u", "y"))
    assert finnish.goals[0].subgoals == (Subgoal("eka"), Subgoal("toka", ("kohta",)))
    assert swedish.goals[0].subgoals == (Subgoal("första"), Subgoal("andra", ("punkt",)))
    assert swedish.goals[1].subgoals == (Subgoal("å"), Subgoal("ä", ("ö",)))
    assert finnish.goals[0].assessment == ("Tämä on tarpeeksi pitkä.", "Toinen kappale.")
    assert swedish.goals[0].assessment == ("Det här är tillräckligt långt.",)
    for report in (finnish, swedish):
        assert report.case_number == "Dnro 1/2025"
        assert report.strategies[0].guidelines[0].name == "Apotti"
        assert [(goal.id, goal.achieved, goal.score) for goal in report.goals] == [
            ("A1.1", Achieved.YES, 4), ("A1.2", Achieved.NOT_ASSESSED, None),
        ]  # fmt: skip


def test_without_a_language_the_report_is_in_its_own(tmp_path: Path) -> None:
    path = both(tmp_path)
    assert load(path).report == in_language(path, "fi").report
    own = write(tmp_path / "sv.yaml", f"kieli: sv\n{BOTH}")
    assert load(own).report == in_language(path, "sv").report


def test_places_are_those_of_the_language(tmp_path: Path) -> None:
    path = both(tmp_path)
    assert in_language(path, "sv").places[Ref("report", "title")] == TextPlace(str(path), 1, 30)
    assert in_language(path, "sv").places[Ref("A1.1", "assessment")] == TextPlace(str(path), 22, 19)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{fi: Arviointi, sv: Bedömning}", "Arviointi", [("translation-missing", 1, None)]),
        ("{fi: Arviointi, sv: Bedömning}", "{fi: Arviointi, sv: }", [("translation-missing", 1, None)]),
        ("2: u, 1: y", "2: u", [("translation-missing", 3, None)]),
        ("{fi: Strategia A, sv: Strategi A}", "Strategia A", [("translation-missing", 5, None)]),
        ("{fi: Tavoite., sv: Mål.}", "Tavoite.", [("translation-missing", 10, "A1.1")]),
        ("{fi: eka, sv: första}", "eka", [("translation-missing", 12, "A1.1")]),
        ("{fi: [kohta], sv: [punkt]}", "[{fi: kohta}]", [("translation-missing", 14, "A1.1")]),
        ("[å, {teksti: ä, kohdat: [ö]}]", "[å]", [("translation-missing", 26, "A1.2")] * 2),
        ("{molemmat: Apotti}", "Apotti", [("translation-missing", 7, None)]),
    ],
)  # fmt: skip
def test_a_missing_translation_is_told_with_its_place_and_goal(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, int, str | None]]
) -> None:
    path = both(tmp_path, old, new)
    assert told_in(path, "sv") == expected
    assert told_in(path, "fi", "sv") == expected
    assert load(path).report.language == "fi"


def test_every_missing_translation_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "raportti.yaml", changed("Ensimmäinen tavoite.", "'2025 {en: Lean}'"))
    assert [line for _, line, _ in told_in(path, "sv")] == [1, 3, 5, 11]


def test_a_text_in_the_second_language_alone_is_missing_in_the_first(tmp_path: Path) -> None:
    assert told_in(both(tmp_path, "{fi: Tavoite., sv: Mål.}", "{sv: Mål.}"), "fi") == [
        ("translation-missing", 10, "A1.1")
    ]


@pytest.mark.parametrize("text", ["2026", "– 3,5 %", "'{en: Lean}'", "'2 x {la: per capita} 5'".replace(" x", "")])
def test_what_no_language_says_needs_no_translation(tmp_path: Path, text: str) -> None:
    report = in_language(both(tmp_path, "{fi: Tavoite., sv: Mål.}", text), "sv").report
    assert passages_of(report.goals[0].text)[0].language != "fi-FI"


def test_where_it_is_allowed_a_missing_text_stands_in_the_other_language_and_is_counted(tmp_path: Path) -> None:
    path = both(tmp_path, "{fi: Tavoite., sv: Mål.}", "'Oma {en: Lean} tapa.'")
    source = in_language(path, "sv", allow_missing=True)
    assert passages_of(source.report.goals[0].text) == (
        Passage("Oma ", "fi-FI"), Passage("Lean", "en"), Passage(" tapa.", "fi-FI"),
    )  # fmt: skip
    assert [(problem.kind, problem.values["count"]) for problem in source.warnings] == [("translations-missing", 1)]


def test_a_report_with_some_texts_in_a_second_language_knows_how_many_others_are_missing(tmp_path: Path) -> None:
    counted = load(both(tmp_path, "{fi: Tavoite., sv: Mål.}", "Tavoite.")).untranslated
    assert [(problem.kind, problem.values["count"]) for problem in counted] == [("translations-missing", 1)]
    assert load(both(tmp_path)).untranslated == ()
    assert load(write(tmp_path / "x.yaml", changed("A1.1", "A1.1"))).untranslated == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{fi: Tavoite., sv: Mål.}", "{en: Lean}", ["language-key 10:23 A1.1"]),
        ("{fi: Tavoite., sv: Mål.}", "{fi: a, se: b}", ["language-key 10:30 A1.1"]),
        ("{fi: Tavoite., sv: Mål.}", "{fi: [a], sv: b}", ["expected-text-braces 10:27 A1.1"]),
        ("{fi: Tavoite., sv: Mål.}", "{teksti: a}", ["expected-text-braces 10:22 A1.1"]),
        ("{fi: Tavoite., sv: Mål.}", "{en: Lean} on", ["yaml-language 10:33"]),
        ("{fi: eka, sv: första}", "{fi: eka, molemmat: x}", ["language-key 12:27 A1.1"]),
        ("5: a, 4: b, 3: c, 2: d, 1: e}, sv: {5: å, ", "4: b, 3: c, 2: d, 1: e}, sv: {", ["scale-incomplete 3:20"]),
        ("arviointiasteikko: {fi: {5", "arviointiasteikko: {en: {5", ["language-key 3:21"]),
        ("tunnus: A1.1", "tunnus: {fi: A1.1, sv: A1.1}", ["expected-text-braces 9:21"]),
        ("saavutettu: KYLLÄ", "saavutettu: {fi: KYLLÄ, sv: JA}", ["expected-text-braces 15:25 A1.1"]),
        ("{fi: [a, {teksti: b, kohdat: [c]}], sv", "{fi: a, sv", ["expected-list 26:33 A1.2"]),
    ],
)
def test_a_language_that_is_not_right_is_told_once(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert told(both(tmp_path, old, new)) == expected


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("a {en: customer journey} b", [("a ", None), ("customer journey", "en"), (" b", None)]),
        ("{EN-gb:colour}", [("colour", "en-GB")]),
        ("{sv: mål} ja {fi: tavoite}", [("mål", "sv-FI"), (" ja ", None), ("tavoite", "fi-FI")]),
        ("{linjaus} {1: a} {a b}", [("{linjaus} {1: a} {a b}", None)]),
    ],
)
def test_words_in_another_language_are_marked_and_printed_without_braces(
    text: str, passages: list[tuple[str, str | None]]
) -> None:
    assert [tuple(passage) for passage in passages_of(marked(text))] == passages
    assert list(faults_of(text)) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a {en: b", ["mark-unclosed"]),
        ("{en: a {sv: b}", ["mark-unclosed"]),
        ("{english: a}", ["mark-language"]),
        ("{en: }", ["mark-empty"]),
        ("{en: {linjaus}}", ["mark-unclosed"]),
    ],
)
def test_a_mark_that_is_not_right_is_told(tmp_path: Path, text: str, kinds: list[str]) -> None:
    path = write(tmp_path / "raportti.yaml", changed("Ensimmäinen tavoite.", f"'{text}'"))
    assert told(path) == [f"{kind} 8:22 A1.1" for kind in kinds]


def test_a_mark_in_a_sentence_with_a_placeholder_is_told_once(tmp_path: Path) -> None:
    named = "- nimi: Strategia A\n    yhteenvedon_lause: '{tavoitteita} {english: x}'"
    assert told(write(tmp_path / "raportti.yaml", changed("- nimi: Strategia A", named))) == ["mark-language 4:24"]


def test_marks_are_read_after_white_space_and_over_line_ends(tmp_path: Path) -> None:
    path = write(
        tmp_path / "raportti.yaml", changed("Ensimmäinen tavoite.", "|-\n              a {en: b\n              c} d")
    )
    assert passages_of(load(path).report.goals[0].text) == (Passage("a "), Passage("b c", "en"), Passage(" d"))


def test_names_that_differ_only_in_a_mark_are_the_same(tmp_path: Path) -> None:
    second = '      - nimi: "{en: Apotti}"\n        tavoitteet: []\n'
    path = both(tmp_path)
    path.write_text(BOTH + second, encoding="utf-8")
    assert "guideline-twice 28:15" in told(path)


def test_the_bilingual_sample_has_no_remark_in_either_language() -> None:
    finnish, swedish = load_all(BILINGUAL, BOTH_LANGUAGES)
    assert finnish.warnings == swedish.warnings == finnish.untranslated == ()
    assert [goal.id for goal in finnish.report.goals] == [goal.id for goal in swedish.report.goals]
    for source in (finnish, swedish):
        marks = {passage.language for _, text in texts_of(source.report) for passage in passages_of(text)}
        assert marks == {None}
    english = [text for goal in swedish.report.goals for text in goal.assessment if len(passages_of(text)) > 1]
    assert [passage for passage in passages_of(english[0]) if passage.language] == [Passage("customer journey", "en")]


FINNISH = csv_of(HEADER, ROW, row(c2="A1.2", c3="2026", c4="• eka\n- kohta", c5="EI", c6="3"))
SWEDISH = csv_of(
    ("Beteckning", "Strategi", "Riktlinje", "Mål", "Delmål", "Skriftlig bedömning (sammanfattning)"),
    ("A1.2", "Strategi A", "Riktlinje 1", "2026", "• första\n- punkt", "Den här är också lång nog."),
    ("A1.1", "Strategi A", "Riktlinje 1", "Mål.", "", "Det här är en tillräckligt lång bedömning."),
)
BESIDE = csv_of(
    (*HEADER, "Strategi", "Riktlinje", "Mål", "Delmål", "Skriftlig bedömning (sammanfattning)"),
    (*ROW, "Strategi A", "Riktlinje 1", "Mål.", "", "Det här är en tillräckligt lång bedömning."),
    (
        *row(c2="A1.2", c3="2026", c4="• eka\n- kohta", c5="EI", c6="3"),
        *("Strategi A", "Riktlinje 1", "2026", "• första\n- punkt", "Den här är också lång nog."),
    ),
)


def tables(folder: Path, finnish: str = FINNISH, swedish: str = SWEDISH) -> Path:
    """Write a table and the one with its translations."""
    write(folder / "arviointi.sv.csv", swedish)
    return write(folder / "arviointi.csv", finnish)


def test_a_table_has_swedish_columns_beside_the_finnish_ones_or_a_table_of_them_beside_it(tmp_path: Path) -> None:
    second = [source.report for source in load_all(tables(tmp_path), BOTH_LANGUAGES)]
    (tmp_path / "arviointi.sv.csv").unlink()
    columns = [source.report for source in load_all(write(tmp_path / "arviointi.csv", BESIDE), BOTH_LANGUAGES)]
    assert second == columns
    finnish, swedish = columns
    assert finnish == load(write(tmp_path / "arviointi.csv", FINNISH)).report
    assert (swedish.language, swedish.title, swedish.strategies[0].name) == ("sv", "Arviointi", "Strategi A")
    assert swedish.goals[1].subgoals == (Subgoal("första", ("punkt",)),)
    assert swedish.goals[0].assessment == ("Det här är en tillräckligt lång bedömning.",)
    assert [goal.achieved for goal in swedish.goals] == [Achieved.YES, Achieved.NO]


def test_a_workbook_may_stand_beside_a_workbook_with_finnish_headings(tmp_path: Path) -> None:
    write(tmp_path / "x.xlsx", workbook_of(HEADER, ROW))
    write(tmp_path / "x.sv.xlsx", workbook_of(HEADER, row(c0="Strategi", c1="Riktlinje", c3="Mål.", c7="Lång " * 9)))
    report = in_language(tmp_path / "x.xlsx", "sv").report
    assert (report.strategies[0].name, report.goals[0].text) == ("Strategi", "Mål.")


def test_a_table_with_swedish_headings_alone_is_a_swedish_report(tmp_path: Path) -> None:
    header = tuple(name for name in names.SWEDISH_COLUMNS if name != "Ansvarig instans")
    source = load(write(tmp_path / "bedomning.csv", csv_of(header, row(c5="JA"))))
    assert (source.report.language, source.report.goals[0].achieved) == ("sv", Achieved.YES)
    short = write(tmp_path / "bedomning.csv", csv_of(header[:-1], row(c5="JA")[:-1]))
    assert told(short) == ["column-missing row 1"]


@pytest.mark.parametrize(
    ("swedish", "expected"),
    [
        (SWEDISH.replace("A1.2", "A1.9"), ["row-alone row 2, column Beteckning A1.9"]),
        (SWEDISH.replace("A1.1", "A1.2"), ["id-twice row 3, column Beteckning A1.2"]),
        (SWEDISH.replace("A1.2", ""), ["missing row 2, column Beteckning"]),
        (SWEDISH.replace("Beteckning", "Beteckningen"), ["column-misspelt row 1, column Beteckningen"]),
        (
            "Tunnus,Har målet uppnåtts?,Bedömning (1-5)\nA1.1,JA,3\nA1.2,delvis,3.0\n",
            [
                "row-differs row 2, column Bedömning (1-5) A1.1",
                "row-differs row 3, column Har målet uppnåtts? A1.2",
            ],
        ),
        (
            SWEDISH.replace("Strategi A;Riktlinje 1;2026", "Strategi B;Riktlinje 1;2026"),
            ["name-differs row 2, column Strategi"],
        ),
    ],
)
def test_what_differs_in_the_table_of_translations_is_told(tmp_path: Path, swedish: str, expected: list[str]) -> None:
    path = tables(tmp_path, swedish=swedish)
    assert told(path) == [line.replace(" row", " arviointi.sv.csv:row", 1) for line in expected]


def test_a_translation_that_a_table_lacks_is_told_at_its_cell(tmp_path: Path) -> None:
    path = tables(tmp_path, swedish=SWEDISH.replace("Mål.", "").replace("\n- punkt", ""))
    with pytest.raises(ProblemsFound) as raised:
        in_language(path, "sv")
    assert [(problem.kind, problem.place, problem.goal) for problem in raised.value.problems] == [
        ("translation-missing", RowPlace(str(path), 3, "Alatavoitteet"), "A1.2"),
        ("translation-missing", RowPlace(str(tmp_path / "arviointi.sv.csv"), 3, "Mål"), "A1.1"),
    ]


def test_a_table_without_translations_lacks_one_for_each_text(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", FINNISH)
    with pytest.raises(ProblemsFound) as raised:
        in_language(path, "sv")
    assert {problem.kind for problem in raised.value.problems} == {"translation-missing"}
    # Two names, two assessments, a goal, a subgoal and its item.
    assert len(raised.value.problems) == 7


def test_words_are_marked_in_a_table_as_in_yaml(tmp_path: Path) -> None:
    report = load(write(tmp_path / "x.csv", csv_of(HEADER, row(c3="a {en: b}", c4="• {en: c} d")))).report
    assert passages_of(report.goals[0].text) == (Passage("a "), Passage("b", "en"))
    assert passages_of(report.goals[0].subgoals[0].text) == (Passage("c", "en"), Passage(" d"))


WORDS = st.text("abcåäö .-", min_size=1).map(lambda text: f"x{text}".strip())
PAIRS = st.tuples(WORDS, WORDS)


@st.composite
def pairs_of_reports(draw: st.DrawFn) -> tuple[str, str, str]:
    """Write a report in two languages, and the two reports that each say one."""
    texts = [draw(PAIRS) for _ in range(6)]
    subgoals = draw(st.lists(PAIRS, max_size=3))
    whole_list = draw(st.booleans())

    def quoted(text: str) -> str:
        return f'"{text}"'

    def written(choose: int | None) -> str:
        said = [f"{{fi: {quoted(a)}, sv: {quoted(b)}}}" if choose is None else quoted((a, b)[choose]) for a, b in texts]
        lists = [", ".join(quoted(pair[side]) for pair in subgoals) for side in (0, 1)]
        if choose is not None:
            listed = f"[{lists[choose]}]"
        elif whole_list:
            listed = f"{{fi: [{lists[0]}], sv: [{lists[1]}]}}"
        else:
            listed = "[" + ", ".join(f"{{fi: {quoted(a)}, sv: {quoted(b)}}}" for a, b in subgoals) + "]"
        title, strategy, tag, guideline, goal, assessment = said
        return (
            f"otsikko: {title}\nkieli: {'sv' if choose else 'fi'}\nstrategiat:\n  - nimi: {strategy}\n"
            f"    yläkulma: {tag}\n    linjaukset:\n      - nimi: {guideline}\n        tavoitteet:\n"
            f"          - tunnus: A1\n            tavoite: {goal}\n            alatavoitteet: {listed}\n"
            f"            saavutettu: EI ARVIOITU\n            sanallinen_arviointi: {assessment}\n"
        )

    return written(None), written(0), written(1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs_of_reports())
def test_a_report_in_two_languages_is_in_each_the_report_that_says_only_that_one(
    tmp_path: Path, reports: tuple[str, str, str]
) -> None:
    both_ways, *alone = (write(tmp_path / f"{name}.yaml", text) for name, text in zip("abc", reports, strict=True))
    chosen: list[Report] = [source.report for source in load_all(both_ways, BOTH_LANGUAGES)]
    assert chosen == [load(path).report for path in alone]
