"""What is typed about data requests. It checks form, not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.privacy.actions import Asked
from dinhlang.privacy.queries import LATE, UNDONE
from dinhlang.privacy.rules.states import Kind, State
from dinhlang.work.forms.fields import BAD_CHOICE, REQUIRED

_EVERY = ("", _("Tất cả"))
_MOST_TYPED = 20_000


class RequestFilter(UnitFilter):
    """What to show of requests. Every field may be left empty."""

    q = search_field(_("Mã tra cứu, số điện thoại hoặc thư điện tử"))
    kind = forms.ChoiceField(label=_("Yêu cầu"), required=False, choices=[_EVERY, *Kind.choices])
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    standing = forms.ChoiceField(
        label=_("Việc cần làm"),
        required=False,
        choices=[_EVERY, (UNDONE, _("Chưa xong")), (LATE, _("Quá hạn"))],
    )


class TakeForm(forms.Form):
    """A request as an official writes it down at the counter or from a letter."""

    key = forms.CharField(widget=forms.HiddenInput(), max_length=128)
    kind = forms.ChoiceField(label=_("Yêu cầu"), choices=Kind.choices, error_messages=BAD_CHOICE)
    name = forms.CharField(label=_("Họ và tên"), max_length=_MOST_TYPED, error_messages=REQUIRED)
    contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử"), max_length=_MOST_TYPED, error_messages=REQUIRED
    )
    words = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=_MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Không ghi số căn cước, số tài khoản."),
    )

    is_proven = forms.BooleanField(
        label=_("Đã xem giấy tờ, đúng là người có dữ liệu (không ghi số giấy tờ)"), required=False
    )

    def asked(self) -> Asked:
        """What was asked, after `is_valid`."""
        said = self.cleaned_data
        return Asked(Kind(said["kind"]), said["words"], said["name"], said["contact"])
