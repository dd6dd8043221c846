"""The addresses of the desk: our rooms, and of Wagtail's admin only what the shell itself needs.

Everything else that Wagtail brings answers 404 until a room uses it: what nobody needs, nobody has to guard,
explain or translate.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import urlpatterns as wagtail_patterns
from wagtail.utils.urlpatterns import decorate_urlpatterns

from dinhlang.org.views import account

# Wagtail's views that the shell stands on; None is the last pattern of all, which says "no such page".
SHELL = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_dismissibles",
        "wagtailadmin_sprite",
    }
)
REPLACED = frozenset({"wagtailadmin_account", "wagtailadmin_javascript_catalog"})


@method_decorator(cache_control(max_age=3600, private=True), name="dispatch")
class Words(JavaScriptCatalog):
    """The words of Wagtail's scripts, with our translations over Wagtail's own."""

    packages = ["wagtail.admin"]

    def get_paths(self, packages: list[str]) -> list[Any]:
        return [*super().get_paths(packages), *settings.LOCALE_PATHS]


def nothing_here(view: Any) -> Any:
    """Answer 404 in place of the view."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404

    return answer


def _is_ours(pattern: URLPattern | URLResolver) -> bool:
    if isinstance(pattern, URLResolver):
        return all(_is_ours(one) for one in pattern.url_patterns)
    return pattern.callback.__module__.startswith("dinhlang.")


def _desk() -> list[URLPattern | URLResolver]:
    *wagtails, no_such_page = wagtail_patterns
    kept: list[URLPattern | URLResolver] = []
    for pattern in wagtails:
        name = getattr(pattern, "name", None)
        if name in REPLACED:
            continue
        if name not in SHELL and not _is_ours(pattern):
            # Kept by name, since Wagtail's templates and scripts ask for their addresses.
            decorate_urlpatterns([pattern], nothing_here)
        kept.append(pattern)
    return [*kept, no_such_page]


urlpatterns = [
    path("tai-khoan/", require_admin_access(account), name="wagtailadmin_account"),
    path("jsi18n/", Words.as_view(), name="wagtailadmin_javascript_catalog"),
    *_desk(),
]
