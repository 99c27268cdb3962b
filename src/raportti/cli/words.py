"""The command line's sentences in the language of its user."""

import os
from functools import cache

from raportti.messages import text, texts, user_language


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
