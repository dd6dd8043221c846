"""What is typed about voices, recordings and short forms. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models import SpokenForm
from dinhlang.broadcast.rules.words import NAME_LENGTH
from dinhlang.broadcast.speech import engine
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.work.forms.fields import BAD_CHOICE, FILE_ERRORS, REQUIRED, check_size

RATES = (("0.85", _("Chậm")), ("1.0", _("Vừa")), ("1.15", _("Nhanh")))


class VoiceForm(forms.Form):
    """Which voice reads, how fast."""

    voice = forms.ChoiceField(label=_("Giọng đọc"), error_messages=BAD_CHOICE)
    rate = forms.ChoiceField(label=_("Tốc độ"), choices=RATES, initial="1.0", error_messages=BAD_CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["voice"]).choices = [
            (one.key, one.name) for one in engine.voices()
        ]


class RecordingForm(forms.Form):
    """A recording of the script, with the part of it that is kept where it was trimmed."""

    recording = forms.FileField(
        label=_("Tệp ghi âm"),
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        help_text=_("MP3, M4A, WAV, OGG hoặc tệp điện thoại ghi. Âm lượng được chỉnh đều khi lưu."),
    )
    reader = forms.CharField(label=_("Người đọc"), required=False, max_length=NAME_LENGTH)
    starts = forms.FloatField(required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput())
    ends = forms.FloatField(required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput())


class SpokenFormFilter(UnitFilter):
    """What to show of the table. Every field may be left empty."""

    q = search_field(_("Tìm trong bảng đọc"))
    section = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[("", _("Tất cả")), *SpokenForm.Section.choices]
    )


class SpokenFormForm(forms.Form):
    """A short form and how it is spoken."""

    written = forms.CharField(
        label=_("Chữ viết"), max_length=40, error_messages=REQUIRED, help_text=_("Ví dụ: NVH.")
    )
    spoken = forms.CharField(
        label=_("Đọc là"), max_length=200, error_messages=REQUIRED, help_text=_("Ví dụ: nhà văn hóa.")
    )
    section = forms.ChoiceField(
        label=_("Loại"), choices=SpokenForm.Section.choices, error_messages=BAD_CHOICE
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=200)


class TableFileForm(forms.Form):
    """A table as a file."""

    table = forms.FileField(
        label=_("Tệp bảng đọc"),
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": ".csv,.toml"}),
        help_text=_(
            "CSV như tệp xuất ra, hoặc TOML. Dòng đã có thì đọc theo tệp; lỗi một dòng thì không nhập dòng nào."
        ),
    )
