"""Where words may be divided, and what is said where nothing on the machine can tell."""

import subprocess
import sys

WITHOUT_VOIKKO = """
import libvoikko

def open_none(path=None):
    raise OSError("no such library")

libvoikko.VoikkoLibrary.open = open_none
from raportti.problems import MissingTool
from raportti.text.hyphenation import divisions
try:
    divisions("hyvinvointialue", "fi")
except MissingTool as missing:
    print(missing.problem.kind)
"""


def test_a_machine_without_voikko_is_told_so_and_nothing_else_is_printed() -> None:
    done = subprocess.run((sys.executable, "-c", WITHOUT_VOIKKO), capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("voikko-missing\n", "")
