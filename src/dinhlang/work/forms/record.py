"""Forms that write a line or bring evidence for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.models import Person
from dinhlang.work.concepts import ONE_ACT, Concept, offered_for
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
from dinhlang.work.rules import Count, FileEvidence, HeldEvidence, LinkEvidence

MOST_FILES = 20
_HELD_SALT = "work.held"
_HELD_SECONDS = 24 * 60 * 60


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
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Mỗi lần gửi tối đa %(most)s tệp. Hãy gửi làm nhiều lần.") % {"most": MOST_FILES}
            )
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]


class EvidenceFields(forms.Form):
    """What shows that something was done: a photo just taken, files of the phone, a link."""

    photo = SeveralFilesField(
        label=gettext_lazy("Chụp ảnh"),
        required=False,
        widget=SeveralFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    files = SeveralFilesField(  # type: ignore[assignment]  # a declared field is no attribute of its form
        label=gettext_lazy("Ảnh hoặc tệp có sẵn trong máy"),
        required=False,
        help_text=gettext_lazy("Ảnh được thu nhỏ và bỏ vị trí chụp; bản gốc không được giữ trên hệ thống."),
    )
    link = forms.CharField(
        label=gettext_lazy("Đường dẫn"),
        required=False,
        max_length=1000,
        widget=forms.URLInput,
        help_text=gettext_lazy("Ví dụ trang đã đăng bài."),
    )

    def files_given(self) -> list[FileEvidence]:
        """The files that came with the form and are whole."""
        given = [*self.cleaned_data.get("photo", []), *self.cleaned_data.get("files", [])]
        return [FileEvidence(file.read(), caption=(file.name or "")[:300]) for file in given]

    def links_given(self) -> list[LinkEvidence]:
        """The address that was written, if any."""
        return [LinkEvidence(link)] if (link := self.cleaned_data.get("link")) else []

    def evidence(self) -> list[FileEvidence | LinkEvidence]:
        """The files and the link that were given."""
        return [*self.files_given(), *self.links_given()]


class ActivityForm(EvidenceFields):
    """One line of the ledger, with only the counters that fit its kind."""

    uid = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Trang này chưa tải xong. Hãy tải lại trang."),
            "invalid": gettext_lazy("Trang này đã hỏng. Hãy tải lại trang."),
        },
    )
    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    happened_on = forms.DateField(
        label=gettext_lazy("Ngày thực hiện"),
        widget=DayInput,
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    title = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "next"}),
        error_messages={
            **REQUIRED,
            "max_length": gettext_lazy("Nội dung tối đa 500 chữ cái. Phần dài ghi vào ghi chú."),
        },
    )
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label=gettext_lazy("Nhiệm vụ trong kế hoạch"),
        required=False,
        empty_label=gettext_lazy("Không thuộc nhiệm vụ nào"),
        error_messages={"invalid_choice": gettext_lazy("Chọn một mục trong danh sách.")},
    )
    reform_field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực cải cách hành chính"),
        required=False,
        choices=[("", gettext_lazy("Chưa phân loại")), *ReformField.choices],
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("Căn cứ đếm"), choices=Basis.choices, initial=Basis.EVENT, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        kind: ActivityKind,
        units: dict[str, str],
        tasks: Iterable[Task],
        person: Person,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asking = person
        self.counters: tuple[Concept, ...] = offered_for(kind)
        self.fields["unit"] = UnitChoiceField(units)
        cast(forms.ModelChoiceField, self.fields["task"]).queryset = Task.objects.filter(
            pk__in=[task.pk for task in tasks]
        ).order_by("plan", "position")
        for concept in self.counters:
            self.fields[f"count_{concept.id}"] = forms.IntegerField(
                label=concept.label,
                required=False,
                min_value=0,
                initial=1 if ONE_ACT.get(kind) == concept.id else None,
                error_messages={
                    "invalid": gettext_lazy("Chỉ ghi chữ số."),
                    "min_value": gettext_lazy("Số lượng từ 0 trở lên."),
                },
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"exactness_{concept.id}"] = forms.ChoiceField(
                label=concept.label, required=False, choices=Exactness.choices
            )

    def clean_person(self) -> None:
        opened_by = self.cleaned_data["person"]
        if opened_by is not None and opened_by != self.asking.pk:
            raise forms.ValidationError(
                _("Trang này do người khác mở trên máy này. Hãy tải lại trang rồi ghi lại.")
            )

    def clean_basis(self) -> str:
        return self.cleaned_data["basis"] or Basis.EVENT

    def counter_fields(self) -> list[tuple[Concept, BoundField, BoundField]]:
        """Each counter with its number and its exactness."""
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
        if not self.errors and not any(given.get(name) for name in ("link", "files", "photo")):
            raise forms.ValidationError(_("Chưa có đường dẫn hoặc tệp nào. Chọn ít nhất một."))
        return given


# --- files of a form that could not be taken yet --------------------------------------------------


def ticket_for(held: HeldEvidence, person: Person) -> str:
    """A signed note for a file that is stored already: only its bearer's next form may use it."""
    return signing.dumps([person.pk, held.sha256, held.caption], salt=_HELD_SALT, compress=True)


def held_by(tickets: Sequence[str], person: Person) -> list[HeldEvidence]:
    """The files that a form brings along from its last try; forged, foreign or old notes are left out."""
    found = []
    for ticket in tickets[:MOST_FILES]:
        try:
            owner, sha256, caption = signing.loads(ticket, salt=_HELD_SALT, max_age=_HELD_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        if owner == person.pk:
            found.append(HeldEvidence(sha256, caption))
    return found
