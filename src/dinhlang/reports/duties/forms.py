"""Forms of what is owed. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.archive.forms import ACCEPTED
from dinhlang.org.forms import ListFilter, search_field
from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.reports.duties.rules import STATES
from dinhlang.reports.models import Programme
from dinhlang.work.forms import UnitChoiceField
from dinhlang.work.forms.fields import FILE_ERRORS

OWED, ASKED, EVERY = "owed", "asked", "all"


def _programmes() -> list[tuple[str, str]]:
    return list(Programme.objects.values_list("pk", "short"))


class DutyFilter(ListFilter):
    """What to show of the list: beside words, unit and year also a programme and a standing. Unasked, what is owed."""

    q = search_field(_("Tìm tên báo cáo"))
    programme = forms.ChoiceField(label=_("Loại báo cáo"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["programme"]).choices = [("", _("Tất cả")), *_programmes()]
        states = [(state.value, label) for state, label in STATES.items()]
        cast(forms.ChoiceField, self.fields["state"]).choices = [
            (OWED, _("Còn phải nộp")),
            (EVERY, _("Tất cả")),
            *states,
            (ASKED, _("Xin lùi hạn, chờ duyệt")),
        ]

    @property
    def standing(self) -> str:
        """Which standing is asked for."""
        return self.asked.get("state") or OWED


class TableFilter(forms.Form):
    """Which programme and year the table shows, and as of which day."""

    programme = forms.ChoiceField(label=_("Loại báo cáo"), required=False)
    year = forms.ChoiceField(label=_("Năm"), required=False)
    on = DayField(label=_("Tính đến ngày"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["programme"]).choices = _programmes()
        cast(forms.ChoiceField, self.fields["year"]).choices = [(str(one), str(one)) for one in years]


class ExtensionForm(forms.Form):
    """A later day, and why."""

    until = DayField(label=_("Xin lùi đến ngày"))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Hãy ghi lý do xin lùi hạn.")},
    )


class SentForm(forms.Form):
    """When the report went out by another way, and under which number."""

    sent_on = DayField(label=_("Ngày gửi"))
    sent_as = LineField(
        label=_("Số, ký hiệu văn bản"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ 31/BC-UBND."),
    )


class RequestForm(forms.Form):
    """A letter that asks for a report: a file, or one that lies in the archive."""

    file = forms.FileField(
        label=_("Tệp công văn"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        help_text=_("Word (.docx), .txt, .odt, PDF hoặc ảnh chụp văn bản; tối đa 64 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    archived = forms.ChoiceField(label=_("Hoặc chọn trong kho văn bản"), required=False)

    def __init__(self, *args: Any, units: dict[str, str], archived: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.fields["unit"].label = _("Đơn vị nhận công văn")
        if units:
            self.fields["unit"].initial = next(iter(units))
        choice = cast(forms.ChoiceField, self.fields["archived"])
        choice.choices = [("", _("Không chọn")), *archived.items()]
        if not archived:
            del self.fields["archived"]
        self.order_fields(["unit", "file", "archived"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("file") and not given.get("archived") and "file" not in self.errors:
            self.add_error("file", _("Chọn một tệp công văn, hoặc một văn bản trong kho."))
        return given


class ConfirmForm(forms.Form):
    """What the letter asks, as a person confirms it, and of which units."""

    asker = LineField(label=_("Cơ quan yêu cầu"), max_length=200, required=False)
    symbol = LineField(label=_("Số, ký hiệu"), max_length=60, required=False)
    dated = DayField(label=_("Ngày văn bản"), required=False)
    subject = forms.CharField(
        label=_("Phải báo cáo việc gì"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi nội dung phải báo cáo.")},
    )
    due_on = DayField(label=_("Hạn gửi"))
    starts_on = DayField(
        label=_("Số liệu từ ngày"),
        required=False,
        help_text=_("Để trống hai ngày này thì tính theo Nghị định 09/2019/NĐ-CP."),
    )
    ends_on = DayField(label=_("Số liệu đến hết ngày"), required=False)
    units = forms.MultipleChoiceField(
        label=_("Giao cho"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một đơn vị.")},
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["units"]).choices = list(units.items())
