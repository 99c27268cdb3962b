"""Files are written all or none."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from raportti.files import files_below, require_unchanged, scratch_folder, slug, write_all
from raportti.problems import FilePlace, ProblemsFound


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    write_all({tmp_path / "a" / "x.pptx": b"1", tmp_path / "a" / "x.pdf": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {"x.pptx": b"1", "x.pdf": b"2"}


def test_a_written_file_has_the_mode_that_files_have(tmp_path: Path) -> None:
    write_all({tmp_path / "x.pdf": b"1"})
    (tmp_path / "usual").write_bytes(b"")
    assert (tmp_path / "x.pdf").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "x.pptx"
    file.write_bytes(b"old")
    file.chmod(0o600)
    mode = file.stat().st_mode
    write_all({file: b"new"})
    assert (file.read_bytes(), file.stat().st_mode) == (b"new", mode)


def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    file, link = tmp_path / "x.pptx", tmp_path / "link.pptx"
    file.write_bytes(b"old")
    link.symlink_to(file.name)
    write_all({link: b"new"})
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.pptx", "x.pptx"]


def test_a_file_that_may_not_be_written_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = tmp_path / "a.bak.pptx", tmp_path / "a.pptx"
    old.write_bytes(b"old")

    def may(path: Path, _: int) -> bool:  # not by the file's mode: root may write everything
        return path != old

    monkeypatch.setattr(os, "access", may)
    with pytest.raises(ProblemsFound) as found:
        write_all({new: b"old", old: b"new"})
    assert [problem.kind for problem in found.value.problems] == ["output-unwritable"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pptx": b"old"}


def test_a_folder_in_the_place_of_a_file_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.pptx").write_bytes(b"old")
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(ProblemsFound) as found:
        write_all({tmp_path / "a.pptx": b"new", tmp_path / "b.pdf": b"new"})
    assert [problem.kind for problem in found.value.problems] == ["output-unwritable"]
    assert (tmp_path / "a.pptx").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pptx", "b.pdf"]


def test_where_one_file_cannot_be_replaced_all_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (tmp_path / name for name in ("a.pptx", "b.pdf", "c.html"))
    first.write_bytes(b"old")
    second.write_bytes(b"old")
    real = os.replace

    def locked(source: Path, target: Path) -> None:
        if target == second and ".kept" not in source.name:
            raise PermissionError(13, "used by another process")
        real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(ProblemsFound) as found:
        write_all({first: b"new", second: b"new", third: b"new"})
    assert [problem.kind for problem in found.value.problems] == ["output-locked"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pptx", "b.pdf"]
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"old"}


def test_a_file_that_was_saved_meanwhile_is_refused(tmp_path: Path) -> None:
    same, saved = tmp_path / "same.yaml", tmp_path / "saved.yaml"
    same.write_bytes(b"1")
    saved.write_bytes(b"2")
    with pytest.raises(ProblemsFound) as refused:
        require_unchanged({same: b"1", saved: b"1"})
    assert [(problem.kind, problem.place) for problem in refused.value.problems] == [
        ("source-changed", FilePlace(str(saved)))
    ]


def test_the_stem_of_a_files_name_is_short_ascii() -> None:
    assert slug("Länsi-Uusimaa: hyvinvointi (2025)", otherwise="raportti") == "lansi-uusimaa-hyvinvointi-2025"
    assert slug("评估", otherwise="raportti") == "raportti"
    assert slug("a" * 79 + " b", otherwise="raportti") == "a" * 79


def test_a_folder_that_is_moved_away_while_it_is_looked_through_has_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("a")
    assert files_below(tmp_path) == (tmp_path / "a",)

    def gone(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "rglob", gone)
    assert files_below(tmp_path) == ()


def test_a_full_disk_leaves_neither_a_file_nor_a_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").mkdir()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for target in (tmp_path / "there" / "a.pptx", tmp_path / "new" / "below" / "a.pptx"):
        with pytest.raises(ProblemsFound) as found:
            write_all({target: b"1"})
        assert [problem.values for problem in found.value.problems] == [{"words": "No space left on device"}]
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_an_interrupted_writing_puts_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = tmp_path / "a.pptx", tmp_path / "b.pdf"
    first.write_bytes(b"old")
    real = os.replace

    def interrupted(source: Path, target: Path) -> None:
        real(source, target)
        if target == second:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all({first: b"new", second: b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.pptx": b"old"}


def test_what_a_killed_process_left_is_cleared_and_nothing_else(tmp_path: Path) -> None:
    ended = subprocess.Popen((sys.executable, "-c", ""))
    ended.wait()
    mine = _unfinished_name(tmp_path)
    machine = mine.split("-")[1]
    left = {f".a-{machine}-{ended.pid}-abcdefgh.new.pptx", f".a-b-{machine}-{ended.pid}.kept.pptx"}
    others = {mine, f".a-00000000-{ended.pid}-abcdefgh.new.pptx", ".a.raportti.json", ".a-12345678.pptx", "a.kept.pptx"}
    old = f".a-00000001-{ended.pid}-abcdefgh.new.pptx"
    for name in {*left, *others, old}:
        (tmp_path / name).touch()
    os.utime(tmp_path / old, (1_000_000_000, 1_000_000_000))
    write_all({tmp_path / "b.pptx": b"1"})
    assert {path.name for path in tmp_path.iterdir()} == {*others, "b.pptx"}


def _unfinished_name(folder: Path) -> str:
    """Return the name that a file has while it is being written."""
    seen: list[str] = []
    write_all({folder / "x.pptx": b"1"}, last_look=lambda: seen.extend(path.name for path in folder.iterdir()))
    (folder / "x.pptx").unlink()
    return seen[0]


def test_a_scratch_folder_is_gone_afterwards_and_one_of_a_killed_process_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    code = "import os, signal; from raportti.files import scratch_folder\n"
    code += "with scratch_folder() as folder: (folder / 'x').touch(); os.kill(os.getpid(), signal.SIGKILL)"
    subprocess.run((sys.executable, "-c", code), env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    (left,) = tmp_path.iterdir()
    with scratch_folder() as folder:
        assert list(tmp_path.iterdir()) == [folder] and folder != left
    assert not list(tmp_path.iterdir())
