"""Units in the desk's menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("don-vi/", include("dinhlang.org.urls"))]


@hooks.register("register_admin_menu_item")
def units() -> MenuItem:
    return MenuItem("Đơn vị", reverse("org:units"), name="desk-units", icon_name="site", order=900)
