"""A PDF has the same bytes however many processes draw its pages, and whatever is on them."""

import base64
import os
from io import BytesIO

import pytest
from PIL import Image

from raportti.render.pdf.forks import CAN_FORK, spread
from raportti.render.pdf.process import PdfWriter
from render.test_warm_pdf import BASE, HTML, font_rule

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="20" height="20"><title>T</title>'
    '<defs><linearGradient id="g{n}"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/>'
    '</linearGradient><mask id="m{n}"><rect width="5" height="5" fill="#fff"/></mask></defs>'
    '<rect width="9" height="9" fill="url(#g{n})" opacity="0.5"/>'
    '<g mask="url(#m{n})"><rect width="9" height="4"/></g></svg>'
)


def picture(colour: str) -> str:
    file = BytesIO()
    Image.new("RGB", (2, 2), colour).save(file, "PNG")
    return f'<img alt="{colour}" src="data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}">'


CONTENTS = {
    "text in two sizes": "<p>{n} Hyvinvointi</p><h2>{n}</h2>",
    "gradients and masks": DRAWING,
    "pictures, each on several pages": "{picture}{other}",
    "characters that no font has": "<p>{n} 😀 tekstiä</p>",
    "a table": '<table><tr><th id="h{n}">A</th></tr><tr><td headers="h{n}">{n}</td></tr></table>',
    "pictures behind text": '<p style="background:{ground} 0 0/9pt">{n}</p>',
}
GROUND = (
    "url(&quot;data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'%3E"
    "%3Crect width='1' height='1'/%3E%3C/svg%3E&quot;)"
)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_pdf_is_the_same_however_many_processes_draw_it(content: str) -> None:
    sheets = "".join(
        f'<section class="page">{written(CONTENTS["text in two sizes"] if n % 3 else content, n)}</section>'
        for n in range(20)
    )
    page = HTML.format(style=font_rule() + BASE, sheets=sheets)
    with PdfWriter(1) as one, PdfWriter(3) as three:
        assert one.write(page).data == three.write(page).data


def written(content: str, number: int) -> str:
    values = {"picture": picture("red"), "other": picture(("blue", "lime")[number % 2]), "ground": GROUND}
    return content.format(n=number, **values)


@pytest.mark.skipif(not CAN_FORK, reason="this system has no copies of processes")
def test_each_piece_of_work_is_done_by_a_process_of_its_own_and_comes_back_in_order() -> None:
    done = spread(lambda piece: (piece, os.getpid()), range(7), 3)
    assert [piece for piece, _ in done] == list(range(7))
    assert len({os.getpid(), *(process for _, process in done)}) == 8


@pytest.mark.skipif(not CAN_FORK, reason="this system has no copies of processes")
def test_what_a_copy_cannot_do_is_done_by_the_first_process() -> None:
    first = os.getpid()

    def work(piece: int) -> int:
        if piece % 2 and os.getpid() != first:
            raise MemoryError
        return piece

    assert spread(work, range(5), 2) == list(range(5))


@pytest.mark.skipif(not CAN_FORK, reason="this system has no copies of processes")
def test_after_work_of_its_own_and_without_room_for_more_a_process_makes_no_copy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its own work may start threads, for which a copy would wait for ever."""
    first, made, fork = os.getpid(), list[int](), os.fork

    def work(piece: int) -> int:
        if piece == 1 and os.getpid() != first:
            raise MemoryError
        return piece

    def counted() -> int:
        made.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    assert spread(work, range(6), 2) == list(range(6)) and len(made) == 3
    monkeypatch.setattr(os, "fork", lambda: (_ for _ in ()).throw(BlockingIOError))
    assert spread(work, range(3), 2) == list(range(3))
