"""A deck and a random number → the deck after some edits as people make them, and the report that it says then."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from random_edits import with_goal
from raportti.decks.readback.reading import read_deck
from raportti.report.model import Achieved, Goal, Subgoal
from raportti.snapshot import CellSnapshot, RowSnapshot

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WORD = "tarkennettuna"
NEW = "Tämän kappaleen kirjoitti ihminen PowerPointissa."
OWN_TITLE, OWN_NOTES = "Keskustelu", "Kerro tästä lisää."
FOOTER, OWN_ADDRESS = "Luottamuksellinen", "https://www.example.org/liite"
OWN_BOX, OWN_ROW = "Luonnos – ei julkaista", "Muut hankkeet, joista sovitaan erikseen"
WORDS = {
    Achieved.YES: ("KYLLÄ", "kyllä", "Ja"),
    Achieved.PARTLY: ("OSITTAIN", "osittain", "delvis"),
    Achieved.NO: ("EI", "Ei", "nej"),
}


@dataclass(frozen=True)
class Cell:
    """A cell of a goal's row on a slide: where it is in the deck, and what was generated in it."""

    goal: str
    key: str
    row: RowSnapshot
    said: CellSnapshot
    body: Any
    """The cell's ``a:txBody``."""

    @property
    def paragraphs(self) -> list[Any]:
        return self.body.findall(f"{A}p")


class Deck:
    """A deck that is edited, and the report that it should say."""

    def __init__(self, path: Path) -> None:
        self.snapshot = read_deck(path).snapshot
        self.report = self.snapshot.report
        self.presentation: Any = Presentation(str(path))
        self.cells = tuple(self._cells())
        self.touched: set[tuple[str, str]] = set()
        self.told: list[str] = []

    def _cells(self) -> Iterator[Cell]:
        for slide, snapshot in zip(self.presentation.slides, self.snapshot.slides, strict=True):
            if snapshot.kind == "table":
                rows = next(shape for shape in slide.shapes if shape.has_table)._element.findall(f".//{A}tr")[1:]
                for row, said in zip(rows, snapshot.rows, strict=True):
                    for cell, text in zip(row.findall(f"{A}tc"), said.cells, strict=True):
                        assert said.goal is not None
                        yield Cell(said.goal, text.key, said, text, cell.find(f"{A}txBody"))

    def goal(self, cell: Cell) -> Goal:
        return next(goal for goal in self.report.goals if goal.id == cell.goal)

    def before(self, cell: Cell) -> list[Cell]:
        """Give the same cell's earlier parts."""
        same = [other for other in self.cells if (other.goal, other.key) == (cell.goal, cell.key)]
        return same[: same.index(cell)]

    def put(self, goal: Goal, **fields: Any) -> None:
        self.report = with_goal(self.report, goal, replace(goal, **fields))


def edit(path: Path, to: Path, rng: Random) -> Deck:
    """Make some edits of content, and some that change none; the deck is written to a file."""
    deck = Deck(path)
    for change, many in ((CONTENT, rng.randint(0, 3)), (OTHER, rng.randint(0, 3))):
        for _ in range(many):
            done = rng.choice(change)
            if done(deck, rng):
                deck.told.append(done.__name__)
    deck.presentation.save(str(to))
    return deck


def _choose(deck: Deck, rng: Random, key: str, fits: Callable[[Cell], bool] = lambda _: True) -> Cell | None:
    """Choose a cell that was not edited yet: a second edit of one would have to know of the first."""
    free = [
        cell
        for cell in deck.cells
        if cell.key == key and cell.said.paragraphs and (cell.goal, key) not in deck.touched and fits(cell)
    ]
    if not free:
        return None
    cell = rng.choice(free)
    deck.touched.add((cell.goal, key))
    return cell


def _retype(paragraph: Any, text: str) -> None:
    """Type a text over that of a paragraph: it keeps the look of its first run."""
    first, *others = [child for child in paragraph if child.tag in (f"{A}r", f"{A}br")]
    first.find(f"{A}t").text = text
    for other in others:
        paragraph.remove(other)


def score(deck: Deck, rng: Random) -> bool:
    # A score of an assessed goal is given; 1, 2 and 5 may not go with every status without a remark.
    cell = _choose(deck, rng, "score", lambda cell: deck.goal(cell).score is not None)
    if cell is None:
        return False
    goal = deck.goal(cell)
    new = rng.choice([value for value in (3, 4) if value != goal.score])
    _retype(cell.paragraphs[0], rng.choice([f"{new}", f"{new},0", f" {new} "]))
    deck.put(goal, score=new)
    return True


def status(deck: Deck, rng: Random) -> bool:
    cell = _choose(deck, rng, "achieved", lambda cell: deck.goal(cell).score in (3, 4))
    if cell is None:
        return False
    goal = deck.goal(cell)
    new = rng.choice([value for value in WORDS if value is not goal.achieved])
    _retype(cell.paragraphs[0], rng.choice(WORDS[new]))
    deck.put(goal, achieved=new)
    return True


def _reworded(text: str, offset: int, nth: int) -> str:
    """Put the word in after the nth space from an offset on."""
    at = offset - 1
    for _ in range(nth + 1):
        at = text.index(" ", at + 1)
    return f"{text[: at + 1]}{WORD} {text[at + 1 :]}"


def _reword(paragraph: Any, rng: Random) -> int | None:
    """Type a word into a paragraph of the deck; return after how many of its spaces."""
    runs = [child for child in paragraph if child.tag == f"{A}r"]
    text = "".join(run.findtext(f"{A}t") for run in runs).rstrip()
    spaces = text.count(" ")
    if not spaces:
        return None
    nth = left = rng.randrange(spaces)
    for run in runs:
        words = run.find(f"{A}t")
        if left < words.text.count(" "):
            words.text = _reworded(words.text, 0, left)
            return nth
        left -= words.text.count(" ")
    raise AssertionError(text)


def _texts(goal: Goal, key: str) -> list[str]:
    if key == "goal":
        return [goal.text]
    if key == "assessment":
        return list(goal.assessment)
    return [text for subgoal in goal.subgoals for text in (subgoal.text, *subgoal.items)]


def _with_texts(goal: Goal, key: str, texts: list[str]) -> dict[str, Any]:
    if key == "goal":
        return {"text": texts[0]}
    if key == "assessment":
        return {"assessment": tuple(texts)}
    left = iter(texts)
    return {"subgoals": tuple(Subgoal(next(left), tuple(next(left) for _ in one.items)) for one in goal.subgoals)}


def word(deck: Deck, rng: Random) -> bool:
    """Put a word into a goal, a subgoal or an assessment, on any of the slides that it stands on."""
    cell = _choose(deck, rng, rng.choice(["goal", "subgoals", "assessment", "assessment"]))
    if cell is None:
        return False
    goal, number = deck.goal(cell), rng.randrange(len(cell.paragraphs))
    earlier = deck.before(cell)
    is_repeated = cell.key == "goal" and all(part.said.paragraphs[0].text == goal.text for part in earlier[:1])
    pieces = [piece for part in ([] if is_repeated else earlier) for piece in part.said.paragraphs]
    pieces += cell.said.paragraphs[: number + 1]
    at = sum(not piece.continued for piece in pieces) - 1
    start = max(n for n, piece in enumerate(pieces) if not piece.continued)
    offset = sum(len(piece.text) for piece in pieces[start:-1])
    texts = _texts(goal, cell.key)
    # What a deck does not show would be counted by the offset; the mark of a later part is no word of the goal.
    if "\u00ad" in texts[at] or (is_repeated and earlier):
        return False
    nth = _reword(cell.paragraphs[number], rng)
    if nth is None:
        return False
    texts[at] = _reworded(texts[at], offset, nth)
    deck.put(goal, **_with_texts(goal, cell.key, texts))
    return True


def new_paragraph(deck: Deck, rng: Random) -> bool:
    cell = _choose(deck, rng, "assessment", _is_last)
    if cell is None:
        return False
    last = cell.paragraphs[-1]
    new = deepcopy(last)
    _retype(new, NEW)
    last.addnext(new)
    goal = deck.goal(cell)
    deck.put(goal, assessment=(*goal.assessment, NEW))
    return True


def _is_last(cell: Cell) -> bool:
    return cell.row.split is None or cell.row.split[0] == cell.row.split[1]


def no_paragraph(deck: Deck, rng: Random) -> bool:
    cell = _choose(deck, rng, "assessment", lambda cell: cell.row.split is None and len(cell.paragraphs) > 1)
    if cell is None:
        return False
    goal, number = deck.goal(cell), rng.randrange(len(cell.paragraphs))
    rest = (*goal.assessment[:number], *goal.assessment[number + 1 :])
    if sum(map(len, rest)) < 40:
        return False
    cell.body.remove(cell.paragraphs[number])
    deck.put(goal, assessment=rest)
    return True


def subgoal(deck: Deck, rng: Random) -> bool:
    """Add a subgoal, or an item of one, at the end."""
    cell = _choose(deck, rng, "subgoals", lambda cell: cell.row.split is None)
    if cell is None:
        return False
    goal, last = deck.goal(cell), cell.paragraphs[-1]
    new = deepcopy(last)
    _retype(new, "Uusi kohta listassa")
    last.addnext(new)
    *others, end = goal.subgoals
    if cell.said.paragraphs[-1].level == 2:
        deck.put(goal, subgoals=(*others, replace(end, items=(*end.items, "Uusi kohta listassa"))))
    else:
        deck.put(goal, subgoals=(*goal.subgoals, Subgoal("Uusi kohta listassa")))
    return True


def deeper(deck: Deck, rng: Random) -> bool:
    """Make the last subgoal an item of the one above it."""
    cell = _choose(deck, rng, "subgoals", lambda cell: cell.row.split is None and len(deck.goal(cell).subgoals) > 1)
    if cell is None or deck.goal(cell).subgoals[-1].items:
        return False
    cell.paragraphs[-1].find(f"{A}pPr").set("lvl", "1")
    goal = deck.goal(cell)
    *others, above, last = goal.subgoals
    deck.put(goal, subgoals=(*others, replace(above, items=(*above.items, last.text))))
    return True


def fewer(deck: Deck, rng: Random) -> bool:
    """Remove the first subgoal with its items."""
    cell = _choose(deck, rng, "subgoals", lambda cell: cell.row.split is None and len(deck.goal(cell).subgoals) > 1)
    if cell is None:
        return False
    goal = deck.goal(cell)
    for paragraph in cell.paragraphs[: 1 + len(goal.subgoals[0].items)]:
        cell.body.remove(paragraph)
    deck.put(goal, subgoals=goal.subgoals[1:])
    return True


# What changes no content.


def add_slide(deck: Deck, rng: Random) -> bool:
    slide = deck.presentation.slides.add_slide(rng.choice(list(deck.presentation.slide_layouts)))
    if slide.shapes.title is not None:
        slide.shapes.title.text = OWN_TITLE
    _move(deck, len(deck.presentation.slides) - 1, rng)
    return True


def move_slide(deck: Deck, rng: Random) -> bool:
    _move(deck, rng.randrange(len(deck.presentation.slides)), rng)
    return True


def _move(deck: Deck, number: int, rng: Random) -> None:
    slides = deck.presentation.slides._sldIdLst
    entry = slides[number]
    slides.remove(entry)
    slides.insert(rng.randrange(len(slides) + 1), entry)


def hide_slide(deck: Deck, rng: Random) -> bool:
    rng.choice(list(deck.presentation.slides))._element.set("show", "0")
    return True


def notes(deck: Deck, rng: Random) -> bool:
    rng.choice(list(deck.presentation.slides)).notes_slide.notes_text_frame.text = OWN_NOTES
    return True


def text_box(deck: Deck, rng: Random) -> bool:
    box = rng.choice(list(deck.presentation.slides)).shapes.add_textbox(Pt(10), Pt(10), Pt(200), Pt(40))
    box.text_frame.text = OWN_BOX
    return True


def duplicated(presentation: Any, number: int) -> Any:
    """Duplicate a slide (from 0) as PowerPoint does, with the tag that names it; return the new one, behind it."""
    old = presentation.slides[number]
    new = presentation.slides.add_slide(old.slide_layout)
    for shape in list(new.shapes):
        shape._element.getparent().remove(shape._element)
    names = {
        one.rId: new.part.relate_to(one._target, one.reltype, one.is_external)
        for one in old.part.rels.values()
        if not one.reltype.endswith(("/slideLayout", "/notesSlide"))
    }
    data = old._element.find(".//{*}cSld/{*}custDataLst")
    for shape in [*old.shapes._spTree][2:]:
        new.shapes._spTree.append(deepcopy(shape))
    if data is not None:
        new.shapes._spTree.addnext(deepcopy(data))
    for element in new._element.iter():
        for name, id in element.attrib.items():
            if name.startswith(R) and id in names:
                element.set(name, names[id])
    slides = presentation.slides._sldIdLst
    slides.insert(number + 1, slides[-1])
    return new


def _tables(deck: Deck) -> list[Any]:
    return [shape for slide in deck.presentation.slides for shape in slide.shapes if shape.has_table]


def delete_table(deck: Deck, rng: Random) -> bool:
    """Delete a table of which nothing was edited: its goals stay as they were."""
    edited = {goal for goal, _ in deck.touched}
    touched = {cell.body.getroottree().getroot() for cell in deck.cells if cell.goal in edited}
    tables = [t for t in _tables(deck) if t._element.getroottree().getroot() not in touched]
    if not tables:
        return False
    frame = rng.choice(tables)._element
    frame.getparent().remove(frame)
    return True


def resize_columns(deck: Deck, rng: Random) -> bool:
    if not (tables := _tables(deck)):
        return False
    for column in rng.choice(tables).table.columns:
        column.width = round(column.width * rng.uniform(0.7, 1.2))
    return True


def move_row(deck: Deck, rng: Random) -> bool:
    if not (tables := [table for table in _tables(deck) if len(table.table.rows) > 2]):
        return False
    rows = rng.choice(tables)._element.findall(f".//{A}tr")[1:]
    rows[0].getparent().append(rows[0])
    return True


def own_row(deck: Deck, rng: Random) -> bool:
    """Add a row by hand, which PowerPoint gives an id of its own."""
    if not (tables := _tables(deck)):
        return False
    last = rng.choice(tables)._element.findall(f".//{A}tr")[-1]
    new = deepcopy(last)
    for element in new.iter("{http://schemas.microsoft.com/office/drawing/2014/main}rowId"):
        element.set("val", str(rng.randrange(2**31)))
    for cell in new.findall(f"{A}tc"):
        for paragraph in cell.findall(f".//{A}p"):
            for run in [child for child in paragraph if child.tag in (f"{A}r", f"{A}br")]:
                paragraph.remove(run)
    paragraph = new.findall(f".//{A}p")[0]
    paragraph.insert(len(paragraph.findall(f"{A}pPr")), _run(OWN_ROW))
    last.addnext(new)
    return True


def _run(text: str) -> Any:
    run = etree.Element(f"{A}r")
    etree.SubElement(run, f"{A}t").text = text
    return run


def bold_word(deck: Deck, rng: Random) -> bool:
    """Split a run in two, one of them bold: the text stays."""
    runs = [run for cell in deck.cells for run in cell.body.iter(f"{A}r") if len(run.findtext(f"{A}t") or "") > 20]
    if not runs:
        return False
    run = rng.choice(runs)
    other = deepcopy(run)
    text = run.findtext(f"{A}t")
    at = rng.randrange(1, len(text))
    run.find(f"{A}t").text, other.find(f"{A}t").text = text[:at], text[at:]
    other.find(f"{A}rPr").set("b", "1")
    run.addnext(other)
    return True


def _rows(deck: Deck) -> list[tuple[Any, list[Any]]]:
    """Return the tables with the rows of their goals, of which nothing was edited."""
    bodies: dict[Any, set[tuple[str, str]]] = {}
    for cell in deck.cells:
        bodies.setdefault(cell.body.getparent().getparent(), set()).add((cell.goal, cell.key))
    edited = {goal for goal, _ in deck.touched}
    return [
        (table._element.find(f".//{A}tbl"), rows)
        for table in _tables(deck)
        if (
            rows := [r for r in table._element.iter(f"{A}tr") if r in bodies and not {g for g, _ in bodies[r]} & edited]
        )
    ]


def split_table(deck: Deck, rng: Random) -> bool:
    """Split a table over two slides: the slide is duplicated, and other rows are deleted on each."""
    tables = [(table, rows) for table in _tables(deck) if len(rows := table._element.findall(f".//{A}tr")[1:]) > 1]
    tables = [
        (table, rows) for table, rows in tables if any(c.body.getparent().getparent() in rows for c in deck.cells)
    ]
    if not tables:
        return False
    table, rows = rng.choice(tables)
    number = [slide.part for slide in deck.presentation.slides].index(table.part)
    copy = next(shape for shape in duplicated(deck.presentation, number).shapes if shape.has_table)
    grid = copy._element.find(f".//{A}tbl")
    for row in grid.findall(f"{A}tr")[1:]:
        grid.remove(row)
    grid.extend(rows[rng.randrange(1, len(rows)) :])
    return True


def merged_cells(deck: Deck, rng: Random) -> bool:
    """Merge two cells of a row, as PowerPoint does: the first has the texts of both."""
    if not (tables := _rows(deck)):
        return False
    cells = rng.choice(rng.choice(tables)[1]).findall(f"{A}tc")
    at = rng.randrange(len(cells) - 1)
    if any(cell.get("gridSpan") or cell.get("hMerge") for cell in cells):
        return False
    one, other = cells[at : at + 2]
    one.set("gridSpan", "2")
    other.set("hMerge", "1")
    paragraphs = other.findall(f"{A}txBody/{A}p")
    one.find(f"{A}txBody").extend(paragraphs)
    other.find(f"{A}txBody").append(etree.Element(f"{A}p"))
    return True


def link(deck: Deck, rng: Random) -> bool:
    """Link the words of a cell to an address."""
    runs = [run for _, rows in _rows(deck) for row in rows for run in row.iter(f"{A}r") if run.findtext(f"{A}t")]
    if not runs:
        return False
    run = rng.choice(runs)
    part = next(s.part for s in deck.presentation.slides if s._element is run.getroottree().getroot())
    properties = run.find(f"{A}rPr")
    if properties.find(f"{A}hlinkClick") is not None:
        return False
    element = etree.SubElement(properties, f"{A}hlinkClick")
    element.set(f"{R}id", part.relate_to(OWN_ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return True


def footers(deck: Deck, _: Random) -> bool:
    """Set a footer on all slides."""
    for slide in deck.presentation.slides:
        box = slide.shapes.add_textbox(Pt(300), Pt(520), Pt(300), Pt(16))
        box.text_frame.text = FOOTER
    return True


def other_title(deck: Deck, rng: Random) -> bool:
    """Write other words in a title, before its x/n."""
    titles = [slide.shapes.title for slide in deck.presentation.slides if slide.shapes.title is not None]
    runs = [run for title in titles for run in title.text_frame.paragraphs[0].runs[:1]]
    if not runs:
        return False
    rng.choice(runs).text = f"{OWN_TITLE} {rng.randrange(1000)} "
    return True


def copied_slide(deck: Deck, rng: Random) -> bool:
    """Duplicate a slide with all that is on it."""
    duplicated(deck.presentation, rng.randrange(len(deck.presentation.slides)))
    return True


CONTENT = (score, status, word, word, word, new_paragraph, no_paragraph, subgoal, deeper, fewer)
OTHER = (
    add_slide, move_slide, hide_slide, notes, text_box, delete_table, resize_columns, move_row, own_row, bold_word,
    split_table, merged_cells, link, footers, other_title, copied_slide,
)  # fmt: skip
