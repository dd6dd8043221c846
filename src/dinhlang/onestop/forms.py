"""What is typed at the counter. It checks form, not right."""

from __future__ import annotations

from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.onestop.models import Channel, ReturnWay
from dinhlang.onestop.queries import REGISTER_OF_REFUSALS
from dinhlang.onestop.rules.intake import ADDRESS_LENGTH, MOST_FEE, MOST_SETS, NAME_LENGTH, OFFICE_LENGTH
from dinhlang.onestop.rules.states import State
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.periods.duration import DurationUnit
from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, DayInput, MomentField

TERM_UNITS = (
    (DurationUnit.WORKING_DAY.value, _("ngày làm việc")),
    (DurationUnit.DAY.value, _("ngày")),
    (DurationUnit.WORKING_HOUR.value, _("giờ làm việc")),
    (DurationUnit.MONTH.value, _("tháng")),
)

ASKED_LATE = "asked-late"
TO_HAND_ON = "to-hand-on"

TIMINGS = (
    ("", _("Tất cả")),
    ("soon", _("Sắp đến hạn")),
    ("overdue", _("Quá hạn")),
    ("waiting", _("Đang tạm dừng")),
    ("open", _("Đang giải quyết")),
    ("to-give", _("Chờ trả kết quả")),
    (ASKED_LATE, _("Phiếu bổ sung chậm")),
    (TO_HAND_ON, _("Chờ giao cơ quan giải quyết")),
)


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DossierFilter(UnitFilter):
    """What to show of the register. Every field may be left empty."""

    q = search_field(_("Tìm theo mã, số, thủ tục, họ tên, điện thoại"))
    timing = forms.ChoiceField(label=_("Hạn trả"), required=False, choices=TIMINGS)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=(
            ("", _("Tất cả")),
            *State.choices,
            (REGISTER_OF_REFUSALS, _("Sổ từ chối, cả phiếu đã rút lại")),
        ),
    )
    channel = forms.ChoiceField(
        label=_("Cách nộp"), required=False, choices=(("", _("Tất cả")), *Channel.choices)
    )
    first = forms.DateField(
        label=_("Nộp từ ngày"), required=False, widget=DayInput(), input_formats=DAY_FORMATS
    )
    last = forms.DateField(label=_("Đến ngày"), required=False, widget=DayInput(), input_formats=DAY_FORMATS)


class ReceiveForm(forms.Form):
    """A dossier as it is handed in. `papers` are the names of the procedure's papers, `needs_term` where nobody could read
    how long the procedure may take."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    version = forms.IntegerField(widget=forms.HiddenInput())
    applicant = forms.CharField(
        label=_("Họ tên người nộp"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Chưa ghi họ tên người nộp.")},
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Sổ không ghi số giấy tờ tùy thân."),
    )
    on_behalf_of = forms.CharField(
        label=_("Nộp thay cho"),
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    papers = forms.MultipleChoiceField(
        label=_("Giấy tờ đã nộp"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    other_papers = forms.CharField(
        label=_("Giấy tờ khác"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một giấy tờ."),
    )
    sets = forms.IntegerField(label=_("Số bộ"), min_value=1, max_value=MOST_SETS, initial=1)
    fee = forms.IntegerField(label=_("Phải nộp (đồng)"), required=False, min_value=0, max_value=MOST_FEE)
    return_way = forms.ChoiceField(
        label=_("Nhận kết quả"), choices=ReturnWay.choices, initial=ReturnWay.COUNTER
    )
    term_amount = forms.IntegerField(label=_("Thời hạn"), required=False, min_value=0, max_value=3660)
    term_unit = forms.ChoiceField(label=_("Tính theo"), required=False, choices=TERM_UNITS)
    term_basis = forms.CharField(label=_("Văn bản quy định thời hạn"), required=False, max_length=300)
    code = forms.CharField(
        label=_("Mã hồ sơ do hệ thống cấp"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Bỏ trống: máy đặt mã theo mã cơ quan của nơi tiếp nhận."),
    )
    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=120)
    handling = forms.CharField(
        label=_("Cơ quan giải quyết"),
        required=False,
        max_length=OFFICE_LENGTH,
        help_text=_("Bỏ trống: Ủy ban nhân dân xã. Cơ quan khác: thời hạn tính từ lúc nơi ấy nhận hồ sơ."),
    )
    returning = forms.CharField(label=_("Nơi trả kết quả"), required=False, max_length=OFFICE_LENGTH)
    assisted_at = forms.CharField(label=_("Nơi hỗ trợ nộp"), required=False, max_length=OFFICE_LENGTH)
    happened_at = MomentField(label=_("Nhận lúc"), help_text=_("Bỏ trống: bây giờ."))

    FIRST = ("applicant", "phone", "address", "papers", "other_papers", "fee", "return_way")
    REST = (
        "on_behalf_of",
        "email",
        "sets",
        "code",
        "handling",
        "returning",
        "assisted_at",
        "happened_at",
    )

    def __init__(self, *args: Any, papers: list[str], needs_term: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["papers"]).choices = [(one, one) for one in papers]
        if not papers:
            del self.fields["papers"]
        if not needs_term:
            for name in ("term_amount", "term_unit", "term_basis"):
                del self.fields[name]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is asked of everyone, with the term where it must be given."""
        names = [*self.FIRST[:3], "term_amount", "term_unit", "term_basis", *self.FIRST[3:]]
        return [self[name] for name in names if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What few need."""
        return [self[name] for name in self.REST]

    @property
    def rest_is_open(self) -> bool:
        """Whether the folded part stands open: something in it is wrong, or was said when the dossier was presented."""
        said = ("on_behalf_of", "email", "handling", "returning", "assisted_at")
        return any(name in self.errors for name in self.REST) or any(self.initial.get(name) for name in said)


class ApplicantForm(forms.Form):
    """Details of the applicant, to be mended."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    applicant = forms.CharField(label=_("Họ tên người nộp"), max_length=NAME_LENGTH)
    on_behalf_of = forms.CharField(label=_("Nộp thay cho"), required=False, max_length=NAME_LENGTH)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=30)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=ADDRESS_LENGTH)
    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=120)


class StepForm(forms.Form):
    """One step of a dossier: whatever of it the deed asks for."""

    key = forms.UUIDField()
    happened_at = MomentField()
    reason = forms.CharField(required=False, max_length=4000)
    why_again = forms.CharField(required=False, max_length=500)
    papers = forms.CharField(required=False, max_length=4000)
    new_on = forms.DateField(required=False, input_formats=DAY_FORMATS, error_messages=BAD_DATE)
    responsible = forms.CharField(required=False, max_length=OFFICE_LENGTH)
    to = forms.CharField(required=False, max_length=20)
    office = forms.CharField(required=False, max_length=OFFICE_LENGTH)
    amount = forms.IntegerField(
        required=False,
        max_value=MOST_FEE,
        error_messages={"invalid": _("Ghi số tiền bằng chữ số, không có dấu chấm.")},
    )
    how = forms.CharField(required=False, max_length=10)
    number = forms.IntegerField(required=False, min_value=1)


class BookForm(forms.Form):
    """From when until when the book is wanted."""

    first = forms.DateField(
        label=_("Từ ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    last = forms.DateField(
        label=_("Đến hết ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            raise forms.ValidationError(_("Ngày đầu sau ngày cuối. Xem lại hai ngày."))
        # The register knows no such days, and the calendar ends: a day after 31/12/9999 cannot be counted to.
        if any(day is not None and not 2000 <= day.year <= 2200 for day in (first, last)):
            raise forms.ValidationError(_("Năm phải từ 2000 đến 2200. Xem lại hai ngày."))
        return cleaned


class CounterForm(forms.Form):
    """What is decided about the counter."""

    office = forms.CharField(label=_("Tên nơi tiếp nhận"), max_length=200)
    legal_basis = forms.CharField(
        label=_("Văn bản quy định"), max_length=300, help_text=_("Số, ký hiệu và ngày của quyết định.")
    )
    starts_on = forms.DateField(
        label=_("Từ ngày"), widget=DayInput(), input_formats=DAY_FORMATS, error_messages=BAD_DATE
    )
    agency_code = forms.CharField(
        label=_("Mã cơ quan"),
        required=False,
        max_length=20,
        help_text=_("Ví dụ H15.50.05.13; để máy đặt mã hồ sơ."),
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=300)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=30)
    opens = forms.TimeField(label=_("Sáng, từ"), required=False, widget=TimeInput())
    closes = forms.TimeField(label=_("đến"), required=False, widget=TimeInput())
    opens_again = forms.TimeField(label=_("Chiều, từ"), required=False, widget=TimeInput())
    closes_again = forms.TimeField(
        label=_("đến lúc"),
        required=False,
        widget=TimeInput(),
        help_text=_("Bỏ trống cả bốn ô: 7:30–11:30 và 13:30–17:30."),
    )
    bank = forms.CharField(
        label=_("Mã ngân hàng"),
        required=False,
        max_length=6,
        help_text=_("Sáu chữ số, để in mã QR chuyển khoản trên phiếu thu."),
    )
    account = forms.CharField(label=_("Số tài khoản thu"), required=False, max_length=19)
    account_name = forms.CharField(label=_("Tên tài khoản thu"), required=False, max_length=120)

    @property
    def sittings(self) -> tuple[tuple[time, time], ...]:
        """Morning and afternoon, each where both of its ends were given."""
        said = self.cleaned_data
        pairs = ((said.get("opens"), said.get("closes")), (said.get("opens_again"), said.get("closes_again")))
        return tuple((opens, closes) for opens, closes in pairs if opens and closes)
