"""`dinhlang doc repair`: a damaged document restored, with every change to be seen."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import EXISTING, read_within

if TYPE_CHECKING:
    from dinhlang.officialdoc.model import Document
    from dinhlang.officialdoc.read import Reading
    from dinhlang.officialdoc.repair import Change, Repaired

_LONG = 60_000
_MOST_SHOWN = 200


@click.command(
    help="Phục hồi văn bản hỏng dấu: nhận dạng sai ngôn ngữ, mất dấu, sai bảng mã. Mọi chỗ sửa đều là đề xuất, bản gốc không đổi."
)
@click.argument("file", type=EXISTING, metavar="TỆP")
@click.option(
    "--like",
    "sisters",
    multiple=True,
    type=EXISTING,
    metavar="TỆP",
    help="Văn bản lành cùng mẫu (như báo cáo kỳ trước); dùng được nhiều lần.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="TÊN",
    help="Tên riêng có trong văn bản (như “Sông Mây”); dùng được nhiều lần.",
)
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON: văn bản và từng chỗ sửa.")
def repair(file: Path, sisters: Sequence[Path], names: Sequence[str], as_json: bool) -> None:
    """Prints the restored text; what a person should look at goes to standard error."""
    from dinhlang.officialdoc.repair import repair as restore
    from dinhlang.officialdoc.repair import to_json

    text = _text_of(file)
    repaired = restore(
        text,
        name=file.name,
        like=[(path.name, _text_of(path)) for path in sisters],
        known_names=names,
        progress=_progress(text),
    )
    if as_json:
        click.echo(json.dumps(to_json(repaired), ensure_ascii=False))
        return
    click.echo(repaired.text)
    for line in _summary(repaired):
        click.echo(line, err=True)


def repaired(reading: Reading) -> Document:
    """The document read from its restored text when the text is damaged; else as it was read."""
    from dinhlang.officialdoc.repair import read_repaired

    return read_repaired(reading, progress=_progress(reading.text))[0] if reading.text else reading.document


def _text_of(path: Path) -> str:
    from dinhlang.officialdoc.read import read, text_of
    from dinhlang.officialdoc.read.decode import LIMIT

    data = read_within(path, LIMIT)
    text = text_of(data, path.name)
    if not text:
        problems = read(data, path.name).problems
        raise click.UsageError(f"{path.name}: {' '.join(one.message for one in problems)}")
    return text


def _progress(text: str) -> Callable[[float], None] | None:
    """Tells a person at the terminal how far a long text is; nobody else."""
    if len(text) < _LONG or not sys.stderr.isatty():
        return None
    shown = -1

    def tell(share: float) -> None:
        nonlocal shown
        if (now := int(share * 100)) > shown:
            shown = now
            click.echo(f"\rĐang phục hồi: {now} %", err=True, nl=now == 100)

    return tell


def _summary(repaired: Repaired) -> list[str]:
    """How much was changed, and what a person should look at, line by line."""
    done = sum(change.applied for change in repaired.changes)
    lines = [
        "",
        f"{repaired.source}: hỏng {repaired.damage_before:.0%}, sau phục hồi {repaired.damage_after:.0%}.",
    ]
    if repaired.changes:
        lines.append(f"Đã sửa {done} chỗ. Đây là bản phục hồi, không phải bản gốc.")
    doubtful = repaired.doubtful
    if doubtful:
        lines.append(f"{len(doubtful)} chỗ cần người đối chiếu với bản giấy:")
        lines += [_line(change) for change in doubtful[:_MOST_SHOWN]]
        if len(doubtful) > _MOST_SHOWN:
            lines.append(f"  … và {len(doubtful) - _MOST_SHOWN} chỗ nữa (xem --json).")
    return lines + [problem.message for problem in repaired.problems]


def _line(change: Change) -> str:
    what = "đã sửa" if change.applied else "chưa sửa"
    name = ", tên riêng" if change.kind == "name" else ""
    return f"  dòng {change.span.line}: {change.before} → {change.after} ({what}{name}, chắc {change.confidence:.0%})"
