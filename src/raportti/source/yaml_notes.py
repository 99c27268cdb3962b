"""From the YAML of a new source to the same with comments that explain it, and with empty keys that are to be filled.

Does not know what the comments say. What the text says stays the same.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from raportti.source.collector import Problems
from raportti.source.yaml_format import WIDTH
from raportti.source.yaml_parse import MappingNode, Node, SequenceNode, compose

Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a key, and itself; lists between them do not count."""


class Note(NamedTuple):
    """What stands above a key: sentences as a comment, and lines that are ready to be used without their mark."""

    sentences: str
    examples: tuple[str, ...] = ()


class _Insertion(NamedTuple):
    at: int
    text: str


def with_notes(text: str, head: str, notes: Mapping[Path, Note], *, empty: Mapping[str, Sequence[str]]) -> str:
    """Put a comment at the top, and one above the first of each key that has a note.

    ``empty``: under what has a key, these keys are added without values, unless they are there.
    """
    root = compose(text, "", Problems())
    left = dict(notes)
    insertions = sorted(_insertions(text, root, (), left, empty), key=lambda one: one.at)
    pieces, done = [_comment(head, 0), "\n"], 0
    for at, added in insertions:
        pieces += (text[done:at], added)
        done = at
    return "".join((*pieces, text[done:]))


def _insertions(
    text: str, node: Node, path: Path, left: dict[Path, Note], empty: Mapping[str, Sequence[str]]
) -> Iterator[_Insertion]:
    """Yield what is added; each note is used once."""
    if isinstance(node, SequenceNode):
        for item in node.items:
            yield from _insertions(text, item, path, left, empty)
    if not isinstance(node, MappingNode) or node.is_flow:
        return
    for name, value in node.entries:
        note = left.pop((*path, name.text), None)
        if note:
            start = text.rfind("\n", 0, name.start) + 1
            line = text[start : name.start]
            yield _Insertion(start, _note(note, len(line) - len(line.lstrip(" "))))
        yield from _insertions(text, value, (*path, name.text), left, empty)
    for key, added in empty.items():
        if node.key(key) is not None:
            yield _Insertion(_end(text, node), "".join(_empty(node, added, path, left)))


def _end(text: str, node: MappingNode) -> int:
    """Return where the line after the last one of a mapping begins."""
    end = node.entries[-1][1].end
    return end if text[end - 1] == "\n" else text.find("\n", end) + 1 or len(text)


def _empty(node: MappingNode, keys: Sequence[str], path: Path, left: dict[Path, Note]) -> Iterator[str]:
    column = node.entries[0][0].place.column - 1
    for key in keys:
        if node.key(key) is None:
            note = left.pop((*path, key), None)
            yield f"{_note(note, column) if note else ''}{' ' * column}{key}:\n"


def _note(note: Note, column: int) -> str:
    return _comment(note.sentences, column) + "".join(f"{' ' * column}# {line}\n" for line in note.examples)


def _comment(sentences: str, column: int) -> str:
    mark = f"{' ' * column}# "
    lines = textwrap.wrap(sentences, WIDTH - len(mark), break_long_words=False, break_on_hyphens=False)
    return "".join(f"{mark}{line}\n" for line in lines)
