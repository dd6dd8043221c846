"""What the desk asks about channels."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.channels.actions import ChannelGiven
from dinhlang.broadcast.channels.rules import Service


class ChannelForm(forms.Form):
    """A channel. What its service does not need is left out."""

    name = forms.CharField(
        label=_("Tên kênh"), max_length=80, help_text=_("Ví dụ: Trang Facebook của xã, Nhóm Zalo thôn Đông.")
    )
    remote_id = forms.CharField(
        label=_("Mã trang hoặc mã OA"),
        max_length=64,
        required=False,
        help_text=_("Dãy số ở trang quản trị của dịch vụ."),
    )
    app_id = forms.CharField(
        label=_("Mã ứng dụng"),
        max_length=64,
        required=False,
        help_text=_("Lấy ở trang dành cho nhà phát triển của dịch vụ."),
    )
    app_secret = forms.CharField(
        label=_("Khóa bí mật của ứng dụng"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Được niêm lại, không hiện ra nữa. Để trống thì giữ khóa cũ."),
    )
    with_pictures = forms.ChoiceField(
        label=_("Cách đăng"),
        required=False,
        choices=[
            ("", _("Đường dẫn của bài, Facebook tự hiện ảnh")),
            ("1", _("Ảnh của bài, đường dẫn trong lời")),
        ],
    )
    cover = forms.CharField(
        label=_("Ảnh bìa dùng chung"),
        max_length=500,
        required=False,
        help_text=_("Địa chỉ https:// của một ảnh, dùng khi bài không có ảnh."),
    )
    longest = forms.IntegerField(
        label=_("Số ký tự tối đa"),
        required=False,
        help_text=_("Bỏ trống thì lấy 1.000. Lời đăng được rút cho vừa."),
    )

    def __init__(self, *args: object, service: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unneeded = {
            Service.FACEBOOK: ("cover", "longest"),
            Service.ZALO: ("with_pictures", "longest"),
            Service.COPY: ("remote_id", "app_id", "app_secret", "with_pictures", "cover"),
        }[Service(service)]
        for name in unneeded:
            del self.fields[name]

    @property
    def given(self) -> ChannelGiven:
        """As the action takes it."""
        told = {**self.cleaned_data, "with_pictures": bool(self.cleaned_data.get("with_pictures"))}
        return ChannelGiven(**told)


class TokenForm(forms.Form):
    """Tokens that a person got at the service."""

    token = forms.CharField(
        label=_("Mã truy cập"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    refresh_token = forms.CharField(
        label=_("Mã làm mới"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Chỉ Zalo cần."),
    )


class PostedForm(forms.Form):
    """That something copied by hand is there."""

    address = forms.CharField(label=_("Địa chỉ bài đã đăng"), max_length=1000, required=False)
    screenshot = forms.FileField(
        label=_("Ảnh chụp màn hình"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
