"""From what was built to a small file beside it, and from that file to what has moved since.

Does not know how documents are made, nor words for users. A manifest that is missing, old or broken counts as none.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from raportti.plan import Page, Plan
from raportti.plan.diff import differing_pages, fingerprints_of
from raportti.report.diff import Changes, changes_of
from raportti.report.json import report_as_json, report_from_json
from raportti.report.model import Report

_FORM = 1
"""The form of the file: one of another form is not read."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was built last under a name."""

    report: Report
    pages: Mapping[str, str]
    """The fingerprint of each page's content, by what the page is about."""
    files: Mapping[str, str]
    """The hash of each file as it was written, by the end of its name."""

    def is_edited(self, file: Path) -> bool:
        """Return whether a file that was built is there and has been changed since."""
        written = self.files.get(file.suffix)
        with suppress(OSError):
            return written is not None and _hash_of(file.read_bytes()) != written
        return False


NOTHING_BUILT = Manifest(Report("", ()), {}, {})


@dataclass(frozen=True, slots=True)
class Moved:
    """What differs from the build before: in the report, and the pages with another content."""

    changes: Changes
    pages: tuple[Page, ...]
    has_new_look: bool = False
    """Whether the documents differ although nothing of this does: their layout or the program has changed."""


def manifest_of(report: Report, plan: Plan, files: Mapping[str, bytes], *, before: Manifest | None) -> Manifest:
    """Say what is built: files by the end of their names; those that are not built again are as they were before."""
    written = {suffix: _hash_of(data) for suffix, data in files.items()}
    return Manifest(report, fingerprints_of(plan), {**(before or NOTHING_BUILT).files, **written})


def moved_since(before: Manifest, now: Manifest, plan: Plan) -> Moved:
    """Compare what is built, by this plan, with what was built before."""
    changes, pages = changes_of(before.report, now.report), differing_pages(before.pages, plan)
    differ = any(now.files[suffix] != written for suffix, written in before.files.items() if suffix in now.files)
    return Moved(changes, pages, has_new_look=differ and not changes and not pages)


def place_of_manifest(folder: Path, stem: str) -> Path:
    """Name the manifest of the files with a stem: hidden, since it is nothing to hand on."""
    return folder / f".{stem}.raportti.json"


def read_manifest(path: Path) -> Manifest | None:
    """Read a manifest; None where there is none that can be used."""
    try:
        values: dict[str, Any] = json.loads(path.read_bytes())
        if values["form"] != _FORM:
            return None
        return Manifest(report_from_json(values["report"]), _texts(values["pages"]), _texts(values["files"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _texts(values: Any) -> Mapping[str, str]:
    return {key: str(value) for key, value in cast("dict[str, object]", values).items()}


def manifest_bytes(manifest: Manifest) -> bytes:
    """Write a manifest as JSON."""
    values = {
        "form": _FORM,
        "report": report_as_json(manifest.report),
        "pages": dict(manifest.pages),
        "files": dict(manifest.files),
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
