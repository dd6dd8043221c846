"""What a citizen fills in: as little as will do. What it must be is decided by `citizens.rules`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.actions import Agreed
from dinhlang.citizens.rules import categories, kinds
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.portal.voices.guards import PayloadField
from dinhlang.work.forms.fields import BAD_CHOICE

# Longer than what is kept, so that a text that is too long comes back whole with the reason, never cut.
_MOST_TYPED = 40_000
# The placeholder of a field by which a style sheet asks whether anything stands in it (voices.css, consent).
_EMPTY = " "
# What is not asked of everybody is folded away, by the part of the page.
_FOLDED = {
    "where": ("hamlet", "place", "point", "category"),
    "contact": ("phone", "mail", "receipt_by_mail", "news_by_mail"),
    "spoken_for": ("spoken_for",),
}


class _Photos(forms.FileInput):
    """More than one file; `value_from_datadict` gives all of them."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class _PhotosField(forms.Field):
    widget = _Photos

    def clean(self, value: Any) -> list[Any]:
        return list(value or [])


def _text(label: Any, *, rows: int = 0, **attrs: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=_MOST_TYPED, strip=True, widget=widget)


class VoiceForm(forms.Form):
    """What is told, where, and by whom. `ticket`, `altcha`, `answer` and `website` are for `guards`."""

    words = _text(_("Việc gì, ở đâu, từ khi nào?"), rows=4)
    category = forms.ChoiceField(label=_("Về việc gì"), required=False, error_messages=BAD_CHOICE)
    hamlet = forms.ChoiceField(label=_("Thôn, tổ dân phố"), required=False, error_messages=BAD_CHOICE)
    place = _text(_("Chỗ nào"), autocomplete="off")
    point = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    photos = _PhotosField(
        label=_("Ảnh"), required=False, widget=_Photos(attrs={"accept": "image/*", "multiple": True})
    )
    name = _text(_("Họ và tên"), autocomplete="name", placeholder=_EMPTY)
    address = _text(_("Địa chỉ"), autocomplete="street-address", placeholder=_EMPTY)
    phone = _text(_("Số điện thoại"), autocomplete="tel", inputmode="tel", placeholder=_EMPTY)
    mail = _text(_("Thư điện tử"), autocomplete="email", inputmode="email", placeholder=_EMPTY)
    spoken_for = _text(_("Gửi thay cho ai"), autocomplete="off")
    receipt_by_mail = forms.BooleanField(
        label=_("Gửi giấy báo nhận vào thư này: có mã tra cứu, không có mã bí mật."), required=False
    )
    news_by_mail = forms.BooleanField(
        label=_("Báo tin vào thư này khi xã hỏi thêm, trả lời hoặc có bước mới."), required=False
    )
    agrees = forms.BooleanField(
        label=_("Tôi đồng ý để xã giữ tên và cách liên hệ của tôi, chỉ để xử lý và trả lời việc này."),
        required=False,
    )
    is_publishable = forms.BooleanField(
        label=_("Tôi đồng ý để xã đăng câu hỏi, trả lời, không nêu tôi là ai."),
        required=False,
    )
    meant = forms.ChoiceField(label=_("Bạn muốn gửi như thế nào"), required=False, widget=forms.RadioSelect())
    answer = _text(_("Trả lời"), autocomplete="off")
    website = forms.CharField(required=False, max_length=200)
    ticket = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput())
    altcha = PayloadField()

    def __init__(self, *args: Any, hamlets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "category", [("", _("Để xã chọn giúp")), *categories.choices()])
        _choose(self, "hamlet", [("", _("Không rõ, hoặc cả xã")), *hamlets])
        _choose(self, "meant", [(one.value, "") for one in kinds.Nature])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        contact = any(given.get(name) for name in ("name", "address", "phone", "mail", "spoken_for"))
        if contact and not given.get("agrees"):
            self.add_error(
                "agrees",
                _("Bạn đã ghi tên hoặc cách liên hệ. Đánh dấu ô đồng ý, hoặc xóa các ô đó rồi gửi."),
            )
        if (given.get("receipt_by_mail") or given.get("news_by_mail")) and not given.get("mail"):
            self.add_error("mail", _("Ghi địa chỉ thư điện tử để nhận thư, hoặc bỏ đánh dấu ô nhận thư."))
        return given

    @property
    def unfolded(self) -> set[str]:
        """The folded parts that stand open, since something in them was filled in or is refused."""
        filled = {
            part
            for part, names in _FOLDED.items()
            if any(self[name].value() or self[name].errors for name in names)
        }
        return filled | {"photos"} if self.is_bound and self.files else filled

    def agreed(self, consent: str) -> Agreed:
        """To what the sender agreed, after `is_valid`; `consent` names the words shown beside the box."""
        given = self.cleaned_data
        return Agreed(
            consent if given["agrees"] else "",
            given["is_publishable"],
            given["receipt_by_mail"],
            given["news_by_mail"],
        )

    @property
    def told(self) -> Told:
        """What is told, after `is_valid`."""
        given = self.cleaned_data
        return Told(
            words=given["words"],
            category=given["category"] or categories.proposed(given["words"]),
            hamlet=given["hamlet"],
            place=given["place"],
            point=read_point(given["point"]),
        )

    @property
    def sender(self) -> Sender:
        """Who tells it, after `is_valid`."""
        given = self.cleaned_data
        return Sender(given["name"], given["phone"], given["mail"], given["address"], given["spoken_for"])


class LookForm(forms.Form):
    """Code and PIN."""

    code = _text(_("Mã tra cứu"), autocomplete="off", autocapitalize="characters", spellcheck="false")
    pin = _text(_("Mã bí mật (6 chữ số)"), autocomplete="off", inputmode="numeric")


def _choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def read_point(written: str) -> tuple[Decimal, Decimal] | None:
    """'20.1234567,105.9' as a browser writes where it is, to six places; None for what is no point."""
    parts = written.split(",")
    if len(parts) != 2:
        return None
    try:
        latitude, longitude = (Decimal(part.strip()).quantize(Decimal("0.000001")) for part in parts)
    except InvalidOperation:
        return None
    return (latitude, longitude) if latitude.is_finite() and longitude.is_finite() else None
