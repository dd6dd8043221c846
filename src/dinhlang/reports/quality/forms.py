"""What is typed in of the portal's points. It checks form, not right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import ListFilter, search_field
from dinhlang.org.forms.fields import DayField, LineField
from dinhlang.reports.index.forms import NumberField
from dinhlang.reports.quality import rules
from dinhlang.reports.quality.published import Seen
from dinhlang.vietnamese.numbers import printed

_USUAL = _("Cổng Dịch vụ công quốc gia, mục Bộ chỉ số phục vụ người dân, doanh nghiệp")


class ScoreForm(forms.Form):
    """What somebody read on the portal."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    first = DayField(label=_("Cổng tính điểm từ ngày"))
    last = DayField(label=_("Cổng tính điểm đến ngày"))
    total = NumberField(label=_("Điểm tổng"), min_value=Decimal(0), max_value=Decimal(100))
    seen_on = DayField(label=_("Ngày xem"))
    source = LineField(
        label=_("Xem ở đâu"), max_length=200, initial=_USUAL, missing=_("Chưa ghi xem điểm ở đâu.")
    )
    link = forms.URLField(
        label=_("Đường dẫn trang công bố"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Đường dẫn không đúng. Chép từ thanh địa chỉ của trình duyệt.")},
        help_text=_("Ảnh chụp trang thì thêm ở dòng sổ sau khi ghi."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = rules.scheme_on(on).groups
        for one in self.groups:
            self.fields[f"group_{one.code}"] = NumberField(
                label=f"{one.code}. {one.name} (0–{printed(float(one.maximum))})",
                min_value=Decimal(0),
                max_value=one.maximum,
                help_text=one.hint,
            )
        groups = [f"group_{one.code}" for one in self.groups]
        self.order_fields(["first", "last", *groups, "total", "seen_on", "source", "link"])

    @property
    def seen(self) -> Seen:
        """What was filled in."""
        given = self.cleaned_data
        return Seen(
            given["first"],
            given["last"],
            given["seen_on"],
            given["source"],
            given["total"],
            {one.code: given[f"group_{one.code}"] for one in self.groups},
            given["link"],
        )


class ScoreFilter(ListFilter):
    """Which rows to show: words of where it was seen, a unit, a year."""

    q = search_field(_("Tìm theo nơi xem"))
