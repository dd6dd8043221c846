"""What is typed of an emergency message. It checks form, not right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.emergency import rules
from dinhlang.broadcast.emergency.queries import Asked
from dinhlang.broadcast.emergency.rules import (
    Category,
    Certainty,
    Message,
    Severity,
    State,
    Status,
    Told,
    Urgency,
)
from dinhlang.broadcast.forms import BAD_NUMBER
from dinhlang.broadcast.models import Emergency
from dinhlang.org.forms import search_field
from dinhlang.work.forms.fields import BAD_CHOICE, FILE_ERRORS, REQUIRED, check_size

_HOURS = (
    (1, _("1 giờ")),
    (3, _("3 giờ")),
    (6, _("6 giờ")),
    (12, _("12 giờ")),
    (24, _("1 ngày")),
    (72, _("3 ngày")),
    (168, _("7 ngày")),
)


_EVERY = ("", _("Tất cả"))


class EmergencyFilter(forms.Form):
    """What to show of the messages. Every field may be left empty."""

    q = search_field(_("Tìm trong tóm tắt, việc, nơi, lời đọc"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    status = forms.ChoiceField(label=_("Tính chất"), required=False, choices=[_EVERY, *Status.choices])
    message = forms.ChoiceField(
        label=_("Loại thông điệp"), required=False, choices=[_EVERY, *Message.choices]
    )
    year = forms.ChoiceField(label=_("Năm"), required=False)

    def __init__(self, *args: Any, units: dict[str, str], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = list(units.items())
        every = [_EVERY, *((str(one), str(one)) for one in years)]
        cast(forms.ChoiceField, self.fields["year"]).choices = every
        # A choice of one is no choice.
        for name, choices in (("unit", list(units)), ("year", years)):
            if len(choices) < 2:
                del self.fields[name]

    @property
    def asked(self) -> Asked:
        """What was asked for and makes sense; the rest as if it were left empty."""
        if not self.is_bound:
            return Asked()
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(
            words=given.get("q", ""),
            state=given.get("state", ""),
            status=given.get("status", ""),
            message=given.get("message", ""),
            year=int(given.get("year", 0)),
        )


class EmergencyForm(forms.Form):
    """A message. What must be known first stands first; the rest has a usual value."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    status = forms.ChoiceField(
        label=_("Tính chất"),
        choices=Status.choices,
        error_messages=BAD_CHOICE,
        help_text=_("Diễn tập và thử được nói rõ trước và sau lời đọc. Lưu rồi không đổi được."),
    )
    event = forms.CharField(
        label=_("Việc gì"),
        max_length=rules.EVENT_LENGTH,
        error_messages=REQUIRED,
        help_text=_("Ví dụ: Lũ quét."),
    )
    headline = forms.CharField(
        label=_("Tóm tắt một câu"), max_length=rules.HEADLINE_LENGTH, error_messages=REQUIRED
    )
    area = forms.CharField(
        label=_("Nơi bị ảnh hưởng"),
        max_length=rules.AREA_LENGTH,
        error_messages=REQUIRED,
        help_text=_("Ví dụ: thôn Đông và thôn Bãi."),
    )
    words = forms.CharField(
        label=_("Lời đọc trên loa"),
        max_length=rules.WORDS_LENGTH,
        error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Việc gì, ở đâu, bà con làm gì ngay. Câu ngắn."),
    )
    hours = forms.TypedChoiceField(
        label=_("Hiệu lực kể từ bây giờ"), choices=_HOURS, coerce=int, initial=6, error_messages=BAD_CHOICE
    )
    repeats = forms.IntegerField(
        label=_("Đọc mấy lần"),
        min_value=1,
        max_value=rules.MOST_REPEATS,
        initial=3,
        error_messages=BAD_NUMBER,
    )
    zone = forms.CharField(
        label=_("Cụm loa"), required=False, max_length=120, help_text=_("Để trống nếu phát mọi cụm loa.")
    )
    category = forms.ChoiceField(
        label=_("Loại việc"), choices=Category.choices, initial=Category.MET, error_messages=BAD_CHOICE
    )
    urgency = forms.ChoiceField(
        label=_("Phải làm khi nào"),
        choices=Urgency.choices,
        initial=Urgency.IMMEDIATE,
        error_messages=BAD_CHOICE,
    )
    severity = forms.ChoiceField(
        label=_("Mức nguy hiểm"), choices=Severity.choices, initial=Severity.SEVERE, error_messages=BAD_CHOICE
    )
    certainty = forms.ChoiceField(
        label=_("Độ tin cậy"),
        choices=Certainty.choices,
        initial=Certainty.LIKELY,
        error_messages=BAD_CHOICE,
    )

    @staticmethod
    def initial_of(emergency: Emergency) -> dict[str, Any]:
        """The form as a draft stands; how long it holds is counted anew when it is saved."""
        names = (name for name in Told.__dataclass_fields__ if name != "expires_at")
        held = emergency.expires_at - emergency.made_at
        hours = next((one for one, _label in _HOURS if timedelta(hours=one) >= held), _HOURS[-1][0])
        return {name: getattr(emergency, name) for name in names} | {
            "seen": emergency.version,
            "hours": hours,
        }

    def told(self, at: datetime) -> Told:
        """What the message says, once the form is valid."""
        given = self.cleaned_data
        names = [name for name in Told.__dataclass_fields__ if name != "expires_at"]
        return Told(**{name: given[name] for name in names}, expires_at=at + timedelta(hours=given["hours"]))


class SoundForm(forms.Form):
    """A person's recording of the words."""

    recording = forms.FileField(
        label=_("Tệp ghi âm"),
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        help_text=_("MP3, M4A, WAV, OGG hoặc tệp điện thoại ghi. Âm lượng được chỉnh đều khi lưu."),
    )


class CapForm(forms.Form):
    """A CAP file of the level above."""

    file = forms.FileField(
        label=_("Tệp CAP"),
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": ".xml,.cap,application/cap+xml"}),
        help_text=_("Tệp XML cấp trên gửi. Nhận thành bản nháp để hai người xem và phát."),
    )
