"""The kinds of problems of sources: kind → its severity, its message and its remedy, in English.

Does not know how they are found, nor how they are printed (``messages``). A word in braces is a key of a problem's
``values``.
"""

from collections.abc import Mapping

from raportti.problems import (
    ADD_IT,
    DID_YOU_MEAN,
    REMOVE_ONE,
    SEE_THE_LINE,
    USE_ONE_OF_THESE,
    ProblemKind,
    error,
    warning,
)

_WRITE_ONE_OF_STATUSES = "write KYLLÄ, OSITTAIN, EI or EI ARVIOITU"
_SAVE_AS_UTF8 = "save it again as UTF-8 (in Excel: CSV UTF-8)"
_SAVE_AS_XLSX = "open it in Excel or LibreOffice and save it as .xlsx"
_RETYPE = "delete it and write again what should be there"
_WRITE_OUT = "write the text out"
_QUOTE_TEXT = "put the whole text in quotes, or write it on the lines below after >-"
_QUOTE_WHOLE = (
    "put the whole text in quotes of the other kind, as in '\"A\" 2025', or write it on the lines below after >-"
)
_SAME_NAME = "if they are the same one, write its name in the same way"
_NAME_IT = "name one on the command line or in raportti.toml"
_ADD_GOALS = "add its goals, or remove it"

_FILES: Mapping[str, ProblemKind] = {
    "source-not-found": error("there is no file or folder {path}", "check the path"),
    "source-none": error("there is no report under {folder}", _NAME_IT),
    "source-several": error("there are several reports: {sources}", _NAME_IT),
    "source-kind": error(
        "a file of the kind {suffix} cannot be a source",
        "give a report folder, or a file that ends in .yaml, .csv or .xlsx",
    ),
    "table-kind": error("tables of the kind {suffix} are not read", _SAVE_AS_XLSX),
    "report-file-missing": error(
        "the folder has no file {name}", "give the folder of a report, or a .yaml, .csv or .xlsx file"
    ),
    "strategy-file-missing": error("there is no file {name} in the folder", "correct the name, or add the file"),
    "strategy-file-misspelt": error("there is no file {name} in the folder", DID_YOU_MEAN),
    "strategy-file-outside": error(
        "the file {name} is outside the folder of the report", "move the file into the folder and give its name only"
    ),
    "strategy-file-folder": error("{name} is a folder", "name the file of a strategy"),
    "strategy-file-twice": error("the file {name} is named twice", "remove one of them"),
    "strategy-file-alone": error(
        "the file holds one strategy, not a report", "give the folder, or the file raportti.yaml that names it"
    ),
    "not-a-file": error("this is not a file that can be read", "give the file itself"),
    "file-unreadable": error("the file cannot be read: {words}", "check that it exists and that you may read it"),
    "file-too-large": error("the file is larger than {limit} MB", "check that it is the right file"),
    "file-empty": error("the file is empty", "write the data into it, or restore it from a copy"),
    "file-binary": error("the file is not text; it looks like {looks}", "check that it is the right file"),
    "file-utf16": error("the file is not UTF-8; it looks like {looks}", _SAVE_AS_UTF8),
    "file-encoding": error("the file is not UTF-8: byte {byte}; it looks like {looks}", _SAVE_AS_UTF8),
    "character-control": error("the text has a control character: {code}", _RETYPE),
    "reading-failed": error("the file cannot be understood: {words}", "check it in the program it was made with"),
    "more-problems": error("further problems: {count}", "correct the first ones and check again"),
}

_YAML: Mapping[str, ProblemKind] = {
    "yaml-tab": error("a tab stands where the line is indented", "use spaces in its place"),
    "yaml-colon": error(
        "a colon and a space stand within a text",
        "put the text in quotes, or indent the line like those above it",
    ),
    "yaml-key": error(
        "the line has no colon after its key", "write the key, a colon and a space, or check the indentation"
    ),
    "yaml-indent": error(
        "the line does not continue what is above it", "check that it is indented like the lines it belongs with"
    ),
    "yaml-quote": error("a quoted text begins here and does not end", "add the closing quote"),
    "yaml-bracket": error("a bracket opens here and its contents are not right", "check it, or close the bracket"),
    "yaml-start": error("a text cannot begin with {character}", _QUOTE_TEXT),
    "yaml-language": error("a text begins with words marked as another language: {value}", _QUOTE_TEXT),
    "yaml-escape": error("a text in double quotes has a backslash that means nothing", "use single quotes"),
    "yaml-after-quote": error("a text goes on after its quotes", _QUOTE_WHOLE),
    "yaml-after-bracket": error("a text begins with {value}, which is more than a text to YAML", _QUOTE_TEXT),
    "yaml-dash": error(
        "a dash begins an item where no list can stand", "begin the list on the line below, or quote it"
    ),
    "yaml-syntax": error("this is not right as YAML", SEE_THE_LINE),
    "yaml-alias": error("an alias is used: {name}", _WRITE_OUT),
    "yaml-anchor": error("an anchor is used: {name}", "remove it"),
    "yaml-tag": error("a tag is used: {tag}", "remove it"),
    "yaml-merge": error("a merge key is used: {key}", "write the keys out"),
    "yaml-documents": error("a second document begins here", "remove the line ---, or make a file of each"),
    "yaml-deep": error("the data is nested deeper than {limit} levels", "check the brackets and the indentation"),
    "key-twice": error("the key {key} is here twice; first: {first}", "remove one of them"),
    "key-unknown": error("the key {key} is not known here", USE_ONE_OF_THESE),
    "key-misspelt": error("the key {key} is not known here", DID_YOU_MEAN),
    "key-not-text": error("a key is not plain text", "write a key, a colon and a space"),
    "expected-text": error("{key} should be a text", "write one text, with no list and no keys of its own"),
    "expected-text-braces": error("{key} begins with a brace or a bracket, so it is no text", _QUOTE_TEXT),
    "expected-list": error("{key} should be a list", "begin each item on a line of its own with - and a space"),
    "expected-mapping": error("each item of {key} should have keys", "write them under it: {keys}"),
    "expected-keys": error("{key} should have keys", "write them under it: {keys}"),
}

_TABLES: Mapping[str, ProblemKind] = {
    "table-empty": error("the table has no goals", "write the goals below the header, one in each row"),
    "table-too-large": error(
        "the table is too large: {rows} rows, {columns} columns", "check that it is the right file"
    ),
    "header-empty": error("the first row has no names of columns", "write them in row 1"),
    "column-missing": error("the column {column} is missing from the header", "add it to row 1"),
    "column-unknown": error("the column {column} is not known", "remove it; the columns are: {columns}"),
    "column-misspelt": error("the column {column} is not known", DID_YOU_MEAN),
    "rest-row": error(
        "the row {value} cannot be told to be of anything",
        "write it once, below the row with the name of what it is of",
    ),
    "rest-name": warning(
        "the name {value} is not in the rows of goals, where it is {other}, which is used",
        "write the same name in both",
    ),
    "sample-left": warning(
        "all goals are new, but this is still of the report that the workbook was made from: {value}",
        "write your own; if it is meant so, export the workbook anew",
    ),
    "column-twice": error("the column {column} is here twice", "remove one of them"),
    "column-unnamed": error("a column has values but no name in the header", "give it a name in row 1, or empty it"),
    "columns-more": error("further columns that are not known: {count}", "remove them"),
    "row-short": error(
        "cells in the row: {found}; columns in the header: {columns}", "add the missing cells, even if they are empty"
    ),
    "row-long": error(
        "cells in the row: {found}; columns in the header: {columns}",
        "put texts that hold a {separator} or a line break in double quotes",
    ),
    "csv-separator": error("the header has neither commas nor semicolons between its columns", _SAVE_AS_UTF8),
    "csv-quote": error("a double quote opens a cell here and does not close", "add the closing quote, or double it"),
    "csv-quote-stray": error(
        "a double quote stands in the middle of a cell: {value}",
        "put the whole cell in double quotes and double each one within it",
    ),
    "csv-cell-long": error("a cell is too long: {words}", "check the double quotes above it"),
    "workbook-not": error("the file is not an .xlsx workbook", _SAVE_AS_XLSX),
    "workbook-encrypted": error(
        "the workbook is protected by a password or in the old .xls format", "save it as .xlsx without a password"
    ),
    "workbook-bomb": error("the workbook unpacks to more than {limit} MB", "check that it is the right file"),
    "workbook-broken": error("the workbook is broken: {words}", _SAVE_AS_XLSX),
    "sheet-missing": error("the workbook has no sheet {sheet}; it has: {sheets}", "name the goals' sheet {sheet}"),
    "sheet-misspelt": error("the workbook has no sheet {sheet}", "rename the sheet {suggestion}"),
    "cell-error": error("the cell's formula gives an error: {value}", "correct the formula, or write the value"),
    "cell-formula": error(
        "the cell has a formula whose value is not in the file: {value}", "open the file in Excel and save it again"
    ),
    "cell-far": error("a cell far outside the table has a value", "empty it"),
    "item-alone": error("an item that begins with - has no subgoal above it: {value}", "write its subgoal above it"),
    "unit-unknown": error("no goal has the unit in charge {value}", "choose one of these: {names}"),
    "source-open-read": warning(
        "the file is open in another program; what is not saved there is not read", "save it there first"
    ),
    "source-open": error("the file is open in another program", "save and close it there, and try again"),
    "cell-long": error("a text is longer than the {limit} characters of a cell: {value}", "shorten it"),
}

_VALUES: Mapping[str, ProblemKind] = {
    "missing": error("{name} is missing", ADD_IT),
    "missing-name": error("{name} is missing", "write it in each row; of merged cells only the first holds it"),
    "missing-yet": error("{name} is missing", "add it, or build a draft with --draft"),
    "missing-score": error(
        "{name} is missing",
        "write a whole number from 1 to 5, or the status EI ARVIOITU; a draft is built with --draft",
    ),
    "id-space": error("the id {value} has white space in it", "write it in one piece, such as H1.2"),
    "id-long": error("the id {value} is longer than {limit} characters", "write a short one, such as H1.2"),
    "id-twice": error("the id {value} is in use; first: {first}", "give each goal an id of its own"),
    "id-case": error(
        "the ids {value} and {other} differ in upper and lower case only; first: {first}",
        "give each goal an id of its own",
    ),
    "id-invisible": error("the id {value} has characters that cannot be seen: {codes}", "delete it and write it again"),
    "status-unknown": error("{name} is {value}", _WRITE_ONE_OF_STATUSES),
    "status-misspelt": error("{name} is {value}", DID_YOU_MEAN),
    "score-unknown": error("the score is {value}", "write a whole number from 1 to 5"),
    "score-unexpected": error(
        "the goal has the score {value} although it is not assessed", "remove the score, or correct the status"
    ),
    "language-unknown": error("the language is {value}", "write fi or sv"),
    "date-unknown": error("the date is {value}", "write a day that exists as 2025-02-17 or 17.2.2025"),
    "flag-unknown": error("{name} is {value}", "write kyllä or ei"),
    "count-unknown": error("{name} is {value}", "write a whole number"),
    "average-unknown": error("{name} is {value}", "write a number with one decimal, such as 3,4"),
    "scale-incomplete": error("the scale does not say what these mean: {grades}", "give all grades from 1 to 5"),
    "placeholder-unknown": error("{name} has the placeholder {value}", "use {allowed}, or remove the braces"),
    "brace-alone": error("{name} has a brace without its pair", "write {allowed}, or remove the brace"),
    "report-empty": error("the report has no strategies", "add them under {name}"),
    "strategy-empty": error("the strategy {value} has no guidelines", "add them, or remove it"),
    "guideline-empty": error("the guideline {value} has no goals", _ADD_GOALS),
    "strategy-twice": error("there are two strategies {value}; first: {first}", REMOVE_ONE),
    "guideline-twice": error("the strategy has two guidelines {value}; first: {first}", REMOVE_ONE),
    "item-empty": error("an item of {name} is empty", "write its text, or remove it"),
}

_REMARKS: Mapping[str, ProblemKind] = {
    "published-differs": warning(
        "the published {figure} is {published}, but the goals give {computed}",
        "correct one of them, or acknowledge the difference with {key} and a reason",
    ),
    "score-low": warning("the goal is reached, but its score is {score}", "check the status and the score"),
    "score-high": warning("the goal is not reached, but its score is {score}", "check the status and the score"),
    "assessment-short": warning("the assessment is very short: {value}", "check that it is finished"),
    "text-comment": warning(
        "a comment follows {name} on the same line: {value}",
        "if it is part of the text, put the whole text in quotes; if not, give it a line of its own",
    ),
    "strategy-alike": warning(
        "the strategies {value} and {other} differ in case or white space only; first: {first}", _SAME_NAME
    ),
    "table-title-twice": warning(
        "the tables of two guidelines have the title {value}; first: {first}",
        "name them apart, or say {allowed} in the strategy's title of tables",
    ),
    "guideline-alike": warning(
        "the guidelines {value} and {other} differ in case or white space only; first: {first}", _SAME_NAME
    ),
    "spaces-doubled": warning("{name} has several spaces in a row: {value}", "write one; one is printed"),
    "paragraphs-joined": warning("{name} has an empty line in it: {value}", "remove it; one paragraph is printed"),
}

_LANGUAGES: Mapping[str, ProblemKind] = {
    "translation-missing": error(
        "{name} is missing {what}: {value}",
        "write both under fi and sv, or under molemmat what is the same in both; in a table, each in its column",
    ),
    "translations-missing": warning(
        "texts that are missing {what}: {count}", "list them with raportti check --lang {code}, and add them"
    ),
    "language-not-possible": error(
        "the source has no place for texts in this language ({code})",
        "add its columns to the table, or a table with its texts beside it, such as arviointi.sv.csv beside "
        "arviointi.csv",
    ),
    "language-key": error(
        "{key} is no language of a report",
        "write fi and sv; if it marks words of a text, quote the whole text, or write it on the lines below after >-",
    ),
    "row-alone": error(
        "no goal of {file} has the id {value}", "correct the id, or add the goal there, or remove the row here"
    ),
    "row-differs": error(
        "{value} is here, but {other} in the other language; first: {first}", "write the same for both languages"
    ),
    "name-differs": error(
        "{value} is here, but another row has {other} as the translation of the same name; first: {first}",
        "write one translation in all rows",
    ),
    "mark-unclosed": error(
        "{name} has a mark of a language that does not end: {value}",
        "close it with a brace after its words, before any other brace",
    ),
    "mark-language": error(
        "{name} has a mark that names no language: {value}", "write the code of a language, such as en, sv or en-GB"
    ),
    "mark-empty": error("{name} has a mark of a language without words: {value}", "write its words, or remove it"),
}

SOURCES: Mapping[str, ProblemKind] = {**_FILES, **_YAML, **_TABLES, **_VALUES, **_REMARKS, **_LANGUAGES}
