"""The form that takes in old documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.work.forms import SeveralFilesField, UnitChoiceField


class ArchiveForm(forms.Form):
    """Old documents of one unit, or of the unit each letterhead names."""

    files = SeveralFilesField(  # type: ignore[assignment]  # a declared field is no attribute of its form
        label=_("Văn bản cũ"),
        help_text=_("Chọn một hoặc nhiều tệp: .txt lấy từ PDF, hoặc .docx. Tệp gốc được giữ nguyên."),
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units, required=False)
        choice = self.fields["unit"]
        choice.label = _("Đơn vị")
        choice.help_text = _("Để trống thì lấy theo tên cơ quan trên văn bản.")
        choice.empty_label = _("Theo văn bản")  # type: ignore[attr-defined]
        self.order_fields(["unit", "files"])
