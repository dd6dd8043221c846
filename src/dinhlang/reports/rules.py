"""What is true of reports and of the register, in plain Python: no database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.vietnamese.dates import printed as printed_date
from dinhlang.vietnamese.numbers import printed as printed_number
from dinhlang.work.models import ActivityKind

# The one programme so far: reports on communicating the administrative reform.
PROGRAMME = "cchc-tuyen-truyen"

# Reports that a letter asked for are kept under a programme of their own: 'yeu-cau-12'.
REQUESTED = "yeu-cau-"

Number = int | float | Decimal

# The figure a reader looks for first when a channel was used.
HEADLINE: Mapping[str, str] = {
    ActivityKind.RADIO: "broadcasts",
    ActivityKind.BOARD: "banners",
    ActivityKind.BULLETIN: "bulletins",
    ActivityKind.LEAFLET: "leaflets",
    ActivityKind.SPEAKER: "meetings",
    ActivityKind.WEBSITE: "articles",
    ActivityKind.SOCIAL: "posts",
    ActivityKind.MESSAGE: "messages",
    ActivityKind.MEETING: "meetings",
    ActivityKind.GUIDANCE: "guidance",
    ActivityKind.TRAINING: "trainings",
    ActivityKind.CONTEST: "contests",
    ActivityKind.POSTING: "procedures_posted",
    ActivityKind.ONESTOP: "dossiers_received",
    ActivityKind.SUPPORT: "supported",
}

# 'lines-radio': how many lines of the ledger are of a kind. Not a concept of the registry, since it says how
# often something was written down, not what came of it.
LINES = "lines-"


class NoWindow(Refused):
    """There is no day of the period to report on."""


class NoOutline(Refused):
    """There is no outline to write the report by."""


class CannotIssue(Refused):
    """The report cannot be issued now; the message says why and what to do."""


class CannotCorrect(Refused):
    """The report cannot be replaced by a corrected one."""


class NotADraft(Refused):
    """The report cannot be written in."""


def request_of(programme: str) -> int | None:
    """The number of the request that a report answers, by the programme it is kept under; `None` for any other."""
    tail = programme.removeprefix(REQUESTED)
    return int(tail) if tail != programme and tail.isascii() and tail.isdigit() and len(tail) < 19 else None


# --- periods --------------------------------------------------------------------------------------


def window_to_report(full: Window, life: Window | None, today: date, who: str, period: Period) -> Window:
    """The days a report drafted today can speak of: the unit's part of the window, up to today.

    NĐ 09/2019/NĐ-CP, art. 12 lets figures be taken to the nearest feasible day when the cut-off cannot be met;
    a report must not claim days that have not come. Raises `NoWindow`.
    """
    if life is None:
        raise NoWindow(
            _("%(who)s không hoạt động vào ngày nào của kỳ %(period)s (%(window)s). Chọn kỳ khác.")
            % {"who": who, "period": period.label, "window": full.label}
        )
    if life.start > today:
        raise NoWindow(
            _("Kỳ %(period)s bắt đầu tính từ %(start)s, chưa tới. Chọn kỳ đã bắt đầu.")
            % {"period": period.label, "start": printed_date(life.start)}
        )
    return Window(life.start, min(life.end, today))


def next_period(period: Period) -> Period:
    """The period the next tasks are for. After nine months comes the last quarter, not the next nine months."""
    if period.kind is Kind.NINE_MONTHS:
        return Period(period.year, Kind.QUARTER, 4)
    return period.next()


def likely_period(on: date, done: Collection[str] = ()) -> Period:
    """The period someone who wants to report on that day most likely means: of those that count already and are not
    reported yet, the one whose last day is nearest."""
    begun = [
        (abs((window.end - on).days), period)
        for year in (on.year - 1, on.year, on.year + 1)
        for period in (Period(year, Kind.HALF, 1), Period(year, Kind.NINE_MONTHS), Period(year, Kind.YEAR))
        if str(period) not in done
        and (window := regimes.get("nd09", on=period.calendar_window().end).window(period)).start <= on
    ]
    return min(begun, key=lambda one: one[0])[1] if begun else Period(on.year, Kind.YEAR)


# --- comparison -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as far as it is known: `value` is `None` when it is not."""

    value: Number | None
    exactness: str = ""
    window_days: int = 0
    comparable: bool = True


def change(now: Known, before: Known, *, is_share: bool, points: str = "điểm %") -> str:
    """'tăng 12,5%', 'giảm 3', 'bằng nhau'; '' when the two cannot be set side by side.

    Only exact figures over windows of about the same length are compared: a unit's first half year says
    nothing against a whole one. Shares differ in `points`, counts in per cent of the earlier one.
    """
    if now.value is None or before.value is None or now.exactness or before.exactness:
        return ""
    if not before.comparable or abs(now.window_days - before.window_days) > 3:
        return ""
    difference = Decimal(str(now.value)) - Decimal(str(before.value))
    if difference == 0:
        return "bằng"
    verb = "tăng" if difference > 0 else "giảm"
    if is_share:
        return f"{verb} {printed_value(abs(difference))} {points}"
    if not before.value:
        return f"{verb} {printed_value(abs(difference))}"
    return f"{verb} {printed_value(abs(difference) * 100 / Decimal(str(before.value)))}%"


def printed_value(value: Number) -> str:
    """'6.694', '98,2', '60,65': the Vietnamese way, with two decimals at most.

    Shares are kept with two decimals; to round them once more would print 12,35 as 12,4 where 12,3457 was meant,
    and 99,96 as 100.
    """
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return printed_number(int(number))
    return printed_number(float(number.quantize(Decimal("0.01"), ROUND_HALF_UP)))


def printed_number_of(number: int, symbol: str) -> str:
    """'01/BC-UBND': below 10 with a zero (NĐ 30/2020/NĐ-CP, Phụ lục I, II.3)."""
    return f"{number:02d}/{symbol}"


def kind_in(symbol: str) -> str:
    """'BC' of 'BC-UBND': the kind of document, for which a register counts by itself (Phụ lục III)."""
    return symbol.partition("-")[0][:10]


# --- the register ---------------------------------------------------------------------------------


def next_number(last_number: int, last_date: date | None, on: date) -> int:
    """The next number of a year's series; numbers and dates rise together (NĐ 30/2020/NĐ-CP, art. 15).

    Raises `CannotIssue` for a date before that of the last number.
    """
    if last_date is not None and on < last_date:
        raise CannotIssue(
            _(
                "Văn bản số %(number)02d đã ghi ngày %(last)s; số tiếp theo không thể ghi ngày %(on)s. "
                "Chọn ngày ban hành từ %(last)s trở đi."
            )
            % {"number": last_number, "last": numeric_date(last_date), "on": numeric_date(on)}
        )
    return last_number + 1


def check_day(on: date, today: date, window_to: date) -> None:
    """A report carries a day that has come, not before the last day it speaks of. Raises `CannotIssue`."""
    if on > today:
        raise CannotIssue(
            _("Ngày ban hành %(on)s chưa tới. Chọn ngày không sau %(today)s.")
            % {"on": numeric_date(on), "today": numeric_date(today)}
        )
    if on < window_to:
        raise CannotIssue(
            _(
                "Báo cáo có số liệu đến %(end)s nên không thể ghi ngày %(on)s. "
                "Chọn ngày ban hành từ %(end)s trở đi."
            )
            % {"end": numeric_date(window_to), "on": numeric_date(on)}
        )


def no_longer_there(who: str, ended_on: date | None, on: date) -> str:
    """Why a unit issues nothing on a day on which it is not in being."""
    if ended_on is None or on < ended_on:
        return _("%(who)s chưa thành lập vào ngày %(on)s. Chọn ngày ban hành khác.") % {
            "who": f"{who[:1].upper()}{who[1:]}",
            "on": numeric_date(on),
        }
    return _(
        "%(who)s đã kết thúc hoạt động từ ngày %(end)s nên không ban hành văn bản ngày %(on)s. "
        "Chọn ngày ban hành trước %(end)s."
    ) % {"who": f"{who[:1].upper()}{who[1:]}", "end": numeric_date(ended_on), "on": numeric_date(on)}
