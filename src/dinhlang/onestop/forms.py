"""What is typed at the counter. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models import Channel
from dinhlang.onestop.rules.states import State
from dinhlang.org.forms import LONGEST_SEARCH
from dinhlang.work.forms.fields import DAY_FORMATS, DayInput

TIMINGS = (
    ("", _("Tất cả")),
    ("soon", _("Sắp đến hạn")),
    ("overdue", _("Quá hạn")),
    ("waiting", _("Đang tạm dừng")),
    ("open", _("Đang giải quyết")),
    ("to-give", _("Chờ trả kết quả")),
)


class DossierFilter(forms.Form):
    """What to show of the register. Every field may be left empty."""

    q = forms.CharField(
        label=_("Tìm theo mã, số, thủ tục, họ tên, điện thoại"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    timing = forms.ChoiceField(label=_("Hạn trả"), required=False, choices=TIMINGS)
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=(("", _("Tất cả")), *State.choices)
    )
    channel = forms.ChoiceField(
        label=_("Cách nộp"), required=False, choices=(("", _("Tất cả")), *Channel.choices)
    )
    first = forms.DateField(
        label=_("Nộp từ ngày"), required=False, widget=DayInput(), input_formats=DAY_FORMATS
    )
    last = forms.DateField(label=_("đến ngày"), required=False, widget=DayInput(), input_formats=DAY_FORMATS)

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = list(units.items())
        if len(units) < 2:
            del self.fields["unit"]

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense; the rest as if it were left empty."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
