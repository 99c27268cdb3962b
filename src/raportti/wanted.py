"""What is asked of a source beside where it is: languages, and what may be missing. Knows not how it is read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """In which languages a report is wanted (none: its own), and what may be missing in it.

    A text that is missing in a language is an error; where ``allow_missing``, it stands in the language that there is,
    and a warning counts them. In a draft, statuses, scores and assessments may be missing.
    """

    languages: tuple[str, ...] = ()
    allow_missing: bool = False
    is_draft: bool = False


AS_IT_IS = Wanted()
DRAFT = Wanted(is_draft=True)
