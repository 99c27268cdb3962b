"""From the rows of a guideline's tables to its goals, those cut by page ends joined. Knows no formats."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from raportti.importing.hyphens import Joiner
from raportti.importing.pages import BREAK, Cell, Paragraph, Row, text_of
from raportti.importing.words import SCORE, Words, is_dash, plain, score_of, status_of
from raportti.model import Achieved, Goal, Subgoal
from raportti.problems import Problem
from raportti.source.letters import words_of

FEWEST = 4
"""Goal, status, score and assessment; a fifth column has the subgoals, behind the goal."""
_END = tuple(".!?:;…”’)")


@dataclass(frozen=True, slots=True)
class _Read:
    """A goal's cells as they are gathered over pages."""

    row: Row
    goal: str
    subgoals: Cell
    status: str
    score: str
    assessment: Cell


class GoalReader:
    """Reads goals in one language; ``problems`` are of what it could not read."""

    def __init__(self, words: Words, joiner: Joiner) -> None:
        self.words, self.joiner = words, joiner
        self.problems: list[Problem] = []

    def is_header(self, row: Row) -> bool:
        """Tell whether a row has the names of the columns."""
        headers = {plain(self.words[key]) for key in ("achieved", "score", "assessment")}
        return len({plain(text_of(cell)) for cell in row.cells} & headers) > 1

    def goals(self, rows: Iterable[Row], id_of: Callable[[int], str]) -> tuple[Goal, ...]:
        """Read the goals of a guideline, in their order; ``id_of`` names each by its number."""
        gathered: list[_Read] = []
        for row in rows:
            if self.is_header(row):
                continue
            read = self._read(row)
            if read is None:
                self._tell("import-row-unread", row, words_of(" ".join(map(text_of, row.cells))))
            elif gathered and (rest := self._rest(gathered[-1], read)):
                gathered[-1] = rest
            else:
                gathered.append(read)
        return tuple(self._goal(read, id_of(number)) for number, read in enumerate(gathered, 1))

    def _read(self, row: Row) -> _Read | None:
        cells = row.cells
        if len(cells) not in (FEWEST, FEWEST + 1):
            return None
        texts = [text_of(cell).replace(BREAK, " ") for cell in cells]
        subgoals = cells[1] if len(cells) > FEWEST else ()
        return _Read(row, texts[0], subgoals, texts[-3], score_of(texts[-2], self.words), cells[-1])

    def _rest(self, above: _Read, read: _Read) -> _Read | None:
        """Join the rest of a goal that began on an earlier page; None where the row begins a goal of its own."""
        mark = self.words["continued"]
        own = words_of(read.goal.removesuffix(mark))
        is_marked = read.goal.endswith(mark) and own == words_of(above.goal.removesuffix(mark))
        if own and not is_marked:
            return None
        return replace(
            above,
            subgoals=self._joined(above.subgoals, read.subgoals, read.row, is_list=True),
            assessment=self._joined(above.assessment, read.assessment, read.row, is_list=False),
            status=above.status or read.status,
            score=above.score or read.score,
        )

    def _joined(self, above: Cell, rest: Cell, row: Row, *, is_list: bool) -> Cell:
        """Put the parts of a cell together; a text that stops without a sentence's end goes on below."""
        if not above or not rest or (is_list and above == rest):
            return above or rest
        if is_list:
            goes_on = rest[0].continues or not rest[0].level
        else:
            goes_on = not above[-1].text.endswith(_END)
            if not goes_on:
                self._tell("import-paragraph-taken", row, rest[0].text)
        if not goes_on:
            return (*above, *rest)
        return (*above[:-1], self.joiner.paragraphs(above[-1], rest[0], row.place), *rest[1:])

    def _goal(self, read: _Read, goal_id: str) -> Goal:
        status = status_of(read.status) or status_of(read.status.replace(" ", ""))  # a narrow column may cut it
        for paragraph in read.assessment:
            if paragraph.is_guessed or paragraph.level:  # an assessment has no lists: the bullet is left out
                self._tell("import-paragraph-taken", read.row, paragraph.text, goal_id)
        score = int(words_of(read.score)) if SCORE.fullmatch(words_of(read.score)) else None
        if status is None:
            self._tell("import-status-unread", read.row, read.status, goal_id)
        if score is None and not is_dash(read.score):
            self._tell("import-score-unread", read.row, read.score, goal_id)
        if score is None and is_dash(read.score) and status not in (None, Achieved.NOT_ASSESSED):
            self._tell("import-score-missing", read.row, "", goal_id)
        return Goal(
            id=goal_id,
            text=read.goal,
            subgoals=tuple(_subgoals(read.subgoals)),
            achieved=status or Achieved.MISSING,
            score=score,
            assessment=tuple(paragraph.text for paragraph in read.assessment),
        )

    def _tell(self, kind: str, row: Row, value: str, goal: str | None = None) -> None:
        self.problems.append(Problem(kind, row.place, {"value": value}, goal))


def _subgoals(paragraphs: Sequence[Paragraph]) -> Iterator[Subgoal]:
    """Yield the subgoals of a cell, each with its items."""
    found: list[Subgoal] = []
    for paragraph in paragraphs:
        if paragraph.level > 1 and found:
            found[-1] = replace(found[-1], items=(*found[-1].items, paragraph.text))
        else:
            found.append(Subgoal(paragraph.text))
    yield from found
