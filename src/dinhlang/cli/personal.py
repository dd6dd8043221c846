"""`dinhlang personal …`: what is kept of people and how long, what has to go, and one person's data taken out or erased."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import click

from dinhlang.cli import files
from dinhlang.config.start import ready

_Command = TypeVar("_Command", bound=Callable[..., object])
_CASE = "citizens.Case"
_CODES = {
    "case": (_CASE, "Mã tra cứu phản ánh, kiến nghị."),
    "dossier": ("onestop.Dossier", "Mã hồ sơ một cửa."),
    "sitting": ("citizens.ContestSitting", "Mã bài thi tìm hiểu."),
    "guest": ("citizens.TrainingGuest", "Mã người dự lớp tập huấn."),
}
"""The options of a code by which a command finds what is held of a person: its kind, and the words of the help."""


@click.group(help="Dữ liệu cá nhân: thời hạn lưu, xuất, xóa.")
def personal() -> None:
    """Group of the commands below."""


@personal.command(
    help="In mục đích, căn cứ, thời hạn lưu, cách giữ của từng trường dữ liệu cá nhân (cột cách nhau bằng tab)."
)
def fields() -> None:
    """Print what every personal field is kept for."""
    ready()
    from django.utils import translation

    from dinhlang.org.personal import Personal, declared, declaring

    with translation.override("vi"):
        for label in declaring():
            for name, row in (declared(label) or {}).items():
                for field, said in row.items():
                    if isinstance(said, Personal):
                        how = f"không niêm: {said.open_because}" if said.open_because else "niêm"
                        click.echo(
                            f"{label}.{name}.{field}\t{said.purpose}\t{said.basis}\t{said.retention}\t{how}"
                        )


@personal.command(help="Xóa dữ liệu cá nhân hết thời hạn lưu. Máy chủ tự làm mỗi ngày; làm dở thì chạy lại.")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm những gì sẽ xóa, không xóa gì.")
def retention(dry_run: bool) -> None:
    """Count what has been kept long enough, or erase it."""
    ready()
    from django.utils import timezone

    from dinhlang.org import actions
    from dinhlang.org.models import RetentionRun
    from dinhlang.org.personal.retention import would_go

    at = timezone.now()
    if dry_run:
        _print(would_go(at), "Chưa có gì hết thời hạn lưu.")
        return
    done = actions.erase_due(at=at, anew=True)
    run = RetentionRun.objects.get(day=timezone.localdate(at))
    _print(run.counts, "Chưa có gì hết thời hạn lưu.")
    click.echo(f"Lần này đã xóa dữ liệu trong {done} dòng.")


@personal.command(help="In số dữ liệu đã xóa từng ngày vì hết thời hạn lưu.")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3660), help="Số ngày gần nhất.")
def report(days: int) -> None:
    """Print the stored reports, newest first."""
    ready()
    from dinhlang.org.models import RetentionRun

    for run in RetentionRun.objects.exclude(counts={})[:days]:
        click.echo(f"{run}{'' if run.finished_at else ' (chưa xong)'}")
        _print(run.counts, "")
    last = RetentionRun.objects.first()
    click.echo(f"Lần xem gần nhất: {last}." if last else "Chưa xem lần nào.")


@personal.command(help="In bảng trạng thái của yêu cầu về dữ liệu cá nhân.")
def states() -> None:
    """Print from which state which deed leads where."""
    ready()
    from django.utils import translation

    from dinhlang.privacy.rules.states import printed_table

    with translation.override("vi"):
        for line in printed_table():
            click.echo(line)


def _of_a_request(command: _Command) -> _Command:
    for name, (_kind, about) in reversed(_CODES.items()):
        command = click.option(f"--{name}", metavar="MÃ", help=about)(command)
    return command


@personal.command(help="Xuất những gì đang lưu của một người: tệp .json, hoặc .zip kèm cả ảnh và giấy tờ.")
@_of_a_request
@click.option("--pin", metavar="SỐ", help="Mã bí mật của người gửi: chỉ xuất những gì người gửi được xem.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="TỆP",
    help="Tệp .json hoặc .zip.",
)
def export(pin: str | None, output: Path, **codes: str | None) -> None:
    """Write everything stored of one request, and note that it was taken out."""
    if output.suffix.lower() not in (".json", ".zip"):
        raise click.UsageError("Tên tệp phải kết thúc bằng .json hoặc .zip.")
    kind, code = _one_of(codes)
    if pin and kind != _CASE:
        raise click.UsageError("Mã bí mật chỉ đi với --case.")
    files.check_writable(output)
    ready()
    from django.core.serializers.json import DjangoJSONEncoder
    from django.utils import timezone, translation

    from dinhlang.org import actions
    from dinhlang.org.personal import people

    held = people.find(kind, code)
    if pin:
        _check_pin(code, pin)
    at = timezone.now()
    with translation.override("vi"):
        told = people.told(held, at=at, for_sender=bool(pin))
    content = json.dumps(told, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder).encode()
    if output.suffix.lower() == ".zip":
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("du-lieu.json", content)
            for name, data in people.files_of(held, for_sender=bool(pin)):
                archive.writestr(f"tep/{name}", data)
        content = box.getvalue()
    actions.note_export(held=held, by=None, at=at)
    files.write_whole(output, content)
    rows = sum(len(found) for found in told["rows"].values())
    click.echo(
        f"Đã ghi {rows} dòng dữ liệu vào “{output}”. Tệp chứa dữ liệu cá nhân, chỉ giao cho người có dữ liệu."
    )


@personal.command(help="Xóa dữ liệu cá nhân trong một việc đã giải quyết xong, theo yêu cầu của người đó.")
@_of_a_request
@click.option("--request", metavar="CHỮ", default="", help="Số, ngày của yêu cầu xóa (không ghi nội dung).")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm những gì sẽ xóa, không xóa gì.")
def erase(request: str, dry_run: bool, **codes: str | None) -> None:
    """Empty what is stored of a person in one request."""
    kind, code = _one_of(codes)
    ready()
    from django.utils import timezone

    from dinhlang.org import actions
    from dinhlang.org.personal import people
    from dinhlang.org.personal.retention import added

    held = people.find(kind, code)
    counts: dict[str, dict[str, int]] = {}
    for term, rows in held.terms():
        if (counted := term.count(rows))["rows"]:
            counts[term.name] = added(counts.get(term.name, {}), counted)
    if not dry_run:
        actions.erase_person(held=held, request=request, by=None, at=timezone.now())
    _print(counts, "Không còn dữ liệu cá nhân nào.")
    click.echo("Chưa xóa gì." if dry_run else "Đã xóa. Bản sao lưu cũ khôi phục lại cũng được xóa theo.")


def _one_of(codes: Mapping[str, str | None]) -> tuple[str, str]:
    """The kind and the code that were given. Raises `UsageError` for none, and for more than one."""
    given = [(_CODES[name][0], code) for name, code in codes.items() if code]
    if len(given) != 1:
        raise click.UsageError("Hãy cho một mã: --case MÃ, --dossier MÃ, --sitting MÃ hoặc --guest MÃ.")
    return given[0]


def _check_pin(code: str, pin: str) -> None:
    from dinhlang.citizens.queries.tracking import find

    if find(None, code, pin) is None:
        raise click.ClickException("Mã tra cứu hoặc mã bí mật không đúng.")


def _print(counts: Mapping[str, Mapping[str, int]], nothing: str) -> None:
    """Counts alone, one line for a model and one for each of its fields."""
    if not counts and nothing:
        click.echo(nothing)
    for name, found in sorted(counts.items()):
        click.echo(f"{name}\t{found['rows']} dòng")
        for field, count in found.items():
            if field != "rows":
                click.echo(f"{name}.{field}\t{count}")
