"""The command line's sentences in the language of its user."""

import gettext
import os
from functools import cache

from raportti.problems.messages import LOCALE, text, texts, user_language


@cache
def language() -> str:
    """Return the user's language, which does not change while a command runs."""
    return user_language(os.environ)


def say(msgid: str, **values: object) -> str:
    """Say a sentence; values are shown in quotes, numbers as they are."""
    return text(msgid, language(), **values)


def count(singular: str, plural: str, n: int) -> str:
    """Say a sentence that depends on a number, which stands at ``{n}``."""
    return texts(singular, plural, n, language())


def let_click_speak() -> None:
    """Have Click say its own words in the user's language: it asks the process's gettext for them."""
    gettext.bindtextdomain("raportti", LOCALE)
    gettext.textdomain("raportti")
    os.environ["LANGUAGE"] = language()
