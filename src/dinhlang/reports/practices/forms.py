"""Forms of good models and commendations. They check form; what is true and allowed is for `rules` and `actions`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.reports.models import Practice
from dinhlang.reports.practices.actions import Words


class PracticeForm(forms.Form):
    """What an officer says of a notable activity."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Practice.Kind.choices)
    title = LineField(label=_("Tên"), max_length=300, missing=_("Chưa ghi tên."))
    why = forms.CharField(
        label=_("Vì sao đáng chú ý"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Chưa ghi vì sao đáng chú ý.")},
    )
    effect = forms.CharField(
        label=_("Kết quả mang lại"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    credited = LineField(label=_("Tập thể, cá nhân"), max_length=300, required=False)

    @classmethod
    def of(cls, practice: Practice) -> PracticeForm:
        """The form filled in with what is said already."""
        names = ("kind", "title", "why", "effect", "credited")
        return cls(initial={name: getattr(practice, name) for name in names})

    @property
    def words(self) -> Words:
        """What was filled in."""
        given: dict[str, Any] = self.cleaned_data
        return Words(**given)


class DecisionForm(forms.Form):
    """A decision and its day."""

    decided_on = DayField(label=_("Ngày quyết định"))
    decision = LineField(
        label=_("Số quyết định, giấy khen"), max_length=80, required=False, help_text=_("Ví dụ 45/QĐ-UBND.")
    )
