"""What is typed about classes. It checks form, not right."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.models import SurveyVersion, TrainingClass
from dinhlang.citizens.training import queries
from dinhlang.citizens.training.actions import ClassGiven
from dinhlang.citizens.training.queries import Candidate, OnList
from dinhlang.citizens.training.rules import guests
from dinhlang.citizens.training.rules.classes import (
    FILE_LENGTH,
    MOST_EXPECTED,
    MOST_SLIPS,
    REASON_LENGTH,
    Group,
    Kind,
    Paper,
    State,
)
from dinhlang.citizens.training.rules.guests import NAME_LENGTH, PLACE_LENGTH, Listed, Named
from dinhlang.org.forms import Filter, ListFilter, search_field
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules.phones import phone_number
from dinhlang.vietnamese.text import one_line
from dinhlang.work.forms.fields import (
    BAD_CHOICE,
    BAD_DATE,
    DAY_FORMATS,
    FILE_ERRORS,
    REQUIRED,
    DayInput,
    check_size,
)
from dinhlang.work.models import Task
from dinhlang.work.sheets import read_sheet

_BAD_TIME = {**REQUIRED, "invalid": _("Giờ không đúng. Ghi giờ:phút, ví dụ 8:00.")}
_TIMES = ["%H:%M", "%H:%M:%S", "%Hh%M", "%H giờ %M", "%H giờ", "%Hh"]
_BAD_NUMBER = {
    **REQUIRED,
    "invalid": _("Ghi bằng số."),
    "min_value": _("Ghi số từ 1 trở lên."),
    "max_value": _("Số này lớn quá. Xem lại."),
}
_SHEET_LENGTH = 60_000


class _TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class _SignerField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Person) -> str:  # type: ignore[override]
        return obj.full_name


class _TestField(forms.ModelChoiceField):
    def label_from_instance(self, obj: SurveyVersion) -> str:  # type: ignore[override]
        return f"{obj.survey.title} ({obj.number})"


class ClassFilter(ListFilter):
    """Which classes to show."""

    q = search_field(_("Tìm trong nội dung"))
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *State.choices]
    )


class GuestFilter(Filter):
    """Which guests of a class to show."""

    TO_CALL, CAME, AWAY = "goi", "co-mat", "vang"

    q = search_field(_("Tìm theo họ tên, thôn, điện thoại"))
    group = forms.ChoiceField(
        label=_("Thành phần"), required=False, choices=[("", _("Tất cả")), *Group.choices]
    )
    loc = forms.ChoiceField(
        label=_("Chỉ xem"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            (TO_CALL, _("Còn phải gọi")),
            (CAME, _("Có mặt")),
            (AWAY, _("Chưa có mặt")),
        ],
    )

    def shows(self, one: OnList) -> bool:
        """Whether a guest is asked for."""
        asked, guest = self.asked, one.guest
        only = asked.get("loc")
        number = phone_number(asked.get("q", ""))
        return (
            asked.get("group", guest.row.group) == guest.row.group
            and (only != self.TO_CALL or one.is_to_call)
            and (only not in (self.CAME, self.AWAY) or guest.came is (only == self.CAME))
            and ((number and number == guest.phone) or self.fits(f"{guest.name} {guest.place} {guest.phone}"))
        )


class ClassForm(forms.Form):
    """A class: what about, when, where, who speaks. `key`: sent twice, it is one."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("Loại"), choices=Kind.choices, error_messages=BAD_CHOICE)
    subject = forms.CharField(
        label=_("Nội dung"),
        max_length=200,
        error_messages=REQUIRED,
        help_text=_("Ví dụ: Nộp hồ sơ trực tuyến và thanh toán phí trên Cổng Dịch vụ công quốc gia"),
    )
    task = forms.ModelChoiceField(
        Task.objects.none(),
        label=_("Nhiệm vụ trong kế hoạch"),
        required=False,
        empty_label=_("Không thuộc nhiệm vụ nào"),
        error_messages=BAD_CHOICE,
    )
    held_on = forms.DateField(
        label=_("Ngày tổ chức"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    begins = forms.TimeField(
        label=_("Bắt đầu lúc"), widget=_TimeInput(), input_formats=_TIMES, error_messages=_BAD_TIME
    )
    ends = forms.TimeField(
        label=_("Kết thúc lúc"),
        required=False,
        widget=_TimeInput(),
        input_formats=_TIMES,
        error_messages=_BAD_TIME,
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=200, error_messages=REQUIRED)
    lecturer = forms.CharField(label=_("Người trình bày"), required=False, max_length=200)
    contents = forms.CharField(
        label=_("Chương trình"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một ý. In trên giấy mời."),
    )
    expected = forms.IntegerField(
        label=_("Số người dự kiến"),
        required=False,
        min_value=1,
        max_value=MOST_EXPECTED,
        error_messages=_BAD_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    signer = _SignerField(
        Person.objects.none(),
        label=_("Người ký giấy mời"),
        required=False,
        empty_label=_("Chủ tịch (để trống tên)"),
        error_messages=BAD_CHOICE,
    )

    def __init__(self, *args: Any, tasks: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["task"]).queryset = tasks
        people = [one.pk for one in queries.signers(unit, on)]
        cast(forms.ModelChoiceField, self.fields["signer"]).queryset = Person.objects.filter(pk__in=people)

    @staticmethod
    def initial_of(training: TrainingClass) -> dict[str, Any]:
        """What stands there."""
        starts = localtime(training.starts_at)
        return {
            "kind": training.kind,
            "subject": training.subject,
            "task": training.task_id,
            "held_on": starts.date(),
            "begins": starts.time(),
            "ends": localtime(training.ends_at).time() if training.ends_at else None,
            "place": training.place,
            "lecturer": training.lecturer,
            "contents": training.contents,
            "expected": training.expected,
            "signer": training.signer_id,
        }

    def given(self) -> ClassGiven:
        """What was typed."""
        said = self.cleaned_data
        return ClassGiven(
            kind=Kind(said["kind"]),
            subject=said["subject"],
            task=said["task"],
            starts_at=_moment(said["held_on"], said["begins"]),
            ends_at=_moment(said["held_on"], said["ends"]) if said["ends"] else None,
            place=said["place"],
            lecturer=said["lecturer"],
            contents=said["contents"],
            expected=said["expected"],
            signer=said["signer"],
        )


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class StaffForm(forms.Form):
    """Who of the unit is invited."""

    people = forms.MultipleChoiceField(
        label=_("Người của đơn vị"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        error_messages=BAD_CHOICE,
    )

    def __init__(self, *args: Any, candidates: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["people"]).choices = [
            (
                str(group.label),
                [(str(one.person.pk), f"{one.person.full_name} – {one.place}") for one in there],
            )
            for group in Group
            if (there := [one for one in candidates if one.group is group])
        ]

    def chosen(self) -> set[int]:
        return {int(one) for one in self.cleaned_data["people"]}


class NamedForm(forms.Form):
    """People by name: typed, or a table."""

    group = forms.ChoiceField(
        label=_("Thành phần"), choices=Group.choices, initial=Group.CITIZEN, error_messages=BAD_CHOICE
    )
    people = forms.CharField(
        label=_("Danh sách"),
        required=False,
        max_length=_SHEET_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Mỗi dòng một người: họ tên; thôn hoặc đơn vị; điện thoại; thư điện tử. Ba mục sau có thể để trống."
        ),
    )
    file = forms.FileField(
        label=_("hoặc tệp Excel (.xlsx), CSV"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        help_text=_("Dòng đầu là tên cột: Họ và tên, Thôn, Điện thoại, Thư điện tử."),
    )

    def listed(self) -> Listed:
        """Who was typed and stands in the file. Raises `Refused` for a file that is no table."""
        found = guests.typed(self.cleaned_data["people"])
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return found
        table = guests.table(read_sheet(file.read(), file.name or "").rows)
        return Listed((*found.people, *table.people), (*found.problems, *table.problems))


class UnannouncedForm(forms.Form):
    """Somebody who came without an invitation."""

    name = forms.CharField(label=_("Họ và tên"), max_length=NAME_LENGTH, error_messages=REQUIRED)
    place = forms.CharField(label=_("Thôn, đơn vị"), required=False, max_length=PLACE_LENGTH)
    group = forms.ChoiceField(
        label=_("Thành phần"), choices=Group.choices, initial=Group.CITIZEN, error_messages=BAD_CHOICE
    )

    def named(self) -> Named:
        return Named(one_line(self.cleaned_data["name"]), one_line(self.cleaned_data["place"]))


class PaperForm(forms.Form):
    """A file of a class."""

    kind = forms.ChoiceField(label=_("Loại tệp"), choices=Paper.choices, error_messages=BAD_CHOICE)
    title = forms.CharField(
        label=_("Tên"),
        required=False,
        max_length=FILE_LENGTH,
        help_text=_("Cùng tên với tệp đã có thì thành bản mới của tệp đó."),
    )
    file = forms.FileField(
        label=_("Tệp"), max_length=255, error_messages=FILE_ERRORS, validators=[check_size]
    )


class TestForm(forms.Form):
    """Which test is asked."""

    version = _TestField(
        SurveyVersion.objects.none(),
        label=_("Bài kiểm tra"),
        required=False,
        empty_label=_("Không kiểm tra"),
        error_messages=BAD_CHOICE,
    )

    def __init__(self, *args: Any, tests: list[SurveyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["version"])
        field.queryset = SurveyVersion.objects.filter(pk__in=[one.pk for one in tests]).select_related(
            "survey"
        )


class SlipsForm(forms.Form):
    """How many slips with a code."""

    count = forms.IntegerField(
        label=_("Số phiếu mã"),
        min_value=1,
        max_value=MOST_SLIPS,
        error_messages=_BAD_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class ReasonForm(forms.Form):
    """Why a class is called off or opened again."""

    reason = forms.CharField(label=_("Lý do"), max_length=REASON_LENGTH, error_messages=REQUIRED)
