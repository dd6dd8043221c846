"""`dinhlang doc read`, `check` and `write`: official documents, file by file, without a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli import doc_check, doc_repair, doc_sign
from dinhlang.cli.files import EXISTING, check_writable, read_within, why, write_whole
from dinhlang.cli.pages import page_line

if TYPE_CHECKING:
    from dinhlang.officialdoc.model import Document

_FILE = "TỆP"
_JSON_LIMIT = 50 * 1024 * 1024


@click.group(help="Đọc, kiểm tra và trình bày văn bản hành chính.", subcommand_metavar="LỆNH [THAM SỐ]…")
def doc() -> None:
    """Group of the commands on documents."""


doc.add_command(doc_check.check)
doc.add_command(doc_repair.repair)
doc.add_command(doc_sign.sign)
doc.add_command(doc_sign.verify)


@doc.command(help="Đọc văn bản: đầu đề, căn cứ, số liệu, nhiệm vụ, nơi nhận …")
@click.argument("files", nargs=-1, required=True, type=EXISTING, metavar=f"{_FILE}…")
@click.option("--json", "as_json", is_flag=True, help="Mỗi tệp một đối tượng JSON trên một dòng.")
@click.option("--repair", "repairs", is_flag=True, help="Văn bản hỏng thì phục hồi rồi mới đọc.")
def read(files: Sequence[Path], as_json: bool, repairs: bool) -> None:
    """Prints what each file says. A file that cannot be read is told on standard error, after the others."""
    from dinhlang.officialdoc.codec import to_json
    from dinhlang.officialdoc.read import UNREADABLE, read_with_places
    from dinhlang.officialdoc.read.decode import LIMIT

    refused = []
    for path in files:
        with page_line(path.name) as progress:
            reading = read_with_places(read_within(path, LIMIT), path.name, progress=progress)
        document = doc_repair.repaired(reading) if repairs else reading.document
        if as_json:
            click.echo(json.dumps(to_json(document), ensure_ascii=False))
        else:
            click.echo("\n".join(_summary(path.name, document)))
        refused += [f"{path.name}: {one.message}" for one in document.problems if one.code in UNREADABLE]
    if refused:
        raise click.ClickException(" ".join(refused))


def _summary(name: str, document: Document) -> list[str]:
    """What a person wants to see first, one thing a line."""
    date = document.date
    day = (
        " / ".join("…" if part is None else str(part) for part in (date.day, date.month, date.year))
        if date
        else None
    )
    facts = {
        "Trích yếu": document.subject,
        "Cơ quan": document.issuer.name if document.issuer else None,
        "Số, ký hiệu": f"{document.number or '…'}/{document.symbol or '…'}",
        "Ngày": day,
        "Kỳ": document.period,
        "Căn cứ, viện dẫn": str(len(document.references)),
        "Số liệu": "; ".join(one.quote for one in document.figures) or None,
        "Nhiệm vụ": str(len(document.tasks)) if document.tasks else None,
    }
    lines = [f"{name}: {document.kind.value}"]
    lines += [f"  {label}: {value or 'không rõ'}" for label, value in facts.items()]
    return lines + [f"  Lưu ý: {one.message}" for one in document.problems]


@doc.command(help="Trình bày văn bản theo Nghị định 30/2020/NĐ-CP ra Word, PDF hoặc trang web.")
@click.argument("source", type=EXISTING, metavar=_FILE + ".json")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP_RA",
    help="Tệp .docx, .pdf hoặc .html.",
)
def write(source: Path, output: Path) -> None:
    """Writes the document in a JSON file (as `read --json` gives it) in the legal layout."""
    from dinhlang.officialdoc.codec import BadDocument, from_json, sections_from
    from dinhlang.officialdoc.write.composed import composed

    make = _writer(output.suffix.lower())
    check_writable(output)
    try:
        data = json.loads(read_within(source, _JSON_LIMIT).decode("utf-8-sig"))
    except (ValueError, RecursionError):
        # A broken encoding is a ValueError too.
        raise click.UsageError(f"“{source.name}” không phải tệp JSON hợp lệ (UTF-8).") from None
    try:
        document = composed(from_json(data), sections_from(data))
    except BadDocument as bad:
        raise click.UsageError(f"{source.name}: {bad}") from None
    except RecursionError:
        raise click.UsageError(f"{source.name}: các mục lồng nhau quá sâu, không phải một văn bản.") from None
    written = make(document)
    try:
        write_whole(output, written)
    except OSError as error:
        raise click.UsageError(f"Không ghi được “{output}”: {why(error)}. Hãy chọn chỗ khác.") from error


def _writer(suffix: str) -> Callable[[Document], bytes]:
    from dinhlang.officialdoc import write as writers

    known: dict[str, Callable[[Document], bytes]] = {
        ".docx": writers.docx,
        ".pdf": writers.pdf,
        ".html": lambda document: writers.html(document).encode(),
    }
    if suffix not in known:
        raise click.UsageError(
            f"Không biết ghi ra “{suffix or 'tệp không có đuôi'}”: hãy dùng .docx, .pdf hoặc .html."
        )
    return known[suffix]
