"""A citizen on a phone without an account: joining, a question at a time, results, lots drawn again."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens.contests import actions
from dinhlang.citizens.contests.tests.world import HOUR, SECOND, drafted, opened, sat
from dinhlang.citizens.models import ContestAnswer, ContestSitting, ContestWeek
from dinhlang.cli.contest import contest as command
from dinhlang.org.tests import codes
from dinhlang.org.tests.clients import as_
from dinhlang.portal.contests.shown import MOST_WRONG
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

GIVEN = {
    "name": "Nguyễn Thị Minh Họa",
    "phone": "0900 000 111",
    "hamlet": "",
    "group": "citizen",
    "age": "du-16",
    "pace": "1",
    "guess": "120",
    "agrees": "on",
    "is_shown": "on",
    # Work that is none: whoever sends it sits all the same.
    "altcha": "không phải base64",
}


class Clock:
    """The time of the play, which a test moves on."""

    def __init__(self, now: datetime) -> None:
        self.now = now


@pytest.fixture
def clock(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clock:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    cache.clear()
    held = Clock(cast.now)
    monkeypatch.setattr(timezone, "now", lambda: held.now)
    return held


@pytest.fixture
def week(cast: Cast, clock: Clock) -> ContestWeek:
    made = opened(cast, week={"public_source": "Giải đặc biệt ngày 22/7/2023", "lots": 2})
    clock.now = made.opens_at + HOUR
    return made


def join_address(week: ContestWeek) -> str:
    return reverse("contest:join", args=[week.contest.code, week.number])


def ticket_of(client: Client, week: ContestWeek) -> str:
    shown = client.get(join_address(week)).content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', shown)
    assert found, shown[:2000]
    return html.unescape(found[1])


def joined(client: Client, week: ContestWeek, **change: str) -> str:
    """The address of a sitting."""
    answer = client.post(join_address(week), {**GIVEN, "ticket": ticket_of(client, week), **change})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_nothing_is_chosen_beforehand_and_a_draft_is_not_there(week: ContestWeek) -> None:
    client = Client(enforce_csrf_checks=True)
    shown = client.get(join_address(week)).content.decode()
    assert "checked" not in shown
    assert "xóa sau sáu tháng" in shown
    page = client.get(reverse("contest:contest", args=[week.contest.code]))
    assert "Mỗi số điện thoại thi một lần" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(reverse("contest:contest", args=["khongco"])).status_code == 404
    week.contest.state = "draft"
    week.contest.save()
    assert client.get(reverse("contest:contest", args=[week.contest.code])).status_code == 404


def test_a_sitting_from_the_form_to_the_end_tells_no_answer(week: ContestWeek, clock: Clock) -> None:
    client = Client(enforce_csrf_checks=True)
    there = joined(client, week)
    ready = client.get(there).content.decode()
    assert "Bắt đầu" in ready
    assert not ContestAnswer.objects.exists()
    for place in (1, 2, 3):
        sent = (
            {"do": "go", "place": "0"}
            if place == 1
            else {"do": "answer", "place": str(place - 1), "chon": "dung"}
        )
        assert client.post(there, sent)["Location"] == there
        clock.now += 5 * SECOND
        asked = client.get(there).content.decode()
        assert f"Câu {place} trên 3" in asked
        assert "Bạn còn 25 giây" in asked
        # Neither the right option nor its explanation, by any name.
        assert "correct" not in asked
        assert "Giải thích" not in asked
        # Looked at twice it is the same question with less time.
        clock.now += 5 * SECOND
        assert "Bạn còn 20 giây" in client.get(there).content.decode()
    client.post(there, {"do": "answer", "place": "3", "chon": "sai"})
    done = client.get(there).content.decode()
    assert "Bạn đã thi xong" in done
    assert "(đáp án)" not in done
    # The way back, a page sent again, a place that was passed: nothing changes.
    for place, value in (("1", "sai"), ("3", "dung"), ("9", "dung"), ("x", "dung")):
        client.post(there, {"do": "answer", "place": place, "chon": value})
    assert [one.value for one in ContestAnswer.objects.order_by("place")] == ["dung", "dung", "sai"]
    found = client.get(reverse("contest:contest", args=[week.contest.code])).content.decode()
    assert "Mở lại bài thi của bạn" in found
    assert there in found
    assert there not in Client().get(reverse("contest:contest", args=[week.contest.code])).content.decode()


def test_joining_twice_is_one_sitting_and_one_number_has_one(week: ContestWeek) -> None:
    client = Client()
    ticket = ticket_of(client, week)
    first, again = (client.post(join_address(week), {**GIVEN, "ticket": ticket}) for _one in range(2))
    assert first["Location"] == again["Location"]
    other = client.post(
        join_address(week), {**GIVEN, "phone": "+84900000111", "ticket": ticket_of(client, week)}
    )
    assert other.status_code == 409
    text = other.content.decode()
    assert "đã có một bài thi" in text
    assert first["Location"] not in text
    assert ContestSitting.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "N" * 300}, "tối đa 60"),
        ({"name": "<script>alert(1)</script>"}, "chỉ gồm chữ"),
        ({"phone": "123"}, "Số điện thoại chưa đúng"),
        ({"agrees": ""}, "Đánh dấu ô đồng ý"),
        ({"age": ""}, "Chọn tuổi"),
        ({"age": "duoi-16"}, "cha, mẹ hoặc người giám hộ đánh dấu"),
        ({"pace": ""}, "Chọn thời gian"),
        ({"pace": "99"}, "Chọn một mục"),
        ({"group": ""}, "Chọn một mục"),
        ({"hamlet": "khong-co"}, "Chọn một mục"),
        ({"guess": "nhiều"}, "Ghi bằng số"),
        ({"ticket": "giả"}, "mở đã lâu"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    week: ContestWeek, change: dict[str, str], said: str
) -> None:
    client = Client()
    sent = {**GIVEN, "ticket": ticket_of(client, week), **change}
    answer = client.post(join_address(week), sent)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert said in text
    assert "<script>alert" not in text
    assert html.escape(sent["name"]) in text
    assert not ContestSitting.objects.exists()


def test_a_child_takes_part_with_a_parent_and_stands_there_by_a_code(cast: Cast, week: ContestWeek) -> None:
    child = {"age": "duoi-16", "guardian": "Lê Văn Giả Định", "guardian_agrees": "on"}
    joined(Client(), week, **child)
    sitting = ContestSitting.objects.get()
    assert (sitting.is_child, sitting.is_shown, sitting.guardian.shown()) == (True, False, "Lê Văn Giả Định")


def test_addresses_guessed_by_the_dozen_wait(week: ContestWeek) -> None:
    client = Client()
    for number in range(MOST_WRONG):
        assert client.get(reverse("contest:sitting", args=[f"doan-{number}"])).status_code == 404
    refused = client.get(reverse("contest:contest", args=[week.contest.code]))
    assert refused.status_code == 429
    assert "Xin thử lại sau một giờ" in refused.content.decode()


def test_time_that_ran_out_is_told_and_the_next_question_waits_for_a_tap(
    week: ContestWeek, clock: Clock
) -> None:
    client = Client()
    there = joined(client, week, pace="2")
    client.post(there, {"do": "go", "place": "0"})
    assert "Bạn còn 60 giây" in client.get(there).content.decode()
    clock.now += 66 * SECOND
    between = client.get(there).content.decode()
    assert "Câu 1 đã hết giờ" in between
    assert ContestAnswer.objects.count() == 1
    client.post(there, {"do": "go", "place": "1"})
    clock.now += 70 * SECOND
    client.post(there, {"do": "answer", "place": "2", "chon": "dung"})
    assert [one.is_late for one in ContestAnswer.objects.order_by("place")] == [False, True, False]
    clock.now = week.closes_at + HOUR
    assert "Bạn đã thi xong" in client.get(there).content.decode()
    assert client.post(there, {"do": "go", "place": "3"}).status_code == 302
    closed = client.get(join_address(week)).content.decode()
    assert "đã đóng lúc" in closed


def test_a_trial_question_is_judged_and_kept_nowhere(week: ContestWeek, clock: Clock) -> None:
    client = Client()
    address = reverse("contest:trial", args=[week.contest.code])
    shown = client.get(address).content.decode()
    assert "correct" not in shown
    ticket = html.unescape(re.findall(r'name="ticket" value="([^"]+)"', shown)[0])
    clock.now += 7 * SECOND
    told = client.post(address, {"thu": "b", "ticket": ticket}).content.decode()
    assert "Đúng." in told
    assert "7 giây" in told
    assert "Chưa chọn" in client.post(address, {"ticket": ticket}).content.decode()
    assert not ContestSitting.objects.exists()


def test_results_and_lots_are_told_after_the_end_and_anyone_draws_again(
    cast: Cast, week: ContestWeek, clock: Clock, tmp_path: Path
) -> None:
    client = Client()
    args = [week.contest.code, week.number]
    for number in range(12):
        sat(week, number, "ddd" if number % 2 else "dsd", is_shown=number != 3)
    before = client.get(reverse("contest:results", args=args)).content.decode()
    assert "chưa có" in before
    assert "Giải thích" not in before
    promised = client.get(reverse("contest:lots", args=args)).content.decode()
    assert week.commitment in promised
    assert week.seed.shown() not in promised
    assert client.get(reverse("contest:lots-file", args=args)).status_code == 404
    clock.now = week.closes_at + HOUR
    actions.finish(week=week, by=cast.culture_officer, at=clock.now)
    text = client.get(reverse("contest:results", args=args)).content.decode()
    assert "Nguyễn T. M. H." in text
    assert "Minh Họa" not in text
    assert "0900" not in text
    assert "Giải thích mot (minh họa)." in text
    hidden = ContestSitting.objects.exclude(rank=None).get(is_shown=False)
    own = client.get(reverse("contest:results", args=args), {"ma": hidden.code.lower()}).content.decode()
    assert "không nêu tên" in own
    actions.draw_lots(week=week, public_value="12345", by=cast.culture_officer, at=clock.now)
    held = client.get(reverse("contest:lots-file", args=args))
    told = json.loads(held.content)
    page = client.get(reverse("contest:lots", args=args), {"ma": told["entries"][0]}).content.decode()
    assert told["seed"] in page
    assert f"{told['seed']}|12345|1|{told['entries'][0]}" in html.unescape(page)
    assert (
        "Không có bài này" in client.get(reverse("contest:lots", args=args), {"ma": "XXXX"}).content.decode()
    )
    file = tmp_path / "boc-tham.json"
    file.write_bytes(held.content)
    ran = CliRunner().invoke(command, ["draw", str(file)])
    assert ran.exit_code == 0, ran.output
    assert all(one in ran.output for one in told["winners"])
    for change in (
        # Two who did not win: two of all may be those who did.
        {"winners": [one for one in told["entries"] if one not in told["winners"]][:2]},
        {"seed": "0" * 64},
        {"entries": None},
        {"format": "x"},
    ):
        file.write_text(json.dumps({**told, **change}))
        assert CliRunner().invoke(command, ["draw", str(file)]).exit_code != 0
    file.write_bytes(b"\xff\xfe")
    assert CliRunner().invoke(command, ["draw", str(file)]).exit_code != 0


def test_the_first_page_of_the_site_leads_to_the_contest_and_later_to_its_results(
    cast: Cast, week: ContestWeek, clock: Clock, settings: Any, tmp_path: Path
) -> None:
    settings.KEPT = tmp_path / "kept"
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    client, there = Client(), reverse("contest:contest", args=[week.contest.code])
    results = reverse("contest:results", args=[week.contest.code, week.number])
    home = client.get("/ben-truc/").content.decode()
    assert there in home
    assert results not in home
    sat(week)
    clock.now = week.closes_at + timedelta(days=1)
    actions.finish(week=week, by=cast.culture_officer, at=clock.now)
    home = client.get("/ben-truc/").content.decode()
    assert "Đã kết thúc ngày" in home
    assert results in home
    clock.now = week.closes_at + timedelta(days=32)
    assert there not in client.get("/ben-truc/").content.decode()
    # The poster says where the contest is, and nothing of a draft.
    officer = as_(cast.culture_officer)
    poster = officer.get(reverse("contests:poster", args=[week.contest_id]))
    page = pypdfium2.PdfDocument(poster.content)[0]
    said = page.get_textpage().get_text_range()
    assert there.rstrip("/") in said
    assert codes.on_paper(page).squares == (f"http://testserver{there}",)
    assert "một lần mỗi tuần" in " ".join(said.split())
    draft = drafted(cast, title="Chưa duyệt")
    assert officer.get(reverse("contests:poster", args=[draft.pk])).status_code == 404
    assert "Chưa duyệt" not in client.get("/ben-truc/").content.decode()


def test_a_question_declared_void_is_said_to_everyone(cast: Cast, week: ContestWeek, clock: Clock) -> None:
    client = Client()
    there = joined(client, week)
    client.post(there, {"do": "go", "place": "0"})
    clock.now = week.closes_at + timedelta(hours=1)
    actions.finish(week=week, by=cast.culture_officer, at=clock.now)
    actions.void_question(
        week=week, question="mot", reason="Hai đáp án đúng", by=cast.culture_officer, at=clock.now
    )
    args = [week.contest.code, week.number]
    text = client.get(reverse("contest:results", args=args)).content.decode()
    assert "đã hủy: Hai đáp án đúng" in text
    assert "câu đã hủy, được tính điểm" in client.get(there).content.decode()
