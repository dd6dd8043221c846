"""What is sent with a file of the province's system. It checks form, not right."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.imports import columns, rows
from dinhlang.onestop.imports.days import Order
from dinhlang.onestop.models import Finding, FindingKind
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.states import State
from dinhlang.org.forms import Filter, search_field
from dinhlang.vietnamese.text import one_line
from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, FILE_ERRORS, DayInput, check_size

_OPEN = "open"
ORDERS = (
    ("", _("Chưa rõ")),
    (Order.DAY_FIRST.value, _("ngày/tháng/năm")),
    (Order.MONTH_FIRST.value, _("tháng/ngày/năm")),
)
TAKEN = (
    ("", _("Không lấy")),
    (columns.PERSONAL, _("Thông tin cá nhân, không lấy")),
    *columns.MEANINGS.items(),
)
STATES = (
    ("", _("Chưa rõ")),
    *(
        (one.value, one.label)
        for one in (
            State.RECEIVED,
            State.IN_HAND,
            State.SUPPLEMENT,
            State.PAUSED,
            State.RESOLVED,
        )
    ),
    (rows.GIVEN, _("Đã trả kết quả")),
    (State.STOPPED.value, State.STOPPED.label),
    (State.WITHDRAWN.value, State.WITHDRAWN.label),
    (rows.NOT_RECEIVED, _("Chưa tiếp nhận, không ghi vào sổ")),
)


class FindingFilter(Filter):
    """Which rows of a file to show of those that do not simply fit."""

    q = search_field(_("Mã hồ sơ hoặc số dòng"))
    loai = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[("", _("Tất cả")), *FindingKind.choices]
    )
    decision = forms.ChoiceField(
        label=_("Quyết định"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            (_OPEN, Finding.Decision.OPEN.label),
            (Finding.Decision.OURS.value, Finding.Decision.OURS.label),
            (Finding.Decision.FILE.value, Finding.Decision.FILE.label),
        ],
    )

    def narrowed(self, found: QuerySet[Finding]) -> QuerySet[Finding]:
        """Those of the findings that are asked for."""
        asked = self.asked
        if kind := asked.get("loai"):
            found = found.filter(kind=kind)
        if decision := asked.get("decision"):
            # Only these two kinds are for a person to decide.
            of_a_person = found.filter(kind__in=[FindingKind.CONTRADICTS, FindingKind.TWICE])
            found = of_a_person.filter(decision="" if decision == _OPEN else decision)
        words = one_line(asked.get("q", ""))
        if not words:
            return found
        wanted = Q(code__icontains=words) | Q(code_key__icontains=words)
        with suppress(codes.BadCode):
            wanted |= Q(code_key=codes.read_loosely(words).key)
        if words.isascii() and words.isdecimal() and len(words) < 8:
            wanted |= Q(row=int(words))
        return found.filter(wanted)


class ExportForm(forms.Form):
    """A file of the province's system."""

    file = forms.FileField(
        label=_("Tệp xuất từ hệ thống"),
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        help_text=_("Danh sách hồ sơ dạng .xlsx, .csv hoặc .xls, nhiều tháng cũng được."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.htm,.html"}),
    )


class UnderstandingForm(forms.Form):
    """What the columns of a file hold: a field for each column, each unclear order of days, each unknown state."""

    as_of = forms.DateField(
        label=_("Số liệu đến ngày"),
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
        help_text=_("Ngày xuất tệp. Hai tệp nói khác nhau về một hồ sơ thì tệp có ngày sau đúng."),
    )
    sheet = forms.ChoiceField(label=_("Trang tính"))

    def __init__(self, *args: Any, run: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = run.found
        sheets = [(name, f"{name} ({count})") for name, count in found.get("sheets", [])]
        self.fields["sheet"].choices = sheets  # type: ignore[attr-defined]
        self.fields["sheet"].initial, self.fields["as_of"].initial = run.sheet, run.as_of
        for one in found.get("columns", []):
            self.fields[f"column-{one['number']}"] = forms.ChoiceField(
                label=one["heading"] or one["letters"],
                required=False,
                choices=TAKEN,
                initial=run.meanings.get(str(one["number"]), ""),
            )
        for meaning, said in found.get("days", {}).items():
            if said["is_asked"] or said["mixed"]:
                self.fields[f"order-{meaning}"] = forms.ChoiceField(
                    label=str(columns.MEANINGS[meaning]),
                    required=False,
                    choices=ORDERS,
                    initial=run.orders.get(meaning, ""),
                )
        for number, (words, count) in enumerate(found.get("unknown_states", {}).items()):
            self.fields[f"state-{number}"] = forms.ChoiceField(
                label=f"{words} ({count})", required=False, choices=STATES
            )
        self._words = list(found.get("unknown_states", {}))

    @property
    def meanings(self) -> dict[str, str]:
        return self._part("column")

    @property
    def orders(self) -> dict[str, str]:
        return self._part("order")

    @property
    def states(self) -> dict[str, str]:
        return {self._words[int(number)]: said for number, said in self._part("state").items()}

    def _part(self, part: str) -> dict[str, str]:
        return {
            name.partition("-")[2]: value
            for name, value in self.cleaned_data.items()
            if name.startswith(f"{part}-")
        }

    @property
    def order_fields_shown(self) -> list[forms.BoundField]:
        """The columns of days whose order a person has to say."""
        return self._fields("order")

    @property
    def state_fields(self) -> list[forms.BoundField]:
        """The words for states that are not known."""
        return self._fields("state")

    def _fields(self, part: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{part}-")]
