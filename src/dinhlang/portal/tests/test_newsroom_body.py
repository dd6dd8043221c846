"""The text of an item: typed with marks, kept as clean HTML; Word's paste; hostile pages; two people's paragraphs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.body import TextTooLong, cleaned, from_text, plain, to_text
from dinhlang.portal.newsroom.rules.joining import by_paragraphs, joined

TYPED = """## Cần mang theo

Căn cước và **bản chính** giấy tờ,
hai dòng là hai dòng.

- Một
- Hai

1. Trước
2. Sau

> Lời trích

| Ngày | Giờ |
| --- | --- |
| Thứ Hai | 7 giờ 30 |

Xem [cổng dịch vụ](https://dvc.example/a?b=1&c=2)."""

FROM_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0cm}</style></head>
<body lang=VI><p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt'>Thông báo<o:p></o:p></span></b></p>
<p class=MsoListParagraphCxSpFirst><![if !supportLists]><span>·<span>&nbsp;&nbsp; </span></span><![endif]>Ý một</p>
<p class=MsoListParagraphCxSpLast><span>·<span>&nbsp;&nbsp; </span></span>Ý hai</p>
<table class=MsoTableGrid><tr><td width=10>Ô</td></tr></table><h1>Lớn</h1></body></html>"""


def test_what_is_typed_comes_back_as_it_was_typed() -> None:
    assert to_text(from_text(TYPED)) == TYPED


def test_paste_from_word_comes_in_clean() -> None:
    html = cleaned(FROM_WORD)
    assert html.startswith("<p><strong>Thông báo</strong></p>")
    assert "<ul><li>Ý một</li><li>Ý hai</li></ul>" in html
    assert "<h2>Lớn</h2>" in html
    assert not re.search(r"mso|style|class|span|<o:", html, re.IGNORECASE)


def test_lines_and_boxes_of_an_old_site_become_paragraphs() -> None:
    html = cleaned("<div>Một<br><br>Hai <b>đậm</b></div><div><div>Ba</div></div>Bốn")
    assert plain(html) == "Một\nHai đậm\nBa\nBốn"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='data:text/html,x'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<img src=x onerror=alert(1)>",
        "<iframe src=//x></iframe>",
        "<style>body{display:none}</style>",
        "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<form action=//x><input name=q></form>",
        "<p style='position:fixed'>x</p>",
        "<base href=//x>",
        "<object data=x.swf></object>",
    ],
)
def test_nothing_of_a_hostile_page_can_run(hostile: str) -> None:
    for html in (cleaned(hostile), from_text(hostile)):
        found = re.findall(r"<\s*/?([a-zA-Z0-9]+)([^>]*)>", html)
        assert {tag for tag, _ in found} <= body.TAGS
        assert not any(re.search(r"\bon\w+=|style=|javascript:|data:", rest) for _, rest in found)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(TextTooLong, match="tối đa 200"):
        from_text("a" * (body.LONGEST + 1))


@pytest.mark.parametrize("deep", ["<div>", "<b>", "<blockquote>", "> ", "- "])
def test_deep_nesting_ends(deep: str) -> None:
    page = deep * 3000 + "x"
    to_text(cleaned(page))
    from_text(page)


_pieces = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table><tr><td>",
            "<br>",
            "<h1>",
            "</h1>",
            "<div>",
            "x",
            " ",
            "Đường",
            "*",
            "- a",
            "<",
            "&lt;b&gt;",
            "<a href='https://a.example'>",
            "</a>",
        ]
    ),
    max_size=25,
)


@given(_pieces)
@settings(max_examples=100)
def test_cleaning_twice_changes_nothing_more(pieces: list[str]) -> None:
    once = cleaned("".join(pieces))
    assert cleaned(once) == once


@given(_pieces)
@settings(max_examples=100)
def test_no_word_is_lost_between_the_page_and_the_text(pieces: list[str]) -> None:
    html = cleaned("".join(pieces))
    again = from_text(to_text(html))
    assert plain(again).count("Đường") == plain(html).count("Đường")


def test_changes_in_different_paragraphs_go_together() -> None:
    base = "Một\n\nHai\n\nBa"
    assert by_paragraphs(base, "Một!\n\nHai\n\nBa", "Một\n\nHai\n\nBa\n\nBốn") == "Một!\n\nHai\n\nBa\n\nBốn"
    assert by_paragraphs(base, "Một\n\nHAI\n\nBa", "Một\n\nhai\n\nBa") is None
    assert by_paragraphs(base, base + "\n\nA", base + "\n\nB") is None


_texts = st.lists(st.sampled_from("abcdef"), max_size=6).map("\n\n".join)


@given(_texts, _texts, _texts)
def test_putting_together_is_the_same_from_both_sides(base: str, mine: str, theirs: str) -> None:
    assert by_paragraphs(base, mine, theirs) == by_paragraphs(base, theirs, mine)
    assert by_paragraphs(base, mine, base) in (mine, None)
    assert joined({"t": base}, {"t": mine}, {"t": base}).fields == {"t": mine}
