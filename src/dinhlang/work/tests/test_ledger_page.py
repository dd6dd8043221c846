"""The ledger's page: what it finds, what it counts, what leaves it, and what is done to many of its lines."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from dinhlang.org import tables
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.window import Window
from dinhlang.work import actions, queries
from dinhlang.work.models import Activity, Batch, Evidence, KeptBoth, Plan, Task
from dinhlang.work.rules import Count, FileEvidence, LinkEvidence
from dinhlang.work.tests.pictures import photo
from dinhlang.work.views.ledger import periods_to_pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.culture_officer)
    return client


def line_of(cast: Cast, **given: Any) -> Activity:
    return actions.record_activity(
        **{
            "unit": cast.commune,
            "kind": "website",
            "happened_on": timezone.localdate(),
            "title": "Tin cải cách hành chính",
            "measures": {"articles": 1},
            "by": cast.culture_officer,
            "at": timezone.now(),
            **given,
        }
    )


def found(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("work:ledger"), asked)
    return [line.title for line, _reversal, _counts in page.context["rows"]]


def task_of(cast: Cast, **given: Any) -> Task:
    plan = Plan.objects.create(
        **{"unit": cast.commune, "year": 2023, "title": "Kế hoạch", "created_at": cast.now, **given}
    )
    return Task.objects.create(plan=plan, position=1, ordinal="1", text="Viết tin, bài")


# --- finding --------------------------------------------------------------------------------------


def test_what_is_written_with_marks_is_found_first_as_written(clerk: Client, cast: Cast) -> None:
    for title in ("Mua ban ghế", "Giao bản đồ", "Giao ban tháng 6", "Bàn giao"):
        line_of(cast, title=title)
    assert sorted(found(clerk, q="giao ban")) == ["Bàn giao", "Giao ban tháng 6", "Giao bản đồ"]
    assert found(clerk, q="bàn giao")[0] == "Bàn giao"
    assert found(clerk, q="giao bản")[0] == "Giao bản đồ"
    assert found(clerk, q="GIAO  BAN thang") == ["Giao ban tháng 6"]


def test_each_filter_narrows_the_list(clerk: Client, cast: Cast) -> None:
    task = task_of(cast)
    line_of(cast, title="Có việc", task=task, by=cast.hamlet_head, reform_field="thu-tuc")
    line_of(cast, title="Có ảnh", evidence=[FileEvidence(photo(), "a.jpg")])
    line_of(
        cast,
        title="Họp",
        kind="meeting",
        measures={"meetings": 1},
        evidence=[LinkEvidence("https://a.example")],
    )
    assert found(clerk, task=str(task.pk)) == ["Có việc"]
    assert "Có việc" not in found(clerk, task="khong")
    assert found(clerk, person=str(cast.hamlet_head.pk)) == ["Có việc"]
    assert found(clerk, field="thu-tuc") == ["Có việc"]
    assert found(clerk, state="pictured") == ["Có ảnh"]
    assert found(clerk, state="unevidenced") == ["Có việc"]
    assert found(clerk, kind="meeting") == ["Họp"]


def test_last_months_meetings_are_two_taps_away(clerk: Client, cast: Cast) -> None:
    last_month = timezone.localdate().replace(day=1) - timedelta(days=3)
    meeting = {"kind": "meeting", "measures": {"meetings": 1}}
    line_of(cast, title="Họp tháng trước", happened_on=last_month, **meeting)
    line_of(cast, title="Họp hôm nay", **meeting)
    line_of(cast, title="Tin tháng trước", happened_on=last_month)
    there = reverse("work:ledger")
    page = clerk.get(there)
    [month] = [chip for chip in page.context["chips"]["periods"] if chip["word"] == "Tháng trước"]
    page = clerk.get(f"{there}{month['address']}")
    [kind] = [chip for chip in page.context["chips"]["kinds"] if chip["word"] == "Hội nghị, cuộc họp"]
    assert kind["count"] == 1
    page = clerk.get(f"{there}{kind['address']}")
    assert [line.title for line, _reversal, _counts in page.context["rows"]] == ["Họp tháng trước"]


def test_periods_are_named_as_people_name_them() -> None:
    assert [word for _id, word in periods_to_pick(date(2023, 7, 20))] == [
        "Tháng này",
        "Tháng trước",
        "Quý III",
        "Quý II",
        "6 tháng đầu năm 2023",
        "Năm 2023",
        "Năm 2022",
    ]
    assert [one for one, _word in periods_to_pick(date(2023, 1, 2))][:4] == [
        "2023-M01",
        "2022-M12",
        "2023-Q1",
        "2022-Q4",
    ]


def test_a_reports_period_counts_the_days_of_the_report(clerk: Client, cast: Cast) -> None:
    for day in (date(2022, 12, 15), date(2023, 6, 14), date(2023, 6, 15)):
        line_of(cast, title=f"Tin {day:%d/%m}", happened_on=day)
    assert found(clerk, period="2023-H1") == ["Tin 14/06", "Tin 15/12"]
    assert found(clerk, period="2023-M06") == ["Tin 15/06", "Tin 14/06"]


@pytest.mark.parametrize(
    "query",
    [
        "task=999999", "task=-1", "task=%00", "person=1 OR 1=1", "person=999", "field=x", "period=2023-H9",
        "period=9999-M01", "view=x", "lan=99999999999999999999", "lan=abc", "q=%F0%9F%8E%89", "state=pictured",
        "view=anh&p=9", "start=2023-07-20&end=2023-01-01", "kind=website&kind=radio",
    ],
)  # fmt: skip
def test_an_odd_question_still_gives_a_page(clerk: Client, cast: Cast, query: str) -> None:
    line_of(cast)
    assert clerk.get(f"{reverse('work:ledger')}?{query}").status_code == 200
    assert clerk.post(f"{reverse('work:ledger-export', args=['csv'])}?{query}").status_code == 200


@pytest.mark.parametrize("name", ["work:ledger", "work:duplicates", "work:batches"])
@pytest.mark.parametrize("unit", ["ben-dua", "khong-co", "%00"])
def test_a_strangers_unit_looks_like_none(clerk: Client, name: str, unit: str) -> None:
    answer = clerk.get(f"{reverse(name)}?unit={unit}")
    # An address without anything readable in it asks for nothing, and nothing is one's own unit.
    assert answer.status_code == (200 if unit == "%00" else 404)


def test_filters_of_another_units_people_and_tasks_find_nothing_of_theirs(clerk: Client, cast: Cast) -> None:
    theirs = task_of(cast, unit=cast.neighbour_commune)
    line_of(cast, unit=cast.neighbour_commune, by=cast.neighbour, title="Tin xã bên", task=theirs)
    page = clerk.get(reverse("work:ledger"), {"task": str(theirs.pk), "person": str(cast.neighbour.pk)})
    assert page.context["rows"] == []
    assert "Viết tin, bài" not in page.content.decode()


def test_pictures_are_shown_each_with_its_line(clerk: Client, cast: Cast) -> None:
    line = line_of(cast, evidence=[FileEvidence(photo(), "sân đình.jpg")])
    line_of(cast, title="Không ảnh")
    page = clerk.get(reverse("work:ledger"), {"view": "anh"}).content.decode()
    assert reverse("work:activity", args=[line.pk]) in page
    assert reverse("work:thumbnail", args=[line.evidence.get().pk]) in page
    assert "Không ảnh" not in page


def test_the_page_asks_the_database_a_bounded_number_of_times(
    clerk: Client, cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(8):
        line_of(cast, title=f"Tin {number}", evidence=[FileEvidence(photo(number), "a.jpg")])
    for asked in ({}, {"q": "tin", "period": "2023"}, {"view": "anh"}):
        with django_assert_max_num_queries(32):
            clerk.get(reverse("work:ledger"), asked)
    with django_assert_max_num_queries(32):
        clerk.get(reverse("work:duplicates"))
    with django_assert_max_num_queries(32):
        clerk.get(reverse("work:batches"))


def test_on_sqlite_a_search_reads_the_ledger_from_an_index_alone(cast: Cast) -> None:
    asked = queries.ledger(cast.commune, text="giao ban").values_list("pk", "kind")
    if connection.vendor == "sqlite":
        assert "COVERING INDEX activity_search" in asked.explain()
    else:
        assert asked.explain()


def test_many_lines_are_added_up_when_somebody_asks(
    clerk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        line_of(cast, title=f"Tin {number}")
    monkeypatch.setattr(import_module("dinhlang.work.views.ledger"), "FEW", 2)
    page = clerk.get(reverse("work:ledger"), {"q": "tin"})
    assert page.context["totals"] is None
    assert "Cộng các dòng này" in page.content.decode()
    page = clerk.get(reverse("work:ledger"), {"q": "tin", "cong": "1"})
    assert [(concept.id, total) for concept, total in page.context["totals"]] == [("articles", 3)]


@pytest.mark.parametrize("asked", [{}, {"q": "tin"}, {"kind": "website"}, {"period": "2023"}])
def test_totals_are_the_same_whichever_way_they_are_taken(
    clerk: Client, cast: Cast, asked: dict[str, str]
) -> None:
    for number in range(3):
        line = line_of(cast, title=f"Tin {number}", happened_on=date(2023, 3, 1 + number))
    actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=timezone.now())
    totals = clerk.get(reverse("work:ledger"), asked).context["totals"]
    assert [(concept.id, total) for concept, total in totals] == [("articles", 2)]


# --- leaving --------------------------------------------------------------------------------------


def test_a_table_leaves_with_a_column_for_each_counter_and_a_trace(clerk: Client, cast: Cast) -> None:
    line_of(cast, title="=HYPERLINK(1)", measures={"articles": 3, "visits": Count(3500, "hơn")})
    line_of(cast, title="Họp", kind="meeting", measures={"meetings": 2})
    answer = clerk.post(reverse("work:ledger-export", args=["xlsx"]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    header, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    by_title = {row[2]: dict(zip(header, row, strict=True)) for row in rows}
    assert by_title["=HYPERLINK(1)"]["Tin, bài về cải cách hành chính"] == 3
    assert by_title["=HYPERLINK(1)"]["Lượt truy cập trang thông tin điện tử"] == "hơn 3.500"
    assert by_title["Họp"]["Hội nghị, cuộc tuyên truyền trực tiếp"] == 2
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    trace = AuditEntry.objects.get(action="ledger.export")
    assert (trace.unit, trace.detail["form"]) == (cast.commune, "xlsx")
    assert clerk.post(reverse("work:ledger-export", args=["exe"])).status_code == 404


def test_no_table_leaves_by_an_address_or_for_a_stranger(clerk: Client, cast: Cast) -> None:
    there = reverse("work:ledger-export", args=["csv"])
    assert clerk.get(there).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.culture_officer)
    assert strict.post(there).status_code == 403
    assert clerk.post(f"{there}?unit=ben-dua").status_code == 404
    assert clerk.post(f"{there}?unit=ben-dua%00").status_code == 404
    with pytest.raises(NotAllowed, match="không xem được sổ"):
        actions.export_ledger(unit=cast.commune, asked={}, form="csv", by=cast.neighbour, at=cast.now)
    assert not AuditEntry.objects.filter(action="ledger.export").exists()


def test_the_buttons_keep_the_filter_of_the_list(clerk: Client) -> None:
    page = clerk.get(f"{reverse('work:ledger')}?q=tin&kind=meeting").content.decode()
    for form in ("csv", "xlsx"):
        there = reverse("work:ledger-export", args=[form])
        assert f'<form method="post" action="{there}?q=tin&amp;kind=meeting" data-again>' in page


def test_a_table_speaks_one_language_to_its_end(clerk: Client, cast: Cast) -> None:
    line_of(cast)
    with translation.override("en"):
        answer = tables.download("x", "csv", [_("Trạng thái")], ([_("đang tính")] for _line in range(1)))
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").split()
    with translation.override("en"):
        assert rows == [_("Trạng thái"), *_("đang tính").split()]
    assert rows[0] != "Trạng thái"


# --- many lines -----------------------------------------------------------------------------------


def many(client: Client, deed: str, lines: list[Activity], **given: Any) -> Any:
    return client.post(
        reverse("work:many"),
        {
            "deed": deed,
            "unit": "ben-truc",
            "line": [line.pk for line in lines],
            "back": "kind=website",
            **given,
        },
        follow=True,
    )


def test_chosen_lines_are_reversed_after_a_question_and_taken_back_with_one_tap(
    clerk: Client, cast: Cast
) -> None:
    lines = [line_of(cast, title=f"Tin {number}") for number in range(3)]
    page = many(clerk, "reverse", lines[:2])
    assert "Hủy ghi 2 dòng" in page.content.decode()
    assert Activity.objects.filter(reversal=None).count() == 3
    assert "Chưa điền ô này." in many(clerk, "reverse", lines[:2], do="1", reason="").content.decode()
    page = many(clerk, "reverse", lines[:2], do="1", reason="Nhập trùng")
    words = page.content.decode()
    assert "Đã hủy ghi 2 dòng." in words
    assert page.redirect_chain[-1][0].startswith(f"{reverse('work:ledger')}?kind=website")
    undo = re.search(r'action="([^"]+hoan-tac/)"', words)
    assert undo is not None
    assert "Đã hoàn tác 2 dòng." in clerk.post(undo[1], follow=True).content.decode()
    assert Activity.objects.filter(reversal=None).count() == 3
    assert "đã được hoàn tác trước đó" in clerk.post(undo[1], follow=True).content.decode()


def test_chosen_lines_go_under_a_task(clerk: Client, cast: Cast) -> None:
    task, lines = task_of(cast), [line_of(cast, title=f"Tin {number}") for number in range(2)]
    assert "ghi lại nguyên như cũ" in many(clerk, "amend", lines).content.decode()
    assert "Chọn ít nhất một mục" in many(clerk, "amend", lines, do="1").content.decode()
    assert "Đã đổi 2 dòng." in many(clerk, "amend", lines, do="1", task=str(task.pk)).content.decode()
    assert set(Activity.objects.filter(reversal=None).values_list("task", flat=True)) == {task.pk}


def test_chosen_lines_get_the_same_evidence(clerk: Client, cast: Cast) -> None:
    lines = [line_of(cast, title=f"Tin {number}") for number in range(2)]
    given = {"do": "1", "link": "https://ben-truc.example/so"}
    assert "Đã thêm minh chứng cho 2 dòng." in many(clerk, "evidence", lines, **given).content.decode()
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("deed", ["import", "undo", "x", ""])
def test_a_deed_that_is_none_is_not_found(clerk: Client, cast: Cast, deed: str) -> None:
    assert many(clerk, deed, [line_of(cast)], do="1", reason="x").status_code == 404


def test_who_may_not_is_told_and_nothing_happens(client: Client, cast: Cast) -> None:
    line = line_of(cast)
    client.force_login(cast.hamlet_head)
    page = many(client, "reverse", [line], do="1", reason="x").content.decode()
    assert "không làm được việc này" in page
    client.force_login(cast.neighbour)
    assert many(client, "reverse", [line], do="1", reason="x").status_code == 404
    client.force_login(cast.reviewer)
    many(client, "evidence", [line], do="1", link="https://ben-truc.example")
    assert not Batch.objects.exists()


def test_lines_of_another_unit_among_the_chosen_are_left_alone(clerk: Client, cast: Cast) -> None:
    theirs = line_of(cast, unit=cast.neighbour_commune, by=cast.neighbour)
    page = many(clerk, "reverse", [theirs], do="1", reason="x").content.decode()
    assert "Chưa chọn dòng nào" in page
    assert not Batch.objects.exists()


def test_a_strangers_batch_is_not_found(clerk: Client, cast: Cast) -> None:
    theirs = line_of(cast, unit=cast.neighbour_commune, by=cast.neighbour)
    batch = actions.add_evidence_to(
        unit=cast.neighbour_commune,
        lines=[theirs.pk],
        evidence=[LinkEvidence("https://a.example")],
        by=cast.neighbour,
        at=timezone.now(),
    )
    assert clerk.post(reverse("work:batch-undo", args=[batch.pk])).status_code == 404
    assert "Hoàn tác" not in clerk.get(reverse("work:ledger"), {"lan": str(batch.pk)}).content.decode()


# --- may be one act -------------------------------------------------------------------------------


def test_pairs_are_listed_until_someone_keeps_both_or_reverses_one(clerk: Client, cast: Cast) -> None:
    first = line_of(cast, title="Họp thôn Đình", kind="meeting", measures={"meetings": 1})
    second = line_of(cast, title="hop thon dinh", kind="meeting", measures={"meetings": 1})
    line_of(cast, title="Họp thôn Soi", kind="meeting", measures={"meetings": 1})
    there = reverse("work:duplicates")
    assert [(pair.first, pair.second) for pair in clerk.get(there).context["page"]] == [(first, second)]
    clerk.post(reverse("work:keep-both"), {"first": second.pk, "second": first.pk})
    assert (KeptBoth.objects.get().first, KeptBoth.objects.get().by) == (first, cast.culture_officer)
    assert list(clerk.get(there).context["page"]) == []
    KeptBoth.objects.all().delete()
    actions.reverse_activity(activity=second, reason="Ghi trùng", by=None, at=timezone.now())
    assert list(clerk.get(there).context["page"]) == []


def test_a_link_or_a_photo_under_two_lines_makes_a_pair(cast: Cast) -> None:
    link = LinkEvidence("https://ben-truc.example/7")
    pairs = [
        (line_of(cast, title="Bài A", evidence=[link]), line_of(cast, title="Tin khác", evidence=[link])),
        (
            line_of(cast, title="Ảnh một", evidence=[FileEvidence(photo(5, (900, 700)), "a.jpg")]),
            line_of(cast, title="Tập huấn", evidence=[FileEvidence(photo(5, (500, 390)), "b.jpg")]),
        ),
    ]
    day = timezone.localdate()
    listed = queries.possible_duplicates(cast.commune, Window(day, day))
    assert {(pair.first, pair.second) for pair in listed} == set(pairs)
    assert {str(pair.why) for pair in listed} == {"link", "photo"}


def test_strangers_keep_nothing(clerk: Client, cast: Cast) -> None:
    mine, theirs = line_of(cast), line_of(cast, unit=cast.neighbour_commune, by=cast.neighbour)
    for pair in ((mine.pk, theirs.pk), ("x", mine.pk), (mine.pk, "")):
        answer = clerk.post(reverse("work:keep-both"), {"first": pair[0], "second": pair[1]})
        assert answer.status_code == 404
    clerk.post(reverse("work:keep-both"), {"first": mine.pk, "second": mine.pk})
    assert not KeptBoth.objects.exists()
