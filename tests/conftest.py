"""What every test may use: judges that are on the machine or not, and golden files."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from judges.needs import missing

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-golden", action="store_true", help="write the golden files instead of comparing with them"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose judge is not on the machine; in CI, where all judges must be, let it fail."""
    tools = [tool for mark in item.iter_markers("needs") for tool in mark.args]
    if reasons := [reason for reason in map(missing, tools) if reason]:
        if os.environ.get("CI") == "true":
            pytest.fail(" ".join(reasons), pytrace=False)
        pytest.skip(" ".join(reasons))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or write it with ``--renew-golden``."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--renew-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"{file} does not exist: make golden writes it"
        assert text == file.read_text(encoding="utf-8"), f"not as in {name}: if it should not be, make golden renews it"

    return compare
