"""From the text of a YAML file to one tree of nodes for reading and editing: each has its place and its extent.

Does not know what the texts are about. Nothing is ever constructed: every scalar is a text, whatever YAML would make
of it. The one room of ruamel.yaml.
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
# What stands before the end of a text that YAML has ended too early: quotes, or braces and brackets, of a whole value.
_QUOTED = re.compile(r"""(?:^|[:-]\s+)\s*("[^"]*"|'[^']*')$""")
_BRACKETED = re.compile(r"(?:^|[:-]\s+)\s*(\{[^{}]*\}|\[[^\[\]]*\])$")
_COLON = re.compile(r"\s*:")
_BLOCK_STYLES = ("|", ">")
# A mark of a language at the beginning of a text: to YAML it is a mapping, after which nothing may come.
_MARK = re.compile(r"\{\s*[A-Za-z]{2,3}(?:-[A-Za-z]{2})?\s*:[^{}]*\}\s*\Z")
DEEPEST = 20
"""A whole report in one file has 10 levels."""


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text; its paragraphs are apart by an empty line.

    ``start`` and ``end`` are its offsets in the file, in characters. ``style`` is the character that begins it
    (``>``, ``|``, a quote), empty for a plain one. ``comment`` follows a plain text on its line. ``reported``: a
    problem was found here already.
    """

    text: str
    place: TextPlace
    start: int
    end: int
    style: str = ""
    comment: str = ""
    reported: bool = False


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list; ``is_flow``: in brackets. In block style it ends where its last item does."""

    items: tuple["Node", ...]
    place: TextPlace
    start: int
    end: int
    is_flow: bool


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys in Unicode NFC, each once, with their values; ``is_flow``: in braces."""

    entries: tuple[tuple[ScalarNode, "Node"], ...]
    place: TextPlace
    start: int
    end: int
    is_flow: bool

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> ScalarNode | None:
        """Return a key as it stands."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode

MOST_REMEMBERED = 16
"""So many texts are enough for a report with its strategies before and after an edit."""
LONGEST_REMEMBERED = 1_000_000
"""Characters of the longest text that is remembered: its nodes take some hundred times as many bytes."""
_REMEMBERED: dict[tuple[str, str], Node] = {}


def compose(text: str, file: str, problems: Problems) -> Node:
    """Read the one document of a YAML text; raise ``FileUnreadable`` where that cannot be done.

    To parse takes most of the time of a reading, so the nodes of the last good texts are remembered.
    """
    known = _REMEMBERED.get((file, text))
    if known is not None:
        return known
    added = problems.added
    node = _composed(text, file, problems)
    if problems.added == added and len(text) <= LONGEST_REMEMBERED:
        while len(_REMEMBERED) >= MOST_REMEMBERED:
            _REMEMBERED.pop(next(iter(tuple(_REMEMBERED))), None)
        _REMEMBERED[file, text] = node
    return node


def _composed(text: str, file: str, problems: Problems) -> Node:
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
        start: int = event.start_mark.index
        if depth > DEEPEST:
            raise self._problems.fatal("yaml-deep", place, limit=DEEPEST)
        if isinstance(event, AliasEvent):
            self._problems.add("yaml-alias", place, name=f"*{anchor}")
            return ScalarNode("", place, start, start, reported=True)
        if anchor is not None:
            self._problems.add("yaml-anchor", place, name=f"&{anchor}")
        if event.tag is not None:
            self._problems.add("yaml-tag", place, tag=str(event.tag).replace("tag:yaml.org,2002:", "!!"))
        match event:
            case SequenceStartEvent():
                return self._sequence(event, place, depth)
            case MappingStartEvent():
                return self._mapping(event, place, depth)
            case _:
                return self._scalar(event, place)

    def _sequence(self, first: Any, place: TextPlace, depth: int) -> SequenceNode:
        items: list[Node] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return SequenceNode(tuple(items), place, *_extent(first, event, items[-1:]))

    def _mapping(self, first: Any, place: TextPlace, depth: int) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        values: list[Node] = []
        while not isinstance(event := next(self._events), MappingEndEvent):
            name = self._node(event, depth + 1)
            key = self._key(name, entries)
            value = self._node(next(self._events), depth + 1)
            if isinstance(value, ScalarNode) and not value.text:
                value = self._empty_value(value, name, key, event)
            values.append(value)
            if key is not None:
                entries[key.text] = key, value
        return MappingNode(tuple(entries.values()), place, *_extent(first, event, values[-1:]))

    def _key(self, node: Node, earlier: Mapping[str, tuple[ScalarNode, Node]]) -> ScalarNode | None:
        """Return a key in its one form; None where it cannot be used, which is then reported."""
        if not isinstance(node, ScalarNode):
            self._problems.add("key-not-text", node.place)
            return None
        key = replace(node, text=same_form(node.text))
        if key.text == "<<":
            self._problems.add("yaml-merge", key.place, key=key.text)
        elif key.text in earlier:
            self._problems.add("key-twice", key.place, key=key.text, first=earlier[key.text][0].place)
        elif not key.reported:
            return key
        return None

    def _empty_value(self, value: ScalarNode, name: Node, key: ScalarNode | None, event: Any) -> ScalarNode:
        """Let an empty value stand after the colon of its key: the parser finds it where the next thing begins."""
        if value.start == value.end:
            colon = _COLON.match(self._text, name.end)
            end = colon.end() if colon else name.end
            value = replace(value, start=end, end=end)
        return replace(value, place=(key or value).place, comment=value.comment or self._comment(event))

    def _scalar(self, event: Any, place: TextPlace) -> ScalarNode:
        text = _with_empty_lines(event.value, event.style, spans_lines=event.end_mark.line > event.start_mark.line)
        errors = self._problems.errors
        text = without_controls(text, self._problems, lambda _: place)
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in _BLOCK_STYLES:
            end = start + len(self._text[start:end].rstrip())
        comment = "" if event.style else self._comment(event)
        return ScalarNode(text, place, start, end, event.style or "", comment, errors != self._problems.errors)

    def _comment(self, event: Any) -> str:
        """Return the comment that follows a key or a text on the line where it ends."""
        found = _COMMENT.match(self._text, event.end_mark.index)
        return found.group(1).strip() if found else ""


def _extent(first: Any, last: Any, inside: list[Node]) -> tuple[int, int, bool]:
    """Return where a list or a mapping begins and ends, and whether it is in flow style.

    In block style it ends with the last thing in it: the parser finds the end where the next thing begins.
    """
    start: int = first.start_mark.index
    if first.flow_style:
        return start, last.end_mark.index, True
    return start, max([start, *(node.end for node in inside)]), False


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
        return _after_a_value(mark, text)
    if problem.startswith("mapping keys are not allowed"):
        return "yaml-start", mark, {"character": "?"}
    if problem.startswith("sequence entries are not allowed"):
        return "yaml-dash", mark, values
    return "yaml-syntax", mark, values


def _after_a_value(mark: Any, text: str) -> tuple[str, Any, dict[str, object]]:
    """Tell a text that goes on after its quotes, or after braces that YAML takes for more than a text."""
    before = text[: mark.index].rpartition("\n")[2].rstrip() if mark else ""
    if _QUOTED.search(before):
        return "yaml-after-quote", mark, {}
    if begun := _BRACKETED.search(before):
        return "yaml-after-bracket", mark, {"value": begun.group(1)}
    return "yaml-indent", mark, {}
