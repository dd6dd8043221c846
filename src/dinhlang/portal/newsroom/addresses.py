"""Where an item stands for everyone: the one place of this room that knows."""

from __future__ import annotations

from django.conf import settings

from dinhlang.portal.models import Item, Site


def path_of(item: Item) -> str:
    """The path inside the commune's site: '/tin/thong-bao/hop-dan/'."""
    column = item.column.slug if item.column is not None else "chung"
    return f"/tin/{column}/{item.slug}/"


def public_address(item: Item) -> str:
    """The whole address, by the commune's own host name when it has one."""
    site = Site.objects.filter(unit=item.unit_id).first()
    if site is None:
        return f"{settings.PUBLIC_URL}/{item.unit_id}{path_of(item)}"
    host = site.hosts.filter(is_main=True).first()
    if host is not None:
        scheme = settings.PUBLIC_URL.partition("://")[0]
        return f"{scheme}://{host.host}{path_of(item)}"
    return f"{settings.PUBLIC_URL}/{site.path}{path_of(item)}"
