"""What goes wrong between two honest sides: replayed, written by another outline, answers lost, a merger dated too early."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from dinhlang.org.changes import actions as changes
from dinhlang.org.changes.rules import from_json
from dinhlang.org.rules import Refused
from dinhlang.reports.models import Obligation, Submission, SubmissionStep, Upload
from dinhlang.reports.submission import actions, packing, showing
from dinhlang.reports.submission.actions import uploads
from dinhlang.reports.submission.client import Client
from dinhlang.reports.submission.rules import package
from dinhlang.reports.tests.submission_cast import issued, owed, rewritten, sent
from dinhlang.work.concepts import CONCEPTS

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def secret(cast: Cast, tmp_path: Path, settings: Settings) -> str:
    """A key of the commune, given out by the province."""
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    return actions.make_key(
        unit=cast.commune, above=cast.province, name="Máy xã", by=None, at=timezone.now()
    )[1]


def later(data: bytes) -> bytes:
    """The same report with another word in it, as the one that replaces it."""
    return rewritten(
        data, lambda name, part: part.replace(b"{", b'{"x":1,', 1) if name == "document.json" else part
    )


def test_a_package_sent_once_more_gives_its_own_receipt_and_pushes_nothing_aside(
    cast: Cast, secret: str
) -> None:
    first = packing.pack(owed(cast), issued(cast))
    _made, receipt = sent(secret, first)
    actions.return_submission(
        submission=Submission.objects.get(), reason="Bổ sung", points=[], by=cast.reviewer, at=timezone.now()
    )
    assert sent(secret, later(first))[0] == 201
    holds = Submission.objects.get(number=2)
    actions.accept_submission(submission=holds, by=cast.reviewer, at=timezone.now())
    steps = SubmissionStep.objects.count()
    for _turn in range(2):
        status, again = sent(secret, first)
        assert (status, again["receipt"]["number"]) == (200, receipt["number"])
    assert list(Submission.objects.order_by("number").values_list("state", flat=True)) == [
        "replaced",
        "accepted",
    ]
    assert SubmissionStep.objects.count() == steps


def test_a_report_by_another_version_of_the_outline_is_taken_in_named_and_told_what_it_lacks(
    cast: Cast, secret: str
) -> None:
    def other(name: str, part: bytes) -> bytes:
        if name == "manifest.json":
            return part.replace(b'"outline":"default/1"', b'"outline":"default/99"')
        if name == "ledger.json":
            told = json.loads(part)
            told["figures"] = [one for one in told["figures"] if one["concept"] != "articles"]
            return json.dumps(told).encode()
        return part

    status, _receipt = sent(secret, rewritten(packing.pack(owed(cast), issued(cast)), other))
    assert status == 201
    one = Submission.objects.select_related("obligation__regime").get()
    assert one.outline_version == "default/99"
    assert CONCEPTS["articles"].label in showing.lacking(one, showing.figures_of(one))


def test_a_receipt_that_was_lost_on_the_way_is_asked_for_and_nothing_is_sent_again(
    live_server: LiveServer, cast: Cast, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import urllib3

    data = packing.pack(owed(cast), issued(cast))
    client = Client(live_server.url, secret, pause=lambda _seconds: None)
    request, lost = client._pool.request, []

    def losing(method: str, url: str, **more: Any) -> Any:
        answer = request(method, url, **more)
        if url.endswith("/complete") and not lost:
            lost.append(answer)
            raise urllib3.exceptions.ProtocolError("cut")
        return answer

    monkeypatch.setattr(client._pool, "request", losing)
    receipt = client.send(data)
    assert (receipt["digest"], len(lost)) == (package.digest_of(data), 1)
    assert Submission.objects.count() == 1
    assert not Upload.objects.exists()


def test_a_database_that_does_not_answer_is_told_with_when_to_come_again(
    cast: Cast, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_given: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    data = packing.pack(owed(cast), issued(cast))
    with monkeypatch.context() as away:
        away.setattr(uploads, "begin_upload", gone)
        status, told = sent(secret, data)
        assert (status, told["message"]) == (503, "Máy nhận đang bận. Xin gửi lại sau một phút.")
    assert sent(secret, data)[0] == 201


def test_a_merger_dated_before_a_report_from_the_communes_own_box_is_refused(cast: Cast, secret: str) -> None:
    assert sent(secret, packing.pack(owed(cast), issued(cast)))[0] == 201
    one = Submission.objects.get()
    on = date(2023, 7, 1)
    wanted = {
        "kind": "merge",
        "basis": "NQ 9/NQ-HĐND ngày 1/6/2023",
        "units": ["ben-truc", cast.neighbour_commune.pk],
        "targets": [{"kind": "xã", "name": "Bến Mới", "code": "99999"}],
    }
    refused = [
        words
        for told in changes.rehearse(
            asked=[from_json({**wanted, "on": on.isoformat()})], by=None, at=timezone.now()
        )
        for words in told.refusals
    ]
    assert any("Xã Bến Trúc đã nộp" in words and "Chọn ngày muộn hơn" in words for words in refused)
    assert one.document_on is not None
    with pytest.raises(Refused, match="Chọn ngày muộn hơn"):
        changes.apply(asked=[from_json({**wanted, "on": on.isoformat()})], by=None, at=timezone.now())
    after = one.document_on + timedelta(days=1)
    changes.apply(asked=[from_json({**wanted, "on": after.isoformat()})], by=None, at=timezone.now())
    one.refresh_from_db()
    assert (one.obligation.unit_id, one.state) == ("ben-truc", "received")
    assert (
        not Obligation.objects.filter(unit="ben-truc", released_on=None)
        .exclude(pk=one.obligation_id)
        .exists()
    )
