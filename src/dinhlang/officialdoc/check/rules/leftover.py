"""What is left of bodies that are gone or have no say, and how the foot and the bases are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from dinhlang.officialdoc.check.case import Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import OF_COMMUNE, OF_FILE
from dinhlang.officialdoc.check.noted import parts, word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Joined, Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, filed, rule, said
from dinhlang.officialdoc.check.rules import terms
from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.officialdoc.read.words import fold
from dinhlang.vietnamese.text import house_style

_MOST_ALIKE = 40
_LEVEL_LEFT = re.compile(
    r"(?<![\w])(?P<all>(?P<before>[^\W\d_]+)\s+(?P<level>huyện|quận|thị xã|thị trấn))(?=\s*[.,;:)(]|\s+[^\W\d_]|\s*$)"
)
_OF_FORMER_LEVEL = word_kind(frozenset(["huyện", "quận", "thị"]).__contains__)
_HEAD_LEVEL = re.compile(r"\b(?P<all>(?:HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN)\s+[^\W\d_]+(?:\s+[^\W\d_]+)*)")
_BODIES = next(one for one in terms.RULES if one.id == "DL302")
_TWO_LEVELS = date(2025, 7, 1)
_FORMER = re.compile(
    r"(?<!can )\bcu\b|truoc day|truoc khi|sap nhap|hop nhat|giai the|thay the|bai bo|chuyen doi|ket thuc|khong con|sap xep|thay cho|nay la|chuyen tu|khong to chuc|bo cap|cap huyen|ban giao|tiep nhan tu"
)
_NEW = {"date": PartialDate(12, 12, 2025), "subject": "Kết quả tuyên truyền năm 2025"}


@rule(
    "DL307",
    FindingKind.ABOLISHED_BODY,
    Severity.ERROR,
    "Còn nói đến huyện, quận, thị xã, thị trấn sau ngày 01/7/2025",
    basis="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
    bad=[
        said("Theo đề nghị của công chức Văn hóa - Xã hội huyện, xã báo cáo.", **_NEW),
        filed(
            HEAD.replace("XÃ BẾN MẪU", "XÃ BẾN MẪU, HUYỆN CẦU THỬ").replace("2023", "2025")
            + "Xã đã làm."
            + FOOT
        ),
    ],
    good=[
        said("Theo đề nghị của công chức Văn hóa - Xã hội huyện, xã báo cáo."),
        said("Hồ sơ của huyện Cầu Thử trước sắp xếp được bàn giao cho xã.", **_NEW),
        said("Người dân đô thị xã hội hóa việc học.", **_NEW),
    ],
)
def former_level(case: Case) -> Iterator[Hit]:
    """Whatever stands before it: there is no body and no place of this level. What DL302 names is left to it."""
    if case.day is None or case.day < _TWO_LEVELS:
        return
    for line in case.head_lines:
        if (
            line.text.strip()
            and (found := _HEAD_LEVEL.search(line.text))
            and line.text[: found.start()].isupper()
        ):
            yield Hit(line, *found.span("all"), "Không còn cấp huyện từ ngày 01/7/2025: bỏ ở tên cơ quan.")
    listed = _listed(case)
    texts = (*PROSE, Part.HEADING, Part.CELL, Part.RECIPIENT, Part.SUBJECT)
    for piece in case.of(*texts, saying=_OF_FORMER_LEVEL):
        for found in _LEVEL_LEFT.finditer(piece.text):
            before = fold(found["before"])
            after = piece.text[found.end("level") :].lstrip()[:4].lower()
            if (
                any(
                    start < found.end("level") and found.start("level") < end
                    for start, end in listed.get(id(piece), ())
                )
                or (found["level"] == "thị xã" and after.startswith(("hội", "hộ")))
                or before in ("do", "quan", "can")
            ):
                continue
            around = piece.folded[max(0, found.start() - 80) : found.end() + 80]
            cited = case.citation_at(piece, found.start("level"))
            day = whole(cited.reference.date) if cited else None
            if _FORMER.search(around) or (cited is not None and (day is None or day < _TWO_LEVELS)):
                continue
            yield Hit(
                piece,
                found.start("all"),
                found.end("level"),
                "Không còn cấp huyện từ ngày 01/7/2025: ghi cơ quan, đơn vị của tỉnh hoặc của xã.",
            )


def _listed(case: Case) -> dict[int, list[tuple[int, int]]]:
    """Where DL302 finds its bodies, by piece."""
    found: dict[int, list[tuple[int, int]]] = {}
    for hit in _BODIES.find(case):
        if isinstance(hit, Hit):
            found.setdefault(id(hit.piece), []).append((hit.start, hit.end))
    return found


_PUBLISHES = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|chu tich)\s+(?:ubnd\s+|uy ban nhan dan\s+)?(?:xa|phuong|thi tran|dac khu)(?:\s+[a-z]+){0,4}?\s+(?P<all>(?:ban hanh|ky|ra|thuc hien)?\s*(?:quyet dinh\s+)?cong bo\s+(?:danh muc\s+)?(?:thu tuc hanh chinh|danh muc|tthc))"
)


_MADE_PUBLIC = parts("công") & words("bố")


@rule(
    "DL282",
    FindingKind.WRONG_AUTHORITY,
    Severity.WARNING,
    "Giao cấp xã công bố thủ tục hành chính",
    needs=_MADE_PUBLIC & OF_COMMUNE,
    basis="Nghị định 63/2010/NĐ-CP, Điều 15 (sửa đổi bởi Nghị định 92/2017/NĐ-CP)",
    bad=[said("- UBND xã công bố danh mục thủ tục hành chính thuộc thẩm quyền giải quyết.")],
    good=[
        said("- UBND xã niêm yết công khai danh mục thủ tục hành chính do Chủ tịch UBND tỉnh công bố."),
        said("- UBND xã cập nhật quyết định công bố thủ tục hành chính của Chủ tịch UBND tỉnh."),
    ],
)
def publishes_procedures(case: Case) -> Iterator[Hit]:
    """Procedures are published by the chairman of the province; communes post and explain them."""
    for piece in case.of(*PROSE, Part.CELL, saying=_MADE_PUBLIC) if case.level else ():
        for found in _PUBLISHES.finditer(piece.folded) if "cong bo" in piece.folded else ():
            if re.search(r"niem yet|cap nhat|theo|can cu|sau khi", found[0]):
                continue
            message = "Chủ tịch UBND tỉnh công bố thủ tục hành chính; cấp xã niêm yết, công khai: sửa “công bố” thành “niêm yết công khai”."
            yield Hit(piece, *found.span("all"), message)


@rule(
    "DL148",
    FindingKind.SIGNATURE_FORM,
    Severity.WARNING,
    "Chức vụ người ký viết tắt",
    needs=OF_FILE,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.7",
    bad=[filed(HEAD + "Xã đã làm." + FOOT.replace("CHỦ TỊCH", "P. CHỦ TỊCH"))],
    good=[filed(HEAD + "Xã đã làm." + FOOT)],
)
def short_role(case: Case) -> Iterator[Hit]:
    """'PHÓ CHỦ TỊCH' is written out, under 'KT. CHỦ TỊCH'."""
    for line in case.lines[-40:] if case.source else ():
        if "P." not in line.text and "PCT" not in line.text:
            continue
        for found in re.finditer(
            r"(?:^|\s{2,}|\t)(?P<all>(?:P\.\s*|PCT\.?\s*|P\.CT|PCT)(?:CHỦ TỊCH|TRƯỞNG PHÒNG|GIÁM ĐỐC|UBND)?)\s*(?=$|\s{2}|\t)",
            line.text,
        ):
            if len(found["all"].strip()) > 2:
                yield Hit(
                    line,
                    found.start("all"),
                    found.start("all") + len(found["all"].rstrip()),
                    "Chức vụ người ký viết đầy đủ; cấp phó ký thay ghi “KT.” và chức vụ của mình.",
                )


_ROLES = {
    fold(name): name
    for name in (
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
        "TRƯỞNG PHÒNG",
        "PHÓ TRƯỞNG PHÒNG",
        "GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "ỦY BAN NHÂN DÂN",
        "HỘI ĐỒNG NHÂN DÂN",
    )
}
# One of these is in each of them.
_SHORTEST_ROLES = [name for name in _ROLES if not any(other in name for other in _ROLES if other != name)]
# What stands side by side has wide gaps between.
_IN_COLUMN = re.compile(r"\S+(?:[^\S\t]\S+)*")
_CAPACITY = re.compile(r"^(?:(?:tm|kt|tl|tuq|q)\s*\.\s*)?")


def _with_role(lines: Sequence[Piece]) -> Sequence[Piece]:
    """Those of the lines that have a role in capitals, whatever its marks."""
    folded = "\n".join([line.folded for line in lines])
    written = Joined(lines)
    found = set()
    for name in _SHORTEST_ROLES:
        at = folded.find(name)
        while at >= 0:
            end = at + len(name)
            if written.text[at:end].isupper():
                found.add(written.piece_at(at))
            at = folded.find(name, end)
    return [line for line in lines if line in found] if found else ()


@rule(
    "DL293",
    FindingKind.SPELLING,
    Severity.ERROR,
    "Quyền hạn, chức vụ ở phần ký viết sai chữ",
    needs=OF_FILE,
    bad=[filed(HEAD + "Xã đã làm." + FOOT.replace("CHỦ TỊCH", "CHỦ TICH"))],
    good=[filed(HEAD + "Xã đã làm." + FOOT)],
)
def role_misspelled(case: Case) -> Iterator[Hit]:
    """The words above every signature."""
    lines = case.lines[-80:] if case.source else ()
    for line in _with_role(lines):
        for found in _IN_COLUMN.finditer(line.text):
            text = found[0].strip(" *_")
            if not text.isupper() or len(text) > 40:
                continue
            bare = _CAPACITY.sub("", fold(text))
            right = _ROLES.get(bare)
            own = text[len(text) - len(bare) :]
            if right is not None and house_style(own.lower()) != house_style(right.lower()):
                start = found.start() + found[0].index(text) + len(text) - len(bare)
                yield Hit(line, start, start + len(own), f"Viết đúng: “{right}”.", right)


@rule(
    "DL435",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Căn cứ không kết thúc bằng dấu chấm phẩy",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6",
    bad=[
        said(
            "Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013.\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh về cải cách hành chính;",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
        ),
        said(
            "Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh về cải cách hành chính;",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
        ),
    ],
    good=[
        said(
            "Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2023 của UBND tỉnh về cải cách hành chính.",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
        )
    ],
)
def basis_with_stop(case: Case) -> Iterator[Hit]:
    """One basis on a line, ';' after each, the stop after the last."""
    bases = [piece for piece in case.opening if piece in case.opening_bases]
    for piece, after in pairwise(bases):
        text = piece.text.rstrip()
        if (
            (text.endswith(".") and not text.endswith("..")) or text[-1:].isalnum()
        ) and after.folded.lstrip().startswith(("can cu", "theo de nghi", "xet ")):
            start = text.rfind(" ") + 1
            yield Hit(
                piece,
                start,
                len(text),
                "Sau mỗi căn cứ là dấu chấm phẩy; chỉ căn cứ cuối có dấu chấm.",
                f"{text[start:].removesuffix('.')};",
            )


RULES = (former_level, publishes_procedures, short_role, role_misspelled, basis_with_stop)
