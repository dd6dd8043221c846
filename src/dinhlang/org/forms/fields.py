"""Fields that the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always year-month-day, whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, typed or chosen."""

    def __init__(self, **given: Any) -> None:
        said = {
            "invalid": _("Ngày không có trong lịch. Viết như 20/7/2023."),
            "required": _("Chưa chọn ngày."),
        }
        super().__init__(widget=DayInput(), input_formats=DAY_FORMATS, error_messages=said, **given)


class LineField(forms.CharField):
    """One line of text; it says itself what is missing."""

    def __init__(self, *, missing: Any = None, **given: Any) -> None:
        said = {"required": missing} if missing else {}
        super().__init__(error_messages=said, **given)
