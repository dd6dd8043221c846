"""The page of a proposed criteria set: what was understood without being said stands there, before it is put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from dinhlang.reports.index import actions
from dinhlang.reports.tests.test_index_sets import HEAD, table

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_what_was_guessed_is_said_until_the_set_is_in_force(cast: Cast, client: Client) -> None:
    data = table(
        HEAD,
        ["1", "Chỉ đạo", 4],
        ["1.1", "Ban hành kế hoạch", 4],
        ["2", "Khảo sát sự hài lòng của người dân", 6],
        ["", "Tổng cộng", 10],
        ["3", "Điểm thưởng", 2],
    )
    kept = actions.propose_set(
        unit=cast.province,
        scheme=actions.scheme_in(data, "bo.xlsx"),
        first_year=2023,
        data=data,
        file_name="bo.xlsx",
        by=cast.reviewer,
        at=cast.now,
    )
    client.force_login(cast.reviewer)
    there = reverse("reports:index-set", args=[kept.pk])
    shown = client.get(there).content.decode()
    assert "Dòng 4: hiểu là điều tra xã hội học theo tên tiêu chí." in shown
    assert "Dòng 6: đứng dưới dòng tổng nên không đọc" in shown
    actions.confirm_set(index_set=kept, by=cast.reviewer, at=cast.now)
    assert "Phần mềm hiểu như sau" not in client.get(there).content.decode()
