"""From pieces of work to their results, in their order, each done by a copy of this process that ends with it.

Does not know what the work is. A copy has all that this process holds, so nothing is sent to it; what it makes comes
back in a file, and its memory goes back whole. What a copy cannot do, this process does itself.
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
    """Do each piece of work, at most ``processes`` of them at the same time."""
    results: list[_Result] = []
    copies: list[tuple[int, IO[bytes]]] = []
    can_copy = True
    for number, piece in enumerate(pieces):
        while can_copy and len(copies) < min(number + processes, len(pieces)):
            try:
                copies.append(_copy(work, pieces[len(copies)]))
            except OSError:  # the system has no room for one more process
                can_copy = False
        made = _result_of(copies[number]) if number < len(copies) else None
        # What this process does itself may start threads, for which a copy that is made afterwards would wait for ever.
        can_copy = can_copy and made is not None
        results.append(work(piece) if made is None else made[0])
    return results


def _copy(work: Callable[[_Piece], object], piece: _Piece) -> tuple[int, IO[bytes]]:
    """Start a copy of this process that does a piece of work; return its id and the file of its result."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the result is read
    with warnings.catch_warnings():
        # The one other thread of this process waits for input, and holds nothing that the copy needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            child = os.fork()
        except OSError:
            file.close()
            raise
    if child:
        return child, file
    status = 1
    with contextlib.suppress(BaseException):
        pickle.dump((work(piece),), file, pickle.HIGHEST_PROTOCOL)
        file.flush()
        status = 0
    os._exit(status)


def _result_of(copy: tuple[int, IO[bytes]]) -> tuple[Any] | None:
    """Wait for a copy, and return what it has made, alone in a tuple; None where it failed."""
    child, file = copy
    with file:
        _, status = os.waitpid(child, 0)
        if status:
            return None
        file.seek(0)
        return pickle.load(file)
