"""`dinhlang personal`: what is counted, written and refused at the command line."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from dinhlang.citizens import actions
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.training.tests import test_classes as training
from dinhlang.cli.personal import personal

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [pytest.mark.integration, pytest.mark.one_database, pytest.mark.django_db]

NAME = "Nguyễn Thị Thử"


@pytest.fixture
def receipt(cast: Cast, settings: Any, tmp_path: Path) -> actions.Receipt:
    settings.DATA = tmp_path
    return actions.submit(
        unit=cast.commune,
        told=Told("Đèn đường đầu thôn cháy đã hai tuần, buổi tối rất khó đi.", "dien-nuoc"),
        sender=Sender(NAME, "0900000001", "", "Thôn Thượng"),
        way=Way.WEB,
        key="0123456789abcdef0123456789abcdef",
        at=cast.now,
    )


def told(*words: object) -> tuple[int, str]:
    found = CliRunner().invoke(personal, [str(word) for word in words])
    return found.exit_code, found.output + str(found.exception or "")


def test_a_dry_run_counts_and_erases_nothing_then_it_goes_and_is_reported(
    cast: Cast, receipt: actions.Receipt
) -> None:
    Case.objects.update(ended_at=cast.now.replace(year=2020))
    code, output = told("retention", "--dry-run")
    assert code == 0
    assert "citizens.Case.sender_name\t1" in output
    assert NAME not in output
    assert Case.objects.get().sender_name
    assert "Chưa xem lần nào." in told("report")[1]
    code, output = told("retention")
    assert code == 0
    assert "Lần này đã xóa dữ liệu trong 1 dòng." in output
    assert not Case.objects.get().sender_name
    assert "Chưa có gì hết thời hạn lưu." in told("retention", "--dry-run")[1]
    assert "citizens.Case.sender_name\t1" in told("report")[1]


def test_a_person_takes_out_what_is_stored_with_the_code_and_the_pin(
    receipt: actions.Receipt, tmp_path: Path
) -> None:
    target = tmp_path / "ra.zip"
    code, output = told("export", "--case", receipt.code, "--pin", receipt.pin, "-o", target)
    assert code == 0, output
    with zipfile.ZipFile(target) as archive:
        found = json.loads(archive.read("du-lieu.json"))
    assert found["rows"]["Case"][0]["sender_name"] == NAME
    assert NAME not in output
    wrong = tmp_path / "sai.json"
    assert "không đúng" in told("export", "--case", receipt.code, "--pin", "1", "-o", wrong)[1]
    assert not wrong.exists()


def test_a_person_is_erased_after_the_end_only(cast: Cast, receipt: actions.Receipt) -> None:
    assert "chưa giải quyết xong" in told("erase", "--case", receipt.code, "--request", "Đơn số 5")[1]
    Case.objects.update(ended_at=cast.now)
    code, output = told("erase", "--case", receipt.code, "--dry-run")
    assert code == 0
    assert "Chưa xóa gì." in output
    assert Case.objects.get().sender_name
    assert "số, ngày" in told("erase", "--case", receipt.code)[1]
    assert told("erase", "--case", receipt.code, "--request", "Đơn số 5")[0] == 0
    assert not Case.objects.get().sender_name


def test_a_guest_of_a_class_goes_by_the_code_that_the_desk_shows(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    first, second = training.GUESTS[:2]
    mine = next(row for row in training.made(cast).guests.all() if row.phone.shown() == first.phone)
    target = tmp_path / "ra.json"
    code, output = told("export", "--guest", mine.code.lower(), "-o", target)
    assert code == 0, output
    assert first.phone in target.read_text("utf-8")
    assert second.name not in target.read_text("utf-8")
    assert told("erase", "--guest", mine.code, "--request", "Đơn số 6")[0] == 0
    mine.refresh_from_db()
    assert not any((mine.name, mine.phone, mine.phone_mark))


@pytest.mark.parametrize(
    "words",
    [("erase",), ("erase", "--case", "a", "--dossier", "b"), ("export", "--case", "a", "-o", "a.txt")],
)
def test_wrong_use_is_told_in_one_sentence(words: tuple[str, ...]) -> None:
    code, output = told(*words)
    assert code != 0
    assert "Hãy cho một mã" in output or "phải kết thúc" in output


def test_every_field_is_printed_with_its_term(db: None) -> None:
    code, output = told("fields")
    assert code == 0
    line = next(one for one in output.splitlines() if one.startswith("citizens.CaseWords.words\t"))
    assert "24 tháng sau khi phản ánh, kiến nghị kết thúc" in line
