"""A whole day of each of the cast, on the phone and on a laptop; the pictures of the manual are taken on the way.

With DINHLANG_MANUAL=1 (`make manual`) the pictures go to docs/manual/anh; otherwise they are only taken.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.write import pdf
from tests.conftest import ROOT, Server, Visit
from tests.screens import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

MANUAL = ROOT / "docs" / "manual"
ALBUM = MANUAL / "anh"
IS_MANUAL = os.environ.get("DINHLANG_MANUAL") == "1"
DEVICES = {"phone": PHONE, "laptop": {"width": 1280, "height": 800}}


LACKING = "Việc tuyên truyền ở một số thôn chưa thường xuyên; cán bộ phụ trách còn kiêm nhiệm nhiều việc."
OLD_REPORT = f"""ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số: 31/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022

Thực hiện kế hoạch tuyên truyền cải cách hành chính, Ủy ban nhân dân xã báo cáo kết quả như sau:

I. KẾT QUẢ ĐẠT ĐƯỢC

1. Trên đài truyền thanh

Trong năm 2022, đài truyền thanh xã đã phát 36 buổi buổi về thủ tục hành chính, dịch vụ công trực tuyến.

2. Trên trang thông tin điện tử

Trang thông tin điện tử của xã đã đăng 48 tin, bài về cải cách hành chính.

II. TỒN TẠI, HẠN CHẾ

{LACKING}

Nơi nhận:
- UBND huyện (để b/c);
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


@dataclass
class Day:
    """A person at one device: taps are counted, pictures are kept."""

    visit: Visit
    device: str
    folder: Path
    taps: int = 0
    taken: list[str] = field(default_factory=list)

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def link(self, name: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        return self.visit.page.locator("#main").get_by_role("link", name=name, exact=exact).first

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.visit.page.locator("#main").get_by_role("button", name=name).first

    def of(self, phone: str, laptop: str) -> str:
        """Words of their own for each device: what resembles a line of the same day is asked about."""
        return phone if self.device == "phone" else laptop

    def starts(self, who: str) -> None:
        self.visit.sign_in(who)
        self.taps = 0

    def go(self, path: str) -> None:
        self.visit.go(f"/ban-lam-viec/{path}")

    def menu(self, name: str) -> None:
        """Open a place of the menu; on a phone the later ones lie under 'Mục khác'."""
        menu = self.visit.page.get_by_role("navigation", name="Các mục")
        place = menu.get_by_role("link", name=name, exact=True)
        if not place.is_visible():
            self.tap(menu.get_by_text("Mục khác"))
        self.tap(place)

    def says(self, text: str) -> None:
        main = self.visit.page.locator("#main")
        main.get_by_text(text).first.wait_for()

    def picture(self, name: str) -> None:
        self.visit.page.wait_for_load_state()
        name = f"{name}-{self.device}.png"
        file = (ALBUM if IS_MANUAL and name in shown() else self.folder) / name
        # Hiding the caret would put a style into the page, which the policy forbids.
        self.visit.page.screenshot(path=file, caret="initial")
        assert file.stat().st_size > 5_000, "an empty picture"
        self.taken.append(file.name)


@pytest.fixture(params=DEVICES)
def day(
    request: pytest.FixtureRequest, chromium: Browser, demo_server: Server, tmp_path: Path
) -> Iterator[Day]:
    """A fresh device. Fails when a script broke, an address answered with an error or was abroad."""
    device = request.param
    context = chromium.new_context(
        locale="vi-VN", viewport=DEVICES[device], has_touch=device == "phone", accept_downloads=True
    )
    found = Day(Visit(context.new_page(), demo_server), device, tmp_path)
    yield found
    context.close()
    assert found.taken
    assert found.visit.faults == [], demo_server.output


def test_the_culture_officer_records_searches_and_drafts(day: Day) -> None:
    page = day.visit.page
    day.starts("van-hoa")
    day.says("Trong 7 ngày tới")
    day.picture("ban-lam-viec")

    day.tap(day.link("Ghi hoạt động", exact=True))
    day.picture("ghi-chon-loai")
    day.tap(day.link("Hội nghị, cuộc họp"))
    title = page.get_by_label("Nội dung", exact=True)
    day.tap(title)
    title.fill(day.of("Họp thôn Soi về thủ tục đất đai", "Đối thoại với hộ kinh doanh về hóa đơn điện tử"))
    people = page.locator("input[name=count_attendees]")
    day.tap(people)
    people.fill("46")
    day.picture("ghi-cuoc-hop")
    day.tap(day.button("Lưu vào sổ"))
    day.says("Đã ghi vào sổ")
    assert day.taps <= 8, "an act is recorded in at most eight taps"
    day.picture("da-ghi")

    day.go("")
    day.taps = 0
    day.menu("Sổ theo dõi")
    day.tap(day.link("Tháng trước", exact=True))
    day.tap(day.link(re.compile("Hội nghị, cuộc họp")))
    day.says("Giao ban tháng")
    assert day.taps <= 4, "last month's meetings are found in at most four taps"
    day.picture("so-theo-doi")

    day.go("")
    day.taps = 0
    day.tap(day.link("Lập báo cáo kỳ khác"))
    page.select_option(
        "select[name=period]", re.sub(r"\D.*", "", page.input_value("select[name=period]")) + "-H1"
    )
    day.taps += 1
    day.tap(day.button("Lập dự thảo"))
    page.wait_for_selector(".editor")
    assert day.taps <= 4, "the report of six months is drafted in at most four taps"
    day.picture("soan-bao-cao")
    day.taps = 0
    day.tap(page.locator(".piece__table a.figure").first)
    page.locator("#bang .behind li").first.wait_for()
    assert day.taps <= 2, "a figure opens its evidence in at most two taps"
    day.picture("minh-chung-cua-so-lieu")


def test_the_office_clerk_keeps_the_plan(day: Day) -> None:
    day.starts("van-phong")
    day.menu("Kế hoạch")
    day.tap(day.link(re.compile("Tuyên truyền công tác cải cách hành chính")))
    day.picture("ke-hoach")
    day.tap(day.link("Xem cả năm"))
    day.says("Kế hoạch trong năm")
    day.picture("ke-hoach-ca-nam")
    day.tap(day.link("Danh sách nhiệm vụ"))
    day.tap(day.link("Sửa nhiệm vụ"))
    day.visit.page.wait_for_selector("table.grid")
    day.picture("sua-nhiem-vu")
    day.menu("Lịch")
    day.says("iPhone, iPad")
    day.picture("lich")
    day.menu("Văn bản cũ")
    day.picture("van-ban-cu")


def test_the_office_clerk_looks_before_a_report_goes_to_the_chairwoman(day: Day) -> None:
    day.starts("van-phong")
    day.menu("Báo cáo")
    day.picture("bao-cao")
    day.tap(day.link(re.compile("quý III")))
    day.visit.page.wait_for_selector(".editor")
    day.tap(day.link("Xem và trình"))
    day.says("Trả lại để sửa")
    day.picture("duyet-bao-cao")


def test_the_office_clerk_checks_a_document_and_takes_old_ones_in(day: Day) -> None:
    page = day.visit.page
    day.starts("van-phong")
    day.menu("Kiểm tra văn bản")
    # A report of its own for each device: of two that say the same the second is a near-duplicate.
    other = OLD_REPORT.replace("2022", "2020").replace(
        LACKING, "Loa ở hai thôn cuối xã hay hỏng, chưa thay được."
    )
    letter = day.of(other, OLD_REPORT)
    name = f"bao-cao-{day.device}.pdf"
    sheet = {"name": name, "mimeType": "application/pdf", "buffer": pdf(read(letter.encode(), "a.txt"))}
    page.set_input_files("input[type=file]", [sheet])
    day.tap(day.button("Kiểm tra"))
    page.wait_for_selector("#ket-qua .leaf", timeout=60_000)
    page.evaluate("document.querySelector('.leaf').scrollIntoView()")
    page.evaluate("document.querySelector('.leaf img').decode()")
    day.picture("kiem-tra-van-ban")
    day.tap(day.button("Sửa theo gợi ý"))
    day.says("đã sửa 1")

    day.go("van-ban-cu/nhap/")
    twin = {
        "name": "ban-sao.txt",
        "mimeType": "text/plain",
        "buffer": f"{letter}\nNgười lập: Văn thư.".encode(),
    }
    page.set_input_files("input[type=file]", [sheet])
    day.tap(day.button("Đưa vào"))
    row = page.locator("tr", has_text=name)
    row.get_by_text("chờ xác nhận").first.wait_for(timeout=60_000)
    day.tap(row.get_by_role("link"))
    page.wait_for_selector(".leaf__picture img")  # the click does not wait for the page it leads to
    page.evaluate("document.querySelector('.leaf__picture img').decode()")
    page.evaluate("document.querySelector('.confirm').scrollIntoView()")
    day.picture("doi-chieu-van-ban-cu")
    day.tap(day.button("Xác nhận, đưa vào kho"))
    day.says("vào kho với")

    day.go("van-ban-cu/nhap/")
    page.set_input_files("input[type=file]", [twin])
    day.tap(day.button("Đưa vào"))
    row = page.locator("tr", has_text="ban-sao.txt").first
    row.get_by_text("Gần giống").wait_for(timeout=60_000)
    day.tap(row.get_by_role("link"))
    day.tap(day.link("Xem hai bản cạnh nhau"))
    day.says("Giống nhau")
    day.picture("hai-ban-gan-giong")
    day.tap(day.button("Cùng một văn bản"))
    day.says("Không có gì vào kho")


def test_the_one_stop_clerk_counts_guidance_by_the_book(day: Day) -> None:
    page = day.visit.page
    day.starts("mot-cua")
    day.tap(day.link("Ghi hoạt động", exact=True))
    day.tap(day.link("Hướng dẫn tại nơi tiếp nhận hồ sơ"))
    page.get_by_label("Nội dung", exact=True).fill(
        day.of("Hướng dẫn khai sinh liên thông", "Hỗ trợ người già lấy số thứ tự")
    )
    # The counter counted today by itself; a day from the paper book is not asked about.
    page.fill("input[name=happened_on]", (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011 - not today there either
    page.locator("input[name=count_guidance]").fill("37")
    day.picture("ghi-huong-dan")
    day.tap(day.button("Lưu vào sổ"))
    day.says("Đã ghi vào sổ")
    day.tap(day.button("Hoàn tác"))
    day.says("Ghi nhầm")
    day.picture("hoan-tac")


def test_the_radio_operator_records_a_broadcast(day: Day) -> None:
    page = day.visit.page
    day.starts("truyen-thanh")
    day.picture("ban-lam-viec-truyen-thanh")
    day.tap(day.link("Ghi hoạt động", exact=True))
    day.tap(day.link("Đài truyền thanh cấp xã"))
    page.get_by_label("Nội dung", exact=True).fill(
        day.of("Chuyên mục Cải cách hành chính buổi sáng", "Hỏi đáp về đăng ký tạm trú, phát lại")
    )
    page.locator("input[name=count_broadcasts]").fill("2")
    day.tap(day.button("Lưu vào sổ"))
    day.says("Đã ghi vào sổ")
    day.picture("da-ghi-phat-thanh")


def test_the_hamlet_head_photographs_a_meeting(day: Day) -> None:
    from io import BytesIO

    from PIL import Image

    page = day.visit.page
    photo = BytesIO()
    # A picture of its own for each device: the same one again would be asked about.
    picture = Image.linear_gradient("L").resize((1200, 900))
    picture = picture if day.device == "phone" else picture.rotate(90)
    picture.save(photo, "JPEG")
    day.starts("truong-thon")
    day.tap(day.link("Ghi hoạt động", exact=True))
    day.tap(day.link("Hội nghị, cuộc họp"))
    page.get_by_label("Nội dung", exact=True).fill(
        day.of("Họp dân cuối thôn Đình", "Ra quân tổ công nghệ số cộng đồng")
    )
    page.locator("input[name=count_meetings]").fill("1")
    page.locator("input[name=photo]").set_input_files(
        {"name": "hop-thon.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    day.picture("ghi-kem-anh")
    day.tap(day.button("Lưu vào sổ"))
    day.says("Đã ghi vào sổ")
    day.picture("da-ghi-kem-anh")


def test_the_contributor_records_a_talk_and_finds_it_again(day: Day) -> None:
    page = day.visit.page
    day.starts("cong-tac-vien")
    day.tap(day.link("Ghi hoạt động", exact=True))
    day.tap(day.link("Tuyên truyền viên"))
    talk = day.of("Nói chuyện về căn cước tại nhà văn hóa", "Đến từng hộ hướng dẫn dịch vụ công")
    page.get_by_label("Nội dung", exact=True).fill(talk)
    page.locator("input[name=count_meetings]").fill("3")
    day.tap(day.button("Lưu vào sổ"))
    day.says("Đã ghi vào sổ")
    day.menu("Sổ theo dõi")
    day.says(talk)
    day.picture("so-cua-cong-tac-vien")


def test_the_chairwoman_reads_and_opens_to_the_public(day: Day) -> None:
    day.starts("chu-tich")
    day.picture("ban-lam-viec-lanh-dao")
    day.menu("Báo cáo")
    day.tap(day.link(re.compile("6 tháng đầu năm")))
    day.visit.page.wait_for_selector(".editor, .piece__table, iframe")
    day.picture("bao-cao-da-phat-hanh")
    day.menu("Công khai")
    day.picture("cong-khai")


def test_the_administrator_invites_and_reads_the_audit(day: Day) -> None:
    page = day.visit.page
    day.starts("quan-tri")
    day.menu("Cán bộ")
    day.picture("can-bo")
    day.tap(day.link("Mời cán bộ"))
    page.get_by_label("Họ và tên").fill("Ngô Thị Cộng Tác")
    page.get_by_label("Vai trò trong hệ thống").select_option(label="Cộng tác viên")
    page.get_by_label("Chức danh").fill("Cộng tác viên dân số")
    day.picture("moi-can-bo")
    day.tap(day.button("Lập đường dẫn mời"))
    day.says("Ngô Thị Cộng Tác")
    day.picture("duong-dan-moi")
    day.menu("Thôn, bộ phận")
    day.picture("thon-bo-phan")
    day.menu("Vai trò và quyền")
    day.picture("vai-tro")
    day.menu("Nhật ký thao tác")
    day.says("Chuỗi nhật ký")
    day.picture("nhat-ky")


def test_the_neighbour_starts_from_nothing(day: Day) -> None:
    day.starts("ben-dua")
    day.says("Những bước đầu tiên")
    day.picture("buoc-dau-tien")
    for place, nothing in (("Sổ theo dõi", "Bến Trúc"), ("Kế hoạch", "Bến Trúc"), ("Báo cáo", "Bến Trúc")):
        day.menu(place)
        assert nothing not in day.visit.page.locator("#main").inner_text()


def test_the_reviewer_watches_over_all(day: Day) -> None:
    day.starts("so-noi-vu")
    day.says("Các đơn vị bên dưới")
    day.picture("ban-lam-viec-cap-tren")
    day.menu("Báo cáo")
    day.picture("bao-cao-cap-tren")
    assert not day.button("Lập dự thảo").is_visible()


def test_a_citizen_opens_a_figure_of_the_public_report(day: Day) -> None:
    page = day.visit.page
    day.visit.go("/bao-cao/ben-truc/")
    page.locator("main").get_by_role("link", name=re.compile("6 tháng đầu năm")).first.click()
    page.wait_for_load_state()
    day.picture("cong-khai-bao-cao")
    page.locator("main a[href*='/so-lieu/']").first.click()
    page.wait_for_load_state()
    day.picture("cong-khai-so-lieu")


def shown() -> set[str]:
    """The pictures that the pages of the manual show."""
    pages = [page.read_text("utf-8") for page in MANUAL.rglob("*.md")]
    return {Path(found).name for page in pages for found in re.findall(r"\]\(([^)]+\.png)\)", page)}


def pictures_of(source: str) -> set[str]:
    """Every picture that the days above take, by name and device."""
    return {
        f"{name}-{device}.png"
        for name in re.findall(r'\.picture\("([\w-]+)"\)', source)
        for device in DEVICES
    }


def test_the_manual_shows_only_pictures_that_these_days_take() -> None:
    assert shown()
    assert shown() <= pictures_of(Path(__file__).read_text("utf-8"))
    kept = {file.name for file in ALBUM.glob("*.png")}
    assert kept == shown(), "run: make manual"
