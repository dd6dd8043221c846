"""The report editor in a real browser: writing, two people at once, evidence by one tap, redrawing, replacing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server, Visit, through, wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

pytestmark = [pytest.mark.browser]

SLOW = 30_000


@pytest.fixture
def two(chromium: Browser, demo_server: Server) -> Iterator[tuple[Visit, Visit]]:
    """The office clerk and the culture officer, each at a machine of their own."""
    contexts: list[BrowserContext] = []
    visits = []
    for username in ("van-phong", "van-hoa"):
        context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900})
        context.set_default_timeout(SLOW)
        contexts.append(context)
        visit = Visit(context.new_page(), demo_server)
        visit.sign_in(username)
        visits.append(visit)
    yield visits[0], visits[1]
    for context in contexts:
        context.close()


def drafted(visit: Visit, period: str) -> str:
    """The address of the draft of that period, drafted from the list by three taps."""
    page = visit.page
    visit.go(f"/ban-lam-viec/bao-cao/lap/?period={period}")
    through(page.get_by_role("button", name="Lập dự thảo"))
    page.wait_for_selector(".editor")
    return re.sub(r"^https?://[^/]+", "", page.url)


def paragraph(page: Page, words: str) -> Locator:
    return page.locator("[data-words]", has_text=words).first


def until(page: Page, condition: str) -> None:
    """Wait until an expression holds. The page's own policy lets no string be run in it, so it is asked from outside."""
    wait_for(lambda: page.evaluate(condition), SLOW / 1000)
    assert page.evaluate(condition), condition


def is_saved(page: Page) -> None:
    until(page, "!Object.keys(localStorage).some((key) => key.startsWith('dinhlang-draft'))")
    until(page, "document.querySelector('#saved').textContent.includes('Đã lưu')")


def written_at_end(page: Page, words: str, more: str) -> None:
    """Type behind the last letter of a paragraph."""
    field = paragraph(page, words)
    field.evaluate(
        """(field) => {
            field.focus();
            const range = document.createRange();
            range.selectNodeContents(field);
            range.collapse(false);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.keyboard.type(more)


THE_SENTENCE = "Số liệu trong báo cáo được tính"


def test_a_sentence_is_changed_saved_by_itself_and_stays_when_the_ledger_is_read_again(
    two: tuple[Visit, Visit],
) -> None:
    visit, _ = two
    page = visit.page
    year = this_year(visit)
    there = drafted(visit, f"{year}-Q1")
    written_at_end(page, THE_SENTENCE, " Số liệu đã đối chiếu với các thôn.")
    is_saved(page)
    visit.go(there)
    assert "đối chiếu với các thôn" in paragraph(page, THE_SENTENCE).inner_text()
    through(page.get_by_role("button", name="Lập lại từ sổ"))
    page.wait_for_selector(".message")
    assert "đối chiếu với các thôn" in paragraph(page, THE_SENTENCE).inner_text()
    assert page.locator(".piece__words .figure").count() > 0
    assert visit.faults == []


def this_year(visit: Visit) -> int:
    visit.go("/ban-lam-viec/bao-cao/lap/")
    chosen = visit.page.locator("select[name=period]").input_value()
    return int(chosen[:4])


def test_a_figure_opens_its_evidence_by_one_tap_on_a_laptop_and_a_phone(
    two: tuple[Visit, Visit], chromium: Browser, demo_server: Server
) -> None:
    visit, _ = two
    there = drafted(visit, f"{this_year(visit)}-9M")
    visit.page.locator(".piece__table a.figure").first.click()
    visit.page.locator("#bang .behind li").first.wait_for()
    assert visit.page.url.endswith(there)
    context = chromium.new_context(
        locale="vi-VN", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(SLOW)
    phone = Visit(context.new_page(), demo_server)
    phone.sign_in("van-phong")
    phone.go(there)
    taps = 0
    phone.page.locator(".piece__table a.figure").first.tap()
    taps += 1
    phone.page.locator("#bang .behind li").first.wait_for()
    assert phone.page.locator("#minh-chung").is_visible()
    assert taps <= 2
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
    assert visit.faults + phone.faults == []


def test_two_people_are_told_of_each_other_and_the_second_chooses_between_both_texts(
    two: tuple[Visit, Visit],
) -> None:
    clerk, officer = two
    there = drafted(clerk, f"{this_year(clerk)}-H2")
    officer.go(there)
    assert "Lê Thị Minh Họa" in officer.page.locator("#busy").inner_text()
    written_at_end(clerk.page, THE_SENTENCE, " Bản của văn phòng.")
    is_saved(clerk.page)
    written_at_end(officer.page, THE_SENTENCE, " Bản của văn hóa.")
    both = officer.page.locator(".two")
    both.wait_for()
    assert "Bản của văn phòng." in both.inner_text()
    assert "Bản của văn hóa." in both.inner_text()
    both.get_by_role("button", name="Giữ bản tôi vừa gõ").click()
    is_saved(officer.page)
    clerk.go(there)
    assert "Bản của văn hóa." in paragraph(clerk.page, THE_SENTENCE).inner_text()
    clerk.go(f"{there}lich-su/")
    assert clerk.page.get_by_role("button", name="Trở lại bản này").count() >= 2
    # The refusal of the second save is an answer of 409, which the browser notes down.
    assert [
        fault for fault in clerk.faults + officer.faults if "409" not in fault and "/doan/" not in fault
    ] == []


def test_what_is_typed_without_a_network_is_sent_when_there_is_one(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    there = drafted(visit, f"{this_year(visit)}-Q3")
    page.context.set_offline(True)
    written_at_end(page, THE_SENTENCE, " Gõ lúc mất mạng.")
    until(page, "document.querySelector('#saved').textContent.includes('Mất mạng')")
    page.context.set_offline(False)
    is_saved(page)
    visit.go(there)
    assert "Gõ lúc mất mạng." in paragraph(page, THE_SENTENCE).inner_text()


def test_a_paragraph_is_split_by_enter_and_a_figure_is_put_in(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    there = drafted(visit, f"{this_year(visit) - 1}")
    count = page.locator("#pieces > .piece").count()
    written_at_end(page, THE_SENTENCE, " Câu thứ hai")
    for _number in range(len("Câu thứ hai")):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    until(page, f"document.querySelectorAll('#pieces > .piece').length === {count + 1}")
    is_saved(page)
    page.locator("#chen > summary").click()
    page.locator("#chen [data-put=articles]").click()
    is_saved(page)
    visit.go(there)
    added = paragraph(page, "Câu thứ hai")
    assert added.locator("a.figure[data-figure=articles]").count() == 1
    assert page.locator("#pieces > .piece").count() == count + 1
    assert visit.faults == []


def test_from_the_desk_to_the_draft_of_the_period_takes_at_most_four_taps(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    visit.go("/ban-lam-viec/")
    page.get_by_role("link", name="Báo cáo", exact=True).first.click()
    page.locator(".desk__actions a", has_text="Lập báo cáo").click()
    through(page.get_by_role("button", name="Lập dự thảo"))
    page.wait_for_selector(".editor")
    taps = 3
    assert taps <= 4
    assert visit.faults == []


def test_an_issued_report_is_replaced_by_one_that_says_so(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    visit.go("/ban-lam-viec/bao-cao/?status=issued")
    issued = page.locator("td a").first.get_attribute("href")
    assert issued
    visit.go(issued)
    through(page.get_by_role("button", name="Lập báo cáo thay thế"))
    page.wait_for_selector(".editor[data-write]")
    assert page.locator(".piece", has_text="Báo cáo này thay thế Báo cáo số 01/BC-UBND").count() == 1
    visit.go(issued)
    assert "Đang có dự thảo thay thế" in page.locator("main").inner_text()
    assert visit.faults == []


def test_without_a_script_a_paragraph_is_edited_by_its_form(chromium: Browser, demo_server: Server) -> None:
    context = chromium.new_context(locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(SLOW)
    visit = Visit(context.new_page(), demo_server)
    page = visit.page
    visit.sign_in("van-phong")
    visit.go("/ban-lam-viec/bao-cao/lap/?period=")
    through(page.get_by_role("button", name="Lập dự thảo"))
    page.locator(".piece", has_text=THE_SENTENCE).locator(".piece__edit").click()
    page.fill("textarea#words", f"{THE_SENTENCE} từ sổ, sửa không cần kịch bản.")
    through(page.get_by_role("button", name="Lưu", exact=True))
    assert "sửa không cần kịch bản" in page.locator(".legal").inner_text()
    context.close()
    assert visit.faults == []


def test_an_answer_that_is_lost_adds_the_sentence_once(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    drafted(visit, f"{this_year(visit) - 1}-Q1")
    count = page.locator("#pieces > .piece").count()
    lost: list[str] = []

    def stored_but_not_told(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route("**/them/", stored_but_not_told)
    page.locator("#cau-mau > summary").click()
    sentence = page.locator("#cau-mau form").first
    with page.expect_navigation():
        sentence.locator("button").click()
    page.wait_for_selector(".message")
    assert len(lost) == 1
    assert page.locator("#pieces > .piece").count() == count + 1


def test_what_another_wrote_arrives_after_ones_own_save(two: tuple[Visit, Visit]) -> None:
    clerk, officer = two
    there = drafted(clerk, f"{this_year(clerk) - 2}-Q1")
    officer.page.clock.install()
    officer.go(there)
    fields = officer.page.locator("#pieces > .piece [data-words]")
    other = fields.first.inner_text()
    written_at_end(clerk.page, other, " Của văn phòng.")
    is_saved(clerk.page)
    written_at_end(officer.page, THE_SENTENCE, " Của văn hóa.")
    officer.page.clock.run_for(2_000)
    is_saved(officer.page)
    officer.page.clock.run_for(16_000)
    paragraph(officer.page, "Của văn phòng.").wait_for()


def pressed_enter_before(page: Page, words: str, tail: str) -> None:
    """Press Enter in a paragraph just before its words `tail`."""
    paragraph(page, words).evaluate(
        """(field, tail) => {
            field.focus();
            const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
            let node = walker.nextNode();
            while (node && !node.data.includes(tail)) node = walker.nextNode();
            getSelection().collapse(node, node.data.indexOf(tail));
        }""",
        tail,
    )
    page.keyboard.press("Enter")


def test_enter_after_the_session_ended_loses_no_word(two: tuple[Visit, Visit]) -> None:
    visit, _ = two
    page = visit.page
    there = drafted(visit, f"{this_year(visit) - 1}-Q3")
    written_at_end(page, THE_SENTENCE, " Đuôi câu phải còn.")
    is_saved(page)
    page.context.clear_cookies(name=re.compile("session"))
    with page.expect_response(re.compile("/them/")) as answer:
        pressed_enter_before(page, THE_SENTENCE, "Đuôi câu")
    assert answer.value.status == 401
    until(page, "document.querySelector('#saved').textContent.includes('Phiên đăng nhập đã hết')")
    assert "Đuôi câu phải còn." in paragraph(page, THE_SENTENCE).inner_text()
    until(page, "Object.values(localStorage).some((kept) => kept.includes('Đuôi câu phải còn.'))")
    visit.sign_in("van-phong")
    visit.go(there)
    is_saved(page)
    visit.go(there)
    assert "Đuôi câu phải còn." in paragraph(page, THE_SENTENCE).inner_text()
