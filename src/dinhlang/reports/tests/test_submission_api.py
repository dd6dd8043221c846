"""Packages from a commune's own box: over real connections that are cut, with keys, and with what is wrong in them."""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.utils import timezone

from dinhlang.org.models import Position
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Role
from dinhlang.reports.models import Obligation, Submission, Upload
from dinhlang.reports.submission import actions, packing
from dinhlang.reports.submission.actions import uploads
from dinhlang.reports.submission.client import PATH, Client, NotSent
from dinhlang.reports.submission.rules import package
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.tests.submission_cast import asked, issued, owed, rewritten, sent

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


@pytest.fixture
def secret(cast: Cast, files: None) -> str:
    """A key of the commune, given out by the province."""
    return actions.make_key(
        unit=cast.commune, above=cast.province, name="Máy xã", by=None, at=timezone.now()
    )[1]


def test_a_key_is_given_out_by_the_administrator_above_and_only_its_hash_is_kept(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.make_key(unit=cast.commune, above=cast.province, name="x", by=cast.administrator, at=cast.now)
    Position.objects.create(
        person=cast.administrator, unit=cast.province, role=Role.ADMINISTRATOR, title="Quản trị tỉnh"
    )
    key, secret = actions.make_key(
        unit=cast.commune, above=cast.province, name=" Máy  xã ", by=cast.administrator, at=cast.now
    )
    assert key.name == "Máy xã"
    assert secret not in json.dumps([str(value) for value in vars(key).values()])
    assert uploads.key_of(secret, cast.now) == key
    actions.revoke_key(key=key, by=cast.administrator, at=cast.now)
    with pytest.raises(uploads.NoKey, match="thu hồi"):
        uploads.key_of(secret, cast.now)
    with pytest.raises(Refused, match="thu hồi rồi"):
        actions.revoke_key(key=key, by=cast.administrator, at=cast.now)


def test_a_package_is_taken_in_once_and_gives_the_same_receipt_again(cast: Cast, secret: str) -> None:
    data = packing.pack(owed(cast), issued(cast))
    status, receipt = sent(secret, data)
    assert (status, receipt["state"], receipt["unit"]) == (201, "received", "ben-truc")
    again, answer = sent(secret, data)
    assert (again, answer["receipt"]["number"]) == (200, receipt["number"])
    one = Submission.objects.get()
    assert (one.way, one.report, one.document["subject"]) == ("api", None, one.subject)
    assert one.figures.filter(has_evidence=True).exists()
    assert not Upload.objects.exists()
    points = [{"anchor": "", "key": "1", "quote": "", "said": "ghi rõ ngày"}]
    actions.return_submission(
        submission=one, reason="Bổ sung", points=points, by=cast.reviewer, at=timezone.now()
    )
    _ok, told = asked(secret, "GET", f"/submissions/{receipt['digest']}")
    assert (told["state"], told["reason"], told["points"][0]["said"]) == (
        "returned",
        "Bổ sung",
        "ghi rõ ngày",
    )


def test_a_key_opens_nothing_of_another_unit(cast: Cast, secret: str) -> None:
    data = packing.pack(owed(cast), issued(cast))
    _key, other = actions.make_key(
        unit=cast.neighbour_commune, above=cast.province, name="Máy bên", by=None, at=timezone.now()
    )
    status, told = sent(other, data)
    assert (status, "Dùng khóa của đúng đơn vị" in told["message"]) == (422, True)
    status, begun = asked(secret, "POST", "/uploads", {"digest": "a" * 64, "size": 9})
    assert asked(other, "GET", f"/uploads/{begun['upload']}")[0] == 404
    sent(secret, data)
    assert asked(other, "GET", f"/submissions/{package.digest_of(data)}")[0] == 404
    assert asked("dln_khong-co", "GET", "/uploads/x")[0] == 401
    assert Browser().get(f"{PATH}/uploads/x").status_code == 401


def figure_of_more(name: str, content: bytes) -> bytes:
    if name != "ledger.json":
        return content
    told = json.loads(content)
    for figure in told["figures"]:
        if figure["concept"] == "articles" and figure["value"] == "2":
            figure["value"] = "38"
    return json.dumps(told).encode()


def other_regime(name: str, content: bytes) -> bytes:
    return content.replace(b'"regime":"2019"', b'"regime":"2031"') if name == "manifest.json" else content


def other_schema(name: str, content: bytes) -> bytes:
    return (
        content.replace(b"dinhlang.package/1", b"dinhlang.package/9") if name == "manifest.json" else content
    )


def other_document(name: str, content: bytes) -> bytes:
    return content.replace("xã".encode(), b"xa") if name == "document.json" else content


def half_a_character(name: str, content: bytes) -> bytes:
    return content.replace(b"{", b'{"x":"\\ud800",', 1) if name == "document.json" else content


def lines_without_end(name: str, content: bytes) -> bytes:
    return content.replace(b'"lines":2', b'"lines":3000000000') if name == "ledger.json" else content


def hand_in_word(name: str, content: bytes) -> bytes:
    """The Word file with the figure inside a bookmark changed by hand."""
    if name != "report.docx":
        return content
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.infolist():
            text = source.read(one)
            if one.filename == "word/document.xml":
                start = text.index(b'w:name="fact_')
                end = text.index(b"</w:t>", start)
                at = text.rindex(b">", start, end) + 1
                text = text[:at] + b"38" + text[end:]
            target.writestr(one, text)
    return out.getvalue()


def bomb(_data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b"0" * (package.LARGEST_UNPACKED + 10))
    return out.getvalue()


WRONG: tuple[tuple[Callable[[bytes], bytes], str], ...] = (
    (lambda data: rewritten(data, figure_of_more), "cộng các dòng sổ được 2"),
    (lambda data: rewritten(data, other_regime), "bản 2031, còn kỳ này nộp theo bản 2019"),
    (lambda data: rewritten(data, other_schema), "mẫu “dinhlang.package/9”"),
    (
        lambda data: rewritten(data, other_document, is_signed=False),
        "document.json của gói nộp đã bị thay đổi",
    ),
    (lambda data: rewritten(data, hand_in_word), "không sửa tay văn bản đã phát hành"),
    (lambda data: rewritten(data, half_a_character), "document.json của gói nộp thiếu hoặc hỏng"),
    (lambda data: rewritten(data, lines_without_end), "Sổ số liệu trong gói thiếu hoặc sai giá trị"),
    (bomb, "bung ra quá 160 MB"),
    (lambda data: data[:300], "bị hỏng, không mở được"),
)


def test_what_is_wrong_is_said_in_one_sentence_and_nothing_of_it_is_kept(
    cast: Cast, secret: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    data = packing.pack(owed(cast), issued(cast))
    for wrong, said in WRONG:
        with django_capture_on_commit_callbacks(execute=True):
            status, told = sent(secret, wrong(data))
        assert (status, said in told["message"]) == (422, True), told
        assert not Submission.objects.exists()
        assert not Upload.objects.exists()
        assert not list((settings.DATA / "uploads").iterdir())


def test_altered_on_the_way_too_big_ceased_or_without_a_period_is_refused(cast: Cast, secret: str) -> None:
    row, report = owed(cast), issued(cast)
    data = packing.pack(row, report)
    status, told = sent(secret, data, digest="b" * 64)
    assert (status, "không khớp mã băm" in told["message"]) == (422, True)
    status, told = asked(secret, "POST", "/uploads", {"digest": "a" * 64, "size": package.LARGEST + 1})
    assert (status, "tối đa 50 MB" in told["message"]) == (413, True)
    Obligation.objects.filter(pk=row.pk).update(released_on=cast.today, released_why="Đã sáp nhập.")
    status, told = sent(secret, data)
    assert (status, "không còn phải nộp. Đã sáp nhập." in told["message"]) == (422, True)
    Obligation.objects.filter(pk=row.pk).update(period="2023-9M")
    status, told = sent(secret, data)
    assert (status, "không mở kỳ 2023-H1" in told["message"]) == (422, True)
    cast.commune.ends_on = cast.today
    cast.commune.save()
    status, told = sent(secret, data)
    assert (status, "đã kết thúc hoạt động" in told["message"]) == (422, True)


def test_parts_follow_each_other_and_the_offset_can_be_asked(cast: Cast, secret: str) -> None:
    _made, begun = asked(secret, "POST", "/uploads", {"digest": "a" * 64, "size": 6})
    path = f"/uploads/{begun['upload']}"
    assert asked(secret, "PATCH", f"{path}?offset=0", b"abc") == (200, {"offset": 3})
    status, told = asked(secret, "PATCH", f"{path}?offset=0", b"abc")
    assert (status, told["offset"]) == (409, 3)
    assert asked(secret, "POST", f"{path}/complete")[1]["offset"] == 3
    # What a killed process wrote beyond what the row says is written over.
    file = uploads.path_of(Upload.objects.get())
    file.write_bytes(file.read_bytes() + b"zzzzzz")
    assert asked(secret, "PATCH", f"{path}?offset=3", b"def") == (200, {"offset": 6})
    assert file.read_bytes() == b"abcdef"
    assert asked(secret, "POST", "/uploads", {"digest": "a" * 64, "size": 6})[1]["offset"] == 6


def test_the_description_for_programs_names_every_operation() -> None:
    told = Browser().get(f"{PATH}/openapi.json").json()
    assert {method for path in told["paths"].values() for method in path} == {"get", "post", "patch"}
    assert "bearer" in json.dumps(told["components"]["securitySchemes"]).lower()


# --- over real connections -------------------------------------------------------------------------


@pytest.fixture
def cutting(live_server: LiveServer) -> Iterator[str]:
    """The server behind a line that breaks: each connection carries a few kilobytes and is cut, until it holds."""
    listener = socket.create_server(("127.0.0.1", 0))
    limits = iter([0, 700, 30_000, 60_000, 90_000])

    lines: list[socket.socket] = []

    def cut(*ends: socket.socket) -> None:
        # Closing alone does not end a connection on which the other direction waits: the server would wait too, and keep
        # the session of the database that its thread has.
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def pump(source: socket.socket, target: socket.socket, most: int) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                target.sendall(data[:most])
                most -= len(data)
                if most <= 0:
                    break
        cut(source, target)

    def serve() -> None:
        host, port = live_server.thread.host, live_server.thread.port
        while True:
            try:
                near, _where = listener.accept()
            except OSError:
                return
            far = socket.create_connection((host, port))
            lines.extend((near, far))
            most = next(limits, 1 << 40)
            threading.Thread(target=pump, args=(near, far, most), daemon=True).start()
            threading.Thread(target=pump, args=(far, near, 1 << 40), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    cut(*lines)


def test_a_report_gets_there_over_a_line_that_is_cut_again_and_again(
    cutting: str, cast: Cast, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_PART", 20_000)
    row, report = owed(cast), issued(cast)
    data = packing.pack(row, report)
    client = Client(cutting, secret, pause=lambda _seconds: None)
    seen: list[int] = []
    receipt = client.send(data, lambda done, _of: seen.append(done))
    assert seen == sorted(set(seen))
    assert seen[-1] == len(data)
    assert client.send(data)["number"] == receipt["number"]
    assert Submission.objects.count() == 1
    assert client.take_back(receipt["digest"])["state"] == State.TAKEN_BACK
    with pytest.raises(NotSent, match="đã rút"):
        client.take_back(receipt["digest"])


def test_nothing_is_sent_where_others_could_read_the_key() -> None:
    with pytest.raises(NotSent, match="https://"):
        Client("http://tinh.example.vn", "dln_x")


def test_the_box_of_a_commune_keeps_the_receipt_and_follows_what_is_decided(cast: Cast, files: None) -> None:
    """The sending side alone: the other side is a client that answers as the server does."""
    row, report = owed(cast), issued(cast)
    data = packing.pack(row, report)

    class Above(Client):
        state = "received"

        def __init__(self) -> None:
            pass

        def send(self, package: bytes, told: Any = None) -> dict[str, Any]:
            assert package == data
            return self.standing("")

        def standing(self, digest: str) -> dict[str, Any]:
            at = (cast.now + timedelta(minutes=5)).isoformat()
            return {
                "number": "12/TN-2023", "submitted_at": at, "received_at": at, "state": self.state,
                "reason": "Bổ sung", "points": [], "decided_at": at,
            }  # fmt: skip

    above = Above()
    made = actions.send_report(
        report=report, client=above, server="https://tinh.example.vn", by=None, at=cast.now
    )
    again = actions.send_report(
        report=report, client=above, server="https://tinh.example.vn", by=None, at=cast.now
    )
    assert (again, made.receipt_number, made.place) == (made, 12, "https://tinh.example.vn")
    above.state = "returned"
    actions.ask_standing(submission=made, client=above, at=cast.now)
    made.refresh_from_db()
    assert (made.state, row.submissions.count()) == (State.RETURNED, 1)
