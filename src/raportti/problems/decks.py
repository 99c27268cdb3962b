"""The kinds of problems on the way back: in decks, ours or foreign, in edits of sources, and in imports.

Does not know how they are found; ``source`` says what a kind is. What PowerPoint's own checker finds has the name that
it has there. A message about a deck ends in a colon and how much there is of it, where that can be said.
"""

from collections.abc import Mapping

from raportti.problems import ProblemKind, error, warning

_KEEP_DECK = "decide with --keep deck or --keep source, or write the same in both"
_OWN_SLIDE = "put it on a slide of its own, or its rows back into their table"
_KEEP_FILE = "decide with --keep file or --keep source, or write the same in both"

IN_DECKS: Mapping[str, ProblemKind] = {
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
    "deck-cells-merged": warning(
        "cells are merged, and what they say is not read: {value}", "split them, or make the change in the source"
    ),
    "deck-table-unread": warning("the table has rows of goals, and is not read", _OWN_SLIDE),
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
    "deck-conflict": error("{what} was changed in the deck and in the source since the deck was built", _KEEP_DECK),
    "deck-conflict-whole": error(
        "{what} was removed on one side and changed on the other, or added on both, since the deck was built",
        _KEEP_DECK,
    ),
    "refresh-left": warning(
        "the layout makes no such slide any more, so it is left as it is and may be out of date",
        "build the deck anew, or remove the slide",
    ),
    "refresh-columns": error(
        "columns were added to the table or removed from it by hand, so that it cannot get new data", "undo that"
    ),
    "refresh-merged": error(
        "cells were merged by hand here, so that the row cannot get new data", "split the cells, and refresh again"
    ),
    "refresh-table-unread": error("the table has rows of goals, and cannot get new data here", _OWN_SLIDE),
    "refresh-link-lost": warning("a link is lost, as its words are not in the new text: {value}", "set it anew"),
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

_ALIKE = "write the same in both, or bring one file after the other and decide with --keep"

_EDITS: Mapping[str, ProblemKind] = {
    "edit-not-possible": error(
        "this source cannot be changed so by the program: {names}",
        "make the change in the file itself; nothing was written",
    ),
    "source-changed": error("the file was changed meanwhile, so nothing was written", "run the command again"),
    "goal-unknown": error("there is no goal {value}", "check the id; raportti plan lists all"),
    "goal-misspelt": error("there is no goal {value}", "use one of these, if one was meant: {names}"),
    "nothing-to-set": error(
        "nothing says what to change of the goal",
        "give --score, --achieved, --assessment, --assessment-file or --unit",
    ),
    "answer-missing": error("nobody can be asked here, so nothing was changed", "answer with --yes"),
    "file-conflict": error("{what} was changed in the file and in the source since the export", _KEEP_FILE),
    "file-conflict-whole": error(
        "{what} was removed on one side and changed on the other, or added on both, since the export", _KEEP_FILE
    ),
    "files-conflict": error("{what} is another one in this file than in {first}, and not what was exported", _ALIKE),
    "files-conflict-whole": error(
        "{what} was removed in one of this file and {first} and changed in the other, or added in both", _ALIKE
    ),
    "goals-kept": warning(
        "goals of the source that are not in the file stay: {count} ({names})",
        "if they are to go, remove them in the source, or bring the file with raportti import --remove-missing",
    ),
    "file-without-language": warning(
        "the file has no texts {what}: those of {path} stay", "bring a file that has them, if they are to change"
    ),
    "file-new-language": warning(
        "the texts {what} are left out: the source has none", "bring them with raportti import FILE --into SOURCE"
    ),
    "base-none": warning(
        "the file does not say what it was exported from, so all in which it differs from {path} comes in",
        "look through the changes before you answer",
    ),
    "base-other": warning(
        "the file was exported from another report, {value}: most of its goals are not those of {path}",
        "look through the changes before you answer",
    ),
    "new-exists": error("there is a file of this name already", "name another one; nothing is written over"),
    "new-kind": error(
        "a new report is no file of the kind {suffix}", "name a folder, or a workbook that ends in .xlsx"
    ),
    "new-name": error(
        "the name {value} is empty, or given twice", "give each strategy, and each of its guidelines, its own"
    ),
    "new-unanswered": error(
        "nobody can be asked here", "give --organisation, --title, --strategy and --lang, or --yes for a sample of each"
    ),
    "new-title": warning("the title is still that of the report before: {value}", "change it, if it names a year"),
    "folder-not-empty": error("the folder is not empty", "name a new folder"),
    "revision-unknown": error("the repository has no revision {value}", "check it with git log"),
    "revision-path": error("the revision {value} has no file or folder {path}", "check it with git ls-tree"),
    "repository-none": error(
        "there is no {path}, and the working folder is in no git repository, so {value} is no revision",
        "check the path, or run the command in the repository",
    ),
    "revision-unreadable": error("git cannot give {path}: {words}", "check the repository"),
}

_LOOK = "compare it with the deck"
_ADD = "add it to the source by hand"

_IMPORTS: Mapping[str, ProblemKind] = {
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

DECKS: Mapping[str, ProblemKind] = {**IN_DECKS, **_EDITS, **_IMPORTS}
