"""Codes as people type them, what a look-up tells and hides, which figures everyone may read."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.onestop import actions, looking_up, queries
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.rules.published import LEAST, groups, in_time_share

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

AS_PRINTED = codes.read("H15.50.05.13-261008-0975").key


@pytest.mark.parametrize(
    "typed",
    [
        "H15.50.05.13-261008-0975",
        " h15.50.05.13–261008–0975 ",
        "h15 50 05 13 261008 0975",
        "H15500513-261008-0975",
        "H155005132610080975",
        "H15.50.05.13 261008-0975",
        "https://bentruc.example/tra-cuu-ho-so/?ma=H15.50.05.13-261008-0975",
        "https://bentruc.example/tra-cuu-ho-so/?ma=H15.50.05.13-261008-0975&x=1",
    ],
)
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert codes.read_loosely(typed).key == AS_PRINTED


@pytest.mark.parametrize(
    "typed", ["000.12.34.H23-240115-0007", "000 12 34 H23 240115 0007", "0001234H23-240115-0007"]
)
def test_the_older_order_is_the_same_office(typed: str) -> None:
    assert codes.read_loosely(typed).key == codes.read("H23.34.12-240115-0007").key


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "H15",
        "0975",
        "H15.50.05.13-261399-0975",
        "<script>alert(1)</script>",
        "Ạ" * 300,
        "H" * 5000,
        "\x00",
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(codes.BadCode):
        codes.read_loosely(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "TCHS-2026-0003",
        "tchs 2026 3",
        "TCHS20260003",
        "https://bentruc.example/tra-cuu-ho-so/?ma=TCHS-2026-0003",
    ],
)
def test_the_number_of_a_refusal_is_read_as_loosely(typed: str) -> None:
    assert codes.read_refusal(typed) == codes.RefusalCode(2026, 3)
    assert codes.read_refusal(f"{typed}x") is None
    assert codes.read_refusal_head(typed) is None
    assert codes.read_refusal_head(" 03 / tchs ") == 3


@given(st.text(max_size=120))
def test_whatever_is_typed_is_a_code_or_refused(typed: str) -> None:
    with suppress(codes.BadCode):
        assert str(codes.read_loosely(typed))


@pytest.mark.django_db
@pytest.mark.integration
def test_only_the_digits_of_the_paper_open_it(counter: Counter) -> None:
    dossier = counter.receive()
    key = codes.read(dossier.code)
    number = looking_up.receipt_number(dossier)
    assert len(number) == looking_up.RECEIPT_DIGITS
    for right in ("0123", number):
        assert looking_up.find(dossier.unit, key, right) == dossier
    for wrong in ("0124", "", "12", "000000" if number != "000000" else "000001"):
        assert looking_up.find(dossier.unit, key, wrong) is None
    assert looking_up.find(dossier.unit, codes.read("H00-230720-0001"), "0123") is None
    assert looking_up.find(dossier.unit, codes.RefusalCode(2023, 1), number) is None


@pytest.mark.django_db
@pytest.mark.integration
def test_a_dossier_without_a_telephone_opens_by_its_receipt_alone(counter: Counter) -> None:
    from dinhlang.onestop.rules.intake import Applicant

    dossier = counter.receive(applicant=Applicant("Nguyễn Thị Ví Dụ", address="Thôn Mẫu", phone=""))
    code = codes.read(dossier.code)
    assert looking_up.find(dossier.unit, code, "----") is None
    assert looking_up.find(dossier.unit, code, looking_up.receipt_number(dossier)) == dossier


@pytest.mark.django_db
@pytest.mark.integration
def test_what_is_asked_for_is_told_without_names(counter: Counter) -> None:
    dossier = counter.receive()
    counter.do(
        actions.ask_papers,
        dossier,
        wanted="Thiếu chữ ký của bà Nguyễn Thị Ví Dụ, số điện thoại 0912 345 678.\nNộp bản sao có chứng thực.",
        papers=("Bản sao giấy chứng sinh",),
    )
    told = looking_up.told(dossier, counter.now)
    assert told.supplement is not None
    assert told.supplement.papers == ("Bản sao giấy chứng sinh",)
    said = " ".join((*told.supplement.lines, *told.why))
    assert "bản sao có chứng thực" in said
    assert "Ví Dụ" not in said
    assert "345" not in said
    assert told.standing.startswith("Chờ bạn bổ sung")


@pytest.mark.django_db
@pytest.mark.integration
def test_a_line_without_marks_among_marked_ones_keeps_no_name(counter: Counter) -> None:
    dossier = counter.receive()
    counter.do(
        actions.pause,
        dossier,
        reason="Chờ cơ quan cấp tỉnh xác minh nguồn gốc và ranh giới thửa đất theo quy định về đăng ký đất đai.\n"
        "bac lan vang mat khi do dac",
    )
    said = " ".join(looking_up.told(dossier, counter.now).why)
    assert "xác minh nguồn gốc" in said
    assert "vang mat khi do dac" in said
    assert "bac lan" not in said


@pytest.mark.django_db
@pytest.mark.integration
def test_the_desk_finds_what_a_slip_holds(counter: Counter) -> None:
    dossier = counter.receive()
    held = f"https://bentruc.example/tra-cuu-ho-so/?ma={dossier.code}"
    asked = queries.Asked(words=held)
    assert list(queries.dossiers([dossier.unit_id], asked, at=counter.now)) == [dossier]


SIZES = st.dictionaries(
    st.text("abcđ", max_size=3),
    st.builds(Figures, received=st.integers(0, 12), carried=st.integers(0, 3)),
    max_size=6,
)


@given(SIZES)
def test_no_group_is_too_small_and_nothing_is_lost(by_field: dict[str, Figures]) -> None:
    found = groups(by_field)
    assert all(one.figures.received + one.figures.carried >= LEAST for one in found)
    whole = sum(by_field.values(), Figures())
    if found:
        assert sum((one.figures for one in found), Figures()) == whole
    else:
        assert whole.received + whole.carried < LEAST


def test_a_share_of_nothing_is_unknown() -> None:
    assert in_time_share(Figures()) is None
    assert in_time_share(Figures(early=2, on_the_day=1, late=1, untimed=5)) == Fraction(3, 4)


# PostgreSQL knows how many rows a code has, and may well read a small register whole.
if connection.vendor == "sqlite":

    @pytest.mark.django_db
    def test_a_code_is_found_without_reading_the_register(counter: Counter) -> None:
        code = codes.read(counter.receive().code)
        for asked in (code, codes.RefusalCode(2023, 1)):
            with CaptureQueriesContext(connection) as seen:
                looking_up.find(counter.cast.commune, asked, "0123")
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {seen[0]['sql']}")
                plan = [row[-1] for row in cursor.fetchall()]
            assert not [step for step in plan if "onestop_dossier USING INDEX dossier_unit" in step], plan
            assert "SEARCH" in plan[0], plan
