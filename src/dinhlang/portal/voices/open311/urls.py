"""Below `/open311/v2/` of every site."""

from django.urls import re_path

from dinhlang.portal.voices.open311 import views

_FORM = r"(?P<form>json|xml)"
_UID = r"(?P<uid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
urlpatterns = [
    re_path(rf"^discovery\.{_FORM}$", views.discovery, name="open311-discovery"),
    re_path(rf"^services\.{_FORM}$", views.services, name="open311-services"),
    re_path(rf"^services/(?P<code>[-\w]{{1,40}})\.{_FORM}$", views.service, name="open311-service"),
    re_path(rf"^tokens/(?P<token>[-\w]{{1,80}})\.{_FORM}$", views.token, name="open311-token"),
    re_path(rf"^requests\.{_FORM}$", views.requests, name="open311-requests"),
    re_path(rf"^requests/{_UID}\.{_FORM}$", views.one_request, name="open311-request"),
    re_path(rf"^requests/{_UID}\.(?P<form>atom)$", views.updates, name="open311-updates"),
    re_path(rf"^request/{_UID}\.{_FORM}$", views.old_request, name="open311-old-request"),
    re_path(
        r"^requests/(?P<token>[-\w]{1,80})\.(?P<form>json|xml|atom)$", views.token, name="open311-nothing"
    ),
]
