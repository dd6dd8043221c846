"""`dinhlang text speech`: each line of standard input as it is to be spoken."""

from __future__ import annotations

from pathlib import Path

import click

from dinhlang.cli.text_vietnamese import answer_each_line
from dinhlang.vietnamese import speech as speaking


@click.command(
    help="Viết lại mỗi dòng như khi đọc lên: chỉ còn tiếng, không số, không chữ viết tắt, không ký hiệu."
)
@click.option(
    "--words",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Bảng đọc riêng của xã (TOML), đứng trên bảng có sẵn.",
)
@click.option(
    "--pauses", is_flag=True, help="Giữ dấu phẩy ở chỗ ngắt và dấu chấm cuối câu, như đưa cho máy đọc."
)
def speech(table: Path | None, pauses: bool) -> None:
    """Says each line of standard input in words."""
    try:
        words = speaking.read(table) if table else speaking.default()
    except (speaking.BadTable, OSError) as reason:
        raise click.UsageError(str(reason)) from reason
    if pauses:
        answer_each_line(lambda line: " ".join(f"{one.spoken}." for one in speaking.sentences(line, words)))
    else:
        answer_each_line(lambda line: speaking.spoken(line, words))
