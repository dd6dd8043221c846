"""What a person fills in about their data: as little as will do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.voices.guards import PayloadField
from dinhlang.privacy.actions import Asked
from dinhlang.privacy.rules.states import Kind
from dinhlang.work.forms.fields import BAD_CHOICE

_MOST_TYPED = 20_000


def _text(label: Any, *, rows: int = 0, **attrs: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=_MOST_TYPED, strip=True, widget=widget)


class AskForm(forms.Form):
    """What is asked and by whom: a code with its PIN, or a name and a way to reach the person."""

    kind = forms.ChoiceField(
        label=_("Bạn muốn gì"),
        choices=Kind.choices,
        widget=forms.RadioSelect(),
        error_messages={**BAD_CHOICE, "required": _("Chọn một yêu cầu.")},
    )
    code = _text(
        _("Mã tra cứu phản ánh"), autocomplete="off", autocapitalize="characters", spellcheck="false"
    )
    pin = _text(_("Mã bí mật (6 chữ số)"), autocomplete="off", inputmode="numeric")
    name = _text(_("Họ và tên"), autocomplete="name")
    contact = _text(_("Điện thoại hoặc thư điện tử"), autocomplete="tel")
    words = _text(_("Viết thêm (không bắt buộc)"), rows=4)
    answer = _text(_("Trả lời"), autocomplete="off")
    website = forms.CharField(required=False, max_length=200)
    ticket = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())
    altcha = PayloadField()

    def asked(self) -> Asked:
        """What was asked, after `is_valid`."""
        said = self.cleaned_data
        return Asked(Kind(said["kind"]), said["words"], said["name"], said["contact"])


class FollowForm(forms.Form):
    """Code and PIN."""

    code = _text(_("Mã tra cứu"), autocomplete="off", autocapitalize="characters", spellcheck="false")
    pin = _text(_("Mã bí mật (6 chữ số)"), autocomplete="off", inputmode="numeric")
