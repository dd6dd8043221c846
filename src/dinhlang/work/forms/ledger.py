"""Forms of the ledger page: what to show, reversing, and what is done to many lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.org.models import Person
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, REQUIRED, DayInput
from dinhlang.work.models import ActivityKind, ReformField, Task

ALL = gettext_lazy("Tất cả")
NO_TASK = "khong"


class ReversalForm(forms.Form):
    """Why lines are taken out of the count."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do hủy ghi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dòng vẫn còn trong sổ, gạch ngang, kèm lý do này."),
        error_messages=REQUIRED,
    )


class LedgerFilter(UnitFilter):
    """What to show of the ledger. Every field may be left empty; a field that makes no sense is left out."""

    q = search_field(gettext_lazy("Tìm"), placeholder=gettext_lazy("Gõ có dấu hoặc không dấu"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), required=False, choices=[("", ALL), *ActivityKind.choices]
    )
    task = forms.ChoiceField(label=gettext_lazy("Nhiệm vụ"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("Người ghi"), required=False)
    field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, choices=[("", ALL), *ReformField.choices]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[
            ("", ALL),
            ("counted", gettext_lazy("Đang tính")),
            ("unevidenced", gettext_lazy("Chưa có minh chứng")),
            ("pictured", gettext_lazy("Có ảnh")),
            ("reversed", gettext_lazy("Đã hủy ghi")),
        ],
    )
    start = forms.DateField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    end = forms.DateField(
        label=gettext_lazy("Đến ngày"),
        required=False,
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    period = forms.CharField(required=False, widget=forms.HiddenInput, max_length=10)
    view = forms.ChoiceField(
        required=False, widget=forms.HiddenInput, choices=[("", ""), ("anh", gettext_lazy("Ảnh"))]
    )

    def offer(self, tasks: Iterable[Task], people: Iterable[Person]) -> None:
        """What the unit's own lines can be asked for. Called before the form is looked through."""
        cast(forms.ChoiceField, self.fields["task"]).choices = [
            ("", ALL),
            (NO_TASK, _("Không thuộc nhiệm vụ nào")),
            *((str(task.pk), f"{task.plan.year}: {task.text}"[:120]) for task in tasks),
        ]
        cast(forms.ChoiceField, self.fields["person"]).choices = [
            ("", ALL),
            *((str(person.pk), person.full_name) for person in people),
        ]

    @property
    def asked_unit(self) -> str:
        """The unit the address names, whatever it is; the choice is judged where units are looked up."""
        return str(self.data.get("unit", "")).replace("\0", "") if self.is_bound else ""

    def clean_period(self) -> Period | None:
        try:
            return Period.parse(self.cleaned_data["period"]) if self.cleaned_data["period"] else None
        except BadPeriod:
            return None


class ReclassifyForm(forms.Form):
    """Where many lines are to stand from now on; empty fields leave each line as it is."""

    task = forms.ChoiceField(label=gettext_lazy("Nhiệm vụ mới"), required=False)
    reform_field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực mới"),
        required=False,
        choices=[("", gettext_lazy("Giữ như cũ")), *ReformField.choices],
    )

    def __init__(self, *args: Any, tasks: Sequence[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks = {str(task.pk): task for task in tasks}
        cast(forms.ChoiceField, self.fields["task"]).choices = [
            ("", _("Giữ như cũ")),
            (NO_TASK, _("Không thuộc nhiệm vụ nào")),
            *((key, f"{task.plan.year}: {task.text}"[:120]) for key, task in self.tasks.items()),
        ]

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if not self.errors and not asked.get("task") and not asked.get("reform_field"):
            raise forms.ValidationError(_("Chưa chọn nhiệm vụ hoặc lĩnh vực mới. Chọn ít nhất một mục."))
        return asked
