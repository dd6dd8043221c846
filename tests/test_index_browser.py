"""The reform index, played in a browser: a set comes in, a commune scores itself, the level above sees where it stands."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server, Visit, through
from tests.screens import barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser]

SAMPLE = Path(__file__).parents[1] / "src" / "dinhlang" / "reports" / "data" / "index_sample.toml"
SLOW = 30_000


def test_a_set_comes_in_and_a_commune_scores_itself_by_it(
    chromium: Browser, demo_server: Server, tmp_path: Path
) -> None:
    # The demonstration has the sample itself in force, and the last two years begun by it.
    changed = tmp_path / "bo-tieu-chi.toml"
    changed.write_text(
        SAMPLE.read_text("utf-8").replace("Ban hành kế hoạch cải cách", "Ban hành kế hoạch năm về cải cách"),
        "utf-8",
    )
    year = datetime.now(tz=UTC).year - 2
    pages: dict[str, tuple[Visit, Page]] = {}
    contexts = []
    for username, width in (("so-noi-vu", 1366), ("van-hoa", 360)):
        context = chromium.new_context(locale="vi-VN", viewport={"width": width, "height": 800})
        context.set_default_timeout(SLOW)
        contexts.append(context)
        visit = Visit(context.new_page(), demo_server)
        visit.sign_in(username)
        pages[username] = (visit, visit.page)
    (above_visit, above), (own_visit, own) = pages["so-noi-vu"], pages["van-hoa"]

    # The province reads the file, looks at every row, and puts the set in force.
    above_visit.go("/ban-lam-viec/bao-cao/chi-so/bo-tieu-chi/nap/")
    above.set_input_files("input[name=file]", changed)
    through(above.get_by_role("button", name="Đọc tệp và xem trước"))
    above.get_by_text("Đây là bộ mẫu tự đặt ra để dùng thử", exact=False).wait_for()
    above.get_by_text("Từ 75% đến dưới 100%: 3 điểm").wait_for()
    assert barriers_on(above) == []
    pictured(above, "set")
    through(above.get_by_role("button", name="Đưa vào dùng"))

    # The officer begins on a phone, and sees why a computed criterion has its score.
    own_visit.go("/ban-lam-viec/bao-cao/chi-so/")
    own.select_option("form.toolbar select[name=year]", str(year))
    through(own.get_by_role("button", name="Tự chấm"))
    own.get_by_text("Tổng điểm tạm tính", exact=False).wait_for()
    assert barriers_on(own) == []
    pictured(own, "assessment-phone")
    through(own.get_by_role("link", name="1.2.2. Đa dạng hình thức tuyên truyền cải cách hành chính"))
    own.get_by_text("hình thức tuyên truyền có minh chứng trong", exact=False).first.wait_for()
    through(own.get_by_role("link", name="Bảng điểm"))
    through(own.get_by_role("link", name="1.1.1. Ban hành kế hoạch năm về cải cách hành chính"))
    own.get_by_label("Ban hành trong tháng 01 (2)").check()
    own.fill("[name=explanation]", "Kế hoạch ban hành ngày 15/01")
    through(own.get_by_role("button", name="Lưu điểm"))
    own.get_by_text("Mức đã chọn: Ban hành trong tháng 01, được 2 điểm.").wait_for()
    assert barriers_on(own) == []
    pictured(own, "criterion-phone")

    # Whoever watches from above sees it standing in the list, and cannot score for the commune.
    above_visit.go("/ban-lam-viec/bao-cao/chi-so/")
    through(above.get_by_role("link", name=f"{year} · Xã Bến Trúc"))
    above.get_by_text("Điểm từng tiêu chí", exact=False).wait_for()
    assert above.get_by_role("button", name="Gửi thẩm định").count() == 0
    assert barriers_on(above) == []
    pictured(above, "assessment")
    above_visit.go("/ban-lam-viec/bao-cao/phai-nop/theo-doi/")
    pictured(above, "table")
    for context in contexts:
        context.close()


def pictured(page: Page, name: str) -> None:
    """Keep a picture where one is asked for."""
    if folder := os.environ.get("DINHLANG_PICTURES"):
        page.screenshot(path=Path(folder) / f"index-{name}.png", full_page=True)
