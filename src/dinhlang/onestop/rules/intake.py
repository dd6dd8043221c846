"""What is taken down of a dossier at the counter, and what must not be: no number of an identity paper, ever."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.phones import from_here
from dinhlang.vietnamese.text import one_line

NAME_LENGTH = 120
ADDRESS_LENGTH = 300
OFFICE_LENGTH = 200
PAPER_LENGTH = 500
MOST_PAPERS = 60
MOST_SETS = 50
MOST_FEE = 10**11
REASON_LENGTH = 2000
# A clock of a server and one of a clerk differ a little.
_AHEAD = timedelta(minutes=5)
_PHONE = re.compile(r"0\d{7,14}")
# 9 digits (CMND) or 12 (CCCD, số định danh cá nhân), however they are spaced.
_IDENTITY = re.compile(r"(?<!\d)(?:\d[ .-]?){8}\d(?:[ .-]?\d){0,3}(?!\d)")
_IDENTITY_LENGTHS = (9, 12)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who hands in. The telephone is kept as digits."""

    name: str
    on_behalf_of: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Offices:
    """The offices that share a dossier, by name. Empty ones are the counter itself."""

    receiving: str = ""
    handling: str = ""
    returning: str = ""
    assisted_at: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """All that is taken down at the counter. `version` is the key of the procedure's version; `code` one that the official
    system gave, else it is made here; `fee` in đồng, 0 for none."""

    applicant: Applicant
    version: int
    channel: str = "counter"
    return_way: str = "counter"
    papers: Sequence[str] = ()
    sets: int = 1
    offices: Offices = Offices()
    code: str = ""
    term: TermGiven | None = None
    fee: int | None = None


def fit(given: Given) -> Given:
    """The same, tidied. Raises `Unfit` with the field to mend."""
    applicant = given.applicant
    name = _text(applicant.name, NAME_LENGTH, "applicant", _("họ tên"))
    if not name:
        raise Unfit(_("Chưa ghi họ tên người nộp. Ghi họ tên như người nộp cho biết."), "applicant")
    behalf = _text(applicant.on_behalf_of, NAME_LENGTH, "on_behalf_of", _("tên người được nộp thay"))
    for said, field in ((name, "applicant"), (behalf, "on_behalf_of"), (applicant.address, "address")):
        check_no_identity_number(said, field)
    if not 1 <= given.sets <= MOST_SETS:
        raise Unfit(_("Số bộ hồ sơ từ 1 đến %(most)s. Xem lại số bộ.") % {"most": MOST_SETS}, "sets")
    if given.fee is not None and not 0 <= given.fee <= MOST_FEE:
        raise Unfit(_("Mức thu không đúng. Ghi số tiền bằng đồng, 0 nếu không thu."), "fee")
    return replace(
        given,
        applicant=Applicant(
            name,
            behalf,
            _text(applicant.address, ADDRESS_LENGTH, "address", _("địa chỉ")),
            phone(applicant.phone),
            _email(applicant.email),
        ),
        papers=papers(given.papers),
        offices=Offices(
            *(
                _text(getattr(given.offices, name), OFFICE_LENGTH, name, _("tên cơ quan"))
                for name in ("receiving", "handling", "returning", "assisted_at")
            )
        ),
    )


def papers(said: Sequence[str]) -> tuple[str, ...]:
    """The names of papers, tidied, each once. Raises `Unfit`."""
    found = tuple(dict.fromkeys(text for one in said if (text := one_line(one))))
    if len(found) > MOST_PAPERS:
        raise Unfit(
            _("Danh sách có %(count)s giấy tờ, tối đa %(most)s. Gộp các giấy tờ cùng loại thành một dòng.")
            % {"count": len(found), "most": MOST_PAPERS},
            "papers",
        )
    for one in found:
        _text(one, PAPER_LENGTH, "papers", _("tên giấy tờ"))
        check_no_identity_number(one, "papers")
    return found


def phone(text: str) -> str:
    """A telephone number as digits, '+84' as '0'; '' for none. Raises `Unfit`."""
    said = from_here(text)
    if not said:
        return ""
    if not _PHONE.fullmatch(said):
        raise Unfit(
            _("Số điện thoại “%(phone)s” không đúng. Số bắt đầu bằng 0 hoặc +84, có 8 đến 15 chữ số.")
            % {"phone": one_line(text)[:30]},
            "phone",
        )
    return said


def check_no_identity_number(text: str, field: str) -> None:
    """Raise `Unfit` where a number as long as that of an identity paper stands: this register keeps none.

    A telephone number with a word before it is not meant: it belongs in its own field, and is refused as well.
    """
    for found in _IDENTITY.finditer(text):
        if sum(one.isdigit() for one in found[0]) in _IDENTITY_LENGTHS:
            raise Unfit(
                _(
                    "Ô này có dãy số giống số giấy tờ tùy thân. Sổ không lưu số giấy tờ tùy thân; hãy bỏ dãy số đó."
                ),
                field,
            )


def reason(text: str, field: str, what: str) -> str:
    """Words about a step, on as many lines as they have. Raises `Unfit` with `what` to do when there are none."""
    said = "\n".join(line for raw in text.replace("\r", "\n").split("\n") if (line := one_line(raw)))
    if not said:
        raise Unfit(what, field)
    if len(said) > REASON_LENGTH:
        raise Unfit(
            _("Nội dung dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(said), "most": REASON_LENGTH},
            field,
        )
    check_no_identity_number(said, field)
    return said


def check_moment(at: datetime, recorded_at: datetime, *, after: datetime | None) -> None:
    """Raise `Unfit` for a step in the future, or before the one before it."""
    if at > recorded_at + _AHEAD:
        raise Unfit(_("Thời điểm này chưa đến. Ghi thời điểm đã xảy ra việc đó."), "at")
    if after is not None and at < after:
        raise Unfit(
            _("Thời điểm này trước bước liền trước của hồ sơ. Xem lại ngày giờ."),
            "at",
        )


def _text(text: str, most: int, field: str, what: str) -> str:
    said = one_line(text)
    if len(said) > most:
        raise Unfit(
            _("Phần %(what)s dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"what": what, "length": len(said), "most": most},
            field,
        )
    return said


def _email(text: str) -> str:
    said = one_line(text)
    if not said:
        return ""
    try:
        validate_email(said)
    except ValidationError:
        raise Unfit(
            _("Địa chỉ thư “%(email)s” không đúng. Địa chỉ có dạng ten@noi-gui.vn; bỏ trống nếu không có.")
            % {"email": said[:60]},
            "email",
        ) from None
    return said
