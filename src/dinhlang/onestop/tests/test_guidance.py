"""Counting who is shown the way: one press adds one, a mistake is taken back, the ledger has a line when the day is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from dinhlang.onestop.guidance import actions, counting, demo, queries
from dinhlang.onestop.guidance.actions import Helped
from dinhlang.onestop.models import Guidance, GuidedDay
from dinhlang.onestop.tests.counters import Counter
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.work.models import Activity, Reversal

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

TODAY = date(2023, 7, 20)
CODE = "1.004873"


def add(counter: Counter, key: UUID | None = None, by: Any = None, **helped: Any) -> Guidance:
    return actions.add(
        unit=counter.cast.commune,
        helped=Helped(**helped),
        key=key or uuid4(),
        by=by or counter.cast.one_stop_clerk,
        at=counter.later(),
    )


def take_back(counter: Counter, wrong: Guidance) -> Guidance:
    return actions.take_back(guidance=wrong, key=uuid4(), by=counter.cast.one_stop_clerk, at=counter.later())


def test_a_form_sent_twice_counts_once_and_a_mistake_is_taken_back_once(counter: Counter) -> None:
    unit, key = counter.cast.commune, uuid4()
    add(counter, key, code=CODE, online=True)
    add(counter, key, code=CODE, online=True)
    wrong = add(counter, way="phone")
    add(counter, people=7, day=TODAY - timedelta(days=3))
    assert queries.people(unit, TODAY, TODAY) == 2
    assert take_back(counter, wrong) == take_back(counter, wrong)
    assert queries.people(unit, TODAY, TODAY) == 1
    assert queries.people(unit, date(2023, 7, 1), TODAY) == 8
    [one] = queries.by_procedure(unit, TODAY, TODAY)
    assert (one.code, one.people, one.online) == (CODE, 1, 1)
    assert [row.code for row in queries.often_asked(unit, TODAY)] == [CODE]
    with pytest.raises(Refused, match="đã là dòng rút lại"):
        take_back(counter, Guidance.objects.get(reverses=wrong))
    with pytest.raises(DatabaseError), transaction.atomic():
        Guidance.objects.filter(pk=wrong.pk).update(people=9)


@pytest.mark.parametrize(
    ("helped", "said"),
    [
        ({"people": 0}, "từ 1 đến 500"),
        ({"people": 501}, "từ 1 đến 500"),
        ({"way": "bay"}, "Chưa chọn cách hướng dẫn"),
        ({"day": TODAY + timedelta(days=1)}, "31 ngày trước"),
        ({"day": TODAY - timedelta(days=32)}, "31 ngày trước"),
        ({"code": "9.999999"}, "không có trong danh mục"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    counter: Counter, helped: dict[str, Any], said: str
) -> None:
    with pytest.raises((Unfit, Refused), match=said):
        add(counter, **helped)
    assert not Guidance.objects.exists()


def test_only_the_counter_counts(counter: Counter) -> None:
    made = add(counter)
    for stranger in (counter.cast.culture_officer, counter.cast.neighbour):
        with pytest.raises(NotAllowed):
            add(counter, by=stranger)
        with pytest.raises(NotAllowed):
            actions.take_back(guidance=made, key=uuid4(), by=stranger, at=counter.now)


def test_a_day_is_one_line_of_the_ledger_that_follows_what_is_taken_back(counter: Counter) -> None:
    wrong = add(counter, people=5)
    add(counter, code=CODE)
    assert counting.count_guided(at=counter.now) == 0
    counter.later(days=1)
    assert counting.count_guided(at=counter.now) == 1
    assert counting.count_guided(at=counter.now) == 0
    lines = Activity.objects.filter(kind="guidance", happened_on=TODAY)
    assert [one.value for one in lines.get().measures.all()] == [6]
    take_back(counter, wrong)
    assert counting.count_guided(at=counter.now) == 1
    standing = lines.exclude(pk__in=Reversal.objects.values("activity"))
    assert [one.value for one in standing.get().measures.all()] == [1]
    assert GuidedDay.objects.get(day=TODAY).line == standing.get()


def test_the_demonstration_counts_some_people_of_today_once(counter: Counter) -> None:
    for _time in range(2):
        demo.load_demo(at=counter.now)
    assert queries.people(counter.cast.commune, TODAY, TODAY) == 5
    assert queries.by_way(counter.cast.commune, TODAY, TODAY) == {"counter": 3, "phone": 1, "outside": 1}


@pytest.mark.one_database
def test_a_press_adds_one_and_the_page_says_so(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)
    counter.receive()
    clerk = Client()
    clerk.force_login(counter.cast.one_stop_clerk)
    there, press = reverse("onestop:guidance"), reverse("onestop:guidance-tap")
    assert f'value="online:{CODE}"' in clerk.get(there).content.decode()
    form = {"key": uuid4(), "cach": "phone"}
    for pressed in (f"shown:{CODE}", f"shown:{CODE}", f"online:{CODE}", "shown:"):
        answer = clerk.post(press, {**form, "tap": pressed}, follow=True)
        assert "Đã cộng 1 lượt" in answer.content.decode()
    assert Guidance.objects.filter(way="phone").count() == 3
    last = Guidance.objects.latest("pk")
    gone = clerk.post(reverse("onestop:guidance-take-back", args=[last.pk]), {"key": uuid4()}, follow=True)
    assert "đã rút lại" in gone.content.decode()
    assert clerk.post(press, {**form, "tap": "no-such"}).status_code == 404
    assert clerk.post(press, {"key": "x", "tap": "shown:"}).status_code == 404
    typed = {"key": uuid4(), "day": "2023-07-19", "people": 12, "code": CODE, "way": "outside"}
    told = clerk.post(reverse("onestop:guidance-list"), typed, follow=True).content.decode()
    assert "Đã ghi 12 lượt người" in told
    day = clerk.get(there, {"ngay": "2023-07-19"}).content.decode()
    assert "<strong>12</strong>" in day
    reader = Client()
    reader.force_login(counter.cast.culture_officer)
    assert 'name="tap"' not in reader.get(there).content.decode()
