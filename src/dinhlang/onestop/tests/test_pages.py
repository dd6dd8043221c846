"""The counter's pages as the web asks for them."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dinhlang.onestop import actions, queries, slips
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.tests.counters import APPLICANT, Counter
from dinhlang.onestop.tests.test_slips import words
from dinhlang.org.models import AuditEntry

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from dinhlang.org.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def typed(counter: Counter, **more: object) -> dict[str, object]:
    return {
        "key": uuid4(),
        "version": counter.version,
        "applicant": APPLICANT.name,
        "phone": APPLICANT.phone,
        "address": APPLICANT.address,
        "sets": 1,
        "return_way": "counter",
        "do": "receive",
        **more,
    }


@pytest.fixture(autouse=True)
def _as_of_today(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views read the clock; the cast lives on 20/7/2023."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)


def test_a_dossier_is_received_by_form_and_its_page_says_why_it_is_due(counter: Counter) -> None:
    clerk = browser(counter.cast.one_stop_clerk)
    there = reverse("onestop:receive", args=[counter.version])
    shown = clerk.get(there).content.decode()
    assert "hẹn trả" in shown
    form = typed(counter)
    for _time in range(2):
        answer = clerk.post(there, form)
        assert answer.status_code == 302
    dossier = Dossier.objects.get()
    page = clerk.get(reverse("onestop:dossier", args=[dossier.pk])).content.decode()
    assert APPLICANT.name in page
    assert "Vì sao hẹn ngày này?" in page
    assert "ngày nhận không tính" in page


def test_the_offices_that_share_a_dossier_are_on_its_page_its_receipt_and_in_the_book(
    counter: Counter,
) -> None:
    clerk, there = browser(counter.cast.one_stop_clerk), reverse("onestop:receive", args=[counter.version])
    clerk.post(there, typed(counter))
    alone = Dossier.objects.get()
    assert (alone.handling, alone.returning, alone.assisted_at) == (
        "Ủy ban nhân dân xã Bến Trúc",
        alone.receiving,
        "",
    )
    offices = {
        "handling": "Chi nhánh Văn phòng đăng ký đất đai Mẫu",
        "returning": "Trung tâm Phục vụ hành chính công tỉnh Mẫu",
        "assisted_at": "Nhà văn hóa thôn Đông",
    }
    clerk.post(there, typed(counter, **offices))
    shared = Dossier.objects.latest("pk")
    assert {name: getattr(shared, name) for name in offices} == offices
    page = clerk.get(reverse("onestop:dossier", args=[shared.pk])).content.decode()
    receipt = words(slips.slip_file(shared, Slip.RECEIPT, "docx"))
    assert shared.receiving in page
    for office in offices.values():
        assert office in page
        assert office in receipt
    assert "nơi hỗ trợ nộp" in receipt
    assert "nơi hỗ trợ nộp" not in words(slips.slip_file(alone, Slip.RECEIPT, "docx"))
    today = counter.cast.today
    book = slips.book_file(counter.cast.commune, first=today, last=today, form="docx", on=today)
    assert offices["handling"] in words(book)


def test_a_dossier_that_was_presented_is_received_later_with_what_was_said_of_it(counter: Counter) -> None:
    clerk = browser(counter.cast.one_stop_clerk)
    offices = {
        "handling": "Chi nhánh Văn phòng đăng ký đất đai Mẫu",
        "returning": "Trung tâm Phục vụ hành chính công tỉnh Mẫu",
        "assisted_at": "Nhà văn hóa thôn Đông",
    }
    for said in (offices, {}):
        more = {"other_papers": "Giấy ủy quyền", "do": "present", **said}
        clerk.post(reverse("onestop:receive", args=[counter.version]), typed(counter, **more))
        dossier = Dossier.objects.latest("pk")
        asked = {name: getattr(dossier, name) for name in offices}
        there = reverse("onestop:receive-presented", args=[dossier.pk])
        form = clerk.get(there).context["form"]
        # What nobody said stays empty, as it was typed: the office of the day of receipt stands there then.
        assert {name: form[name].value() for name in offices} == (said or dict.fromkeys(offices, ""))
        assert form.rest_is_open is bool(said)
        held = {one.html_name: one.value() for one in form if one.value() is not None}
        assert clerk.post(there, {**held, "do": "receive"}).status_code == 302
        dossier.refresh_from_db()
        assert {name: getattr(dossier, name) for name in offices} == asked
        assert (dossier.number is not None, dossier.papers[-1]) == (True, "Giấy ủy quyền")


def test_of_a_very_long_register_the_newest_are_turned_over(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinhlang.org.views.LongPaginator.MOST", 2)
    monkeypatch.setattr("dinhlang.org.views.PER_PAGE", 1)
    made = [counter.receive() for _number in range(3)]
    clerk, there = browser(counter.cast.one_stop_clerk), reverse("onestop:dossiers")
    page = clerk.get(there, {"p": 9}).content.decode()
    assert made[1].code in page
    assert "Trang 2/2" in page
    assert "Danh sách dài hơn 2 dòng" in page
    # What is searched for is among all of them.
    page = clerk.get(there, {"q": made[0].code}).content.decode()
    assert made[0].code in page
    assert "Danh sách dài hơn" not in page


def test_what_was_typed_stays_where_it_cannot_be_taken(counter: Counter) -> None:
    clerk = browser(counter.cast.one_stop_clerk)
    answer = clerk.post(
        reverse("onestop:receive", args=[counter.version]),
        typed(counter, address="CCCD 012345678901", other_papers="Giấy ủy quyền"),
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "giấy tờ tùy thân" in page
    assert "Giấy ủy quyền" in page
    assert not Dossier.objects.exists()


def test_one_procedure_that_fits_is_opened_at_once(counter: Counter) -> None:
    clerk = browser(counter.cast.one_stop_clerk)
    answer = clerk.get(reverse("onestop:choose"), {"q": "1.004873"})
    assert answer.headers["Location"] == reverse("onestop:receive", args=[counter.version])
    assert "Không có thủ tục nào khớp" in clerk.get(reverse("onestop:choose"), {"q": "zzzz"}).content.decode()


def test_who_handed_in_is_not_shown_to_the_rest_of_the_commune(counter: Counter) -> None:
    dossier = counter.receive()
    for who, sees in ((counter.cast.chair, True), (counter.cast.culture_officer, False)):
        client = browser(who)
        for there in (reverse("onestop:dossiers"), reverse("onestop:dossier", args=[dossier.pk])):
            assert (APPLICANT.name in client.get(there).content.decode()) is sees


def test_a_step_is_done_by_form_and_a_refusal_is_told(counter: Counter) -> None:
    dossier = counter.receive()
    clerk = browser(counter.cast.one_stop_clerk)
    there = reverse("onestop:step", args=[dossier.pk])
    refused = clerk.post(there, {"key": uuid4(), "do": "give"}, follow=True).content.decode()
    assert "không thể trả kết quả" in refused
    done = clerk.post(there, {"key": uuid4(), "do": "resolve"}, follow=True).content.decode()
    assert "Đã ghi vào sổ." in done
    assert clerk.post(there, {"key": uuid4(), "do": "no-such"}).status_code == 404
    clerk.post(there, {"key": "x", "do": "give"})
    dossier.refresh_from_db()
    assert (dossier.state, dossier.delivery_state) == ("resolved", "ready")


def test_a_refusal_that_was_taken_back_is_listed_but_names_its_dossier_no_more(counter: Counter) -> None:
    taken_back, stands = counter.refused(), counter.refused()
    clerk = browser(counter.cast.one_stop_clerk)
    step = reverse("onestop:step", args=[taken_back.pk])
    clerk.post(step, {"key": uuid4(), "do": "reverse", "number": 2, "reason": "Xem lại"})
    page = clerk.get(reverse("onestop:dossiers"), {"state": queries.REGISTER_OF_REFUSALS}).content.decode()
    assert "TCHS-2023-0002</a>" in page
    assert "Chưa có mã</a>" in page
    assert "TCHS-2023-0001 (đã rút lại)" in page
    for dossier, title, line in (
        (taken_back, "Hồ sơ chưa tiếp nhận", "năm 2023, số 1 (đã rút lại)"),
        (stands, "Phiếu từ chối TCHS-2023-0002", "năm 2023, số 2</dd>"),
    ):
        page = clerk.get(reverse("onestop:dossier", args=[dossier.pk])).content.decode()
        assert f"<h1>{title}</h1>" in page
        assert line in page
    there = f"{reverse('onestop:export', args=['csv'])}?state={queries.REGISTER_OF_REFUSALS}"
    file = b"".join(clerk.post(there)).decode()
    assert file.index("TCHS-2023-0002") < file.index("TCHS-2023-0001")


def test_a_list_of_many_asks_few_questions(
    counter: Counter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(6):
        counter.receive()
    clerk = browser(counter.cast.one_stop_clerk)
    clerk.get(reverse("onestop:dossiers"))
    with django_assert_max_num_queries(20):
        clerk.get(reverse("onestop:dossiers"))


def test_a_list_leaves_without_names_and_a_book_only_by_who_keeps_it(counter: Counter) -> None:
    counter.receive()
    clerk = browser(counter.cast.one_stop_clerk)
    table = b"".join(clerk.post(reverse("onestop:export", args=["csv"])).streaming_content).decode()  # type: ignore[attr-defined]
    assert "H99.12.34-230720-0001" in table
    assert APPLICANT.name not in table
    days = {"first": "2023-07-01", "last": "2023-07-31", "form": "docx"}
    assert clerk.post(reverse("onestop:book"), days).status_code == 200
    assert browser(counter.cast.culture_officer).post(reverse("onestop:book"), days).status_code == 404


def test_each_count_of_the_form_leads_to_its_dossiers(counter: Counter) -> None:
    done, _open = counter.receive(channel="online"), counter.receive()
    counter.do(actions.resolve, done)
    client = browser(counter.cast.culture_officer)
    days = {"first": "2023-07-01", "last": "2023-07-20"}
    page = client.get(reverse("onestop:figures"), days).content.decode()
    for column, codes in (("3", 2), ("4", 1), ("5", 1), ("8", 1), ("11", 1)):
        there = reverse("onestop:behind", args=[column])
        assert f'href="{there}?unit=ben-truc&amp;first=2023-07-01&amp;last=2023-07-20"' in page
        behind = client.get(there, days).content.decode()
        assert behind.count("H99.12.34-230720-") == codes
        assert APPLICANT.name not in behind
    assert client.get(reverse("onestop:behind", args=["14"])).status_code == 404
    query = "?unit=ben-truc&first=2023-07-01&last=2023-07-20"
    table = b"".join(client.post(reverse("onestop:figures-export", args=["csv"]) + query)).decode()
    head, *_fields, whole = list(csv.reader(StringIO(table.removeprefix("\ufeff"))))
    assert (head[0], head[1], len(head)) == ("Lĩnh vực", "Tổng nhận giải quyết (3)", 12)
    assert whole == ["Tổng số", "2", "1", "1", "0", "1", "1", "0", "0", "1", "1", "0"]
    rows = b"".join(client.post(reverse("onestop:behind-export", args=["4", "csv"]) + query)).decode()
    assert rows.count("H99.12.34-230720-") == 1
    assert APPLICANT.name not in rows
    assert client.post(reverse("onestop:behind-export", args=["14", "csv"]) + query).status_code == 404
    for name, given in (("figures-export", ["csv"]), ("behind-export", ["4", "csv"])):
        there = reverse(f"onestop:{name}", args=given)
        assert browser(counter.cast.neighbour).post(there + query).status_code == 404
    assert {"dossier.figures", "dossier.export"} <= set(AuditEntry.objects.values_list("action", flat=True))
    assert (
        "Ngày đầu sau ngày cuối"
        in client.get(
            reverse("onestop:figures"), {"first": "2023-07-20", "last": "2023-07-01"}
        ).content.decode()
    )


def test_slips_that_came_late_are_filtered_counted_and_marked(counter: Counter) -> None:
    counter.now = counter.now.replace(year=2026, month=3, day=5)
    [chosen] = queries.procedures_to_choose(counter.cast.commune, counter.now.date(), words="1.004873")
    counter.version = chosen.version
    late, other = counter.receive(), counter.receive()
    counter.later(days=6)
    counter.do(actions.ask_papers, late, wanted="Thiếu tờ khai")
    clerk = browser(counter.cast.one_stop_clerk)
    listed = clerk.get(reverse("onestop:dossiers"), {"timing": "asked-late"}).content.decode()
    assert late.code in listed
    assert other.code not in listed
    figures = clerk.get(reverse("onestop:figures")).content.decode()
    assert "1 hồ sơ có phiếu yêu cầu bổ sung (mẫu 02) lập sau hơn 3 ngày làm việc" in figures
    behind = clerk.get(reverse("onestop:behind", args=["bo-sung-cham"])).content.decode()
    assert late.code in behind
    assert other.code not in behind
    file = clerk.post(reverse("onestop:behind-export", args=["bo-sung-cham", "csv"]))
    assert late.code in b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "phiếu bổ sung chậm" in clerk.get(reverse("onestop:dossier", args=[late.pk])).content.decode()
    assert "phiếu bổ sung chậm" not in clerk.get(reverse("onestop:dossier", args=[other.pk])).content.decode()
