"""The kinds of problems of layouts, of documents that are built, and of the machine. ``source`` says what a kind is.

Does not know how they are found. What is wrong in a document that comes back is in ``decks``.
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

_LAYOUTS: Mapping[str, ProblemKind] = {
    "layout-unknown": error("there is no layout {name}", "use one of these, or the path of a folder: {names}"),
    "layout-file-missing": error("the layout has no file {name}", ADD_IT),
    "layout-not-toml": error("this is not right as TOML: {words}", SEE_THE_LINE),
    "layout-file-encoding": error("the file is not UTF-8: byte {byte}", "save it again as UTF-8"),
    "layout-key": error("the layout's key {key} is not right ({expected})", "correct it in layout.toml"),
    "layout-key-missing": error("the layout has no key {key} (expected: {expected})", ADD_IT),
    "layout-value": error("{key} is {value} (expected: {expected})", "correct it in layout.toml"),
    "layout-value-misspelt": error("{key} is {value}", DID_YOU_MEAN),
    "layout-value-unknown": error("{key} is {value}", USE_ONE_OF_THESE),
    "layout-braces": error("{key} has {value} in it, which nothing fills in", "remove it"),
    "layout-braces-unknown": error("{key} has {value} in it, which nothing fills in", USE_ONE_OF_THESE),
    "layout-brace-alone": error("{key} has a brace without its pair: {value}", "add the other one, or remove it"),
    "layout-room": error(
        "{key} leaves too little room: {room} pt (at least: {needed} pt)", "make more room, or the text smaller"
    ),
    "layout-boxes": error("{key} and {other} lie over each other", "move one of them, or make it smaller"),
    "layout-columns": error("{key} is wider than {other}: {width} pt in {room} pt", "make some columns narrower"),
    "layout-font-none": error("[[fonts]] has no {family} with {what}; these need it: {keys}", ADD_IT),
    "layout-twice": error("{key} and {other} are the same: {value}", REMOVE_ONE),
    "layout-contrast": error(
        "the text {key} can hardly be read: {value} on {other} has the contrast {ratio}:1 (at least: {needed}:1)",
        "choose other colours",
    ),
    "layout-address": error(
        "the style sheet names {value}, which is no picture in the layout's folder",
        "put the picture (png, jpg, gif or svg) into the folder, and name it from there",
    ),
    "style-moves-text": error(
        "the style sheet moves text that the plan has placed: page {page}, {row}",
        "take from it what changes sizes, margins or lines of text; it may have grounds and colours",
    ),
    "font-missing": error("the font {family} is not found: {file}", "install the package, or add the file"),
    "fonts-being-made": error(
        "the fonts of the layout are being made, which takes some seconds, once on each machine",
        "wait a moment: the pages come by themselves",
    ),
    "font-not-embeddable": error(
        "the font {family} cannot be embedded in the deck ({what})",
        "build without --embed-fonts (in layout.toml: embed_fonts), or use a layout whose font may be embedded",
    ),
    "characters-missing": warning(
        "the font {fonts} has no characters {characters}", "write them otherwise, or use a layout whose font has them"
    ),
    "template-name-missing": error(
        "the template {file} has no {what} named {name}", "name it in the slide master, or correct layout.toml"
    ),
    "template-unreadable": error("the template cannot be read: {words}", "save it in PowerPoint as .pptx"),
    "template-size": error(
        "the template's slides are {found}, the layout's {expected}", "change one of them, so that they are the same"
    ),
    "template-font": error(
        "the template's theme font is {found}, the layout's {expected}", "change one of them, so that they are the same"
    ),
    "box-too-small": error(
        "a place of the layout ({what}) is too small even for this: {text}", "make it taller in layout.toml: {keys}"
    ),
    "text-too-tall": error("a text does not fit in its place ({what}): {text}", "shorten it"),
    "pdf-failed": error("the PDF cannot be drawn: {words}", "check the html folder of the layout"),
    "html-template": error("a template of the layout is wrong: {words}", "check the html folder of the layout"),
    "pdf-differs": error(
        "the PDF differs from the plan: page {page}, {row}", "report this as a fault of the program, with the source"
    ),
}

_NO_VOIKKO = "Voikko, which hyphenates Finnish, is not installed"
_NO_PANGO = "Pango, which the PDF needs, is not installed"
_NO_GIT = "git, which gives earlier revisions, is not installed"
_INSTALL = "install it: {command}; raportti doctor looks for all that is needed"

_MACHINE: Mapping[str, ProblemKind] = {
    "voikko-missing": error(_NO_VOIKKO, _INSTALL),
    "voikko-missing-by-hand": error(_NO_VOIKKO, "install libvoikko and its Finnish dictionary as README.md says"),
    "pango-missing": error(_NO_PANGO, _INSTALL),
    "pango-missing-by-hand": error(
        _NO_PANGO, "install it as your system does, or build the deck alone with --formats pptx"
    ),
    "git-missing": error(_NO_GIT, "install it ({command}), or name a file or folder"),
    "git-missing-by-hand": error(_NO_GIT, "install it, or name a file or folder"),
    "package-missing": error("the Python package {name} is not installed", _INSTALL),
    "libreoffice-missing": error(
        "LibreOffice, which draws the template's empty pages, is not installed",
        "Debian and Ubuntu: apt-get install libreoffice-impress; macOS and Windows: install it from libreoffice.org",
    ),
    "output-exists": error("the file is there already", "choose another name, or let it be replaced with --yes"),
    "output-locked": error("the file is open in another program", "close it there and run the command again"),
    "output-unwritable": error(
        "the file cannot be written: {words}", "check that you may write there; build: choose another folder with --out"
    ),
    "output-edited": warning(
        "the file was changed by hand since it was built; the changed one is kept as {path}",
        "look there for what has to be done again",
    ),
    "word-unknown": error("{name} cannot be {value}", USE_ONE_OF_THESE),
    "word-misspelt": error("{name} cannot be {value}", DID_YOU_MEAN),
    "port-taken": error("the port {port} is in use, or may not be used", "choose another one with --port"),
    "config-unreadable": error("raportti.toml cannot be used: {words}", "correct it (keys: source, layout, out)"),
}

_BRANDS: Mapping[str, ProblemKind] = {
    "brand-without-layouts": error(
        "the template has no slide layouts", "save it in PowerPoint as .pptx or .potx, with its slide master"
    ),
    "brand-layout-unknown": error("the template has no slide layout {name}", "use one of these: {names}"),
    "brand-not-drawn": error(
        "LibreOffice cannot draw the template: {words}", "open it in PowerPoint, save it as .pptx, and try again"
    ),
    "brand-cannot-carry": error(
        "the template {file} cannot carry the report, for the reasons below; nothing was written",
        "choose other slide layouts with --cover and --table, or make more room in the template",
    ),
    "brand-font-replaced": warning(
        "the font {family} of the template is not on this machine; the report is set in {other}",
        "install it, or a font of the same widths, and make the layout again",
    ),
    "brand-slides-dropped": warning(
        "the template's own slides are not taken over: {count}", "nothing: only its slide master and layouts are needed"
    ),
    "brand-plate": warning(
        "the ground of a slide layout is too uneven for text ({what}); a plain plate was laid below it",
        "look at it with raportti layout show; --cover and --table choose other slide layouts",
    ),
    "layout-exists": error("there is a layout {name} already", "choose another name, or let it be replaced with --yes"),
    "layout-name": error("{name} is no name for a layout", "use letters, digits and hyphens"),
}

LAYOUTS: Mapping[str, ProblemKind] = {**_LAYOUTS, **_MACHINE, **_BRANDS}
