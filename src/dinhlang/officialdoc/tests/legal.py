"""Hypothesis strategies for documents as the law prints them: what is written and read again must be the same.

Places, people and bodies are invented. Headings of the first level are in capitals and numbers below ten have a
zero, as on paper; lists begin at 1 and end with a full stop, headings have something under them.
"""

from __future__ import annotations

from hypothesis import strategies as st

from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.officialdoc.tests import kinds
from dinhlang.officialdoc.write.printed import roman
from dinhlang.periods.identifier import find_period

_ISSUERS = (kinds.COMMUNE, kinds.COUNCIL, kinds.WARD, kinds.ZONE, kinds.CENTRE, kinds.DEPARTMENT)
_ABBREVIATIONS = {
    Kind.REPORT: "BC",
    Kind.PLAN: "KH",
    Kind.DECISION: "QĐ",
    Kind.NOTICE: "TB",
    Kind.SUBMISSION: "TTr",
    Kind.RESOLUTION: "NQ",
    Kind.DIRECTIVE: "CT",
    Kind.GUIDANCE: "HD",
    Kind.PROGRAMME: "CTr",
}
_PLACES = ("Bến Đò Mẫu", "Cây Đa Mẫu", "Đảo Mẫu", "Gò Thử")
_SUBJECTS = (
    "Kết quả tuyên truyền cải cách hành chính quý I năm 2026",
    "Tuyên truyền cải cách hành chính năm 2026",
    "Lịch tiếp công dân định kỳ",
    "Công tác giải quyết thủ tục hành chính 6 tháng đầu năm 2026 và nhiệm vụ 6 tháng cuối năm của các bộ phận chuyên môn",
    "Tổ chức hội nghị đối thoại với Nhân dân",
)
_TITLES = (
    "Công tác chỉ đạo, điều hành",
    "Kết quả tuyên truyền",
    "Khó khăn, vướng mắc",
    "Mục đích, yêu cầu",
    "Tổ chức thực hiện",
    "Việc làm ở các thôn",
)
_SENTENCES = (
    "Các thôn đã họp bàn và thống nhất cách làm.",
    "Trang thông tin điện tử đã đăng 36 tin, bài về thủ tục hành chính.",
    "Thực hiện Kế hoạch số 04/KH-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh Sông Mẫu, các bộ phận đã rà soát việc được giao.",
    "Hệ thống truyền thanh phát hơn 108 lượt, mỗi lượt 15 phút, vào buổi sáng và buổi chiều để bà con đi làm về cũng nghe được.",
    "Ghế chờ còn thiếu, giờ cao điểm bà con phải đứng.",
    "Việc nào chậm thì nêu rõ người làm, hạn mới và phần việc còn lại.",
)
_ITEMS = (
    "Công khai thủ tục tại nơi tiếp nhận",
    "Hướng dẫn nộp hồ sơ qua mạng cho người cao tuổi",
    "Phát tờ rơi ở chợ và nhà văn hóa",
    "Nghe và trả lời ý kiến của Nhân dân",
)
_CELLS = (
    "Văn phòng",
    "Các thôn",
    "Bài viết",
    "Quý I/2026",
    "Thường xuyên",
    "Tháng 3/2026",
    "Phòng Kinh tế",
    "–",
)
_LETTERS = "abcdđeghi"


def _text(words: str) -> st.SearchStrategy[Paragraph]:
    return _runs(words).map(lambda runs: Paragraph(Role.BODY, runs))


@st.composite
def _runs(draw: st.DrawFn, words: str) -> tuple[Run, ...]:
    """A sentence, sometimes with a stretch of its words of another look, or as an anchored figure."""
    parts = words.split(" ")
    if len(parts) < 4 or not draw(st.booleans()):
        return (Run(words),)
    start = draw(st.integers(1, len(parts) - 3))
    end = draw(st.integers(start + 1, len(parts) - 2))
    look = draw(st.sampled_from((("b", None), ("i", None), ("", "articles_2026"), ("b", "guidance"))))
    middle = Run(" ".join(parts[start:end]), "b" in look[0], "i" in look[0], look[1])
    return (Run(" ".join(parts[:start]) + " "), middle, Run(" " + " ".join(parts[end:])))


@st.composite
def _list(draw: st.DrawFn, marks: str) -> list[Block]:
    count = draw(st.integers(2, 4))
    numbers = {
        "1": [str(number) for number in range(1, count + 1)],
        "a": list(_LETTERS[:count]),
        "-": ["-"] * count,
    }[marks]
    ends = [";"] * (count - 1) + ["."] if marks != "1" else ["."] * count
    words = [draw(st.sampled_from(_ITEMS)) for _ in range(count)]
    return [
        Paragraph(Role.ITEM, (Run(f"{text}{end}"),), 1, number)
        for text, end, number in zip(words, ends, numbers, strict=True)
    ]


@st.composite
def _table(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(1, 4))
    header = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian thực hiện")
    made = tuple(
        (
            str(number),
            draw(st.sampled_from(_ITEMS)),
            draw(st.sampled_from(_CELLS)),
            draw(st.sampled_from(_CELLS)),
        )
        for number in range(1, rows + 1)
    )
    return Table(header, made)


@st.composite
def _under(draw: st.DrawFn, *, deepest: bool) -> list[Block]:
    """What stands under a heading."""
    found: list[Block] = [draw(_text(draw(st.sampled_from(_SENTENCES))))]
    if draw(st.booleans()):
        found += draw(_list(draw(st.sampled_from("a-" if deepest else "1a-"))))
    if draw(st.integers(0, 5)) == 0:
        found += [draw(_table()), draw(_text(draw(st.sampled_from(_SENTENCES))))]
    return found


@st.composite
def _deeper(draw: st.DrawFn, above: str) -> list[Block]:
    """Headings of the third level, or of the fourth by letters."""
    lettered = draw(st.booleans())
    found: list[Block] = []
    for number in range(1, draw(st.integers(1, 2)) + 1):
        mark, level = (_LETTERS[number - 1], 4) if lettered else (f"{above}{number}", 3)
        found.append(Paragraph(Role.HEADING, (Run(draw(st.sampled_from(_TITLES))),), level, mark))
        found.append(draw(_text(draw(st.sampled_from(_SENTENCES)))))
        if draw(st.booleans()):
            found += draw(_list("-"))
    return found


@st.composite
def _sections(draw: st.DrawFn) -> list[Block]:
    found: list[Block] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        title = draw(st.sampled_from(_TITLES)).upper()
        found.append(Paragraph(Role.HEADING, (Run(title),), 1, roman(number)))
        if draw(st.booleans()):
            for inner in range(1, draw(st.integers(1, 3)) + 1):
                heading = draw(st.sampled_from(_TITLES))
                found.append(Paragraph(Role.HEADING, (Run(heading),), 2, str(inner)))
                found += draw(_deeper(f"{inner}.")) if draw(st.booleans()) else draw(_under(deepest=True))
        else:
            found += draw(_under(deepest=False))
    return found


@st.composite
def _articles(draw: st.DrawFn) -> list[Block]:
    count = draw(st.integers(1, 4))
    return [
        Paragraph(Role.ITEM, (Run(draw(st.sampled_from(_SENTENCES))),), 1, f"Điều {number}")
        for number in range(1, count + 1)
    ]


@st.composite
def _address(draw: st.DrawFn) -> list[Block]:
    if draw(st.booleans()):
        return [kinds.text("Kính gửi: Sở Nội vụ tỉnh Sông Mẫu.")]
    return [
        kinds.text("Kính gửi:"),
        kinds.item("-", "Sở Nội vụ tỉnh Sông Mẫu;"),
        kinds.item("-", "Văn phòng Ủy ban nhân dân tỉnh Sông Mẫu."),
    ]


@st.composite
def _chapters(draw: st.DrawFn) -> list[Block]:
    """Chapters with articles that have titles, as regulations have them."""
    found: list[Block] = []
    article = 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        found.append(
            Paragraph(
                Role.HEADING, (Run(draw(st.sampled_from(_TITLES)).upper()),), 1, f"Chương {roman(chapter)}"
            )
        )
        for _ in range(draw(st.integers(1, 3))):
            article += 1
            found.append(
                Paragraph(Role.HEADING, (Run(draw(st.sampled_from(_TITLES))),), 3, f"Điều {article}")
            )
            found += (
                draw(_list("1")) if draw(st.booleans()) else [draw(_text(draw(st.sampled_from(_SENTENCES))))]
            )
    return found


@st.composite
def regulations(draw: st.DrawFn) -> Document:
    """What a decision issues: without number, place and day of its own."""
    return Document(
        Kind.REGULATION,
        issuer=draw(st.sampled_from(_ISSUERS)),
        subject="Làm việc của Trung tâm Phục vụ hành chính công",
        body=(
            kinds.text(
                "(Kèm theo Quyết định số 77/QĐ-UBND ngày 20 tháng 6 năm 2026 của Ủy ban nhân dân xã Bến Đò Mẫu)"
            ),
            *draw(_chapters()),
        ),
        signature=draw(_signature()),
    )


@st.composite
def minutes(draw: st.DrawFn) -> Document:
    """Minutes with two signers, and recipients or none."""
    return Document(
        Kind.MINUTES,
        issuer=draw(st.sampled_from(_ISSUERS)),
        number=draw(st.sampled_from(("03", "112"))),
        symbol="BB-UBND",
        subject="Hội nghị đối thoại với Nhân dân",
        body=(
            kinds.text("Thời gian bắt đầu: 8 giờ."),
            kinds.text("Địa điểm: hội trường Ủy ban nhân dân xã."),
            kinds.text("Nội dung:"),
            *draw(_list("1")),
            kinds.text("Hội nghị kết thúc vào 11 giờ 30 phút cùng ngày./."),
        ),
        signature=Signature(None, None, draw(st.sampled_from(("CHỦ TỌA", "CHỦ TRÌ"))), "Trần Văn Mẫu"),
        co_signers=(Signature(None, None, "THƯ KÝ", "Quách Thị Nháp"),),
        recipients=draw(st.sampled_from(((), (Recipient("Các thôn"), Recipient("Lưu: VT"))))),
    )


@st.composite
def _body(draw: st.DrawFn, kind: Kind) -> tuple[Block, ...]:
    found: list[Block] = []
    if kind in (Kind.LETTER, Kind.SUBMISSION):
        found += draw(_address())
    if kind in (Kind.DECISION, Kind.RESOLUTION):
        command = "QUYẾT ĐỊNH:" if kind is Kind.DECISION else "QUYẾT NGHỊ:"
        found += [
            kinds.basis("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;"),
            kinds.basis("Theo đề nghị của Chánh Văn phòng."),
            kinds.text(command),
            *draw(_articles()),
        ]
    else:
        found.append(draw(_text("Ủy ban nhân dân báo cáo để cấp trên biết như sau:")))
        found += draw(_sections())
        found.append(kinds.text("Trên đây là những nội dung chính, kính đề nghị xem xét."))
    last = found[-1]
    if isinstance(last, Paragraph):
        ended = last.runs[-1].text.rstrip(".") + "./."
        found[-1] = Paragraph(
            last.role,
            (*last.runs[:-1], Run(ended, last.runs[-1].bold, last.runs[-1].italic)),
            last.level,
            last.number,
        )
    return tuple(found)


@st.composite
def _signature(draw: st.DrawFn) -> Signature:
    name = draw(st.sampled_from(("Trần Văn Mẫu", "Lê Thị Thử", "Quách Thị Mai Nháp")))
    mode, body, role = draw(
        st.sampled_from(
            (
                (SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
                (SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"),
                (SignatureMode.FOR_HEAD, None, "PHÓ CHỦ TỊCH"),
                (SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
                (SignatureMode.BY_AUTHORITY, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
                (SignatureMode.ACTING, None, "CHỦ TỊCH"),
                (None, None, "CHỦ TỊCH"),
                (None, None, "GIÁM ĐỐC"),
            )
        )
    )
    return Signature(mode, body, role, name)


@st.composite
def _recipients(draw: st.DrawFn) -> tuple[Recipient, ...]:
    names = draw(
        st.lists(
            st.sampled_from(("Sở Nội vụ", "Thường trực Đảng ủy, HĐND xã", "Các tổ dân phố", "Như trên")),
            max_size=4,
            unique=True,
        )
    )
    return (*(Recipient(name, draw(st.sampled_from((None, "BC", "TH")))) for name in names), kinds.FILED)


@st.composite
def _appendices(draw: st.DrawFn) -> tuple[Appendix, ...]:
    count = draw(st.integers(0, 2))
    labels = (
        [None] * count
        if count == 0
        else ["Phụ lục"]
        if count == 1
        else [f"Phụ lục {roman(one)}" for one in range(1, count + 1)]
    )
    return tuple(
        Appendix(
            draw(st.sampled_from(_TITLES)).upper(),
            label,
            "(Kèm theo văn bản số 04/KH-UBND ngày 15 tháng 01 năm 2026 của Ủy ban nhân dân xã Bến Đò Mẫu)",
            (draw(_table()),),
            landscape=True,
        )
        for label in labels
    )


def documents() -> st.SearchStrategy[Document]:
    """Documents of every named kind."""
    return st.one_of(_usual(), _usual(), _usual(), regulations(), minutes())


@st.composite
def _usual(draw: st.DrawFn) -> Document:
    """A document with a head and a foot, with number, day and other parts sometimes not yet there."""
    kind = draw(st.sampled_from((*_ABBREVIATIONS, Kind.LETTER)))
    issuer = draw(st.sampled_from(_ISSUERS))
    body = "HĐND" if issuer is kinds.COUNCIL else "UBND"
    symbol = f"{_ABBREVIATIONS[kind]}-{body}" if kind in _ABBREVIATIONS else f"{body}-VHXH"
    day, month = draw(st.sampled_from(((4, 2), (15, 7), (None, 11), (30, 12))))
    subject = draw(st.sampled_from(_SUBJECTS))
    if kind is Kind.LETTER:
        subject = subject[0].lower() + subject[1:]
    period = find_period(subject)
    return Document(
        kind=kind,
        issuer=issuer,
        number=draw(st.none() | st.integers(1, 400).map(lambda number: f"{number:02d}")),
        symbol=symbol,
        place=draw(st.sampled_from(_PLACES)),
        date=PartialDate(day, month, draw(st.integers(2024, 2027))),
        subject=subject,
        period=str(period) if period else None,
        body=draw(_body(kind)),
        appendices=draw(_appendices()),
        signature=draw(_signature()),
        recipients=draw(st.one_of(_recipients(), st.just(()))),
    )
