"""What becomes public of a case, and what the worker does: proposals decided one by one, two texts approved, days counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens import actions, queries
from dinhlang.citizens.models import Answer, Case, CaseReminder, Publication
from dinhlang.citizens.rules import publishing
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.ladder import ladder, reached
from dinhlang.citizens.rules.publishing import ANSWER, QUESTION, NotDecided
from dinhlang.citizens.rules.states import Shown, State
from dinhlang.citizens.rules.statistics import percentile
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods import calendar
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from conftest import Cast

database = [pytest.mark.django_db, pytest.mark.integration]
DAY = timedelta(days=1)
WORDS = "Nhà ông Nguyễn Văn Thử, số điện thoại 0912 345 678,\nđốt rác cạnh trường học mỗi tối."
REPLY = (
    "Ngày 21/7/2023 xã đã nhắc nhở hộ ông Nguyễn Văn Thử; bà Trần Thị Mẫu, Chủ tịch xã, giao thôn theo dõi."
)


# --- rules ----------------------------------------------------------------------------------------


def test_everything_that_may_be_personal_is_proposed_with_its_place() -> None:
    found = publishing.proposals(WORDS)
    assert [one.words for one in found] == [WORDS[one.start : one.end] for one in found]
    said = " ".join(one.words for one in found)
    assert "Nguyễn Văn Thử" in said
    assert "0912 345 678" in said


@pytest.mark.parametrize(
    ("text", "school_class"),
    [
        ("con tôi học lớp 3A2 trường Tiểu học Tân Phú", "lớp 3A2"),
        ("chau hoc lop 4b bi ban danh", "lop 4b"),
        ("Bé nhà em học lớp mầm 1, cô giáo hay quát.", "lớp mầm 1"),
        ("Cháu ở lớp Lá 2 ạ", "lớp Lá 2"),
        ("Có em học sinh LỚP 9/3 hút thuốc ngoài cổng.", "LỚP 9/3"),
        ("Lớp 12 A1 có bạn bắt nạt con tôi.", "Lớp 12 A1"),
        ("Chỗ cô giáo lớp 1D thu tiền.\nCon tôi ngại đi học.", "lớp 1D"),
    ],
)
def test_the_class_of_a_child_whom_nobody_names_is_proposed(text: str, school_class: str) -> None:
    text = text.replace("Lá", "La\u0301")
    [found] = publishing.proposals(text)
    assert (found.words, found.kind) == (school_class, "other")
    answers = {f"{QUESTION}-{found.start}-{found.end}": "hide"}
    public = publishing.redacted(text, publishing.decided(QUESTION, text, answers))
    assert public == publishing.nfc(text).replace(school_class, "[thông tin riêng]")
    with pytest.raises(Unfit, match=school_class):
        publishing.check_public(text, frozenset(), QUESTION)


@pytest.mark.parametrize(
    "text",
    [
        "cháu học lớp 5, trường xa quá",
        "Con tôi muốn đăng ký lớp tập huấn nuôi ong",
        "Đường trước trường các cháu mới trải lớp bê tông dày 10 cm, lớp 3m đất",
        "Học sinh lớp 1 mạng yếu không học được, lớp 6-9 cũng vậy",
        "Con tôi vào lớp 7h30, học thêm ở lớp 5h chiều",
        "em hoi hoc phi lop 5 a",
        "Bé 3 tuổi vào lớp mầm 3 tuổi được không?",
        "Khai giảng lớp 9/3/2026 cho trẻ",
        "Bà con đề nghị sửa mái phòng lớp 3A2 và con đường vào trường",
    ],
)
def test_what_is_no_class_or_nobodys_is_not_proposed(text: str) -> None:
    assert publishing.proposals(text) == []


def test_nothing_is_hidden_or_shown_without_a_word_of_a_person() -> None:
    found = publishing.proposals(WORDS)
    with pytest.raises(NotDecided):
        publishing.decided(QUESTION, WORDS, {})
    some = {f"question-{one.start}-{one.end}": "hide" for one in found[:-1]}
    with pytest.raises(NotDecided):
        publishing.decided(QUESTION, WORDS, some)
    every = {f"question-{one.start}-{one.end}": "hide" for one in found}
    public = publishing.redacted(WORDS, publishing.decided(QUESTION, WORDS, every))
    assert "0912" not in public
    assert "[số điện thoại]" in public
    assert "đốt rác cạnh trường học" in public


def test_what_nobody_decided_to_leave_is_not_let_through() -> None:
    with pytest.raises(Unfit, match="0912 345 678"):
        publishing.check_public("Gọi 0912 345 678 để biết thêm.", frozenset(), QUESTION)
    publishing.check_public("Gọi 0912 345 678 để biết thêm.", frozenset({"0912 345 678"}), QUESTION)
    with pytest.raises(Unfit, match="trống"):
        publishing.check_public("  ", frozenset(), ANSWER)


@given(st.text(alphabet="abc ăâđ\n0123456789.,NguyễnVăn@", max_size=120))
def test_the_stretches_of_a_text_are_the_whole_text(text: str) -> None:
    assert "".join(words for words, _proposal, _hidden in publishing.pieces(text)) == publishing.nfc(text)


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 50), max_size=12))
def test_percentiles_are_days_that_some_case_took_and_agree_with_a_slow_count(counts: dict[int, int]) -> None:
    every = sorted(days for days, count in counts.items() for _ in range(count))
    for percent in (50, 90):
        found = percentile(counts, percent)
        assert found == (every[-(-len(every) * percent // 100) - 1] if every else None)


def test_rungs_lie_on_working_days_around_the_promised_day(cast: Cast) -> None:
    monday = cast.now.date() + 4 * DAY
    assert reached(monday, monday - 9 * DAY) is None
    assert [
        found.id if (found := reached(monday, monday + days * DAY)) else "" for days in (-5, -3, 0, 1, 2, 7)
    ] == [
        "truoc-3",
        "truoc-1",
        "truoc-1",
        "qua-1",
        "qua-2",
        "qua-5",
    ]
    assert len({rung.id for rung in ladder()}) == len(ladder())


# --- acts -----------------------------------------------------------------------------------------


def answered(cast: Cast, *, publishable: bool = True, key: str = "a" * 32) -> Case:
    case = actions.take_in(
        unit=cast.commune,
        told=Told(WORDS, "moi-truong", "Đốt rác cạnh trường"),
        sender=Sender("Lê Thị Gửi", "0987654321", address="Thôn Thượng"),
        way=Way.PHONE,
        key=key,
        agreed=actions.Agreed(publishable=publishable),
        by=cast.office_clerk,
        at=cast.now,
    ).case
    made = actions.draft_answer(case=case, words=REPLY, by=cast.office_clerk, at=cast.now + DAY)
    actions.approve_answer(case=case, seen=made.digest, by=cast.chair, at=cast.now + DAY)
    case.refresh_from_db()
    return case


def hide_all(case: Case) -> dict[str, str]:
    answer = Answer.objects.get(case=case).words.shown()
    return {
        f"{part}-{one.start}-{one.end}": "hide"
        for part, text in ((QUESTION, case.words.shown()), (ANSWER, answer))
        for one in publishing.proposals(text)
    }


def proposed(cast: Cast, case: Case) -> Publication:
    made = actions.decide_redactions(
        case=case, answers=hide_all(case), by=cast.office_clerk, at=cast.now + DAY
    )
    return actions.propose_publication(
        publication=made, title="Đốt rác cạnh trường", question=made.question, answer=made.answer,
        by=cast.office_clerk, at=cast.now + DAY,
    )  # fmt: skip


class TestPublishing:
    pytestmark = database

    def test_question_and_answer_become_public_together_without_anybody(self, cast: Cast) -> None:
        case = answered(cast)
        made = proposed(cast, case)
        assert not queries.published(cast.commune).exists()
        seen = publishing.public_digest(made.title, made.question, made.answer)
        with pytest.raises(NotAllowed):
            actions.publish(publication=made, seen=seen, by=cast.office_clerk, at=cast.now + DAY)
        with pytest.raises(actions.SomebodyElse):
            actions.publish(publication=made, seen="0" * 64, by=cast.chair, at=cast.now + DAY)
        actions.publish(publication=made, seen=seen, by=cast.chair, at=cast.now + DAY)
        [shown] = queries.published(cast.commune, words="dot rac", category="moi-truong")
        for said in ("Nguyễn", "0912", "Gửi", "0987654321", case.code):
            assert said not in f"{shown.title} {shown.question} {shown.answer} {shown.spans} {shown.folded}"
        assert Case.objects.get().words.shown() == WORDS
        assert not queries.published(cast.neighbour_commune).exists()

    def test_what_is_taken_down_is_read_by_nobody_and_can_be_made_anew(self, cast: Cast) -> None:
        case = answered(cast)
        made = proposed(cast, case)
        seen = publishing.public_digest(made.title, made.question, made.answer)
        made = actions.publish(publication=made, seen=seen, by=cast.chair, at=cast.now + DAY)
        actions.take_down(publication=made, reason="Còn nêu nơi ở", by=cast.office_clerk, at=cast.now + DAY)
        assert not queries.published(cast.commune).exists()
        again = actions.decide_redactions(
            case=case, answers=hide_all(case), by=cast.office_clerk, at=cast.now + 2 * DAY
        )
        assert (again.pk, again.state) == (made.pk, Shown.DRAFT)

    def test_without_consent_or_answer_nothing_is_made_public(self, cast: Cast) -> None:
        case = answered(cast, publishable=False)
        with pytest.raises(Refused, match="không đồng ý"):
            actions.decide_redactions(case=case, answers=hide_all(case), by=cast.office_clerk, at=cast.now)

    def test_a_name_typed_into_the_public_text_is_found(self, cast: Cast) -> None:
        case = answered(cast)
        made = actions.decide_redactions(
            case=case, answers=hide_all(case), by=cast.office_clerk, at=cast.now + DAY
        )
        with pytest.raises(Unfit) as refused:
            actions.propose_publication(
                publication=made, title="", question=made.question + "\nBà Lê Thị Gửi báo.", answer=made.answer,
                by=cast.office_clerk, at=cast.now + DAY,
            )  # fmt: skip
        assert refused.value.field == "title" or "Gửi" in str(refused.value)


class TestTheWorker:
    pytestmark = database

    def test_a_promised_day_is_told_of_to_each_person_once_for_each_rung(self, cast: Cast) -> None:
        case = actions.take_in(
            unit=cast.commune, told=Told(WORDS, "khac"), sender=Sender("Lê Thị Gửi", address="Thôn Thượng"),
            way=Way.COUNTER, key="b" * 32, by=cast.office_clerk, at=cast.now,
        ).case  # fmt: skip
        due_at = case.due_at
        assert due_at is not None
        due_on, days = localdate(due_at), calendar.default()

        def after(steps: int) -> datetime:
            return due_at + (days.add(due_on, steps) - due_on)

        def told(step: str) -> set[Person | None]:
            return {one.to for one in CaseReminder.objects.filter(step=step)}

        assert actions.remind_due(at=cast.now) == 0
        # Nobody has it: all who may handle it.
        assert actions.remind_due(at=after(1)) == 2
        assert told("qua-1") == {cast.culture_officer, cast.office_clerk}
        actions.assign(case=case, part=None, handler=cast.culture_officer, by=cast.office_clerk, at=after(1))
        assert actions.remind_due(at=after(1)) == 0
        # Two working days late the leaders are told, each by name, once.
        assert actions.remind_due(at=after(2)) == 1
        assert actions.remind_due(at=after(3)) == 0
        assert told("qua-2") == {cast.chair}
        case.refresh_from_db()
        found = queries.last_reminded([case])[case.pk]
        assert (found.rung, found.people) == ("quá hạn 2 ngày làm việc", (cast.chair.full_name,))
        sunday = after(5) + (6 - after(5).weekday()) * DAY
        assert actions.remind_due(at=sunday) == 0
        # A later day is told of anew; what was told of the former one is shown no more.
        actions.extend(case=case, reason="Chờ đơn vị thi công", by=cast.culture_officer, at=after(3))
        case.refresh_from_db()
        assert queries.last_reminded([case]) == {}

    def test_a_new_case_nobody_looks_at_and_a_wait_without_end_are_told_of_too(self, cast: Cast) -> None:
        days, given = calendar.default(), {"unit": cast.commune, "way": Way.WEB, "at": cast.now}
        advice = actions.submit(**given, told=Told(WORDS, "khac"), sender=Sender(), key="c" * 32).case
        asked = actions.take_in(
            **given | {"way": Way.PHONE}, told=Told(WORDS, "khac"), key="d" * 32, by=cast.office_clerk,
            sender=Sender("Lê Thị Gửi", address="Thôn Thượng"),
        ).case  # fmt: skip
        actions.assign(case=asked, part=None, handler=cast.culture_officer, by=cast.office_clerk, at=cast.now)
        actions.ask(case=asked, question="Ở đâu?", by=cast.culture_officer, at=cast.now)

        def after(steps: int) -> datetime:
            return cast.now + (days.add(cast.today, steps) - cast.today)

        def told() -> dict[str, set[Person | None]]:
            found: dict[str, set[Person | None]] = {}
            for one in CaseReminder.objects.select_related("to"):
                found.setdefault(one.step, set()).add(one.to)
            return found

        def neglected() -> set[Case]:
            return set(queries.cases([cast.commune.pk], queries.Asked(standing="bo-qua")))

        assert actions.remind_due(at=after(3)) == 0
        actions.remind_due(at=after(4))
        assert list(told()) == ["nhan-truoc-1"]
        assert cast.one_stop_clerk in told()["nhan-truoc-1"]
        assert not neglected()
        actions.remind_due(at=after(6))
        assert queries.last_reminded([advice])[advice.pk].rung == "chưa xem, quá hạn 1 ngày làm việc"
        assert neglected() == {advice}
        actions.remind_due(at=after(8))
        assert told()["nhan-qua-3"] == {cast.chair}
        actions.accept(case=advice, by=cast.office_clerk, at=after(9))
        advice.refresh_from_db()
        assert queries.last_reminded([advice]) == {}
        assert not neglected()
        # Fifteen working days were waited: whoever has the case goes on or closes it, then the leader hears.
        assert actions.remind_due(at=after(15)) == 0
        assert actions.remind_due(at=after(16)) == 1
        assert actions.remind_due(at=after(16)) == 0
        assert told()["cho-qua-1"] == {cast.culture_officer}
        assert actions.remind_due(at=after(20)) == 1
        assert told()["cho-qua-5"] == {cast.chair}
        asked.refresh_from_db()
        assert queries.last_reminded([asked])[asked.pk].rung == "chờ quá hạn 5 ngày làm việc"
        assert neglected() == {asked}
        actions.resume(case=asked, by=cast.culture_officer, at=after(21))
        actions.ask(case=asked, question="Từ bao giờ?", by=cast.culture_officer, at=after(21))
        assert not neglected()

    def test_what_nobody_came_back_to_is_closed(self, cast: Cast) -> None:
        case = answered(cast)
        assert actions.close_due(at=cast.now + 10 * DAY) == 0
        assert actions.close_due(at=cast.now + 30 * DAY) == 1
        case.refresh_from_db()
        assert case.state == State.CLOSED

    def test_finished_days_are_in_the_ledger_once(self, cast: Cast) -> None:
        made = proposed(cast, answered(cast))
        seen = publishing.public_digest(made.title, made.question, made.answer)
        actions.publish(publication=made, seen=seen, by=cast.chair, at=cast.now + DAY)
        assert actions.record_days(at=cast.now) == 0
        assert actions.record_days(at=cast.now + 2 * DAY) == 2
        assert actions.record_days(at=cast.now + 2 * DAY) == 0
        lines = Activity.objects.filter(unit=cast.commune, kind="onestop").order_by("happened_on")
        measures = [dict(line.measures.values_list("concept", "value")) for line in lines]
        assert measures == [
            {"feedback": 1},
            {"feedback_answered": 1, "feedback_on_time": 1, "feedback_published": 1},
        ]
        entries = lines.values_list("evidence__kind", "evidence__caption")
        assert entries[0] == ("entry", "Sổ phản ánh, kiến nghị, ngày 20/7/2023")
        clerk = Client()
        clerk.force_login(cast.office_clerk)
        there = f"{reverse('citizens:day', args=[lines[1].happened_on])}?unit={cast.commune.pk}"
        assert there in clerk.get(reverse("work:activity", args=[lines[1].pk])).content.decode()
        shown = clerk.get(there).content.decode()
        assert shown.count(made.case.code) == 3
        assert "đã tiếp nhận: 0" in shown
        assert clerk.get(reverse("citizens:day", args=["2026-13-01"])).status_code == 404
        reader = Client()
        reader.force_login(cast.hamlet_head)
        line = reader.get(reverse("work:activity", args=[lines[1].pk])).content.decode()
        assert there not in line

    def test_figures_leave_out_what_the_clock_stood(self, cast: Cast) -> None:
        case = actions.take_in(
            unit=cast.commune, told=Told(WORDS, "moi-truong"), sender=Sender("Lê Thị Gửi", address="Thôn Thượng"),
            way=Way.PHONE, key="e" * 32, by=cast.office_clerk, at=cast.now,
        ).case  # fmt: skip
        actions.ask(case=case, question="Ở đâu?", by=cast.office_clerk, at=cast.now + DAY)
        actions.supplement(case=case, words="Cạnh trường học.", at=cast.now + 7 * DAY)
        later = cast.now + 8 * DAY
        made = actions.draft_answer(case=case, words=REPLY, by=cast.office_clerk, at=later)
        actions.approve_answer(case=case, seen=made.digest, by=cast.chair, at=later)
        on = cast.today
        found = queries.statistics(cast.commune, since=on - 30 * DAY, until=on, at=later)
        # Of the six working days from Thursday to Friday of the next week the clock stood four.
        assert (found.median, found.ninetieth) == (2, 2)
        assert (found.received, found.answered, found.on_time) == (1, 1, 1)
        assert found.by_category == [("moi-truong", 1)]
        empty = queries.statistics(cast.neighbour_commune, since=on, until=on, at=cast.now)
        assert (empty.received, empty.median) == (0, None)
