"""From edits of a YAML file to splices of its text that leave all else as it stands: comments, order, styles.

Does not know what a report is. Splices of one file never overlap.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from raportti.source.collector import Problems
from raportti.source.plain import Value
from raportti.source.yaml_format import block_text, entry_text, flow_text, flow_value, item_text, scalar_text, widest
from raportti.source.yaml_parse import MappingNode, Node, ScalarNode, SequenceNode, compose


class Splice(NamedTuple):
    """The text between two offsets is replaced."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Replace pieces of a text that do not overlap."""
    pieces: list[str] = []
    at = 0
    for splice in sorted(splices):
        pieces += (text[at : splice.start], splice.text)
        at = splice.end
    return "".join((*pieces, text[at:]))


def line_start(text: str, at: int) -> int:
    """Return where the line begins that an offset stands on."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line ends that an offset stands on: after its line end."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


_COMMENT_LINE = re.compile(r"[ \t]*#")


@dataclass(frozen=True, slots=True)
class Doc:
    """A YAML file: its text, in which lines end with line feeds, and its nodes."""

    text: str
    root: MappingNode


@dataclass(frozen=True, slots=True)
class Chunk:
    """An item of a list as it stands in its file, with the comments above it, and the edits within it."""

    doc: Doc
    start: int
    end: int
    column: int
    is_flow: bool
    splices: tuple[Splice, ...] = ()

    def written(self, column: int) -> str:
        """Return the text of the item with its edits, its dash at ``column``, without empty lines after it."""
        own = (replace_offset(splice, -self.start) for splice in self.splices)
        text = spliced(self.doc.text[self.start : self.end], own)
        if self.is_flow:
            return text
        shift = column - self.column
        lines = text.rstrip().split("\n")
        return "\n".join(_shifted(line, shift) for line in lines)


@dataclass(frozen=True, slots=True)
class Item:
    """An item as it should be: what stands under its key, or else a new value."""

    key: Hashable
    value: Callable[[], Value]


def read_doc(text: str, file: str) -> Doc:
    """Read a file that is known to be good; its lines end with line feeds."""
    root = compose(text, file, Problems())
    if not isinstance(root, MappingNode):
        raise TypeError(text[:40])
    return Doc(text, root)


def replace_offset(splice: Splice, by: int) -> Splice:
    """Move a splice."""
    return Splice(splice.start + by, splice.end + by, splice.text)


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return ""
    return " " * by + line if by >= 0 else line[min(-by, len(line) - len(line.lstrip(" "))) :]


def set_value(doc: Doc, of: MappingNode, key: str, value: Value | None, order: Sequence[str]) -> Iterator[Splice]:
    """Give a key a value, or take it out with None; a new key stands where ``order`` has it."""
    name, node = of.key(key), of.get(key)
    if name is None or node is None:
        if value is not None:
            yield _inserted(doc, of, key, value, order)
    elif value is None:
        yield _removed(doc, of, key)
    elif isinstance(node, ScalarNode) and isinstance(value, str):
        yield set_scalar(doc, node, value, column=_column(doc, name), is_flow=of.is_flow)
    else:
        text = f" {flow_value(value)}" if of.is_flow else block_text(value, _column(doc, name), 0)
        yield Splice(doc.text.index(":", name.end) + 1, node.end, text)


def set_scalar(doc: Doc, node: ScalarNode, text: str, *, column: int, is_flow: bool) -> Splice:
    """Replace a text; ``column`` is where its key or dash stands."""
    if is_flow:
        return Splice(node.start, node.end, flow_text(text, node))
    at = node.start - line_start(doc.text, node.start)
    gap = " " if node.start == node.end and doc.text[node.start - 1 : node.start] == ":" else ""
    written = scalar_text(text, column=column, at=at, like=node, width=widest(doc.text, node))
    return Splice(node.start, node.end, gap + written)


def set_list(
    doc: Doc,
    of: MappingNode,
    key: str,
    order: Sequence[str],
    *,
    old: Sequence[Hashable],
    new: Sequence[Item],
    chunks: dict[Hashable, Chunk],
) -> Iterator[Splice]:
    """Make a list have the items ``new``, of which ``old`` are there; ``chunks`` has all that can be kept."""
    if [item.key for item in new] == list(old):
        for item in new:
            yield from chunks[item.key].splices
        return
    node = of.get(key)
    if not isinstance(node, SequenceNode) or not node.items or not new:
        yield from set_value(doc, of, key, [item.value() for item in new] or None, order)
    elif node.is_flow:
        yield Splice(node.start + 1, node.end - 1, _in_flow(doc, node, new, chunks))
    else:
        yield _in_block(doc, node, new, chunks)


def _in_flow(doc: Doc, node: SequenceNode, new: Sequence[Item], chunks: dict[Hashable, Chunk]) -> str:
    """Write items in brackets, apart and before and after as they are."""
    first, last = node.items[0], node.items[-1]
    between = doc.text[first.end : node.items[1].start] if len(node.items) > 1 else ", "
    texts = (
        chunks[item.key].written(0) if item.key in chunks and chunks[item.key].is_flow else flow_value(item.value())
        for item in new
    )
    return doc.text[node.start + 1 : first.start] + between.join(texts) + doc.text[last.end : node.end - 1]


def _in_block(doc: Doc, node: SequenceNode, new: Sequence[Item], chunks: dict[Hashable, Chunk]) -> Splice:
    """Write items with dashes; between them are empty lines where there are."""
    ranges = list(item_ranges(doc, node))
    column = _dash_column(doc, node)
    is_apart = any(doc.text[start:end].endswith("\n\n") for start, end in ranges[:-1])
    texts = [
        chunks[item.key].written(column)
        if item.key in chunks and not chunks[item.key].is_flow
        else item_text(item.value(), column)
        for item in new
    ]
    end = ranges[-1][1]
    tail = "\n" if doc.text[:end].endswith("\n") else ""
    return Splice(ranges[0][0], end, ("\n\n" if is_apart else "\n").join(texts) + tail)


def chunks_of(doc: Doc, node: Node | None) -> list[Chunk]:
    """Return the items of a list as they stand."""
    if not isinstance(node, SequenceNode):
        return []
    if node.is_flow:
        return [Chunk(doc, item.start, item.end, 0, is_flow=True) for item in node.items]
    column = _dash_column(doc, node) if node.items else 0
    return [Chunk(doc, start, end, column, is_flow=False) for start, end in item_ranges(doc, node)]


def with_splices(chunk: Chunk, splices: Iterable[Splice]) -> Chunk:
    """Return a chunk with edits within it."""
    return replace(chunk, splices=(*chunk.splices, *splices))


def item_ranges(doc: Doc, node: SequenceNode) -> Iterator[tuple[int, int]]:
    """Yield where the lines of each item of a list in block style begin and end.

    Comments right above an item are its own; the last one ends with its last line.
    """
    starts = [_with_comments(doc.text, line_start(doc.text, _dash(doc, item))) for item in node.items]
    first = line_start(doc.text, _dash(doc, node.items[0]))
    ends = [*starts[1:], line_end(doc.text, max(node.end - 1, node.start))]
    yield from zip([first, *starts[1:]], ends, strict=True)


def _with_comments(text: str, start: int) -> int:
    while start and _COMMENT_LINE.match(text, line_start(text, start - 1)):
        start = line_start(text, start - 1)
    return start


def _dash(doc: Doc, item: Node) -> int:
    return doc.text.rindex("-", 0, item.start) if item.start else 0


def _dash_column(doc: Doc, node: SequenceNode) -> int:
    dash = _dash(doc, node.items[0])
    return dash - line_start(doc.text, dash)


def _column(doc: Doc, key: ScalarNode) -> int:
    return key.start - line_start(doc.text, key.start)


def _inserted(doc: Doc, of: MappingNode, key: str, value: Value, order: Sequence[str]) -> Splice:
    """Insert a key after the last one that stands before it in ``order``, else before the first one."""
    before = set(order[: order.index(key)])
    older = [(name, node) for name, node in of.entries if name.text in before]
    if of.is_flow:
        at = older[-1][1].end if older else of.start + 1
        quoted = f"{flow_value(key)}: {flow_value(value)}"
        return Splice(at, at, f", {quoted}" if older else f"{quoted}, ")
    column = _column(doc, of.entries[0][0])
    if older:
        at = line_end(doc.text, max(older[-1][1].end - 1, older[-1][0].end - 1))
        written = f"{' ' * column}{entry_text(key, value, column)}"
        return Splice(at, at, f"{written}\n" if doc.text[:at].endswith("\n") else f"\n{written}")
    at = of.entries[0][0].start
    return Splice(at, at, f"{entry_text(key, value, column)}\n{' ' * column}")


def _removed(doc: Doc, of: MappingNode, key: str) -> Splice:
    """Take a key and its value out, with its line; of the first key of an item the dash stays."""
    number = next(n for n, (name, _) in enumerate(of.entries) if name.text == key)
    name, node = of.entries[number]
    following = of.entries[number + 1][0].start if number + 1 < len(of.entries) else None
    if of.is_flow or number == 0:
        earlier = of.entries[number - 1][1].end if number else name.start
        return Splice(name.start, following, "") if following is not None else Splice(earlier, node.end, "")
    return Splice(line_start(doc.text, name.start), line_end(doc.text, max(node.end - 1, name.end)), "")
