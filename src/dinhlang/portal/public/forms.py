"""What is asked before a report is opened to all, or closed again. They check form, not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """A word to go before the report, and that the doubtful places were read."""

    note = forms.CharField(
        label=_("Lời dẫn cho người đọc"),
        required=False,
        max_length=500,
        help_text=_("Hiện bên cạnh báo cáo. Không nêu tên hay số điện thoại của ai."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_read = forms.BooleanField(
        label=_("Tôi đã đọc lại các chỗ trên; báo cáo công khai được."), required=False
    )


class WithdrawForm(forms.Form):
    """Why the report is closed again: everyone will read it."""

    reason = forms.CharField(
        label=_("Lý do gỡ"),
        max_length=500,
        help_text=_("Hiện ở địa chỉ cũ của báo cáo cho mọi người xem."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Ghi lý do gỡ. Người mở địa chỉ cũ sẽ đọc lý do này.")},
    )
