"""What a command has no use for it does not load: nobody waits for workbooks, PDFs or charts who has asked for none."""

import subprocess
import sys
from pathlib import Path

import pytest

from commands import environment
from planning import BILINGUAL, LUVN

FOR_WORKBOOKS = frozenset({"pandas", "numpy", "openpyxl"})
FOR_PDFS = frozenset({"weasyprint", "pydyf"})
FOR_FOREIGN_PDFS = frozenset({"pdfplumber", "pdfminer", "pypdfium2"})
FOR_DECKS = frozenset({"pptx", "lxml"})
FOR_CHARTS = frozenset({"xlsxwriter"})
FOR_PAGES_OF_HTML = frozenset({"jinja2"})
FOR_THE_APP = frozenset({"starlette", "uvicorn", "watchfiles"})
FOR_MEASURING = frozenset({"uharfbuzz", "icu4py"})
ALL = FOR_WORKBOOKS | FOR_PDFS | FOR_FOREIGN_PDFS | FOR_DECKS | FOR_CHARTS | FOR_PAGES_OF_HTML | FOR_THE_APP
CODE = """
import sys
from raportti.cli import main
main(sys.argv[1:], prog_name="raportti", standalone_mode=False)
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(*arguments: str | Path, cwd: Path) -> frozenset[str]:
    command = (sys.executable, "-c", CODE, *map(str, arguments))
    done = subprocess.run(command, cwd=cwd, env=environment(), capture_output=True, text=True, check=True)
    return frozenset(done.stdout.splitlines()[-1].split()[1:])


def test_help_loads_nothing_that_makes_reports(tmp_path: Path) -> None:
    assert not loaded_by("--help", cwd=tmp_path) & (ALL | FOR_MEASURING)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("plan",), frozenset[str]()),
        (("build", "--formats", "pptx"), FOR_DECKS),
        (("build", "--formats", "pptx", "--charts"), FOR_DECKS | FOR_CHARTS),
        (("build", "--formats", "pdf"), FOR_PAGES_OF_HTML),
    ],
    ids=["plan", "deck", "charts", "pdf"],
)
def test_a_command_loads_what_it_uses_and_no_more(
    arguments: tuple[str, ...], wanted: frozenset[str], tmp_path: Path
) -> None:
    loaded = loaded_by(*arguments, BILINGUAL, "--layout", LUVN, cwd=tmp_path)
    assert loaded & ALL == wanted
    assert loaded >= FOR_MEASURING
