"""Pages made by hand that stand before the tables: cover, scale, summary."""

from collections.abc import Sequence

from plan_parts import (
    AVERAGE,
    BRAND,
    FIRST,
    GRADE,
    LEGEND,
    LEGEND_GRADE,
    PANEL,
    PAPER,
    REPORT,
    RULE,
    SCALE,
    SECOND,
    SKY,
    SUMMARY,
    SUMMARY_HEAD,
    SUMMARY_MARGINS,
    TITLE,
    box,
    centred,
    frame,
    head_cell,
    one,
    paragraph,
    split_frame,
    style,
)
from raportti.plan import Anchor, Cell, CellKind, Disc, Item, Page, PageKind, Panel, Role, Row, Table, TextBox
from raportti.plan.typeset import Bullet
from raportti.units import Emu, pt


def cover_page() -> Page:
    title = paragraph("Yhteisten ", "tavoitteiden ", "arviointi", look=style(54, 62, PAPER, bold=True))
    mark = Bullet("•", style(18, 28, SKY))
    strategies = (
        paragraph(name, look=style(18, 28, PAPER), bullet=mark, indent=16, hang=16) for name in (FIRST, SECOND)
    )
    small = style(12, 17, PAPER)
    colophon = (
        paragraph("Länsi-Uudenmaan hyvinvointialue", look=small),
        paragraph("Aluehallitus 17.2.2025, liite 1", look=small),
    )
    items = (
        TextBox(Role.TITLE, box(80, 56, 520, 262), (title,), Anchor.BOTTOM, heading=1),
        TextBox(Role.STRATEGIES, box(80, 342, 520, 124), tuple(strategies), is_list=True),
        TextBox(Role.COLOPHON, box(80, 472, 620, 40), tuple(colophon), Anchor.BOTTOM),
    )
    return Page(1, PageKind.COVER, REPORT, items, box(80, 56, 520, 262))


GRADES = (
    ("5", "Tavoitteessa edistytty suunnitelman mukaisesti erinomaisin tuloksin"),
    ("4", "Tavoitteessa edistytty pääosin suunnitelman mukaisesti hyvin tuloksin"),
    ("3", "Tavoitteessa edistytty kohtalaisesti ja sen saavuttaminen todennäköistä, mutta joitakin haasteita"),
    ("2", "Tavoitteessa edistyminen merkittävästi jäljessä suunnitelmasta ja onnistuminen epävarmaa"),
    ("1", "Ei toteutettu suunnitelman mukaisia toimenpiteitä tavoitteen edistämiseksi"),
)


def scale_page() -> Page:
    title = paragraph("Hyvinvointialuestrategian yhteiset tavoitteet - ", "Arviointiasteikko", look=TITLE)
    discs = [Disc(box(40, 128 + 60 * n, 44, 44), BRAND) for n in range(len(GRADES))]
    grades = tuple(
        paragraph(f"= {text}", look=SCALE, bullet=Bullet(grade, GRADE), indent=67, hang=67 - 16, before=38)
        for grade, text in GRADES
    )
    head, foot = split_frame(frame(2, title, FIRST, heading=2))
    items = (*head, *discs, TextBox(Role.SCALE, box(40, 139, 880, 262), grades, is_list=True), *foot)
    return Page(2, PageKind.SCALE, title.text, items, box(40, 128, 880, 375), FIRST.upper(), strategy=FIRST)


def _summary_row(y: Emu, lines: Sequence[str], goals: str, average: str, yes: str, partly: str) -> Row:
    name = Cell("guideline", 0, (paragraph(*lines, look=SUMMARY),), CellKind.ROW_HEADER)
    cells = (
        name,
        centred("goals", 1, goals, SUMMARY),
        centred("average", 2, average, AVERAGE),
        centred("yes", 3, yes, SUMMARY),
        centred("partly", 4, partly, SUMMARY),
    )
    return Row(cells, y, pt(52))


def _summary_table() -> Table:
    top = (
        head_cell("guideline", 0, "Strateginen linjaus", look=SUMMARY_HEAD, rows=2),
        head_cell("goals", 1, "Tavoitteiden ", "lukumäärä", look=SUMMARY_HEAD, rows=2),
        head_cell("average", 2, "Keskiarvo ", "tilanteesta", look=SUMMARY_HEAD, rows=2),
        head_cell("completed", 3, "Valmistuneita ", "tavoitteita", look=SUMMARY_HEAD, columns=2),
    )
    below = (
        head_cell("yes", 3, "Kyllä", look=SUMMARY_HEAD),
        head_cell("partly", 4, "Osittain", look=SUMMARY_HEAD),
    )
    return Table(
        box=box(40, 146, 572, 196),
        columns=(pt(221), pt(98), pt(119), pt(62), pt(72)),
        header=(Row(top, pt(146), pt(46)), Row(below, pt(192), pt(46))),
        rows=(
            _summary_row(pt(238), ("Edistämme asukkaidemme ", "hyvinvointia ja turvallisuutta"), "6", "3,8", "3", "3"),
            _summary_row(pt(290), ("Järjestämme ja uudistamme ", "palveluja kestävällä tavalla"), "7", "–", "0", "0"),
        ),
        margins=SUMMARY_MARGINS,
        rule_colour=RULE,
        rule_width=pt(0.75),
        slacks=(pt(1), pt(1), pt(1), pt(0.5), pt(0.5)),
        name="Yhteenveto",
        description="Taulukko: Hyvinvointialuestrategia, yhteenveto linjauksittain, 2 linjausta",
    )


LEGEND_LINES = (
    ("5", " = Tavoitteessa edistytty suunnitelman ", "mukaisesti erinomaisin tuloksin"),
    ("4", " = Tavoitteessa edistytty pääosin ", "suunnitelman mukaisesti hyvin tuloksin"),
)


def summary_page() -> Page:
    title = paragraph(
        "Yhteenveto hyvinvointialuestrategiassa asetetuista ", "yhteisistä pitkän aikavälin tavoitteista", look=TITLE
    )
    sentence = "Hyvinvointialuestrategiassamme on asetettu 13 valtuustokauden tavoitetta."
    legend = tuple(
        paragraph([(grade, LEGEND_GRADE), (first, LEGEND)], second, look=LEGEND, before=6)
        for grade, first, second in LEGEND_LINES
    )
    head, foot = split_frame(frame(3, title, FIRST, heading=2))
    items: tuple[Item, ...] = (
        *head,
        one(Role.SENTENCE, box(40, 104, 880, 22), sentence, style(16, 22)),
        _summary_table(),
        Panel(box(632, 146, 288, 121), PANEL),
        one(Role.LEGEND_TITLE, box(648, 162, 256, 17), "Arviointiasteikko", style(13, 17, bold=True)),
        TextBox(Role.LEGEND, box(648, 185, 256, 66), legend, is_list=True),
        *foot,
    )
    return Page(3, PageKind.SUMMARY, title.text, items, box(40, 146, 572, 357), FIRST.upper(), strategy=FIRST)
