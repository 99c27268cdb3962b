"""From old and new subgoals to the edits of the list that they stand in. Knows nothing of goals."""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import partial

from raportti.changes import is_same
from raportti.edits import values
from raportti.edits.splices import Splice
from raportti.edits.yaml_doc import Chunk, Doc, Item, chunks_of, set_list
from raportti.edits.yaml_nodes import Keyed, Listed
from raportti.edits.yaml_texts import Tongue, set_item_text, set_text
from raportti.model import Subgoal
from raportti.source import names

KEY = "alatavoitteet"


def subgoal_edits(
    doc: Doc, of: Keyed, old: Sequence[Subgoal], new: Sequence[Subgoal], tongue: Tongue
) -> Iterator[Splice]:
    """Yield the edits of a goal's subgoals: of texts where there are as many, else of the list."""
    node = of.get(KEY)
    if not isinstance(node, Listed):
        return
    if [len(subgoal.items) for subgoal in old] == [len(subgoal.items) for subgoal in new]:
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _text_edits(doc, node, number, before, after, tongue)
        return
    keys = list(_numbered(old))
    chunks: dict[Hashable, Chunk] = dict(zip(keys, chunks_of(doc, node), strict=True))
    items = [Item(key, partial(values.subgoal_value, key[0])) for key in _numbered(new)]
    yield from set_list(doc, of, KEY, tuple(names.GOAL), old=keys, new=items, chunks=chunks)


def _numbered(subgoals: Sequence[Subgoal]) -> Iterator[tuple[Subgoal, int]]:
    """Tell subgoals that are alike apart by their number among those."""
    seen: Counter[Subgoal] = Counter()
    for subgoal in subgoals:
        seen[subgoal] += 1
        yield subgoal, seen[subgoal]


def _text_edits(doc: Doc, node: Listed, number: int, old: Subgoal, new: Subgoal, tongue: Tongue) -> Iterator[Splice]:
    item = node.items[number]
    if isinstance(item, Keyed) and item.get("teksti") is not None:
        if not is_same(old.text, new.text):
            yield from set_text(doc, item, "teksti", values.written(new.text), ("teksti", "kohdat"), tongue)
        items = item.get("kohdat")
        if isinstance(items, Listed):
            for at, (before, after) in enumerate(zip(old.items, new.items, strict=True)):
                if not is_same(before, after):
                    yield from set_item_text(doc, items, at, values.written(after), tongue)
    elif not is_same(old.text, new.text):
        yield from set_item_text(doc, node, number, values.written(new.text), tongue)
