"""The support log: one tap writes one row, a phone's list arrives once, a day is one line of the ledger, nobody is counted twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from dinhlang.onestop.guidance import actions as guidance
from dinhlang.onestop.guidance import counting as guidance_counting
from dinhlang.onestop.models import Support, SupportedDay
from dinhlang.onestop.support import actions, counting, demo, queries
from dinhlang.onestop.support.actions import Helped
from dinhlang.onestop.tests.counters import Counter
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.window import Window
from dinhlang.work import actions as work
from dinhlang.work import queries as ledger
from dinhlang.work.models import Activity, Reversal

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

TODAY = date(2023, 7, 20)
CODE = "1.004873"
HAMLET = "ben-truc-thon-dinh"


def add(counter: Counter, key: UUID | None = None, by: Any = None, **helped: Any) -> Support:
    return actions.add(
        unit=counter.cast.commune,
        helped=Helped(**{"matter": "vneid", **helped}),
        key=key or uuid4(),
        by=by or counter.cast.hamlet_head,
        at=counter.later(),
    )


def take_back(counter: Counter, wrong: Support, by: Any = None) -> Support:
    return actions.take_back(
        support=wrong, key=uuid4(), by=by or counter.cast.hamlet_head, at=counter.later()
    )


def test_a_form_sent_twice_counts_once_and_a_mistake_is_taken_back_once(counter: Counter) -> None:
    unit, key = counter.cast.commune, uuid4()
    first = add(counter, key, hamlet=HAMLET, stuck=["vneid:ma-otp", "vneid:ma-otp", "vneid:no-such"])
    assert add(counter, key, hamlet=HAMLET) == first
    # A step that is no more is left out, the rest is kept.
    assert first.stuck == ["vneid:ma-otp"]
    wrong = add(counter, matter="filing", code=CODE, outcome="again", minutes=40, age="60-")
    add(counter, matter="payment", people=7, day=TODAY - timedelta(days=3), by=counter.cast.contributor)
    assert queries.people(unit, TODAY, TODAY) == 2
    assert take_back(counter, wrong) == take_back(counter, wrong)
    assert queries.people(unit, TODAY, TODAY) == 1
    assert queries.people(unit, date(2023, 7, 1), TODAY) == 8
    with pytest.raises(Refused, match="đã là dòng rút lại"):
        take_back(counter, Support.objects.get(reverses=wrong))
    with pytest.raises(DatabaseError), transaction.atomic():
        Support.objects.filter(pk=wrong.pk).update(people=9)


@pytest.mark.parametrize(
    ("helped", "said"),
    [
        ({"matter": "bay"}, "Chưa chọn việc"),
        ({"place": "counter"}, "Chưa chọn nơi"),
        ({"outcome": ""}, "Chưa chọn kết quả"),
        ({"people": 0}, "từ 1 đến 100"),
        ({"minutes": 9999}, "từ 1 đến 480"),
        ({"age": "200"}, "Nhóm tuổi"),
        ({"sex": "x"}, "Giới tính"),
        ({"hamlet": "ben-dua"}, "không thuộc đơn vị"),
        ({"code": "9.999999"}, "không có trong danh mục"),
        ({"day": TODAY + timedelta(days=1)}, "31 ngày trước"),
        ({"day": TODAY - timedelta(days=32)}, "31 ngày trước"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    counter: Counter, helped: dict[str, Any], said: str
) -> None:
    with pytest.raises((Unfit, Refused), match=said):
        add(counter, **helped)
    assert not Support.objects.exists()


def test_members_write_and_take_back_their_own_the_officer_takes_back_any(counter: Counter) -> None:
    cast = counter.cast
    made = add(counter)
    for stranger in (cast.chair, cast.neighbour, cast.reviewer):
        with pytest.raises(NotAllowed):
            add(counter, by=stranger)
    for other in (cast.contributor, cast.neighbour):
        with pytest.raises(NotAllowed):
            take_back(counter, made, by=other)
    take_back(counter, made, by=cast.culture_officer)


def test_figures_are_of_what_counts_by_hamlet_matter_member_month_and_step(counter: Counter) -> None:
    unit = counter.cast.commune
    add(counter, hamlet=HAMLET, stuck=["vneid:ma-otp"])
    add(counter, hamlet=HAMLET, outcome="failed", stuck=["vneid:ma-otp", "vneid:passcode"])
    add(counter, matter="payment", people=3, by=counter.cast.contributor, day=date(2023, 6, 30))
    take_back(counter, add(counter, hamlet=HAMLET, stuck=["vneid:nhap-so"]))
    first = date(2023, 1, 1)
    hamlets = queries.by_hamlet(unit, first, TODAY, TODAY)
    assert [(one.key, one.people, one.done) for one in hamlets] == [(HAMLET, 2, 1), ("", 3, 3)]
    assert "Đình" in hamlets[0].name
    assert [(one.key, one.people) for one in queries.by_matter(unit, first, TODAY)] == [
        ("payment", 3),
        ("vneid", 2),
    ]
    assert [(one.name, one.people) for one in queries.by_member(unit, first, TODAY)] == [
        ("Mai Thị Cộng Sự", 3),
        ("Vũ Văn Thôn Mẫu", 2),
    ]
    assert [(one.name, one.people) for one in queries.by_month(unit, first, TODAY)] == [
        ("6/2023", 3),
        ("7/2023", 2),
    ]
    assert [(one.step.key, one.number, one.times) for one in queries.stuck(unit, first, TODAY)] == [
        ("ma-otp", 4, 2),
        ("passcode", 6, 1),
    ]


def test_a_day_is_one_line_of_the_ledger_that_follows_what_is_taken_back(counter: Counter) -> None:
    wrong = add(counter, people=5)
    add(counter, matter="payment")
    assert counting.count_supported(at=counter.now) == 0
    counter.later(days=1)
    assert counting.count_supported(at=counter.now) == 1
    assert counting.count_supported(at=counter.now) == 0
    lines = Activity.objects.filter(kind="support", happened_on=TODAY)
    assert [(one.concept, one.value) for one in lines.get().measures.all()] == [("supported", 6)]
    assert lines.get().reform_field == "chinh-quyen-so"
    take_back(counter, wrong)
    assert counting.count_supported(at=counter.now) == 1
    standing = lines.exclude(pk__in=Reversal.objects.values("activity"))
    assert [one.value for one in standing.get().measures.all()] == [1]
    assert SupportedDay.objects.get(day=TODAY).line == standing.get()


def by_hand(counter: Counter, title: str, **more: Any) -> Activity:
    return work.record_activity(
        unit=counter.cast.commune,
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
        **{
            "kind": "guidance",
            "happened_on": TODAY,
            "title": title,
            "measures": {"guidance": 12},
            **more,
        },
    )


def test_a_line_by_hand_beside_the_counters_own_is_asked_about_at_typing_and_afterwards(
    counter: Counter,
) -> None:
    unit, july = counter.cast.commune, Window(date(2023, 7, 1), date(2023, 7, 31))
    guidance.add(
        unit=unit,
        helped=guidance.Helped(people=3),
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    asked = {"kind": "guidance", "day": TODAY, "title": "Hướng dẫn bà con", "counters": {"guidance"}}
    # While the day is not over there is no line yet, and the counter has counted all the same.
    [twin] = ledger.alike(unit, **asked)
    assert twin.line is None
    assert twin.counted is not None
    assert "3 lượt" in twin.counted.words
    assert not ledger.alike(unit, **{**asked, "counters": {"leaflets"}})
    assert not ledger.alike(unit, **{**asked, "day": TODAY - timedelta(days=1)})
    [of_a_month] = ledger.alike(
        unit, **{**asked, "day": TODAY + timedelta(days=11), "title": "Hướng dẫn trong tháng 7"}
    )
    assert of_a_month.counted is not None
    assert ledger.counted_twice(unit, july) == []
    same_day = by_hand(counter, "Hướng dẫn bà con làm giấy tờ")
    by_hand(counter, "Phát tờ rơi tại quầy", measures={"leaflets": 30})
    counter.later(days=1)
    guidance_counting.count_guided(at=counter.now)
    [(own, typed)] = ledger.counted_twice(unit, july)
    assert typed == same_day
    assert own.measures.get().value == 3
    pairs = ledger.possible_duplicates(unit, july)
    assert [(one.first, one.second, one.why) for one in pairs] == [(same_day, own, "counted")]
    work.keep_both(first=same_day, second=own, by=counter.cast.culture_officer, at=counter.later())
    assert ledger.counted_twice(unit, july) == []


def test_the_demonstration_writes_some_days_once(counter: Counter) -> None:
    for _time in range(2):
        demo.load_demo(at=counter.now)
    assert Support.objects.count() == 7
    assert queries.people(counter.cast.commune, TODAY, TODAY) == 2


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def member(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)
    client = Client()
    client.force_login(counter.cast.hamlet_head)
    return client


@pytest.mark.one_database
def test_a_press_writes_one_row_and_the_next_one_keeps_hamlet_and_place(
    counter: Counter, member: Client
) -> None:
    there = reverse("onestop:support")
    page = member.get(there).content.decode()
    # A hamlet head's own hamlet is chosen already.
    assert f'<option value="{HAMLET}" selected>' in page
    form = {"uid": uuid4(), "tap": "vneid:done", "hamlet": HAMLET, "place": "hall"}
    for _time in range(2):
        answer = member.post(there, form, follow=True)
        assert "Đã ghi 1 lượt: Cài, kích hoạt VNeID mức 2" in answer.content.decode()
    assert '<option value="hall" selected>' in answer.content.decode()
    [row] = Support.objects.all()
    assert (row.people, row.hamlet_id, row.place, row.day) == (1, HAMLET, "hall", TODAY)
    gone = member.post(reverse("onestop:support-take-back", args=[row.pk]), follow=True).content.decode()
    assert "đã rút lại" in gone


@pytest.mark.one_database
def test_a_phone_is_told_what_became_of_what_it_kept(counter: Counter, member: Client) -> None:
    there, json = reverse("onestop:support"), {"Accept": "application/json"}
    form = {
        "uid": uuid4(),
        "person": counter.cast.hamlet_head.pk,
        "tap": "filing:again",
        "place": "house",
        "happened_on": "2023-07-18",
        "stuck": ["nop-ho-so:gui-giay-to", "nop-ho-so:nop-giu-ma"],
    }
    for _time in range(2):
        answer = member.post(there, form, headers=json)
        assert answer.status_code == 201
        assert answer.json()["title"] == "Nộp hồ sơ trực tuyến"
    [row] = Support.objects.all()
    assert (row.day, row.outcome, len(row.stuck)) == (date(2023, 7, 18), "again", 2)
    wrong = member.post(there, {**form, "uid": uuid4(), "happened_on": "2023-01-01"}, headers=json)
    assert wrong.status_code == 422
    assert "31 ngày" in str(wrong.json()["errors"]["happened_on"])
    assert member.post(there, {**form, "uid": uuid4(), "tap": "x"}, headers=json).status_code == 422
    other = member.post(there, {**form, "uid": uuid4(), "person": "0"}, headers=json)
    assert (other.status_code, other.json()) == (409, {"reason": "person"})
    assert member.post(there, {**form, "unit": "ben-dua"}).status_code == 404
    assert Support.objects.count() == 1


@pytest.mark.one_database
def test_the_log_is_filtered_and_taken_away_and_figures_lead_to_it(counter: Counter, member: Client) -> None:
    demo.load_demo(at=counter.now)
    log = member.get(reverse("onestop:support-log"), {"matter": "vneid", "hamlet": HAMLET}).content.decode()
    assert "Vướng:" in log
    assert "Thanh toán trực tuyến</span>" not in log
    taken = member.post(reverse("onestop:support-export", args=["csv"]) + "?matter=payment")
    text = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.count("\n") == 2
    assert "Thanh toán trực tuyến" in text
    figures = member.get(reverse("onestop:support-figures")).content.decode()
    assert "Nhập mã trong tin nhắn" in figures
    assert "matter=vneid" in figures
    nothing = member.get(reverse("onestop:support-log"), {"first": "2023-01-01", "last": "2023-01-02"})
    assert "Không có lượt nào khớp" in nothing.content.decode()


@pytest.mark.one_database
def test_a_guide_is_one_form_with_a_box_at_each_step(member: Client) -> None:
    page = member.get(reverse("onestop:support-guide", args=["vneid"])).content.decode()
    assert page.count('name="stuck" value="vneid:') == 7
    assert page.count("<svg xmlns") >= 7
    assert "màn hình có thể khác" in page
    assert member.get(reverse("onestop:support-guide", args=["no-such"])).status_code == 404


@pytest.mark.one_database
def test_typing_a_twin_asks_first(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)
    add(counter)
    officer = Client()
    officer.force_login(counter.cast.culture_officer)
    there = reverse("work:record", args=["support"])
    form = {
        "uid": uuid4(),
        "unit": "ben-truc",
        "happened_on": "2023-07-20",
        "title": "Giúp bà con cài VNeID",
        "count_supported": "4",
    }
    asked = officer.post(there, form).content.decode()
    assert "Tổ công nghệ số đã ghi 1 lượt hỗ trợ" in asked
    assert not Activity.objects.filter(kind="support").exists()
    assert officer.post(there, {**form, "anyway": "1"}).status_code == 302
