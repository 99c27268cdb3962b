"""From finished documents to the files to write: with the manifest of the build, and edits by hand kept aside.

Writes nothing itself, and knows no document format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from raportti.manifest import (
    Manifest,
    Moved,
    manifest_bytes,
    manifest_of,
    moved_since,
    place_of_manifest,
    read_manifest,
)
from raportti.problems import FilePlace, Problem

if TYPE_CHECKING:
    from raportti.pipeline import Planned

EDITED = "käsin-muokattu"
"""What is added to the name of a file that was changed by hand since it was built."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """The files of one report in one language: the documents, and what goes with them."""

    documents: tuple[Path, ...]
    files: Mapping[Path, bytes] = field(repr=False)
    """All that is to be written: documents, manifest, and edited files under other names."""
    moved: Moved | None
    """None where nothing was built before."""
    warnings: tuple[Problem, ...]


def deliver(planned: "Planned", documents: Mapping[str, bytes], out: Path, stem: str) -> Delivery:
    """Name the files of documents, which are given by their format.

    A file that was changed since it was built, by hand, is never lost: it is kept under another name.
    """
    place = place_of_manifest(out, stem)
    before = read_manifest(place)
    report, plan = planned.source.report, planned.plan
    paths = {out / f"{stem}.{name}": data for name, data in documents.items()}
    kept = dict(_kept(paths, before))
    manifest = manifest_of(report, plan, {path.suffix: data for path, data in paths.items()}, before=before)
    return Delivery(
        documents=tuple(paths),
        files={**{to: path.read_bytes() for path, to in kept.items()}, **paths, place: manifest_bytes(manifest)},
        moved=moved_since(before, report, plan) if before else None,
        warnings=tuple(Problem("output-edited", FilePlace(str(path)), {"path": str(to)}) for path, to in kept.items()),
    )


def _kept(paths: Mapping[Path, bytes], before: Manifest | None) -> Iterator[tuple[Path, Path]]:
    """Yield the files that were changed since they were built, with the name under which each is kept."""
    for path, data in paths.items():
        if before and before.is_edited(path) and path.read_bytes() != data:
            yield path, next(name for name in _names(path) if not name.exists())


def _names(path: Path) -> Iterator[Path]:
    """Yield names for an edited file: without a number, then with one, so that none that was kept is written over."""
    yield path.with_name(f"{path.stem}.{EDITED}{path.suffix}")
    yield from (path.with_name(f"{path.stem}.{EDITED}-{number}{path.suffix}") for number in count(2))
