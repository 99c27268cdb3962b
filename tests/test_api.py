"""The Python API: each function does what its example shows, and ``docs/api.md`` shows each as the code has it."""

import ast
import doctest
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pptx
import pytest

import raportti
from planning import ROOT
from raportti import api

TEMPLATE = Path(pptx.__file__).parent / "templates" / "default.pptx"
PAGE = ROOT / "docs" / "api.md"
HEADER = "Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)\n"
ROWS = (
    "Strategia A,Linjaus 1,A1.1,Tavoite toteutuu,KYLLÄ,{score},Työ on edennyt suunnitelman mukaisesti.\n"
    "Strategia A,Linjaus 1,A1.2,Toinen tavoite,OSITTAIN,3,Osa työstä on tehty suunnitelman mukaisesti.\n"
)
FUNCTIONS = tuple(
    node.name
    for node in ast.parse(Path(api.__file__).read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != "unheard"
)
"""The functions of the API in the order of its module."""
OTHERS = tuple(name for name in raportti.__all__ if name not in FUNCTIONS)
RESULTS = (
    "workflows.build.Built", "pipeline.Planned", "problems.Problem", "workflows.diff.Comparison", "workflows.edit.Edit",
    "workflows.edit.GoalEdit", "workflows.layouts.NewLayout", "workflows.decks.ImportedDeck",
    "decks.refresh.outcome.RefreshedDeck", "decks.inspect.Inspection",
)  # fmt: skip
"""What the functions take and return, by module and name."""
INTRODUCTION = """\
# The Python API

    import raportti

Every function takes what its command takes, and returns data; none prints or asks. A problem is data too: a kind, a
place and values; printed it says what is wrong and what to do (`raportti.describe(problem, "en")` in a language of
choice). Words that name nothing, such as an unknown format, are problems too, with the nearest name. Lengths are
integers in EMU, 12,700 to the point. The examples run in a folder with two tables: `arviointi.csv` and, with another
score for one goal, `viime-vuosi/arviointi.csv`, and a template `brand.pptx`. This page is made from the code: `make
golden` renews it.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "viime-vuosi").mkdir()
    for name, score in (("arviointi.csv", 4), ("viime-vuosi/arviointi.csv", 3)):
        (tmp_path / name).write_text(HEADER + ROWS.format(score=score), encoding="utf-8")
    shutil.copy(TEMPLATE, tmp_path / "brand.pptx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run_example(text: str, name: str) -> None:
    example = doctest.DocTestParser().get_doctest(text, {"raportti": raportti}, name, None, None)
    assert example.examples, f"{name} has no example"
    failures: list[str] = []
    doctest.DocTestRunner().run(example, out=failures.append)
    assert not failures, "".join(failures)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_does_what_its_example_shows(name: str, folder: Path) -> None:
    run_example(getattr(raportti, name).__doc__, name)


def test_the_package_does_what_its_example_shows(folder: Path) -> None:
    run_example(raportti.__doc__ or "", "raportti")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_each_parameter_means_and_what_it_raises(name: str) -> None:
    words = getattr(raportti, name).__doc__
    shared = "as in ``build``" in words
    named = {argument.arg for argument in definition(f"api.{name}").args.args}
    named |= {argument.arg for argument in definition(f"api.{name}").args.kwonlyargs}
    known = {parameter for parameter in parameters_of("build") if shared}
    explained = parameters_of(name) | known | {"source", "file", "on_stage"}
    assert named <= explained
    assert "Raises" in words


def parameters_of(name: str) -> set[str]:
    """Return the parameters that a docstring has an entry for."""
    entries = re.findall(r"^ +- ((?:``\w+``, )*``\w+``):", getattr(raportti, name).__doc__, re.MULTILINE)
    return {parameter for entry in entries for parameter in re.findall(r"\w+", entry)}


def test_the_package_offers_the_whole_api() -> None:
    assert set(FUNCTIONS) <= set(raportti.__all__)
    assert all(getattr(raportti, name) is not None for name in raportti.__all__)
    assert sorted(raportti.__all__) == list(raportti.__all__)
    with pytest.raises(AttributeError):
        _ = raportti.no_such_name  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, raportti; print(sorted(name for name in sys.modules if name.startswith('raportti.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_side_that_has_no_value_in_a_conflict_is_refused(folder: Path) -> None:
    for call, keep in ((raportti.import_file, "deck"), (raportti.pull, "file"), (raportti.refresh, "ours")):
        with pytest.raises(raportti.ProblemsFound, match=f'"keep" cannot be "{keep}"'):
            call("deck.pptx", "arviointi.csv", keep=keep)


def test_all_words_that_name_nothing_are_refused_at_once_each_with_the_nearest_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPORTTI_LANG", "en")
    with pytest.raises(raportti.ProblemsFound) as raised:
        raportti.build("arviointi.csv", formats="pfd", languages=["fi", "no"], columns="autto", pages="all")
    assert str(raised.value).splitlines() == [
        'error: "formats" cannot be "pfd"; write "pdf", if that is what was meant',
        'error: "languages" cannot be "no"; use one of these: "fi", "sv"',
        'error: "columns" cannot be "autto"; write "auto", if that is what was meant',
        'error: "pages" cannot be "all"; use one of these: "filled", "balanced"',
    ]
    assert not (folder / "output").exists()


@pytest.mark.parametrize(
    "call",
    [
        lambda: raportti.export("arviointi.csv", "a.xlsx", languages="fi,se"),
        lambda: raportti.set_goal("arviointi.csv", raportti.GoalEdit("A1.1", score="5"), language="se"),
        lambda: raportti.new_report("uusi", raportti.NewReport(title="A", languages=("se",))),
        lambda: raportti.new_report("uusi", raportti.NewReport(title="A"), words="se"),
    ],
)
def test_a_language_that_is_none_is_refused_wherever_it_is_said(folder: Path, call: Callable[[], object]) -> None:
    with pytest.raises(raportti.ProblemsFound, match='"se"'):
        call()
    assert not (folder / "uusi").exists()


def test_one_language_or_format_needs_no_list(folder: Path) -> None:
    assert raportti.export("arviointi.csv", "a.xlsx", languages="fi") == (Path("a.xlsx"),)
    built = raportti.build("arviointi.csv", formats="pptx", languages="fi")
    assert (list(built.plans), [file.suffix for file in built.files]) == (["fi"], [".pptx"])
    both = raportti.build("arviointi.csv", formats="html, pptx")
    assert {file.suffix for file in both.files} == {".html", ".pptx"}


def test_problems_and_missing_tools_say_in_words_what_is_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("arviointi.csv").write_text(HEADER + ROWS.format(score="3,5"), encoding="utf-8")
    monkeypatch.setenv("RAPORTTI_LANG", "fi")
    (problem,) = raportti.check("arviointi.csv")
    assert str(problem) == raportti.describe(problem, "fi")
    with pytest.raises(raportti.ProblemsFound) as raised:
        raportti.build("arviointi.csv")
    assert str(raised.value) == str(problem)
    assert "Voikko" in str(raportti.MissingTool("voikko-missing"))


def test_a_plan_prints_its_pages_in_points_and_shows_itself_small_in_a_notebook(folder: Path) -> None:
    planned = raportti.plan_pages("arviointi.csv")
    assert repr(planned.plan) == "<Plan: 4 pages of 960 x 540 pt>"
    lines = str(planned.plan).splitlines()
    assert lines[0] == "Arviointi (fi-FI): 4 pages of 960 x 540 pt"
    assert re.fullmatch(r"  4  table     Linjaus 1  \(\d+\.\d of \d+\.\d pt\)", lines[4])
    built = raportti.build("arviointi.csv", formats="pptx")
    for shown in (planned, built):
        assert len(repr(shown)) < 500
        frame = shown._repr_html_()
        assert frame.startswith("<iframe ") and frame.count("class=&quot;page ") == 4


def test_the_page_shows_every_public_name_as_the_code_has_it(request: pytest.FixtureRequest) -> None:
    page = "\n".join(page_lines()) + "\n"
    if request.config.getoption("--renew-golden"):
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == page, "if the page should change, make golden renews it"
    assert all(f"`{name}`" in page for name in raportti.__all__)


# The page.


def page_lines() -> Iterator[str]:
    yield from (INTRODUCTION, "## Functions")
    for name in FUNCTIONS:
        yield from ("", f"### `{name}`", "", "```python", signature(f"api.{name}"), "```", "")
        yield from markdown_of(getattr(raportti, name).__doc__)
    yield from ("", "## What they take and return")
    for path in RESULTS:
        yield from ("", f"### `{path.rpartition('.')[2]}`", "")
        yield from markdown_of(ast.get_docstring(definition(path)) or "")
        yield from ("", *fields_of(path))
    yield from ("", "## Also in `raportti`", "")
    for name in OTHERS:
        if not any(path.endswith(f".{name}") for path in RESULTS):
            sentence = (getattr(raportti, name).__doc__ or "").strip().split("\n\n")[0].replace("``", "`")
            yield f"- `{name}`: {' '.join(sentence.split())}"


@cache
def module_of(path: str) -> tuple[str, ast.Module]:
    file = importlib.import_module(f"raportti.{path}").__file__
    text = Path(file or "").read_text(encoding="utf-8")
    return text, ast.parse(text)


def definition(path: str) -> "ast.FunctionDef":
    """Return the definition of a function or class, named by its module; a class has the same parts that are used."""
    module, _, name = path.rpartition(".")
    found = (node for node in module_of(module)[1].body if getattr(node, "name", "") == name)
    return next(found)  # pyright: ignore[reportReturnType]


def signature(path: str) -> str:
    """Return the lines of a definition before its docstring, as they stand in the code."""
    node = definition(path)
    lines = module_of(path.rpartition(".")[0])[0].splitlines()
    return "\n".join(lines[node.lineno - 1 : node.body[0].lineno - 1]).removesuffix(":")


def fields_of(path: str) -> Iterator[str]:
    for node in definition(path).body:
        if isinstance(node, ast.AnnAssign):
            yield f"- `{ast.unparse(node.target)}: {ast.unparse(node.annotation).strip(chr(39))}`"
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            returned = ast.unparse(node.returns).strip("'") if node.returns else ""
            is_property = any(ast.unparse(mark) == "property" for mark in node.decorator_list)
            yield f"- `{node.name}{'' if is_property else '(…)'}: {returned}`"


def markdown_of(docstring: str) -> Iterator[str]:
    """Give a docstring as Markdown: its example as code, names in it between single marks."""
    in_example = False
    for line in importlib.import_module("inspect").cleandoc(docstring).splitlines():
        if line.startswith(">>> ") and not in_example:
            in_example = True
            yield "```pycon"
        yield line if in_example else line.replace("``", "`")
    if in_example:
        yield "```"
