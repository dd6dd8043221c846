"""Where an item stands for everyone, and what led there before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item, OldAddress
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow


class NoSite(Refused):
    """The unit has no public site, or it is closed: nobody could read what is put up."""


def site_of(item: Item) -> SiteNow:
    """The open site of the item's unit. Raises `NoSite`."""
    site = registry.now().by_unit.get(item.unit_id)
    if site is None:
        raise NoSite(_("Đơn vị chưa mở trang công khai nên chưa đăng được. Lập trang ở mục Công khai trước."))
    return site


def path_inside(item: Item) -> str:
    """The item's address inside the site, without its prefix: '/tin/thong-bao/hop-dan/'. It needs a column."""
    if item.column is None:
        raise TypeError("an item without a column has no address")
    return f"/tin/{item.column.slug}/{item.slug}/"


def public_address(item: Item) -> str:
    """The whole address. Raises `NoSite`."""
    site = site_of(item)
    if item.column is None:
        raise TypeError("an item without a column has no address")
    return absolute(site, Addresses(site).item(item.column.slug, item.slug))


def lead_to(item: Item, path: str) -> None:
    """Let an address of before (`/tin-tuc?id=12`, or one inside the site) lead to the item; raises `NoSite`.

    What led to that address leads to the item too: nobody is sent twice.
    """
    site = site_of(item)
    target = path_inside(item)
    OldAddress.objects.filter(site=site.pk, target=path).update(target=target)
    # An address that is the item's own again leads nowhere else.
    OldAddress.objects.filter(site=site.pk, path=target).delete()
    OldAddress.objects.update_or_create(site_id=site.pk, path=path[:500], defaults={"target": target})
