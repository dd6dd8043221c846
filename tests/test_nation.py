"""The synthetic nation is what people would have written: hashes, daily facts and sums are those of the house."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from dinhlang.work import queries, rules
from dinhlang.work.actions import rebuild_facts
from dinhlang.work.concepts import STOCKS
from dinhlang.work.models import Activity, DailyFact, PeriodSums, SumsBelow
from dinhlang.work.rollup.queries import SUMMED

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ROOT = Path(__file__).resolve().parent.parent
PLACES = [("ben-truc", "tinh-mau"), ("ben-dua", "tinh-mau")]


def kept() -> list[list[tuple[object, ...]]]:
    return [
        sorted(
            tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row)
            for row in model.objects.values_list(
                *[field.attname for field in model._meta.fields if field.name != "id"]
            )
        )
        for model in (DailyFact, PeriodSums, SumsBelow)
    ]


@pytest.mark.usefixtures("cast")
def test_a_nation_is_what_its_lines_say_and_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from benchmarks import nation

    with mock.patch.object(nation, "communes", return_value=PLACES):
        nation.make(number=2, years=1, lines=20)
        before = kept()
        assert Activity.objects.count() == 2 * 12 * 20
        counted = set(DailyFact.objects.values_list("concept", flat=True))
        assert len(counted) > 30
        assert {concept for concept in counted if ":" not in concept} <= set(SUMMED) | STOCKS
        line = Activity.objects.filter(kind="onestop").first()
        assert line is not None
        assert line.line_hash == rules.line_hash(queries.line_of(line))
        # What is there is left as it is.
        nation.make(number=2, years=1, lines=20)
        assert kept() == before
    rebuild_facts()
    assert kept() == before
