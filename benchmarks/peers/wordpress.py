"""WordPress as Debian has it (php-fpm, MariaDB, nginx), in a folder that is thrown away, with and without a page cache."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from benchmarks.peers.posts import as_json, questions
from benchmarks.peers.running import program, started

SITE = Path(__file__).with_name("wordpress_site")
SOURCE = Path("/usr/share/wordpress")
COLUMN = "cai-cach-hanh-chinh"


def is_there() -> bool:
    """Whether what it needs is installed."""
    needed = ("mariadbd", "mariadb-install-db", "php", "nginx")
    return SOURCE.is_dir() and _php_fpm() is not None and all(program(name) for name in needed)


@contextmanager
def running(folder: Path, port: int, cached_port: int) -> Iterator[dict[str, list[str]]]:
    """A WordPress with the posts; the addresses of its pages by kind, those through the page cache as "cached …"."""
    folder.mkdir()
    shutil.copytree(SOURCE, folder / "site")
    for name in ("wp-config.php", "fill.php"):
        (folder / "site" / name).unlink(missing_ok=True)
        shutil.copy(SITE / name, folder / "site")
    shutil.copy(SITE / "advanced-cache.php", folder / "site/wp-content")
    with ExitStack() as stack:
        _database(folder, stack)
        _server(folder, port, cached_port, stack)
        (folder / "posts.json").write_text(json.dumps(as_json(), ensure_ascii=False), "utf-8")
        filled = subprocess.run(
            ["php", folder / "site/fill.php", f"127.0.0.1:{port}", folder / "posts.json"],
            capture_output=True,
            text=True,
            check=False,
        )
        if filled.returncode or filled.stdout.strip().splitlines()[-1:] != [str(len(as_json()))]:
            raise RuntimeError(f"WordPress: {filled.stdout} {filled.stderr}")
        listed = f"/category/{COLUMN}/"
        paths = {
            "article": ["/bai-7/"],
            "list": [listed, *(f"{listed}page/{page}/" for page in range(2, 21))],
            **{kind: [f"/?s={quote(one)}" for one in asked] for kind, asked in questions().items()},
        }
        pages = {kind: [f"http://127.0.0.1:{port}{path}" for path in some] for kind, some in paths.items()}
        yield pages | {
            f"cached {kind}": [f"http://127.0.0.1:{cached_port}{paths[kind][0]}"]
            for kind in ("article", "list")
        }


def _database(folder: Path, stack: ExitStack) -> None:
    data, socket = folder / "database", folder / "database.sock"
    subprocess.run(
        [
            program("mariadb-install-db"),
            "--no-defaults",
            f"--datadir={data}",
            "--user=root",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        capture_output=True,
        check=True,
    )
    stack.enter_context(
        started(
            program("mariadbd"),
            "--no-defaults",
            f"--datadir={data}",
            f"--socket={socket}",
            f"--pid-file={folder}/database.pid",
            "--user=root",
            "--skip-networking",
            # Nothing here is worth the waiting for the disk; what is measured only reads.
            "--innodb-flush-log-at-trx-commit=0",
        )
    )
    for _ in range(300):
        made = subprocess.run(
            [
                "mariadb",
                "--no-defaults",
                f"--socket={socket}",
                "-e",
                "create database if not exists wordpress",
            ],
            capture_output=True,
            check=False,
        )
        if made.returncode == 0:
            return
        time.sleep(0.2)
    raise RuntimeError(f"MariaDB: {made.stderr.decode()}")


def _server(folder: Path, port: int, cached_port: int, stack: ExitStack) -> None:
    (folder / "fpm.conf").write_text(
        f"[global]\nerror_log = {folder}/fpm.log\n[www]\nuser = root\ngroup = root\nlisten = {folder}/fpm.sock\n"
        "pm = static\npm.max_children = 4\n"
    )
    fpm = _php_fpm()
    assert fpm
    stack.enter_context(started(fpm, "--allow-to-run-as-root", "--nodaemonize", "-y", f"{folder}/fpm.conf"))
    places = "".join(
        f"server {{ listen 127.0.0.1:{one}; root {folder}/site; index index.php;"
        " location / { try_files $uri $uri/ /index.php?$args; }"
        " location ~ \\.php$ { include /etc/nginx/fastcgi_params;"
        f" fastcgi_param PAGE_CACHE {cache}; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;"
        f" fastcgi_pass unix:{folder}/fpm.sock; }} }}"
        for one, cache in ((port, 0), (cached_port, 1))
    )
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; worker_processes 2; pid {folder}/nginx.pid; events {{}}"
        f" http {{ access_log off; sendfile on; tcp_nopush on; {places} }}"
    )
    stack.enter_context(started(program("nginx"), "-c", f"{folder}/nginx.conf", "-e", f"{folder}/nginx.log"))


def _php_fpm() -> str | None:
    found = sorted(Path("/usr/sbin").glob("php-fpm*"))
    return str(found[-1]) if found else None
