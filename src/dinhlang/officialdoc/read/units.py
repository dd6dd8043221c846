"""The units in which commune reports count, and the indicator a figure speaks of.

Units are those found in real reports of public administration reform; the indicators are named as the
concepts of the ledger are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dinhlang.officialdoc.read.words import fold

# Longest first: 'tin, bài viết' before 'tin'. Commas, slashes and '(…)' inside a unit are printed in many ways.
_UNITS = (
    r"tin\s*(?:,|/|-|va)?\s*bai(?:\s+viet)?", r"bai\s+(?:viet|dang|phat thanh|tuyen truyen|du thi|thi)", r"bai", r"tin\s+nhan", r"(?:so\s+)?ban\s+tin", r"tin(?!\s+hoc)",
    r"luot\s+(?:truy cap|nguoi(?:\s+(?:dan|tham du|tham gia|nghe|xem))?|cong dan|can bo|ngu dan|nhan dan|ba con|hoc sinh|phu nu|nong dan|khach|to chuc|theo doi|doc|xem|tiep can|phat(?:\s+thanh|\s+song)?|nghe|binh luan|chia se|thich|tuong tac|huong dan|ho so|hoi vien|doan vien|chi ho|ho)",
    r"luot\s+dang", r"luot", r"nguoi(?:\s+(?:dan|tham du|tham gia|du thi|hoc|lao dong|duoc))?",
    r"cuoc\s+(?:hop|thi|tuyen truyen|toa dam|doi thoai|kiem tra|hoi nghi|giao ban)", r"cuoc",
    r"hoi\s+nghi(?:\s+(?:tuyen truyen|tap huan|doi thoai))?", r"hoi\s+thao", r"buoi\s+(?:phat thanh|tuyen truyen|hop|toa dam|sinh hoat|tap huan|truc tiep|noi chuyen)", r"buoi",
    r"lop\s+(?:tap huan|boi duong|dao tao)", r"lop", r"chuong\s+trinh(?:\s+phat\s+thanh)?", r"chuyen\s+(?:muc|de|trang)",
    r"phut(?:\s+phat thanh)?", r"gio(?:\s+phat thanh)?", r"ky\s+phat\s+thanh", r"ky(?!\s+(?:truoc|nay|bao|hop))", r"lan",
    r"to\s+(?:roi|gap|buom)", r"ap\s+phich", r"bang\s*-?\s*ron", r"pa\s*-?\s*no", r"panô", r"khau\s+hieu", r"cum\s+(?:pa\s*-?\s*no|loa|co)", r"diem\s+(?:truy cap|phat|tiep nhan|cau|truong)", r"nhan\s+khau", r"bo\s+loa", r"cum", r"(?:co\s+)?phuon", r"phong\s+su", r"may\s+tinh", r"giai(?:\s+(?:nhat|nhi|ba|khuyen khich))?(?!\s+phap)", r"dot(?:\s+kiem tra)?", r"thu\s+xin\s+loi",  r"dai\s+truyen\s+thanh", r"tam", r"cai", r"chiec", r"man\s+hinh",
    r"ho\s+so(?:\s+(?:thu tuc hanh chinh|tthc|truc tuyen))?", r"tthc", r"thu\s+tuc(?:\s+hanh\s+chinh)?", r"linh\s+vuc", r"dich\s+vu\s+cong",
    r"phan\s+anh(?:\s*,?\s*kien\s+nghi)?", r"kien\s+nghi", r"pakn", r"y\s+kien", r"phieu(?:\s+khao sat)?",
    r"van\s+ban", r"cong\s+van", r"nghi\s+quyet", r"chi\s+thi", r"to\s+trinh", r"thong\s+bao", r"noi\s+dung", r"truong\s+hop", r"ke\s+hoach", r"quyet\s+dinh", r"bao\s+cao", r"tai\s+lieu", r"cuon", r"quyen", r"video", r"clip", r"status", r"trang", r"tai\s+khoan", r"nhom\s+zalo", r"nhom", r"thanh\s+vien",
    r"can\s+bo(?:\s*,\s*cong\s+chuc)?", r"cong\s+chuc", r"vien\s+chuc", r"nhan\s+vien", r"dai\s+bieu", r"ho\s+(?:dan|gia dinh|ngheo|can ngheo)", r"ho(?=\s|[,.;]|$)", r"thon", r"khu\s+dan\s+cu", r"to\s+dan\s+pho", r"to\s+cong\s+nghe(?:\s+so\s+cong\s+dong)?", r"to(?=\s+(?:co|nhan|dung|tuyen)|\s*[,.;)]|$)",
    r"don\s+vi", r"co\s+quan", r"mo\s+hinh", r"sang\s+kien", r"giai\s+phap", r"nhiem\s+vu", r"chi\s+tieu", r"tieu\s+chi", r"dong\s+chi", r"hoi\s+vien", r"doan\s+vien", r"cong\s+dan", r"doanh\s+nghiep", r"to\s+chuc",
    r"bien\s+che", r"phien(?:\s+hop)?", r"suat(?:\s+(?:qua|hoc bong))?", r"phan\s+qua", r"chi\s+(?:bo|hoi|doan|dang bo)", r"dang\s+(?:bo|vien)", r"ca\s+nhan", r"tap\s+the", r"guong", r"dien\s+hinh",
    r"may(?:\s+(?:quet|in|vi tinh|tinh bang|phat|anh))?(?=\s|[,.;)]|$)", r"bo(?=\s+(?:may|ban|tai lieu|thiet bi|loa|ho so))", r"loa", r"dai(?=\s+(?!hoi)|[,.;)]|$)", r"trung\s+tam", r"cong\s+trinh", r"du\s+an", r"hop\s+tac\s+xa", r"co\s+so", r"cau\s+lac\s+bo",
    r"xa(?:\s*,\s*phuong(?:\s*,\s*(?:thi\s+tran|dac\s+khu))?|\s*,\s*thi\s+tran)?(?=\s|[,.;)]|$)", r"phuong(?:\s*,\s*xa)?(?=\s|[,.;)]|$)", r"thi\s+tran", r"huyen(?=\s|[,.;)]|$)", r"buon", r"ap(?=\s|[,.;)]|$)", r"xom", r"khu\s+pho", r"khoi\s+pho", r"ban(?=\s*[,.;)]|\s+(?:co|da|duoc|vung|lang)|$)",
    r"so\s+(?:nganh|ban)", r"phong(?=\s|[,.;)]|$)", r"nguoi\s+dan", r"hoc\s+sinh", r"giao\s+vien", r"vu(?:\s+viec)?(?=\s|[,.;)]|$)", r"don(?:\s+thu)?(?=\s|[,.;)]|$)", r"cau\s+hoi", r"anh", r"chu\s+ky\s+so", r"chung\s+thu(?:\s+so)?", r"trang\s+thiet\s+bi", r"thiet\s+bi",
    r"diem", r"(?:ty|trieu|nghin|ngan|van)\s+(?:luot(?:\s+(?:truy cap|nguoi|xem|tiep can))?|nguoi|gio|to|ban|tin|ho|ho so)", r"trieu(?=\s*[,.;)]|$)", r"(?<=\d)d(?![a-z0-9])", r"trieu\s+dong", r"ty\s+dong", r"ty(?=\s*[,.;)]|$|\s+(?:tang|giam|bang|dat|cho|de|va|o|tu))", r"nghin\s+dong", r"dong(?=[\s,.;)/]|$)", r"m[23]", r"m[²³]", r"met", r"km[2²]?", r"ha(?=[\s,.;)/]|$)", r"tan(?=[\s,.;)/]|$)", r"ta(?=/)", r"kg", r"mm", r"m(?=\s|[,.;)]|$)",
)  # fmt: skip
UNIT = "(?:" + "|".join(fold(unit) for unit in _UNITS) + r")(?![a-z0-9])"
"""A pattern over folded text."""

_PER = r"(?P<per>thang|quy|tuan|nam|ngay)"
EVERY = re.compile(
    rf"\b(?:moi|hang)\s+{_PER}\s+(?:(?:co|dang|phat|viet|to chuc|thuc hien|dang tai|duy tri)\s+)?"
    rf"(?:(?P<qualifier>it nhat|toi thieu)\s+)?(?P<value>\d+)\s+(?P<unit>{UNIT})"
)
"""'Mỗi tháng 01 kỳ'."""
RATE = re.compile(
    r"\s*/\s*(?:1\s+)?(?P<per>(?:thang|quy|tuan|nam|ngay|ha|buoi|so|nguoi|thon|luot|don vi|xa|phuong|ho|ap|to|cuoc|lop|ky|dot)(?:\s*/\s*(?:thang|quy|tuan|nam))?)\b"
)
"""'lần/quý', after the unit."""

# (pattern of the unit, pattern of the sentence, indicator); the first that fits is taken.
NONE = ""
"""The figure is of a known kind that no indicator counts."""

_INDICATORS: tuple[tuple[str, str, str], ...] = (
    (r"%|phan tram", r"hai long", "satisfaction"),
    (r"%|phan tram", r"dung han|truoc han", "on_time_share"),
    (r"%|phan tram", r"thanh toan|so hoa|ky so|nop truc tiep|truc tiep \d", NONE),
    (r"%|phan tram", r"truc tuyen", "online_share"),
    (r"%|phan tram", r"ke hoach|tuyen truyen|nhiem vu|tien do", "completion"),
    (r"ho so", r"(?:ky|thang|quy|nam) truoc|chuyen (?:qua|sang|tiep)|\bton\b|trong han|dang (?:giai quyet|xu ly)", NONE),
    (r"ho so", r"qua han|tre han|cham han", "dossiers_late"),
    (r"ho so", r"dung han|truoc han", "dossiers_on_time"),
    (r"ho so", r"(?:da|duoc)\s+giai quyet|giai quyet (?:xong|duoc)|tra ket qua", "dossiers_resolved"),
    (r"ho so", r"truc tuyen", "dossiers_online"),
    (r"ho so", r"tiep nhan", "dossiers_received"),
    (r"phieu", r"hai long", "survey_satisfied"),
    (r"phieu", r"khao sat|hop le|danh gia", "survey_answers"),
    (r"phan anh|kien nghi|pakn", r"", "feedback"),
    (r"thu tuc|tthc", r"niem yet|cong khai|dang tai", "procedures_posted"),
    (r"luot truy cap", r"", "visits"),
    (r"luot tiep can", r"", "reach"),
    (r"luot", r"truy cap", "visits"),
    (r"luot", r"tiep can", "reach"),
    (r"tin nhan", r"", "messages"),
    (r"luot dang", r"", "posts"),
    (r"to (?:roi|gap|buom)|to$|tai lieu", r"to roi|to gap|to buom", "leaflets"),
    (r"bang\s*-?\s*ron|pa\s*-?\s*no|khau hieu|(?:co )?phuon|ap phich|cum pa", r"", "banners"),
    (r"tam|cai|chiec|cum|m2|m²", r"bang\s*-?\s*ron|pa\s*-?\s*no|khau hieu|phuon", "banners"),
    (r"phut", r"phat|truyen thanh|loa", "broadcast_minutes"),
    (r"buoi phat", r"", "broadcast_sessions"),
    (r"buoi", r"phat thanh|truyen thanh|loa", "broadcast_sessions"),
    (r"(?:luot|ky|chuong trinh|bai) phat", r"", "broadcasts"),
    (r"chuong trinh", r"phat (?:thanh|song)|truyen thanh|loa", "broadcasts"),
    (r"luot|lan|ky|tin|bai", r"phat thanh|truyen thanh|loa", "broadcasts"),
    (r"(?:so )?ban tin", r"", "bulletins"),
    (r"bai (?:du )?thi", r"", "contest_entries"),
    (r"bai", r"du thi|cuoc thi", "contest_entries"),
    (r"tin|bai", r"facebook|fanpage|zalo|mang xa hoi", "posts"),
    (r"tin|bai", r"dang|viet|trang|cong thong tin", "articles"),
    (r"tin|bai", r"", "articles"),
    (r"cuoc thi", r"", "contests"),
    (r"lop|hoi nghi tap huan|buoi tap huan", r"tap huan|boi duong|dao tao", "trainings"),
    (r"luot (?:nguoi|cong dan|huong dan)|luot|nguoi|cong dan", r"huong dan|mot cua|tiep nhan|truc tiep", "guidance"),
    (r"luot|nguoi|can bo|hoi vien|doan vien", r"tap huan|boi duong", "training_attendees"),
    (r"luot|nguoi|can bo|hoi vien|doan vien", r"tham du|tham gia|du hop|nghe|cuoc|hoi nghi|buoi", "attendees"),
    (r"cuoc|hoi nghi|buoi", r"", "meetings"),
)  # fmt: skip
_COMPILED = tuple((re.compile(unit), re.compile(around), name) for unit, around, name in _INDICATORS)


_WRITTEN = {
    fold(word): word
    for word in (
        "bài", "viết", "lượt", "cập", "người", "dân", "tham", "dự", "cuộc", "họp", "hội", "nghị", "buổi", "phát", "tuyên",
        "truyền", "tờ", "rơi", "gấp", "băng", "rôn", "khẩu", "hiệu", "lớp", "tập", "huấn", "hồ", "sơ", "thủ", "tục",
        "hành", "chính", "phút", "giờ", "kỳ", "lần", "hướng", "cán", "bộ", "chức",
    )
}  # fmt: skip


def written(unit: str) -> str:
    """A unit from damaged text with the marks it must have: a unit is one of few known words."""
    return re.sub(r"[a-z]+", lambda found: _WRITTEN.get(found[0], found[0]), fold(unit))


@lru_cache(maxsize=512)
def _fitting(folded: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The indicators that count in this unit, each with the pattern of what must stand around."""
    return tuple((around, name) for pattern, around, name in _COMPILED if pattern.match(folded))


def indicator(unit: str, clause: str, sentence: str) -> str | None:
    """The indicator of a figure with this unit in this folded clause of a sentence; `None` when none is certain.

    The clause decides, then the sentence. Dossiers are told apart by the clause alone: one sentence gives those
    received, resolved and late.
    """
    folded = fold(unit)
    fitting = _fitting(folded)
    for around, name in fitting:
        if around.pattern and around.search(clause):
            return name or None
    if folded.startswith("ho so"):
        return None
    return next((name for around, name in fitting if name and around.search(sentence)), None)
