"""However a command ends, at whatever moment: all its files are old or all are new, and nothing unfinished stays."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from commands import COMMAND, environment, run_apart
from planning import BILINGUAL, LUVN

MOMENTS = int(os.environ.get("MOMENTS", "3"))
"""Moments at which a build is ended, for each signal; any number can be tried."""
PATIENCE = 10.0


class Building:
    """A report that was built, then changed: each build of it has the same files to write."""

    def __init__(self, folder: Path) -> None:
        self.source = Path(shutil.copytree(BILINGUAL, folder / "source"))
        self.out, self.scratch = folder / "out", folder / "tmp"
        self.scratch.mkdir()
        self.arguments = ("build", self.source, "--layout", LUVN, "--out", self.out)
        self.variables = {"TMPDIR": str(self.scratch)}
        self.build()
        self.old = self.files()
        for file in self.source.glob("*strategia.yaml"):
            file.write_text(file.read_text(encoding="utf-8").replace("arviointi: 4", "arviointi: 3"), encoding="utf-8")
        begin = time.perf_counter()
        self.build()
        self.seconds = time.perf_counter() - begin
        self.new = self.files()
        assert self.old.keys() == self.new.keys() and self.old != self.new

    def build(self) -> None:
        done = run_apart(*self.arguments, **self.variables)
        assert done.returncode == 0, done.stderr

    def end(self, number: int, seconds: float) -> int:
        """Build the changed report over the old one, and send a signal after some seconds; return how it ended."""
        self.clear()
        self.out.mkdir()
        for name, data in self.old.items():
            (self.out / name).write_bytes(data)
        command = [*COMMAND, *map(str, self.arguments)]
        # Not under coverage: it would wait for its own lock for ever where a signal comes while it holds it.
        variables = {k: v for k, v in environment(**self.variables).items() if not k.startswith("COVERAGE_")}
        with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.send_signal(number)
            try:
                return process.wait(PATIENCE)
            finally:
                process.kill()

    def clear(self) -> None:
        shutil.rmtree(self.out)

    def files(self) -> Mapping[str, bytes]:
        return {file.name: file.read_bytes() for file in self.out.iterdir()}

    def left(self) -> list[str]:
        """Name what is left in the folder for what is temporary, when the child has had time to end, too."""
        end = time.monotonic() + PATIENCE
        while any(self.scratch.iterdir()) and time.monotonic() < end:
            time.sleep(0.02)
        return [file.name for file in self.scratch.iterdir()]


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Building:
    return Building(tmp_path_factory.mktemp("ended"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_ended_leaves_all_old_or_all_new_and_nothing_else(building: Building, number: int) -> None:
    for part in random.Random(number).choices(range(5, 100), k=MOMENTS):
        status = building.end(number, building.seconds * part / 100)
        files = building.files()
        assert files in (building.old, building.new), (part, status, sorted(files))
        assert not building.left(), part


def test_what_a_killed_build_leaves_is_cleared_by_the_next(building: Building) -> None:
    for part in random.Random(9).choices(range(5, 100), k=MOMENTS):
        building.end(signal.SIGKILL, building.seconds * part / 100)
        files = building.files()
        assert all(files[name] in (building.old[name], building.new[name]) for name in building.old), part
        building.build()
        assert building.files() == building.new, part
        assert not building.left(), part
