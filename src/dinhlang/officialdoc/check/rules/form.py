"""The form of a document's symbol, subject, signature and file copy (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import of_kind
from dinhlang.officialdoc.check.pieces import HEAD_LINES, Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.model import (
    Issuer,
    Kind,
    Recipient,
    Signature,
    SignatureMode,
)
from dinhlang.officialdoc.read.words import SYMBOLS, fold
from dinhlang.vietnamese.text import house_style

_PART_I = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II"
# These a commune's committee issues as a body; decisions and letters may be its chairman's own.
_COLLECTIVE = (Kind.REPORT, Kind.PLAN, Kind.SUBMISSION, Kind.PROGRAMME)
_KIND_NAMES = {
    Kind.REPORT: "Báo cáo",
    Kind.PLAN: "Kế hoạch",
    Kind.DECISION: "Quyết định",
    Kind.NOTICE: "Thông báo",
    Kind.SUBMISSION: "Tờ trình",
    Kind.RESOLUTION: "Nghị quyết",
    Kind.DIRECTIVE: "Chỉ thị",
    Kind.GUIDANCE: "Hướng dẫn",
    Kind.PROGRAMME: "Chương trình",
    Kind.REGULATION: "Quy chế",
    Kind.MINUTES: "Biên bản",
}


def _signature(case: Case, field: str) -> Piece | None:
    return next((one for one in case.of(Part.SIGNATURE) if one.path[1] == field), None)


@rule(
    "DL108",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Văn bản của Ủy ban nhân dân ký không có “TM.”",
    needs=of_kind(*_COLLECTIVE),
    basis=f"{_PART_I}.7",
    bad=[said("Đã làm.", signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu"))],
    good=[
        said("Đã làm."),
        filed(f"{HEAD}Xã đã làm.{FOOT.replace('ỦY BAN NHÂN DÂN', 'Ủy ban nhân dân')}"),
        said("Đã làm.", kind=Kind.DECISION, signature=Signature(None, None, "CHỦ TỊCH", "Trần Văn Mẫu")),
        said(
            "Đã làm.",
            issuer=Issuer("PHÒNG KINH TẾ", parent="UBND XÃ BẾN MẪU"),
            signature=Signature(None, None, "TRƯỞNG PHÒNG", "Lê Thị Thử"),
        ),
    ],
)
def not_on_behalf(case: Case) -> Iterator[Hit]:
    """The committee works as a body: its chairman signs on its behalf."""
    signature, role = case.document.signature, _signature(case, "role")
    if signature is None or role is None or case.document.kind not in _COLLECTIVE or not _is_committee(case):
        return
    if (
        signature.mode in (None, SignatureMode.FOR_HEAD)
        and not signature.on_behalf_of
        and "chu tich" in role.folded
        and not _prints(case, "tm")
    ):
        yield Hit(
            role,
            0,
            len(role.text),
            "Thiếu dòng “TM. ỦY BAN NHÂN DÂN” trên chức vụ người ký: Ủy ban nhân dân làm việc theo chế độ tập thể.",
        )


def _prints(case: Case, mark: str) -> bool:
    """Whether the file has 'TM.' or 'KT.' somewhere, in a form the reader did not take for a signature."""
    return case.source is not None and any(re.search(rf"\b{mark}\s*\.", line.folded) for line in case.lines)


def _is_committee(case: Case) -> bool:
    name = fold(case.document.issuer.name or "") if case.document.issuer else ""
    return name.startswith(("uy ban nhan dan", "ubnd"))


_DEPUTY = re.compile(
    r"^\s*(?:pho|thu truong)\b|\bpho (?:giam doc|chu tich|truong phong|chanh van phong|truong ban)\b"
)


@rule(
    "DL109",
    FindingKind.SIGNATURE_FORM,
    Severity.WARNING,
    "Cấp phó ký không có “KT.”, hoặc “KT.” mà không phải cấp phó",
    basis=f"{_PART_I}.7",
    bad=[
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Lê Thị Thử"),
        ),
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Thử"),
        ),
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", None, "Lê Thị Thử"),
        ),
    ],
    good=[
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Lê Thị Thử"),
        )
    ],
)
def deputy_for_head(case: Case) -> Iterator[Hit]:
    """A deputy signs in the head's stead."""
    signature, role = case.document.signature, _signature(case, "role")
    if signature is not None and signature.mode is SignatureMode.FOR_HEAD and not signature.role:
        name = _signature(case, "name")
        if name is not None and name.text:
            message = "Có “KT.” nhưng thiếu chức vụ của người ký thay (ví dụ PHÓ CHỦ TỊCH): bổ sung, hoặc bỏ “KT.” nếu người đứng đầu ký."
            yield Hit(name, 0, len(name.text), message)
    if signature is None or role is None:
        return
    is_deputy = bool(_DEPUTY.search(role.folded))
    if is_deputy and signature.mode in (None, SignatureMode.FOR_BODY) and not _prints(case, "kt"):
        yield Hit(
            role,
            0,
            len(role.text),
            "Cấp phó ký thay phải có dòng “KT.” và chức vụ của người đứng đầu ở trên.",
        )
    elif signature.mode is SignatureMode.FOR_HEAD and role.folded.strip() and not is_deputy:
        yield Hit(
            role, 0, len(role.text), "“KT.” chỉ dùng khi cấp phó ký thay: bỏ “KT.” hoặc sửa chức vụ người ký."
        )


@rule(
    "DL110",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Chức vụ người ký không viết in hoa",
    basis=f"{_PART_I}.7",
    bad=[
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "Chủ tịch", "Trần Văn Mẫu"),
        )
    ],
    good=[said("Đã làm.")],
)
def role_in_small_letters(case: Case) -> Iterator[Hit]:
    """'CHỦ TỊCH', not 'Chủ tịch'."""
    role = _signature(case, "role")
    if role is not None and role.text.upper() != role.text and len(role.text) < 60:
        start = len(role.text) - len(role.text.lstrip())
        end = len(role.text.rstrip())
        yield Hit(role, start, end, "Chức vụ người ký viết bằng chữ in hoa.", role.text[start:end].upper())


_FILED = re.compile(r"luu\s*:?")


@rule(
    "DL111",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Dòng “Lưu” không có VT (văn thư), hoặc không có dòng “Lưu”",
    basis=f"{_PART_I}.9",
    bad=[
        said("Đã làm.", recipients=(Recipient("Sở Nội vụ", "BC"), Recipient("Lưu: VP"))),
        said("Đã làm.", recipients=(Recipient("Sở Nội vụ", "BC"),)),
    ],
    good=[
        said("Đã làm."),
        said("Đã làm.", recipients=(Recipient("Lưu: VT, VHXH"),)),
        said("Đã làm.", recipients=()),
    ],
)
def not_filed(case: Case) -> Iterator[Hit]:
    """One copy stays with the clerk."""
    recipients = case.of(Part.RECIPIENT)
    filed_lines = [one for one in recipients if _FILED.match(one.folded.lstrip(" -"))]
    if recipients and not filed_lines:
        last = recipients[-1]
        yield Hit(last, 0, len(last.text), "Nơi nhận thiếu dòng lưu: thêm “Lưu: VT, …” ở cuối.")
    for piece in filed_lines:
        if re.search(r"\bvt\b|van thu", piece.folded):
            continue
        found = _FILED.search(piece.folded)
        start, end = (found.start(), found.end()) if found else (0, len(piece.text))
        rest = piece.text[end:].strip(" .;")
        fix = f"Lưu: VT, {rest}" if rest else "Lưu: VT"
        stop = len(piece.text.rstrip(" .;"))
        yield Hit(piece, start, max(stop, end), "Dòng “Lưu” phải có VT (văn thư).", fix)


@rule(
    "DL116",
    FindingKind.SYMBOL_FORM,
    Severity.WARNING,
    "Ký hiệu không đúng với loại văn bản",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục III",
    bad=[
        said("Đã làm.", symbol="KH-UBND"),
        said("Đã làm.", symbol="CV-UBND", kind=Kind.LETTER),
        said("Đã làm.", symbol="BC/UBND"),
    ],
    good=[
        said("Đã làm."),
        said("Đã làm.", symbol="UBND-VHXH", kind=Kind.LETTER),
        said("Đã làm.", symbol="TTr-UBND", kind=Kind.SUBMISSION),
    ],
)
def symbol_of_other_kind(case: Case) -> Iterator[Lack]:
    """'BÁO CÁO' under '…/KH-UBND' was copied; letters have no abbreviation; '-' before '/' is the Party's form."""
    symbol, kind = (case.document.symbol or "").strip(), case.document.kind
    first = re.split(r"[-/]", symbol)[0].strip().upper()
    named = SYMBOLS.get(first)
    message = None
    if kind is Kind.LETTER and first == "CV":
        message = "Công văn không có chữ viết tắt tên loại: bỏ “CV-” ở ký hiệu."
    elif (
        named is not None
        and kind in _KIND_NAMES
        and named is not kind
        and (first, kind) != ("QC", Kind.DECISION)
    ):
        message = f"Ký hiệu “{symbol}” là của {_KIND_NAMES[named].lower()}, văn bản này là {_KIND_NAMES[kind].lower()}: sửa ký hiệu hoặc tên loại."
    elif re.fullmatch(r"[A-ZĐ]{2,3}\s*/\s*(?:UBND|HĐND)", symbol):
        message = "Ký hiệu viết theo kiểu “số/tên loại-cơ quan”, ví dụ 12/BC-UBND; dấu “-” trước dấu “/” là của văn bản Đảng."
    if message is not None:
        line, within = _printed(symbol, case)
        yield Lack(("symbol",), message, line, within)


def _printed(symbol: str, case: Case) -> tuple[Piece | None, tuple[int, int] | None]:
    """The line of the head with the symbol, and where in it."""
    for line in case.head_lines:
        at = line.text.replace(" ", "\0").find(symbol) if symbol not in line.text else line.text.find(symbol)
        if at >= 0:
            return line, (at, at + len(symbol))
    return None, None


@rule(
    "DL117",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Trích yếu có dấu chấm ở cuối",
    basis=f"{_PART_I}.5",
    bad=[
        said("Đã làm.", subject="Kết quả tuyên truyền năm 2023."),
        filed(HEAD.replace("Kết quả năm 2023", "Kết quả tuyên truyền năm 2023.") + "Xã đã làm." + FOOT),
    ],
    good=[said("Đã làm."), filed(HEAD + "Xã đã làm." + FOOT)],
)
def stop_after_subject(case: Case) -> Iterator[Hit]:
    """A title is no sentence."""
    message = "Trích yếu không có dấu chấm ở cuối."
    for piece in case.of(Part.SUBJECT):
        text = piece.text.rstrip()
        if text.endswith(".") and not text.endswith(".."):
            start = text.rfind(" ") + 1
            yield Hit(piece, start, len(text), message, text[start:-1])
            return
        head = case.source.lines[:HEAD_LINES] if case.source else ()
        words = text.split()
        if not any(_ends_with(line.text[:-1], words) for line in head if line.text.endswith(".")):
            continue
        span = piece.span(max(0, len(text) - 1), len(text))
        if span is None:
            continue
        line = case.lines[span.end_line - 1]
        if line.text[span.end_column - 1 :].strip() == ".":
            start = line.text.rfind(" ", 0, span.end_column - 1) + 1
            yield Hit(line, start, len(line.text.rstrip()), message, line.text[start : span.end_column - 1])


def _ends_with(line: str, wanted: Sequence[str]) -> bool:
    """Whether the words may end this line: a look that is quicker than to find the text."""
    end = line.rstrip()
    if not end.endswith(wanted[-1][-3:]):
        return not end
    before = line.rsplit(maxsplit=_SURELY_OF_TEXT + 1)
    if len(before) > _SURELY_OF_TEXT and len(wanted) > _LAST_WORDS:
        # The first words of a line may be marks, these are not.
        return before[-_LAST_WORDS:] == wanted[-_LAST_WORDS:]
    return True


_SURELY_OF_TEXT, _LAST_WORDS = 8, 3


_ABOUT = re.compile(r"^\s*(?P<all>V\s*/\s*v:?\s*)", re.IGNORECASE)


@rule(
    "DL131",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "“V/v” ở trích yếu của văn bản có tên loại",
    basis=f"{_PART_I}.5",
    bad=[
        said("Đã làm.", subject="V/v kết quả tuyên truyền năm 2023"),
        filed(HEAD.replace("Kết quả", "V/v kết quả") + "Xã đã làm." + FOOT),
    ],
    good=[
        said("Đã làm."),
        said("Đã làm.", subject="V/v cung cấp số liệu", kind=Kind.LETTER, symbol="UBND-VP"),
    ],
)
def about_under_title(case: Case) -> Iterator[Hit]:
    """'V/v' belongs to letters, which have no title of their kind."""
    if case.document.kind in (Kind.LETTER, Kind.OTHER):
        return
    message = "“V/v” chỉ dùng trong công văn: dưới tên loại viết thẳng trích yếu, hoặc “Về việc …”."
    for piece in (*case.of(Part.SUBJECT), *case.head_lines):
        found = _ABOUT.match(piece.text)
        if found and (span := piece.span(*found.span("all"))) and case.source:
            yield Hit(case.lines[span.line - 1], span.column - 1, span.end_column - 1, message)
            return
        if found:
            yield Hit(piece, *found.span("all"), message)
            return


_ARTICLE = re.compile(r"^\W*nhu\s+(?P<all>dieu\s+(?P<number>\d{1,3}))")
_WITHOUT_ARTICLES = (Kind.NOTICE, Kind.REPORT, Kind.PLAN, Kind.LETTER)
_SECTION = re.compile(
    r"\b(?:[Tt]ại|ở|nêu tại|theo)\s+(?P<all>[Mm]ục\s+(?P<number>[IVX]{1,5}))\b(?!\s*(?:của|Nghị|Kế hoạch))"
)


@rule(
    "DL132",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Nơi nhận “Như Điều …” mà văn bản không có điều đó",
    basis=f"{_PART_I}.9",
    bad=[
        said(
            "Điều 1. Công nhận kết quả.\nĐiều 2. Các phòng thi hành.",
            kind=Kind.DECISION,
            recipients=(Recipient("Như Điều 4"), Recipient("Lưu: VT")),
        ),
        said(
            "Thủ tục mới được niêm yết từ ngày 15/3/2023.",
            kind=Kind.NOTICE,
            recipients=(Recipient("Như Điều 3"), Recipient("Lưu: VT")),
        ),
        said(
            "I. MỤC ĐÍCH\nNâng cao nhận thức.\nII. TỔ CHỨC THỰC HIỆN\nCác đơn vị thực hiện.",
            kind=Kind.PLAN,
            recipients=(Recipient("Các đơn vị tại Mục IV"), Recipient("Lưu: VT")),
        ),
    ],
    good=[
        said(
            "Điều 1. Công nhận kết quả.\nĐiều 2. Các phòng thi hành.",
            kind=Kind.DECISION,
            recipients=(Recipient("Như Điều 2"), Recipient("Lưu: VT")),
        )
    ],
)
def sent_by_missing_article(case: Case) -> Iterator[Hit]:
    """Who carries out a decision stands in one of its own articles."""
    numbers = {
        number.removeprefix("Điều ")
        for piece in case.main
        if (number := piece.number or "").startswith("Điều ")
    }
    sections = {piece.number for piece in case.headings}
    for piece in case.of(Part.RECIPIENT):
        section = _SECTION.search(piece.text)
        if section and len(sections) > 1 and section["number"] not in sections:
            yield Hit(
                piece, *section.span("all"), f"Văn bản không có Mục {section['number']}: sửa lại số mục."
            )
        found = _ARTICLE.match(piece.folded)
        if found and not numbers and case.document.kind in _WITHOUT_ARTICLES:
            yield Hit(
                piece, *found.span("all"), "Văn bản không chia thành điều: sửa lại, thường là “Như trên”."
            )
        if found and numbers and found["number"] not in numbers:
            last = max((one for one in numbers if one.isdecimal()), key=int, default=None)
            yield Hit(
                piece,
                *found.span("all"),
                f"Văn bản không có Điều {found['number']}: sửa lại số điều ở nơi nhận"
                + (f" (điều cuối là Điều {last})." if last else "."),
            )


_TITLES = {
    fold(name): name
    for name in (
        "BÁO CÁO",
        "KẾ HOẠCH",
        "QUYẾT ĐỊNH",
        "THÔNG BÁO",
        "TỜ TRÌNH",
        "NGHỊ QUYẾT",
        "CHỈ THỊ",
        "HƯỚNG DẪN",
        "CHƯƠNG TRÌNH",
        "QUY CHẾ",
        "BIÊN BẢN",
    )
}
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


@rule(
    "DL133",
    FindingKind.SPELLING,
    Severity.ERROR,
    "Quốc hiệu, Tiêu ngữ hoặc tên loại văn bản viết sai",
    basis=f"{_PART_I}.1, II.5",
    bad=[
        filed(HEAD.replace("BÁO CÁO", "BÁO CAO") + "Xã đã làm." + FOOT),
        filed(HEAD.replace("Hạnh phúc", "Hạnh Phúc") + "Xã đã làm." + FOOT),
        filed(HEAD.replace("CHỦ NGHĨA", "CHỦ NGHIÃ") + "Xã đã làm." + FOOT),
    ],
    good=[
        filed(HEAD + "Xã đã làm." + FOOT),
        filed(HEAD.replace("HÒA", "HOÀ") + "Xã đã làm." + FOOT),
        filed(
            HEAD.replace("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc") + "Xã đã làm." + FOOT
        ),
    ],
)
def head_misspelled(case: Case) -> Iterator[Hit]:
    """The words that stand on every document."""
    for line in case.head_lines:
        is_upper = line.text.isupper()
        right = _TITLES.get(" ".join(line.folded.split())) if is_upper else None
        if right is not None and " ".join(line.text.split()) != right:
            start = len(line.text) - len(line.text.lstrip())
            yield Hit(line, start, len(line.text.rstrip()), f"Tên loại văn bản viết sai: “{right}”.", right)
        for wanted, spaced in _ON_EVERY:
            if found := spaced.search(line.folded):
                yield from _misspelled(line, wanted, found)


def _spaced(wanted: str) -> re.Pattern[str]:
    """The words folded, with any spaces between them."""
    words = r"\s+".join(re.escape(word) for word in fold(wanted).split())
    return re.compile(words.replace(r"\s+\-\s+", r"\s*-\s*"))


_ON_EVERY = tuple((wanted, _spaced(wanted)) for wanted in (_NATION, _MOTTO))


def _misspelled(line: Piece, wanted: str, found: re.Match[str]) -> Iterator[Hit]:
    quote = line.text[found.start() : found.end()]
    if wanted.isupper() and not quote.isupper():
        # In a sentence the name of the country is written otherwise.
        return
    same = house_style(" ".join(quote.split())).replace("HOÀ", "HÒA").replace("–", "-").replace("—", "-")
    if same != wanted and re.sub(r"\s*-\s*", " - ", same) != wanted:
        yield Hit(line, found.start(), found.end(), f"Viết đúng: “{wanted}”.", wanted)


RULES = (
    not_on_behalf,
    deputy_for_head,
    role_in_small_letters,
    not_filed,
    symbol_of_other_kind,
    stop_after_subject,
    about_under_title,
    sent_by_missing_article,
    head_misspelled,
)
