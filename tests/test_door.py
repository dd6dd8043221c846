"""The door as a process: behind a proxy, the lock falls on the caller and not on the proxy."""

from __future__ import annotations

import re
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from tests.conftest import Installation, Server

pytestmark = pytest.mark.process


def refused(server: Server, caller: str, scheme: str) -> int:
    """The status of a failed sign-in that a proxy, or who pretends to be one, passes on for the caller."""
    there = f"{scheme}://127.0.0.1:{server.installation.port}"
    passed_on = {"X-Forwarded-For": f"10.9.9.9, {caller}", "X-Forwarded-Proto": "https"}
    connection = HTTPConnection("127.0.0.1", server.installation.port, timeout=30)
    connection.request("GET", "/dang-nhap/", headers=passed_on)
    page = connection.getresponse()
    cookie = (page.getheader("Set-Cookie") or "").partition(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token is not None
    body = urlencode({"csrfmiddlewaretoken": token[1], "login": "van-hoa", "password": "sai"})
    sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": there}
    connection.request("POST", "/dang-nhap/", body, {**passed_on, **sent})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.fixture(params=["1", "0"])
def proxies(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_lock_falls_on_the_caller_whom_a_believed_proxy_names_and_on_nobody_else(
    installation: Installation, proxies: str
) -> None:
    installation.variables |= {"DINHLANG_PROXIES": proxies, "DINHLANG_DEMO": "0"}
    server = Server(installation)
    try:
        server.wait_until_ready()
        if proxies == "1":
            answers = [refused(server, "203.0.113.5", "https") for _ in range(5)]
            assert answers == [200, 200, 200, 200, 429]
            assert refused(server, "203.0.113.6", "https") == 200
        else:
            answers = [refused(server, f"203.0.113.{number}", "http") for number in range(5)]
            assert answers == [200, 200, 200, 200, 429], "what the caller says of themselves is not believed"
    finally:
        server.stop()
