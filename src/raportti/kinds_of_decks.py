"""The kinds of problems that a deck can have, ours or a foreign one. ``kinds`` has all others, and says what they are.

Knows nothing of how they are found. What PowerPoint's own checker finds has the name that it has there. A message ends
in a colon and how much there is of it, where that can be said.
"""

from collections.abc import Mapping

from raportti.kind import Kind, error, warning

DECKS: Mapping[str, Kind] = {
    "deck-not": error("the file is not a PowerPoint deck", "give a .pptx file"),
    "deck-encrypted": error(
        "the deck is protected by a password or in the old .ppt format", "save it as .pptx without a password"
    ),
    "deck-bomb": error("the deck unpacks to more than a deck needs: {size} MB", "check that it is the right file"),
    "deck-broken": error("the deck is broken: {words}", "open it in PowerPoint and save it again"),
    "deck-strict": error(
        "the deck is saved as Strict Open XML, into which no new data can be brought",
        "save it in PowerPoint as an ordinary presentation",
    ),
    "deck-not-ours": error(
        "the deck does not know what it was made of", "give one that raportti built, saved with all that is in it"
    ),
    "deck-stamp-broken": error(
        "what the deck knows of itself cannot be read: {words}",
        "it may be of a later version of raportti: install that one, or build the deck again",
    ),
    "deck-of-other-report": error(
        "the deck is of another report, and has no goal of this source: {path}",
        "name the source that it was built from",
    ),
    "deck-open": warning(
        "the deck is open in another program, and what is not saved there is not read", "save it there, and pull again"
    ),
    "deck-edits-differ": error(
        "{value} is here, but {other} in another part of the same row; first: {first}", "write the same in both"
    ),
    "deck-title-edited": warning(
        "the title is edited, and is not taken as data: {value}, it was {other}", "change the name in the source"
    ),
    "deck-figure-edited": warning(
        "figures are edited, and are not taken as data: {value}", "they are counted from the goals"
    ),
    "deck-row-added": warning("a row is added, and is not taken as data: {value}", "add the goal to the source"),
    "deck-row-moved": warning("a row is moved, which changes no data: {value}", "move the goal in the source"),
    "deck-row-gone": warning("its row is deleted; the goal stays in the data", "remove the goal from the source"),
    "deck-table-gone": warning(
        "the table is deleted; its goals stay in the data: {value}", "remove them from the source"
    ),
    "deck-slide-gone": warning(
        "a slide is deleted; what it says stays in the data: {value}", "remove it from the source"
    ),
    "deck-slide-copied": warning("it is a copy of slide {slide}, and is not read", "make changes on that slide"),
    "deck-slide-foreign": warning("it is from another deck, and is not read", "make changes in that deck"),
    "deck-in-use": error("the deck is open in another program", "save and close it there"),
    "refresh-conflict": error(
        "{what}: it was {base}, the deck says {deck}, the data say {data}",
        "say --ours to keep what the deck says, or --theirs to take the data",
    ),
    "refresh-left": warning(
        "the layout makes no such slide any more, so it is left as it is and may be out of date",
        "build the deck anew, or remove the slide",
    ),
    "refresh-columns": error(
        "columns were added to the table or removed from it by hand, so that it cannot get new data", "undo that"
    ),
    "table-grew": error(
        "the table is taller than the file says: {points} pt", "shorten its texts, or move rows to another slide"
    ),
    "text-too-high": error("the text is taller than its box: {points} pt", "shorten it, or make the box taller"),
    "off-slide": error("it reaches over the edge of the slide: {points} pt", "move it, or make it smaller"),
    "overlap": error("it lies over {other}: {points} pt", "move one of them, or make it smaller"),
    "header-unmarked": error("missing table header", "in PowerPoint: Table Design, and tick Header Row"),
    "title-missing": error("missing slide title", "give it a title in the layout's title placeholder"),
    "title-empty": error("missing slide title (its placeholder is empty)", "write a title"),
    "title-twice": error("duplicate slide title: {value}, slide {first}", "give each slide its own"),
    "part-missing": error(
        "parts are missing from the series of titles: {missing} (of {n})",
        "restore the slides, or number the parts anew",
    ),
    "part-wrong": error("the part in the title is wrong: {x}/{n}, expected {wanted}/{count}", "number the parts anew"),
    "part-apart": error("other slides stand between the parts of the series: {count}", "move the slides together"),
    "mark-missing": error("nothing says that the table continues", "write {words} on the slide"),
    "mark-extra": error("it says that the table continues, but this is its last part", "remove it"),
    "text-small": error("its smallest text is smaller than 9 pt: {points} pt", "make it larger"),
    "alternative-missing": error(
        "missing alternative text", "in PowerPoint: right-click, Edit Alt Text, or mark it as decorative"
    ),
    "alternative-file-name": error("the alternative text is the name of a file: {value}", "say what is to be seen"),
    "contrast-low": error(
        "hard-to-read text contrast: {ratio}:1, {value} on {other} (at least {needed}:1)", "choose other colours"
    ),
    "document-title-missing": error(
        "the document's title is missing from its properties", "in PowerPoint: File, Info, Properties, Title"
    ),
    "document-language-missing": error(
        "nothing says which language the document is in",
        "in PowerPoint: select all, Review, Language, Set Proofing Language, Default",
    ),
    "placeholder-empty": error("the placeholder is empty", "write its text, or delete it"),
    "language-missing": error(
        "parts of the text say no language: {count}",
        "in PowerPoint: select all, Review, Language, Set Proofing Language",
    ),
    "font-substituted": warning(
        "the font {family} is not on this machine and is measured as {measured_as}; texts: {count}",
        "install it where heights have to be exact",
    ),
    "cells-merged": warning(
        "use of merged or split cells: {count}", "check that the table is understood when it is read cell by cell"
    ),
    "reading-order": warning(
        "check reading order (it is read before something that stands above it): {other}",
        "in PowerPoint: Review, Check Accessibility, Reading Order Pane",
    ),
    "section-unnamed": warning("default section name: {value}", "name it by what it holds"),
    "section-twice": warning("duplicate section name: {value}", "give each section its own"),
    "text-vertical": warning(
        "texts that run upwards or downwards are not measured: {count}", "look at them in PowerPoint"
    ),
}
