"""What a person may write for a value of a proposed plan."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.work import rules
from dinhlang.work.plan_values import NotWritable, check_year
from dinhlang.work.rules import clean

_DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_LONGEST_VALUE = 4000
# How a number stands that is not known yet.
_BLANK = re.compile(r"[\s.…_]*")


def checked(path: str, value: str) -> str:
    """The value as it is kept. Raises `NotWritable` with the path for one that cannot be."""
    value = clean(value)
    if len(value) > _LONGEST_VALUE:
        raise NotWritable(
            _("Nội dung dài quá %(most)d ký tự. Hãy viết gọn lại.") % {"most": _LONGEST_VALUE}, field=path
        )
    if not value and (path == "title" or path.endswith(".text")):
        raise NotWritable(_("Ô này không được để trống."), field=path)
    match path:
        case "year":
            if not (value.isascii() and value.isdecimal() and len(value) == 4):
                raise NotWritable(_("Ghi năm bằng bốn chữ số, ví dụ 2026."), field=path)
            check_year(int(value))
        case "code":
            try:
                number, symbol = code_of(value, "")
            except Refused as reason:
                raise NotWritable(str(reason), field=path) from None
            return f"{number or '…'}/{symbol}" if symbol else number
        case "issued_on":
            day = day_of(value)
            if value and day is None:
                raise NotWritable(_("Ngày không đúng. Ghi ngày/tháng/năm, ví dụ 20/7/2023."), field=path)
            return numeric_date(day) if day else ""
    return value


def code_of(text: str, symbol: str) -> tuple[str, str]:
    """Number and symbol; '…/KH-UBND' has no number yet. Raises `Refused`."""
    if not text:
        return "", symbol
    blank, _slash, rest = text.partition("/")
    if rest and _BLANK.fullmatch(blank):
        return "", rules.number_and_symbol(f"1/{rest}")[1]
    number, said = rules.number_and_symbol(text)
    return number, said or symbol


def day_of(text: str) -> date | None:
    """The day that was written, in any of the usual ways; `None` for none."""
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
