"""Names of units that are not those of the document: of its own place, of the level above, of the head and the foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import COMMUNE_LEVELS, Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import UPPER
from dinhlang.officialdoc.check.needs import OF_COMMUNE, of_kind
from dinhlang.officialdoc.check.noted import word_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.check.wording import IN_UNIT, OF_BODY
from dinhlang.officialdoc.model import Appendix, Issuer, Kind, Signature, SignatureMode
from dinhlang.officialdoc.read.words import fold
from dinhlang.vietnamese.text import house_style

_PART_I = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II"
_LEVELS = "|".join(COMMUNE_LEVELS)
_NAME = rf"(?P<name>[{UPPER}][^\W\d_]*(?:[ \t]+[{UPPER}][^\W\d_]*){{0,3}}|\d{{1,2}})"
_BODIES = r"(?:UBND|U[ỷỶ] ban nhân dân|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Đảng ủy|Đảng uỷ|Chủ tịch|Đài truyền thanh|Công an|Trạm Y tế|trụ sở)"
_OF_UNIT = re.compile(rf"(?P<body>{_BODIES})\s+(?:UBND\s+|Ủy ban nhân dân\s+)?(?P<level>{_LEVELS})\s+{_NAME}")
_OTHERS = re.compile(
    r"phoi hop voi|giap|lan can|\bcac xa|\bcac phuong|cac don vi|sap nhap|sap xep|hop nhat|\bcu\b|truoc|tiep nhan tu|ban giao|hoc tap|kinh nghiem|tham quan|giao luu|cum thi dua|lien xa|chuyen (?:den|tu)|khac|mo hinh|nhu:|gom|thay the"
)
_FAR = 70


def _beside(piece: Piece, match: re.Match[str]) -> str:
    """The words around a name."""
    before = piece.folded[max(0, match.start() - _FAR) : match.start()]
    return f"{before} | {piece.folded[match.end() : match.end() + _FAR]}"


def _own(case: Case) -> str | None:
    issuer = case.document.issuer
    if not case.level or not issuer or not issuer.unit_name or "xa hoi" in fold(issuer.name or ""):
        return None
    return fold(issuer.unit_name)


@rule(
    "DL270",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Địa danh ở dòng ngày khác tên đơn vị",
    needs=OF_COMMUNE,
    basis=f"{_PART_I}.4",
    bad=[
        said("Đã làm.", place="Bến Khác"),
        filed(HEAD.replace("Bến Mẫu, ngày", "Bến Khác, ngày") + "Xã đã làm." + FOOT),
    ],
    good=[
        said("Đã làm."),
        said("Đã làm.", place="Xã Bến Mẫu"),
        said("Đã làm.", issuer=Issuer("SỞ NỘI VỤ"), place="Hải Dương"),
    ],
)
def dated_elsewhere(case: Case) -> Iterator[Hit | Lack]:
    """A commune's document is dated where the commune is."""
    own, place = _own(case), case.document.place
    if own is None or not place:
        return
    written = re.sub(rf"^(?:{'|'.join(map(fold, COMMUNE_LEVELS))})\s+", "", fold(place).strip())
    plain_own = re.sub(rf"^(?:{'|'.join(map(fold, COMMUNE_LEVELS))})\s+", "", own)
    if not written or written in plain_own or plain_own in written:
        return
    unit = case.document.issuer.unit_name if case.document.issuer else ""
    message = f"Văn bản của {case.level} {unit} nhưng địa danh ghi {place}: sửa cho khớp."
    for line in case.head_lines:
        at = line.text.find(f"{place},")
        if at >= 0:
            yield Hit(line, at, at + len(place), message)
            return
    if case.source is None:
        yield Lack(("place",), message)


@rule(
    "DL271",
    FindingKind.WRONG_AUTHORITY,
    Severity.WARNING,
    "Cơ quan của đơn vị khác được nói đến như của mình",
    needs=OF_COMMUNE,
    bad=[
        said("2. Địa điểm: Hội trường, trụ sở Ủy ban nhân dân xã Bến Khác."),
        said(
            "Thực hiện Kế hoạch số 18/KH-UBND ngày 26/01/2023 của UBND xã Bến Khác về tuyên truyền, UBND xã báo cáo."
        ),
    ],
    good=[
        said("2. Địa điểm: Hội trường, trụ sở Ủy ban nhân dân xã Bến Mẫu."),
        said("Phối hợp với UBND xã Bến Khác; học tập kinh nghiệm tại UBND xã Bến Xa."),
        said("Tiếp nhận hồ sơ của UBND xã Bến Khác trước khi sáp nhập."),
    ],
)
def of_another_unit(case: Case) -> Iterator[Hit]:
    """One other name in a text that speaks of no other unit. Units named twice are really meant."""
    own = _own(case)
    if own is None:
        return
    found = []
    for piece in case.of(*PROSE, Part.NOTE, Part.HEADING, Part.CELL, saying=IN_UNIT):
        for match in _OF_UNIT.finditer(piece.text):
            name = fold(match["name"]).strip()
            if not name.startswith(own) and not own.startswith(name):
                found.append((piece, match, name))
    names = Counter(name for _, _, name in found)
    if len(names) != 1 or sum(names.values()) > 1:
        return
    piece, match, _ = found[0]
    if match["body"] in ("Công an", "Trạm Y tế", "Chủ tịch") or _OTHERS.search(_beside(piece, match)):
        return
    if piece is case.closing or _is_told_elsewhere(case, piece, match):
        return
    unit = case.document.issuer.unit_name if case.document.issuer else ""
    message = f"Văn bản của {case.level} {unit} nhưng ở đây ghi {match['level']} {match['name']}: kiểm tra tên đơn vị."
    yield Hit(piece, *match.span(), message)


def _is_told_elsewhere(case: Case, piece: Piece, match: re.Match[str]) -> bool:
    """Whether the text names the unit without its body too: then it is really meant."""
    name = match["name"].strip()
    return any(name in other.text for other in case.pieces if other is not piece)


_LEVEL_ABOVE = word_kind(frozenset(["huyện", "quận", "xã", "phố", "tỉnh"]).__contains__)
_DISTRICT = re.compile(
    rf"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND)\s+(?P<level>huyện|quận|thị xã|thành phố|tỉnh)\s+{_NAME}"
)


@rule(
    "DL272",
    FindingKind.WRONG_AUTHORITY,
    Severity.WARNING,
    "Cơ quan cấp trên trực tiếp mang hai tên",
    needs=OF_COMMUNE,
    bad=[
        said(
            "Thực hiện Công văn số 18/UBND-NV ngày 20/11/2023 của UBND huyện Sông Khác, UBND xã báo cáo.",
            issuer=Issuer("UBND XÃ BẾN MẪU", "xã", "Bến Mẫu", "UBND HUYỆN THANH MẪU"),
        ),
        said(
            "UBND xã báo cáo UBND huyện Cồn Mẫu.\nTheo văn bản của UBND huyện Cồn Mẫu.\nKính trình UBND huyện Cồn Thử xem xét."
        ),
        said("UBND xã báo cáo UBND huyện Cồn Mẫu.\nĐề nghị UBND huyện Cồn Mậu cấp kinh phí."),
    ],
    good=[
        said(
            "Thực hiện Công văn số 18/UBND-NV ngày 20/11/2023 của UBND huyện Thanh Mẫu, UBND xã báo cáo.",
            issuer=Issuer("UBND XÃ BẾN MẪU", "xã", "Bến Mẫu", "UBND HUYỆN THANH MẪU"),
        ),
        said("Theo văn bản của UBND huyện Cồn Mẫu và UBND tỉnh Mẫu."),
        said("Trước sắp xếp, UBND huyện Cồn Mẫu và UBND huyện Cồn Thử đã ban hành quy chế phối hợp."),
    ],
)
def two_names_above(case: Case) -> Iterator[Hit]:
    """A commune has one district and one province above it."""
    if case.level is None:
        return
    issuer = case.document.issuer
    found: dict[str, list[tuple[Piece, re.Match[str], str]]] = {}
    for piece in case.of(*PROSE, Part.RECIPIENT, Part.NOTE, saying=OF_BODY & _LEVEL_ABOVE):
        for match in _DISTRICT.finditer(piece.text):
            level = (
                "tinh"
                if match["level"] in ("tỉnh",)
                else "huyen"
                if match["level"] != "thành phố"
                else "thanh pho"
            )
            found.setdefault(level, []).append((piece, match, fold(match["name"]).strip()))
    parent = _DISTRICT.search(_as_written(issuer.parent)) if issuer and issuer.parent else None
    for level, rows in found.items():
        yield from _with_other_marks(rows)
        names = Counter(name for _, _, name in rows)
        above = fold(parent["name"]).strip() if parent and level == _level_of(parent["level"]) else None
        if above is None and len(names) == 2 and len(rows) > 2:
            above, second = (name for name, _ in names.most_common(2))
            if names[above] == names[second]:
                continue
        if above is None or len(names) > 2:
            continue
        for piece, match, name in rows:
            if (
                name != above
                and not name.startswith(above)
                and not above.startswith(name)
                and not _OTHERS.search(_beside(piece, match))
            ):
                message = f"Chỗ khác trong văn bản ghi {match['level']} {above.title()}, ở đây ghi {match['name']}: kiểm tra tên cơ quan cấp trên."
                yield Hit(piece, *match.span(), message)


_Named = tuple[Piece, re.Match[str], str]


def _with_other_marks(rows: Sequence[_Named]) -> Iterator[Hit]:
    """'huyện Lang Mẫu' and once 'huyện Lang Mậu': one name, as its bare letters say."""
    ways: dict[str, list[_Named]] = {}
    for row in rows:
        ways.setdefault(row[2], []).append(row)
    for same in ways.values():
        written = Counter(_in_small_letters(match) for _, match, _ in same)
        if len(written) != 2:
            continue
        usual = max(written, key=written.__getitem__)
        for piece, match, _ in same:
            if _in_small_letters(match) != usual:
                message = (
                    f"Chỗ khác trong văn bản viết “{usual.title()}”: đối chiếu và thống nhất tên đơn vị."
                )
                yield Hit(piece, *match.span("name"), message)


def _in_small_letters(match: re.Match[str]) -> str:
    return house_style(" ".join(match["name"].split()).lower())


def _level_of(level: str) -> str:
    return "tinh" if level == "tỉnh" else "thanh pho" if level == "thành phố" else "huyen"


def _as_written(capitals: str) -> str:
    """'UBND HUYỆN THANH MẪU' as it stands in a sentence."""
    words = " ".join(word.capitalize() for word in capitals.split())
    for level in ("Huyện", "Quận", "Thị Xã", "Thành Phố", "Tỉnh"):
        words = words.replace(level, level.lower())
    return words.replace("Ubnd", "UBND").replace("Ủy Ban Nhân Dân", "Ủy ban nhân dân")


_OWN_LINE = re.compile(
    r"^\s*(?P<chair>CHỦ TỊCH\s+)?(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)\s+(?P<level>XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s+(?P<name>[^,;:.]{2,40}?)\s*$"
)
_DECIDING = {"kind": Kind.DECISION, "symbol": "QĐ-UBND", "subject": "Về việc thành lập Tổ công tác"}


@rule(
    "DL273",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Tên cơ quan trên phần căn cứ khác tên ở đầu văn bản",
    needs=OF_COMMUNE,
    basis=f"{_PART_I}.2",
    bad=[said("ỦY BAN NHÂN DÂN XÃ BẾN KHÁC\nCăn cứ Luật Tổ chức chính quyền địa phương;", **_DECIDING)],
    good=[said("ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;", **_DECIDING)],
)
def headed_by_another(case: Case) -> Iterator[Hit]:
    """The body that decides is the one that issues."""
    own = _own(case)
    for piece in case.main[:6] if own else ():
        found = _OWN_LINE.match(piece.text)
        if found is None or own is None:
            continue
        if fold(found["name"]) != own or fold(found["level"]) != fold(case.level or ""):
            unit = case.document.issuer.unit_name if case.document.issuer else ""
            message = f"Văn bản của {case.level} {unit} nhưng ở đây ghi {found['level']} {found['name']}: sửa cho khớp."
            yield Hit(piece, found.start("level"), found.end("name"), message)


@rule(
    "DL274",
    FindingKind.SIGNATURE_FORM,
    Severity.WARNING,
    "Thẩm quyền ban hành ở đầu quyết định không khớp cách ký",
    needs=of_kind(Kind.DECISION),
    basis=f"{_PART_I}.7",
    bad=[
        said(
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;",
            signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
            **_DECIDING,
        ),
        said(
            "ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;",
            signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu"),
            **_DECIDING,
        ),
    ],
    good=[
        said(
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;",
            signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu"),
            **_DECIDING,
        ),
        said(
            "ỦY BAN NHÂN DÂN XÃ BẾN MẪU\nCăn cứ Luật Tổ chức chính quyền địa phương;",
            signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
            **_DECIDING,
        ),
    ],
)
def decides_and_signs(case: Case) -> Iterator[Hit]:
    """What the committee decides is signed on its behalf; what its chairman decides he signs himself."""
    signature = case.document.signature
    if (
        signature is None
        or case.document.kind is not Kind.DECISION
        or "chu tich" not in fold(signature.role or "")
    ):
        return
    for piece in case.main[:6]:
        found = _OWN_LINE.match(piece.text)
        if found is None or "HỘI ĐỒNG" in piece.text or "HĐND" in piece.text:
            continue
        for_body = bool(signature.on_behalf_of) or signature.mode is SignatureMode.FOR_BODY
        if bool(found["chair"]) is for_body:
            ask = "bỏ “TM. ỦY BAN NHÂN DÂN”" if for_body else "thêm “TM. ỦY BAN NHÂN DÂN”"
            who = "Chủ tịch Ủy ban nhân dân" if found["chair"] else "Ủy ban nhân dân"
            message = f"Quyết định của {who}: {ask} ở phần ký, hoặc sửa thẩm quyền ban hành ở đây."
            yield Hit(piece, 0, len(piece.text.rstrip()), message)


_FROM_PARTS = re.compile(rf"cua\s+(?:ubnd|uy ban nhan dan)\s+(?:{'|'.join(map(fold, COMMUNE_LEVELS))})\s+")


@rule(
    "DL275",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Phụ lục ghi kèm theo văn bản của đơn vị khác",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục III",
    bad=[
        said(
            "Nội dung.",
            appendices=(
                Appendix(
                    "SỐ LIỆU",
                    "Phụ lục",
                    "(Kèm theo Báo cáo số 12/BC-UBND ngày 12/12/2023 của UBND xã Bến Khác)",
                ),
            ),
        ),
    ],
    good=[
        said(
            "Nội dung.",
            appendices=(
                Appendix(
                    "SỐ LIỆU",
                    "Phụ lục",
                    "(Kèm theo Báo cáo số 12/BC-UBND ngày 12/12/2023 của UBND xã Bến Mẫu)",
                ),
            ),
        ),
    ],
)
def appended_to_another(case: Case) -> Iterator[Hit]:
    """An appendix goes with this document and no other."""
    own = _own(case)
    for piece in case.of(Part.NOTE):
        found = _FROM_PARTS.search(piece.folded)
        if found and own:
            name = re.match(_NAME, piece.text[found.end() :])
            if name and not fold(name[0]).startswith(own) and not own.startswith(fold(name[0])):
                message = "Phụ lục kèm theo chính văn bản này: sửa tên cơ quan."
                yield Hit(piece, found.end(), found.end() + name.end(), message)


RULES = (
    dated_elsewhere,
    of_another_unit,
    two_names_above,
    headed_by_another,
    decides_and_signs,
    appended_to_another,
)
