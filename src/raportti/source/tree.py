"""The tree between the forms of a source and the model: texts as they were written, each with its place.

Does not know YAML or tables, and checks nothing: what is raw becomes the model in ``validate``. In every text, an empty
line stands between paragraphs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from types import MappingProxyType
from typing import TypeVar

from raportti.problems import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """A text and where it stands. ``reported``: a problem was found here already, so the text is not to be judged.

    ``comment``: what follows it on its line and is not read; empty where nothing does. ``in_languages``: the text in
    each language in which it is given; empty where it is given once, in the report's own, which ``text`` is then.
    ``for_all``: it says the same in every language. ``language``: its tag where it stands in for a missing translation.
    """

    text: str
    place: Place
    reported: bool = False
    comment: str = ""
    in_languages: Mapping[str, "Field"] = field(default_factory=lambda: _NONE)
    for_all: bool = False
    language: str | None = None


_NONE: Mapping[str, Field] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one thing by the model's names; ``names`` gives for each of those the name in the source."""

    place: Place
    fields: Mapping[str, Field]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RawSubgoal:
    """A subgoal with its items."""

    text: Field
    items: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class RawGoal:
    """A goal."""

    record: Record
    subgoals: tuple[RawSubgoal, ...]


@dataclass(frozen=True, slots=True)
class RawGuideline:
    """A guideline; ``goals`` is None where they could not be read, which is then reported."""

    record: Record
    goals: tuple[RawGoal, ...] | None
    published: Record | None = None


@dataclass(frozen=True, slots=True)
class RawStrategy:
    """A strategy; ``guidelines`` is None where they could not be read, which is then reported."""

    record: Record
    guidelines: tuple[RawGuideline, ...] | None


@dataclass(frozen=True, slots=True)
class RawReport:
    """A report; ``strategies`` is None where none could be read, which is then reported."""

    record: Record
    strategies: tuple[RawStrategy, ...] | None
    scale: Record | None = None


def joined_text(place: Place, versions: Mapping[str, Field]) -> Field:
    """Join a text's versions in several languages to one field; without any, what is wrong was reported."""
    return Field("", place, reported=not versions, in_languages=versions)


def joined_texts(place: Place, lists: Mapping[str, Sequence[Field]]) -> tuple[Field, ...]:
    """Join lists of texts in several languages: the first of each are one text, and so on."""
    return tuple(joined_text(place, versions) for versions in _abreast(lists))


def joined_subgoals(place: Place, lists: Mapping[str, Sequence[RawSubgoal]]) -> tuple[RawSubgoal, ...]:
    """Join the lists of a goal's subgoals in several languages, with their items."""
    return tuple(
        RawSubgoal(
            joined_text(place, {language: subgoal.text for language, subgoal in versions.items()}),
            joined_texts(place, {language: subgoal.items for language, subgoal in versions.items()}),
        )
        for versions in _abreast(lists)
    )


def _abreast(lists: Mapping[str, Sequence[T]]) -> Iterator[Mapping[str, T]]:
    """Yield the first of each list by language, then the second; a list that is too short is left out."""
    for items in zip_longest(*lists.values()):
        yield {language: item for language, item in zip(lists, items, strict=True) if item is not None}
