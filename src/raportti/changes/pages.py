"""From two plans to the pages that differ. Knows not why they do."""

from dataclasses import replace

from raportti.plan import Item, Page, Plan, Role, TextBox, page_keys


def changed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the new plan's pages that the old one does not have so; their numbers do not count."""
    before = dict(zip(page_keys(old.pages), old.pages, strict=True))
    pages = zip(page_keys(new.pages), new.pages, strict=True)
    return tuple(page.number for key, page in pages if key not in before or not _is_same(before[key], page))


def _is_same(old: Page, new: Page) -> bool:
    return _without_number(old) == _without_number(new)


def _without_number(page: Page) -> Page:
    return replace(page, number=0, items=tuple(item for item in page.items if not _is_number(item)))


def _is_number(item: Item) -> bool:
    return isinstance(item, TextBox) and item.role is Role.NUMBER
