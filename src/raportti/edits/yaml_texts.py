"""Edits of texts that may stand in several languages. Knows nothing of reports.

A text is one string, or a mapping from languages to strings.
"""

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from raportti.edits.splices import Splice
from raportti.edits.values import Tongue
from raportti.edits.yaml_doc import Doc, chunks_of, set_scalar, set_value
from raportti.edits.yaml_nodes import Keyed, Listed, Node, Scalar
from raportti.edits.yaml_write import Value, flow_value
from raportti.model import LANGUAGES
from raportti.source.names import BOTH


def set_text(
    doc: Doc, of: Keyed, key: str, value: Value | None, order: Sequence[str], tongue: Tongue
) -> Iterator[Splice]:
    """Give a key a value in one language, and leave it as it is in the others; without any language the key goes."""
    node = of.get(key)
    if in_languages(node) and not (value is None and [name.text for name, _ in node.entries] == [tongue.language]):
        yield from set_value(doc, node, tongue.language, value, LANGUAGES)
    elif value is None or (tongue.is_own and not is_shared(node)):
        yield from set_value(doc, of, key, value, order)
    else:
        yield from set_value(doc, of, key, _beside(node, value, tongue), order)


def set_item_text(doc: Doc, of: Listed, number: int, text: str, tongue: Tongue) -> Iterator[Splice]:
    """Replace the text of an item of a list in one language."""
    node = of.items[number]
    if in_languages(node):
        yield from set_value(doc, node, tongue.language, text, LANGUAGES)
    elif isinstance(node, Scalar) and tongue.is_own:
        yield set_scalar(doc, node, text, column=chunks_of(doc, of)[number].column, is_flow=of.is_flow)
    else:
        yield Splice(node.start, node.end, flow_value(_beside(node, text, tongue)))


def _beside(node: Node | None, value: Value, tongue: Tongue) -> Value:
    """Return what is said in one language with what stands there for the other, or for both."""
    if is_shared(node):
        node = node.get(BOTH)
        return {language: value if language == tongue.language else _plain(node) for language in LANGUAGES}
    return {tongue.own: _plain(node), tongue.language: value} if node is not None else {tongue.language: value}


def _plain(node: Node | None) -> Value:
    """Return what a node says; YAML made one line end of an empty line."""
    match node:
        case None:
            return ""
        case Scalar():
            return node.text if node.style in ("|", '"') else node.text.replace("\n", "\n\n")
        case Listed():
            return [_plain(item) for item in node.items]
        case Keyed():
            return {name.text: _plain(item) for name, item in node.entries}


def in_languages(node: object) -> TypeGuard[Keyed]:
    """Tell whether a text is given in several languages."""
    return isinstance(node, Keyed) and bool(node.entries) and all(name.text in LANGUAGES for name, _ in node.entries)


def is_shared(node: object) -> TypeGuard[Keyed]:
    """Tell whether a text is given once for all languages."""
    return isinstance(node, Keyed) and [name.text for name, _ in node.entries] == [BOTH]
