"""``raportti inspect``: what is wrong in a deck, as a table or as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from raportti import api
from raportti.cli.language import count, language, say
from raportti.cli.options import layout_option, located_layout
from raportti.cli.terminal import PROBLEMS, ending_well, show
from raportti.decks.inspect import Inspection, MeasuredTable
from raportti.problems import Problem, SlidePlace
from raportti.problems.messages import as_json, safe, what_and_how_much
from raportti.units import as_pt


@click.command(
    "inspect",
    help=say("Judge any deck: what runs over, what does not add up, what keeps a reader from it; change nothing."),
)
@click.argument("deck", type=click.Path(path_type=Path))
@layout_option
@click.option("--json", "as_values", is_flag=True, help=say("Print the findings and every table's heights as JSON."))
def command(deck: Path, layout: str | None, as_values: bool) -> None:
    """Inspect a deck."""
    with ending_well():
        inspection = api.inspect_deck(deck, layout=located_layout(layout))
        if as_values:
            click.echo(json.dumps(_values(inspection), ensure_ascii=False, indent=1))
        else:
            for line in _table(inspection.findings):
                click.echo(line)
        show(inspection.remarks)
        click.echo(_closing(inspection), err=True)
        if inspection.findings:
            raise click.exceptions.Exit(PROBLEMS)


def _table(findings: tuple[Problem, ...]) -> Iterator[str]:
    """Write findings in columns as wide as what stands in them; without findings there is no table."""
    if not findings:
        return
    head = (say("slide"), say("what"), say("where"), say("how much"))
    rows = [head, *(_row(finding) for finding in findings)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for slide, *others in rows:
        cells = (text.ljust(width) for text, width in zip(others, widths[1:], strict=True))
        yield "  ".join((slide.rjust(widths[0]), *cells)).rstrip()


def _row(finding: Problem) -> tuple[str, str, str, str]:
    what, much = what_and_how_much(finding, language())
    slide, shape = _where(finding)
    return str(slide or ""), what, shape, much


def _where(finding: Problem) -> tuple[int | None, str]:
    place = finding.place
    return (place.slide, safe(place.shape or "")) if isinstance(place, SlidePlace) else (None, "")


def _values(inspection: Inspection) -> dict[str, object]:
    return {
        "deck": safe(inspection.file),
        "slides": inspection.slides,
        "findings": [_finding(finding) for finding in inspection.findings],
        "remarks": [as_json(remark, language()) for remark in inspection.remarks],
        "tables": [_heights(table) for table in inspection.tables],
    }


def _finding(finding: Problem) -> dict[str, object]:
    """Give a finding as values: its numbers as they are, its words in the user's language."""
    return {**as_json(finding, language()), "values": dict(finding.values)}


def _heights(table: MeasuredTable) -> dict[str, object]:
    """Give the heights of a table in points."""
    return {
        "slide": table.slide,
        "name": table.name,
        "height": round(as_pt(table.box.h), 2),
        "grown": round(as_pt(table.grown), 2),
        "rows": [round(as_pt(height), 2) for height in table.rows],
    }


def _closing(inspection: Inspection) -> str:
    slides = count("{n} slide", "{n} slides", inspection.slides)
    findings = count("{n} finding", "{n} findings", len(inspection.findings))
    return f"{slides}, {findings}"
