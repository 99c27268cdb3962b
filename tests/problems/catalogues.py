"""The catalogues of the translations, as they are in their sources."""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from raportti.problems.messages import LOCALE

TRANSLATIONS = ("fi", "sv")


def folder_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES"


@cache
def catalogue(language: str) -> Catalog:
    with (folder_of(language) / "raportti.po").open("rb") as file:
        return read_po(file, locale=language, domain="raportti")
