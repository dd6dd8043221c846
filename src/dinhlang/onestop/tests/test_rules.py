"""The tables, the journey, codes and terms: plain values, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.onestop.rules import clock, codes, intake, journey, regimes, states, terms
from dinhlang.onestop.rules.clock import TermGiven, Timing
from dinhlang.onestop.rules.intake import Applicant, Given
from dinhlang.onestop.rules.journey import Standing, Step
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import BUSINESS, DELIVERIES, FEES, Deed, Delivery, Fee, State
from dinhlang.onestop.rules.told import Told
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.moves import WrongMove
from dinhlang.periods.clock import VIETNAM
from dinhlang.periods.duration import DurationUnit
from dinhlang.procedures.rules import Channel, Method, Sheet

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=VIETNAM)
FIVE_DAYS = TermGiven(Decimal(5), DurationUnit.WORKING_DAY, "05 ngày làm việc")


def steps(*deeds: Deed | tuple[Deed, dict]) -> list[Step]:
    found = []
    for number, one in enumerate(deeds, 1):
        deed, more = one if isinstance(one, tuple) else (one, {})
        found.append(
            replace(Step(number, deed, NINE + timedelta(hours=number)), **more)  # type: ignore[arg-type]
        )
    return found


class TestTables:
    def test_every_state_stands_in_its_table(self) -> None:
        assert BUSINESS.keys() == set(State)
        assert FEES.keys() == set(Fee)
        assert DELIVERIES.keys() == set(Delivery)

    def test_what_has_ended_goes_nowhere(self) -> None:
        assert states.ENDED
        assert all(not BUSINESS[state] for state in states.ENDED)

    def test_a_result_is_returned_whatever_the_fee_and_the_clock_say(self) -> None:
        assert all(Deed.GIVE in states.possible(State.RESOLVED, fee, Delivery.READY) for fee in Fee)

    def test_solved_and_returned_are_two_things_for_the_national_exchange(self) -> None:
        assert states.national_state(State.RESOLVED, Fee.PAID, Delivery.READY) == 9
        assert states.national_state(State.RESOLVED, Fee.PAID, Delivery.GIVEN) == 10
        assert states.national_state(State.RECEIVED, Fee.DUE, Delivery.NOTHING) == 6

    def test_every_state_has_a_number_there_but_what_was_cancelled(self) -> None:
        without = [one for one in State if states.national_state(one, Fee.FREE, Delivery.NOTHING) is None]
        assert without == [State.CANCELLED]

    def test_the_tables_are_printed_whole(self) -> None:
        moves = sum(len(one) or 1 for table in (BUSINESS, FEES, DELIVERIES) for one in table.values())
        assert sum(line.startswith("| ") for line in states.printed_tables()) == moves + 3


class TestJourney:
    def test_a_dossier_goes_from_receipt_to_return(self) -> None:
        found = journey.standing(steps(Deed.RECEIVE, Deed.HAND_OVER, Deed.RESOLVE, Deed.GIVE))
        assert (found.state, found.delivery) == (State.RESOLVED, Delivery.GIVEN)
        assert found.ended_at == found.resolved_at

    def test_nothing_is_returned_before_there_is_something(self) -> None:
        with pytest.raises(WrongMove):
            journey.standing(steps(Deed.RECEIVE, Deed.GIVE))

    def test_papers_asked_for_before_receipt_do_not_touch_the_clock(self) -> None:
        found = journey.standing(steps(Deed.PRESENT, Deed.ASK_PAPERS, Deed.TAKE_PAPERS, Deed.RECEIVE))
        assert found.events == ()
        assert (found.asked_before, found.asked_after) == (1, 0)

    def test_a_result_that_comes_while_the_clock_stands_lets_it_go_on(self) -> None:
        found = journey.standing(steps(Deed.RECEIVE, Deed.PAUSE, Deed.RESOLVE))
        due = clock.due(found, FIVE_DAYS)
        assert due is not None
        assert due.due_at is not None

    def test_papers_that_a_file_says_are_awaited_let_the_term_begin_anew(self) -> None:
        def told(number: int, state: State) -> Step:
            said = Told(state, Delivery.NOTHING, NINE, NINE.date())
            return Step(number, Deed.IMPORT, NINE + timedelta(days=number), told=said)

        for stood, anew in ((State.SUPPLEMENT, True), (State.PAUSED, False)):
            found = journey.standing([*steps(Deed.RECEIVE), told(2, stood), told(3, State.IN_HAND)])
            assert [one.anew for one in found.events] == [anew, False]

    def test_reasons_on_lines_of_their_own_are_told_in_one_sentence(self) -> None:
        papers = "Thiếu bản chính.\n\nTờ khai chưa ghi nơi sinh"
        found = journey.standing(steps(Deed.RECEIVE, (Deed.ASK_PAPERS, {"why": papers})))
        assert found.events[-1].reason == "Thiếu bản chính; Tờ khai chưa ghi nơi sinh"

    def test_a_receipt_that_is_taken_back_is_cancelled_for_good(self) -> None:
        row = steps(Deed.RECEIVE, (Deed.REVERSE, {"reverses": 1}))
        found = journey.standing(row)
        assert (found.state, found.received_at) == (State.CANCELLED, row[0].at)
        assert not BUSINESS[found.state]

    def test_only_the_last_step_that_counts_is_taken_back(self) -> None:
        row = steps(Deed.RECEIVE, Deed.HAND_OVER, Deed.CORRECT)
        with pytest.raises(journey.CannotReverse):
            journey.check_reversible(row, 1)
        assert journey.check_reversible(row, 2).deed is Deed.HAND_OVER

    @given(st.lists(st.sampled_from([one for one in Deed if one is not Deed.REVERSE]), max_size=12))
    def test_a_step_taken_back_leaves_what_was_before_it(self, wanted: list[Deed]) -> None:
        done: list[Step] = steps(Deed.RECEIVE)
        for deed in wanted:
            new = Step(
                len(done) + 1,
                deed,
                NINE + timedelta(hours=len(done) + 1),
                amount=1000 if deed is Deed.SET_FEE else None,
                new_on=date(2026, 4, 1),
            )
            before = journey.standing(done)
            try:
                journey.standing([*done, new])
            except WrongMove:
                continue
            back = Step(len(done) + 2, Deed.REVERSE, new.at, reverses=new.number)
            assert journey.standing([*done, new, back]) == before
            done.append(new)

    @given(st.lists(st.sampled_from(list(Deed)), max_size=10))
    def test_what_can_be_done_is_what_the_fold_takes(self, wanted: list[Deed]) -> None:
        done = steps(Deed.RECEIVE)
        for deed in wanted:
            now = journey.standing(done)
            takes = deed in states.possible(now.state, now.fee, now.delivery)
            new = Step(
                len(done) + 1, deed, NINE + timedelta(hours=len(done)), amount=5, new_on=date(2026, 4, 1)
            )
            if deed in (Deed.PRESENT, Deed.CORRECT, Deed.REVERSE):
                continue
            try:
                journey.standing([*done, new])
            except WrongMove:
                assert not takes
            else:
                assert takes
                done.append(new)


class TestDue:
    @pytest.mark.parametrize(
        ("received", "days", "due"),
        [
            (date(2025, 12, 31), 3, date(2026, 1, 7)),
            (date(2026, 1, 8), 2, date(2026, 1, 10)),
            (date(2026, 2, 13), 5, date(2026, 2, 27)),
            (date(2026, 4, 24), 3, date(2026, 5, 4)),
            (date(2026, 8, 21), 1, date(2026, 8, 22)),
            (date(2026, 8, 28), 5, date(2026, 9, 9)),
            (date(2026, 11, 20), 3, date(2026, 11, 26)),
        ],
    )
    def test_the_days_of_2026_are_counted_as_the_notices_have_them(
        self, received: date, days: int, due: date
    ) -> None:
        found = Standing(received_at=datetime.combine(received, time(9), VIETNAM))
        counted = clock.due(found, TermGiven(Decimal(days), DurationUnit.WORKING_DAY))
        assert counted is not None
        assert counted.due_at is not None
        assert counted.due_at.date() == due

    def test_within_the_day_or_the_next_when_it_came_after_three(self) -> None:
        said = terms.read_term(
            "Ngay trong ngày tiếp nhận; trường hợp nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo"
        )
        assert said is not None
        assert said.cut_off == time(15)
        for hour, day in ((14, 2), (16, 3)):
            found = Standing(received_at=datetime(2026, 3, 2, hour, tzinfo=VIETNAM))
            counted = clock.due(found, said)
            assert counted is not None
            assert counted.due_at is not None
            assert counted.due_at.day == day

    @pytest.mark.parametrize(
        "words", ["Theo quy định của pháp luật", "5 - 7 ngày", "", "03 ngày; có xác minh thì 08 ngày"]
    )
    def test_words_that_name_no_single_length_are_left_to_a_person(self, words: str) -> None:
        assert terms.read_term(words) is None

    def test_the_way_of_handing_in_chooses_the_time_and_the_fee(self) -> None:
        sheet = Sheet(
            "Chứng thực bản sao",
            methods=(
                Method(Channel.ONLINE_FULL, "Trực tuyến", "01 ngày làm việc", fee="Miễn phí"),
                Method(Channel.COUNTER, "Trực tiếp", "02 ngày làm việc", fee="8.000 đồng"),
            ),
        )
        counter, online, post = (terms.said_for(sheet, one) for one in ("counter", "online", "post"))
        assert (counter.words, counter.fee) == ("02 ngày làm việc", 8000)
        assert (online.words, online.fee) == ("01 ngày làm việc", 0)
        assert post.words == "02 ngày làm việc"

    @pytest.mark.parametrize(
        ("resolved", "timing"),
        [
            (datetime(2026, 3, 8, 23, tzinfo=VIETNAM), Timing.EARLY),
            (datetime(2026, 3, 9, 8, tzinfo=VIETNAM), Timing.ON_THE_DAY),
            (datetime(2026, 3, 9, 17, 30, tzinfo=VIETNAM), Timing.ON_THE_DAY),
            # One moment told in another zone is the same moment.
            (datetime(2026, 3, 9, 10, 30, 1, tzinfo=UTC), Timing.LATE),
        ],
    )
    def test_a_solved_dossier_is_early_on_the_day_or_late(self, resolved: datetime, timing: Timing) -> None:
        due = datetime(2026, 3, 9, 17, 30, tzinfo=VIETNAM)
        found = clock.timing(
            state=State.RESOLVED, due_at=due, resolved_at=resolved, at=resolved, soon=timedelta(days=2)
        )
        assert found is timing

    def test_an_open_dossier_is_in_time_near_its_day_overdue_or_stands(self) -> None:
        due = datetime(2026, 3, 9, 17, 30, tzinfo=VIETNAM)
        told = [
            clock.timing(state=state, due_at=when, resolved_at=None, at=at, soon=timedelta(days=2))
            for state, when, at in (
                (State.RECEIVED, due, NINE),
                (State.IN_HAND, due, due - timedelta(days=1)),
                (State.IN_HAND, due, due + timedelta(seconds=1)),
                (State.PAUSED, None, due),
                (State.WITHDRAWN, due, due),
            )
        ]
        assert told == [Timing.IN_TIME, Timing.SOON, Timing.OVERDUE, Timing.STANDS, Timing.NONE]


class TestCodes:
    def test_both_orders_of_one_office_have_one_key(self) -> None:
        up, down = codes.read("000.12.34.H23-240115-0007"), codes.read("h23.34.12-240115-0007")
        assert up.key == down.key
        assert str(up) == "000.12.34.H23-240115-0007"

    def test_a_code_is_read_as_people_copy_it(self) -> None:
        read = codes.read(" H15.50.05.13 – 261008 – 0975 ")
        assert (read.agency, read.day, read.number) == ("H15.50.05.13", date(2026, 10, 8), "0975")

    def test_numbers_of_ministries_are_longer(self) -> None:
        assert codes.read("G09.12-261008-0000975").number == "0000975"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "H15",
            "H15-2610-0975",
            "H15-261301-0975",
            "H15.50-261008-975",
            "12.34.H23-240115-0007",
            "H15-261008-0975" * 9,
        ],
    )
    def test_what_is_no_code_is_refused_with_a_sentence(self, text: str) -> None:
        with pytest.raises(codes.BadCode, match=r"[Mm]ã"):
            codes.read(text)

    def test_the_number_of_a_day_follows_the_greatest(self) -> None:
        assert codes.next_number([]) == "0001"
        assert codes.next_number(["0007", "0003"]) == "0008"
        with pytest.raises(codes.BadCode):
            codes.next_number(["9999"])

    @given(
        st.from_regex(r"[A-Z]\d{2}(\.[1-9]\d){0,4}", fullmatch=True),
        st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        st.from_regex(r"\d{4,7}", fullmatch=True),
    )
    def test_what_is_written_is_read_back(self, agency: str, day: date, number: str) -> None:
        code = codes.Code(agency, day, number)
        assert codes.read(str(code).lower()) == code


class TestIntake:
    def test_what_was_typed_is_tidied(self) -> None:
        found = intake.fit(
            Given(
                Applicant("  Nguyễn  Văn Ví Dụ ", phone="+84 912 345 678"),
                1,
                papers=["Tờ khai", "", "Tờ khai"],
            )
        )
        assert found.applicant == Applicant("Nguyễn Văn Ví Dụ", phone="0912345678")
        assert found.papers == ("Tờ khai",)

    @pytest.mark.parametrize(
        ("applicant", "field"),
        [
            (Applicant(""), "applicant"),
            (Applicant("A" * 300), "applicant"),
            (Applicant("Trần Thị Mẫu 012345678901"), "applicant"),
            (Applicant("Trần Thị Mẫu", address="CCCD 012 345 678 901"), "address"),
            (Applicant("Trần Thị Mẫu", phone="12"), "phone"),
            (Applicant("Trần Thị Mẫu", email="khong-co"), "email"),
        ],
    )
    def test_what_cannot_be_taken_says_which_field(self, applicant: Applicant, field: str) -> None:
        with pytest.raises(Unfit) as refused:
            intake.fit(Given(applicant, 1))
        assert refused.value.field == field

    def test_a_house_number_is_no_identity_number(self) -> None:
        intake.check_no_identity_number("Số 12, ngõ 345, thôn 6", "address")


class TestRegimes:
    def test_the_numbers_of_forms_moved_in_september_2025(self) -> None:
        before, after = regimes.forms_on(date(2025, 9, 14)), regimes.forms_on(date(2025, 9, 15))
        assert (before.number(Slip.CONTROL), after.number(Slip.CONTROL)) == ("05", "06")
        assert (before.number(Slip.STOP), after.number(Slip.STOP)) == ("", "05")
        assert "03/2025" in after.basis


def test_the_documentation_has_the_tables_as_they_are() -> None:
    page = Path(__file__).parents[4] / "docs" / "onestop.md"
    with translation.override("vi"):
        assert page.read_text("utf-8").rstrip().endswith("\n".join(states.printed_tables()).rstrip())
