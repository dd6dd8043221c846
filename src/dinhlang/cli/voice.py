"""`dinhlang voice …`: the voices of this machine, a script read aloud, a recording made fit to play. No database."""

from __future__ import annotations

from pathlib import Path

import click

from dinhlang.cli.files import EXISTING, check_writable, read_within, write_whole
from dinhlang.config.start import setup

_LARGEST_SCRIPT = 1024 * 1024
_OUTPUT = click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TÊN",
    help="Tên chung của các tệp ra, không có đuôi.",
)


@click.group(help="Giọng đọc: xem các giọng, đọc một bản tin ra tệp âm thanh, làm đều một bản ghi âm.")
def voice() -> None:
    """Group of the commands below."""


@voice.command("list", help="Các giọng đọc có trên máy: mã, tên, miền.")
def list_voices() -> None:
    """Print the voices, one a line with tabs between."""
    setup()
    from dinhlang.broadcast.speech import engine

    for one in engine.voices():
        click.echo(f"{one.key}\t{one.name}\t{one.region}")


@voice.command(help="Đọc một tệp văn bản (UTF-8): ghi TÊN.mp3, TÊN.opus và lời có giờ TÊN.vtt.")
@click.argument("source", type=EXISTING, metavar="TỆP.txt")
@_OUTPUT
@click.option(
    "--voice", "key", default="espeak:north", show_default=True, help="Mã giọng, xem: dinhlang voice list."
)
@click.option("--rate", type=click.FloatRange(0.5, 2), default=1.0, show_default=True, help="Tốc độ đọc.")
@click.option("--words", "table", type=EXISTING, help="Bảng đọc riêng của xã (TOML).")
def read(source: Path, output: Path, key: str, rate: float, table: Path | None) -> None:
    """Read a script aloud into files."""
    setup()
    from dinhlang.broadcast.speech import reading, transcript
    from dinhlang.broadcast.speech.engine import SpeechFailed
    from dinhlang.vietnamese import speech

    check_writable(output.with_suffix(".mp3"))
    text = read_within(source, _LARGEST_SCRIPT).decode("utf-8-sig", errors="replace")
    try:
        words = speech.read(table) if table else None
        done = reading.read_aloud(text, key, rate=rate, words=words, title=source.stem)
    except (SpeechFailed, speech.BadTable) as reason:
        raise click.ClickException(str(reason)) from reason
    write_whole(output.with_suffix(".mp3"), done.sound.mp3)
    write_whole(output.with_suffix(".opus"), done.sound.opus)
    write_whole(output.with_suffix(".vtt"), transcript.webvtt(done.lines).encode())
    click.echo(_told(done.sound.seconds, done.sound.loudness), err=True)


@voice.command(help="Làm đều tiếng một bản ghi âm (WebM, M4A, MP3, WAV, OGG): ghi TÊN.mp3 và TÊN.opus.")
@click.argument("source", type=EXISTING, metavar="TỆP_GHI_ÂM")
@_OUTPUT
def even(source: Path, output: Path) -> None:
    """Make a recording fit to play."""
    setup()
    from dinhlang.broadcast.speech.finishing import LARGEST_RECORDING, BadSound, finished

    check_writable(output.with_suffix(".mp3"))
    try:
        done = finished(read_within(source, LARGEST_RECORDING), title=source.stem)
    except BadSound as reason:
        raise click.ClickException(str(reason)) from reason
    write_whole(output.with_suffix(".mp3"), done.mp3)
    write_whole(output.with_suffix(".opus"), done.opus)
    click.echo(_told(done.seconds, done.loudness), err=True)


def _told(seconds: float, loudness: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} phút {rest} giây, độ to {loudness:.1f} LUFS".replace(".", ",")
