"""The kinds of problems of a report in two languages. ``kinds`` has all others, and says what they are.

Knows nothing of how they are found.
"""

from collections.abc import Mapping

from raportti.kind import Kind, error, warning

LANGUAGES: Mapping[str, Kind] = {
    "translation-missing": error(
        "{name} is missing {what}: {value}",
        "write both under fi and sv, or under molemmat what is the same in both; in a table, each in its column",
    ),
    "translations-missing": warning(
        "texts that are missing {what}: {count}", "list them with raportti check --lang {code}, and add them"
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
