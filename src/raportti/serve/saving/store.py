"""From what people change in a browser to the files of a source, and from the files to what is shown.

Does not know the web. The files are the one truth: before each change they are looked at again, and a field is written
where what stood there when somebody began to change it still stands.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, RLock
from types import MappingProxyType

from raportti.files import locked, looks_below, write_all
from raportti.problems import FilePlace, Problem, ProblemsFound
from raportti.report.model import Achieved, Report
from raportti.report.pairs import goal_pairs
from raportti.serve.saving.journal import Entry, EntryKind, Journal, Sides, journal_of
from raportti.serve.saving.opened import (
    Opened,
    is_as_read,
    is_same_reading,
    opened_of,
    read_all,
    read_opened,
    renumbered,
)
from raportti.serve.saving.report_texts import Changed, Missing
from raportti.serve.saving.structure import RemoveGoal, Restructure, restructured
from raportti.serve.saving.undo import changed_sides, differences, undone
from raportti.serve.saving.versions import Change, canonical, fields_of, with_fields
from raportti.source.loading import Source
from raportti.source.rewriting import Rewritten, rewritten
from raportti.source.stand_ins import Reports, bare_of, filled, to_write
from raportti.workflows.watch import Watch

MOST_TRIES = 5
"""So often a change is tried where other programs write the files between the last look and the writing."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed twice: as it was when somebody began, as they want it, and as it stands now."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a change: the reading after it, and its entry in the journal, None where nothing had to change.

    ``fields`` are the names of the fields that were written; ``warnings`` are those of the fields, by name.
    """

    opened: Opened
    entry: Entry | None
    fields: tuple[str, ...] = ()
    warnings: Mapping[str, Sequence[Problem]] = field(default_factory=lambda: MappingProxyType({}))


class Conflict(Exception):
    """Raised where somebody else changed the same meanwhile: nothing of theirs was overwritten.

    ``owner`` is the id of the goal, or the name of the part; ``fields`` has what was typed beside what stands there.
    ``who`` and ``when`` (ISO 8601, UTC) are of the other change, None where another program made it. Where the goal is
    not there any more, ``is_gone``; ``renamed_to`` is its new id where it seems to have one. ``saved`` is what came of
    the fields that do not clash, if there were any.
    """

    def __init__(
        self,
        owner: str,
        fields: Mapping[str, Clash],
        *,
        who: str | None = None,
        when: str | None = None,
        is_gone: bool = False,
        renamed_to: str | None = None,
    ) -> None:
        super().__init__(owner)
        self.owner = owner
        self.fields = fields
        self.who = who
        self.when = when
        self.is_gone = is_gone
        self.renamed_to = renamed_to
        self.saved: Saved | None = None


class SourceBroken(ProblemsFound):
    """Raised where the files cannot be read as they are now: nothing can be saved until they can."""


class _ChangedMeanwhile(Exception):
    """Raised where another program changed the files between the last look and the writing."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written: the bare reports as they should be; ``conflict`` is raised when that is done."""

    bare: Reports
    kind: EntryKind
    fields: tuple[str, ...] = ()
    undoes: str | None = None
    warnings: Mapping[str, Sequence[Problem]] = field(default_factory=lambda: MappingProxyType({}))
    conflict: Conflict | None = None


class Store:
    """Keeps one source open. Any number of threads may use it; other programs may write the same files."""

    def __init__(self, source: Path, *, layout: Path | None = None) -> None:
        """Read a source; raises ``ProblemsFound``. ``layout`` is a folder that is watched too."""
        self.source = source
        self.journal = Journal(journal_of(source))
        self._layout = layout
        self._lock = RLock()
        self._broken: tuple[Problem, ...] = ()
        self._renamed: dict[str, str] = {}
        self._foreign = 0
        self._begun: tuple[str, ...] = ()
        self._opened = read_opened(source, 1)

    @property
    def opened(self) -> Opened:
        """The last good reading."""
        return self._opened

    @property
    def broken(self) -> tuple[Problem, ...]:
        """Why the files cannot be read as they are now; empty when they can."""
        return self._broken

    def save(self, goal: str, changes: Mapping[str, Change], *, base: str, who: str) -> Saved:
        """Write the fields of a goal that somebody changed, by their names (``versions.fields_of``).

        ``base`` is the version of the form that they were changed in. Raises ``Conflict`` after the fields that do not
        clash are written, ``versions.Refused`` where values are wrong, ``SourceBroken``, and ``ProblemsFound`` where
        the files cannot be written or the form of the source cannot say it.
        """
        return self._change(lambda opened: self._save(opened, {goal: changes}, base, EntryKind.SAVE, None), who)

    def preview(
        self, goal: str, changes: Mapping[str, Change]
    ) -> tuple[Mapping[str, Source], Mapping[str, Sequence[Problem]]]:
        """Return what the source would say in each language with a goal's fields changed, and warnings by field.

        Writes nothing and looks at no file. Raises ``versions.Refused`` where a value is not right, and ``LookupError``
        where there is no such goal.
        """
        opened = self._opened
        form = opened.goals[goal]
        merged, _ = self._merged(opened, goal, changes, form.version)
        bare, warnings = with_fields(bare_of(opened.reports), form, merged, str(self.source))
        reports = filled(bare)
        return {code: replace(source, report=reports[code]) for code, source in opened.sources.items()}, warnings

    def apply(self, what: Restructure, *, who: str) -> Saved:
        """Change the structure or the texts of the report. Raises as ``save``."""
        return self._change(lambda opened: self._restructure(opened, what), who)

    def accept(self, reports: Sequence[Report], *, based_on: int, who: str) -> Saved:
        """Write reports, one for each language, that were made from the reading of a number.

        Raises ``Conflict`` where the source was changed since, else as ``save``.
        """

        def plan(opened: Opened) -> _Plan:
            if opened.number != based_on:
                raise Conflict("", {}, is_gone=False)
            given = {report.language: report for report in reports}
            return _Plan(bare_of({**opened.reports, **given}), EntryKind.ACCEPT)

        return self._change(plan, who)

    def begin(self, language: str) -> Opened:
        """Show forms in a language that the source lacks; the first text that is saved brings it into the files.

        Raises ``ProblemsFound`` where the form of the source has no place for it, and ``SourceBroken``.
        """
        with self._lock:
            opened = self._look()
            if language in opened.languages:
                return opened
            begun = (*self._begun, language)
            new = read_opened(self.source, opened.number + 1, opened.languages, begun)
            self._require_place(new, language)
            self._begun, self._opened = begun, new
            return new

    def _require_place(self, opened: Opened, language: str) -> None:
        """Try whether the files can have a text in a language; nothing is written."""
        form = next(iter(opened.goals.values()))
        text = {f"text.{language}": f"{form.id}."}
        bare, _ = with_fields(bare_of(opened.reports), form, text, str(self.source))
        try:
            self._rewritten(opened, bare)
        except ProblemsFound as found:
            if any(problem.kind != "edit-not-possible" for problem in found.problems):
                raise
            place, values = FilePlace(str(self.source)), {"code": language}
            raise ProblemsFound([Problem("language-not-possible", place, values)]) from found

    def undo(self, entry: str, *, who: str) -> Saved:
        """Bring back what was before an entry of the journal, where what it wrote still stands; else ``Conflict``.

        An undoing can be undone. Raises ``LookupError`` where there is no such entry, else as ``save``.
        """
        found = self.journal.find(entry)
        if found is None:
            raise LookupError(entry)
        return self._change(lambda opened: self._undo(opened, found), who)

    def history(self, goal: str | None = None) -> Sequence[Entry]:
        """Return the entries of the journal, or those of one goal, the newest first."""
        return [entry for entry in reversed(self.journal.entries()) if goal is None or goal in entry.goals]

    def look(self) -> bool:
        """Look at the files; True where they say something else than before, or cannot be read any more, or can again.

        Own changes are no news.
        """
        with self._lock:
            before = self._foreign
            with suppress(SourceBroken):
                self._look()
            return self._foreign != before

    def watch(
        self, on_change: Callable[[Opened | None], None], stop: Event, *, on_layout: Callable[[], None] = lambda: None
    ) -> None:
        """Tell of what other programs change, until it stops: the new reading, or None where it cannot be read.

        ``on_layout`` is called when a file of the layout was saved. Runs in a thread of its own. Compares what the
        files of the source hold, not their times.
        """
        watch = Watch(self.source, self._layout or self.source, stop)
        seen, looks = self._foreign, looks_below(self._layout) if self._layout else ()
        while True:
            self.look()
            if self._layout and looks != (now := looks_below(self._layout)):
                looks = now
                on_layout()
            if seen != self._foreign and not stop.is_set():
                seen = self._foreign
                on_change(None if self.broken else self.opened)
            if not watch.wait():
                return

    def close(self) -> None:
        """Wait until nothing is being written; from now on nothing will be."""
        self._lock.acquire()

    def _look(self) -> Opened:
        """Read the files again where they are not as they were. Raises ``SourceBroken``."""
        if not self._broken and is_as_read(self.source, self._opened.contents):
            return self._opened
        try:
            with locked([_folder(self.source)]):
                new = read_opened(self.source, self._opened.number + 1, self._opened.languages, self._begun)
        except ProblemsFound as found:
            self._foreign += found.problems != self._broken
            self._broken = found.problems
            raise SourceBroken(found.problems) from found
        is_news = bool(self._broken) or not is_same_reading(self._opened, new)
        self._broken = ()
        self._foreign += is_news
        if is_news:
            self._renamed.update(_renamed(self._opened.report, new.report))
        self._opened = new if is_news else renumbered(new, self._opened.number)
        return self._opened

    def _change(self, planned: Callable[[Opened], _Plan], who: str) -> Saved:
        """Plan a change against the files as they are, and write it unless they were changed in that moment."""
        with self._lock:
            for _ in range(MOST_TRIES):
                opened = self._look()
                plan = planned(opened)
                saved = self._written(opened, plan, who)
                if saved is None:
                    continue
                if plan.conflict:
                    plan.conflict.saved = saved if plan.fields else None
                    raise plan.conflict
                return saved
        raise ProblemsFound([Problem("source-changed", FilePlace(str(self.source)))])

    def _written(self, opened: Opened, plan: _Plan, who: str) -> Saved | None:
        """Write a plan; None where another program changed the files since they were looked at."""
        made = self._rewritten(opened, plan.bare)
        if not made.files:
            return Saved(opened, None, warnings=plan.warnings)
        new = self._reading(opened, made)
        fields = differences(opened.goals, new.goals, opened.report, new.report)
        goals = tuple(owner for owner in fields if owner in opened.goals or owner in new.goals)
        sides: Sides = {} if plan.fields else changed_sides(bare_of(opened.reports), bare_of(new.reports))
        with locked({file.parent for file in opened.contents}):
            self.journal.require_writable()
            try:
                write_all(made.files, last_look=lambda: self._require_as_read(opened))
            except _ChangedMeanwhile:
                return None
            self._opened = new
            entry = self.journal.append(plan.kind, who, fields, goals=goals, sides=sides, undoes=plan.undoes)
        self._renamed.update(_renamed(opened.report, new.report))
        return Saved(new, entry, plan.fields, plan.warnings)

    def _require_as_read(self, opened: Opened) -> None:
        if not is_as_read(self.source, opened.contents):
            raise _ChangedMeanwhile

    def _rewritten(self, opened: Opened, bare: Reports) -> Rewritten:
        expected = filled(bare)
        written = to_write(expected, bare, bare_of(opened.reports))
        return rewritten(
            self.source,
            tuple(written.values()),
            expected=tuple(expected.values()),
            contents=opened.contents,
            sources=tuple(opened.sources.values()),
        )

    def _reading(self, opened: Opened, made: Rewritten) -> Opened:
        """Make a reading of what was read back; once more where the source has another set of languages by now."""
        contents = dict(made.contents)
        sources = made.sources
        wanted = tuple(dict.fromkeys((*sources[0].languages, *self._begun)))
        if wanted != opened.languages:
            sources = read_all(self.source, wanted, contents, self._begun)
        return opened_of(self.source, opened.number + 1, sources, contents)

    def _save(
        self,
        opened: Opened,
        changes: Mapping[str, Mapping[str, Change]],
        base: str | None,
        kind: EntryKind,
        undoes: str | None,
    ) -> _Plan:
        """Merge fields of goals into what stands there."""
        bare = bare_of(opened.reports)
        conflict: Conflict | None = None
        names: list[str] = []
        warnings: dict[str, Sequence[Problem]] = {}
        for goal, wanted in changes.items():
            merged, clashes = self._merged(opened, goal, wanted, base)
            if clashes:
                conflict = conflict or self._conflict(goal, clashes)
            try:
                bare, found = with_fields(bare, opened.goals[goal], merged, str(self.source))
            except ProblemsFound:
                if not clashes:
                    raise
                continue  # what does not clash is right only together with what does
            names += merged
            warnings.update({name: problems for name, problems in found.items() if name in merged})
        return _Plan(bare, kind, tuple(names), undoes, warnings, conflict)

    def _merged(
        self, opened: Opened, goal: str, changes: Mapping[str, Change], base: str | None
    ) -> tuple[Mapping[str, str], Mapping[str, Clash]]:
        """Part the fields that can be written from those that clash; those that nobody has to change are in neither."""
        form = opened.goals.get(goal)
        if form is None:
            typed = {name: Clash(change.old, change.new, "") for name, change in changes.items()}
            raise Conflict(goal, typed, is_gone=True, renamed_to=self._renamed_to(goal, opened))
        now = fields_of(form)
        merged: dict[str, str] = {}
        clashes: dict[str, Clash] = {}
        for name, change in changes.items():
            old, mine, theirs = (canonical(name, text) for text in (change.old, change.new, now[name]))
            if mine in (old, theirs):
                continue
            if theirs == old or base == form.version:
                merged[name] = change.new
            else:
                clashes[name] = Clash(change.old, change.new, now[name])
        if merged.get("achieved") == Achieved.NOT_ASSESSED.value and not {"score"} & {*merged, *clashes}:
            merged["score"] = ""
        return merged, clashes

    def _renamed_to(self, goal: str, opened: Opened) -> str | None:
        seen = {goal}
        while (goal := self._renamed.get(goal, "")) and goal not in seen:
            if goal in opened.goals:
                return goal
            seen.add(goal)
        return None

    def _conflict(self, owner: str, clashes: Mapping[str, Clash]) -> Conflict:
        """Say who changed a field to what it is now, where the journal knows."""
        for entry in reversed(self.journal.entries()):
            changed = entry.fields.get(owner, {})
            # The journal names texts of the report without their language.
            recorded = {name: changed.get(name) or changed.get(name.partition(".")[0]) for name in clashes}
            if any(found and found[1] == clashes[name].theirs for name, found in recorded.items()):
                return Conflict(owner, clashes, who=entry.who, when=entry.time)
        return Conflict(owner, clashes)

    def _restructure(self, opened: Opened, what: Restructure) -> _Plan:
        if isinstance(what, RemoveGoal) and what.version and what.goal in opened.goals:
            form = opened.goals[what.goal]
            if form.version != what.version:
                raise self._conflict(what.goal, {"version": Clash(what.version, "", form.version)})
        try:
            return _Plan(restructured(what, bare_of(opened.reports), path=str(self.source)), EntryKind.STRUCTURE)
        except Missing as missing:
            renamed = self._renamed_to(missing.names[-1], opened)
            raise Conflict(str(missing), {}, is_gone=True, renamed_to=renamed) from missing
        except Changed as changed:
            clashes = {name: Clash(*values) for name, values in changed.fields.items()}
            raise self._conflict(changed.owner, clashes) from changed

    def _undo(self, opened: Opened, entry: Entry) -> _Plan:
        if not entry.sides:
            changes = {
                goal: {name: Change(after, before) for name, (before, after) in values.items()}
                for goal, values in entry.fields.items()
            }
            return self._save(opened, changes, None, EntryKind.UNDO, entry.id)
        bare, clashes = undone(bare_of(opened.reports), entry.sides)
        if clashes:
            owner = next(iter(clashes))
            raise self._conflict(owner, {name: Clash(*values) for name, values in clashes[owner].items()})
        return _Plan(bare, EntryKind.UNDO, undoes=entry.id)


def _folder(source: Path) -> Path:
    return source if source.is_dir() else source.parent


def _renamed(old: Report, new: Report) -> Mapping[str, str]:
    pairs = ((pair.old.goal.id, pair.new.goal.id) for pair in goal_pairs(old, new) if pair.old and pair.new)
    return {before: after for before, after in pairs if before != after}
