"""The addresses that programs read, inside a site (`sites.addresses` builds them)."""

from django.urls import URLPattern, path

from dinhlang.portal.api import described, views
from dinhlang.portal.api.serving import served
from dinhlang.portal.kept.remembered import View, moment, remembered_inside
from dinhlang.portal.opendata.rules import HOLDS_SECONDS

_KNOWN = described.parameters()
# What tells of the desk's own work, which announces nothing to public pages.
_FOR_A_MOMENT = {"api-standings": moment(HOLDS_SECONDS)}


def _operations() -> list[URLPattern]:
    """Those of the API, each as an address of every site."""
    found = [one for one in views.api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [
        path(
            str(one.pattern),
            served(_remembered(one), _KNOWN[str(one.name).removeprefix("api-")]),
            name=one.name,
        )
        for one in found
    ]


def _remembered(one: URLPattern) -> View:
    state = _FOR_A_MOMENT.get(str(one.name))
    return remembered_inside(one.callback, state) if state else remembered_inside(one.callback)


urlpatterns = [
    path("", described.documentation, name="api"),
    path("openapi.json", served(views.openapi), name="api-description"),
    *_operations(),
    path("<path:rest>", served(views.not_there), name="api-nothing"),
]
