"""`dinhlang seal …`: under which keys secrets and personal values are sealed, and how the key changes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import click

from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.work.sealed_files import SealedFiles


def files() -> tuple[SealedFiles, ...]:
    """Every kind of sealed file beside the database: what is not here would be lost with an old key."""
    from dinhlang.citizens import keeping as of_cases
    from dinhlang.onestop.imports import keeping as of_imports

    return of_cases.FILES, of_imports.FILES


@click.group(help="Dữ liệu đã niêm (mã truy cập kênh, địa chỉ thư…): khóa đang dùng, đổi khóa.")
def seal() -> None:
    """Group of the commands below."""


@seal.command(help="In một khóa mới để đặt vào DINHLANG_SEAL_KEYS. Không lưu gì.")
def key() -> None:
    """Print a fresh key."""
    click.echo(secrets.token_urlsafe(48))


@seal.command(help="Đếm dữ liệu đã niêm theo khóa, trong cơ sở dữ liệu và trên đĩa.")
def status() -> None:
    """Print how many values and files each key seals; fail when some cannot be read."""
    ready()
    from dinhlang.org import sealed

    counts = sealed.count_by_key(sealed.sealed_models())
    for kind in files():
        counts += kind.count_by_key()
    in_use, *old = sealed.key_names()
    click.echo(f"{in_use} (đang dùng): {counts.pop(in_use, 0)} giá trị")
    still = 0
    for name in old:
        held = counts.pop(name, 0)
        still += held
        click.echo(f"{name} (khóa cũ): {held} giá trị")
    if lost := sum(counts.values()):
        raise click.ClickException(
            f"{lost} giá trị niêm bằng khóa không còn trên máy ({', '.join(sorted(counts))}). "
            "Thêm lại khóa đó vào cuối DINHLANG_SEAL_KEYS."
        )
    if old and not still:
        click.echo("Mọi giá trị đã theo khóa đang dùng. Có thể bỏ các khóa cũ.")
        click.echo(
            "Giữ khóa cũ ở nơi cất khóa chừng nào còn bản sao lưu làm trước khi đổi khóa, và chừng nào còn hồ sơ tra cứu bằng số in trên giấy hẹn cũ."
        )


@seal.command(help="Niêm lại mọi giá trị và tệp bằng khóa đang dùng. Dừng giữa chừng thì chạy lại.")
def renew() -> None:
    """Write every sealed value and file anew."""
    ready()
    from dinhlang.org import sealed

    written, unreadable = sealed.renew(sealed.sealed_models())
    for kind in files():
        done, failed = kind.renew()
        written, unreadable = written + done, unreadable + failed
    click.echo(f"Đã niêm lại {written} giá trị.")
    if unreadable:
        raise click.ClickException(
            f"{unreadable} giá trị không mở được vì thiếu khóa cũ. Thêm lại khóa cũ vào cuối DINHLANG_SEAL_KEYS rồi chạy lại."
        )
