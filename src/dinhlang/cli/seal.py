"""`dinhlang seal …`: under which keys secrets and personal values are sealed, and how the key changes."""

from __future__ import annotations

import secrets

import click

from dinhlang.config.start import ready


@click.group(help="Dữ liệu đã niêm (mã truy cập kênh, địa chỉ thư…): khóa đang dùng, đổi khóa.")
def seal() -> None:
    """Group of the commands below."""


@seal.command(help="In một khóa mới để đặt vào DINHLANG_SEAL_KEYS. Không lưu gì.")
def key() -> None:
    """Print a fresh key."""
    click.echo(secrets.token_urlsafe(48))


@seal.command(help="Đếm dữ liệu đã niêm theo khóa.")
def status() -> None:
    """Print how many values each key seals; fail when some cannot be read."""
    ready()
    from dinhlang.org import sealed

    counts = sealed.count_by_key(sealed.sealed_models())
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


@seal.command(help="Niêm lại mọi giá trị bằng khóa đang dùng. Dừng giữa chừng thì chạy lại.")
def renew() -> None:
    """Write every sealed value anew."""
    ready()
    from dinhlang.org import sealed

    written, unreadable = sealed.renew(sealed.sealed_models())
    click.echo(f"Đã niêm lại {written} giá trị.")
    if unreadable:
        raise click.ClickException(
            f"{unreadable} giá trị không mở được vì thiếu khóa cũ. Thêm lại khóa cũ vào cuối DINHLANG_SEAL_KEYS rồi chạy lại."
        )
