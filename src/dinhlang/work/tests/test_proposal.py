"""What is proposed from a document or from last year's plan, and what a person may say of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dinhlang.officialdoc.read import read, text_of
from dinhlang.work import proposal
from dinhlang.work.plan_reading import read_plan, read_row
from dinhlang.work.plan_values import NotWritable, PlanValues, Row
from dinhlang.work.proposal import Proposal
from dinhlang.work.rollover import roll
from dinhlang.work.schedule_words import understood

SEEDS = Path(__file__).parents[4] / "../shared/seeds"
NAM_TRUNG = (SEEDS / "004_5dacbcb6e866faa1.txt").read_bytes()


@pytest.fixture(scope="module")
def nam_trung() -> Proposal:
    document = read(NAM_TRUNG, "004.txt")
    return proposal.of_document(document, read_plan(document, "004.txt"), text_of(NAM_TRUNG, "004.txt"))


def test_every_value_of_a_real_plan_has_its_place(nam_trung: Proposal) -> None:
    assert len(nam_trung.items) == 4 + 5 + 7 * 5 + 12
    assert [item.path for item in nam_trung.items if not item.spans] == []


def test_what_is_doubtful_comes_first_and_nothing_else_is(nam_trung: Proposal) -> None:
    doubtful = [item.path for item in nam_trung.in_order() if nam_trung.doubts(item)]
    assert doubtful == [
        "code",
        "issued_on",
        "bases.3",  # the district's plan of 2022 in a plan of 2023
        "rows.0.lead",
        "rows.1.lead",
        "rows.1.schedule_text",  # 'Quý I/2022'
        "rows.6.lead",
        "duties.4",  # 'năm 2021'
    ]
    assert [item.path for item in nam_trung.in_order()][: len(doubtful)] == doubtful


def test_a_schedule_of_another_year_is_proposed_in_the_plans(nam_trung: Proposal) -> None:
    item = nam_trung.item("rows.1.schedule_text")
    assert nam_trung.suggestion(item) == "Quý I/2023"
    mended = nam_trung.decided(item.path, "Quý I/2023")
    assert mended.doubts(mended.item(item.path)) == ()
    assert mended.values().rows[1].schedule_text == "Quý I/2023"


def test_what_was_said_is_kept_and_counted(nam_trung: Proposal) -> None:
    said = nam_trung.decided("title").decided("code", "4/KH-UBND").decided("issued_on", "13.2.2023")
    assert (nam_trung.seen, said.seen) == (0, 3)
    values = said.values()
    assert (values.number, values.symbol, values.issued_on) == ("04", "KH-UBND", date(2023, 2, 13))
    assert said.item("code").value == "04/KH-UBND"
    assert said.all_decided().seen == len(said.items)


def test_a_proposal_survives_being_kept(nam_trung: Proposal) -> None:
    said = nam_trung.decided("rows.0.lead", "Ủy ban nhân dân xã")
    assert proposal.from_json(proposal.to_json(said)) == said


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("year", "23", "bốn chữ số"),
        ("year", "1850", "Năm của kế hoạch từ"),
        ("year", "２０２６", "bốn chữ số"),
        ("code", "bốn", "không phải số, ký hiệu"),
        ("issued_on", "31/4/2023", "Ngày không đúng"),
        ("title", "\u200b ", "không được để trống"),
        ("rows.2.text", "", "không được để trống"),
        ("duties.0", "x" * 4001, "dài quá"),
        ("rows.99.text", "x", "không có trong bản đề xuất"),
        ("__class__", "x", "không có trong bản đề xuất"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    nam_trung: Proposal, path: str, value: str, reason: str
) -> None:
    with pytest.raises(NotWritable) as refused:
        nam_trung.decided(path, value)
    assert reason in str(refused.value)
    assert refused.value.field == path


def test_a_blank_number_stays_blank(nam_trung: Proposal) -> None:
    for blank in ("", "…/KH-UBND", "   /KH-UBND"):
        assert nam_trung.decided("code", blank).values().number == ""


def test_a_basis_or_duty_that_is_emptied_is_left_out(nam_trung: Proposal) -> None:
    values = nam_trung.decided("bases.3", "").decided("duties.0", "").values()
    assert (len(values.bases), len(values.duties)) == (4, 11)


def test_a_plan_rolled_over_points_into_the_old_one() -> None:
    old = PlanValues(
        2026,
        "Tuyên truyền năm 2026",
        "12",
        "KH-UBND",
        date(2026, 1, 12),
        ("Kế hoạch số 1/KH-UBND ngày 5/1/2026 của UBND tỉnh về cải cách hành chính năm 2026",),
        (Row("Tập huấn", "Danh sách", "Văn phòng HĐND và UBND", schedule_text="Quý I/2026", ordinal="1"),),
        (("Đài truyền thanh xã", "Phát chuyên mục"),),
    )
    text, proposed = proposal.of_rollover(old, roll(old, 2027))
    lines = text.split("\n")
    schedule = proposed.item("rows.0.schedule_text")
    assert schedule.value == "Quý I/2027"
    [span] = schedule.spans
    assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == "Quý I/2026"
    assert proposed.doubts(proposed.item("bases.0")) == ("Cần văn bản năm 2027: chưa biết số.",)
    assert proposed.item("rows.0.cooperating").spans == ()
    assert proposed.values().number == ""


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Thường xuyên", "thường xuyên, theo dõi mỗi tháng, 12 kỳ"),
        ("Mỗi tháng 01 kỳ", "mỗi tháng, 12 kỳ, hạn ngày làm việc cuối tháng"),
        ("Ít nhất 02 tin/tháng", "mỗi tháng, 12 kỳ, mỗi kỳ 2 lần, hạn ngày làm việc cuối tháng"),
        ("Hằng quý", "mỗi quý, 4 kỳ, hạn ngày làm việc cuối quý"),
        ("Quý I/2023", "1 kỳ, từ 01/01/2023 đến 31/3/2023, hạn 31/3/2023"),
        ("trước ngày 15/10", "1 kỳ, từ 01/01/2023 đến 15/10/2023, hạn 16/10/2023"),
        (
            "Trước ngày 20 hằng tháng",
            "mỗi tháng, 12 kỳ, hạn ngày 20, gặp ngày nghỉ thì ngày làm việc kế tiếp",
        ),
        ("Hằng tuần", "mỗi tuần, 52 kỳ, hạn ngày làm việc cuối tuần"),
        ("Quý II, Quý IV", "2 kỳ, hạn 30/6/2023; 29/12/2023"),
        ("Khi có yêu cầu", "khi phát sinh, không có hạn"),
        ("vớ vẩn", "chưa hiểu được, tạm theo dõi cả năm 2023"),
        ("", "chưa hiểu được, tạm theo dõi cả năm 2023"),
    ],
)
def test_a_schedule_is_told_in_the_words_of_an_office(phrase: str, words: str) -> None:
    reading = read_row(Row("Việc", schedule_text=phrase), 1, 2023)
    assert understood(reading, 2023).words == words


def test_the_rhythm_of_a_continuous_task_is_what_its_row_says() -> None:
    reading = read_row(Row("Việc", schedule_text="Thường xuyên", watch_months=3), 1, 2023)
    assert len(reading.spans) == 4
    assert understood(reading, 2023).words == "thường xuyên, theo dõi mỗi quý, 4 kỳ"
