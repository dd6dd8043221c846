"""Forms of the table of a period."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import choose
from dinhlang.periods.identifier import Period
from dinhlang.reports.models import Programme
from dinhlang.reports.sources import label_of
from dinhlang.work.concepts import CONCEPTS


class PeriodForm(forms.Form):
    """Whose reports of which period, whether those not accepted yet count too, in which order, which one as a chart."""

    unit = forms.ChoiceField(label=_("Đơn vị tổng hợp"), required=False)
    programme = forms.ChoiceField(label=_("Loại báo cáo"), required=False)
    period = forms.ChoiceField(label=_("Kỳ"), required=False)
    order = forms.ChoiceField(label=_("Thứ tự"), required=False)
    chart = forms.ChoiceField(label=_("Biểu đồ"), required=False)
    received = forms.BooleanField(label=_("Tính cả báo cáo chưa chấp nhận"), required=False)

    def __init__(
        self, *args: Any, units: dict[str, str], periods: list[str], letters: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        concepts = [(one, label_of(one)) for one in CONCEPTS]
        choose(self, "unit", list(units.items()))
        choose(self, "programme", [*Programme.objects.values_list("pk", "short"), *letters.items()])
        choose(self, "period", [(one, capfirst(Period.parse(one).label)) for one in periods])
        choose(
            self,
            "order",
            [("", _("Theo tên đơn vị")), *((one, _("Xếp theo: %s") % label) for one, label in concepts)],
        )
        choose(self, "chart", [("", _("Không vẽ")), *concepts])
        if len(units) < 2:
            self.fields["unit"].widget = forms.HiddenInput()
