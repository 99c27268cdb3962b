"""Three browsers, an editor, the command line and git write one source; ``make stress-serve`` holds many edits."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from planning import SEED
from stress.hold_truth import KINDS, hold_truth

pytestmark = pytest.mark.needs("browser")


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_that_was_saved_is_in_the_source_or_was_shown(kind: str, chromium: Browser, tmp_path: Path) -> None:
    held = hold_truth(chromium, tmp_path, kind, SEED, 20)
    assert held.faults == []
    assert held.done["texts typed in browsers"] > 8
