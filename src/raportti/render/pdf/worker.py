"""From HTML and snapshots on stdin to PDFs on stdout: the child process of ``PdfWriter``.

Does not know plans. Nothing but answers goes to stdout, and the process ends as soon as its parent is gone.
"""

import ctypes.util
import gc
import json
import os
import queue
import shutil
import signal
import sys
import threading
import traceback
from typing import BinaryIO, NoReturn

from raportti.render.pdf.process import SCRATCH, pages_as_json, read_message, write_message

RARELY = (200_000, 20, 20)
"""Thresholds that make garbage collection rare: WeasyPrint makes hundreds of thousands of objects, and few cycles."""


def main(processes: int) -> None:
    """Answer every page with its PDF, which at most so many processes draw."""
    # Ctrl-C goes to all processes of a terminal, but only the parent may decide to end this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*RARELY)
    answers = _reserve_stdout()
    pages: queue.SimpleQueue[tuple[str, str] | None] = queue.SimpleQueue()
    busy = threading.Event()
    busy.set()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, pages, busy), daemon=True).start()
    if sys.platform == "linux":
        # WeasyPrint tries names of libraries that other systems have. For each of them Python would ask ldconfig, gcc
        # and ld (0.15 s in all); the right names need no search.
        ctypes.util.find_library = lambda name: None
    try:
        # Imported here, when the parent is already listened to: it takes 0.4 s, and fails where Pango is missing.
        from raportti.render.pdf.weasy import PdfMaker
    except (OSError, ImportError) as error:
        write_message(answers, json.dumps({"missing": str(error)}).encode())
        answers.flush()
        return
    busy.clear()
    maker = PdfMaker(processes)
    while (page := pages.get()) is not None:
        busy.set()
        pdf = maker.make(*page)
        busy.clear()
        write_message(answers, json.dumps({"drawn": pages_as_json(pdf.drawn), "undrawable": pdf.undrawable}).encode())
        write_message(answers, pdf.data)
        answers.flush()


def _reserve_stdout() -> BinaryIO:
    """Keep stdout for answers; whatever else is printed, by libraries too, goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _listen(stdin: BinaryIO, pages: "queue.SimpleQueue[tuple[str, str] | None]", busy: threading.Event) -> None:
    """Pass pages on until stdin ends. If a page is being made then, the parent is gone: end at once."""
    try:
        while True:
            pages.put((read_message(stdin).decode("utf-8"), read_message(stdin).decode("ascii")))
    except (EOFError, OSError):
        pages.put(None)
        if busy.is_set():
            _end(1)


def _end(status: int) -> NoReturn:
    """End at once: taking WeasyPrint's objects down one by one would take 0.2 s, for which the parent waits.

    The folder for what is temporary is this process's own. Its parent removes it, too, where it has not been killed.
    """
    sys.stderr.flush()
    if scratch := os.environ.get(SCRATCH[0]):
        shutil.rmtree(scratch, ignore_errors=True)
    os._exit(status)


if __name__ == "__main__":
    status = 1
    try:
        main(int(sys.argv[1]))
        status = 0
    except Exception:
        traceback.print_exc()
    _end(status)
