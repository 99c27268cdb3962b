"""From the cover's words to its page. Knows nothing of other pages."""

from functools import partial

from raportti.content import Cover, Item, Part
from raportti.layout.draft import Draft, placed
from raportti.layout.setting import Setter, first_fitting
from raportti.passages import joined
from raportti.plan import Anchor, PageKind, Paragraph, Role, TextBox, room_of


def cover_page(cover: Cover, setter: Setter) -> Draft:
    """Make the cover: title, strategies, and what a public document says of itself."""
    boxes = setter.theme.boxes
    items = (_title(cover, setter), _strategies(cover, setter), *_colophon(cover, setter))
    return Draft(PageKind.COVER, cover.title, items, body=boxes["cover_title"])


def _title(cover: Cover, setter: Setter) -> TextBox:
    box = setter.theme.boxes["cover_title"]

    def build(step: int) -> tuple[Paragraph, ...]:
        return (setter.paragraph((Part(cover.title, "cover_title"),), box.w, step=step),)

    paragraphs = first_fitting(build, setter.steps("cover_title"), box.h)
    return TextBox(Role.TITLE, placed("title", paragraphs, box), paragraphs, Anchor.BOTTOM, heading=1)


def _strategies(cover: Cover, setter: Setter) -> TextBox:
    box = setter.theme.boxes["cover_strategies"]
    items = tuple(Item((Part(name, "cover_list"),), level=1) for name in cover.strategies)

    def build(step: int) -> tuple[Paragraph, ...]:
        hang = setter.theme.gaps["cover_hang"]
        return tuple(setter.bulleted(i, box.w, hang=hang, bullet="cover_bullet", step=step) for i in items)

    paragraphs = first_fitting(build, setter.steps("cover_list"), box.h)
    if room_of(paragraphs) > box.h:
        paragraphs = first_fitting(partial(_run_on, cover, setter), setter.steps("cover_list"), box.h)
    return TextBox(Role.STRATEGIES, placed("strategies", paragraphs, box), paragraphs, is_list=True)


def _run_on(cover: Cover, setter: Setter, step: int) -> tuple[Paragraph, ...]:
    """Set more strategies than a list has room for one after the other."""
    names = Part(joined(cover.strategies, " · "), "cover_list")
    return (setter.paragraph((names,), setter.theme.boxes["cover_strategies"].w, step=step),)


def _colophon(cover: Cover, setter: Setter) -> tuple[TextBox, ...]:
    if not cover.colophon:
        return ()
    box = setter.theme.boxes["cover_colophon"]

    def build(step: int) -> tuple[Paragraph, ...]:
        lines = (Part(line, "cover_colophon") for line in cover.colophon)
        return tuple(setter.paragraph((line,), box.w, step=step) for line in lines)

    paragraphs = first_fitting(build, setter.steps("cover_colophon"), box.h)
    return (TextBox(Role.COLOPHON, placed("colophon", paragraphs, box), paragraphs, Anchor.BOTTOM),)
