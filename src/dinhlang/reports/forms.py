"""Forms of the reports. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.work.forms import BAD_DATE, DAY_FORMATS, DayInput, UnitChoiceField

# What a commune reports on in a year, the order in which it falls due.
PARTS_OF_A_YEAR = ("Q1", "H1", "Q3", "9M", "H2", "")


class DraftForm(forms.Form):
    """Which unit's report for which period."""

    period = forms.ChoiceField(label="Kỳ báo cáo")

    def __init__(self, *args: Any, units: dict[str, str], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        ids = [
            f"{year}-{part}" if part else str(year)
            for year in (on.year, on.year - 1, on.year + 1)
            for part in PARTS_OF_A_YEAR
        ]
        field = self.fields["period"] = forms.ChoiceField(
            label="Kỳ báo cáo", choices=[(one, _label(one)) for one in ids]
        )
        field.help_text = "Số liệu chốt theo Nghị định 09/2019/NĐ-CP, ví dụ 6 tháng đầu năm tính từ 15/12 năm trước đến 14/6."
        self.order_fields(["unit", "period"])

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except BadPeriod as reason:
            raise forms.ValidationError(str(reason)) from None


def _label(period_id: str) -> str:
    label = Period.parse(period_id).label
    return label[:1].upper() + label[1:]


class IssueForm(forms.Form):
    """On which day the report is signed."""

    on = forms.DateField(
        label="Ngày ban hành", widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )


class OutlineForm(forms.Form):
    """The text of an outline."""

    text = forms.CharField(
        label="Nội dung đề cương",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false"}),
    )
