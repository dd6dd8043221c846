"""`dinhlang text fold` and `dinhlang text syllables`: one answer line for each line of standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

import click

from dinhlang.vietnamese import syllable
from dinhlang.vietnamese.text import fold as folded


@click.command(help="Bỏ dấu, viết thường, đ thành d; mỗi dòng vào cho một dòng ra.")
def fold() -> None:
    """Folds each line of standard input."""
    answer_each_line(folded)


@click.command(help="Kiểm tra âm tiết tiếng Việt trên từng dòng và gợi ý cách viết.")
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng một đối tượng JSON.")
def syllables(as_json: bool) -> None:
    """Judges the syllables of each line of standard input."""
    answer_each_line(_syllables_as_json if as_json else _syllables_for_people)


def answer_each_line(answer: Callable[[str], str]) -> None:
    """Writes the answer to each line of standard input as soon as the line is there; an empty line stays empty.

    UTF-8 both ways whatever the locale; broken bytes become U+FFFD; CRLF and a byte order mark are left out.
    A reader that goes away (`| head`), or a closed stream, ends the work quietly.
    """
    # A stream that the caller has closed is None: nothing comes in, or nobody listens.
    if sys.stdin is None or sys.stdout is None:
        return
    written = sys.stdout.buffer
    try:
        for number, raw in enumerate(sys.stdin.buffer):
            line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
            if number == 0:
                line = line.removeprefix("\ufeff")
            written.write((answer(line) if line else "").encode("utf-8") + b"\n")
            written.flush()
    except BrokenPipeError:
        # The interpreter flushes standard output once more at its end and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _syllables_as_json(line: str) -> str:
    tokens = [
        {"text": token.text, "valid": token.valid, "suggest": list(token.suggest)}
        for token in syllable.tokens(line)
    ]
    return json.dumps({"tokens": tokens, "damage": round(syllable.damage(line), 4)}, ensure_ascii=False)


def _syllables_for_people(line: str) -> str:
    wrong = [token for token in syllable.tokens(line) if not token.valid]
    if not wrong:
        return "đúng"
    return "; ".join(f"{token.text} → {' / '.join(token.suggest) or 'không rõ'}" for token in wrong)
