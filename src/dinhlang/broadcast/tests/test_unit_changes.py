"""What a dry run of a merger tells of the radio: slots that are in force, players and speakers; they stay."""

from __future__ import annotations

from datetime import date, time
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from dinhlang.broadcast.models import Slot
from dinhlang.org.changes.registry import Scope, things

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_slots_of_the_day_are_listed_and_those_of_a_unit_that_goes_on_stay_as_they_are(cast: Cast) -> None:
    for unit in (cast.commune, cast.neighbour_commune):
        Slot.objects.create(
            unit=unit, name="Bản tin sáng", days="Hằng ngày", starts=time(5, 30), minutes=15,
            starts_on=date(2023, 1, 1), made_at=cast.now,
        )  # fmt: skip
    Slot.objects.create(
        unit=cast.commune, name="Đã thôi", days="Hằng ngày", starts=time(6), minutes=15,
        starts_on=date(2022, 1, 1), ends_on=date(2023, 1, 1), made_at=cast.now,
    )  # fmt: skip
    scope = SimpleNamespace(ids={"ben-truc", "ben-dua"}, ending={"ben-truc"}, on=date(2023, 7, 1))
    known = {one.key: one for one in things()}
    found = {one.unit_id: (one.name, str(one.fate)) for one in known["broadcast.slot"].find(scoped(scope))}
    assert found == {
        "ben-truc": ("05:30 Bản tin sáng (Hằng ngày)", ""),
        "ben-dua": ("05:30 Bản tin sáng (Hằng ngày)", "Giữ nguyên."),
    }
    assert list(known["broadcast.device"].find(scoped(scope))) == []


def scoped(told: SimpleNamespace) -> Scope:
    return cast(Scope, told)
