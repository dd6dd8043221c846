"""`dinhlang backup` and `dinhlang restore`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click


@click.command(help="Sao lưu toàn bộ dữ liệu ra TỆP, trong khi máy chủ vẫn chạy.")
@click.argument("file", metavar="TỆP", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> int:
    """Write a backup and say what is in it; 1 when stored files were found missing."""
    from dinhlang.config import backup as backups
    from dinhlang.config import start
    from dinhlang.config.progress import bar

    start.ready()
    with bar("Đang sao lưu") as progress:
        manifest, lost = backups.take(file, at=datetime.now(UTC), progress=progress)
    click.echo(
        f"Đã sao lưu và đọc lại kiểm tra: {file} ({len(manifest.files)} tệp, {file.stat().st_size / 2**20:.1f} MB). "
        "Tệp chứa khóa bí mật và dữ liệu cá nhân, hãy cất ở nơi an toàn."
    )
    if lost:
        sys.stderr.write(
            f"Kho tệp thiếu hoặc hỏng {len(lost)} tệp mà cơ sở dữ liệu còn nhắc tới ({', '.join(lost[:3])}…). "
            "Hãy tìm chúng trong các bản sao lưu trước.\n"
        )
        return 1
    return 0


@click.command(help="Khôi phục toàn bộ dữ liệu từ TỆP sao lưu. Phải dừng máy chủ trước.")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Check a backup whole, then put it in the place of the data."""
    from dinhlang.config import restore as restores
    from dinhlang.config import start
    from dinhlang.config.progress import bar

    start.setup()
    with bar("Đang khôi phục") as progress:
        manifest = restores.put_back(file, progress=progress)
    click.echo(f"Đã khôi phục dữ liệu sao lưu lúc {manifest.made_at} ({len(manifest.files)} tệp).")
    if done := _erased_again():
        click.echo(done)


def _erased_again() -> str:
    """Erase once more what people had erased after the backup was made; what to say of it."""
    from django.db import DatabaseError, connections

    from dinhlang.org.actions import erase_again

    connections.close_all()
    try:
        done = erase_again(at=datetime.now(UTC))
    except DatabaseError:
        # A backup of an older version: the worker does it once the database is up to date.
        return "Dữ liệu cá nhân đã xóa theo yêu cầu sẽ được xóa lại khi máy chủ chạy."
    return f"Đã xóa lại dữ liệu cá nhân của {done} việc mà người dân đã yêu cầu xóa." if done else ""
