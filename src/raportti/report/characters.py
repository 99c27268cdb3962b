"""From characters as they were typed to characters that count: each letter in one form, nothing invisible.

Does not know what a report is, nor which characters are refused.
"""

import unicodedata

# A text copied from a PDF may hold them: neither a search nor a screen reader finds their letters.
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Drawn as nothing, although Unicode counts them as letters, marks or symbols.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))


def composed(text: str) -> str:
    """Bring a text to Unicode NFC (a Mac may write ä as two characters), and take ligatures apart to their letters."""
    return unicodedata.normalize("NFC", text.translate(_LIGATURES))


def is_invisible(character: str) -> bool:
    """Return whether a character that is no white space is drawn as nothing, such as U+200B and the soft hyphen."""
    return unicodedata.category(character) == "Cf" or character in _FILLERS


def is_blank(text: str) -> bool:
    """Return whether nothing of a text is to be seen."""
    return all(character.isspace() or is_invisible(character) for character in text)


def words_of(text: str) -> str:
    """Return what is to be seen of a short text: its words in their one form, apart by one space."""
    return " ".join("".join(character for character in composed(text) if not is_invisible(character)).split())


def code_of(character: str) -> str:
    """Name a character that cannot be shown: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' {name}' if name else ''}"
