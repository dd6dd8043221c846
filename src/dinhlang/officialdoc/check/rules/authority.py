"""Words of another body, left over from its document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import COMMUNE_LEVELS, Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import UPPER, begins
from dinhlang.officialdoc.check.needs import OF_COMMUNE
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.wording import IN_UNIT, OF_BODY
from dinhlang.officialdoc.model import Issuer
from dinhlang.officialdoc.read.words import fold

_WARD = {"issuer": Issuer("UBND PHƯỜNG CÂY MẪU", "phường", "Cây Mẫu")}
_DEPARTMENT = word_kind("Sở".__eq__)
# 'Sở' as if it were one's own: what follows is no name of one, nor a word that begins with it (Sở hữu).
_BARE_DEPARTMENT = re.compile(
    r"\b(?:thẩm quyền(?:\s+giải quyết)?(?:\s+của)?|lãnh đạo|toàn|nội bộ|cơ quan|thuộc|trụ sở|website|trang thông tin điện tử(?:\s+của)?|của)\s+"
    r"(?P<all>Sở)(?=\s*[.;,)]|\s+(?!hữu|trường)(?P<next>\w+)|$)(?!,\s*(?:ban|ngành))"
)


@rule(
    "DL210",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Văn bản của xã, phường nói về “Sở” như cơ quan mình",
    needs=OF_COMMUNE,
    bad=[
        said("Tra cứu thủ tục hành chính thuộc thẩm quyền giải quyết của Sở."),
        said("Các đơn vị thuộc Sở tổ chức thực hiện nghiêm túc Kế hoạch này."),
    ],
    good=[
        said("Thủ tục thuộc thẩm quyền giải quyết của Sở Nội vụ."),
        said("Phối hợp với các Sở, ngành của tỉnh."),
        said("Thủ tục thuộc thẩm quyền của Sở.", issuer=Issuer("SỞ NỘI VỤ")),
    ],
)
def own_department(case: Case) -> Iterator[Hit]:
    """Left over from a department's document."""
    if case.level is None:
        return
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, saying=_DEPARTMENT):
        for found in _BARE_DEPARTMENT.finditer(piece.text):
            if found["next"] and not found["next"].islower():
                continue
            start, end = found.span("all")
            yield Hit(
                piece,
                found.start(),
                end,
                f"“Sở” là cơ quan của tỉnh, thành phố, còn đây là văn bản của {case.level}: sửa thành “UBND {case.level}” hoặc ghi rõ sở nào.",
                piece.text[found.start() : start] + f"UBND {case.level}",
            )


_OF_OTHER_LEVEL = {
    level: word_kind(frozenset(other.split()[-1] for other in COMMUNE_LEVELS if other != level).__contains__)
    for level in COMMUNE_LEVELS
}
_LEVEL_WORDS = "|".join(COMMUNE_LEVELS)
_OWN_THINGS = (
    r"địa bàn|toàn|UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|nhân dân|Nhân dân|[đĐ]ài truyền thanh|hệ thống truyền thanh"
    r"|[tT]rang thông tin điện tử|[cC]ổng thông tin điện tử|công chức|[tT]rạm Y tế|[tT]rạm y tế|Đảng ủy|Đảng uỷ|Công an|công an|Trung tâm Phục vụ hành chính công"
    r"|[nN]gân sách|[bB]ộ phận Tiếp nhận và Trả kết quả|[bB]ộ phận Một cửa|[vV]ăn phòng HĐND và UBND|Văn phòng Hội đồng nhân dân và Ủy ban nhân dân"
    r"|lãnh đạo|[đĐ]oàn Thanh niên|Hội Phụ nữ|Hội Nông dân|Mặt trận Tổ quốc|MTTQ|trụ sở|[nN]hà văn hóa|ban, ngành|đoàn thể"
)
_ON_TERRITORY = re.compile(
    rf"{begins(*_OWN_THINGS.split('|'))}\s+(?:của\s+)?(?P<level>{_LEVEL_WORDS})\b(?!\s*,\s*(?:{_LEVEL_WORDS}))(?P<next>\s+\S+)?"
)


@rule(
    "DL211",
    FindingKind.WRONG_AUTHORITY,
    Severity.WARNING,
    "Gọi đơn vị mình bằng cấp khác",
    needs=OF_COMMUNE,
    bad=[
        said("Công tác tuyên truyền trên địa bàn xã được thực hiện thường xuyên.", **_WARD),
        said("Trên đây là kết quả của UBND xã Cây Mẫu.", **_WARD),
    ],
    good=[
        said("Công tác tuyên truyền trên địa bàn phường được thực hiện thường xuyên.", **_WARD),
        said("Giáp ranh với địa bàn xã Tân Kỳ.", **_WARD),
        said("Phối hợp với UBND xã, phường lân cận trên địa bàn xã, phường.", **_WARD),
    ],
)
def other_level(case: Case) -> Iterator[Hit]:
    """'trên địa bàn xã' in a ward's document. A name after it is another unit's, and right."""
    level = case.level
    if level is None:
        return
    own = fold(case.document.issuer.unit_name or "") if case.document.issuer else ""
    for piece in case.of(*PROSE, Part.HEADING, Part.SUBJECT, saying=_OF_OTHER_LEVEL[level]):
        for found in _ON_TERRITORY.finditer(piece.text):
            following = (found["next"] or "").strip(' “"(')
            is_own = fold(piece.text[found.end("level") :]).lstrip().startswith(own) if own else False
            if (
                found["level"] == level
                or (following[:1].isupper() and not is_own)
                or _speaks_of_several(piece, found)
            ):
                continue
            start, end = found.start(), found.end("level")
            text = piece.text[start : found.start("level")] + level
            yield Hit(
                piece,
                start,
                end,
                f"Đây là văn bản của {level}, không phải {found['level']}: sửa thành “{text}”.",
                text,
            )


def _speaks_of_several(piece: Piece, found: re.Match[str]) -> bool:
    before = piece.text[max(0, found.start() - 40) : found.start()].lower()
    around = before + piece.text[found.start() : found.end() + 40].lower()
    return bool(_OTHERS.search(around) or _SEVERAL.search(before))


_OTHERS = re.compile(
    r"\bcấp\b|\bcác (?:xã|phường|địa phương)|lân cận|giáp|khác|\bcũ\b|\btrước\b|sáp nhập|sắp xếp|hợp nhất"
)
_SEVERAL = re.compile(r"\b(?:các|nhiều|một số|từng|mỗi|những|(?<!\d)\d{1,2})\s+(?:[^\W\d_]+\s+){0,3}$")


_OF_BODY = re.compile(r"\b(?:cua|do)\s+(?:ubnd|uy ban nhan dan)\s+(?:xa|phuong|thi tran|dac khu)\s+")


@rule(
    "DL212",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Câu kết mang tên đơn vị khác",
    needs=OF_COMMUNE,
    bad=[
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả năm 2023 của Ủy ban nhân dân xã Bến Khác./.")
    ],
    good=[
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả năm 2023 của Ủy ban nhân dân xã Bến Mẫu./.")
    ],
)
def closed_by_another(case: Case) -> Iterator[Hit]:
    """'Trên đây là báo cáo của UBND xã …' with a name that is not the issuer's."""
    issuer, closing = case.document.issuer, case.closing
    if closing is None or issuer is None or not issuer.unit_name or case.level is None:
        return
    for found in _OF_BODY.finditer(closing.folded):
        following = re.match(rf"(?:[{UPPER}]\S*\s*){{1,4}}", closing.text[found.end() :])
        name = following[0].strip(" .,;:/") if following else ""
        if name and fold(issuer.unit_name) not in fold(name):
            end = found.end() + len(name)
            start = found.end()
            yield Hit(
                closing,
                start,
                end,
                f"Văn bản của {issuer.unit_name} nhưng câu kết ghi {name}: sửa tên đơn vị.",
                issuer.unit_name if not issuer.unit_name.isupper() else None,
            )


_BODIES = r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|HĐND|Hội đồng nhân dân|Đảng ủy|lãnh đạo)"
_NAME = rf"(?:[{UPPER}][^\W\d_]*\s?){{1,4}}"
_ACTS = re.compile(
    rf"(?:^|[.;,:]\s+)(?:Hiện nay,?\s+|Trong (?:năm|quý|kỳ),?\s+)?(?P<all>{_BODIES}\s+(?P<level>{_LEVEL_WORDS})\s+(?P<name>{_NAME}))"
    r"(?=\s*(?:đã|báo cáo|yêu cầu|ban hành|tiếp tục|chỉ đạo|tổ chức|xây dựng|giao|đề nghị|thông báo|kính|trân trọng|triển khai|thường xuyên|duy trì))"
)


@rule(
    "DL219",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Văn bản nói việc của mình dưới tên đơn vị khác",
    needs=OF_COMMUNE,
    bad=[
        said("I. Kết quả\nỦy ban nhân dân xã Bến Thử đã tổ chức tuyên truyền tới các thôn."),
        said("I. Kết quả\nUBND phường Bến Mẫu yêu cầu các đơn vị thực hiện."),
    ],
    good=[
        said("I. Kết quả\nỦy ban nhân dân xã Bến Mẫu đã tổ chức tuyên truyền tới các thôn."),
        said("I. Kết quả\nPhối hợp với UBND xã Bến Thử tổ chức tuyên truyền."),
        said("I. Kết quả\nTrước khi sáp nhập, UBND xã Bến Thử đã tổ chức tuyên truyền tới các thôn."),
    ],
)
def acts_under_other_name(case: Case) -> Iterator[Hit]:
    """'UBND xã Khác đã tổ chức …' or one's own name with another level: words of the document that was copied."""
    issuer = case.document.issuer
    if case.level is None or issuer is None or not issuer.unit_name:
        return
    own = fold(issuer.unit_name)
    for piece in case.of(*PROSE, saying=OF_BODY & IN_UNIT):
        if not _DRAWN.search(piece.text):
            continue
        for found in _ACTS.finditer(piece.text):
            name = fold(found["name"]).strip()
            is_own_name = name.startswith(own)
            if (is_own_name and found["level"] == case.level) or case.is_cited(piece, found.start("all")):
                continue
            if _FORMER.search(piece.folded, max(0, found.start() - 60), found.end() + 60):
                continue
            start, end = found.span("all")
            end = start + len(piece.text[start:end].rstrip())
            right = f"{piece.text[start : found.start('level')]}{case.level} {issuer.unit_name}"
            message = f"Đây là văn bản của {case.level} {issuer.unit_name}: sửa thành “{right}”."
            yield Hit(piece, start, end, message, None if issuer.unit_name.isupper() else right)


_FORMER = re.compile(r"\btruoc (?:khi|day|sap)|sap nhap|sap xep|hop nhat|lan can|giap ranh|tiep nhan tu")
_DRAWN = re.compile(rf"{_BODIES}\s+(?:{_LEVEL_WORDS})\s+[{UPPER}]")


_ON_THE_WEB = words("thông") & words("tin") & words("điện") & words("tử")
_OWN_SITE = re.compile(
    rf"(?P<kind>{begins('[Cc](?i:ổng)', '[Tt](?i:rang)')})"
    r"(?i:\s+thông tin điện tử\s+(?:của\s+)?(?:UBND\s+|Ủy ban nhân dân\s+)?(?:xã|phường|thị trấn|đặc khu)\b)"
)


@rule(
    "DL213",
    FindingKind.OTHER,
    Severity.WARNING,
    "Một trang của xã, phường gọi bằng hai tên",
    needs=OF_COMMUNE,
    bad=[
        said(
            "Đăng lên cổng thông tin điện tử của UBND xã.\nĐăng trên trang thông tin điện tử xã 36 tin.\nTrang thông tin điện tử xã hoạt động tốt."
        )
    ],
    good=[said("Đăng lên Cổng thông tin điện tử tỉnh.\nĐăng trên Trang thông tin điện tử xã 36 tin.")],
)
def one_site_two_names(case: Case) -> Iterator[Hit]:
    """'Cổng' here and 'Trang' there. The first of the rarer name is shown."""
    if case.level is None:
        return
    by_kind: dict[str, list[tuple[Piece, re.Match[str]]]] = {}
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, saying=_ON_THE_WEB):
        for found in _OWN_SITE.finditer(piece.text):
            by_kind.setdefault(found["kind"].lower(), []).append((piece, found))
    if len(by_kind) < 2:
        return
    rarer, usual = sorted(by_kind, key=lambda kind: len(by_kind[kind]))
    piece, found = by_kind[rarer][0]
    message = f"Trang của {case.level} được gọi bằng hai tên: chỗ khác viết “{usual} thông tin điện tử”. Thống nhất một tên."
    yield Hit(piece, *found.span(), message)


RULES = (own_department, other_level, closed_by_another, acts_under_other_name, one_site_two_names)
