"""A report that is worked at → the views in their states, one after the other, each as a person comes to it.

Knows addresses and what elements are for, no language: judges and pictures go the same way.
"""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from commands import run
from decks.importing.built_decks import without_stamp
from raportti import api
from serve.browser.people import Person
from serve.browser.serving import Served
from serve.test_uploads import edited_deck, edited_workbook

SCORE, TEXT = "Arviointi (1-5)", "Sanallinen arviointi (tiivistelmä)"
SLOW = 60_000
"""Milliseconds that reading a file or drawing a deck may take on a machine that does other things too."""
State = tuple[str, Page]


@dataclass(frozen=True)
class Brought:
    """Files that people bring: an answer of units, a deck edited by hand, one of another program, and no workbook."""

    workbook: Path
    edited: Path
    old: Path
    wrong: Path


def bring_together(source: Path, folder: Path) -> Brought:
    """Make the files that are brought, of a report as it was."""
    folder.mkdir()
    api.export(source, folder / "whole.xlsx")
    (deck,) = api.build(source, out=folder, formats=("pptx",)).files
    first, second, third, *_ = api.read_report(source).goals
    text = " ".join(third.assessment)
    cells = {
        (first.id, SCORE): 2,
        (second.id, SCORE): 3 if second.score != 3 else 4,
        (third.id, TEXT): f"{text} Seuranta jatkuu syksyllä.".replace("on ", "on edelleen ", 1),
    }
    workbook, edited, wrong = folder / "sote-palvelut.xlsx", folder / "hallitus.pptx", folder / "vastaukset.xlsx"
    workbook.write_bytes(edited_workbook((folder / "whole.xlsx").read_bytes(), cells))
    old = " ".join(first.assessment[0].split()[:5])
    edited.write_bytes(edited_deck(deck.read_bytes(), old, f"{old} selvästi"))
    shutil.copy(without_stamp(deck), folder / "vanha.pptx")
    wrong.write_bytes(b"Strategia;Tavoite\n")
    return Brought(workbook, edited, folder / "vanha.pptx", wrong)


def keep_a_revision(served: Served, message: str) -> None:
    """Put the source under git, as it is."""
    who = ("-c", "user.name=Maija Meikäläinen", "-c", "user.email=maija@example.org", "-c", "commit.gpgsign=false")
    for step in (("init", "-q"), ("add", "."), ("commit", "-qm", message)):
        subprocess.run(["git", *who, *step], cwd=served.source, check=True, capture_output=True)


def work_a_little(one: Person) -> None:
    """Keep a revision, then change a score and a text, as people do between two meetings."""
    keep_a_revision(one.served, "Hallituksen kokous 12.5.")
    page = one.goes(link(one.goes("/goals"), "/goals/"))
    page.locator("input[name=score]:not(:checked)").first.check()
    expect(page.locator("#history time")).to_have_count(1)
    page.locator("textarea").first.press("Control+End")
    page.locator("textarea").first.type(" Työtä jatketaan kuntien kanssa syksyllä.")
    page.keyboard.press("Tab")
    expect(page.locator("#history time")).to_have_count(2)


def upload(page: Page, file: Path) -> Page:
    """Choose a file in the form for it, and send it."""
    page.locator("#file").set_input_files(file)
    with page.expect_navigation(timeout=SLOW):
        page.locator("#bring button").click(timeout=SLOW)
    return page


def link(page: Page, start: str, within: str = "main") -> str:
    """Return the first address of a view that begins so."""
    found = page.locator(f'{within} a[href^="{start}"]').first.get_attribute("href")
    assert found
    return found


def structure(one: Person) -> Iterator[State]:
    """Go through the structure: each form, a question, a move that can be undone, and an id that is taken."""
    page = one.goes("/structure")
    yield "structure", page
    parts = {"strategy": ".strategy > .part-head", "guideline": ".guideline > .part-head", "goal": ".goals .steps"}
    edits = {kind: link(page, "/structure/edit?", within) for kind, within in parts.items()}
    removals = {kind: link(page, "/structure/remove?", within) for kind, within in parts.items()}
    adding = {kind: link(page, f"/structure/add?kind={kind}") for kind in ("strategy", "guideline", "goal")}
    yield "edit the report", one.goes("/structure/edit")
    for kind in parts:
        yield f"edit a {kind}", one.goes(edits[kind])
        yield f"add a {kind}", one.goes(adding[kind])
        yield f"remove a {kind}", one.goes(removals[kind])
    page = one.goes(edits["goal"])
    page.locator("#id").fill("")
    page.locator("form[action='/structure/id']").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    page.wait_for_url("**/structure/id")
    yield "an id that cannot be", page
    page = one.goes("/structure")
    page.locator(".goals .step[value=down]:not([disabled])").first.click()
    expect(page.locator(".undo-bar")).to_be_visible()
    yield "after a move", page
    with page.expect_navigation():
        page.locator(".undo-bar button").click()
    yield "after an undo", page


def changes(one: Person, brought: Brought) -> Iterator[State]:
    """Go through what has changed: here, since a revision, and since a file."""
    page = one.goes("/changes")
    yield "changes", page
    page.locator("#since").select_option(index=page.locator("#since option").count() - 1)
    with page.expect_navigation():
        page.locator("#compare button").click()
    expect(page.locator(".changed-pages a").first).to_be_visible(timeout=SLOW)
    yield "changes since a revision", page
    yield "pages that change", one.goes(str(page.locator("#changed-pages").get_attribute("data-address")).split("&")[0])
    yield "changes since a file", upload(one.goes("/changes"), brought.workbook)
    yield "no comparison with a file", upload(one.goes("/changes"), brought.wrong)


def files_out(one: Person) -> Iterator[State]:
    """Take a deck and a PDF, with what is said of them."""
    page = one.goes("/files")
    yield "files", page
    for kind in ("deck", "pdf"):
        with page.expect_download(timeout=SLOW):
            page.locator(f".output[data-kind={kind}] button").click()
    expect(page.locator(".output[data-kind=deck] .facts")).to_be_visible()
    expect(page.locator(".output[data-kind=deck] .fine, .output[data-kind=deck] .error")).to_be_visible()
    yield "files that were made", page
    made = "fetch('/files/make/deck', { headers: { Accept: 'application/json' } }).then((answer) => answer.json())"
    yield "what was found in a deck", one.goes(page.evaluate(made)["inspection"])


def files_in(one: Person, served: Served, brought: Brought) -> Iterator[State]:
    """Bring an answer that nobody contradicts, one that somebody does, an edited deck, an old one, and no workbook."""
    first, *_ = api.read_report(served.source, draft=True).goals
    yield "a workbook", upload(one.goes("/files"), brought.workbook)
    run("set", first.id, served.source, "--score", "5", "--yes", "--assessment", "Aivan toinen teksti on tässä nyt.")
    yield "a workbook with a conflict", upload(one.goes("/files"), brought.workbook)
    page = upload(one.goes("/files"), brought.edited)
    yield "an edited deck", page
    with page.expect_navigation(timeout=SLOW):
        page.locator("a[data-slow]").click(timeout=SLOW)
    yield "a deck with conflicts", page
    with page.expect_navigation(timeout=SLOW):
        page.locator("main a.button, main button:not(.plain)").first.click(timeout=SLOW)
    yield "a refreshed deck", page
    yield "an old deck", upload(one.goes("/files"), brought.old)
    yield "a file that is refused", upload(one.goes("/files"), brought.wrong)
    yield "files that wait", one.goes("/files")
