"""Decks and workbooks → what Microsoft's Open XML SDK finds wrong in them.

The SDK's validator is one program without dependencies; it judges one file a run. What it does not see: a table whose
rows do not fill its grid, parts that nothing leads to, accessibility (``judges.deck`` does).
"""

import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judges.needs import openxml_program

OFFICE = "Microsoft365"


def errors(*files: Path) -> list[str]:
    """Return every error of every file, by its name; a file that cannot be opened is an error too."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [error for found in pool.map(_errors_of, files) for error in found]


def _errors_of(file: Path) -> list[str]:
    # Without the setting, .NET wants the system's ICU library, which a small machine does not have.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [str(openxml_program()), str(file), OFFICE]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    verdict = json.loads(done.stdout)
    if bool(verdict["ok"]) == bool(verdict["errors"]):
        raise RuntimeError(f"{file}: the validator contradicts itself: {done.stdout}")
    return list(_worded(file, verdict["errors"]))


def _worded(file: Path, found: list[dict[str, str | None]]) -> Iterator[str]:
    for error in found:
        place = " ".join(error[key] or "" for key in ("path", "xPath")).strip()
        yield f"{file.name}: {place}: {error['description']}"
