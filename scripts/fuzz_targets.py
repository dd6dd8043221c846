"""What the coverage-guided fuzzer feeds: for each target, bytes become a file in a form of its own, and are run.

A byte is an index into the words of a form (`Vocabulary`), so that every change of the bytes makes another document
of the form, and not only noise that is turned away at the door. `bytes` and `pdf file` take them as they are.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import broken_documents
import broken_pdf

# What restoring is given: it is slow by nature, and as many characters show what more would.
_RESTORED = 400
_LETTERS = (*map(chr, range(32, 127)), *"ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that bytes stand for. Byte 255 takes the next byte as a letter; more words than bytes are cut off."""

    words: Sequence[str]

    def text(self, data: bytes) -> Iterator[str]:
        """The words one by one."""
        waiting = iter(data)
        for byte in waiting:
            yield (
                _LETTERS[next(waiting, 0) % len(_LETTERS)]
                if byte == 255
                else self.words[byte % len(self.words)]
            )

    def encoded(self, text: str, most: int) -> bytes:
        """Bytes for a text: its longest words first, else letter by letter; letters nobody knows are left out."""
        by_length = sorted(range(min(len(self.words), 255)), key=lambda index: -len(self.words[index]))
        made = bytearray()
        at = 0
        while at < len(text) and len(made) < most:
            index = next((one for one in by_length if text.startswith(self.words[one], at)), None)
            if index is not None:
                made.append(index)
                at += len(self.words[index])
                continue
            if text[at] in _LETTERS:
                made += bytes((255, _LETTERS.index(text[at])))
            at += 1
        return bytes(made)


_SAID = (
    *broken_documents.TOKENS, *broken_documents.ODD, "\n\n", ", ", "; ", ": ", "ỦY BAN NHÂN DÂN\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n",
    "Độc lập - Tự do - Hạnh phúc\n", "Số: 12/BC-UBND\n", "Bến Mẫu, ngày 12 tháng 6 năm 2023\n", "BÁO CÁO\n", "KẾ HOẠCH\n", "QUYẾT ĐỊNH\n", "Kết quả 6 tháng đầu năm 2023\n",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;\n", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "Trên đây là báo cáo ", "Phụ lục I\n",
    "(Kèm theo Kế hoạch số 12/KH-UBND ngày 02/01/2023)\n", "|STT|Nội dung|Thời gian|\n|---|---|---|\n", "Điều 1. ", "Chương I\n", "Mục 1. ", "a) ", "- ", "+ ", "ông Nguyễn Văn Mẫu ",
    "tuyên truyền ", "hội nghị ", "lượt người ", "tỷ lệ ", "tăng 5% so với cùng kỳ năm 2022 ", "tổng số ", "trong đó ", "gồm: 3 và 4 ", "triệu đồng ", "ngày 31/02/2023 ", "huyện Mẫu ", "tỉnh Mẫu ",
    "sở Nội vụ ", "hoà ", "hòa ", "thuỷ ", "xã xã ", "qúa ", "nghành ", "...", "……/", "(1) ", "[2] ", "*", "\\", "<", ">", "&", "0", "2", "3", "9", "ư", "ờ", "n", "g", "h", "2023", "/2023/", "-UBND",
)  # fmt: skip
SAID = Vocabulary(_SAID)


@dataclass(frozen=True, slots=True)
class _Marks:
    """A form of nested elements: what opens, by its own end."""

    elements: Sequence[tuple[str, str]]
    alone: Sequence[str] = ()

    def body(self, data: bytes) -> str:
        """Bytes as elements and words: every element that is opened is closed, the last one first."""
        open_ends: list[str] = []
        made: list[str] = []
        waiting = iter(data)
        for byte in waiting:
            if byte < 60 and self.elements:
                start, end = self.elements[byte % len(self.elements)]
                made.append(start)
                open_ends.append(end)
            elif byte < 120:
                if open_ends:
                    made.append(open_ends.pop())
            elif byte < 160 and self.alone:
                made.append(self.alone[byte % len(self.alone)])
            else:
                made.append(_escaped(_SAID[next(waiting, 0) % len(_SAID)]))
        return "".join(made) + "".join(reversed(open_ends))


def _escaped(word: str) -> str:
    """As XML can hold it."""
    kept = "".join(one for one in word if one >= " " and not "\ud800" <= one <= "\udfff" and one != "\uffff")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _both(*names: str, prefix: str = "") -> tuple[tuple[str, str], ...]:
    """Elements by their names and attributes."""
    return tuple((f"<{prefix}{name}>", f"</{prefix}{name.split()[0]}>") for name in names)


_PLAIN_P = ("<w:p><w:r><w:t xml:space='preserve'>", "</w:t></w:r></w:p>")
_WORD = _Marks(
    (
        _PLAIN_P, _PLAIN_P,
        *_both("p", "r", "t", "pPr", "rPr", "tbl", "tr", "tc", "tcPr", "tblPr", "trPr", "ins", "del", "delText", "moveFrom", "moveTo", "sdt", "sdtContent", "hyperlink", "smartTag",
               "fldSimple w:instr='PAGE'", "instrText", "numPr", "sectPr", "txbxContent", "pict", "object", "ruby", "rt", "rubyBase", "customXml", "tblGrid", "bookmarkStart w:name='a'", prefix="w:"),
        ("<mc:AlternateContent><mc:Choice Requires='wps'>", "</mc:Choice></mc:AlternateContent>"), ("<m:oMath><m:r><m:t>", "</m:t></m:r></m:oMath>"), ("<m:f><m:num>", "</m:num></m:f>"),
    ),
    ("<w:br/>", "<w:tab/>", "<w:br w:type='page'/>", "<w:vMerge/>", "<w:vMerge w:val='restart'/>", "<w:gridSpan w:val='3'/>", "<w:gridSpan w:val='-1'/>", "<w:gridSpan w:val='99999999'/>",
     "<w:numId w:val='1'/>", "<w:numId w:val='x'/>", "<w:ilvl w:val='0'/>", "<w:ilvl w:val='12'/>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='separate'/>",
     "<w:fldChar w:fldCharType='end'/>", "<w:noBreakHyphen/>", "<w:sym w:font='Symbol' w:char='F0B7'/>", "<w:sym w:char=''/>", "<w:footnoteReference w:id='1'/>", "<w:vanish/>", "<w:caps/>",
     "<w:rFonts w:ascii='.VnTime'/>", "<w:rFonts w:ascii='VNI-Times'/>", "<w:pStyle w:val='a'/>", "<w:jc w:val='center'/>", "<w:gridCol w:w='1500'/>", "<w:gridBefore w:val='2'/>", "<w:tblHeader/>", "<w:commentReference w:id='0'/>"),
)  # fmt: skip
_OPEN = _Marks(
    _both("text:p", "text:h text:outline-level='1'", "text:span", "text:list", "text:list-item", "table:table", "table:table-row", "table:table-cell", "table:covered-table-cell", "table:table-header-rows",
          "draw:frame", "draw:text-box", "text:note", "text:note-body", "text:section", "text:tracked-changes", "office:annotation", "text:a", "text:p text:style-name='a'",
          "table:table-cell table:number-columns-spanned='9999999'", "table:table-cell table:number-columns-repeated='999999'", "table:table-row table:number-rows-repeated='999999'", "table:table-cell table:number-rows-spanned='-3'"),
    ("<text:s/>", "<text:s text:c='999999999'/>", "<text:s text:c='x'/>", "<text:tab/>", "<text:line-break/>", "<text:soft-page-break/>", "<text:page-number/>"),
)  # fmt: skip
_WEB = _Marks(
    _both("p", "div", "table", "tr", "td", "th", "td colspan=3", "td rowspan=2", "td rowspan=999999999", "td colspan=-1", "ul", "ol start=5", "ol type=i", "li", "li value=99999999", "b", "i", "span style='display:none'",
          "span style='font-family:.VnTime'", "p style='text-align:center'", "table border=1", "pre", "del", "script", "style", "h1", "sup", "font face='VNI-Times'", "blockquote", "thead", "tbody", "a href='http://a'"),
    ("<br>", "<hr>", "&nbsp;", "&#0;", "&#x110000;", "&bogus;", "<!--", "-->", "<![if !supportLists]>", "<![endif]>", "<o:p></o:p>", "<", ">", "</td>", "</table>", "<td>", "<p"),
)  # fmt: skip

_WORD_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_PARTS = {
    "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
        for kind in ("numbering", "footnotes", "styles")
    )
    + "</Relationships>",
    "word/numbering.xml": f'<w:numbering {_WORD_NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    "word/styles.xml": f'<w:styles {_WORD_NAMES}><w:style w:styleId="a"><w:basedOn w:val="a"/><w:rPr><w:caps/></w:rPr></w:style></w:styles>',
    "word/footnotes.xml": f'<w:footnotes {_WORD_NAMES}><w:footnote w:id="1"><w:p><w:r><w:t>Ghi chú</w:t></w:r></w:p></w:footnote></w:footnotes>',
}


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _word_file(data: bytes) -> bytes:
    body = _WORD.body(data)
    return _zipped(
        _WORD_PARTS | {"word/document.xml": f"<w:document {_WORD_NAMES}><w:body>{body}</w:body></w:document>"}
    )


_OPEN_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"))
)  # fmt: skip


def _open_file(data: bytes) -> bytes:
    content = f"<office:document-content {_OPEN_NAMES}><office:body><office:text>{_OPEN.body(data)}</office:text></office:body></office:document-content>"
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": "<a/>",
        }
    )


def run_text(data: bytes) -> None:
    """Words of official documents in any order, as a text file."""
    _examined("".join(SAID.text(data)).encode("utf-8", "surrogatepass"), "a.txt")


def run_bytes(data: bytes) -> None:
    """Anything, under a name that the first byte chooses."""
    names = broken_documents.NAMES
    name = names[data[0] % len(names)] if data else ""
    _examined_unconverted(data[1:], name)


def run_word(data: bytes) -> None:
    """Elements of WordprocessingML in any order."""
    _examined(_word_file(data), "a.docx")


def run_open(data: bytes) -> None:
    """Elements of OpenDocument in any order."""
    _examined(_open_file(data), "a.odt")


def run_web(data: bytes) -> None:
    """Elements of a web page in any order, closed or not."""
    _examined(f"<html><body>{_WEB.body(data)}</body></html>".encode(), "a.html")


def run_pdf(data: bytes) -> None:
    """Operators of a page's content in any order, with fonts, forms and pictures of odd kinds."""
    _paged(broken_pdf.page_of(data))


def run_pdf_file(data: bytes) -> None:
    """The bytes of a PDF file."""
    _paged(data if data.startswith(b"%PDF") else b"%PDF-1.7\n" + data)


def run_repair(data: bytes) -> None:
    """Words restored, alone and beside a sister."""
    from dinhlang.officialdoc import repair
    from dinhlang.officialdoc.read.decode import tidy

    text = tidy("".join(SAID.text(data)))[:_RESTORED]
    json.dumps(repair.to_json(repair.repair(text, name="a.txt")))


def _examined(data: bytes, name: str) -> None:
    """Read, through JSON and back, checked. Raises what they raise."""
    from dinhlang.officialdoc.read import read_with_text

    _checked(*read_with_text(data, name))


def _checked(document: object, text: str) -> None:
    from dinhlang.officialdoc.check import check
    from dinhlang.officialdoc.codec import from_json, to_json
    from dinhlang.officialdoc.model import Document

    assert isinstance(document, Document)
    if from_json(json.loads(json.dumps(to_json(document)))) != document:
        raise AssertionError("the document does not survive its JSON")
    for finding in check(document, text=text):
        if not finding.message:
            raise AssertionError(f"{finding.rule} says nothing")


def _examined_unconverted(data: bytes, name: str) -> None:
    """As `_examined`, without starting other programs: these are tried by `fuzz_documents.py`."""
    from dinhlang.officialdoc.read import compound
    from dinhlang.officialdoc.read.decode import format_of

    form = format_of(data, name)
    if form in ("doc", "rtf", "wordml"):
        try:
            compound.blocks_of(data)
        except (compound.Locked, compound.NoText):
            return
    elif form == "pdf":
        _paged(data)
    elif form != "image":
        _examined(data, name)


def _paged(data: bytes) -> None:
    """What the process for pages does, here; what is recognised by tesseract is left out."""
    from dinhlang.officialdoc.read.decode import Decoded
    from dinhlang.officialdoc.read.document import document_of
    from dinhlang.officialdoc.read.layout import text_of
    from dinhlang.officialdoc.read.pages import ocr
    from dinhlang.officialdoc.read.pages.file import pages_of_pdf
    from dinhlang.officialdoc.read.pages.page import loaded

    ocr.is_there = lambda: False
    with tempfile.NamedTemporaryFile(prefix="fuzz-", suffix=".pdf") as file:
        file.write(data)
        file.flush()
        told = list(pages_of_pdf(Path(file.name), 1, 20, lambda **_: None))
    text, places = text_of([loaded(json.loads(one)) for one in told])
    _checked(document_of(Decoded(text, "pdf", places=places), "a.pdf"), text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": run_text,
    "word": run_word,
    "open": run_open,
    "web": run_web,
    "pdf": run_pdf,
    "pdf-file": run_pdf_file,
    "bytes": run_bytes,
    "repair": run_repair,
}
MOST_BYTES = {"text": 300, "word": 300, "open": 300, "web": 300, "pdf": 200, "pdf-file": 3000, "bytes": 600, "repair": 60}  # fmt: skip


def seeds(target: str) -> Iterator[bytes]:
    """Short inputs to begin with."""
    most = MOST_BYTES[target]
    if target in ("text", "repair"):
        for text in broken_documents.texts():
            for part in (text[:600], text[len(text) // 2 :][:600], text[-600:]):
                yield SAID.encoded(part, most)
    elif target == "pdf-file":
        yield from (broken_pdf.page_of(bytes(range(first, first + 60))) for first in range(0, 180, 20))
        yield from broken_pdf.small_files()
    elif target == "bytes":
        yield from (b"\0" + text[:400].encode() for text in broken_documents.texts()[:40])
        yield from (
            b"\0" + head
            for head in (
                b"PK\x03\x04",
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                b"{\\rtf1 a}",
                b"<html><p>a</p></html>",
                b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n",
            )
        )
    else:
        yield from (bytes((index * step + first) % 256 for index in range(80)) for step in (1, 3, 7, 11, 37, 91) for first in (0, 60, 130, 200))  # fmt: skip
