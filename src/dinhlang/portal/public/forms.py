"""What is asked before a report is opened to all, or closed again. They check form, not right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.portal.columns.rules import reform_name
from dinhlang.portal.models import Column


class PublishForm(forms.Form):
    """The column it stands in, a word to go before the report, and that the doubtful places were read."""

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

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Column.objects.filter(unit=unit, is_open=True)
        if there:
            self.fields["column"] = forms.ModelChoiceField(
                label=_("Chuyên mục"), queryset=there, required=False, empty_label=_("không chọn")
            )
            self.initial.setdefault("column", there.filter(name=reform_name()).first())


class WithdrawForm(forms.Form):
    """Why the report is closed again: everyone will read it."""

    reason = forms.CharField(
        label=_("Lý do gỡ"),
        max_length=500,
        help_text=_("Hiện ở địa chỉ cũ của báo cáo cho mọi người xem."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Ghi lý do gỡ. Người mở địa chỉ cũ sẽ đọc lý do này.")},
    )
