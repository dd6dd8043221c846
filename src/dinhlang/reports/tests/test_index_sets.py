"""Criteria sets: steps in words, rules and scores, tables as provinces print them, what differs."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dinhlang.org.rules import Refused
from dinhlang.reports.index.bands import Band, band_in, gap_in, step_in
from dinhlang.reports.index.catalogue import BadSet, sample, scheme_from
from dinhlang.reports.index.reading import read_set
from dinhlang.reports.index.rules import Scored, lines, total, why_not_comparable
from dinhlang.reports.index.scheme import CannotScore, Scheme, differences, digest_of, score_of


def table(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


HEAD: list[object] = ["STT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"]


@pytest.mark.parametrize(
    ("written", "score", "low", "high"),
    [
        ("- Hoàn thành từ 75% đến dưới 100% kế hoạch: 0,5 điểm", "0.5", 75, 100),
        ("Hoàn thành 100% kế hoạch: 1 điểm.", "1", 100, None),
        ("Dưới 75%: 0", "0", None, 75),
        ("Từ 5 hình thức trở lên: 1", "1", 5, None),
        ("3 - 4 hình thức: 0.5", "0.5", 3, 4),
        ("Trên 95% đến 98%: 1,5 điểm", "1.5", 95, 98),
        ("≥ 90% = 2 điểm", "2", 90, None),
        ("Đạt từ 70% đến dưới 80% số nhiệm vụ 0,25 điểm", "0.25", 70, 80),
        ("Không quá 2 lần: 1", "1", None, 2),
    ],
)
def test_a_step_says_its_points_and_its_values(
    written: str, score: str, low: int | None, high: int | None
) -> None:
    step = step_in(written)
    assert step.score == Decimal(score)
    assert step.band is not None
    assert (step.band.low, step.band.high) == (low, high)


@pytest.mark.parametrize(
    "written", ["Ban hành trước ngày 31/01: 1 điểm", "Ban hành kịp thời: 1", "Có 2 trong 3 nội dung: 0,5"]
)
def test_a_step_with_a_date_or_without_a_number_is_a_choice(written: str) -> None:
    assert step_in(written).band is None


def test_steps_that_leave_values_out_or_count_them_twice_are_found() -> None:
    def gap(*words: str) -> str:
        bands = [band_in(one) for one in words]
        return gap_in([one for one in bands if one])

    assert gap("100%", "từ 80% đến dưới 100%", "dưới 80%") == ""
    assert gap("từ 5 trở lên", "3 - 4", "dưới 3") == ""
    assert "từ 3 đến 5" in gap("từ 5 trở lên", "dưới 3")
    assert "chồng" in gap("từ 70% trở lên", "dưới 80%")
    assert "giá trị 80" in gap("trên 80%", "dưới 80%")
    assert "trên 95" in gap("từ 80% đến 95%", "dưới 80%")


@given(
    ends=st.lists(st.integers(1, 99), min_size=1, max_size=5, unique=True).map(sorted),
    value=st.decimals(0, 100, places=2),
)
def test_steps_that_cover_everything_give_each_value_one_score(ends: list[int], value: Decimal) -> None:
    cuts = [None, *map(Decimal, ends), None]
    bands = [Band(low, high, is_share=True) for low, high in pairwise(cuts)]
    assert gap_in(bands) == ""
    assert sum(band.has(value) for band in bands) == 1


def test_a_table_with_romans_letters_and_steps_below_is_read_whole() -> None:
    read = read_set(
        table(
            ["BỘ TIÊU CHÍ CHỈ SỐ CCHC CẤP XÃ ÁP DỤNG NĂM 2025"],
            ["(Kèm theo Quyết định số 12/QĐ-UBND ngày 03/01/2025)"],
            HEAD,
            ["I", "CHỈ ĐẠO, ĐIỀU HÀNH", 4],
            [1, "Kế hoạch", 2],
            [1.1, "Ban hành kế hoạch", 1],
            [None, "Ban hành kịp thời: 1"],
            [None, "- Không kịp thời: 0"],
            [1.2, "Mức độ thực hiện kế hoạch tuyên truyền CCHC", 1],
            [None, "Hoàn thành 100% kế hoạch", 1],
            [None, "Từ 80% - dưới 100%", 0.5],
            [None, "Dưới 80%", 0],
            [2, "Sáng kiến, số hóa", 2],
            ["a", "Tỷ lệ văn bản ký số", 1],
            [None, "Tính theo công thức: (Tỷ lệ % x điểm tối đa)/100"],
            ["b", "Sáng kiến", 1],
            [None, "Mỗi sáng kiến được 0,5 điểm"],
            ["II", "ĐIỀU TRA XÃ HỘI HỌC", 6],
            ["III", "ĐIỂM TRỪ", -2],
            [None, "Mỗi lần trừ 1 điểm"],
            [None, "Tổng cộng", 10],
            [None, "Người lập biểu"],
        ),
        "bo-tieu-chi.xlsx",
    )
    assert read.problems == ()
    assert (read.first_year, read.maximum) == (2025, 10)
    assert read.legal_basis == "Quyết định số 12/QĐ-UBND ngày 03/01/2025"
    told = {one.code: (one.scoring, one.rule.get("kind"), one.measure) for one in read.nodes if one.scoring}
    assert told == {
        "I.1.1": ("self", "choice", ""),
        "I.1.2": ("computed", "steps", "completion"),
        "I.2.a": ("self", "share", ""),
        "I.2.b": ("self", "each", ""),
        "II": ("survey", "hand", ""),
        "III": ("penalty", "each", ""),
    }
    assert any("hiểu là tính từ sổ" in note for note in read.notes)


def test_steps_in_one_cell_are_read_one_by_one_and_what_stands_below_the_sum_is_told() -> None:
    made = read_set(
        table(
            HEAD,
            ["1", "Chỉ đạo", 10],
            ["1.1", "Ban hành kế hoạch\nKịp thời: 4 điểm\nMuộn: 0 điểm", 4],
            ["1.2", "Tỷ lệ hồ sơ đúng hạn", 6],
            ["", "Tỷ lệ × điểm tối đa; dưới 80%: 0 điểm", ""],
            ["", "Tổng cộng", 10],
            ["2", "Điểm thưởng", 2],
            ["", "Người lập biểu", ""],
        ),
        "bo.xlsx",
    )
    assert made.problems == ()
    told = {one.code: (one.text, dict(one.rule)) for one in made.nodes}
    assert told["1.1"] == (
        "Ban hành kế hoạch",
        {
            "kind": "choice",
            "options": [{"text": "Kịp thời", "score": "4"}, {"text": "Muộn", "score": "0"}],
        },
    )
    assert told["1.2"][1] == {"kind": "share", "floor": "80"}
    [note] = [one for one in made.notes if "dòng tổng" in one]
    assert note.startswith("Dòng 7: ")


def test_every_wrong_row_is_named_and_nothing_else() -> None:
    read = read_set(
        table(
            [*HEAD, "Cách chấm", "Chỉ tiêu"],
            ["1", "Lĩnh vực", 9],
            ["1.1", "Thiếu điểm", None],
            ["1.2", "Điểm lạ", "hai"],
            ["1.3", "Các mức hở", 2],
            [None, "Từ 80% trở lên: 2"],
            [None, "Dưới 50%: 0"],
            ["1.4", "Mức cao hơn tối đa", 1],
            [None, "Có: 2 điểm"],
            ["1.4", "Trùng mã", 1],
            ["1.5", "Không có chỉ tiêu", 1, "tính từ sổ", "số bông hoa"],
            ["1.6", "Cách chấm lạ", 1, "bốc thăm"],
        ),
        "sai.xlsx",
    )
    rows = [int(problem.split()[1].rstrip(":")) for problem in read.problems if problem.startswith("Dòng")]
    assert sorted(set(rows)) == [2, 3, 4, 5, 8, 10, 11, 12]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (table(["Một bảng", "khác hẳn"]), "khac.xlsx"),
        (b"", "trong.xlsx"),
        (b"%PDF-1.7 ...", "van-ban.xlsx"),
        (b"PK\x03\x04hong", "hong.xlsx"),
    ],
)
def test_a_file_that_is_no_set_is_refused_with_a_sentence(data: bytes, name: str) -> None:
    with pytest.raises(Refused, match=r"[Tt]ệp"):
        read_set(data, name)


@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_set_or_refused(data: bytes) -> None:
    for read, name in ((read_set, "x.csv"), (lambda given, _name: scheme_from(given), "x.toml")):
        with suppress(Refused):
            assert isinstance(read(data, name), Scheme)


def test_a_set_counts_satisfaction_in_one_way() -> None:
    sample_file = (files("dinhlang.reports") / "data" / "index_sample.toml").read_text("utf-8")
    more = """
        [[criterion]]
        code = "2.9"
        text = "Hài lòng về tiếp công dân"
        maximum = 1
        scoring = "computed"
        measure = "%s"
        levels = ["Từ 80 trở lên: 1", "Dưới 80: 0"]
    """
    # The sum of its area is another with one more row; that is all that is said of one that is counted as the first.
    same, other = (
        scheme_from((sample_file + more % name).encode()).problems for name in ("survey_b", "survey_a")
    )
    [problem] = set(other) - set(same)
    assert "mã 2.9 lấy khảo sát tính theo cách A, mã 2.5 theo cách B" in problem


def test_the_sample_is_whole_and_says_that_it_is_one() -> None:
    shipped = sample()
    assert shipped.problems == ()
    assert shipped.is_sample
    assert "không có thật" in shipped.name
    assert shipped.maximum == 100


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"[set", b"[set]\nname='a'", b"a=1"])
def test_a_broken_toml_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadSet):
        scheme_from(data)


# --- scores ---------------------------------------------------------------------------------------

STEPS = {one.code: one.rule for one in sample().nodes}


@pytest.mark.parametrize(
    ("code", "value", "score"),
    [
        ("1.2.1", "100", "5"),
        ("1.2.1", "75", "3"),
        ("1.2.1", "74.99", "0"),
        ("1.2.2", "4", "2"),
        ("1.2.2", "9", "3"),
        ("2.2", "92.5", "11.1"),
        ("2.2", "79.99", "0"),
        ("6.1", "3", "1.5"),
        ("6.1", "9", "2"),
        ("4.1", "4.25", "4.25"),
    ],
)
def test_the_score_follows_from_the_value(code: str, value: str, score: str) -> None:
    most = {one.code: one.maximum for one in sample().nodes}[code]
    follows = score_of(STEPS[code], most, value=Decimal(value))
    assert follows.score == Decimal(score)
    assert follows.why


@pytest.mark.parametrize(
    ("code", "value", "option"),
    [
        ("1.1.1", None, None),
        ("1.1.1", None, 7),
        ("1.2.1", None, None),
        ("1.2.1", "-1", None),
        ("2.2", "100.01", None),
        ("6.1", "1.5", None),
        ("4.1", "5.01", None),
    ],
)
def test_what_a_rule_does_not_take_is_refused(code: str, value: str | None, option: int | None) -> None:
    most = {one.code: one.maximum for one in sample().nodes}[code]
    with pytest.raises(CannotScore):
        score_of(STEPS[code], most, value=None if value is None else Decimal(value), option=option)


def rows(own: str = "40", survey: str | None = None, bonus: str = "0", penalty: str = "0") -> list[Scored]:
    return [
        Scored("1", "", "Việc", Decimal(70), ""),
        Scored("1.1", "1", "Một", Decimal(40), "self", Decimal(own), None),
        Scored("1.2", "1", "Hai", Decimal(30), "computed", Decimal(20), Decimal(16)),
        Scored("2", "", "Hỏi dân", Decimal(30), "survey", None, None if survey is None else Decimal(survey)),
        Scored("3", "", "Thưởng", Decimal(2), "bonus", Decimal(bonus)),
        Scored("4", "", "Trừ", Decimal(3), "penalty", Decimal(penalty)),
    ]


def terms(survey: str, without: str = "rescale", *, is_capped: bool = True) -> dict[str, object]:
    return {"survey": survey, "without_survey": without, "is_capped": is_capped}


def test_the_survey_adds_its_points_or_the_rest_is_scaled_and_said_so() -> None:
    held = total(rows(survey="24"), **terms("held"))  # type: ignore[arg-type]
    assert (held.total, held.is_rescaled, held.is_provisional) == (Decimal(80), False, False)
    absent = total(rows(), **terms("absent"))  # type: ignore[arg-type]
    assert absent.total == Decimal("80.00")
    assert absent.is_rescaled
    assert any("không điều tra" in one for one in absent.sentences)
    assert any("quy đổi về thang 100: 80" in one for one in absent.sentences)
    unknown = total(rows(), **terms("unknown"))  # type: ignore[arg-type]
    assert unknown.is_provisional
    assert any("tạm tính" in one for one in unknown.sentences)
    kept = total(rows(), **terms("absent", "keep"))  # type: ignore[arg-type]
    assert (kept.total, kept.is_rescaled) == (Decimal(56), False)


def test_bonus_and_penalty_stand_beside_the_full_mark() -> None:
    told = total(rows(survey="30", bonus="2", penalty="1"), **terms("held"))  # type: ignore[arg-type]
    assert told.total == Decimal(87)
    assert told.maximum == 100
    all_of_it = [
        Scored("1", "", "a", Decimal(100), "self", Decimal(100)),
        Scored("2", "", "b", Decimal(2), "bonus", Decimal(2)),
    ]
    assert total(all_of_it, **terms("unknown")).total == 100  # type: ignore[arg-type]
    assert total(all_of_it, **terms("unknown", is_capped=False)).total == 102  # type: ignore[arg-type]
    nothing = [
        Scored("1", "", "a", Decimal(100), "self", Decimal(0)),
        Scored("2", "", "b", Decimal(3), "penalty", Decimal(3)),
    ]
    assert total(nothing, **terms("unknown")).total == 0  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8),
    st.sampled_from(["held", "absent", "unknown"]),
    st.sampled_from(["rescale", "keep"]),
)
def test_a_total_never_leaves_the_scale(
    given_points: list[tuple[int, int]], survey: str, without: str
) -> None:
    kinds = ["self", "computed", "survey", "bonus", "penalty"]
    scored = [
        Scored(str(at), "", "x", Decimal(max(most, got, 1)), kinds[at % 5], Decimal(min(most, got)))
        for at, (most, got) in enumerate(given_points)
    ]
    told = total(scored, **terms(survey, without))  # type: ignore[arg-type]
    assert 0 <= told.total <= told.maximum
    assert 0 <= told.percent <= 100


def test_rows_above_sum_up_what_is_known_below() -> None:
    by_code = {line.row.code: line for line in lines(rows())}
    assert by_code["1"].points == 56
    assert by_code["1"].own == 60
    assert by_code["2"].points is None
    assert by_code["1.2"].differs


# --- versions -------------------------------------------------------------------------------------


def test_versions_differ_by_what_scores_follow_from_and_not_by_names() -> None:
    def digest(scheme: Scheme) -> str:
        return digest_of(
            scheme.nodes,
            counting=scheme.counting,
            without_survey=scheme.without_survey,
            is_capped=scheme.is_capped,
        )

    first = read_set(table(HEAD, ["1", "Kế hoạch", 2], ["2", "Tuyên truyền", 3]), "a.xlsx")
    renamed = read_set(
        table(["Bộ tiêu chí khác tên"], HEAD, ["1", "KẾ HOẠCH", 2], ["2", "Tuyên truyền", 3]), "b.xlsx"
    )
    other = read_set(table(HEAD, ["1", "Kế hoạch", 2.5], ["3", "Số hóa", 3]), "c.xlsx")
    assert digest(first) == digest(renamed) != digest(other)
    found = differences(first.nodes, other.nodes)
    assert [(one.code, one.kind) for one in found] == [("1", "changed"), ("3", "added"), ("2", "removed")]
    assert "2 thành 2,5" in found[0].sentence
    assert why_not_comparable(("2024", "2025"), (digest(first), digest(renamed)), []) == ""
    refusal = why_not_comparable(("2024", "2025"), (digest(first), digest(other)), found)
    assert "hai bộ tiêu chí khác nhau" in refusal
    assert "1, 3, 2" in refusal
