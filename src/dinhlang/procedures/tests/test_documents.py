"""Decisions and single sheets are read into records."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from dinhlang.org.rules import Refused
from dinhlang.procedures import actions, queries, reading
from dinhlang.procedures.models import Decision, Event
from dinhlang.procedures.rules import Change, Channel, EventKind, Level, Standing
from dinhlang.procedures.tests import documents
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE

if TYPE_CHECKING:
    from conftest import Cast

AT = datetime(2026, 3, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def found() -> reading.Reading:
    return reading.read(documents.decision(), "qd-1234.docx")


def test_the_annex_of_a_decision_gives_each_row_with_what_is_done(found: reading.Reading) -> None:
    told = [(one.code, one.kind, one.sheet.field, one.sheet.name) for one in found.records]
    assert told == [
        ("1.999001", EventKind.ANNOUNCE, "Hộ tịch", "Đăng ký khai sinh tại nhà"),
        ("1.999002", EventKind.ANNOUNCE, "Hộ tịch", "Đăng ký khai tử tại nhà"),
        ("2.999003", EventKind.ANNOUNCE, "Chăn nuôi", "Hỗ trợ chi phí giống"),
        ("1.001193", EventKind.AMEND, "", "Đăng ký khai sinh"),
        ("1.000894", EventKind.ABOLISH, "Hộ tịch", "Đăng ký kết hôn"),
    ]
    assert {one.sheet.levels for one in found.records} == {(Level.COMMUNE,)}


def test_a_decision_says_its_number_days_and_what_was_left_out(found: reading.Reading) -> None:
    assert found.decision is not None
    assert (found.decision.number, found.decision.signed_on) == ("1234/QĐ-UBND", date(2026, 3, 12))
    assert found.effective_on == date(2026, 4, 1)
    assert "Thủ tục không ghi mã" in found.left_out[0]


def test_a_row_may_have_a_day_of_its_own_and_words_of_its_fee(found: reading.Reading) -> None:
    amended = found.records[3]
    assert amended.effective_on == date(2026, 5, 15)
    assert "18/2026/NĐ-CP" in amended.source_act
    assert [one.channel for one in amended.sheet.methods] == [
        Channel.COUNTER,
        Channel.ONLINE_FULL,
        Channel.POST,
    ]
    assert found.records[0].sheet.fees == "Không"  # that there is no fee is said, not left open
    assert found.records[1].sheet.fees == "8.000 đồng/trường hợp; miễn cho hộ nghèo"
    assert found.records[1].sheet.methods[0].time_limit == "Trong ngày làm việc"


@pytest.mark.parametrize(
    ("said", "day"), [("kể từ ngày ký", date(2026, 3, 12)), ("theo quy định của pháp luật", None)]
)
def test_from_signing_is_a_day_and_silence_is_none(said: str, day: date | None) -> None:
    assert reading.read(documents.decision(said), "qd.docx").effective_on == day


def test_ticks_levels_as_rows_and_a_field_of_the_subject_are_understood() -> None:
    found = reading.read(documents.of_a_ministry(), "qd-77.docx")
    told = [
        (one.code, one.kind, one.sheet.field, one.sheet.levels, [row.channel for row in one.sheet.methods])
        for one in found.records
    ]
    assert told == [
        ("1.888001", EventKind.AMEND, "Bảo trợ xã hội", (Level.PROVINCE,), [Channel.COUNTER, Channel.POST]),
        (
            "1.888002",
            EventKind.AMEND,
            "Bảo trợ xã hội",
            (Level.COMMUNE,),
            [Channel.COUNTER, Channel.ONLINE_FULL],
        ),
        ("2.888004", EventKind.ABOLISH, "Bảo trợ xã hội", (), []),
    ]
    assert (found.left_out, found.effective_on) == ((), date(2024, 9, 5))
    assert found.records[1].sheet.carried_out_by == "UBND cấp xã"


def test_a_single_sheet_is_read_part_by_part() -> None:
    [record] = reading.read(documents.single(), "ChiTietTTHC_1.001193.docx").records
    sheet = record.sheet
    assert (record.code, sheet.name, sheet.field, sheet.levels) == (
        "1.001193",
        "Đăng ký khai sinh",
        "Hộ tịch",
        (Level.COMMUNE,),
    )
    assert sheet.steps.endswith("Lưu ý: mang theo giấy tờ.")
    assert [(one.channel, one.fee) for one in sheet.methods] == [
        (Channel.COUNTER, "Lệ phí : 8000 Đồng (miễn cho hộ nghèo)"),
        (Channel.ONLINE, "Lệ phí : 0 Đồng"),
    ]
    assert [(one.name, one.originals, one.copies, one.form, one.group) for one in sheet.papers] == [
        ("Tờ khai đăng ký khai sinh", 1, 0, "ToKhai.docx", "* Giấy tờ phải nộp"),
        ("Giấy chứng sinh", 1, 2, "", "* Giấy tờ phải nộp"),
    ]
    [act] = sheet.legal
    assert (act.number, act.title, act.issuer) == ("60/2014/QH13", "Luật Hộ tịch", "Quốc hội")
    assert (sheet.decided_by, sheet.conditions) == ("", "Trẻ sinh ra còn sống")
    assert [one.name for one in sheet.results] == ["Giấy khai sinh"]


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 hong", b"PK\x03\x04 hong", "Giấy mời họp\n\nMời họp lúc 8 giờ.".encode()]
)
def test_a_document_without_procedures_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        reading.read(data, "giay-moi.txt")


@pytest.mark.django_db
@pytest.mark.integration
def test_a_decision_changes_the_catalogue_row_by_row_on_its_own_days(cast: Cast) -> None:
    actions.apply_changes(
        unit=cast.commune,
        changes=[
            Change("1.001193", EventKind.ANNOUNCE, BIRTH, since_ever=True),
            Change("1.000894", EventKind.ANNOUNCE, MARRIAGE, since_ever=True),
        ],
        by=None,
        at=AT,
    )
    actions.import_procedures(unit=cast.commune, data=documents.decision(), name="qd.docx", by=None, at=AT)
    decision = Decision.objects.get()
    assert (decision.number, decision.blob_name) == ("1234/QĐ-UBND", "qd.docx")
    days = dict(Event.objects.exclude(decision=None).values_list("procedure__code", "effective_on"))
    assert days["1.001193"] == date(2026, 5, 15)
    assert days["1.000894"] == days["2.999003"] == date(2026, 4, 1)
    may = queries.page(cast.commune, "1.001193", date(2026, 6, 1))
    assert may is not None
    assert may.sheet.steps == BIRTH.steps  # a row of an annex says nothing of the steps
    assert len(may.sheet.methods) == 3
    ended = queries.page(cast.commune, "1.000894", date(2026, 4, 1))
    assert ended is not None
    assert ended.standing is Standing.ABOLISHED
    assert "2.999003" not in {
        one.procedure.code for one in queries.standing_versions(cast.commune, AT.date())
    }
