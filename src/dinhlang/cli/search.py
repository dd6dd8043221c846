"""`dinhlang search …`: asking the index of the public pages, and making it anew."""

from __future__ import annotations

import click

from dinhlang.config.start import ready


@click.group(help="Tìm trên các trang công khai; lập lại chỉ mục tìm kiếm.")
def search() -> None:
    """Group of the commands below."""


@search.command(help="Tìm như người dân tìm: mỗi dòng một kết quả (mã, ngày, tiêu đề).")
@click.argument("words", metavar="TỪ…", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=10, help="Số kết quả nhiều nhất.")
def find(words: tuple[str, ...], limit: int) -> None:
    """Print what is found on all sites, one a line with tabs between."""
    ready()
    from dinhlang.portal.search import actions
    from dinhlang.search import Question

    found = actions.index().find(Question.of(" ".join(words)), limit=limit)
    if found.meant:
        click.echo(f"Không có “{' '.join(words)}”. Đã tìm: {found.meant}", err=True)
    for hit in found.hits:
        click.echo(f"{hit.id}\t{hit.on:%d/%m/%Y}\t{hit.title}")
    click.echo(f"{found.total} kết quả", err=True)


@search.command(help="Yêu cầu lập lại toàn bộ chỉ mục; tiến trình nền làm ngay sau đó.")
def rebuild() -> None:
    """Leave the request for the worker: it alone writes the index."""
    ready()
    from dinhlang.portal.search import actions

    actions.ask_for_everything()
    click.echo("Đã yêu cầu. Tiến trình nền lập lại chỉ mục trong vài giây; trang vẫn tìm được trong lúc đó.")
