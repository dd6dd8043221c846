"""What somebody fills in to take part: as little as will do, nothing chosen beforehand. What it must be is decided by
`citizens.contests.rules.people`."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.contests.rules.people import Group, Person, faults
from dinhlang.portal.voices.guards import PayloadField
from dinhlang.work.forms.fields import BAD_CHOICE

# Longer than what is kept, so that what is too long comes back whole with the reason, never cut.
_MOST_TYPED = 1000
ADULT, CHILD = "du-16", "duoi-16"
PACES = (
    ("1", _("Thời gian thường")),
    ("2", _("Gấp đôi: tôi cần thêm thời gian")),
    ("10", _("Gấp mười: tôi dùng máy đọc màn hình hoặc cần thật nhiều thời gian")),
)


def _text(label: Any, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=_MOST_TYPED, widget=forms.TextInput(attrs=attrs)
    )


class JoinForm(forms.Form):
    """Name, where from, telephone, age, consent. `ticket`, `altcha`, `answer` and `website` are for `voices.guards`."""

    name = _text(_("Họ và tên"), autocomplete="name")
    phone = _text(_("Số điện thoại"), autocomplete="tel", inputmode="tel")
    hamlet = forms.ChoiceField(label=_("Thôn, tổ dân phố"), required=False, error_messages=BAD_CHOICE)
    group = forms.ChoiceField(
        label=_("Bạn là"),
        required=False,
        choices=[("", _("Chọn một mục")), *Group.choices],
        error_messages=BAD_CHOICE,
    )
    age = forms.ChoiceField(
        label=_("Tuổi của người dự thi"),
        choices=[(ADULT, _("Từ đủ 16 tuổi")), (CHILD, _("Dưới 16 tuổi"))],
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Chọn tuổi: dưới 16 tuổi thì cần cha, mẹ hoặc người giám hộ đồng ý."),
            "invalid_choice": _("Chọn một mục trong danh sách."),
        },
    )
    guardian = _text(_("Họ tên cha, mẹ hoặc người giám hộ"))
    guardian_agrees = forms.BooleanField(
        label=_(
            "Tôi là cha, mẹ hoặc người giám hộ; tôi đồng ý để con dự thi và nhận tin trúng giải thay con."
        ),
        required=False,
    )
    pace = forms.ChoiceField(
        label=_("Thời gian cho mỗi câu"),
        choices=PACES,
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Chọn thời gian trước khi thi."),
            "invalid_choice": _("Chọn một mục trong danh sách."),
        },
    )
    guess = _text(_("Dự đoán: có bao nhiêu bài đúng tất cả?"), inputmode="numeric", autocomplete="off")
    agrees = forms.BooleanField(
        label=_(
            "Tôi đồng ý để xã giữ họ tên, số điện thoại của tôi, chỉ để tổ chức thi và báo tin trúng giải."
        ),
        required=False,
    )
    is_shown = forms.BooleanField(
        label=_(
            "Tôi đồng ý để tên viết tắt và thôn của tôi hiện trên bảng xếp hạng. Không đồng ý thì chỉ hiện mã bài thi."
        ),
        required=False,
    )
    answer = _text(_("Trả lời"), autocomplete="off")
    website = forms.CharField(required=False, max_length=200)
    ticket = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())
    altcha = PayloadField()

    def __init__(self, *args: Any, hamlets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["hamlet"]).choices = [("", _("Nơi khác")), *hamlets]

    def clean_guess(self) -> int | None:
        typed = self.cleaned_data["guess"].replace(".", "").replace(" ", "")
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or len(typed) > 7:
            raise forms.ValidationError(_("Ghi bằng số, ví dụ 120, hoặc để trống."))
        return int(typed)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("age") == CHILD and not given.get("guardian_agrees"):
            self.add_error(
                "guardian_agrees",
                _("Người dưới 16 tuổi dự thi khi cha, mẹ hoặc người giám hộ đánh dấu ô này."),
            )
        for fault in faults(_person(given)):
            if fault.field not in self.errors:
                self.add_error(fault.field, str(fault))
        return given

    @property
    def person(self) -> Person:
        """Who takes part, after `is_valid`."""
        return _person(self.cleaned_data)


def _person(given: dict[str, Any]) -> Person:
    """Who it would be by what was filled in so far: a part that was refused counts as left empty."""
    return Person(
        name=given.get("name", ""),
        phone=given.get("phone", ""),
        hamlet=given.get("hamlet", ""),
        group=given.get("group", ""),
        is_child=given.get("age") == CHILD,
        guardian=given.get("guardian", ""),
        is_agreed=given.get("agrees", False),
        is_shown=given.get("is_shown", False),
        pace=int(given.get("pace", 1)),
        guess=given.get("guess"),
    )
