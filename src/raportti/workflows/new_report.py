"""From a few answers, or from the report before, to the files of a new report: a folder of YAML files, or a workbook.

Does not know a terminal, and writes nothing. What is made is a draft: nothing in it is assessed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.problems.messages import text
from raportti.report.model import Achieved, Goal, Guideline, Report, Strategy
from raportti.source.names import REPORT_FILE
from raportti.source.plain import status_words
from raportti.source.rewriting import make_source, require_empty
from raportti.source.stand_ins import Reports, bare_of, filled
from raportti.source.yaml_notes import Note, with_notes

BETWEEN_LANGUAGES, AFTER_STRATEGY, BETWEEN_GUIDELINES = "|", ": ", ";"
"""How a strategy is typed: ``Palvelustrategia|Servicestrategi: Linjaus|Riktlinje; Toinen linjaus``."""

_SAMPLE: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "title": "Tavoitteiden arviointi",
        "organisation": "Hyvinvointialueen nimi",
        "strategy": "Palvelustrategia",
        "guideline": "Ensimmäinen linjaus",
        "goal": "Kirjoita tähän, mitä tavoitellaan.",
        "5": "Tavoite on saavutettu erinomaisesti",
        "4": "Tavoite on saavutettu pääosin",
        "3": "Tavoitteessa on edistytty, mutta työ on kesken",
        "2": "Tavoitteessa on edistytty selvästi suunniteltua vähemmän",
        "1": "Tavoitetta ei ole edistetty",
    },
    "sv": {
        "title": "Bedömning av målen",
        "organisation": "Välfärdsområdets namn",
        "strategy": "Servicestrategi",
        "guideline": "Den första riktlinjen",
        "goal": "Skriv här vad som ska uppnås.",
        "5": "Målet har uppnåtts med utmärkt resultat",
        "4": "Målet har i huvudsak uppnåtts",
        "3": "Arbetet med målet har framskridit men pågår fortfarande",
        "2": "Arbetet med målet har framskridit klart mindre än planerat",
        "1": "Inget arbete har gjorts för att nå målet",
    },
}
"""What a report says where nobody said it: data, in the languages of reports."""


_NO_TARGETS = (".csv", ".yaml", ".yml", ".xls", ".xlsm", ".ods", ".pptx", ".pdf")
"""What is no name of a folder, although nothing forbids it."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """What is known of a new report; texts as they were typed, in two languages with ``|`` between them.

    ``strategies`` are typed as above, with the guidelines of each. What is None or empty is that of the sample, or with
    ``based_on``, a source, of that.
    """

    languages: tuple[str, ...] = ("fi",)
    organisation: str | None = None
    title: str | None = None
    strategies: tuple[str, ...] = ()
    based_on: Path | str | None = None


def sample_text(field: str, languages: Sequence[str]) -> str:
    """Return what the sample says of a field, as it would be typed."""
    return BETWEEN_LANGUAGES.join(_SAMPLE[language][field] for language in languages)


def new_files(target: Path, asked: NewReport, words: str) -> Mapping[Path, bytes]:
    """Return the files of a new report; its comments are in the language ``words``.

    Raises ``ProblemsFound`` where there is anything at the target, where it is no folder and no workbook, and where
    what it is based on cannot be read.
    """
    _require_free(target)
    reports = _next_of(asked) if asked.based_on else filled(_sample(asked))
    _require_named(reports, target)
    files = make_source(target, tuple(reports.values()))  # of a workbook too: what was typed is checked so
    if target.suffix.lower() == ".xlsx":
        # Imported here: openpyxl takes 0.2 s, and only a workbook needs it.
        from raportti.source.workbook.export import workbook_of

        sample = None if asked.based_on else _unanswered(reports, asked)
        return {target: workbook_of(reports, is_side_by_side=len(reports) > 1, sample=sample)}
    return {path: _explained(path, data.decode(), tuple(reports), words).encode() for path, data in files.items()}


def _require_free(target: Path) -> None:
    place = FilePlace(str(target))
    if target.suffix.lower() == ".xlsx" and (target.exists() or target.is_symlink()):
        raise ProblemsFound([Problem("new-exists", place)])
    if target.suffix.lower() in _NO_TARGETS:
        raise ProblemsFound([Problem("new-kind", place, {"suffix": target.suffix})])
    if target.suffix.lower() != ".xlsx":
        require_empty(target)


def _require_named(reports: Reports, target: Path) -> None:
    """Refuse names that are there twice, or empty: parts are found by their names."""
    own = next(iter(reports.values()))
    lists = [[s.name for s in own.strategies], *([g.name for g in s.guidelines] for s in own.strategies)]
    twice = [name for names in lists for at, name in enumerate(names) if name in names[:at] or not name]
    if twice:
        raise ProblemsFound(Problem("new-name", FilePlace(str(target)), {"value": name}) for name in twice)


def _next_of(asked: NewReport) -> Reports:
    """Return the frame of another report: all but what is of one meeting, and the assessments."""
    if asked.based_on is None:
        raise ValueError(asked)
    from raportti.source.workbook.export import reports_of

    frames = {language: _frame(report) for language, report in reports_of(Path(asked.based_on)).items()}
    given = {field: _in_languages(getattr(asked, field), tuple(frames)) for field in ("title", "organisation")}
    changed = {
        language: replace(frame, **{field: texts[language] for field, texts in given.items() if texts.get(language)})
        for language, frame in frames.items()
    }
    return filled(bare_of(changed))


def _frame(report: Report) -> Report:
    def goal(one: Goal) -> Goal:
        return replace(one, achieved=Achieved.MISSING, score=None, assessment=(), break_before=False)

    def guideline(one: Guideline) -> Guideline:
        return Guideline(one.name, tuple(map(goal, one.goals)))

    def strategy(one: Strategy) -> Strategy:
        return replace(one, guidelines=tuple(map(guideline, one.guidelines)))

    of_one_meeting = {"meeting": None, "date": None, "case_number": None, "attachment_number": None}
    return replace(report, strategies=tuple(map(strategy, report.strategies)), **of_one_meeting)


def _sample(asked: NewReport) -> Reports:
    """Return a report with a first goal in each guideline, by language; a text that nobody translated is empty."""
    typed = asked.strategies or (sample_text("strategy", asked.languages),)
    strategies = [_parsed(one, asked.languages) for one in typed]
    letters = _letters([names[asked.languages[0]] for names, _ in strategies])
    return {
        language: Report(
            title=_said(asked.title, "title", asked.languages)[language],
            organisation=_said(asked.organisation, "organisation", asked.languages)[language],
            language=language,
            scale=tuple(_SAMPLE[language][grade] for grade in "54321"),
            strategies=tuple(
                Strategy(names[language], _guidelines(guidelines, letter, language))
                for (names, guidelines), letter in zip(strategies, letters, strict=True)
            ),
        )
        for language in asked.languages
    }


def _guidelines(named: Iterable[Mapping[str, str]], letter: str, language: str) -> tuple[Guideline, ...]:
    return tuple(
        Guideline(names[language], (_first_goal(f"{letter}{number}.1", language),))
        for number, names in enumerate(named, 1)
    )


def _first_goal(goal_id: str, language: str) -> Goal:
    return Goal(goal_id, _SAMPLE[language]["goal"], (), Achieved.MISSING, None, ())


def _parsed(typed: str, languages: Sequence[str]) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
    """Read a strategy as it was typed: its name, and those of its guidelines, by language."""
    name, _, rest = typed.partition(AFTER_STRATEGY)
    guidelines = [part for part in rest.split(BETWEEN_GUIDELINES) if part.strip()]
    names = guidelines or [sample_text("guideline", languages)]
    return _in_languages(name, languages), [_in_languages(one, languages) for one in names]


def _said(given: str | None, field: str, languages: Sequence[str]) -> Mapping[str, str]:
    return _in_languages(given or sample_text(field, languages), languages)


def _in_languages(typed: str | None, languages: Sequence[str]) -> Mapping[str, str]:
    """Part a text at the bars; a language that nothing is said in has an empty one."""
    parts = [part.strip() for part in (typed or "").split(BETWEEN_LANGUAGES)]
    return {language: parts[at] if at < len(parts) else "" for at, language in enumerate(languages)}


def _letters(names: Iterable[str]) -> Sequence[str]:
    """Give each strategy a letter for the ids of its goals: its first, unless another one has that."""
    letters: list[str] = []
    for name in names:
        own = [letter.upper() for letter in name if letter.isalpha()]
        free = (letter for letter in (*own, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ") if letter not in letters)
        letters.append(next(free, f"S{len(letters) + 1}"))
    return letters


def _unanswered(reports: Reports, asked: NewReport) -> Reports:
    """Return the sample that a workbook remembers: without what somebody answered."""
    given = {field: "" if field == "title" else None for field in ("title", "organisation") if getattr(asked, field)}
    return {language: replace(report, **given) for language, report in reports.items()}


def _explained(path: Path, yaml: str, languages: Sequence[str], words: str) -> str:
    """Put comments into a file that was made, and keys for what is to be assessed."""

    def say(msgid: str, **values: object) -> str:
        return text(msgid, words, **values)

    is_report = path.name == REPORT_FILE
    what = say("A report: this file, and one for each strategy.") if is_report else say("A strategy and its goals.")
    both = say("Each text is given in both languages, under fi and sv.") if len(languages) > 1 else ""
    notes = _notes_of_report(say) if is_report else _notes_of_strategy(say, status_words(languages[0]))
    return with_notes(yaml, f"{what} {both}".strip(), notes, empty={} if is_report else {"tunnus": _ASSESSED})


_ASSESSED = ("saavutettu", "arviointi", "sanallinen_arviointi")
_ON_THE_COVER = ("kokous: …", "päivämäärä: 17.2.2027", "asianumero: …", "liitenumero: 1")
_GOALS = ("linjaukset", "tavoitteet")


def _notes_of_report(say: Callable[..., str]) -> Mapping[tuple[str, ...], Note]:
    on_the_cover = say("These stand on the cover too. Take the mark away, and write your own.")
    return {
        ("otsikko",): Note(say("The title, on the cover; the files of the deck are named by it.")),
        ("organisaatio",): Note(say("Whose report it is.")),
        ("arviointiasteikko",): Note(say("What the scores mean.")),
        ("strategiat",): Note(on_the_cover, _ON_THE_COVER),
    }


def _notes_of_strategy(say: Callable[..., str], statuses: tuple[str, ...]) -> Mapping[tuple[str, ...], Note]:
    in_words = say("In words: write >- here and the text on the lines below; an empty line begins a paragraph.")
    return {
        ("linjaukset",): Note(say("Each guideline is a table of its own.")),
        _GOALS: Note(say("Each goal is a row of the table. Copy the lines of one for the next.")),
        (*_GOALS, "tunnus"): Note(say("Each goal has an id of its own.")),
        (*_GOALS, "saavutettu"): Note(f"{say('One of these:')} {', '.join(statuses)}"),
        (*_GOALS, "arviointi"): Note(say("A whole number from 1 to 5; empty if the goal is not assessed.")),
        (*_GOALS, "sanallinen_arviointi"): Note(in_words),
    }
