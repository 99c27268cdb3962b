"""Each rule for a report in YAML, broken in one small file: what is told, and where."""

from pathlib import Path

import pytest

from raportti.problems import ProblemsFound, TextPlace
from raportti.source.loading import load
from source.reports import GOOD, changed, load_good, problems_of, told, write

TITLE = "otsikko: Arviointi"
SCORE = "arviointi: 4"
ASSESSMENT = "Tämä on tarpeeksi pitkä arvio."
UNDER_GOAL = f"{SCORE}\n            "
UNDER_GUIDELINE = "nimi: Linjaus 1\n        "

WRONG_SYNTAX = [
    (SCORE, f"\t{SCORE}", ["yaml-tab 10:13"]),
    (SCORE, "arviointi: a: 4", ["yaml-colon 10:25"]),
    (SCORE, f"  {SCORE}", ["yaml-colon 10:24"]),
    (SCORE, "arviointi 4", ["yaml-key 10:13"]),
    (f"    {SCORE}", f"   {SCORE}", ["yaml-indent 10:12"]),
    (SCORE, 'arviointi: "4', ["yaml-quote 10:24"]),
    (SCORE, "arviointi: [4", ["yaml-bracket 10:24"]),
    (SCORE, "arviointi: @4", ["yaml-start 10:24"]),
    (SCORE, "arviointi: %4", ["yaml-start 10:24"]),
    (SCORE, 'arviointi: "\\q"', ["yaml-escape 10:26"]),
    (SCORE, 'arviointi: "a\n\n  \\U00110000"', ["yaml-escape 12:5"]),
    (SCORE, 'arviointi: "\\UFFFFFFFF"', ["yaml-escape 10:27"]),
    (SCORE, 'arviointi: "\\xZZ"', ["yaml-escape 10:27"]),
    (SCORE, "arviointi: |x", ["yaml-syntax 10:25"]),
    (SCORE, "arviointi: - 4", ["yaml-dash 10:24"]),
    (SCORE, "arviointi: ? 4", ["yaml-start 10:24"]),
    (TITLE, 'otsikko: "A" 2025', ["yaml-after-quote 1:14"]),
    (TITLE, "otsikko: 'A' ja B", ["yaml-after-quote 1:14"]),
    (TITLE, "otsikko: {linjaus} 2025", ["yaml-after-bracket 1:20"]),
    ("nimi: Linjaus 1", "nimi: [A] ja B", ["yaml-after-bracket 5:19"]),
]
WRONG_STRUCTURE = [
    (SCORE, "arviointi: *x", ["yaml-alias 10:24"]),
    (SCORE, "arviointi: &x 4", ["yaml-anchor 10:24"]),
    (SCORE, "arviointi: !!int 4", ["yaml-tag 10:24"]),
    (SCORE, "arviointi: ! 4", ["yaml-tag 10:24"]),
    (SCORE, UNDER_GOAL + "<<: {arviointi: 3}", ["yaml-merge 11:13"]),
    (SCORE, UNDER_GOAL + "[a]: 4", ["key-not-text 11:13"]),
    (SCORE, f"{SCORE}\n---\na: b", ["yaml-documents 11:1"]),
    (TITLE, f"{TITLE}\notsikko: B", ["key-twice 2:1"]),
    (TITLE, f"{TITLE}\nzzz: 1", ["key-unknown 2:1"]),
    (TITLE, "otsiko: Arviointi", ["key-misspelt 1:1"]),
    ("linjaukset:", "linjat:", ["key-misspelt 4:5"]),
    (TITLE, "otsikko: [a]", ["expected-text-braces 1:10"]),
    (TITLE, "otsikko: {linjaus}", ["expected-text-braces 1:10"]),
    (SCORE, "arviointi: [4]", ["expected-text-braces 10:24 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: a", ["expected-list 11:28 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: [{teksti: a, kohdat: b}]", ["expected-list 11:49 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: [[a]]", ["expected-text-braces 11:29 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: [{teskti: a}]", ["key-misspelt 11:30 A1.1"]),
    ("          - tunnus", "            tunnus", ["expected-list 7:13"]),
    ("- nimi: Linjaus 1", "- x\n      - nimi: Linjaus 1", ["expected-mapping 5:9"]),
    (TITLE, f"{TITLE}\narviointiasteikko: x", ["expected-keys 2:20"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: x\n        ", ["expected-keys 6:20"]),
]
WRONG_CHARACTERS = [
    (SCORE, "arviointi: 4\x07", ["character-control 10:25"]),
    (SCORE, "arviointi: 4\x00", ["character-control 10:25"]),
    (SCORE, 'arviointi: "4\\0"', ["character-control 10:24"]),
    (SCORE, 'arviointi: "\\ud800"', ["character-control 10:24"]),
    (ASSESSMENT, f"{ASSESSMENT}\x85", ["character-control 11:65"]),
    (ASSESSMENT, f"{ASSESSMENT}\u2028", ["character-control 11:65"]),
    (ASSESSMENT, f"{ASSESSMENT}\ufffe", ["character-control 11:65"]),
]
MISSING = [
    (TITLE, "", ["missing 2:1"]),
    (TITLE, "otsikko:", ["missing 1:1"]),
    (TITLE, 'otsikko: ""', ["missing 1:1"]),
    *(
        (TITLE, f'otsikko: "{blank}"', ["missing 1:10"])
        for blank in ("\u00a0", "\u200b", "\u00ad \ufeff", "\u2060\n \u3000")
    ),
    ("nimi: Strategia A", "nimi: \u200b", ["missing 3:11"]),
    ("nimi: Linjaus 1", "nimi: \u00a0", ["missing 5:15"]),
    ("tunnus: A1.1", "tunnus: \u00ad", ["missing 7:21"]),
    ("Ensimmäinen tavoite.", "\u3164", ["missing 8:22 A1.1"]),
    ("KYLLÄ", "\u200b", ["missing-yet 9:25 A1.1"]),
    (SCORE, "arviointi: \u200b", ["missing-score 10:24 A1.1"]),
    (ASSESSMENT, "|-\n              \u00a0\n\n              \u200b", ["missing-yet 11:35 A1.1"]),
    ("nimi: Strategia A", "nimi:", ["missing 3:5"]),
    ("nimi: Linjaus 1", "nimi:", ["missing 5:9"]),
    ("tunnus: A1.1", "", ["missing 8:13"]),
    ("tavoite: Ensimmäinen tavoite.", "", ["missing 7:13 A1.1"]),
    ("saavutettu: KYLLÄ", "", ["missing-yet 7:13 A1.1"]),
    (SCORE, "arviointi:", ["missing-score 10:13 A1.1"]),
    (SCORE, "arviointi: –", ["missing-score 10:24 A1.1"]),
    (ASSESSMENT, "", ["missing-yet 11:13 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: ['']", ["item-empty 11:29 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet: [{kohdat: [a]}]", ["item-empty 11:29 A1.1"]),
]
WRONG_VALUES = [
    ("tunnus: A1.1", "tunnus: A 1", ["id-space 7:21 A 1"]),
    ("tunnus: A1.1", "tunnus: A\u00a01", ["id-space 7:21 A\u00a01"]),
    ("tunnus: A1.1", "tunnus: A1.\u00ad1", ["id-invisible 7:21 A1.\u00ad1"]),
    ("tunnus: A1.1", "tunnus: \u200bA1.1", ["id-invisible 7:21 \u200bA1.1"]),
    ("tunnus: A1.1", f"tunnus: {'A' * 21}", [f"id-long 7:21 {'A' * 21}"]),
    ("KYLLÄ", "KYLLA", ["status-misspelt 9:25 A1.1"]),
    ("KYLLÄ", "OSITAIN", ["status-misspelt 9:25 A1.1"]),
    ("KYLLÄ", "X", ["status-unknown 9:25 A1.1"]),
    ("KYLLÄ", "EI ARVIOITU", ["score-unexpected 10:24 A1.1"]),
    (SCORE, "arviointi: 3,5", ["score-unknown 10:24 A1.1"]),
    (SCORE, "arviointi: 6", ["score-unknown 10:24 A1.1"]),
    (SCORE, "arviointi: 0", ["score-unknown 10:24 A1.1"]),
    (SCORE, "arviointi: kolme", ["score-unknown 10:24 A1.1"]),
    (SCORE, "arviointi: null", ["score-unknown 10:24 A1.1"]),
    (SCORE, "arviointi: ٣", ["score-unknown 10:24 A1.1"]),
    (SCORE, UNDER_GOAL + "sivunvaihto_ennen: joo", ["flag-unknown 11:32 A1.1"]),
    (TITLE, f"{TITLE}\nkieli: en", ["language-unknown 2:8"]),
    (TITLE, f"{TITLE}\npäivämäärä: 31.2.2024", ["date-unknown 2:13"]),
    (TITLE, f"{TITLE}\npäivämäärä: helmikuu", ["date-unknown 2:13"]),
    (TITLE, f"{TITLE}\narviointiasteikko: {{5: a, 4: b, 3: c, 2: d}}", ["scale-incomplete 2:20"]),
    (TITLE, f"{TITLE}\narviointiasteikko: {{5: a, 4: b, 3: c, 2: d, 1: ''}}", ["scale-incomplete 2:20"]),
    ("nimi: Strategia A", "nimi: A\n    taulukon_otsikko: '{linjaukset}'", ["placeholder-unknown 4:23"]),
    ("nimi: Strategia A", "nimi: A\n    yhteenvedon_lause: '{tavoitteita'", ["brace-alone 4:24"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {kyllä: x}\n        ", ["count-unknown 6:28"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {keskiarvo: '3,25'}\n        ", ["average-unknown 6:32"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {poikkeama_hyväksytty: ''}\n        ", ["missing 6:21"]),
]
REMARKS = [
    (SCORE, "arviointi: 1", ["score-low 10:24 A1.1"]),
    ("KYLLÄ\n            arviointi: 4", "EI\n            arviointi: 5", ["score-high 10:24 A1.1"]),
    ("Ensimmäinen tavoite.", "Tavoite # kaksi", ["text-comment 8:22 A1.1"]),
    ("nimi: Strategia A", "nimi: Strategia A  # uusi", ["text-comment 3:11"]),
    (TITLE, f"{TITLE}\nasianumero: #12/2025", ["text-comment 2:1"]),
    (ASSESSMENT, f"{ASSESSMENT}\n              Jatkuu. # loppuu", ["text-comment 11:35 A1.1"]),
    (SCORE, UNDER_GOAL + "alatavoitteet:\n            - a # b\n            - c", ["text-comment 12:15 A1.1"]),
    (ASSESSMENT, "lyhyt", ["assessment-short 11:35 A1.1"]),
    ("pitkä arvio", "pitkä  arvio", ["spaces-doubled 11:35 A1.1"]),
    ("Ensimmäinen tavoite.", ">-\n              a\n\n              b", ["paragraphs-joined 8:22 A1.1"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {keskiarvo: '3,2'}\n        ", ["published-differs 6:32"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {tavoitteita: 2}\n        ", ["published-differs 6:34"]),
    (UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {ei_arvioitu: 1}\n        ", ["published-differs 6:34"]),
]
EMPTY_PARTS = [
    ("otsikko: A\nstrategiat: []", ["report-empty 2:13"]),
    ("otsikko: A", ["report-empty 1:1"]),
    ("otsikko: A\nstrategiat: [{nimi: B}]", ["strategy-empty 2:14"]),
    ("otsikko: A\nstrategiat: [{nimi: B, linjaukset: [{nimi: C}]}]", ["guideline-empty 2:37"]),
]
NO_REPORT = [
    ("", ["file-empty"]),
    (" \n\n", ["file-empty"]),
    ("# vain huomautus\n", ["file-empty"]),
    ("a", ["expected-keys 1:1"]),
    ("[a]", ["expected-keys 1:1"]),
    ("nimi: a\nlinjaukset: []", ["strategy-file-alone"]),
    ("[" * 100, ["yaml-deep 1:21"]),
    ("- " * 100, ["yaml-deep 1:41"]),
    (b"otsikko: p\xe4iv\xe4", ["file-encoding 1:11"]),
    (b"\xff", ["file-encoding 1:1"]),
    ("otsikko: ä".encode("utf-16"), ["file-utf16"]),
    ("otsikko: aaa".encode("utf-16-le"), ["file-utf16"]),
    ("otsikko: aaa".encode("utf-16-be"), ["file-utf16"]),
    (b"\0" * 3000, ["file-binary"]),
    (b"%PDF-1.7", ["file-binary"]),
    (b"PK\x03\x04", ["file-binary"]),
    (bytes(range(256)) * 4, ["file-binary"]),
    (b" " * (20 * 1024 * 1024 + 1), ["file-too-large"]),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), WRONG_SYNTAX + WRONG_STRUCTURE + WRONG_CHARACTERS + MISSING + WRONG_VALUES
)
def test_an_error_is_told_once_and_where_it_is(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    file = write(tmp_path / "raportti.yaml", changed(old, new))
    assert told(file) == expected
    with pytest.raises(ProblemsFound):
        load(file)


@pytest.mark.parametrize(("old", "new", "expected"), REMARKS)
def test_a_remark_is_told_and_the_report_is_read(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    file = write(tmp_path / "raportti.yaml", changed(old, new))
    assert told(file) == expected
    assert load(file).report.goals


@pytest.mark.parametrize(("text", "expected"), EMPTY_PARTS + NO_REPORT)
def test_a_file_that_is_no_report_is_refused(tmp_path: Path, text: str | bytes, expected: list[str]) -> None:
    assert told(write(tmp_path / "raportti.yaml", text)) == expected


def test_a_known_difference_is_no_remark(tmp_path: Path) -> None:
    new = UNDER_GUIDELINE + "julkaistu: {tavoitteita: 2, poikkeama_hyväksytty: Pyöristetty.}\n        "
    source = load_good(tmp_path / "raportti.yaml", changed(UNDER_GUIDELINE, new))
    published = source.report.strategies[0].guidelines[0].published
    assert source.warnings == ()
    assert published is not None
    assert (published.goals, published.reason) == (2, "Pyöristetty.")


def test_figures_are_not_compared_when_a_goal_is_broken(tmp_path: Path) -> None:
    text = changed(UNDER_GUIDELINE, UNDER_GUIDELINE + "julkaistu: {tavoitteita: 2}\n        ").replace("KYLLÄ", "X")
    assert told(write(tmp_path / "raportti.yaml", text)) == ["status-unknown 10:25 A1.1"]


def test_all_problems_come_at_once_in_the_order_of_their_places(tmp_path: Path) -> None:
    text = (
        GOOD.replace("KYLLÄ", "X").replace("otsikko:", "zzz: 1\notsikko:").replace(": 4", ": 9").replace("A1.1", "A 1")
    )
    kinds = [line.split()[0] for line in told(write(tmp_path / "raportti.yaml", text))]
    assert kinds == ["key-unknown", "id-space", "status-unknown", "score-unknown"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (SCORE, f"{SCORE} # väliaikainen"),
        ("KYLLÄ", "KYLLÄ # tarkista"),
        ("tunnus: A1.1", "tunnus: A1.1 # uusi"),
        ("tavoitteet:", "tavoitteet: # kaikki"),
        ("Ensimmäinen tavoite.", "'Tavoite #1' # lainattu"),
        ("Ensimmäinen tavoite.", ">- # lohko\n              Tavoite # 1"),
        ("Ensimmäinen tavoite.", "Tavoite#1\n            # oma rivi"),
        (TITLE, f"{TITLE}\n# oma rivi"),
        (TITLE, f"{TITLE}\nkokous:\n# oma rivi"),
    ],
)
def test_a_comment_that_cannot_be_part_of_a_text_is_no_matter(tmp_path: Path, old: str, new: str) -> None:
    assert told(write(tmp_path / "raportti.yaml", changed(old, new))) == []


def test_ids_that_differ_only_in_case_are_refused(tmp_path: Path) -> None:
    goal = GOOD[GOOD.index("          - tunnus") :].replace("A1.1", "a1.1")
    (found,) = problems_of(write(tmp_path / "raportti.yaml", GOOD + goal))
    first = TextPlace(str(tmp_path / "raportti.yaml"), 7, 21)
    assert (found.kind, found.values) == ("id-case", {"value": "a1.1", "other": "A1.1", "first": first})


@pytest.mark.parametrize("alike", ["{} A", "{}\u00a0a", "{}\u200b A", "{}  A"])
def test_names_that_look_the_same_are_remarked_on(tmp_path: Path, alike: str) -> None:
    guideline = GOOD[GOOD.index("      - nimi: Linjaus") :].replace("A1.1", "A2.1")
    strategy = GOOD[GOOD.index("  - nimi: Strategia") :].replace("A1.1", "A3.1")
    text = GOOD.replace("Linjaus 1", "LINJAUS A") + guideline.replace("Linjaus 1", f"'{alike.format('Linjaus')}'")
    text += strategy.replace("Strategia A", f"'{alike.format('strategia')}'")
    kinds = [line for line in told(write(tmp_path / "raportti.yaml", text)) if not line.startswith("spaces")]
    assert kinds == ["guideline-alike 12:15", "strategy-alike 19:11"]


def test_an_id_that_is_used_twice_tells_of_the_first(tmp_path: Path) -> None:
    goal = GOOD[GOOD.index("          - tunnus") :]
    assert told(write(tmp_path / "raportti.yaml", GOOD + goal)) == ["id-twice 12:21 A1.1"]


def test_a_strategy_or_guideline_of_the_same_name_is_refused(tmp_path: Path) -> None:
    guideline = GOOD[GOOD.index("      - nimi: Linjaus") :].replace("A1.1", "A2.1")
    strategy = GOOD[GOOD.index("  - nimi: Strategia") :].replace("A1.1", "A3.1")
    assert told(write(tmp_path / "a.yaml", GOOD + guideline)) == ["guideline-twice 12:15"]
    assert told(write(tmp_path / "b.yaml", GOOD + strategy)) == ["strategy-twice 12:11"]


def test_more_problems_than_anyone_reads_are_counted(tmp_path: Path) -> None:
    lines = "".join(f"zzz{number}: 1\n" for number in range(1500))
    lines = told(write(tmp_path / "raportti.yaml", lines + GOOD))
    assert len(lines) == 1001
    assert lines[-1] == "more-problems"
