"""``raportti import FILE`` of data: what it shows, writes and refuses, and how it lists conflicts."""

from pathlib import Path

import pytest

from commands import run, run_apart
from edited_sources import conflicting
from planning import BILINGUAL
from raportti.cli.terminal import show
from raportti.problems import ProblemsFound
from raportti.workflows.import_changes import import_file


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
