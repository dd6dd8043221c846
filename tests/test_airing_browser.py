"""One play in one browser: the radio operator's month, from the plan to the report.

The plan gives the programme a place, a published item becomes a script, a person records it, the chair approves it on a phone,
the web player airs it through a dead line, the log and the ledger count it; the same item goes to the stand-ins of Facebook
and Zalo and onto paper, the board shows it all, the report tells it. What people see, what the rows say and what the files hold
is held together at every step. With DINHLANG_MANUAL=1 (`make manual`) pictures go to the manual.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pypdfium2
import pytest

from dinhlang.broadcast.channels.standins import zalo
from dinhlang.broadcast.channels.standins.facebook import FacebookStandIn
from dinhlang.broadcast.channels.standins.serving import serving
from dinhlang.broadcast.channels.standins.zalo import ZaloStandIn
from tests.airing import COUNT, SEED, SEND, SOON, counted_in, log_of, looked_into
from tests.album import MANUAL, picture, shown_on
from tests.conftest import PATIENCE, Installation, Stem, wait_for
from tests.screens import PHONE, SCREEN
from tests.upward import DESK, REPORTS, Play, follow, press, said, sound, told_by

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OPERATOR, OFFICER = "truyen-thanh", "van-hoa"
RADIO, ITEMS = f"{DESK}phat-thanh/", f"{DESK}tin-bai/"
SLOT, TYPED = "Chuyên mục cải cách hành chính", "Lịch tiếp công dân tuần này"
FACEBOOK, ZALO = "Trang Facebook của xã", "Zalo của xã"
# A group to which people copy by hand; the demonstration has it.
GROUP = "Nhóm Zalo thôn Đông"


@dataclass
class Services:
    facebook: FacebookStandIn
    zalo: ZaloStandIn


@pytest.fixture(scope="module")
def services(rendered_demo: Installation) -> Iterator[Services]:
    """The stand-ins, where the server of the tests looks for channels."""
    made = Services(FacebookStandIn(), ZaloStandIn())
    made.facebook.page_name = made.zalo.account_name = "UBND xã Bến Trúc"
    made.zalo.looks_until_ready = 0
    port = urlsplit(rendered_demo.variables["DINHLANG_FACEBOOK"]).port
    with serving({"facebook": made.facebook, "zalo": made.zalo}, port or 0):
        yield made


@pytest.fixture(scope="module")
def play(stem: Stem, rendered_demo: Installation, chromium: Browser) -> Iterator[Play]:
    with stem.running(rendered_demo) as server:
        done = server.installation.run_anew("django", "shell", "--verbosity=0", "--command", SEED)
        assert done.returncode == 0, done.stderr
        yield Play(chromium, server, told_by(done.stdout))


def test_the_operator_plays_a_month(play: Play, services: Services) -> None:
    before = sums_of(play)
    session = the_plan_gives_the_programme_a_place(play)
    bulletin = an_item_becomes_a_script(play)
    recording = it_is_recorded(play, bulletin)
    the_chair_approves_it_on_the_phone(play, bulletin)
    link = it_is_placed_and_settled(play, bulletin, session)
    it_is_aired_through_a_dead_line(play, link)
    the_log_and_the_ledger_count_it(play, before, session, recording)
    the_same_item_goes_to_channels(play, services)
    it_hangs_on_a_wall(play)
    the_board_shows_it_all(play)
    the_report_tells_it(play)
    play.finish()


# --- before it is aired ---------------------------------------------------------------------------


def the_plan_gives_the_programme_a_place(play: Play) -> int:
    """Gives the session of today."""
    page = play.go(OPERATOR, f"{RADIO}khung-gio/")
    page.fill("[name=k-name]", SLOT)
    page.fill("[name=k-days]", "hằng ngày")
    page.fill("[name=k-starts]", play.told["hour"])
    page.fill("[name=k-minutes]", "15")
    press(page, "Đặt khung giờ")
    assert SLOT in said(page)
    follow(page, "Chương trình tháng")
    assert open_places(play) == []
    press(page, "Xếp thêm bản tin mới")
    assert "Đã lập chương trình tháng" in said(page)
    assert len(open_places(play)) == 1, "what the plan wants of the month has its place"
    assert "chờ bản tin" in said(page)
    # The one of today's session, which is off, stands first.
    page.get_by_text("chờ bản tin").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    picture(page, "chuong-trinh-thang-laptop")
    today = play.rows(
        "SELECT s.id FROM broadcast_session s JOIN broadcast_programme p ON p.id = s.programme_id"
        " WHERE p.unit_id = 'ben-truc' AND s.day = ? AND s.cancelled_why = ''",
        play.told["day"],
    )
    assert len(today) == 1
    session: int = today[0][0]
    return session


def open_places(play: Play) -> list[int]:
    """The sessions that keep a place for the task of the plan and have no bulletin for it."""
    found = play.rows(
        "SELECT r.session_id FROM broadcast_runningitem r JOIN broadcast_session s ON s.id = r.session_id"
        " WHERE r.task_id = ? AND r.bulletin_id IS NULL AND s.day >= ? AND s.cancelled_why = ''",
        play.told["task"],
        play.told["day"],
    )
    return [one for (one,) in found]


def an_item_becomes_a_script(play: Play) -> int:
    """Gives the bulletin."""
    page = play.go(OPERATOR, f"{ITEMS}{play.told['item']}/")
    press(page, "Làm bản tin từ bài này")
    assert "Đây là bản tin của bài này." in said(page)
    found = re.search(r"/phat-thanh/(\d+)/", page.url)
    assert found
    script = page.locator(".script").inner_text()
    assert script.startswith("Từ tuần này, tối thứ Năm nào")
    follow(page, "Sửa")
    page.select_option("[name=task]", str(play.told["task"]))
    press(page, "Lưu bản tin")
    assert "Đã lưu." in said(page)
    return int(found[1])


def it_is_recorded(play: Play, bulletin: int) -> bytes:
    """Gives the MP3 file, looked into."""
    page = play.go(OPERATOR, f"{RADIO}{bulletin}/")
    follow(page, "Thu âm")
    page.get_by_role("button", name="Bắt đầu thu").click()
    wait_for(lambda: page.locator("#dong-ho").inner_text() >= "0:05", PATIENCE)
    picture(page, "thu-am-laptop")
    page.get_by_role("button", name="Dừng", exact=True).click()
    page.locator("#nghe-lai").wait_for(timeout=60_000)
    for _step in range(5):
        page.locator("#dau").press("ArrowRight")
    kept = page.evaluate("() => document.getElementById('cuoi').value - document.getElementById('dau').value")
    page.get_by_role("textbox", name="Người đọc").fill("Lê Thị Hạnh")
    press(page, "Lưu bản thu")
    page.locator("#am-thanh audio").wait_for(timeout=60_000)
    there = (page.locator("#am-thanh audio").get_attribute("src") or "").partition("mp3/")[0]

    def file(form: str) -> bytes:
        answer = page.request.get(f"{play.server.address}{there}{form}/")
        assert answer.ok
        return answer.body()

    made = file("mp3")
    for data, codec in ((made, "mp3float"), (file("opus"), "opus")):
        kind, seconds, loud, peak = looked_into(data)
        assert kind == codec
        assert seconds == pytest.approx(kept, abs=0.2)
        # Short beeps cannot be made as loud as speech without passing the ceiling.
        assert -24 < loud < -14
        # It is heard; beeps with such hard edges grow when they are decoded, speech does not.
        assert 0.5 < peak < 1.2
    assert "Từ tuần này" in file("vtt").decode()
    return made


def the_chair_approves_it_on_the_phone(play: Play, bulletin: int) -> None:
    press(play.at(OPERATOR), "Gửi công chức văn hóa")
    page = play.go(OFFICER, f"{RADIO}{bulletin}/")
    press(page, "Trình lãnh đạo duyệt")
    press(page, "Lập đường dẫn duyệt")
    phone = play.phone()
    phone.go(re.sub(r"^https?://[^/]+", "", page.input_value("#address")))
    assert "Loa sẽ phát đúng lời này." in phone.page.locator("main").inner_text()
    heard = phone.page.request.get(f"{play.server.address}{phone.page.locator('audio').get_attribute('src')}")
    assert heard.ok, "what the chair hears is there without signing in"
    sound(phone.page)
    phone.page.set_viewport_size({"width": 360, "height": 740})
    picture(phone.page, "duyet-ban-tin-phone")
    press(phone.page, "Duyệt cho phát")
    assert phone.page.locator("h1").inner_text() == "Đã duyệt"
    phone.page.context.close()
    assert phone.faults == []
    assert play.rows("SELECT state FROM broadcast_bulletin WHERE id = ?", bulletin) == [("approved",)]


def it_is_placed_and_settled(play: Play, bulletin: int, session: int) -> str:
    """Gives the link of the machine at the amplifier."""
    page = play.go(OPERATOR, f"{RADIO}buoi/{session}/")
    page.select_option("#them", str(bulletin))
    press(page, "Đặt vào buổi")
    assert "Đã đặt bản tin vào buổi phát." in said(page)
    wanted = open_places(play)
    play.go(OPERATOR, f"{RADIO}chuong-trinh/")
    press(page, "Xếp thêm bản tin mới")
    taken = play.rows("SELECT session_id FROM broadcast_runningitem WHERE bulletin_id = ?", bulletin)
    assert {one for (one,) in taken} == {session, *wanted}, "the bulletin took the place of its task too"
    order = page.request.get(f"{play.server.address}{RADIO}buoi/{session}/van-ban.pdf")
    assert order.body().startswith(b"%PDF-")

    play.go(OPERATOR, f"{RADIO}may-phat/")
    page.fill("[name=m-name]", "Máy tính phòng truyền thanh")
    press(page, "Cấp khóa cho máy")
    link = page.locator("code.secret").inner_text()
    play.run(SOON.format(pk=session))
    play.go(OPERATOR, f"{RADIO}chuong-trinh/")
    press(page, "Chốt chương trình")
    assert "Đã chốt chương trình" in said(page)
    return link


# --- on air ---------------------------------------------------------------------------------------


def it_is_aired_through_a_dead_line(play: Play, link: str) -> None:
    context = play.chromium.new_context(locale="vi-VN", viewport=SCREEN)
    page = context.new_page()
    page.goto(link)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
    wait_for(lambda: shown(page, "tep") == "2/2", PATIENCE)
    context.set_offline(True)
    page.reload()
    wait_for(lambda: shown(page, "dang-phat") == play.told["title"], 2 * PATIENCE)
    assert shown(page, "dang-phat") == play.told["title"]
    assert shown(page, "mang") == "Mất mạng, phát theo lịch đã lưu"
    picture(page, "may-phat-mat-mang-laptop")
    wait_for(lambda: shown(page, "dang-phat") == "Không phát gì", PATIENCE)
    assert int(shown(page, "cho-gui")) > 0, "nobody was told as long as the line was dead"
    assert [fact for fact, _witness, _title in log_of(play, SLOT) if fact == "aired"] == []
    context.set_offline(False)
    wait_for(lambda: shown(page, "cho-gui") == "0", PATIENCE)
    context.close()


def shown(page: Page, place: str) -> str:
    return page.locator(f"#{place}").inner_text()


# --- what is said of it ---------------------------------------------------------------------------


def sums_of(play: Play) -> dict[str, int]:
    """The sums under the log-book of the month."""
    page = play.go(OPERATOR, f"{RADIO}so-nhat-ky/")
    names, values = page.locator(".sums dt").all_inner_texts(), page.locator(".sums dd").all_inner_texts()
    return dict(zip(names, map(int, values), strict=True))


def the_log_and_the_ledger_count_it(
    play: Play, before: dict[str, int], session: int, recording: bytes
) -> None:
    title = play.told["title"]
    log = log_of(play, SLOT)
    assert sorted(log) == sorted(
        (fact, witness, one)
        for one in (TYPED, title)
        for fact, witness in (("planned", "person"), ("sent", "player"), ("aired", "player"))
    )
    heard = play.rows(
        "SELECT DISTINCT json_extract(said, '$.recording') FROM broadcast_airlogentry"
        " WHERE day = ? AND json_extract(said, '$.title') = ? AND fact = 'aired'",
        play.told["day"],
        title,
    )
    assert heard == [(hashlib.sha256(recording).hexdigest(),)], "what was aired is what was recorded"
    after = sums_of(play)
    told = {name: after[name] - before[name] for name in ("Lượt phát", "Buổi", "Tin, bài khác nhau")}
    assert told == {"Lượt phát": 2, "Buổi": 1, "Tin, bài khác nhau": 2}
    page = play.at(OPERATOR)
    assert "máy phát Máy tính phòng truyền thanh" in said(page)
    page.get_by_text("máy phát Máy tính phòng truyền thanh").first.scroll_into_view_if_needed()
    picture(page, "so-nhat-ky-phat-thanh-laptop")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    book = download.value.path().read_text("utf-8")
    assert TYPED in book
    assert title in book
    play.run(COUNT)
    # The item was counted where it was published; what was typed for the radio is a piece of its own.
    assert counted_in(play, session) == {
        "broadcasts": 2,
        "broadcast_sessions": 1,
        "broadcast_minutes": 1,
        "articles": 1,
    }


def the_same_item_goes_to_channels(play: Play, services: Services) -> None:
    connect(play, "facebook", FACEBOOK, services.facebook)
    cover = "https://ben-truc.example/bia.jpg"
    connect(
        play, "zalo", ZALO, services.zalo, cover=cover, token=zalo.TOKEN, refresh_token=zalo.REFRESH_TOKEN
    )
    page = play.go(OFFICER, f"{RADIO}kenh/")
    assert "Mất kết nối" in said(page), "the demonstration calls nobody"
    picture(page, "kenh-mang-xa-hoi-laptop")
    play.go(OFFICER, f"{ITEMS}{play.told['item']}/")
    for name in (FACEBOOK, ZALO, GROUP):
        page.get_by_label(name, exact=True).check()
    press(page, "Gửi lên kênh")
    assert "Đã giao gửi 3 kênh." in said(page)
    play.run(SEND)
    wait_for(lambda: states_of(play)[1:] == ["published", "published"], PATIENCE)
    assert states_of(play) == ["to-copy", "published", "published"]
    sent = play.rows(f"SELECT mark, remote_address {OF_THE_ITEM}", str(play.told["item"]))[1:]
    words = ("tối thứ Năm nào tổ công nghệ số", "Bà con mang theo căn cước")
    for service, part, (mark, address) in zip((services.facebook, services.zalo), words, sent, strict=True):
        posts = [text for heading, text in service.posted() if heading == play.told["title"]]
        assert len(posts) == 1
        assert part in posts[0]
        assert f"k={mark}" in posts[0], "who follows the link is known to come from there"
        assert address.startswith("https://")
    play.go(OFFICER, f"{ITEMS}{play.told['item']}/")
    follow(page, FACEBOOK)
    assert "Đã đăng lúc" in said(page)
    assert "Lời xác nhận (SHA-256)" in said(page)
    picture(page, "bai-da-len-kenh-laptop")
    it_is_copied_into_a_group(play)


def it_is_copied_into_a_group(play: Play) -> None:
    page = play.go(OFFICER, f"{ITEMS}{play.told['item']}/")
    follow(page, GROUP)
    page.set_viewport_size(PHONE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Chép", exact=True).first.click()
    short = page.evaluate("() => navigator.clipboard.readText()")
    assert short.startswith(play.told["title"])
    assert len(short) <= 160
    page.locator("#chep").scroll_into_view_if_needed()
    picture(page, "chep-dang-phone")
    page.fill("[name=address]", "https://nhom.example/tin/1")
    press(page, "Ghi đã đăng")
    assert "Đã ghi bài đã đăng." in said(page)
    page.set_viewport_size(SCREEN)
    assert states_of(play) == ["published"] * 3


OF_THE_ITEM = "FROM broadcast_delivery WHERE source_key = ? ORDER BY channel_id"


def states_of(play: Play) -> list[str]:
    """How the item of the play stands on each channel; the demonstration has posts of its own."""
    return [one for (one,) in play.rows(f"SELECT state {OF_THE_ITEM}", str(play.told["item"]))]


def connect(play: Play, service: str, name: str, there: FacebookStandIn | ZaloStandIn, **given: str) -> None:
    """Add a channel; allow us in at the service, or paste what a person got there."""
    page = play.go(OFFICER, f"{RADIO}kenh/?dich-vu={service}")
    page.fill("[name=name]", name)
    page.fill("[name=remote_id]", there.page if isinstance(there, FacebookStandIn) else there.account)
    page.fill("[name=app_id]", there.app)
    page.fill("[name=app_secret]", there.secret)
    if "cover" in given:
        page.fill("[name=cover]", given.pop("cover"))
    press(page, "Thêm kênh")
    if given:
        page.get_by_text("Dán mã lấy ở trang của dịch vụ").click()
        for field, value in given.items():
            page.fill(f"[name={field}]", value)
        press(page, "Kết nối bằng mã này")
    else:
        press(page, "Kết nối")
        page.get_by_role("link", name="Sang 127.0.0.1").click()
        page.wait_for_url(re.compile(r"/kenh/\d+/$"))
        # To leave the house is what the person wants here, and nowhere else.
        abroad = [one for one in play.people[OFFICER].faults if "/dialog/oauth?" in one]
        assert len(abroad) == 1
        play.people[OFFICER].faults.remove(abroad[0])
    assert "Đã kết nối kênh." in said(page)
    assert "UBND xã Bến Trúc" in said(page), "the service told its name"


def it_hangs_on_a_wall(play: Play) -> None:
    page = play.go(OPERATOR, f"{ITEMS}{play.told['item']}/")
    page.select_option("#loai-an-pham", "ap-phich")
    press(page, "Làm ấn phẩm từ bài này")
    assert "Nguyên văn bài đã đăng, không phải duyệt lại" in said(page)
    there = page.get_by_role("link", name="PDF cho máy in cơ quan").get_attribute("href")
    sheet = page.request.get(f"{play.server.address}{there}").body()
    with closing(pypdfium2.PdfDocument(sheet)) as paper:
        assert [round(side / 72 * 25.4) for side in paper[0].get_size()] == [297, 420]
        words = " ".join(paper[0].get_textpage().get_text_range().split())
    assert play.told["title"] in words
    assert "Bà con mang theo căn cước" in words
    page.fill("[name=in-copies]", "20")
    press(page, "Ghi lần in")
    page.fill("[name=noi-place]", "Nhà văn hóa thôn Đình")
    page.fill("[name=noi-copies]", "1")
    page.fill("[name=noi-until]", play.told["until"])
    press(page, "Ghi vào sổ")
    assert "Đã ghi nơi treo, phát." in said(page)
    assert "Đã in 20 bản; đã treo, phát 1 bản ở 1 nơi; còn 19 bản." in said(page)
    picture(page, "ap-phich-laptop")


def the_board_shows_it_all(play: Play) -> None:
    page = play.go(OFFICER, f"{ITEMS}kenh/?q={play.told['title']}")
    row = page.locator("tbody tr").filter(has_text=play.told["title"])
    assert row.count() == 1
    text = row.inner_text()
    for part in (
        FACEBOOK,
        ZALO,
        GROUP,
        "đã nghe 1 lượt",
        "1 nơi treo, phát",
        "20 bản in, 1 bản đã treo, phát",
    ):
        assert part in text
    assert text.count("Đã đăng") >= 3
    picture(page, "tin-va-kenh-laptop")


def the_report_tells_it(play: Play) -> None:
    page = play.go(OFFICER, f"{REPORTS}lap/?period={play.told['running']}&unit=ben-truc")
    press(page, "Lập dự thảo")
    found = re.search(r"/bao-cao/(\d+)/", page.url)
    assert found
    for concept in ("broadcasts", "broadcast_sessions", "broadcast_minutes", "articles"):
        value, since, until = play.rows(
            "SELECT value, window_from, window_to FROM reports_reportfigure WHERE report_id = ? AND concept = ?"
            " ORDER BY window_to DESC LIMIT 1",
            found[1],
            concept,
        )[0]
        ledger = play.rows(
            "SELECT sum(m.value) FROM work_measure m JOIN work_activity a ON a.id = m.activity_id"
            " WHERE m.concept = ? AND a.unit_id LIKE 'ben-truc%' AND a.happened_on BETWEEN ? AND ?"
            " AND a.id NOT IN (SELECT activity_id FROM work_reversal)",
            concept,
            since,
            until,
        )
        assert ledger == [(value,)], concept
    text = said(page)
    for words in ("Lượt phát thanh", "Buổi phát thanh", "Thời lượng phát thanh"):
        assert words in text
    place = page.get_by_text("Buổi phát thanh").first
    place.scroll_into_view_if_needed()
    picture(page, "bao-cao-co-phat-thanh-laptop")


def test_the_pages_of_the_manual_show_each_picture_of_the_play() -> None:
    taken = set(re.findall(r'picture\(\w+(?:\.page)?, "([\w-]+)"\)', Path(__file__).read_text("utf-8")))
    pages = (MANUAL / "viec" / name for name in ("mot-thang-phat-thanh.md", "kenh-mang-xa-hoi.md"))
    assert {f"{name}.webp" for name in taken} == shown_on(*pages)
