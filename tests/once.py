"""What takes long to make and is only read: made once in a run of the tests, whichever of its processes comes first."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(name: str, make: Callable[[Path], object], temporary: pytest.TempPathFactory) -> Path:
    """Return a folder of a name that is filled once; a process that comes meanwhile waits until it is."""
    root = _shared_root(temporary)
    folder, half = root / name, root / f"{name}.half"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder


def _shared_root(temporary: pytest.TempPathFactory) -> Path:
    """Return the folder that the processes of a run share: each worker of pytest-xdist has one of its own below it."""
    own = temporary.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
