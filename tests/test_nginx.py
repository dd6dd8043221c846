"""The nginx configuration that ships: it serves the kept pages as the embedded server does, and asks it for the rest."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dinhlang.portal.kept.store import OWN, Store, Target
from tests.conftest import free_port, wait_for

pytestmark = pytest.mark.nginx

ROOT = Path(__file__).resolve().parent.parent
PAGE = "<!doctype html><p>Xã Bến Trúc</p>".encode()
GONE = "/ben-truc/tin/thong-bao/dang-nham/"
HOSTED = "<!doctype html><p>Tên miền riêng</p>".encode()


class Application(BaseHTTPRequestHandler):
    """Stands for the application: it says what it was asked."""

    def do_GET(self) -> None:
        body = f"{self.command} {self.path} {self.headers['Host']} {self.headers['X-Forwarded-For']}".encode()
        self.send_response(410 if self.path == GONE else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "default-src 'none'")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - the name is the library's

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@dataclass
class Nginx:
    """A running nginx with the shipped configuration; `kept` is the folder it serves."""

    port: int
    kept: Store

    def ask(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": "xa.example.vn", **given})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder = tmp_path_factory.mktemp("nginx")
    kept = Store(folder / "kept")
    kept.put(Target(OWN, "/ben-truc/"), PAGE, [])
    kept.put(Target(OWN, GONE), PAGE, [])
    kept.put(Target(OWN, "/ben-truc/nhat-ky.rss"), b"<rss/>", [])
    kept.put(Target("bentruc.example.vn", "/"), HOSTED, [])
    kept.put_file("looks/100-usual-auto.css", b":root{}")
    kept.put_file("looks/130-more-dark.css", b":root{color-scheme:dark}")
    kept.put_file("g/0a1b2c3d4e5f.css", b"p{}")
    application = ThreadingHTTPServer(("127.0.0.1", 0), Application)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port = free_port()
    configuration = (ROOT / "docs/nginx.conf").read_text("utf-8")
    for was, now in (
        ("127.0.0.1:8000", f"127.0.0.1:{application.server_port}"),
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/lib/dinhlang", str(folder)),
    ):
        assert was in configuration
        configuration = configuration.replace(was, now)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;"
        f" events {{}} http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;"
        f" fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; {configuration} }}"
    )
    # Its worker is nobody when it is started by root, and must be able to come in.
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for above in folder.parents[:3]:
        if above != Path("/tmp"):  # noqa: S108 - it is open to all already
            above.chmod(above.stat().st_mode | 0o055)
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin") or "nginx"
    started = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    running = Nginx(port, kept)

    def answers() -> bool:
        try:
            return running.ask("/ben-truc/")[0] > 0
        except OSError:
            return False

    try:
        wait_for(answers, 20)
        assert answers(), (folder / "error.log").read_text()
        yield running
    finally:
        started.terminate()
        started.wait(timeout=10)
        application.shutdown()


def test_a_kept_page_is_served_from_its_file(nginx: Nginx) -> None:
    status, headers, body = nginx.ask("/ben-truc/")
    assert (status, body) == (200, PAGE)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"
    assert nginx.ask("/ben-truc/", "HEAD")[2] == b""
    again = nginx.ask("/ben-truc/", If_None_Match=headers["ETag"])
    assert (again[0], again[2]) == (304, b"")
    assert nginx.ask("/ben-truc/", Accept_Encoding="gzip")[1]["Content-Encoding"] == "gzip"
    assert nginx.ask("/ben-truc/nhat-ky.rss")[1]["Content-Type"] == "application/rss+xml; charset=utf-8"


def test_a_page_that_changes_or_goes_is_seen_to_within_two_seconds(nginx: Nginx) -> None:
    target = Target(OWN, "/ben-truc/tin/")
    nginx.kept.put(target, b"<p>before", [])
    assert nginx.ask("/ben-truc/tin/")[2] == b"<p>before"
    nginx.kept.put(target, b"<p>after", [])
    wait_for(lambda: nginx.ask("/ben-truc/tin/")[2] != b"<p>before", 2)
    assert nginx.ask("/ben-truc/tin/")[2] == b"<p>after"
    nginx.kept.drop(target)
    wait_for(lambda: nginx.ask("/ben-truc/tin/")[2] != b"<p>after", 2)
    assert nginx.ask("/ben-truc/tin/")[2].startswith(b"GET /ben-truc/tin/ ")


def test_a_host_of_its_own_has_its_own_pages(nginx: Nginx) -> None:
    assert nginx.ask("/", Host="bentruc.example.vn")[2] == HOSTED
    assert nginx.ask("/ben-truc/", Host="bentruc.example.vn")[2].startswith(
        b"GET /ben-truc/ bentruc.example.vn"
    )


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"),
        ("/ben-truc/?p=2", "GET"),
        ("/ben-truc", "GET"),
        ("/ben-truc/khong-co/", "GET"),
        ("/ben-truc/", "POST"),
        ("/ban-lam-viec/", "GET"),
        ("/.well-known/security.txt", "GET"),
    ],
)
def test_everything_else_is_asked_of_the_application(nginx: Nginx, path: str, method: str) -> None:
    status, headers, body = nginx.ask(path, method)
    assert status == 200
    assert body.decode() == f"{method} {path} xa.example.vn 127.0.0.1"
    # What it says of itself is not said twice.
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'"]


def test_what_was_published_in_error_is_gone_as_the_application_says(nginx: Nginx) -> None:
    assert nginx.ask(GONE)[0] == 200
    nginx.kept.drop(Target(OWN, GONE))
    # A page that is asked for often is held open for a second.
    wait_for(lambda: nginx.ask(GONE)[0] == 410, 5)
    status, _headers, body = nginx.ask(GONE)
    assert status == 410
    assert PAGE not in body


def test_the_look_is_chosen_by_cookie(nginx: Nginx) -> None:
    assert nginx.ask("/hien-thi.css")[2] == b":root{}"
    status, headers, body = nginx.ask("/hien-thi.css", Cookie="theme=dark; contrast=more; text=130")
    assert (status, body) == (200, b":root{color-scheme:dark}")
    assert "Cookie" in headers.get_all("Vary", [])
    assert nginx.ask("/hien-thi.css", Cookie="theme=../../x")[2] == b":root{}"
    assert "max-age=3" in nginx.ask("/g/0a1b2c3d4e5f.css")[1]["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/ben-truc/.half-written", "/../index.sqlite3", "/ben-truc/%2e%2e/%2e%2e/x"]
)
def test_nothing_beside_the_pages_can_be_had(nginx: Nginx, path: str) -> None:
    status, _headers, body = nginx.ask(path)
    assert status in (400, 404) or body.startswith(b"GET ")


def test_pages_carry_what_the_embedded_server_sends(nginx: Nginx) -> None:
    from dinhlang.portal.kept.serving import security_headers

    headers: Any = nginx.ask("/ben-truc/")[1]
    assert {name: headers[name] for name, _value in security_headers()} == dict(security_headers())
