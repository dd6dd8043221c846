"""Old documents in the desk's menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("van-ban-cu/", include("dinhlang.archive.urls"))]


@hooks.register("register_admin_menu_item")
def documents() -> MenuItem:
    return MenuItem(
        "Văn bản cũ", reverse("archive:documents"), name="desk-archive", icon_name="history", order=500
    )
