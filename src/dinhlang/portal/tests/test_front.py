"""The server that answers kept pages at once gives what it would give the usual way, and takes nothing odd."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waitress import wasyncore

from dinhlang.config import front
from dinhlang.config.turning import Turning
from dinhlang.portal.kept.serving import Kept
from dinhlang.portal.kept.store import OWN, Store, Target

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

PAGE = b"<!doctype html><p>" + b"x" * 300_000


def behind(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
    body = f"Django: {environ['REQUEST_METHOD']} {environ['PATH_INFO']}".encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return iter([body])


@pytest.fixture
def noted() -> list[tuple[str, ...]]:
    return []


@pytest.fixture
def application(settings: Settings, tmp_path: Path, noted: list[tuple[str, ...]]) -> Kept:
    settings.KEPT = tmp_path
    kept = Store(tmp_path)
    kept.put(Target(OWN, "/ben-truc/"), PAGE, [])
    kept.put_file("looks/100-usual-auto.css", b"p{}")
    return Kept(behind, noted=lambda *told: noted.append(told))


@pytest.fixture
def port(application: Kept) -> Iterator[int]:
    listening = socket.create_server(("127.0.0.1", 0))
    running = front.server(application, listening, believes_proxies=False)
    threading.Thread(target=running.run, daemon=True).start()
    yield listening.getsockname()[1]
    running.close()


def request(head: str) -> bytes:
    return (head + "\r\nHost: localhost\r\n\r\n").encode("latin-1")


def until(peer: socket.socket, end: bytes) -> bytes:
    """What is said, up to where it ends so."""
    said = b""
    while end not in said:
        piece = peer.recv(65536)
        assert piece, said
        said += piece
    return said


def test_browsers_that_keep_their_connections_leave_room_for_the_next_reader(port: int) -> None:
    kept_open = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(150)]
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/ben-truc/")
        assert connection.getresponse().status == http.HTTPStatus.OK
    finally:
        for one in kept_open:
            one.close()


def test_many_requests_on_one_connection_get_their_own_answers(
    port: int, noted: list[tuple[str, ...]]
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(3):
        connection.request("GET", "/ben-truc/", headers={"User-Agent": "Mozilla"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, PAGE)
        connection.request("GET", "/ben-truc/?p=2")
        assert connection.getresponse().read() == b"Django: GET /ben-truc/"
        connection.request("POST", "/ben-truc/", body="a=1")
        assert connection.getresponse().read() == b"Django: POST /ben-truc/"
        connection.request("HEAD", "/ben-truc/")
        answer = connection.getresponse()
        assert (answer.headers["Content-Length"], answer.read()) == (str(len(PAGE)), b"")
        connection.request("GET", "/ben-truc/", headers={"If-None-Match": answer.headers["ETag"]})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (304, b"")
    connection.close()
    assert noted[0] == ("/ben-truc/", f"127.0.0.1:{port}", "Mozilla")


def test_requests_sent_together_are_answered_in_their_order(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(request("GET /khong-co/ HTTP/1.1") + request("GET /hien-thi.css HTTP/1.1"))
        said = until(peer, b"p{}")
    assert said.index(b"Django: GET /khong-co/") < said.index(b"p{}")


def test_a_request_that_comes_in_pieces_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        for piece in (b"GET /hien-thi.css HT", b"TP/1.1\r\nHost: localhost\r\n", b"\r\n"):
            peer.sendall(piece)
        said = until(peer, b"p{}")
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")


def computed(environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes] | None:
    """Stands for the pages of a site: one that is there, and one that trips."""
    asked = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
    assert environ["SERVER_NAME"]
    assert environ["SERVER_PORT"].isdecimal()
    if not asked.startswith("/ben-truc/tin/"):
        return None
    return "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(asked)))], asked.encode()


def test_a_page_that_must_be_computed_is_answered_in_its_turn(
    application: Kept, port: int, noted: list[tuple[str, ...]]
) -> None:
    tried: list[str] = []

    def counted(environ: dict[str, Any]) -> Any:
        tried.append(environ["PATH_INFO"])
        return computed(environ)

    application.computed = counted
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(3):
        address = f"/ben-truc/tin/?trang={number}"
        connection.request("GET", address, headers={"User-Agent": "Mozilla"})
        answer = connection.getresponse()
        assert (answer.status, answer.read().decode()) == (200, address)
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        # What is no page of a site is tried once, then answered by Django.
        connection.request("GET", "/ben-truc/khong-co/")
        assert connection.getresponse().read() == b"Django: GET /ben-truc/khong-co/"
        connection.request("GET", "/ban-lam-viec/")
        assert connection.getresponse().read() == b"Django: GET /ban-lam-viec/"
    connection.close()
    assert tried == ["/ben-truc/tin/", "/ben-truc/khong-co/"] * 3
    assert noted == [("/ben-truc/tin/", f"127.0.0.1:{port}", "Mozilla")] * 3


def test_computed_pages_of_requests_sent_together_come_in_their_order(application: Kept, port: int) -> None:
    application.computed = computed
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(request("GET /ben-truc/tin/?trang=1 HTTP/1.1"))
        peer.sendall(request("GET /ben-truc/tin/?trang=2 HTTP/1.1") + request("GET /hien-thi.css HTTP/1.1"))
        said = until(peer, b"p{}")
    assert said.index(b"/?trang=1") < said.index(b"/?trang=2") < said.index(b"p{}")


def test_a_failure_of_the_usual_way_is_said_and_the_server_goes_on(application: Kept, port: int) -> None:
    def trip(environ: dict[str, Any], _start_response: Any) -> Any:
        raise RuntimeError(environ["PATH_INFO"])

    application.computed, application.application = computed, trip
    for _ in range(2):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/ben-truc/khong-co/")
        assert connection.getresponse().status == 500
        connection.close()


def test_connections_that_are_quiet_are_not_looked_at_in_every_turn(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    readable = front.Channel.readable

    def counted(channel: front.Channel) -> bool:
        asked.append(id(channel))
        return bool(readable(channel))

    peers = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(40)]
    try:
        for peer in peers:
            peer.sendall(request("GET /hien-thi.css HTTP/1.1"))
            until(peer, b"p{}")
        monkeypatch.setattr(front.Channel, "readable", counted)
        for _turn in range(200):
            peers[0].sendall(request("GET /hien-thi.css HTTP/1.1"))
            until(peers[0], b"p{}")
        # Once a second all are looked at; a machine under load takes many seconds for this.
        assert len(asked) < 40 * 200 / 2
    finally:
        for peer in peers:
            peer.close()


def test_a_connection_that_another_thread_has_closed_does_not_end_the_server() -> None:
    one, peer = socket.socketpair()
    number = one.fileno()

    class Closed(wasyncore.dispatcher):
        def handle_read(self) -> None:
            self.del_channel()
            one.close()

    map_: dict[int, Any] = {}
    Closed(one, map_)
    turning = Turning()
    peer.send(b"x")
    turning.loop(1, map_, use_poll=True)
    turning.forget(number)
    peer.close()


def test_a_connection_that_says_nothing_for_long_is_ended(application: Kept) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    running = front.server(application, listening, believes_proxies=False)
    running.adj.channel_timeout, running.adj.cleanup_interval, running.next_channel_cleanup = 0, 0, 0
    threading.Thread(target=running.run, daemon=True).start()
    with socket.create_connection(listening.getsockname(), timeout=10) as peer:
        assert peer.recv(1) == b""
    running.close()


# --- What players post --------------------------------------------------------------------------------------------


def word(body: bytes, *more: str, length: int | None = None) -> bytes:
    """What a player posts when it has an emergency."""
    head = [f"POST {front.HEARD} HTTP/1.1", "Host: localhost", "Authorization: Bearer dlp_x", *more]
    head.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*head, "", ""]).encode() + body


def hearing(taken: list[bytes], *, waits: list[Any] | None = None) -> Any:
    """Stands for the memory of what is live: takes in what begins with a brace; `waits` gathers instead of answering."""

    def heard(environ: dict[str, Any], body: bytes, answered: Any) -> None:
        assert environ["PATH_INFO"] == front.HEARD
        assert environ["HTTP_AUTHORIZATION"] == "Bearer dlp_x"
        taken.append(body)
        given = ("200 OK", [("Content-Length", str(len(body)))], body) if body.startswith(b"{") else None
        if waits is None:
            answered(given)
        else:
            waits.append(lambda: answered(given))

    return heard


def test_words_of_players_are_answered_when_they_are_written_and_hold_no_thread(
    application: Kept, port: int
) -> None:
    taken: list[bytes] = []
    waits: list[Any] = []
    application.heard = hearing(taken, waits=waits)
    # More than there are threads.
    peers = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(12)]
    try:
        for number, peer in enumerate(peers):
            # A browser sends the head first; one more request waits behind.
            whole = word(b'{"n": %d}' % number)
            peer.sendall(whole[:-4])
            peer.sendall(whole[-4:])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        while len(waits) < len(peers):
            # Others are served meanwhile.
            connection.request("POST", "/ben-truc/", body="a=1")
            assert connection.getresponse().read() == b"Django: POST /ben-truc/"
        for peer in peers:
            peer.sendall(request("GET /hien-thi.css HTTP/1.1"))
        for answer in waits:
            answer()
        for number, peer in enumerate(peers):
            said = until(peer, b"p{}")
            assert said.startswith(b"HTTP/1.1 200 OK\r\n")
            assert said.index(b'{"n": %d}' % number) < said.index(b"p{}")
            assert b"X-Frame-Options: SAMEORIGIN" in said
    finally:
        for peer in peers:
            peer.close()
    assert sorted(taken) == sorted(b'{"n": %d}' % number for number in range(12))


@pytest.mark.parametrize(
    "data",
    [
        word(b"not for us"),
        word(b"{}", "Expect: 100-continue"),
        word(b"{}", "Connection: close"),
        word(b"{}", "Content-Length: 2"),
        word(b"{}", "Transfer-Encoding: identity"),
        word(b"{}").replace(b"HTTP/1.1", b"HTTP/1.0"),
        word(b"{" * 5000),
    ],
)
def test_what_is_no_plain_word_goes_the_usual_way(application: Kept, port: int, data: bytes) -> None:
    taken: list[bytes] = []
    application.heard = hearing(taken)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(data)
        assert peer.recv(4096).startswith((b"HTTP/1.", b"HTTP/1.1 100"))
    assert taken in ([], [b"not for us"])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as peer:
        peer.sendall(word(b"not for us"))
        assert f"Django: POST {front.HEARD}".encode() in until(peer, b"heard")


@given(st.binary(max_size=200))
def test_no_bytes_of_a_word_make_it_fail(data: bytes) -> None:
    whole = word(data)
    assert not front.is_begun(whole)
    parsed = front.posted_word(whole)
    assert parsed is not None
    assert parsed[1] == data
    assert all(front.is_begun(whole[:length]) for length in range(len(front._POSTED), len(whole)))
    front.posted_word(word(b"{}", data.decode("latin-1")))


@pytest.mark.parametrize(
    "head", ["GET /ben-truc/ HTTP/1.1", "HEAD /ben-truc/ HTTP/1.1", "GET /hien-thi.css HTTP/1.1"]
)
def test_what_is_answered_at_once_is_what_django_would_be_spared(application: Kept, head: str) -> None:
    said = front.answered(application, request(f"{head}\r\nAccept-Encoding: gzip"))
    assert said is not None
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": head.split(maxsplit=1)[0],
        "PATH_INFO": head.split()[1],
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
    }
    body = b"".join(application(environ, lambda status, headers: told.extend((status, headers))))
    first, _lines, sent = said.partition(b"\r\n\r\n")
    status, *headers = first.decode().split("\r\n")
    assert sent == body
    assert status == f"HTTP/1.1 {told[0]}"
    assert [line for line in headers if not line.startswith("Date:")] == [": ".join(one) for one in told[1]]


@pytest.mark.parametrize(
    "data",
    [
        request("POST /ben-truc/ HTTP/1.1"),
        request("GET /ben-truc/ HTTP/1.0"),
        request("GET /ben-truc/?a=1 HTTP/1.1"),
        request("GET http://localhost/ben-truc/ HTTP/1.1"),
        request("GET  /ben-truc/ HTTP/1.1"),
        request("GET /ben-truc/ HTTP/1.1\r\nContent-Length: 3"),
        request("GET /ben-truc/ HTTP/1.1\r\nTransfer-Encoding: chunked"),
        request("GET /ben-truc/ HTTP/1.1\r\nExpect: 100-continue"),
        request("GET /ben-truc/ HTTP/1.1\r\nConnection: close"),
        request("GET /ben-truc/ HTTP/1.1\r\nHost: other.example"),
        request("GET /ben-truc/ HTTP/1.1\r\nX-Folded: a\r\n b"),
        request("GET /ben-truc/ HTTP/1.1\r\nBad Name: a"),
        request("GET /ben-truc/ HTTP/1.1\r\nCookie: a\nb"),
        b"GET /ben-truc/ HTTP/1.1\r\n\r\n",
        b"GET /ben-truc/ HTTP/1.1\r\nHost: localhost\r\n",
        request("GET /ben-truc/ HTTP/1.1") * 2,
        request("GET /../ HTTP/1.1"),
        request("GET /ben-dua/ HTTP/1.1"),
        request("GET /ben-truc/ HTTP/1.1").replace(b"localhost", b"evil.example"),
    ],
)
def test_anything_odd_goes_the_usual_way(application: Kept, data: bytes) -> None:
    assert front.answered(application, data) is None


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    front.plain_request(data)
    front.plain_request(b"GET / HTTP/1.1\r\nHost: a\r\n" + data + b"\r\n\r\n")
