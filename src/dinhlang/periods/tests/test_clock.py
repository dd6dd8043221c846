"""Due moments of dossiers and feedback: the vectors of the law, pauses, the one apology, and a slow clock beside ours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods import calendar
from dinhlang.periods.clock import (
    USUAL_HOURS,
    VIETNAM,
    Act,
    Appointment,
    BadTerm,
    Elsewhere,
    Event,
    OfficeHours,
    Session,
    Term,
    WrongEvent,
    appointment,
    working_days_used,
)
from dinhlang.periods.clock.events import NEXT
from dinhlang.periods.duration import Duration, DurationUnit
from dinhlang.periods.tests import slow_clock


def term(amount: str, unit: DurationUnit = DurationUnit.WORKING_DAY, cut_off: time | None = None) -> Term:
    return Term(Duration(Decimal(amount), unit), cut_off)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def paused(text: str, reason: str = "chờ bổ sung giấy tờ") -> Event:
    return Event(Act.PAUSED, at(text), reason)


def resumed(text: str) -> Event:
    return Event(Act.RESUMED, at(text))


def begun(text: str) -> Event:
    return Event(Act.BEGUN, at(text))


THE_NEXT_DAY = Elsewhere("Sở Mẫu giải quyết.", "chuyển hôm sau", lambda moment: moment + timedelta(days=1))


def apologised(text: str, new_on: str) -> Event:
    return Event(Act.APOLOGISED, at(text), "chờ xác minh", date.fromisoformat(new_on))


@pytest.mark.parametrize(
    ("received", "working_days", "due"),
    [
        ("2025-12-31", 3, "2026-01-07"),
        ("2026-01-08", 2, "2026-01-10"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-24", 3, "2026-05-04"),
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 5, "2026-09-09"),
        ("2026-11-20", 3, "2026-11-26"),
    ],
)
def test_the_vectors_of_the_law_are_met(received: str, working_days: int, due: str) -> None:
    found = appointment(at(f"{received}T09:00"), term(str(working_days)))
    assert found.due_at == at(f"{due}T17:30+07:00")
    assert not found.provisional


def test_the_days_of_the_notices_are_those_of_the_calendar() -> None:
    day = date(2022, 1, 1)
    while day < date(2027, 1, 1):
        assert calendar.default().is_working(day) is slow_clock.is_working(day), day
        day += timedelta(days=1)


def test_a_pause_is_not_counted_and_says_so() -> None:
    found = appointment(
        at("2026-02-13T14:20"), term("5"), [paused("2026-02-24T10:00"), resumed("2026-03-02T09:00")]
    )
    assert found.due_at == at("2026-03-05T17:30+07:00")
    assert found.first_due_at == at("2026-02-27T17:30+07:00")
    assert found.told == (
        "Nhận lúc 14:20 ngày 13/02/2026.",
        "Thời hạn 5 ngày làm việc; ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147).",
        "Không tính ngày nghỉ 14/02/2026 – 22/02/2026: thứ Bảy, Chủ nhật, nghỉ Tết Nguyên đán.",
        "Tạm dừng từ 10:00 ngày 24/02/2026: chờ bổ sung giấy tờ; còn 3 ngày làm việc.",
        "Tính tiếp từ 09:00 ngày 02/3/2026, với 3 ngày làm việc còn lại; thời gian tạm dừng không tính.",
        "Hẹn trả ngày 05/3/2026.",
    )


def test_after_papers_were_asked_for_the_whole_term_counts_again_and_says_so() -> None:
    asked = Event(Act.PAUSED, at("2026-02-24T10:00"), "thiếu tờ khai", anew=True)
    stands = appointment(at("2026-02-13T14:20"), term("5"), [asked])
    assert (stands.due_at, stands.left) == (None, "5 ngày làm việc")
    found = appointment(at("2026-02-13T14:20"), term("5"), [asked, resumed("2026-03-02T09:00")])
    assert found.due_at == at("2026-03-09T17:30+07:00")
    assert found.first_due_at == at("2026-02-27T17:30+07:00")
    assert found.told[3:] == (
        "Tạm dừng từ 10:00 ngày 24/02/2026: thiếu tờ khai; sau đó tính lại từ đầu cả thời hạn 5 ngày làm việc.",
        "Tính lại từ đầu từ 09:00 ngày 02/3/2026, với cả thời hạn 5 ngày làm việc.",
        "Không tính ngày nghỉ 07/3/2026 – 08/3/2026: thứ Bảy, Chủ nhật.",
        "Hẹn trả ngày 09/3/2026.",
    )
    evening = appointment(
        at("2026-02-13T09:00"), term("5", cut_off=time(15)), [asked, resumed("2026-03-02T16:00")]
    )
    assert evening.due_at == at("2026-03-10T17:30+07:00")
    assert "Việc ấy sau giờ nhận trong ngày nên tính như ngày 03/3/2026." in evening.told


def test_papers_asked_for_after_the_end_or_a_plain_pause_give_no_new_term() -> None:
    late = [Event(Act.PAUSED, at("2026-03-10T08:00"), anew=True), resumed("2026-03-20T08:00")]
    assert appointment(at("2026-03-02T09:00"), term("5"), late).due_at == at("2026-03-09T17:30+07:00")
    both = [
        Event(Act.PAUSED, at("2026-03-03T08:00"), anew=True),
        resumed("2026-03-04T08:00"),
        paused("2026-03-06T08:00"),
        resumed("2026-03-10T08:00"),
    ]
    assert appointment(at("2026-03-02T09:00"), term("5"), both).due_at == at("2026-03-13T17:30+07:00")


def test_a_clock_that_stands_promises_no_day_and_is_not_late() -> None:
    found = appointment(at("2026-03-02T09:00"), term("5"), [paused("2026-03-04T10:00")])
    assert found.due_at is None
    assert found.left == "3 ngày làm việc"
    assert found.told[-1] == "Đang tạm dừng nên chưa có ngày hẹn."
    assert not found.is_late(at("2026-12-01T08:00"))


def test_a_pause_after_the_end_changes_nothing() -> None:
    late = [paused("2026-03-10T08:00"), resumed("2026-03-20T08:00")]
    found = appointment(at("2026-03-02T09:00"), term("5"), late)
    assert found.due_at == at("2026-03-09T17:30+07:00")
    assert found.is_late(at("2026-03-10T08:00"))
    assert any("đã quá hạn" in line for line in found.told)


def test_one_apology_sets_a_new_day_and_says_whether_it_came_in_time() -> None:
    early = appointment(at("2026-03-02T09:00"), term("5"), [apologised("2026-03-06T09:00", "2026-03-12")])
    assert early.due_at == at("2026-03-12T17:30+07:00")
    assert early.apologised_in_time
    late = appointment(at("2026-03-02T09:00"), term("5"), [apologised("2026-03-09T09:00", "2026-03-12")])
    assert late.apologised_in_time is False
    assert any("gửi muộn" in line for line in late.told)


def test_a_pause_after_an_apology_moves_the_new_day() -> None:
    events = [
        apologised("2026-03-06T09:00", "2026-03-12"),
        paused("2026-03-10T09:00"),
        resumed("2026-03-16T09:00"),
    ]
    assert appointment(at("2026-03-02T09:00"), term("5"), events).due_at == at("2026-03-18T17:30+07:00")


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        ([resumed("2026-03-03T09:00")], "đang chạy"),
        ([paused("2026-03-03T09:00"), paused("2026-03-03T10:00")], "tạm dừng rồi"),
        ([paused("2026-03-03T09:00"), apologised("2026-03-04T09:00", "2026-03-12")], "chưa có ngày hẹn"),
        (
            [apologised("2026-03-04T09:00", "2026-03-12"), apologised("2026-03-05T09:00", "2026-03-13")],
            "một lần",
        ),
        ([apologised("2026-03-04T09:00", "2026-03-09")], "phải sau ngày đã hẹn"),
        ([apologised("2026-03-04T09:00", "2026-03-14")], "là ngày nghỉ"),
        ([Event(Act.APOLOGISED, at("2026-03-04T09:00"))], "ngày hẹn trả mới"),
        ([paused("2026-03-01T09:00")], "xảy ra trước"),
        ([paused("2026-03-03T09:00"), begun("2026-03-04T09:00")], "đang tạm dừng"),
    ],
)
def test_what_cannot_come_is_refused_with_the_reason(events: list[Event], reason: str) -> None:
    with pytest.raises(WrongEvent, match=reason):
        appointment(at("2026-03-02T09:00"), term("5"), events)


def test_the_term_of_what_another_office_decides_runs_from_when_it_has_it_and_says_so() -> None:
    received, five = at("2026-08-10T16:00"), term("5")
    waits = appointment(received, five, elsewhere=THE_NEXT_DAY)
    assert (waits.due_at, waits.is_expected) == (at("2026-08-18T17:30+07:00"), True)
    assert waits.told == (
        "Nhận lúc 16:00 ngày 10/8/2026.",
        "Sở Mẫu giải quyết.",
        "Chưa ghi lúc nơi giải quyết nhận hồ sơ: ngày hẹn là dự kiến, tính như nơi ấy nhận lúc 16:00 ngày 11/8/2026 (chuyển hôm sau).",
        "Thời hạn 5 ngày làm việc; ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147).",
        "Không tính ngày nghỉ 15/8/2026 – 16/8/2026: thứ Bảy, Chủ nhật.",
        "Hẹn trả ngày 18/8/2026.",
    )
    there = appointment(received, five, [begun("2026-08-13T08:10")], elsewhere=THE_NEXT_DAY)
    assert (there.due_at, there.is_expected) == (at("2026-08-20T17:30+07:00"), False)
    assert there.first_due_at == waits.due_at
    assert there.told == (
        "Nhận lúc 16:00 ngày 10/8/2026.",
        "Sở Mẫu giải quyết.",
        "Nơi giải quyết nhận hồ sơ lúc 08:10 ngày 13/8/2026; thời hạn tính từ lúc ấy.",
        "Thời hạn 5 ngày làm việc; ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147).",
        "Không tính ngày nghỉ 15/8/2026 – 16/8/2026: thứ Bảy, Chủ nhật.",
        "Hẹn trả ngày 20/8/2026.",
    )


def test_a_day_promised_before_another_office_had_it_stands_where_it_is_later() -> None:
    sorry = apologised("2026-08-12T09:00", "2026-09-03")
    found = appointment(
        at("2026-08-10T09:00"), term("5"), [sorry, begun("2026-08-13T08:10")], elsewhere=THE_NEXT_DAY
    )
    assert found.due_at == at("2026-09-03T17:30+07:00")
    assert "Thời hạn ấy hết trước ngày đã hẹn lại 03/9/2026 nên giữ ngày đã hẹn lại." in found.told
    late = appointment(
        at("2026-08-10T09:00"), term("5"), [sorry, begun("2026-09-03T08:10")], elsewhere=THE_NEXT_DAY
    )
    assert late.due_at == at("2026-09-10T17:30+07:00")


def test_a_day_promised_by_an_apology_stands_where_a_term_counted_anew_ends_before_it() -> None:
    sorry = apologised("2026-03-06T09:00", "2026-03-31")
    asked = Event(Act.PAUSED, at("2026-03-10T09:00"), "thiếu tờ khai", anew=True)
    stands = appointment(at("2026-03-02T09:00"), term("5"), [sorry, asked])
    assert stands.told[-2] == (
        "Tạm dừng từ 09:00 ngày 10/3/2026: thiếu tờ khai; sau đó tính lại từ đầu cả thời hạn 5 ngày làm việc, "
        "nếu hết trước 31/3/2026 thì giữ ngày đã hẹn lại ấy."
    )
    soon = [sorry, asked, resumed("2026-03-12T09:00")]
    kept = appointment(at("2026-03-02T09:00"), term("5"), soon)
    assert kept.due_at == at("2026-03-31T17:30+07:00")
    assert "Thời hạn ấy hết trước ngày đã hẹn lại 31/3/2026 nên giữ ngày đã hẹn lại." in kept.told
    # A pause after that moves the day as it moves the one of an apology.
    moved = [*soon, paused("2026-03-16T09:00"), resumed("2026-03-18T09:00")]
    assert appointment(at("2026-03-02T09:00"), term("5"), moved).due_at == at("2026-04-02T17:30+07:00")
    late = appointment(at("2026-03-02T09:00"), term("5"), [sorry, asked, resumed("2026-03-27T09:00")])
    assert late.due_at == at("2026-04-03T17:30+07:00")
    assert not any("giữ ngày đã hẹn lại." in line for line in late.told)


def test_only_the_day_of_an_apology_is_told_as_one_that_stands() -> None:
    events = [
        apologised("2026-03-06T09:00", "2026-03-12"),
        Event(Act.PAUSED, at("2026-03-10T09:00"), anew=True),
        resumed("2026-03-11T09:00"),
    ]
    assert appointment(at("2026-03-02T09:00"), term("5"), events).due_at == at("2026-03-18T17:30+07:00")

    def asked_again(text: str) -> str:
        again = Event(Act.PAUSED, at(text), anew=True)
        return appointment(at("2026-03-02T09:00"), term("5"), [*events, again]).told[-2]

    assert asked_again("2026-03-11T10:00").endswith("nếu hết trước 12/3/2026 thì giữ ngày đã hẹn lại ấy.")
    # That day has passed: nothing that begins now can end before it.
    assert asked_again("2026-03-16T10:00").endswith("cả thời hạn 5 ngày làm việc.")


def test_what_waits_for_another_office_is_explained_from_its_last_start() -> None:
    received, five = at("2026-08-10T09:00"), term("5")
    asked = Event(Act.PAUSED, at("2026-08-12T09:00"), "thiếu tờ khai", anew=True)
    stands = appointment(received, five, [asked], elsewhere=THE_NEXT_DAY)
    assert stands.told == (
        "Nhận lúc 09:00 ngày 10/8/2026.",
        "Sở Mẫu giải quyết.",
        "Tạm dừng từ 09:00 ngày 12/8/2026: thiếu tờ khai; thời hạn 5 ngày làm việc còn nguyên, tính từ lúc nơi giải quyết nhận hồ sơ.",
        "Đang tạm dừng nên chưa có ngày hẹn.",
    )
    came = [asked, resumed("2026-08-13T16:00")]
    waits = appointment(received, five, came, elsewhere=THE_NEXT_DAY)
    assert waits.told == (
        *stands.told[:3],
        "Hết tạm dừng lúc 16:00 ngày 13/8/2026; thời hạn tính từ lúc nơi giải quyết nhận hồ sơ.",
        "Chưa ghi lúc nơi giải quyết nhận hồ sơ: ngày hẹn là dự kiến, tính như nơi ấy nhận lúc 16:00 ngày 14/8/2026 (chuyển hôm sau).",
        "Thời hạn 5 ngày làm việc; ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147).",
        "Không tính ngày nghỉ 15/8/2026 – 16/8/2026: thứ Bảy, Chủ nhật.",
        "Hẹn trả ngày 21/8/2026.",
    )
    there = appointment(received, five, [*came, begun("2026-08-14T08:00")], elsewhere=THE_NEXT_DAY)
    assert not any("Chưa ghi" in line or "Tính lại từ đầu" in line for line in there.told)


def test_a_day_that_is_only_expected_is_not_over_but_that_of_an_apology_is() -> None:
    received, five = at("2026-08-10T09:00"), term("5")

    def elsewhere(*events: Event) -> Appointment:
        return appointment(received, five, events, elsewhere=THE_NEXT_DAY)

    asked = Event(Act.PAUSED, at("2026-08-26T09:00"), anew=True)
    assert elsewhere().due_at == at("2026-08-18T17:30+07:00")
    assert elsewhere(asked).due_at is None
    came = elsewhere(asked, resumed("2026-08-27T09:00"))
    assert came.due_at == appointment(at("2026-08-28T09:00"), five).due_at
    sorry = apologised("2026-08-13T09:00", "2026-08-24")
    promised = elsewhere(sorry)
    assert "Chưa ghi lúc nơi giải quyết nhận hồ sơ nên ngày hẹn còn là dự kiến." in promised.told
    passed = elsewhere(sorry, asked)
    assert passed.due_at == promised.due_at == at("2026-08-24T17:30+07:00")
    # It stays until that office has it; no longer is said.
    assert any("ngày hẹn giữ nguyên đến khi nơi giải quyết nhận hồ sơ" in line for line in passed.told)
    assert not any("không đổi" in line for line in passed.told)


def test_an_expected_day_later_than_that_of_an_apology_promises_nothing() -> None:
    events = [
        apologised("2026-08-12T09:00", "2026-08-20"),
        Event(Act.PAUSED, at("2026-08-13T09:00"), anew=True),
        resumed("2026-08-19T09:00"),
    ]
    received, five = at("2026-08-10T09:00"), term("5")
    waits = appointment(received, five, events, elsewhere=THE_NEXT_DAY)
    assert waits.due_at == appointment(at("2026-08-20T09:00"), five).due_at
    there = appointment(received, five, [*events, begun("2026-08-19T10:00")], elsewhere=THE_NEXT_DAY)
    assert there.due_at == appointment(at("2026-08-19T10:00"), five).due_at
    assert not any("nên giữ ngày đã hẹn lại" in line for line in there.told)


def test_every_standing_of_the_clock_has_its_row() -> None:
    assert NEXT.keys() == {(runs, again) for runs in (True, False) for again in (True, False)}


@pytest.mark.parametrize(
    ("received", "length", "due"),
    [
        ("2026-03-02T14:59", term("0", DurationUnit.DAY, time(15)), "2026-03-02T17:30"),
        ("2026-03-02T15:01", term("0", DurationUnit.DAY, time(15)), "2026-03-03T17:30"),
        ("2026-03-02T20:00", term("0", DurationUnit.DAY), "2026-03-03T17:30"),
        ("2026-02-14T09:00", term("0", DurationUnit.DAY), "2026-02-23T17:30"),
        ("2026-01-09T16:00", term("1", cut_off=time(15)), "2026-01-12T17:30"),
        ("2026-03-02T16:30", term("8", DurationUnit.WORKING_HOUR), "2026-03-03T16:30"),
        ("2026-03-06T20:00", term("8", DurationUnit.WORKING_HOUR), "2026-03-09T17:30"),
        ("2026-03-02T09:00", term("0.5"), "2026-03-02T15:00"),
        ("2026-03-06T09:00", term("24", DurationUnit.HOUR), "2026-03-09T17:30"),
        ("2026-01-31T09:00", term("1", DurationUnit.MONTH), "2026-03-02T17:30"),
        ("2026-02-10T09:00", term("7", DurationUnit.DAY), "2026-02-23T17:30"),
        ("2025-02-28T09:00", term("1", DurationUnit.YEAR), "2026-03-02T17:30"),
    ],
)
def test_each_unit_is_counted_its_own_way(received: str, length: Term, due: str) -> None:
    assert appointment(at(received), length).due_at == at(f"{due}+07:00")


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    here = appointment(at("2026-03-02T23:00+07:00"), term("1"))
    there = appointment(datetime(2026, 3, 2, 16, tzinfo=UTC), term("1"))
    assert here == there


def test_a_day_off_at_the_end_is_told_with_the_article() -> None:
    told = appointment(at("2026-02-10T09:00"), term("7", DurationUnit.DAY)).told
    assert (
        "Ngày 17/02/2026 là ngày nghỉ (nghỉ Tết Nguyên đán) nên lùi đến 23/02/2026 (Bộ luật Dân sự 2015, Điều 148)."
        in told
    )


def test_a_year_without_a_notice_is_provisional() -> None:
    found = appointment(at("2027-01-29T09:00"), term("5"))
    assert found.provisional
    assert found.told[-1].startswith("Ngày này tạm tính")


def test_terms_that_cannot_be_counted_are_refused() -> None:
    with pytest.raises(BadTerm, match="không đếm được"):
        term("1.5", DurationUnit.MONTH)
    with pytest.raises(BadTerm, match="mười năm"):
        term("9999")


def test_office_hours_must_be_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        OfficeHours((Session(time(13), time(17)), Session(time(7), time(11))))
    assert USUAL_HOURS.day_length == timedelta(hours=8)


def test_working_days_used_leave_pauses_out() -> None:
    events = [
        paused("2026-02-24T10:00"),
        resumed("2026-03-02T09:00"),
        apologised("2026-03-03T09:00", "2026-03-10"),
    ]
    assert working_days_used(at("2026-02-13T14:20"), at("2026-03-05T10:00"), events) == 5
    assert working_days_used(at("2026-02-13T14:20"), at("2026-02-25T10:00"), events) == 2


def test_random_cases_equal_the_slow_clock() -> None:
    dice = Random(8)  # noqa: S311 - a drill, not a secret
    for number in range(300):
        case = slow_clock.random_case(dice)
        assert appointment(*case).due_at == slow_clock.due(*case), (number, case)


MINUTES = st.integers(0, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))


MOMENTS = st.integers(0, 60 * 24 * 1600).map(
    lambda minutes: datetime(2022, 1, 3, tzinfo=VIETNAM) + timedelta(minutes=minutes)
)


@given(MOMENTS, st.integers(0, 30), MINUTES, MINUTES)
def test_a_pause_never_makes_it_due_earlier(
    received: datetime, working_days: int, wait: timedelta, stands: timedelta
) -> None:
    stop = received + wait
    plain = appointment(received, term(str(working_days)))
    events = [Event(Act.PAUSED, stop), Event(Act.RESUMED, stop + stands)]
    found = appointment(received, term(str(working_days)), events)
    assert found.due_at is not None
    assert plain.due_at is not None
    assert found.due_at >= plain.due_at
    within_a_day = stop.date() == (stop + stands).date() and (stop + stands).time() <= USUAL_HOURS.closes
    if within_a_day or stop > plain.due_at:
        assert found.due_at == plain.due_at


@given(st.randoms(use_true_random=False), MINUTES)
def test_a_term_counted_anew_is_that_of_a_receipt_at_that_moment(dice: Random, stands: timedelta) -> None:
    received, length, _ = slow_clock.random_case(dice)
    plain = appointment(received, length)
    assert plain.due_at is not None
    stop = received + dice.random() * (plain.due_at - received)
    events = [Event(Act.PAUSED, stop, anew=True), Event(Act.RESUMED, stop + stands)]
    found = appointment(received, length, events)
    assert found.due_at == appointment(stop + stands, length).due_at
    assert found.first_due_at == plain.due_at


@given(st.randoms(use_true_random=False), MINUTES)
def test_what_another_office_decides_is_due_as_if_it_had_come_there_first(
    dice: Random, wait: timedelta
) -> None:
    received, length, _ = slow_clock.random_case(dice)
    begun_at = received + wait
    there, began = appointment(begun_at, length), Event(Act.BEGUN, begun_at)

    def elsewhere(*events: Event) -> Appointment:
        return appointment(received, length, events, elsewhere=THE_NEXT_DAY)

    waits = elsewhere()
    assert waits.due_at == appointment(received + timedelta(days=1), length).due_at
    found = elsewhere(began)
    assert (found.due_at, found.first_due_at) == (there.due_at, waits.due_at)
    # What stopped it before leaves the term whole; what comes after is counted as there.
    stop = received + dice.random() * wait
    before = [Event(Act.PAUSED, stop), Event(Act.RESUMED, stop + dice.random() * (begun_at - stop))]
    after = [Event(Act.PAUSED, begun_at + wait), Event(Act.RESUMED, begun_at + wait + wait)]
    assert elsewhere(*before, began).due_at == there.due_at
    assert elsewhere(began, *after).due_at == appointment(begun_at, length, after).due_at


@given(st.randoms(use_true_random=False), MINUTES)
def test_papers_asked_for_never_bring_the_day_of_an_apology_nearer(dice: Random, stands: timedelta) -> None:
    received, length, _ = slow_clock.random_case(dice)
    promised = appointment(received, length).due_at
    assert promised is not None
    sorry_at = received + dice.random() * (promised - received)
    new_on = calendar.default().next_working(promised.date() + timedelta(days=1 + dice.randrange(20)))
    sorry = Event(Act.APOLOGISED, sorry_at, "chờ xác minh", new_on)
    again = appointment(received, length, [sorry])
    assert again.due_at is not None
    stop = sorry_at + dice.random() * (again.due_at - sorry_at)
    back = stop + stands
    asked = [sorry, Event(Act.PAUSED, stop, anew=True), Event(Act.RESUMED, back)]
    anew = appointment(back, length).due_at
    assert anew is not None
    assert appointment(received, length, asked).due_at == max(again.due_at, anew)
