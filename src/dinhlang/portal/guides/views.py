"""The list of guides, a guide with what is needed for it, its steps one by one, its leaflet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.broadcast.templatetags.broadcast import length_in_words
from dinhlang.onestop.support.guides import Guide, OwnPicture, Step, all_guides
from dinhlang.onestop.support.leaflet import leaflet_pdf
from dinhlang.onestop.support.own import guide_for
from dinhlang.onestop.support.screens import screen_svg
from dinhlang.org.qr import qr_svg
from dinhlang.portal.kept.recording import note
from dinhlang.portal.listening import steps
from dinhlang.portal.news import pictures
from dinhlang.portal.sites.addresses import VIETNAMESE, Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page


def _way(place: Place, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(place.to.home, _("Trang chủ")), *more]


def _to_all(place: Place) -> tuple[str, str]:
    return place.to.guides, _("Hướng dẫn từng bước")


@site_page
def guides(request: HttpRequest, place: Place) -> HttpResponse:
    """Every guide, in the order of a beginner."""
    return page(
        request,
        place,
        "portal/guides/guides.html",
        _("Hướng dẫn từng bước"),
        description=_(
            "Cài VNeID, đăng nhập Cổng Dịch vụ công quốc gia, nộp hồ sơ, thanh toán, tra cứu: chữ to, có hình."
        ),
        crumbs=_way(place),
        is_original=False,
        guides=[(one, place.to.guide(one.id)) for one in all_guides()],
    )


@site_page
def guide(request: HttpRequest, place: Place, guide: str) -> HttpResponse:
    """What is needed, and the steps to come."""
    found = guide_for(place.to.site.unit_id, guide)
    if found is None:
        return not_there(request, place)
    address = absolute(place.site, Addresses(place.to.site).guide(found.id))
    return page(
        request,
        place,
        "portal/guides/guide.html",
        found.title,
        description=found.summary,
        crumbs=_way(place, _to_all(place)),
        is_original=False,
        guide=found,
        steps=[(one, place.to.guide_step(found.id, at)) for at, one in enumerate(found.steps, 1)],
        leaflet=place.to.guide_leaflet(found.id),
        url=address,
        qr=mark_safe(qr_svg(address)),  # noqa: S308 (drawn by us, of squares)
    )


@site_page
def step(request: HttpRequest, place: Place, guide: str, number: int) -> HttpResponse:
    """One step in large type, with the way on and back."""
    found = guide_for(place.to.site.unit_id, guide)
    if found is None or not 1 <= number <= len(found.steps):
        return not_there(request, place)
    to, last = place.to, len(found.steps)
    note(steps.tag_of(to.site.unit_id, found.id))
    following = _after(found)
    this = found.steps[number - 1]
    return page(
        request,
        place,
        "portal/guides/step.html",
        this.title,
        description=f"{found.title}: {this.title}",
        crumbs=_way(place, _to_all(place), (to.guide(found.id), found.title)),
        is_original=False,
        guide=found,
        step=this,
        number=number,
        last=last,
        # Not 'picture': the frame calls so the address of a page's photo.
        drawing=mark_safe(screen_svg(this.screen)) if this.is_drawn else "",  # noqa: S308 (ours, it escapes what it is told)
        photo=_photo(place, this.picture) if this.picture else None,
        heard=_heard(place, found, this),
        back=to.guide_step(found.id, number - 1) if number > 1 else to.guide(found.id),
        next=to.guide_step(found.id, number + 1) if number < last else "",
        following=following,
        following_address=to.guide(following.id) if following else "",
    )


def _photo(place: Place, picture: OwnPicture) -> dict[str, object]:
    """The commune's own picture, in the sizes that phones ask for."""
    sizes = [
        (place.to.picture(picture.sha256, name), width) for name, width in pictures.sizes_of(picture.width)
    ]
    return {
        "address": sizes[0][0],
        "choices": ", ".join(f"{address} {width}w" for address, width in sizes),
        "alternative": picture.alternative,
        "width": picture.width,
        "height": picture.height,
    }


def _heard(place: Place, guide: Guide, step: Step) -> dict[str, str] | None:
    """The sound of the step; the page has it as soon as the worker has made it."""
    sound = steps.sound_of(place.to.site.unit_id, guide, step)
    if sound is None or sound.mp3_id is None or sound.opus_id is None:
        return None
    return {
        "mp3": place.to.sound(sound.mp3_id, "mp3"),
        "opus": place.to.sound(sound.opus_id, "opus"),
        "length": length_in_words(sound.seconds),
    }


def _after(found: Guide) -> Guide | None:
    """The guide that a beginner needs next."""
    every = all_guides()
    at = [one.id for one in every].index(found.id) + 1
    return every[at] if at < len(every) else None


@site_page
def leaflet(request: HttpRequest, place: Place, guide: str) -> HttpResponse:
    """The guide on sheets of A4. It is Vietnamese, as all that is printed."""
    found = guide_for(place.to.site.unit_id, guide)
    if found is None or place.language != VIETNAMESE:
        return not_there(request, place)
    address = absolute(place.site, place.to.guide(found.id))
    data = leaflet_pdf(found, place.to.site.body, address)
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="huong-dan-{found.id}.pdf"'},
    )
