"""Whole documents as different offices make them in Word. Places, people and numbers are invented.

Each is a .docx; what a careful person reads in it stands in `test_read_word_habits`.
"""

from __future__ import annotations

from dinhlang.officialdoc.tests.wordml import level, lists, numbered, p, package, r, tbl, tc, tr

C = '<w:jc w:val="center"/>'
TAB = "<w:r><w:tab/></w:r>"
BR = "<w:r><w:br/></w:r>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NO_LINES = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
NO_BORDER = f"<w:tcBorders>{NO_LINES}</w:tcBorders>"


def c(*runs: str) -> str:
    """A centred paragraph."""
    return p(*runs, properties=C)


def bold(text: str) -> str:
    return r(text, "<w:b/>")


def broken_in_runs(text: str, every: int = 7) -> str:
    """A paragraph as Word saves it after many edits: a run every few letters."""
    parts = [text[at : at + every] for at in range(0, len(text), every)]
    return p(*(r(part, '<w:rFonts w:ascii="Times New Roman"/><w:sz w:val="28"/>') for part in parts))


HEADINGS = lists(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "-"),
)


def report_2024() -> bytes:
    """A district office before July 2025: ruled header table of three columns, headings that Word numbers, a note."""
    head = tbl(
        tr(
            tc(
                c("UBND HUYỆN ĐÔNG THỬ"),
                c(bold("PHÒNG VĂN HÓA")),
                c(bold("VÀ THÔNG TIN")),
                properties=NO_BORDER,
            ),
            tc(p(), properties=NO_BORDER),
            tc(c(bold(NATION)), c(bold(MOTTO)), properties=NO_BORDER),
        ),
        tr(
            tc(c("Số: 118/BC-VHTT"), properties=NO_BORDER),
            tc(p(), properties=NO_BORDER),
            tc(p(r("Đông Thử, ngày 14 tháng 6 năm 2024", "<w:i/>"), properties=C), properties=NO_BORDER),
        ),
    )
    reference = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = (
        head
        + p()
        + c(bold("BÁO CÁO"))
        + c(bold("Kết quả công tác chuyển đổi số 6 tháng đầu năm 2024,"))
        + c(bold("phương hướng, nhiệm vụ 6 tháng cuối năm 2024"))
        + p()
        + broken_in_runs(
            "Thực hiện Kế hoạch số 36/KH-UBND ngày 22 tháng 01 năm 2024 của UBND huyện Đông Thử về chuyển đổi số "
            "năm 2024, Phòng Văn hóa và Thông tin báo cáo kết quả như sau:"
        )
        + numbered("KẾT QUẢ THỰC HIỆN")
        + numbered("Công tác chỉ đạo, điều hành", level=1)
        + p(r("Phòng đã tham mưu ban hành 09 văn bản chỉ đạo"), reference, r(", tổ chức "), f"<w:del>{r('03')}</w:del>", f"<w:ins>{r('04')}</w:ins>", r(" hội nghị với 310 lượt người tham dự."))
        + numbered("Công tác tuyên truyền", level=1)
        + numbered("Đã đăng 124 tin, bài trên Trang thông tin điện tử huyện;", level=3)
        + numbered("Phát 86 lượt trên hệ thống truyền thanh cơ sở.", level=3)
        + numbered("TỒN TẠI, HẠN CHẾ")
        + p("Một số xã chưa bố trí đủ cán bộ chuyên trách.")
        + numbered("PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM")
        + numbered("Tiếp tục tuyên truyền về dịch vụ công trực tuyến.", level=1)
        + numbered("Tập huấn cho Tổ công nghệ số cộng đồng.", level=1)
        + p("Trên đây là báo cáo kết quả công tác chuyển đổi số 6 tháng đầu năm 2024./.")
        + tbl(
            tr(
                tc(p(r("Nơi nhận:", "<w:b/><w:i/>")), p("- UBND huyện (b/c);"), p("- Sở Thông tin và Truyền thông (b/c);"), p("- Lưu: VT.")),
                tc(c(bold("TRƯỞNG PHÒNG")), p(), p(), p(), c(bold("Đinh Văn Thử"))),
            ),
            ruled=False,
        )
    )  # fmt: skip
    notes = f'<w:footnote w:id="2">{p(r(" Trong đó có Công văn số 41/VHTT ngày 05/3/2024 của Phòng."))}</w:footnote>'
    return package(body, numbering=HEADINGS, footnotes=notes)


def over(text: str) -> str:
    return tc(c(bold(text)), properties='<w:vMerge w:val="restart"/>')


UNDER = tc(p(), properties="<w:vMerge/>")


def plan_2025() -> bytes:
    """A commune after July 2025: head and foot by tabs, an appendix in a section of its own, its table in two parts."""
    header = "<w:tblHeader/>"
    units = tc(c(bold("Đơn vị thực hiện")), properties='<w:gridSpan w:val="2"/>')
    first_row = tr(
        *(over(title) for title in ("TT", "Nội dung, nhiệm vụ")), units, over("Thời gian hoàn thành"), over("Sản phẩm"), properties=header
    )  # fmt: skip
    second_row = tr(
        UNDER, UNDER, tc(c(bold("Chủ trì"))), tc(c(bold("Phối hợp"))), UNDER, UNDER, properties=header
    )
    group = tr(tc("I", properties=""), tc("Công tác tuyên truyền", properties='<w:gridSpan w:val="5"/>'))
    lead = tc("Phòng Văn hóa - Xã hội", properties='<w:vMerge w:val="restart"/>')
    rows = (
        group,
        tr(
            "1",
            "Xây dựng chuyên mục chuyển đổi số trên Cổng thông tin điện tử xã",
            lead,
            "Văn phòng HĐND và UBND xã",
            "Tháng 8/2025",
            "Chuyên mục",
        ),
        tr(
            "2",
            "Phát thanh tuyên truyền về dịch vụ công",
            UNDER,
            "Các thôn",
            "Hằng tháng",
            "Tin, bài phát thanh",
        ),
        tr(
            "3",
            "Tổ chức ra quân Tổ công nghệ số cộng đồng, hướng dẫn người dân cài đặt",
            "Đoàn Thanh niên xã",
            "",
            "Quý III/2025",
            "Buổi ra quân",
        ),
    )
    more = (
        tr("", "VNeID và nộp hồ sơ trực tuyến", "", "", "", ""),
        tr(
            "4",
            "Sơ kết, đánh giá",
            "Văn phòng HĐND và UBND xã",
            "Các đơn vị",
            "Trước ngày 15/12/2025",
            "Báo cáo",
        ),
    )
    main = (
        p(bold("ỦY BAN NHÂN DÂN"), TAB, TAB, bold(NATION))
        + p(bold("XÃ AN PHƯỚC THỬ"), TAB, TAB, TAB, bold(MOTTO))
        + p("Số: 27/KH-UBND", TAB, TAB, TAB, r("An Phước Thử, ngày 21 tháng 7 năm 2025", "<w:i/>"))
        + p()
        + c(bold("KẾ HOẠCH"))
        + c(bold("Tuyên truyền chuyển đổi số, cải cách hành chính"), BR, bold("6 tháng cuối năm 2025 trên địa bàn xã An Phước Thử"))
        + p()
        + p("Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;")
        + p("Căn cứ Kế hoạch số 102/KH-UBND ngày 10 tháng 7 năm 2025 của UBND tỉnh Giang Thử về chuyển đổi số năm 2025;")
        + p("Ủy ban nhân dân xã An Phước Thử ban hành Kế hoạch tuyên truyền như sau:")
        + p(bold("I. MỤC ĐÍCH, YÊU CẦU"))
        + p("1. Nâng cao nhận thức của cán bộ và Nhân dân về chuyển đổi số.")
        + p("2. Tuyên truyền thường xuyên, thiết thực,", BR, "tiết kiệm, không phô trương.")
        + p(bold("II. NỘI DUNG"))
        + p("Các nhiệm vụ cụ thể nêu tại Phụ lục kèm theo Kế hoạch này.")
        + p(bold("III. TỔ CHỨC THỰC HIỆN"))
        + p("1. Phòng Văn hóa - Xã hội")
        + p("- Chủ trì tham mưu, đôn đốc thực hiện Kế hoạch;")
        + p("- Tổng hợp kết quả, báo cáo UBND xã.")
        + p("2. Các thôn")
        + p("- Tuyên truyền trong các buổi họp thôn.")
        + p("Trên đây là Kế hoạch tuyên truyền chuyển đổi số, cải cách hành chính 6 tháng cuối năm 2025, đề nghị các đơn vị triển khai thực hiện./.")
        + p("Nơi nhận:", TAB, TAB, TAB, bold("TM. ỦY BAN NHÂN DÂN"))
        + p("- UBND tỉnh (để b/c);", TAB, TAB, bold("KT. CHỦ TỊCH"))
        + p("- Các đơn vị tại Mục III (để t/h);", TAB, bold("PHÓ CHỦ TỊCH"))
        + p("- Lưu: VT, VHXH.")
        + p() + p()
        + p(TAB, TAB, TAB, TAB, TAB, bold("Lò Thị Thử"))
        + p(properties='<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>')
    )  # fmt: skip
    appendix = (
        c(bold("PHỤ LỤC"))
        + c(bold("DANH MỤC NHIỆM VỤ TUYÊN TRUYỀN 6 THÁNG CUỐI NĂM 2025"))
        + c(r("(Kèm theo Kế hoạch số 27/KH-UBND ngày 21/7/2025 của UBND xã An Phước Thử)", "<w:i/>"))
        + tbl(first_row, second_row, *rows)
        + p(PAGE_BREAK)
        + tbl(first_row, second_row, *more)
        + p()
        + '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    )
    return package(main + appendix)


def decision_2025() -> bytes:
    """A decision whose articles Word numbers."""
    articles = lists(level(0, "decimal", "Điều %1.", '<w:suff w:val="space"/>'), level(1, "decimal", "%2."))
    head = tbl(
        tr(
            tc(c("ỦY BAN NHÂN DÂN"), c("PHƯỜNG SÔNG THỬ"), c("Số: 305/QĐ-UBND")),
            tc(c(NATION), c(MOTTO), c("Sông Thử, ngày 03 tháng 9 năm 2025")),
        ),
        ruled=False,
    )
    body = (
        head
        + c("QUYẾT ĐỊNH")
        + c("Về việc thành lập Tổ công nghệ số cộng đồng và ban hành Quy chế hoạt động")
        + p()
        + c("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG SÔNG THỬ")
        + p()
        + p(r("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "<w:i/>"))
        + p(r("Căn cứ Quyết định số 411/QĐ-TTg ngày 31 tháng 3 năm 2022 của Thủ tướng Chính phủ;", "<w:i/>"))
        + p(r("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 19/TTr-VHXH ngày 28 tháng 8 năm 2025.", "<w:i/>"))
        + c("QUYẾT ĐỊNH:")
        + numbered("Thành lập Tổ công nghệ số cộng đồng phường Sông Thử gồm 11 thành viên (có danh sách kèm theo).")
        + numbered("Tổ có nhiệm vụ:")
        + numbered("Hướng dẫn người dân sử dụng dịch vụ công trực tuyến;", level=1)
        + numbered("Tuyên truyền về an toàn thông tin.", level=1)
        + numbered("Chánh Văn phòng HĐND và UBND phường, các thành viên Tổ chịu trách nhiệm thi hành Quyết định này./.")
        + tbl(
            tr(
                tc(p("Nơi nhận:"), p("- Như Điều 3;"), p("- UBND thành phố (b/c);"), p("- Lưu: VT.")),
                tc(c("CHỦ TỊCH"), p(), p(), c("Phạm Quốc Thử")),
            ),
            ruled=False,
        )
        + p()
    )  # fmt: skip
    return package(body, numbering=articles)


def letter_2025() -> bytes:
    """A letter: the letterhead in a table within a table, the receivers in another, all in one frame of a table."""
    inner = tbl(
        tr(
            tc(c("SỞ NỘI VỤ TỈNH MẪU THỬ"), c(bold("TRUNG TÂM LƯU TRỮ")), c("Số: 88/TTLT-NV"), c("V/v chỉnh lý tài liệu tồn đọng"), c("tại các xã sau sắp xếp")),
            tc(c(bold(NATION)), c(bold(MOTTO)), c(r("Mẫu Thử, ngày 15 tháng 10 năm 2025", "<w:i/>"))),
        ),
        ruled=False,
    )  # fmt: skip
    to = tbl(
        tr(tc(p("Kính gửi:")), tc(p("- Ủy ban nhân dân các xã, phường;"), p("- Văn phòng Sở."))), ruled=False
    )
    foot = tbl(
        tr(
            tc(p(bold("Nơi nhận:"), BR, "- Như trên;", BR, "- Giám đốc Sở (để b/c);", BR, "- Lưu: VT, NV.")),
            tc(c(bold("GIÁM ĐỐC")), p(), c(bold("Hoàng Minh Thử"))),
        ),
        ruled=False,
    )
    text = (
        p("Thực hiện Công văn số 2051/SNV-VTLT ngày 02 tháng 10 năm 2025 của Sở Nội vụ tỉnh Mẫu Thử về việc quản lý tài liệu khi sắp xếp đơn vị hành chính, Trung tâm Lưu trữ đề nghị các cơ quan:")
        + p("1. Thống kê tài liệu tồn đọng trước ngày 31/10/2025.")
        + p("2. Bố trí kho bảo quản tạm thời, ", "<w:sdt><w:sdtPr/><w:sdtContent>", r("diện tích ít nhất 20 m2."), "</w:sdtContent></w:sdt>")
        + p("Đề nghị các cơ quan quan tâm, phối hợp thực hiện./.")
    )  # fmt: skip
    return package(tbl(tr(tc(inner, p())), tr(tc(to, p(), text)), tr(tc(foot, p())), ruled=False) + p())


def boxed(*paragraphs: str) -> str:
    """A text box as new Word saves it, with the old form beside it."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>"
    )


def notice_2023() -> bytes:
    """A notice whose letterhead and signature stand in text boxes."""
    left = boxed(c("ỦY BAN NHÂN DÂN"), c("THỊ TRẤN BẢN THỬ"), c("Số: 64/TB-UBND"))
    right = boxed(c(NATION), c(MOTTO), c("Bản Thử, ngày 09 tháng 11 năm 2023"))
    schedule = tbl(
        tr("STT", "Khu dân cư", "Thời gian", "Địa điểm"),
        tr("01", "Khu 1", "7 giờ 30, ngày 15/11/2023", "Nhà văn hóa khu 1"),
        tr("02", "Khu 2", "14 giờ 00, ngày 15/11/2023", "Nhà văn hóa khu 2"),
    )
    sign = boxed(c("TL. CHỦ TỊCH"), c("VĂN PHÒNG - THỐNG KÊ"), p(), c("Vàng A Thử"))
    body = (
        p(left, right)
        + p() + p() + p()
        + c("THÔNG BÁO")
        + c("Về việc tổ chức Ngày hội Đại đoàn kết toàn dân tộc năm 2023")
        + p()
        + p("Thực hiện Hướng dẫn số 112/HD-MTTQ ngày 20/10/2023 của Ủy ban MTTQ Việt Nam huyện Bản Mẫu, UBND thị trấn thông báo lịch tổ chức như sau:")
        + schedule
        + p("Đề nghị các khu dân cư chuẩn bị chu đáo./.")
        + p(bold("Nơi nhận:"), sign)
        + p("- Các khu dân cư;")
        + p("- Đài truyền thanh thị trấn (đưa tin);")
        + p("- Lưu: VP.")
    )  # fmt: skip
    return package(body)


VN, VNH = (f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' for font in (".VnTime", ".VnTimeH"))


def submission_2009() -> bytes:
    """A submission in the fonts of its time, its head put side by side with spaces."""
    gap = " " * 12

    def old(text: str, font: str = VN) -> str:
        return r(text, font)

    body = (
        p(old("uû ban nh©n d©n", VNH), r(gap), old("céng hoµ x· héi chñ nghÜa viÖt nam", VNH))
        + p(old("x· trung thö", VNH), r(gap * 2), old("§éc lËp - Tù do - H¹nh phóc"))
        + p(old("Sè: 15/TTr-UBND"), r(gap * 2), old("Trung Thö, ngµy 12 th¸ng 5 n¨m 2009"))
        + p()
        + p(old("tê tr×nh", VNH), properties=C)
        + p(old("VÒ viÖc xin hç trî kinh phÝ söa ch÷a nhµ v¨n ho¸ x·"), properties=C)
        + p()
        + p(old("KÝnh göi: Uû ban nh©n d©n huyÖn S¬n Thö."), properties=C)
        + p(old("C¨n cø QuyÕt ®Þnh sè 27/Q§-UBND ngµy 10 th¸ng 02 n¨m 2009 cña UBND huyÖn S¬n Thö vÒ giao dù to¸n ng©n s¸ch;"))
        + p(old("UBND x· kÝnh ®Ò nghÞ UBND huyÖn hç trî 50 triÖu ®ång ®Ó söa ch÷a nhµ v¨n ho¸ x·."))
        + tbl(
            tr(
                tc(p(old("N¬i nhËn:")), p(old("- Nh­ trªn;")), p(old("- L­u: VP."))),
                tc(p(old("t/m uû ban nh©n d©n", VNH)), p(old("chñ tÞch", VNH)), p(), p(old("TrÇn V¨n Thö"))),
            ),
            ruled=False,
        )
        + p()
    )  # fmt: skip
    return package(body)


def minutes_2025() -> bytes:
    """Minutes: no table in the head, those present side by side without lines, two who sign."""
    people = tbl(
        tr("1. Ông Nguyễn Văn Mẫu", "- Chủ tịch UBND xã - Chủ trì"),
        tr("2. Bà Trần Thị Thử", "- Công chức Văn phòng - Thư ký"),
        tr("3. Ông Lê Văn Nghiệm", "- Trưởng thôn Đông"),
        ruled=False,
    )
    foot = tbl(
        tr(tc(c("THƯ KÝ"), p(), c("Trần Thị Thử")), tc(c("CHỦ TRÌ"), p(), c("Nguyễn Văn Mẫu"))), ruled=False
    )
    body = (
        c(bold(NATION))
        + c(bold(MOTTO))
        + p()
        + c(bold("BIÊN BẢN"))
        + c(bold("Họp rà soát hộ nghèo, hộ cận nghèo năm 2025"))
        + p()
        + p("Thời gian: 14 giờ 00 ngày 20 tháng 11 năm 2025.")
        + p("Địa điểm: Nhà văn hóa thôn Đông, xã Tân Thử.")
        + p(bold("I. THÀNH PHẦN"))
        + people
        + p(bold("II. NỘI DUNG"))
        + p("1. Ông Nguyễn Văn Mẫu thông qua nội dung rà soát.")
        + p("2. Kết quả: có 12 hộ nghèo, 25 hộ cận nghèo; 100% đại biểu nhất trí.")
        + p("Biên bản kết thúc vào hồi 16 giờ 30 cùng ngày./.")
        + foot
        + p()
    )
    return package(body)


def report_2025_header() -> bytes:
    """A report whose letterhead stands in the header of the first page, with a running number on the others."""
    head = tbl(
        tr(tc(c("HỘI ĐỒNG NHÂN DÂN"), c("XÃ BÌNH THỬ"), c("Số: 09/BC-HĐND")), tc(c(NATION), c(MOTTO), c("Bình Thử, ngày 12 tháng 12 năm 2025"))),
        ruled=False,
    )  # fmt: skip
    dashes = lists(level(0, "bullet", "-"), level(1, "bullet", "+"))
    body = (
        c("BÁO CÁO")
        + c("Kết quả hoạt động của Hội đồng nhân dân xã năm 2025")
        + p()
        + p("Hội đồng nhân dân xã Bình Thử báo cáo kết quả hoạt động năm 2025 như sau:")
        + p("1. Về kỳ họp")
        + numbered("Đã tổ chức 03 kỳ họp, ban hành 21 nghị quyết;")
        + numbered("trong đó:")
        + numbered("14 nghị quyết chuyên đề;", level=1)
        + numbered("07 nghị quyết về nhân sự.", level=1)
        + p("2. Về tiếp xúc cử tri")
        + p("Đã tổ chức 18 cuộc tiếp xúc với 1.240 lượt cử tri; tiếp nhận 96 kiến nghị.")
        + tbl(
            tr(
                tc(p("Nơi nhận:"), p("- Thường trực HĐND tỉnh;"), p("- Lưu: VT.")),
                tc(c("TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"), c("CHỦ TỊCH"), p(), c("Bùi Văn Thử")),
            ),
            ruled=False,
        )
        + '<w:sectPr><w:headerReference w:type="first" r:id="header"/><w:titlePg/></w:sectPr>'
    )
    return package(body, header=head, numbering=dashes)
