"""What is typed about support. It checks form, not right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models import AgeGroup, Sex, SupportMatter, SupportOutcome, SupportPlace
from dinhlang.onestop.models.steps import ALTERNATIVE_LENGTH, NOTE_LENGTH, WORDS_LENGTH
from dinhlang.onestop.support.actions import MOST_MINUTES, MOST_PEOPLE
from dinhlang.onestop.support.guides import Guide
from dinhlang.onestop.support.writing import Beside
from dinhlang.org.forms import UnitFilter, choose
from dinhlang.work.forms.fields import BAD_CHOICE, BAD_DATE, DAY_FORMATS, REQUIRED, DayInput, check_size

_EVERY = ("", _("Tất cả"))
_UNASKED = ("", _("Không hỏi"))


class SupportForm(forms.Form):
    """What stands beside the buttons. Everything has a usual answer, so that one tap is enough."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    person = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    unit = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    hamlet = forms.ChoiceField(label=_("Thôn, tổ dân phố"), required=False)
    place = forms.ChoiceField(label=_("Nơi hỗ trợ"), choices=SupportPlace.choices)
    code = forms.ChoiceField(label=_("Thủ tục (khi giúp nộp hồ sơ)"), required=False)
    people = forms.IntegerField(label=_("Số lượt người"), min_value=1, max_value=MOST_PEOPLE, required=False)
    minutes = forms.IntegerField(label=_("Số phút"), min_value=1, max_value=MOST_MINUTES, required=False)
    age = forms.ChoiceField(label=_("Nhóm tuổi"), required=False, choices=(_UNASKED, *AgeGroup.choices))
    sex = forms.ChoiceField(label=_("Giới tính"), required=False, choices=(_UNASKED, *Sex.choices))
    # As the recording pages call it: one list of the phone holds the acts of both.
    happened_on = forms.DateField(
        label=_("Ngày"),
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
        required=False,
    )
    stuck = forms.MultipleChoiceField(label=_("Vướng ở bước nào"), required=False)

    def __init__(
        self,
        *args: Any,
        hamlets: Mapping[str, str],
        procedures: Iterable[tuple[str, str]],
        guides: Iterable[Guide],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "hamlet", [("", _("Không rõ")), *hamlets.items()])
        choose(self, "code", [("", _("Không nộp hồ sơ")), *procedures])
        choose(
            self,
            "stuck",
            [
                (
                    guide.title,
                    [(guide.name_of(step), f"{at}. {step.title}") for at, step in enumerate(guide.steps, 1)],
                )
                for guide in guides
            ],
        )

    @property
    def beside(self) -> list[forms.BoundField]:
        """What may be told besides, folded until somebody wants to."""
        return [self[name] for name in ("people", "minutes", "age", "sex", "code", "happened_on")]


class StepForm(forms.Form):
    """A step of a guide in the commune's own words. `seen` is the version that the writer has before them, `held` a picture that was
    sent with a form that could not be taken.
    """

    words = forms.CharField(
        label=_("Lời hướng dẫn"),
        help_text=_("Một, hai câu: bấm vào đâu, nhập gì. Ghi đúng chữ trên màn hình."),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )
    note = forms.CharField(
        label=_("Lưu ý"), required=False, max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )
    beside = forms.ChoiceField(
        label=_("Hình bên cạnh"),
        choices=(
            (Beside.DRAWING, _("Hình vẽ của hệ thống")),
            (Beside.PICTURE, _("Ảnh của xã")),
            (Beside.NOTHING, _("Không có hình")),
        ),
        error_messages=BAD_CHOICE,
    )
    file = forms.FileField(
        label=_("Ảnh"),
        required=False,
        help_text=_("Ảnh xã tự chụp. Dùng tài khoản thử hoặc che kín họ tên, số giấy tờ, mã xác nhận."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        validators=[check_size],
    )
    alternative = forms.CharField(
        label=_("Ảnh cho thấy gì"),
        required=False,
        max_length=ALTERNATIVE_LENGTH,
        help_text=_("Đọc cho người không nhìn được: màn hình nào, có những ô gì, bấm vào đâu."),
    )
    is_clean = forms.BooleanField(
        label=_("Ảnh do xã tự chụp, không để lộ họ tên, số giấy tờ, mã của ai"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)


class LogFilter(UnitFilter):
    """What to show of the log. Every field may be left empty."""

    hamlet = forms.ChoiceField(label=_("Thôn, tổ dân phố"), required=False)
    matter = forms.ChoiceField(label=_("Việc"), required=False, choices=(_EVERY, *SupportMatter.choices))
    outcome = forms.ChoiceField(label=_("Kết quả"), required=False, choices=(_EVERY, *SupportOutcome.choices))
    by = forms.ChoiceField(label=_("Người hỗ trợ"), required=False)
    first = forms.DateField(
        label=_("Từ ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    last = forms.DateField(
        label=_("Đến ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )

    def __init__(
        self,
        *args: Any,
        hamlets: Mapping[str, str],
        people: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("hamlet", list(hamlets.items())), ("by", list(people))):
            cast(forms.ChoiceField, self.fields[name]).choices = [_EVERY, *choices]
