"""A call sheet: what somebody says at the telephone or the counter, written down while they speak."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.forms import CallForm
from dinhlang.citizens.keeping import Fit, Kept
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.recognition import recognise
from dinhlang.citizens.views.seen import crumb, parts_of
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.org.views import page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body


@never_cache
def case_new(request: HttpRequest) -> HttpResponse:
    """Take a case in. Its code and PIN are shown in the answer to the form, once, and stored nowhere in the session."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_TAKE)
    data, files = posted(request)
    form = CallForm(
        data,
        files,
        hamlets=parts_of(body, on),
        initial={"key": secrets.token_urlsafe(24), "way": request.GET.get("qua", Way.PHONE)},
    )
    if form.is_valid():
        try:
            receipt = _taken(request, form, body)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return page(
                request,
                "citizens/taken.html",
                _("Đã nhận phản ánh"),
                crumbs=[crumb()],
                receipt=receipt,
                body=body,
                apart=recognise(receipt.case.words.shown(), on),
            )
    return page(
        request, "citizens/new.html", _("Ghi phản ánh, kiến nghị"), crumbs=[crumb()], form=form, body=body
    )


def _taken(request: HttpRequest, form: CallForm, body: Unit) -> actions.Receipt:
    said = form.cleaned_data
    kept: list[Kept] = []
    look = actions.refuser()
    try:
        for file in said["files"]:
            kept.append(_kept(file, look))
        return _took(request, form, body, kept)
    except Refused:
        for one in kept:
            keeping.FILES.erase(one.name_there)
        raise


def _kept(file: UploadedFile, look: Callable[[Fit], int]) -> Kept:
    """One file looked at and laid down. Raises `Unfit` that names it: among several the official must know which."""
    try:
        return keeping.keep(file.read(), file.name or "", look=look)
    except Refused as reason:
        raise Unfit(f"{file.name}: {reason}", "files") from None


def _took(request: HttpRequest, form: CallForm, body: Unit, kept: list[Kept]) -> actions.Receipt:
    said = form.cleaned_data
    by_mail = said.get("by_mail", False)
    return actions.take_in(
        unit=body,
        told=form.told(),
        sender=form.sender(),
        way=Way(said["way"]),
        key=said["key"],
        agreed=actions.Agreed(publishable=said["publishable"], receipt_by_mail=by_mail, news_by_mail=by_mail),
        files=kept,
        by=signed_in(request),
        at=timezone.now(),
    )
