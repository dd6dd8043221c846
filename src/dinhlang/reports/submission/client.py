"""The sending side: a package goes to the server of the level above, part by part, taken up after every cut."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from dinhlang.org.rules import Refused
from dinhlang.reports.submission.rules.package import digest_of

PATH = "/api/nop-bao-cao/v1"
_TRIES = 8
_LONGEST_PAUSE = 30.0
_TIMEOUT = 60.0
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotSent(Refused):
    """The package did not get there; the message says why, and that sending again goes on where it stopped."""


class Client:
    """One server and one key. `pause` waits so many seconds between tries."""

    def __init__(self, server: str, key: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        import urllib3

        parts = urlsplit(server)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _HERE):
            raise NotSent(
                f"Địa chỉ máy nhận “{server}” phải bắt đầu bằng https:// để khóa không lộ trên đường truyền."
            )
        self._address = server.rstrip("/") + PATH
        self._pause = pause
        self._pool = urllib3.PoolManager(
            headers={"Authorization": f"Bearer {key}"}, retries=False, timeout=_TIMEOUT
        )

    def send(
        self, package: bytes, told: Callable[[int, int], None] = lambda _done, _of: None
    ) -> Mapping[str, Any]:
        """Send the package and give its receipt. `told` hears how many bytes are there. Raises `NotSent`."""
        digest = digest_of(package)
        begun = self._asked("POST", "/uploads", {"digest": digest, "size": len(package)})
        if begun.get("receipt"):
            return dict(begun["receipt"])
        token, offset, most = begun["upload"], int(begun["offset"]), int(begun["part"])
        for _turn in range(_TRIES * (1 + len(package) // most)):
            while offset < len(package):
                offset = self._part(token, offset, package[offset : offset + most])
                told(offset, len(package))
            status, answer = self._try("POST", f"/uploads/{token}/complete")
            if status == 201:
                return answer
            if status == 404:
                # Taken in, and the answer was lost on the way: the receipt is there.
                return self.standing(digest)
            if status != 409:
                raise NotSent(_message(answer))
            offset = int(answer.get("offset") or 0)
        raise NotSent("Máy nhận không nhận đủ gói. Chạy lại lệnh để gửi tiếp.")

    def standing(self, digest: str) -> Mapping[str, Any]:
        """The receipt of a package and how it stands. Raises `NotSent`."""
        return self._asked("GET", f"/submissions/{digest}")

    def take_back(self, digest: str) -> Mapping[str, Any]:
        """Take a submission back. Raises `NotSent`."""
        return self._asked("POST", f"/submissions/{digest}/take-back")

    def _part(self, token: str, offset: int, data: bytes) -> int:
        status, answer = self._try("PATCH", f"/uploads/{token}?offset={offset}", data)
        if status not in (200, 409):
            raise NotSent(_message(answer))
        return int(answer.get("offset") or 0)

    def _asked(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        status, answer = self._try(method, path, body)
        if status >= 400:
            raise NotSent(_message(answer))
        return answer

    def _try(self, method: str, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """One request, again after a cut or while the server is busy, with longer and longer pauses."""
        import urllib3

        headers = dict(self._pool.headers)
        data: bytes | None = body if isinstance(body, bytes) else None
        headers["Content-Type"] = "application/octet-stream" if data is not None else "application/json"
        if body is not None and data is None:
            data = json.dumps(body).encode()
        for number in range(_TRIES):
            if number:
                self._pause(min(2.0 ** (number - 1), _LONGEST_PAUSE))
            try:
                answer = self._pool.request(method, self._address + path, body=data, headers=headers)
                told = json.loads(answer.data or b"{}")
            except (urllib3.exceptions.HTTPError, OSError, ValueError):
                continue
            if answer.status not in _TRY_AGAIN and isinstance(told, dict):
                return answer.status, told
        raise NotSent(
            "Không nối được với máy nhận, hoặc máy nhận đang bận. Kiểm tra mạng rồi chạy lại lệnh: "
            "phần đã gửi không phải gửi lại."
        )


def _message(answer: Mapping[str, Any]) -> str:
    return f"Máy nhận từ chối: {answer.get('message') or 'không rõ vì sao.'}"
