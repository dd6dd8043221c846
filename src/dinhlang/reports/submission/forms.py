"""Forms of submitting and receiving. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.archive.forms import ACCEPTED
from dinhlang.org.forms import ListFilter, search_field
from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.reports.models import Programme, Submission
from dinhlang.reports.submission.rules.states import State
from dinhlang.work.forms.fields import FILE_ERRORS

PLACES = 4
Choices = Sequence[tuple[Any, Any]]


class SubmissionFilter(ListFilter):
    """What to show of what was handed in: beside words, unit and year also programme, state and way."""

    q = search_field(_("Tìm tên, số văn bản, số tiếp nhận"))
    programme = forms.ChoiceField(label=_("Loại báo cáo"), required=False)
    state = forms.ChoiceField(label=_("Trạng thái"), required=False)
    way = forms.ChoiceField(label=_("Cách nộp"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every: list[tuple[Any, Any]] = [("", _("Tất cả"))]
        for name, choices in (
            ("programme", list(Programme.objects.values_list("id", "short"))),
            ("state", State.choices),
            ("way", Submission.Way.choices),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [*every, *choices]


class NilForm(forms.Form):
    """Why there is nothing to report."""

    reason = forms.CharField(
        label=_("Vì sao không phát sinh"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do không phát sinh số liệu trong kỳ.")},
    )


class ReturnForm(forms.Form):
    """What is to be mended: in general, and in up to four places."""

    reason = forms.CharField(
        label=_("Ý kiến chung"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._quotes = {name: label for _group, some in places[1:] for name, label in some}
        for number in range(1, PLACES + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=_("Chỗ thứ %(number)s") % {"number": number},
                required=False,
                choices=places,
                error_messages={
                    "invalid_choice": _("Chỗ này không có trong báo cáo. Chọn lại trong danh sách.")
                },
            )
            self.fields[f"said_{number}"] = forms.CharField(
                label=_("Cần sửa gì ở chỗ này"), required=False, max_length=500
            )

    @property
    def points(self) -> list[dict[str, str]]:
        """The places with what is to be mended there (`SubmissionStep.points`)."""
        found = []
        for number in range(1, PLACES + 1):
            place = self.cleaned_data.get(f"place_{number}", "")
            said = " ".join(self.cleaned_data.get(f"said_{number}", "").split())
            kind, _colon, name = place.partition(":")
            if said or place:
                found.append(
                    {
                        "anchor": name if kind == "a" else "",
                        "key": name if kind == "k" else "",
                        "quote": self._quotes.get(place, ""),
                        "said": said,
                    }
                )
        return found

    @property
    def places(self) -> list[tuple[Any, Any]]:
        """The fields of each place, for the page."""
        return [(self[f"place_{number}"], self[f"said_{number}"]) for number in range(1, PLACES + 1)]


class FileForm(forms.Form):
    """A report that came as a file, or lies in the archive."""

    file = forms.FileField(
        label=_("Tệp báo cáo"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        help_text=_("Word (.docx), .txt, .odt, PDF hoặc ảnh chụp văn bản; tối đa 64 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    archived = forms.ChoiceField(label=_("Hoặc chọn trong kho văn bản"), required=False)

    def __init__(self, *args: Any, archived: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["archived"])
        choice.choices = [("", _("Không chọn")), *archived.items()]
        if not archived:
            del self.fields["archived"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("file")) == bool(given.get("archived")):
            self.add_error("file", _("Chọn một tệp báo cáo, hoặc một văn bản trong kho."))
        return given


class DaysForm(forms.Form):
    """The three days of a report: of the document, of handing in, of receipt; that it is the right one, where that is in doubt."""

    document_on = DayField(label=_("Ngày văn bản"), required=False)
    submitted_on = DayField(
        label=_("Ngày nộp"),
        help_text=_("Ngày đơn vị gửi thư hoặc đưa văn bản; đúng hạn hay muộn tính theo ngày này."),
    )
    received_on = DayField(label=_("Ngày nhận"))
    is_sure = forms.BooleanField(
        label=_("Tôi đã xem những điều cần xem lại ở trên, đây đúng là báo cáo phải nộp"),
        error_messages={"required": _("Xem lại những điều nêu ở trên rồi đánh dấu, hoặc chọn tệp khác.")},
    )

    def __init__(self, *args: Any, is_doubtful: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_doubtful:
            del self.fields["is_sure"]

    @property
    def days(self) -> dict[str, Any]:
        """The days, for the action."""
        return {name: day for name, day in self.cleaned_data.items() if name != "is_sure"}


class KeyForm(forms.Form):
    """For which unit a key is, and what it is called. `form`: sent twice, it is one key."""

    form = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())
    unit = forms.ChoiceField(label=_("Đơn vị nộp"))
    name = LineField(label=_("Tên khóa"), max_length=60, help_text=_("Ví dụ: máy chủ xã Bến Trúc."))

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = list(units.items())


class DigestForm(forms.Form):
    """A digest to be looked up, however it was copied from a receipt."""

    ma = forms.CharField(
        label=_("Mã băm (SHA-256)"),
        max_length=100,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Ghi mã băm trên giấy tiếp nhận.")},
    )

    def clean_ma(self) -> str:
        return "".join(self.cleaned_data["ma"].split()).lower()
