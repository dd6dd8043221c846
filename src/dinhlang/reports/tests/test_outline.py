"""The outline's little language: what it prints, and what it refuses at saving."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Paragraph, Role, Run, Table
from dinhlang.reports import outline, samples
from dinhlang.reports.outline import Marks, OutlineError
from dinhlang.reports.queries import default_outline
from dinhlang.work.concepts import CONCEPTS

HEAD = "=== Trích yếu\nKết quả\n=== Địa danh\nMẫu\n=== Nội dung\n"
TAIL = "\n=== Kết thúc\nHết./.\n=== Nơi nhận\n- Lưu: VT.\n=== Ký\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"


def check(text: str) -> None:
    outline.check(text, (samples.full, samples.bare), tuple(CONCEPTS))


def body(text: str, **context: object) -> outline.Rendered:
    return outline.render(HEAD + text + TAIL, context, Marks())


def headings(rendered: outline.Rendered) -> list[str]:
    return [
        f"{block.number} {block.text}"
        for block in rendered.blocks
        if isinstance(block, Paragraph) and block.role is Role.HEADING
    ]


def test_the_shipped_outline_passes_its_own_check() -> None:
    check(default_outline())


def test_the_shipped_outline_has_the_usual_parts_in_the_usual_order() -> None:
    marks = Marks()
    rendered = outline.render(default_outline(), samples.full(marks), marks)
    first_level = [line for line in headings(rendered) if re.match(r"[IVX]+ ", line)]
    assert first_level == [
        "I Kết quả thực hiện",
        "II Đánh giá chung",
        "III Phương hướng, nhiệm vụ năm 2027",
    ]
    assert rendered.empty == ("Nguyên nhân", "Đề xuất, kiến nghị")
    closing = rendered.blocks[-1]
    assert isinstance(closing, Paragraph)
    assert closing.text.endswith("./.")


def test_headings_number_themselves_and_empty_ones_are_left_out_and_told() -> None:
    rendered = body(
        "# Một\n## Hai\nVăn.\n### Ba\n- ý\n### Bốn\n+ ý\n#### Điểm\nVăn.\n## Trống\n## Năm\nVăn.\n# Trống cả mục\n## Con trống\n# Sáu\nVăn."
    )
    assert headings(rendered) == ["I Một", "1 Hai", "1.1 Ba", "1.2 Bốn", "a Điểm", "2 Năm", "II Sáu"]
    assert rendered.empty == ("Trống", "Trống cả mục")


def test_lines_join_into_paragraphs_and_items_keep_their_marks() -> None:
    rendered = body("Một câu\ndài hai dòng.\n\nĐoạn sau.\n- ý một\n+ ý nhỏ\n%% lời dặn")
    assert [(b.role, b.number, b.text) for b in rendered.blocks if isinstance(b, Paragraph)] == [
        (Role.BODY, None, "Một câu dài hai dòng."),
        (Role.BODY, None, "Đoạn sau."),
        (Role.ITEM, "-", "ý một"),
        (Role.ITEM, "+", "ý nhỏ"),
        (Role.BODY, None, "Hết./."),
    ]


def test_a_figure_is_a_run_with_an_anchor_never_plain_text() -> None:
    marks = Marks()
    figure = marks.run(Run("36", fact="articles"))
    rendered = outline.render(HEAD + "Đã đăng {{ figure }} tin, bài." + TAIL, {"figure": figure}, marks)
    block = rendered.blocks[0]
    assert isinstance(block, Paragraph)
    assert block.runs == (Run("Đã đăng "), Run("36", fact="articles"), Run(" tin, bài."))


def test_a_table_of_the_clerk_takes_figures_and_remembers_their_cells() -> None:
    marks = Marks()
    figure = marks.run(Run("36", fact="articles"))
    text = "| Chỉ tiêu | Số |\n|------|---|\n| Tin, bài | {{ figure }} |"
    rendered = outline.render(HEAD + text + TAIL, {"figure": figure}, marks)
    assert rendered.blocks[0] == Table(("Chỉ tiêu", "Số"), (("Tin, bài", "36"),), (6.0, 3.0))
    assert rendered.cells == {"articles": outline.Cell(0, 1, 1)}


@given(st.text(max_size=60))
def test_a_value_stays_on_its_line_and_never_becomes_a_mark_or_a_command(value: str) -> None:
    rendered = body("Nội dung: {{ value }}.", value=value)
    first = rendered.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.role is Role.BODY
    assert len(rendered.blocks) == 2
    assert all(run.fact is None for run in first.runs)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("{{ figure('articles' }}", 6, "viết chưa đúng"),
        ("Một\n{% if plan %}\nHai", None, "chưa đóng"),
        ("{% include 'x' %}", 6, "chỉ dùng được"),
        ("{% set a = 1 %}", 6, "chỉ dùng được"),
        ("{{ 2 ** 99 }}", 6, "chỉ dùng được"),
        ("{{ unit.name | upper }}", 6, ""),
        ("{{ [1] }}", 6, "chỉ dùng được"),
        ("Một\n\n{{ figure('tin_bai') }}", 8, "không có chỉ tiêu “tin_bai”"),
        ("Một\n{{ don_vi.ten }}", 7, "không có mục “don_vi”"),
        ("{{ unit.ten }}", 6, "không có mục “ten”"),
        ("{{ unit.__class__ }}", 6, ""),
        ("{{ table('khac') }}", 6, "viết chưa đúng"),
        ("{% break %}", 6, "lệnh lạ"),
    ],
)
def test_an_outline_with_an_error_is_refused_with_line_and_remedy(
    text: str, line: int | None, told: str
) -> None:
    with pytest.raises(OutlineError) as refused:
        check(HEAD + text + TAIL)
    assert told in str(refused.value)
    if line is not None:
        assert refused.value.line == line
        assert f"dòng {line}:" in str(refused.value)


def test_an_outline_without_one_of_its_parts_is_refused() -> None:
    with pytest.raises(OutlineError, match="=== Ký"):
        check((HEAD + "Văn." + TAIL).replace("=== Ký", ""))


def test_an_outline_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(OutlineError, match="dài quá"):
        check("x" * (outline.MAX_LENGTH + 1))
