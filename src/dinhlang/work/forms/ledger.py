"""Forms of the ledger page: what to show, and reversing."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, REQUIRED, DayInput
from dinhlang.work.models import ActivityKind


class ReversalForm(forms.Form):
    """Why a line is taken out of the count."""

    reason = forms.CharField(
        label="Lý do hủy ghi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dòng vẫn còn trong sổ, gạch ngang, kèm lý do này.",
        error_messages=REQUIRED,
    )


class LedgerFilter(forms.Form):
    """What to show of the ledger. Every field may be left empty."""

    q = forms.CharField(label="Tìm", required=False)
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *ActivityKind.choices])
    start = forms.DateField(
        label="Từ ngày", required=False, widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    end = forms.DateField(
        label="Đến ngày", required=False, widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[
            ("", "Tất cả"),
            ("counted", "Đang tính"),
            ("unevidenced", "Chưa có minh chứng"),
            ("reversed", "Đã hủy ghi"),
        ],
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = list(units.items())
        # A choice of one is no choice.
        if len(units) < 2:
            del self.fields["unit"]
