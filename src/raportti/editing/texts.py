"""From a text file, or what was piped in, to its text, or to the problems that a source's file would have."""

from pathlib import Path

from raportti.editing.edit import WishRefused
from raportti.problems import FilePlace
from raportti.source.collect import GiveUp, Problems
from raportti.source.files import read_bytes, text_of


def text_in(file: str, piped: bytes | None = None) -> str:
    """Read a file, or what was piped in under that name; raises ``WishRefused`` where it is no text in UTF-8."""
    problems, place = Problems(), FilePlace(file)
    try:
        data = read_bytes(Path(file), problems) if piped is None else piped
        text = text_of(data, place, problems, lambda _: place)
    except GiveUp as given_up:
        raise WishRefused(problems.in_order()) from given_up
    if problems.errors:
        raise WishRefused(problems.in_order())
    return text
