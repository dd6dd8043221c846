"""Fields and words that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dinhlang.org.models import Unit
from dinhlang.work import blobs

_MEGABYTE = 1024 * 1024

REQUIRED = {"required": lazy("Chưa điền ô này.")}
BAD_DATE = {**REQUIRED, "invalid": lazy("Ngày không đúng. Ghi ngày/tháng/năm, ví dụ 20/7/2023.")}
BAD_CHOICE = {**REQUIRED, "invalid_choice": lazy("Chọn một mục trong danh sách.")}
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always year-month-day, whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A day with its hour, on the clock of Vietnam; the browser's own field sends it without a zone."""

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        super().__init__(
            required=required,
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
            error_messages={
                **REQUIRED,
                "invalid": lazy("Ngày giờ không đúng. Ghi ngày/tháng/năm giờ:phút, ví dụ 20/7/2023 09:30."),
            },
            **options,
        )


class UnitChoiceField(forms.ModelChoiceField):
    """A choice among the units a person may act for, by their names on a day."""

    def __init__(self, names: dict[str, str], **attributes: Any) -> None:
        self.names = names
        super().__init__(
            Unit.objects.filter(id__in=names),
            label=lazy("Đơn vị"),
            empty_label=None,
            error_messages=BAD_CHOICE,
            **attributes,
        )
        # One unit is no choice: the page says its name, and the field goes along unseen.
        self.only_name = ""
        if len(names) == 1 and self.required:
            [(self.initial, self.only_name)] = names.items()
            self.widget = forms.HiddenInput()

    def label_from_instance(self, obj: Unit) -> str:  # type: ignore[override]
        return self.names.get(obj.id, obj.id)


def check_size(file: UploadedFile) -> None:
    """Raise `ValidationError` before anyone reads a file into memory that nobody would keep."""
    if (file.size or 0) > blobs.LARGEST:
        raise forms.ValidationError(
            _("Tệp “%(name)s” nặng %(size)s MB, tối đa %(most)s MB. Hãy nén ảnh hoặc chia nhỏ tệp.")
            % {
                "name": file.name,
                "size": (file.size or 0) // _MEGABYTE,
                "most": blobs.LARGEST // _MEGABYTE,
            }
        )


FILE_ERRORS = {
    "required": lazy("Chưa chọn tệp."),
    "missing": lazy("Chưa chọn tệp."),
    "invalid": lazy("Tệp chưa được gửi lên. Hãy chọn lại tệp."),
    "empty": lazy("Tệp này trống. Hãy chọn tệp khác."),
    "max_length": lazy("Tên tệp dài quá %(max)d ký tự. Hãy đặt tên ngắn hơn rồi chọn lại."),
}


class FileForm(forms.Form):
    """A file for one unit: a plan or a sheet of activities."""

    file = forms.FileField(
        label=lazy("Tệp"), max_length=255, error_messages=FILE_ERRORS, validators=[check_size]
    )

    def __init__(self, *args: Any, units: dict[str, str], accept: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.fields["file"].widget.attrs["accept"] = accept
        self.fields["file"].help_text = hint
        self.order_fields(["unit", "file"])
