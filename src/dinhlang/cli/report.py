"""`dinhlang report …`: a report is drafted, issued, shown."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import check_writable, why, write_whole
from dinhlang.config.start import ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from dinhlang.reports.models import Obligation, Report

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
FILE = click.Path(path_type=Path, dir_okay=False)

unit_option = click.option(
    "--unit", "unit_id", metavar="MÃ", required=True, help="Đơn vị báo cáo (mã hoặc tên)."
)
period_option = click.option(
    "--period",
    "period_id",
    metavar="KỲ",
    required=True,
    help="Kỳ báo cáo: 2023, 2023-H1, 2023-9M, 2023-Q3, 2023-M07.",
)
programme_option = click.option(
    "--programme",
    metavar="MÃ",
    default="cchc-tuyen-truyen",
    show_default=True,
    help="Loại báo cáo: cchc-tuyen-truyen, cchc, kstthc-06.",
)
json_option = click.option(
    "--json", "json_path", type=FILE, metavar="TỆP.json", help="Ghi thêm số liệu và minh chứng."
)
pdf_option = click.option("--pdf", "pdf_path", type=FILE, metavar="TỆP.pdf", help="Ghi thêm bản PDF.")


@click.group(help="Báo cáo.")
def report() -> None:
    """Group of the commands below."""


@report.command(help="Lập dự thảo báo cáo của một kỳ từ sổ theo dõi, kế hoạch và đề cương.")
@unit_option
@period_option
@programme_option
@click.option(
    "-o", "--output", "docx_path", type=FILE, metavar="TỆP.docx", required=True, help="Tệp Word để ghi."
)
@pdf_option
@json_option
@click.option(
    "--regime", default="", metavar="MÃ", help="Chế độ tính ngày; mặc định là chế độ của loại báo cáo."
)
def draft(
    unit_id: str,
    period_id: str,
    programme: str,
    docx_path: Path,
    pdf_path: Path | None,
    json_path: Path | None,
    regime: str,
) -> None:
    """Draft, write the files asked for, and name what is missing."""
    _check_paths(docx_path, pdf_path, json_path)
    ready()
    from django.utils import timezone

    from dinhlang.org import queries as org
    from dinhlang.periods.identifier import Period
    from dinhlang.reports import actions

    period = Period.parse(period_id)
    unit = org.unit(unit_id)
    made = actions.draft_report(
        unit=unit, period=period, programme=programme, by=None, at=timezone.now(), regime=regime
    )
    _write_files(made, docx_path, pdf_path, json_path)
    click.echo(f"Đã lập dự thảo báo cáo {period.label} của {org.title_of(unit, made.window_to)}: {docx_path}")
    _tell_missing(made)


@report.command(help="Phát hành dự thảo: lấy số trong sổ văn bản đi, ghi ngày, chốt số liệu.")
@unit_option
@period_option
@programme_option
@click.option("--on", "day", type=DAY, metavar="NGÀY", help="Ngày ban hành; mặc định là hôm nay.")
@click.option(
    "-o", "--output", "docx_path", type=FILE, metavar="TỆP.docx", required=True, help="Tệp Word để ghi."
)
@pdf_option
@json_option
def issue(
    unit_id: str,
    period_id: str,
    programme: str,
    day: datetime | None,
    docx_path: Path,
    pdf_path: Path | None,
    json_path: Path | None,
) -> None:
    """Issue the draft and write the files asked for, exactly as they are kept."""
    _check_paths(docx_path, pdf_path, json_path)
    ready()
    from django.utils import timezone

    from dinhlang.reports import actions

    now = timezone.now()
    found = _find(unit_id, period_id, programme)
    issued = actions.issue_report(
        report=found, on=day.date() if day else timezone.localdate(now), by=None, at=now
    )
    told = f"Đã phát hành báo cáo số {issued.number:02d}/{issued.symbol}"
    try:
        _write_files(issued, docx_path, pdf_path, json_path)
    except OSError as error:
        raise click.ClickException(
            f"{told}, nhưng chưa ghi được tệp ({why(error)}). Ghi lại bằng lệnh: "
            f"dinhlang report show --unit {issued.unit_id} --period {issued.period} -o TỆP.docx"
        ) from None
    click.echo(f"{told}: {docx_path}")
    _tell_missing(issued)


@report.command(help="Xem một báo cáo: tình trạng, phần còn thiếu, số liệu đã thay đổi từ khi lập.")
@unit_option
@period_option
@programme_option
@click.option("-o", "--output", "docx_path", type=FILE, metavar="TỆP.docx", help="Ghi tệp Word.")
@pdf_option
@json_option
def show(
    unit_id: str,
    period_id: str,
    programme: str,
    docx_path: Path | None,
    pdf_path: Path | None,
    json_path: Path | None,
) -> None:
    """Print where the report stands; write files when asked."""
    _check_paths(docx_path, pdf_path, json_path)
    ready()
    from dinhlang.periods.window import numeric_date
    from dinhlang.reports import queries

    found = _find(unit_id, period_id, programme)
    click.echo(f"{found.subject}")
    click.echo(f"Số liệu từ {numeric_date(found.window_from)} đến {numeric_date(found.window_to)}")
    if found.number and found.issued_on:
        click.echo(
            f"Đã phát hành: số {found.number:02d}/{found.symbol}, ngày {numeric_date(found.issued_on)}"
        )
    else:
        click.echo("Dự thảo, chưa phát hành")
    _write_files(found, docx_path, pdf_path, json_path)
    _tell_missing(found)
    for changed in queries.drift(found):
        click.echo(f"Đã thay đổi: {changed.sentence}")


@report.command(
    "all",
    help="Ghi mọi báo cáo của một kỳ ra tệp Word trong một thư mục, bằng mọi bộ xử lý của máy. Dừng giữa chừng thì chạy lại.",
)
@period_option
@programme_option
@click.option(
    "--under", "under_id", metavar="MÃ", help="Chỉ đơn vị này và các đơn vị thuộc nó (mã hoặc tên)."
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    required=True,
    help="Thư mục để ghi; chưa có thì tạo.",
)
@click.option(
    "--draft-missing", "is_drafting", is_flag=True, help="Đơn vị chưa có báo cáo thì lập dự thảo từ sổ."
)
@click.option(
    "--processes", type=click.IntRange(1, 64), metavar="SỐ", help="Số tiến trình; mặc định theo máy."
)
def all_of_a_period(
    period_id: str,
    programme: str,
    under_id: str | None,
    folder: Path,
    processes: int | None,
    *,
    is_drafting: bool,
) -> None:
    """Write the files, and name the units of which there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"Không tạo được thư mục “{folder}”: {why(error)}.") from None
    check_writable(folder / "bao-cao.docx")
    ready()
    from django.utils import timezone

    from dinhlang.config.progress import bar
    from dinhlang.org import queries as org
    from dinhlang.periods.identifier import Period
    from dinhlang.reports import period_files

    period = Period.parse(period_id)
    day = period.calendar_window().end
    under = org.unit(under_id, day) if under_id else None
    units = org.ids_below(under, day) | {under.pk} if under else None
    reports = period_files.reports_of(period, units, programme)
    if not reports:
        raise click.ClickException(
            f"Không có đơn vị nào phải gửi hay đã lập báo cáo {period.label}. "
            f"Mở kỳ bằng lệnh: dinhlang duty open --period {period}"
        )
    try:
        with bar(f"Đang ghi báo cáo {period.label}") as progress:
            made = period_files.write_all(
                reports.items(),
                folder,
                period=period,
                at=timezone.now(),
                is_drafting=is_drafting,
                programme=programme,
                processes=processes,
                progress=progress,
            )
    except OSError as error:
        raise click.ClickException(
            f"Chưa ghi được hết vào “{folder}”: {why(error)}. Khắc phục rồi chạy lại lệnh."
        ) from None
    written = sum(bool(one.file) for one in made)
    click.echo(f"Đã ghi {written}/{len(made)} báo cáo {period.label} vào {folder}")
    for one in made:
        if not one.file:
            click.echo(f"- {one.unit}: {one.why or 'chưa có báo cáo'}")


server_option = click.option(
    "--to", "server", metavar="ĐỊA-CHỈ", required=True, help="Địa chỉ máy của cấp trên: https://…"
)
key_option = click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="TỆP",
    help="Tệp chứa khóa nộp báo cáo; không có thì lấy ở biến DINHLANG_SUBMISSION_KEY.",
)


@report.command(
    help="Nộp báo cáo đã phát hành lên máy của cấp trên; bị cắt giữa chừng thì chạy lại để gửi tiếp."
)
@unit_option
@period_option
@programme_option
@server_option
@key_option
def send(unit_id: str, period_id: str, programme: str, server: str, key_file: Path | None) -> None:
    """Send, keep the receipt, and tell its number."""
    ready()
    from django.utils import timezone

    from dinhlang.reports.submission import actions, queries
    from dinhlang.reports.submission.client import Client

    client = Client(server, _key(key_file))
    made = actions.send_report(
        report=_issued(unit_id, period_id, programme),
        client=client,
        server=_place(server),
        by=None,
        at=timezone.now(),
        told=lambda done, of: click.echo(f"Đã gửi {done * 100 // of}%", err=True),
    )
    told = queries.receipt_of(made)
    click.echo(f"Cấp trên đã tiếp nhận, số {told['number']}. Mã băm {made.digest}")
    click.echo(f"Tình trạng: {made.get_state_display()}")


@report.command(
    "send-file",
    help="Nộp một tệp .docx, .xlsx hoặc .pdf làm trả lời cho công văn yêu cầu báo cáo; gửi lại được giấy tiếp nhận cũ.",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="TỆP")
@unit_option
@click.option(
    "--request", "request_id", type=int, required=True, metavar="SỐ", help="Số của yêu cầu trên máy này."
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    required=True,
    metavar="NGÀY",
    help="Ngày của văn bản.",
)
@click.option("--symbol", default="", metavar="SỐ-KÝ-HIỆU", help="Số, ký hiệu của văn bản, nếu có.")
@server_option
@key_option
def send_file(
    file: Path, unit_id: str, request_id: int, day: datetime, symbol: str, server: str, key_file: Path | None
) -> None:
    """Send the file, keep the receipt, and tell its number."""
    ready()
    from django.utils import timezone

    from dinhlang.reports.submission import actions, queries
    from dinhlang.reports.submission.client import Client

    made = actions.send_file(
        obligation=_asked_by_letter(unit_id, request_id),
        data=file.read_bytes(),
        name=file.name,
        document_on=day.date(),
        symbol=symbol,
        client=Client(server, _key(key_file)),
        server=_place(server),
        by=None,
        at=timezone.now(),
        told=lambda done, of: click.echo(f"Đã gửi {done * 100 // of}%", err=True),
    )
    click.echo(f"Cấp trên đã tiếp nhận, số {queries.receipt_of(made)['number']}. Mã băm {made.digest}")
    click.echo(f"Tình trạng: {made.get_state_display()}")


def _asked_by_letter(unit_id: str, request_id: int) -> Obligation:
    from dinhlang.org import queries as org
    from dinhlang.reports.models import Obligation as Obligations

    owed = Obligations.objects.filter(unit=org.unit(unit_id), request=request_id).select_related(
        "request", "unit"
    )
    found = owed.first()
    if found is None:
        raise click.ClickException(
            f"Yêu cầu số {request_id} không giao cho đơn vị này. Xem số của yêu cầu ở địa chỉ trang “Yêu cầu báo cáo đột xuất”."
        )
    return found


@report.command(
    help="Hỏi cấp trên đã quyết định gì về báo cáo đã nộp; --take-back rút lại khi chưa quyết định."
)
@unit_option
@period_option
@programme_option
@server_option
@key_option
@click.option("--take-back", is_flag=True, help="Rút lại báo cáo đã nộp.")
def sent(
    unit_id: str, period_id: str, programme: str, server: str, key_file: Path | None, *, take_back: bool
) -> None:
    """Ask, write down here what was decided, and tell it."""
    ready()
    from django.utils import timezone

    from dinhlang.reports.rules import request_of
    from dinhlang.reports.submission import actions, queries
    from dinhlang.reports.submission.client import Client

    request = request_of(programme)
    # An answer to a letter may have been a file, which is no report of this box.
    handed_in = (
        _issued(unit_id, period_id, programme).submissions
        if request is None
        else _asked_by_letter(unit_id, request).submissions
    )
    found = handed_in.filter(place=_place(server)).order_by("-number").first()
    if found is None:
        raise click.ClickException("Báo cáo này chưa nộp lên máy đó. Nộp bằng lệnh: dinhlang report send …")
    act = actions.take_back_there if take_back else actions.ask_standing
    now = act(submission=found, client=Client(server, _key(key_file)), at=timezone.now())
    click.echo(f"Số tiếp nhận {queries.receipt_of(now)['number']}: {now.get_state_display()}")
    returned = queries.returned_points(now)
    if returned is not None:
        if returned.reason:
            click.echo(returned.reason)
        for point in returned.points:
            click.echo(f"- {point['quote']}: {point['said']}" if point["quote"] else f"- {point['said']}")


def _place(server: str) -> str:
    """The server as it is kept: the same one, with a slash behind it or without."""
    return server.rstrip("/")


def _key(key_file: Path | None) -> str:
    import os

    # Some editors put a mark before the text; what is no text is no key, and the server says so.
    key = (
        key_file.read_text("utf-8-sig", "replace")
        if key_file
        else os.environ.get("DINHLANG_SUBMISSION_KEY", "")
    )
    if not key.strip():
        raise click.ClickException(
            "Chưa có khóa nộp báo cáo. Ghi khóa vào một tệp rồi thêm --key-file TỆP, hoặc đặt DINHLANG_SUBMISSION_KEY."
        )
    return key.strip()


def _issued(unit_id: str, period_id: str, programme: str) -> Report:
    """The last issued report of a programme and period."""
    from dinhlang.org import queries as org
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.models import Report as Reports

    unit, period = org.unit(unit_id), Period.parse(period_id)
    reports = Reports.objects.filter(unit=unit, programme=programme, period=str(period), status="issued")
    found = reports.order_by("-pk").first()
    if found is None:
        raise click.ClickException("Kỳ này chưa có báo cáo đã phát hành. Trình duyệt và phát hành rồi nộp.")
    return found


def _find(unit_id: str, period_id: str, programme: str) -> Report:
    from dinhlang.org import queries as org
    from dinhlang.periods.identifier import Period
    from dinhlang.reports import queries

    return queries.report_of(org.unit(unit_id), Period.parse(period_id), programme)


def _tell_missing(found: Report) -> None:
    if found.missing:
        click.echo(f"Còn thiếu {len(found.missing)} điểm:")
    for one in found.missing:
        click.echo(f"- {one['message']}")


def _check_paths(docx_path: Path | None, pdf_path: Path | None, json_path: Path | None) -> None:
    """Refuse what could not be written before any work is done: an issue cannot be taken back."""
    for path, ending in ((docx_path, ".docx"), (pdf_path, ".pdf"), (json_path, ".json")):
        if path is None:
            continue
        if path.suffix.lower() != ending:
            raise click.ClickException(f"Tệp “{path}” cần có đuôi {ending}. Đặt lại tên tệp.")
        check_writable(path)


def _write_files(
    found: Report, docx_path: Path | None, pdf_path: Path | None, json_path: Path | None
) -> None:
    from dinhlang.reports import queries, render

    makers: tuple[tuple[Path | None, Callable[[], bytes]], ...] = (
        (docx_path, lambda: render.docx(found)),
        (pdf_path, lambda: render.pdf(found)),
        (
            json_path,
            lambda: json.dumps(queries.as_json(found), ensure_ascii=False, indent=2).encode() + b"\n",
        ),
    )
    for path, make in makers:
        if path is not None:
            write_whole(path, make())
