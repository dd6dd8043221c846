"""Broken documents for the fuzzer, each made from a seed and a number alone."""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import broken_pdf

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "src/dinhlang/officialdoc/tests"
SEEDS = ROOT.parent / "shared/seeds"

# Zero-width, joiners, marks without a letter, turns of the reading direction, noncharacters, odd spaces and digits.
ODD = "\u200b\u200c\u200d\ufeff\u0301\u0323\u031b\u202e\u2066\u2069\u200f\u00a0\u2003\u2028\u0000\u000b\f\r\t\u00ad\ufffd\uffff١²½Ⅳ\U0001f600\ud800"
TOKENS = (
    "a", "1", "1.", "(", ")", "|", "| ", "*", "**a", "_", "/", "1/", "-", "- a\n", ".", "…", "«", "“", "ngày ", "tháng 2 ", "năm 2023 ", "số ", "số:", "của ",
    "của UBND ", "Kế hoạch số ", "Kế hoạch số 1/KH-UBND ", "Luật ", "Luật A, ", "Căn cứ ", "về ", "và ", "UBND xã A ", "Ủy ban nhân dân xã ", "đã ban hành các ", "I. A\n", "1. a\n",
    "Nơi nhận:\n- a;\n", "TM. ", "KT. CHỦ TỊCH\n", "CHỦ TỊCH\n", "PHỤ LỤC\n", "10 tin, bài ", "1.000 ", "12,5% ", "từ 1 đến 2 ", "mỗi tháng 01 kỳ ", "1-", "Trần Văn ", "http://a.", "a@", "0912 ",
    "\t", " ", "\n", "\f", "́", "hop ", "Quý I ", "trước ngày 1/1 ", "thường xuyên ", "a b c d e f ", "3.1.1.", "QĐ-", "&amp;", "<w:p>", "Ư", "(để b/c); ",
)  # fmt: skip
NAMES = ("a.txt", "a.md", "a.docx", "a.doc", "a.odt", "a.pdf", "a.png", "a.jpg", "a.tif", "a", "")


def make(seed: int, number: int) -> tuple[str, str, bytes]:
    """The kind of the input, a file name and the bytes. The same for the same seed and number."""
    chance = random.Random(f"{seed}/{number}")
    kinds, weights = zip(*_MAKERS.items(), strict=True)
    maker = chance.choices(kinds, [weight for weight, _ in weights])[0]
    name, data = _MAKERS[maker][1](chance)
    return maker, name, data


@cache
def texts() -> tuple[str, ...]:
    """The documents that are broken: those of the tests, and the seeds where they are there."""
    folders = (SEEDS, TESTS / "unseen", TESTS / "family", TESTS / "clean")
    return tuple(
        path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.txt"))
    )


@cache
def packages(form: str) -> tuple[bytes, ...]:
    """A few of them as files of Word or as PDF, as this project writes them."""
    from dinhlang.officialdoc import write
    from dinhlang.officialdoc.read import read

    made = []
    for text in texts()[:: 6 if form == "docx" else 16]:
        document = read(text.encode(), "a.txt")
        made.append(write.docx(document) if form == "docx" else write.pdf(document))
    return tuple(made)


def _mutated_text(chance: random.Random) -> tuple[str, bytes]:
    text = chance.choice(texts())
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(_CHANGES)(chance, text)
    return chance.choice(("a.txt", "a.md", "a.txt")), _encoded(chance, text[:400_000])


def _encoded(chance: random.Random, text: str) -> bytes:
    coding = chance.choices(("utf-8", "utf-16", "utf-8-sig", "cp1258", "latin-1"), (90, 3, 3, 3, 3))[0]
    data = text.encode(coding, "surrogatepass" if coding.startswith("utf") else "replace")
    return _changed_bytes(chance, data) if chance.random() < 0.1 else data


def _cut(chance: random.Random, text: str) -> str:
    first, last = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[first:last] if chance.random() < 0.5 else text[:first] + text[last:]


def _repeated(chance: random.Random, text: str) -> str:
    first = chance.randint(0, len(text))
    piece = text[first : first + chance.choice((1, 5, 40, 400))]
    return text[:first] + piece * chance.choice((2, 10, 100, 300)) + text[first:]


def _shuffled(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    if chance.random() < 0.5:
        first = chance.randrange(len(lines))
        part = lines[first : first + 12]
        chance.shuffle(part)
        lines[first : first + 12] = part
    else:
        chance.shuffle(lines)
    return "\n".join(lines)


def _strewn(chance: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(chance.choice((1, 10, 300))):
        letters.insert(chance.randint(0, len(letters)), chance.choice(ODD))
    return "".join(letters)


def _with_token(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(TOKENS) * chance.choice((1, 3, 50, 2000)) + text[at:]


def _spliced(chance: random.Random, text: str) -> str:
    other = chance.choice(texts())
    return text[: chance.randint(0, len(text))] + other[chance.randint(0, len(other)) :]


def _one_line(chance: random.Random, text: str) -> str:
    return text.replace("\n", chance.choice((" ", "", "\r", "\u2028", "|")))


def _other_spaces(chance: random.Random, text: str) -> str:
    return text.replace(" ", chance.choice(("  ", "\t", "\u00a0", "", "\n", " \u200b")))


def _other_digits(chance: random.Random, text: str) -> str:
    return "".join(chance.choice("0123456789.,/") if letter.isdigit() else letter for letter in text)


def _other_form(chance: random.Random, text: str) -> str:
    return chance.choice(
        (
            lambda: unicodedata.normalize("NFD", text),
            text.upper,
            text.lower,
            lambda: text.replace("\n", "\r\n"),
        )
    )()


_CHANGES: tuple[Callable[[random.Random, str], str], ...] = (
    _cut, _cut, _repeated, _shuffled, _strewn, _with_token, _with_token, _spliced, _one_line, _other_spaces, _other_digits, _other_form,
)  # fmt: skip


def _tokens(chance: random.Random) -> tuple[str, bytes]:
    """Lines of tokens in any order."""
    count = chance.choice((5, 50, 500))
    joint = chance.choice(("", " ", "\n"))
    return "a.txt", joint.join(chance.choice(TOKENS) for _ in range(count)).encode("utf-8", "surrogatepass")


def _long_line(chance: random.Random) -> tuple[str, bytes]:
    """One to three tokens over and over."""
    token = "".join(chance.choice(TOKENS) for _ in range(chance.choice((1, 1, 2, 3))))
    length = chance.choice((20_000, 100_000, 300_000, 1_000_000))
    return "a.txt", (token * (length // len(token) + 1))[:length].encode()


def _deep_table(chance: random.Random) -> tuple[str, bytes]:
    """Tables with very many rows or columns, piped or flattened."""
    wide, tall = chance.choice(((2, 3000), (300, 30), (6, 400)))
    cell = chance.choice(TOKENS).replace("\n", " ")
    if chance.random() < 0.5:
        row = "|" + "|".join([cell] * wide) + "|\n"
        return "a.md", ("|STT|Nhiệm vụ|Thời gian|\n" + row * tall).encode()
    rows = "".join(f"{n} {cell}\n\nUBND xã\nQuý I\n" for n in range(1, tall))
    return "a.txt", f"PHỤ LỤC\nBẢNG\n\nStt Nhiệm vụ Sản phẩm Cơ quan chủ trì Thời gian\n\n{rows}".encode()


def _random_bytes(chance: random.Random) -> tuple[str, bytes]:
    begin = chance.choice(
        (b"", b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x89PNG\r\n\x1a\n", b"II*\0", b"{\\rtf1", b"\xff\xd8\xff\xe0")
    )  # fmt: skip
    return chance.choice(NAMES), begin + chance.randbytes(chance.choice((0, 1, 20, 400, 4000)))


def _changed_bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randint(0, len(changed))
        if chance.random() < 0.5:
            changed[at : at + 1] = chance.randbytes(1)
        else:
            changed[at : at + chance.randint(0, 60)] = chance.randbytes(chance.randint(0, 9))
    return bytes(changed)


def _word(chance: random.Random) -> tuple[str, bytes]:
    """A package of Word with its parts changed, then perhaps its bytes."""
    data = chance.choice(packages("docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    chosen = "word/document.xml" if chance.random() < 0.7 else chance.choice(sorted(parts))
    parts[chosen] = chance.choice(_PARTS)(chance, parts[chosen])
    if chance.random() < 0.15:
        parts.pop(chance.choice(sorted(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for one, content in parts.items():
            package.writestr(zipfile.ZipInfo(one), content, zipfile.ZIP_DEFLATED)
    made = out.getvalue()
    return "a.docx", _changed_bytes(chance, made) if chance.random() < 0.2 else made


def _part_cut(chance: random.Random, part: bytes) -> bytes:
    return _cut(chance, part.decode("latin-1")).encode("latin-1")


def _part_nested(chance: random.Random, part: bytes) -> bytes:
    """Tables within tables, runs within runs."""
    depth = chance.choice((5, 100, 3000))
    one = chance.choice(
        (
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:ins>", "</w:ins>"),
        )
    )
    nested = one[0] * depth + "<w:p><w:r><w:t>a</w:t></w:r></w:p>" + one[1] * depth
    return part.replace(b"<w:body>", b"<w:body>" + nested.encode(), 1)


def _part_entities(chance: random.Random, part: bytes) -> bytes:
    """Entities that grow, or that lead to files of the machine."""
    lines = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "a"}{("&e" + str(n - 1) + ";") * 9 if n else ""}">'
        for n in range(10)
    )
    outside = '<!ENTITY e9 SYSTEM "file:///etc/hostname">'
    doctype = f"<!DOCTYPE a [{chance.choice((lines, outside))}]>".encode()
    head, _, rest = part.partition(b"?>")
    return head + b"?>" + doctype + rest.replace(b"<w:t>", b"<w:t>&e9;", 3)


def _part_bomb(chance: random.Random, part: bytes) -> bytes:
    """Much text that packs into little."""
    filling = b"<w:p><w:r><w:t>" + b"a " * 2_000 + b"</w:t></w:r></w:p>"
    return part.replace(b"<w:body>", b"<w:body>" + filling * chance.choice((10, 1000, 8000)), 1)


def _part_attributes(chance: random.Random, part: bytes) -> bytes:
    """Numbers where numbers stand, but out of all measure."""
    wild = chance.choice((b"-1", b"99999999999999999999", b"", b"NaN", b"0", b"\xc3\x28", b"1e309"))
    pieces = part.split(b'w:val="')
    for index in range(1, len(pieces)):
        if chance.random() < 0.1:
            pieces[index] = wild + pieces[index][pieces[index].find(b'"') :]
    return b'w:val="'.join(pieces)


def _part_bytes(chance: random.Random, part: bytes) -> bytes:
    return _changed_bytes(chance, part)


_PARTS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _part_cut, _part_nested, _part_entities, _part_bomb, _part_attributes, _part_attributes, _part_bytes, _part_bytes,
)  # fmt: skip


def _pdf(chance: random.Random) -> tuple[str, bytes]:
    if chance.random() < 0.2:
        return "a.pdf", broken_pdf.odd(chance)
    data = chance.choice(packages("pdf"))
    return "a.pdf", _changed_bytes(chance, data) if chance.random() < 0.8 else data[
        : chance.randint(0, len(data))
    ]


_MAKERS: dict[str, tuple[float, Callable[[random.Random], tuple[str, bytes]]]] = {
    "text": (64, _mutated_text),
    "tokens": (12, _tokens),
    "long line": (1, _long_line),
    "table": (1, _deep_table),
    "bytes": (8, _random_bytes),
    "word": (12, _word),
    "pdf": (2, _pdf),
}
