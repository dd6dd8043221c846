"""Photos of identity papers are known by their words, and not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.actions.taking import add_kept
from dinhlang.citizens.models import Case, CaseFile
from dinhlang.citizens.rules.identity import is_identity_paper
from dinhlang.work.sealed_files import FileLost
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from conftest import Cast

FRONT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc CĂN CƯỚC CÔNG DÂN Citizen Identity Card
Số / No.: 001 099 000 001 Họ và tên / Full name: TRẦN THỊ VÍ DỤ Ngày sinh / Date of birth: 01/01/1999"""
POORLY_READ = "CAN CUOC CONG DAM Citizen ldentity Card Ho va ton Full namo Ngay slnh Date of blrth Que quan"
OLD = "GIAY CHUNG MINH NHAN DAN SO 001099001 Ho ten Nguyen quan Noi thuong tru"
BACK = "Đặc điểm nhận dạng IDVNM0990000012001099000001<<2 9901011F3901012VNM<<<<<<<<<<<4"


@pytest.mark.parametrize("text", [FRONT, POORLY_READ, OLD, BACK])
def test_an_identity_paper_is_known_also_where_it_is_read_poorly(text: str) -> None:
    assert is_identity_paper(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thông báo: bà con đến nhà văn hóa làm căn cước công dân từ 8 giờ ngày 12/5, mang theo giấy khai sinh",
        "Biển báo: cấm đổ rác. Điện thoại 0912345678",
        "Phiếu thu số 001099001 Họ và tên người nộp: Trần Văn Mẫu",
        "QUYẾT ĐỊNH Về việc phê duyệt quy hoạch",
    ],
)
def test_a_notice_about_them_is_none(text: str) -> None:
    assert not is_identity_paper(text)


@pytest.mark.django_db
@pytest.mark.integration
def test_a_recognised_paper_is_removed_and_other_photos_stay(
    cast: Cast, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    case = Case.objects.create(
        unit=cast.commune, code="PA-TEST-0001", way="web", nature="advice", category="khac",
        received_at=cast.now, changed_at=cast.now,
    )  # fmt: skip
    files = [add_kept(case, keeping.keep(photo(), name), by=None, at=cast.now) for name in "ab"]
    read = iter([FRONT, "Ổ gà trên đường"])
    monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: True)
    monkeypatch.setattr("dinhlang.citizens.actions.looking._words", lambda data, seconds: next(read))
    assert actions.look_at_photos(at=cast.now) == 1
    assert actions.look_at_photos(at=cast.now) == 0
    first, second = CaseFile.objects.order_by("pk")
    assert (first.is_identity_paper, first.erased_at, second.erased_at) == (True, cast.now, None)
    with pytest.raises(FileLost):
        keeping.FILES.read(files[0].name_there)
    assert keeping.FILES.read(files[1].name_there)
