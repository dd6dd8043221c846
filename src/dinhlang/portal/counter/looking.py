"""Looking a dossier up: the code and a few digits are asked for, then its state, days and fee are told, and nobody's name."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.onestop import looking_up
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.codes import Code, RefusalCode
from dinhlang.onestop.rules.states import State
from dinhlang.org.models import Unit
from dinhlang.portal.counter import limits
from dinhlang.portal.sites import frame, registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices.serving import of_one_sender
from dinhlang.vietnamese.text import one_line

_NO_DIGIT = re.compile(r"[\s.\-()]+")
_MOST_TYPED = 400


def _text(label: Any, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=_MOST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


class LookForm(forms.Form):
    """A code, and digits that only the paper or its owner's telephone says."""

    code = _text(
        gettext_lazy("Mã hồ sơ hoặc số của phiếu từ chối"), autocapitalize="characters", spellcheck="false"
    )
    digits = _text(
        gettext_lazy("4 số cuối điện thoại, hoặc số tra cứu (6 chữ số) in trên giấy"),
        inputmode="numeric",
    )


@of_one_sender
def look(request: HttpRequest, place: Place) -> HttpResponse:
    """Code and digits are posted; the QR code of a slip fills in the code alone, which opens nothing."""
    if request.method != "POST":
        scanned = one_line(request.GET.get("ma", ""))[:60]
        form = LookForm(initial={"code": scanned})
        if scanned:
            # Whoever scanned the paper has one thing left to do.
            form.fields["digits"].widget.attrs["autofocus"] = True
        return _asked(request, place, form, is_scanned=bool(scanned))
    form = LookForm(request.POST)
    if not form.is_valid():
        form.errors.clear()
        form.add_error(None, _("Ô nhập quá dài. Chỉ nhập mã hồ sơ và các chữ số được hỏi."))
        return _asked(request, place, form, status=403)
    try:
        typed = form.cleaned_data["code"]
        code = codes.read_refusal(typed) or codes.read_loosely(typed)
    except codes.BadCode:
        form.add_error(
            "code",
            _(
                "Nhập mã hồ sơ, như H15.50.05.13-261008-0975, hoặc số của phiếu từ chối, như TCHS-2026-0003, in dưới mã vạch trên giấy."
            ),
        )
        return _asked(request, place, form, status=403)
    digits = _NO_DIGIT.sub("", form.cleaned_data["digits"])
    proof = looking_up.proof_of(digits) if digits.isascii() and digits.isdecimal() else None
    if proof is None:
        form.add_error("digits", _("Nhập đúng 4 số cuối điện thoại, hoặc đủ 6 chữ số của số tra cứu."))
        return _asked(request, place, form, status=403)
    unit = place.to.site.unit_id
    if not limits.may_look(request, unit, code.key, proof):
        form.add_error(
            None,
            _(
                "Đã nhập sai nhiều lần nên tạm khóa tra cứu. Dùng số tra cứu trên giấy tiếp nhận, thử lại sau, hoặc hỏi nơi tiếp nhận."
            ),
        )
        return _asked(request, place, form, status=429)
    found = looking_up.find(Unit(pk=unit), code, digits)
    if found is None:
        limits.note_wrong(request, unit, code.key, proof)
        form.add_error(
            None,
            _(
                "Không có hồ sơ nào khớp mã và số này. Xem lại giấy tiếp nhận; hồ sơ không ghi điện thoại thì dùng số tra cứu trên giấy."
            ),
        )
        return _asked(request, place, form, status=403)
    return _shown(request, place, found, code)


def _asked(
    request: HttpRequest, place: Place, form: LookForm, *, is_scanned: bool = False, status: int = 200
) -> HttpResponse:
    return frame.page(
        request,
        place,
        "portal/counter/look.html",
        _("Tra cứu hồ sơ"),
        crumbs=_crumbs(place),
        status=status,
        form=form,
        is_scanned=is_scanned,
    )


def _shown(request: HttpRequest, place: Place, found: Dossier, code: Code | RefusalCode) -> HttpResponse:
    return frame.page(
        request,
        place,
        "portal/counter/dossier.html",
        _("Hồ sơ %(code)s") % {"code": found.code}
        if found.code
        else _("Phiếu từ chối %(code)s") % {"code": code}
        if found.state == State.REFUSED
        else _("Hồ sơ chưa tiếp nhận"),
        crumbs=(*_crumbs(place), (place.to.dossier_look, _("Tra cứu hồ sơ"))),
        dossier=found,
        seen=looking_up.told(found, timezone.now()),
    )


def _crumbs(place: Place) -> tuple[tuple[str, str], ...]:
    return ((place.to.home, _("Trang chủ")), (place.to.dossiers, _("Một cửa")))


def whole_address(unit: Unit, code: str) -> str:
    """Where dossiers of a unit are looked up, whole; '' without an open site."""
    site = registry.now().by_unit.get(unit.pk)
    if site is None:
        return ""
    asked = f"?{urlencode({'ma': code})}" if code else ""
    return absolute(site, Addresses(site).dossier_look + asked)
