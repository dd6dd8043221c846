"""`dinhlang bulletin …`: bulletins of the radio as files, taken in from the level above and written for those below."""

from __future__ import annotations

from pathlib import Path

import click

_UNIT = click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")


@click.group(help="Bản tin phát thanh: nhận tệp của cấp trên, xuất tệp gửi cấp dưới.")
def bulletin() -> None:
    """Group of the commands below."""


@bulletin.command(
    "take-in", help="Nhận tệp của cấp trên thành bản nháp; nhận lại cùng tệp thì không thêm gì."
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TỆP…",
)
@_UNIT
@click.option("--sender", default="", help="Cơ quan gửi, khi tệp không ghi.")
@click.option("--reference", default="", help="Số, ký hiệu văn bản.")
def take_in(files: tuple[Path, ...], unit_id: str, sender: str, reference: str) -> None:
    """Take each file in; one that is refused does not keep the others away."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.broadcast.intake.actions import Given, take_in_file
    from dinhlang.broadcast.speech.finishing import BadSound
    from dinhlang.org.queries import unit
    from dinhlang.org.rules import Refused
    from dinhlang.work import blobs

    body, refused = unit(unit_id), False
    for file in files:
        try:
            blobs.check_size(file.stat().st_size)
            taken = take_in_file(
                unit=body,
                data=file.read_bytes(),
                name=file.name,
                given=Given(sender=sender, reference=reference),
                by=None,
                at=timezone.now(),
            )
        except (Refused, BadSound) as reason:
            refused = True
            click.echo(f"{file.name}: {reason}", err=True)
            continue
        click.echo(f"{taken.bulletin.pk}\t{'đã nhận' if taken.is_new else 'đã nhận trước'}\t{taken.bulletin}")
        for one in taken.told:
            click.echo(f"{file.name}: {one}", err=True)
    if refused:
        raise click.exceptions.Exit(1)


@bulletin.command("write", help="Xuất bản tin đã duyệt thành tệp để đài cấp dưới nhận.")
@click.argument("number", type=int, metavar="SỐ_BẢN_TIN")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Ghi ra tệp này."
)
def write(number: int, output: Path) -> None:
    """Write the approved edition as a file, its recording inside."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone
    from django.utils.text import capfirst

    from dinhlang.broadcast.intake.actions import file_of
    from dinhlang.broadcast.models import Bulletin
    from dinhlang.org.queries import title_of
    from dinhlang.org.rules import Refused

    found = Bulletin.objects.filter(pk=number).select_related("unit", "approved__recording").first()
    if found is None:
        raise click.UsageError(f"Không có bản tin số {number}.")
    try:
        data = file_of(found, sender=capfirst(title_of(found.unit, timezone.localdate())))
    except Refused as reason:
        raise click.ClickException(str(reason)) from reason
    output.write_bytes(data)
    click.echo(f"Đã ghi {output}.")
