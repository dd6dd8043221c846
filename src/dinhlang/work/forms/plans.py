"""Forms about plans."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import Filter, search_field
from dinhlang.vietnamese.text import fold
from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, REQUIRED, DayInput, UnitChoiceField
from dinhlang.work.plan_values import EARLIEST_YEAR, LATEST_YEAR
from dinhlang.work.queries import TaskProgress
from dinhlang.work.rules import State

_YEAR_ERRORS: dict[str, Any] = {
    **REQUIRED,
    "invalid": _("Ghi năm bằng bốn chữ số, ví dụ 2026."),
    "min_value": _("Năm từ %(limit_value)s trở đi."),
    "max_value": _("Năm đến %(limit_value)s."),
}


class PlanNumberForm(forms.Form):
    """The number and day that a plan's document left blank, or that were read wrongly."""

    number = forms.CharField(
        label=_("Số, ký hiệu"),
        max_length=40,
        help_text=_("Như trên văn bản đã ban hành, ví dụ 04/KH-UBND."),
        error_messages=REQUIRED,
    )
    issued_on = forms.DateField(
        label=_("Ngày ban hành"), widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )


class YearField(forms.IntegerField):
    """The year of a plan."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(
            label=_("Năm"),
            min_value=EARLIEST_YEAR,
            max_value=LATEST_YEAR,
            error_messages=_YEAR_ERRORS,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            **attributes,
        )


class RollOverForm(forms.Form):
    """For which year a plan is to be proposed."""

    year = YearField()


class NewPlanForm(forms.Form):
    """A plan that is written here, row by row."""

    year = YearField()
    title = forms.CharField(
        label=_("Trích yếu"),
        max_length=500,
        help_text=_("Ví dụ: Tuyên truyền cải cách hành chính xã Bến Trúc năm 2026."),
        error_messages=REQUIRED,
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.order_fields(["unit", "year", "title"])


class YearFilter(Filter):
    """What to show of a plan's year. Every field may be left empty."""

    lead = forms.ChoiceField(label=_("Chủ trì"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False)
    month = forms.ChoiceField(label=_("Tháng"), required=False)

    def __init__(self, *args: Any, leads: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Tất cả"))]
        choices = {
            "lead": [(lead, lead) for lead in leads],
            "state": [(state.value, state.label.capitalize()) for state in State],
            "month": [(str(month), _("Tháng %(month)d") % {"month": month}) for month in range(1, 13)],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [*every, *offered]


class TaskFilter(forms.Form):
    """Which tasks of a plan to show."""

    q = search_field(_("Tìm trong nhiệm vụ"))
    standing = forms.ChoiceField(
        label=_("Tình hình"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("late", _("Quá hạn hoặc chưa có minh chứng")),
            ("done", _("Hoàn thành, đúng tiến độ")),
            ("waiting", _("Chưa đến kỳ")),
        ],
    )

    def passes(self, task: TaskProgress) -> bool:
        """Whether the task is asked for; everything is when nothing makes sense."""
        if not self.is_bound:
            return True
        self.is_valid()
        stored = task.task
        text = fold(f"{stored.text} {stored.product} {stored.lead} {stored.cooperating}")
        if not all(word in text for word in fold(self.cleaned_data.get("q", "")).split()):
            return False
        match self.cleaned_data.get("standing"):
            case "late":
                return bool(task.late or task.gaps)
            case "done":
                return bool(task.is_completed)
            case "waiting":
                return task.is_completed is None
        return True
