"""``raportti import FILE`` of data: what it shows, writes and refuses, and how it lists conflicts."""

from pathlib import Path

import pytest

from commands import run, run_apart
from edited_sources import conflicting
from planning import BILINGUAL
from raportti.cli.terminal import show
from raportti.problems import ProblemsFound
from raportti.source.loading import load
from raportti.workflows.import_changes import import_file
from source.reports import GOOD, HEADER, ROW, csv_of, write


def test_import_shows_and_writes_or_lists_conflicts(tmp_path: Path) -> None:
    ours, theirs, _ = conflicting(tmp_path)
    done = run("import", theirs, "--into", ours, "--yes")
    assert done.returncode == 0 and "1 → 5" in done.stdout, done.stderr
    assert "warning" in done.stderr
    assert run("import", theirs, "--into", ours).returncode == 0


def test_import_makes_a_new_source_in_an_empty_folder_alone(tmp_path: Path) -> None:
    done = run_apart("import", BILINGUAL, "--to", tmp_path / "uusi")
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "raportti.yaml", "strategia-1.yaml", "strategia-2.yaml",
    ]  # fmt: skip
    assert run("diff", BILINGUAL, tmp_path / "uusi").returncode == 0
    assert run("import", BILINGUAL, "--to", tmp_path / "uusi").returncode == 1
    assert run("import", BILINGUAL).returncode == 2
    assert run("import", tmp_path / "a.pptx", "--into", BILINGUAL).returncode == 1


def test_conflicts_are_listed_with_their_three_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for module in ("language", "terminal"):
        monkeypatch.setattr(f"raportti.cli.{module}.language", lambda: "en")
    ours, theirs, base = conflicting(tmp_path)
    with pytest.raises(ProblemsFound) as found:
        import_file(ours, theirs, {"fi": base})
    show(found.value.problems)
    assert capsys.readouterr().err.splitlines() == [
        f"{theirs}: error: goal H1.1: Arviointi (1-5) was changed in the file and in the source since the export; "
        "decide with --keep file or --keep source, or write the same in both",
        "  at the export: 4",
        "  in the file: 4 → 5",
        "  in the source: 4 → 1",
    ]


def test_several_files_come_in_with_one_command(tmp_path: Path) -> None:
    source = write(tmp_path / "x.yaml", GOOD)
    rows = {
        "a.csv": (*ROW[:6], "2", ROW[7]),
        "b.csv": (*ROW[:7], "Tämä on aivan toinen arvio."),
        "c.csv": (*ROW[:6], "3", ROW[7]),
    }
    a, b, c = (write(tmp_path / name, csv_of(HEADER, row)) for name, row in rows.items())
    done = run("import", a, c, "--into", source, "--yes")
    assert done.returncode == 1, done.stderr
    assert [name.name for name in (a, b, c) if str(name) in done.stderr] == ["a.csv", "c.csv"]
    assert run("import", a, b, "--to", tmp_path / "uusi").returncode == 2
    assert run("import", a, b, "--into", source, "--remove-missing").returncode == 2
    assert run("import", a, b, "--into", source, "--yes").returncode == 0
    goal = load(source).report.goals[0]
    assert (goal.score, goal.assessment) == (2, ("Tämä on aivan toinen arvio.",))
