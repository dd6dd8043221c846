"""Files of cases on the disk whose row never came, or says that they are erased."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.actions.taking import add_kept
from dinhlang.citizens.models import Case
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_what_no_row_speaks_of_goes_after_a_day(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    case = Case.objects.create(
        unit=cast.commune, code="PA-TEST-0001", way="web", nature="advice", category="khac",
        received_at=cast.now, changed_at=cast.now,
    )  # fmt: skip
    wanted, erased = (add_kept(case, keeping.keep(photo(), name), by=None, at=cast.now) for name in "ab")
    erased.erased_at = cast.now
    erased.save(update_fields=["erased_at"])
    # A process that was killed: one file whole, one half written. A form that is on its way just now.
    left = tmp_path / "citizens" / "00" / ("0" * 40)
    left.parent.mkdir(exist_ok=True)
    half = left.with_name(f"{left.name}.part")
    for path in (left, half):
        path.write_text("…")
    coming = keeping.keep(photo(), "c")
    old = (cast.now - timedelta(days=2)).timestamp()
    there = {path.name: path for path in (tmp_path / "citizens").rglob("*") if path.is_file()}
    assert len(there) == 5
    for name, path in there.items():
        moment = cast.now.timestamp() if name == coming.name_there else old
        os.utime(path, (moment, moment))

    assert actions.sweep_letters(at=cast.now) == 3
    assert {name for name, path in there.items() if path.exists()} == {wanted.name_there, coming.name_there}
    assert actions.sweep_letters(at=cast.now) == 0
