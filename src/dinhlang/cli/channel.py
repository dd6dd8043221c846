"""`dinhlang channel …`: other channels of items; the stand-ins that play Facebook and Zalo on this machine."""

from __future__ import annotations

import time

import click


@click.group(help="Kênh mạng xã hội: danh sách, kiểm tra, dịch vụ thử trên máy này.")
def channel() -> None:
    """Group of the commands below."""


@channel.command("list", help="Các kênh của một đơn vị: số, tên, dịch vụ, trạng thái.")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
def list_channels(unit_id: str) -> None:
    """Print the channels, one a line with tabs between."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.broadcast.channels import queries
    from dinhlang.org.queries import unit

    for row in queries.channels_of(unit(unit_id), timezone.now()):
        one = row.channel
        click.echo(
            f"{one.pk}\t{one.name}\t{one.get_service_display()}\t{one.get_standing_display()}\t{one.why}"
        )


@channel.command("stand-in", help="Chạy dịch vụ thử thay Facebook và Zalo trên máy này; bấm Ctrl+C để dừng.")
@click.option("--port", default=8099, show_default=True, type=click.IntRange(1, 65535), metavar="CỔNG")
def stand_in(port: int) -> None:
    """Serve both stand-ins and say how to use them."""
    from dinhlang.broadcast.channels.standins.facebook import PAGE_TOKEN, FacebookStandIn
    from dinhlang.broadcast.channels.standins.serving import serving
    from dinhlang.broadcast.channels.standins.zalo import REFRESH_TOKEN, TOKEN, ZaloStandIn

    page, account = FacebookStandIn(), ZaloStandIn()
    with serving({"facebook": page, "zalo": account}, port) as where:
        click.echo(f"DINHLANG_FACEBOOK={where}/facebook/v25.0")
        click.echo(f"DINHLANG_FACEBOOK_LOGIN={where}/facebook/v25.0")
        click.echo(f"DINHLANG_ZALO={where}/zalo/v2.0")
        click.echo(f"DINHLANG_ZALO_LOGIN={where}/zalo/v4")
        click.echo(f"Facebook: trang {page.page}, ứng dụng {page.app}, khóa {page.secret}, mã {PAGE_TOKEN}")
        click.echo(
            f"Zalo: OA {account.account}, ứng dụng {account.app}, khóa {account.secret}, mã {TOKEN}, mã làm mới {REFRESH_TOKEN}"
        )
        click.echo(f"Bài đã đăng xem ở {where}/")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("Đã dừng.")
