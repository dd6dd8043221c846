"""`dinhlang run`: one process tree that starts together, answers, and ends together."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from dinhlang.cli.supervisor import _Health
from dinhlang.config import locks, start
from tests.conftest import DINHLANG, Installation, Server, demo_running, free_port, is_running, wait_for

pytestmark = pytest.mark.process


def answer_of(server: Server, path: str) -> http.client.HTTPResponse | urllib.error.HTTPError:
    try:
        response: http.client.HTTPResponse = urllib.request.urlopen(f"{server.address}{path}", timeout=10)  # noqa: S310
        return response
    except urllib.error.HTTPError as refused:
        return refused


@pytest.fixture(scope="module")
def running_demo(rendered_demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demo, started as a user starts it."""
    with demo_running(rendered_demo, tmp_path_factory.mktemp("demo")) as started:
        yield started


def test_idle_server_stays_within_its_memory(running_demo: Server) -> None:
    pids = [running_demo.process.pid, *running_demo.children().values()]
    assert len(pids) == 3
    # What is shared between them is counted once, as `make bench-report` does.
    taken = 0
    for pid in pids:
        rolled_up = Path(f"/proc/{pid}/smaps_rollup").read_text()
        taken += int(next(line.split()[1] for line in rolled_up.splitlines() if line.startswith("Pss:")))
    assert taken <= 350 * 1024


def test_a_server_that_is_not_ready_is_asked_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        health = _Health(listening.getsockname()[1])
        assert not any(health.is_good() for _ in range(8))
        peer, _address = listening.accept()
        with peer:
            assert peer.recv(4096).startswith(b"GET /healthz ")
            peer.sendall(b"HTTP/1.1 503 Not yet\r\nContent-Length: 0\r\n\r\n")
            assert not health.is_good()
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_first_start_makes_everything_and_tells_address_and_sign_ins(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "var", free_port())
    server = Server(installation)
    try:
        server.wait_until_ready(300)
        assert server.address in server.output
        for username in ("chu-tich", "van-hoa", "so-noi-vu"):
            assert username in server.output
        kept = installation.data / "demo-passphrase"
        assert kept.read_text() == server.passphrase
        assert kept.stat().st_mode & 0o777 == 0o600
        assert answer_of(server, "/healthz").status == http.HTTPStatus.OK
    finally:
        assert server.stop() == 0


def test_a_database_is_opened_by_one_process_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two that opened a new SQLite file at one moment refused each other at once: "database is locked".
    def looked() -> bool:
        with pytest.raises(locks.Taken):
            locks.Lock(tmp_path, locks.MIGRATE).take(alone=True)
        looks.append(tmp_path)
        return True

    looks: list[Path] = []
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(start, "hold_data", lambda: None)
    monkeypatch.setattr(start, "is_up_to_date", looked)
    start.ready()
    assert looks
    locks.Lock(tmp_path, locks.MIGRATE).take(alone=True)


def test_second_start_keeps_the_passphrase(rendered_demo: Installation, running_demo: Server) -> None:
    assert running_demo.passphrase == (rendered_demo.data / "demo-passphrase").read_text()


# SIGINT is what ends the first start above, and all of them at the terminal below.
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_ends_the_whole_tree_cleanly(server: Server, how: signal.Signals) -> None:
    children = server.children()
    assert set(children) == {"web", "worker"}
    assert server.stop(how) == 0  # within the seconds that `stop` waits
    assert not any(is_running(pid) for pid in children.values())
    assert "Traceback" not in server.output
    # An installation without the demonstration tells no sign-ins.
    assert "mật khẩu" not in server.output
    assert not (server.installation.data / "demo-passphrase").exists()


def test_ctrl_c_at_the_terminal_reaches_every_process_and_still_ends_cleanly(
    installation: Installation,
) -> None:
    installation.variables["DINHLANG_DEMO"] = "0"
    process = os.posix_spawn(  # a group of its own, as a terminal gives to what it starts
        DINHLANG, [str(DINHLANG), "run"], installation.environment, setpgroup=0
    )
    wait_for(lambda: (installation.data / "worker.beat").exists(), 60)
    os.killpg(process, signal.SIGINT)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize(("role", "name"), [("web", "web"), ("worker", "nền")])
def test_when_one_process_dies_the_rest_stops_and_says_so(server: Server, role: str, name: str) -> None:
    children = server.children()
    os.kill(children[role], signal.SIGKILL)
    assert server.process.wait(timeout=20) == 1
    server.stop()
    assert f"Tiến trình {name} đã dừng bất ngờ" in server.output
    assert not any(is_running(pid) for pid in children.values())


def test_children_do_not_outlive_a_killed_supervisor(server: Server) -> None:
    children = server.children()
    server.process.kill()
    wait_for(lambda: not any(is_running(pid) for pid in children.values()), 10)
    assert children
    assert not any(is_running(pid) for pid in children.values())


def test_port_in_use_is_told_with_the_variable_to_change(installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", installation.port))
        taken.listen()
        refused = installation.run_anew("run")
    assert refused.returncode == 2
    assert f"cổng {installation.port}" in refused.stderr
    assert "PORT" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_second_server_on_the_same_data_says_so(running_demo: Server) -> None:
    other = Installation(running_demo.installation.data, free_port()).run_anew("run")
    assert other.returncode == 2
    assert "máy chủ khác" in other.stderr
    assert "DINHLANG_DATA" in other.stderr
    assert running_demo.process.poll() is None


def test_page_that_is_not_there_answers_in_vietnamese_with_safe_headers(running_demo: Server) -> None:
    answer = answer_of(running_demo, "/khong-co-trang-nay")
    assert answer.status == http.HTTPStatus.NOT_FOUND
    page = answer.read().decode()
    assert "Không tìm thấy trang" in page
    assert 'lang="vi"' in page
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in answer.headers


def test_static_files_are_served_with_debug_off(running_demo: Server) -> None:
    answer = answer_of(running_demo, "/static/desk/desk.css")
    assert answer.status == http.HTTPStatus.OK


def test_stranger_host_name_is_refused(running_demo: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", running_demo.installation.port, timeout=10)
    connection.request("GET", "/dang-nhap/", headers={"Host": "example.org"})
    assert connection.getresponse().status == http.HTTPStatus.BAD_REQUEST
    connection.close()
