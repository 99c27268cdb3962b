"""From an old and a new report to the edits of the YAML files that the old one was read from.

Knows nothing of how an edit is written. What the report and the files have is paired by order: the files were read.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast

from raportti.changes import is_same
from raportti.changes.flat import ROOT, Key, children_of, flat, whole
from raportti.edits import values
from raportti.edits.splices import Splice, spliced
from raportti.edits.values import Tongue
from raportti.edits.yaml_doc import Chunk, Doc, Item, chunks_of, read_doc, set_list, set_value, with_splices
from raportti.edits.yaml_files import YamlFiles, read_files
from raportti.edits.yaml_nodes import Keyed, Listed, Node, Scalar
from raportti.edits.yaml_subgoals import subgoal_edits
from raportti.edits.yaml_texts import in_languages, set_text
from raportti.edits.yaml_write import Value
from raportti.model import Goal, Guideline, Published, Report, Strategy
from raportti.source import names

_KEYS: Mapping[str, tuple[Mapping[str, str], str]] = {
    "report": (names.REPORT, "strategiat"),
    "strategy": (names.STRATEGY, "linjaukset"),
    "guideline": (names.GUIDELINE, "tavoitteet"),
    "goal": (names.GOAL, ""),
}
"""Of each kind of part its keys, and the key of the list within it."""


def edited_files(source: Path, old: Report, new: Report, own: str) -> Mapping[Path, bytes]:
    """Return the files of a source that change. ``own`` is the language of the texts that are given in one only."""
    files = read_files(source)
    editor = _Editor(files, old, new, own)
    edited = {path: (files.files[path], edits) for path, edits in editor.edits().items() if edits}
    return {path: file.encoded(spliced(file.text, edits)) for path, (file, edits) in edited.items()}


class _Editor:
    """Goes through both reports from the goals up; ``chunks`` are the items that stand in lists, with their edits."""

    def __init__(self, files: YamlFiles, old: Report, new: Report, own: str) -> None:
        self._old, self._new = flat(old, old), flat(new, old)
        self._tongue = Tongue(own, new.language)
        self._docs = {path: read_doc(file.text) for path, file in files.files.items()}
        self._chunks: dict[Key, Chunk] = {}
        self._places: dict[Key, tuple[Path, Keyed]] = {}
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

    def _walk(self, key: Key, path: Path, node: Keyed, strategies: Mapping[str, Path]) -> None:
        """Note where each part of the old report stands, and the text of each item."""
        self._places[key] = (path, node)
        items = node.get(_KEYS[key.kind][1])
        children = self._children.get(key, [])
        nodes = items.items if isinstance(items, Listed) else ()
        for child, item, chunk in zip(children, nodes, chunks_of(self._docs[path], items), strict=True):
            self._chunks[child] = chunk
            if isinstance(item, Keyed):
                self._walk(child, path, item, strategies)
            elif isinstance(item, Scalar):
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
        if name == "alatavoitteet" and old and new and isinstance(found, Listed):
            yield from subgoal_edits(doc, node, name, old, new, self._tongue)
        elif name == "alatavoitteet" and old and new and in_languages(found):
            language = self._tongue.language
            yield from subgoal_edits(doc, found, language, old, new, Tongue(language, language))
        elif name == "arviointiasteikko":
            yield from self._scale_edits(doc, node, found, new)
        elif name == "julkaistu" and isinstance(found, Keyed) and new is not None:
            yield from self._published_edits(doc, found, old, new)
        elif _KEYS[key.kind][0][name] in names.TRANSLATED:
            value = values.plain_value(new, self._tongue.language)
            yield from set_text(doc, node, name, value, order, self._tongue)
        else:
            yield from set_value(doc, node, name, values.plain_value(new, self._tongue.own), order)

    def _published_edits(self, doc: Doc, found: Keyed, old: Published | None, new: Published) -> Iterator[Splice]:
        for figure, field in names.PUBLISHED.items():
            before, after = getattr(old, field, None), getattr(new, field)
            if before != after:
                value = values.plain_value(after, self._tongue.own)
                yield from set_value(doc, found, figure, value, tuple(names.PUBLISHED))

    def _scale_edits(self, doc: Doc, node: Keyed, found: Node | None, new: tuple[str, ...] | None) -> Iterator[Splice]:
        wanted = values.scale_value(new) if new else None
        if wanted is None or not isinstance(found, Keyed):
            value = None if wanted is None else values.texts_in(wanted, self._tongue)
            yield from set_value(doc, node, "arviointiasteikko", value, tuple(names.REPORT))
            return
        old = self._old.parts[ROOT]
        before: Mapping[str, Value] = values.scale_value(old.scale) if isinstance(old, Report) and old.scale else {}
        for grade, text in wanted.items():
            if not is_same(before.get(grade), text):
                yield from set_text(doc, found, grade, text, tuple(wanted), self._tongue)

    def _list_edits(self, key: Key) -> Iterator[Splice]:
        """Yield the edits of the list of what is in a part."""
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
                return values.goal_value(goal, self._tongue)
            case Guideline() as guideline:
                return values.guideline_value(guideline, self._tongue)
            case Strategy() as strategy:
                return values.strategy_value(strategy, self._tongue)
            case Report():
                raise AssertionError(key)
