"""Bulletins from the level above: read from files, sent by machines, each once, kept as they came."""

from __future__ import annotations

import base64
import json
import math
import re
import struct
import wave
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast import actions as board
from dinhlang.broadcast import queries
from dinhlang.broadcast.intake import actions, rules
from dinhlang.broadcast.intake.actions import Given
from dinhlang.broadcast.intake.reading import came
from dinhlang.broadcast.models import Bulletin, BulletinSource
from dinhlang.broadcast.rules.kinds import Kind, Language, Priority, Source
from dinhlang.broadcast.rules.sources import Received
from dinhlang.broadcast.rules.states import State
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.tests.test_bulletins import approved, let
from dinhlang.cli.bulletin import bulletin as command
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Unfit
from dinhlang.org.tests.clients import as_
from dinhlang.work import blobs

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Cast

SXH = Received(
    "Trung tâm Y tế khu vực Sông Lam",
    "Phòng chống sốt xuất huyết",
    "Bà con đậy kín chum vại.\nThả cá vào bể nước.",
    key="ttyt.2023.17",
    reference="45/TB-TTYT",
    priority=Priority.URGENT,
)
PAPER = """ỦY BAN NHÂN DÂN HUYỆN YÊN LẠC GIẢ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/TB-UBND
Yên Lạc Giả, ngày 10 tháng 7 năm 2023

THÔNG BÁO
Về việc tiêm phòng dại cho đàn chó, mèo

Ủy ban nhân dân huyện thông báo lịch tiêm phòng dại như sau:
1. Thôn Đông tiêm ngày 15/7/2023 tại nhà văn hóa.
2. Thôn Tây tiêm ngày 16/7/2023 tại nhà văn hóa.

Nơi nhận:
- Các xã;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Giả
"""


def tone(seconds: float = 1.5) -> bytes:
    """A WAV file with a tone that is loud enough to be heard."""
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        samples = (int(9000 * math.sin(at / 8)) for at in range(int(16000 * seconds)))
        file.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    return out.getvalue()


# --- files ------------------------------------------------------------------------------------------------------


@given(
    received=st.builds(
        Received,
        sender=st.just("Đài tỉnh"),
        title=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200),
        script=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400),
        key=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,30}", fullmatch=True),
        kind=st.sampled_from(Kind.values),
        priority=st.sampled_from(Priority.values),
        language=st.sampled_from(Language.values),
        valid_from=st.none() | st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    ),
    recording=st.binary(max_size=40),
)
def test_a_bulletin_file_says_what_was_written_in_it(received: Received, recording: bytes) -> None:
    read = rules.read_file(rules.as_file(received, recording, "audio/mpeg"))
    assert (read.received, read.recording) == (received, recording)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"form": "khac"}, "không phải tệp bản tin"),
        ({"version": 9}, "mẫu số 9"),
        ({"la": 1}, "phần không rõ: la"),
        ({"title": 5}, "“title” của bản tin phải là chữ"),
        ({"script": "a" * 60_001}, "tối đa 60000"),
        ({"kind": "khong-co"}, "“kind” của bản tin chỉ nhận"),
        ({"valid_until": "31/7/2023"}, "2026-07-20"),
        ({"key": "có dấu"}, "Mã của bản tin"),
        ({"recording": {"sha256": "0" * 64, "base64": base64.b64encode(b"ID3").decode()}}, "cắt mất"),
        ({"recording": {"sha256": "0" * 64, "base64": "%%%"}}, "bị hỏng"),
        ({"recording": "ID3"}, "phải kèm mã băm"),
    ],
)
def test_a_file_that_is_wrong_says_where(change: dict[str, Any], why: str) -> None:
    said = json.loads(rules.as_message(SXH)) | change
    with pytest.raises(Unfit, match=why):
        came(json.dumps(said).encode(), "tin.json")


@pytest.mark.parametrize("data", [b"{", b'{"form": NaN}', b"{" * 100_000, b"\xff{", b'{"a": "\xff"}'])
def test_what_is_no_json_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Unfit):
        rules.read_file(data)


def test_an_official_document_gives_its_subject_its_words_and_its_number() -> None:
    read = came(PAPER.encode(), "45-tb.txt").received
    assert read.title.endswith("iêm phòng dại cho đàn chó, mèo")
    assert read.reference == "45/TB-UBND"
    assert "YÊN LẠC GIẢ" in read.sender.upper()
    assert read.script.split("\n")[1] == "1. Thôn Đông tiêm ngày 15/7/2023 tại nhà văn hóa."
    assert "Nơi nhận" not in read.script
    assert "CHỦ TỊCH" not in read.script


def test_a_sheet_with_the_words_alone_is_read_line_by_line() -> None:
    read = came("BẢN TIN PHÁT THANH\nPhòng dại\n\nBà con chú ý.\n".encode(), "tin.txt").received
    assert (read.sender, read.title, read.script) == ("", "BẢN TIN PHÁT THANH", "Phòng dại\n\nBà con chú ý.")


# --- the desk ---------------------------------------------------------------------------------------------------

database = [pytest.mark.django_db, pytest.mark.integration]


def take(cast: Cast, data: bytes, name: str = "tin.json", **said: Any) -> actions.Taken:
    return actions.take_in_file(
        unit=cast.commune, data=data, name=name, given=Given(**said), by=cast.radio_operator, at=cast.now
    )


@pytest.mark.usefixtures("own_data", "clock_of_the_cast")
class TestFiles:
    pytestmark = database

    def test_the_same_file_is_taken_in_once_and_kept_as_it_came(self, cast: Cast) -> None:
        data = rules.as_message(SXH)
        taken = take(cast, data)
        bulletin = taken.bulletin
        assert (bulletin.state, bulletin.source, bulletin.priority) == (
            "draft",
            Source.ABOVE,
            Priority.URGENT,
        )
        assert (bulletin.sender, bulletin.reference) == (SXH.sender, SXH.reference)
        assert bulletin.draft is not None
        assert bulletin.draft.script == SXH.script
        assert [take(cast, data).is_new, take(cast, data, "ten-khac.json").bulletin] == [False, bulletin]
        # The same message laid out otherwise is the same message.
        again = json.dumps(json.loads(data), indent=4).encode()
        assert take(cast, again).bulletin == bulletin
        source = BulletinSource.objects.get()
        assert blobs.read(source.file) == data
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            BulletinSource.objects.update(name="khac")
        with pytest.raises(NotAllowed):
            actions.take_in_file(unit=cast.commune, data=data, name="", by=cast.neighbour, at=cast.now)

    def test_the_senders_mark_stands_for_one_text(self, cast: Cast) -> None:
        bulletin = take(cast, rules.as_message(SXH)).bulletin
        with pytest.raises(board.SaidOtherwise, match="mã mới"):
            take(cast, rules.as_message(replace(SXH, script="Lời khác.")))
        # Changing a word here does not make the sender's message another one.
        board.save_draft(
            bulletin=bulletin, words=Words("Tên khác", "Sửa."), seen=1, by=cast.radio_operator, at=cast.now
        )
        again = json.dumps(json.loads(rules.as_message(SXH)), indent=2).encode()
        assert take(cast, again).bulletin == bulletin
        page = (
            as_(cast.radio_operator).get(reverse("broadcast:bulletin", args=[bulletin.pk])).content.decode()
        )
        assert "lời đã sửa so với bản nhận" in page

    def test_a_document_without_a_sender_asks_who_sent_it(self, cast: Cast) -> None:
        operator, there = as_(cast.radio_operator), reverse("broadcast:intake")
        said = {"do": "take", "file": SimpleUploadedFile("tin.txt", "Phòng dại\nTiêm ngày mai.".encode())}
        assert "Ghi tên cơ quan gửi" in operator.post(there, said).content.decode()
        said["file"] = SimpleUploadedFile("tin.txt", "Phòng dại\nTiêm ngày mai.".encode())
        answer = operator.post(there, {**said, "sender": "Trạm thú y"})
        bulletin = Bulletin.objects.get()
        assert answer["Location"] == reverse("broadcast:bulletin", args=[bulletin.pk])
        assert (str(bulletin), bulletin.sender) == ("Phòng dại", "Trạm thú y")
        came_back = operator.get(reverse("broadcast:source", args=[bulletin.pk]))
        assert b"".join(came_back).decode() == "Phòng dại\nTiêm ngày mai."
        assert "Trạm thú y" in operator.get(there).content.decode()

    def test_the_command_takes_files_in_and_writes_them(self, cast: Cast, tmp_path: Path) -> None:
        good, bad = tmp_path / "tin.json", tmp_path / "hong.json"
        good.write_bytes(rules.as_message(SXH))
        bad.write_bytes(b"{")
        run = CliRunner().invoke(
            command, ["take-in", str(bad), str(good), "--unit", cast.commune.pk], catch_exceptions=False
        )
        assert (run.exit_code, "hong.json: Tệp bản tin hỏng" in run.stderr) == (1, True)
        assert run.stdout.endswith("đã nhận\tPhòng chống sốt xuất huyết\n")
        bulletin = Bulletin.objects.get()
        out = tmp_path / "ra.json"
        asked = ["write", str(bulletin.pk), "-o", str(out)]
        assert "chưa duyệt" in CliRunner().invoke(command, asked).stderr
        approved(cast, bulletin)
        assert CliRunner().invoke(command, asked).exit_code == 0
        assert rules.read_file(out.read_bytes()).received.script == SXH.script

    def test_what_nobody_can_read_leaves_nothing_behind(self, cast: Cast) -> None:
        for data, name in ((b"\x00\x01\x02", "tin.bin"), (b"PK\x03\x04rest", "tin.docx"), (b"", "tin.txt")):
            with pytest.raises(Unfit):
                take(cast, data, name, sender="Đài tỉnh")
        assert not Bulletin.objects.exists()

    def test_an_approved_bulletin_goes_as_a_file_with_its_recording_to_another_station(
        self, cast: Cast
    ) -> None:
        bulletin = take(cast, tone(), "Bai ca.wav", sender="Đài tỉnh", title="Tin tiếng Mông").bulletin
        assert bulletin.draft is not None
        assert bulletin.draft.recording_seconds in (1, 2)
        bulletin = approved(cast, bulletin)
        client = as_(cast.radio_operator)
        data = client.post(reverse("broadcast:file", args=[bulletin.pk])).content
        assert AuditEntry.objects.filter(action="bulletin.file").count() == 1
        read = rules.read_file(data)
        assert read.received.title == "Tin tiếng Mông"
        assert bulletin.approved is not None
        assert sha256(read.recording).hexdigest() == bulletin.approved.recording_id


# --- machines ---------------------------------------------------------------------------------------------------

MESSAGE = {"key": "ttyt.17", "title": "Phòng dại", "script": "Tiêm ngày 15/7.", "priority": "uu-tien"}


@pytest.mark.usefixtures("own_data", "clock_of_the_cast")
class TestMachines:
    pytestmark = database

    @pytest.fixture
    def sender(self, cast: Cast) -> Client:
        self.key, secret = actions.make_key(
            unit=cast.commune, sender="Đài tỉnh Giả", by=cast.culture_officer, at=cast.now
        )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    def post(self, client: Client, path: str, said: Any) -> Any:
        return client.post(f"/api/ban-tin/v1/{path}", json.dumps(said), "application/json")

    def test_a_message_is_taken_in_once_however_often_it_is_sent(self, sender: Client) -> None:
        first = self.post(sender, "bulletins", MESSAGE)
        assert (first.status_code, first.json()["state"]) == (201, "draft")
        assert self.post(sender, "bulletins", MESSAGE).status_code == 200
        other = self.post(sender, "bulletins", {**MESSAGE, "script": "Lời khác."})
        assert (other.status_code, "mã mới" in other.json()["message"]) == (409, True)
        bulletin = Bulletin.objects.get()
        # Whoever has the key is the sender, whatever a message says.
        assert (bulletin.sender, bulletin.priority) == ("Đài tỉnh Giả", Priority.URGENT)
        assert self.post(sender, "bulletins", {**MESSAGE, "sender": "Chính phủ"}).status_code == 422
        assert self.post(sender, "bulletins", {**MESSAGE, "key": "có dấu"}).status_code == 422

    def test_nothing_is_aired_that_the_commune_did_not_approve(self, cast: Cast, sender: Client) -> None:
        self.post(sender, "bulletins", {**MESSAGE, "priority": "khan-cap"})
        assert not queries.airable(cast.commune, cast.today, cast.today).exists()
        bulletin = Bulletin.objects.get()
        board.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
        let(cast, bulletin)
        told = sender.get("/api/ban-tin/v1/bulletins/ttyt.17").json()
        assert (told["state"], told["planned"], told["aired"]) == ("approved", 0, 0)
        assert told["approved_at"]

    def test_what_the_sender_takes_back_is_not_aired(self, cast: Cast, sender: Client) -> None:
        for number, until in enumerate(("draft", "passed-on", "approved")):
            self.post(sender, "bulletins", {**MESSAGE, "key": f"k{number}"})
            bulletin = Bulletin.objects.get(sender_key=f"k{number}")
            if until != "draft":
                board.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
            if until == "approved":
                let(cast, bulletin)
            assert self.post(sender, f"bulletins/k{number}/withdraw", {"reason": ""}).status_code == 422
            for _time in range(2):
                back = self.post(sender, f"bulletins/k{number}/withdraw", {"reason": "Sai ngày tiêm"})
                assert back.json()["state"] == ("withdrawn" if until == "approved" else "dropped")
            step = bulletin.steps.first()
            assert step is not None
            assert step.reason == "Sai ngày tiêm"
        assert not queries.airable(cast.commune, cast.today, cast.today).exists()

    def test_a_recording_comes_whole_or_not_at_all(self, cast: Cast, sender: Client) -> None:
        self.post(sender, "bulletins", {**MESSAGE, "language": "hmn"})
        there, data = "/api/ban-tin/v1/bulletins/ttyt.17/recording", tone()
        digest = sha256(data).hexdigest()

        def put(body: bytes, said: str) -> Any:
            return sender.put(there, body, "audio/wav", headers={"X-SHA256": said})

        assert put(data[:-100], digest).status_code == 422
        assert put(b"khong phai am thanh", sha256(b"khong phai am thanh").hexdigest()).status_code == 422
        assert put(data, digest).json()["recorded"] is True
        bulletin = Bulletin.objects.get()
        board.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
        assert put(data, digest).status_code == 409
        assert sender.get("/api/ban-tin/v1/bulletins/khong-co").status_code == 404

    def test_a_key_opens_its_own_bulletins_and_nothing_once_revoked(self, cast: Cast, sender: Client) -> None:
        self.post(sender, "bulletins", MESSAGE)
        _other, secret = actions.make_key(unit=cast.commune, sender="Sở Y tế Giả", by=None, at=cast.now)
        other = Client(headers={"Authorization": f"Bearer {secret}"})
        assert other.get("/api/ban-tin/v1/bulletins/ttyt.17").status_code == 404
        assert self.post(Client(), "bulletins", MESSAGE).status_code == 401
        with pytest.raises(NotAllowed):
            actions.make_key(unit=cast.commune, sender="Lạ", by=cast.neighbour, at=cast.now)
        officer = as_(cast.culture_officer)
        officer.post(reverse("broadcast:intake-key-revoke", args=[self.key.pk]) + f"?unit={cast.commune.pk}")
        assert self.post(sender, "bulletins", MESSAGE).status_code == 401
        assert Bulletin.objects.get().state == State.DRAFT

    def test_a_key_is_shown_once_on_the_page(self, cast: Cast) -> None:
        officer, there = as_(cast.culture_officer), reverse("broadcast:intake")
        assert (
            "dlb_"
            in officer.post(there, {"do": "key", "sender": "Đài tỉnh"}).content.decode().split("<code")[1]
        )
        page = officer.get(there).content.decode()
        assert "<code" not in page
        # Two forms ask who sends: each label leads to its own field.
        assert sorted(set(re.findall(r' id="([^"]+)"', page))) == sorted(re.findall(r' id="([^"]+)"', page))
