"""The kinds of problems of a deck that is brought in. ``kinds`` has all others, and says what they are.

Knows nothing of how they are found. The warnings are a list for a person: what was chosen, and what was not read.
"""

from collections.abc import Mapping

from raportti.kind import Kind, error, warning

_LOOK = "compare it with the deck"
_ADD = "add it to the source by hand"

IMPORTS: Mapping[str, Kind] = {
    "import-kind": error(
        "decks of the kind {suffix} are not read", "give a .pptx, a .pdf or the text of a PDF as .txt"
    ),
    "import-deck-into": error(
        "a deck is not brought into a source that is there already",
        "bring edits by hand over with raportti pull, or make a new source of the deck with --to",
    ),
    "import-too-large": error("the file is too large for a deck", "check that it is the right file"),
    "import-not-text": error("the file is no text in UTF-8", "save it as UTF-8"),
    "import-no-text": error(
        "no text is in the pages: they are pictures, as of a scanned paper",
        "give the file that was printed, or have its text recognised first",
    ),
    "import-no-goals": error(
        "no table of goals is in the deck", "check that its tables have goal, status, score and assessment"
    ),
    "import-not-possible": error("what was read makes no valid source: {words}", "correct it in the deck first"),
    "pdf-not": error("the file is not a PDF", "give a .pdf file"),
    "pdf-encrypted": error("the PDF is protected by a password", "save it without a password"),
    "pdf-broken": error("the PDF is broken: {words}", "open it in the program it was made with, and save it again"),
    "pdf-bomb": error("the PDF unpacks to more than a deck needs: over {size} MB", "check that it is the right file"),
    "import-stamped": warning(
        "the deck carries its data, in one language ({code}), and they are taken; edits by hand are not in them",
        "bring edits by hand over with raportti pull, and the deck of another language as a source of its own",
    ),
    "import-stamp-unread": warning(
        "the deck carries data that cannot be read here, so its pages are read",
        "read it with the version it was made with, if that is at hand",
    ),
    "import-joined": warning("{before} is taken as one word: {word}", _LOOK),
    "import-paragraph-taken": warning("a paragraph is taken to begin here: {value}", _LOOK),
    "import-row-unread": warning("a row of the table is not read: {value}", _ADD),
    "import-status-unread": warning("the status is not read: {value}", "write it in the source"),
    "import-score-unread": warning("the score is not read: {value}", "write it in the source"),
    "import-score-missing": warning("the score is missing", "write it in the source"),
    "import-title-taken": warning("the table has no title; by the summary it is taken for {value}", _LOOK),
    "import-title-missing": warning("the table has no title; it is named {value}", "name it in the source"),
    "import-guideline-missing": warning("the summary names {value}, and no table has that title", _LOOK),
    "import-page-unread": warning("the page is not read: {value}", "check that nothing of it belongs in the source"),
    "import-name-taken": warning("the strategy is named by its corner tag: {value}", "correct its name in the source"),
    "import-cover-taken": warning("on the cover, {value} is taken as the {what}", _LOOK),
    "import-cover-unread": warning("on the cover, this is not read: {value}", _ADD),
}
