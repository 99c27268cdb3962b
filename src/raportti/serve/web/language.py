"""From the browser's wish to texts in its language, and to texts, numbers and times as they are written in it.

Texts stand in the catalogue ``serve`` beside the program's other one; problems are said as everywhere.
"""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from starlette.requests import Request

from raportti.problems import Problem
from raportti.problems.messages import LANGUAGES, LOCALE, as_json, describe

COOKIE = "raportti-language"
ENDONYMS: Mapping[str, str] = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
"""How each language names itself; the switch shows these in every language."""


def language_of(request: Request, *, default: str) -> str:
    """Choose the language of a page: what was switched to, else the first wish of the browser, else the server's."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wishes = (
        wish.partition(";")[0].strip()[:2].lower() for wish in request.headers.get("accept-language", "").split(",")
    )
    return next((wish for wish in wishes if wish in LANGUAGES), default)


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("serve", LOCALE, [language])


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language; templates call it."""

    language: str

    def say(self, msgid: str, **values: object) -> str:
        """Translate a sentence; values are put in as they are, and escaped where the sentence is a template's."""
        return (
            _catalogue(self.language).gettext(msgid).format(**values)
            if values
            else _catalogue(self.language).gettext(msgid)
        )

    def count(self, singular: str, plural: str, n: int, **values: object) -> str:
        """Translate a sentence that depends on a number, which stands at ``{n}``."""
        return _catalogue(self.language).ngettext(singular, plural, n).format(n=n, **values)

    def problem(self, problem: Problem) -> str:
        """Say a problem with its place and remedy, as the command line says it."""
        return describe(problem, self.language)

    def message(self, problem: Problem) -> str:
        """Say a problem at the field that it is of: what is wrong and what to do, without a place."""
        said = as_json(problem, self.language)
        sentence = f"{said['message']}; {said['remedy']}"
        return sentence[:1].upper() + sentence[1:]

    def field(self, name: str) -> str:
        """Name a field of a form, with its language where it has one."""
        field, _, language = name.partition(".")
        label = self.say(_FIELDS.get(field, field))
        return f"{label} ({ENDONYMS[language]})" if language in ENDONYMS else label

    def value(self, name: str, value: str) -> str:
        """Show the value of a field as people read it."""
        return (self.say(value) if name == "achieved" else value) or "–"

    def time(self, iso: str) -> str:
        """Write a moment in UTC as the time of day here, with the day where it is another."""
        moment = datetime.fromisoformat(iso).astimezone()
        is_today = moment.date() == datetime.now().astimezone().date()
        return f"{moment:%H:%M}" if is_today else f"{moment.day}.{moment.month}.{moment.year} {moment:%H:%M}"

    def changed_meanwhile(self, who: str | None, when: str | None) -> str:
        """Say that somebody else changed what a person is changing; ``when`` is None where it is not known."""
        if when is None:
            return self.say("Somebody else changed this after you opened it. Both texts are kept here: choose.")
        return self.say(
            "{who} changed this at {time}, after you opened it. Both texts are kept here: choose.",
            who=who or self.say("Somebody"),
            time=self.time(when),
        )

    def of_status(self, status: int) -> tuple[str, str]:
        """Say what an answer of a status means: a heading and a sentence."""
        heading, sentence = _STATUSES.get(status, _STATUSES[500])
        return self.say(heading), self.say(sentence)

    def for_scripts(self) -> Mapping[str, str]:
        """Return the sentences that scripts say by themselves."""
        return {name: self.say(sentence) for name, sentence in _OF_SCRIPTS.items()}


def _(msgid: str) -> str:
    """Mark a sentence for the catalogue where it is translated later."""
    return msgid


_FIELDS: Mapping[str, str] = {
    "achieved": _("Goal reached?"),
    "score": _("Score (1-5)"),
    "responsible": _("Unit in charge"),
    "break_before": _("New page before this goal"),
    "text": _("Goal"),
    "subgoals": _("Subgoals"),
    "assessment": _("Written assessment (summary)"),
}
_STATUSES: Mapping[int, tuple[str, str]] = {
    404: (_("Nothing is here"), _("The address leads to nothing. It may have been renamed or removed.")),
    405: (_("Not this way"), _("This address takes no such request.")),
    413: (_("Too large"), _("What was sent is larger than any report. Nothing was changed.")),
    500: (_("The program has a fault"), _("Nothing was changed. What you typed is still in the page before this one.")),
}
_OF_SCRIPTS: Mapping[str, str] = {
    "page": _("Page {page}"),
    "pages": _("{n} pages"),
    "broken": _("The source cannot be read now. Saving waits until it can."),
    "mended": _("The source can be read again."),
    "lost": _("The connection to the program is lost. What you type stays here; it is saved when it is back."),
    "back": _("The connection is back."),
    "unsaved": _("Not saved: the program does not answer. What you typed stays here."),
    "nothing": _("Nothing was changed."),
    "choose": _("Not saved: choose between the texts that are marked first."),
    "taken": _("Their text is in the field now."),
    "restored": _("What you had typed is back in the form. It is not saved yet."),
    "ended": _("Not saved: the program was started anew. Open its new link in another tab, then save here again."),
    "gone": _("This goal is not in the source any more. What you typed stays here."),
    "meanwhile": _("Somebody else changed this goal at {time}. What you typed stays."),
    "followed": _("Somebody else changed this goal at {time}; the form shows it."),
}
_OF_GOALS = (
    _("yes"), _("partly"), _("no"), _("not_assessed"), _("missing"),
    _("missing status"), _("missing score"), _("missing assessment"),
)  # fmt: skip
"""Words that templates make of values."""
