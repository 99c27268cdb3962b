"""From pieces of work to their results, in their order, done by several copies of this process.

Does not know what the work is. A copy has all that this process holds, so nothing is sent to it; what it makes comes
back in a file. Where there can be no copies, or one fails, this process does the work itself.
"""

import contextlib
import os
import pickle
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from typing import IO, Any, TypeVar

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")
CAN_FORK = sys.platform == "linux"
"""Elsewhere a copy of a process may not use the libraries of the system."""


def spread(work: Callable[[_Piece], _Result], pieces: Sequence[_Piece], processes: int) -> list[_Result]:
    """Do each piece of work; this process does its share, and waits for the others."""
    shares = [range(first, len(pieces), processes) for first in range(processes if CAN_FORK else 1)]
    copies = [_copy(work, pieces, share) for share in shares[1:]]
    results = {number: work(pieces[number]) for number in shares[0]}
    for share, copy in zip(shares[1:], copies, strict=True):
        made = _result_of(copy)
        results |= made if made is not None else {number: work(pieces[number]) for number in share}
    return [results[number] for number in range(len(pieces))]


def _copy(work: Callable[[_Piece], _Result], pieces: Sequence[_Piece], share: range) -> tuple[int, IO[bytes]]:
    """Start a copy of this process that does a share of the work; return its id and the file of its results."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its result is read
    parent = os.getpid()
    with warnings.catch_warnings():
        # The one other thread of this process waits for input, and holds nothing that the copy needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child:
        return child, file
    status = 1
    with contextlib.suppress(BaseException):
        results: dict[int, _Result] = {}
        for number in share:
            if os.getppid() != parent:
                break
            results[number] = work(pieces[number])
        else:
            pickle.dump(results, file, pickle.HIGHEST_PROTOCOL)
            file.flush()
            status = 0
    os._exit(status)


def _result_of(copy: tuple[int, IO[bytes]]) -> dict[int, Any] | None:
    """Wait for a copy, and return what it has made; None where it failed."""
    child, file = copy
    with file:
        _, status = os.waitpid(child, 0)
        if status:
            return None
        file.seek(0)
        return pickle.load(file)
