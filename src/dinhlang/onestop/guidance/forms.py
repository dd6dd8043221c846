"""What is typed in from a paper list of guidance. It checks form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.guidance.actions import MOST_PEOPLE
from dinhlang.onestop.models import GuidanceWay
from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, DayInput


class ListForm(forms.Form):
    """Several people at once, of a day gone by."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(
        label=_("Ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    people = forms.IntegerField(label=_("Số lượt người"), min_value=1, max_value=MOST_PEOPLE)
    code = forms.ChoiceField(label=_("Thủ tục"), required=False)
    way = forms.ChoiceField(label=_("Cách hướng dẫn"), choices=GuidanceWay.choices)
    online = forms.BooleanField(label=_("Đã giúp nộp trực tuyến"), required=False)

    def __init__(self, *args: Any, procedures: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["code"]).choices = [("", _("Việc khác")), *procedures]
