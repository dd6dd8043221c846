"""How long something takes, in the words of a procedure: '03 (ba) ngày làm việc', '8 giờ', 'Trong ngày'.

What is no plain length of time ('Theo quy định của pháp luật', '5 - 7 ngày') is left to its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dinhlang.periods.phrase import plain

LONGEST = Decimal(10_000)


class DurationUnit(StrEnum):
    """What is counted. A working day is a day on which offices work (see `calendar`)."""

    MINUTE = "minute"
    HOUR = "hour"
    WORKING_HOUR = "working-hour"
    DAY = "day"
    WORKING_DAY = "working-day"
    MONTH = "month"
    YEAR = "year"


_WORDS = {
    DurationUnit.MINUTE: "phút",
    DurationUnit.HOUR: "giờ",
    DurationUnit.WORKING_HOUR: "giờ làm việc",
    DurationUnit.DAY: "ngày",
    DurationUnit.WORKING_DAY: "ngày làm việc",
    DurationUnit.MONTH: "tháng",
    DurationUnit.YEAR: "năm",
}
_ISO = {
    DurationUnit.MINUTE: ("PT", "M"),
    DurationUnit.HOUR: ("PT", "H"),
    DurationUnit.WORKING_HOUR: ("PT", "H"),
    DurationUnit.DAY: ("P", "D"),
    DurationUnit.WORKING_DAY: ("P", "D"),
    DurationUnit.MONTH: ("P", "M"),
    DurationUnit.YEAR: ("P", "Y"),
}
# By folded words; the longer first.
_UNITS = {
    "gio lam viec": DurationUnit.WORKING_HOUR,
    "ngay lam viec": DurationUnit.WORKING_DAY,
    "phut": DurationUnit.MINUTE,
    "gio": DurationUnit.HOUR,
    "ngay": DurationUnit.DAY,
    "thang": DurationUnit.MONTH,
    "nam": DurationUnit.YEAR,
}
_PLAIN = re.compile(
    r"^(?:(?:trong )?(?:thoi han|thoi gian)(?: giai quyet)? ?:? ?(?:la )?)?(?:toi da |khong qua |khong qua toi da |trong vong |trong )*"
    r"(?P<amount>\d{1,5}(?:[.,]\d{1,2})?)(?: ?\([^()\d]{1,40}\))? "
    rf"?(?P<unit>{'|'.join(_UNITS)})(?! lam viec|\w)(?P<rest>.*)$"
)
# What may follow without changing the length: from when it is counted.
_FROM_WHEN = re.compile(r"^[ ,;.]*$|^[ ,]*(?:ke tu|tinh tu|sau khi|tu khi|tu ngay)\b[^0-9]*(?:\d[^0-9]*)?$")
_SAME_DAY = re.compile(
    r"^(?:giai quyet )?(?:ngay )?trong ngay(?: lam viec)?(?: tiep nhan| nhan)?(?: ho so)?[ .;]*$"
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. `amount` is positive, or zero for 'within the day'."""

    amount: Decimal
    unit: DurationUnit

    @property
    def iso(self) -> str:
        """ISO 8601, which knows no working days: 5 working days are P5D; the rule stays in the words."""
        before, after = _ISO[self.unit]
        if self.amount != self.amount.to_integral_value():
            # A fraction of a day or month is no date; only hours and minutes may carry one everywhere.
            return f"{before}{self.amount.normalize():f}{after}"
        return f"{before}{int(self.amount)}{after}"

    @property
    def words(self) -> str:
        """'5 ngày làm việc', '1,5 ngày', 'trong ngày'."""
        if not self.amount:
            return "trong ngày"
        return f"{self.amount.normalize():f} {_WORDS[self.unit]}".replace(".", ",")

    def to_json(self) -> dict[str, str]:
        return {"amount": f"{self.amount.normalize():f}", "unit": self.unit.value}

    @classmethod
    def from_json(cls, data: dict[str, str]) -> Duration:
        return cls(Decimal(data["amount"]), DurationUnit(data["unit"]))


def read_duration(text: str) -> Duration | None:
    """The length of time a phrase names, in any Unicode form; `None` when it names none, or more than one."""
    said = plain(text)
    if _SAME_DAY.match(said):
        return Duration(Decimal(0), DurationUnit.DAY)
    found = _PLAIN.match(said)
    if found is None or not _FROM_WHEN.match(found["rest"]):
        return None
    amount = Decimal(found["amount"].replace(",", "."))
    if not 0 < amount <= LONGEST:
        return None
    return Duration(amount, _UNITS[found["unit"]])
