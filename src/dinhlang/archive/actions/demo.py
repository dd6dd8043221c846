"""Old documents of the fictional commune: two in the archive, one that waits for somebody to confirm it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from dinhlang.archive.actions.importing import import_document
from dinhlang.archive.actions.intake import read_intake, receive_file
from dinhlang.archive.models import ArchivedDocument, Intake
from dinhlang.org.models import Unit

_UNIT = "ben-truc"
_HEAD = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số: {number}/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày {day} tháng {month} năm {year}

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính {period}

"""
_FOOT = """
Trên đây là báo cáo kết quả tuyên truyền cải cách hành chính {period} của Ủy ban nhân dân xã Bến Trúc./.

Nơi nhận:
- Đảng ủy, HĐND xã (để b/c);
- Các thôn;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""
_BODY = """I. KẾT QUẢ THỰC HIỆN

1. Trên trang thông tin điện tử

Ủy ban nhân dân xã đã đăng {articles} tin, bài về cải cách hành chính trên trang thông tin điện tử của xã.

2. Trên hệ thống đài truyền thanh

Đài truyền thanh xã đã phát {broadcasts} buổi tuyên truyền về thủ tục hành chính và dịch vụ công trực tuyến.

3. Tại bộ phận một cửa

Bộ phận một cửa đã hướng dẫn {guidance} lượt người dân nộp hồ sơ trực tuyến, phát {leaflets} tờ rơi.

II. TỒN TẠI, HẠN CHẾ

Việc tuyên truyền ở một số thôn chưa thường xuyên; cán bộ phụ trách trang thông tin điện tử còn kiêm nhiệm.
"""


def load_demo(*, at: datetime) -> None:
    """Take in the documents of two and three years ago, once. Nobody is asked: the operator loads the demonstration."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or ArchivedDocument.objects.filter(unit=unit).exists():
        return
    year = localdate(at).year
    for back, counts in ((3, (31, 40, 120, 300)), (2, (38, 46, 165, 350))):
        text = _report(str(12 + back), (18, 12, year - back), f"năm {year - back}", counts)
        import_document(data=text.encode(), name=f"bao-cao-nam-{year - back}.txt", by=None, at=at, unit=unit)
    text = _report("09", (20, 6, year - 2), f"6 tháng đầu năm {year - 2}", (17, 22, 80, 150))
    intake = receive_file(
        data=text.encode(),
        name=f"bao-cao-6-thang-{year - 2}.txt",
        unit=unit,
        is_unit_given=True,
        origin=Intake.Origin.COMMAND,
        by=None,
        at=at,
    )
    read_intake(pk=intake.pk, at=at)


def _report(number: str, day: tuple[int, int, int], period: str, counts: tuple[int, int, int, int]) -> str:
    articles, broadcasts, guidance, leaflets = counts
    head = _HEAD.format(number=number, day=day[0], month=f"{day[1]:02d}", year=day[2], period=period)
    body = _BODY.format(articles=articles, broadcasts=broadcasts, guidance=guidance, leaflets=leaflets)
    return head + body + _FOOT.format(period=period)
