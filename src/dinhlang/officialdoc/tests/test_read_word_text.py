"""What Word shows is what is read: accepted changes, results of fields, boxes once, numbers as they are printed."""

from __future__ import annotations

import textwrap

import pytest

from dinhlang.officialdoc.model import Paragraph
from dinhlang.officialdoc.read import read, word
from dinhlang.officialdoc.tests.wordml import level, lists, numbered, p, package, r, tbl, tc, tr


def text(body: str, **parts: str) -> str:
    decoded = word.text_of(package(body, **parts))
    assert [one.code for one in decoded.problems] in ([], ["empty"])
    return decoded.text.strip()


def lines(body: str, **parts: str) -> list[str]:
    return [line for line in text(body, **parts).split("\n") if line]


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(instruction: str, result: str) -> str:
    code = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{char('begin')}{code}{char('separate')}{r(result)}{char('end')}"


BOX = f"<w:txbxContent>{p('XÃ VĨNH HÒA')}</w:txbxContent>"
DRAWN = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
PICTURED = f"<w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict>"
EITHER = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{DRAWN}</mc:Choice><mc:Fallback>{PICTURED}</mc:Fallback></mc:AlternateContent></w:r>'
LEFT_OUT = "<w:rPr><w:vanish/></w:rPr>"


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([r("Đăng "), f"<w:ins>{r('36')}</w:ins>", "<w:del><w:r><w:delText>30</w:delText></w:r></w:del>"], "Đăng 36"),
        ([f"<w:moveFrom>{r('trước ')}</w:moveFrom>", r("nay "), f"<w:moveTo>{r('trước')}</w:moveTo>"], "nay trước"),
        ([f"<w:ins><w:del>{r('bỏ')}</w:del>{r('giữ')}</w:ins>"], "giữ"),
        (["<w:hyperlink>", r("vinhhoa.gov.vn"), "</w:hyperlink>"], "vinhhoa.gov.vn"),
        (["<w:smartTag><w:smartTag>", r("xã Vĩnh Hòa"), "</w:smartTag></w:smartTag>"], "xã Vĩnh Hòa"),
        (["<w:sdt><w:sdtPr/><w:sdtContent>", r("06/01/2026"), "</w:sdtContent></w:sdt>"], "06/01/2026"),
        (["<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>", r("Nhấn để nhập"), "</w:sdtContent></w:sdt>", r("Số:")], "Số:"),
        ([r("Trang "), field("PAGE", "3"), r(" hết")], "Trang  hết"),
        ([field("HYPERLINK x", "vinhhoa.gov.vn"), field("DATE", "06/01/2026")], "vinhhoa.gov.vn06/01/2026"),
        ([char("begin"), "<w:r><w:instrText>IF </w:instrText></w:r>", field("A", "ẩn"), char("separate"), r("hiện"), char("end")], "hiện"),
        (['<w:fldSimple w:instr=" AUTHOR ">', r("Văn phòng"), "</w:fldSimple>", '<w:fldSimple w:instr="NUMPAGES">', r("9"), "</w:fldSimple>"], "Văn phòng"),
        (["<w:r><w:t>2021</w:t><w:noBreakHyphen/><w:t>2025</w:t></w:r>"], "2021-2025"),
        (["<w:r><w:t>hành</w:t><w:softHyphen/><w:t>chính</w:t></w:r>"], "hànhchính"),
        (['<w:r><w:t>A</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'], "A☑≥"),
        (['<w:r><w:ruby><w:rubyPr/><w:rt>', r("chú"), "</w:rt><w:rubyBase>", r("chữ"), "</w:rubyBase></w:ruby></w:r>"], "chữ"),
        ([r("hiện"), r(" ẩn", "<w:vanish/>"), r(" rõ", '<w:vanish w:val="0"/>')], "hiện rõ"),
        ([r("Ủy ban", "<w:caps/>"), r(" xã", '<w:caps w:val="false"/>')], "ỦY BAN xã"),
        ([r("bằng "), "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"], "bằng x=2"),
        ([r("có"), '<w:commentRangeStart w:id="1"/>', r(" lời"), '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'], "có lời"),
        (["<w:r><w:t>Cột</w:t><w:tab/><w:t>hai</w:t></w:r>"], "Cột\thai"),
        (['<w:bookmarkStart w:id="0" w:name="x"/>', r("dấu trang"), '<w:proofErr w:type="spellStart"/>', '<w:bookmarkEnd w:id="0"/>'], "dấu trang"),
    ],
    ids=[
        "an insertion counts", "a move counts where it went", "deleted within an insertion", "a link", "a smart tag",
        "a content control", "a placeholder", "a page number", "two results", "a nested field", "simple fields",
        "a hyphen that does not break", "a soft hyphen", "symbols", "ruby", "hidden text", "capitals", "a formula",
        "a comment", "a tab", "marks of no text",
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_word_prints_it(runs: list[str], shown: str) -> None:
    joined = "".join(one if one.startswith("<") else r(one) for one in runs)
    assert text(f"<w:p>{joined}</w:p>") == shown


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    assert lines(p("Thực hiện kế hoạch ", properties=mark) + p("năm 2026.") + p("Hết.")) == [
        "Thực hiện kế hoạch năm 2026.",
        "Hết.",
    ]
    assert lines(f"<w:p><w:pPr>{mark}</w:pPr><w:del>{r('bỏ cả đoạn')}</w:del></w:p>" + p("Còn.")) == ["Còn."]


def test_a_deleted_item_is_not_counted() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        f"<w:del>{r('bỏ')}</w:del></w:p>"
    )
    part = lists(level(0, "decimal", "%1."))
    assert lines(numbered("một") + gone + numbered("hai"), numbering=part) == ["1. một", "2. hai"]


def test_a_box_is_read_once_whether_new_word_or_old_draws_it() -> None:
    assert lines(p(EITHER, r("KẾ HOẠCH"))) == ["XÃ VĨNH HÒA", "KẾ HOẠCH"]
    assert lines(p(f"<w:r>{PICTURED}</w:r>")) == ["XÃ VĨNH HÒA"]


def test_a_table_of_contents_is_left_out() -> None:
    start = f"{char('begin')}<w:r><w:instrText>TOC \\o</w:instrText></w:r>{char('separate')}"
    body = p(start, r("I. MỤC TIÊU 1")) + p(r("II. NHIỆM VỤ 2"), char("end")) + p("I. MỤC TIÊU")
    assert lines(body) == ["I. MỤC TIÊU"]


def test_a_field_that_never_ends_hides_no_other_paragraph() -> None:
    body = p(char("begin"), "<w:r><w:instrText>PAGE</w:instrText></w:r>", r("mất")) + p("còn")
    assert lines(body) == ["còn"]


MULTI = lists(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
    level(4, "bullet", "-"),
)


def test_a_list_of_several_levels_is_numbered_as_printed() -> None:
    levels = [0, 1, 2, 2, 1, 3, 3, 4, 0, 1, 2]
    body = "".join(numbered("x", level=one) for one in levels)
    assert [line.split()[0] for line in lines(body, numbering=MULTI)] == [
        "I.", "1.", "1.1.", "1.2.", "2.", "a)", "b)", "-", "II.", "1.", "1.1.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "labels"),
    [
        (level(0, "upperLetter", "%1."), ["A.", "B.", "C."]),
        (level(0, "lowerRoman", "(%1)"), ["(i)", "(ii)", "(iii)"]),
        (level(0, "decimalZero", "%1/"), ["01/", "02/", "03/"]),
        (level(0, "decimal", "Điều %1."), ["Điều 1.", "Điều 2.", "Điều 3."]),
        (level(0, "vietnameseCounting", "Phần thứ %1:"), ["Phần thứ một:", "Phần thứ hai:", "Phần thứ ba:"]),
        (level(0, "bullet", "\uf0b7", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), ["•", "•", "•"]),
        (level(0, "bullet", "+"), ["+", "+", "+"]),
        (level(0, "bullet", "\uf0fc", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'), ["-", "-", "-"]),
        (level(0, "none", ""), ["", "", ""]),
        (level(0, "decimal", "%1.", '<w:rPr><w:vanish/></w:rPr>'), ["", "", ""]),
    ],
)  # fmt: skip
def test_every_kind_of_number_is_printed(definition: str, labels: list[str]) -> None:
    body = "".join(numbered("Nội dung") for _ in labels)
    assert [
        line.removesuffix("Nội dung").strip() for line in lines(body, numbering=lists(definition))
    ] == labels


def test_a_list_that_starts_anew_and_one_that_goes_on() -> None:
    numbers = (
        '<w:num w:numId="1">{}</w:num><w:num w:numId="2">{}<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3">{}</w:num>'
    )
    body = (
        numbered("a")
        + numbered("b")
        + numbered("c", 2)
        + numbered("d", 2)
        + numbered("e", 3)
        + numbered("g", 9)
    )
    part = lists(level(0, "decimal", "%1."), numbers=numbers)
    assert lines(body, numbering=part) == ["1. a", "2. b", "1. c", "2. d", "3. e", "g"]


def test_a_level_may_count_on_and_may_be_in_arabic_numbers() -> None:
    part = lists(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2.", '<w:isLgl/><w:lvlRestart w:val="0"/>'),
    )
    body = "".join(numbered("x", level=one) for one in (0, 1, 0, 1))
    assert lines(body, numbering=part) == ["I. x", "1.1. x", "II. x", "2.2. x"]


def test_a_heading_style_brings_its_number_and_its_capitals() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Muc"><w:basedOn w:val="Goc"/><w:rPr><w:caps/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    part = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:pStyle w:val="Con"/>'))
    body = (
        p("Mục tiêu", properties='<w:pStyle w:val="Muc"/>')
        + p("Chung", properties='<w:pStyle w:val="Con"/>')
        + p("Không số", properties='<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(body, styles=styles, numbering=part) == ["I. MỤC TIÊU", "1. Chung", "KHÔNG SỐ"]


def test_the_old_properties_of_a_tracked_change_do_not_count() -> None:
    change = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    body = p("Đoạn thường", properties=change)
    assert lines(body, numbering=lists(level(0, "decimal", "%1."))) == ["Đoạn thường"]


def test_a_note_follows_its_paragraph_and_leaves_the_sentence_whole() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", r(" Quyết định số 5/QĐ-UBND."))}</w:footnote>'
    body = p(r("Đã đăng 36 tin"), reference, r(", bài.")) + p("Tiếp.")
    assert lines(body, footnotes=notes) == ["Đã đăng 36 tin, bài.", "[1] Quyết định số 5/QĐ-UBND.", "Tiếp."]
    title = p(r("KẾ HOẠCH"), properties=CENTRED) + p(r("Cải cách hành chính"), reference, properties=CENTRED)
    assert text(title + p("I. MỤC TIÊU"), footnotes=notes) == (
        "KẾ HOẠCH\nCải cách hành chính\n\n[1] Quyết định số 5/QĐ-UBND.\n\nI. MỤC TIÊU"
    )


def test_headers_are_left_out_but_for_a_letterhead() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header"/></w:sectPr>'
    body = p("KẾ HOẠCH") + section
    assert lines(body, header=p("2")) == ["KẾ HOẠCH"]
    head = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert lines(body, header=head) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]
    assert lines(head + body, header=head) == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾ HOẠCH"]


BREAK = "<w:r><w:br/></w:r>"
CENTRED = '<w:jc w:val="center"/>'


def test_a_line_broken_by_hand_is_one_sentence_and_a_title_stays_in_its_lines() -> None:
    assert lines(p(r("Thực hiện kế hoạch của"), BREAK, r("Ủy ban nhân dân tỉnh."))) == [
        "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh."
    ]
    assert lines(p(r("Gồm:"), BREAK, r("- Một;"), BREAK, r("- Hai."))) == ["Gồm:", "- Một;", "- Hai."]
    title = p(r("KẾ HOẠCH"), BREAK, r("Cải cách hành chính"), properties=CENTRED) + p(
        "năm 2026", properties=CENTRED
    )
    assert text(title + p("Thân bài.")) == "KẾ HOẠCH\nCải cách hành chính\nnăm 2026\n\nThân bài."


def test_a_title_in_bold_stands_together_though_nobody_centred_it() -> None:
    heavy = "<w:b/>"
    body = (
        p(r("BÁO CÁO", heavy))
        + p(r("Kết quả chuyển đổi số", heavy))
        + p(r("6 tháng đầu năm 2026", heavy))
        + p("Thân bài.")
    )
    assert text(body) == "BÁO CÁO\nKết quả chuyển đổi số\n6 tháng đầu năm 2026\n\nThân bài."


def test_a_section_that_ends_parts_two_titles() -> None:
    end = f"{CENTRED}<w:sectPr/>"
    body = p("Nguyễn Văn Thử", properties=end) + p("PHỤ LỤC", properties=CENTRED)
    assert text(body) == "Nguyễn Văn Thử\n\nPHỤ LỤC"


@pytest.mark.parametrize("form", ["html", "mht"])
def test_a_page_in_the_shell_of_a_word_file_is_read(form: str) -> None:
    page = (
        "<html><body><p>Một đoạn.</p><table border=1><tr><td>TT</td><td>Nội dung</td></tr>"
        "<tr><td>1</td><td>Họp</td></tr></table></body></html>"
    )
    mail = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; '
        f'charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{page}\n--x--\n'
    )
    body = p("Trước.") + '<w:altChunk r:id="aFChunk"/>' + p("Sau.")
    assert text(body, chunk=page if form == "html" else mail).split("\n\n") == [
        "Trước.",
        "Một đoạn.",
        "| TT | Nội dung |\n| 1 | Họp |",
        "Sau.",
    ]


def test_lines_of_a_page_that_became_paragraphs_are_sentences_again() -> None:
    words = (
        "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Mẫu về tuyên truyền cải "
        "cách hành chính, Ủy ban nhân dân xã đã tổ chức tuyên truyền trên hệ thống truyền thanh, đăng tải tin, bài lên "
        "trang thông tin điện tử và lồng ghép trong các cuộc họp thôn; kết quả đạt được như sau. "
    ) * 4
    wrapped = textwrap.wrap(words, 80)
    title = p("BÁO CÁO") + p("Kết quả tuyên truyền") + p("I. KẾT QUẢ")
    document = read(package(title + "".join(p(line) for line in wrapped)), "a.docx")
    texts = [block.text for block in document.body if isinstance(block, Paragraph)]
    assert texts == ["KẾT QUẢ", " ".join(words.split())]


def test_strict_names_are_the_usual_ones() -> None:
    import io
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(package(numbered("x"), numbering=lists(level(0, "decimal", "%1.")))))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            content = content.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            archive.writestr(name, content)
    assert word.text_of(target.getvalue()).text.strip() == "1. x"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_part_may_be_in_another_encoding(encoding: str) -> None:
    import io
    import zipfile

    target = io.BytesIO()
    name = {"utf-16": "UTF-16", "utf-8-sig": "UTF-8"}[encoding]
    xml = f'<?xml version="1.0" encoding="{name}"?><w:document xmlns:w="{word.names.W[1:-1]}"><w:body>{p("Vĩnh Hòa")}</w:body></w:document>'
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", xml.encode(encoding))
    assert word.text_of(target.getvalue()).text.strip() == "Vĩnh Hòa"


OLD = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ([("Céng hoµ x· héi", ".VnTime")], "Cộng hòa xã hội"),
        ([("uû ban", ".VnTimeH"), (" nh©n d©n x·", ".VnTime")], "ỦY BAN nhân dân xã"),
        ([("Hµ Nội", ".VnTime")], "Hµ Nội"),
        ([("các xã", ".VnTime")], "các xã"),
        ([("Coäng hoøa xaõ ho", "VNI-Times"), ("äi", "VNI-Times")], "Cộng hòa xã hội"),
        ([("tr", ".VnTime"), ("­êng", ".VnTime")], "trường"),
        ([("Năm 2026: ", "Times New Roman"), ("kÕ ho¹ch", ".VnArial")], "Năm 2026: kế hoạch"),
    ],
)
def test_legacy_fonts_are_read_run_by_run(runs: list[tuple[str, str]], shown: str) -> None:
    assert text(p(*(r(words, OLD.format(font)) for words, font in runs))) == shown


def test_a_legacy_font_may_come_from_the_style_the_defaults_or_the_theme() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:rPrDefault></w:docDefaults>'
    assert text(p("ViÖt Nam"), styles=styles) == "Việt Nam"
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:rFonts w:hAnsiTheme="minorHAnsi"/></w:rPr></w:style>'
    theme = '<a:themeElements><a:fontScheme><a:minorFont><a:latin typeface=".VnTime"/></a:minorFont></a:fontScheme></a:themeElements>'
    assert text(p("ViÖt Nam"), styles=styles, theme=theme) == "Việt Nam"
    assert text(p(r("Việt Nam", OLD.format("Times New Roman"))), styles=styles, theme=theme) == "Việt Nam"


HEAD = tr("TT", "Nội dung", "Thời gian")


def merged(value: str = "") -> str:
    return f"<w:vMerge{value}/>"


def test_a_merged_cell_is_said_in_each_of_its_rows() -> None:
    rows = (
        HEAD,
        tr("1", "Tin, bài", tc("Quý I", properties=merged(' w:val="restart"'))),
        tr("2", "Họp dân", tc("", properties=merged())),
    )
    assert lines(tbl(*rows)) == [
        "| TT | Nội dung | Thời gian |",
        "| 1 | Tin, bài | Quý I |",
        "| 2 | Họp dân | Quý I |",
    ]


def test_a_heading_over_two_columns_is_said_in_both() -> None:
    over = [tc(text_, properties=merged(' w:val="restart"')) for text_ in ("TT", "Nội dung")]
    under = [tc("", properties=merged()) for _ in over]
    rows = (
        tr(*over, tc("Đơn vị thực hiện", properties='<w:gridSpan w:val="2"/>')),
        tr(*under, "Chủ trì", "Phối hợp"),
        tr(tc("I. TUYÊN TRUYỀN", properties='<w:gridSpan w:val="4"/>')),
        tr("1", "Tin, bài", "Văn hóa", "Các thôn"),
    )
    assert lines(tbl(*rows)) == [
        "| TT | Nội dung | Đơn vị thực hiện Chủ trì | Đơn vị thực hiện Phối hợp |",
        "| I. TUYÊN TRUYỀN |  |  |  |",
        "| 1 | Tin, bài | Văn hóa | Các thôn |",
    ]


def test_a_title_in_the_first_row_of_a_table_stands_over_it() -> None:
    title = tr(tc(p("DANH MỤC NHIỆM VỤ", properties=CENTRED), properties='<w:gridSpan w:val="3"/>'))
    assert text(tbl(title, HEAD, tr("1", "Tin, bài", "Quý I"))) == (
        "DANH MỤC NHIỆM VỤ\n\n| TT | Nội dung | Thời gian |\n| 1 | Tin, bài | Quý I |"
    )


def test_a_foot_that_a_program_stuck_to_the_table_is_no_row_of_it() -> None:
    foot = tr(tc(p("Nơi nhận:"), p("- Lưu: VT.")), tc("CHỦ TỊCH"), tc(""))
    assert lines(tbl(HEAD, tr("1", "Tin, bài", "Quý I"), foot))[2:] == ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH"]


def test_a_table_that_goes_on_in_a_second_one_is_one_table() -> None:
    first = tbl(HEAD, tr("1", "Đăng tin, bài về", "Quý I"))
    again = tbl(HEAD, tr("", "chuyển đổi số", ""), tr("2", "Họp dân", "Quý II"))
    counting_on = tbl(tr("3", "Tập huấn", "Quý III"), tr("4", "Tổng kết", "Quý IV"))
    assert lines(first + p() + again + p() + counting_on) == [
        "| TT | Nội dung | Thời gian |",
        "| 1 | Đăng tin, bài về chuyển đổi số | Quý I |",
        "| 2 | Họp dân | Quý II |",
        "| 3 | Tập huấn | Quý III |",
        "| 4 | Tổng kết | Quý IV |",
    ]


def test_a_column_numbered_by_word_has_its_ordinals() -> None:
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    rows = [tr(tc(p(properties=item)), one, "Quý I") for one in ("Tin, bài", "Họp dân")]
    assert lines(tbl(HEAD, *rows), numbering=lists(level(0, "decimal", "%1")))[1:] == [
        "| 1 | Tin, bài | Quý I |",
        "| 2 | Họp dân | Quý I |",
    ]


def test_rows_and_cells_in_content_controls_and_tracked_rows() -> None:
    inside = f"<w:sdt><w:sdtContent>{tr('1', 'Tin, bài', 'Quý I')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>"
    rows = (HEAD, inside, tr("x", "bỏ", "bỏ", properties="<w:del/>"), tr(cell, "Họp dân", "Quý II"))
    assert lines(tbl(*rows))[1:] == ["| 1 | Tin, bài | Quý I |", "| 2 | Họp dân | Quý II |"]


def test_a_letterhead_is_read_column_by_column_whatever_table_it_stands_in() -> None:
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    rows = (tr("UBND TỈNH MẪU", "", nation), tr("SỞ NỘI VỤ", "", "Độc lập - Tự do - Hạnh phúc"))
    shown = ["UBND TỈNH MẪU", "SỞ NỘI VỤ", nation, "Độc lập - Tự do - Hạnh phúc"]
    assert lines(tbl(*rows)) == shown
    assert lines(tbl(*rows, ruled=False)) == shown
    nested = tbl(tr(tc(tbl(*rows)), ""), ruled=False)
    assert lines(nested) == shown


def test_names_and_posts_side_by_side_stay_side_by_side() -> None:
    rows = [tr(f"{number}. Ông Nguyễn Văn Thử", "Chủ tịch UBND xã") for number in (1, 2, 3)]
    assert lines(tbl(*rows, ruled=False)) == [
        f"{number}. Ông Nguyễn Văn Thử\tChủ tịch UBND xã" for number in (1, 2, 3)
    ]
