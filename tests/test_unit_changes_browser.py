"""A unit changes, played in a browser: what it is about, the dry run, applying it, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Visit, through
from tests.screens import PHONE, TOO_WIDE, barriers_on

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.browser]


def test_a_new_name_is_looked_through_applied_and_taken_back(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.set_viewport_size(PHONE)
    visit.sign_in("quan-tri")
    visit.go("/ban-lam-viec/don-vi/thay-doi/")
    through(page.get_by_role("link", name="Đổi tên", exact=True))
    page.fill("[name=units]", "xã Bến Trúc")
    page.fill("[name=targets]", "phường Bến Trúc Mới")
    page.fill("[name=basis]", "Nghị quyết số 12/NQ-HĐND ngày 1/6/2096")
    # A day far ahead: the commune of the demonstration keeps its name for whoever comes next.
    page.fill("[name=on]", "2096-07-01")
    through(page.get_by_role("button", name="Chạy thử"))

    page.get_by_text("Những gì bị động đến").wait_for()
    assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) == []
    page.fill("[name=q]", "dang thi trong coi")
    through(page.get_by_role("button", name="Lọc"))
    assert page.locator("table.cards tbody tr").count() == 1
    with page.expect_download() as asked:
        page.get_by_role("button", name="CSV").click()
    asked.value.save_as(tmp_path / "chay-thu.csv")
    assert "Đặng Thị Trông Coi" in (tmp_path / "chay-thu.csv").read_text("utf-8")
    through(page.get_by_role("link", name="Xem tất cả"))
    page.get_by_label("Tôi đã xem bản chạy thử").check()
    through(page.get_by_role("button", name="Áp dụng thay đổi"))

    page.get_by_text("Đã áp dụng.").wait_for()
    page.get_by_text("Chờ đến ngày").wait_for()
    assert barriers_on(page) == []
    page.fill("[name=reason]", "Ghi nhầm ngày")
    through(page.get_by_role("button", name="Hoàn tác thay đổi"))
    page.get_by_text("Đã hoàn tác. Mọi thứ như trước khi áp dụng.").wait_for()
    visit.go("/ban-lam-viec/don-vi/ben-truc/")
    assert page.get_by_text("Bến Trúc Mới").count() == 0
