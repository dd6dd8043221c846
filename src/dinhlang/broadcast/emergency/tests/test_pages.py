"""Emergencies on the desk, as the operator and the leader use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dinhlang.broadcast.emergency import actions, cap
from dinhlang.broadcast.emergency.tests.test_cap import message
from dinhlang.broadcast.emergency.tests.test_emergencies import (
    Box,
    attached,
    issued,
    proposed,
    tone,
)
from dinhlang.broadcast.models import Emergency
from dinhlang.broadcast.tests.test_pages import said
from dinhlang.cli.emergency import emergency as command
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

FORM = {
    "status": "actual", "event": "Lũ quét", "headline": "Lũ quét ở suối Cạn", "area": "thôn Đông", "hours": "6",
    "words": "Nước lên nhanh. Bà con lên nhà văn hóa.", "repeats": "2", "category": "Met", "urgency": "Immediate",
    "severity": "Severe", "certainty": "Likely",
}  # fmt: skip


def step(client: Client, emergency: Emergency, do: str, **more: str) -> str:
    answer = client.post(
        reverse("broadcast:emergency-step", args=[emergency.pk]), {"do": do, **more}, follow=True
    )
    return str(answer.content.decode())


def test_the_operator_writes_and_proposes_the_leader_sends_and_both_see_who_heard_it(cast: Cast) -> None:
    operator, chair, box = as_(cast.radio_operator), as_(cast.chair), Box(cast)
    assert "Chưa có thông điệp khẩn cấp nào" in said(operator, "broadcast:emergencies")
    assert operator.post(reverse("broadcast:emergency-new"), FORM).status_code == 302
    emergency = attached(Emergency.objects.get(), cast, 3)
    assert "Đã đề nghị phát" in step(operator, emergency, "propose")
    assert "chờ phát lệnh" in said(chair, "desk:home")
    page = said(chair, "broadcast:emergency", emergency.pk)
    assert "Phát lệnh, loa phát ngay" in page
    assert chair.get(reverse("broadcast:emergency-sound", args=[emergency.pk])).content == tone()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "Đã phát lệnh" in step(chair, emergency, "issue", seen=seen)
    assert "chưa trả lời" in said(operator, "broadcast:emergency", emergency.pk)
    box.heard(emergency)
    box.aired(emergency)
    page = said(operator, "broadcast:emergency", emergency.pk)
    assert "1/1 máy đã nhận, 1/1 máy đã phát." in page
    assert "Đang có hiệu lực" in said(operator, "broadcast:emergencies")
    assert b"urn:oasis" in operator.get(reverse("broadcast:emergency-cap", args=[emergency.pk])).content
    assert "Đã lập bản nháp" in step(operator, emergency, "cancel")
    cancel = Emergency.objects.get(message="cancel")
    assert "đã được hủy" in said(operator, "broadcast:emergency", cancel.pk)


def test_who_proposed_it_is_told_to_ask_another_leader(cast: Cast) -> None:
    emergency = proposed(cast, by=cast.chair)
    page = said(as_(cast.chair), "broadcast:emergency", emergency.pk)
    assert "Nhờ một lãnh đạo khác" in page
    assert "loa phát ngay" not in page
    assert as_(cast.neighbour).get(reverse("broadcast:emergency", args=[emergency.pk])).status_code == 404


def test_a_draft_is_changed_but_not_made_real(cast: Cast) -> None:
    operator = as_(cast.radio_operator)
    operator.post(reverse("broadcast:emergency-new"), {**FORM, "status": "test", "words": ""})
    assert not Emergency.objects.exists()
    operator.post(reverse("broadcast:emergency-new"), {**FORM, "status": "test"})
    emergency = Emergency.objects.get()
    edit = reverse("broadcast:emergency-edit", args=[emergency.pk])
    operator.post(edit, {**FORM, "status": "actual", "headline": "Thử loa", "seen": "1"})
    emergency.refresh_from_db()
    assert (emergency.headline, emergency.status) == ("Thử loa", "test")
    assert "Người khác vừa sửa" in operator.post(edit, {**FORM, "seen": "1"}).content.decode()


def test_the_list_is_searched_narrowed_and_taken_away_as_a_table(cast: Cast) -> None:
    operator, box = as_(cast.radio_operator), Box(cast)
    flood = issued(cast)
    proposed(cast, pitch=4, status="exercise", headline="Cháy chợ", words="Chợ Bến cháy.")
    box.heard(flood)

    def listed(**asked: str) -> list[bool]:
        page = operator.get(reverse("broadcast:emergencies"), asked).content.decode()
        table = page.partition("<tbody>")[2].partition("</tbody>")[0]
        return ["Lũ quét ở suối Cạn" in table, "Cháy chợ" in table]

    assert listed() == [True, True]
    assert listed(q="suoi can") == [True, False]
    assert listed(q="ben chay") == [False, True]
    assert listed(status="exercise") == [False, True]
    assert listed(state="issued", message="alert") == [True, False]
    assert listed(q="động đất") == [False, False]
    assert listed(year="2023", state="vớ vẩn") == [True, True]
    answer = operator.post(reverse("broadcast:emergency-export", args=["csv"]) + "?q=suoi+can")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(rows) == 2
    assert rows[0].startswith("Thông điệp,")
    assert rows[1].startswith("Báo động: Lũ quét ở suối Cạn,Thật,")
    assert rows[1].endswith(",1")
    assert AuditEntry.objects.get(action="emergency.export").detail == {"rows": 1, "form": "csv"}
    assert operator.post(reverse("broadcast:emergency-export", args=["doc"])).status_code == 404


def test_a_cap_file_is_taken_in_listed_and_written_by_commands(cast: Cast, tmp_path: Path) -> None:
    good, bad, out = tmp_path / "lu.xml", tmp_path / "hong.xml", tmp_path / "ra.xml"
    good.write_bytes(message())
    bad.write_bytes(b"PK")
    asked = ["take-in", str(bad), str(good), "--unit", cast.commune.pk]
    for told in ("đã nhận\t", "đã nhận trước\t"):
        run = CliRunner().invoke(command, asked, catch_exceptions=False)
        assert (run.exit_code, "hong.xml: Tệp không phải XML" in run.stderr) == (1, True)
        assert f"\t{told}Báo động: Lũ quét trên sông Mẫu" in run.stdout
    draft = Emergency.objects.get()
    write = ["write", str(draft.pk), "-o", str(out)]
    assert "chưa phát lệnh" in CliRunner().invoke(command, write).stderr
    assert "Không có thông điệp" in CliRunner().invoke(command, ["write", "7777", "-o", str(out)]).stderr
    sent = issued(cast, pitch=5)
    run = CliRunner().invoke(command, ["list", "--unit", cast.commune.pk, "--words", "suoi"])
    assert run.stdout.split("\t")[0] == str(sent.pk)
    assert run.stdout.count("\n") == 1
    assert CliRunner().invoke(command, ["write", str(sent.pk), "-o", str(out)]).exit_code == 0
    assert cap.read(out.read_bytes()).headline == "Lũ quét ở suối Cạn"


def test_a_cap_file_becomes_a_draft_and_a_wrong_one_says_why(cast: Cast) -> None:
    operator = as_(cast.radio_operator)

    def sent(data: bytes) -> Any:
        file = SimpleUploadedFile("tin.xml", data)
        return operator.post(reverse("broadcast:emergency-take-in"), {"file": file}, follow=True)

    assert "Lũ quét trên sông Mẫu" in sent(message()).content.decode()
    assert "không phải XML" in sent(b"PK").content.decode()
    assert "Tệp" in operator.post(reverse("broadcast:emergency-take-in"), follow=True).content.decode()


def test_a_recording_is_evened_and_laid_beside_a_draft(cast: Cast) -> None:
    made = actions.write(
        unit=cast.commune,
        told=_told(cast),
        by=cast.radio_operator,
        at=cast.now,
    )
    address = reverse("broadcast:emergency-recording", args=[made.pk])
    operator = as_(cast.radio_operator)
    operator.post(address, {"recording": SimpleUploadedFile("a.wav", tone(2), "audio/wav")})
    made.refresh_from_db()
    assert made.seconds == 2
    assert not made.is_spoken_by_machine
    answer = operator.post(address, {"recording": SimpleUploadedFile("a.wav", b"x")}, follow=True)
    assert "không" in answer.content.decode()


def _told(cast: Cast) -> Any:
    from dinhlang.broadcast.emergency.tests.test_emergencies import flood

    return flood(cast.now)
