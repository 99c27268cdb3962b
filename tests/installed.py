"""The wheel, and the program installed from it into an environment of its own, as it is without a checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from once import made_once
from planning import ROOT

PARTS = ("src", "layouts", "pyproject.toml", "README.md", "constraints.txt", ".gitignore")
"""What a wheel is built from."""


def build_wheel(checkout: Path, to: Path) -> Path:
    """Build the wheel as ``make wheel`` does, without the network."""
    command = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(to))
    subprocess.run(command, cwd=checkout, capture_output=True, check=True)
    (wheel,) = to.glob("*.whl")
    return wheel


def copied_checkout(to: Path) -> Path:
    """Copy what a wheel is built from; the copy's files have the time of now."""
    to.mkdir(parents=True)
    for name in PARTS:
        if (ROOT / name).is_dir():
            unwanted = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, to / name, copy_function=shutil.copyfile, ignore=unwanted)
        else:
            shutil.copyfile(ROOT / name, to / name)
    return to


@dataclass(frozen=True)
class Installed:
    """The program in an environment of its own; what it needs comes from the environment of the tests."""

    folder: Path

    @property
    def command(self) -> str:
        return str(self.folder / "bin" / "raportti")

    @property
    def python(self) -> str:
        return str(self.folder / "bin" / "python")

    def run(self, *command: str | Path, cwd: Path) -> CompletedProcess[str]:
        """Run a command of the environment, with nothing of the checkout on its way."""
        return subprocess.run(
            [*map(str, command)], cwd=cwd, env=self.environment, capture_output=True, text=True, encoding="utf-8"
        )

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
        return {**inherited, "RAPORTTI_LANG": "en"}


def installed_once(temporary: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it, once in a run of the tests, without the network."""

    def make(folder: Path) -> None:
        wheel = build_wheel(ROOT, folder / "dist")
        final = folder.parent / folder.name.removesuffix(".half")  # scripts hold the path of their Python
        subprocess.run((sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")), check=True)
        packages = folder / "venv" / Path(sysconfig.get_path("purelib", vars={"base": "."}))
        (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        pip = (sys.executable, "-m", "pip", "--python", str(folder / "venv" / "bin" / "python"), "install", "--quiet")
        options = ("--no-index", "--no-deps", "--no-warn-script-location", "--disable-pip-version-check")
        subprocess.run((*pip, *options, str(wheel)), check=True)
        script = folder / "venv" / "bin" / "raportti"
        script.write_text(script.read_text(encoding="utf-8").replace(str(folder), str(final)), encoding="utf-8")

    return Installed(made_once("installed", make, temporary) / "venv")
