"""Fonts that were never made on a machine keep nobody waiting: pages say what is going on, and come by themselves."""

import shutil
from pathlib import Path
from threading import Event

import pytest

from planning import LUVN
from raportti.serve import looking
from raportti.serve.workspace import NoPages
from raportti.text.fonts import load_fonts
from serve.asking import Served
from serve.browser.serving import Served as Running
from serve.browser.serving import until
from serve.sources import yaml_source
from serve.test_attacks import request, sent

MADE = "the fonts of the layout are being made"


def test_nobody_waits_for_fonts_that_are_made_for_the_first_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, told, goes_on = looking.are_made, Event(), Event()

    def slow(*sources: object, **where: object) -> object:
        goes_on.wait(60)
        return load_fonts(*sources, **where)  # type: ignore[arg-type]

    with monkeypatch.context() as cold, Served(yaml_source(tmp_path)) as served:
        cold.setattr(looking, "are_made", lambda *_, **__: False)
        cold.setattr(looking, "load_fonts", slow)
        cold.setattr(served.workspace.hub, "publish", lambda event, data: told.set() if data.get("isNew") else None)
        assert served.get("/").status == 200
        assert MADE in served.get("/pages").text
        assert MADE in served.get("/thumbnails").text
        form = served.get("/goals/H1.1")
        assert form.status == 200 and "erinomaisin tuloksin" in form.text  # what the scores mean is in the layout
        assert served.get("/goals").status == 200
        assert served.get("/pages/list", accept="application/json").status == 409
        with pytest.raises(NoPages):
            served.workspace.look()
        goes_on.set()
        assert told.wait(60)
        assert MADE not in served.get("/pages").text
        assert served.get("/pages/list").status == 200
    assert looking.are_made is known


def test_a_layout_that_cannot_be_read_is_read_again_when_it_is_next_asked_for(tmp_path: Path) -> None:
    layout = looking.Looking(tmp_path, tmp_path, lambda: None)
    for _ in range(2):
        with pytest.raises(looking.ProblemsFound):
            layout.look()


def test_a_layout_that_is_saved_while_it_is_served_is_followed(tmp_path: Path) -> None:
    layout = Path(shutil.copytree(LUVN, tmp_path / "own"))
    with Running(yaml_source(tmp_path), tmp_path / "served", "--layout", layout) as served:

        def pages() -> bytes:
            return sent(served, request(served, "GET /pages HTTP/1.1"), 60)

        assert b"Aivan oma otsikko" not in pages()
        toml = layout / "layout.toml"
        text = toml.read_text(encoding="utf-8")
        old = next(line for line in text.splitlines() if line.startswith("scale_5"))
        toml.write_text(text.replace(old, 'scale_5 = "Aivan oma otsikko"', 1), encoding="utf-8")
        until(lambda: b"Aivan oma otsikko" in pages())
        toml.write_text("[", encoding="utf-8")
        until(lambda: b"layout.toml" in pages())
        toml.write_text(text, encoding="utf-8")
        until(lambda: b'id="page-1"' in pages())
