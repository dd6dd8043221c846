"""`dinhlang contest …`: lots of a contest drawn again by anyone, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.group()
def contest() -> None:
    """Kiểm tra việc bốc thăm của cuộc thi."""


@contest.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def draw(file: Path) -> None:
    """Bốc lại theo tệp tải từ trang bốc thăm: đúng cam kết và đúng người trúng thì kết thúc bằng 0."""
    from dinhlang.citizens.contests.rules import draw as rules

    told = _read(file)
    try:
        seed, value, number = str(told["seed"]), str(told["public_value"]), int(told["number"])
        codes, winners = [str(one) for one in told["entries"]], [str(one) for one in told["winners"]]
        lots, commitment = int(told["lots"]), str(told["commitment"])
        drawn = [one.code for one in rules.draw(codes, seed=seed, public_value=value, number=number)[:lots]]
        promised = rules.commitment(seed)
    except (KeyError, TypeError, ValueError):
        raise click.ClickException(
            "Tệp thiếu dữ liệu hoặc sai dạng. Tải lại tệp từ trang bốc thăm."
        ) from None
    click.echo(f"Hạt giống {'đúng' if promised == commitment else 'KHÔNG đúng'} với mã cam kết.")
    for place, code in enumerate(drawn, 1):
        click.echo(f"{place}. {code}")
    is_same = drawn == winners
    click.echo("Trùng với kết quả đã công bố." if is_same else "KHÔNG trùng với kết quả đã công bố.")
    if promised != commitment or not is_same:
        raise click.exceptions.Exit(1)


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != "dinhlang-lots/1":
        raise click.ClickException("Đây không phải tệp tải từ trang bốc thăm của cuộc thi.")
    return found
