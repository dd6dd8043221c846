"""Forms of approving. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.org.models import Person
from dinhlang.reports.approval import told
from dinhlang.reports.approval.actions.sending import Point
from dinhlang.reports.approval.rules.words import Content

PLACES = 3


class NoteForm(forms.Form):
    """A word to whoever comes next."""

    note = forms.CharField(
        label=_("Lời nhắn"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReturnForm(forms.Form):
    """What is to be mended: in general, and in up to three places."""

    reason = forms.CharField(
        label=_("Ý kiến chung"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, content: Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = told.places_in(content)
        for number in range(1, PLACES + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(
                label=_("Chỗ thứ %(number)s") % {"number": number},
                required=False,
                choices=choices,
                error_messages={
                    "invalid_choice": _("Chỗ này không còn trong báo cáo. Tải lại trang rồi chọn lại.")
                },
            )
            self.fields[f"said_{number}"] = forms.CharField(
                label=_("Cần sửa gì ở chỗ này"), required=False, max_length=500
            )

    @property
    def points(self) -> list[Point]:
        """The places with what is to be mended there."""
        found = []
        for number in range(1, PLACES + 1):
            kind, _colon, name = self.cleaned_data.get(f"place_{number}", "").partition(":")
            said = self.cleaned_data.get(f"said_{number}", "")
            if said or name:
                found.append(Point(said, key=name if kind == "k" else "", anchor=name if kind == "a" else ""))
        return found

    @property
    def places(self) -> list[tuple[Any, Any]]:
        """The fields of each place, for the page."""
        return [(self[f"place_{number}"], self[f"said_{number}"]) for number in range(1, PLACES + 1)]


class ApproveForm(forms.Form):
    """The day, and the passphrase of the key when there is one."""

    on = DayField(label=_("Ngày ban hành"))
    note = forms.CharField(
        label=_("Ý kiến"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    passphrase = forms.CharField(
        label=_("Mật khẩu của khóa ký số"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Chỉ dùng để ký lần này, không lưu ở đâu."),
    )
    is_unsigned = forms.BooleanField(label=_("Phát hành không ký số lần này"), required=False)

    def __init__(self, *args: Any, has_key: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_key:
            del self.fields["passphrase"]
            del self.fields["is_unsigned"]

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {
            "on": data["on"],
            "note": data.get("note", ""),
            "passphrase": data.get("passphrase", ""),
            "is_unsigned": data.get("is_unsigned", False),
        }


class SealForm(forms.Form):
    """The passphrase of the agency's key."""

    passphrase = forms.CharField(
        label=_("Mật khẩu của khóa cơ quan"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Chỉ dùng để ký lần này, không lưu ở đâu."),
    )


class PathForm(forms.Form):
    """The steps of a unit."""

    has_head = forms.BooleanField(label=_("Có bước phụ trách bộ phận xem trước khi duyệt"), required=False)
    head = forms.ChoiceField(label=_("Người phụ trách"), required=False)
    own_reason = forms.CharField(
        label=_("Lý do cho phép một người duyệt dự thảo của mình"),
        required=False,
        max_length=300,
        help_text=_("Để trống thì người lập hoặc trình dự thảo không duyệt được dự thảo đó."),
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ quy chế làm việc của Ủy ban nhân dân."),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["head"] = forms.ChoiceField(
            label=_("Người phụ trách"),
            required=False,
            choices=[
                ("", _("ai có quyền xem và trình báo cáo")),
                *((pk, one.full_name) for pk, one in self._people.items()),
            ],
        )
        self.order_fields(["has_head", "head", "own_reason", "legal_basis"])

    @property
    def chosen(self) -> Person | None:
        return self._people.get(self.cleaned_data["head"])


class MandateForm(forms.Form):
    """Who signs for the head, by order or by authority."""

    person = forms.ChoiceField(label=_("Người được giao ký"))
    kind = forms.ChoiceField(
        label=_("Thẩm quyền"),
        choices=[("TL", _("TL. – thừa lệnh")), ("TUQ", _("TUQ. – thừa ủy quyền"))],
    )
    title = LineField(label=_("Chức vụ ghi khi ký"), max_length=120, help_text=_("Ví dụ Chánh Văn phòng."))
    legal_basis = LineField(label=_("Văn bản giao ký"), max_length=200)
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Ủy quyền phải có ngày hết."))

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["person"] = forms.ChoiceField(
            label=_("Người được giao ký"),
            choices=[(pk, one.full_name) for pk, one in self._people.items()],
        )
        self.order_fields(["person", "kind", "title", "legal_basis", "starts_on", "ends_on"])

    @property
    def chosen(self) -> Person:
        return self._people[self.cleaned_data["person"]]


class KeyForm(forms.Form):
    """A file with a key, and its passphrase to try it."""

    holder = forms.ChoiceField(label=_("Khóa của"), required=False)
    file = forms.FileField(label=_("Tệp khóa (.p12, .pfx)"))
    picture = forms.FileField(
        label=_("Hình chữ ký hoặc con dấu (.png)"),
        required=False,
        help_text=_(
            "Chữ ký viết tay màu xanh, hoặc con dấu màu đỏ, nền trong suốt, theo Nghị định 30/2020/NĐ-CP. "
            "Không có hình thì chữ ký hiện bằng chữ."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png"}),
    )
    passphrase = forms.CharField(
        label=_("Mật khẩu của tệp khóa"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Chỉ dùng để thử mở tệp, không lưu. Mỗi lần ký sẽ hỏi lại."),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["holder"] = forms.ChoiceField(
            label=_("Khóa của"),
            required=False,
            choices=[
                *((pk, one.full_name) for pk, one in self._people.items()),
                ("", _("cơ quan (con dấu)")),
            ],
        )
        self.order_fields(["holder", "file", "picture", "passphrase"])

    @property
    def chosen(self) -> Person | None:
        return self._people.get(self.cleaned_data["holder"])
