"""`dinhlang procedure`, as the operator of an installation uses it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from dinhlang.cli.main import root
from dinhlang.org.rules import Refused
from dinhlang.procedures.models import Procedure
from dinhlang.procedures.tests import documents

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LIST = (
    "Mã thủ tục;Tên thủ tục;Lĩnh vực;Thời hạn giải quyết;Phí, lệ phí\n"
    "1.001193;Đăng ký khai sinh;Hộ tịch;{days} ngày làm việc;Miễn phí\n"
    ";Thủ tục không mã;Hộ tịch;;\n"
)


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Any, tmp_path: Path, cast: Cast) -> None:
    settings.BLOBS = tmp_path / "blobs"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(root, ["procedure", *map(str, arguments)])


def test_a_list_is_previewed_taken_in_and_shown(tmp_path: Path) -> None:
    table = tmp_path / "danh-muc.csv"
    table.write_text(LIST.format(days="01"), encoding="utf-8")
    preview = run("import", table, "--unit", "ben-truc", "--dry-run")
    assert preview.stdout.splitlines()[0] == "1.001193\tmới\tĐăng ký khai sinh"
    assert "Chưa ghi gì." in preview.stdout
    assert "Thủ tục không mã" in preview.stderr
    assert not Procedure.objects.exists()
    assert "mới: 1" in run("import", table, "--unit", "ben-truc").stdout
    assert (
        "1.001193\tHộ tịch\tĐăng ký khai sinh"
        in run("list", "--unit", "xã Bến Trúc", "--search", "khai sinh").stdout
    )
    shown = run("show", "1.001193.000.00.00.H23", "--unit", "ben-truc")
    assert "đang có hiệu lực, bản 1" in shown.stdout
    assert "Cách thức, thời hạn, phí: Cách khác · 01 ngày làm việc" in shown.stdout


def test_a_second_list_tells_the_differences_in_words(tmp_path: Path) -> None:
    for days, told in (
        ("01", "mới"),
        ("03", "Thời hạn (Cách khác): từ 01 ngày làm việc thành 03 ngày làm việc."),
    ):
        table = tmp_path / f"danh-muc-{days}.csv"
        table.write_text(LIST.format(days=days), encoding="utf-8")
        assert told in run("import", table, "--unit", "ben-truc", "--dry-run").stdout
        run("import", table, "--unit", "ben-truc")


def test_a_decision_is_taken_in(tmp_path: Path) -> None:
    file = tmp_path / "qd-77.docx"
    file.write_bytes(documents.of_a_ministry())
    told = run("import", file, "--unit", "ben-truc")
    assert told.exit_code == 0, told.output
    assert "mới: 2" in told.stdout
    assert "2024" in run("show", "1.888002", "--unit", "ben-truc").stdout


def test_a_code_that_is_not_there_is_told_with_what_to_do() -> None:
    told = run("show", "1.999999", "--unit", "ben-truc")
    assert isinstance(told.exception, Refused)
    assert "dinhlang procedure list" in str(told.exception)
