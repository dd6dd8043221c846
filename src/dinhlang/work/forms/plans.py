"""Forms about plans."""

from __future__ import annotations

from django import forms

from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, REQUIRED, DayInput


class PlanNumberForm(forms.Form):
    """The number and day that a plan's document left blank, or that were read wrongly."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=40,
        help_text="Như trên văn bản đã ban hành, ví dụ 04/KH-UBND.",
        error_messages=REQUIRED,
    )
    issued_on = forms.DateField(
        label="Ngày ban hành", widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
