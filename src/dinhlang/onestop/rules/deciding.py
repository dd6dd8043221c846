"""Whether another office than those of the place decides a dossier, and by when it is handed on then.

NĐ 118/2025/NĐ-CP, Điều 17, khoản 3 (NĐ 309/2026/NĐ-CP, Điều 8): of what is taken in whatever the boundaries are, the term runs from
when the office that decides has it. Offices are known by the names that somebody typed: in doubt one is of the place, so that
the term runs from the earlier moment.
"""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock import VIETNAM, Elsewhere, OfficeHours
from dinhlang.vietnamese.text import fold, nfc, one_line

_HIGHER = re.compile(
    r"\b(?:(?<!cơ )sở(?! tại)|cục|tỉnh|thành phố|trung ương|chi nhánh|đăng ký đất đai|bảo hiểm xã hội|kho bạc|tòa án|viện kiểm sát)\b"
    r"|^(?:bộ (?!phận\b)|(?:đội |chi cục )?thuế\b)"
)
"""What only names of offices above the commune say, or of branches of theirs."""
_NAMED = re.compile(r"\b(?:xã|phường|đặc khu) (?!hội\b|và\b|nơi\b|sở tại\b|phụ trách\b|giải quyết\b)\w")
"""A commune with its name; 'công an xã' and 'xã nơi cư trú' name none."""
_ONE_DAY = timedelta(days=1)
_HOLDS = "Nghị định 118/2025/NĐ-CP"


def is_of_the_place(office: str, place: str) -> bool:
    """Whether an office belongs to 'xã Bến Trúc': its name says the place, or neither another commune nor a higher level."""
    said = nfc(one_line(office)).lower()
    if re.search(rf"\b{re.escape(fold(place))}(?:$|,| [(-]| (?:tinh|thanh pho)\b)", fold(said)):
        return True
    return not _HIGHER.search(said) and not _NAMED.search(said)


def elsewhere(
    office: str, until: time, *, is_online: bool, hours: OfficeHours, days: WorkingCalendar
) -> Elsewhere:
    """How the term runs of what another office decides. What comes after the hour `until` is handed on the next working day."""
    how = (
        f"chuyển ngay trên hệ thống: {_HOLDS}, Điều 18, khoản 1"
        if is_online
        else f"chuyển trong ngày, nhận sau {until.hour} giờ thì chuyển đầu giờ ngày làm việc sau: {_HOLDS}, Điều 18, khoản 2"
    )
    return Elsewhere(
        why=f"{office} giải quyết nên thời hạn tính từ lúc nơi ấy nhận hồ sơ ({_HOLDS}, Điều 17, khoản 3, theo Nghị định 309/2026/NĐ-CP, Điều 8).",
        rule=how,
        by=lambda at: at if is_online else handed_on(at, until, hours, days),
    )


def handed_on(at: datetime, until: time, hours: OfficeHours, days: WorkingCalendar) -> datetime:
    """By when the counter hands on what is complete at a moment: at once, or at the beginning of the next working day."""
    if days.is_working(at.date()) and at.time() <= until:
        return at
    return datetime.combine(days.next_working(at.date() + _ONE_DAY), hours.sessions[0].opens, VIETNAM)
