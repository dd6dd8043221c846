"""Documents are checked against the units of their day: the communes of the seeds before and after 1/7/2025."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from dinhlang.officialdoc.check import Finding, Severity, Suppression, set_aside
from dinhlang.officialdoc.check.marked import annotated
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.write import docx
from dinhlang.org.changes import actions
from dinhlang.org.changes.rules import from_json
from dinhlang.org.models import Unit
from dinhlang.org.tests import before_2025
from dinhlang.org.unit_findings import judged

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

AT = datetime(2025, 7, 2, 3, tzinfo=UTC)
DAY = date(2025, 7, 1)
MERGED_ON = "NQ 1250/NQ-UBTVQH15 ngày 24/10/2024"

LETTER = """{parent}ỦY BAN NHÂN DÂN
XÃ {issuer}

Số: 12/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

{place}, ngày {day} tháng {month} năm {year}

BÁO CÁO
{subject}

{body}

Nơi nhận:
- {to};
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""
GIVEN = {
    "parent": "",
    "issuer": "TRẦN PHÚ",
    "place": "Xã Trần Phú",
    "subject": "Kết quả tuyên truyền tháng 01 năm 2026",
    "body": "Ủy ban nhân dân xã đã đăng 48 tin, bài.",
    "to": "Sở Nội vụ",
}


OF_THE_PAST_OR_ANOTHER = (
    "Hồ sơ của xã Hiệp Cát cũ được lưu tại bộ phận một cửa.",
    "Trước ngày 01/7/2025 xã Hiệp Cát đã đăng 48 tin, bài.",
    "Sau khi sáp nhập xã Hiệp Cát, hệ thống loa hoạt động tốt.",
    "Năm 2024 xã Hiệp Cát đăng 48 tin, bài.",
    "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2025 của Ủy ban nhân dân xã Hiệp Cát.",
    "Đoàn của xã Hiệp Cát, tỉnh Bến Thử đã đến thăm.",
    "Phối hợp với xã Hiệp Cát Thượng tuyên truyền.",
    "Phối hợp với xã Hiệp Cắt tuyên truyền.",
    "Phối hợp với xã Tân Kỳ tuyên truyền.",
    "Phối hợp với xã Bến Lạ tuyên truyền.",
)


@pytest.fixture(scope="module")
def _merged(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        before_2025.store()
        actions.apply(asked=before_2025.changes(), by=None, at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def merged(_merged: None, db: None) -> None:
    """The communes of the seeds after their mergers, made once for the module: making them costs two seconds."""


def found(day: date = date(2026, 1, 15), near: str = "tran-phu-10633", **given: str) -> list[Finding]:
    """What is said about units in a letter of a commune."""
    said = {**GIVEN, **given}
    text = LETTER.format(**said, day=day.day, month=f"{day.month:02d}", year=day.year)
    reading = read_with_places(text.encode(), "van-ban.txt")
    judged_ = judged(reading.document, [Unit.objects.get(pk=near)], text=reading.text)
    return [one for one in judged_ if one.rule.startswith("DV")]


def test_an_issuer_that_ended_is_told_with_its_successor_and_the_instrument(merged: None) -> None:
    [one] = found(issuer="NAM TRUNG", place="Nam Trung")
    assert (one.rule, one.severity, one.quote, one.fix) == (
        "DV01",
        Severity.ERROR,
        "XÃ NAM TRUNG",
        "XÃ TRẦN PHÚ",
    )
    assert "không còn từ ngày 01/12/2024, nay thuộc xã Trần Phú" in one.message
    assert one.basis == MERGED_ON
    assert one.span is not None
    assert one.span.line == 2


def test_an_issuer_of_its_own_day_and_one_nobody_knows_are_left_alone(merged: None) -> None:
    assert found(date(2024, 11, 30), issuer="NAM TRUNG") == []
    for day in (date(2024, 12, 1), date(2025, 6, 30), DAY):
        assert found(day) == [], day
    assert found(issuer="BẾN LẠ") == []


def test_an_issuer_that_came_later_is_told_from_which_day(merged: None) -> None:
    [one] = found(date(2023, 6, 20), subject="Kết quả tuyên truyền tháng 6 năm 2023")
    assert (one.rule, one.severity, one.fix) == ("DV02", Severity.WARNING, None)
    assert "chỉ có từ ngày 01/12/2024" in one.message


def test_a_commune_of_another_place_that_came_later_may_have_had_a_namesake(merged: None) -> None:
    said = {"issuer": "TÂN KỲ", "subject": "Kết quả tuyên truyền tháng 6 năm 2023"}
    assert found(date(2023, 6, 20), **said) == []


def test_a_unit_above_that_was_not_above_then_is_told_with_the_one_that_was(merged: None) -> None:
    given = {"subject": "Kết quả tuyên truyền tháng 3 năm 2025", "near": "tran-phu-10633"}
    [one] = found(date(2025, 3, 20), parent="UBND HUYỆN TỨ KỲ\n", **given)
    assert (one.rule, one.quote, one.fix) == ("DV03", "HUYỆN TỨ KỲ", "HUYỆN NAM SÁCH")
    assert "xã Trần Phú không thuộc HUYỆN TỨ KỲ mà thuộc huyện Nam Sách" in one.message
    assert found(date(2025, 3, 20), parent="UBND HUYỆN NAM SÁCH\n", **given) == []


def test_a_recipient_that_ended_is_told_with_its_successor(merged: None) -> None:
    [one] = found(to="UBND xã Hiệp Cát")
    assert (one.rule, one.severity, one.quote, one.fix) == (
        "DV04",
        Severity.WARNING,
        "xã Hiệp Cát",
        "xã Trần Phú",
    )
    assert one.basis == "NQ 1669/NQ-UBTVQH15 ngày 16/6/2025"
    assert found(date(2025, 6, 30), to="UBND xã Hiệp Cát") == []


def test_a_unit_that_was_parted_is_told_with_all_its_successors_and_no_fix(merged: None) -> None:
    [one] = found(body="Phối hợp với Ủy ban nhân dân xã Hưng Đạo đăng 48 tin, bài.")
    assert one.fix is None
    assert "nay chia về " in one.message
    assert "xã Tân Kỳ" in one.message
    assert "xã Mẫu Kỳ" in one.message


def test_a_unit_that_was_renamed_is_told_with_its_new_name(merged: None) -> None:
    change = {
        "kind": "rename",
        "on": date(2025, 9, 1),
        "basis": "NQ 7/NQ-UBTVQH15",
        "units": ["mau-lac-99002"],
    }
    actions.apply(
        asked=[from_json({**change, "targets": [{"kind": "xã", "name": "Mẫu Mới"}]})], by=None, at=AT
    )
    [one] = found(to="UBND xã Mẫu Lạc")
    assert "đổi tên thành xã Mẫu Mới từ ngày 01/9/2025" in one.message
    assert (one.fix, one.basis) == ("xã Mẫu Mới", "NQ 7/NQ-UBTVQH15")


def test_what_is_said_of_the_past_or_of_another_is_left_alone(merged: None) -> None:
    for body in OF_THE_PAST_OR_ANOTHER:
        assert found(body=body) == [], body


def test_a_report_on_a_time_before_names_the_units_of_that_time(merged: None) -> None:
    body = "Phối hợp với xã Hiệp Cát đăng 48 tin, bài."
    assert [one.rule for one in found(body=body)] == ["DV04"]
    assert found(body=body, subject="Kết quả tuyên truyền năm 2025") == []
    assert found(body=body, subject="Kết quả sắp xếp đơn vị hành chính") == []


def test_in_another_province_the_name_is_another_units(merged: None) -> None:
    Unit.objects.create(pk="tinh-la", level=Unit.Level.PROVINCE)
    assert found(near="tinh-la", to="UBND xã Hiệp Cát") == []


def test_what_the_checker_says_already_is_not_said_twice(merged: None) -> None:
    assert found(to="UBND huyện Nam Sách") == []


def test_a_reason_sets_it_aside_and_word_gets_a_comment(merged: None) -> None:
    text = LETTER.format(**{**GIVEN, "to": "UBND xã Hiệp Cát"}, day=15, month="01", year=2026)
    data = docx(read_with_places(text.encode(), "van-ban.txt").document)
    reading = read_with_places(data, "van-ban.docx")
    near = [Unit.objects.get(pk="tran-phu-10633")]
    [one] = [one for one in judged(reading.document, near, text=reading.text) if one.rule == "DV04"]
    assert set_aside([one], [Suppression("DV04", one.quote_hash, "Tên trụ sở cũ")]).standing == ()
    marked = read_with_places(annotated(data, [one], accepted=[one], author="Mẫu", at=AT), "van-ban.docx")
    assert "UBND xã Trần Phú" in marked.text


def test_names_of_the_own_unit_cost_one_question(merged: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert found(body="Ủy ban nhân dân xã Trần Phú đã đăng 48 tin, bài.") == []
