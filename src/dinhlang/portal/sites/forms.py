"""What is typed about a site. It checks form, not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.sites.rules import PATH_LENGTH


class SiteForm(forms.Form):
    """Where a site stands, how the unit is reached, and what it says of itself."""

    path = forms.CharField(
        label=_("Địa chỉ của trang"),
        max_length=PATH_LENGTH,
        help_text=_("Chữ không dấu, chữ số và gạch nối. Ví dụ: ben-truc."),
        error_messages={"required": _("Trang chưa có địa chỉ. Ghi địa chỉ rồi lưu lại.")},
    )
    host = forms.CharField(
        label=_("Tên miền riêng"),
        max_length=253,
        required=False,
        help_text=_(
            "Ví dụ: bentruc.example.vn, đã trỏ về máy chủ này. Trang chuyển sang đó ngay, địa chỉ trên vẫn dẫn về."
        ),
    )
    welcome = forms.CharField(
        label=_("Lời giới thiệu"), max_length=300, required=False, help_text=_("Một, hai câu trên trang chủ.")
    )
    hotline = forms.CharField(label=_("Đường dây nóng"), max_length=80, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=80, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư không đúng dạng. Ghi như: ten@vi-du.vn.")},
    )
    address = forms.CharField(label=_("Địa chỉ trụ sở"), max_length=200, required=False)
    directions = forms.CharField(
        label=_("Đường đến trụ sở"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tả bằng lời, từ một nơi ai cũng biết."),
    )
    hours = forms.CharField(
        label=_("Giờ làm việc"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    organisation = forms.CharField(
        label=_("Tổ chức bộ máy"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    is_open = forms.BooleanField(label=_("Trang đang mở cho mọi người"), required=False, initial=True)
