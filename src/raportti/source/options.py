"""What is asked of a source beside where it is: languages, and what may be missing. Knows not how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """In which languages a report is wanted (none: its own), and what may be missing in it.

    A text that is missing in a language is an error; where ``allow_missing``, it stands in the language that there is,
    and a warning counts them. In a draft, statuses, scores and assessments may be missing.
    """

    languages: tuple[str, ...] = ()
    allow_missing: bool = False
    is_draft: bool = False

    def in_words(self) -> Mapping[str, str]:
        """Say what is wanted of a whole document; the other way round it is read by ``is_draft_in``."""
        return {"draft": "yes"} if self.is_draft else {}


def is_draft_in(words: Mapping[str, str]) -> bool:
    """Tell whether a draft was wanted, from what ``LoadOptions.in_words`` said among other words."""
    return "draft" in words


AS_IT_IS = LoadOptions()
DRAFT = LoadOptions(is_draft=True)
