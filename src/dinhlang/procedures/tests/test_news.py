"""A decision drafted as an article says what is new, and nothing that the sheets do not say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dinhlang.procedures import actions, news, rules
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.models import Decision
from dinhlang.procedures.rules import EventKind, Paper
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP

if TYPE_CHECKING:
    from conftest import Cast


def sentences(**changed: object) -> list[str]:
    return [one.sentence for one in rules.differences(BIRTH, replace(BIRTH, **changed))]  # type: ignore[arg-type]


def test_every_kind_of_change_is_told_in_a_sentence() -> None:
    assert sentences() == []
    assert sentences(papers=BIRTH.papers[:1]) == ["Không phải nộp: Giấy chứng sinh."]
    assert sentences(papers=(replace(BIRTH.papers[0], copies=2), BIRTH.papers[1])) == [
        "Tờ khai đăng ký khai sinh: nay cần 1 bản chính, 2 bản sao."
    ]
    assert sentences(methods=BIRTH.methods[:1]) == ["Không còn nhận hồ sơ theo cách: Trực tuyến toàn trình."]
    slower = replace(BIRTH.methods[1], time_limit="03 ngày làm việc")
    assert sentences(methods=(BIRTH.methods[0], slower)) == [
        "Thời hạn (Trực tuyến toàn trình): từ 01 ngày làm việc thành 03 ngày làm việc."
    ]
    assert sentences(conditions="Có mặt") == ["Yêu cầu, điều kiện: nay có quy định."]
    assert sentences(field="Hộ tịch, quốc tịch") == ["Lĩnh vực: từ “Hộ tịch” thành “Hộ tịch, quốc tịch”."]
    assert sentences(legal=()) == ["Không còn căn cứ 60/2014/QH13."]


def test_white_space_and_punctuation_are_no_change() -> None:
    assert sentences(steps=BIRTH.steps.replace("\n", "  \n "), name="Đăng ký khai sinh.") == []


@pytest.mark.django_db
@pytest.mark.integration
def test_a_decision_becomes_an_article(cast: Cast) -> None:
    at, on = cast.now, cast.today
    hostile = replace(SHOP, name="Đăng ký <script>alert(1)</script>")
    for decision, changes in (
        (None, [Change("1.001193", EventKind.ANNOUNCE, BIRTH, since_ever=True), Change("1.000894", EventKind.ANNOUNCE, MARRIAGE, since_ever=True)]),
        (
            DecisionGiven("12/QĐ-UBND", on, "Ủy ban nhân dân tỉnh Mẫu"),
            [
                Change("1.001193", EventKind.AMEND, replace(BIRTH, papers=(*BIRTH.papers, Paper("Giấy cam đoan"))), on),
                Change("2.001263", EventKind.ANNOUNCE, hostile, on),
                Change("1.000894", EventKind.ABOLISH, effective_on=on, replaced_by="2.001263"),
            ],
        ),
    ):  # fmt: skip
        actions.apply_changes(unit=cast.commune, changes=changes, decision=decision, by=None, at=at)
    made = news.draft(Decision.objects.get(), address=lambda code: f"/ben-truc/thu-tuc/{code}/")
    assert made.title.startswith(
        "Thủ tục hành chính: 1 thủ tục mới ban hành, 1 thủ tục sửa đổi, bổ sung, 1 thủ tục bị bãi bỏ"
    )
    assert made.lead.startswith("Theo Quyết định số 12/QĐ-UBND ngày 20/7/2023 của Ủy ban nhân dân tỉnh Mẫu")
    assert "Phải nộp thêm: Giấy cam đoan." in made.body
    assert '<a href="/ben-truc/thu-tuc/1.001193/">Đăng ký khai sinh</a>' in made.body
    assert "thay bằng 2.001263" in made.body
    assert "<script>" not in made.body
    # The page shows the lead above the text already.
    assert made.lead not in made.body
