"""How long a citizen needs on a phone, from the first page of a site to the tracking code: at most two minutes.

What is tapped, typed, swiped and read is counted by listeners in the page and summed by the keystroke-level model (S. K. Card,
T. P. Moran, A. Newell, "The keystroke-level model for user performance time with interactive systems", Communications of the ACM
23(7), 1980, 396-410). Its times are taken for slow hands: 1.10 s to point and 0.10 s to press for a tap and for a swipe, 0.50 s for
a key (their time for random letters), 1.35 s to make up one's mind for each field and each button. Every mark of Vietnamese and every
capital is a key of its own, as with Telex.

What comes into the window is summed as if every syllable of it were read, be it needed or not, at 200 in a minute. That speed is
chosen, no measurement of old readers of Vietnamese being known to us: adults read Vietnamese aloud at 5.2 syllables a second, 313 in
a minute (F. Pellegrino, C. Coupé, E. Marsico, "A cross-language perspective on speech information rate", Language 87(3), 2011,
539-558), and 200 is two thirds of it. Form, receipt and what stands around them (the first page, masthead, path, foot) are told apart.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
WORDS = (
    "Cống trước trường tiểu học thôn Đình tắc đã hai tuần, mưa là ngập, các cháu phải lội. Nhờ xã cho thông."
)
MOST = 120
# Measured were 91 and 136 syllables of the form, 109 and 147 s with them; another font means a swipe more or less.
MOST_OF_THE_FORM = {"advice": 98, "named": 145}
MOST_READING = {"advice": MOST, "named": 156}
# All of the receipt that may stand in the window.
MOST_OF_THE_RECEIPT = 75
TAP, KEY, MIND, SYLLABLE = 1.2, 0.5, 1.35, 60 / 200
COUNT = """
(() => {
  const read = () => JSON.parse(sessionStorage.getItem("counted") || '{"taps":0,"keys":0,"minds":0,"form":0,"receipt":0,"around":0,"way":0}');
  const add = (what, much) => { const all = read(); all[what] += much; sessionStorage.setItem("counted", JSON.stringify(all)); };
  const seen = new WeakSet(), fields = new WeakSet();
  const look = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (seen.has(node) || !node.data.trim() || parent.closest("script, style, select, noscript, textarea")) continue;
      if (!parent.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || parent.closest(".sr-only")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < 2 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) continue;
      seen.add(node);
      const place = parent.closest("[data-receipt]") ? "receipt" : parent.closest("[data-voices]") ? "form" : "around";
      add(place, node.data.trim().split(/\\s+/).length);
    }
  };
  let top = 0;
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(look));
  addEventListener("scroll", () => { add("way", Math.abs(scrollY - top)); top = scrollY; look(); }, true);
  addEventListener("pointerdown", () => { add("taps", 1); look(); }, true);
  addEventListener("click", (event) => { if (event.target.closest("a, button, summary")) add("minds", 1); }, true);
  addEventListener("focusin", (event) => {
    if (event.target.matches("input, textarea, select") && !fields.has(event.target)) { fields.add(event.target); add("minds", 1); }
  }, true);
  addEventListener("input", (event) => {
    if (typeof event.data !== "string") return;
    for (const letter of event.data)
      add("keys", letter.normalize("NFD").length + /[đĐ]/.test(letter) + (letter !== letter.toLowerCase()));
  }, true);
  window.counted = () => { look(); return read(); };
})();
"""


@dataclass(frozen=True)
class Counted:
    """What a play took, in numbers of each kind."""

    taps: int
    keys: int
    swipes: int
    minds: int
    form: int
    receipt: int
    around: int

    @property
    def doing(self) -> float:
        return TAP * (self.taps + self.swipes) + KEY * self.keys + MIND * self.minds

    @property
    def reading(self) -> float:
        """Until it is sent, reading all of the form."""
        return self.doing + SYLLABLE * self.form

    def __str__(self) -> str:
        return (
            f"{self.taps} taps, {self.keys} keys, {self.swipes} swipes, {self.minds} decisions: {self.doing:.0f} s; "
            f"{self.form} syllables of the form: {self.reading:.0f} s; "
            f"{self.receipt} of the receipt: {SYLLABLE * self.receipt:.0f} s more; "
            f"{self.around} around: {SYLLABLE * self.around:.0f} s more"
        )


def typed(page: Page, field: str, words: str) -> None:
    page.locator(field).tap()
    page.locator(field).press_sequentially(words)


def played(chromium: Browser, server: Server, *, is_named: bool) -> Counted:
    context = chromium.new_context(locale="vi-VN", **PHONE)
    context.set_default_timeout(30_000)
    context.add_init_script(COUNT)
    page = context.new_page()
    page.goto(f"{server.address}/ben-truc/")
    page.get_by_role("link", name="Gửi phản ánh").first.tap()
    page.wait_for_url("**/phan-anh/gui/")
    typed(page, "#id_words", WORDS)
    # The browser's work takes the question's place while one writes; a busy machine may need longer, which is not the reader's.
    page.locator("[data-question]").wait_for(state="hidden")
    if is_named:
        typed(page, "#id_name", "Lý Thị Thử")
        typed(page, "#id_address", "Thôn Đình")
        page.get_by_label("Tôi đồng ý để xã giữ tên").tap()
    page.get_by_role("button", name="Gửi cho xã").tap()
    page.locator("[data-code]").wait_for()
    told = page.evaluate("counted()")
    context.close()
    swipes = -(-round(told["way"]) // round(0.7 * PHONE["viewport"]["height"]))
    parts = (told[name] for name in ("form", "receipt", "around"))
    return Counted(told["taps"], told["keys"], swipes, told["minds"], *parts)


@pytest.mark.parametrize("way", ["advice", "named"])
def test_to_report_something_takes_no_more_than_two_minutes_and_little_to_read(
    chromium: Browser, demo_server: Server, way: str
) -> None:
    took = played(chromium, demo_server, is_named=way == "named")
    sys.stdout.write(f"{took}\n")
    assert took.taps >= 3
    assert took.keys > len(WORDS)
    assert took.doing <= MOST, str(took)
    assert 50 < took.form <= MOST_OF_THE_FORM[way], str(took)
    assert 10 < took.receipt <= MOST_OF_THE_RECEIPT, str(took)
    assert took.reading <= MOST_READING[way], str(took)
