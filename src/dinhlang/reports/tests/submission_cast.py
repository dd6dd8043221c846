"""What tests of submission begin with: a commune that owes a report, and the report."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.test import Client as Browser

from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Programme, Report
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.submission.actions import uploads
from dinhlang.reports.submission.client import PATH
from dinhlang.reports.submission.rules import package
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import Count, LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast

H1 = Period.parse("2023-H1")


def owed(cast: Cast) -> Obligation:
    """What the commune owes for the first half year."""
    import_shipped(at=cast.now)
    open_period(programme=Programme.objects.get(pk=PROGRAMME), period=H1, at=cast.now)
    return Obligation.objects.get(unit=cast.commune, programme=PROGRAMME, period=str(H1))


def issued(cast: Cast) -> Report:
    """The commune's report of two articles, one with the link that shows it, issued."""
    for day, link in ((5, "https://bentruc.example.vn/tin/1"), (6, "")):
        record_activity(
            unit=cast.commune,
            kind="website",
            happened_on=date(2023, 3, day),
            title=f"Bài về cải cách hành chính {day}",
            measures={"articles": 1, "visits": Count(3500, "hơn")} if link else {"articles": 1},
            evidence=[LinkEvidence(link)] if link else [],
            by=cast.culture_officer,
            at=cast.now,
        )
    draft = draft_report(unit=cast.commune, period=H1, by=cast.culture_officer, at=cast.now)
    return issue_report(report=draft, on=cast.today, by=None, at=cast.now)


def asked(secret: str, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, dict[str, Any]]:
    kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
    data = body if isinstance(body, bytes) else json.dumps(body) if body is not None else ""
    answer = Browser().generic(
        method, PATH + path, data, content_type=kind, headers={"Authorization": f"Bearer {secret}"}, **more
    )
    return answer.status_code, answer.json()


def sent(secret: str, data: bytes, digest: str = "") -> tuple[int, dict[str, Any]]:
    """Send a package as a program would, in one part."""
    status, begun = asked(
        secret, "POST", "/uploads", {"digest": digest or package.digest_of(data), "size": len(data)}
    )
    if status != 201:
        return status, begun
    path = f"/uploads/{begun['upload']}"
    step = uploads.LARGEST_PART
    for at in range(0, len(data), step):
        assert asked(secret, "PATCH", f"{path}?offset={at}", data[at : at + step])[0] == 200
    return asked(secret, "POST", f"{path}/complete")


def rewritten(data: bytes, change: Callable[[str, bytes], bytes], *, is_signed: bool = True) -> bytes:
    """The package with parts changed; with `is_signed` its manifest names the changed ones."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    manifest = json.loads(parts["manifest.json"])
    if is_signed:
        for name in manifest["parts"]:
            manifest["parts"][name] = {"sha256": package.digest_of(parts[name]), "size": len(parts[name])}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else content)
    return out.getvalue()
