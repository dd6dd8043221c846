"""Twenty photos of 20 MB in one form, and a whole gallery: through the real parser of forms, as a browser sends them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dinhlang.citizens.models import Case, CaseFile
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.voices.tests.test_voices import NAMED, WORDS, codes_of, filled
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

MB = 1024 * 1024
BOUNDARY = "ranh-gioi-cua-bieu-mau"
MOST_MEMORY = 40 * MB


class Body(io.RawIOBase):
    """What a browser sends, made while it is read: of 400 MB never more than a piece is there."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts, self._left = parts, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (part := next(self._parts, b"")):
            self._left += part
        given, self._left = self._left[:size], self._left[size:]
        return given


def head(name: str, file: str = "") -> bytes:
    kind = f'; filename="{file}"\r\nContent-Type: image/jpeg' if file else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n'.encode()


def sent(
    client: Client, address: str, fields: dict[str, Any], files: list[tuple[str, int]], first: bytes
) -> Any:
    """A form with files of so many MB, each beginning like a photo; 0 is one whole small photo."""
    piece = b"0123456789abcdef" * (MB // 16)
    named = [head(name) + str(words).encode() + b"\r\n" for name, words in fields.items()]
    parts = [
        chain([head("photos", name) + first], repeat(piece, megabytes), [b"\r\n"])
        for name, megabytes in files
    ]
    heads = sum(len(head("photos", name)) + len(first) + 2 for name, _megabytes in files)
    end = f"--{BOUNDARY}--\r\n".encode()
    length = sum(map(len, named)) + heads + MB * sum(megabytes for _name, megabytes in files) + len(end)
    return client.request(
        **{
            "PATH_INFO": address,
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}",
            "CONTENT_LENGTH": str(length),
            "wsgi.input": Body(chain(named, chain.from_iterable(parts), [end])),
        }
    )


def memory(name: str) -> int:
    """What this process holds, as the kernel says, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


@pytest.fixture
def address(settings: Any, tmp_path: Any, cast: Cast) -> str:
    settings.DATA, settings.BLOBS, settings.FILE_UPLOAD_TEMP_DIR = tmp_path, tmp_path / "blobs", str(tmp_path)
    cache.clear()
    site = make_site(unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now)
    registry.forget()
    return f"/{site.path}/phan-anh/gui/"


@pytest.mark.parametrize(("name", "count"), [("Ư" * 300, 2), ("Trần Thị Ví Dụ", 20)])
def test_photos_of_20_mb_are_left_out_by_name_and_the_words_stay(
    name: str, count: int, client: Client, address: str, tmp_path: Any
) -> None:
    ticket = filled(client, "/ben-truc", lambda *_later: timezone.now())
    before = memory("VmRSS")
    # From here on the peak is counted anew.
    Path("/proc/self/clear_refs").write_text("5")
    answer = sent(
        client,
        address,
        ticket | NAMED | {"name": name},
        [(f"anh-{number:02d}.jpg", 20) for number in range(count)],
        b"\xff\xd8\xff",
    )
    held = memory("VmHWM") - before
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "anh-00.jpg: nặng hơn 15 MB" in page
    assert page.count("nặng hơn 15 MB") == count
    assert "phần chữ không bị mất gì" in page
    if len(name) == 300:
        assert WORDS in page
        assert name in page
        assert not Case.objects.exists()
    else:
        codes_of(page)
        assert Case.objects.get().words.shown() == WORDS
    assert not CaseFile.objects.exists()
    assert held < MOST_MEMORY, f"{held / MB:.0f} MB"
    assert not list(tmp_path.glob("*.upload*"))


def test_a_whole_gallery_leaves_five_photos_and_the_words(client: Client, address: str) -> None:
    ticket = filled(client, "/ben-truc", lambda *_later: timezone.now())
    answer = sent(client, address, ticket, [(f"{number}.jpg", 0) for number in range(300)], photo())
    page = answer.content.decode()
    assert answer.status_code == 200, page
    codes_of(page)
    assert "295 ảnh quá số ảnh nhận một lần" in page
    assert CaseFile.objects.count() == 5
