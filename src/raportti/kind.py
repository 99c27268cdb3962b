"""What a kind of problem is: its severity, its message and its remedy, in English. Knows no kinds."""

from typing import TypeAlias

from raportti.problems import Severity

Kind: TypeAlias = tuple[Severity, str, str]


def error(message: str, remedy: str) -> Kind:
    """Make a kind that stops a build, or is a fault of a deck."""
    return Severity.ERROR, message, remedy


def warning(message: str, remedy: str) -> Kind:
    """Make a kind that travels beside a result."""
    return Severity.WARNING, message, remedy
