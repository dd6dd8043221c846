"""`dinhlang report send` and `sent`: the operator of a commune's own box sends, asks, takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from dinhlang.cli.main import root
from dinhlang.reports.models import Submission
from dinhlang.reports.submission import client, packing
from dinhlang.reports.submission.rules.package import digest_of
from dinhlang.reports.tests.submission_cast import issued, owed

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ABOVE = "https://tinh.example.vn"
PERIOD = ("--unit", "ben-truc", "--period", "2023-H1", "--to")


class Above(client.Client):
    """The server of the level above, as it answers; what it was asked is kept."""

    state = "received"
    keys: list[str]
    packages: list[bytes]

    def __init__(self, server: str, key: str) -> None:
        super().__init__(server, key)
        self.keys.append(key)

    def send(self, package: bytes, told: Any = None) -> dict[str, Any]:
        self.packages.append(package)
        told(len(package) // 2, len(package))
        told(len(package), len(package))
        return self.standing(digest_of(package))

    def standing(self, digest: str) -> dict[str, Any]:
        at = timezone.now().isoformat()
        return {
            "number": "12/TN-2023", "digest": digest, "submitted_at": at, "received_at": at, "decided_at": at,
            "state": self.state, "reason": "Bổ sung trong tuần.",
            "points": [{"anchor": "a", "key": "", "quote": "Tin, bài: 2", "said": "thiếu bài ngày 7/3"}],
        }  # fmt: skip

    def take_back(self, digest: str) -> dict[str, Any]:
        if self.state != "received":
            raise client.NotSent("Máy nhận từ chối: đã có quyết định.")
        type(self).state = "taken-back"
        return self.standing(digest)


@pytest.fixture(autouse=True)
def above(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> type[Above]:
    """An issued report on the box, and a level above that answers."""
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr(client, "Client", Above)
    for name, value in (("state", "received"), ("keys", []), ("packages", [])):
        monkeypatch.setattr(Above, name, value, raising=False)
    owed(cast)
    issued(cast)
    return Above


def run(*arguments: object, key: str = "dln_thu") -> Result:
    return CliRunner().invoke(
        root, ["report", *map(str, arguments)], env={"DINHLANG_SUBMISSION_KEY": key or None}
    )


def said(*arguments: object) -> str:
    ran = run(*arguments)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_send_tells_how_far_it_is_and_the_number_and_sends_the_same_package_again(
    above: type[Above], tmp_path: Path
) -> None:
    # As some editors write it: a mark before the text, a line end behind.
    file = tmp_path / "khoa.txt"
    file.write_bytes(b"\xef\xbb\xbfdln_trong-tep\r\n")
    ran = run("send", *PERIOD, f"{ABOVE}/", "--key-file", file)
    assert ran.exit_code == 0, ran.output
    assert "Đã gửi 100%" in ran.stderr
    made = Submission.objects.get()
    assert ran.stdout.splitlines() == [
        f"Cấp trên đã tiếp nhận, số 12/TN-2023. Mã băm {made.digest}",
        "Tình trạng: đã nhận, chờ xem",
    ]
    assert above.keys == ["dln_trong-tep"]
    assert "số 12/TN-2023" in said("send", *PERIOD, ABOVE)
    assert above.packages == [packing.pack(made.obligation, made.report)] * 2
    assert Submission.objects.get().place == ABOVE


def test_sent_tells_what_was_returned_and_writes_it_down_here(above: type[Above]) -> None:
    said("send", *PERIOD, ABOVE)
    assert said("sent", *PERIOD, f"{ABOVE}/") == "Số tiếp nhận 12/TN-2023: đã nhận, chờ xem\n"
    above.state = "returned"
    assert said("sent", *PERIOD, ABOVE).splitlines() == [
        "Số tiếp nhận 12/TN-2023: bị trả lại",
        "Bổ sung trong tuần.",
        "- Tin, bài: 2: thiếu bài ngày 7/3",
    ]
    assert Submission.objects.get().state == "returned"
    refused = run("sent", *PERIOD, ABOVE, "--take-back")
    assert isinstance(refused.exception, client.NotSent)
    assert Submission.objects.get().state == "returned"


def test_what_was_taken_back_there_is_taken_back_here() -> None:
    said("send", *PERIOD, ABOVE)
    assert said("sent", *PERIOD, ABOVE, "--take-back") == "Số tiếp nhận 12/TN-2023: đã rút\n"
    assert Submission.objects.get().state == "taken-back"


@pytest.mark.parametrize(
    ("arguments", "key", "told"),
    [
        (("send", *PERIOD, ABOVE), "", "Chưa có khóa nộp báo cáo"),
        (("send", *PERIOD, "http://tinh.example.vn"), "dln_thu", "phải bắt đầu bằng https://"),
        (("sent", *PERIOD, ABOVE), "dln_thu", "chưa nộp lên máy đó"),
        (
            ("send", "--unit", "ben-truc", "--period", "2023-Q1", "--to", ABOVE),
            "dln_thu",
            "chưa có báo cáo đã phát hành",
        ),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(arguments: tuple[str, ...], key: str, told: str) -> None:
    ran = run(*arguments, key=key)
    assert ran.exit_code
    assert told in ran.output + str(ran.exception)
    assert not Submission.objects.exists()
