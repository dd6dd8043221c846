"""What is typed about cases. It checks form, not right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.queries.cases import (
    DOUBTFUL,
    LATE,
    LOOKS_APART,
    MINE,
    NEGLECTED,
    OUR_PARTS,
    UNASSIGNED,
    UNCLAIMED,
    UNDONE,
)
from dinhlang.citizens.rules import categories, kinds
from dinhlang.citizens.rules.clock import appointed
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Nature, Way
from dinhlang.citizens.rules.states import State
from dinhlang.citizens.rules.terms import MOST_RATE_DAYS, Terms, labels_of_lengths, term_of
from dinhlang.org import mail
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.periods.clock import BadTerm
from dinhlang.work.forms.fields import BAD_CHOICE, BAD_DATE, DAY_FORMATS, REQUIRED, DayInput
from dinhlang.work.forms.record import SeveralFilesField, SeveralFilesInput

_EVERY = ("", _("Tất cả"))
_UNKNOWN = ("", _("Chưa rõ"))


_RATE_DAYS = _("Ghi số ngày từ 1 đến 365.")


def _categories() -> list[tuple[str, Any]]:
    return [_EVERY, *categories.choices()]


class _LengthField(forms.CharField):
    """A length of time in the words of a decision."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=60, **given)

    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        if words:
            try:
                term_of(words)
            except BadTerm as reason:
                raise forms.ValidationError(str(reason)) from None
        return words


class CaseFilter(UnitFilter):
    """What to show of cases. Every field may be left empty."""

    q = search_field(_("Mã tra cứu, tóm tắt hoặc số điện thoại"))
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=_categories)
    nature = forms.ChoiceField(
        label=_("Loại"),
        required=False,
        choices=[_EVERY, *Nature.choices, (LOOKS_APART, _("Có vẻ là khiếu nại, tố cáo"))],
    )
    standing = forms.ChoiceField(
        label=_("Việc cần làm"),
        required=False,
        choices=[
            _EVERY,
            (UNDONE, _("Chưa xong")),
            (LATE, _("Quá hạn")),
            (NEGLECTED, _("Chưa xem hoặc chờ quá lâu")),
            (MINE, _("Giao cho tôi")),
            (OUR_PARTS, _("Giao cho bộ phận tôi")),
            (UNASSIGNED, _("Chưa giao ai")),
            (UNCLAIMED, _("Giao bộ phận, quá lâu chưa có người nhận")),
            (DOUBTFUL, _("Nghi máy gửi")),
        ],
    )


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
    by_mail = forms.BooleanField(
        label=_("Người gửi muốn nhận giấy báo nhận và tin về phản ánh qua thư điện tử này"), required=False
    )
    files = SeveralFilesField(  # type: ignore[assignment]  # a declared field is no attribute of its form
        label=_("Ảnh hoặc bản quét đơn, thư"),
        required=False,
        max_length=255,
        help_text=_(
            "Tối đa 5 tệp; đơn nhiều trang thì chọn nhiều ảnh một lần hoặc một tệp PDF. Bỏ trang căn cước, hộ chiếu: xã không giữ."
        ),
        widget=SeveralFilesInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args: Any, hamlets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["category"]).choices = [_UNKNOWN, *categories.choices()]
        cast(forms.ChoiceField, self.fields["hamlet"]).choices = [_UNKNOWN, *hamlets]
        if not mail.is_configured():
            del self.fields["by_mail"]

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        if len(files) > kinds.MOST_FILES:
            # Before any is opened: twenty photos take a minute.
            raise forms.ValidationError(
                _("Gửi tối đa %(most)s tệp. Bỏ bớt rồi gửi lại.") % {"most": kinds.MOST_FILES}
            )
        return files

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("by_mail") and not said.get("mail"):
            self.add_error("mail", _("Ghi địa chỉ thư điện tử để nhận thư, hoặc bỏ đánh dấu ô nhận thư."))
        return said

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


_OF = "of-"


class TermsForm(forms.Form):
    """Terms of a province or a commune, with the day from which they hold. It begins with those of now."""

    name = forms.CharField(label=_("Tên quy định"), max_length=200, error_messages=REQUIRED)
    legal_basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        help_text=_("Số, ngày và nơi ban hành văn bản; người gửi đọc được."),
        error_messages=REQUIRED,
    )
    starts_on = forms.DateField(
        label=_("Áp dụng từ ngày"),
        input_formats=DAY_FORMATS,
        widget=DayInput(),
        error_messages=REQUIRED | BAD_DATE,
    )

    def __init__(self, data: Any = None, *, now: Terms) -> None:
        super().__init__(data)
        for name, label in labels_of_lengths().items():
            self.fields[name] = _LengthField(label=label, initial=getattr(now, name), error_messages=REQUIRED)
        self.fields["answer"].help_text = _("Ghi như “15 ngày làm việc”.")
        self.fields["rate_days"] = forms.IntegerField(
            label=_("Số ngày được đánh giá, mở lại"),
            min_value=1,
            max_value=MOST_RATE_DAYS,
            initial=now.rate_days,
            error_messages=REQUIRED
            | {"invalid": _("Ghi một số."), "min_value": _RATE_DAYS, "max_value": _RATE_DAYS},
        )
        for key, label in categories.choices():
            self.fields[f"{_OF}{key}"] = _LengthField(
                label=label, required=False, initial=now.categories.get(key, "")
            )

    @property
    def common(self) -> list[forms.BoundField]:
        """What holds for every category."""
        return [field for field in self if not field.name.startswith(_OF)]

    @property
    def own(self) -> list[forms.BoundField]:
        """A term for each category, for those that have one of their own."""
        return [field for field in self if field.name.startswith(_OF)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        answer, extended = said.get("answer"), said.get("extended")
        if answer and extended and said.get("starts_on"):
            since = datetime.combine(said["starts_on"], time(8), get_default_timezone())
            shorter, longer = (appointed(since, one, ()).due_at for one in (answer, extended))
            if shorter and longer and longer < shorter:
                self.add_error("extended", _("Thời hạn khi gia hạn phải dài hơn thời hạn trả lời."))
        return said

    def terms(self) -> Terms:
        """What was typed, after `is_valid`."""
        said = self.cleaned_data
        own = {key: words for key, _label in categories.choices() if (words := said[f"{_OF}{key}"])}
        return Terms.from_json(
            {**said, "categories": own}, name=said["name"], legal_basis=said["legal_basis"]
        )


class ReplyForm(forms.Form):
    """A standard reply. `key`: sent twice, it is one."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())
    title = forms.CharField(label=_("Tên câu trả lời mẫu"), max_length=160, error_messages=REQUIRED)
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=_categories)
    words = forms.CharField(
        label=_("Lời"),
        max_length=kinds.ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=REQUIRED,
    )


class ReplyFilter(UnitFilter):
    """What to show of standard replies. Every field may be left empty."""

    q = search_field(_("Tên hoặc lời của câu trả lời"))
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=_categories)
    standing = forms.ChoiceField(
        label=_("Căn cứ"),
        required=False,
        choices=[_EVERY, ("het-hieu-luc", _("Có căn cứ đã hết hiệu lực"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Beside it stands the form of a new reply, with fields of the same names.
        super().__init__(*args, **kwargs | {"auto_id": "tim_%s"})


class KeyForm(forms.Form):
    """What a key is called: whose app it is. `form`: sent twice, it is one key."""

    form = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())
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


class WindowForm(UnitFilter):
    """For which days figures are asked; the last 90 days without a word."""

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

    def window(self, on: date) -> tuple[date, date]:
        """The days asked for, in order; what makes no sense is as if it were left empty."""
        until = self.asked.get("until") or on
        since = self.asked.get("since") or until - timedelta(days=89)
        return min(since, until), max(since, until)


class CountedFilter(WindowForm):
    """What to show of the cases that a figure counts. Every field may be left empty."""

    q = search_field(_("Mã tra cứu, tóm tắt hoặc số điện thoại"))
    category = forms.ChoiceField(label=_("Lĩnh vực"), required=False, choices=_categories)
    way = forms.ChoiceField(label=_("Nhận qua"), required=False, choices=[_EVERY, *Way.choices])
