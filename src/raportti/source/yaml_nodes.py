"""From the text of a YAML file to nodes that know where they stand in it. Knows nothing of reports.

The second room of ruamel.yaml: ``source.yaml_source`` reads for the model, with problems; a file that is edited was
read there without one. Offsets count characters.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; ``style`` is the character that begins it (``>``, ``|``, a quote), empty for a plain one."""

    start: int
    end: int
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list; ``is_flow``: in brackets."""

    start: int
    end: int
    items: tuple["Node", ...]
    is_flow: bool


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys and their values; ``is_flow``: in braces."""

    start: int
    end: int
    entries: tuple[tuple[Scalar, "Node"], ...]
    is_flow: bool

    def get(self, key: str) -> "Node | None":
        """Return the value of a key."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return a key as it stands."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Listed | Keyed


def nodes_of(text: str) -> Node:
    """Read the one document of a YAML text that is known to be good."""
    yaml = cast("Any", YAML(typ="safe", pure=True))
    return _node(yaml.compose(text), text)


def _node(node: Any, text: str) -> Node:
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode):
        style: str = cast("Any", node).style or ""
        if style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        return Scalar(start, end, str(cast("Any", node).value), style)
    is_flow = bool(node.flow_style)
    if isinstance(node, MappingNode):
        pairs = cast("list[tuple[Any, Any]]", cast("Any", node).value)
        entries = tuple((cast("Scalar", _node(key, text)), _value(key, value, text)) for key, value in pairs)
        return Keyed(start, end if is_flow else _last(entries[-1][1], start), entries, is_flow)
    items = tuple(_node(item, text) for item in node.value)
    return Listed(start, end if is_flow else _last(items[-1], start), items, is_flow)


def _value(key: Any, value: Any, text: str) -> Node:
    """Read a value; the parser finds one that is not there where the next thing begins: it stands after its colon."""
    found = _node(value, text)
    if isinstance(found, Scalar) and found.start == found.end:
        colon = text.index(":", key.end_mark.index) + 1
        return Scalar(colon, colon, "", "")
    return found


def _last(node: Node, start: int) -> int:
    """Return where something in block style ends: with what is last in it."""
    return max(node.end, start)
