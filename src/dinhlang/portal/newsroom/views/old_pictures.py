"""Pictures of the old site: how far they are, words for those that have none, which could not be had and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import OldPicture
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.rules.checking import says_something
from dinhlang.portal.newsroom.rules.old_pictures import name_of
from dinhlang.portal.newsroom.views.found import crumb
from dinhlang.work.views.files import download

AT_ONCE = 12
_SHOWN = 100
_AGAIN_AFTER_SECONDS = 4


def old_pictures(request: HttpRequest) -> HttpResponse:
    """Say what pictures show; they go into their items then."""
    unit = managed_body(request, today(), Permission.NEWS_REVIEW)
    if request.method == "POST":
        return _describe(request, unit)
    of_unit = OldPicture.objects.filter(item__unit=unit)
    counts = dict(of_unit.order_by().values_list("state").annotate(count=Count("pk")))
    state = OldPicture.State
    waiting = counts.get(state.WAITING, 0)
    held = of_unit.filter(state=state.HELD).select_related("item__shown", "item__column")
    answer = page(
        request,
        "newsroom/old_pictures.html",
        _("Ảnh của trang cũ"),
        crumbs=[crumb(), (f"{reverse('newsroom:import')}?unit={unit.pk}", _("Nhập tin của trang cũ"))],
        body=unit,
        bodies=units_for(request, Permission.NEWS_REVIEW, today()),
        all=sum(counts.values()),
        waiting=waiting,
        done=sum(counts.values()) - waiting,
        placed=counts.get(state.PLACED, 0),
        left_out=counts.get(state.LEFT_OUT, 0),
        held_count=counts.get(state.HELD, 0),
        held=[_shown(one) for one in held.order_by("item", "position")[:AT_ONCE]],
        refused_count=counts.get(state.REFUSED, 0),
        refused=of_unit.filter(state=state.REFUSED).select_related("item__shown").order_by("pk")[:_SHOWN],
    )
    if waiting and not counts.get(state.HELD, 0):
        # Not while somebody types.
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


def _shown(picture: OldPicture) -> dict[str, Any]:
    # What the old site said beside the picture is a beginning; it is asked for all the same.
    told = picture.alternative if says_something(picture.alternative) else picture.caption
    return {"picture": picture, "told": told, "name": name_of(picture.address)}


def _describe(request: HttpRequest, unit: Unit) -> HttpResponse:
    words = {
        int(name.removeprefix("alternative-")): str(text)
        for name, text in request.POST.items()
        if name.startswith("alternative-") and name.removeprefix("alternative-").isdecimal()
    }
    left_out = [int(one) for one in request.POST.getlist("leave-out") if one.isdecimal()]
    try:
        placed = actions.describe_old_pictures(
            unit=unit, words=words, left_out=left_out, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        if placed:
            messages.success(request, _("Đã đưa %(count)s ảnh vào tin.") % {"count": placed})
        if placed < len({pk for pk, text in words.items() if text.strip()} - set(left_out)):
            messages.info(request, _("Ảnh của tin đang được sửa hoặc đã gỡ thì chờ; mô tả đã lưu."))
    return redirect(f"{reverse('newsroom:old-pictures')}?unit={unit.pk}")


def old_picture_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture itself, to whoever may say what it shows."""
    picture = get_object_or_404(OldPicture.objects.select_related("item", "blob"), pk=pk)
    if (
        picture.item.unit_id not in units_for(request, Permission.NEWS_REVIEW, today())
        or picture.blob is None
    ):
        raise Http404
    answer = download(picture.blob, f"anh-{picture.pk}.jpg")
    answer.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return answer
