"""A step of a guide as its commune gives it: what stands since when, the commune's own words and picture, every version."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.onestop.models import StepVersion
from dinhlang.onestop.support import own, writing
from dinhlang.onestop.support.forms import StepForm
from dinhlang.onestop.support.guides import Guide, Step, guide_named
from dinhlang.onestop.support.screens import screen_svg
from dinhlang.onestop.support.views import support_crumb
from dinhlang.onestop.support.writing import Beside, Said
from dinhlang.onestop.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.org.views import page, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.work.views.files import download

_SALT = "onestop.step-picture"
_A_DAY = 86_400


def step(request: HttpRequest, guide: str, step: str) -> HttpResponse:
    """What stands, the form for the commune's own words, the versions; a POST writes, checks or goes back."""
    body = managed_body(request, today(), Permission.SITE_MANAGE)
    house = next((one for one in _or_404(guide_named(guide)).steps if one.key == step), None)
    if house is None:
        raise Http404
    deed = request.POST.get("do", "")
    if deed == "check":
        return _done(request, body, guide, step, lambda: _check(request, body, guide, step))
    if deed == "house":
        return _done(request, body, guide, step, lambda: _go_back(request, body, guide, step))
    form = StepForm(_sent(request), request.FILES or None, initial=_begun(request, body, guide, house))
    held = ""
    if request.method == "POST":
        held = _held(request, body, form)
        if form.is_valid() and _written(request, body, guide, step, form, held):
            return redirect(_address(body, guide, step))
    return _page(request, body, guide, house, form, held)


def _page(
    request: HttpRequest, body: Unit, guide: str, house: Step, form: StepForm, held: str
) -> HttpResponse:
    given = _or_404(own.guide_for(body.pk, guide))
    number = next(at for at, one in enumerate(given.steps, 1) if one.key == house.key)
    rows = list(own.versions(body.pk, guide, house.key))
    stands = rows[0] if rows and not rows[0].is_house else None
    # Of the house's words only a check of this very version counts.
    checked = rows[0] if rows and given.steps[number - 1].checked_on else None
    there = f"{reverse('onestop:support-guide', args=[guide])}?{urlencode({'unit': body.pk})}"
    return page(
        request,
        "onestop/support_step.html",
        house.title,
        crumbs=[crumb(), support_crumb(body), (there, given.title)],
        body=body,
        body_name=capfirst(org.title_of(body, today())),
        guide=given,
        number=number,
        step=given.steps[number - 1],
        house=house,
        drawing=mark_safe(screen_svg(house.screen)),  # noqa: S308 (ours, it escapes what it is told)
        stands=stands,
        checked=checked,
        is_outdated=stands is not None and stands.house_version != given.version,
        rows=rows,
        form=form,
        held=signing.dumps([body.pk, held], salt=_SALT) if held else "",
        # The form names the version it was begun with; after a refusal it goes on from the one that is shown now.
        seen=rows[0].pk if rows else "",
    )


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was typed; whoever chose a file means it to be seen, whatever the choice above it says."""
    if request.method != "POST":
        return None
    said = request.POST.copy()
    if request.FILES.get("file"):
        said["beside"] = Beside.PICTURE
    return said


def _begun(request: HttpRequest, body: Unit, guide: str, house: Step) -> dict[str, object]:
    """What the form begins with: an older version that is taken up again, else what stands."""
    asked = request.GET.get("tu", "")
    rows = own.versions(body.pk, guide, house.key)
    row = rows.filter(pk=asked, is_house=False).first() if asked.isdecimal() else rows.first()
    if row is None or row.is_house:
        return {"words": house.words, "note": house.note, "beside": Beside.DRAWING}
    beside = Beside.PICTURE if row.picture_id else Beside.DRAWING if row.is_drawn else Beside.NOTHING
    held = signing.dumps([body.pk, row.picture_id], salt=_SALT) if asked and row.picture_id else ""
    return {
        "words": row.words,
        "note": row.note,
        "beside": beside,
        "alternative": row.alternative,
        "held": held,
    }


def _held(request: HttpRequest, body: Unit, form: StepForm) -> str:
    """The hash of the picture that comes with the form, or came with it before; '' for none."""
    file = form.files.get("file")
    form.is_valid()
    if file is not None and "file" not in form.errors:
        try:
            return writing.hold_picture(data=file.read(), name=file.name or "", at=timezone.now())
        except Refused as reason:
            reason = reason if isinstance(reason, Unfit) else Unfit(str(reason), "file")
            show_refusal(form, reason)
            return ""
    try:
        unit, sha256 = signing.loads(request.POST.get("held", ""), salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return ""
    return str(sha256) if unit == body.pk else ""


def _written(
    request: HttpRequest, body: Unit, guide: str, step: str, form: StepForm, held: str
) -> StepVersion | None:
    said = form.cleaned_data
    if said["beside"] == Beside.PICTURE and held and not said["is_clean"]:
        form.add_error("is_clean", _("Xem lại ảnh rồi đánh dấu ô này."))
        return None
    try:
        made = writing.write(
            unit=body,
            guide=guide,
            step=step,
            said=Said(
                words=said["words"],
                note=said["note"],
                beside=said["beside"],
                picture=held,
                alternative=said["alternative"],
                seen=said["seen"],
            ),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        show_refusal(form, reason)
        return None
    messages.success(request, _("Đã lưu. Từ giờ trang công khai, cẩm nang và tờ rơi dùng bản này."))
    return made


def _check(request: HttpRequest, body: Unit, guide: str, step: str) -> str:
    asked = request.POST.get("seen", "")
    writing.check(
        unit=body,
        guide=guide,
        step=step,
        seen=int(asked) if asked.isdecimal() else None,
        by=signed_in(request),
        at=timezone.now(),
    )
    return _("Đã ghi: hôm nay đã đối chiếu, vẫn đúng.")


def _go_back(request: HttpRequest, body: Unit, guide: str, step: str) -> str:
    writing.go_back(unit=body, guide=guide, step=step, by=signed_in(request), at=timezone.now())
    return _("Đã dùng lại bản của hệ thống. Bản của xã còn ở dưới, lấy lại được.")


def _done(request: HttpRequest, body: Unit, guide: str, step: str, do: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, do())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(_address(body, guide, step))


def _address(body: Unit, guide: str, step: str) -> str:
    return f"{reverse('onestop:support-step', args=[guide, step])}?{urlencode({'unit': body.pk})}"


def _or_404(guide: Guide | None) -> Guide:
    if guide is None:
        raise Http404
    return guide


def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a version, old or standing, to the team that helps by it and to whoever writes it."""
    on = today()
    units = {
        *units_for(request, Permission.ACTIVITY_RECORD, on),
        *units_for(request, Permission.SITE_MANAGE, on),
    }
    found = get_object_or_404(
        StepVersion.objects.select_related("picture"), pk=pk, unit__in=units, picture__isnull=False
    )
    if found.picture is None:
        raise Http404
    answer = download(found.picture, f"buoc-{found.pk}.jpg")
    answer.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return answer
