"""Reports in the desk's menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("bao-cao/", include("dinhlang.reports.urls"))]


@hooks.register("register_admin_menu_item")
def reports() -> MenuItem:
    return MenuItem(
        "Báo cáo", reverse("reports:reports"), name="desk-reports", icon_name="doc-full", order=400
    )
