"""From an old and a new report to the edits of the YAML files that the old one was read from.

Does not know how an edit is written. Parts of the report and of the files are paired by their order: the files were
read without a problem.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any, TypeGuard, TypeVar, cast

from raportti.report.diff import is_same
from raportti.report.model import LANGUAGES, Goal, Guideline, Published, Report, Strategy, Subgoal
from raportti.report.pairs import ROOT, Key, children_of, flat, whole
from raportti.source import names, plain
from raportti.source.names import BOTH
from raportti.source.plain import Languages, Value
from raportti.source.yaml_files import YamlFiles, read_files
from raportti.source.yaml_format import flow_value
from raportti.source.yaml_parse import MappingNode, Node, ScalarNode, SequenceNode
from raportti.source.yaml_splice import (
    Chunk,
    Doc,
    Item,
    Splice,
    chunks_of,
    read_doc,
    set_list,
    set_scalar,
    set_value,
    spliced,
    with_splices,
)


def set_text(
    doc: Doc, of: MappingNode, key: str, value: Value | None, order: Sequence[str], languages: Languages
) -> Iterator[Splice]:
    """Give a key a value in one language, and leave it as it is in the others; without any language the key goes."""
    node = of.get(key)
    if value is None and node is not None and not in_languages(node):
        left = without_language(node, languages)
        if left != _plain(node):
            yield from set_value(doc, of, key, left or None, order)
    elif in_languages(node) and not (value is None and [name.text for name, _ in node.entries] == [languages.written]):
        yield from set_value(doc, node, languages.written, value, LANGUAGES)
    elif value is None or (languages.is_own and not is_shared(node)):
        yield from set_value(doc, of, key, value, order)
    else:
        yield from set_value(doc, of, key, _beside(node, value, languages), order)


def set_item_text(doc: Doc, of: SequenceNode, number: int, text: str, languages: Languages) -> Iterator[Splice]:
    """Replace the text of an item of a list in one language."""
    node = of.items[number]
    if in_languages(node):
        yield from set_value(doc, node, languages.written, text, LANGUAGES)
    elif isinstance(node, ScalarNode) and languages.is_own:
        yield set_scalar(doc, node, text, column=chunks_of(doc, of)[number].column, is_flow=of.is_flow)
    else:
        yield Splice(node.start, node.end, flow_value(_beside(node, text, languages)))


def without_language(node: Node, languages: Languages) -> Value:
    """Return what stays of a text, or of a list of texts, that is not given by language where one language goes."""
    match node:
        case MappingNode() if is_shared(node):
            left = [language for language in LANGUAGES if language != languages.written]
            return {language: _plain(node.get(BOTH)) for language in left}
        case MappingNode() if in_languages(node):
            return {name.text: _plain(text) for name, text in node.entries if name.text != languages.written}
        case MappingNode():
            return {name.text: value for name, item in node.entries if (value := without_language(item, languages))}
        case SequenceNode():
            return [value for item in node.items if (value := without_language(item, languages))]
        case ScalarNode():
            return "" if languages.is_own else _plain(node)


def _beside(node: Node | None, value: Value, languages: Languages) -> Value:
    """Return a value in one language together with what stands there for the other, or for both."""
    if is_shared(node):
        node = node.get(BOTH)
        return {language: value if language == languages.written else _plain(node) for language in LANGUAGES}
    return {languages.own: _plain(node), languages.written: value} if node is not None else {languages.written: value}


def _plain(node: Node | None) -> Value:
    """Return what a node says."""
    match node:
        case None:
            return ""
        case ScalarNode():
            return node.text
        case SequenceNode():
            return [_plain(item) for item in node.items]
        case MappingNode():
            return {name.text: _plain(item) for name, item in node.entries}


def in_languages(node: object) -> TypeGuard[MappingNode]:
    """Return whether a text is given in several languages."""
    names = [name.text for name, _ in node.entries] if isinstance(node, MappingNode) else []
    return bool(names) and all(name in LANGUAGES for name in names)


def is_shared(node: object) -> TypeGuard[MappingNode]:
    """Return whether a text is given once for all languages."""
    return isinstance(node, MappingNode) and [name.text for name, _ in node.entries] == [BOTH]


T = TypeVar("T")

_SUBGOAL_KEYS = tuple(names.SUBGOAL)
_TEXT, _ITEMS = _SUBGOAL_KEYS


def subgoal_edits(
    doc: Doc, of: MappingNode, key: str, old: Sequence[Subgoal], new: Sequence[Subgoal], languages: Languages
) -> Iterator[Splice]:
    """Yield the edits of the list of subgoals under a key."""
    node = of.get(key)
    if not isinstance(node, SequenceNode):
        return
    partners = _partners(old, new, lambda a, b: bool(a.items) == bool(b.items))
    edits = {at: tuple(_edits(doc, node, at, old[at], new[to], languages)) for to, at in partners.items()}
    items = [plain.subgoal_value(subgoal) for subgoal in new]
    yield from _list_edits(doc, of, key, partners, edits, items, languages)


def _edits(
    doc: Doc, within: SequenceNode, at: int, old: Subgoal, new: Subgoal, languages: Languages
) -> Iterator[Splice]:
    """Yield the edits of one subgoal that stays."""
    node = within.items[at]
    is_keyed = isinstance(node, MappingNode) and node.get(_TEXT) is not None
    if not is_same(old.text, new.text):
        text = plain.written(new.text)
        if is_keyed and isinstance(node, MappingNode):
            yield from set_text(doc, node, _TEXT, text, _SUBGOAL_KEYS, languages)
        else:
            yield from set_item_text(doc, within, at, text, languages)
    if is_keyed and isinstance(node, MappingNode):
        yield from _item_edits(doc, node, old.items, new.items, languages)


def _item_edits(
    doc: Doc, of: MappingNode, old: Sequence[str], new: Sequence[str], languages: Languages
) -> Iterator[Splice]:
    key, node = _ITEMS, of.get(_ITEMS)
    if in_languages(node):
        of, key, languages = node, languages.written, Languages(languages.written, languages.written)
        node = of.get(key)
    if not isinstance(node, SequenceNode):
        return
    partners = _partners(old, new, lambda _, __: True)
    edits = {
        at: tuple(set_item_text(doc, node, at, plain.written(new[to]), languages))
        for to, at in partners.items()
        if not is_same(old[at], new[to])
    }
    yield from _list_edits(doc, of, key, partners, edits, [plain.written(item) for item in new], languages)


def _partners(old: Sequence[T], new: Sequence[T], may_pair: Callable[[T, T], bool]) -> Mapping[int, int]:
    """Map places in the new list to places in the old one."""
    partners: dict[int, int] = {}
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        abreast = zip(range(a, b), range(c, d), strict=False)
        partners.update((to, at) for at, to in abreast if may_pair(old[at], new[to]))
    return partners


def _list_edits(
    doc: Doc,
    of: MappingNode,
    key: str,
    partners: Mapping[int, int],
    edits: Mapping[int, tuple[Splice, ...]],
    new: Sequence[Value],
    languages: Languages,
) -> Iterator[Splice]:
    """Make a list have new items, of which some stay with edits of their own."""
    stand = chunks_of(doc, of.get(key))
    chunks: dict[Hashable, Chunk] = {at: with_splices(chunk, edits.get(at, ())) for at, chunk in enumerate(stand)}
    items = [
        Item(partners.get(to, ("new", to)), partial(plain.texts_in, value, languages)) for to, value in enumerate(new)
    ]
    yield from set_list(doc, of, key, (key,), old=tuple(range(len(stand))), new=items, chunks=chunks)


_KEYS: Mapping[str, tuple[Mapping[str, str], str]] = {
    "report": (names.REPORT, "strategiat"),
    "strategy": (names.STRATEGY, "linjaukset"),
    "guideline": (names.GUIDELINE, "tavoitteet"),
    "goal": (names.GOAL, ""),
}
"""Kind of part → its keys, and the key of the list within it."""


def edited_files(
    source: Path, old: Report, new: Report, own: str, contents: Mapping[Path, bytes] | None = None
) -> Mapping[Path, bytes]:
    """Return the files of a source that change. ``own`` is the language of the texts that are given in one only.

    ``contents`` are files of which it is known what they hold.
    """
    files = read_files(source, contents or {})
    editor = _Editor(files, old, new, own)
    edited = {path: (files.files[path], edits) for path, edits in editor.edits().items() if edits}
    return {path: file.encoded(spliced(file.text, edits)) for path, (file, edits) in edited.items()}


class _Editor:
    """Goes through both reports from the goals up; ``chunks`` are the items that stand in lists, with their edits."""

    def __init__(self, files: YamlFiles, old: Report, new: Report, own: str) -> None:
        self._old, self._new = flat(old, old), flat(new, old)
        self._languages = Languages(own, new.language)
        self._docs = {path: read_doc(file.text, str(path)) for path, file in files.files.items()}
        self._chunks: dict[Key, Chunk] = {}
        self._places: dict[Key, tuple[Path, MappingNode]] = {}
        self._children, self._new_children = children_of(self._old), children_of(self._new)
        self._walk(ROOT, files.report, self._docs[files.report].root, files.strategies)

    def edits(self) -> Mapping[Path, list[Splice]]:
        """Return the edits of each file: those of goals first, since lists of guidelines take them with them."""
        edits: dict[Path, list[Splice]] = {path: [] for path in self._docs}
        for kind in reversed(tuple(_KEYS)):
            for key in [key for key in self._places if key.kind == kind and key in self._new.parts]:
                path, _ = self._places[key]
                found = [*self._field_edits(key), *self._list_edits(key)]
                if self._is_root_of(key, path):
                    edits[path] += found
                else:
                    self._chunks[key] = with_splices(self._chunks[key], found)
        return edits

    def _is_root_of(self, key: Key, path: Path) -> bool:
        return self._places[key][1] is self._docs[path].root

    def _walk(self, key: Key, path: Path, node: MappingNode, strategies: Mapping[str, Path]) -> None:
        """Note where each part of the old report stands, and the text of each item."""
        self._places[key] = (path, node)
        items = node.get(_KEYS[key.kind][1])
        children = self._children.get(key, [])
        nodes = items.items if isinstance(items, SequenceNode) else ()
        for child, item, chunk in zip(children, nodes, chunks_of(self._docs[path], items), strict=True):
            self._chunks[child] = chunk
            if isinstance(item, MappingNode):
                self._walk(child, path, item, strategies)
            elif isinstance(item, ScalarNode):
                own = strategies[item.text]
                self._walk(child, own, self._docs[own].root, strategies)

    def _field_edits(self, key: Key) -> Iterator[Splice]:
        """Yield the edits of the fields that differ."""
        old, new = cast("Any", self._old.parts[key]), cast("Any", self._new.parts[key])
        keys, within = _KEYS[key.kind]
        for name, field in keys.items():
            if name != within and not is_same(getattr(old, field), getattr(new, field)):
                yield from self._field_edit(key, name, getattr(old, field), getattr(new, field))

    def _field_edit(self, key: Key, name: str, old: Any, new: Any) -> Iterator[Splice]:
        path, node = self._places[key]
        doc, order = self._docs[path], tuple(_KEYS[key.kind][0])
        found = node.get(name)
        if name == "alatavoitteet" and old and new and isinstance(found, SequenceNode):
            yield from subgoal_edits(doc, node, name, old, new, self._languages)
        elif name == "alatavoitteet" and old and new and in_languages(found):
            language = self._languages.written
            yield from subgoal_edits(doc, found, language, old, new, Languages(language, language))
        elif name == "arviointiasteikko":
            yield from self._scale_edits(doc, node, found, new)
        elif name == "julkaistu" and isinstance(found, MappingNode) and new is not None:
            yield from self._published_edits(doc, found, old, new)
        elif _KEYS[key.kind][0][name] in names.TRANSLATED:
            value = plain.plain_value(new, self._languages.written)
            yield from set_text(doc, node, name, value, order, self._languages)
        else:
            yield from set_value(doc, node, name, plain.plain_value(new, self._languages.own), order)

    def _published_edits(self, doc: Doc, found: MappingNode, old: Published | None, new: Published) -> Iterator[Splice]:
        for figure, field in names.PUBLISHED.items():
            before, after = getattr(old, field, None), getattr(new, field)
            if before != after:
                value = plain.plain_value(after, self._languages.own)
                yield from set_value(doc, found, figure, value, tuple(names.PUBLISHED))

    def _scale_edits(
        self, doc: Doc, node: MappingNode, found: Node | None, scale: tuple[str, ...] | None
    ) -> Iterator[Splice]:
        order, languages = tuple(names.REPORT), self._languages
        if scale is None:
            yield from set_text(doc, node, "arviointiasteikko", None, order, languages)
            return
        new = plain.scale_value(scale)
        if in_languages(found):  # a whole scale under each language
            order, node, found = LANGUAGES, found, found.get(languages.written)
            languages = Languages(languages.written, languages.written)
        if not isinstance(found, MappingNode):
            key = languages.written if order is LANGUAGES else "arviointiasteikko"
            yield from set_value(doc, node, key, plain.texts_in(new, languages), order)
            return
        old = self._old.parts[ROOT]
        before: Mapping[str, Value] = plain.scale_value(old.scale) if isinstance(old, Report) and old.scale else {}
        for grade, text in new.items():
            if not is_same(before.get(grade), text):
                yield from set_text(doc, found, grade, text, tuple(new), languages)

    def _list_edits(self, key: Key) -> Iterator[Splice]:
        """Yield the edits of the list within a part, such as the goals of a guideline."""
        within = _KEYS[key.kind][1]
        if not within:
            return
        path, node = self._places[key]
        new = [Item(child, partial(self._value, child)) for child in self._new_children.get(key, ())]
        order, old = tuple(_KEYS[key.kind][0]), self._children.get(key, [])
        chunks = cast("dict[Any, Chunk]", self._chunks)
        yield from set_list(self._docs[path], node, within, order, old=old, new=new, chunks=chunks)

    def _value(self, key: Key) -> Value:
        """Return a part with all that is in it, for where it has to be written anew."""
        match whole(self._new, key):
            case Goal() as goal:
                return plain.goal_value(goal, self._languages)
            case Guideline() as guideline:
                return plain.guideline_value(guideline, self._languages)
            case Strategy() as strategy:
                return plain.strategy_value(strategy, self._languages)
            case Report():
                raise AssertionError(key)
