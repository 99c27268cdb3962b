"""Messages reach every page that is open, slow ones come back, and the end of the server ends them all."""

import asyncio
from threading import Thread

from raportti.serve.web import events
from raportti.serve.web.events import Hub, message


def test_a_message_is_one_event_whatever_it_says() -> None:
    text = message("change", {"title": "a\n\nevent: evil\r\n", "ä": "ö"})
    assert text.startswith("event: change\ndata: {") and text.endswith("}\n\n")
    assert text.count("\n") == 3 and "\r" not in text


def test_every_listener_hears_what_any_thread_says() -> None:
    hub, ends = Hub(), []

    async def listen() -> list[str]:
        heard = []
        async for text in hub.listen(first="first", is_ending=lambda: bool(ends)):
            heard.append(text)
            if len(heard) == 3:
                break
        return heard

    async def both() -> list[list[str]]:
        listeners = [asyncio.create_task(listen()) for _ in range(2)]
        await asyncio.sleep(0.05)
        thread = Thread(target=lambda: [hub.publish("change", n) for n in (1, 2)])
        thread.start()
        return [await listener for listener in listeners]

    assert asyncio.run(both()) == [["first", message("change", 1), message("change", 2)]] * 2


def test_a_page_that_is_too_far_behind_is_cut_off() -> None:
    hub = Hub()

    async def slow() -> int:
        heard = hub.listen(first="first", is_ending=lambda: False)
        await anext(heard)
        task = asyncio.ensure_future(anext(heard))
        await asyncio.sleep(0)
        for n in range(events.MOST_WAITING + 5):
            hub.publish("change", n)
        await asyncio.sleep(0.05)
        await task
        return 1 + len([text async for text in heard])

    assert asyncio.run(slow()) <= events.MOST_WAITING + 1


def test_streams_end_with_the_server() -> None:
    async def ending() -> list[str]:
        return [text async for text in Hub().listen(first="first", is_ending=lambda: True)]

    assert asyncio.run(asyncio.wait_for(ending(), 1)) == ["first"]
