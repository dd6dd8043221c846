"""Forms about people, posts, links and the parts of a body. They check form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import Filter, choose, search_field
from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.org.models import Unit
from dinhlang.org.rules import ROLES

ROLE_CHOICES = [(role.value, described.label) for role, described in ROLES.items()]
NOT_THERE = _("Chọn một mục trong danh sách.")
SIGN_IN_NAME = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class PeopleFilter(Filter):
    """Which people of a unit to show. Every field may be left empty."""

    STATES = (
        ("", _("Đang giữ chức vụ")),
        ("awaited", _("Chưa nhận lời mời")),
        ("locked", _("Tài khoản đang khóa")),
        ("left", _("Đã thôi hết chức vụ")),
        ("all", _("Tất cả")),
    )

    q = search_field(_("Tìm theo tên"))
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Tất cả")), *ROLE_CHOICES])
    part = forms.ChoiceField(label=_("Thôn, bộ phận"), required=False)
    state = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=STATES)

    def __init__(self, *args: Any, parts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "part", [("", _("Tất cả")), *parts])


class PostForm(forms.Form):
    """A post: what, where, since when, by what instrument."""

    role = forms.ChoiceField(
        label=_("Vai trò trong hệ thống"),
        choices=[("", _("Chọn vai trò")), *ROLE_CHOICES],
        error_messages={"required": _("Chưa chọn vai trò."), "invalid_choice": NOT_THERE},
        help_text=_("Vai trò quyết định được làm gì; chức danh chỉ để ghi trên văn bản."),
    )
    unit = forms.ChoiceField(label=_("Đơn vị"), error_messages={"invalid_choice": NOT_THERE})
    title = LineField(
        label=_("Chức danh"),
        max_length=200,
        missing=_("Chưa có chức danh, ví dụ Công chức văn hóa – xã hội."),
    )
    starts_on = DayField(label=_("Từ ngày"))
    legal_basis = LineField(
        label=_("Căn cứ"),
        required=False,
        max_length=200,
        help_text=_("Ví dụ: Quyết định 12/QĐ-UBND ngày 5/1/2026."),
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units)


class InviteForm(PostForm):
    """A new person, with the first post. The user name may be left to be made of the full name."""

    full_name = LineField(
        label=_("Họ và tên"),
        max_length=200,
        missing=_("Chưa có họ và tên."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    username = LineField(
        label=_("Tên đăng nhập"),
        required=False,
        max_length=60,
        help_text=_("Để trống thì lấy theo họ tên, ví dụ nguyen.van.a."),
        widget=forms.TextInput(attrs=SIGN_IN_NAME),
    )
    field_order = ("full_name", "username", "role", "unit", "title", "starts_on", "legal_basis")


class EndPostForm(forms.Form):
    """From when on a post is no longer held."""

    on = DayField(label=_("Ngày đầu tiên không còn giữ"))


class HandOverForm(forms.Form):
    """Who takes over all posts of a person, and from when."""

    successor = forms.ChoiceField(
        label=_("Người nhận"),
        error_messages={"required": _("Chưa chọn người nhận."), "invalid_choice": NOT_THERE},
    )
    on = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "successor", [("", _("Chọn người nhận")), *people])


class NameForm(forms.Form):
    """A person's name, corrected."""

    full_name = LineField(label=_("Họ và tên"), max_length=200, missing=_("Chưa có họ và tên."))


class FirstPassphraseForm(SetPasswordForm):
    """A passphrase chosen by who came with a link, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, required in (
            ("new_password1", _("Mật khẩu mới"), _("Nhập mật khẩu mới.")),
            ("new_password2", _("Nhập lại mật khẩu mới"), _("Nhập lại mật khẩu mới.")),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = required
            self.fields[name].help_text = ""
        self.fields["new_password1"].help_text = _("Ít nhất 12 ký tự; một câu dễ nhớ là tốt nhất.")
        self.error_messages = {
            **self.error_messages,
            "password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau."),
        }


# --- hamlets and departments ----------------------------------------------------------------------

KINDS = (
    ("thôn", _("thôn")),
    ("tổ dân phố", _("tổ dân phố")),
    ("khu dân cư", _("khu dân cư")),
    ("xóm", _("xóm")),
    ("bản", _("bản")),
    ("làng", _("làng")),
    ("ấp", _("ấp")),
    ("buôn", _("buôn")),
    ("khóm", _("khóm")),
    ("khu phố", _("khu phố")),
)
OFFICE = "-"


class PartsForm(forms.Form):
    """Hamlets or departments to add: what they are, and their names, one on a line."""

    kind = forms.ChoiceField(label=_("Loại"), choices=[*KINDS, (OFFICE, _("bộ phận, phòng, ban của xã"))])
    names = forms.CharField(
        label=_("Tên, mỗi dòng một tên"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Chưa có tên nào. Ghi mỗi dòng một tên.")},
    )
    starts_on = DayField(
        label=_("Có từ ngày"), required=False, help_text=_("Để trống khi không rõ hoặc có từ lâu.")
    )
    legal_basis = LineField(label=_("Căn cứ"), required=False, max_length=200)

    @property
    def level(self) -> str:
        return Unit.Level.DEPARTMENT if self.cleaned_data["kind"] == OFFICE else Unit.Level.HAMLET

    @property
    def kind_word(self) -> str:
        return "" if self.cleaned_data["kind"] == OFFICE else str(self.cleaned_data["kind"])


class RenamePartForm(forms.Form):
    """Another name of a hamlet or department, from a day on."""

    kind = forms.ChoiceField(label=_("Loại"), choices=KINDS)
    name = LineField(label=_("Tên mới"), max_length=200, missing=_("Chưa có tên mới."))
    starts_on = DayField(label=_("Từ ngày"))
    legal_basis = LineField(label=_("Căn cứ"), required=False, max_length=200)

    def __init__(self, *args: Any, part: Unit, now_called: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if part.level != Unit.Level.HAMLET:
            del self.fields["kind"]
        elif now_called and now_called not in dict(KINDS):
            choose(self, "kind", [(now_called, capfirst(now_called)), *KINDS])


class EndPartForm(forms.Form):
    """From when on a hamlet or department is no longer."""

    on = DayField(label=_("Ngày đầu tiên không còn"))
    legal_basis = LineField(label=_("Căn cứ"), required=False, max_length=200)
