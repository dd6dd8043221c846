"""Signers of minutes, in every order a file may give them in."""

from __future__ import annotations

import pytest

from dinhlang.officialdoc.model import Signature
from dinhlang.officialdoc.read import read

HEAD = "BIÊN BẢN\nHội nghị thôn Gò Thử\n\nThời gian: 8 giờ.\nNội dung:\n1. Bàn việc làng.\nHội nghị kết thúc cùng ngày.\n\n"
CHAIR = Signature(None, None, "CHỦ TỌA", "Trần Văn Mẫu")
CLERK = Signature(None, None, "THƯ KÝ", "Quách Thị Nháp")


@pytest.mark.parametrize(
    "foot",
    [
        "THƯ KÝ\nQuách Thị Nháp\n\nCHỦ TỌA\nTrần Văn Mẫu",
        "CHỦ TỌA\nTrần Văn Mẫu\nTHƯ KÝ\nQuách Thị Nháp",
        "THƯ KÝ          CHỦ TỌA\n\nQuách Thị Nháp      Trần Văn Mẫu",
        "THƯ KÝ\tCHỦ TỌA\n(Ký, ghi rõ họ tên)\t(Ký, ghi rõ họ tên)\nQuách Thị Nháp\tTrần Văn Mẫu",
        "THƯ KÝ\nCHỦ TỌA\n\nQuách Thị Nháp\nTrần Văn Mẫu",
        "THƯ KÝ\nQuách Thị Nháp\nCHỦ TỌA\nTrần Văn Mẫu\n\nNơi nhận:\n- Lưu: VT.",
    ],
)
def test_the_chair_signs_and_the_secretary_beside(foot):
    document = read((HEAD + foot).encode(), "a.txt")
    assert document.signature == CHAIR
    assert document.co_signers == (CLERK,)
    assert document.body[-1].text == "Hội nghị kết thúc cùng ngày."


def test_recipients_under_the_signers_are_read():
    document = read(
        (
            HEAD + "THƯ KÝ\nQuách Thị Nháp\nCHỦ TỌA\nTrần Văn Mẫu\n\nNơi nhận:\n- Các thôn;\n- Lưu: VT."
        ).encode(),
        "a.txt",
    )
    assert [one.name for one in document.recipients] == ["Các thôn", "Lưu: VT"]


def test_three_sides_sign():
    foot = "THƯ KÝ\nQuách Thị Nháp\nCHỦ TRÌ\nTrần Văn Mẫu\nĐẠI DIỆN THÔN GÒ THỬ\nLê Thị Thử"
    document = read((HEAD + foot).encode(), "a.txt")
    assert document.signature == Signature(None, None, "CHỦ TRÌ", "Trần Văn Mẫu")
    assert [one.role for one in document.co_signers] == ["THƯ KÝ", "ĐẠI DIỆN THÔN GÒ THỬ"]


def test_minutes_signed_by_one_alone_have_no_one_beside():
    document = read((HEAD + "CHỦ TỊCH\n\nTrần Văn Mẫu").encode(), "a.txt")
    assert document.co_signers == ()
    assert document.signature == Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu")


def test_names_in_the_text_are_no_signers():
    assert read((HEAD + "Thư ký ghi lại ý kiến.").encode(), "a.txt").co_signers == ()
