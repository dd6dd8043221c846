"""Forms of the reports. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import ListFilter
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.reports.duties import queries as duties
from dinhlang.work.forms import UnitChoiceField

# What a commune reports on in a year, the order in which it falls due.
PARTS_OF_A_YEAR = ("Q1", "Q2", "H1", "Q3", "9M", "Q4", "H2", "")


class DraftForm(forms.Form):
    """Which unit's report of which programme for which period; the likeliest one is chosen already."""

    period = forms.ChoiceField(label=_("Kỳ báo cáo"))

    def __init__(
        self,
        *args: Any,
        units: dict[str, str],
        on: date,
        wanted: str = "",
        programmes: Mapping[str, str] | None = None,
        programme: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        offered = dict(programmes or {})
        if len(offered) > 1:
            self.fields["programme"] = forms.ChoiceField(
                label=_("Loại báo cáo"), choices=list(offered.items()), initial=programme
            )
        ids = [
            f"{year}-{part}" if part else str(year)
            for year in (on.year, on.year - 1, on.year + 1)
            for part in PARTS_OF_A_YEAR
        ]
        # A period that is owed comes with the link from there, a month too.
        if wanted and wanted not in ids and _is_period(wanted):
            ids.insert(0, wanted)
        field = self.fields["period"] = forms.ChoiceField(
            label=_("Kỳ báo cáo"), choices=[(one, _label(one)) for one in ids]
        )
        field.help_text = _(
            "Ngày chốt số liệu theo chế độ của loại báo cáo; theo Nghị định 09/2019/NĐ-CP thì 6 tháng đầu năm tính từ 15/12 năm trước đến 14/6."
        )
        field.initial = wanted if wanted in ids else str(duties.likely_period(next(iter(units), ""), on))
        if units:
            self.fields["unit"].initial = next(iter(units))
        self.order_fields(["unit", "programme", "period"])

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except BadPeriod as reason:
            raise forms.ValidationError(str(reason)) from None


def _is_period(words: str) -> bool:
    try:
        return bool(Period.parse(words))
    except BadPeriod:
        return False


def _label(period_id: str) -> str:
    label = Period.parse(period_id).label
    return label[:1].upper() + label[1:]


class ReportFilter(ListFilter):
    """What to show of the list of reports; beside words, unit and year also drafts or issued ones alone."""

    status = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("draft", _("Dự thảo")),
            ("head", _("Chờ phụ trách xem")),
            ("approver", _("Chờ duyệt")),
            ("issued", _("Đã phát hành")),
        ],
    )


class OutlineForm(forms.Form):
    """The text of an outline."""

    text = forms.CharField(
        label=_("Nội dung đề cương"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false"}),
    )


class TextBlockForm(forms.Form):
    """A sentence to keep."""

    section = forms.ChoiceField(label=_("Phần của báo cáo"))
    text = forms.CharField(
        label=_("Câu mẫu"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Đặt số liệu bằng mã trong hai ngoặc vuông, ví dụ [[articles]] tin, bài."),
    )

    def __init__(self, *args: Any, sections: Mapping[str, str | Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"] = forms.ChoiceField(
            label=_("Phần của báo cáo"), choices=list(sections.items())
        )
        self.order_fields(["section", "text"])
