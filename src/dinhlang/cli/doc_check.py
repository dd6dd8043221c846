"""`dinhlang doc check`: what is wrong with a document, for people, for programs, and back in the Word file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import EXISTING, check_writable, read_within, why, write_whole
from dinhlang.cli.pages import page_line

if TYPE_CHECKING:
    from dinhlang.officialdoc.check import Finding, Pack, Suppression
    from dinhlang.officialdoc.check.show import CheckedFile
    from dinhlang.officialdoc.model import Document

_FILE = "TỆP"
_VIETNAM = timezone(timedelta(hours=7))
_PACKS = ("layout", "consistency", "language", "cross", "readability")
_LARGEST_LIST = 5 * 1024 * 1024
_AUTHOR = "Kiểm tra văn bản (Đình Làng)"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a call asks for, the same for all its files."""

    as_of: date | None
    packs: Sequence[Pack]
    suppressions: Sequence[Suppression]
    plan: Document | None
    previous: Document | None


@click.command(
    help="Kiểm tra văn bản: số, ngày bỏ trống, năm và kỳ không khớp, tên cơ quan, số liệu, lỗi viết, cách trình bày trang …"
)
@click.argument("files", nargs=-1, required=True, type=EXISTING, metavar=f"{_FILE}…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="text cho người đọc; json mỗi tệp một dòng; sarif cho chương trình khác.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="NĂM-THÁNG-NGÀY",
    help="Xét văn bản vào ngày này; không ghi thì theo ngày (hoặc kỳ) của văn bản, không có nữa thì hôm nay.",
)
@click.option(
    "--pack",
    "packs",
    multiple=True,
    type=click.Choice(_PACKS),
    help="Chỉ dùng gói quy tắc này (dùng được nhiều lần); không ghi thì chọn theo loại văn bản.",
)
@click.option("--plan", "plan_file", type=EXISTING, metavar=_FILE, help="Đối chiếu báo cáo với kế hoạch này.")
@click.option(
    "--previous", "previous_file", type=EXISTING, metavar=_FILE, help="Đối chiếu với báo cáo của kỳ trước."
)
@click.option(
    "--suppressions",
    "suppressions_file",
    type=EXISTING,
    metavar=_FILE,
    help="Tệp TOML hoặc JSON ghi những điều đã xem và bỏ qua, kèm lý do.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP_RA.docx",
    help="Ghi lời nhắc vào văn bản Word: mỗi chỗ một ghi chú, chỗ có cách sửa thành thay đổi được theo dõi.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="Kết thúc với mã 1 khi có điều từ mức này trở lên.",
)
def check(
    files: Sequence[Path],
    form: str,
    as_of: datetime | None,
    packs: Sequence[str],
    plan_file: Path | None,
    previous_file: Path | None,
    suppressions_file: Path | None,
    output: Path | None,
    fail_on: str | None,
) -> None:
    """Prints what is wrong with each file. Findings alone do not make the call fail."""
    from dinhlang.officialdoc.check import Pack, Severity, settle

    if output is not None:
        _check_output(files, output)
    wanted = _Wanted(
        as_of.date() if as_of else None,
        [Pack(name) for name in packs],
        _suppressions(suppressions_file),
        _beside(plan_file),
        _beside(previous_file),
    )
    checked, refused = [], []
    if len(files) > 1:
        settle()
    for path in files:
        told, problems = _checked(path, wanted)
        refused += problems
        if not problems:
            checked.append(told)
    if output is not None and checked:
        _write_marked(files[0], output, checked[0], wanted)
    _print(checked, form)
    if refused:
        raise click.UsageError(" ".join(refused))
    grave = Severity(fail_on).rank if fail_on else -1
    if any(finding.severity.rank <= grave for one in checked for finding in one.findings):
        raise SystemExit(1)


def _print(checked: Sequence[CheckedFile], form: str) -> None:
    from dinhlang import __version__
    from dinhlang.officialdoc.check import show

    if form == "sarif":
        click.echo(json.dumps(show.to_sarif(checked, __version__), ensure_ascii=False))
    elif form == "json":
        for one in checked:
            click.echo(json.dumps(show.to_json(one), ensure_ascii=False))
    elif checked:
        click.echo("\n\n".join(show.to_text(one) for one in checked))


def _suppressions(path: Path | None) -> Sequence[Suppression]:
    from dinhlang.officialdoc.check.suppressions import BadSuppressions, loaded

    if path is None:
        return ()
    try:
        return loaded(read_within(path, _LARGEST_LIST), path.name)
    except BadSuppressions as bad:
        raise click.UsageError(str(bad)) from None


def _beside(path: Path | None) -> Document | None:
    """A document to compare with. One that cannot be read ends the call: without it the answer would be another."""
    from dinhlang.officialdoc.read import UNREADABLE, read
    from dinhlang.officialdoc.read.decode import LIMIT

    if path is None:
        return None
    document = read(read_within(path, LIMIT), path.name)
    unreadable = [one.message for one in document.problems if one.code in UNREADABLE]
    if unreadable:
        raise click.UsageError(f"{path.name}: {' '.join(unreadable)}")
    return document


def _checked(path: Path, wanted: _Wanted) -> tuple[CheckedFile, list[str]]:
    """One file's findings, and what makes it unreadable."""
    from dinhlang.officialdoc.read.decode import LIMIT

    return _checked_bytes(read_within(path, LIMIT), path.name, wanted)


def _checked_bytes(data: bytes, name: str, wanted: _Wanted) -> tuple[CheckedFile, list[str]]:
    from dinhlang.officialdoc.check import check as check_document
    from dinhlang.officialdoc.check import judged_on, layout_of, rules_in, set_aside
    from dinhlang.officialdoc.check.rules import RULES
    from dinhlang.officialdoc.check.show import CheckedFile
    from dinhlang.officialdoc.read import PARTLY, UNREADABLE, read_with_places

    with page_line(name) as progress:
        reading = read_with_places(data, name, progress=progress)
    document, text = reading.document, reading.text
    for one in document.problems:
        if one.code in PARTLY:
            click.echo(f"Lưu ý: {name}: {one.message}", err=True)
    found = check_document(
        document,
        as_of=wanted.as_of or judged_on(document) or datetime.now(_VIETNAM).date(),
        text=text,
        layout=layout_of(data, document.source.format, reading.decoded.sheets),
        plan=wanted.plan,
        previous=wanted.previous,
        rules=rules_in(wanted.packs, RULES) if wanted.packs else None,
    )
    judged = set_aside(reading.located(found), wanted.suppressions)
    unreadable = [f"{name}: {one.message}" for one in document.problems if one.code in UNREADABLE]
    return CheckedFile(name, judged.standing, text, judged.set_aside, judged.unused), unreadable


def _check_output(files: Sequence[Path], output: Path) -> None:
    if len(files) != 1:
        raise click.UsageError("Chỉ ghi lời nhắc được cho từng văn bản: với -o hãy đưa một tệp.")
    if output.suffix.lower() != ".docx":
        raise click.UsageError(f"Lời nhắc được ghi vào văn bản Word: đặt tên “{output.name}” có đuôi .docx.")
    check_writable(output)


def _write_marked(source: Path, output: Path, checked: CheckedFile, wanted: _Wanted) -> None:
    """The Word file with its findings. Another format is laid out anew in Word first, and that file is marked."""
    from dinhlang.officialdoc.check.marked import Unmarkable, annotated
    from dinhlang.officialdoc.read import read
    from dinhlang.officialdoc.read.decode import LIMIT

    data = read_within(source, LIMIT)
    findings: Sequence[Finding] = checked.findings
    if not data.startswith(b"PK") or source.suffix.lower() == ".odt":
        from dinhlang.officialdoc.write import docx

        data = docx(read(data, source.name))
        findings = _checked_bytes(data, f"{source.stem}.docx", wanted)[0].findings
    fixes = [one for one in findings if one.fix is not None]
    try:
        marked = annotated(data, findings, accepted=fixes, author=_AUTHOR, at=datetime.now(_VIETNAM))
    except Unmarkable as bad:
        raise click.UsageError(f"{source.name}: {bad}") from None
    try:
        write_whole(output, marked)
    except OSError as error:
        raise click.UsageError(f"Không ghi được “{output}”: {why(error)}. Hãy chọn chỗ khác.") from error
