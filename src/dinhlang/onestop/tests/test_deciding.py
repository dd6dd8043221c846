"""What another office decides: whose term it is, from when it runs, what the register, the receipt and the page say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dinhlang.onestop import actions, looking_up, queries, slips
from dinhlang.onestop.actions.moving import counted_due
from dinhlang.onestop.models import CountedDay, Dossier
from dinhlang.onestop.rules import clock, deciding, journey, regimes, supplements
from dinhlang.onestop.rules.intake import Offices
from dinhlang.onestop.rules.journey import Step
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Deed
from dinhlang.onestop.tests.counters import Counter
from dinhlang.onestop.tests.test_slips import words
from dinhlang.periods import calendar
from dinhlang.periods.clock import USUAL_HOURS, VIETNAM
from dinhlang.periods.duration import DurationUnit

THERE = "Sở Mẫu tỉnh Ví Dụ"


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 8, day, hour, minute, tzinfo=VIETNAM)


class TestRules:
    @pytest.mark.parametrize(
        ("office", "is_here"),
        [
            ("Ủy ban nhân dân xã Bến Trúc", True),
            ("Chủ tịch UBND xã Bến Trúc, tỉnh Ví Dụ", True),
            ("UBND xã", True),
            ("Phòng Văn hóa - Xã hội", True),
            ("Phòng Kinh tế xã Bến Trúc", True),
            ("Văn phòng HĐND và UBND", True),
            ("Phòng Chuyển đổi số", True),
            ("Công an xã Bến Trúc", True),
            ("Phòng Kinh tế, Hạ tầng và Đô thị xã Bến Trúc", True),
            ("Phòng Kinh tế xã", True),
            ("Công an xã", True),
            ("Trạm Y tế xã", True),
            ("Ban Chỉ huy Quân sự xã", True),
            ("Bộ phận Tư pháp - Hộ tịch", True),
            ("Ủy ban nhân dân cấp xã", True),
            ("Trung tâm Phục vụ hành chính công xã", True),
            ("cong an xa ben truc tinh vi du", True),
            ("Công an xã Bến Trúc, bộ phận cư trú", True),
            ("UBND xã Bến Trúc - tỉnh Ví Dụ", True),
            ("UBND cấp xã nơi cư trú", True),
            ("Công an xã sở tại", True),
            ("UBND xã Bến Trúc Thượng", False),
            ("Bộ Tư pháp", False),
            ("Thuế cơ sở 3", False),
            ("Công an tỉnh Ví Dụ", False),
            ("Trạm Y tế phường Mẫu", False),
            ("Ủy ban nhân dân xã Phú Bến Trúc", False),
            ("Ủy ban nhân dân phường Mẫu", False),
            ("Phòng Kinh tế phường Mẫu", False),
            ("Phòng Đăng ký kinh doanh, Sở Tài chính", False),
            ("Chi nhánh Văn phòng đăng ký đất đai Mẫu", False),
            (THERE, False),
        ],
    )
    def test_an_office_is_of_the_place_by_its_name(self, office: str, is_here: bool) -> None:
        assert deciding.is_of_the_place(office, "xã Bến Trúc") is is_here

    @pytest.mark.parametrize(
        ("at", "by"),
        [
            (on(10, 9), on(10, 9)),
            (on(10, 15), on(10, 15)),
            (on(10, 15, 1), on(11, 7, 30)),
            (on(14, 16), on(17, 7, 30)),
            (on(15, 9), on(17, 7, 30)),
        ],
    )
    def test_it_is_handed_on_the_same_day_or_at_the_beginning_of_the_next(
        self, at: datetime, by: datetime
    ) -> None:
        until = regimes.limits_on(at.date()).handed_on_until
        assert until == time(15)
        assert deciding.handed_on(at, until, USUAL_HOURS, calendar.default()) == by

    @pytest.mark.parametrize(
        ("received", "handed", "online", "due"),
        [
            (on(10, 9), None, False, on(17, 17, 30)),
            (on(10, 16), None, False, on(18, 17, 30)),
            (on(10, 16), None, True, on(17, 17, 30)),
            (on(10, 16), on(10, 16, 30), False, on(17, 17, 30)),
            (on(10, 9), on(13, 8), False, on(20, 17, 30)),
            # Received before the decree was in force: from the counter, whenever it was handed on.
            (on(4, 16), on(13, 8), False, on(11, 17, 30)),
        ],
    )
    def test_the_day_counts_from_when_that_office_has_it(
        self, received: datetime, handed: datetime | None, online: bool, due: datetime
    ) -> None:
        is_new = regimes.limits_on(received.date()).handed_on_until is not None
        steps = [Step(1, Deed.RECEIVE, received, decided_by=THERE if is_new else "")]
        if handed is not None:
            steps.append(Step(2, Deed.HAND_OVER, handed, to=THERE))
        found = journey.standing(steps)
        counted = clock.due(found, clock.TermGiven(Decimal(5), DurationUnit.WORKING_DAY), is_online=online)
        assert counted is not None
        assert (counted.due_at, counted.is_expected) == (due, is_new and handed is None)

    def test_only_that_office_lets_it_run_and_only_once(self) -> None:
        steps = [
            Step(1, Deed.RECEIVE, on(10, 9), decided_by=THERE),
            Step(2, Deed.HAND_OVER, on(10, 10), to="Trần Thị Mẫu"),
            Step(3, Deed.HAND_OVER, on(11, 9), to=THERE),
            Step(4, Deed.HAND_OVER, on(20, 9), to=THERE),
        ]
        assert journey.standing(steps[:2]).begun_at is None
        assert journey.standing(steps).begun_at == on(11, 9)
        back = Step(5, Deed.REVERSE, on(21, 9), reverses=4)
        assert journey.standing([*steps, back]) == journey.standing(steps[:3])


@pytest.fixture
def in_2026(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The counter on the afternoon of Monday 10/8/2026, after the decree."""
    counter.now = on(10, 15, 59)
    [chosen] = queries.procedures_to_choose(counter.cast.commune, counter.now.date(), words="1.004873")
    counter.version = chosen.version
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)
    return counter


@pytest.mark.django_db
@pytest.mark.integration
class TestRegister:
    def test_the_promise_is_an_expected_day_until_that_office_has_the_dossier(self, in_2026: Counter) -> None:
        counter = in_2026
        dossier = counter.receive(offices=Offices(handling=THERE))
        first = dossier.due_at
        assert first is not None
        assert first == dossier.first_due_at
        receipt = words(slips.slip_file(dossier, Slip.RECEIPT, "docx"))
        assert "(dự kiến)" in receipt
        assert f"tính từ lúc {THERE} nhận hồ sơ" in receipt
        clerk = Client()
        clerk.force_login(counter.cast.one_stop_clerk)
        page = reverse("onestop:dossier", args=[dossier.pk])
        shown = clerk.get(page).content.decode()
        assert "dự kiến</span>" in shown
        assert f"{THERE} (cơ quan giải quyết)" in shown
        counter.now = on(13, 8)
        clerk.force_login(counter.cast.one_stop_clerk)
        sent = {"key": uuid4(), "do": Deed.HAND_OVER, "to": "", "office": ""}
        step = reverse("onestop:step", args=[dossier.pk])
        # Nothing chosen lets no term begin, nor do two offices at once.
        assert "Chưa chọn giao cho ai" in clerk.post(step, sent).content.decode()
        both = {**sent, "to": "decides", "office": "Sở Khác tỉnh Ví Dụ"}
        assert "Chỉ giữ lại một nơi nhận" in clerk.post(step, both).content.decode()
        assert clerk.post(step, {**sent, "to": "decides"}).status_code == 302
        dossier.refresh_from_db()
        assert (dossier.held_by, dossier.held_at) == (None, THERE)
        # Three working days each: expected from Tuesday, the next day after 15:00, there since Thursday.
        assert first.date() == date(2026, 8, 14)
        assert dossier.due_at is not None
        assert dossier.due_at.date() == date(2026, 8, 18)
        assert dossier.first_due_at == first
        shown = clerk.get(page).content.decode()
        assert "dự kiến</span>" not in shown
        assert "(cơ quan giải quyết)" not in shown
        assert "ghi đúng lúc nơi ấy nhận" not in shown
        assert words(slips.slip_file(dossier, Slip.RECEIPT, "docx")) == receipt
        actions.reverse(
            dossier=dossier,
            number=2,
            reason="Ghi nhầm",
            key=uuid4(),
            by=counter.cast.one_stop_clerk,
            at=counter.later(),
        )
        dossier.refresh_from_db()
        assert dossier.due_at == first

    def test_what_nobody_handed_on_yet_is_found_in_the_register(self, in_2026: Counter) -> None:
        counter = in_2026
        unit = counter.cast.commune
        waits, gone, asked, done = (counter.receive(offices=Offices(handling=THERE)) for _number in range(4))
        here = counter.receive()
        assert queries.to_hand_on([counter.cast.neighbour_commune.pk]) == []
        assert set(queries.to_hand_on([unit.pk])) == {waits.pk, gone.pk, asked.pk, done.pk}
        for one in (waits, here):
            counter.do(actions.hand_over, one, to=counter.cast.one_stop_clerk)
        counter.do(actions.hand_over, waits, office="Sở Khác tỉnh Ví Dụ")
        counter.do(actions.hand_over, gone, office=THERE.lower())
        # That it came back says nothing of the term, which runs there.
        counter.do(actions.hand_over, gone, to=counter.cast.one_stop_clerk)
        counter.do(actions.ask_papers, asked, wanted="Thiếu tờ khai")
        counter.do(actions.withdraw, done, reason="Người nộp đổi ý")
        assert queries.to_hand_on([unit.pk]) == [waits.pk]
        counter.do(actions.take_papers, asked)
        assert set(queries.to_hand_on([unit.pk])) == {waits.pk, asked.pk}
        clerk = Client()
        clerk.force_login(counter.cast.one_stop_clerk)
        listed = clerk.get(reverse("onestop:dossiers"), {"timing": "to-hand-on"}).content.decode()
        file = clerk.post(f"{reverse('onestop:export', args=['csv'])}?timing=to-hand-on")
        saved = b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        for text in (listed, saved):
            assert all(one.code in text for one in (waits, asked))
            assert not any(one.code in text for one in (gone, done, here))
        step = counter.do(actions.hand_over, waits, office=THERE)
        assert queries.to_hand_on([unit.pk]) == [asked.pk]
        actions.reverse(
            dossier=waits,
            number=step.number,
            reason="Ghi nhầm",
            key=uuid4(),
            by=counter.cast.one_stop_clerk,
            at=counter.later(),
        )
        assert set(queries.to_hand_on([unit.pk])) == {waits.pk, asked.pk}

    def test_what_the_place_decides_or_came_before_is_counted_from_the_counter(
        self, in_2026: Counter
    ) -> None:
        counter = in_2026
        here = counter.receive(offices=Offices(handling="Phòng Kinh tế"))
        counter.now = on(4, 15, 59)
        old = counter.receive(offices=Offices(handling=THERE))
        due = old.due_at
        counter.do(actions.hand_over, old, office=THERE.lower(), happened_at=on(4, 16))
        assert old.due_at == due
        for one in (here, old):
            counted = counted_due(one, journey.standing(queries.journey_of(queries.steps_of(one))))
            assert not counted.is_expected
            assert "Sở Mẫu" not in " ".join(counted.told)
            assert "dự kiến" not in words(slips.slip_file(one, Slip.RECEIPT, "docx"))

    def test_a_day_on_which_it_was_late_is_counted_anew_when_it_no_longer_was(self, in_2026: Counter) -> None:
        counter = in_2026
        unit = counter.cast.commune
        dossier = counter.receive(offices=Offices(handling=THERE))
        assert dossier.due_at is not None
        late_on = dossier.due_at.astimezone(VIETNAM).date()
        counter.now = datetime.combine(late_on + timedelta(days=1), time(9), VIETNAM)
        assert queries.figures(unit, late_on, late_on).open_late == 1
        actions.count_due(at=counter.now)
        assert not CountedDay.objects.get(unit=unit, day=late_on).is_due
        counter.do(actions.hand_over, dossier, office=THERE)
        assert queries.figures(unit, late_on, late_on).open_late == 0
        assert CountedDay.objects.get(unit=unit, day=late_on).is_due
        assert Dossier.objects.filter(pk=dossier.pk, due_at__gt=counter.now).exists()

    def test_each_line_of_a_day_it_was_late_follows_when_its_day_moves_and_back(
        self, in_2026: Counter
    ) -> None:
        counter = in_2026
        unit = counter.cast.commune

        def late_on_each() -> list[int]:
            actions.count_due(at=counter.now)
            lines = [CountedDay.objects.get(unit=unit, day=date(2026, 8, day)).line for day in (14, 17)]
            return [
                {one.concept: one.value for one in line.measures.all()}["dossiers_open_late"] if line else 0
                for line in lines
            ]

        dossier = counter.receive(offices=Offices(handling=THERE))
        assert dossier.due_at is not None
        assert dossier.due_at.date() == date(2026, 8, 14)
        counter.now = on(17, 9)
        counter.receive()
        counter.now = on(18, 9)
        assert late_on_each() == [1, 1]
        step = counter.do(actions.hand_over, dossier, office=THERE)
        assert late_on_each() == [0, 0]
        actions.reverse(
            dossier=dossier,
            number=step.number,
            reason="Ghi nhầm",
            key=uuid4(),
            by=counter.cast.one_stop_clerk,
            at=counter.later(),
        )
        assert late_on_each() == [1, 1]

    def test_who_is_asked_for_papers_is_told_from_when_the_term_runs(self, in_2026: Counter) -> None:
        counter = in_2026
        dossier = counter.receive(offices=Offices(handling=THERE))

        def told() -> list[str]:
            page = looking_up.told(dossier, counter.now)
            return [words(slips.slip_file(dossier, Slip.SUPPLEMENT, "docx")), page.standing]

        counter.do(actions.ask_papers, dossier, wanted="Thiếu tờ khai")
        for text in told():
            assert f"thời hạn tính từ lúc {THERE} nhận đủ hồ sơ" in text
            assert "từ đầu" not in text
        counter.do(actions.take_papers, dossier)
        counter.do(actions.hand_over, dossier, office=THERE)
        counter.do(actions.ask_papers, dossier, wanted="Thiếu sơ đồ", why_again="Thấy khi thẩm định")
        for text in told():
            assert "tính lại từ đầu" in text
            assert "nhận đủ hồ sơ" not in text


class TestSupplements:
    @pytest.mark.parametrize(
        ("received", "handed", "asked", "is_late"),
        [
            (on(6, 9), None, on(11, 17), False),
            (on(6, 9), None, on(12, 8), True),
            # Another office decides: its own days count, once it had the dossier.
            (on(6, 9), on(11, 9), on(14, 17), False),
            (on(6, 9), on(11, 9), on(17, 8), True),
            (on(6, 9), on(13, 9), on(12, 8), True),
        ],
    )
    def test_papers_are_asked_for_within_three_working_days(
        self, received: datetime, handed: datetime | None, asked: datetime, is_late: bool
    ) -> None:
        steps = [Step(1, Deed.RECEIVE, received, decided_by=THERE), Step(2, Deed.ASK_PAPERS, asked)]
        if handed is not None and handed <= asked:
            steps.insert(1, Step(3, Deed.HAND_OVER, handed, to=THERE))
        assert supplements.is_late(journey.standing(steps)) is is_late
        # Asked for once more it is the first time that counts; before the decree there was no such time.
        again = [Step(4, Deed.TAKE_PAPERS, on(20, 9)), Step(5, Deed.ASK_PAPERS, on(28, 9))]
        assert supplements.is_late(journey.standing([*steps, *again])) is is_late
        assert not supplements.is_late(
            replace(journey.standing(steps), received_at=on(6, 9).replace(year=2024))
        )
