"""The addresses that programs read, inside a site (`sites.addresses` builds them)."""

from django.urls import URLPattern, path

from dinhlang.portal.api import described, views
from dinhlang.portal.api.serving import served
from dinhlang.portal.kept.remembered import remembered_inside

_KNOWN = described.parameters()


def _operations() -> list[URLPattern]:
    """Those of the API, each as an address of every site."""
    found = [one for one in views.api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [
        path(
            str(one.pattern),
            served(remembered_inside(one.callback), _KNOWN[str(one.name).removeprefix("api-")]),
            name=one.name,
        )
        for one in found
    ]


urlpatterns = [
    path("", described.documentation, name="api"),
    path("openapi.json", served(views.openapi), name="api-description"),
    *_operations(),
    path("<path:rest>", served(views.not_there), name="api-nothing"),
]
