"""What is typed about breaches. It checks form, not right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.privacy.breaches.actions import MOST_PERSONS, Known
from dinhlang.privacy.models import Breach
from dinhlang.privacy.queries import LATE, UNDONE
from dinhlang.privacy.rules.breaches import DataKind, Nature, Source, State
from dinhlang.work.forms.fields import BAD_CHOICE, BAD_DATE, DAY_FORMATS, REQUIRED, DayInput, MomentField

_EVERY = ("", _("Tất cả"))
_MOST_TYPED = 20_000
_BAD_NUMBER = {
    "invalid": _("Ghi một số."),
    "min_value": _("Số người không đúng."),
    "max_value": _("Số người không đúng."),
}


def _words(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=_MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=REQUIRED,
    )


class BreachFilter(UnitFilter):
    """What to show of the register. Every field may be left empty."""

    q = search_field(_("Số trong sổ hoặc số thông báo"))
    nature = forms.ChoiceField(label=_("Hành vi"), required=False, choices=[_EVERY, *Nature.choices])
    state = forms.ChoiceField(label=_("Trạng thái"), required=False, choices=[_EVERY, *State.choices])
    standing = forms.ChoiceField(
        label=_("Việc cần làm"),
        required=False,
        choices=[_EVERY, (UNDONE, _("Chưa xong")), (LATE, _("Quá hạn"))],
    )
    first = forms.DateField(
        label=_("Phát hiện từ ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )
    last = forms.DateField(
        label=_("Đến ngày"),
        required=False,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )


class NoteForm(forms.Form):
    """A breach as it is noted down: what is known in the first hour will do. `key`: sent twice, it is one."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    discovered_at = MomentField(
        label=_("Phát hiện lúc"), required=True, help_text=_("Thời hạn thông báo tính từ lúc này.")
    )
    occurred_at = MomentField(label=_("Xảy ra lúc"), help_text=_("Chưa biết thì để trống."))
    source = forms.ChoiceField(label=_("Ai phát hiện"), choices=Source.choices, error_messages=BAD_CHOICE)
    nature = forms.ChoiceField(label=_("Hành vi"), choices=Nature.choices, error_messages=BAD_CHOICE)
    words = _words(
        _("Việc gì đã xảy ra"), _("Không ghi tên, số điện thoại của người có dữ liệu."), required=True
    )
    data_kinds = forms.MultipleChoiceField(
        label=_("Loại dữ liệu"),
        choices=DataKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        error_messages=BAD_CHOICE,
    )
    persons = forms.IntegerField(
        label=_("Khoảng bao nhiêu người"),
        required=False,
        min_value=0,
        max_value=MOST_PERSONS,
        help_text=_("Chưa biết thì để trống."),
        error_messages=_BAD_NUMBER,
    )
    consequences = _words(_("Hậu quả, thiệt hại có thể xảy ra"))
    measures = _words(_("Biện pháp đã làm, sẽ làm"))

    def known(self) -> Known:
        """What is known, after `is_valid`."""
        said = self.cleaned_data
        return Known(
            said["discovered_at"],
            said["occurred_at"],
            Source(said["source"]),
            Nature(said["nature"]),
            said["words"],
            said["data_kinds"],
            said["persons"],
            said["consequences"],
            said["measures"],
        )


class AmendForm(NoteForm):
    """What is known by now, and what of it is new."""

    change = _words(_("Điều gì mới biết hoặc sửa gì, vì sao"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["key"]

    @staticmethod
    def initial_of(one: Breach) -> dict[str, Any]:
        return {
            "discovered_at": localtime(one.discovered_at),
            "occurred_at": localtime(one.occurred_at) if one.occurred_at else None,
            "source": one.source,
            "nature": one.nature,
            "words": one.words.shown() if one.words else "",
            "data_kinds": one.data_kinds,
            "persons": one.persons,
            "consequences": one.consequences.shown() if one.consequences else "",
            "measures": one.measures.shown() if one.measures else "",
        }


class SentForm(forms.Form):
    """The paper that went."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=_MOST_TYPED, error_messages=REQUIRED)
    sent_at = MomentField(label=_("Gửi lúc"), help_text=_("Để trống: bây giờ."))
    words = _words(_("Nội dung bổ sung"))
