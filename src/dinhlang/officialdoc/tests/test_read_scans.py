"""Scans: what is done to a picture before it is recognised, and three pages recognised by tesseract."""

from __future__ import annotations

import io
import json
import struct
import zlib

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from dinhlang.officialdoc import write
from dinhlang.officialdoc.read import Limits, read, read_with_places
from dinhlang.officialdoc.read.pages import faint, meant, ocr, picture, scan
from dinhlang.officialdoc.read.pages.page import Page, Word, dumped, loaded
from dinhlang.officialdoc.tests import kinds, sample


def drawn(data: bytes, page: int = 0, dpi: int = 200) -> Image.Image:
    return pdfium.PdfDocument(data)[page].render(scale=dpi / 72).to_pil().convert("RGB")


def saved(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    return drawn(write.pdf(sample.letter()))


@pytest.mark.parametrize("degrees", [-2.3, -0.6, 0.0, 0.8, 3.1])
def test_the_turn_of_a_page_is_found_and_taken_back(letter: Image.Image, degrees: float) -> None:
    page = np.asarray(letter.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white").convert("L"))
    assert picture.skew_of(page) == pytest.approx(-degrees, abs=0.12)
    assert picture.skew_of(picture.cleaned(page).pixels) == pytest.approx(0, abs=0.12)


@pytest.mark.parametrize(("quarters", "sideways"), [(0, False), (1, True), (2, False), (3, True)])
def test_a_page_on_its_side_is_known_by_its_lines(letter: Image.Image, quarters: int, sideways: bool) -> None:
    page = np.rot90(np.asarray(letter.convert("L")), quarters)
    assert picture.lies_on_its_side(np.ascontiguousarray(page)) is sideways


def test_red_ink_is_lifted_off_and_black_under_it_stays(letter: Image.Image) -> None:
    stamped = letter.copy()
    ImageDraw.Draw(stamped).ellipse((900, 300, 1180, 580), outline=(210, 30, 40), width=9)
    before, after = (np.asarray(one.convert("L")) < 140 for one in (letter, stamped))
    grey = picture.grey_of(stamped)
    assert (after & ~before).sum() > 3000
    assert ((grey < 140) & ~before).sum() < 200
    assert ((grey < 140) & before).sum() > 0.97 * before.sum()


def test_a_page_without_red_keeps_its_coloured_words(letter: Image.Image) -> None:
    blue = letter.copy()
    ImageDraw.Draw(blue).rectangle((300, 800, 500, 810), fill=(20, 30, 200))
    assert picture.grey_of(blue)[805, 400] < 80


def test_rules_are_found_and_wiped_out_but_no_words() -> None:
    page = Image.new("L", (1650, 900), 255)
    draw = ImageDraw.Draw(page)
    for y in (100, 300, 500):
        draw.line((100, y, 1500, y), fill=0, width=3)
    for x in (100, 700, 1500):
        draw.line((x, 100, x, 500), fill=0, width=3)
    draw.rectangle((300, 180, 420, 215), fill=0)
    boxes, without = picture.rules_of(np.asarray(page), 200)
    level = [box for box in boxes if box[2] - box[0] > box[3] - box[1]]
    assert [len(level), len(boxes) - len(level)] == [3, 3]
    assert without[300, 200] > 250
    assert without[200, 350] == 0


def test_an_empty_page_is_known_before_it_is_recognised(letter: Image.Image) -> None:
    assert picture.is_blank(np.full((2339, 1654), 250, np.uint8))
    assert picture.is_blank(np.asarray(letter.convert("L").resize((40, 56))))
    assert not picture.is_blank(np.asarray(letter.convert("L")))


def test_strong_grain_is_measured_and_a_clean_page_has_none(letter: Image.Image) -> None:
    page = np.asarray(letter.convert("L")).astype(float)
    grainy = (page + np.random.default_rng(1).normal(0, 25, page.shape)).clip(0, 255).astype(np.uint8)
    assert picture.grain_of(np.asarray(letter.convert("L"))) < 2
    # Half of the grain is cut off at white.
    assert picture.grain_of(grainy) > 8
    assert picture.cleaned(grey_paper(page)).pixels.std() < grey_paper(page).std()


def grey_paper(page: np.ndarray) -> np.ndarray:
    """The page on paper that is not quite white, with all of its grain."""
    grain = np.random.default_rng(1).normal(0, 25, page.shape)
    return (20 + 0.7 * page + grain).clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("read_as", "meant_was"),
    [
        ("các tố dân phố của phường", "các tổ dân phố của phường"),
        ("nhiệm vụ cụ thế của các đơn vị", "nhiệm vụ cụ thể của các đơn vị"),
        ("ỦY BẠN NHÂN DÂN", "ỦY BAN NHÂN DÂN"),
        ("ông Trần Văn Mẫu", "ông Trần Văn Mẫu"),
        ("Kế hoạch số 04/KH-UBND", "Kế hoạch số 04/KH-UBND"),
        ("36 tin, bài", "36 tin, bài"),
    ],
)
def test_marks_are_put_right_where_official_text_leaves_no_doubt(read_as: str, meant_was: str) -> None:
    assert " ".join(meant.marked(read_as.split())) == meant_was


def test_numbers_of_headings_get_their_space_and_their_strokes_back() -> None:
    assert meant.parted("I.MỤC") == ["I.", "MỤC"]
    assert meant.parted("2.Kết") == ["2.", "Kết"]
    assert meant.parted("2.1.") == ["2.1."]
    assert meant.parted("10.000") == ["10.000"]
    assert meant.numeral("HI.", before_capitals=True) == "III."
    assert meant.numeral("HI.", before_capitals=False) == "HI."
    assert [meant.numeral(one, True) for one in ("L.", "IL.", "TV.", "V.", "1.")] == [
        "I.",
        "II.",
        "IV.",
        "V.",
        "1.",
    ]


def test_a_page_comes_through_the_pipe_as_it_was() -> None:
    page = Page(
        3, 595.0, 842.0, [Word("Số:", 1.5, 2.0, 3.0, 4.0, 3.5, 13.0, True, False)], turned=1, ocr=True
    )
    assert loaded(json.loads(dumped(page))) == page


def png(width: int, height: int) -> bytes:
    """A PNG file that claims to be that large."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", header)
        + part(b"IDAT", zlib.compress(b"\0" * 1000))
        + part(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(png(100_000, 100_000), id="bomb"),
        pytest.param(png(50, 50)[:60], id="cut"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 500, id="jpeg"),
        pytest.param(b"II*\x00" + b"\xff" * 300, id="tiff"),
        pytest.param(b"MM\x00*\x00\x00\x00\x08\x00\x01" + b"\x01" * 40, id="tiff-be"),
    ],
)
def test_broken_and_enormous_pictures_are_refused_with_a_remedy(data: bytes) -> None:
    document = read(data, "anh.png")
    assert document.problems
    assert "hãy" in document.problems[0].message
    assert document.source.format == "image"


# --- With tesseract ----------------------------------------------------------------------------------------------


def without_recognising(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same machine without tesseract in its path."""
    monkeypatch.setenv("PATH", "/nowhere")


def test_without_tesseract_a_scan_is_refused_and_what_to_install_is_said(
    monkeypatch: pytest.MonkeyPatch, letter: Image.Image
) -> None:
    without_recognising(monkeypatch)
    (problem,) = read(saved(letter), "quet.png").problems
    assert problem.code == "unreadable"
    assert "tesseract-ocr-vie" in problem.message


def test_without_tesseract_the_sound_pages_of_a_mixed_file_are_read(
    monkeypatch: pytest.MonkeyPatch, letter: Image.Image
) -> None:
    without_recognising(monkeypatch)
    document = read(mixed(letter), "lan-lon.pdf")
    assert document.number == "05"
    problem = next(one for one in document.problems if one.code == "ocr-missing")
    assert problem.message.startswith("Trang 2 ")
    assert not document.source.ocr


def mixed(scan: Image.Image) -> bytes:
    """A PDF file whose first page has text and whose second is a picture."""
    whole = pdfium.PdfDocument(write.pdf(sample.letter()))
    second = pdfium.PdfDocument(saved(scan, "PDF", resolution=200))
    whole.import_pages(second)
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


@pytest.mark.ocr
def test_a_grainy_page_with_a_stamp_on_its_side_is_read() -> None:
    assert ocr.is_there()
    image = drawn(write.pdf(kinds.NOTICE))
    ImageDraw.Draw(image).ellipse((1000, 700, 1280, 980), outline=(210, 30, 40), width=9)
    grain = np.random.default_rng(2).normal(0, 10, (image.height, image.width, 1))
    image = Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))
    turned = image.rotate(0.6, Image.Resampling.BICUBIC, fillcolor="white").transpose(
        Image.Transpose.ROTATE_90
    )
    document = read_with_places(
        saved(turned, dpi=(200, 200)), "quet.png", limits=Limits(seconds=300)
    ).document
    assert document.source.ocr
    assert document.source.pages == 1
    assert document.kind == kinds.NOTICE.kind
    assert document.symbol == kinds.NOTICE.symbol
    assert document.date == kinds.NOTICE.date
    assert document.signature.name == kinds.NOTICE.signature.name
    # The box of a word is where a person sees it: on this page the head stands at the left.
    assert document.body[0].span.box[2] < 842


@pytest.mark.ocr
def test_a_table_is_read_cell_by_cell_from_a_scanned_file_whose_text_is_in_no_language() -> None:
    image = drawn(write.pdf(kinds.PLAN), page=1)
    document = read_with_places(
        saved(image, "PDF", resolution=200), "phu-luc.pdf", limits=Limits(seconds=300)
    ).document
    assert [(task.ordinal, task.task, task.lead) for task in document.tasks] == [
        ("1", "Viết bài về thủ tục đất đai", "Văn phòng"),
        ("2", "Phát thanh hằng tuần", "Phòng Văn hóa - Xã hội"),
    ]
    assert document.source.ocr


def test_rules_fainter_than_ink_are_seen_by_their_mean() -> None:
    random = np.random.default_rng(1)
    page = np.full((900, 900), 225.0)
    for at in (100, 300, 500, 800):
        page[200:701, at : at + 2] -= 22
    for at in (200, 400, 550, 700):
        page[at : at + 2, 100:801] -= 22
    page[300:316, 120:280] -= random.choice([0, 120], (16, 160))
    grey = (page + random.normal(0, 22, page.shape)).clip(0, 255).astype(np.uint8)
    rules = faint.table_rules(grey, 200)
    upright = sorted({left for left, _, right, _ in rules if left == right})
    level = sorted({top for _, top, _, bottom in rules if top == bottom})
    assert [round(at, -1) for at in upright] == [100, 300, 500, 800]
    assert [round(at, -1) for at in level] == [200, 400, 550, 700]
    assert faint.table_rules(random.normal(225, 22, (900, 900)).clip(0, 255).astype(np.uint8), 200) == []


def test_the_strokes_of_a_roman_number_are_counted() -> None:
    page = np.full((60, 120), 240, np.uint8)
    for at in (20, 40, 60):
        page[10:50, at : at + 6] = 30
    assert picture.strokes_in(page, (18, 10, 70, 50)) == 3
    seen = [ocr.Seen(text, 18, 10, 70, 50, 90.0, (1, 1, 1)) for text in ("quý", "HI", "11/2026")]
    assert [one.text for one in scan._with_strokes(seen, page)] == ["quý", "III", "11/2026"]
    assert [one.text for one in scan._with_strokes([seen[0], seen[2]], page)] == ["quý", "II/2026"]
