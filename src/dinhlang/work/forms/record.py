"""Forms that write a line or bring evidence for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField

from dinhlang.work.concepts import COUNTERS, Concept
from dinhlang.work.forms.fields import (
    BAD_DATE,
    DAY_FORMATS,
    FILE_ERRORS,
    REQUIRED,
    DayInput,
    UnitChoiceField,
    check_size,
)
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField, Task
from dinhlang.work.rules import Count, FileEvidence, LinkEvidence


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
