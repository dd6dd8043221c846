"""What a reader fills in. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.digest.rules import ADDRESS_LENGTH
from dinhlang.portal.models import Reader
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.work.forms.fields import BAD_CHOICE, REQUIRED


class ChoiceForm(forms.Form):
    """Columns and rhythm."""

    columns = forms.TypedMultipleChoiceField(
        label=_("Chuyên mục muốn nhận"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={**BAD_CHOICE, "required": _("Chọn ít nhất một chuyên mục.")},
    )
    rhythm = forms.ChoiceField(
        label=_("Bao lâu một thư"),
        choices=Reader.Rhythm.choices,
        widget=forms.RadioSelect(),
        error_messages=BAD_CHOICE,
    )

    def __init__(self, *args: Any, site: SiteNow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(one.pk, one.name) for one in site.open_columns]
        cast(forms.ChoiceField, self.fields["columns"]).choices = columns


class SubscribeForm(ChoiceForm):
    """An address beside the choice. `website` is seen by machines only: who fills it in is none of ours."""

    address = forms.CharField(
        label=_("Địa chỉ thư của bạn"),
        max_length=ADDRESS_LENGTH,
        error_messages=REQUIRED,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    website = forms.CharField(required=False, max_length=200)
    agrees = forms.BooleanField(
        label=_("Tôi đồng ý để xã giữ địa chỉ thư này chỉ để gửi tin tôi chọn."),
        error_messages={"required": _("Đánh dấu ô đồng ý rồi gửi lại.")},
    )

    field_order = ("address", "columns", "rhythm", "agrees", "website")

    @property
    def is_of_a_machine(self) -> bool:
        return bool(self.data.get("website"))
