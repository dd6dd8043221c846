"""Forms as files: .docx to write on, PDF to print, with the code of the dossier to be read by a machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.write.layout import SLIP
from dinhlang.officialdoc.write.marks import Bars, Mark
from dinhlang.onestop import public, queries
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Fee
from dinhlang.onestop.slips import book as books
from dinhlang.onestop.slips.parts import code_on
from dinhlang.onestop.slips.words import NotThere, slip
from dinhlang.org import barcode, vietqr
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.qr import modules_of

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NAMES = {
    Slip.RECEIPT: "giay-tiep-nhan",
    Slip.SUPPLEMENT: "phieu-bo-sung",
    Slip.REFUSAL: "phieu-tu-choi",
    Slip.APOLOGY: "phieu-xin-loi",
    Slip.STOP: "thong-bao-dung",
    Slip.CONTROL: "phieu-kiem-soat",
}
MOST_ROWS = 2000
_CODE_MM = 22.0
_PAYMENT_MM = 45.0
_BOOK_MM = 30.0


@dataclass(frozen=True, slots=True)
class SlipFile:
    """A file to give away."""

    name: str
    media_type: str
    data: bytes


@kept_in_vietnamese
def slip_file(dossier: Dossier, which: Slip, form: str) -> SlipFile:
    """A form as 'pdf' or 'docx', with the dossier's code as a QR code and as bars. Raises `NotThere`."""
    document = slip(dossier, which)
    code = code_on(dossier, which)
    return _file(document, f"{_NAMES[which]}-{code or dossier.pk}", form, _mark(dossier, code))


def _mark(dossier: Dossier, code: str) -> Mark | None:
    """The code for machines, as the circulars allow it: bars beside the QR, since old readers at counters know bars only.

    Where there is a page to look it up the QR leads there; the search of the desk reads both.
    """
    if not code:
        return None
    held = public.address(dossier.unit, code) or code
    return Mark(modules_of(held), f"Mã hồ sơ: {code}", _CODE_MM, Bars(barcode.code128(code), code))


@kept_in_vietnamese
def fee_file(dossier: Dossier, form: str, *, on: date) -> SlipFile:
    """The fee slip, with a VietQR code where the counter has an account. Raises `NotThere` where nothing is owed, `Refused`."""
    if dossier.fee_state != Fee.DUE or not dossier.fee_amount:
        raise NotThere(_("Hồ sơ này không có khoản phải nộp."))
    text = payment_code(dossier, on)
    mark = Mark(modules_of(text), "Quét bằng ứng dụng ngân hàng (VietQR)", _PAYMENT_MM) if text else None
    return _file(books.fee(dossier, on=on), f"phieu-nop-phi-{dossier.code}", form, mark)


def payment_code(dossier: Dossier, on: date) -> str:
    """What the VietQR code of the dossier's fee says; '' where the counter has no account. Raises `Refused`.

    The purpose is the code of the dossier: the bank's statement then says which fee came in, and names nobody.
    """
    counter = queries.rules_on(dossier.unit, on)
    if counter is None or not counter.account:
        return ""
    return vietqr.payload(
        bank=counter.bank,
        account=counter.account,
        amount=dossier.fee_amount,
        purpose=dossier.code.replace(".", ""),
    )


@kept_in_vietnamese
def book_file(unit: Unit, *, first: date, last: date, form: str, on: date) -> SlipFile:
    """The tracking book from a day until a day. Raises `NotThere` for none, or more than one file should hold."""
    rows = list(queries.book_rows(unit, first, last)[: MOST_ROWS + 1])
    if not rows:
        raise NotThere(_("Không có hồ sơ nào tiếp nhận trong những ngày này. Chọn ngày khác."))
    if len(rows) > MOST_ROWS:
        raise NotThere(
            _("Những ngày này có hơn %(most)s hồ sơ, quá nhiều cho một tệp. Chọn khoảng ngày ngắn hơn.")
            % {"most": MOST_ROWS}
        )
    made = books.book(unit, rows, first=first, last=last, on=on)
    return _file(
        made, f"so-theo-doi-ho-so-{first:%Y%m%d}-{last:%Y%m%d}", form, _mark_of_book(unit, first, last)
    )


def _mark_of_book(unit: Unit, first: date, last: date) -> Mark:
    """Bars say which days the book is of; the QR opens these days of the register at the desk, for whoever may read it."""
    code = f"STD-{first:%y%m%d}-{last:%y%m%d}"
    days = urlencode({"unit": unit.pk, "first": first, "last": last})
    there = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('onestop:dossiers')}?{days}"
    return Mark(modules_of(there), f"Sổ: {code}", _BOOK_MM, Bars(barcode.code128(code), code))


def _file(document: Document, name: str, form: str, mark: Mark | None) -> SlipFile:
    made = write.pdf if form == "pdf" else write.docx
    data = made(document, mark=mark, profile=SLIP)
    return SlipFile(f"{name}.{form}", FORMS[form], data)
