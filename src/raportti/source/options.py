"""From a command's options to how a source is read: in which languages, and whether parts of it may be missing.

Does not know where a source is, nor how it is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """In which languages a report is read (none: its own), and what it may lack.

    A text that lacks a translation is an error. With ``allow_missing`` the text of another language stands in for it,
    and one warning counts all of them. A draft may lack statuses, scores and assessments.
    """

    languages: tuple[str, ...] = ()
    allow_missing: bool = False
    is_draft: bool = False

    def in_words(self) -> Mapping[str, str]:
        """Return the options that a document keeps of its source; ``is_draft_in`` reads them back."""
        return {"draft": "yes"} if self.is_draft else {}


def is_draft_in(words: Mapping[str, str]) -> bool:
    """Return whether a document is a draft, from the words that it keeps of its options."""
    return "draft" in words


AS_IT_IS = LoadOptions()
DRAFT = LoadOptions(is_draft=True)
