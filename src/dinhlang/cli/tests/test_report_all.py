"""`dinhlang report all`: every report of a period as files, and who has none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from dinhlang.cli.main import root
from dinhlang.periods.identifier import Period
from dinhlang.reports import period_files
from dinhlang.reports.models import Report
from dinhlang.reports.tests.submission_cast import H1, issued, owed

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def written(folder: Path, *more: str) -> Result:
    arguments = ["report", "all", "--period", "2023-H1", "-o", str(folder), *more]
    return CliRunner().invoke(root, arguments, catch_exceptions=False)


def test_each_report_is_a_file_and_a_unit_without_one_is_named(cast: Cast, tmp_path: Path) -> None:
    owed(cast)
    report = issued(cast)
    folder = tmp_path / "kỳ" / "2023"
    told = written(folder).output
    assert f"Đã ghi 1/2 báo cáo 6 tháng đầu năm 2023 vào {folder}" in told
    assert f"- {cast.neighbour_commune.pk}: chưa có báo cáo" in told
    [file] = folder.iterdir()
    assert file.name == "ben-truc-2023-H1.docx"
    assert report.docx is not None
    assert file.read_bytes() == period_files.render.docx(report)


def test_what_is_missing_is_drafted_on_request_and_once(cast: Cast, tmp_path: Path) -> None:
    owed(cast)
    for _turn in range(2):
        assert "Đã ghi 2/2" in written(tmp_path, "--draft-missing", "--under", "tinh-mau").output
    assert Report.objects.count() == 2
    assert {one.name for one in tmp_path.iterdir()} == {
        f"{unit}-2023-H1.docx" for unit in ("ben-truc", cast.neighbour_commune.pk)
    }


def test_a_unit_that_is_refused_holds_up_no_other(cast: Cast, tmp_path: Path) -> None:
    owed(cast)
    cast.neighbour_commune.starts_on = cast.today
    cast.neighbour_commune.save()
    told = written(tmp_path, "--draft-missing").output
    assert "Đã ghi 1/2" in told
    assert "không hoạt động" in told.rpartition(f"- {cast.neighbour_commune.pk}: ")[2]


def test_a_period_that_nobody_opened_is_told(cast: Cast, tmp_path: Path) -> None:
    ran = CliRunner().invoke(root, ["report", "all", "--period", "2019", "-o", str(tmp_path)])
    assert "dinhlang duty open --period 2019" in ran.output
    assert period_files.reports_of(Period(2019)) == {}


def test_a_draft_stands_before_what_was_issued(cast: Cast) -> None:
    owed(cast)
    first = issued(cast)
    again = Report.objects.create(
        unit=cast.commune, period=str(H1), outline=first.outline, regime=first.regime, corrects=first,
        window_from=first.window_from, window_to=first.window_to, drafted_at=cast.now,
    )  # fmt: skip
    assert period_files.reports_of(H1, {"ben-truc"})["ben-truc"] == again.pk


def _told(asked: tuple[str, int | None]) -> period_files.Written:
    return period_files.Written(asked[0], file=str(os.getpid()))


def test_processes_share_the_work_and_the_order_stays() -> None:
    asked = [(f"xa-{number}", number) for number in range(40)]
    made = list(period_files._by_processes(_told, asked, 2))
    assert [one.unit for one in made] == [unit for unit, _number in asked]
    assert str(os.getpid()) not in {one.file for one in made}
    assert {one.file for one in period_files._by_processes(_told, asked, 1)} == {str(os.getpid())}
