"""What is owed, played in a browser: a letter comes to the province and is given out; a commune asks for a later day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser]

SLOW = 30_000

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ

Số: 77/SNV-CCHC
V/v báo cáo nhanh việc niêm yết thủ tục hành chính

Mẫu, ngày 05 tháng 01 năm 2024

Kính gửi: Ủy ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo nhanh việc niêm yết thủ tục hành chính.

Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2096 để tổng hợp./.

GIÁM ĐỐC

Ngô Văn Ví Dụ
"""


def test_a_letter_is_given_out_and_a_commune_asks_for_a_later_day(
    chromium: Browser, demo_server: Server, tmp_path: Path
) -> None:
    letter = tmp_path / "cong-van-77.txt"
    letter.write_text(LETTER, "utf-8")
    visits = {}
    contexts = []
    for username in ("so-noi-vu", "van-phong"):
        context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900})
        context.set_default_timeout(SLOW)
        contexts.append(context)
        visits[username] = Visit(context.new_page(), demo_server)
        visits[username].sign_in(username)
    above, ours = visits["so-noi-vu"].page, visits["van-phong"].page

    # The province reads the letter, looks at what it would do, and gives it to one commune.
    visits["so-noi-vu"].go("/ban-lam-viec/bao-cao/phai-nop/yeu-cau/moi/")
    above.set_input_files("input[name=file]", letter)
    through(above.get_by_role("button", name="Đọc công văn"))
    above.get_by_text("chờ xác nhận", exact=False).first.wait_for()
    assert above.input_value("[name=symbol]") == "77/SNV-CCHC"
    assert above.input_value("[name=due_on]") == "2096-11-20"
    above.get_by_label("Xã Bến Trúc").check()
    through(above.get_by_role("button", name="Xem trước"))
    above.get_by_text("Sẽ giao cho 1 đơn vị, hạn 20/11/2096:").wait_for()
    through(above.get_by_role("button", name="Giao báo cáo"))
    above.get_by_text("Đã giao báo cáo cho 1 đơn vị.").wait_for()

    # The commune finds it, reads why, and asks for a later day.
    visits["van-phong"].go("/ban-lam-viec/bao-cao/phai-nop/?q=niem+yet&state=owed")
    through(ours.get_by_role("link", name="Báo cáo nhanh việc niêm yết thủ tục hành chính", exact=True))
    ours.get_by_text(
        "Văn bản viết: “Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2096 để tổng hợp./.”"
    ).wait_for()
    through(ours.get_by_role("link", name="Xin lùi hạn"))
    ours.fill("[name=until]", "2096-11-27")
    ours.fill("[name=reason]", "Lũ cô lập ba thôn")
    through(ours.get_by_role("button", name="Gửi đề nghị"))
    ours.get_by_text("Đã gửi đề nghị lùi hạn lên cấp trên.").wait_for()
    address = ours.url

    # The province grants it; the commune sees both days and notes what it sent on paper.
    above.goto(address)
    through(above.get_by_role("button", name="Đồng ý lùi hạn"))
    above.get_by_text("Đã đồng ý lùi hạn.").wait_for()
    ours.goto(address)
    ours.get_by_text("Được lùi đến").wait_for()
    ours.get_by_text("Đã gửi bằng cách khác?").click()
    ours.fill("[name=sent_as]", "88/BC-UBND")
    through(ours.get_by_role("button", name="Ghi đã gửi"))
    ours.get_by_text("Đã ghi báo cáo đã gửi.").wait_for()
    for context in contexts:
        context.close()
