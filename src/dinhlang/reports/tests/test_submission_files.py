"""A report that came as a file: its figures by bookmark, by reading, and what a hand changed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dinhlang.archive.actions import import_document
from dinhlang.archive.models import ArchivedDocument
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports import render
from dinhlang.reports.submission import actions, reading
from dinhlang.reports.submission.rules import coming
from dinhlang.reports.tests.submission_cast import issued, owed
from dinhlang.reports.tests.test_submission_api import hand_in_word
from dinhlang.work import blobs

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LETTER = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC
Số: 31/BC-UBND
Bến Trúc, ngày 15 tháng 6 năm 2023

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023

Trong 6 tháng đầu năm 2023, Ủy ban nhân dân xã đã đăng 48 tin, bài trên trang thông tin điện tử.
"""


def test_figures_of_our_own_word_file_keep_their_lines_and_a_changed_one_is_named(cast: Cast) -> None:
    row, report = owed(cast), issued(cast)
    data = render.docx(report)
    plain = actions.look_at_file(
        obligation=row, data=data, name="bc.docx", by=cast.reviewer, at=cast.now
    ).found
    assert (plain.how, plain.changed, plain.document_on) == ("sidecar", [], cast.today)
    assert any(one.has_evidence and one.value == 2 for one in plain.figures if one.concept == "articles")
    made = actions.take_in_file(
        obligation=row,
        data=hand_in_word("report.docx", data),
        name="bc.docx",
        document_on=cast.today,
        submitted_on=cast.today,
        received_on=cast.today,
        by=cast.reviewer,
        at=cast.now,
    )
    [changed] = made.figures.exclude(changed_from="")
    assert (changed.printed, changed.value, changed.has_evidence) == ("38", 38, False)
    assert changed.changed_from != "38"
    assert (made.way, made.number) == ("file", 1)
    assert ArchivedDocument.objects.filter(unit=cast.commune, blob=made.package).exists()


def test_another_file_is_read_and_three_days_are_entered(cast: Cast) -> None:
    row = owed(cast)
    days = {
        "document_on": date(2023, 6, 15),
        "submitted_on": date(2023, 6, 16),
        "received_on": date(2023, 6, 19),
    }
    given = {"obligation": row, "data": LETTER.encode(), "name": "bao-cao.txt", "at": cast.now}
    with pytest.raises(NotAllowed):
        actions.take_in_file(**given, **days, by=cast.neighbour)
    with pytest.raises(coming.CannotSubmit, match="chưa tới"):
        actions.take_in_file(
            **given, **{**days, "received_on": cast.today + timedelta(days=1)}, by=cast.reviewer
        )
    with pytest.raises(coming.CannotSubmit, match="sau ngày nộp"):
        actions.take_in_file(**given, **{**days, "document_on": date(2023, 6, 17)}, by=cast.reviewer)
    made = actions.take_in_file(**given, **days, by=cast.reviewer)
    assert (made.symbol, made.document_on) == ("31/BC-UBND", date(2023, 6, 15))
    assert (made.submitted_at.date(), made.received_at.date()) != (None, None)
    [articles] = made.figures.filter(concept="articles")
    assert (articles.value, articles.has_evidence, articles.origin) == (48, False, "read")
    assert actions.take_in_file(**given, **days, by=cast.reviewer) == made


def test_a_ledger_that_somebody_made_up_in_a_word_file_breaks_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, data = owed(cast), render.docx(issued(cast))
    told = json.loads(reading.extract(data) or b"")
    good = told["figures"][0]
    wrong = (
        ("value", "NaN"), ("value", 10**30), ("numerator", "một"), ("denominator", -1), ("lines", 2**40),
        ("anchor", ["a"]), ("concept", "a\0"), ("exactness", "chừng"), ("printed", "\ud800"),
        ("window", {"from": "2023-13-01", "to": "2023-01-01"}),
    )  # fmt: skip
    made_up = [{**good, "anchor": f"x{number}", name: value} for number, (name, value) in enumerate(wrong)]
    told["figures"] = [good, good, *made_up]
    monkeypatch.setattr(reading, "extract", lambda _data: json.dumps(told).encode())
    days = dict.fromkeys(("document_on", "submitted_on", "received_on"), cast.today)
    made = actions.take_in_file(
        obligation=row, data=data, name="bc.docx", by=cast.reviewer, at=cast.now, **days
    )
    assert [one.anchor for one in made.figures.all()] == [good["anchor"]]


# --- out of the archive -------------------------------------------------------------------------------


def archived(cast: Cast) -> ArchivedDocument:
    return import_document(unit=cast.commune, data=LETTER.encode(), name="bao-cao.txt", by=None, at=cast.now)


def test_a_document_of_the_archive_is_handed_in_with_what_was_confirmed_there(cast: Cast) -> None:
    row, document = owed(cast), archived(cast)
    # Whoever took it in put the number right; it is not read again from the file.
    ArchivedDocument.objects.filter(pk=document.pk).update(document={**document.document, "number": "32"})
    document.refresh_from_db()
    days = {"document_on": date(2023, 6, 15), "submitted_on": cast.today, "received_on": cast.today}
    with pytest.raises(NotAllowed):
        actions.take_in_archived(obligation=row, document=document, by=cast.neighbour, at=cast.now, **days)
    made = actions.take_in_archived(
        obligation=row, document=document, by=cast.culture_officer, at=cast.now, **days
    )
    assert (made.way, made.symbol, made.package_id) == ("file", "32/BC-UBND", document.blob_id)
    assert made.figures.get(concept="articles").value == 48
    assert ArchivedDocument.objects.count() == 1


def test_a_document_of_another_unit_and_one_whose_file_is_lost_are_refused(cast: Cast) -> None:
    row, document = owed(cast), archived(cast)
    days = {"document_on": None, "submitted_on": cast.today, "received_on": cast.today}
    given = {"obligation": row, "document": document, "by": cast.culture_officer, "at": cast.now, **days}
    blobs.path_of(document.blob_id).unlink()
    with pytest.raises(coming.CannotSubmit, match="không còn trong kho"):
        actions.take_in_archived(**given)
    document.unit = cast.neighbour_commune
    with pytest.raises(coming.CannotSubmit, match="của đơn vị khác"):
        actions.take_in_archived(**given)


def test_on_the_page_it_is_chosen_looked_at_and_confirmed(cast: Cast, client: Client) -> None:
    row, document = owed(cast), archived(cast)
    ArchivedDocument.objects.filter(pk=document.pk).update(document={**document.document, "number": "32"})
    client.force_login(cast.culture_officer)
    address = f"/ban-lam-viec/bao-cao/phai-nop/{row.pk}/nhan-tep/"
    assert "32/BC-UBND Kết quả tuyên truyền" in client.get(address).content.decode()
    both = client.post(address, {}).content.decode()
    assert "Chọn một tệp báo cáo, hoặc một văn bản trong kho." in both
    looked = client.post(address, {"archived": document.pk})
    assert "32/BC-UBND" in looked.content.decode()
    held = looked.context["held"]
    days = {
        "held": held,
        "document_on": "15/06/2023",
        "submitted_on": "15/06/2023",
        "received_on": "20/07/2023",
    }
    done = client.post(address, days)
    made = row.submissions.get()
    assert done.headers["Location"].endswith(f"/{made.pk}/")
    assert (made.symbol, made.document_on) == ("32/BC-UBND", date(2023, 6, 15))


def test_a_file_says_why_it_may_not_be_the_report_that_is_owed(cast: Cast) -> None:
    row = owed(cast)

    def doubts(text: str) -> tuple[str, ...]:
        looked = actions.look_at_file(
            obligation=row, data=text.encode(), name="bc.txt", by=cast.reviewer, at=cast.now
        )
        return looked.found.doubts

    assert doubts(LETTER) == ()
    assert doubts(LETTER.replace("31/BC", "/BC")) == (
        "Văn bản chưa có số hoặc ngày ban hành: có thể mới là dự thảo.",
    )
    assert "của kỳ 9 tháng đầu năm 2023" in doubts(LETTER.replace("6 tháng", "9 tháng"))[0]
    assert "ghi là của xã Bến Sông" in doubts(LETTER.replace("BẾN TRÚC", "BẾN SÔNG"))[0]
    assert doubts(LETTER.replace("BÁO CÁO\n", "THÔNG BÁO\n"))[-1].startswith("Văn bản này không phải báo cáo")
