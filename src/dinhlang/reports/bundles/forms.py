"""What a bundle is asked for with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dinhlang.periods.identifier import Period
from dinhlang.work.forms import UnitChoiceField

DOCX, PDF = "docx", "pdf"


class BundleForm(forms.Form):
    """Whose reports of which programme and period; the newest period is chosen already."""

    def __init__(
        self,
        *args: Any,
        units: dict[str, str],
        programmes: Mapping[str, str],
        periods: Sequence[Period],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(
            units, initial=next(iter(units), None), help_text=_("Đơn vị này và mọi đơn vị bên dưới.")
        )
        self.fields["programme"] = forms.ChoiceField(
            label=_("Loại báo cáo"),
            choices=list(programmes.items()),
            error_messages={"invalid_choice": _("Chọn một mục trong danh sách.")},
        )
        self.fields["period"] = forms.ChoiceField(
            label=_("Kỳ báo cáo"),
            choices=[(str(one), capfirst(one.label)) for one in periods],
            error_messages={"invalid_choice": _("Kỳ này chưa có báo cáo nào. Chọn kỳ trong danh sách.")},
        )
        self.fields["forms"] = forms.MultipleChoiceField(
            label=_("Dạng tệp"),
            choices=[(DOCX, _("Word (.docx)")), (PDF, "PDF")],
            initial=[DOCX],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Chọn ít nhất một dạng tệp: Word hoặc PDF.")},
        )
        self.fields["with_drafts"] = forms.BooleanField(label=_("Lấy cả dự thảo"), required=False)
