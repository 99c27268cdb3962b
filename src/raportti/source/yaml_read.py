"""From the nodes of YAML files to the raw tree: which key may stand where, and which files make a report.

Does not know what the values may be, nor how YAML is parsed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeAlias, TypeGuard, TypeVar

from raportti.files import REPORT_FILES
from raportti.problems import FilePlace, Place, TextPlace, nearest
from raportti.report.model import LANGUAGES
from raportti.source import names
from raportti.source.collector import Problems
from raportti.source.fields import id_from
from raportti.source.files import read_text
from raportti.source.names import same_form
from raportti.source.texts import tag_of
from raportti.source.tree import (
    Field,
    RawGoal,
    RawGuideline,
    RawReport,
    RawStrategy,
    RawSubgoal,
    Record,
    joined_subgoals,
    joined_text,
    joined_texts,
)
from raportti.source.yaml_parse import MappingNode, Node, ScalarNode, SequenceNode, compose


def find_sibling(folder: Path, name: Field, seen: Mapping[str, Place], problems: Problems) -> Path | None:
    """Find a file in the report's folder; None where it is outside, missing or in ``seen``, which is then reported."""
    text = name.text.strip()
    if not text:
        problems.add("item-empty", name.place, name="strategiat")
    elif _leads_outside(text):
        problems.add("strategy-file-outside", name.place, name=text)
    elif (path := _existing(folder, text, problems)) is None:
        _report_missing(folder, text, name.place, problems)
    elif path.is_dir():
        problems.add("strategy-file-folder", name.place, name=text)
    elif str(path) in seen:
        problems.add("strategy-file-twice", name.place, name=text)
    else:
        return path
    return None


def _leads_outside(name: str) -> bool:
    """Return whether a name leads out of its folder, on this machine or on another: a source may travel."""
    windows = PureWindowsPath(name)
    is_anchored = bool(windows.anchor) or PurePosixPath(name).is_absolute()
    return is_anchored or ".." in windows.parts or ".." in PurePosixPath(name).parts


def _existing(folder: Path, name: str, problems: Problems) -> Path | None:
    path = folder / name
    if path in problems.contents or _is_there(path):
        return path
    # A Mac may have stored ä as two characters.
    return next((other for other in _files(path.parent) if same_form(other.name) == same_form(path.name)), None)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (OSError, ValueError):
        return []


def _report_missing(folder: Path, name: str, place: Place, problems: Problems) -> None:
    texts = [path.name for path in _files(folder) if path.suffix in {".yaml", ".yml"} and path.name not in REPORT_FILES]
    suggestion = nearest(name, texts)
    if suggestion is None:
        problems.add("strategy-file-missing", place, name=name)
    else:
        problems.add("strategy-file-misspelt", place, name=name, suggestion=suggestion)


T = TypeVar("T")
_JoinLanguages: TypeAlias = Callable[[Place, Mapping[str, tuple[T, ...]]], tuple[T, ...]]


def read_yaml(path: Path, problems: Problems) -> RawReport | None:
    """Read a report from its file, and from the files that it names; None where it cannot be read."""
    with problems.guard(str(path)):
        return _Reader(path.parent, problems).report(_root(path, problems), FilePlace(str(path)))
    return None


def _root(path: Path, problems: Problems) -> Node:
    def place_after(text: str) -> TextPlace:
        return TextPlace(str(path), text.count("\n") + 1, len(text) - text.rfind("\n"))

    return compose(read_text(path, problems, place_after), str(path), problems)


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands under the keys of a mapping: the record of its texts, and the nodes of its parts by field."""

    record: Record
    parts: Mapping[str, tuple[ScalarNode, Node]]


@dataclass(slots=True)
class _Reader:
    """Reads one report; ``goal`` is the id of the goal that is being read."""

    folder: Path
    problems: Problems
    goal: str | None = None

    def report(self, root: Node, whole: FilePlace) -> RawReport | None:
        keys = self._root_keys(root, whole)
        if keys is None:
            return None
        found = self._found(keys, names.REPORT, parts={"scale", "strategies"})
        scale = found.parts.get("scale")
        return RawReport(found.record, self._strategies(found), self._scale(*scale) if scale else None)

    def _scale(self, key: ScalarNode, node: Node) -> Record | None:
        """Read the scale, with a text for each grade or a whole scale for each language."""
        if not _is_in_languages(node):
            return self._record((key, node), names.SCALE)
        grades: dict[str, dict[str, Field]] = {}
        for language, name, scale in self._versions(node):
            record = self._record((name, scale), names.SCALE)
            for grade, text in record.fields.items() if record else ():
                grades.setdefault(grade, {})[language] = text
        fields = {grade: joined_text(node.place, versions) for grade, versions in grades.items()}
        return Record(node.place, fields, names.SCALE) if fields else None

    def _root_keys(self, root: Node, whole: FilePlace) -> MappingNode | None:
        if isinstance(root, ScalarNode) and not root.text and not root.reported:
            self.problems.add("file-empty", whole)
        elif not isinstance(root, MappingNode):
            self._expected("expected-keys", root, "report", names.REPORT)
        elif {"nimi", "linjaukset"} <= (given := {key.text for key, _ in root.entries}) and "strategiat" not in given:
            self.problems.add("strategy-file-alone", whole)
        else:
            return root
        return None

    def _strategies(self, found: _Found) -> tuple[RawStrategy, ...] | None:
        nodes = self._list(found, "strategies")
        seen: dict[str, Place] = {}
        strategies = [self._strategy(node, seen) for node in nodes or ()]
        return _those_read(nodes, strategies)

    def _strategy(self, node: Node, seen: dict[str, Place]) -> RawStrategy | None:
        if isinstance(node, MappingNode):
            return self._strategy_of(node)
        name = self._text(node, "strategiat")
        if name.reported:
            return None
        path = find_sibling(self.folder, name, seen, self.problems)
        if path is None:
            return None
        seen[str(path)] = name.place
        # One broken file does not hide the problems of the others.
        with self.problems.guard(str(path)):
            root = _root(path, self.problems)
            if isinstance(root, MappingNode):
                return self._strategy_of(root)
            self._expected("expected-keys", root, path.name, names.STRATEGY)
        return None

    def _strategy_of(self, keys: MappingNode) -> RawStrategy:
        found = self._found(keys, names.STRATEGY, parts={"guidelines"})
        nodes = self._list(found, "guidelines")
        guidelines = [self._guideline(node) for node in nodes or ()]
        return RawStrategy(found.record, _those_read(nodes, guidelines))

    def _guideline(self, node: Node) -> RawGuideline | None:
        if not isinstance(node, MappingNode):
            return self._expected("expected-mapping", node, "linjaukset", names.GUIDELINE)
        found = self._found(node, names.GUIDELINE, parts={"published", "goals"})
        nodes = self._list(found, "goals")
        goals = [self._goal(goal) for goal in nodes or ()]
        published = found.parts.get("published")
        record = self._record(published, names.PUBLISHED) if published else None
        return RawGuideline(found.record, _those_read(nodes, goals), record)

    def _goal(self, node: Node) -> RawGoal | None:
        if not isinstance(node, MappingNode):
            return self._expected("expected-mapping", node, "tavoitteet", names.GOAL)
        self.goal = _id_of(node)
        found = self._found(node, names.GOAL, parts={"subgoals"})
        subgoals = self._each(found, "subgoals", self._subgoal, joined_subgoals)
        self.goal = None
        return RawGoal(found.record, subgoals)

    def _subgoal(self, node: Node) -> RawSubgoal:
        if isinstance(node, MappingNode) and not _is_in_languages(node):
            found = self._found(node, names.SUBGOAL, parts={"items"})
            items = self._each(found, "items", lambda item: self._translated(item, "kohdat"), joined_texts)
            return RawSubgoal(found.record.fields.get("text", Field("", node.place)), items)
        return RawSubgoal(self._translated(node, "alatavoitteet"))

    def _each(self, found: _Found, field: str, read: Callable[[Node], T], join: _JoinLanguages[T]) -> tuple[T, ...]:
        """Read the items of a list, or of a list for each language, which are then joined."""
        _, node = found.parts.get(field, (None, None))
        if node is None or not _is_in_languages(node):
            return tuple(map(read, self._list(found, field) or ()))
        lists = {language: self._items(key, items) for language, key, items in self._versions(node)}
        good = {language: tuple(map(read, items)) for language, items in lists.items() if items is not None}
        # A list that could not be read was reported; beside it, the other would only seem to lack its translation.
        return join(node.place, good) if len(good) == len(lists) else ()

    def _record(self, entry: tuple[ScalarNode, Node], known: Mapping[str, str]) -> Record | None:
        key, node = entry
        if isinstance(node, ScalarNode) and not node.text:
            return None
        if not isinstance(node, MappingNode):
            return self._expected("expected-keys", node, key.text, known)
        return self._found(node, known, parts=set()).record

    def _found(self, keys: MappingNode, known: Mapping[str, str], *, parts: set[str]) -> _Found:
        """Sort the entries of a mapping by the model's fields; those in ``parts`` are not plain texts."""
        fields: dict[str, Field] = {}
        nodes: dict[str, tuple[ScalarNode, Node]] = {}
        given = {key.text for key, _ in keys.entries}
        for key, node in keys.entries:
            name = key.text if key.text in known else self._unknown(key, known, given)
            if name is None:
                continue
            field = known[name]
            if field in parts:
                nodes[field] = key, node
                fields[field] = Field("", node.place)
            else:
                fields[field] = self._translated(node, name) if field in names.TRANSLATED else self._text(node, name)
        return _Found(Record(keys.place, fields, names.by_field(known)), nodes)

    def _unknown(self, key: ScalarNode, known: Mapping[str, str], given: set[str]) -> str | None:
        """Report an unknown key; return the key that was probably meant, which is then not reported as missing."""
        meant = nearest(key.text, [name for name in known if name not in given])
        if meant is None:
            self.problems.add("key-unknown", key.place, self.goal, key=key.text, keys=list(known))
        else:
            self.problems.add("key-misspelt", key.place, self.goal, key=key.text, suggestion=meant)
            given.add(meant)
        return meant

    def _text(self, node: Node, name: str) -> Field:
        if isinstance(node, ScalarNode):
            return Field(node.text, node.place, node.reported, node.comment)
        kind = "expected-text-braces" if node.is_flow else "expected-text"
        self.problems.add(kind, node.place, self.goal, key=name)
        return Field("", node.place, reported=True)

    def _translated(self, node: Node, name: str) -> Field:
        """Read a text: one, one for each language, or one for both."""
        if not _is_in_languages(node):
            return self._text(node, name)
        if [key.text for key, _ in node.entries] == [names.BOTH]:
            return replace(self._text(node.entries[0][1], name), for_all=True)
        return joined_text(node.place, {language: self._text(text, name) for language, _, text in self._versions(node)})

    def _versions(self, keys: MappingNode) -> tuple[tuple[str, ScalarNode, Node], ...]:
        """Return what stands under each language, with the language and its key; none where another key is there."""
        wrong = [key for key, _ in keys.entries if key.text not in LANGUAGES]
        for key in wrong:
            self.problems.add("language-key", key.place, self.goal, key=key.text)
        return () if wrong else tuple((key.text, key, node) for key, node in keys.entries)

    def _list(self, found: _Found, field: str) -> tuple[Node, ...] | None:
        """Return the items of a list, none where the key is missing or empty, None where it is no list."""
        key, node = found.parts.get(field, (None, None))
        return () if key is None or node is None else self._items(key, node)

    def _items(self, key: ScalarNode, node: Node) -> tuple[Node, ...] | None:
        if isinstance(node, SequenceNode):
            return node.items
        if isinstance(node, ScalarNode) and not node.text and not node.reported:
            return ()
        if not (isinstance(node, ScalarNode) and node.reported):
            self.problems.add("expected-list", node.place, self.goal, key=key.text)
        return None

    def _expected(self, kind: str, node: Node, key: str, known: Mapping[str, str]) -> None:
        if not (isinstance(node, ScalarNode) and node.reported):
            self.problems.add(kind, node.place, self.goal, key=key, keys=list(known))


def _is_in_languages(node: Node) -> TypeGuard[MappingNode]:
    """Return whether the keys of a mapping are meant as languages."""
    return isinstance(node, MappingNode) and any(key.text == names.BOTH or tag_of(key.text) for key, _ in node.entries)


def _id_of(goal: MappingNode) -> str | None:
    ids = [node.text for key, node in goal.entries if key.text == "tunnus" and isinstance(node, ScalarNode)]
    return id_from(ids[0]) or None if ids else None


def _those_read(nodes: tuple[Node, ...] | None, read: list[T | None]) -> tuple[T, ...] | None:
    """Return what could be read of a list; None where it was no list, or where nothing in it could be read."""
    good = tuple(value for value in read if value is not None)
    return None if nodes is None or (nodes and not good) else good
