"""What somebody tells the commune, made fit to keep: how long, what a telephone number is, and as what it is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from dinhlang.citizens.rules import kinds
from dinhlang.citizens.rules.categories import check_category
from dinhlang.citizens.rules.kinds import Nature
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.phones import phone_number
from dinhlang.vietnamese.text import nfc, one_line

LEAST_WORDS = 10
_MAIL = re.compile(r"[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,190}\.[^\s@<>,;:\".]{2,24}")
# About where Vietnam is, with its sea.
_LATITUDES, _LONGITUDES = (Decimal(6), Decimal(24)), (Decimal(102), Decimal(118))


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever tells it. Everything may be empty: without name and address it is advice (`nature_of`)."""

    name: str = ""
    phone: str = ""
    mail: str = ""
    address: str = ""
    spoken_for: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told. `hamlet` is the id of a unit or ''; the place is in words, the point in degrees or None."""

    words: str
    category: str
    subject: str = ""
    hamlet: str = ""
    place: str = ""
    point: tuple[Decimal, Decimal] | None = None


def fit_told(told: Told) -> Told:
    """As it is kept: NFC, without signs that no page shows. Raises `Unfit` for what is empty, too long, nowhere."""
    words = _text(told.words)
    if len(words) < LEAST_WORDS:
        raise Unfit(_("Chưa rõ nội dung. Viết vài câu: việc gì, ở đâu, từ khi nào."), "words")
    _check_length(words, kinds.WORDS_LENGTH, "words")
    subject, place = one_line(_text(told.subject)), one_line(_text(told.place))
    _check_length(subject, kinds.SUBJECT_LENGTH, "subject")
    _check_length(place, kinds.PLACE_LENGTH, "place")
    check_category(told.category)
    if told.point is not None:
        _check_point(*told.point)
    return replace(told, words=words, subject=subject, place=place)


def fit_sender(sender: Sender) -> Sender:
    """As it is kept. Raises `Unfit` for a number or an address of mail that is none, and for what is too long."""
    name, address, spoken_for = (
        one_line(_text(one)) for one in (sender.name, sender.address, sender.spoken_for)
    )
    _check_length(name, kinds.NAME_LENGTH, "name")
    _check_length(address, kinds.ADDRESS_LENGTH, "address")
    _check_length(spoken_for, kinds.NAME_LENGTH, "spoken_for")
    return Sender(name, fit_phone(sender.phone), _mail(sender.mail), address, spoken_for)


def fit_phone(phone: str) -> str:
    """A number in one way of writing ('0912345678'), '' for none. Raises `Unfit` for what is no number of Vietnam."""
    number = phone_number(phone)
    if not number and one_line(phone).strip(" .-()"):
        raise Unfit(_("Số điện thoại chưa đúng. Ghi như 0912 345 678, hoặc để trống."), "phone")
    return number


def _mail(mail: str) -> str:
    mail = one_line(mail)
    if mail and not _MAIL.fullmatch(mail):
        raise Unfit(_("Địa chỉ thư điện tử chưa đúng. Sửa lại hoặc để trống."), "mail")
    return mail


def is_named(sender: Sender) -> bool:
    """Whether it says who it is: name and address (NĐ 20/2008/NĐ-CP asks for both)."""
    return bool(sender.name and sender.address)


def nature_of(sender: Sender) -> Nature:
    """As what a case is taken that is neither complaint nor denunciation."""
    return Nature.FEEDBACK if is_named(sender) else Nature.ADVICE


def taken_as(sender: Sender) -> str:
    """What a sender is told who did not say name and address; '' for one who did."""
    if is_named(sender):
        return ""
    return _(
        "Chưa có họ tên và địa chỉ nên được ghi nhận là góp ý: xã vẫn xem, không hẹn ngày trả lời. "
        "Muốn được hẹn thì bổ sung họ tên, địa chỉ."
    )


def _text(words: str) -> str:
    kept = nfc(words).replace("\r\n", "\n")
    return "".join(sign for sign in kept if sign in "\n\t" or sign.isprintable()).strip()


def _check_length(words: str, most: int, part: str) -> None:
    if len(words) > most:
        raise Unfit(
            _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(words), "most": most},
            part,
        )


def _check_point(latitude: Decimal, longitude: Decimal) -> None:
    inside = _LATITUDES[0] <= latitude <= _LATITUDES[1] and _LONGITUDES[0] <= longitude <= _LONGITUDES[1]
    if not inside:
        raise Unfit(_("Vị trí trên bản đồ nằm ngoài Việt Nam. Chọn lại hoặc bỏ trống."), "place")
