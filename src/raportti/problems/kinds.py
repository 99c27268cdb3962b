"""The kinds of problems: kind → its severity, its message and its remedy, in English.

Knows nothing of languages or places: ``messages`` translates and prints. A word in braces is a key of a problem's
``values``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from raportti.problems import ProblemKind
from raportti.problems import error as _error
from raportti.problems import warning as _warning
from raportti.problems.kinds_of_decks import DECKS, EDITS, IMPORTS, LANGUAGES

_WRITE_ONE_OF_STATUSES = "write KYLLÄ, OSITTAIN, EI or EI ARVIOITU"
_SAVE_AS_UTF8 = "save it again as UTF-8 (in Excel: CSV UTF-8)"
_SAVE_AS_XLSX = "open it in Excel or LibreOffice and save it as .xlsx"
_DID_YOU_MEAN = "write {suggestion}, if that is what was meant"
_USE_ONE_OF_THESE = "use one of these: {keys}"
_RETYPE = "delete it and write again what should be there"
_WRITE_OUT = "write the text out"
_QUOTE_TEXT = "put the whole text in quotes, or write it on the lines below after >-"
_REMOVE_ONE = "remove one of them, or give it another name"
_SAME_NAME = "if they are the same one, write its name in the same way"
_ADD_IT = "add it"
_NAME_IT = "name one on the command line or in raportti.toml"
_SEE_THE_LINE = "check this line and the one above it"
_ADD_GOALS = "add its goals, or remove it"

_FILES: Mapping[str, ProblemKind] = {
    "source-not-found": _error("there is no file or folder {path}", "check the path"),
    "source-none": _error("there is no report under {folder}", _NAME_IT),
    "source-several": _error("there are several reports: {sources}", _NAME_IT),
    "source-kind": _error(
        "a file of the kind {suffix} cannot be a source",
        "give a report folder, or a file that ends in .yaml, .csv or .xlsx",
    ),
    "table-kind": _error("tables of the kind {suffix} are not read", _SAVE_AS_XLSX),
    "report-file-missing": _error(
        "the folder has no file {name}", "give the folder of a report, or a .yaml, .csv or .xlsx file"
    ),
    "strategy-file-missing": _error("there is no file {name} in the folder", "correct the name, or add the file"),
    "strategy-file-misspelt": _error("there is no file {name} in the folder", _DID_YOU_MEAN),
    "strategy-file-outside": _error(
        "the file {name} is outside the folder of the report", "move the file into the folder and give its name only"
    ),
    "strategy-file-folder": _error("{name} is a folder", "name the file of a strategy"),
    "strategy-file-twice": _error("the file {name} is named twice", "remove one of them"),
    "strategy-file-alone": _error(
        "the file holds one strategy, not a report", "give the folder, or the file raportti.yaml that names it"
    ),
    "not-a-file": _error("this is not a file that can be read", "give the file itself"),
    "file-unreadable": _error("the file cannot be read: {words}", "check that it exists and that you may read it"),
    "file-too-large": _error("the file is larger than {limit} MB", "check that it is the right file"),
    "file-empty": _error("the file is empty", "write the data into it, or restore it from a copy"),
    "file-binary": _error("the file is not text; it looks like {looks}", "check that it is the right file"),
    "file-utf16": _error("the file is not UTF-8; it looks like {looks}", _SAVE_AS_UTF8),
    "file-encoding": _error("the file is not UTF-8: byte {byte}; it looks like {looks}", _SAVE_AS_UTF8),
    "character-control": _error("the text has a control character: {code}", _RETYPE),
    "reading-failed": _error("the file cannot be understood: {words}", "check it in the program it was made with"),
    "more-problems": _error("further problems: {count}", "correct the first ones and check again"),
}

_YAML: Mapping[str, ProblemKind] = {
    "yaml-tab": _error("a tab stands where the line is indented", "use spaces in its place"),
    "yaml-colon": _error(
        "a colon and a space stand within a text",
        "put the text in quotes, or indent the line like those above it",
    ),
    "yaml-key": _error(
        "the line has no colon after its key", "write the key, a colon and a space, or check the indentation"
    ),
    "yaml-indent": _error(
        "the line does not continue what is above it", "check that it is indented like the lines it belongs with"
    ),
    "yaml-quote": _error("a quoted text begins here and does not end", "add the closing quote"),
    "yaml-bracket": _error("a bracket opens here and its contents are not right", "check it, or close the bracket"),
    "yaml-start": _error("a text cannot begin with {character}", _QUOTE_TEXT),
    "yaml-language": _error("a text begins with words marked as another language: {value}", _QUOTE_TEXT),
    "yaml-escape": _error("a text in double quotes has a backslash that means nothing", "use single quotes"),
    "yaml-syntax": _error("this is not right as YAML: {words}", _SEE_THE_LINE),
    "yaml-alias": _error("an alias is used: {name}", _WRITE_OUT),
    "yaml-anchor": _error("an anchor is used: {name}", "remove it"),
    "yaml-tag": _error("a tag is used: {tag}", "remove it"),
    "yaml-merge": _error("a merge key is used: {key}", "write the keys out"),
    "yaml-documents": _error("a second document begins here", "remove the line ---, or make a file of each"),
    "yaml-deep": _error("the data is nested deeper than {limit} levels", "check the brackets and the indentation"),
    "key-twice": _error("the key {key} is here twice; first: {first}", "remove one of them"),
    "key-unknown": _error("the key {key} is not known here", _USE_ONE_OF_THESE),
    "key-misspelt": _error("the key {key} is not known here", _DID_YOU_MEAN),
    "key-not-text": _error("a key is not plain text", "write a key, a colon and a space"),
    "expected-text": _error("{key} should be a text", "write one text, with no list and no keys of its own"),
    "expected-list": _error("{key} should be a list", "begin each item on a line of its own with - and a space"),
    "expected-mapping": _error("each item of {key} should have keys", "write them under it: {keys}"),
    "expected-keys": _error("{key} should have keys", "write them under it: {keys}"),
}

_TABLES: Mapping[str, ProblemKind] = {
    "table-empty": _error("the table has no goals", "write the goals below the header, one in each row"),
    "table-too-large": _error(
        "the table is too large: {rows} rows, {columns} columns", "check that it is the right file"
    ),
    "header-empty": _error("the first row has no names of columns", "write them in row 1"),
    "column-missing": _error("the column {column} is missing from the header", "add it to row 1"),
    "column-unknown": _error("the column {column} is not known", "remove it; the columns are: {columns}"),
    "column-misspelt": _error("the column {column} is not known", _DID_YOU_MEAN),
    "rest-row": _error(
        "the row {value} cannot be told to be of anything",
        "write it once, below the row with the name of what it is of",
    ),
    "rest-name": _warning(
        "the name {value} is not in the rows of goals, where it is {other}, which is used",
        "write the same name in both",
    ),
    "column-twice": _error("the column {column} is here twice", "remove one of them"),
    "column-unnamed": _error("a column has values but no name in the header", "give it a name in row 1, or empty it"),
    "columns-more": _error("further columns that are not known: {count}", "remove them"),
    "row-short": _error(
        "cells in the row: {found}; columns in the header: {columns}", "add the missing cells, even if they are empty"
    ),
    "row-long": _error(
        "cells in the row: {found}; columns in the header: {columns}",
        "put texts that hold a {separator} or a line break in double quotes",
    ),
    "csv-separator": _error("the header has neither commas nor semicolons between its columns", _SAVE_AS_UTF8),
    "csv-quote": _error("a double quote opens a cell here and does not close", "add the closing quote, or double it"),
    "csv-quote-stray": _error(
        "a double quote stands in the middle of a cell: {value}",
        "put the whole cell in double quotes and double each one within it",
    ),
    "csv-cell-long": _error("a cell is too long: {words}", "check the double quotes above it"),
    "workbook-not": _error("the file is not an .xlsx workbook", _SAVE_AS_XLSX),
    "workbook-encrypted": _error(
        "the workbook is protected by a password or in the old .xls format", "save it as .xlsx without a password"
    ),
    "workbook-bomb": _error("the workbook unpacks to more than {limit} MB", "check that it is the right file"),
    "workbook-broken": _error("the workbook is broken: {words}", _SAVE_AS_XLSX),
    "sheet-missing": _error("the workbook has no sheet {sheet}; it has: {sheets}", "name the goals' sheet {sheet}"),
    "sheet-misspelt": _error("the workbook has no sheet {sheet}", "rename the sheet {suggestion}"),
    "cell-error": _error("the cell's formula gives an error: {value}", "correct the formula, or write the value"),
    "cell-formula": _error(
        "the cell has a formula whose value is not in the file: {value}", "open the file in Excel and save it again"
    ),
    "cell-far": _error("a cell far outside the table has a value", "empty it"),
    "item-alone": _error("an item that begins with - has no subgoal above it: {value}", "write its subgoal above it"),
}

_VALUES: Mapping[str, ProblemKind] = {
    "missing": _error("{name} is missing", _ADD_IT),
    "missing-name": _error("{name} is missing", "write it in each row; of merged cells only the first holds it"),
    "missing-yet": _error("{name} is missing", "add it, or build a draft with --draft"),
    "missing-score": _error(
        "{name} is missing",
        "write a whole number from 1 to 5, or the status EI ARVIOITU; a draft is built with --draft",
    ),
    "id-space": _error("the id {value} has white space in it", "write it in one piece, such as H1.2"),
    "id-long": _error("the id {value} is longer than {limit} characters", "write a short one, such as H1.2"),
    "id-twice": _error("the id {value} is in use; first: {first}", "give each goal an id of its own"),
    "id-case": _error(
        "the ids {value} and {other} differ in upper and lower case only; first: {first}",
        "give each goal an id of its own",
    ),
    "id-invisible": _error(
        "the id {value} has characters that cannot be seen: {codes}", "delete it and write it again"
    ),
    "status-unknown": _error("{name} is {value}", _WRITE_ONE_OF_STATUSES),
    "status-misspelt": _error("{name} is {value}", _DID_YOU_MEAN),
    "score-unknown": _error("the score is {value}", "write a whole number from 1 to 5"),
    "score-unexpected": _error(
        "the goal has the score {value} although it is not assessed", "remove the score, or correct the status"
    ),
    "language-unknown": _error("the language is {value}", "write fi or sv"),
    "date-unknown": _error("the date is {value}", "write a day that exists as 2025-02-17 or 17.2.2025"),
    "flag-unknown": _error("{name} is {value}", "write kyllä or ei"),
    "count-unknown": _error("{name} is {value}", "write a whole number"),
    "average-unknown": _error("{name} is {value}", "write a number with one decimal, such as 3,4"),
    "scale-incomplete": _error("the scale does not say what these mean: {grades}", "give all grades from 1 to 5"),
    "placeholder-unknown": _error("{name} has the placeholder {value}", "use {allowed}, or remove the braces"),
    "brace-alone": _error("{name} has a brace without its pair", "write {allowed}, or remove the brace"),
    "report-empty": _error("the report has no strategies", "add them under {name}"),
    "strategy-empty": _error("the strategy {value} has no guidelines", "add them, or remove it"),
    "guideline-empty": _error("the guideline {value} has no goals", _ADD_GOALS),
    "strategy-twice": _error("there are two strategies {value}; first: {first}", _REMOVE_ONE),
    "guideline-twice": _error("the strategy has two guidelines {value}; first: {first}", _REMOVE_ONE),
    "item-empty": _error("an item of {name} is empty", "write its text, or remove it"),
}

_REMARKS: Mapping[str, ProblemKind] = {
    "published-differs": _warning(
        "the published {figure} is {published}, but the goals give {computed}",
        "correct one of them, or acknowledge the difference with {key} and a reason",
    ),
    "score-low": _warning("the goal is reached, but its score is {score}", "check the status and the score"),
    "score-high": _warning("the goal is not reached, but its score is {score}", "check the status and the score"),
    "assessment-short": _warning("the assessment is very short: {value}", "check that it is finished"),
    "text-comment": _warning(
        "a comment follows {name} on the same line: {value}",
        "if it is part of the text, put the whole text in quotes; if not, give it a line of its own",
    ),
    "strategy-alike": _warning(
        "the strategies {value} and {other} differ in case or white space only; first: {first}", _SAME_NAME
    ),
    "guideline-alike": _warning(
        "the guidelines {value} and {other} differ in case or white space only; first: {first}", _SAME_NAME
    ),
    "spaces-doubled": _warning("{name} has several spaces in a row: {value}", "write one; one is printed"),
    "paragraphs-joined": _warning("{name} has an empty line in it: {value}", "remove it; one paragraph is printed"),
}

_LAYOUTS: Mapping[str, ProblemKind] = {
    "layout-unknown": _error("there is no layout {name}", "use one of these, or the path of a folder: {names}"),
    "layout-file-missing": _error("the layout has no file {name}", _ADD_IT),
    "layout-not-toml": _error("this is not right as TOML: {words}", _SEE_THE_LINE),
    "layout-file-encoding": _error("the file is not UTF-8: byte {byte}", "save it again as UTF-8"),
    "layout-key": _error("the layout's key {key} is not right ({expected})", "correct it in layout.toml"),
    "layout-key-missing": _error("the layout has no key {key} (expected: {expected})", _ADD_IT),
    "layout-value": _error("{key} is {value} (expected: {expected})", "correct it in layout.toml"),
    "layout-value-misspelt": _error("{key} is {value}", _DID_YOU_MEAN),
    "layout-value-unknown": _error("{key} is {value}", _USE_ONE_OF_THESE),
    "layout-braces": _error("{key} has {value} in it, which nothing fills in", "remove it"),
    "layout-braces-unknown": _error("{key} has {value} in it, which nothing fills in", _USE_ONE_OF_THESE),
    "layout-brace-alone": _error("{key} has a brace without its pair: {value}", "add the other one, or remove it"),
    "layout-room": _error(
        "{key} leaves too little room: {room} pt (at least: {needed} pt)", "make more room, or the text smaller"
    ),
    "layout-boxes": _error("{key} and {other} lie over each other", "move one of them, or make it smaller"),
    "layout-columns": _error("{key} is wider than {other}: {width} pt in {room} pt", "make some columns narrower"),
    "layout-font-none": _error("[[fonts]] has no {family} with {what}; these need it: {keys}", _ADD_IT),
    "layout-twice": _error("{key} and {other} are the same: {value}", _REMOVE_ONE),
    "layout-contrast": _error(
        "the text {key} can hardly be read: {value} on {other} has the contrast {ratio}:1 (at least: {needed}:1)",
        "choose other colours",
    ),
    "font-missing": _error("the font {family} is not found: {file}", "install the package, or add the file"),
    "font-not-embeddable": _error(
        "the font {family} cannot be embedded in the deck ({what})",
        "build without --embed-fonts (in layout.toml: embed_fonts), or use a layout whose font may be embedded",
    ),
    "characters-missing": _warning(
        "the font {fonts} has no characters {characters}", "write them otherwise, or use a layout whose font has them"
    ),
    "template-name-missing": _error(
        "the template {file} has no {what} named {name}", "name it in the slide master, or correct layout.toml"
    ),
    "template-unreadable": _error("the template cannot be read: {words}", "save it in PowerPoint as .pptx"),
    "template-size": _error(
        "the template's slides are {found}, the layout's {expected}", "change one of them, so that they are the same"
    ),
    "template-font": _error(
        "the template's theme font is {found}, the layout's {expected}", "change one of them, so that they are the same"
    ),
    "text-too-tall": _error("a text does not fit in its place ({what}): {text}", "shorten it"),
    "pdf-failed": _error("the PDF cannot be drawn: {words}", "check the html folder of the layout"),
    "html-template": _error("a template of the layout is wrong: {words}", "check the html folder of the layout"),
    "pdf-differs": _error(
        "the PDF differs from the plan: page {page}, {row}", "report this as a fault of the program, with the source"
    ),
}

_MACHINE: Mapping[str, ProblemKind] = {
    "voikko-missing": _error(
        "Voikko, which hyphenates Finnish, is not installed",
        "Debian and Ubuntu: apt-get install libvoikko1 voikko-fi; macOS: brew install libvoikko; others: see README.md",
    ),
    "pango-missing": _error(
        "Pango, which the PDF needs, is not installed",
        "Debian and Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango;"
        " others: see README.md",
    ),
    "output-exists": _error("the file is there already", "choose another name, or let it be replaced with --yes"),
    "unit-unknown": _error("no goal has the unit in charge {value}", "choose one of these: {names}"),
    "source-open-read": _warning(
        "the file is open in another program; what is not saved there is not read", "save it there first"
    ),
    "source-open": _error("the file is open in another program", "save and close it there, and try again"),
    "cell-long": _error("a text is longer than the {limit} characters of a cell: {value}", "shorten it"),
    "output-locked": _error("the file is open in another program", "close it there and run the command again"),
    "output-unwritable": _error(
        "the file cannot be written: {words}", "check that you may write there; build: choose another folder with --out"
    ),
    "output-edited": _warning(
        "the file was changed by hand since it was built; the changed one is kept as {path}",
        "look there for what has to be done again",
    ),
    "config-unreadable": _error("raportti.toml cannot be used: {words}", "correct it (keys: source, layout, out)"),
}

KINDS: Mapping[str, ProblemKind] = MappingProxyType(
    {**_FILES, **_YAML, **_TABLES, **_VALUES, **_REMARKS, **_LAYOUTS, **_MACHINE}
    | {**LANGUAGES, **DECKS, **EDITS, **IMPORTS}
)
"""All kinds. A new one is an entry here and its texts in ``locale/fi`` and ``locale/sv``."""
