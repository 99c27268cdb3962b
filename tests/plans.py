"""Plans made by hand, with an item of every kind: what the tests of the renderers share.

Line ends are those of the default layout's fonts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from plan_front import cover_page, scale_page, summary_page
from plan_parts import (
    BULLET,
    CONTINUED,
    FIRST,
    GOALS_MARGINS,
    INKS,
    PART,
    REPORT,
    RULE,
    SCORE,
    SECOND,
    TEXT,
    TINTS,
    TITLE,
    box,
    centred,
    frame,
    head_cell,
    paragraph,
    split_frame,
    style,
)
from raportti.plan import Cell, CellKind, Page, PageKind, Plan, Properties, Row, Table
from raportti.plan.typeset import Box, Bullet, Paragraph, Style, height_of
from raportti.units import Emu, pt


def _goal_row(
    y: Emu,
    goal: str | None,
    texts: Sequence[tuple[Paragraph, ...]],
    status: str,
    score: str,
    split: tuple[int, int] | None = None,
) -> Row:
    """Make a goal's row of the texts of its outer columns: goal, subgoals where there are any, assessment."""
    *before, assessment = texts
    keys = ("goal", "subgoals")[: len(before)]
    cells = [
        Cell(key, n, text, CellKind.DATA if n else CellKind.ROW_HEADER, is_list=bool(n))
        for n, (key, text) in enumerate(zip(keys, before, strict=True))
    ]
    look = style(11, 13.4, INKS[status], bold=True)
    cells += [
        centred("achieved", len(cells), status, look, TINTS[status]),
        centred("score", len(cells) + 1, score, SCORE),
        Cell("assessment", len(cells) + 2, assessment),
    ]
    height = max(height_of(cell.paragraphs) for cell in cells) + GOALS_MARGINS.top + GOALS_MARGINS.bottom
    return Row(tuple(cells), y, height, goal, split)


def _texts(*lines: str | Sequence[tuple[str, Style]]) -> tuple[Paragraph, ...]:
    return (paragraph(*lines, look=TEXT),)


def _goals_table(columns: Iterable[float], top: float, rows: Iterable[Row], name: str) -> Table:
    widths = tuple(map(pt, columns))
    heads = [
        ("goal", ("Tavoite",)),
        ("subgoals", ("Alatavoitteet",)),
        ("achieved", ("Tavoite ", "saavu\u00ad", "tettu?")),
        ("score", ("Arviointi ", "(1-5)")),
        ("assessment", ("Sanallinen arviointi (tiivistelmä)",)),
    ]
    if len(widths) == 4:
        del heads[1]
    header = Row(tuple(head_cell(key, n, *lines) for n, (key, lines) in enumerate(heads)), pt(top), pt(47.4))
    y, placed = header.y + header.h, []
    for row in rows:
        placed.append(replace(row, y=y))
        y += row.h
    place = Box(pt(40), pt(top), sum(widths), y - pt(top))
    description = f"Taulukko: {name}, {len(placed)} {'tavoite' if len(placed) == 1 else 'tavoitetta'}"
    return Table(
        place,
        widths,
        (header,),
        tuple(placed),
        GOALS_MARGINS,
        RULE,
        pt(0.75),
        (pt(1),) * len(widths),
        name,
        description,
    )


HARD_TEXT = "{{ x }} <script>alert(1)</script> & =1+1 \"lainaus\" 'heitto' C:\\polku"
"""Text that a template, a page or a spreadsheet would take for more than text."""


def _short_table() -> Page:
    goals = "Strateginen linjaus: Edistämme asukkaidemme "
    title = paragraph(goals, [("hyvinvointia ja turvallisuutta ", TITLE), ("1/2", PART)], look=TITLE)
    rows = (
        _goal_row(0, "H1.1", (
            _texts("Asiakkaiden tyytyväisyys palveluihin ja ", "niiden saatavuuteen paranee."),
            _texts("Palvelujen saatavuutta on onnistuttu parantamaan strategiakaudella lähes kaikissa ",
                   "hyvinvointialueen palveluissa. Asiakastyytyväisyys on pysynyt korkealla tasolla, ja sen ",
                   "mittaaminen on kehittynyt strategiakauden aikana. Ei ole kuitenkaan varmaa näyttöä siitä, onko ",
                   "asiakastyytyväisyys parantunut strategiakaudella."),
        ), "OSITTAIN", "4"),
        _goal_row(0, "H1.2", (
            _texts("Asiakkaiden osallisuus- ja ", "vaikuttamismahdollisuudet vahvistuvat."),
            (*_texts("Osallisuusohjelma on laadittu ja siitä päätetty aluehallituksessa vuoden 2023 aikana."),
             paragraph(HARD_TEXT, look=TEXT, before=6)),
        ), "KYLLÄ", "4"),
        _goal_row(0, "H1.3", (
            _texts("Matalan kynnyksen palveluja ", "vahvistetaan kaikissa ikäryhmissä."), (),
        ), "EI ARVIOITU", "–"),
    )  # fmt: skip
    table = _goals_table((226.15, 72, 66.4, 515.45), 96, rows, f"{goals}hyvinvointia ja turvallisuutta 1/2")
    head, foot = split_frame(frame(4, title, FIRST, heading=3, continues=True))
    return Page(
        4, PageKind.TABLE, title.text, (*head, table, *foot), box(40, 96, 880, 407), FIRST.upper(), (1, 2),
        continues=True, strategy=FIRST, guideline="Edistämme asukkaidemme hyvinvointia ja turvallisuutta",
    )  # fmt: skip


def _subgoals() -> tuple[Paragraph, ...]:
    dot, dash = Bullet("•", BULLET), Bullet("–", BULLET, level=2)
    return (
        paragraph("Määritämme systemaattisen ", "asiakaskokemusmallin:", look=TEXT, bullet=dot, indent=8.5, hang=8.5),
        paragraph("miten keräämme palautetta", look=TEXT, bullet=dash, indent=17, hang=8.5),
        paragraph("miten toteutamme toimenpiteitä", look=TEXT, bullet=dash, indent=17, hang=8.5),
        paragraph("Asetamme asiakaskokemukselle tavoitteet ", "palvelukokonaisuuksittain.",
                  look=TEXT, bullet=dot, indent=8.5, hang=8.5),
    )  # fmt: skip


def _long_row(part: int) -> Row:
    """Make a part of a row that is taller than a page, cut within a paragraph of each flowing column."""
    goal = [("Länsi-Uudenmaan ", TEXT)]
    if part == 1:
        texts = (
            _texts(goal, "asiakaskokemus on ", "hyvinvointialueiden ", "paras."),
            _subgoals(),
            _texts("Hyvinvointialueen ensimmäisen valtuustokauden aikana on ",
                   "aloitettu asiakkaaksitulon kanavien kehittäminen, ks. ",
                   "https://www.luvn.fi/fi/asiointi/asiakkaaksitulonkanavienke\u200b",
                   "hittaminen ja sosiaali- ja terveydenhuollonpalvelutarpeenarvi\u00ad"),
        )  # fmt: skip
        return _goal_row(0, "P1.1", texts, "OSITTAIN", "3", (1, 2))
    rest = paragraph("(rivi jatkuu edelliseltä sivulta)", look=TEXT, indent=8.5, continued=True)
    texts = (
        _texts(goal, "asiakaskokemus on ", "hyvinvointialueiden ", [("paras. ", TEXT), ("(jatkuu)", CONTINUED)]),
        (rest,),
        (paragraph("oinnin yhtenäistäminen.", look=TEXT, continued=True),),
    )
    return _goal_row(0, "P1.1", texts, "OSITTAIN", "3", (2, 2))


def _subgoal_pages() -> tuple[Page, ...]:
    last = _goal_row(0, "P1.2", (
        _texts("Palvelumme vas\u00ad", "taavat väestön ", "tarpeisiin."),
        (paragraph("Varmistamme palvelut.", look=TEXT, bullet=Bullet("•", BULLET), indent=8.5, hang=8.5),),
        _texts("Ei toteutettu."),
    ), "EI", "1")  # fmt: skip
    pages: list[Page] = []
    for part, rows in ((1, (_long_row(1),)), (2, (_long_row(2), last))):
        title = paragraph([("Asiakastavoitteet ", TITLE), (f"{part}/2", PART)], look=TITLE)
        table = _goals_table((118.9, 256.4, 70, 64.45, 370.25), 96, rows, f"Asiakastavoitteet {part}/2")
        head, foot = split_frame(frame(4 + part, title, SECOND, heading=3, continues=part == 1))
        pages.append(Page(
            4 + part, PageKind.TABLE, title.text, (*head, table, *foot), box(40, 96, 880, 407), SECOND.upper(),
            (part, 2), continues=part == 1, strategy=SECOND, guideline="Asiakastavoitteet",
        ))  # fmt: skip
    return tuple(pages)


def small_plan() -> Plan:
    """Make a plan of six pages: cover, scale, summary, a table without subgoals, one with a row over two pages."""
    properties = Properties(
        title=REPORT,
        language="fi-FI",
        author="Länsi-Uudenmaan hyvinvointialue",
        subject="Yhteisten tavoitteiden arviointi",
        keywords=(FIRST, SECOND),
        date="2025-02-17",
    )
    pages = (cover_page(), scale_page(), summary_page(), _short_table(), *_subgoal_pages())
    return Plan(pt(960), pt(540), pages, properties)
