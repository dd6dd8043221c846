"""Forms that every room's lists share, and the one for a new passphrase. They check form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import PasswordChangeForm

from dinhlang.org.rules import folded_name

LONGEST_SEARCH = 200


class ListFilter(forms.Form):
    """What to show of a list: words of the subject, a unit, a year. Every field may be left empty."""

    q = forms.CharField(
        label="Tìm trong trích yếu",
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unit = forms.ChoiceField(label="Đơn vị", required=False)
    year = forms.ChoiceField(label="Năm", required=False)

    def __init__(self, *args: Any, units: dict[str, str], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", "Tất cả")]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [*every, *units.items()]
        cast(forms.ChoiceField, self.fields["year"]).choices = [*every, *((str(y), str(y)) for y in years)]
        # A choice of one is no choice.
        for name, choices in (("unit", units), ("year", list(years))):
            if len(choices) < 2:
                del self.fields[name]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and makes sense; the rest as if it were left empty."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> list[str]:
        """The words to look for, without marks."""
        return folded_name(self.asked.get("q", "")).split()


class PassphraseForm(PasswordChangeForm):
    """The passphrase in use, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, required in (
            ("old_password", "Mật khẩu đang dùng", "Nhập mật khẩu đang dùng."),
            ("new_password1", "Mật khẩu mới", "Nhập mật khẩu mới."),
            ("new_password2", "Nhập lại mật khẩu mới", "Nhập lại mật khẩu mới."),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = required
            self.fields[name].help_text = ""
        # The page is about more than the passphrase: nobody is taken past the rest of it.
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
        self.fields["new_password1"].help_text = "Ít nhất 12 ký tự; một câu dễ nhớ là tốt nhất."
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": "Mật khẩu đang dùng không đúng. Hãy nhập lại.",
            "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau.",
        }
