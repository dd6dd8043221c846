"""`dinhlang player …`: devices of vendors that are reached by files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

if TYPE_CHECKING:
    from dinhlang.broadcast.models import Device
    from dinhlang.broadcast.players.adapters import Adapter

_FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="THƯ_MỤC"
)


@click.group(help="Máy phát thanh: trao đổi bằng tệp với thiết bị không nối mạng.")
def player() -> None:
    """Group of the commands below."""


@player.command("list", help="Các máy phát của một đơn vị: số, tên, nghe lần cuối, báo động.")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
def list_devices(unit_id: str) -> None:
    """Print the devices, one a line with tabs between."""
    from dinhlang.config.start import ready

    ready()
    from django.utils.timezone import localtime

    from dinhlang.broadcast.players import queries
    from dinhlang.org.queries import unit

    for one in queries.devices_of(unit(unit_id)):
        heard = f"{localtime(one.heard_at):%H:%M %d/%m/%Y}" if one.heard_at else "chưa lần nào"
        state = "đã thu hồi" if one.revoked_at else one.get_alarm_display()
        click.echo(f"{one.pk}\t{one.name}\t{heard}\t{state}")


@player.command(help="Ghi lịch và tệp âm thanh ra thư mục, rồi nhận nhật ký thiết bị để lại ở đó.")
@click.argument("device_id", type=int, metavar="SỐ_MÁY")
@_FOLDER
@click.option("--adapter", default="csv", show_default=True, help="Cách trao đổi.")
def sync(device_id: int, folder: Path, adapter: str) -> None:
    """Lay the schedule down and take the log in."""
    device, way = _found(device_id, folder, adapter)
    from django.utils import timezone

    from dinhlang.broadcast.players import actions, queries
    from dinhlang.broadcast.players.adapters import NotDelivered
    from dinhlang.work import blobs
    from dinhlang.work.models import Blob

    at = timezone.now()
    try:
        laid = way.schedule(
            queries.schedule_of(device, at), lambda sha256: blobs.read(Blob.objects.get(pk=sha256))
        )
        told = way.log()
    except NotDelivered as reason:
        raise click.ClickException(str(reason)) from reason
    except blobs.BlobLost as reason:
        raise click.ClickException(
            "Một tệp âm thanh trong kho bị mất hoặc hỏng. Khôi phục từ bản sao lưu rồi làm lại."
        ) from reason
    click.echo(f"Đã ghi {laid.plays} mục vào lịch.")
    for title in laid.without_sound:
        click.echo(f"Không có tệp âm thanh: {title}", err=True)
    for number, why in told.problems:
        click.echo(f"Dòng {number} của nhật ký: {why}.", err=True)
    if told.reports:
        taken = actions.take_events(device=device, events=told.reports, clock=at, at=at).taken
        click.echo(f"Nhật ký: ghi mới {len(taken.written)}, đã có {len(taken.known)}.")
        for number, why in taken.refused.items():
            click.echo(f"Không ghi số {number}: {why}.", err=True)


@player.command(help="Ra lệnh cho thiết bị: phát một mục, dừng, chỉnh âm lượng.")
@click.argument("device_id", type=int, metavar="SỐ_MÁY")
@_FOLDER
@click.option("--play", type=click.UUID, metavar="MÃ_MỤC", help="Phát ngay mục này của lịch.")
@click.option("--stop", is_flag=True, help="Dừng ngay.")
@click.option("--volume", type=click.IntRange(0, 100), help="Âm lượng, phần trăm.")
@click.option("--adapter", default="csv", show_default=True, help="Cách trao đổi.")
def order(
    device_id: int, folder: Path, play: UUID | None, stop: bool, volume: int | None, adapter: str
) -> None:
    """Give an order, and say how the device is."""
    device, way = _found(device_id, folder, adapter)
    from django.utils import timezone
    from django.utils.timezone import localtime

    from dinhlang.broadcast.players.adapters import NotDelivered

    at = timezone.now()
    try:
        if volume is not None:
            way.volume(volume, at=at)
        if stop:
            way.stop(at=at)
        if play is not None:
            way.play(play, at=at)
        status = way.status()
    except NotDelivered as reason:
        raise click.ClickException(str(reason)) from reason
    if status is None:
        click.echo(f"{device.name}: chưa báo trạng thái.")
        return
    playing = status.playing or "không phát gì"
    loud = f", âm lượng {status.volume} %" if status.volume is not None else ""
    click.echo(f"{device.name}, lúc {localtime(status.said_at):%H:%M %d/%m/%Y}: {playing}{loud}.")


def _found(device_id: int, folder: Path, adapter: str) -> tuple[Device, Adapter]:
    """The device with that number, in use, and the way to it."""
    from dinhlang.config.start import ready

    ready()
    from dinhlang.broadcast.models import Device
    from dinhlang.broadcast.players.adapters import adapters

    device = Device.objects.filter(pk=device_id, revoked_at=None).select_related("unit", "zone").first()
    if device is None:
        raise click.UsageError(
            f"Không có máy phát số {device_id} đang dùng. Xem: dinhlang player list --unit …"
        )
    ways = adapters()
    if adapter not in ways:
        raise click.UsageError(f"Không có cách trao đổi “{adapter}”. Có: {', '.join(ways)}.")
    return device, ways[adapter](folder)
