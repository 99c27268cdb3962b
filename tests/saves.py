"""A small table, and the ways in which programs save one over another."""

import time
from pathlib import Path

PATIENCE = 60
"""Seconds that a watch may take to see what changed."""
GOOD = """Strategia,Linjaus,Tunnus,Tavoite,Tavoite saavutettu?,Arviointi (1-5),Sanallinen arviointi (tiivistelmä)
S,L,A1.1,Tavoite toteutuu,KYLLÄ,4,Työ on edennyt suunnitelman mukaisesti.
"""


def written_over(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def put_in_place(file: Path, text: str) -> None:
    """Save as editors do: a copy beside the file takes its place."""
    half = file.with_name(f".{file.name}.swp")
    half.write_text(text, encoding="utf-8")
    half.replace(file)


def saved_by_excel(file: Path, text: str) -> None:
    """Save as Excel does: a lock, a file without an ending, the old one away, the new one in its place."""
    lock, new = file.with_name(f"~${file.name}"), file.with_name("7F3A2C10")
    lock.write_text("x", encoding="utf-8")
    new.write_text(text, encoding="utf-8")
    file.unlink()
    time.sleep(0.1)
    new.replace(file)
    lock.unlink()


def saved_in_halves(file: Path, text: str) -> None:
    """Save slowly: for a moment there is half a file."""
    with file.open("w", encoding="utf-8") as opened:
        opened.write(text[: len(text) // 2])
        opened.flush()
        time.sleep(0.12)
        opened.write(text[len(text) // 2 :])
