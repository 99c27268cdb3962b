"""From two plans to the pages that differ. Does not know why they do."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from raportti.plan import Page, Plan, Role, TextBox, page_keys


def changed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the new plan's pages that are new or differ from the old ones in more than their number."""
    return tuple(page.number for page in differing_pages(fingerprints_of(old), new))


def removed_pages(old: Plan, new: Plan) -> tuple[int, ...]:
    """Return the numbers of the old plan's pages that the new plan no longer has."""
    kept = {key for key, _ in _keyed(new)}
    return tuple(page.number for key, page in _keyed(old) if key not in kept)


def fingerprints_of(plan: Plan) -> Mapping[str, str]:
    """Return for each page key the fingerprint of the page: enough to compare another plan with this one."""
    return {key: _fingerprint_of(page) for key, page in _keyed(plan)}


def differing_pages(fingerprints: Mapping[str, str], plan: Plan) -> tuple[Page, ...]:
    """Return the pages of a plan whose fingerprints are not those of their keys."""
    return tuple(page for key, page in _keyed(plan) if fingerprints.get(key) != _fingerprint_of(page))


def _keyed(plan: Plan) -> Iterable[tuple[str, Page]]:
    return zip(page_keys(plan.pages), plan.pages, strict=True)


def _fingerprint_of(page: Page) -> str:
    """Hash everything on a page but its number, which changes whenever a page comes or goes before it."""
    items = tuple(item for item in page.items if not (isinstance(item, TextBox) and item.role is Role.NUMBER))
    content = replace(page, number=0, items=items)
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).hexdigest()[:32]
