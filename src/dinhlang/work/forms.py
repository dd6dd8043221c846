"""Forms of the plans and the ledger. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from dinhlang.org.models import Unit
from dinhlang.work import blobs
from dinhlang.work.concepts import COUNTERS, Concept
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField, Task
from dinhlang.work.rules import Count, FileEvidence, LinkEvidence

_MEGABYTE = 1024 * 1024

REQUIRED = {"required": "Chưa điền ô này."}
BAD_DATE = {**REQUIRED, "invalid": "Ngày không đúng. Ghi ngày/tháng/năm, ví dụ 20/7/2023."}
BAD_CHOICE = {**REQUIRED, "invalid_choice": "Chọn một mục trong danh sách."}
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always year-month-day, whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitChoiceField(forms.ModelChoiceField):
    """A choice among the units a person may act for, by their names on a day."""

    def __init__(self, names: dict[str, str], **attributes: Any) -> None:
        self.names = names
        super().__init__(
            Unit.objects.filter(id__in=names),
            label="Đơn vị",
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
            f"Tệp “{file.name}” nặng {(file.size or 0) // _MEGABYTE} MB, tối đa {blobs.LARGEST // _MEGABYTE} MB. "
            "Hãy nén ảnh hoặc chia nhỏ tệp."
        )


FILE_ERRORS = {
    "required": "Chưa chọn tệp.",
    "missing": "Chưa chọn tệp.",
    "invalid": "Tệp chưa được gửi lên. Hãy chọn lại tệp.",
    "empty": "Tệp này trống. Hãy chọn tệp khác.",
    "max_length": "Tên tệp dài quá %(max)d ký tự. Hãy đặt tên ngắn hơn rồi chọn lại.",
}


class FileForm(forms.Form):
    """A file for one unit: a plan or a sheet of activities."""

    file = forms.FileField(label="Tệp", max_length=255, error_messages=FILE_ERRORS, validators=[check_size])

    def __init__(self, *args: Any, units: dict[str, str], accept: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.fields["file"].widget.attrs["accept"] = accept
        self.fields["file"].help_text = hint
        self.order_fields(["unit", "file"])


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files from one input."""

    widget = SeveralFilesInput
    default_validators = [check_size]
    default_error_messages = {**FILE_ERRORS}

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class EvidenceFields(forms.Form):
    """What shows that something was done: a link, photos, files."""

    link = forms.CharField(
        label="Đường dẫn minh chứng",
        required=False,
        max_length=1000,
        widget=forms.URLInput,
        help_text="Ví dụ trang đã đăng bài.",
    )
    files = SeveralFilesField(  # type: ignore[assignment]  # a declared field is no attribute of its form
        label="Ảnh hoặc tệp minh chứng", required=False, help_text="Có thể chụp ngay hoặc chọn nhiều tệp."
    )

    def evidence(self) -> list[FileEvidence | LinkEvidence]:
        """The files and the link that were given."""
        given: list[FileEvidence | LinkEvidence] = [
            FileEvidence(file.read(), caption=(file.name or "")[:300]) for file in self.cleaned_data["files"]
        ]
        if link := self.cleaned_data["link"]:
            given.append(LinkEvidence(link))
        return given


class ActivityForm(EvidenceFields):
    """One line of the ledger, with only the counters that fit its kind."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    happened_on = forms.DateField(
        label="Ngày thực hiện", widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    title = forms.CharField(label="Nội dung", max_length=500, error_messages=REQUIRED)
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label="Nhiệm vụ trong kế hoạch",
        required=False,
        empty_label="Không thuộc nhiệm vụ nào",
    )
    reform_field = forms.ChoiceField(
        label="Lĩnh vực cải cách hành chính",
        required=False,
        choices=[("", "Chưa phân loại"), *ReformField.choices],
    )
    basis = forms.ChoiceField(label="Căn cứ đếm", choices=Basis.choices, initial=Basis.EVENT)
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, kind: ActivityKind, units: dict[str, str], tasks: Iterable[Task], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counters: tuple[Concept, ...] = tuple(COUNTERS[kind])
        self.fields["unit"] = UnitChoiceField(units)
        cast(forms.ModelChoiceField, self.fields["task"]).queryset = Task.objects.filter(
            pk__in=[task.pk for task in tasks]
        ).order_by("plan", "position")
        for concept in self.counters:
            self.fields[f"count_{concept.id}"] = forms.IntegerField(
                label=f"{concept.label} ({concept.unit})",
                required=False,
                min_value=0,
                error_messages={"invalid": "Chỉ ghi chữ số.", "min_value": "Số lượng từ 0 trở lên."},
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"exactness_{concept.id}"] = forms.ChoiceField(
                label=f"Mức chính xác của {concept.unit}", required=False, choices=Exactness.choices
            )

    def counter_fields(self) -> list[tuple[Concept, BoundField, BoundField]]:
        """Each counter with its number and its exactness, as the page sets them side by side."""
        return [
            (concept, self[f"count_{concept.id}"], self[f"exactness_{concept.id}"])
            for concept in self.counters
        ]

    def measures(self) -> dict[str, Count]:
        """The counters that were filled in."""
        return {
            concept.id: Count(value, self.cleaned_data.get(f"exactness_{concept.id}", ""))
            for concept in self.counters
            if (value := self.cleaned_data.get(f"count_{concept.id}")) is not None
        }


class EvidenceForm(EvidenceFields):
    """Evidence brought later for a line that is already recorded."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("link") and not given.get("files"):
            raise forms.ValidationError("Chưa có đường dẫn hoặc tệp nào. Chọn ít nhất một.")
        return given


class PlanNumberForm(forms.Form):
    """The number and day that a plan's document left blank, or that were read wrongly."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=40,
        help_text="Như trên văn bản đã ban hành, ví dụ 04/KH-UBND.",
        error_messages=REQUIRED,
    )
    issued_on = forms.DateField(
        label="Ngày ban hành", widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )


class ReversalForm(forms.Form):
    """Why a line is taken out of the count."""

    reason = forms.CharField(
        label="Lý do hủy ghi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dòng vẫn còn trong sổ, gạch ngang, kèm lý do này.",
        error_messages=REQUIRED,
    )


class LedgerFilter(forms.Form):
    """What to show of the ledger. Every field may be left empty."""

    q = forms.CharField(label="Tìm", required=False)
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *ActivityKind.choices])
    start = forms.DateField(
        label="Từ ngày", required=False, widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    end = forms.DateField(
        label="Đến ngày", required=False, widget=DayInput, input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[
            ("", "Tất cả"),
            ("counted", "Đang tính"),
            ("unevidenced", "Chưa có minh chứng"),
            ("reversed", "Đã hủy ghi"),
        ],
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = list(units.items())
        # A choice of one is no choice.
        if len(units) < 2:
            del self.fields["unit"]
