"""Sheets in plain values: what needs approval, what fits, from how far it is read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast.prints import rules
from dinhlang.broadcast.prints.rules import Cloth, Form, Standing, Words
from dinhlang.org.rules import Unfit

SOURCE = Words(
    "Nộp hồ sơ đất đai tại xã",
    "Bà con nộp ngay tại xã. Không phải lên tỉnh.",
    "## Mang theo\n- Căn cước\n- Giấy chứng nhận\nXã không thu phí. Ai cần thì gọi điện.",
    "Đường dây nóng: 0900 000 000",
)
ON = date(2023, 7, 20)


def test_whole_sentences_of_what_was_published_need_no_approval() -> None:
    said = rules.said_in(SOURCE)
    for form in Form.values:
        assert rules.is_word_for_word(rules.shortened(SOURCE, form), said)
    less = Words("NỘP HỒ SƠ ĐẤT ĐAI TẠI XÃ", "Không phải lên tỉnh", "- Căn cước")
    assert rules.is_word_for_word(less, said)


@pytest.mark.parametrize(
    "changed",
    [
        Words("Nộp hồ sơ tại xã"),
        Words(SOURCE.title, "phải lên tỉnh."),
        Words(SOURCE.title, "", "Xã thu phí."),
        Words(SOURCE.title, "", "", "Đường dây nóng: 0900 000 001"),
    ],
)
def test_a_new_word_or_a_part_of_a_sentence_needs_approval(changed: Words) -> None:
    assert not rules.is_word_for_word(changed, rules.said_in(SOURCE))


def test_a_digest_follows_every_word_the_picture_the_code_and_the_cloth() -> None:
    def of(words: Words = SOURCE, form: str = Form.BANNER, picture: str = "", address: str = "", cloth: Cloth = rules.USUAL_CLOTH) -> str:  # fmt: skip
        return rules.digest(words, form=form, picture=picture, address=address, cloth=cloth)

    others = {
        of(Words("Khác")),
        of(form=Form.BOARD),
        of(picture="a"),
        of(address="b"),
        of(cloth=Cloth(Decimal(7))),
    }
    assert len(others | {of()}) == 6
    assert of(cloth=Cloth(Decimal("6.00"))) == of(cloth=Cloth(Decimal("6")))


def test_a_sheet_takes_whole_lines_and_ends_with_no_heading() -> None:
    long = Words("A", "B", "\n".join(["x" * 300, "## Đề mục", "y" * 5000]))
    assert rules.shortened(long, Form.POSTER).body == "x" * 300
    assert rules.shortened(long, Form.BANNER) == Words("A")


@given(st.text(alphabet="aăâđ ê", min_size=1).filter(str.strip))
def test_every_way_to_break_a_title_keeps_its_words_in_order(title: str) -> None:
    for number, way in enumerate(rules.ways_to_break(title), 1):
        assert " ".join(way).split() == title.split()
        assert len(way) <= number


def test_code_and_markup_do_not_reach_a_sheet() -> None:
    made = rules.fit(Words("<b>Tin</b>", "a\nb", "<script>x()</script>Một\n- **Hai**\n##  Ba\n\n"))
    assert made.lead == "a b"
    assert "<" not in made.body
    assert made.body.splitlines()[1:] == ["- Hai", "## Ba"]


@pytest.mark.parametrize(("words", "field"), [(Words(" "), "title"), (Words("a" * 201), "title"), (Words("a", "b" * 601), "lead")])  # fmt: skip
def test_what_is_missing_or_too_long_is_named(words: Words, field: str) -> None:
    with pytest.raises(Unfit) as refused:
        rules.fit(words)
    assert refused.value.field == field


def test_letters_of_a_banner_are_read_from_two_hundred_times_their_height() -> None:
    told = rules.letters(15.0, 30)
    assert (told.height_cm, told.read_from, told.is_enough) == (15, 30, True)
    assert not rules.letters(9.0, 30).is_enough


def test_a_picture_for_a_poster_needs_more_dots_than_for_a_leaflet() -> None:
    assert rules.dots_to_the_inch(Form.LEAFLET, 1819, 1122) >= 299
    assert rules.dots_to_the_inch(Form.POSTER, 1819, 1122) < 160
    assert rules.dots_to_the_inch(Form.BANNER, 1819, 1122) == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"starts_on": ON + timedelta(days=1)}, "starts_on"),
        ({"until": None}, "until"),
        ({"until": ON - timedelta(days=1)}, "until"),
        ({"copies": 6}, "copies"),
    ],
)
def test_a_place_that_cannot_be_is_refused(given: dict[str, object], field: str) -> None:
    right = {"form": Form.POSTER, "starts_on": ON, "until": ON, "copies": 5, "left": 5, "on": ON}
    rules.check_place(**right)  # type: ignore[arg-type]  # a table of cases
    with pytest.raises(Unfit) as refused:
        rules.check_place(**{**right, **given})  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_place_is_overdue_from_the_day_after_its_last() -> None:
    def on(day: date, **given: object) -> Standing:
        usual = {"until": ON, "taken_down_on": None, "is_taken_back": False, "is_handed_out": False}
        return rules.standing(**{**usual, **given}, on=day)  # type: ignore[arg-type]

    assert on(ON) == Standing.HANGS
    assert on(ON + timedelta(days=1)) == Standing.OVERDUE
    assert on(ON + timedelta(days=1), taken_down_on=ON) == Standing.DOWN
    assert on(ON + timedelta(days=1), is_handed_out=True) == Standing.HANDED_OUT
    assert on(ON, is_taken_back=True, is_handed_out=True) == Standing.TAKEN_BACK


@pytest.mark.parametrize("address", ["javascript:alert(1)", "xa.vn/tin", "http://", "ftp://a.vn"])
def test_a_code_leads_to_the_web_only(address: str) -> None:
    with pytest.raises(Unfit):
        rules.check_address(address)
    assert rules.check_address(" https://xa.vn/tin ") == "https://xa.vn/tin"
    assert rules.shown_address("https://www.xa.vn/" + "tin/" * 20) == "xa.vn"
