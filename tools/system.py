"""Sees to what pip cannot install: the system's libraries, and the programs that judge documents in tests.

    python tools/system.py libraries|judges

Knows Debian and Ubuntu. Root gets what is missing installed; anyone else gets one sentence with the command to run.
Exit status: 0 nothing is missing now, 1 something still is.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from judges.needs import JUDGES

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libvoikko.so.1": "libvoikko1",
}
"""What WeasyPrint and libvoikko load, and the package that has it."""


def loads(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_finnish() -> bool:
    """Tell whether Voikko has a dictionary of Finnish."""
    if not loads("libvoikko.so.1"):
        return False
    voikko = ctypes.CDLL("libvoikko.so.1")
    voikko.voikkoInit.restype = ctypes.c_void_p
    return bool(voikko.voikkoInit(ctypes.byref(ctypes.c_char_p()), b"fi", None))


def missing_libraries() -> Iterator[str]:
    """Name the packages without which no report can be built."""
    if importlib.util.find_spec("ensurepip") is None:
        yield f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    yield from (package for library, package in LIBRARIES.items() if not loads(library))
    if not has_finnish():
        yield "voikko-fi"


def missing_judges() -> Iterator[str]:
    """Name the packages without which some tests are skipped."""
    for judge in JUDGES.values():
        if not judge.is_there():
            yield from judge.packages


def apt_get(*arguments: str) -> None:
    """Run apt-get without questions; its output is shown only if it fails."""
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", *arguments]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}{' '.join(command)}: failed, see above.")


def provide(packages: list[str], why: str) -> None:
    """Install packages as root; for anyone else end with the command to run."""
    if shutil.which("apt-get") is None:
        sys.exit(f"{why} needs what Debian calls {', '.join(packages)}: install them as your system does it.")
    install = ["install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        sys.exit(f"{why} needs packages that are missing here: sudo apt-get {' '.join(install)}")
    print(f"Installing {', '.join(packages)} …", flush=True)
    apt_get("update")
    apt_get(*install)


def main() -> None:
    """Look for what is missing, and provide it."""
    find, why = {
        "libraries": (missing_libraries, "raportti"),
        "judges": (missing_judges, "A part of the tests"),
    }[sys.argv[1]]
    if packages := list(find()):
        provide(packages, why)
    if still := list(find()):
        sys.exit(f"{why} cannot find what {', '.join(still)} should have brought.")


if __name__ == "__main__":
    main()
