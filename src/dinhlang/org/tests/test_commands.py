"""`dinhlang unit` and `dinhlang demo`, as someone at a terminal meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from dinhlang.cli.demo import demo
from dinhlang.cli.unit import unit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(unit, arguments)


def test_showing_a_unit_tells_its_days_parents_and_successor(places: None) -> None:
    said = run("show", "nam trung", "--on", "30/11/2024").output
    assert "nam-trung: xã Nam Trung (cấp xã)" in said
    assert "Ngày 30/11/2024: đang hoạt động, thuộc huyện Nam Sách, tỉnh Hải Dương" in said
    assert "tran-phu-nam-sach (sáp nhập từ 01/12/2024, NQ 1250/NQ-UBTVQH15 ngày 24/10/2024)" in said
    assert "Phòng Văn hóa và Thông tin huyện Nam Sách" in said


@pytest.mark.parametrize(
    ("on", "standing"),
    [("2024-12-01", "không còn"), ("2019-10-31", "chưa thành lập"), ("2022-01-01", "đang hoạt động")],
)
def test_showing_a_unit_says_whether_it_was_there_on_the_day(places: None, on: str, standing: str) -> None:
    unit_id = "phu-thu" if on < "2024" else "nam-trung"
    assert f": {standing}" in run("show", unit_id, "--on", on).output.splitlines()[1]


def test_a_doubtful_succession_is_said_to_be_doubtful(places: None) -> None:
    assert "chưa đối chiếu văn bản" in run("show", "tai-son").output
    assert "chưa đối chiếu văn bản" not in run("show", "phu-thu").output


def test_a_list_has_one_unit_a_line_with_its_parent(places: None) -> None:
    lines = run(
        "list", "--under", "hai-phong", "--level", "commune", "--on", "2025-07-01"
    ).output.splitlines()
    assert len(lines) == 114
    assert "tran-phu-10633\txã Trần Phú\thai-phong" in lines


def test_a_list_holds_only_units_of_the_day(places: None) -> None:
    before = run("list", "--on", "2024-11-30").output
    assert "nam-trung\t" in before
    assert "tran-phu-10633\t" not in before


def test_finding_puts_the_nearest_first(places: None) -> None:
    assert run("find", "xa", "nam", "trung").output.startswith("nam-trung ")


def test_finding_nothing_is_told(places: None) -> None:
    assert isinstance(run("find", "zzzzzz").exception, Refused)


def test_loading_the_demonstration_prints_who_can_sign_in(cast: Cast) -> None:
    said = CliRunner().invoke(demo, ["load"]).output
    assert "van-hoa\tTrần Văn Ví Dụ – Công chức văn hóa – xã hội" in said
    passphrase = said.strip().rsplit(": ", 1)[1]
    assert Person.objects.get(username="van-hoa").check_password(passphrase)
