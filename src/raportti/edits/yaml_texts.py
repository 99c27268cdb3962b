"""Edits of texts that may stand in several languages. Knows nothing of reports.

A text is one string, or a mapping from languages to strings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from raportti.edits.splices import Splice
from raportti.edits.yaml_doc import Doc, chunks_of, set_scalar, set_value
from raportti.edits.yaml_nodes import Keyed, Listed, Scalar
from raportti.edits.yaml_write import Value, flow_value

_LANGUAGES = ("fi", "sv")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of the texts that are given in one only, and the one that is written."""

    own: str
    language: str


def set_text(
    doc: Doc, of: Keyed, key: str, value: Value | None, order: Sequence[str], tongue: Tongue
) -> Iterator[Splice]:
    """Give a key a value in one language, and leave it as it is in the others."""
    node = of.get(key)
    if in_languages(node):
        yield from set_value(doc, node, tongue.language, value, _LANGUAGES)
    elif tongue.language == tongue.own or not isinstance(node, Scalar) or value is None:
        yield from set_value(doc, of, key, value, order)
    else:
        yield from set_value(doc, of, key, _in_both(node, value, tongue), order)


def set_item_text(doc: Doc, of: Listed, number: int, text: str, tongue: Tongue) -> Iterator[Splice]:
    """Replace the text of an item of a list in one language."""
    node = of.items[number]
    if in_languages(node):
        yield from set_value(doc, node, tongue.language, text, _LANGUAGES)
    elif isinstance(node, Scalar) and tongue.language == tongue.own:
        yield set_scalar(doc, node, text, column=chunks_of(doc, of)[number].column, is_flow=of.is_flow)
    elif isinstance(node, Scalar):
        yield Splice(node.start, node.end, flow_value(_in_both(node, text, tongue)))


def _in_both(node: Scalar, value: Value, tongue: Tongue) -> Value:
    """Return a text of one language with what it says in the other; YAML made one line end of an empty line."""
    text = node.text if node.style in ("|", '"') else node.text.replace("\n", "\n\n")
    return {tongue.own: text, tongue.language: value}


def in_languages(node: object) -> TypeGuard[Keyed]:
    """Tell whether a text is given in several languages."""
    return isinstance(node, Keyed) and bool(node.entries) and all(name.text in _LANGUAGES for name, _ in node.entries)
