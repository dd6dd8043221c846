"""What holds for the checker on any document: it never raises, points inside, and a fix mends what it was given for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.check import (
    Finding,
    FindingKind,
    Place,
    Severity,
    Suppression,
    check,
    set_aside,
)
from dinhlang.officialdoc.check.fixes import applied, applied_to_text
from dinhlang.officialdoc.check.registry import said
from dinhlang.officialdoc.check.rules import RULES
from dinhlang.officialdoc.model import Document, Paragraph, Role, Run
from dinhlang.officialdoc.read import read_with_text
from dinhlang.officialdoc.tests.strategies import documents

days = st.none() | st.dates(date(2015, 1, 1), date(2035, 12, 31))
BAD = [(rule, example) for rule in RULES for example in rule.bad]


def text_at(document: Document, place: Place) -> str:
    value: Any = document
    for step in place.path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value.text if isinstance(value, Paragraph) else value or ""


@given(documents(), days, st.booleans())
def test_any_document_is_checked_and_each_place_is_inside_it(
    document: Document, as_of: date | None, draft: bool
) -> None:
    for one in check(document, as_of=as_of, draft=draft):
        text = text_at(document, one.place) if one.quote else ""
        assert text[one.place.start : one.place.end] == one.quote


@given(st.text(max_size=400) | st.sampled_from([example.text for _, example in BAD]))
def test_spans_lie_inside_the_text_of_the_file(text: str) -> None:
    document, read = read_with_text(text.encode("utf-8", "replace"), "a.txt")
    lines = read.split("\n")
    for one in check(document, text=read):
        if one.span is not None:
            assert 1 <= one.span.line <= one.span.end_line <= len(lines)
            assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
            assert one.span.end_column <= len(lines[one.span.end_line - 1]) + 1


@given(st.sampled_from(BAD))
def test_a_fix_removes_its_finding(sample: Any) -> None:
    rule, example = sample
    case = example.case()
    for one in rule.check(case):
        if one.fix is None:
            continue
        if case.source is not None:
            mended = applied_to_text(case.source.text, one)
            document, text = read_with_text(mended.encode(), "a.txt")
            left = check(document, as_of=example.as_of, text=text, rules=[rule])
        else:
            left = check(applied(case.document, one), as_of=example.as_of, rules=[rule])
        # Of the same kind another may stand elsewhere; this one is gone.
        assert not [two for two in left if two.quote == one.quote and two.place.start == one.place.start]


def test_a_fix_inside_a_figure_keeps_the_figure() -> None:
    runs = (Run("Đã đăng "), Run("36 tin bổ", fact="articles"), Run(" xung.", bold=True))
    document = said("x").case().document
    body = (Paragraph(Role.BODY, runs),)
    document = Document(**{**{f: getattr(document, f) for f in Document.__slots__}, "body": body})
    (found,) = check(document, rules=[rule for rule in RULES if rule.id == "DL401"])
    assert found.quote == "bổ xung"
    mended = applied(document, found).body[0]
    assert isinstance(mended, Paragraph)
    assert mended.runs == (
        Run("Đã đăng "),
        Run("36 tin bổ sung", fact="articles"),
        Run(".", bold=True),
    )


def finding(rule: str, quote: str) -> Finding:
    return Finding(rule, FindingKind.OTHER, Severity.INFO, "Sai.", quote, Place(("body", 0), 0, len(quote)))


def test_a_suppression_sets_aside_its_rule_and_quote_however_the_lines_break() -> None:
    one, other = finding("DL401", "năm  2021"), finding("DL402", "năm 2021")
    reason = Suppression("DL401", finding("DL401", "năm\n2021").quote_hash, "Trích nguyên văn")
    judged = set_aside([one, other], [reason])
    assert judged.standing == (other,)
    assert judged.set_aside == ((one, reason),)
    assert judged.unused == ()


def test_a_suppression_without_a_reason_or_without_its_finding_sets_nothing_aside() -> None:
    one = finding("DL401", "năm 2021")
    silent = Suppression("DL401", one.quote_hash, "  ")
    stray = Suppression("DL999", one.quote_hash, "Đã sửa")
    judged = set_aside([one], [silent, stray])
    assert judged.standing == (one,)
    assert judged.unused == (stray,)


def test_the_day_of_judgement_decides_what_is_obsolete() -> None:
    document = said("Gửi Sở Thông tin và Truyền thông.").case().document
    assert not [one for one in check(document) if one.rule == "DL303"]
    assert [one for one in check(document, as_of=date(2025, 8, 1)) if one.rule == "DL303"]


def test_a_role_of_two_lines_beside_the_recipients_has_a_place() -> None:
    text = (
        "ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nSố: 1/BC-UBND\nBến Mẫu, ngày 12 tháng 12 năm 2023\nBÁO CÁO\nKết quả năm 2023\n\nXã đã làm.\n\n"
        "Nơi nhận:                         TM. ỦY BAN NHÂN DÂN\n- Sở Nội vụ;                          CHỦ TỊCH\n"
        "- Lưu: VT.                           PHÓ CHỦ TỊCH\n\n                                     Trần Văn Mẫu\n"
    )
    document, read = read_with_text(text.encode(), "a.txt")
    found = next(one for one in check(document, text=read) if one.rule == "DL109")

    assert found.span is not None
    assert found.span.line == 11


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tiếp nhận 3.718 hồ sơ, trong đó: trực tuyến 2.255 hồ sơ, trực tiếp 1.643 hồ sơ.", FindingKind.SUM_MISMATCH),
        ("Tổng số 9.986 = 9.143 + 743.", FindingKind.SUM_MISMATCH),
        ("Thực hiện quy chế tuyên truyên tới nhân dân.", FindingKind.SPELLING),
    ],
)  # fmt: skip
def test_a_mistake_that_several_rules_see_is_told_once(text: str, kind: FindingKind) -> None:
    document = said(text).case().document
    assert len([rule for rule in RULES if rule.kind is kind and rule.check(said(text).case())]) > 1
    assert len([one for one in check(document) if one.kind is kind]) == 1


def test_two_sums_in_one_place_are_two_mistakes() -> None:
    text = "Tiếp nhận 100 hồ sơ (trực tuyến 60 hồ sơ, trực tiếp 30 hồ sơ); đã giải quyết 80 hồ sơ, đang giải quyết 30 hồ sơ."
    found = [one for one in check(said(text).case().document) if one.kind is FindingKind.SUM_MISMATCH]
    assert len(found) == 2
