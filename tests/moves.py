"""What moved between two reports, and the words for it."""

import pytest

from planning import plan_of
from raportti.cli import since_last_build
from raportti.report.model import Report
from raportti.workflows.manifest import Moved, manifest_of, moved_since


def told(moved: Moved, language: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("raportti.cli.language.language", lambda: language)
    monkeypatch.setattr("raportti.cli.since_last_build.language", lambda: language)
    return list(since_last_build.moves_in_words(moved))


def moved(old: Report, new: Report) -> Moved:
    before = manifest_of(old, plan_of(old), {}, before=None)
    return moved_since(before, manifest_of(new, plan_of(new), {}, before=None), plan_of(new))
