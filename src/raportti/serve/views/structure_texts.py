"""From the texts of the report, of a strategy or of a guideline to the groups of fields that a form shows.

Does not know requests, nor how texts are changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from raportti.problems import Problem, ProblemsFound
from raportti.report.model import SCORES
from raportti.serve.saving.opened import Opened
from raportti.serve.saving.report_texts import texts_of_part
from raportti.serve.views.structure_parts import Part
from raportti.serve.web.language import ENDONYMS, Words
from raportti.serve.workspace import Workspace
from raportti.source.stand_ins import bare_of


@dataclass(frozen=True, slots=True)
class TextField:
    """One field of a form: what stands there, and what the layout prints where it is empty."""

    name: str
    label: str
    language: str | None
    value: str
    is_long: bool = False
    hint: str = ""
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class TextGroup:
    """Fields under one legend; each row has a text in every language."""

    legend: str
    rows: tuple[tuple[TextField, ...], ...]


def _(msgid: str) -> str:
    """Mark a sentence for the catalogue where it is translated later."""
    return msgid


_SCALE = tuple(f"scale.{score}" for score in SCORES)
_GROUPS: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "report": (
        (_("Report"), ("title", "organisation")),
        (_("Meeting and numbers"), ("meeting", "date", "case_number", "attachment_number")),
        (_("What the scores mean"), _SCALE),
    ),
    "strategy": (
        (_("Name and corner"), ("name", "tag")),
        (_("Titles and sentences"), ("scale_title", "summary_title", "summary_sentence", "table_title")),
    ),
    "guideline": ((_("Name"), ("name",)),),
}
_LABELS: Mapping[str, str] = {
    "title": _("Title"),
    "organisation": _("Organisation"),
    "meeting": _("Meeting"),
    "date": _("Date"),
    "case_number": _("Case number"),
    "attachment_number": _("Attachment number"),
    "scale": _("Score {score}"),
    "name": _("Name"),
    "tag": _("Text in the upper corner of pages"),
    "scale_title": _("Title of the page with the scale"),
    "summary_title": _("Title of the summary"),
    "summary_sentence": _("Sentence above the summary"),
    "table_title": _("Title above each guideline's table"),
    "text": _("Goal"),
    "id": _("Id of the goal"),
    "guideline": _("Name of the first guideline"),
}
_HINTS: Mapping[str, str] = {
    "date": _("Such as 2026-02-16 or 16.2.2026."),
    "summary_sentence": _("{tavoitteita} stands for the number of goals: leave it as it is."),
    "table_title": _("{linjaus} stands for the name of the guideline: leave it as it is."),
}
_LONG = frozenset({*_SCALE, "summary_sentence", "text"})


def label_of(name: str, words: Words) -> str:
    """Name a field, without its language."""
    field, _, rest = name.partition(".")
    return words.say(_LABELS[field], score=rest[:1]) if field == "scale" else words.say(_LABELS.get(field, field))


def label_in_full(name: str, words: Words) -> str:
    """Name a field with its language, where it has one."""
    language = name.rpartition(".")[2]
    label = label_of(name, words)
    return f"{label} ({ENDONYMS[language]})" if language in ENDONYMS else label


def text_groups(workspace: Workspace, part: Part, words: Words) -> Sequence[TextGroup]:
    """Return the fields of a part. Raises ``report_texts.Missing`` where it is not there."""
    texts = texts_of(workspace.opened, part)
    layout = _texts_of_layout(workspace, part)

    def row(field: str) -> Iterator[TextField]:
        names = [name for name in texts if name == field or name.rpartition(".")[0] == field]
        for name in names:
            language = name.rpartition(".")[2] if name != field else None
            hint = words.say(_HINTS[field]) if field in _HINTS else ""
            otherwise = layout.get((field, language or ""), "")
            yield TextField(name, label_of(name, words), language, texts[name], field in _LONG, hint, otherwise)

    return [
        TextGroup(words.say(legend), tuple(tuple(row(field)) for field in fields))
        for legend, fields in _GROUPS[part.kind]
    ]


def texts_of(opened: Opened, part: Part) -> Mapping[str, str]:
    """Return the texts of a part by the names of their fields."""
    return texts_of_part(bare_of(opened.reports), part.strategy or None, part.guideline or None)


def _texts_of_layout(workspace: Workspace, part: Part) -> Mapping[tuple[str, str], str]:
    """Return what the layout prints for texts that the report has not, by field and language."""
    try:
        themes = workspace.theme().words
    except ProblemsFound:
        return {}
    by_language = {language: texts.by_key() for language, texts in themes.items()}
    fields = {name.replace(".", "_"): name for _, names in _GROUPS[part.kind] for name in names}
    return {
        (field, language): words[key].replace("{strategia}", part.strategy)
        for language, words in by_language.items()
        for key, field in fields.items()
        if key in words
    }


_NEW: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "goal": ((_("New goal"), ("text",)),),
    "guideline": ((_("New guideline"), ("name",)), (_("Its first goal"), ("text",))),
    "strategy": ((_("New strategy"), ("name", "guideline")), (_("Its first goal"), ("text",))),
}


def new_fields(kind: str, languages: Sequence[str], words: Words) -> Sequence[TextGroup]:
    """Return the fields for the texts of a new part; a guideline comes with its first goal, a strategy with both."""

    def row(field: str) -> tuple[TextField, ...]:
        label = label_of(field, words)
        return tuple(TextField(f"{field}.{one}", label, one, "", field in _LONG) for one in languages)

    return [TextGroup(words.say(legend), tuple(map(row, fields))) for legend, fields in _NEW[kind]]


def placed_problems(
    words: Words, found: Mapping[str, Sequence[Problem]], posted: Mapping[str, str]
) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
    """Part problems into those of fields of the form, by their names, and others; each is said once."""
    said = {name: list(dict.fromkeys(map(words.message, problems))) for name, problems in found.items()}
    others = [message for name, messages in said.items() if name not in posted for message in messages]
    return {name: messages for name, messages in said.items() if name in posted}, list(dict.fromkeys(others))


def typed_texts(posted: Mapping[str, str], words: Words) -> Mapping[str, str]:
    """Return what was typed into a form, by the labels of its fields."""
    hidden = {"base", "strategy", "guideline", "goal", "kind", "seen", "to", "way", "before", "break_before"}
    fields = {name: text for name, text in posted.items() if name not in hidden and not name.startswith("was.")}
    return {
        label_in_full(name, words): text
        for name, text in fields.items()
        if text and text != posted.get(f"was.{name}", "")
    }
