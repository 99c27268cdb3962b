"""What every test may use: judges that are on the machine or not, golden files, and documents that are built once."""

import gc
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from unittest.mock import patch

import pytest

from judges.needs import missing
from once import made_once
from planning import BILINGUAL, DEFAULT
from raportti.api import build
from raportti.render.pdf.process import PdfWriter

GOLDEN = Path(__file__).parent / "golden"


# Reports, plans and glyphs are many and stay: by its usual count Python would look through all of them over and over.
gc.set_threshold(50_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden files instead of comparing with them"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose judge is not on the machine; in CI, where all judges must be, let it fail."""
    tools = [tool for mark in item.iter_markers("needs") for tool in mark.args]
    if reasons := [reason for reason in map(missing, tools) if reason]:
        if os.environ.get("CI") == "true":
            pytest.fail(" ".join(reasons), pytrace=False)
        pytest.skip(" ".join(reasons))


@pytest.fixture(scope="session", autouse=True)
def warm_builds() -> Iterator[None]:
    """Let one child draw the PDFs of all builds of this process: each start of one takes more than many a PDF.

    That a warm build is byte for byte a cold one is a test of its own (``workflows/test_watch``), and commands that are
    started apart have a child of their own.
    """
    with ExitStack() as ends:
        kept: list[PdfWriter] = []

        def writer(_: int) -> AbstractContextManager[PdfWriter]:
            if not kept or not kept[-1].is_alive:
                kept.append(ends.enter_context(PdfWriter()))
            return nullcontext(kept[-1])

        with patch("raportti.workflows.build.PdfWriter", writer):
            yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or write it with ``--renew-golden``."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"{file} does not exist: make golden writes it"
        assert text == file.read_text(encoding="utf-8"), f"not as in {name}: if it should not be, make golden renews it"

    return compare


@pytest.fixture(scope="session")
def default_documents(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Build the default report once in a run: its documents, by their formats, for tests that only read them."""

    def make(folder: Path) -> None:
        build(DEFAULT, out=folder, formats=("pptx", "pdf", "html"))

    folder = made_once("default", make, tmp_path_factory)
    return {file.suffix[1:]: file for file in folder.glob("[!.]*")}


@pytest.fixture(scope="session")
def sample_documents(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Build the sample in both languages once in a run: the Finnish deck and PDF, then the Swedish, only to be read."""

    def make(folder: Path) -> None:
        files = build(BILINGUAL, out=folder, languages=("fi", "sv")).files
        (folder / ".order").write_text("\n".join(file.name for file in files), encoding="utf-8")

    folder = made_once("sample", make, tmp_path_factory)
    return tuple(folder / name for name in (folder / ".order").read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="session")
def pdf_violations(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], list[str]]:
    """Let veraPDF judge PDFs by the rules of a flavour; one and the same document it judges once in a run."""

    def judged(pdf: Path, flavour: str) -> list[str]:
        def judge(folder: Path) -> None:
            from judges.vera import violations

            (folder / "violations.json").write_text(json.dumps(violations(pdf, flavour)), encoding="utf-8")

        name = f"{flavour}-{hashlib.sha256(pdf.read_bytes()).hexdigest()}"
        folder = made_once(name, judge, tmp_path_factory)
        return list(json.loads((folder / "violations.json").read_text(encoding="utf-8")))

    return judged
