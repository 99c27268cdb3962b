"""The kinds of problems of changing a source and of comparing two. ``kinds`` has all others, and says what they are.

Knows nothing of how they are found.
"""

from collections.abc import Mapping

from raportti.kind import Kind, error, warning

_DECIDE = "decide with --ours or --theirs, or write the same on both sides"

EDITS: Mapping[str, Kind] = {
    "edit-not-possible": error(
        "this source cannot be changed so by the program: {names}",
        "make the change in the file itself; nothing was written",
    ),
    "source-changed": error("the file was changed meanwhile, so nothing was written", "run the command again"),
    "goal-unknown": error("there is no goal {value}", "check the id; raportti plan lists all"),
    "goal-misspelt": error("there is no goal {value}", "use one of these, if one was meant: {names}"),
    "nothing-to-set": error(
        "nothing says what to change of the goal",
        "give --score, --achieved, --assessment, --assessment-file or --unit",
    ),
    "answer-missing": error("nobody can be asked here, so nothing was changed", "answer with --yes"),
    "import-conflict-goal": error("both sides changed {name} since the export", _DECIDE),
    "import-conflict-text": error("both sides changed {name} of {value} since the export", _DECIDE),
    "import-conflict-whole": error(
        "one side removed {value} and the other changed it since the export, or both added it", _DECIDE
    ),
    "base-none": warning(
        "the file does not say what it was exported from, so all in which it differs from {path} comes in",
        "look through the changes before you answer",
    ),
    "base-other": warning(
        "the file was exported from another report, {value}: most of its goals are not those of {path}",
        "look through the changes before you answer",
    ),
    "folder-not-empty": error("the folder is not empty", "name a new folder"),
    "revision-unknown": error("the repository has no revision {value}", "check it with git log"),
    "revision-path": error("the revision {value} has no file or folder {path}", "check it with git ls-tree"),
    "repository-none": error(
        "there is no {path}, and the working folder is in no git repository, so {value} is no revision",
        "check the path, or run the command in the repository",
    ),
    "revision-unreadable": error("git cannot give {path}: {words}", "check the repository"),
    "git-missing": error(
        "git, which gives earlier revisions, is not installed", "install it, or name a file or folder"
    ),
}
