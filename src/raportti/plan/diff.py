"""From two plans to the pages that differ. Knows not why they do."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from raportti.plan import Item, Page, Plan, Role, TextBox, page_keys


def changed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the new plan's pages that the old one does not have so; their numbers do not count."""
    return tuple(page.number for page in differing_pages(fingerprints_of(old), new))


def removed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the old plan's pages that the new one has none for."""
    kept = {key for key, _ in _keyed(new)}
    return tuple(page.number for key, page in _keyed(old) if key not in kept)


def fingerprints_of(plan: Plan) -> Mapping[str, str]:
    """Return a print of each page's content without its number, by what the page is of: enough to compare with."""
    return {key: _fingerprint_of(page) for key, page in _keyed(plan)}


def differing_pages(prints: Mapping[str, str], plan: Plan) -> tuple[Page, ...]:
    """Return the pages that have no such print."""
    return tuple(page for key, page in _keyed(plan) if prints.get(key) != _fingerprint_of(page))


def _keyed(plan: Plan) -> Iterable[tuple[str, Page]]:
    return zip(page_keys(plan.pages), plan.pages, strict=True)


def _fingerprint_of(page: Page) -> str:
    content = replace(page, number=0, items=tuple(item for item in page.items if not _is_number(item)))
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _is_number(item: Item) -> bool:
    return isinstance(item, TextBox) and item.role is Role.NUMBER
