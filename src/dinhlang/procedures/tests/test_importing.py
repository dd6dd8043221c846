"""A file is previewed with its differences and taken in whole or not at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.procedures import actions, queries, reading, rules
from dinhlang.procedures.models import Intake, Procedure, Version
from dinhlang.procedures.queries import Fate
from dinhlang.procedures.rules import Paper, Sheet
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP
from dinhlang.procedures.tests.test_reading import REAL, needs_the_real_list

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

AT = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def file_of(**sheets: Sheet) -> bytes:
    codes = {"birth": "1.001193", "marriage": "1.000894", "shop": "2.001263"}
    return json.dumps(
        [{"code": codes[name], "sheet": rules.to_json(sheet)} for name, sheet in sheets.items()]
    ).encode()


def take_in(cast: Cast, data: bytes, name: str = "a.json") -> Intake:
    return actions.import_procedures(unit=cast.commune, data=data, name=name, by=None, at=AT)


def test_a_file_is_taken_in_and_told(cast: Cast) -> None:
    intake = take_in(cast, file_of(birth=BIRTH, marriage=MARRIAGE))
    assert intake.report["counts"] == {"new": 2}
    assert {one.intake_id for one in Version.objects.all()} == {intake.pk}


def test_a_preview_writes_nothing_and_says_what_would_change_in_words(cast: Cast) -> None:
    take_in(cast, file_of(birth=BIRTH, marriage=MARRIAGE))
    changed = replace(BIRTH, papers=(*BIRTH.papers, Paper(name="Giấy cam đoan", originals=1)))
    found = reading.read(file_of(birth=changed, marriage=MARRIAGE, shop=SHOP), "b.json")
    preview = queries.preview(cast.commune, found, AT.date())
    assert preview.counts == [(Fate.NEW, 1), (Fate.CHANGED, 1), (Fate.SAME, 1)]
    [sentence] = [one.sentence for row in preview.rows for one in row.differences]
    assert sentence == "Phải nộp thêm: Giấy cam đoan."
    assert Version.objects.count() == 2


def test_what_changed_becomes_the_next_version_from_today_and_says_that_the_day_is_assumed(
    cast: Cast,
) -> None:
    take_in(cast, file_of(birth=BIRTH))
    take_in(cast, file_of(birth=replace(BIRTH, fees="Miễn lệ phí")))
    page = queries.page(cast.commune, "1.001193", AT.date())
    assert page is not None
    assert (page.version.number, page.sheet.fees) == (2, "Miễn lệ phí")
    assert page.events[0].is_default_day


def test_the_same_file_and_a_file_with_nothing_new_are_refused(cast: Cast) -> None:
    take_in(cast, file_of(birth=BIRTH))
    with pytest.raises(Refused, match="đã được nhập ngày 10/3/2026"):
        take_in(cast, file_of(birth=BIRTH))
    with pytest.raises(Refused, match="Không có gì để nhập"):
        take_in(cast, b" " + file_of(birth=BIRTH))


def test_rows_without_a_code_and_second_rows_are_kept_in_words_beside_the_file(cast: Cast) -> None:
    text = "Mã thủ tục,Tên thủ tục\n1.001193,Khai sinh\n,Thủ tục không mã\n1.001193,Khai sinh lần hai\n"
    report = take_in(cast, text.encode(), "a.csv").report
    assert report["counts"] == {"new": 1, "left": 1}
    assert "Thủ tục không mã" in report["left_out"][0]
    assert report["left"][0][:2] == ["dòng 4", "1.001193"]


def test_a_fault_in_the_middle_stores_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from dinhlang.procedures.actions import catalogue

    def broken(code: str, sheet: Sheet) -> dict[str, object]:
        if code == "2.001263":
            raise RuntimeError("the disk is full")
        return real(code, sheet)

    real = catalogue.columns_of
    monkeypatch.setattr(catalogue, "columns_of", broken)
    with pytest.raises(RuntimeError):
        take_in(cast, file_of(birth=BIRTH, marriage=MARRIAGE, shop=SHOP))
    assert not Intake.objects.exists()
    assert not Procedure.objects.exists()


def test_who_may_not_edit_may_not_import(cast: Cast) -> None:
    for who in (cast.radio_operator, cast.neighbour):
        with pytest.raises(NotAllowed):
            actions.import_procedures(
                unit=cast.commune, data=file_of(birth=BIRTH), name="a.json", by=who, at=cast.now
            )
    actions.import_procedures(
        unit=cast.commune, data=file_of(birth=BIRTH), name="a.json", by=cast.one_stop_clerk, at=cast.now
    )


@needs_the_real_list
@pytest.mark.one_database
def test_all_real_procedures_go_into_the_catalogue_at_once(cast: Cast) -> None:
    told: list[tuple[int, int]] = []
    intake = actions.import_procedures(
        unit=cast.commune,
        data=REAL.read_bytes(),
        name=REAL.name,
        by=None,
        at=AT,
        progress=lambda done, total: told.append((done, total)),
    )
    assert intake.report["counts"] == {"new": 2564}
    assert told[-1] == (2564, 2564)
    found = queries.standing_versions(cast.commune, date(2026, 3, 10), words="khai sinh", level="commune")
    assert found.count() > 5
    assert queries.standing_versions(cast.commune, date(2026, 3, 10)).count() == 2564
