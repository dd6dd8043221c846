"""`dinhlang emergency …`: emergency messages as CAP files, taken in from the level above and given out."""

from __future__ import annotations

from pathlib import Path

import click

_UNIT = click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")


@click.group(help="Thông điệp khẩn cấp: nhận tệp CAP của cấp trên, xuất tệp CAP, liệt kê.")
def emergency() -> None:
    """Group of the commands below."""


@emergency.command(
    "take-in",
    help="Nhận tệp CAP thành bản nháp để hai người xem và phát; nhận lại cùng thông điệp thì không thêm gì.",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="TỆP…",
)
@_UNIT
def take_in(files: tuple[Path, ...], unit_id: str) -> None:
    """Take each file in; one that is refused does not keep the others away."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.broadcast.emergency import cap, queries, taking
    from dinhlang.org.queries import unit
    from dinhlang.org.rules import Refused

    body, refused = unit(unit_id), False
    for file in files:
        try:
            with file.open("rb") as opened:
                # No more than what is refused for its size.
                data = opened.read(cap.LARGEST + 1)
            made, is_new = taking.taken_in(unit=body, data=data, by=None, at=timezone.now())
        except Refused as reason:
            refused = True
            click.echo(f"{file.name}: {reason}", err=True)
            continue
        click.echo(f"{made.pk}\t{'đã nhận' if is_new else 'đã nhận trước'}\t{queries.title_of(made)}")
    if refused:
        raise click.exceptions.Exit(1)


@emergency.command("list", help="Liệt kê thông điệp của đơn vị, mới nhất trước.")
@_UNIT
@click.option("--words", default="", metavar="TỪ", help="Chỉ những thông điệp có các từ này; không cần dấu.")
@click.option("--year", type=click.IntRange(1, 9999), default=None, metavar="NĂM", help="Chỉ của năm này.")
def list_(unit_id: str, words: str, year: int | None) -> None:
    """One line each: number, state, moment, how many devices have it, name."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.broadcast.emergency import queries
    from dinhlang.org.queries import unit

    asked = queries.Asked(words=words, year=year or 0)
    found = list(queries.emergencies_of(unit(unit_id), asked))
    heard = queries.heard_by(found)
    for one in found:
        moment = timezone.localtime(one.issued_at or one.made_at)
        told = f"{heard.get(one.pk, 0)} máy đã nhận"
        click.echo(
            f"{one.pk}\t{one.get_state_display()}\t{moment:%d/%m/%Y %H:%M}\t{told}\t{queries.title_of(one)}"
        )


@emergency.command("write", help="Xuất thông điệp đã phát thành tệp CAP.")
@click.argument("number", type=int, metavar="SỐ_THÔNG_ĐIỆP")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Ghi ra tệp này."
)
def write(number: int, output: Path) -> None:
    """Write what was sent as a CAP file."""
    from dinhlang.config.start import ready

    ready()
    from dinhlang.broadcast.emergency import taking
    from dinhlang.broadcast.models import Emergency
    from dinhlang.org.rules import Refused

    found = Emergency.objects.filter(pk=number).select_related("unit", "refers").first()
    if found is None:
        raise click.UsageError(f"Không có thông điệp khẩn cấp số {number}.")
    try:
        data = taking.given_out(found)
    except Refused as reason:
        raise click.ClickException(str(reason)) from reason
    output.write_bytes(data)
    click.echo(f"Đã ghi {output}.")
