"""`dinhlang text fold`, `syllables` and `redact`: one answer line for each line of standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

import click

from dinhlang.vietnamese import redaction, syllable
from dinhlang.vietnamese.text import fold as folded
from dinhlang.vietnamese.text import nfc


@click.command(help="Bỏ dấu, viết thường, đ thành d; mỗi dòng vào cho một dòng ra.")
def fold() -> None:
    """Folds each line of standard input."""
    answer_each_line(folded)


@click.command(help="Kiểm tra âm tiết tiếng Việt trên từng dòng và gợi ý cách viết.")
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng một đối tượng JSON.")
def syllables(as_json: bool) -> None:
    """Judges the syllables of each line of standard input."""
    answer_each_line(_syllables_as_json if as_json else _syllables_for_people)


@click.command(
    help="Tìm tên người, số điện thoại, giấy tờ, địa chỉ trên từng dòng; không có --json thì che đi."
)
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng một đối tượng JSON: vị trí và loại.")
def redact(as_json: bool) -> None:
    """Finds the personal data of each line of standard input."""
    answer_each_line(_personal_as_json if as_json else _blacked_out)


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


def _personal_as_json(line: str) -> str:
    found = [{"start": one.start, "end": one.end, "kind": one.kind} for one in redaction.spans(line)]
    return json.dumps({"spans": found}, ensure_ascii=False)


_INSTEAD = {
    redaction.Kind.PERSON: "tên người",
    redaction.Kind.PHONE: "số điện thoại",
    redaction.Kind.ID_NUMBER: "số giấy tờ",
    redaction.Kind.ACCOUNT: "số tài khoản",
    redaction.Kind.PLATE: "biển số xe",
    redaction.Kind.ADDRESS: "địa chỉ",
    redaction.Kind.EMAIL: "thư điện tử",
    redaction.Kind.BIRTH_DATE: "ngày sinh",
    redaction.Kind.OTHER: "thông tin riêng",
}


def _blacked_out(line: str) -> str:
    text = nfc(line)
    for one in reversed(redaction.spans(text)):
        text = f"{text[: one.start]}[{_INSTEAD[one.kind]}]{text[one.end :]}"
    return text
