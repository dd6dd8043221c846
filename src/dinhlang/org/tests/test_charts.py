"""Charts are whole SVG that a reader of the screen, of the page and of the sound alike can use."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dinhlang.org import charts

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.sampled_from([0, -1, float("inf"), float("nan")]),
)
LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40) | st.just(
    "Thủ tục hành chính thuộc thẩm quyền tiếp nhận của Ủy ban nhân dân cấp xã, <phường> & đặc khu"
)


def parsed(svg: str) -> etree._Element:
    root = etree.fromstring(svg.encode())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert not root.xpath("//*[@style] | //*[local-name()='script']")
    return root


def numbers(root: etree._Element) -> list[float]:
    found = []
    for element in root.iter():
        for name in ("x", "y", "width", "height", "cx", "cy"):
            value = element.get(name)
            if value is not None:
                found.append(float(value))
    return found


def within(root: etree._Element) -> bool:
    _, _, wide, high = map(float, str(root.get("viewBox")).split())
    for rect in root.iter(f"{SVG}rect"):
        if rect.getparent().tag == f"{SVG}pattern":
            continue
        x, y, w, h = (float(str(rect.get(name))) for name in ("x", "y", "width", "height"))
        if x < -0.1 or y < -0.1 or w < 0 or h < 0 or x + w > wide + 0.2 or y + h > high + 0.2:
            return False
    return True


@given(st.lists(st.builds(charts.Bar, LABELS, VALUES), max_size=14), LABELS)
def test_any_bars_make_a_whole_chart(values: list[charts.Bar], title: str) -> None:
    root = parsed(charts.bars(title, "Mô tả", values))
    assert within(root)
    assert all(abs(number) < 1e5 for number in numbers(root))
    drawn = root.findall(f"{SVG}g/{SVG}rect")
    assert len(drawn) == sum(bar.value is not None for bar in values)


@given(st.lists(st.builds(charts.Pair, LABELS, VALUES, VALUES), max_size=8))
def test_any_pairs_make_a_whole_chart(values: list[charts.Pair]) -> None:
    root = parsed(charts.pairs("So sánh", "Mô tả", values, ("Kỳ này", "Cùng kỳ năm trước")))
    assert within(root)
    assert len(root.findall(f"{SVG}g")) == len(values)


@given(
    st.lists(LABELS, max_size=13).flatmap(
        lambda labels: st.tuples(
            st.just(labels),
            st.lists(
                st.builds(
                    charts.Series,
                    LABELS,
                    st.lists(st.none() | st.floats(-20, 140), min_size=len(labels), max_size=len(labels)).map(
                        tuple
                    ),
                ),
                max_size=5,
            ),
        )
    )
)
def test_any_shares_make_a_whole_chart_of_at_most_four_lines(
    given_: tuple[list[str], list[charts.Series]],
) -> None:
    labels, series = given_
    root = parsed(charts.shares("Tỷ lệ", "Mô tả", labels, series))
    assert len(root.findall(f"{SVG}g")) == min(len(series), 4)
    _, _, _, high = map(float, str(root.get("viewBox")).split())
    points = [float(str(point.get("cy"))) for point in root.iter(f"{SVG}circle")]
    assert all(0 <= point <= high for point in points)


def test_an_unknown_month_has_no_bar_and_a_zero_says_zero() -> None:
    root = parsed(charts.bars("Tin bài", "", [charts.Bar("1/26", None), charts.Bar("2/26", 0)]))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts == ["…", "1/26", "0", "2/26"]


def test_numbers_are_written_the_vietnamese_way() -> None:
    svg = charts.pairs("a", "b", [charts.Pair("Hồ sơ", 1234567, 98.5)], ("Nay", "Trước"))
    assert "1.234.567" in svg
    assert "98,5" in svg


def test_markup_in_a_label_stays_text() -> None:
    svg = charts.bars("<script>alert(1)</script>", '"&', [charts.Bar("<b onload='x'>", 3)])
    assert "<script" not in svg
    assert "<b " not in svg
    parsed(svg)


def test_a_gap_in_a_line_is_not_bridged() -> None:
    root = parsed(
        charts.shares("a", "b", ["1", "2", "3", "4", "5"], [charts.Series("x", (1, 2, None, 4, 5))])
    )
    assert len(root.findall(f"{SVG}g/{SVG}path")) == 2


def test_labels_at_the_ends_of_lines_do_not_lie_on_each_other() -> None:
    series = [charts.Series(name, (50.0, value)) for name, value in (("a", 99.0), ("b", 99.1), ("c", 98.9))]
    root = parsed(charts.shares("a", "b", ["1", "2"], series))
    at = sorted(float(str(t.get("y"))) for t in root.findall(f"{SVG}g/{SVG}text"))
    assert all(b - a >= 19 for a, b in itertools.pairwise(at))


@pytest.mark.parametrize("look", ["a", "b", "c", "d"])
def test_each_line_has_a_dash_of_its_own(look: str) -> None:
    series = [charts.Series(name, (1.0, 2.0)) for name in "abcd"]
    dashes = dict(
        re.findall(
            r'chart__line--(\w)" .*?stroke-dasharray="([^"]+)"', charts.shares("a", "b", ["1", "2"], series)
        )
    )
    assert len(set(dashes.values())) == 4
    assert look in dashes


def test_a_decimal_may_be_drawn() -> None:
    parsed(charts.bars("a", "b", [charts.Bar("x", float(Decimal("98.25")))]))
