"""The tree between the forms of a source and the model: texts as they were written, each with its place.

Knows neither YAML nor tables, and checks nothing. In every text, paragraphs are apart by an empty line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from raportti.problems import Place


@dataclass(frozen=True, slots=True)
class Field:
    """A text and where it stands. ``reported``: a problem was found here already, so the text is not to be judged.

    ``comment``: what follows it on its line and is not read; empty where nothing does.
    """

    text: str
    place: Place
    reported: bool = False
    comment: str = ""


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
