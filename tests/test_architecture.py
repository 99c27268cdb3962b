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
LONGEST_MODULE = 400
MOST_LOOSE_MODULES = 8
MOST_PACKAGES = 13
"""The thirteenth is the browser's app."""
MOST_FILES = 232
"""Of everything but the browser's app."""
MOST_FILES_OF_THE_APP = 46

ROOMS = {
    "pandas": ("source.table_read",),
    "openpyxl": ("source.table_read", "source.workbook"),
    "ruamel": ("source.yaml_parse",),
    "cattrs": ("report.json",),
    "uharfbuzz": ("text.shaping",),
    "fontTools": ("text.fonts",),
    "icu4py": ("text.lines",),
    "libvoikko": ("text.hyphenation",),
    "pyphen": ("text.hyphenation",),
    "pptx": ("render.pptx",),
    "lxml": ("ooxml.xml",),
    "xlsxwriter": ("render.pptx.parts",),
    "jinja2": ("render.html", "serve.web.app"),
    "starlette": ("serve",),
    "uvicorn": ("serve.web.server",),
    "tinycss2": ("serve.paging",),
    "weasyprint": ("render.pdf",),
    "pydyf": ("render.pdf",),
    "PIL": ("layout.making",),
    "pypdfium2": ("layout.making.drawing",),
    "pdfplumber": ("decks.importing",),
    "pdfminer": ("decks.importing",),
    "click": ("cli",),
    "watchfiles": ("workflows.watch",),
}
"""Big package → the modules and folders that may import it."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "units": (),
    "problems": ("problems",),
    "files": ("problems",),
    "config": ("files", "problems"),
    "report": ("report", "problems"),
    "source": ("source", "ooxml.package", "ooxml.xml", "files", "report", "problems"),
    "content": ("content", "report"),
    "text": ("text", "plan.typeset", "files", "problems", "units"),
    "layout": ("layout", "content", "text", "plan", "report", "problems", "units"),
    "layout.making": ("layout", "content", "text", "plan", "ooxml", "files", "problems", "units"),
    "plan": ("plan", "units"),
    "render": ("render", "ooxml", "plan", "files", "problems", "units"),
    "snapshot": ("report", "plan"),
    "ooxml": ("ooxml", "problems", "units"),
    "decks.inspect": ("decks.inspect", "ooxml", "text", "plan", "problems", "units"),
    "decks.readback": (
        "decks.readback",
        "ooxml",
        "snapshot",
        "source",
        "report",
        "render.pptx.table",
        "files",
        "problems",
    ),
    "decks.conflicts": ("decks.readback", "source", "report", "problems"),
    "decks.refresh": (
        "decks.refresh",
        "decks.conflicts",
        "decks.readback",
        "ooxml",
        "snapshot",
        "content",
        "layout",
        "render.pptx",
        "plan",
        "report",
        "source.conflicts",
        "source.options",
        "text.fonts",
        "files",
        "problems",
    ),
    "decks.importing": (
        "decks.importing",
        "decks.inspect",
        "ooxml",
        "snapshot",
        "content.wording",
        "render.pdf",
        "report",
        "source.fields",
        "text.hyphenation",
        "files",
        "problems",
    ),
    "decks": (),
    "pipeline": ("source", "content", "layout", "text", "plan", "render.html", "report", "problems"),
    "workflows": (
        "workflows",
        "pipeline",
        "decks",
        "source",
        "layout",
        "text",
        "render",
        "plan",
        "snapshot",
        "report",
        "files",
        "problems",
    ),
    "api": (
        "workflows",
        "pipeline",
        "decks",
        "source",
        "layout",
        "text.fonts",
        "report",
        "config",
        "files",
        "problems",
    ),
    "cli": (
        "cli",
        "api",
        "workflows",
        "decks",
        "serve",
        "source.options",
        "source.plain",
        "layout.checks",
        "layout.choices",
        "plan",
        "report",
        "config",
        "files",
        "problems",
        "units",
    ),
    "serve": (
        "serve",
        "api",
        "workflows",
        "pipeline",
        "source",
        "layout",
        "text.fonts",
        "render.html",
        "decks",
        "ooxml.package",
        "snapshot",
        "plan",
        "report",
        "config",
        "files",
        "problems",
        "units",
    ),
    "__main__": ("cli",),
    "": ("api", "workflows.build", "workflows.edit", "workflows.new_report", "problems"),
}
"""Module or package (``""``: the root) → what of ours it may import. A new one has to find its place here.

Of the cycle source → report → content → layout → plan → render none imports a later one, and none knows ``decks``.
"""

LAZY = {
    "pandas": "0.6 s, and a build from YAML does not need it",
    "openpyxl": "0.2 s, and only a workbook needs it",
    "weasyprint": "0.6 s, and only the PDF needs it",
    "pptx": "0.15 s, and only the deck needs it",
    "lxml": "0.02 s, and only what changes a part of a document needs it",
    "xlsxwriter": "0.05 s, and only a deck with charts needs it",
    "fontTools": "0.2 s, and only the making of a font instance needs it",
    "libvoikko": "may be missing on the machine, which only a Finnish word that is too wide finds out",
    "pyphen": "only a word that is too wide and not Finnish needs it",
    "watchfiles": "is needed by one command only, whose help need not wait for it",
    "importlib.metadata": "0.03 s, and only who asks for versions needs it",
    "raportti.layout.columns": "imports numpy, 0.1 s, and only columns chosen by the text need it",
    "raportti.pipeline": "imports HarfBuzz, ICU and ruamel.yaml, which the PDF's process need not wait for",
    "raportti.source": "imports ruamel.yaml, pandas or openpyxl, as above",
    "raportti.decks": "imports HarfBuzz, pptx, lxml or pdfplumber, which only what goes back to data needs",
    "raportti.workflows": "imports one or more of these; only the command or call that was asked for needs them",
    "raportti.serve": "imports Starlette and uvicorn, which only the app in the browser needs",
    "raportti.text.fonts": "imports HarfBuzz, as above",
    "raportti.layout.theme.folder": "is used where a layout is read without a report, as above",
    "raportti.render.pdf.weasy": "imports weasyprint",
    "raportti.render.pptx": "imports pptx",
    "raportti.render.html": "imports jinja2",
    "raportti.snapshot": "imports cattrs, 0.05 s, which the PDF's process need not wait for",
    "raportti.report.merge": "is used where a file is imported, as above",
}
"""What may be imported inside a function, and why it is worth waiting with it."""

SAYS_NOTHING = frozenset(
    {"bringing", "common", "editing", "edits", "hand", "helpers", "kind", "looks", "manager", "misc", "pulling"}
    | {"renewing", "said", "saying", "setting", "settling", "stuff", "telling", "things", "util", "utils", "wanted"}
    | {"words"}
)
"""Names for modules that say nothing of what is in them to one who does not know it yet, and may not come back."""


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
    parts = short(module).split(".")
    places = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((place for place in places if place in MAY_IMPORT), None)


def may_import(module: str, imported: str) -> bool:
    place = place_of(module)
    allowed = MAY_IMPORT[place] if place is not None else ()
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
        and (length := length_of(node) - len_of_docstring(node)) > LONGEST_FUNCTION
    )
    assert not (text := listed(long)), text


def length_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def len_of_docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines in which a function says what it does: an example makes it no longer to read."""
    return length_of(node.body[0]) if ast.get_docstring(node) else 0


def test_modules_are_short() -> None:
    lengths = {
        module: max((node.end_lineno or 0 for node in tree.body), default=0)
        - sum(len_of_docstring(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        for module, tree in trees().items()
    }
    long = (f"{module}: {n} lines, make it two" for module, n in lengths.items() if n > LONGEST_MODULE)
    assert not (text := listed(long)), text


def test_every_module_says_what_it_does() -> None:
    silent = (f"{module} has no docstring" for module, tree in trees().items() if not ast.get_docstring(tree))
    assert not (text := listed(silent)), text


def test_the_root_and_the_house_stay_easy_to_overlook() -> None:
    package = SOURCE / "raportti"
    loose = sorted(file.name for file in package.glob("*.py"))
    packages = sorted(file.parent.name for file in package.glob("*/__init__.py"))
    assert len(loose) <= MOST_LOOSE_MODULES, loose
    assert len(packages) <= MOST_PACKAGES, packages
    app = sum(1 for _ in (package / "serve").rglob("*.py"))
    assert app <= MOST_FILES_OF_THE_APP
    assert sum(1 for _ in package.rglob("*.py")) - app <= MOST_FILES


def test_no_name_of_a_module_says_nothing() -> None:
    silent = (f"{module}: name it by what is in it" for module in trees() if module.split(".")[-1] in SAYS_NOTHING)
    assert not (text := listed(silent)), text


def test_no_private_name_is_imported() -> None:
    strays = (
        f"{module}, line {node.lineno}: imports {alias.name} from {node.module}"
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and is_ours(node.module or "")
        for alias in node.names
        if alias.name.startswith("_")
    )
    assert not (text := listed(strays)), text


def test_names_are_imported_from_where_they_are_defined() -> None:
    """So that a name leads to its definition in one step, and a package's face loads nothing."""
    handed_on = (
        f"{module}, line {node.lineno}: {node.module} only hands {alias.name} on"
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "") in trees() and short(node.module or "")
        for alias in node.names
        if alias.name in names_imported_by(node.module or "") and f"{node.module}.{alias.name}" not in trees()
    )
    assert not (text := listed(handed_on)), text


@cache
def names_imported_by(module: str) -> frozenset[str]:
    found = (node for node in trees()[module].body if isinstance(node, ast.ImportFrom))
    return frozenset(alias.asname or alias.name for node in found for alias in node.names)


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
