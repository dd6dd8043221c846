"""What the desk asks about devices and speakers."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models import Device
from dinhlang.broadcast.players.rules import DeviceKind


class DeviceForm(forms.Form):
    """A device that gets a key."""

    name = forms.CharField(
        label=_("Tên máy"), max_length=60, help_text=_("Ví dụ: Máy tính phòng truyền thanh.")
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=DeviceKind.choices, initial=DeviceKind.PLAYER)
    place = forms.CharField(label=_("Nơi đặt"), max_length=200, required=False)
    zone = forms.CharField(
        label=_("Cụm loa"),
        max_length=120,
        required=False,
        help_text=_("Bỏ trống khi máy phát cho tất cả các cụm."),
    )


class SpeakerForm(forms.Form):
    """A speaker where it hangs."""

    name = forms.CharField(label=_("Tên loa"), max_length=60, help_text=_("Ví dụ: Loa thôn Đông số 2."))
    place = forms.CharField(
        label=_("Nơi treo"), max_length=200, help_text=_("Ví dụ: cột điện trước nhà văn hóa thôn Đông.")
    )
    zone = forms.CharField(label=_("Cụm loa"), max_length=120, required=False)
    device = forms.ChoiceField(label=_("Máy phát"), required=False)

    def __init__(self, *args: Any, devices: list[Device], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._devices = {str(one.pk): one for one in devices if one.revoked_at is None}
        choices = [("", _("Chưa rõ")), *((key, one.name) for key, one in self._devices.items())]
        cast(forms.ChoiceField, self.fields["device"]).choices = choices

    def clean_device(self) -> Device | None:
        return self._devices.get(self.cleaned_data["device"])
