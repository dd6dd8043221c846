"""Parting the cells of tables whose text came glued together.

The national portal's pages, copied as text, give a table as one string: 'Hình thức nộpThời gian…Trực tiếp3 Ngày làm
việcMiễn phí…'. A cell ends where a word meets a capital, a number or a bracket without a space between; that, the words
of the columns and the few forms a cell has, part it again. Nothing is thrown away but the column heads and the page's
own buttons; what does not fit stays in the cell before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.periods.duration import read_duration
from dinhlang.procedures.rules import Channel, LegalBasis, Method, Outcome, Paper
from dinhlang.vietnamese.text import fold

METHODS_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LEGAL_HEAD = "Tên văn bản pháp lýMã văn bản"
NOTHING = "Không có thông tin"

_LOWER = "a-zà-ỹđ"
_CHANNEL = r"Trực tiếp|Trực tuyến|Dịch vụ bưu chính"
_UNIT = r"Ngày làm việc|Ngày|Giờ làm việc|Giờ|Tháng|Phút|Năm"
_TIME = rf"\d{{1,5}}(?:[.,]\d+)?(?:\s?-\s?\d+)?\s?(?:{_UNIT})|Không quy định|{NOTHING}"
_MONEY = r"[\d.,]+\s?(?:Việt Nam Đồng|VNĐ|VND|USD|Đồng)"
_FEE = rf"Miễn phí|{_MONEY}|{NOTHING}|(?:Phí|Lệ phí|Phí, lệ phí)\s?:[^\n]*"
_TIME_AT = re.compile(rf"(?:{_TIME})")
_BARE_NUMBER = re.compile(rf"\d{{1,4}}(?:[.,]\d+)?(?=Miễn phí|{NOTHING}|Phí|Lệ phí|$)")
_FEE_GLUED = re.compile(rf"(?<!\s)(?:Miễn phí|{NOTHING})")
_LONGEST_LIMIT = 300
_FEE_AT = re.compile(rf"\s?(?:{_FEE})")


def channel_of(named: str) -> Channel:
    """Which way of handing in a cell names."""
    said = fold(named)
    if "truc tuyen" in said or "dien tu" in said or "dich vu cong" in said:
        if "toan trinh" in said:
            return Channel.ONLINE_FULL
        return Channel.ONLINE_PART if "mot phan" in said else Channel.ONLINE
    if "buu chinh" in said or "bcci" in said or "buu dien" in said:
        return Channel.POST
    return Channel.COUNTER if "truc tiep" in said else Channel.OTHER


def method_of(named: str, time_limit: str, fee: str, note: str) -> Method:
    """A way of handing in from the words of its cells; the limit is read where it is a plain length."""
    return Method(
        channel=channel_of(named),
        named=named.strip(),
        time_limit=time_limit.strip(),
        duration=read_duration(time_limit),
        fee=fee.strip(),
        note=note.strip(),
    )


def methods(text: str) -> tuple[Method, ...] | None:
    """The rows of the table of channels; `None` when the text is no such table."""
    if not text.startswith(METHODS_HEAD):
        return None
    body = text[len(METHODS_HEAD) :]
    starts = [
        found
        for found in re.finditer(rf"(?P<channel>{_CHANNEL})", body)
        if _begins_a_row(body, found.start(), found.end())
    ]
    if not starts or body[: starts[0].start()].strip():
        return None
    ends = [found.start() for found in starts[1:]] + [len(body)]
    return tuple(
        _method(found["channel"], body[found.end() : end]) for found, end in zip(starts, ends, strict=True)
    )


def _begins_a_row(body: str, start: int, end: int) -> bool:
    """No space parts a channel from the cell after it; within a sentence one does."""
    if start and body[start - 1] in '-–+(,:/"“':
        return False
    return end == len(body) or body[end].isdigit() or body[end].isupper()


def _method(named: str, row: str) -> Method:
    time_limit, at = "", 0
    if found := _TIME_AT.match(row) or _BARE_NUMBER.match(row):
        time_limit, at = found[0], found.end()
    elif row[:1].isupper() and (found := _FEE_GLUED.search(row)) and found.start() <= _LONGEST_LIMIT:
        # A limit in words: 'Chậm nhất ngay trước khi tàu rời cảng'.
        time_limit, at = row[: found.start()], found.start()
    fees: list[str] = []
    while found := _FEE_AT.match(row, at):
        said, at = found[0], found.end()
        if at < len(row) and row[at] == "(":
            closing = _closing(row, at)
            said, at = f"{said} {row[at:closing]}", closing
        fees.append(said.strip())
        if at < len(row) and row[at] == "\n":
            at += 1
    return method_of(named, time_limit, "\n".join(fees), row[at:])


def _closing(text: str, opening: int) -> int:
    """Where the bracket that opens there is closed; the end when it never is."""
    depth = 0
    for place in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place + 1
    return len(text)


# --- papers -----------------------------------------------------------------------------------------

_COUNTED = re.compile(
    r"(?P<first>\d{1,2}) (?P<kind>bản chính|bản sao)(?:, ?(?P<second>\d{1,2}) bản sao)?(?P<after>$|\n| ?(?=[^\s,;.)a-zà-ỹđ/]))"
)
_FILES = re.compile(r"(?P<file>[^\n]{1,200}?\.(?:docx?|pdf|xlsx?|rtf))(?=$|[^a-z])", re.IGNORECASE)
_GLUE = re.compile(rf"(?<=[{_LOWER}.;:)\d])(?=[A-ZĐÀ-Ỹ0-9])")


def papers(text: str) -> tuple[Paper, ...] | None:
    """The rows of the tables of papers with the headings they stand under; `None` when there is no table."""
    if PAPERS_HEAD not in text:
        return None
    pieces = text.split(PAPERS_HEAD)
    found: list[Paper] = []
    heading = pieces[0]
    for number, piece in enumerate(pieces[1:], 1):
        rows, rest = _paper_rows(piece, "" if heading.strip() in {"", "--"} else heading.strip())
        if not rows and heading.strip() not in {"", "--"}:
            rows = [Paper(name=heading.strip())]
        found += rows
        # What follows the last row of a table is the heading of the next, or a row without a number.
        if number < len(pieces) - 1:
            heading = rest
        elif rest.strip():
            found.append(Paper(name=rest.strip(), group=found[-1].group if found else ""))
    return tuple(found)


def _paper_rows(piece: str, group: str) -> tuple[list[Paper], str]:
    rows, at = [], 0
    for counted in _COUNTED.finditer(piece):
        start, digits = counted.start(), counted["first"]
        if start and (piece[start - 1].isspace() or piece[start - 1] in "(/"):
            continue  # it stands within a sentence: 'nộp 01 bản chính'
        if len(digits) == 2 and (digits[0] == "0" or (start and piece[start - 1].isdigit())):
            # The first figure belongs to the words before: 'Mẫu số 0' + '1 bản chính'.
            start, digits = start + 1, digits[1]
        name = piece[at:start]
        if not name.strip():
            continue
        named, form = _form_of(name)
        quantity = piece[start : counted.end()].strip()
        main, copies = int(digits), counted["second"]
        is_copy = counted["kind"] == "bản sao"
        rows.append(
            Paper(
                name=named,
                originals=None if is_copy else main,
                copies=main if is_copy else int(copies) if copies else None,
                quantity=quantity,
                form=form,
                group=group,
            )
        )
        at = counted.end()
    return rows, piece[at:]


def _form_of(name: str) -> tuple[str, str]:
    """(words, files) of a cell at whose end names of files are glued."""
    files = list(_FILES.finditer(name))
    if not files or files[-1].end() < len(name.rstrip()):
        return name.strip(), ""
    # The first name of a file begins after the last glued place before its ending that is no part of a name.
    first = files[0]
    places = [
        place.start() for place in _GLUE.finditer(name, 0, first.end() - 4) if place.start() > first.start()
    ]
    begins = [
        place
        for place in places
        if not re.match(r"[\w\-. ()]*\.\w{3,4}", name[place - 1 : place]) and name[place].isupper()
    ]
    if not begins:
        return name.strip(), ""
    return name[: begins[-1]].strip(), name[begins[-1] :].strip()


# --- legal bases and results ------------------------------------------------------------------------

_NUMBER = re.compile(
    r"\d{1,5}(?:\.\d{1,2})?/\d{4}/(?:UBTVQH\d{2}|QH\d{2}|[A-ZĐ]{1,6}(?:-(?:TTg|[A-ZĐ]{1,10}))*)(?![a-zà-ỹđ])"
    r"|\d{1,5}/(?:QĐ|NQ|CT|VBHN|TT|NĐ|L|PL)-(?:TTg|[A-ZĐ]{1,10})(?:-[A-ZĐ0-9]{1,6})?(?![a-zà-ỹđ])"
)


def legal(text: str) -> tuple[LegalBasis, ...] | None:
    """The rows of the table of acts; `None` when the text is no such table."""
    if not text.startswith(LEGAL_HEAD):
        return None
    body = text[len(LEGAL_HEAD) :]
    found: list[LegalBasis] = []
    at = 0
    for number in _NUMBER.finditer(body):
        if number.start() < at or not _ends_a_row(body, number.end()):
            continue
        title = body[at : number.start()].strip()
        if not title:
            continue
        found.append(LegalBasis(number=number[0], title=title))
        at = number.end()
    if body[at:].strip():
        found.append(LegalBasis(title=body[at:].strip()))
    return tuple(found)


def _ends_a_row(body: str, end: int) -> bool:
    """Nothing follows, or the capital of the next title does; ' Chính phủ' goes on with a sentence."""
    after = body[end:]
    if not after.strip():
        return True
    return re.match(r" ?[A-ZĐÀ-Ỹ“\"]", after) is not None and not after.startswith(" C")


def numbers_in(text: str) -> list[str]:
    """The numbers of acts that a text names, each once."""
    return list(dict.fromkeys(found[0] for found in _NUMBER.finditer(text)))


_BUTTONS = re.compile(r"(?:Chọn cơ quan thực hiệnTỉnh/ Thành phố|Nộp hồ sơ$).*$", re.DOTALL)
_CODE = re.compile(r"Mã: ?(?P<code>[A-Z0-9.\-]{3,30}\d)(?!\d)")
_ABOUT = re.compile(rf"Từ khóa(?P<keywords>{NOTHING}|.*?)Mô tả(?P<summary>{NOTHING}|.*)", re.DOTALL)


def results(text: str) -> tuple[tuple[Outcome, ...], str]:
    """(what one gets, what the page says about it besides)."""
    body = _BUTTONS.sub("", text)
    about = _ABOUT.search(body)
    said = ""
    if about is not None:
        said = "\n".join(one for one in (about["keywords"], about["summary"]) if one != NOTHING)
        body = body[: about.start()]
    found, at = [], 0
    for code in _CODE.finditer(body):
        found.append(Outcome(name=body[at : code.start()].strip(), code=code["code"]))
        at = code.end()
    found += [Outcome(name=line.strip()) for line in body[at:].split("\n") if line.strip()]
    return tuple(found), said.strip()


def pieces(text: str) -> Iterator[str]:
    """The lines of a part that is no table, without marks of a list."""
    for line in text.split("\n"):
        if said := line.strip():
            yield said
