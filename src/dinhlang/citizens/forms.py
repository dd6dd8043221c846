"""What is typed about cases. It checks form, not right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.queries.cases import DOUBTFUL, LATE, MINE, UNDONE
from dinhlang.citizens.rules import categories, kinds
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.states import State
from dinhlang.org.forms import LONGEST_SEARCH, Filter
from dinhlang.work.forms.fields import (
    BAD_CHOICE,
    BAD_DATE,
    DAY_FORMATS,
    FILE_ERRORS,
    REQUIRED,
    DayInput,
    check_size,
)

_EVERY = ("", _("Tất cả"))
_UNKNOWN = ("", _("Chưa rõ"))


class CaseFilter(Filter):
    """What to show of cases. Every field may be left empty."""

    q = forms.CharField(
        label=_("Mã tra cứu, tóm tắt hoặc số điện thoại"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    standing = forms.ChoiceField(
        label=_("Việc cần làm"),
        required=False,
        choices=[
            _EVERY,
            (UNDONE, _("Chưa xong")),
            (LATE, _("Quá hạn")),
            (MINE, _("Giao cho tôi")),
            (DOUBTFUL, _("Nghi máy gửi")),
        ],
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = [_EVERY, *categories.choices()]
        self.offer_units(units)


class CallForm(forms.Form):
    """A call sheet: what somebody says, in the order in which people say it. Used with one hand on a phone."""

    key = forms.CharField(max_length=128, widget=forms.HiddenInput())
    way = forms.ChoiceField(
        label=_("Nhận qua"),
        choices=[
            one for one in Way.choices if one[0] in (Way.PHONE, Way.COUNTER, Way.LETTER, Way.MAIL, Way.SYSTEM)
        ],
        error_messages=BAD_CHOICE,
    )
    words = forms.CharField(
        label=_("Nội dung"),
        max_length=kinds.WORDS_LENGTH,
        help_text=_("Ghi lời người gửi: việc gì, ở đâu, từ khi nào. Không ghi số căn cước."),
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        error_messages=REQUIRED,
    )
    category = forms.ChoiceField(
        label=_("Lĩnh vực"), required=False, help_text=_("Để trống thì máy chọn theo nội dung, sửa được sau.")
    )
    hamlet = forms.ChoiceField(label=_("Thôn"), required=False)
    place = forms.CharField(
        label=_("Nơi xảy ra"),
        required=False,
        max_length=kinds.PLACE_LENGTH,
        help_text=_("Ví dụ: cạnh nhà văn hóa thôn."),
    )
    name = forms.CharField(
        label=_("Họ và tên người gửi"),
        required=False,
        max_length=kinds.NAME_LENGTH,
        help_text=_("Không có họ tên và địa chỉ thì ghi nhận là góp ý, không hẹn ngày trả lời."),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=kinds.PHONE_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    address = forms.CharField(label=_("Địa chỉ người gửi"), required=False, max_length=kinds.ADDRESS_LENGTH)
    mail = forms.CharField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    spoken_for = forms.CharField(
        label=_("Gửi thay cho"),
        required=False,
        max_length=kinds.NAME_LENGTH,
        help_text=_("Khi người gọi nói thay người khác, ví dụ cha mẹ già."),
    )
    publishable = forms.BooleanField(
        label=_("Người gửi đồng ý công khai nội dung, không nêu tên"), required=False
    )
    file = forms.FileField(
        label=_("Ảnh hoặc bản quét đơn, thư"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args: Any, hamlets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = [_UNKNOWN, *categories.choices()]
        cast(forms.ChoiceField, self.fields["hamlet"]).choices = [_UNKNOWN, *hamlets]

    def told(self) -> Told:
        said = self.cleaned_data
        category = said["category"] or categories.proposed(said["words"])
        return Told(said["words"], category, hamlet=said["hamlet"], place=said["place"])

    def sender(self) -> Sender:
        said = self.cleaned_data
        return Sender(said["name"], said["phone"], said["mail"], said["address"], said["spoken_for"])


class SubjectForm(forms.Form):
    """The short line of lists, and the category."""

    subject = forms.CharField(
        label=_("Tóm tắt"),
        required=False,
        max_length=kinds.SUBJECT_LENGTH,
        help_text=_("Việc gì, ở thôn nào; không nêu tên ai."),
    )
    category = forms.ChoiceField(label=_("Lĩnh vực"), error_messages=BAD_CHOICE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = categories.choices()


class AssignForm(forms.Form):
    """Who handles a case."""

    handler = forms.ChoiceField(label=_("Người xử lý"), required=False)
    part = forms.ChoiceField(label=_("Bộ phận"), required=False)

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], parts: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["handler"]).choices = [_UNKNOWN, *people]
        cast(forms.ChoiceField, self.fields["part"]).choices = [_UNKNOWN, *parts]


class AnswerForm(forms.Form):
    """The words of an answer."""

    words = forms.CharField(
        label=_("Câu trả lời"),
        max_length=kinds.ANSWER_LENGTH,
        help_text=_("Nói kết quả trước, rồi căn cứ. Câu ngắn, dễ hiểu."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=REQUIRED,
    )


class ReplyForm(forms.Form):
    """A standard reply."""

    title = forms.CharField(label=_("Tên câu trả lời mẫu"), max_length=160, error_messages=REQUIRED)
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    words = forms.CharField(
        label=_("Lời"),
        max_length=kinds.ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=REQUIRED,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = [_EVERY, *categories.choices()]


class KeyForm(forms.Form):
    """What a key is called: whose app it is."""

    name = forms.CharField(
        label=_("Tên ứng dụng"),
        max_length=60,
        help_text=_("Ví dụ: ứng dụng của tỉnh."),
        error_messages=REQUIRED,
    )


class PublicForm(forms.Form):
    """The public text, edited after what is personal was hidden."""

    title = forms.CharField(
        label=_("Tiêu đề công khai"), max_length=kinds.SUBJECT_LENGTH, error_messages=REQUIRED
    )
    question = forms.CharField(
        label=_("Nội dung công khai"), widget=forms.Textarea(attrs={"rows": 8}), error_messages=REQUIRED
    )
    answer = forms.CharField(
        label=_("Câu trả lời công khai"), widget=forms.Textarea(attrs={"rows": 8}), error_messages=REQUIRED
    )


class WindowForm(Filter):
    """For which days figures are asked; the last 90 days without a word."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    since = forms.DateField(
        label=_("Từ ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages=BAD_DATE,
    )
    until = forms.DateField(
        label=_("Đến hết ngày"),
        required=False,
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages=BAD_DATE,
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units(units)

    def window(self, on: date) -> tuple[date, date]:
        """The days asked for, in order; what makes no sense is as if it were left empty."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = said.get("until") or on
        since = said.get("since") or until - timedelta(days=89)
        return min(since, until), max(since, until)
