"""From what people wrote in the rows of a goal to the goal, checked by the rules of a source, and its problems.

A problem names the slide and the column. Does not know any other goal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain, groupby
from typing import TypeAlias

from raportti.decks.readback.join import CellEdit, RowPart, cell_edits
from raportti.decks.readback.reading import ReadParagraph
from raportti.problems import Place, Problem, Severity, SlidePlace
from raportti.problems.messages import severity_of
from raportti.report.model import Goal
from raportti.report.passages import Marked, Passage, passages_of
from raportti.report.text_diff import Fate, word_changes
from raportti.source import names
from raportti.source.collector import Problems
from raportti.source.goals import BULLET, goal_of
from raportti.source.plain import plain_value, written
from raportti.source.tree import Field, RawGoal, RawSubgoal, Record

FIELDS = {"goal": "text", "subgoals": "subgoals", "achieved": "achieved", "score": "score", "assessment": "assessment"}
"""The keys of the columns that are data, each with its field of a goal; an edit in any other is not read."""
_ALL = ("id", "text", "achieved", "score", "assessment", "responsible")
_MARK = re.compile(r"[•–-]\s+")
_SOFT_HYPHEN = "\u00ad"
_Letter: TypeAlias = tuple[str, str | None]
"""A letter with the language of its passage."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A goal with its edits, or as it was where one of them is not valid, and the problems of the edits."""

    goal: Goal
    problems: tuple[Problem, ...] = ()


def edited_goal(goal: Goal, parts: Sequence[RowPart], *, file: str, language: str) -> Checked:
    """Bring the edits of a goal's rows into the goal."""
    editor = _Editor(goal, parts, file, language)
    return editor.checked() if editor.edits else Checked(goal)


class _Editor:
    """Works on one goal; ``edits`` has what its edited cells say, by their columns."""

    def __init__(self, goal: Goal, parts: Sequence[RowPart], file: str, language: str) -> None:
        self._goal = goal
        self._parts = parts
        self._file = file
        self._language = language
        found = ((key, cell_edits(key, parts, self._printed(key))) for key in FIELDS)
        self.edits = {key: edits for key, edits in found if edits}

    def checked(self) -> Checked:
        if differing := self._differing_parts():
            return Checked(self._goal, differing)
        problems = Problems(is_draft=not self._is_complete())
        raw = self._raw(problems)
        new = goal_of(raw, problems)
        found = tuple(filter(self._is_of_edit, problems.in_order()))
        if new is None or problems.errors:
            return Checked(self._goal, found)
        fields = {FIELDS[key]: getattr(new, FIELDS[key]) for key in self.edits}
        return Checked(replace(self._goal, **fields), found)

    def _printed(self, key: str) -> str:
        """Return the value of a cell that is repeated, as it is printed."""
        match key:
            case "goal":
                return _shown(self._goal.text)
            case "score" if self._goal.score is not None:
                return str(self._goal.score)
            case "score":
                return next(
                    (word for paragraph in self._parts[0].generated(key) for word in paragraph.text.split()), ""
                )
            case _:
                return "".join(paragraph.text for paragraph in self._parts[0].generated(key))

    def _differing_parts(self) -> tuple[Problem, ...]:
        """Return an error for each cell that is repeated on several slides and was edited in two ways."""
        return tuple(
            Problem(
                "deck-edits-differ",
                self._place(key, other),
                {"value": other.line, "other": first.line, "first": self._place(key, first)},
                self._goal.id,
            )
            for key, (first, *others) in self.edits.items()
            for other in others
        )

    def _place(self, key: str, edit: CellEdit | None) -> Place:
        """Name a slide and the heading of a column."""
        part = edit.part if edit else next((part for part in self._parts if part.slide), self._parts[0])
        if part.slide is None or part.row is None:
            return SlidePlace(self._file, 0)
        column = next((n for n, cell in enumerate(part.row.cells) if cell.key == key), None)
        heads = part.slide.head
        head = heads[column] if column is not None and column < len(heads) else part.slide.table
        return SlidePlace(self._file, part.slide.number, head)

    def _edit(self, key: str) -> CellEdit | None:
        return next(iter(self.edits.get(key, ())), None)

    def _field(self, key: str, text: str) -> Field:
        return Field(text, self._place(key, self._edit(key)))

    def _record(self, fields: Mapping[str, Field]) -> Record:
        return Record(self._place("goal", None), fields, names.by_field(names.COLUMNS_IN[self._language]))

    def _base(self) -> dict[str, Field]:
        """Return the fields of the goal as it was, as they stand in a source."""
        keys = {field: key for key, field in FIELDS.items()}
        values = ((field, plain_value(getattr(self._goal, field), self._language)) for field in _ALL)
        return {field: self._field(keys.get(field, "goal"), value) for field, value in values if isinstance(value, str)}

    def _is_complete(self) -> bool:
        """Return whether the goal was finished, as a source must be that is no draft: then it has to stay so."""
        return goal_of(RawGoal(self._record(self._base()), ()), Problems()) is not None

    def _raw(self, problems: Problems) -> RawGoal:
        fields = self._base()
        for key in self.edits:
            if (edit := self._edit(key)) and key != "subgoals":
                fields[FIELDS[key]] = self._field(key, self._text(key, edit))
        return RawGoal(self._record(fields), self._subgoals(problems))

    def _text(self, key: str, edit: CellEdit) -> str:
        match key:
            case "goal":
                return written(_restored(self._goal.text, edit.line))
            case "assessment":
                texts = _restored_all(self._goal.assessment, [paragraph.text for paragraph in edit.paragraphs])
                return "\n\n".join(map(written, texts))
            case _:
                return edit.line

    def _subgoals(self, problems: Problems) -> tuple[RawSubgoal, ...]:
        edit = self._edit("subgoals")
        if edit is None:
            return tuple(self._raw_subgoal(subgoal.text, subgoal.items) for subgoal in self._goal.subgoals)
        read = [_item(paragraph) for paragraph in edit.paragraphs]
        old = tuple(chain.from_iterable((subgoal.text, *subgoal.items) for subgoal in self._goal.subgoals))
        texts = _restored_all(old, [paragraph.text for paragraph in read])
        lists: list[tuple[str, list[str]]] = []
        for paragraph, text in zip(read, texts, strict=True):
            if paragraph.level == 1:
                lists.append((text, []))
            elif lists:
                lists[-1][1].append(text)
            else:
                problems.add("item-alone", self._place("subgoals", edit), self._goal.id, value=text)
        return tuple(self._raw_subgoal(text, items) for text, items in lists)

    def _raw_subgoal(self, text: str, items: Sequence[str]) -> RawSubgoal:
        return RawSubgoal(
            self._field("subgoals", written(text)), tuple(self._field("subgoals", written(item)) for item in items)
        )

    def _is_of_edit(self, problem: Problem) -> bool:
        """Return whether a problem is about the edits: every error is, and a warning at the place of one."""
        places = [self._place(key, self._edit(key)) for key in self.edits]
        return severity_of(problem) is Severity.ERROR or problem.place in places


def _item(paragraph: ReadParagraph) -> ReadParagraph:
    """Read an item of a list; a mark that was typed by hand makes one too, a dash one of the lower level."""
    mark = _MARK.match(paragraph.text)
    if mark is None:
        return ReadParagraph(paragraph.text, min(max(paragraph.level, 1), 2))
    return ReadParagraph(paragraph.text[mark.end() :], 1 if mark.group().startswith(BULLET) else 2)


def _shown(text: str) -> str:
    """Return a text as a deck shows it."""
    return text.replace(_SOFT_HYPHEN, "")


def _restored(old: str, new: str) -> str:
    """Return a new text with what the old one has and a deck does not show: soft hyphens, and languages of passages."""
    if _shown(old) == _shown(new):
        return old
    passages = passages_of(old)
    if _shown(old) == old and not any(passage.language for passage in passages):
        return new
    letters = _letters([(letter, passage.language) for passage in passages for letter in passage.text], old, new)
    pieces = [
        Passage("".join(letter for letter, _ in group), language)
        for language, group in groupby(letters, key=lambda letter: letter[1])
    ]
    return Marked(pieces) if any(piece.language for piece in pieces) else "".join(piece.text for piece in pieces)


def _restored_all(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Restore each of some texts from the one that it was, where it was one."""
    plain = [[_shown(text) for text in texts] for texts in (old, new)]
    texts: list[str] = []
    # Junk would leave texts out that are frequent in long lists.
    for tag, a, b, c, d in SequenceMatcher(None, *plain, autojunk=False).get_opcodes():
        before = old[a:b] if tag in ("equal", "replace") else ()
        texts += (_restored(before[n], text) if n < len(before) else text for n, text in enumerate(new[c:d]))
    return tuple(texts)


def _letters(letters: Sequence[_Letter], old: str, new: str) -> Iterator[_Letter]:
    """Give the letters of the new text; those that stayed have the soft hyphens and the language of the old one."""
    typed: list[_Letter] = [(letter, None) for letter in new]
    at = at_new = 0
    for piece in word_changes(_shown(old), _shown(new)):
        count = len(piece.text)
        end = at if piece.fate is Fate.ADDED else _end(letters, at, count)
        end_new = at_new if piece.fate is Fate.REMOVED else _end(typed, at_new, count)
        if piece.fate is Fate.KEPT:
            yield from letters[at:end]
        else:
            yield from typed[at_new:end_new]
        at, at_new = end, end_new


def _end(letters: Sequence[_Letter], start: int, count: int) -> int:
    """Return the end of ``count`` letters that are shown, with the soft hyphens after them."""
    at = start
    while at < len(letters) and (count or letters[at][0] == _SOFT_HYPHEN):
        count -= letters[at][0] != _SOFT_HYPHEN
        at += 1
    return at
