"""Plans and the ledger on the web: what a form changes, what it refuses, and how files come and go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.models import Person, Position
from dinhlang.work import actions, blobs
from dinhlang.work.models import Activity, Blob, Evidence, Import, Plan
from dinhlang.work.rules import FileEvidence, LinkEvidence
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

GIANT = b"\xff\xd8\xff" + bytes(blobs.LARGEST)


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.culture_officer)
    return client


def as_person(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def upload(data: bytes, name: str = "tệp.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def said(answer: Any) -> str:
    """The page, and what the next page would say above it."""
    return answer.content.decode() + " ".join(str(one) for one in get_messages(answer.wsgi_request))


def line_of(cast: Cast, **given: Any) -> Activity:
    return actions.record_activity(
        **{
            "unit": cast.commune,
            "kind": "website",
            "happened_on": cast.today,
            "title": "Tin cải cách hành chính",
            "measures": {"articles": 1},
            "by": cast.culture_officer,
            "at": cast.now,
            **given,
        }
    )


def form(cast: Cast, **given: Any) -> dict[str, Any]:
    return {
        "uid": "7a1ef9d5-5b39-4d0e-9f9e-9d35c0a0a001",
        "unit": cast.commune.pk,
        "happened_on": "20/7/2023",
        "title": "Họp thôn Đình",
        "count_meetings": "1",
        "exactness_meetings": "",
        "basis": "su-kien",
        **given,
    }


def record(client: Client, cast: Cast, **given: Any) -> Any:
    return client.post(reverse("work:record", args=["meeting"]), form(cast, **given))


# --- recording ------------------------------------------------------------------------------------


def test_a_line_is_recorded_with_its_counters_and_evidence(clerk: Client, cast: Cast) -> None:
    answer = record(clerk, cast, link="https://ben-truc.example/1", files=upload(b"Bien ban", "biên bản.txt"))
    line = Activity.objects.get()
    assert answer.headers["Location"] == reverse("work:activity", args=[line.pk])
    assert (line.title, line.measures.get().value, line.evidence.count()) == ("Họp thôn Đình", 1, 2)
    assert line.recorded_by == cast.culture_officer


def test_the_same_form_sent_twice_makes_one_line(clerk: Client, cast: Cast) -> None:
    record(clerk, cast)
    record(clerk, cast)
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"title": ""}, "Chưa điền ô này."),
        ({"happened_on": "31/4/2023"}, "Ngày không đúng."),
        ({"happened_on": f"{timezone.localdate() + timedelta(days=2):%d/%m/%Y}"}, "ở tương lai"),
        ({"count_meetings": "nhiều"}, "Chỉ ghi chữ số."),
        ({"count_meetings": "-1"}, "Số lượng từ 0 trở lên."),
        ({"link": "javascript:alert(1)"}, "không phải đường dẫn"),
        ({"title": "a\0b"}, "ký tự không đọc được"),
        ({"title": "x" * 501}, "tối đa 500"),
        ({"unit": "ben-dua"}, "Chọn một mục trong danh sách."),
        ({"unit": "khong-co"}, "Chọn một mục trong danh sách."),
        ({"uid": "khong-phai"}, "Hãy tải lại trang"),
    ],
)
def test_a_bad_form_comes_back_with_what_to_mend(
    clerk: Client, cast: Cast, given: dict[str, str], told: str
) -> None:
    answer = record(clerk, cast, **given)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_task_brings_itself_and_its_unit_into_the_form(clerk: Client, cast: Cast) -> None:
    actions.load_demo(at=timezone.now())
    task = Plan.objects.get().tasks.first()
    kinds = clerk.get(reverse("work:kinds"), {"task": task.pk}).content.decode()
    assert f"?task={task.pk}" in kinds
    page = clerk.get(reverse("work:record", args=["meeting"]), {"task": task.pk}).content.decode()
    assert f'<option value="{task.pk}" selected>' in page


@pytest.mark.parametrize("task", ["abc", "9" * 30, "-1", "%00"])
def test_a_task_that_is_none_is_passed_over(clerk: Client, task: str) -> None:
    assert clerk.get(f"{reverse('work:kinds')}?task={task}").status_code == 200


def test_a_kind_that_is_none_is_not_there(clerk: Client) -> None:
    assert clerk.get(reverse("work:record", args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("who", ["chair", "reviewer", "neighbour"])
def test_who_may_not_record_for_the_commune_changes_nothing(client: Client, cast: Cast, who: str) -> None:
    answer = record(as_person(client, getattr(cast, who)), cast)
    assert answer.status_code == 200
    assert not Activity.objects.exists()


def test_a_right_lost_between_page_and_button_is_refused_with_the_reason(clerk: Client, cast: Cast) -> None:
    line = line_of(cast)
    there = reverse("work:reverse", args=[line.pk])
    assert clerk.get(there).status_code == 200
    Position.objects.filter(person=cast.culture_officer).update(role="hamlet-head")
    answer = clerk.post(there, {"reason": "Ghi nhầm"})
    assert "chưa được giao quyền hủy ghi hoạt động" in answer.content.decode()
    assert not hasattr(Activity.objects.get(), "reversal")


def test_reversing_asks_for_a_reason_and_keeps_the_line(clerk: Client, cast: Cast) -> None:
    there = reverse("work:reverse", args=[line_of(cast).pk])
    assert "Chưa điền ô này." in clerk.post(there, {"reason": " "}).content.decode()
    clerk.post(there, {"reason": "Ghi nhầm ngày"})
    assert Activity.objects.get().reversal.reason == "Ghi nhầm ngày"
    ledger = clerk.get(reverse("work:ledger")).content.decode()
    assert "Ghi nhầm ngày" in ledger


# --- evidence and files ---------------------------------------------------------------------------


def test_evidence_brought_later_is_all_or_nothing(clerk: Client, cast: Cast) -> None:
    there = reverse("work:activity", args=[line_of(cast).pk])
    answer = clerk.post(there, {"files": [upload(b"mot", "1.txt")], "link": "khong phai"})
    assert "không phải đường dẫn" in answer.content.decode()
    assert not Evidence.objects.exists()
    clerk.post(there, {"files": [upload(b"mot", "1.txt"), upload(b"hai", "2.txt")]})
    assert Evidence.objects.count() == 2
    assert "Chọn ít nhất một." in clerk.post(there, {}).content.decode()


SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(document.cookie)</script></svg>"


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["tin.html", "hình.svg", "anh.png", "ghi chú.txt"])
def test_what_a_browser_would_run_is_not_taken(clerk: Client, cast: Cast, name: str) -> None:
    answer = record(clerk, cast, files=upload(SCRIPT, name))
    assert "có thể chạy mã" in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["tin.html", "tệp.xhtml", "anh.png", "la\r\nSet-Cookie: x=1.txt"])
def test_what_was_handed_in_before_that_rule_never_runs_in_a_browser(
    clerk: Client, cast: Cast, name: str
) -> None:
    held = blobs.store(SCRIPT, None, cast.now)
    line = line_of(cast)
    found = Evidence.objects.create(
        activity=line, kind="file", blob=held, caption=name, added_at=cast.now, added_by=None
    )
    answer = clerk.get(reverse("work:evidence", args=[found.pk]))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert answer.content == SCRIPT


def test_a_picture_is_shown_in_its_sandbox(clerk: Client, cast: Cast) -> None:
    line = line_of(cast, evidence=[FileEvidence(photo(kind="PNG"), caption="ảnh.png")])
    answer = clerk.get(reverse("work:evidence", args=[line.evidence.get().pk]))
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_link_is_no_file(clerk: Client, cast: Cast) -> None:
    line = line_of(cast, evidence=[LinkEvidence("https://ben-truc.example/1")])
    assert clerk.get(reverse("work:evidence", args=[line.evidence.get().pk])).status_code == 404


def test_a_giant_file_is_refused_before_it_is_read(clerk: Client, cast: Cast) -> None:
    answer = record(clerk, cast, files=upload(GIANT, "phim.jpg"))
    assert "tối đa 50 MB" in answer.content.decode()
    assert not Activity.objects.exists()


# --- tables and plans -----------------------------------------------------------------------------

HEAD = "Ngày;Loại hoạt động;Nội dung;Số tin, bài\n"
GOOD = (
    f"{HEAD}5/7/2023;Trang thông tin điện tử;Tin một;1\n6/7/2023;Trang thông tin điện tử;Tin hai;1\n".encode()
)
SLIP = f"{HEAD}31/4/2023;Trang thông tin điện tử;Tin một;1\n".encode()


BAD_TABLES = {
    "empty": (b"", "sổ.csv", "trống"),
    "blank": (b"\n \n", "sổ.csv", "trống"),
    "no workbook": (b"PK\x03\x04 not at all", "sổ.xlsx", "đã hỏng"),
    "text called xlsx": (b"xin chao", "sổ.xlsx", "không phải tệp Excel"),
    "pdf": (b"%PDF-1.7 ...", "sổ.xlsx", "PDF"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "sổ.xls", ".xlsx"),
    "giant": (GIANT, "sổ.xlsx", "tối đa"),
    "too large for a table": (b"x" * (26 * 1024 * 1024), "sổ.csv", "tối đa 25 MB"),
    "binary": (bytes(range(256)) * 8, "sổ.csv", "tệp"),
}


@pytest.mark.one_database
@pytest.mark.parametrize("case", BAD_TABLES)
def test_a_file_that_is_no_table_is_refused_on_the_page(clerk: Client, cast: Cast, case: str) -> None:
    data, name, told = BAD_TABLES[case]
    answer = clerk.post(
        reverse("work:activity-import"), {"unit": cast.commune.pk, "file": upload(data, name)}
    )
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Blob.objects.exists()


@pytest.mark.one_database
@pytest.mark.parametrize("case", [*BAD_TABLES, "a letter"])
def test_a_file_that_is_no_plan_is_refused_on_the_page(clerk: Client, cast: Cast, case: str) -> None:
    data, name, _ = BAD_TABLES.get(case, ("Kính gửi ông bà.".encode(), "thư.txt", ""))
    answer = clerk.post(reverse("work:plan-import"), {"unit": cast.commune.pk, "file": upload(data, name)})
    assert answer.status_code == 200
    assert "field--wrong" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not Plan.objects.exists()
    assert not Blob.objects.exists()


def test_a_form_without_a_file_says_so(clerk: Client, cast: Cast) -> None:
    for name in ("work:activity-import", "work:plan-import"):
        assert "Chưa chọn tệp." in clerk.post(reverse(name), {"unit": cast.commune.pk}).content.decode()


def ticket_for(client: Client, cast: Cast, data: bytes = GOOD) -> str:
    there = reverse("work:activity-import")
    answer = client.post(there, {"unit": cast.commune.pk, "file": upload(data, "sổ.csv")})
    return str(answer.context["ticket"])


def test_a_table_is_shown_first_and_stored_on_a_second_word(clerk: Client, cast: Cast) -> None:
    ticket = ticket_for(clerk, cast)
    assert not Activity.objects.exists()
    answer = clerk.post(reverse("work:activity-import-confirm"), {"ticket": ticket})
    assert "Đã nhập 2 dòng của tệp “sổ.csv” vào sổ." in said(answer)
    assert Activity.objects.count() == 2
    again = clerk.post(reverse("work:activity-import-confirm"), {"ticket": ticket})
    assert "đã được nhập" in said(again)
    assert Import.objects.count() == 1


def test_a_table_with_a_slip_names_the_cell_and_keeps_nothing(clerk: Client, cast: Cast) -> None:
    there = reverse("work:activity-import")
    page = clerk.post(there, {"unit": cast.commune.pk, "file": upload(SLIP, "sổ.csv")}).content.decode()
    assert "Cần sửa ô A2" in page
    assert reverse("work:activity-import-confirm") not in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize("ticket", ["", "khong-phai", "eyJhIjoxfQ:1abc:def"])
def test_a_made_up_second_word_is_refused(clerk: Client, cast: Cast, ticket: str) -> None:
    answer = clerk.post(reverse("work:activity-import-confirm"), {"ticket": ticket})
    assert "Hãy chọn lại tệp." in said(answer)


def test_another_person_cannot_use_the_second_word(client: Client, cast: Cast) -> None:
    ticket = ticket_for(as_person(client, cast.culture_officer), cast)
    for other in (cast.neighbour, cast.office_clerk):
        as_person(client, other).post(reverse("work:activity-import-confirm"), {"ticket": ticket})
    assert not Activity.objects.exists()


def test_a_right_lost_between_the_two_words_is_refused(clerk: Client, cast: Cast) -> None:
    ticket = ticket_for(clerk, cast)
    Position.objects.filter(person=cast.culture_officer).update(role="hamlet-head")
    answer = clerk.post(reverse("work:activity-import-confirm"), {"ticket": ticket})
    assert "chưa được giao quyền nhập tệp hoạt động" in said(answer)
    assert not Activity.objects.exists()


# --- lists ----------------------------------------------------------------------------------------


def test_export_and_totals_are_those_of_the_filter_and_of_the_persons_units(
    client: Client, cast: Cast
) -> None:
    line_of(cast, title="=HYPERLINK(1)", measures={"articles": 1234})
    line_of(cast, title="Tin tháng trước", happened_on=cast.today - timedelta(days=40))
    line_of(cast, title="Tin của láng giềng", unit=cast.neighbour_commune, by=cast.neighbour)
    as_person(client, cast.culture_officer)
    ask = {"start": f"{cast.today - timedelta(days=7)}"}
    there = reverse("work:ledger-export", args=["csv"], query=ask)
    rows = b"".join(client.post(there).streaming_content).decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in rows
    assert "Tin tháng trước" not in rows
    assert "láng giềng" not in rows
    page = client.get(reverse("work:ledger"), ask).content.decode()
    assert "1 dòng." in page
    assert "1.234" in page
    assert client.get(reverse("work:ledger"), {"unit": "ben-dua"}).content.decode().count("láng giềng") == 0
    assert (
        client.post(reverse("work:ledger-export", args=["csv"], query={"unit": "ben-dua"})).status_code == 404
    )


def test_the_reviewer_reads_the_ledgers_below_and_writes_in_none(client: Client, cast: Cast) -> None:
    line = line_of(cast)
    as_person(client, cast.reviewer)
    page = client.get(reverse("work:ledger"), {"unit": cast.commune.pk}).content.decode()
    assert line.title in page
    client.post(reverse("work:reverse", args=[line.pk]), {"reason": "x"})
    client.post(reverse("work:activity", args=[line.pk]), {"link": "https://ben-truc.example"})
    assert not hasattr(Activity.objects.get(), "reversal")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "query", ["q=%00", "start=31/4/2023", "kind=x", "state=x", "p=9999", "p=x", "unit=%00"]
)
def test_an_odd_question_still_gives_a_page(clerk: Client, query: str) -> None:
    assert clerk.get(f"{reverse('work:ledger')}?{query}").status_code == 200
    assert clerk.get(f"{reverse('work:plans')}?{query}").status_code == 200


@pytest.mark.parametrize("number", [0, 10**12, 10**30])
def test_a_number_that_is_no_line_is_not_there(clerk: Client, number: int) -> None:
    for name in ("work:activity", "work:plan", "work:evidence", "work:reverse"):
        assert clerk.get(reverse(name, args=[number])).status_code == 404


def test_plans_are_found_without_marks_and_by_year(clerk: Client, cast: Cast) -> None:
    actions.load_demo(at=timezone.now())
    year = Plan.objects.get().year
    there = reverse("work:plans")
    for query, found in (("q=tuyen truyen", 1), ("q=thể thao", 0), (f"q=&year={year}", 1)):
        page = clerk.get(f"{there}?{query}")
        assert len(page.context["rows"]) == found, query


def test_the_one_unit_of_a_person_is_named_and_needs_no_choice(clerk: Client, cast: Cast) -> None:
    page = clerk.get(reverse("work:record", args=["meeting"])).content.decode()
    assert '<p class="soft record__unit">Xã Bến Trúc</p>' in page
    assert '<input type="hidden" name="unit" value="ben-truc"' in page


@pytest.mark.parametrize("name", ["work:plan-import", "work:activity-import"])
def test_who_may_not_take_in_files_is_told_instead_of_shown_a_form(
    client: Client, cast: Cast, name: str
) -> None:
    page = as_person(client, cast.radio_operator).get(reverse(name)).content.decode()
    assert "Vai trò của bạn chỉ xem" in page
    assert "enctype" not in page


def test_the_number_and_day_a_plan_left_blank_are_written_from_its_page(cast: Cast, client: Client) -> None:
    plan = Plan.objects.create(unit=cast.commune, year=2023, title="Kế hoạch thử", created_at=cast.now)
    there = reverse("work:plan-amend", args=[plan.pk])

    refused = as_person(client, cast.radio_operator).post(
        there, {"number": "04/KH-UBND", "issued_on": "13/2/2023"}
    )
    plan.refresh_from_db()
    assert plan.number == ""
    assert "sửa kế hoạch" in said(refused)

    clerk = as_person(client, cast.office_clerk)
    wrong = clerk.post(there, {"number": "04/KH-UBND", "issued_on": "31/4/2023"})
    assert "Ngày không đúng" in said(wrong)
    clerk.post(there, {"number": "04/KH-UBND", "issued_on": "13/2/2023"})
    plan.refresh_from_db()
    assert (plan.number, plan.symbol, str(plan.issued_on)) == ("04", "KH-UBND", "2023-02-13")
