"""From two plans to the pages that differ. Knows not why they do."""

from dataclasses import replace

from raportti.plan import Item, Page, Plan, Role, TextBox


def changed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the new plan's pages that the old one does not have so; their numbers do not count.

    Titles are unique, so a page is the same only where it stands in the same series at the same part.
    """
    before = {page.title: _without_number(page) for page in old.pages}
    return tuple(page.number for page in new.pages if before.get(page.title) != _without_number(page))


def removed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the old plan's pages whose title the new one does not have."""
    titles = {page.title for page in new.pages}
    return tuple(page.number for page in old.pages if page.title not in titles)


def _without_number(page: Page) -> Page:
    return replace(page, number=0, items=tuple(item for item in page.items if not _is_number(item)))


def _is_number(item: Item) -> bool:
    return isinstance(item, TextBox) and item.role is Role.NUMBER
