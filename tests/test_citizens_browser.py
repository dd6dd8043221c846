"""One play in one browser: what citizens say to a commune, until it stands in the commune's reports.

Somebody reports on a phone without an account, the office routes, answers and publishes, a stranger looks on, the sender is not
content; a survey is answered by slip, on the screen at the counter and after an answer; a dossier goes from its receipt to its
return with one apology; the figures stand in the reports by themselves and lead back. What each person sees and what the rows
say is held together at every step. With DINHLANG_MANUAL=1 (`make manual`) pictures go to the manual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from dinhlang.periods import calendar
from dinhlang.work.tests.pictures import photo
from tests.album import MANUAL, picture, shown_on
from tests.conftest import Installation, Stem, Visit, through
from tests.screens import SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on
from tests.upward import DESK, REPORTS, Play, follow, press, said

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

SITE = "/ben-truc/phan-anh/"
CASES, ROUNDS, DOSSIERS = f"{DESK}phan-anh/", f"{DESK}khao-sat/", f"{DESK}mot-cua/"
CLERK, OFFICER, CHAIR, COUNTER, NEIGHBOUR = "van-phong", "van-hoa", "chu-tich", "mot-cua", "ben-dua"
OFFICER_NAME = "Trần Văn Ví Dụ"
PHONE = {"width": 390, "height": 844}
SENDER, PHONE_NUMBER, NAMED = "Lý Thị Thử Nghiệm", "0900 000 222", "Trần Văn Giả Sử"
WORDS = (
    f"Cống thoát nước trước nhà ông {NAMED} tắc đã hai tuần, mưa là ngập, học sinh phải lội. "
    f"Nhờ xã cho thông cống. Cần gì gọi tôi số {PHONE_NUMBER}."
)
FIRST = "Xã đã giao thôn Đình thông cống trước ngày 5 hằng tháng. Cảm ơn bạn đã báo."
SECOND = "Xã đã thuê xe hút bùn, thông cả đoạn cống 60 m; trưởng thôn kiểm tra sau mỗi trận mưa lớn."


@pytest.fixture(scope="module")
def play(stem: Stem, rendered_demo: Installation, chromium: Browser) -> Iterator[Play]:
    with stem.running(rendered_demo) as server:
        yield Play(chromium, server, {})


def test_what_citizens_say_is_answered_and_stands_in_the_reports(play: Play) -> None:
    citizen = a_citizen_reports_on_a_phone(play)
    case = the_office_takes_it_routes_it_and_waits_for_another(play)
    it_is_answered_and_made_public(play, case)
    strangers_see_no_more_than_what_is_public(play, case)
    the_sender_is_not_content_and_is_answered_again(play, citizen, case)
    code = a_survey_is_answered_by_slip_screen_and_after_an_answer(play, citizen)
    the_round_is_closed_and_its_result_is_public(play, code)
    dossier = a_dossier_goes_from_receipt_to_return(play)
    somebody_is_shown_the_way(play)
    the_figures_stand_in_the_reports_and_lead_back(play, case, dossier)
    play.finish()


# --- what a citizen says -----------------------------------------------------------------------------


def a_citizen_reports_on_a_phone(play: Play) -> Visit:
    """Gives the phone, on which the case stands open."""
    citizen = on_a_phone(play)
    page = citizen.page
    citizen.go(f"{SITE}gui/")
    opened = datetime.now().astimezone()
    page.fill("#id_words", WORDS)
    for fold in ("Thêm ảnh", "Thêm nơi xảy ra, lĩnh vực", "Thêm điện thoại, thư điện tử"):
        page.get_by_text(fold, exact=True).click()
    page.select_option("#id_category", "dien-nuoc")
    page.select_option("#id_hamlet", label="Thôn Đình")
    page.fill("#id_place", "Trước cổng trường")
    page.set_input_files("#id_photos", {"name": "cong.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.fill("#id_name", SENDER)
    page.fill("#id_address", "Xóm 2, thôn Đình")
    page.fill("#id_phone", PHONE_NUMBER)
    page.get_by_role("button", name="Gửi cho xã").click()
    expect(page.get_by_text("Đánh dấu ô đồng ý")).to_be_visible()
    assert page.input_value("#id_words") == WORDS
    page.set_input_files("#id_photos", {"name": "cong.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_label("Tôi đồng ý để xã giữ tên").check()
    page.get_by_label("Tôi đồng ý để xã đăng câu hỏi").check()
    page.locator("[data-question]").wait_for(state="hidden")
    # Whoever sends within four seconds is taken for a machine.
    page.wait_for_timeout(max(0.0, 4500 - (datetime.now().astimezone() - opened).total_seconds() * 1000))
    page.locator("label[for=id_words]").evaluate("one => one.scrollIntoView()")
    picture(page, "gui-phan-anh-phone")
    page.get_by_role("button", name="Gửi cho xã").click()
    page.locator("[data-code]").wait_for()
    clean(page)
    picture(page, "da-nhan-phan-anh-phone")
    play.told["code"] = page.locator("[data-code]").inner_text()
    play.told["pin"] = page.locator("[data-pin]").inner_text()
    look_at_the_case(play, citizen)
    expect(page.get_by_text("Mới nhận, chờ xem")).to_be_visible()
    assert play.rows(
        "SELECT state, way, is_named, flags, handler_id IS NOT NULL FROM citizens_case WHERE code = ?",
        play.told["code"],
    ) == [("received", "web", 1, "", 0)]
    return citizen


def on_a_phone(play: Play) -> Visit:
    context = play.chromium.new_context(locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True)
    context.set_default_timeout(30_000)
    return Visit(context.new_page(), play.server)


def look_at_the_case(play: Play, citizen: Visit) -> None:
    page = citizen.page
    citizen.go(f"{SITE}tra-cuu/")
    page.fill("#id_code", play.told["code"])
    page.fill("#id_pin", play.told["pin"])
    press(page, "Xem phản ánh")


def clean(page: Page) -> None:
    """Nothing that axe finds by day or by night, and nothing wider than the window."""
    assert page.evaluate(TOO_WIDE) == [], page.url
    assert barriers_on(page) == [], page.url
    assert barriers_in_the_dark(page) == [], page.url


def the_office_takes_it_routes_it_and_waits_for_another(play: Play) -> str:
    """Gives the address of the case on the desk."""
    clerk = play.go(CLERK, f"{CASES}phan-cong/")
    clerk.locator("select[name=part-an-toan]").select_option(label="Phòng Văn hóa – Xã hội")
    press(clerk, "Lưu phân công")
    clerk.locator("form.routes").evaluate("one => one.scrollIntoView()")
    picture(clerk, "phan-cong-bo-phan-laptop")
    clerk = play.go(CLERK, CASES)
    clerk.locator("#main table").evaluate("one => one.scrollIntoView()")
    picture(clerk, "danh-sach-phan-anh-laptop")
    clerk.fill("input[name=q]", play.told["code"])
    press(clerk, "Lọc")
    through(clerk.locator("#main table a").first)
    case = clerk.url.removeprefix(play.server.address)
    follow(clerk, "Xem bản gốc")
    assert SENDER in said(clerk)
    file = clerk.locator("#main a[href*='/tep/']").get_attribute("href")
    opened = clerk.request.get(f"{play.server.address}{file}")
    assert opened.headers["content-type"].startswith("image/")
    clerk.goto(f"{play.server.address}{case}")
    assert SENDER not in said(clerk)
    press(clerk, "Tiếp nhận")
    fold = step(clerk, "Phân công")
    fold.locator("select[name=handler]").select_option(label=OFFICER_NAME)
    fold.locator("select[name=part]").select_option(label="thôn Đình")
    through(fold.get_by_role("button", name="Phân công"))
    write_step(
        clerk, "Tạm dừng, chờ cơ quan khác", "Chờ công ty thoát nước trả lời về hồ ga", "Tạm dừng thời hạn"
    )
    assert "đang tạm dừng" in said(clerk).lower()
    write_step(clerk, "Xử lý tiếp", "Công ty đã trả lời", "Xử lý tiếp")
    fold = step(clerk, "Sửa tóm tắt, lĩnh vực")
    fold.locator("[name=subject]").fill("Cống trước cổng trường tắc, mưa là ngập")
    through(fold.get_by_role("button", name="Lưu"))
    picture(clerk, "xu-ly-phan-anh-laptop")
    assert play.rows(
        "SELECT deed FROM citizens_caseevent WHERE case_id = ? ORDER BY id", number_of(case)
    ) == [(one,) for one in ("receive", "accept", "route", "pause", "resume")]
    return case


def number_of(address: str) -> str:
    return address.strip("/").rpartition("/")[2]


def step(page: Page, name: str) -> Locator:
    """A folded step of a case or of a dossier, opened."""
    summary = page.locator("summary", has_text=re.compile(f"^\\s*{re.escape(name)}\\s*$"))
    fold = page.locator("#main details", has=summary).first
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold


def write_step(page: Page, name: str, reason: str, button: str) -> None:
    fold = step(page, name)
    fold.locator("textarea").first.fill(reason)
    through(fold.get_by_role("button", name=button, exact=True))


# --- what it is answered ------------------------------------------------------------------------------


def it_is_answered_and_made_public(play: Play, case: str) -> None:
    officer = play.go(OFFICER, DESK)
    through(officer.locator(f"#main a[href='{case}']").first)
    answer(play, OFFICER, case, FIRST)
    assert "Câu trả lời chờ duyệt" in said(officer)
    chair = play.go(CHAIR, case)
    follow(chair, "Xem và duyệt câu trả lời")
    assert WORDS in said(chair)
    picture(chair, "duyet-cau-tra-loi-laptop")
    press(chair, "Duyệt và trả lời")
    publish(play, case)


def answer(play: Play, who: str, case: str, words: str) -> None:
    page = play.go(who, case)
    page.fill("#id_words", words)
    press(page, "Trình lãnh đạo duyệt")


def publish(play: Play, case: str) -> None:
    """The officer decides on each place, the leader on the whole."""
    officer = play.go(OFFICER, f"{case}cong-khai/")
    private = (NAMED, PHONE_NUMBER)
    places = officer.locator("fieldset.choose")
    assert {one.locator("legend").inner_text() for one in places.all()} >= set(private)
    places.first.get_by_label("Che").check()
    # A place that is passed over is no decision.
    places.first.evaluate("one => { one.form.noValidate = true }")
    press(officer, "Làm bản công khai")
    assert "Còn chỗ chưa chọn" in officer.locator(".messages").inner_text()
    for place in officer.locator("fieldset.choose").all():
        # The detector rather asks once too often; a word that is nobody's is left as it is.
        place.get_by_label("Che" if place.locator("legend").inner_text() in private else "Để nguyên").check()
    press(officer, "Làm bản công khai")
    public = officer.locator("#id_question")
    assert NAMED not in public.input_value()
    assert "[số điện thoại]" in public.input_value()
    picture(officer, "che-thong-tin-laptop")
    press(officer, "Trình lãnh đạo duyệt")
    chair = play.go(CHAIR, f"{case}cong-khai/")
    press(chair, "Duyệt và công khai")
    assert "Đã công khai" in said(chair)


def strangers_see_no_more_than_what_is_public(play: Play, case: str) -> None:
    stranger = on_a_phone(play)
    page = stranger.page
    wait_for_public(page, f"{play.server.address}{SITE}", "Cống trước cổng trường tắc")
    clean(page)
    picture(page, "phan-anh-cong-khai-phone")
    through(page.get_by_role("link", name="Cống trước cổng trường tắc, mưa là ngập"))
    shown = page.locator("main").inner_text()
    assert FIRST in shown
    for private in (SENDER, NAMED, PHONE_NUMBER, play.told["code"]):
        assert private not in page.content()
    clean(page)
    picture(page, "cau-hoi-tra-loi-phone")
    stranger.page.context.close()
    assert stranger.faults == []
    asked = play.chromium.new_context(locale="vi-VN")
    for there in (case, f"{case}ban-goc/", f"{case}cong-khai/", f"{case}duyet/", CASES):
        found = asked.request.get(f"{play.server.address}{there}", max_redirects=0)
        assert (found.status, "/dang-nhap/" in found.headers.get("location", "")) == (302, True), there
    for form in ("csv", "json"):
        year = datetime.now().astimezone().year
        given = asked.request.get(f"{play.server.address}{SITE}du-lieu/{year}.{form}").text()
        assert "Cống trước cổng trường tắc" in given
        assert NAMED not in given
        assert SENDER not in given
    wrong = asked.request.post(
        f"{play.server.address}{SITE}tra-cuu/", form={"code": play.told["code"], "pin": "000000"}
    )
    assert wrong.status == 403
    asked.close()
    neighbour = play.at(NEIGHBOUR)
    file = play.rows("SELECT id FROM citizens_casefile WHERE case_id = ?", number_of(case))[0][0]
    for there in ("", "ban-goc/", "cong-khai/", "duyet/", f"tep/{file}/"):
        found = neighbour.request.get(f"{play.server.address}{case}{there}")
        assert found.status == 404, there


def wait_for_public(page: Page, address: str, words: str) -> None:
    """Public pages follow within seconds."""
    for _try in range(40):
        page.goto(address)
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"{words} is not at {address}")


def the_sender_is_not_content_and_is_answered_again(play: Play, citizen: Visit, case: str) -> None:
    page = citizen.page
    look_at_the_case(play, citizen)
    assert FIRST in page.locator("main").inner_text()
    clean(page)
    page.get_by_label("Không hài lòng", exact=True).check()
    page.fill("#nhan-xet", "Mới hứa, cống vẫn tắc.")
    page.get_by_label("Không hài lòng", exact=True).scroll_into_view_if_needed()
    picture(page, "danh-gia-phone")
    press(page, "Gửi đánh giá")
    # It is not reopened without a reason.
    press(page, "Đề nghị xem lại")
    expect(page.locator("[role=alert]")).to_be_visible()
    page.fill("#ly-do", "Trận mưa hôm qua vẫn ngập, chưa ai đến thông cống.")
    press(page, "Đề nghị xem lại")
    expect(page.get_by_text("Mở lại, đang xem lại")).to_be_visible()
    # Only once: the form is not offered again.
    expect(page.get_by_role("button", name="Đề nghị xem lại")).to_have_count(0)

    answer(play, CLERK, case, SECOND)
    chair = play.go(CHAIR, f"{case}duyet/")
    press(chair, "Duyệt và trả lời")
    look_at_the_case(play, citizen)
    assert SECOND in page.locator("main").inner_text()
    page.get_by_label("Hài lòng", exact=True).check()
    press(page, "Gửi đánh giá")
    expect(page.get_by_text("Đã đóng").first).to_be_visible()
    assert play.rows("SELECT state, rating FROM citizens_case WHERE id = ?", number_of(case)) == [
        ("closed", 4)
    ]
    answered = play.rows(
        "SELECT count(*) FROM citizens_case WHERE unit_id = 'ben-truc' AND category = 'dien-nuoc'"
        " AND days_used IS NOT NULL"
    )[0][0]
    citizen.go(f"{SITE}so-lieu/")
    row = page.locator("tr", has_text="Điện, nước, chiếu sáng")
    assert row.locator("td").nth(1).inner_text().strip() == str(answered)
    clean(page)
    clerk = play.go(CLERK, f"{CASES}thong-ke/")
    picture(clerk, "thong-ke-phan-anh-laptop")


# --- how people were served ---------------------------------------------------------------------------


def a_survey_is_answered_by_slip_screen_and_after_an_answer(play: Play, citizen: Visit) -> str:
    """Gives the code of the round."""
    clerk = play.go(CLERK, ROUNDS)
    follow(clerk, "Khảo sát mức độ hài lòng về giải quyết thủ tục hành chính")
    follow(clerk, "Đợt minh họa thứ hai")
    round_ = clerk.url.removeprefix(play.server.address)
    code, before = play.rows(
        "SELECT code, (SELECT count(*) FROM citizens_surveyanswer a WHERE a.round_id = r.id) FROM citizens_surveyround r"
        " WHERE id = ?",
        number_of(round_),
    )[0]
    slip = printed_slips(clerk)[0]

    # The screen at the counter; it goes back to its beginning while others answer.
    context = play.chromium.new_context(
        locale="vi-VN", viewport={"width": 1280, "height": 800}, has_touch=True
    )
    screen = Visit(context.new_page(), play.server)
    screen.go(f"/ks/{code}/quay/")
    clean(screen.page)
    picture(screen.page, "khao-sat-quay-laptop")
    answer_step_by_step(screen.page)
    expect(screen.page.get_by_role("link", name="Người tiếp theo")).to_be_visible()

    guest = on_a_phone(play)
    open_by_code(guest, slip)
    clean(guest.page)
    picture(guest.page, "khao-sat-phieu-phone")
    # Somebody else opens the same slip before it is sent: the first voice counts, the second is refused.
    other = on_a_phone(play)
    open_by_code(other, slip)
    answer_at_once(guest.page)
    assert "Đã nhận phiếu" in guest.page.locator("h1").inner_text()
    answer_at_once(other.page)
    assert "đã dùng" in other.page.locator("main").inner_text()
    for one in (guest, other):
        one.page.context.close()
    assert guest.faults == []

    look_at_the_case(play, citizen)
    press(citizen.page, "Lấy mã khảo sát")
    through(citizen.page.get_by_role("link", name="Trả lời khảo sát"))
    answer_at_once(citizen.page)
    assert "Đã nhận phiếu" in citizen.page.locator("h1").inner_text()
    citizen.page.context.close()

    expect(screen.page.locator("fieldset:visible")).to_have_count(1, timeout=20_000)
    context.close()
    assert screen.faults == []
    ways = play.rows(
        "SELECT way, count(*) FROM citizens_surveyanswer WHERE round_id = ? AND way <> 'poster' GROUP BY way ORDER BY way",
        number_of(round_),
    )
    assert ways == [("after", 1), ("kiosk", 1), ("slip", 1)]
    play.told |= {"round": round_, "answers": before + 3}
    return str(code)


def open_by_code(guest: Visit, code: str) -> None:
    """As who cannot scan the slip types it."""
    guest.go("/ks/")
    guest.page.fill("#ma-phieu", code)
    press(guest.page, "Mở phiếu")


def printed_slips(clerk: Page) -> list[str]:
    clerk.fill("[name=phieu-count]", "2")
    with clerk.expect_download() as download:
        clerk.get_by_role("button", name="In phiếu có mã").click()
    text = text_of(download.value.path())
    return re.findall(r"\b[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}\b", text)


def text_of(file: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


def answer_at_once(page: Page) -> None:
    """All questions that are asked, on one page."""
    for question in page.locator("fieldset.survey__question").all():
        if question.is_visible() and question.locator("input[type=radio]").count():
            question.locator("label.survey__choice").first.click()
    press(page, "Gửi phiếu")


def answer_step_by_step(page: Page) -> None:
    """One question after the other, each button large enough for a thumb."""
    for _question in range(30):
        shown = page.locator("fieldset.survey__question:visible")
        choice = shown.locator("label.survey__choice").first
        if choice.count():
            box = choice.bounding_box()
            assert box is not None
            assert box["height"] >= 48
            choice.click()
        if page.locator("[data-send]").is_visible():
            break
        for name in ("next", "skip"):
            button = page.locator(f"[data-{name}]")
            if button.is_visible():
                button.click()
                break
    through(page.locator("[data-send]"))


def the_round_is_closed_and_its_result_is_public(play: Play, code: str) -> None:
    clerk = play.go(CLERK, play.told["round"])
    clerk.get_by_text("Đóng đợt", exact=True).click()
    press(clerk, "Đóng đợt, chốt kết quả")
    assert f"{play.told['answers']} phiếu trả lời" in said(clerk)
    press(clerk, "Công khai kết quả")
    clerk.locator("#ket-qua").evaluate("one => one.scrollIntoView()")
    picture(clerk, "khao-sat-ket-qua-laptop")
    reader = on_a_phone(play)
    reader.go(f"/ks/{code}/ket-qua/")
    shown = reader.page.locator("main").inner_text()
    assert re.search(r"Khoảng tin cậy", shown)
    clean(reader.page)
    reader.go(f"/ks/{code}/")
    assert "đã kết thúc" in reader.page.locator("main").inner_text()
    reader.page.context.close()
    assert reader.faults == []


# --- a dossier ----------------------------------------------------------------------------------------


def a_dossier_goes_from_receipt_to_return(play: Play) -> str:
    """Gives its address."""
    # Three days from the second of these, when the term begins anew: the apology comes a day before they are over.
    days = [working_days_ago(count) for count in (8, 7, 5, 2)]
    clerk = play.go(COUNTER, f"{DOSSIERS}tiep-nhan/")
    clerk.fill("#tim", "1.001612")
    press(clerk, "Tìm")
    if clerk.locator("#thay").count():
        through(clerk.locator("#main .told a").first)
    clerk.fill("[name=applicant]", "Vũ Thị Dẫn Chứng")
    clerk.fill("[name=phone]", "0900 000 333")
    clerk.fill("[name=address]", "Thôn Soi, xã Bến Trúc")
    clerk.locator("[name=papers]").first.check()
    clerk.fill("[name=fee]", "100000")
    picture(clerk, "tiep-nhan-ho-so-laptop")
    clerk.locator("#main form summary").first.click()
    clerk.fill("[name=happened_at]", f"{days[0]}T08:30")
    press(clerk, "Tiếp nhận và hẹn trả")
    dossier = clerk.url.removeprefix(play.server.address)
    code = clerk.locator("h1").inner_text()
    # In one column the fee and the slips stand under one another.
    clerk.set_viewport_size({"width": 390, "height": 960})
    clerk.locator("#phi").evaluate("one => one.scrollIntoView()")
    picture(clerk, "ho-so-da-hen-phone")
    clerk.set_viewport_size(SCREEN)
    with clerk.expect_download() as download:
        clerk.locator("#main .told a").filter(has_text="PDF").first.click()
    assert code in text_of(download.value.path())
    assert clerk.locator(".payment svg").count() == 1, "VietQR"

    ask(clerk, f"{days[0]}T09:00")
    assert "Chờ bổ sung" in said(clerk)
    deed(clerk, "Nhận giấy tờ bổ sung", "", f"{days[1]}T08:00")
    # All at once: who asks again says why it was not said before.
    ask(clerk, f"{days[1]}T08:30")
    assert "đã được yêu cầu bổ sung 1 lần" in clerk.locator(".messages").inner_text()
    fold = step(clerk, "Giao hồ sơ")
    fold.locator("select").select_option(label=OFFICER_NAME)
    fold.locator("[name=happened_at]").fill(f"{days[1]}T09:00")
    through(fold.get_by_role("button", name="Ghi vào sổ"))

    officer = play.go(OFFICER, dossier)
    apologise(officer, f"{days[2]}T10:00")
    assert "Hẹn lại ngày" in said(officer)
    picture(officer, "xin-loi-hen-lai-laptop")
    apologise(officer, f"{days[2]}T11:00")
    assert "một lần" in officer.locator(".messages").inner_text()
    deed(officer, "Có kết quả", "", f"{days[3]}T10:00")

    clerk = play.go(COUNTER, dossier)
    assert "Chờ trả" in said(clerk)
    fold = step(clerk, "Đã thu")
    fold.locator("select").select_option("transfer")
    through(fold.get_by_role("button", name="Ghi vào sổ"))
    assert clerk.locator(".payment").count() == 0
    deed(clerk, "Trả kết quả", "", "")
    assert play.rows(
        "SELECT state, fee_state, delivery_state FROM onestop_dossier WHERE id = ?", number_of(dossier)
    ) == [("resolved", "paid", "given")]
    return dossier


def working_days_ago(count: int) -> date:
    known, day = calendar.default(), localdate()
    while count:
        day -= timedelta(days=1)
        count -= known.is_working(day)
    return day


def ask(page: Page, moment: str) -> None:
    fold = step(page, "Yêu cầu bổ sung (mẫu 02)")
    fold.locator("[name=papers]").fill("Bản sao hợp đồng thuê địa điểm")
    fold.locator("[name=reason]").fill("Thiếu bản sao hợp đồng thuê địa điểm")
    fold.locator("[name=happened_at]").fill(moment)
    through(fold.get_by_role("button", name="Ghi vào sổ"))


def apologise(page: Page, moment: str) -> None:
    fold = step(page, "Xin lỗi và hẹn lại (mẫu 04)")
    fold.locator("[name=new_on]").fill(calendar.default().add(localdate(), 3).isoformat())
    fold.locator("[name=reason]").fill("Chờ cơ quan thuế trả lời về mã số")
    fold.locator("[name=happened_at]").fill(moment)
    through(fold.get_by_role("button", name="Ghi vào sổ"))


def deed(page: Page, name: str, reason: str, moment: str) -> None:
    fold = step(page, name)
    if reason:
        fold.locator("[name=reason]").fill(reason)
    if moment:
        fold.locator("[name=happened_at]").fill(moment)
    through(fold.get_by_role("button", name="Ghi vào sổ"))


def somebody_is_shown_the_way(play: Play) -> None:
    clerk = play.go(COUNTER, f"{DOSSIERS}huong-dan/")
    picture(clerk, "luot-huong-dan-laptop")
    through(clerk.locator("#main button[name=tap]").first)
    assert "Đã cộng 1 lượt" in clerk.locator(".messages").inner_text()


# --- what stands in the reports -----------------------------------------------------------------------

# A day is written into the ledger when it is over.
NIGHT = """
from datetime import timedelta
from django.utils import timezone
from dinhlang.citizens import actions as citizens
from dinhlang.onestop import actions as onestop
from dinhlang.onestop.guidance.counting import count_guided
at = timezone.now() + timedelta(days=1)
for do in (citizens.record_days, onestop.count_due, count_guided):
    do(at=at)
"""


def the_figures_stand_in_the_reports_and_lead_back(play: Play, case: str, dossier: str) -> None:
    """Nobody types a figure; each is opened down to what it counts."""
    play.run(NIGHT)
    today = localdate()
    period = str((today + timedelta(days=17)).year)

    page = drafted(play, "cchc", period)
    words = said(page)
    assert re.search(
        r"Tiếp nhận \d+ phản ánh, kiến nghị.*đã trả lời \d+, đúng hạn \d+, đạt [\d,]+%; công khai \d+ câu trả lời",
        words,
    )
    assert re.search(r"Khảo sát \d+ phiếu hợp lệ, [\d,]+% hài lòng", words)
    page.locator("a.figure[href$='/so-lieu/feedback/']").scroll_into_view_if_needed()
    picture(page, "bao-cao-cchc-laptop")
    there = page.url
    through_figure(page, "feedback", f"Phản ánh, kiến nghị ngày {today:%d/%m/%Y}")
    follow(page, "Phản ánh, kiến nghị trong ngày")
    clean(page)
    picture(page, "sau-con-so-phan-anh-laptop")
    through(page.locator(f"#main a[href='{case}']").first)
    assert "Đã đóng" in said(page)
    page.goto(there)
    through_figure(page, "satisfaction", "Đợt minh họa thứ hai")
    follow(page, "Đợt minh họa thứ hai")
    assert f"{play.told['answers']} phiếu trả lời" in said(page)

    page = drafted(play, "kstthc-06", period)
    row = (
        page.locator("tr", has_text="Thành lập và hoạt động của hộ kinh doanh")
        .locator("td")
        .all_inner_texts()
    )
    assert [row[at] for at in (2, 4, 6, 9)] == ["1", "1", "1", "0"], (
        "received, at the counter, solved, not late"
    )
    through_figure(page, "dossiers_received", f"{working_days_ago(8):%d/%m/%Y}")
    follow(page, "Hồ sơ một cửa trong ngày")
    through(page.locator("tr", has_text="hộ kinh doanh").locator("td a").first)
    through(page.locator(f"#main a[href='{dossier}']").first)
    assert "Đã trả" in said(page)

    page = drafted(play, "cchc-tuyen-truyen", period)
    through_figure(page, "guidance", f"{today:%d/%m/%Y}")
    follow(page, "Lượt hướng dẫn trong ngày")
    assert "Lượt hướng dẫn" in page.locator("h1").inner_text()


def drafted(play: Play, programme: str, period: str) -> Page:
    page = play.go(CLERK, f"{REPORTS}lap/?period={period}&unit=ben-truc&programme={programme}")
    press(page, "Lập dự thảo")
    return page


def through_figure(page: Page, concept: str, line: str) -> None:
    """From a figure of the draft to a line of the ledger behind it."""
    page.goto(f"{page.url}so-lieu/{concept}/")
    through(page.locator("#main").get_by_role("link", name=line).first)


def test_the_pages_of_the_manual_show_each_picture_of_the_play() -> None:
    taken = set(re.findall(r'picture\(\w+(?:\.page)?, "([\w-]+)"\)', Path(__file__).read_text("utf-8")))
    pages = (MANUAL / "viec" / name for name in ("tu-phan-anh-den-bao-cao.md", "phan-anh.md"))
    assert {f"{name}.webp" for name in taken} == shown_on(*pages)
