"""From the text of a YAML file to nodes: texts, lists and keys, each with its place.

Knows nothing of reports. Nothing is ever constructed: every scalar is a text, whatever YAML would make of it. The one
room of ruamel.yaml.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.scanner import Scanner, ScannerError

from raportti.problems import FilePlace, TextPlace
from raportti.source.collector import Problems
from raportti.source.files import without_controls
from raportti.source.names import same_form

# ruamel.yaml's scanner is typed loosely too.
_AnyScanner = cast("Any", Scanner)
_COMMENT = re.compile(r":?[ \t]+(#.*)")
# A mark of a language at the beginning of a text: to YAML it is a mapping, after which nothing may come.
_MARK = re.compile(r"\{\s*[A-Za-z]{2,3}(?:-[A-Za-z]{2})?\s*:[^{}]*\}\s*\Z")
DEEPEST = 20
"""A whole report in one file has 10 levels."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; its paragraphs are apart by an empty line. ``reported``: a problem was found here already.

    ``comment``: the comment after a text that stands without quotes, on its line.
    """

    text: str
    place: TextPlace
    reported: bool = False
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    place: TextPlace


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys in Unicode NFC, each once, with their values."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: TextPlace


Node: TypeAlias = Scalar | Items | Keys


def compose(text: str, file: str, problems: Problems) -> Node:
    """Read the one document of a YAML text; raise ``GiveUp`` where that cannot be done."""
    # The events of ruamel.yaml are typed loosely; what is used of them is start_mark, anchor, tag, value and style.
    yaml = cast("Any", YAML(typ="safe", pure=True))
    yaml.Scanner = _Scanner
    events: Iterator[Any] = yaml.parse(text)
    try:
        return _Composer(events, text, file, problems).document()
    except MarkedYAMLError as error:
        kind, mark, values = _fault(cast("Any", error), text)
        place = TextPlace(file, mark.line + 1, mark.column + 1) if mark else FilePlace(file)
        raise problems.fatal(kind, place, **values) from error


class _Scanner(_AnyScanner):
    """Tells of an escape beyond Unicode as of any other escape that means nothing: with its place."""

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> Any:
        """Read a piece of a quoted text."""
        inherited: Any = super()
        try:
            return inherited.scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError) as error:
            words = "while scanning a double-quoted scalar", start_mark, "found unknown escape"
            raise ScannerError(*words, self.reader.get_mark()) from error


class _Composer:
    """Builds nodes from events, so that depth, aliases and tags are seen before anything is made of them."""

    def __init__(self, events: Iterator[Any], text: str, file: str, problems: Problems) -> None:
        self._events = events
        self._text = text
        self._file = file
        self._problems = problems

    def document(self) -> Node:
        start = next((event for event in self._events if isinstance(event, DocumentStartEvent)), None)
        if start is None:
            raise self._problems.fatal("file-empty", FilePlace(self._file))
        root = self._node(next(self._events), 1)
        second = next((event for event in self._events if isinstance(event, DocumentStartEvent)), None)
        if second is not None:
            # What the report should go on with is in it, so to check the first alone would only mislead.
            raise self._problems.fatal("yaml-documents", self._place(second))
        return root

    def _place(self, event: Any) -> TextPlace:
        return TextPlace(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        anchor: object = event.anchor
        if depth > DEEPEST:
            raise self._problems.fatal("yaml-deep", place, limit=DEEPEST)
        if isinstance(event, AliasEvent):
            self._problems.add("yaml-alias", place, name=f"*{anchor}")
            return Scalar("", place, reported=True)
        if anchor is not None:
            self._problems.add("yaml-anchor", place, name=f"&{anchor}")
        if event.tag is not None:
            self._problems.add("yaml-tag", place, tag=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        match event:
            case SequenceStartEvent():
                return Items(self._items(depth), place)
            case MappingStartEvent():
                return Keys(self._entries(depth), place)
            case _:
                return self._scalar(event, place)

    def _items(self, depth: int) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return tuple(items)

    def _entries(self, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(self._node(event, depth + 1), entries)
            value = self._node(next(self._events), depth + 1)
            if isinstance(value, Scalar) and not value.text:
                # The parser finds an empty value where the next thing begins.
                value = replace(value, place=(key or value).place, comment=value.comment or self._comment(event))
            if key is not None:
                entries[key.text] = key, value
        return tuple(entries.values())

    def _key(self, node: Node, earlier: Mapping[str, tuple[Scalar, Node]]) -> Scalar | None:
        if not isinstance(node, Scalar):
            self._problems.add("key-not-text", node.place)
            return None
        key = Scalar(same_form(node.text), node.place, node.reported)
        if key.text == "<<":
            self._problems.add("yaml-merge", key.place, key=key.text)
        elif key.text in earlier:
            self._problems.add("key-twice", key.place, key=key.text, first=earlier[key.text][0].place)
        elif not key.reported:
            return key
        return None

    def _scalar(self, event: Any, place: TextPlace) -> Scalar:
        text = _with_empty_lines(event.value, event.style, spans_lines=event.end_mark.line > event.start_mark.line)
        errors = self._problems.errors
        text = without_controls(text, self._problems, lambda _: place)
        comment = "" if event.style else self._comment(event)
        return Scalar(text, place, reported=errors != self._problems.errors, comment=comment)

    def _comment(self, event: Any) -> str:
        """Return the comment that follows a key or a text on the line where it ends."""
        found = _COMMENT.match(self._text, event.end_mark.index)
        return found.group(1).strip() if found else ""


def _with_empty_lines(value: str, style: str | None, *, spans_lines: bool) -> str:
    """Put an empty line between paragraphs.

    YAML folds lines in all styles but ``|``: a line end that is left over there was an empty line in the file. An
    escaped one in double quotes is an author's line end, as in a cell of a table.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if style == "|" or (style == '"' and not spans_lines):
        return value
    return value.replace("\n", "\n\n")


def _fault(error: Any, text: str) -> tuple[str, Any, dict[str, object]]:
    """Find the kind of a syntax error by the parser's words: its place is where the author has to look."""
    problem, context = str(error.problem), str(error.context)
    values: dict[str, object] = {}
    mark = error.problem_mark or error.context_mark
    if "tab" in problem or "'\\t'" in problem:
        return "yaml-tab", mark, values
    if "that cannot start any token" in problem:
        return "yaml-start", mark, {"character": problem.split("'")[1]}
    if "unknown escape" in problem or "escape sequence" in problem:
        return "yaml-escape", mark, values
    if context.startswith("while scanning a quoted"):
        return "yaml-quote", error.context_mark or mark, values
    if mark and (begun := _MARK.search(text[: mark.index].rpartition("\n")[2])):
        return "yaml-language", mark, {"value": begun.group().strip()}
    if context.startswith("while parsing a flow"):
        return "yaml-bracket", error.context_mark or mark, values
    if problem.startswith("mapping values are not allowed"):
        return "yaml-colon", mark, values
    if problem.startswith("could not find expected ':'"):
        return "yaml-key", error.context_mark or mark, values
    if problem.startswith("expected <block end>"):
        return "yaml-indent", mark, values
    return "yaml-syntax", mark, {"words": problem}
