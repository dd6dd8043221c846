"""At which site a request arrives: old host names lead on, a site's own host name has the site at its root."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from dinhlang.portal.models import OldAddress
from dinhlang.portal.sites import HOST_URLS, registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import host_of
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.sites.stopped import is_away, stopped

Answer = Callable[[HttpRequest], HttpResponse]


class Sites:
    """Middleware: choose the addresses of a site's host, lead from old hosts and old addresses to where things are now."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            known = registry.now()
        except DatabaseError:
            # What needs no database still answers; what does says so itself.
            return self.get_response(request)
        host = host_of(request)
        moved = known.moved_to(host)
        if moved is not None:
            return HttpResponsePermanentRedirect(
                absolute(moved, _now_at(moved, request) or _same(moved, request))
            )
        site = known.by_host.get(host)
        if site is not None:
            if request.path_info.startswith(_INNER):
                return _at_the_house(request)
            request.urlconf = HOST_URLS
        else:
            site = known.by_path.get(request.path_info.split("/", 2)[1])
        answer = self.get_response(request)
        if answer.status_code == 404 and site is not None:
            there = _now_at(site, request)
            if there:
                return HttpResponsePermanentRedirect(there)
        return answer

    def process_exception(self, request: HttpRequest, reason: Exception) -> HttpResponse | None:
        """While the database does not answer, what needs it says so plainly; pages that are kept are still there."""
        return stopped(reason) if is_away(reason) else None


def _at_the_house(request: HttpRequest) -> HttpResponse:
    """The desk and its door stand at the installation's own host only: there are its cookies, there its links lead."""
    if request.method in ("GET", "HEAD"):
        return HttpResponseRedirect(absolute(None, request.get_full_path()))
    return HttpResponse(status=421)


def _now_at(site: SiteNow, request: HttpRequest) -> str:
    """Where an old address of the site leads; empty for one that nobody remembers."""
    asked = request.get_full_path().removeprefix(site.prefix)
    wanted = {asked, request.path_info.removeprefix(site.prefix)}
    found = {one.path: one.target for one in OldAddress.objects.filter(site=site.pk, path__in=[*wanted])}
    target = found.get(asked) or next(iter(found.values()), "")
    return Addresses(site).at(target) if target else ""


def _same(site: SiteNow, request: HttpRequest) -> str:
    """The same page of the site, when it has one there; else its first page."""
    path = request.path_info
    return Addresses(site).at(path if path.startswith(_OURS) else "/")


# What is not public: people sign in here, or come with a secret in the address.
_INNER = ("/ban-lam-viec/", "/dang-nhap/", "/dang-xuat/", "/loi-moi/", "/duyet-tin/", "/lich/")
_OURS = (
    "/tin/",
    "/chuyen-muc/",
    "/thu-tuc/",
    "/van-ban/",
    "/ket-qua/",
    "/phan-anh/",
    "/du-lieu-cua-toi/",
    "/open311/",
    "/lien-he/",
    "/to-chuc/",
    "/so-do-trang/",
    "/tro-nang/",
    "/rieng-tu/",
    "/api/",
    "/en/",
)
