"""What was printed of an item."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import Print
from dinhlang.broadcast.prints import queries as prints
from dinhlang.broadcast.prints.queries import Copies
from dinhlang.broadcast.prints.rules import BULLET, HEAD, PrintOrigin, Words
from dinhlang.org.desk import Looking
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom.addresses import NoSite, public_address
from dinhlang.portal.newsroom.queries.airing import ITEMS
from dinhlang.portal.newsroom.rules.body import blocks
from dinhlang.portal.sites import registry

_MARKS = {"h2": HEAD, "h3": HEAD, "h4": HEAD, "li": BULLET, "p": "", "blockquote": ""}


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A print made from an item, its sums, and whether the item says other words since."""

    made: Print
    copies: Copies
    is_of_old_words: bool


def prints_of(looking: Looking, item: Item) -> list[OnPaper]:
    """Prints made from an item, the newest first, for whoever reads its unit's matters."""
    if not looking.reads(item.unit):
        return []
    digest = item.shown.digest if item.shown is not None else ""
    found = list(prints.made_from(ITEMS, str(item.pk), item.unit)[:20])
    copies = prints.copies_of_all([one.pk for one in found]) if found else {}
    return [OnPaper(one, copies[one.pk], one.made_from_digest != digest) for one in found]


def can_make_print(looking: Looking, item: Item) -> bool:
    """Whether the person may make a print of the item as it stands."""
    return item.shown_id is not None and permissions.can_write(looking.person, item.unit, looking.on)


@kept_in_vietnamese
def print_origin_of(item: Item, edition: Edition) -> PrintOrigin:
    """What a print of the item is made from: its words in lines, its first picture, the address its code leads to."""
    lines = [f"{_MARKS[block.tag]}{block.text}" for block in blocks(edition.body) if block.tag in _MARKS]
    # A photographed page on a sheet is what nobody can read.
    picture = edition.pictures.filter(is_text=False).order_by("position").first()
    site = registry.now().by_unit.get(item.unit_id)
    hotline = site.hotline if site is not None else ""
    try:
        address = public_address(item)
    except NoSite:
        address = ""
    return PrintOrigin(
        kind=ITEMS,
        key=str(item.pk),
        digest=edition.digest,
        words=Words(
            edition.title,
            edition.lead,
            "\n".join(lines),
            _("Đường dây nóng: %(number)s") % {"number": hotline} if hotline else "",
            picture.alternative if picture is not None else "",
        ),
        address=address,
        picture=picture.blob_id if picture is not None else "",
        reform_field=item.field,
        task=item.task_id,
    )
