"""The source keeps its architecture: big packages in their rooms, imports one way, functions and modules short.

Reads the source, never runs it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
LONGEST_FUNCTION = 40
LONGEST_MODULE = 300

ROOMS = {
    "pandas": ("source.table_source",),
    "openpyxl": ("source", "workbook"),
    "ruamel": ("source.yaml_source", "edits.yaml_nodes"),
    "cattrs": ("model_json",),
    "uharfbuzz": ("text",),
    "fontTools": ("text",),
    "icu4py": ("text",),
    "libvoikko": ("text",),
    "pyphen": ("text",),
    "pptx": ("render.pptx",),
    "lxml": ("render.pptx", "edits.xlsx_rows", "refreshing.xml"),
    "xlsxwriter": ("render.pptx.chart_data",),
    "jinja2": ("render.html",),
    "weasyprint": ("render.pdf",),
    "pikepdf": ("render.pdf",),
    "pdfplumber": ("importing",),
    "pdfminer": ("importing",),
    "click": ("cli",),
    "watchfiles": ("watching",),
}
"""Big package → the modules and folders that may import it."""

ANYTHING = ("",)
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "units": (),
    "problems": (),
    "passages": (),
    "wanted": (),
    "suffixes": (),
    "locks": ("problems",),
    "drafts": ("model",),
    "legibility": ("units",),
    "model": (),
    "typeset": ("units",),
    "box": ("units",),
    "chart": ("box", "typeset", "units"),
    "plan": ("box", "chart", "typeset", "units"),
    "kind": ("problems",),
    "kinds_of_decks": ("kind",),
    "kinds_of_edits": ("kind",),
    "kinds_of_languages": ("kind",),
    "kinds_of_imports": ("kind",),
    "kinds": ("problems", "kind", "kinds_of_decks", "kinds_of_edits", "kinds_of_imports", "kinds_of_languages"),
    "messages": ("problems", "kinds"),
    "config": ("problems", "suffixes"),
    "output": ("problems",),
    "plan_json": ("plan", "units"),
    "figures": ("model", "problems", "units"),
    "content": ("content", "changes", "model", "figures", "passages"),
    "text": ("text", "plan", "problems", "units"),
    "texts": ("source", "model", "problems"),
    "borderline": ("plan", "text.rules"),
    "characters": ("texts", "source", "text", "model", "problems"),
    "source": ("source", "kinds", "locks", "model", "passages", "figures", "problems", "units", "wanted"),
    "layout": ("layout", "text", "content", "figures", "legibility", "model", "passages", "plan", "problems", "units"),
    "render": ("render", "plan", "problems", "units"),
    "inspection": ("inspection", "text", "legibility", "plan", "problems", "units"),
    "pipeline": ANYTHING,
    "changes": ("changes", "model", "figures", "passages", "plan"),
    "said": ("edits.values", "edits.yaml_write"),
    "editing": ("editing", "edits", "changes", "source", "model", "problems", "suffixes", "wanted"),
    "revision": ("problems",),
    "comparing": ("changes", "pipeline", "layout.choices", "plan", "source", "wanted"),
    "comparison_json": ("comparing", "changes", "figures", "model", "said"),
    "model_json": ("model", "passages"),
    "stamp": ("stamp", "model", "model_json", "plan"),
    "decks": (
        "decks",
        "stamp",
        "inspection.read",
        "render.pptx",
        "changes",
        "edits.values",
        "source",
        "kinds",
        "locks",
        "model",
        "passages",
        "problems",
    ),
    "refreshing": (
        "refreshing",
        "changes",
        "decks",
        "stamp",
        "content",
        "figures",
        # What reading a package raises where it is not whole.
        "inspection.read",
        "layout.choices",
        "layout.folder",
        "layout.planning",
        "text.fonts",
        "render.pptx",
        "messages",
        "model",
        "plan",
        "problems",
        "wanted",
    ),
    "renewing": ("changes.merge", "decks", "refreshing", "source", "wanted"),
    "pulling": ("changes.merge", "decks", "editing", "source", "model", "problems", "wanted"),
    "edits": ("edits", "changes", "locks", "source", "model", "passages", "figures", "problems", "wanted"),
    "manifest": ("changes", "model_json", "model", "plan"),
    "delivery": ("manifest", "pipeline", "problems"),
    "watching": ("suffixes",),
    "workbook": (
        "workbook",
        "edits",
        "changes",
        "source",
        "messages",
        "model",
        "model_json",
        "passages",
        "problems",
        "wanted",
    ),
    "importing": (
        "importing",
        "inspection",
        "stamp",
        "render.pptx.stamp",
        "render.pdf.stamp",
        "text.hyphenation",
        "content",
        "source.letters",
        "source.values",
        "model",
        "problems",
        "suffixes",
    ),
    "bringing": ("importing", "edits", "source", "model", "problems", "wanted"),
    "documents": (
        "delivery",
        "manifest",
        "pipeline",
        "layout.folder",
        "layout.choices",
        "output",
        "render",
        "stamp",
        "plan",
        "problems",
        "wanted",
    ),
    "api": (
        "api",
        "documents",
        "bringing",
        "output",
        "pipeline",
        "inspection",
        "editing",
        "changes.merge",
        "comparing",
        "revision",
        "source",
        "workbook",
        "pulling",
        "renewing",
        "refreshing",
        "layout.read_theme",
        "layout.choices",
        "text.fonts",
        "locks",
        "config",
        "model",
        "plan",
        "problems",
        "wanted",
    ),
    "cli": (
        "cli",
        "api",
        "changes",
        "documents",
        "manifest",
        "watching",
        "figures",
        "pipeline",
        "inspection",
        "drafts",
        "borderline",
        "comparing",
        "comparison_json",
        "edits.values",
        "editing",
        "refreshing",
        "said",
        "suffixes",
        "layout.choices",
        "config",
        "plan_json",
        "plan",
        "units",
        "messages",
        "model",
        "problems",
        "",
    ),
    "__main__": ("cli",),
    "": ("api", "documents", "pipeline", "model", "plan", "problems"),
}
"""Module or folder (``""``: the package itself) → what of ours it may import. A new one has to find its place here."""

LAZY = {
    "pandas": "0.6 s, and a build from YAML does not need it",
    "openpyxl": "0.2 s, and only a workbook needs it",
    "weasyprint": "0.6 s, and only the PDF needs it",
    "pptx": "0.15 s, and only the deck needs it",
    "xlsxwriter": "0.05 s, and only a deck with charts needs it",
    "fontTools": "0.2 s, and only the making of a font instance needs it",
    "libvoikko": "may be missing on the machine, which only a Finnish word that is too wide finds out",
    "pyphen": "only a word that is too wide and not Finnish needs it",
    "raportti.layout.columns": "imports numpy, 0.1 s, and only columns chosen by the text need it",
    "raportti.pipeline": "imports HarfBuzz, ICU and ruamel.yaml, which the PDF's process need not wait for",
    "raportti.source": "imports ruamel.yaml, as above",
    "raportti.inspection": "imports HarfBuzz and ICU, which only a deck that is inspected needs from the API",
    "raportti.pulling": "imports pptx and ruamel.yaml, which only a deck that is read back needs from the API",
    "raportti.renewing": "imports pptx and lxml, which only a deck that is refreshed needs from the API",
    "raportti.text.fonts": "imports HarfBuzz, as above",
    "raportti.layout.read_theme": "is used where a layout is read without a report, as above",
    "raportti.render.pdf.weasy": "imports weasyprint",
    "raportti.render.pptx": "imports pptx",
    "raportti.render.html": "imports jinja2",
    "raportti.source.table_source": "imports pandas",
    "watchfiles": "is needed by one command only, whose help need not wait for it",
    "raportti.stamp": "imports cattrs, 0.05 s, which the PDF's process need not wait for",
    "raportti.bringing": "imports pdfplumber, 0.3 s, which only an import needs",
    "raportti.edits.tables": "imports what reads and writes tables",
    "raportti.editing": "imports ruamel.yaml, which the PDF's process need not wait for",
    "raportti.changes.merge": "is used where a file is imported, as above",
    "raportti.comparing": "imports HarfBuzz, ICU and ruamel.yaml, as above",
    "raportti.revision": "is used where sources are compared, as above",
    "raportti.workbook": "imports openpyxl",
}
"""What may be imported inside a function, and why it is worth waiting with it."""


@dataclass(frozen=True)
class Import:
    """An import of a whole module; ``is_lazy``: it stands inside a function."""

    module: str
    imported: str
    line: int
    is_lazy: bool

    def __str__(self) -> str:
        return f"{self.module}, line {self.line}: imports {self.imported}"


@cache
def trees() -> dict[str, ast.Module]:
    """Parse every module, by its full name."""
    files = {file.relative_to(SOURCE).with_suffix(""): file for file in sorted(SOURCE.rglob("*.py"))}
    return {
        ".".join(name.parts).removesuffix(".__init__"): ast.parse(file.read_text(encoding="utf-8"))
        for name, file in files.items()
    }


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for module, tree in trees().items() for found in imports_of(module, tree, is_lazy=False))


def imports_of(module: str, node: ast.AST, *, is_lazy: bool) -> Iterator[Import]:
    """Walk a tree; a relative import counts as what it means."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(module, alias.name, child.lineno, is_lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            for imported in sorted(modules_of(module, child)):
                yield Import(module, imported, child.lineno, is_lazy)
        inside = is_lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imports_of(module, child, is_lazy=inside)


def modules_of(module: str, node: ast.ImportFrom) -> set[str]:
    """Return the modules that ``from x import y`` means: x.y where that is one, else x."""
    base = node.module or ""
    if node.level:
        is_folder = (SOURCE / module.replace(".", "/")).is_dir()
        parts = module.split(".")
        above = parts[: len(parts) - node.level + is_folder]
        base = ".".join([*above, *([node.module] if node.module else [])])
    names = {f"{base}.{alias.name}" for alias in node.names}
    return {name if name in trees() else base for name in names}


def is_within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def short(module: str) -> str:
    """Name one of our modules without the package's name in front."""
    return module.removeprefix("raportti").removeprefix(".")


def is_ours(module: str) -> bool:
    return is_within(module, "raportti")


def place_of(module: str) -> str | None:
    """Return the entry of MAY_IMPORT that a module belongs to."""
    name = short(module)
    return next((place for place in (name, name.split(".")[0]) if place in MAY_IMPORT), None)


def may_import(module: str, imported: str) -> bool:
    place = place_of(module)
    allowed = MAY_IMPORT[place] if place is not None else ()
    if allowed == ANYTHING:
        return not is_within(short(imported), "cli")
    return any(short(imported) == target or (target and is_within(short(imported), target)) for target in allowed)


def listed(faults: Iterator[str]) -> str:
    return "\n".join(faults)


def test_big_packages_stay_in_their_rooms() -> None:
    strays = (
        f"{found}, which only {' and '.join(rooms)} may"
        for found in imports()
        for package, rooms in ROOMS.items()
        if is_within(found.imported, package) and not any(is_within(short(found.module), room) for room in rooms)
    )
    assert not (text := listed(strays)), text


def test_every_module_has_a_place_in_the_map() -> None:
    lost = (f"{module} is not in MAY_IMPORT: say what it may import" for module in trees() if place_of(module) is None)
    assert not (text := listed(lost)), text


def test_imports_go_one_way() -> None:
    wrong = (
        f"{found}: it may import {MAY_IMPORT[place_of(found.module) or '']}"
        for found in imports()
        if is_ours(found.imported)
        and place_of(found.module) is not None
        and not may_import(found.module, found.imported)
    )
    assert not (text := listed(wrong)), text


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: {found.imported for found in imports() if found.module == module} for module in trees()}
    cycles = (f"a cycle of imports: {' → '.join(cycle)}" for cycle in cycles_of(graph))
    assert not (text := listed(cycles)), text


def cycles_of(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Walk the graph depth first; give each way that comes back to where it has been."""
    done: set[str] = set()

    def walk(module: str, way: list[str]) -> Iterator[list[str]]:
        if module in way:
            yield [*way[way.index(module) :], module]
        elif module not in done:
            for imported in sorted(graph.get(module, ())):
                yield from walk(imported, [*way, module])
            done.add(module)

    for module in graph:
        yield from walk(module, [])


def test_only_what_is_slow_to_load_is_imported_inside_a_function() -> None:
    early = (
        f"{found} inside a function, and LAZY has no reason for it"
        for found in imports()
        if found.is_lazy and not any(is_within(found.imported, package) for package in LAZY)
    )
    assert not (text := listed(early)), text


def test_functions_are_short() -> None:
    long = (
        f"{module}, line {node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION} are wanted"
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    )
    assert not (text := listed(long)), text


def test_modules_are_short() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in SOURCE.rglob("*.py")}
    long = (f"{file.relative_to(ROOT)}: {n} lines, make it two" for file, n in lengths.items() if n > LONGEST_MODULE)
    assert not (text := listed(long)), text


def test_every_module_says_what_it_does() -> None:
    silent = (f"{module} has no docstring" for module, tree in trees().items() if not ast.get_docstring(tree))
    assert not (text := listed(silent)), text


def test_the_source_is_there_to_be_read() -> None:
    assert {"raportti", "raportti.plan"} <= trees().keys()
    assert any(is_ours(found.imported) for found in imports())


@pytest.mark.parametrize(
    ("code", "imported"),
    [
        ("import a.b", {"a.b"}),
        ("from a.b import c", {"a.b"}),
        ("from raportti import units", {"raportti.units"}),
        ("from raportti.units import pt", {"raportti.units"}),
        ("from .theme import Theme", {"raportti.layout.theme"}),
        ("from .. import units", {"raportti.units"}),
    ],
)
def test_imports_are_read_as_python_means_them(code: str, imported: set[str]) -> None:
    found = imports_of("raportti.layout.x", ast.parse(code), is_lazy=False)
    assert {one.imported for one in found} == imported


def test_a_cycle_is_found() -> None:
    assert list(cycles_of({"a": {"b"}, "b": {"c"}, "c": {"b"}})) == [["b", "c", "b"]]
