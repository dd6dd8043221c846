"""PDF files that are meant to do harm, made by hand: loops, bombs, pictures beyond all measure, odd compressions."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Mapping

# Objects of every file: 1 the catalogue, 2 the tree of pages, 3 the page, 4 its content, 5 the font.
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"
_MANY = 2000
_BOMB = 60_000_000
_SIDES = (0, 1, 40, 9999, 65_535, 2_000_000_000, -5)
_FILTERS = ("JBIG2Decode", "CCITTFaxDecode", "JPXDecode", "DCTDecode", "LZWDecode", "FlateDecode", "RunLengthDecode", "ASCII85Decode", "ASCIIHexDecode", "Crypt", "Nothing")  # fmt: skip
_HEADS = {
    "JBIG2Decode": bytes.fromhex("0000000030000100000013000000400000003800000000000000000001000000"),
    "JPXDecode": bytes.fromhex("0000000c6a5020200d0a870a00000014667479706a703220000000006a703220"),
    "DCTDecode": bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108ffffffff03012200"),
}
_OPERATORS = (
    "BT /F 12 Tf 1 0 0 1 72 700 Tm ", "ET ", "(Bao cao) Tj ", "(\\265\\266 Uy ban) Tj ", "[(xa) -300 (hoi)] TJ ", "0 -14 Td ", "T* ", "q ", "Q ", "/F 0 Tf ", "/F 1e9 Tf ", "/G 9 Tf ", "3 Tr ", "0 Tr ",
    "0 1 -1 0 300 300 Tm ", "0 0 0 0 0 0 Tm ", "1e30 0 0 1e30 0 0 cm ", "0 0 0 0 0 0 cm ", "1 0 0 1 9 9 cm ", "72 700 m 500 700 l S ", "72 600 400 0.5 re f ", "72 600 -400 80 re S ", "0 0 1e9 1e9 re f ",
    "/X Do ", "/Y Do ", "/Z Do ", "BI /W 9999 /H 9999 /BPC 1 ID aaaa EI ", "BI ID EI ", "/a BMC ", "EMC ", "() Tj ", "<> Tj ", "<0041 0> Tj ", "(", ")", "[", "] TJ ", "<<", ">>", "99999999999999999999 ",
    "-1 ", "nan ", "0.0000000000000000000001 Tz ", "-100 Tz ", "1000 Tc ", "-5 Tw ", "14 TL ", "(a) ' ", "1 1 (b) \" ", "W n ", "0 g ", "1 0 0 RG ", "/P sh ", "/S gs ", "\n", "(12) Tj 40 0 Td ", "(1.) Tj ", "( ) Tj ",
)  # fmt: skip


def page_of(data: bytes) -> bytes:
    """A file of one page: the first byte chooses how its picture is packed, the rest are operators of its content."""
    choice, rest = (data[0], data[1:]) if data else (0, b"")
    content = "".join(_OPERATORS[byte % len(_OPERATORS)] for byte in rest).encode("latin-1")
    name = _FILTERS[choice % len(_FILTERS)]
    sides = _SIDES[choice % len(_SIDES)], _SIDES[choice // 8 % len(_SIDES)]
    return file_of(_page(content) | {6: _form(b"/X Do"), 7: _picture(name, *sides, _head(name) + rest)})


def file_of(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A whole file with a table of its objects."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def _stream(content: bytes, extra: str = "") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), extra.encode(), content)


def _page(content: bytes, more: str = "", packed: str = "") -> dict[int, bytes]:
    resources = "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R/Y 7 0 R/Z 3 0 R>>>>"
    return {
        1: _CATALOGUE,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{resources}{more}>>".encode(),
        4: _stream(content, packed),
        5: _FONT,
    }


def _form(content: bytes) -> bytes:
    """A form that can draw itself."""
    return _stream(content, "/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 6 0 R/Y 7 0 R>>>>")  # fmt: skip


def _picture(name: str, width: int, height: int, data: bytes, bits: int = 8) -> bytes:
    colours = "DeviceGray" if name in ("JBIG2Decode", "CCITTFaxDecode") else "DeviceRGB"
    more = f"/DecodeParms<</K -1/Columns {width}/Rows {height}>>" if name == "CCITTFaxDecode" else ""
    return _stream(
        data,
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent {bits}/ColorSpace/{colours}/Filter/{name}{more}",
    )


def _head(name: str) -> bytes:
    return _HEADS.get(name, b"")


def _with_picture(name: str, width: int, height: int, data: bytes, bits: int = 8) -> bytes:
    return file_of(_page(b"q 500 0 0 700 40 40 cm /Y Do Q") | {7: _picture(name, width, height, data, bits)})


def _loop_of_pages() -> bytes:
    return file_of(_page(b"") | {2: b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 900000>>"})


def _loop_of_objects() -> bytes:
    """A stream of objects that lies in itself, and a length that is its own stream."""
    stream = _stream(
        b"1 0 2 40 <</Type/Catalog/Pages 2 0 R>> 9 0 R", "/Type/ObjStm/N 2/First 8/Extends 9 0 R"
    )
    endless = b"<</Length 4 0 R>>stream\nBT ET\nendstream"
    return file_of(_page(b"") | {4: endless, 9: stream, 10: b"10 0 R"}, b"/Prev 9/XRefStm 9")


def _deep_arrays() -> bytes:
    return file_of(_page(b"") | {6: b"[" * 100_000 + b"]" * 100_000})


def _deep_content() -> bytes:
    return file_of(_page(b"q " * 200_000 + b"[" * 50_000 + b"BT (a) Tj ET"))


def _bomb_of_content() -> bytes:
    """Sixty million characters of content that pack into sixty thousand."""
    return file_of(_page(zlib.compress(b"(a)Tj " * (_BOMB // 6), 9), packed="/Filter/FlateDecode"))


def _bomb_in_bomb() -> bytes:
    data = zlib.compress(zlib.compress(bytes(_BOMB), 9), 9)
    return file_of(_page(data, packed="/Filter[/FlateDecode/FlateDecode]"))


def _bomb_of_codes() -> bytes:
    """LZW codes that grow as fast as they may."""
    return file_of(_page(b"\x80\x00" + bytes(range(256)) * 4000, packed="/Filter/LZWDecode"))


def _forms_in_forms() -> bytes:
    """Each of nine forms draws the next ten times: a thousand million drawings."""
    forms = {
        10 + level: _stream(b"/N Do " * 10, f"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</N {11 + level} 0 R>>>>")
        for level in range(9)
    }  # fmt: skip
    last = {19: _stream(b"BT /F 9 Tf (a) Tj ET", "/Type/XObject/Subtype/Form/BBox[0 0 99 99]")}
    page = _page(b"/X Do") | forms | last
    return file_of(page | {6: forms[10]})


def _wild_page() -> bytes:
    return file_of(
        _page(b"BT /F 9 Tf (Bao cao) Tj ET", "/MediaBox[0 0 1e30 -1e30]/Rotate 45/UserUnit 1e20/CropBox[9 9]")
    )


def _many_pages() -> bytes:
    kids = b"3 0 R " * _MANY
    return file_of(_page(b"BT /F 9 Tf (a) Tj ET") | {2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, _MANY)})


def _locked() -> bytes:
    return file_of(
        _page(b"")
        | {8: b"<</Filter/Standard/V 4/R 4/Length 128/P -1/O<00>/U<00>/CF<</S<</CFM/AESV2>>>>/StmF/S>>"},
        b"/Encrypt 8 0 R/ID[<00><00>]",
    )


def _without_pages() -> bytes:
    return file_of({1: b"<</Type/Catalog>>"})


def _many_letters() -> bytes:
    return file_of(_page(b"BT /F 9 Tf " + b"(Bao cao) Tj 0 -1 Td " * 30_000 + b"ET"))


def _many_lines() -> bytes:
    return file_of(_page(b"".join(b"%d 0 m %d 842 l S\n" % (at % 595, at % 595) for at in range(60_000))))


_ODD: Mapping[str, Callable[[], bytes]] = {
    "loop-of-pages": _loop_of_pages,
    "loop-of-objects": _loop_of_objects,
    "deep-arrays": _deep_arrays,
    "deep-content": _deep_content,
    "bomb-of-content": _bomb_of_content,
    "bomb-in-bomb": _bomb_in_bomb,
    "bomb-of-codes": _bomb_of_codes,
    "forms-in-forms": _forms_in_forms,
    "wild-page": _wild_page,
    "many-pages": _many_pages,
    "locked": _locked,
    "without-pages": _without_pages,
    "many-letters": _many_letters,
    "many-lines": _many_lines,
}


def odd_files() -> Iterator[tuple[str, bytes]]:
    """Every kind once, by its name."""
    for name, make in _ODD.items():
        yield name, make()
    for name in _FILTERS:
        yield f"picture-{name}", _with_picture(name, 65_535, 65_535, _head(name) + bytes(300))
    yield "picture-bomb", _with_picture("FlateDecode", 20_000, 20_000, zlib.compress(bytes(_BOMB), 9))
    yield "picture-of-bits", _with_picture("CCITTFaxDecode", 60_000, 60_000, bytes(range(256)) * 8, 1)


def small_files() -> Iterator[bytes]:
    """The short ones that need little to be turned away."""
    for make in (_loop_of_pages, _loop_of_objects, _wild_page, _locked, _without_pages):
        yield make()
    yield from (_with_picture(name, 40, 40, _head(name) + bytes(30)) for name in _FILTERS)


def odd(chance: random.Random) -> bytes:
    """One of them, or a page of random operators with a picture of random kind, size and content."""
    if chance.random() < 0.4:
        return chance.choice(list(_ODD.values()))()
    if chance.random() < 0.5:
        return page_of(chance.randbytes(chance.choice((3, 30, 300))))
    name = chance.choice(_FILTERS)
    data = zlib.compress(bytes(chance.choice((10, 10_000, _BOMB)))) if name == "FlateDecode" else _head(name) + chance.randbytes(chance.choice((0, 40, 4000)))  # fmt: skip
    return _with_picture(name, chance.choice(_SIDES), chance.choice(_SIDES), data, chance.choice((1, 8, 16, 99)))  # fmt: skip
