"""From written words to spoken ones: what is kept, what goes, how long it takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dinhlang.broadcast.rules.checking import remarks
from dinhlang.broadcast.rules.reading import LEAST_RECORDINGS, Rate, measured_rate, seconds, syllables
from dinhlang.broadcast.rules.script import (
    Written,
    draft,
    in_breaths,
    plain,
    sentences,
    spoken,
)
from dinhlang.vietnamese.text import fold

ITEM = Written(
    "Xã Bến Trúc nhận hồ sơ đất đai",
    "Từ ngày 01/8/2025, Ủy ban nhân dân xã Bến Trúc (sau đây gọi tắt là UBND xã) nhận 12 thủ tục về đất đai.",
    (
        "Ngày 25/7/2025, xã ban hành Kế hoạch số 25/KH-UBND về việc tuyên truyền cải cách hành chính; đồng thời giao công "
        "chức văn hóa – xã hội chủ trì, phối hợp với các thôn thực hiện, bên cạnh đó yêu cầu báo cáo trước ngày 15 hằng tháng.",
        "- Người dân mang theo căn cước (bản chính để đối chiếu).\n"
        "- Nộp trực tuyến tại https://dichvucong.gov.vn/p/home hoặc gọi số 0258 3123 456 để được hướng dẫn.",
        "Xem chi tiết tại đây.",
        "TP. Huế và TX. Hương Thủy cũng làm như vậy.",
    ),
)


def test_the_lead_is_spoken_first_and_what_only_the_eye_can_use_is_left_out() -> None:
    said = draft(ITEM)
    lines = said.script.split("\n")
    assert lines[0] == "Từ ngày 01/8/2025, Ủy ban nhân dân xã Bến Trúc nhận 12 thủ tục về đất đai."
    assert "Nộp trực tuyến hoặc gọi số 0258 3123 456 để được hướng dẫn." in lines
    assert "Người dân mang theo căn cước, bản chính để đối chiếu." in lines
    assert "TP. Huế và TX. Hương Thủy cũng làm như vậy." in lines
    assert "http" not in said.script
    assert said.left_out == ("Xem chi tiết tại đây.",)
    assert said.seconds == seconds(said.script)


def test_a_long_sentence_becomes_several_without_a_word_lost() -> None:
    long = sentences(ITEM.paragraphs[0])[0]
    parts = in_breaths(long)
    assert [part.split()[0] for part in parts] == ["Ngày", "Đồng", "Bên"]
    assert re.findall(r"\w+", fold(" ".join(parts))) == re.findall(r"\w+", fold(long))


def test_what_does_not_fit_into_the_time_is_named() -> None:
    said = draft(ITEM, most_seconds=15)
    assert said.script.count("\n") == 0
    assert len(said.left_out) > 3


def test_a_sentence_that_says_the_lead_again_is_said_once() -> None:
    said = draft(Written("Tin", "Xã Bến Trúc mở lớp tập huấn chuyển đổi số cho cán bộ thôn.",
                         ("Xã Bến Trúc vừa mở lớp tập huấn chuyển đổi số cho cán bộ thôn.", "Lớp có 40 người dự học trong hai ngày.")))  # fmt: skip
    assert said.script.split("\n") == [
        "Xã Bến Trúc mở lớp tập huấn chuyển đổi số cho cán bộ thôn.",
        "Lớp có 40 người dự học trong hai ngày.",
    ]


def test_code_tags_and_markup_are_not_read_out() -> None:
    assert plain("Chào <script>alert(1)</script> bà con {{ x }} **nhé** [ở đây](http://a.vn)").split() == [
        "Chào", "alert(1)", "bà", "con", "nhé", "ở", "đây",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    ["Xem thêm: bản đồ đính kèm.", "https://xabentruc.gov.vn", "Nguồn: Cổng thông tin.", "Quét mã QR để nộp hồ sơ.",
     "Truy cập www.xa.vn để biết thêm."],
)  # fmt: skip
def test_sentences_for_the_eye_are_not_spoken(sentence: str) -> None:
    assert spoken(sentence) == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("TP. Huế mưa. Ngày mai nắng.", 2),
        ("Ông Lê Văn A. là trưởng thôn. Bà B. là phó.", 2),
        ("Đạt 98,2%. Tăng 1.250 hồ sơ.", 2),
        ("Thu hồi đất, cấp giấy, v.v. Người dân cần biết?", 1),
    ],
)
def test_abbreviations_and_numbers_end_no_sentence(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


# Letters, marks and signs that turn up in pages; letters that become two in capitals are no Vietnamese.
some = st.text(alphabet="aàăâeẹêioôơuưynhtrđĐXBK0123456789 .,;:?!()[]<>{}%/\\-–•\"“”\n\t\u200b@#*_`'")
written = st.builds(Written, some, some, st.lists(some, max_size=4).map(tuple))


@given(written, st.integers(5, 300))
@example(Written("", "0()0"), 5)
def test_a_draft_adds_no_word_and_keeps_the_time(source: Written, most: int) -> None:
    said = draft(source, most_seconds=most)
    there = " ".join(fold(plain(part)) for part in (source.title, source.lead, *source.paragraphs))
    assert all(word in there for word in re.findall(r"\w+", fold(said.script)))
    first = said.script.split("\n")[0]
    assert said.seconds <= most + seconds(first) + len(said.script)


@given(st.text(), st.text())
def test_more_words_never_take_less_time(one: str, more: str) -> None:
    assert seconds(f"{one}\n{more}") >= seconds(one) - 1
    assert (seconds(one) == 0) == (syllables(one) == 0)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ủy ban nhân dân", 4),
        ("UBND", 4),
        ("KẾ HOẠCH", 2),
        ("1.205", 6),
        ("86,5", 5),
        ("0905123456", 10),
        ("", 0),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(text: str, count: int) -> None:
    assert syllables(text) == count


def test_the_rate_is_measured_from_enough_good_recordings() -> None:
    script = "một hai ba bốn năm " * 30
    assert measured_rate([(script, 60.0)] * (LEAST_RECORDINGS - 1)) == Rate()
    measured = measured_rate([(script, 60.0)] * LEAST_RECORDINGS + [(script, 1.0), (script, 0)])
    assert measured == Rate(150.0, LEAST_RECORDINGS)
    assert seconds(script, measured) == 60


def test_five_thousand_words_are_read_in_half_an_hour_and_said_to_be_long() -> None:
    script = "\n".join(["Bà con chú ý nghe thông báo của xã."] * 555)
    assert syllables(script) == 4995
    assert 30 <= seconds(script) / 60 <= 45
    assert "Chia nhỏ" in remarks(script, seconds(script))[0].message


def test_remarks_name_links_abbreviations_and_long_sentences() -> None:
    script = (
        "Nộp tại https://a.gov.vn/x để xã xem và trả lời cho bà con trong ngày.\nUBND nhận. "
        + "một hai ba bốn năm " * 12
    )
    found = remarks(script, 40)
    assert [one.about[:20] for one in found] == [
        "UBND",
        "Nộp tại https://a.gov",
        "một hai ba bốn năm m",
    ] or len(found) == 3
