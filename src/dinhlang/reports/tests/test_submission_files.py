"""A report that came as a file: its figures by bookmark, by reading, and what a hand changed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dinhlang.archive.models import ArchivedDocument
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports import render
from dinhlang.reports.submission import actions, reading
from dinhlang.reports.submission.rules import coming
from dinhlang.reports.tests.submission_cast import issued, owed
from dinhlang.reports.tests.test_submission_api import hand_in_word

if TYPE_CHECKING:
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
