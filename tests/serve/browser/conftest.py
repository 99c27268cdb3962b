"""Servers and browsers for the tests of the app."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from judges.needs import CHROMIUM
from planning import BILINGUAL, DEFAULT
from serve.browser.people import Person
from serve.browser.serving import Served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's browser, once for the tests of a process."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the default report for the tests of a module that change nothing in it, or only what is theirs."""
    with Served(DEFAULT, tmp_path_factory.mktemp("shared")) as served:
        yield served
        assert not _faults(served), served.complaints


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the report in both languages, to be read."""
    with Served(BILINGUAL, tmp_path_factory.mktemp("bilingual")) as served:
        yield served
        assert not _faults(served), served.complaints


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Serve the default report for one test."""
    with Served(DEFAULT, tmp_path) as server:
        yield server
        assert not _faults(server), server.complaints


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Served]:
    """Serve the report in both languages for one test."""
    with Served(BILINGUAL, tmp_path) as server:
        yield server
        assert not _faults(server), server.complaints


def _faults(served: Served) -> bool:
    return "Traceback" in served.complaints or "Error" in served.complaints


@pytest.fixture
def person(chromium: Browser) -> Iterator[Callable[..., Person]]:
    """Give people browsers; at the end none of these has complained of anything or asked anybody else."""
    people: list[Person] = []

    def make(served: Served, **options: Any) -> Person:
        people.append(Person(chromium, served, **options))
        return people[-1]

    yield make
    complaints = [complaint for one in people for complaint in one.complaints]
    strangers = [stranger for one in people for stranger in one.strangers]
    for one in people:
        one.close()
    assert not complaints
    assert not strangers
