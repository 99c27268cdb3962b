"""From two reports, or the parts of them, to what a page shows of their differences: fields, values, words.

Does not know where reports come from. Labels are texts of the catalogue, for a template to translate.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from raportti.report.diff import ChangeKind, Changes, Difference, GoalChange, TextChange
from raportti.report.text_diff import Fate, Piece, word_changes
from raportti.serve.saving.journal import Entry
from raportti.source.plain import in_plain_words


def _(msgid: str) -> str:
    """Mark a text for the catalogue."""
    return msgid


LABELS: Mapping[str, str] = MappingProxyType(
    {
        "id": _("Id"), "text": _("Goal"), "subgoals": _("Subgoals"), "achieved": _("Goal reached?"),
        "score": _("Score (1-5)"), "assessment": _("Written assessment (summary)"),
        "break_before": _("New page before this goal"), "responsible": _("Unit in charge"),
        "guideline": _("Strategy and guideline"), "parent": _("Strategy and guideline"),
        "place": _("Place in the list"), "title": _("Title"), "language": _("Language"),
        "organisation": _("Organisation"), "meeting": _("Meeting"), "date": _("Date"),
        "case_number": _("Case number"), "attachment_number": _("Attachment number"), "scale": _("Scale"),
        "name": _("Name"), "tag": _("Corner tag"), "scale_title": _("Title of the scale"),
        "summary_title": _("Title of the summary"), "summary_sentence": _("Sentence of the summary"),
        "table_title": _("Title of the tables"), "published": _("Published figures"),
        "added": _("added"), "removed": _("removed"),
    }
)  # fmt: skip
"""How each field that can change is called."""
_SHORT = 40
"""A longer value is a text, in which words are marked."""
_TRANSLATED = frozenset(
    {"text", "subgoals", "assessment", "title", "organisation", "meeting", "scale", "name", "tag", "scale_title"}
    | {"summary_title", "summary_sentence", "table_title"}
)


@dataclass(frozen=True, slots=True)
class Row:
    """A field before and after; ``language`` is that of its text, empty where all languages share it."""

    field: str
    language: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """How the field is called, for the catalogue."""
        return LABELS.get(self.field, self.field)

    @property
    def is_text(self) -> bool:
        """Whether it is too long to stand beside what it was."""
        return max(len(self.old), len(self.new)) > _SHORT or "\n" in self.old + self.new

    @property
    def pieces(self) -> tuple[tuple[str, str], ...]:
        """The words that were taken out (``del``) and put in (``ins``), and those that stayed (empty)."""
        return tuple(part for piece in word_changes(self.old, self.new) for part in _parts(piece))


def _parts(piece: Piece) -> Iterator[tuple[str, str]]:
    """Mark words alone: white space around them stands outside, unless it is all that changed."""
    words = piece.text.strip()
    if piece.fate is Fate.KEPT or not words:
        yield _MARKS[piece.fate], piece.text
        return
    before, _, after = piece.text.partition(words)
    yield from ((mark, text) for mark, text in (("", before), (_MARKS[piece.fate], words), ("", after)) if text)


_MARKS = {Fate.REMOVED: "del", Fate.ADDED: "ins", Fate.KEPT: ""}


@dataclass(frozen=True, slots=True)
class Changed:
    """A goal, guideline or strategy that changed, or the report itself; ``kind`` is added, removed or changed."""

    kind: str
    goal: str
    """The id of the goal; empty where it is none."""
    title: str
    rows: tuple[Row, ...]


def row(field: str, old: object, new: object, language: str) -> Row:
    """Show a field of the model before and after."""
    shown_in = language if field in _TRANSLATED else ""
    return Row(field, shown_in, in_plain_words(field, old, language), in_plain_words(field, new, language))


def changed(changes: Changes, language: str) -> Iterator[Changed]:
    """Tell of each goal what changed, then of guidelines, strategies and the report itself."""
    for goal in changes.goals:
        yield _of_goal(goal, language)
    owners: dict[tuple[str, ...], list[TextChange]] = {}
    for text in changes.texts:
        owners.setdefault(tuple(name for name in (text.strategy, text.guideline) if name), []).append(text)
    for names, texts in owners.items():
        kind = next((text.kind for text in texts if text.kind is not ChangeKind.CHANGED), ChangeKind.CHANGED)
        rows = tuple(row(one.field, one.old, one.new, language) for one in texts if one.kind is ChangeKind.CHANGED)
        yield Changed(kind.value, "", " / ".join(names), rows)


def _of_goal(goal: GoalChange, language: str) -> Changed:
    whole = goal.new or goal.old
    rows = tuple(_rows(goal.differences, language)) if goal.kind is ChangeKind.CHANGED else ()
    return Changed(goal.kind.value, goal.id, whole.text if whole else "", rows)


def _rows(differences: Iterable[Difference], language: str) -> Iterator[Row]:
    for one in differences:
        yield row(one.field, one.old, one.new, language)


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry of the journal changed of one goal or part."""

    owner: str
    is_goal: bool
    rows: tuple[Row, ...]


def told_by(entry: Entry) -> Iterator[Told]:
    """Tell of an entry of the journal what it changed; its values are those of forms."""
    for owner, values in entry.fields.items():
        rows: list[Row] = []
        for name, (old, new) in values.items():
            field, _, language = name.partition(".")
            rows.append(Row(field, language, old or "–", new or "–"))
        yield Told(owner, owner in entry.goals, tuple(rows))
