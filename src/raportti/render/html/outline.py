"""From pages to bookmarks: strategy, then kind of page or guideline, then part x/n. Knows no markup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from raportti.plan import Page, PageKind


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; ``level`` is counted from 1."""

    level: int
    label: str


def bookmarks_of(pages: Iterable[Page]) -> tuple[tuple[Bookmark, ...], ...]:
    """Give each page the bookmarks that begin on it, at least one and at most three."""
    marks: list[tuple[Bookmark, ...]] = []
    strategy: str | None = None
    for page in pages:
        marks.append(tuple(_begun(page, is_new_strategy=page.strategy != strategy)))
        strategy = page.strategy
    return tuple(marks)


def _begun(page: Page, *, is_new_strategy: bool) -> Iterator[Bookmark]:
    level = 1
    if page.strategy and page.kind is not PageKind.COVER:
        level = 2
        if is_new_strategy:
            yield Bookmark(1, page.strategy)
    name = page.guideline or _without_part(page)
    if page.part is None or page.part[0] == 1:
        yield Bookmark(level, name)
    if page.part is not None:
        yield Bookmark(level + 1, f"{name} {_part(page.part)}")


def _without_part(page: Page) -> str:
    return page.title if page.part is None else page.title.removesuffix(_part(page.part)).rstrip()


def _part(part: tuple[int, int]) -> str:
    return f"{part[0]}/{part[1]}"
