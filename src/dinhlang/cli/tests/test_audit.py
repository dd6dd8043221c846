"""The operator checks the chains of the audit and takes the audit away as a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from django.db import connection

from dinhlang.cli.audit import audit
from dinhlang.cli.doctor import _chains
from dinhlang.org import actions
from dinhlang.org.ledger_triggers import PREFIX
from dinhlang.org.models import AuditEntry
from dinhlang.org.rules.chain import Link

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def entries(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dinhlang.config.start.ready", lambda: None)
    for number in range(3):
        actions.audit(
            by=cast.chair,
            at=cast.now,
            action="plan.import",
            target=f"work.plan:{number}",
            unit=cast.commune,
            detail={"file": "=kế hoạch.docx", "tasks": number},
        )


def run(*arguments: str, code: int = 0) -> str:
    found = CliRunner().invoke(audit, arguments, standalone_mode=False)
    assert (found.return_value or 0) == code, found.output
    return found.output


def cut_off_the_newest() -> None:
    with connection.cursor() as cursor:
        of_table = " ON org_auditentry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {PREFIX}delete_org_auditentry{of_table}")
        cursor.execute("DELETE FROM org_auditentry WHERE number = 3")


def test_whole_chains_are_said_to_be_whole_and_heads_are_printed() -> None:
    told = run("verify", "--heads")
    assert "Nhật ký nguyên vẹn: 4 dòng trong 2 chuỗi." in told
    assert f"ben-truc\t3\t{AuditEntry.objects.latest('pk').entry_hash}" in told
    assert _chains().is_there


def test_a_chain_that_was_cut_is_named_and_the_command_fails() -> None:
    cut_off_the_newest()
    told = run("verify", code=1)
    assert "“ben-truc” bị đứt ở dòng số 3" in told
    finding = _chains()
    assert not finding.is_there
    assert "đứt ở dòng 3" in str(finding)


def test_whoever_gets_the_file_can_check_the_chain(tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.jsonl"
    run("export", "-o", str(file))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 4
    for row, entry in zip(
        rows, AuditEntry.objects.exclude(action="audit.export").order_by("pk"), strict=True
    ):
        link = Link(
            number=row["number"],
            at=entry.at,
            by=row["by"],
            unit=row["unit"],
            action=row["action"],
            target=row["target"],
            detail=row["detail"],
            previous_hash=row["previous"],
        )
        assert link.hashed() == row["hash"]
    assert AuditEntry.objects.latest("pk").action == "audit.export"


def test_one_units_audit_is_a_table_for_excel(tmp_path: Path) -> None:
    file = tmp_path / "nhat-ky.csv"
    run("export", "-o", str(file), "--unit", "ben-truc")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert AuditEntry.objects.latest("pk").unit_id == "ben-truc"


@pytest.mark.parametrize("name", ["nhat-ky.txt", "khong-co/nhat-ky.csv"])
def test_a_file_that_cannot_be_is_refused_before_anything_is_noted(tmp_path: Path, name: str) -> None:
    found = CliRunner().invoke(audit, ["export", "-o", str(tmp_path / name)])
    assert found.exit_code == 2
    assert not AuditEntry.objects.filter(action="audit.export").exists()
