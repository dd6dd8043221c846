"""Plans and the ledger in the desk's menu."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    return [path("", include("dinhlang.work.urls"))]


@hooks.register("register_admin_menu_item")
def ledger() -> MenuItem:
    return MenuItem("Sổ theo dõi", reverse("work:ledger"), name="desk-ledger", icon_name="list-ul", order=200)


@hooks.register("register_admin_menu_item")
def plans() -> MenuItem:
    return MenuItem("Kế hoạch", reverse("work:plans"), name="desk-plans", icon_name="calendar-alt", order=300)
