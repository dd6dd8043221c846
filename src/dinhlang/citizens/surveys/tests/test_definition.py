from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.surveys.rules.answers import filled
from dinhlang.citizens.surveys.rules.codec import MOST_BYTES, BadDefinition, digest, from_plain, read, written
from dinhlang.citizens.surveys.rules.definition import Definition, Kind, changes, is_asked, same_measure
from dinhlang.citizens.surveys.templates import templates

FIVE = templates()["nam-yeu-to"]


def plain() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(FIVE))
    return found


def problems(found: object) -> str:
    with pytest.raises(BadDefinition) as refused:
        from_plain(found)
    return "\n".join(refused.value.problems)


def test_every_template_reads_and_is_written_as_it_was_read() -> None:
    assert set(templates()) >= {"nam-yeu-to", "hai-noi-dung"}
    for made in templates().values():
        again = read(written(made))
        assert again == made
        assert digest(again) == digest(made)


def test_the_five_factors_and_the_two_domains_have_their_names() -> None:
    assert [one.title for one in FIVE.factors] == [
        "Tiếp cận dịch vụ",
        "Thủ tục hành chính",
        "Công chức giải quyết công việc",
        "Kết quả dịch vụ",
        "Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị",
    ]
    assert [one.title for one in templates()["hai-noi-dung"].factors] == [
        "Xây dựng, tổ chức thực hiện chính sách",
        "Cung ứng dịch vụ hành chính công",
    ]


def test_an_option_without_a_score_is_told_that_its_place_is_no_score() -> None:
    found = plain()
    scored = next(one for one in found["questions"] if one["kind"] == "likert")
    del scored["options"][-1]["score"]
    said = problems(found)
    assert "lựa chọn 6" in said
    assert "chưa ghi điểm" in said
    assert "thứ tự các lựa chọn không phải là điểm" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d.pop("format"), "không phải phiếu khảo sát"),
        (lambda d: d.update(title=""), "thiếu “title”"),
        (lambda d: d.update(color="đỏ"), "không có mục “color”"),
        (lambda d: d.update(questions=[]), "chưa có câu hỏi nào"),
        (lambda d: d["questions"][0].update(kind="matrix"), "phải là một trong: single"),
        (lambda d: d["questions"][0].update(id="Câu 1"), "chỉ gồm chữ thường không dấu"),
        (lambda d: d["questions"][1].update(id="hinh-thuc"), "dùng hai lần"),
        (lambda d: d["questions"][1].update(factor="khac"), "không có yếu tố nào mã “khac”"),
        (lambda d: d["questions"][1]["options"][0].update(score=100), "số nguyên từ 1 đến 5"),
        (lambda d: d["questions"][1]["options"][0].update(score=True), "số nguyên từ 1 đến 5"),
        (lambda d: d["questions"][1]["when"][0].update(question="tre-hen"), "trước đó không có câu này"),
        (lambda d: d["questions"][1]["when"][0].update(options=["bay"]), "không có lựa chọn “bay”"),
        (lambda d: d["questions"][0]["options"][0].update(correct=True), "không có đáp án đúng"),
        (lambda d: d["questions"][1].update(overall=True), "Chỉ một câu hỏi"),
        (lambda d: d["factors"].append({"id": "moi", "title": "Mới"}), "chưa có câu hỏi nào"),
        (lambda d: d["questions"][1].update(required="có"), "chỉ nhận true hoặc false"),
        (lambda d: d.update(purpose="contest"), "chưa đánh dấu đáp án đúng"),
    ],
)
def test_a_fault_is_told_with_what_to_do(change: Any, said: str) -> None:
    found = plain()
    change(found)
    assert said in problems(found)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "không đúng JSON ở dòng 1, cột 2"),
        (b"\xff\xfe\x00", "không phải chữ UTF-8"),
        (b'{"title": 1, "title": 2}', "ghi “title” hai lần"),
        (b"[" * 100_000, "không đọc được"),
        (b"[NaN]", "không đọc được"),
        (b" " * (MOST_BYTES + 1), "lớn quá"),
        (b"[]", "không phải phiếu khảo sát"),
    ],
)
def test_a_file_that_is_none_is_refused_with_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(BadDefinition, match=said):
        read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("id", "text", "kind", "options", "score", "when", "question", "title", "x")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(key=st.sampled_from(("factors", "questions", "title", "purpose")), value=JSON)
def test_whatever_stands_in_a_file_is_read_or_refused(key: str, value: Any) -> None:
    found = plain() | {key: value}
    said: tuple[str, ...] = ()
    made: Definition | None = None
    try:
        made = from_plain(found)
    except BadDefinition as refused:
        said = refused.problems
    assert (made is None) == bool(said)


def test_a_changed_score_is_another_measure_and_a_changed_thanks_is_not() -> None:
    found = plain()
    found["thanks"] = "Xin cảm ơn."
    assert same_measure(FIVE, from_plain(found))
    found["questions"][1]["options"][0]["score"] = 4
    assert not same_measure(FIVE, from_plain(found))
    assert [(what, one.id) for what, one in changes(FIVE, from_plain(found))] == [("changed", "noi-cho")]


def test_an_answer_to_a_question_that_was_not_to_be_asked_is_left_out() -> None:
    late = FIVE.question("xin-loi")
    assert late is not None
    assert not is_asked(late, {"tre-hen": "khong"})
    sent = {one.id: [one.options[0].id] for one in FIVE.questions if one.options}
    out = filled(FIVE, sent | {"tre-hen": ["khong"], "xin-loi": ["1"]})
    assert not out.problems
    assert "xin-loi" not in out.values
    assert filled(FIVE, sent | {"tre-hen": ["co"], "xin-loi": ["1"]}).values["xin-loi"] == "1"


def test_what_is_missing_is_asked_for_on_a_screen_and_not_on_paper() -> None:
    assert "chung" in filled(FIVE, {}).problems
    assert filled(FIVE, {}, on_paper=True).is_empty
    assert not filled(FIVE, {}, on_paper=True).problems


def test_free_text_is_kept_apart_from_answers() -> None:
    out = filled(FIVE, {"gop-y": ["  Cần thêm ghế.  "]}, on_paper=True)
    assert out.remarks == {"gop-y": "Cần thêm ghế."}
    assert not out.values


NUMBERS = from_plain(
    {
        "format": "dinhlang-survey/1",
        "title": "Thử",
        "questions": [
            {"id": "phut", "kind": "number", "text": "Chờ bao nhiêu phút?", "least": 0, "most": 600},
            {"id": "ngay", "kind": "date", "text": "Ngày đến?"},
            {
                "id": "kenh",
                "kind": "multiple",
                "text": "Biết qua đâu?",
                "most": 2,
                "options": [
                    {"id": "loa", "text": "Loa"},
                    {"id": "zalo", "text": "Zalo"},
                    {"id": "thon", "text": "Thôn"},
                ],
            },
        ],
    }
)


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ({"phut": ["15"]}, {"phut": 15}),
        ({"phut": ["1,5"]}, {"phut": 1.5}),
        ({"phut": ["9" * 39]}, None),
        ({"phut": ["601"]}, None),
        ({"phut": ["mười"]}, None),
        ({"ngay": ["2026-11-25"]}, {"ngay": "2026-11-25"}),
        ({"ngay": ["25/11/2026"]}, {"ngay": "2026-11-25"}),
        ({"ngay": ["31/2/2026"]}, None),
        ({"kenh": ["zalo", "loa"]}, {"kenh": ["loa", "zalo"]}),
        ({"kenh": ["zalo", "loa", "thon"]}, None),
        ({"kenh": ["tivi"]}, None),
    ],
)
def test_numbers_days_and_several_choices_are_read_or_told_why_not(
    sent: dict[str, list[str]], value: dict[str, object] | None
) -> None:
    out = filled(NUMBERS, sent)
    assert (out.values == value and not out.problems) if value else (out.problems and not out.values)


@given(
    sent=st.dictionaries(
        st.sampled_from([one.id for one in FIVE.questions]),
        st.lists(
            st.sampled_from(("5", "1", "co", "khong", "khong-ap-dung", "truc-tiep")) | st.text(max_size=8),
            max_size=3,
        ),
    )
)
def test_what_is_kept_of_a_slip_is_of_the_form(sent: dict[str, list[str]]) -> None:
    out = filled(FIVE, sent, on_paper=True)
    for id_, value in out.values.items():
        asked = FIVE.question(id_)
        assert asked is not None
        assert is_asked(asked, out.values)
        assert asked.kind is Kind.SINGLE or asked.kind is Kind.LIKERT
        assert asked.option(str(value)) is not None
