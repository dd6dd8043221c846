"""What an editor would mark: each rule with a text that has the fault and one that has not."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from dinhlang.officialdoc.read.pages.lettered import is_lettered
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.checking import DocumentLooked, PictureLooked, look
from dinhlang.portal.newsroom.rules.text_pictures import looks_like_text
from dinhlang.portal.newsroom.rules.words import Words

DAY = date(2026, 3, 2)


def _codes(words: Words, **given: object) -> set[str]:
    return {remark.code for remark in look(words, as_of=DAY, **given).remarks}  # type: ignore[arg-type]


GOOD = Words(
    title="Xã mở thêm điểm hướng dẫn nộp hồ sơ",
    lead="Từ thứ Hai, người dân Bến Trúc được hướng dẫn nộp hồ sơ qua mạng ngay tại nhà văn hóa thôn.",
    body=from_text(
        "Hai đoàn viên ngồi bàn mỗi buổi sáng, giúp chụp giấy tờ và gửi hồ sơ.\n\n## Cần mang theo\n\n"
        "- Căn cước.\n- Điện thoại.\n\nXem [danh mục thủ tục cấp xã](https://ben-truc.example/thu-tuc/)."
    ),
)


def test_a_good_item_has_nothing_to_mark() -> None:
    assert look(GOOD, as_of=DAY).remarks == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("title-capitals", Words(title="THÔNG BÁO TIÊM CHỦNG MỞ RỘNG")),
        ("title-long", Words(title="Xã " + "tổ chức hội nghị " * 9)),
        ("title-stop", Words(title="Xã họp dân.")),
        ("lead-title", Words(title="Xã họp dân", lead="Xã họp dân.")),
        ("lead-long", Words(lead="Xã họp dân bàn việc làng. " * 12)),
        ("heading-jump", Words(body="<h3>Một</h3><p>chữ</p>")),
        ("heading-bold", Words(body="<p><strong>Kết quả</strong></p><p>Tốt.</p>")),
        ("heading-none", Words(body="<p>" + "Xã họp dân bàn việc làng. " * 90 + "</p>")),
        ("link-empty", Words(body='<p>Xem <a href="https://a.example">tại đây</a>.</p>')),
        ("link-bare", Words(body='<p><a href="https://a.example">https://a.example</a></p>')),
        ("link-plain", Words(body='<p><a href="http://a.example">Trang tỉnh</a></p>')),
        (
            "link-two",
            Words(
                body='<p><a href="https://a.example">Mẫu đơn</a> <a href="https://b.example">Mẫu đơn</a></p>'
            ),
        ),
        ("sentence-long", Words(body="<p>" + "xã tổ chức tuyên truyền cho người dân " * 7 + "</p>")),
        ("DL410", Words(body="<p>Công tác cuả xã được tốt.</p>")),
        ("DL802", Words(body="<p>Xã đẩy mạnh công tác CCHC trong năm.</p>")),
    ],
)
def test_each_fault_is_marked(code: str, words: Words) -> None:
    assert code in _codes(words)


def test_pictures_need_words_that_tell_what_they_show() -> None:
    assert "picture-empty" in _codes(GOOD, pictures=[PictureLooked("Hình ảnh minh họa")])
    assert "picture-empty" in _codes(GOOD, pictures=[PictureLooked("IMG_2034.jpg")])
    assert "picture-repeats" in _codes(GOOD, pictures=[PictureLooked("Họp thôn", caption="Họp thôn")])
    assert "picture-text" in _codes(GOOD, pictures=[PictureLooked("Thông báo dán ở cổng", is_text=True)])
    told = PictureLooked("Thông báo dán ở cổng", words="Nghỉ lễ 2/9", is_text=True)
    assert not _codes(GOOD, pictures=[told, PictureLooked("Bà con ngồi quanh bàn, một người cầm điện thoại")])


def test_a_scan_needs_its_text() -> None:
    assert "scan" in _codes(GOOD, documents=[DocumentLooked("Kế hoạch", is_scan=True)])
    assert not _codes(GOOD, documents=[DocumentLooked("Kế hoạch", "Nội dung", is_scan=True)])


def test_the_time_to_read_aloud_grows_with_the_text() -> None:
    short, long = look(GOOD, as_of=DAY), look(Words(body="<p>" + "Xã họp dân. " * 600 + "</p>"), as_of=DAY)
    assert short.minutes_aloud == 1
    assert long.minutes_aloud == 10
    assert long.per_sentence == 3


def _page(lines: int) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(22)
    for line in range(lines):
        draw.text(
            (60, 60 + 34 * line),
            "THONG BAO ve viec tiep nhan ho so cua nguoi dan tai xa",
            fill="black",
            font=font,
        )
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def _scene() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (900, 600), (120, 170, 220))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 900, 600), fill=(70, 120, 60))
    draw.ellipse((300, 150, 520, 420), fill=(200, 140, 90))
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def test_a_photographed_page_is_told_from_a_scene() -> None:
    assert looks_like_text(_page(30))
    assert not looks_like_text(_page(0))
    assert not looks_like_text(_scene())
    assert not looks_like_text(b"no picture")


def _pdf(picture: bytes | None, tmp_path: Path) -> bytes:
    from PIL import Image

    assert picture is not None
    made = BytesIO()
    Image.open(BytesIO(picture)).convert("RGB").save(made, "PDF")
    return made.getvalue()


def test_a_scanned_file_is_told_from_one_with_letters(tmp_path: Path) -> None:
    from dinhlang.officialdoc import write
    from dinhlang.officialdoc.model import Document, Paragraph, Role, Run

    assert is_lettered(_pdf(_page(10), tmp_path)) is False
    assert is_lettered(b"%PDF-1.4 broken") is None
    written = Document(body=(Paragraph(Role.BODY, (Run("Xã tổ chức họp dân bàn việc làng. " * 4),)),))
    assert is_lettered(write.pdf(written)) is True
