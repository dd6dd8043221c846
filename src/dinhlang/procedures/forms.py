"""What is typed about procedures. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.procedures.models import Place
from dinhlang.procedures.rules.changes import LEVEL_WORDS
from dinhlang.procedures.rules.posting import NAME_LENGTH
from dinhlang.work.forms.fields import BAD_CHOICE, BAD_DATE, DAY_FORMATS, FILE_ERRORS, DayInput, check_size

STANDS = (("", _("Đang có hiệu lực")), ("ended", _("Đã bãi bỏ")), ("coming", _("Chưa có hiệu lực")))


class CatalogueFilter(UnitFilter):
    """What to show of the catalogue. Every field may be left empty."""

    q = search_field(_("Tìm theo tên, mã"))
    field = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    level = forms.ChoiceField(label=_("Cấp thực hiện"), required=False)
    online = forms.ChoiceField(
        label=_("Nộp trực tuyến"),
        required=False,
        choices=(("", _("Tất cả")), ("yes", _("Có")), ("no", _("Không"))),
    )
    stands = forms.ChoiceField(label=_("Hiệu lực"), required=False, choices=STANDS)

    def __init__(self, *args: Any, fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("Tất cả"))
        cast(forms.ChoiceField, self.fields["field"]).choices = [
            every,
            *((one, one) for one in fields if one),
        ]
        cast(forms.ChoiceField, self.fields["level"]).choices = [
            every,
            *((level.value, words) for level, words in LEVEL_WORDS.items()),
        ]


class PlaceForm(forms.Form):
    """A new place where procedures hang."""

    name = forms.CharField(
        label=_("Tên nơi niêm yết"),
        max_length=NAME_LENGTH,
        help_text=_("Ví dụ: Bảng niêm yết tại nơi tiếp nhận hồ sơ."),
        error_messages={"required": _("Nơi niêm yết chưa có tên. Ghi tên rồi lưu lại.")},
    )
    channel = forms.ChoiceField(
        label=_("Hình thức"), choices=Place.Channel.choices, error_messages=BAD_CHOICE
    )


class PostingForm(forms.Form):
    """When something was hung or taken down, with a photo."""

    day = forms.DateField(
        label=_("Ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    photo = forms.FileField(
        label=_("Ảnh chụp tại nơi niêm yết"),
        required=False,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
