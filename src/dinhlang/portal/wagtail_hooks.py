"""The shell of the desk: our look, our menu, our first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Wagtail's own entries come back, one by one and in Vietnamese, with the rooms that use them.
OURS = "desk-"


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_main_menu")
def only_what_the_desk_uses(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name.startswith(OURS)]


@hooks.register("construct_homepage_panels", order=0)
def no_panels_of_other_trades(request: HttpRequest, panels: list[Any]) -> None:
    """Runs first, so that only the panels our rooms add later are left."""
    panels.clear()
