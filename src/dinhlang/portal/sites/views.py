"""The pages that every site has."""

from __future__ import annotations

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dinhlang.org.views import today
from dinhlang.portal.catalogue.home import for_home as procedures_of
from dinhlang.portal.catalogue.views import offered as changes_offered
from dinhlang.portal.contests.home import for_home as contests_of
from dinhlang.portal.kept.recording import note
from dinhlang.portal.news.feeds import of_fields, offered
from dinhlang.portal.news.views import for_home as news_of
from dinhlang.portal.papers.queries import papers
from dinhlang.portal.rights import notice
from dinhlang.portal.sites import assets, linked, looks, queries, registry
from dinhlang.portal.sites import results as results_of
from dinhlang.portal.sites.addresses import Addresses
from dinhlang.portal.sites.frame import Feed, Place, navigation, page, site_page
from dinhlang.portal.sites.lineage import lineage

NEW_PAPERS = 5


def feeds_of(place: Place) -> list[Feed]:
    """The feeds of a whole site."""
    return offered(place)


@site_page
def home(request: HttpRequest, place: Place) -> HttpResponse:
    """The first page of a site."""
    site = place.to.site
    communes = queries.communes_of(site, today())
    return page(
        request,
        place,
        "portal/site/home.html",
        site.body,
        description=site.welcome
        or _("Tin tức, thủ tục, văn bản và kết quả hoạt động của %(body)s.") % {"body": site.body},
        told=[linked.organisation(site), linked.website(site)],
        feeds=feeds_of(place),
        communes=[(one, Addresses(one, place.language).home) for one in communes],
        papers=papers(site, place.language, most=NEW_PAPERS),
        headline=queries.headline(site),
        news=news_of(place),
        procedures=procedures_of(place),
        contests=contests_of(place, today()),
    )


def _home(place: Place) -> tuple[tuple[str, str], ...]:
    return ((place.to.home, _("Trang chủ")),)


@site_page
def contacts(request: HttpRequest, place: Place) -> HttpResponse:
    """How the unit is reached."""
    return page(
        request,
        place,
        "portal/site/contacts.html",
        _("Liên hệ"),
        description=_("Đường dây nóng, địa chỉ và giờ làm việc của %(body)s.") % {"body": place.to.site.body},
        crumbs=_home(place),
        told=[linked.organisation(place.to.site)],
    )


@site_page
def organisation(request: HttpRequest, place: Place) -> HttpResponse:
    """Who is who, which parts the unit has, and how it was called before."""
    site = place.to.site
    return page(
        request,
        place,
        "portal/site/organisation.html",
        _("Tổ chức bộ máy"),
        crumbs=_home(place),
        parts=queries.parts_of(site, today()),
        history=queries.history_of(site),
    )


@site_page
def site_map(request: HttpRequest, place: Place) -> HttpResponse:
    """Every place of the site on one page."""
    to = place.to
    # The fields that have a feed are those of which something was told.
    note(f"news:{to.site.pk}")
    return page(
        request,
        place,
        "portal/site/site_map.html",
        _("Sơ đồ trang"),
        crumbs=_home(place),
        columns=[(column, to.column(column.slug)) for column in to.site.columns],
        feeds=[*feeds_of(place), *changes_offered(place), *of_fields(place)],
        navigation=navigation(to),
    )


@site_page
def results(request: HttpRequest, place: Place) -> HttpResponse:
    """What was reached, figure by figure; each opens what stands behind it."""
    return page(
        request,
        place,
        "portal/site/results.html",
        _("Kết quả"),
        description=_("Kết quả thực hiện kế hoạch của %(body)s, mỗi con số mở ra minh chứng.")
        % {"body": place.to.site.body},
        crumbs=_home(place),
        plans=results_of.plans(place.to.site, today(), place.language),
        years=results_of.results(place.to.site),
        indexes=results_of.indexes(place.to.site),
        practices=results_of.practices(place.to.site),
        lineage=lineage(place.to.site, today()),
        earlier=results_of.earlier(place.to.site, today(), place.language),
        counts=results_of.seed_counts() if place.to.site.is_demo else (),
        counts_chart=results_of.seed_chart() if place.to.site.is_demo else None,
    )


@site_page
def accessibility(request: HttpRequest, place: Place) -> HttpResponse:
    """What the pages promise to those who see, hear or move otherwise."""
    return page(request, place, "portal/public/accessibility.html", _("Trợ năng"), crumbs=_home(place))


@site_page
def privacy(request: HttpRequest, place: Place) -> HttpResponse:
    """What the pages show of people, and what they keep of readers."""
    return page(
        request,
        place,
        "portal/public/privacy.html",
        _("Quyền riêng tư"),
        crumbs=_home(place),
        notices=notice.told(),
    )


def slashless(request: HttpRequest, site: str) -> HttpResponse:
    """'/ben-truc' leads to '/ben-truc/', as for every other page."""
    if site not in registry.now().by_path:
        raise Http404
    return HttpResponsePermanentRedirect(f"/{site}/")


# --- how pages are looked at ----------------------------------------------------------------------


@csrf_exempt  # It sets how pages look in this browser and nothing else; a token would make every page different for each.
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the size of text, the contrast or the light in this browser, and go back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("front")
    answer = HttpResponseRedirect(back)
    for name, choices in looks.CHOICES.items():
        asked = request.POST.get(name)
        if asked == choices[0]:
            answer.delete_cookie(name, samesite="Lax")
        elif asked in choices:
            answer.set_cookie(
                name,
                asked,
                max_age=looks.A_YEAR,
                samesite="Lax",
                httponly=True,
                secure=settings.SESSION_COOKIE_SECURE,
            )
    return answer


@require_safe
def look_style(request: HttpRequest) -> HttpResponse:
    """The style sheet of the look that this browser's cookies say."""
    return HttpResponse(
        looks.style_of(looks.chosen(request.COOKIES)),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": "private, no-cache", "Vary": "Cookie"},
    )


@require_safe
def stylesheet(request: HttpRequest, name: str) -> HttpResponse:
    """The style sheet of public pages, named by its contents; an older name gives today's, so that no page is bare."""
    kept = "public, max-age=31536000, immutable"
    is_todays = assets.stylesheet_address() == f"/g/{name}.css"
    return HttpResponse(
        assets.stylesheet(),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": kept if is_todays else "no-cache"},
    )
