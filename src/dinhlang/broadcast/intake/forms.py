"""What is typed beside a bulletin that comes from above. It checks form, not right."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.intake.actions import Given
from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.broadcast.rules.words import TITLE_LENGTH
from dinhlang.org.forms.fields import LineField
from dinhlang.work.forms.fields import FILE_ERRORS, check_size

_AS_SAID = ("", _("Theo tệp"))


class IntakeForm(forms.Form):
    """A file from above, and what it does not say itself."""

    file = forms.FileField(
        label=_("Tệp cấp trên gửi"),
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        help_text=_(
            "Tệp bản tin (.json), bản ghi âm (MP3, M4A, WAV, OGG) hoặc văn bản (Word, PDF, ODT, ảnh quét)."
        ),
    )
    sender = forms.CharField(
        label=_("Nơi gửi"),
        required=False,
        max_length=200,
        help_text=_("Để trống nếu tệp ghi rõ cơ quan gửi."),
    )
    title = forms.CharField(
        label=_("Tiêu đề"),
        required=False,
        max_length=TITLE_LENGTH,
        help_text=_("Để trống để lấy theo tệp."),
    )
    reference = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Thể loại"), required=False, choices=[_AS_SAID, *Kind.choices])
    priority = forms.TypedChoiceField(
        label=_("Mức ưu tiên"),
        required=False,
        choices=[_AS_SAID, *Priority.choices],
        coerce=int,
        empty_value=None,
    )

    def given(self) -> Given:
        """What was typed, once the form is valid."""
        return Given(**{name: self.cleaned_data[name] for name in Given.__dataclass_fields__})


class KeyForm(forms.Form):
    """For whose machine a key is. `form`: sent twice, it is one key."""

    form = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())
    sender = LineField(
        label=_("Cơ quan gửi"),
        max_length=60,
        missing=_("Ghi tên cơ quan gửi."),
        help_text=_(
            "Tên này là nơi gửi của mọi bản tin gửi bằng khóa, như Đài Phát thanh và Truyền hình tỉnh."
        ),
    )
