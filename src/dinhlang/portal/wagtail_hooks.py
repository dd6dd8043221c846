"""The shell of the desk: our look, our menu, our first page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from dinhlang.org.views import today
from dinhlang.portal import queries

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


class DeskPanel(Component):
    """What awaits the person in each of their units."""

    template_name = "portal/desk.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        on = today()
        return {"desks": queries.desks(parent_context["request"].user, on), "on": on}


@hooks.register("construct_homepage_panels", order=100)
def what_awaits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DeskPanel())
