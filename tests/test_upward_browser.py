"""One play in one browser, from a commune to the nation, then a merger, and the same again.

A letter asks, somebody is reminded, a report is drafted, checked, approved on a phone, handed in, returned, corrected,
accepted, taken together; a figure of the nation opens to the evidence of a commune in four clicks. What each person sees and
what the rows say is held together at every step. With DINHLANG_MANUAL=1 (`make manual`) pictures go to the manual.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.album import MANUAL, picture, shown_on
from tests.conftest import Installation, Stem, through
from tests.upward import DESK, REPORTS, SEED, Play, follow, press, said, sound, told_by

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ

Số: 91/SNV-CCHC
V/v báo cáo nhanh việc trả kết quả qua bưu chính

Mẫu, ngày 05 tháng 01 năm 2024

Kính gửi: Ủy ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo nhanh việc trả kết quả qua bưu chính.

Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2096 để tổng hợp./.

GIÁM ĐỐC

Ngô Văn Ví Dụ
"""
MENDED = "Trên đây là báo cáo của Ủy ban nhân dân xã Bến Trúc, kính gửi Sở Nội vụ tỉnh Mẫu./."
WATCHER, DRAFTER, LEADER, KEEPER = "so-noi-vu", "tong-hop", "lanh-dao-tinh", "quan-tri-tinh"
OFFICER, CLERK, CHAIR = "van-hoa", "van-phong", "chu-tich"


@pytest.fixture(scope="module")
def play(stem: Stem, rendered_demo: Installation, chromium: Browser) -> Iterator[Play]:
    with stem.running(rendered_demo) as server:
        done = server.installation.run_anew("django", "shell", "--verbosity=0", "--command", SEED)
        assert done.returncode == 0, done.stderr
        yield Play(chromium, server, told_by(done.stdout))


def test_a_report_goes_from_commune_to_nation_and_again_after_a_merger(play: Play, tmp_path: Path) -> None:
    a_letter_is_given_out_and_somebody_is_reminded(play, tmp_path)
    report = a_report_is_drafted_checked_and_returned_by_the_head(play)
    the_chairwoman_approves_on_her_phone(play, report)
    first = it_is_handed_in_and_returned_naming_a_figure(play, report)
    it_is_corrected_and_accepted(play, report, first)
    the_province_takes_the_reports_together(play)
    before = a_figure_of_the_nation_opens_to_evidence(play, play.told["period"], "Xã Bến Trúc")
    heir = the_communes_are_merged(play)
    the_same_again(play, heir)
    after = a_figure_of_the_nation_opens_to_evidence(play, play.told["period"], "Xã Bến Trúc")
    assert after == before, "what the communes did before they were merged is neither lost nor counted twice"
    play.finish()


# --- what is asked for ----------------------------------------------------------------------------


def a_letter_is_given_out_and_somebody_is_reminded(play: Play, folder: Path) -> None:
    letter = folder / "cong-van-91.txt"
    letter.write_text(LETTER, "utf-8")
    above = play.go(WATCHER, f"{REPORTS}phai-nop/yeu-cau/moi/")
    above.set_input_files("input[name=file]", letter)
    press(above, "Đọc công văn")
    assert "Chờ xác nhận" in said(above)
    assert above.input_value("[name=symbol]") == "91/SNV-CCHC"
    assert above.input_value("[name=due_on]") == "2096-11-20"
    picture(above, "cap-tren-giao-bao-cao-laptop")
    above.get_by_label("Xã Bến Trúc").check()
    # Five working days from now: whoever writes the reports is reminded today.
    due = play.told["due"]
    above.fill("[name=due_on]", due)
    press(above, "Xem trước")
    assert "Sẽ giao cho 1 đơn vị" in said(above)
    press(above, "Giao báo cáo")
    assert "Đã giao báo cáo cho 1 đơn vị." in said(above)
    owed = play.rows(
        "SELECT o.id, o.unit_id, o.due_on FROM reports_obligation o JOIN reports_request r ON r.id = o.request_id"
        " WHERE r.symbol = '91/SNV-CCHC'"
    )
    assert [row[1:] for row in owed] == [("ben-truc", due)]
    asked = owed[0][0]

    play.run(
        "from django.utils import timezone; from datetime import timedelta;"
        "from dinhlang.periods import calendar; from dinhlang.reports.duties.actions import remind_due;"
        "at = timezone.now(); days = calendar.default(); on = days.next_working(timezone.localdate(at));"
        "remind_due(at=at + (on - timezone.localdate(at)))"
    )
    told = "SELECT p.username, n.seen_at FROM reports_nudge n JOIN org_person p ON p.id = n.person_id WHERE n.obligation_id = ?"
    assert {name for name, _seen in play.rows(told, asked)} == {OFFICER, CLERK}
    ours = play.go(CLERK, DESK)
    assert "Báo cáo nhanh việc trả kết quả qua bưu chính" in said(ours)
    picture(ours, "nhac-bao-cao-laptop")
    through(ours.locator(f"#main a[href$='/phai-nop/{asked}/']").first)
    assert "Hạn do người xác nhận ghi khi giao." in said(ours)
    assert dict(play.rows(told, asked))[CLERK], "opened is seen"

    follow(ours, "Xin lùi hạn")
    ours.fill("[name=until]", play.told["later"])
    ours.fill("[name=reason]", "Lũ cô lập ba thôn")
    press(ours, "Gửi đề nghị")
    assert "Đã gửi đề nghị lùi hạn lên cấp trên." in said(ours)
    play.go(WATCHER, f"{REPORTS}phai-nop/{asked}/")
    press(above, "Đồng ý lùi hạn")
    assert "Đã đồng ý lùi hạn." in said(above)
    play.go(CLERK, f"{REPORTS}phai-nop/{asked}/")
    assert "Được lùi đến" in said(ours)
    ours.get_by_text("Đã gửi bằng cách khác?").click()
    ours.fill("[name=sent_on]", play.told["yesterday"])
    ours.fill("[name=sent_as]", "88/BC-UBND")
    press(ours, "Ghi đã gửi")
    assert "Đã ghi báo cáo đã gửi." in said(ours)
    assert play.rows("SELECT sent_as, sent_on FROM reports_obligation WHERE id = ?", asked) == [
        ("88/BC-UBND", play.told["yesterday"])
    ]


# --- in the commune -------------------------------------------------------------------------------


def a_report_is_drafted_checked_and_returned_by_the_head(play: Play) -> str:
    page = play.go(OFFICER, f"{REPORTS}phai-nop/{play.told['owed']}/")
    follow(page, "Lập báo cáo")
    press(page, "Lập dự thảo")
    found = re.search(r"/bao-cao/(\d+)/", page.url)
    assert found
    report = found[1]
    assert play.rows("SELECT status, period FROM reports_report WHERE id = ?", report) == [
        ("draft", play.told["period"])
    ]
    articles = play.rows(
        "SELECT value, lines FROM reports_reportfigure WHERE report_id = ? AND concept = 'articles'", report
    )
    assert set(articles) == {(8, 4)}, "four lines of two articles each"

    # The checker sees what a careful reader would send back, and the report stays here until it is mended.
    there = f"{REPORTS}{report}/duyet/"
    play.go(OFFICER, there)
    press(page, "Trình phụ trách xem")
    assert "Đã trình." in said(page)

    head = play.go(CLERK, DESK)
    assert "chờ bạn xem trước khi duyệt" in said(head)
    play.go(CLERK, there)
    head.get_by_text("Chỉ rõ đoạn, số liệu cần sửa").click()
    last = head.locator("select[name=place_1] optgroup").first.locator("option").last
    head.select_option("select[name=place_1]", last.get_attribute("value"))
    head.fill("input[name=said_1]", "Ghi rõ gửi Sở Nội vụ.")
    press(head, "Trả lại người soạn")

    play.go(OFFICER, there)
    assert "Ghi rõ gửi Sở Nội vụ." in page.locator(".note--error").inner_text()
    through(page.locator(".points a").first)
    key = page.url.rpartition("#doan-")[2]
    write_piece(play, report, key, f"{MENDED} Số liệu của năm 1923 đã đối chiếu chiếu.")
    play.go(OFFICER, f"{REPORTS}{report}/")
    assert "chiếu chiếu" in page.locator("#findings").inner_text()
    picture(page, "kiem-tra-du-thao-laptop")
    write_piece(play, report, key, MENDED)
    play.go(OFFICER, there)
    press(page, "Trình phụ trách xem")
    deeds = play.rows(
        "SELECT deed FROM reports_approvalstep WHERE report_id = ? ORDER BY number",
        report,
    )
    assert [one for (one,) in deeds] == ["send", "return", "send"]
    return report


def write_piece(play: Play, report: str, key: str, words: str) -> None:
    page = play.go(OFFICER, f"{REPORTS}{report}/doan/{key}/")
    page.fill("#words", words)
    press(page, "Lưu")


def the_chairwoman_approves_on_her_phone(play: Play, report: str) -> None:
    """She dates it yesterday: a commune may not end on the day of a report of its own."""
    head = play.go(CLERK, f"{REPORTS}{report}/duyet/")
    assert MENDED in head.locator(".touched").inner_text()
    press(head, "Đã xem, trình duyệt")
    press(head, "Lập đường dẫn")
    address = re.sub(r"^https?://[^/]+", "", head.input_value("#address"))
    phone = play.phone()
    phone.go(address)
    assert MENDED in phone.page.locator(".legal").inner_text()
    sound(phone.page)
    press(phone.page, "Duyệt báo cáo này")
    sound(phone.page)
    stranger = play.phone()
    stranger.go(address)
    press(stranger.page, "Duyệt báo cáo này")
    assert "đang được dùng trên một máy khác" in stranger.page.locator("main").inner_text()
    stranger.page.context.close()
    phone.page.fill("[name=on]", play.told["yesterday"])
    picture(phone.page, "duyet-tren-dien-thoai-phone")
    press(phone.page, "Xác nhận duyệt và phát hành")
    name = re.search(r"số (\d\d)/BC-UBND", phone.page.locator("main").inner_text())
    assert name
    phone.page.goto(f"{play.server.address}{address}")
    assert "đã được dùng" in phone.page.locator("main").inner_text()
    phone.page.context.close()
    assert play.rows("SELECT status, number, issued_on FROM reports_report WHERE id = ?", report) == [
        ("issued", int(name[1]), play.told["yesterday"])
    ]
    page = play.go(OFFICER, f"{REPORTS}{report}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    play.go(OFFICER, f"{REPORTS}{report}/duyet/")
    assert "qua đường dẫn do Lê Thị Minh Họa lập" in said(page)
    play.go(OFFICER, f"{REPORTS}so-van-ban-di/")
    assert f"{name[1]}/BC-UBND" in said(page)


# --- to the province ------------------------------------------------------------------------------


def it_is_handed_in_and_returned_naming_a_figure(play: Play, report: str) -> str:
    """Gives the address of the first submission."""
    clerk = play.go(CLERK, f"{REPORTS}phai-nop/{play.told['owed']}/")
    follow(clerk, "Nộp lên cấp trên")
    press(clerk, "Nộp lên cấp trên")
    assert "cấp trên đã tiếp nhận với số" in said(clerk)
    first = clerk.url
    picture(clerk, "da-nop-len-cap-tren-laptop")
    assert submitted(play) == [(1, "inside", "received", int(report))]
    assert steps_of(play, 1) == ["submit", "receive"]
    assert figure_of(play, 1, "articles") == (8, 4)
    follow(clerk, "Giấy tiếp nhận")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    above = play.go(WATCHER, DESK)
    through(above.locator("a[href$='/da-nop/?state=received']").first)
    assert above.locator("h1").inner_text() == "Báo cáo nhận được"
    through(above.locator(f"#main a[href$='{first.removeprefix(play.server.address)}']").first)
    above.get_by_text("Trả lại để sửa", exact=True).click()
    above.get_by_text("Chỉ rõ đoạn, số liệu cần sửa").click()
    figure = above.locator("select[name=place_1] optgroup").first.locator(
        "option", has_text="Lượt phát thanh"
    )
    above.select_option("select[name=place_1]", figure.first.get_attribute("value"))
    above.fill("input[name=said_1]", "Còn thiếu buổi phát ngày 20/5.")
    picture(above, "tra-lai-chi-ro-so-lieu-laptop")
    press(above, "Trả lại đơn vị")
    assert "Đã trả lại, kèm chỗ cần sửa." in said(above)
    assert submitted(play) == [(1, "inside", "returned", int(report))]
    points = play.rows(
        "SELECT s.points FROM reports_submissionstep s JOIN reports_submission n ON n.id = s.submission_id"
        " WHERE n.obligation_id = ? AND s.deed = 'return'",
        play.told["owed"],
    )
    assert json.loads(points[0][0])[0]["quote"] == "Lượt phát thanh: 6"
    return first


def it_is_corrected_and_accepted(play: Play, report: str, first: str) -> None:
    clerk = play.go(CLERK, DESK)
    through(clerk.locator(f"#main a[href$='{first.removeprefix(play.server.address)}']").first)
    assert "Còn thiếu buổi phát ngày 20/5." in clerk.locator(".note--error").inner_text()
    # The ledger is put right first: the report only adds it up.
    year = play.told["period"][:4]
    record(play, OFFICER, "radio", "Phát lại chuyên mục", f"{year}-05-20", broadcasts=1)
    clerk.goto(first)
    press(clerk, "Lập báo cáo thay thế")
    found = re.search(r"/bao-cao/(\d+)/", clerk.url)
    assert found
    later = found[1]
    play.go(OFFICER, f"{REPORTS}{later}/duyet/")
    press(play.at(OFFICER), "Trình phụ trách xem")
    play.go(CLERK, f"{REPORTS}{later}/duyet/")
    press(clerk, "Đã xem, trình duyệt")
    approve(play, CHAIR, later, play.told["yesterday"])
    play.go(CLERK, f"{REPORTS}{later}/")
    follow(clerk, "Nộp lên cấp trên")
    press(clerk, "Nộp lên cấp trên")
    second = clerk.url
    assert second != first
    assert submitted(play) == [(1, "inside", "replaced", int(report)), (2, "inside", "received", int(later))]
    assert figure_of(play, 1, "broadcasts") == (6, 1), "what was handed in never changes"
    assert figure_of(play, 2, "broadcasts") == (7, 2)

    above = play.at(WATCHER)
    above.goto(first)
    assert "Có bản thay thế" in said(above)
    through(above.get_by_role("link", name=re.compile("^Lần 2, nhận lúc")))
    press(above, "Chấp nhận báo cáo")
    assert "Đã chấp nhận báo cáo." in said(above)
    clerk.goto(second)
    assert "Được chấp nhận" in said(clerk)
    assert submitted(play)[1] == (2, "inside", "accepted", int(later))
    assert steps_of(play, 2) == ["submit", "receive", "accept"]


def submitted(play: Play) -> list[tuple[Any, ...]]:
    return play.rows(
        "SELECT number, way, state, report_id FROM reports_submission WHERE obligation_id = ? ORDER BY number",
        play.told["owed"],
    )


def steps_of(play: Play, number: int) -> list[str]:
    found = play.rows(
        "SELECT s.deed FROM reports_submissionstep s JOIN reports_submission n ON n.id = s.submission_id"
        " WHERE n.obligation_id = ? AND n.number = ? ORDER BY s.number",
        play.told["owed"],
        number,
    )
    return [one for (one,) in found]


def figure_of(play: Play, number: int, concept: str) -> tuple[int, int]:
    """The value of a figure as it was handed in, and how many lines stand behind it."""
    value, lines = play.rows(
        "SELECT f.value, f.lines FROM reports_submittedfigure f JOIN reports_submission n ON n.id = f.submission_id"
        " WHERE n.obligation_id = ? AND n.number = ? AND f.concept = ? ORDER BY f.id LIMIT 1",
        play.told["owed"],
        number,
        concept,
    )[0]
    return int(value), lines


def record(play: Play, who: str, kind: str, title: str, on: str, **counts: int) -> None:
    """A line of the ledger with a link, as people write it."""
    page = play.go(who, f"{DESK}so-theo-doi/ghi/{kind}/")
    page.get_by_label("Nội dung", exact=True).fill(title)
    page.fill("input[name=happened_on]", on)
    for concept, count in counts.items():
        page.fill(f"input[name=count_{concept}]", str(count))
    page.get_by_text("Thêm đường dẫn, ghi chú, chi tiết").click()
    page.fill("input[name=link]", f"https://ben-truc.example/{kind}/{on}")
    page.get_by_role("button", name="Lưu vào sổ").click()
    page.locator("#main").get_by_text("Đã ghi vào sổ").first.wait_for()


def approve(play: Play, who: str, report: str, on: str) -> None:
    page = play.go(who, f"{REPORTS}{report}/duyet/ky/")
    page.fill("[name=on]", on)
    press(page, "Xác nhận duyệt và phát hành")
    assert "Đã duyệt và phát hành báo cáo số" in said(page)


# --- at the province and above it -----------------------------------------------------------------


def the_province_takes_the_reports_together(play: Play) -> None:
    table = f"{REPORTS}tong-hop/?unit=tinh-mau&programme=cchc-tuyen-truyen&period={play.told['period']}"
    page = play.go(DRAFTER, table)
    assert "Tổng hợp từ 1/2 xã; thiếu: xã Bến Dừa." in said(page), "what nobody accepted is not counted"
    above = play.go(WATCHER, f"{REPORTS}da-nop/?state=received")
    through(above.locator("#main tbody tr", has_text="Xã Bến Dừa").locator("a").first)
    press(above, "Chấp nhận báo cáo")
    play.go(DRAFTER, table)
    assert "Tổng hợp từ 2/2 xã." in said(page)
    page.select_option("[name=order]", "articles")
    page.select_option("[name=chart]", "articles")
    press(page, "Xem")
    assert page.get_by_role("columnheader", name="Hạng").count() == 1
    assert page.locator("figure svg").count() == 1
    assert "Hoạt động nhiều đơn vị cùng báo" in said(page), "two communes held one meeting together"
    sound(page)
    picture(page, "tong-hop-cua-tinh-laptop")
    press(page, "Lập dự thảo tổng hợp")
    assert "Đã lập dự thảo tổng hợp." in said(page)
    hand_up(play, page, play.told["half"], play.told["yesterday"])
    pinned = play.rows(
        "SELECT c.unit_id, n.number FROM reports_consolidatedchild c JOIN reports_submission n ON n.id = c.submission_id"
        " JOIN reports_consolidation t ON t.id = c.consolidation_id JOIN reports_report r ON r.id = t.report_id"
        " WHERE r.period = ? ORDER BY c.unit_id",
        play.told["period"],
    )
    assert pinned == [("ben-dua", 1), ("ben-truc", 2)]


def hand_up(play: Play, page: Page, owed: int, on: str) -> None:
    """The province's draft is sent, approved, handed to the nation and accepted there."""
    found = re.search(r"/bao-cao/(\d+)/", page.url)
    assert found
    report = found[1]
    play.go(DRAFTER, f"{REPORTS}{report}/duyet/")
    press(page, "Trình duyệt")
    approve(play, LEADER, report, on)
    play.go(DRAFTER, f"{REPORTS}{report}/")
    follow(page, "Nộp lên cấp trên")
    press(page, "Nộp lên cấp trên")
    above = play.at(WATCHER)
    above.goto(page.url)
    press(above, "Chấp nhận báo cáo")
    assert play.rows(
        "SELECT n.state, n.report_id FROM reports_submission n WHERE n.obligation_id = ?", owed
    ) == [("accepted", int(report))]


def a_figure_of_the_nation_opens_to_evidence(play: Play, period: str, commune: str) -> str:
    """Four clicks: the sum, the province behind it, the commune behind that, the evidence of a line. Gives the sum."""
    page = play.go(
        WATCHER, f"{REPORTS}tong-hop/?unit=trung-uong-mau&programme=cchc-tuyen-truyen&period={period}"
    )
    assert "Tổng hợp từ 1/1 tỉnh." in said(page)
    total = page.locator("tfoot a").first.inner_text()
    clicks = [
        page.locator("tfoot a").first,
        page.locator("#units a").filter(has_text="Tỉnh Mẫu"),
        page.locator("#units a").filter(has_text=commune),
    ]
    for one in clicks:
        through(one)
    if period == play.told["period"]:
        picture(page, "den-tan-minh-chung-laptop")
    evidence = page.locator("#lines .behind__evidence a").first
    evidence.wait_for()
    assert (evidence.get_attribute("href") or "").startswith("https://ben-truc.example/")
    assert len(clicks) + 1 <= 4
    return total


# --- the merger, and the same again ---------------------------------------------------------------


def the_communes_are_merged(play: Play) -> str:
    """Gives the id of the commune that they become."""
    kept = play.rows("SELECT unit_id, count(*) FROM work_activity GROUP BY unit_id ORDER BY unit_id")
    page = merger_tried(play, play.told["yesterday"])
    assert "không thể kết thúc trước ngày đó. Chọn ngày muộn hơn." in said(page)
    assert page.get_by_role("button", name="Áp dụng thay đổi").count() == 0
    press(page, "Bỏ bản chuẩn bị này")

    merger_tried(play, play.told["today"])
    assert "Những gì bị động đến" in said(page)
    sound(page)
    picture(page, "sap-nhap-chay-thu-laptop")
    page.fill("[name=q]", "dang thi trong coi")
    press(page, "Lọc")
    assert page.locator("table.cards tbody tr").count() == 1
    with page.expect_download() as asked:
        page.get_by_role("button", name="CSV").click()
    assert "Đặng Thị Trông Coi" in asked.value.path().read_text("utf-8")
    follow(page, "Xem tất cả")
    merger_applied(page)
    page.fill("[name=reason]", "Ghi nhầm căn cứ")
    press(page, "Hoàn tác thay đổi")
    assert "Đã hoàn tác. Mọi thứ như trước khi áp dụng." in said(page)
    assert play.rows("SELECT ends_on FROM org_unit WHERE id = 'ben-truc'") == [(None,)]

    merger_tried(play, play.told["today"])
    merger_applied(page)
    assert play.rows("SELECT id, ends_on FROM org_unit WHERE id IN ('ben-truc', 'ben-dua') ORDER BY id") == [
        ("ben-dua", play.told["today"]),
        ("ben-truc", play.told["today"]),
    ]
    heirs = play.rows(
        "SELECT DISTINCT successor_id FROM org_unitsuccession WHERE predecessor_id IN ('ben-truc', 'ben-dua')"
    )
    assert len(heirs) == 1
    assert (
        play.rows("SELECT unit_id, count(*) FROM work_activity GROUP BY unit_id ORDER BY unit_id") == kept
    ), "no line moved"
    assert submitted(play)[1][2] == "accepted"
    heir: str = heirs[0][0]
    return heir


def merger_tried(play: Play, on: str) -> Page:
    """The dry run of the merger on a day."""
    page = play.go(KEEPER, f"{DESK}don-vi/thay-doi/")
    follow(page, "Sáp nhập")
    page.fill("[name=units]", "xã Bến Trúc\nxã Bến Dừa")
    page.fill("[name=targets]", "+ xã Trúc Dừa")
    page.fill("[name=basis]", "Nghị quyết số 12/NQ-HĐND ngày 1/6/2026")
    page.fill("[name=on]", on)
    press(page, "Chạy thử")
    return page


def merger_applied(page: Page) -> None:
    page.get_by_label("Tôi đã xem bản chạy thử").check()
    press(page, "Áp dụng thay đổi")
    assert "Đã áp dụng." in said(page)


def the_same_again(play: Play, heir: str) -> None:
    """The new commune owes the period that runs, reports what it did since its first day, and that goes up as well."""
    play.run(
        "from django.utils import timezone; from dinhlang.reports.duties.actions import open_due;"
        "open_due(at=timezone.now())"
    )
    running = play.told["running"]
    owed = play.rows(
        "SELECT id FROM reports_obligation WHERE unit_id = ? AND period = ? AND programme_id = 'cchc-tuyen-truyen'",
        heir,
        running,
    )
    assert len(owed) == 1
    play.told["owed"] = owed[0][0]
    record(play, OFFICER, "website", "Xã Trúc Dừa đón người dân ngày đầu", play.told["today"], articles=3)
    # A draft of the old commune may have passed on; it is drawn again from the new one's ledger.
    page = play.go(OFFICER, f"{REPORTS}lap/?period={running}&unit={heir}")
    press(page, "Lập dự thảo")
    found = re.search(r"/bao-cao/(\d+)/", page.url)
    assert found
    report = found[1]
    assert play.rows("SELECT unit_id FROM reports_report WHERE id = ?", report) == [(heir,)]
    play.go(OFFICER, f"{REPORTS}{report}/duyet/")
    press(page, "Trình phụ trách xem")
    clerk = play.go(CLERK, f"{REPORTS}{report}/duyet/")
    press(clerk, "Đã xem, trình duyệt")
    press(clerk, "Lập đường dẫn")
    address = re.sub(r"^https?://[^/]+", "", clerk.input_value("#address"))
    phone = play.phone()
    phone.go(address)
    press(phone.page, "Duyệt báo cáo này")
    press(phone.page, "Xác nhận duyệt và phát hành")
    assert "số 01/BC-UBND" in phone.page.locator("main").inner_text(), "the new commune's own register begins"
    phone.page.context.close()
    play.go(CLERK, f"{REPORTS}{report}/")
    follow(clerk, "Nộp lên cấp trên")
    press(clerk, "Nộp lên cấp trên")
    assert submitted(play) == [(1, "inside", "received", int(report))]
    above = play.at(WATCHER)
    above.goto(clerk.url)
    press(above, "Chấp nhận báo cáo")
    province = play.go(
        DRAFTER, f"{REPORTS}tong-hop/?unit=tinh-mau&programme=cchc-tuyen-truyen&period={running}"
    )
    assert "thiếu: phường Bến Sen" in said(province)
    press(province, "Lập dự thảo tổng hợp")
    hand_up(play, province, play.told["whole"], play.told["today"])
    assert a_figure_of_the_nation_opens_to_evidence(play, running, "Xã Trúc Dừa") == "3"


# --- beside it ------------------------------------------------------------------------------------


def test_the_approver_sets_the_steps_of_the_unit(play: Play) -> None:
    chair = play.go("lanh-dao-tinh", f"{REPORTS}cac-buoc-duyet/tinh-mau/")
    for fold in chair.locator("summary").all():
        if fold.is_visible():
            fold.click()
    sound(chair)
    chair.locator("input[name=legal_basis]").first.fill("Quy chế làm việc số 01/QC-UBND")
    press(chair, "Lưu các bước")
    assert "Đã đặt các bước duyệt" in said(chair)


def test_the_page_of_the_manual_shows_each_picture_of_the_play() -> None:
    taken = set(re.findall(r'picture\(\w+(?:\.page)?, "([\w-]+)"\)', Path(__file__).read_text("utf-8")))
    assert {f"{name}.webp" for name in taken} == shown_on(MANUAL / "viec" / "tu-xa-len-tinh.md")
