"""Photos made fit to keep: upright, smaller, silent about where they were taken; and files that lie about themselves."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dinhlang.org.rules import Refused
from dinhlang.work import blobs, photos, rules
from dinhlang.work.tests.pictures import exif_of_a_phone, photo, scene


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_what_a_phone_says_of_itself_and_of_the_place_is_gone() -> None:
    data = photo(exif=exif_of_a_phone(), comment=b"nha rieng", xmp=b"<x:xmpmeta>GPS 10.24</x:xmpmeta>")
    assert b"Phone of" in data  # the set-up says what is to be forgotten
    kept = photos.clean(data)
    for one in (kept.data, kept.thumbnail):
        assert not opened(one).getexif()
        assert "xmp" not in opened(one).info
        for trace in (b"Exif", b"Phone of", b"nha rieng", b"xmpmeta", b"ICC_PROFILE"):
            assert trace not in one


def test_the_words_in_a_png_are_gone_too() -> None:
    words = PngInfo()
    words.add_text("Location", "10.24 N")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    kept = photos.clean(photo(kind="PNG", pnginfo=words, exif=exif_of_a_phone()))
    picture = opened(kept.data)
    picture.load()
    assert picture.format == "PNG"
    assert not picture.info.get("Location")
    assert not picture.getexif()
    for trace in (b"10.24", b"xmpmeta", b"Phone of"):
        assert trace not in kept.data


@pytest.mark.parametrize(
    ("turned", "size"), [(1, (320, 240)), (3, (320, 240)), (6, (240, 320)), (8, (240, 320))]
)
def test_a_photo_held_sideways_stands_upright(turned: int, size: tuple[int, int]) -> None:
    kept = photos.clean(photo(exif=exif_of_a_phone(turned)))
    assert (kept.width, kept.height) == opened(kept.data).size == size
    straight = {1: 0, 3: 180, 6: 270, 8: 90}[turned]
    expected = scene().rotate(straight, expand=True).resize((8, 8))
    difference = [
        abs(one - other)
        for one, other in zip(
            expected.tobytes(), opened(kept.data).convert("RGB").resize((8, 8)).tobytes(), strict=True
        )
    ]
    assert max(difference) < 24


def test_a_photo_of_forty_million_points_is_taken_and_made_smaller() -> None:
    kept = photos.clean(photo(size=(7304, 5478), quality=60))
    assert opened(kept.data).size == (2560, 1920)
    assert opened(kept.thumbnail).size == (480, 360)
    assert len(kept.thumbnail) < 60_000


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises a picture of that size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("width", "height"), [(9000, 9000), (10_000, 10_000), (60_000, 60_000), (2_000_000, 41)]
)
def test_a_picture_made_to_burst_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(Refused, match="triệu điểm ảnh"):
        photos.clean(png_that_says(width, height))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_that_was_cut_off_is_refused_in_plain_words(kind: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    whole = photo(kind=kind)
    assert photos.clean(whole).width == 320
    with pytest.raises(Refused, match="bị hỏng hoặc chưa tải lên hết"):
        photos.clean(whole[: len(whole) // 2])


@given(
    st.binary(max_size=300),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF....WEBP"]),
)
def test_no_bytes_do_more_harm_than_a_refusal(tail: bytes, head: bytes) -> None:
    with suppress(Refused):  # anything else would fail the test
        photos.clean(head + tail)


def test_see_through_parts_become_white() -> None:
    packed = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(packed, "PNG")
    assert opened(photos.clean(packed.getvalue()).data).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_every_kind_of_colour_is_kept_as_plain_colour(mode: str) -> None:
    packed = BytesIO()
    Image.new(mode, (30, 20)).save(packed, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(photos.clean(packed.getvalue()).data).mode == "RGB"


def test_the_same_photo_sent_smaller_looks_alike_and_another_does_not() -> None:
    one = photos.clean(photo(1, (1600, 1200))).fingerprint
    smaller = photos.clean(photo(1, (640, 480), quality=40)).fingerprint
    other = photos.clean(photo(2, (1600, 1200))).fingerprint
    assert photos.look_alike(one, smaller)
    assert not photos.look_alike(one, other)
    assert not photos.look_alike("", "")


def test_blank_sheets_have_nothing_to_be_known_by() -> None:
    packed = BytesIO()
    Image.new("RGB", (50, 50), "white").save(packed, "PNG")
    assert photos.clean(packed.getvalue()).fingerprint == ""


# --- files that lie -------------------------------------------------------------------------------

HTML = b"\xef\xbb\xbf \n<!-- a --><!DOCTYPE html><html><script>alert(1)</script>"
SVG = b"<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize("name", ["anh.jpg", "tin.html", "hinh.svg", "ghi chu.txt"])
@pytest.mark.parametrize("data", [HTML, SVG, "<html>".encode("utf-16"), b"<script>1</script>"])
def test_what_a_browser_would_run_is_refused_under_any_name(data: bytes, name: str) -> None:
    with pytest.raises(Refused, match="có thể chạy mã"):
        rules.check_file(data, name, is_picture=False)


@pytest.mark.parametrize("data", [b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_a_program_is_no_evidence(data: bytes) -> None:
    with pytest.raises(Refused, match="là chương trình"):
        rules.check_file(data, "anh.exe", is_picture=False)


def test_a_text_under_the_name_of_a_photo_is_refused_and_a_png_under_the_name_of_a_jpeg_is_not() -> None:
    with pytest.raises(Refused, match="không phải là ảnh"):
        rules.check_file(b"xin chao", "anh.jpg", is_picture=False)
    data = photo(kind="PNG")
    rules.check_file(data, "anh.jpg", is_picture=photos.is_photo(blobs.sniff(data)))


@pytest.mark.parametrize(
    ("name", "data"),
    [("so.txt", b"so < 5"), ("a.csv", b"Ng\xc3\xa0y;Lo\xe1\xba\xa1i"), ("a.pdf", b"%PDF-1.7 <html>")],
)
def test_plain_papers_are_let_through(name: str, data: bytes) -> None:
    rules.check_file(data, name, is_picture=False)
