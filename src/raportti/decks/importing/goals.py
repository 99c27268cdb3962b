"""From the rows of a guideline's tables to its goals, those cut by page ends joined.

Does not know file formats.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from raportti.decks.importing.hyphens import Joiner
from raportti.decks.importing.pages import BREAK, Cell, Page, Paragraph, Row, text_of
from raportti.decks.importing.recognition import (
    PART,
    SCORE,
    LayoutWords,
    Section,
    SectionKind,
    figures_of_row,
    is_dash,
    plain,
    score_of,
    status_of,
)
from raportti.problems import Problem
from raportti.report.characters import words_of
from raportti.report.model import Achieved, Goal, Guideline, Published, Subgoal

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
    """Reads goals in one language; ``problems`` has what it could not read."""

    def __init__(self, words: LayoutWords, joiner: Joiner) -> None:
        self.words, self.joiner = words, joiner
        self.problems: list[Problem] = []

    def is_header(self, row: Row) -> bool:
        """Return whether a row has the names of the columns."""
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


_NAME = "{linjaus}"


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The guidelines of a strategy, how their titles are made of their names, and what could not be read."""

    guidelines: tuple[Guideline, ...]
    table_title: str
    problems: tuple[Problem, ...]


def guidelines_of(section: Section, reader: GoalReader, id_of: Callable[[int, int], str], strategy: str) -> Guidelines:
    """Read the guidelines; ``id_of`` names a goal by the numbers of guideline and goal."""
    figures = [found for page in section.of(SectionKind.SUMMARY) for row in page.rows if (found := figures_of_row(row))]
    titles = [_title(section, page, strategy) for page in section.of(SectionKind.GOALS)]
    tables = [
        (title, [page for page, _ in pages])
        for title, pages in groupby(zip(section.of(SectionKind.GOALS), titles, strict=True), key=lambda pair: pair[1])
    ]
    names, pattern = _names([title for title, _ in tables], [row[0] for row in figures])
    problems: list[Problem] = []
    made: list[Guideline] = []
    by_name = {row[0]: row for row in figures}
    for number, (name, (title, pages)) in enumerate(zip(names, tables, strict=True), 1):
        if not title:
            kind = "import-title-taken" if name else "import-title-missing"
            problems.append(Problem(kind, pages[0].place, {"value": name or str(number)}))
        goals = reader.goals([row for page in pages for row in page.rows], lambda goal, n=number: id_of(n, goal))
        published = _published(by_name.pop(name, None))
        made.append(Guideline(name or str(number), goals, published))
    summary = next(iter(section.of(SectionKind.SUMMARY)), None)
    for name in by_name if summary else ():
        problems.append(Problem("import-guideline-missing", summary.place if summary else None, {"value": name}))
    return Guidelines(tuple(made), pattern, tuple(problems))


def _title(section: Section, page: Page, strategy: str) -> str:
    """Return the title of a guideline's table without its part, and without a strategy's name behind it."""
    title = PART.sub("", section.title(page) or "")
    return title.removesuffix(f" ({strategy})")


def _names(titles: Sequence[str], known: Sequence[str]) -> tuple[list[str], str]:
    """Take names out of titles: what the summary names is found at their end; the rest goes by order."""
    prefix = _prefix(titles, known)
    names = [title.removeprefix(prefix) for title in titles]
    free = iter([name for name in known if name not in names])
    return [name or next(free, "") for name in names], f"{prefix}{_NAME}"


def _prefix(titles: Sequence[str], known: Sequence[str]) -> str:
    """Return what all titles have before their names."""
    prefixes = {title[: -len(name)] for title in titles for name in known if name and title.endswith(name)}
    if not known:
        prefixes = {f"{head}: " for title in titles for head, colon, _ in (title.partition(": "),) if colon}
    fitting = [prefix for prefix in prefixes if prefix and all(title.startswith(prefix) for title in titles if title)]
    return max(fitting, key=len, default="") if len([t for t in titles if t]) > 1 or known else ""


def _published(row: tuple[str, ...] | None) -> Published | None:
    if row is None:
        return None
    _, goals, average, yes, partly = row
    number = Decimal(average.replace(",", ".")) if average[0].isdigit() else None
    return Published(goals=int(goals), average=number, yes=int(yes), partly=int(partly))
