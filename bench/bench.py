"""How long raportti takes and how much memory, beside what it is built on: one run, one table.

    python bench/bench.py [--runs 3]

Every line is the median of fresh processes, measured one after the other so that they do not disturb each other; what
is compared is run in turn. Work is the time of all cores together, memory the most that one process held.
"""

import argparse
import importlib.metadata
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from measuring import KIB_PER_MIB, ROOT, Failed, Row, line, measure, median, paired
from ruamel.yaml import YAML
from yardstick import plain, with_font_files

SOURCE = ROOT / "source" / "arviointi-2024"
BIN = Path(sys.executable).parent
RAPORTTI = str(BIN / "raportti")
ONE_BY_ONE = """
import subprocess, sys
for source in sys.argv[3:]:
    subprocess.run([sys.argv[1], "build", source, "--out", sys.argv[2]], check=True)
"""
SEVERAL = 6
"""Reports in one command."""
PATIENCE = 30
"""Seconds in which a save has to be in the files."""
STAGES = """
import json, sys, time
import raportti

began = []
on_stage = lambda stage: began.append((stage, time.perf_counter()))
raportti.build(sys.argv[1], out=sys.argv[2], on_stage=on_stage)
ends = [begin for _, begin in began[1:]] + [time.perf_counter()]
print(json.dumps({stage: end - begin for (stage, begin), end in zip(began, ends)}))
"""
"""Prints how long each pass of a build took, by its name; the PDF's own process works beside them."""


def stages(work: Path, runs: int) -> Iterator[Row]:
    """Measure the passes of a build from within."""
    try:
        command = (sys.executable, "-c", STAGES, str(SOURCE), str(work / "stages"))
        timings = [json.loads(measure(command).output.splitlines()[-1]) for _ in range(runs)]
    except (Failed, ValueError, IndexError) as failure:
        yield Row("  its passes", note=str(failure))
        return
    for stage in timings[0]:
        yield Row(f"  {stage}", statistics.median(timing[stage] for timing in timings))


def beside_weasyprint(work: Path, runs: int) -> Iterator[Row]:
    """Measure a build beside the weasyprint command on the pages of ``yardstick``."""
    written = next((work / "html").glob("*.html"))
    pages = {
        "  weasyprint on its HTML": written,
        "  … with fonts as files": with_font_files(written, work / "files"),
        "  … on a plain page of the same": plain(SOURCE, work / "plain.html"),
    }
    alone = (str(BIN / "weasyprint"), "--pdf-variant", "pdf/ua-1")
    pdf = str(work / "alone.pdf")
    commands = {"raportti build": (RAPORTTI, "build", str(SOURCE), "--out", str(work / "out"))}
    yield from paired({**commands, **{name: (*alone, str(page), pdf) for name, page in pages.items()}}, runs)


def libreoffice(work: Path, runs: int) -> Row:
    """Measure LibreOffice making a PDF of the same deck."""
    name = "LibreOffice on the same deck"
    decks = list((work / "out").glob("*.pptx"))
    if shutil.which("soffice") is None:
        return Row(name, note="LibreOffice is not on this machine")
    if not decks:
        return Row(name, note="the build wrote no deck")
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = ("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(work / "lo"), str(decks[0]))
    return median(name, command, runs)


def enlarged(times: int, to: Path) -> Path:
    """Write a source with each guideline that many times over, with ids and names of its own."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.allow_unicode, yaml.width = False, True, 120
    report = yaml.load(SOURCE / "raportti.yaml")
    to.mkdir(parents=True)
    yaml.dump(report, to / "raportti.yaml")
    for name in report["strategiat"]:
        strategy = yaml.load(SOURCE / name)
        strategy["linjaukset"] = list(_copies(strategy, times))
        yaml.dump(strategy, to / name)
    return to


def _copies(strategy: dict[str, Any], times: int) -> Iterator[dict[str, Any]]:
    """Make the copies, numbered through: an id is the strategy's letter, the guideline's number and the goal's."""
    number = 0
    for turn in range(1, times + 1):
        for guideline in strategy["linjaukset"]:
            copy, number = deepcopy(guideline), number + 1
            copy["nimi"] = {language: _numbered(name, turn) for language, name in guideline["nimi"].items()}
            for place, goal in enumerate(copy["tavoitteet"], 1):
                goal["tunnus"] = f"{goal['tunnus'][0]}{number}.{place}"
            yield copy


def _numbered(name: str, turn: int) -> str:
    return f"{name} ({turn})" if turn > 1 else name


def rows(work: Path, runs: int) -> Iterator[Row]:
    """Measure everything, in the order of the table."""
    yield installed()
    yield median("raportti --help", (RAPORTTI, "--help"), runs)
    yield median("raportti build --help", (RAPORTTI, "build", "--help"), runs)
    first = (RAPORTTI, "build", str(SOURCE), "--out", str(work / "first"))
    yield median("raportti build, the very first", first, 1)
    html = (RAPORTTI, "build", str(SOURCE), "--out", str(work / "html"), "--formats", "html")
    yield median("raportti build --formats html", html, runs)
    yield from beside_weasyprint(work, runs)
    yield from stages(work, runs)
    yield libreoffice(work, runs)
    yield from watched(work, runs)
    yield from many(work, 1)
    ten, hundred = enlarged(10, work / "ten"), enlarged(100, work / "hundred")
    yield median("raportti build, 10 x the goals", (RAPORTTI, "build", str(ten), "--out", str(work / "out10")), 1)
    yield median("raportti plan, 100 x the goals", (RAPORTTI, "plan", str(hundred)), 1)


def installed() -> Row:
    """Measure what the program takes on the disk with all that it needs, as pip lists the files."""
    packages = needed_by("raportti", {})
    sizes = {name: size_of(files) for name, files in packages.items()}
    biggest = ", ".join(f"{name} {sizes[name]:.0f}" for name in sorted(sizes, key=lambda one: -sizes[one])[:3])
    return Row("installed", memory=sum(sizes.values()), note=f"{len(sizes)} packages; {biggest} MiB")


def needed_by(package: str, found: dict[str, list[Path]]) -> dict[str, list[Path]]:
    """Name a package and all that it needs, with their files; extras are left out."""
    try:
        distribution = importlib.metadata.distribution(package)
    except importlib.metadata.PackageNotFoundError:
        return found  # needed on another system
    found[package] = [Path(str(distribution.locate_file(file))) for file in distribution.files or ()]
    for needed in distribution.requires or ():
        name = re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", needed)[0]).lower()
        if "extra ==" not in needed and name not in found:
            needed_by(name, found)
    return found


def size_of(files: Sequence[Path]) -> float:
    """Add up files, in MiB."""
    return sum(file.stat().st_size for file in files if file.is_file()) / KIB_PER_MIB**2


def many(work: Path, runs: int) -> Iterator[Row]:
    """Measure one command for several reports beside a command for each of them."""
    sources = [str(differing(number, work / "many" / str(number))) for number in range(SEVERAL)]
    one, each = f"raportti build, {SEVERAL} reports", "  … in as many commands"
    out = str(work / "out-many")
    apart = (sys.executable, "-c", ONE_BY_ONE, RAPORTTI, out, *sources)
    yield from paired({one: (RAPORTTI, "build", *sources, "--out", out), each: apart}, runs)


def differing(number: int, to: Path) -> Path:
    """Write a source whose every assessment differs from that of another number."""
    yaml = YAML(typ="safe", pure=True)
    report = yaml.load(SOURCE / "raportti.yaml")
    to.mkdir(parents=True)
    yaml.dump(report, to / "raportti.yaml")
    for name in report["strategiat"]:
        strategy = yaml.load(SOURCE / name)
        for guideline in strategy["linjaukset"]:
            for goal in guideline["tavoitteet"]:
                texts = goal["sanallinen_arviointi"]
                own = texts if isinstance(texts, str) else texts["fi"]
                goal["sanallinen_arviointi"] = f"{own} Toimiala {number}."
        yaml.dump(strategy, to / name)
    return to


def watched(work: Path, runs: int) -> Iterator[Row]:
    """Measure from the save of a changed score to the deck, and to both files, in a process that watches."""
    names = ("  a changed score in the deck", "  in both files")
    source, out = Path(shutil.copytree(SOURCE, work / "watched")), work / "out-watched"
    command = (RAPORTTI, "watch", str(source), "--out", str(out))
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        files = [Path(process.stdout.readline().strip()) for _ in names]
        if not all(file.is_file() for file in files):
            yield Row("raportti watch", note="it built nothing")
            return
        yield Row("raportti watch")
        timings = [tuple(_saved(source / "palvelustrategia.yaml", files)) for _ in range(runs)]
        process.terminate()
    for name, seconds in zip(names, zip(*timings, strict=True), strict=True):
        yield Row(name, statistics.median(seconds), note=f"best {min(seconds):.2f} s")


def _saved(file: Path, waited: Sequence[Path]) -> Iterator[float]:
    """Change the first score of a file; give the time until each of the files that are waited for is a new one."""
    time.sleep(1)
    text = file.read_text(encoding="utf-8")
    old = re.search(r"arviointi: ([1-5])", text)
    assert old is not None
    changed = text[: old.start(1)] + ("4" if old[1] == "3" else "3") + text[old.end(1) :]
    before = [one.stat().st_mtime_ns for one in waited]
    begin = time.perf_counter()
    file.write_text(changed, encoding="utf-8")
    for one, then in zip(waited, before, strict=True):
        while one.stat().st_mtime_ns == then:
            if time.perf_counter() - begin > PATIENCE:
                raise Failed("the saved score is in no file")
            time.sleep(0.002)
        yield time.perf_counter() - begin


def main() -> None:
    """Print the table, each row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each command (the big ones run once)")
    runs = parser.parse_args().runs
    print(f"{'median of ' + str(runs) + ' runs':<38}{'time':>10}{'work':>10}{'memory':>11}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        # The first build makes its fonts, the others find them, whatever this user has built before.
        os.environ["RAPORTTI_CACHE"] = str(Path(folder) / "cache")
        for row in rows(Path(folder), runs):
            print(line(row), flush=True)


if __name__ == "__main__":
    main()
