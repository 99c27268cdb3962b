"""The command line: what it prints, where, and with which exit status."""

import json
from pathlib import Path

import pytest
from pptx import Presentation

import raportti
from commands import run, run_apart
from judges.pdf_text import page_texts
from planning import BILINGUAL, DEFAULT, LUVN, ROOT
from raportti.cli import COMMANDS

GOOD = """Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)
S,L,A1.1,Tavoite toteutuu,KYLLÄ,4,Työ on edennyt suunnitelman mukaisesti.
"""
BAD = GOOD.replace("KYLLÄ,4", "KYLLA,9")
HOSTILE = GOOD.replace("Tavoite toteutuu", "{{ 7*7 }} <script>alert(1)</script> & =1+1")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "arviointi.csv"
    file.write_text(GOOD, encoding="utf-8")
    return file


def test_build_prints_the_files_on_stdout_and_the_rest_on_stderr(good: Path, tmp_path: Path) -> None:
    done = run_apart("build", good, "--out", tmp_path / "out", "--formats", "pptx,pdf,html")
    assert done.returncode == 0, done.stderr
    names = ["arviointi.pptx", "arviointi.pdf", "arviointi.html"]
    assert [Path(line).name for line in done.stdout.splitlines()] == names
    assert "4 pages, 1 goal, 0 warnings" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*names, ".arviointi.raportti.json"])


def test_a_build_that_fails_leaves_earlier_files_as_they_were(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", good, "--out", out).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    good.write_text(BAD, encoding="utf-8")
    done = run("build", good, "--out", out)
    assert done.returncode == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert 'row 2, column "Tavoite saavutettu?"' in done.stderr or "row 2, column Tavoite saavutettu?" in done.stderr
    assert "KYLLÄ" in done.stderr and "row 2, column Arviointi (1-5)" in done.stderr


def test_text_that_looks_like_code_comes_through_to_the_letter(good: Path, tmp_path: Path) -> None:
    good.write_text(HOSTILE, encoding="utf-8")
    done = run("build", good, "--out", tmp_path / "out", "--formats", "pptx,pdf")
    assert done.returncode == 0, done.stderr
    deck = Presentation(str(tmp_path / "out" / "arviointi.pptx"))
    texts = [shape.table.cell(1, 0).text for shape in deck.slides[3].shapes if shape.has_table]
    assert texts == ["{{ 7*7 }} <script>alert(1)</script> & =1+1"]
    (*_, page) = page_texts(tmp_path / "out" / "arviointi.pdf")
    for text in ("{{ 7*7 }} <script>alert(1)</script>", "&", "=1+1"):
        assert text in page


def test_check_prints_problems_on_stdout_and_writes_nothing(good: Path, tmp_path: Path) -> None:
    good.write_text(BAD, encoding="utf-8")
    done = run_apart("check", good, cwd=tmp_path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "2 errors, 0 warnings" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["arviointi.csv"]


def test_check_prints_json(good: Path) -> None:
    good.write_text(BAD, encoding="utf-8")
    values = json.loads(run("check", good, "--json").stdout)
    assert (values["errors"], values["warnings"], len(values["problems"])) == (2, 0, 2)
    assert values["problems"][0]["place"]["row"] == 2


def test_warnings_are_no_failure_unless_check_is_strict() -> None:
    assert run("check", DEFAULT).returncode == 0
    assert run("check", DEFAULT, "--strict").returncode == 1


def test_the_default_report_has_two_warnings_its_published_average_and_its_missing_translations() -> None:
    missing, average = run("check").stdout.splitlines()
    assert "missing in Swedish: 173" in missing and "--lang" in missing
    assert "3,4" in average and "3,2" in average and "palvelustrategia.yaml:" in average


def test_both_languages_are_built_at_once(tmp_path: Path) -> None:
    done = run("build", BILINGUAL, "--lang", "fi,sv", "--out", tmp_path / "out")
    assert done.returncode == 0 and "20 pages, 10 goals, 0 warnings" in done.stderr, done.stderr
    stems = ("strategian-tavoitteiden-arviointi-2025", "bedomning-av-strategins-mal-2025")
    names = [f"{stem}.{suffix}" for stem in stems for suffix in ("pptx", "pdf")]
    assert [Path(line).name for line in done.stdout.splitlines()] == names
    swedish = " ".join(" ".join(page_texts(tmp_path / "out" / names[3])).split())
    assert all(word in swedish for word in ("DELVIS", "INTE", "BEDÖMT", "Fortsätter på nästa sida", "customer journey"))
    assert not any(word in swedish for word in ("OSITTAIN", "ARVIOITU", "Jatkuu", "{"))


def test_a_language_is_built_alone_as_it_is_beside_the_other(
    sample_documents: tuple[Path, ...], tmp_path: Path
) -> None:
    own, swedish = (raportti.build(BILINGUAL, languages=asked, out=tmp_path / "x") for asked in ((), ("sv",)))
    alone = [path.read_bytes() for path in (*own.files, *swedish.files)]
    assert [path.read_bytes() for path in sample_documents] == alone


def test_a_build_with_missing_translations_fails_and_tells_all(tmp_path: Path) -> None:
    done = run("build", "--lang", "fi,sv", "--out", tmp_path / "out")
    assert done.returncode == 1 and not (tmp_path / "out").exists()
    told = [line for line in done.stderr.splitlines() if "is missing in Swedish" in line]
    assert len(told) == 173 and 'goal H1.1: "tavoite" is missing in Swedish' in told[0]
    assert len(run("check", "--lang", "sv").stdout.splitlines()) == len(told) + 1


def test_missing_translations_may_be_allowed(tmp_path: Path) -> None:
    done = run("build", "--lang", "sv", "--allow-missing", "--formats", "html", "--out", tmp_path)
    assert done.returncode == 0 and "missing in Swedish: 173" in done.stderr, done.stderr
    assert [path.name for path in tmp_path.glob("[!.]*")] == ["bedomning-av-de-gemensamma-malen.html"]


def test_a_translation_with_the_same_title_takes_no_other_file(good: Path, tmp_path: Path) -> None:
    for languages in ("fi", "sv"):
        done = run("build", good, "--lang", languages, "--allow-missing", "--formats", "html", "--out", tmp_path / "o")
        assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (tmp_path / "o").glob("[!.]*")) == ["arviointi-sv.html", "arviointi.html"]


def test_a_plan_is_made_in_one_language() -> None:
    assert "H1.1 H1.2 H1.3" in run("plan", BILINGUAL, "--lang", "sv").stdout
    assert "Bedömning" in run("plan", "--lang", "sv", "--allow-missing").stdout.splitlines()[0]
    assert run("plan", BILINGUAL, "--lang", "fi,sv").returncode == 2


def test_plan_prints_a_line_for_each_page() -> None:
    done = run_apart("plan")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 28
    assert lines[3].endswith("H1.1 H1.2 H1.3 H1.4")


def test_plan_as_json_keeps_its_contract() -> None:
    plan = json.loads(run("plan", "--json").stdout)
    assert plan["slide"] == {"width": 960.0, "height": 540.0}
    page = plan["pages"][12]
    assert {key: page[key] for key in ("number", "kind", "title", "tag", "part", "continues")} == {
        "number": 13,
        "kind": "table",
        "title": "Asiakastavoitteet 1/3",
        "tag": "PALVELUSTRATEGIA",
        "part": [1, 3],
        "continues": True,
    }
    assert set(page["body"]) == {"x", "y", "w", "h"}
    row = page["rows"][0]
    assert (row["goal"], row["split"], list(row["cells"])) == (
        "P1.1",
        None,
        ["goal", "subgoals", "achieved", "score", "assessment"],
    )
    assert row["cells"]["achieved"] == ["OSITTAIN"]


def test_without_a_source_the_one_report_is_taken(tmp_path: Path) -> None:
    assert run("plan", cwd=tmp_path).returncode == 2
    reports = tmp_path / "source"
    reports.mkdir()
    (reports / "a.csv").write_text(GOOD, encoding="utf-8")
    (reports / "a.sv.csv").write_text("Tunnus,Mål\nA1.1,Mål\n", encoding="utf-8")
    assert run("plan", "--layout", LUVN, cwd=tmp_path).returncode == 0
    (reports / "b.csv").write_text(GOOD, encoding="utf-8")
    several = run("plan", cwd=tmp_path)
    assert several.returncode == 2
    assert "a.csv" in several.stderr and "b.csv" in several.stderr


def test_the_working_folders_settings_are_taken(good: Path, tmp_path: Path) -> None:
    (tmp_path / "raportti.toml").write_text(
        f'source = "arviointi.csv"\nlayout = "{LUVN.as_posix()}"\nout = "tulos"\n', encoding="utf-8"
    )
    done = run("build", "--formats", "html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tulos" / "arviointi.html").exists()


@pytest.mark.parametrize(
    "arguments", [("nonsense",), ("build", "--formats", "doc"), ("plan", "a", "b"), ("build", "--lang", "de")]
)
def test_wrong_usage_ends_with_status_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_an_unknown_layout_is_told_with_the_names_that_there_are(good: Path) -> None:
    done = run("plan", good, "--layout", "nosuch")
    assert done.returncode == 1
    assert "luvn" in done.stderr


@pytest.mark.parametrize("name", ["missing.csv", "missing"])
def test_a_source_that_is_not_there_is_a_sentence(name: str, tmp_path: Path) -> None:
    done = run("build", tmp_path / name, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and name in done.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(good: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = run("build", good, "--out", tmp_path / "file" / "out", "--formats", "html")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr and "--out" in done.stderr


@pytest.mark.parametrize(("language", "word"), [("fi", "sivua"), ("sv", "sidor"), ("en", "pages")])
def test_texts_are_in_the_users_language(good: Path, tmp_path: Path, language: str, word: str) -> None:
    done = run("build", good, "--out", tmp_path, "--formats", "html", RAPORTTI_LANG=language)
    assert word in done.stderr


def test_every_command_has_help_and_a_place_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        done = run(name, "--help")
        assert done.returncode == 0 and len(done.stdout.splitlines()) > 3
        assert f"raportti {name}" in readme
    whole = run("--help").stdout
    assert all(name in whole for name in COMMANDS)


def test_wrong_usage_is_told_in_the_users_language() -> None:
    done = run("plan", "--columns", "leveä", RAPORTTI_LANG="fi")
    assert done.returncode == 2
    assert "Käyttö: " in done.stderr
    assert "Virhe: Kohdan '--columns' arvo ei kelpaa: 'leveä' ei ole mikään näistä: 'fixed', 'auto'." in done.stderr


@pytest.mark.parametrize(("language", "word"), [("fi", "pakollinen"), ("sv", "obligatorisk")])
def test_help_is_in_the_users_language_whole(language: str, word: str) -> None:
    assert word in run_apart("export", "--help", RAPORTTI_LANG=language).stdout
    listed = run_apart("--help", RAPORTTI_LANG=language).stdout
    assert not [what for what in COMMANDS.values() if " ".join(what.split()[:4]) in listed]


def test_what_to_do_about_missing_translations_is_said_once() -> None:
    lines = run("check", DEFAULT, "--lang", "sv").stdout.splitlines()
    assert sum("molemmat" in line for line in lines) == 1 < sum("in Swedish" in line for line in lines)
