"""From a source and a deck that was built from it to the deck with what the source says now.

Does not know a terminal, and writes nothing.
"""

from collections.abc import Callable
from pathlib import Path

from raportti.decks.readback.reading import read_deck
from raportti.decks.refresh.drawing import studio_for
from raportti.decks.refresh.records import Refreshing
from raportti.decks.refresh.refresh import refreshed_deck
from raportti.report.merge import Keep, Side
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
) -> Refreshing:
    """Bring a source into a deck, in the deck's language; the deck stays a draft, or none, unless that is said.

    ``layout_of`` finds the layout of a name. Raises ``ProblemsFound`` where the deck or the source cannot be read or is
    not right, or where both were changed apart and ``keep`` does not decide. Raises ``MissingTool`` where the machine
    lacks something.
    """
    reading = read_deck(deck)
    on_stage("load")
    allows = is_draft_in(dict(reading.stamp.choices)) if is_draft is None else is_draft
    (loaded,) = load_all(source, LoadOptions((reading.language,), allow_missing=True, is_draft=allows))
    studio = studio_for(layout_of(reading.stamp.layout), cache=cache)
    on_stage("plan")
    side = {None: None, Keep.DECK: Side.OURS, Keep.SOURCE: Side.THEIRS}[keep]
    return refreshed_deck(reading, loaded.report, studio, side, source=str(source), is_draft=is_draft)
