"""Recording on a phone: what is offered, what a form keeps, once only, and answers for the phone's own list."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.rules import Role
from dinhlang.work import actions, blobs, queries, rules
from dinhlang.work.models import Activity, ActivityKind, Blob, Evidence, Occurrence, Plan, Task
from dinhlang.work.rules import FileEvidence, LinkEvidence
from dinhlang.work.tests.pictures import exif_of_a_phone, photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

MEETING = "meeting"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.culture_officer)
    return client


def line_of(cast: Cast, **given: Any) -> Activity:
    return actions.record_activity(
        **{
            "unit": cast.commune,
            "kind": MEETING,
            "happened_on": timezone.localdate(),
            "title": "Họp thôn Đình",
            "measures": {"meetings": 1},
            "by": cast.culture_officer,
            "at": timezone.now(),
            **given,
        }
    )


def form(cast: Cast, **given: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid4()),
        "unit": cast.commune.pk,
        "happened_on": f"{timezone.localdate():%Y-%m-%d}",
        "title": "Họp thôn Đình",
        "count_meetings": "1",
        **given,
    }


def send(client: Client, given: dict[str, Any], kind: str = MEETING, **headers: str) -> Any:
    return client.post(reverse("work:record", args=[kind]), given, headers=headers)


def send_by_phone(client: Client, given: dict[str, Any]) -> Any:
    return send(client, given, accept="application/json")


def picture(name: str = "anh.jpg", seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(seed, exif=exif_of_a_phone()), "image/jpeg")


# --- what is offered ------------------------------------------------------------------------------


def test_the_kinds_a_person_records_most_come_first(clerk: Client, cast: Cast) -> None:
    for number in range(3):
        line_of(cast, kind="training", title=f"Lớp {number}", measures={"trainings": 1})
    page = clerk.get(reverse("work:kinds"))
    assert page.context["first"][0][0] == ActivityKind.TRAINING
    offered = [kind for kind, _icon in (*page.context["first"], *page.context["rest"])]
    assert len(page.context["first"]) == 8
    assert sorted(offered) == sorted(ActivityKind)


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (Role.RADIO_OPERATOR, ActivityKind.RADIO),
        (Role.HAMLET_HEAD, ActivityKind.MEETING),
        (Role.ONE_STOP_CLERK, ActivityKind.GUIDANCE),
    ],
)
def test_before_anything_was_recorded_the_role_is_the_best_guess(cast: Cast, role: str, kind: str) -> None:
    assert queries.usual_kinds(cast.hamlet_head, [role], cast.today)[0] == kind


def test_what_a_task_speaks_of_comes_before_all(cast: Cast, tasks: list[Task]) -> None:
    assert queries.usual_kinds(cast.radio_operator, ["radio-operator"], cast.today, tasks[1])[0] == "meeting"


@pytest.fixture
def tasks(cast: Cast) -> list[Task]:
    """Two tasks that speak of meetings; the second is due first."""
    plan = Plan.objects.create(unit=cast.commune, year=2023, title="Kế hoạch", created_at=cast.now)
    made = [
        Task.objects.create(
            plan=plan, position=number, ordinal=str(number), text=f"Việc {number}", expected_kinds=[MEETING]
        )
        for number in (1, 2)
    ]
    for task, due in zip(made, (date(2023, 12, 31), date(2023, 7, 31)), strict=True):
        Occurrence.objects.create(
            task=task, number=1, starts_on=date(2023, 7, 1), ends_on=due, due_on=due, needed=1
        )
    return made


def test_the_task_that_is_due_first_is_chosen(cast: Cast, tasks: list[Task]) -> None:
    person = cast.culture_officer
    assert queries.likely_task(tasks, MEETING, [], person, cast.today) == tasks[1]
    assert queries.likely_task(tasks[:1], MEETING, [], person, cast.today) == tasks[0]
    assert queries.likely_task(tasks, "contest", [], person, cast.today) is None


def test_the_task_of_ones_last_line_of_the_kind_is_chosen_before(cast: Cast, tasks: list[Task]) -> None:
    line_of(cast, task=tasks[0], happened_on=cast.today, at=cast.now)
    units = [cast.commune.pk]
    own = queries.last_lines(cast.culture_officer, units, MEETING, cast.today)
    assert queries.likely_task(tasks, MEETING, own, cast.culture_officer, cast.today) == tasks[0]
    others = queries.last_lines(cast.hamlet_head, units, MEETING, cast.today)
    assert queries.likely_task(tasks, MEETING, others, cast.hamlet_head, cast.today) == tasks[1]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("title", "moved"),
    [
        ("Chuyên mục CCHC tháng 6", "Chuyên mục CCHC tháng 7"),
        ("Phát thanh Tháng 06/2022", "Phát thanh Tháng 07/2023"),
        ("Giao ban tháng 6 năm 2022", "Giao ban tháng 7 năm 2023"),
        ("Họp tháng 16", "Họp tháng 16"),
        ("Kế hoạch 2021", "Kế hoạch 2021"),
        ("Họp thôn Đình", "Họp thôn Đình"),
        ("Sơ kết 6 tháng đầu năm", "Sơ kết 6 tháng đầu năm"),
        ("Triển khai từ tháng 5 đến tháng 6", "Triển khai từ tháng 5 đến tháng 7"),
    ],
)
def test_a_title_moves_on_with_its_month(title: str, moved: str) -> None:
    assert rules.moved_title(title, date(2022, 6, 12), date(2023, 7, 20)) == moved


def test_the_words_of_a_task_make_a_short_title() -> None:
    assert rules.short_name("Đăng tin, bài: trên trang") == "Đăng tin"
    assert rules.short_name("Treo băng rôn") == "Treo băng rôn"
    assert len(rules.short_name("việc " * 60)) <= 80


def test_titles_are_offered_and_the_act_is_counted_as_one(clerk: Client, cast: Cast) -> None:
    line_of(cast, title="Giao ban thôn Đình")
    page = clerk.get(reverse("work:record", args=[MEETING]))
    assert "Giao ban thôn Đình" in page.context["titles"]
    assert re.search(r'name="count_meetings" value="1"', page.content.decode())
    assert 'capture="environment"' in page.content.decode()


def test_a_page_of_recording_asks_the_database_a_bounded_number_of_times(
    clerk: Client, cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(12):
        line_of(cast, title=f"Họp lần {number}")
    with django_assert_max_num_queries(16):
        clerk.get(reverse("work:kinds"))
    with django_assert_max_num_queries(24):
        clerk.get(reverse("work:record", args=[MEETING]))


# --- once only ------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_line_and_no_question_is_asked(clerk: Client, cast: Cast) -> None:
    given = form(cast)
    first, second = send(clerk, given), send(clerk, given)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Activity.objects.count() == 1


def test_back_and_another_act_is_told_and_then_taken(clerk: Client, cast: Cast) -> None:
    given = form(cast)
    send(clerk, given)
    changed = {**given, "title": "Tập huấn chữ ký số", "count_meetings": "2"}
    page = send(clerk, changed)
    assert "đã lưu một dòng trước đó" in page.content.decode()
    assert Activity.objects.count() == 1
    fresh = re.search(r'name="uid" value="([^"]+)"', page.content.decode())
    assert fresh is not None
    assert fresh[1] != given["uid"]
    assert send(clerk, {**changed, "uid": fresh[1]}).status_code == 302
    assert Activity.objects.count() == 2


def test_two_tabs_write_two_lines(clerk: Client, cast: Cast) -> None:
    send(clerk, form(cast, title="Họp thôn Đình"))
    send(clerk, form(cast, title="Phát tờ rơi ở chợ"))
    assert Activity.objects.count() == 2


# --- nothing is lost ------------------------------------------------------------------------------


def test_a_form_with_a_slip_keeps_its_photos(clerk: Client, cast: Cast) -> None:
    page = send(clerk, form(cast, title="", photo=picture("sân đình.jpg")))
    words = page.content.decode()
    assert "Đã nhận: sân đình.jpg" in words
    held = re.search(r'name="held" value="([^"]+)"', words)
    assert held is not None
    assert not Activity.objects.exists()
    assert send(clerk, form(cast, held=held[1])).status_code == 302
    kept = Evidence.objects.get()
    assert (kept.kind, kept.caption) == ("photo", "sân đình.jpg")
    assert b"Phone of" not in blobs.read(kept.blob)


def test_the_note_of_a_kept_file_serves_nobody_else_and_cannot_be_forged(clerk: Client, cast: Cast) -> None:
    page = send(clerk, form(cast, title="", files=picture())).content.decode()
    held = re.search(r'name="held" value="([^"]+)"', page)
    assert held is not None
    clerk.force_login(cast.hamlet_head)
    for ticket in (held[1], held[1][:-2] + "xx", "rubbish", "", "a" * 5000):
        send(clerk, form(cast, title=f"Họp {ticket[:5]}", held=ticket, anyway="1"))
    assert Activity.objects.count() == 5
    assert not Evidence.objects.exists()


def test_one_bad_file_is_told_and_the_good_ones_stay(clerk: Client, cast: Cast) -> None:
    broken = SimpleUploadedFile("hong.jpg", photo()[:400], "image/jpeg")
    page = send(clerk, form(cast, files=[picture("tot.jpg"), broken])).content.decode()
    assert "Ảnh bị hỏng" in page
    assert "Đã nhận: tot.jpg" in page
    assert not Activity.objects.exists()


def test_too_many_files_are_refused(clerk: Client, cast: Cast) -> None:
    many = [SimpleUploadedFile(f"{number}.txt", b"x") for number in range(21)]
    assert "tối đa 20 tệp" in send(clerk, form(cast, files=many)).content.decode()


def test_names_with_smileys_and_invisible_letters_are_kept_clean(clerk: Client, cast: Cast) -> None:
    send(clerk, form(cast, title="Họp\u200b thôn \u202eĐình 🎉", files=picture("ảnh\u200d🎉.jpg")))
    line = Activity.objects.get()
    assert line.title == "Họp thôn Đình 🎉"
    assert line.evidence.get().caption == "ảnh🎉.jpg"


# --- likely there already -------------------------------------------------------------------------


def test_an_act_that_looks_recorded_needs_one_more_tap(clerk: Client, cast: Cast) -> None:
    there = line_of(cast, title="Họp thôn Đình về chuyển đổi số")
    given = form(cast, title="hop thon dinh ve chuyen doi so", photo=picture())
    page = send(clerk, given).content.decode()
    assert "Có vẻ đã ghi rồi" in page
    assert reverse("work:activity", args=[there.pk]) in page
    held = re.search(r'name="held" value="([^"]+)"', page)
    assert held is not None
    assert Activity.objects.count() == 1
    del given["photo"]
    assert send(clerk, {**given, "held": held[1], "anyway": "1"}).status_code == 302
    assert Activity.objects.filter(evidence__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("changes", "is_alike"),
    [
        ({}, True),
        ({"happened_on": -1}, True),
        ({"happened_on": -2}, False),
        ({"kind": "speaker"}, False),
        ({"title": "Họp thôn Soi"}, False),
        ({"title": "Họp thôn Đình lần 2"}, False),
    ],
)
def test_what_looks_like_the_same_act(cast: Cast, changes: dict[str, Any], is_alike: bool) -> None:
    line_of(cast, happened_on=cast.today, at=cast.now)
    day = cast.today + timedelta(days=changes.get("happened_on", 0))
    found = queries.alike(
        cast.commune,
        kind=changes.get("kind", MEETING),
        day=day,
        title=changes.get("title", "Họp thôn Đình"),
    )
    assert bool(found) is is_alike


def test_a_title_that_returns_every_day_is_a_routine(cast: Cast) -> None:
    for number in range(1, 5):
        line_of(
            cast,
            kind="radio",
            title="Bản tin sáng",
            measures={"broadcasts": 1},
            happened_on=cast.today - timedelta(days=number),
            at=cast.now,
        )
    ask = {"kind": "radio", "title": "Bản tin sáng"}
    assert queries.alike(cast.commune, day=cast.today, **ask) == []
    assert queries.alike(cast.commune, day=cast.today - timedelta(days=1), **ask)


def test_the_same_link_or_a_photo_that_looks_alike_is_noticed(cast: Cast) -> None:
    small = FileEvidence(photo(3, (640, 480), quality=50), "a.jpg")
    line = line_of(cast, evidence=[LinkEvidence("https://ben-truc.example/9"), small])
    big = actions.hold_file(FileEvidence(photo(3, (1600, 1200)), "b.jpg"), cast.now)
    ask: dict[str, Any] = {"kind": "website", "day": timezone.localdate(), "title": "Khác hẳn"}
    by_link = queries.alike(cast.commune, links=["https://ben-truc.example/9"], **ask)
    assert [(one.line, one.why) for one in by_link] == [(line, "link")]
    by_photo = queries.alike(cast.commune, files=[big.sha256], **ask)
    assert [(one.line, one.why) for one in by_photo] == [(line, "photo")]
    assert queries.alike(cast.neighbour_commune, files=[big.sha256], **ask) == []


# --- for the phone's own list ---------------------------------------------------------------------


def test_the_phone_is_told_where_the_line_is_and_once_only(clerk: Client, cast: Cast) -> None:
    given = form(cast, person=str(cast.culture_officer.pk))
    first, second = send_by_phone(clerk, given), send_by_phone(clerk, given)
    assert (first.status_code, second.status_code) == (201, 200)
    line = Activity.objects.get()
    assert (
        first.json()
        == second.json()
        == {
            "address": reverse("work:activity", args=[line.pk]),
            "title": line.title,
        }
    )


def test_the_phone_is_told_what_to_mend(clerk: Client, cast: Cast) -> None:
    answer = send_by_phone(clerk, form(cast, title="", happened_on="31/4/2023"))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"title", "happened_on"}
    answer = send_by_phone(clerk, form(cast, count_meetings=""))
    assert "chưa có số lượng nào" in answer.json()["errors"]["__all__"][0]["message"].lower()
    assert not Activity.objects.exists()


def test_an_act_is_never_taken_under_another_name(clerk: Client, cast: Cast) -> None:
    given = form(cast, person=str(cast.hamlet_head.pk))
    answer = send_by_phone(clerk, given)
    assert (answer.status_code, answer.json()) == (409, {"reason": "person"})
    assert "do người khác mở" in send(clerk, given).content.decode()
    assert not Activity.objects.exists()


def test_the_phone_is_told_of_likeness_and_of_a_taken_identity(clerk: Client, cast: Cast) -> None:
    given = form(cast)
    send_by_phone(clerk, given)
    answer = send_by_phone(clerk, form(cast))
    assert (answer.status_code, answer.json()["reason"]) == (409, "alike")
    assert answer.json()["alike"][0]["title"] == "Họp thôn Đình"
    answer = send_by_phone(clerk, {**given, "title": "Khác hẳn", "anyway": "1"})
    assert (answer.status_code, answer.json()) == (409, {"reason": "uid"})
    assert Activity.objects.count() == 1


def test_who_is_signed_out_is_told_so_and_not_led_away(client: Client, cast: Cast) -> None:
    answer = send_by_phone(client, form(cast))
    assert answer.status_code == 401
    answer = client.get(reverse("work:who-records"), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"reason": "signed-out"})


def test_the_phone_asks_who_is_there_and_gets_a_token(clerk: Client, cast: Cast) -> None:
    told = clerk.get(reverse("work:who-records")).json()
    assert told["person"] == cast.culture_officer.pk
    assert len(told["token"]) > 30


def test_what_is_sent_later_says_nothing_on_the_next_page(clerk: Client, cast: Cast) -> None:
    send_by_phone(clerk, form(cast, queued="1"))
    assert "Đã ghi vào sổ." not in clerk.get(reverse("work:ledger")).content.decode()


@pytest.mark.parametrize("unit", ["ben-dua", "tinh-mau", "khong-co", ""])
def test_no_line_is_written_into_another_units_ledger(clerk: Client, cast: Cast, unit: str) -> None:
    assert send_by_phone(clerk, form(cast, unit=unit)).status_code == 422
    assert not Activity.objects.exists()


def test_a_task_of_another_unit_is_no_choice(clerk: Client, cast: Cast) -> None:
    plan = Plan.objects.create(
        unit=cast.neighbour_commune, year=timezone.localdate().year, title="Khác", created_at=cast.now
    )
    theirs = Task.objects.create(plan=plan, position=1, text="Việc của xã bên", expected_kinds=[MEETING])
    answer = send_by_phone(clerk, form(cast, task=str(theirs.pk)))
    assert set(answer.json()["errors"]) == {"task"}
    page = clerk.get(f"{reverse('work:record', args=[MEETING])}?task={theirs.pk}").content.decode()
    assert "Việc của xã bên" not in page


# --- without a network ----------------------------------------------------------------------------


def test_the_page_kept_on_the_phone_says_nothing_of_anybody(clerk: Client, cast: Cast) -> None:
    page = clerk.get(reverse("work:record-offline")).content.decode()
    for personal in (cast.culture_officer.full_name, cast.culture_officer.username, "Bến Trúc", "csrf"):
        assert personal not in page
    clerk.force_login(cast.neighbour)
    assert clerk.get(reverse("work:record-offline")).content.decode() == page
    for kind in ActivityKind:
        assert f'data-for="{kind}"' in page


def test_the_worker_names_files_that_are_there(clerk: Client) -> None:
    from django.contrib.staticfiles import finders

    words = clerk.get(reverse("work:record-worker"))
    assert words.headers["Content-Type"].startswith("text/javascript")
    files = re.findall(r'"/static/([^"]+)"', words.content.decode())
    assert len(files) == 8
    assert [file for file in files if finders.find(file) is None] == []


def test_other_scripts_make_another_worker(
    clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinhlang.work.views import phone

    def version() -> bytes:
        phone._scripts.cache_clear()
        return re.findall(rb'"ghi-(\w+)"', clerk.get(reverse("work:record-worker")).content)[0]

    script = tmp_path / "outbox.js"
    monkeypatch.setattr(phone.finders, "find", lambda name: str(script))
    script.write_text("old")
    old = version()
    assert version() == old
    script.write_text("new")
    assert version() != old
    phone._scripts.cache_clear()


# --- after saving ---------------------------------------------------------------------------------


def test_a_fresh_line_offers_to_be_taken_back_with_one_tap(client: Client, cast: Cast) -> None:
    client.force_login(cast.hamlet_head)
    line = line_of(cast, by=cast.hamlet_head)
    there = reverse("work:activity", args=[line.pk])
    assert "Hoàn tác" in client.get(there).content.decode()
    client.post(reverse("work:undo", args=[line.pk]))
    page = client.get(there).content.decode()
    assert "Ghi nhầm" in page
    assert "Hoàn tác ngay" not in page
    client.post(reverse("work:record-again", args=[line.pk]))
    assert Activity.objects.get(reversal=None).instead_of == line


def test_an_older_line_or_anothers_does_not(client: Client, cast: Cast) -> None:
    client.force_login(cast.hamlet_head)
    old: datetime = timezone.now() - timedelta(minutes=11)
    for line in (line_of(cast, by=cast.hamlet_head, at=old), line_of(cast, title="Việc khác")):
        assert "Vừa ghi xong" not in client.get(reverse("work:activity", args=[line.pk])).content.decode()
        client.post(reverse("work:undo", args=[line.pk]))
    assert Activity.objects.filter(reversal=None).count() == 2


def test_a_strangers_line_is_neither_undone_nor_written_again(clerk: Client, cast: Cast) -> None:
    theirs = line_of(cast, unit=cast.neighbour_commune, by=cast.neighbour)
    for name in ("work:undo", "work:record-again"):
        assert clerk.post(reverse(name, args=[theirs.pk])).status_code == 404


def test_a_photo_has_a_small_copy_and_another_file_has_none(clerk: Client, cast: Cast) -> None:
    line = line_of(
        cast, evidence=[FileEvidence(photo(size=(1600, 1200)), "a.jpg"), FileEvidence(b"x", "a.txt")]
    )
    shown, paper = line.evidence.all()
    small = clerk.get(reverse("work:thumbnail", args=[shown.pk]))
    assert small.headers["Content-Type"] == "image/jpeg"
    assert len(small.content) < len(blobs.read(shown.blob))
    assert clerk.get(reverse("work:thumbnail", args=[paper.pk])).status_code == 404
    clerk.force_login(cast.neighbour)
    assert clerk.get(reverse("work:thumbnail", args=[shown.pk])).status_code == 404
    assert Blob.objects.count() == 3
