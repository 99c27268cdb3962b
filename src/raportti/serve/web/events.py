"""From what happens in the server to every open page: server-sent events (HTML standard, 9.2).

Knows nothing of what they say. A page that misses some reads everything anew when it comes back.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

HEARTBEAT = 15.0
"""Seconds after which a line is sent though nothing happened, so that no proxy takes the stream for dead."""
GLANCE = 0.2
"""Seconds between two looks at whether the server ends."""
MOST_WAITING = 100
"""Messages that a page may be behind; a slower one is cut off, and comes back."""
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
TYPE = "text/event-stream"


class Hub:
    """Hands each message to every page that listens. May be called from any thread."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def publish(self, event: str, data: Any) -> None:
        """Send a message, as JSON, to all who listen now."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hand_out, message(event, data))

    def _hand_out(self, text: str) -> None:
        for listener in tuple(self._listeners):
            if listener.qsize() >= MOST_WAITING:
                self._listeners.discard(listener)
                listener.put_nowait(None)
            else:
                listener.put_nowait(text)

    async def listen(self, *, first: str, is_ending: Callable[[], bool]) -> AsyncIterator[str]:
        """Yield the first message, then what happens, until the page is too slow or the server ends."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield first
            async for text in _arriving(queue, is_ending):
                yield text
        finally:
            self._listeners.discard(queue)


async def _arriving(queue: asyncio.Queue[str | None], is_ending: Callable[[], bool]) -> AsyncIterator[str]:
    quiet = 0.0
    while not is_ending():
        try:
            text = await asyncio.wait_for(queue.get(), GLANCE)
        except TimeoutError:
            quiet += GLANCE
            if quiet >= HEARTBEAT:
                quiet = 0.0
                yield ":\n\n"
            continue
        if text is None:
            return
        quiet = 0.0
        yield text


def message(event: str, data: Any) -> str:
    """Write a message as the stream has it; JSON has no line end of its own."""
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
