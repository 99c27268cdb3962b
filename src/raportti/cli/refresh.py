"""``raportti refresh``: new data into a deck that was edited."""

from collections.abc import Iterator
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import say
from raportti.cli.options import keep_option, layout_option, located_source, source_argument, yes_option
from raportti.cli.terminal import Progress, carry_out, ending_well, show
from raportti.decks.refresh.outcome import LINKS, NOTES, RefreshedDeck, SlideChange, SlideFate
from raportti.report.merge import Keep

_FATES = {
    SlideFate.CHANGED: "slide {n} changes: {title}",
    SlideFate.ADDED: "slide {n} is new: {title}",
    SlideFate.REMOVED: "slide {n} is removed: {title}",
    SlideFate.KEPT: "slide {n} stays without its table or charts, as something was added to it by hand: {title}",
}


@click.command("refresh", help=say("Bring new data into a deck that was edited, and keep what was edited."))
@click.argument("deck", type=click.Path(path_type=Path))
@source_argument
@layout_option
@click.option("--draft/--final", default=None, help=say("Let the deck be a draft from now on, or be one no more."))
@keep_option(Keep.DECK)
@yes_option
def command(
    deck: Path, source: Path | None, layout: str | None, draft: bool | None, keep: str | None, yes: bool
) -> None:
    """Refresh a deck."""
    with ending_well():
        found = located_source(source)
        with Progress() as progress:
            refreshing = api.refresh(deck, found, layout=layout, keep=keep, draft=draft, on_stage=progress)
        show(refreshing.remarks)
        if carry_out(refreshing, _lines(refreshing), yes=yes):
            backup, written = refreshing.files
            click.echo(written)
            click.echo(say("The deck as it was is kept: {path}", path=str(backup)), err=True)


def _lines(refreshing: RefreshedDeck) -> Iterator[str]:
    if not refreshing.slides:
        yield say("No slide changes; the deck notes which data it agrees with.")
    yield from map(_line, sorted(refreshing.slides, key=lambda change: change.number))


def _line(change: SlideChange) -> str:
    line = say(_FATES[change.fate], n=change.number, title=change.title)
    parts = (_part_names().get(part, part) for part in change.parts)
    return f"{line} ({', '.join(parts)})" if change.parts else line


def _part_names() -> dict[str, str]:
    """Name the parts of slides that have no name of their own."""
    return {NOTES: say("notes"), LINKS: say("links")}
