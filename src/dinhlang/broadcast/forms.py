"""What is typed about the radio. It checks form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.actions import Placing
from dinhlang.broadcast.models import Bulletin
from dinhlang.broadcast.rules.airtime import MOST_DAYS_AHEAD, AirRules, Occasion
from dinhlang.broadcast.rules.kinds import Kind, Language, Priority, Source
from dinhlang.broadcast.rules.states import State
from dinhlang.broadcast.rules.words import NAME_LENGTH, SCRIPT_LENGTH, TITLE_LENGTH, Words
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.work.forms.fields import (
    BAD_CHOICE,
    BAD_DATE,
    DAY_FORMATS,
    REQUIRED,
    DayInput,
)
from dinhlang.work.models import ReformField, Task
from dinhlang.work.rules import short_name

_EVERY = ("", _("Tất cả"))


class TimeInput(forms.TimeInput):
    """The browser's own clock, hours and minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


BAD_TIME = {**REQUIRED, "invalid": _("Giờ không đúng. Ghi giờ:phút, ví dụ 17:30.")}
BAD_NUMBER = {
    **REQUIRED,
    "invalid": _("Ghi bằng chữ số."),
    "min_value": _("Số nhỏ nhất là %(limit_value)s."),
    "max_value": _("Số lớn nhất là %(limit_value)s."),
}


class TaskField(forms.ModelChoiceField):
    """A task of the unit's plans, by its short name."""

    def label_from_instance(self, obj: Task) -> str:  # type: ignore[override]
        return f"{obj.plan.year} – {short_name(obj.text)}"


class BulletinFilter(UnitFilter):
    """What to show of the bulletins. Every field may be left empty."""

    q = search_field(_("Tìm trong tiêu đề, lời đọc"))
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    kind = forms.ChoiceField(label=_("Thể loại"), required=False, choices=[_EVERY, *Kind.choices])
    priority = forms.TypedChoiceField(
        label=_("Mức ưu tiên"),
        required=False,
        choices=[_EVERY, *Priority.choices],
        coerce=int,
        empty_value=None,
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực CCHC"), required=False, choices=[_EVERY, *ReformField.choices]
    )
    language = forms.ChoiceField(label=_("Ngôn ngữ"), required=False, choices=[_EVERY, *Language.choices])


class BulletinForm(forms.Form):
    """The words of a bulletin and what it is. `seen` is the version the writer began with."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label=_("Tiêu đề"), max_length=TITLE_LENGTH, error_messages=REQUIRED)
    script = forms.CharField(
        label=_("Lời đọc"),
        required=False,
        max_length=SCRIPT_LENGTH,
        help_text=_(
            "Viết như nói: câu ngắn, mỗi ý một câu. Số và chữ viết tắt thông dụng máy tự đọc thành chữ."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices, error_messages=BAD_CHOICE)
    priority = forms.TypedChoiceField(
        label=_("Mức ưu tiên"), choices=Priority.choices, coerce=int, error_messages=BAD_CHOICE
    )
    source = forms.ChoiceField(label=_("Nguồn"), choices=Source.choices, error_messages=BAD_CHOICE)
    language = forms.ChoiceField(label=_("Ngôn ngữ"), choices=Language.choices, error_messages=BAD_CHOICE)
    field = forms.ChoiceField(
        label=_("Lĩnh vực CCHC"),
        required=False,
        choices=[("", _("Không thuộc")), *ReformField.choices],
        help_text=_("Bản tin có lĩnh vực hoặc nhiệm vụ thì lượt phát được tính vào sổ theo dõi."),
    )
    task = TaskField(
        Task.objects.none(),
        label=_("Nhiệm vụ của kế hoạch"),
        required=False,
        empty_label=_("Không thuộc"),
        error_messages=BAD_CHOICE,
    )
    valid_from = forms.DateField(
        label=_("Phát từ ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    valid_until = forms.DateField(
        label=_("Phát đến hết ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    writer = forms.CharField(label=_("Tác giả"), required=False, max_length=NAME_LENGTH)
    reader = forms.CharField(label=_("Người đọc"), required=False, max_length=NAME_LENGTH)

    def __init__(self, *args: Any, tasks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["task"]).queryset = tasks

    @staticmethod
    def initial_of(bulletin: Bulletin) -> dict[str, Any]:
        """The form as the bulletin stands."""
        edition = bulletin.draft
        if edition is None:
            raise TypeError("only what is in work is written in")
        placed = ("kind", "priority", "source", "language", "field", "valid_from", "valid_until")
        return {name: getattr(bulletin, name) for name in placed} | {
            "task": bulletin.task_id,
            "seen": edition.version,
            "title": edition.title,
            "script": edition.script,
            "writer": edition.writer,
            "reader": edition.reader,
        }

    def words(self) -> Words:
        """The words, once the form is valid."""
        given = self.cleaned_data
        return Words(given["title"], given["script"], given["writer"], given["reader"])

    def placing(self) -> Placing:
        """What the bulletin is, once the form is valid."""
        return Placing(**{name: self.cleaned_data[name] for name in Placing.__dataclass_fields__})


class SlotForm(forms.Form):
    """A new slot."""

    name = forms.CharField(
        label=_("Tên chương trình"),
        max_length=120,
        help_text=_("Ví dụ: Bản tin sáng."),
        error_messages=REQUIRED,
    )
    days = forms.CharField(
        label=_("Ngày phát"),
        max_length=300,
        help_text=_(
            "Ví dụ: Từ thứ Hai đến thứ Sáu hằng tuần; Ngày 5 hằng tháng; Thứ Hai đầu tiên hằng tháng."
        ),
        error_messages=REQUIRED,
    )
    starts = forms.TimeField(label=_("Giờ bắt đầu"), widget=TimeInput(), error_messages=BAD_TIME)
    minutes = forms.IntegerField(label=_("Số phút"), min_value=1, max_value=1440, error_messages=BAD_NUMBER)
    relay = forms.CharField(
        label=_("Tiếp âm đài"), required=False, max_length=120, help_text=_("Để trống nếu xã tự phát.")
    )
    zone = forms.CharField(
        label=_("Cụm loa"), required=False, max_length=120, help_text=_("Để trống nếu phát mọi cụm loa.")
    )
    starts_on = forms.DateField(
        label=_("Dùng từ ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    legal_basis = forms.CharField(
        label=_("Văn bản ấn định"),
        required=False,
        max_length=200,
        help_text=_("Số, ngày văn bản của xã về khung giờ phát."),
    )


_COUNTS = ("sessions_a_day", "minutes_a_session", "minutes_a_day", "relay_share", "days_ahead")
_QUIET = ("quiet_", "second_quiet_")


class RulesForm(forms.Form):
    """What was decided on when the station speaks."""

    legal_basis = forms.CharField(
        label=_("Văn bản quy định"),
        max_length=200,
        help_text=_("Số, ngày, cơ quan ban hành."),
        error_messages=REQUIRED,
    )
    starts_on = forms.DateField(
        label=_("Có hiệu lực từ ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    ends_on = forms.DateField(
        label=_("Hết hiệu lực từ ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    sessions_a_day = forms.IntegerField(
        label=_("Số buổi mỗi ngày, tối đa"),
        required=False,
        min_value=0,
        max_value=24,
        error_messages=BAD_NUMBER,
    )
    minutes_a_session = forms.IntegerField(
        label=_("Số phút mỗi buổi, tối đa"),
        required=False,
        min_value=1,
        max_value=1440,
        error_messages=BAD_NUMBER,
    )
    minutes_a_day = forms.IntegerField(
        label=_("Số phút mỗi ngày, tối đa"),
        required=False,
        min_value=1,
        max_value=1440,
        error_messages=BAD_NUMBER,
    )
    weekdays = forms.CharField(
        label=_("Các thứ được phát"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: Từ thứ Hai đến thứ Sáu hằng tuần."),
    )
    quiet_from = forms.TimeField(
        label=_("Không phát từ"), required=False, widget=TimeInput(), error_messages=BAD_TIME
    )
    quiet_until = forms.TimeField(label=_("Đến"), required=False, widget=TimeInput(), error_messages=BAD_TIME)
    second_quiet_from = forms.TimeField(
        label=_("Không phát thêm từ"), required=False, widget=TimeInput(), error_messages=BAD_TIME
    )
    second_quiet_until = forms.TimeField(
        label=_("Đến"), required=False, widget=TimeInput(), error_messages=BAD_TIME
    )
    relay_share = forms.IntegerField(
        label=_("Tiếp âm tối đa, %"), required=False, min_value=0, max_value=100, error_messages=BAD_NUMBER
    )
    days_ahead = forms.IntegerField(
        label=_("Máy phát lưu trước, số ngày"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS_AHEAD,
        help_text=_(
            "Máy mất mạng phát được bấy lâu, và bấy lâu chưa biết bản tin đã gỡ. Để trống là 3 ngày."
        ),
        error_messages=BAD_NUMBER,
    )
    silent_on = forms.MultipleChoiceField(
        label=_("Nghỉ phát vào"),
        required=False,
        choices=[
            (Occasion.DAY_OFF, _("ngày nghỉ lễ")),
            (Occasion.TET, _("Tết Nguyên đán")),
            (Occasion.MOURNING, _("ngày quốc tang")),
        ],
        widget=forms.CheckboxSelectMultiple(),
        error_messages=BAD_CHOICE,
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def values(self) -> dict[str, Any]:
        """The rules as `AirRules.from_json` takes them, once the form is valid."""
        given = self.cleaned_data
        stretches = [(given[f"{name}from"], given[f"{name}until"]) for name in _QUIET]
        return {
            **{name: given[name] for name in _COUNTS},
            "weekdays": given["weekdays"],
            "silent_on": given["silent_on"],
            "quiet": [[f"{since:%H:%M}", f"{until:%H:%M}"] for since, until in stretches if since and until],
        }

    def decided(self) -> dict[str, Any]:
        """What `actions.set_rules` takes of it, once the form is valid. Raises `Unfit` for rules that cannot be."""
        given = self.cleaned_data
        return {
            "rules": AirRules.from_json(self.values()),
            **{name: given[name] for name in ("legal_basis", "starts_on", "ends_on", "note")},
        }

    @staticmethod
    def initial_of(rules: AirRules, note: str) -> dict[str, Any]:
        """The form filled in with rules to begin from."""
        quiet = zip(_QUIET, rules.quiet, strict=False)
        return {
            **{name: getattr(rules, name) for name in _COUNTS},
            **{f"{name}from": one.start for name, one in quiet},
            **{f"{name}until": one.end for name, one in zip(_QUIET, rules.quiet, strict=False)},
            "weekdays": rules.to_json()["weekdays"],
            "silent_on": sorted(rules.silent_on),
            "note": note,
        }


class MourningForm(forms.Form):
    """Days of mourning, for the stations of a unit and all below it."""

    first = forms.DateField(
        label=_("Từ ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    last = forms.DateField(
        label=_("Đến hết ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    legal_basis = forms.CharField(
        label=_("Thông báo quốc tang"),
        max_length=200,
        help_text=_("Số, ngày, cơ quan ban hành."),
        error_messages=REQUIRED,
    )


class TickForm(forms.Form):
    """What a person says of a session: its hours, how the equipment was, a note. The plays are ticked beside it."""

    started = forms.TimeField(label=_("Giờ bắt đầu"), widget=TimeInput(), error_messages=BAD_TIME)
    ended = forms.TimeField(label=_("Giờ kết thúc"), widget=TimeInput(), error_messages=BAD_TIME)
    equipment = forms.CharField(
        label=_("Tình trạng thiết bị, sự cố"),
        required=False,
        max_length=300,
        help_text=_("Ví dụ: Loa thôn 3 rè."),
    )
    why = forms.CharField(
        label=_("Lý do các mục không phát"),
        required=False,
        max_length=300,
        help_text=_("Bắt buộc khi có mục không được đánh dấu."),
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)


def bulletins_to_place(bulletins: Iterable[Bulletin]) -> list[tuple[str, str]]:
    """Choices of bulletins by number, the urgent marked in words."""
    return [
        (
            str(one.pk),
            str(one) if one.priority == Priority.ORDINARY else f"{one} ({one.get_priority_display()})",
        )
        for one in bulletins
    ]
