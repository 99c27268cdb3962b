"""From old and new subgoals to the edits of the list that they stand in. Knows nothing of goals.

What stays of the list keeps how it is written, and its other languages: items are paired by what they say, and those
that changed by where they stand between the others.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import TypeVar

from raportti.changes import is_same
from raportti.edits import values
from raportti.edits.splices import Splice
from raportti.edits.values import Tongue
from raportti.edits.yaml_doc import Chunk, Doc, Item, chunks_of, set_list, with_splices
from raportti.edits.yaml_nodes import Keyed, Listed
from raportti.edits.yaml_texts import in_languages, set_item_text, set_text
from raportti.edits.yaml_write import Value
from raportti.model import Subgoal
from raportti.source import names

T = TypeVar("T")

_KEYS = tuple(names.SUBGOAL)
_TEXT, _ITEMS = _KEYS


def subgoal_edits(
    doc: Doc, of: Keyed, key: str, old: Sequence[Subgoal], new: Sequence[Subgoal], tongue: Tongue
) -> Iterator[Splice]:
    """Yield the edits of the list of subgoals under a key."""
    node = of.get(key)
    if not isinstance(node, Listed):
        return
    partners = _partners(old, new, lambda a, b: bool(a.items) == bool(b.items))
    edits = {at: tuple(_edits(doc, node, at, old[at], new[to], tongue)) for to, at in partners.items()}
    items = [values.subgoal_value(subgoal) for subgoal in new]
    yield from _list_edits(doc, of, key, partners, edits, items, tongue)


def _edits(doc: Doc, within: Listed, at: int, old: Subgoal, new: Subgoal, tongue: Tongue) -> Iterator[Splice]:
    """Yield the edits of one subgoal that stays."""
    node = within.items[at]
    is_keyed = isinstance(node, Keyed) and node.get(_TEXT) is not None
    if not is_same(old.text, new.text):
        text = values.written(new.text)
        if is_keyed and isinstance(node, Keyed):
            yield from set_text(doc, node, _TEXT, text, _KEYS, tongue)
        else:
            yield from set_item_text(doc, within, at, text, tongue)
    if is_keyed and isinstance(node, Keyed):
        yield from _item_edits(doc, node, old.items, new.items, tongue)


def _item_edits(doc: Doc, of: Keyed, old: Sequence[str], new: Sequence[str], tongue: Tongue) -> Iterator[Splice]:
    key, node = _ITEMS, of.get(_ITEMS)
    if in_languages(node):
        of, key, tongue = node, tongue.language, Tongue(tongue.language, tongue.language)
        node = of.get(key)
    if not isinstance(node, Listed):
        return
    partners = _partners(old, new, lambda _, __: True)
    edits = {
        at: tuple(set_item_text(doc, node, at, values.written(new[to]), tongue))
        for to, at in partners.items()
        if not is_same(old[at], new[to])
    }
    yield from _list_edits(doc, of, key, partners, edits, [values.written(item) for item in new], tongue)


def _partners(old: Sequence[T], new: Sequence[T], may_pair: Callable[[T, T], bool]) -> Mapping[int, int]:
    """Say of the places in a new list which place in the old one each has."""
    partners: dict[int, int] = {}
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        abreast = zip(range(a, b), range(c, d), strict=False)
        partners.update((to, at) for at, to in abreast if may_pair(old[at], new[to]))
    return partners


def _list_edits(
    doc: Doc,
    of: Keyed,
    key: str,
    partners: Mapping[int, int],
    edits: Mapping[int, tuple[Splice, ...]],
    new: Sequence[Value],
    tongue: Tongue,
) -> Iterator[Splice]:
    """Make a list have new items, of which some stay with edits of their own."""
    stand = chunks_of(doc, of.get(key))
    chunks: dict[Hashable, Chunk] = {at: with_splices(chunk, edits.get(at, ())) for at, chunk in enumerate(stand)}
    items = [
        Item(partners.get(to, ("new", to)), partial(values.texts_in, value, tongue)) for to, value in enumerate(new)
    ]
    yield from set_list(doc, of, key, (key,), old=tuple(range(len(stand))), new=items, chunks=chunks)
