"""The frame of every public page: masthead, search, navigation, foot; what search engines and feeds readers are told.

A page is the same for everyone who asks, so that it can be kept as a file: no cookie and no session is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.portal.kept.recording import note
from dinhlang.portal.sites import assets, linked, looks, registry
from dinhlang.portal.sites.addresses import ENGLISH, LANGUAGES, VIETNAMESE, Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow

Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: on which site, in which language. Without a site it belongs to the installation."""

    site: SiteNow | None
    language: str = VIETNAMESE

    @property
    def to(self) -> Addresses:
        if self.site is None:
            raise ValueError("a page of the installation has no addresses of a site")
        return Addresses(self.site, self.language)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a page offers."""

    title: str
    address: str

    @property
    def kind(self) -> str:
        return "application/atom+xml" if self.address.endswith(".atom") else "application/rss+xml"


@dataclass(frozen=True, slots=True)
class Switch:
    """One choice of how pages look, as the foot of a page offers it."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


def switches() -> tuple[Switch, ...]:
    """The choices of how pages look, in words."""
    labels = {
        "text": (_("Cỡ chữ"), (_("Thường"), _("Lớn"), _("Rất lớn"))),
        "contrast": (_("Tương phản"), (_("Thường"), _("Cao"))),
        "theme": (_("Nền"), (_("Theo máy"), _("Sáng"), _("Tối"))),
    }
    return tuple(
        Switch(name, label, tuple(zip(looks.CHOICES[name], words, strict=True)))
        for name, (label, words) in labels.items()
    )


def navigation(to: Addresses) -> list[tuple[str, str]]:
    """The few places that every page leads to."""
    return [
        (to.home, _("Trang chủ")),
        (to.news, _("Tin tức")),
        (to.procedures, _("Thủ tục")),
        (to.documents, _("Văn bản")),
        (to.results, _("Kết quả")),
        (to.voices, _("Phản ánh")),
        (to.organisation, _("Tổ chức")),
        (to.contacts, _("Liên hệ")),
    ]


def site_page(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page of a site, found by the path (`site=`) or the host name of the request.

    A site that stands at a host name of its own is led there from its path. The answer may be kept by anyone and is
    asked for anew each time, so that what is withdrawn is gone at once; one that did not change is a 304.
    """

    @wraps(view)
    def answered(
        request: HttpRequest, site: str = "", language: str = VIETNAMESE, **kwargs: Any
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        found = registry.now().by_path.get(site) if site else registry.now().by_host.get(host_of(request))
        with translation.override(language):
            if found is None:
                return finished(request, not_there(request, Place(None, language)))
            # Also of what has no frame, as a feed or a table: where a site stands is part of its address.
            note(f"site:{found.pk}")
            if site and found.host:
                rest = request.get_full_path().removeprefix(f"/{site}")
                return HttpResponsePermanentRedirect(absolute(found, rest))
            return finished(request, view(request, Place(found, language), **kwargs))

    return answered


def host_of(request: HttpRequest) -> str:
    """The host name that was asked, without its port."""
    return request.get_host().rpartition(":")[0] or request.get_host()


def finished(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with what lets it be kept and asked for anew."""
    answer.headers.setdefault("Cache-Control", "public, no-cache")
    if answer.status_code != 200 or (answer.streaming and not answer.has_header("ETag")):
        return answer
    if not answer.has_header("ETag"):
        set_response_etag(answer)
    same = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return same or answer


def page(
    request: HttpRequest,
    place: Place,
    template: str,
    title: str,
    *,
    status: int = 200,
    description: str = "",
    crumbs: Crumbs = (),
    told: Iterable[Mapping[str, Any]] = (),
    feeds: Sequence[Feed] = (),
    is_original: bool = True,
    is_inside: bool = True,
    address: str = "",
    kind: str = "website",
    **more: Any,
) -> HttpResponse:
    """A public page of a site.

    `crumbs` are (address, name) of what stands above it; `told` are the nodes of linked data (`linked`) beside the way
    here. `is_original` is false for an English frame around a Vietnamese text: then the Vietnamese page is the one
    that search engines keep. `is_inside` is false for a page of the installation in the frame of a site.
    """
    given = context(
        place,
        address or request.path,
        title,
        status=status,
        description=description,
        crumbs=crumbs,
        told=told,
        feeds=feeds,
        is_original=is_original,
        is_inside=is_inside,
        kind=kind,
    )
    # Without the request: nothing of who asks can come into the page.
    return HttpResponse(render_to_string(template, {**given, **more}), status=status)


def context(
    place: Place,
    address: str,
    title: str,
    *,
    status: int = 200,
    description: str = "",
    crumbs: Crumbs = (),
    told: Iterable[Mapping[str, Any]] = (),
    feeds: Sequence[Feed] = (),
    is_original: bool = True,
    is_inside: bool = True,
    kind: str = "website",
) -> dict[str, Any]:
    """What the frame of a page is told (see `page`)."""
    site = place.site
    given: dict[str, Any] = {
        "title": title,
        "description": description,
        "language": place.language,
        "site": site,
        "site_name": capfirst(site.name) if site else "",
        "stylesheet": assets.stylesheet_address(),
        "looks_style": looks.ADDRESS,
        "switches": switches(),
        "here": address,
        # A page that is not there has no address to be known by.
        "canonical": absolute(site, address) if status == 200 else "",
        "kind": kind,
        "feeds": feeds,
        "crumbs": crumbs,
        "is_demo": bool(site and site.is_demo),
    }
    if site is not None:
        note(f"site:{site.pk}")
        given |= {"to": place.to, "navigation": navigation(place.to)}
        given["linked_data"] = linked_data(site, address, title, crumbs, told)
        if is_inside:
            given |= _in_languages(place.to, address, is_original, status)
    return given


def linked_data(
    site: SiteNow, address: str, title: str, crumbs: Crumbs, told: Iterable[Mapping[str, Any]] = ()
) -> str:
    """What search engines are told of a page, with the way to it; empty when that is nothing."""
    nodes = list(told)
    if crumbs:
        way = [(absolute(site, there), name) for there, name in crumbs]
        nodes.append(linked.breadcrumbs([*way, (absolute(site, address), title)]))
    return linked.script(nodes) if nodes else ""


def _in_languages(to: Addresses, address: str, is_original: bool, status: int) -> dict[str, Any]:
    """The same page in each language, and which of them search engines keep."""
    rest = address.removeprefix(to.base)
    everywhere = {one: absolute(to.site, to.other(one).at(rest)) for one in LANGUAGES}
    return {
        "canonical": everywhere[to.language if is_original else VIETNAMESE] if status == 200 else "",
        "alternates": everywhere if status == 200 and is_original else {},
        "other_language": to.other(VIETNAMESE if to.language == ENGLISH else ENGLISH).at(rest),
    }


def not_there(request: HttpRequest, place: Place) -> HttpResponse:
    """There is no such page: the same answer for what never was and for what is not published."""
    return page(request, place, "portal/public/not_there.html", _("Không tìm thấy trang"), status=404)
