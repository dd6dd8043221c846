"""What is true of cases, without a database: states, recognition, categories, terms, the promised day, codes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.citizens.rules import answers, codes, states
from dinhlang.citizens.rules.categories import OTHER, categories, proposed
from dinhlang.citizens.rules.clock import Happened, appointed, days_used, extended_until
from dinhlang.citizens.rules.intake import Sender, Told, fit_phone, fit_sender, fit_told, nature_of, taken_as
from dinhlang.citizens.rules.kinds import Nature
from dinhlang.citizens.rules.recognition import recognise, way_of
from dinhlang.citizens.rules.states import ENDED, NEXT, OPEN, RUNNING, SHOWN_NEXT, Deed, Shown, State
from dinhlang.citizens.rules.terms import Terms, term_of, usual_terms
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.moves import WrongMove

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ON = date(2026, 11, 20)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


# --- states ---------------------------------------------------------------------------------------


def test_every_state_is_in_the_table() -> None:
    assert NEXT.keys() == set(State)
    assert SHOWN_NEXT.keys() == set(Shown)
    assert {deed for row in NEXT.values() for deed in row} == set(Deed) - {Deed.RECEIVE}


def test_every_state_is_reached_from_a_new_case_and_leads_to_an_end() -> None:
    reached, new = set(), {State.RECEIVED}
    while new:
        reached |= new
        new = {there for state in new for there in NEXT[state].values()} - reached
    assert reached == set(State)
    for state in State:
        ahead, step = set(), {state}
        while step:
            ahead |= step
            step = {there for one in step for there in NEXT[one].values()} - ahead
        assert ahead & ENDED, state


def test_what_has_ended_and_was_answered_is_nobodys_work() -> None:
    assert not OPEN & ENDED
    assert RUNNING <= OPEN
    assert NEXT[State.CLOSED] == {}


def test_a_move_that_is_not_in_the_table_says_where_the_case_stands() -> None:
    with pytest.raises(WrongMove, match="Mới nhận"):
        states.after(State.RECEIVED, Deed.APPROVE)


def test_the_printed_tables_name_each_state_once() -> None:
    lines = list(states.printed())
    for state in NEXT:
        named = sum(line.startswith(f"| {state.label} |") for line in lines)
        assert named == bool(NEXT[state]), state


def test_the_documentation_holds_the_tables_that_are_printed() -> None:
    page = Path(__file__).parents[4] / "docs" / "citizens.md"
    assert "\n".join(states.printed()) in page.read_text("utf-8")


# --- what it is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Tôi làm đơn khiếu nại quyết định thu hồi đất của UBND xã", Nature.COMPLAINT),
        ("toi khieu nai viec xa khong cap giay xac nhan", Nature.COMPLAINT),
        ("Gia đình tôi không đồng ý với quyết định xử phạt, đề nghị hủy quyết định", Nature.COMPLAINT),
        ("Tôi tố cáo cán bộ địa chính nhận hối lộ", Nature.DENUNCIATION),
        ("anh ấy đòi phong bì, ăn hối lộ của dân", Nature.DENUNCIATION),
        ("to cao ong truong thon bien thu tien quy", Nature.DENUNCIATION),
        # Talk, questions and their opposite.
        ("Đèn đường ngõ 3 cháy đã hai tuần", None),
        ("Đây không phải khiếu nại, chỉ mong xã dọn rác", None),
        ("Cho tôi hỏi thủ tục khiếu nại lần đầu nộp ở đâu?", None),
        ("Cán bộ giải quyết khiếu nại rất nhiệt tình", None),
        ("Hàng xóm hát karaoke, tôi khó chịu lắm", None),
        ("Chủ nợ đòi tiền tôi suốt ngày", None),
        ("Đề nghị tuyên truyền Luật Tố cáo cho bà con", None),
        ("", None),
    ],
)
def test_complaints_and_denunciations_are_told_from_feedback(text: str, nature: Nature | None) -> None:
    found = recognise(text, ON)
    assert (found.nature if found else None) == nature
    if found:
        assert found.because
        assert found.told
        assert "Luật" in found.legal_basis


def test_what_calls_itself_so_is_told_from_what_only_sounds_so() -> None:
    plain = recognise("Tôi xin tố cáo ông Ba", ON)
    sounds = recognise("Họ vòi tiền và bảo kê cả chợ", ON)
    assert plain is not None
    assert plain.is_plain
    assert sounds is not None
    assert not sounds.is_plain


def test_the_law_of_the_day_is_told() -> None:
    assert way_of(Nature.DENUNCIATION, date(2018, 1, 1)) is None
    assert way_of(Nature.FEEDBACK, ON) is None
    found = way_of(Nature.DENUNCIATION, ON)
    assert found is not None
    assert "bí mật" in found.told
    for nature in (Nature.COMPLAINT, Nature.DENUNCIATION):
        before, after = way_of(nature, date(2026, 6, 30)), way_of(nature, date(2026, 7, 1))
        assert before is not None
        assert after is not None
        assert "136/2025" not in before.legal_basis
        assert "136/2025" in after.legal_basis


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Cột đèn đường đầu thôn không sáng, mất điện cả ngõ", "dien-nuoc"),
        ("bai rac canh cho boc mui hoi thoi", "moi-truong"),
        ("Cán bộ một cửa thái độ cáu gắt, hách sách", "can-bo"),
        ("Mặt đường đầy ổ gà, xe tải quá tải chạy suốt", "giao-thong"),
        ("Nộp hồ sơ khai sinh, thủ tục rườm rà", "thu-tuc"),
        ("Xin chào", OTHER),
    ],
)
def test_a_category_is_proposed_by_the_words(text: str, category: str) -> None:
    assert proposed(text) == category


def test_signs_are_folded_and_in_one_category() -> None:
    signs = [sign for one in categories().values() for sign in one.signs]
    assert all(sign.isascii() and sign == sign.lower() for sign in signs)
    assert len(signs) == len(set(signs)) > 50


def test_without_name_and_address_it_is_advice_and_says_so() -> None:
    whole = Sender("Nguyễn Thị Thử", "0900000001", address="Thôn Thượng")
    assert (nature_of(whole), taken_as(whole)) == (Nature.FEEDBACK, "")
    for sender in (Sender(), Sender("Nguyễn Thị Thử", "0900000001"), Sender(address="Thôn Thượng")):
        assert nature_of(sender) is Nature.ADVICE
        assert "góp ý" in taken_as(sender)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 912.345.678", "0912345678"),
        ("(024) 3825-0000", "02438250000"),
        ("", ""),
    ],
)
def test_a_number_is_kept_in_one_way_of_writing(typed: str, kept: str) -> None:
    assert fit_phone(typed) == kept


@pytest.mark.parametrize("typed", ["12345", "không có", "0912345678901234", "1912345678"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Unfit) as refused:
        fit_phone(typed)
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": "Ngắn"}, "words"),
        ({"words": "a" * 5001}, "words"),
        ({"category": "la"}, "category"),
        ({"point": (Decimal("48.85"), Decimal("2.35"))}, "place"),
        ({"subject": "a" * 161}, "subject"),
    ],
)
def test_what_cannot_be_taken_names_its_field(change: dict[str, Any], field: str) -> None:
    said = {"words": "Đèn đường cháy hai tuần nay", "category": "dien-nuoc"} | change
    with pytest.raises(Unfit) as refused:
        fit_told(Told(**said))
    assert refused.value.field == field


@given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=30))
@settings(max_examples=40)
def test_whatever_is_typed_is_kept_or_refused_with_a_sentence(words: str, name: str, phone: str) -> None:
    try:
        told, sender = fit_told(Told(words, OTHER)), fit_sender(Sender(name, phone))
    except Unfit:
        return
    assert fit_told(told) == told
    assert fit_sender(sender) == sender
    assert "\0" not in told.words + sender.name


# --- the promised day -----------------------------------------------------------------------------


def test_the_usual_terms_say_that_they_are_not_the_provinces() -> None:
    terms = usual_terms(ON)
    assert not terms.is_checked
    assert (
        Terms.from_json(terms.to_json(), name=terms.name, legal_basis=terms.legal_basis, is_checked=False)
        == terms
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answer": "khi nào xong"}, "answer"),
        ({"rate_days": 0}, "rate_days"),
        ({"categories": {"khac": "?"}}, "categories"),
    ],
)
def test_terms_that_cannot_be_counted_are_refused(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as refused:
        Terms.from_json(usual_terms(ON).to_json() | change)
    assert refused.value.field == field


def test_a_promised_day_counts_working_days_over_tet_and_tells_why() -> None:
    # 13/02/2026 + 5 working days: the week of Tết does not count.
    found = appointed(at("2026-02-13T09:00"), "5 ngày làm việc", [])
    assert found.due_at is not None
    assert found.due_at.date() == date(2026, 2, 27)
    assert any("Tết" in line or "tết" in line for line in found.told)


def test_while_something_is_waited_for_there_is_no_day_and_afterwards_a_later_one() -> None:
    since = at("2026-11-02T09:00")
    asked = Happened(Deed.ASK, at("2026-11-04T10:00"))
    waiting = appointed(since, "15 ngày làm việc", [asked])
    assert waiting.due_at is None
    assert waiting.paused_since == asked.at
    went_on = [asked, Happened(Deed.RESUME, at("2026-11-11T10:00"))]
    later = appointed(since, "15 ngày làm việc", went_on)
    assert later.due_at is not None
    assert later.due_at > later.first_due_at
    assert days_used(since, at("2026-11-13T10:00"), went_on) == 4


def test_a_case_is_extended_once_and_not_beyond_the_longer_term() -> None:
    since = at("2026-11-02T09:00")
    last = extended_until(since, "30 ngày làm việc", [])
    extended = [Happened(Deed.EXTEND, at("2026-11-10T09:00"), last)]
    found = appointed(since, "15 ngày làm việc", extended)
    assert found.due_at is not None
    assert found.due_at.date() == last


def test_what_happened_before_a_case_was_reopened_does_not_move_its_new_day() -> None:
    since = at("2026-11-16T09:00")
    before = [
        Happened(Deed.ASK, since - timedelta(days=20)),
        Happened(Deed.RESUME, since - timedelta(days=10)),
    ]
    assert appointed(since, "10 ngày làm việc", before) == appointed(since, "10 ngày làm việc", [])


def test_a_term_in_words_is_read() -> None:
    assert term_of("15 ngày làm việc").is_by_working_time


# --- codes ----------------------------------------------------------------------------------------


def test_codes_are_read_as_people_type_them() -> None:
    code = codes.new_code()
    assert codes.read_code(code) == code
    assert codes.read_code(code.lower().replace("-", " ")) == code
    assert codes.read_code(code.removeprefix("PA-")) == code
    for wrong in ("", "PA-0000-0000", "PA-ABCD", code + "2", "'; DROP TABLE"):
        assert codes.read_code(wrong) == ""


def test_a_thousand_codes_differ() -> None:
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_of_a_pin_only_a_salted_hash_is_kept() -> None:
    kept = codes.hashed("123456")
    assert "123456" not in kept
    assert kept != codes.hashed("123456")
    assert codes.matches("123456", kept)
    assert not codes.matches("123457", kept)
    assert not codes.matches("123456", "")


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_a_pin_of_a_digest_has_six_digits(digest: str) -> None:
    assert codes.read_pin(codes.pin_from(digest)) == codes.pin_from(digest)


# --- answers --------------------------------------------------------------------------------------


def test_an_act_that_is_out_of_force_is_told_on_its_day() -> None:
    words = "Căn cứ Nghị định số 61/2018/NĐ-CP, xã trả lời như sau: hồ sơ được giải quyết trong 3 ngày."
    assert [one.quote for one in answers.outdated(words, ON)] == ["61/2018/NĐ-CP"]
    assert answers.outdated(words, date(2024, 1, 1)) == []
    assert answers.outdated("Xã đã thay bóng đèn ngày 20/11/2026.", ON) == []
