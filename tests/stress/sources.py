"""A report → a source that can be loaded: a folder of YAML, or a table as CSV. Knows nothing of how it is drawn."""

import csv
import json
from pathlib import Path
from typing import Any

from raportti.report.model import SCORES, Achieved, Goal, Guideline, Report, Strategy, Subgoal
from raportti.source import names

STATUS = {Achieved.YES: "KYLLÄ", Achieved.PARTLY: "OSITTAIN", Achieved.NO: "EI", Achieved.NOT_ASSESSED: "EI ARVIOITU"}


def write_yaml(report: Report, folder: Path) -> Path:
    """Write a report as a folder of YAML; JSON is YAML too (YAML 1.2, 1.3)."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / names.REPORT_FILE
    file.write_text(json.dumps(_report(report), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return folder


def write_csv(report: Report, file: Path) -> Path:
    """Write the goals of a report as a table, which has no place for titles, language and page breaks."""
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, delimiter=";")
        rows.writerow(name for name in names.COLUMNS if name != "Vastuutaho")
        for strategy in report.strategies:
            for guideline in strategy.guidelines:
                rows.writerows((strategy.name, guideline.name, *_cells(goal)) for goal in guideline.goals)
    return file


def _cells(goal: Goal) -> tuple[str, ...]:
    lists = [line for subgoal in goal.subgoals for line in (f"• {subgoal.text}", *(f"- {i}" for i in subgoal.items))]
    score = "" if goal.score is None else str(goal.score)
    return goal.id, goal.text, "\n".join(lists), STATUS[goal.achieved], score, "\n\n".join(goal.assessment)


def _report(report: Report) -> dict[str, Any]:
    return _given(
        otsikko=report.title,
        organisaatio=report.organisation,
        kieli=report.language,
        kokous=report.meeting,
        päivämäärä=report.date and report.date.isoformat(),
        asianumero=report.case_number,
        liitenumero=report.attachment_number,
        arviointiasteikko=report.scale and {str(grade): text for grade, text in zip(SCORES, report.scale, strict=True)},
        strategiat=[_strategy(strategy) for strategy in report.strategies],
    )


def _strategy(strategy: Strategy) -> dict[str, Any]:
    return _given(
        nimi=strategy.name,
        yläkulma=strategy.tag,
        asteikon_otsikko=strategy.scale_title,
        yhteenvedon_otsikko=strategy.summary_title,
        yhteenvedon_lause=strategy.summary_sentence,
        taulukon_otsikko=strategy.table_title,
        linjaukset=[_guideline(guideline) for guideline in strategy.guidelines],
    )


def _guideline(guideline: Guideline) -> dict[str, Any]:
    return {"nimi": guideline.name, "tavoitteet": [_goal(goal) for goal in guideline.goals]}


def _goal(goal: Goal) -> dict[str, Any]:
    return _given(
        tunnus=goal.id,
        tavoite=goal.text,
        alatavoitteet=[_subgoal(subgoal) for subgoal in goal.subgoals] or None,
        saavutettu=STATUS[goal.achieved],
        arviointi=goal.score and str(goal.score),
        sanallinen_arviointi="\n\n".join(goal.assessment) or None,
        sivunvaihto_ennen="kyllä" if goal.break_before else None,
    )


def _subgoal(subgoal: Subgoal) -> Any:
    return {"teksti": subgoal.text, "kohdat": list(subgoal.items)} if subgoal.items else subgoal.text


def _given(**values: Any) -> dict[str, Any]:
    """Leave out what is not given."""
    return {name: value for name, value in values.items() if value is not None}
