"""`dinhlang archive …`: old documents are taken in, and what was read from them is listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.archive.models import ArchivedDocument
    from dinhlang.org.models import Unit

LARGEST = 50 * 1024 * 1024


@click.group(help="Văn bản cũ và số liệu trong đó.")
def archive() -> None:
    """Group of the commands below."""


@archive.command("import", help="Đưa văn bản cũ vào kho; mỗi tệp tự nhận đơn vị và kỳ báo cáo.")
@click.argument("paths", metavar="TỆP…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--unit", "unit_id", metavar="MÃ", help="Đơn vị của mọi tệp, khi văn bản không ghi rõ.")
@click.option(
    "--wait", is_flag=True, help="Không đưa vào ngay: để người có trách nhiệm xác nhận trên bàn làm việc."
)
def import_files(paths: Sequence[Path], unit_id: str | None, wait: bool) -> int:
    """Each file has its own fate: those that can be read are kept, the others are named; 2 when there are others."""
    ready()
    from dinhlang.org import queries
    from dinhlang.org.rules import Refused

    unit = queries.unit(unit_id) if unit_id else None
    if wait and unit is None:
        raise click.UsageError("Với --wait cần chọn đơn vị sẽ xác nhận: thêm --unit MÃ_ĐƠN_VỊ.")
    refused = 0
    for path in paths:
        try:
            if wait and unit is not None:
                click.echo(_hand_in(path, unit))
                continue
            document = _take_in(path, unit)
        except Refused as reason:
            refused += 1
            click.echo(" ".join(str(reason).split()), err=True)
            continue
        for line in _told(document):
            click.echo(line)
    if len(paths) > 1:
        done = "Chờ xác nhận" if wait else "Đã đưa vào"
        click.echo(f"{done} {len(paths) - refused} trên {len(paths)} tệp.")
    return 2 if refused else 0


@archive.command("list", help="Liệt kê văn bản đã đưa vào và số liệu đọc được.")
@click.option("--unit", "unit_id", metavar="MÃ", help="Chỉ một đơn vị.")
def list_documents(unit_id: str | None) -> None:
    """Print the documents with their figures, oldest period first."""
    ready()
    from dinhlang.archive.models import ArchivedDocument
    from dinhlang.org import queries

    documents = ArchivedDocument.objects.order_by("unit", "period", "pk")
    if unit_id:
        documents = documents.filter(unit=queries.unit(unit_id))
    for document in documents:
        for line in _told(document):
            click.echo(line)


@archive.command(help="Liệt kê văn bản đang trên đường vào kho và bước đã tới.")
@click.option("--unit", "unit_id", metavar="MÃ", help="Chỉ một đơn vị.")
@click.option("--steps", is_flag=True, help="In bảng các bước và bước nào đi tiếp được.")
def waiting(unit_id: str | None, steps: bool) -> None:
    """Print the files that are not in the archive yet, newest first; or the table of steps."""
    ready()
    from dinhlang.archive import rules
    from dinhlang.archive.models import Intake
    from dinhlang.org import queries

    if steps:
        click.echo(rules.printed_table())
        return
    found = Intake.objects.exclude(step=rules.Step.ARCHIVED)
    if unit_id:
        found = found.filter(unit=queries.unit(unit_id))
    for intake in found.only("name", "unit", "step", "reason"):
        click.echo(
            "\t".join([intake.name, intake.unit_id, intake.get_step_display(), intake.reason]).rstrip()
        )


def _hand_in(path: Path, unit: Unit) -> str:
    """Read a file as far as the step at which a person is asked; a line about it. Raises `Refused`."""
    from django.utils import timezone

    from dinhlang.archive import actions
    from dinhlang.archive.models import Intake
    from dinhlang.archive.rules import Step
    from dinhlang.org.rules import Refused

    intake = actions.receive_file(
        data=_bytes_of(path),
        name=path.name,
        unit=unit,
        is_unit_given=True,
        origin=Intake.Origin.COMMAND,
        by=None,
        at=timezone.now(),
    )
    actions.read_intake(pk=intake.pk, at=timezone.now())
    intake.refresh_from_db()
    if intake.step == Step.REFUSED:
        raise Refused(intake.reason)
    return f"{intake.name}\t{unit.pk}\t{intake.get_step_display()}"


def _take_in(path: Path, unit: Unit | None) -> ArchivedDocument:
    from django.utils import timezone

    from dinhlang.archive import actions

    data = _bytes_of(path)
    return actions.import_document(data=data, name=path.name, by=None, at=timezone.now(), unit=unit)


def _bytes_of(path: Path) -> bytes:
    """The file's bytes. Raises `Refused` for what cannot be read, is empty or too large."""
    from dinhlang.org.rules import Refused

    try:
        # The name of a device or a pipe says nothing of how much would come out of it.
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        size = max(path.stat().st_size, len(data))
        if size > LARGEST:
            raise Refused(
                f"{path.name}: nặng {size // 1048576} MB, tối đa {LARGEST // 1048576} MB. "
                "Chia nhỏ tệp rồi đưa vào lại."
            )
    except OSError as error:
        raise Refused(
            f"{path.name}: không đọc được tệp ({_reason(error)}). Kiểm tra đường dẫn và quyền đọc."
        ) from None
    if not data:
        raise Refused(f"{path.name}: tệp trống. Chọn lại tệp.")
    return data


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "không có tệp này"
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục"
    return "không có quyền đọc" if isinstance(error, PermissionError) else "lỗi đọc đĩa"


def _told(document: ArchivedDocument) -> list[str]:
    """The document on one line, then each figure with its quote and what speaks against it."""
    from dinhlang.work.concepts import CONCEPTS

    head = f"{document.name}\t{document.unit_id}\t{document.period or 'chưa rõ kỳ'}\t{document.subject}"
    lines = [head]
    for fact in document.facts.order_by("line", "pk"):
        concept = CONCEPTS.get(fact.concept)
        words = " ".join(filter(None, [fact.exactness, _printed(fact.value), fact.measure]))
        where = f"dòng {fact.line}: " if fact.line else ""
        lines.append(f"  {words}\t{concept.label if concept else 'chưa rõ chỉ tiêu'}\t{where}“{fact.quote}”")
        lines += [f"    Lưu ý: {doubt['message']}" for doubt in fact.doubts]
    return lines


def _printed(value: object) -> str:
    from decimal import Decimal

    from dinhlang.vietnamese.numbers import printed

    number = Decimal(str(value))
    return printed(int(number) if number == number.to_integral_value() else float(number))
