"""Plain Wagtail: the project that `wagtail start` makes with one application, gunicorn with two workers, no cache.

It lives in .venv-wagtail (`scripts/setup_peers portal`) and runs on SQLite, or on PostgreSQL by its socket.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.peers.posts import as_json, questions
from benchmarks.peers.running import started, wait_until_answered

SITE = Path(__file__).with_name("wagtail_site")
PROGRAMS = Path(__file__).resolve().parents[2] / ".venv-wagtail/bin"
COLUMN = "cai-cach-hanh-chinh"


def is_there() -> bool:
    """Whether its environment was made."""
    return (PROGRAMS / "wagtail").exists() and (PROGRAMS / "gunicorn").exists()


@contextmanager
def running(folder: Path, port: int, socket: str = "") -> Iterator[dict[str, list[str]]]:
    """A Wagtail with the posts; the addresses of its pages by kind."""
    folder.mkdir()
    _run(folder, PROGRAMS / "wagtail", "start", "peer", folder)
    shutil.copytree(SITE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "posts.json").write_text(json.dumps(as_json(), ensure_ascii=False), "utf-8")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DINHLANG_", "DJANGO_", "DATABASE_URL", "PYTHON"))
    } | {
        "DJANGO_SETTINGS_MODULE": "peer.settings.measured",
        "PEER_SECRET": secrets.token_hex(),
        "PEER_SOCKET": socket,
    }
    python = PROGRAMS / "python"
    for command in (
        ("makemigrations", "blog", "-v0"),
        ("migrate", "-v0"),
        ("collectstatic", "-v0", "--noinput"),
    ):
        _run(folder, python, "manage.py", *command, environment=environment)
    filled = _run(folder, python, "fill.py", "posts.json", environment=environment)
    if filled.strip() != str(len(as_json())):
        raise RuntimeError(f"Wagtail: {filled}")
    base = f"http://127.0.0.1:{port}"
    gunicorn = PROGRAMS / "gunicorn"
    with started(
        gunicorn, "--workers=2", f"--bind=127.0.0.1:{port}", "peer.wsgi", cwd=folder, env=environment
    ):
        wait_until_answered(f"{base}/{COLUMN}/")
        yield {
            "article": [f"{base}/{COLUMN}/bai-7/"],
            "list": [f"{base}/{COLUMN}/", *(f"{base}/{COLUMN}/?page={page}" for page in range(2, 21))],
            **{
                kind: [f"{base}/search/?query={quote(one)}" for one in asked]
                for kind, asked in questions().items()
            },
        }


def _run(folder: Path, *command: str | Path, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Wagtail: {done.stderr[-2000:]}")
    return done.stdout
