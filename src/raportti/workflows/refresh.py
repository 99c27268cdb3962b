"""From a source and a deck that was built from it to the deck with what the source says now.

Does not know a terminal, and writes nothing.
"""

from collections.abc import Callable
from pathlib import Path

from raportti.decks.readback.reading import read_deck
from raportti.decks.refresh.generated import load_layout
from raportti.decks.refresh.outcome import RefreshedDeck
from raportti.decks.refresh.refresh import refresh_deck
from raportti.report.merge import Keep
from raportti.source.loading import load_all
from raportti.source.options import LoadOptions, is_draft_in


def refresh(
    source: Path,
    deck: Path,
    keep: Keep | None,
    layout_of: Callable[[str], Path],
    *,
    cache: Path,
    is_draft: bool | None,
    on_stage: Callable[[str], None],
) -> RefreshedDeck:
    """Bring a source into a deck, in the deck's language; the deck stays a draft, or none, unless that is said.

    ``layout_of`` finds the layout of a name. Raises ``ProblemsFound`` where the deck or the source cannot be read or is
    not right, or where both were changed apart and ``keep`` does not decide. Raises ``MissingTool`` where the machine
    lacks something.
    """
    reading = read_deck(deck)
    on_stage("load")
    allows = is_draft_in(dict(reading.snapshot.choices)) if is_draft is None else is_draft
    (loaded,) = load_all(source, LoadOptions((reading.language,), allow_missing=True, is_draft=allows))
    layout = load_layout(layout_of(reading.snapshot.layout), cache=cache)
    on_stage("plan")
    return refresh_deck(reading, loaded.report, layout, keep, path=str(source), is_draft=is_draft)
