"""The wheel is whole, the same to the byte wherever it is built, and works where there is no checkout."""

import os
import re
import subprocess
import urllib.request
from email.message import Message
from email.parser import Parser
from http.cookiejar import CookieJar
from pathlib import Path
from zipfile import ZipFile

import pytest

from installed import Installed, build_wheel, copied_checkout, installed_once
from once import made_once
from planning import BILINGUAL, ROOT

PACKAGE = ROOT / "src" / "raportti"
NOT_CARRIED = {".po", ".pyc"}
"""Sources of catalogues, and what Python makes for itself."""


@pytest.fixture
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = made_once("wheel", lambda folder: build_wheel(ROOT, folder), tmp_path_factory)
    return ZipFile(next(folder.glob("*.whl")))


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return installed_once(tmp_path_factory)


def metadata_of(wheel: ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def test_it_is_the_same_to_the_byte_wherever_and_whenever_it_is_built(wheel: ZipFile, tmp_path: Path) -> None:
    copy = copied_checkout(tmp_path / "somewhere else")
    for file in copy.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    (copy / "layouts" / "own").mkdir()
    (copy / "layouts" / "own" / "layout.toml").write_text("# somebody's own", encoding="utf-8")
    again = build_wheel(copy, tmp_path / "dist")
    assert again.read_bytes() == Path(wheel.filename or "").read_bytes()


def test_it_carries_all_that_the_program_reads(wheel: ZipFile) -> None:
    files = {file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix not in NOT_CARRIED}
    carried = {f"raportti/{file.relative_to(PACKAGE).as_posix()}" for file in files}
    layout = (file for file in (ROOT / "layouts" / "luvn").rglob("*") if file.is_file())
    carried |= {f"raportti/{file.relative_to(ROOT).as_posix()}" for file in layout}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == carried
    assert "raportti/py.typed" in carried


def test_its_metadata_name_licence_authors_and_languages_and_no_address(wheel: ZipFile) -> None:
    metadata = metadata_of(wheel)
    assert metadata["License-Expression"] == "EUPL-1.2"
    assert metadata["Author"] or metadata["Author-Email"]
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert not metadata.get_all("Project-URL") and not metadata["Home-page"]


def test_an_installed_program_builds_in_an_empty_folder(installed: Installed, tmp_path: Path) -> None:
    where = installed.run(installed.python, "-c", "import raportti; print(raportti.__file__)", cwd=tmp_path)
    assert Path(where.stdout.strip()).is_relative_to(installed.folder)
    built = installed.run(installed.command, "build", BILINGUAL, "--lang", "sv", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert sorted(file.suffix for file in (tmp_path / "output").glob("[!.]*")) == [".pdf", ".pptx"]


def test_an_installed_program_can_be_started_as_a_module(installed: Installed, tmp_path: Path) -> None:
    as_module = installed.run(installed.python, "-m", "raportti", "--version", cwd=tmp_path)
    as_script = installed.run(installed.command, "--version", cwd=tmp_path)
    assert as_module.stdout == as_script.stdout
    packages = [line.split()[0] for line in as_script.stdout.splitlines()]
    assert packages == ["raportti", "weasyprint", "fontpkg-inter", "uharfbuzz", "python-pptx"]
    assert installed.run(installed.python, "-m", "raportti", "--help", cwd=tmp_path).stdout.startswith(
        "Usage: python -m raportti "
    )


def test_an_installed_program_serves_its_pages_and_files(installed: Installed, tmp_path: Path) -> None:
    command = (installed.command, "serve", str(BILINGUAL), "--no-open")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with subprocess.Popen(
        command, cwd=tmp_path, env=installed.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            link = server.stdout.readline().strip()
            page = browser.open(link, timeout=30).read().decode()
            styles = re.findall(r'href="([^"]*\.css[^"]*)"', page)
            assert styles
            for style in styles:
                assert browser.open(urllib.request.urljoin(link, style), timeout=30).status == 200
        finally:
            server.terminate()
            server.wait(10)
