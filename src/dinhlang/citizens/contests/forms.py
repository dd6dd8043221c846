"""What is typed about contests on the desk. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.contests.actions import ContestGiven
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.contests.rules.timing import MOST_GRACE, Timing
from dinhlang.citizens.contests.rules.weeks import MOST_ASKED, MOST_LOTS, SECONDS, WeekGiven
from dinhlang.citizens.models import Contest, ContestWeek, SurveyVersion
from dinhlang.citizens.models.contests import TITLE_LENGTH, WORDS_LENGTH
from dinhlang.citizens.surveys.rules.definition import Question
from dinhlang.org.forms import Filter, UnitFilter, search_field
from dinhlang.work.forms.fields import BAD_CHOICE, REQUIRED, MomentField

_BAD_NUMBER = {**REQUIRED, "invalid": _("Ghi bằng số.")}


class ContestFilter(UnitFilter):
    """What to show of contests. Every field may be left empty."""

    q = search_field(_("Tên cuộc thi"))
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *State.choices]
    )


class SittingFilter(Filter):
    """What to show of the sittings of a week."""

    q = search_field(_("Tìm theo mã bài thi, tên viết tắt, thôn"))
    only = forms.ChoiceField(
        label=_("Chỉ xem"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("right", _("Đúng tất cả")),
            ("doubtful", _("Nghi máy gửi")),
            ("excluded", _("Đã loại")),
        ],
    )


class ContestForm(forms.Form):
    """Name, rules, prizes, time."""

    title = forms.CharField(label=_("Tên cuộc thi"), max_length=TITLE_LENGTH, error_messages=REQUIRED)
    terms = forms.CharField(
        label=_("Thể lệ"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_(
            "Ai được thi, mỗi số điện thoại thi một lần mỗi tuần, xếp hạng theo điểm rồi dự đoán rồi thời gian, bốc thăm thế nào."
        ),
        error_messages=REQUIRED,
    )
    prizes = forms.CharField(
        label=_("Giải thưởng"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    timing = forms.ChoiceField(label=_("Tính giờ"), choices=Timing.choices, error_messages=BAD_CHOICE)
    seconds = forms.IntegerField(
        label=_("Số giây"),
        min_value=SECONDS.start,
        max_value=SECONDS.stop - 1,
        initial=45,
        help_text=_("Cho mỗi câu hoặc cho cả bài. Người cần thêm thời gian tự chọn gấp đôi, gấp mười."),
        error_messages=_BAD_NUMBER,
    )
    grace_seconds = forms.IntegerField(
        label=_("Chờ mạng chậm (giây)"),
        min_value=0,
        max_value=MOST_GRACE,
        initial=5,
        help_text=_("Câu trả lời đến máy chủ muộn hơn thì không tính."),
        error_messages=_BAD_NUMBER,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    @staticmethod
    def initial_of(contest: Contest) -> dict[str, Any]:
        """What stands there."""
        names = ("title", "terms", "prizes", "timing", "seconds", "grace_seconds")
        return {**{name: getattr(contest, name) for name in names}, "seen": contest.edits}

    def given(self) -> ContestGiven:
        """What was typed."""
        return ContestGiven(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


class WeekForm(forms.Form):
    """A week."""

    opens_at = MomentField(label=_("Mở lúc"), required=True)
    closes_at = MomentField(label=_("Đóng lúc"), required=True)
    version = forms.ChoiceField(label=_("Bộ câu hỏi"), error_messages=BAD_CHOICE)
    drawn = forms.IntegerField(
        label=_("Số câu lấy ngẫu nhiên cho mỗi người"),
        required=False,
        min_value=1,
        max_value=MOST_ASKED,
        help_text=_("Để trống: mọi người làm cả bộ câu hỏi."),
        error_messages=_BAD_NUMBER,
    )
    lots = forms.IntegerField(
        label=_("Số người trúng giải bốc thăm"),
        min_value=0,
        max_value=MOST_LOTS,
        initial=0,
        help_text=_("Bốc trong những bài đúng tất cả. Ghi 0 nếu không bốc thăm."),
        error_messages=_BAD_NUMBER,
    )
    public_source = forms.CharField(
        label=_("Số công khai trộn vào bốc thăm"),
        required=False,
        max_length=200,
        help_text=_(
            "Một số ai cũng biết, có sau khi tuần thi đóng, xã không chọn được; ví dụ: giải đặc biệt xổ số kiến thiết tỉnh ngày 30/11/2026."
        ),
    )

    def __init__(self, *args: Any, banks: list[SurveyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._banks = {str(one.pk): one for one in banks}
        cast(forms.ChoiceField, self.fields["version"]).choices = [
            (key, one.survey.title) for key, one in self._banks.items()
        ]

    @staticmethod
    def initial_of(week: ContestWeek) -> dict[str, Any]:
        """What stands there."""
        names = ("opens_at", "closes_at", "drawn", "lots", "public_source")
        return {**{name: getattr(week, name) for name in names}, "version": str(week.version_id)}

    @property
    def bank(self) -> SurveyVersion:
        """The bank that was chosen, after `is_valid`."""
        return self._banks[self.cleaned_data["version"]]

    def given(self) -> WeekGiven:
        """What was typed."""
        held = self.cleaned_data
        names = ("opens_at", "closes_at", "drawn", "lots", "public_source")
        return WeekGiven(**{name: held[name] for name in names})


class VoidForm(forms.Form):
    """A question that is declared void."""

    question = forms.ChoiceField(label=_("Câu hỏi"), error_messages=BAD_CHOICE)
    reason = forms.CharField(label=_("Lý do, công bố cùng kết quả"), max_length=300, error_messages=REQUIRED)

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["question"]).choices = [(one.id, one.text) for one in questions]


class DrawForm(forms.Form):
    """The public value that came up."""

    public_value = forms.CharField(label=_("Số công khai"), required=False, max_length=80)
