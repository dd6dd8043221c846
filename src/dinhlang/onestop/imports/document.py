"""The difference report as an official document: what a file of the province changed, and where it differs, for a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Role,
    Run,
    Signature,
    Table,
)
from dinhlang.onestop import queries
from dinhlang.onestop.imports import report
from dinhlang.onestop.imports.report import Counted
from dinhlang.onestop.models import Finding, FindingKind, ImportRun
from dinhlang.onestop.slips.files import FORMS, SlipFile
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.vietnamese.numbers import printed

MOST_FINDINGS = 2000
"""More than these nobody reads on paper; the sheet (.xlsx) has all."""
_DECIDED = (FindingKind.CONTRADICTS, FindingKind.TWICE)
_BREAK = "\u200b"


@kept_in_vietnamese
def difference_file(run: ImportRun, form: str, *, on: date) -> SlipFile:
    """The report as 'pdf' or 'docx'."""
    made = document(run, on=on)
    data = write.pdf(made) if form == "pdf" else write.docx(made)
    return SlipFile(f"doi-chieu-{run.unit_id}-{run.pk}.{form}", FORMS[form], data)


def document(run: ImportRun, *, on: date) -> Document:
    """The report, in Vietnamese whoever asks for it."""
    title = org.title_of(run.unit, on)
    counter = queries.rules_on(run.unit, on)
    body = f"Ủy ban nhân dân {title}"
    found = list(run.findings.order_by("kind", "row", "pk")[: MOST_FINDINGS + 1])
    return Document(
        kind=Kind.REPORT,
        issuer=Issuer(name=counter.office if counter else body, parent=body if counter else None),
        symbol="BC",
        place=title.partition(" ")[2] or title,
        date=PartialDate(on.day, on.month, on.year),
        subject="Kết quả đối chiếu hồ sơ với hệ thống thông tin giải quyết thủ tục hành chính",
        body=tuple(_body(run)),
        signature=Signature(role="Người lập báo cáo"),
        appendices=(_appendix(run, found),) if found else (),
    )


def _body(run: ImportRun) -> Iterator[Block]:
    yield _said(
        f"Tệp “{run.name}” của hệ thống thông tin giải quyết thủ tục hành chính, số liệu đến ngày {run.as_of:%d/%m/%Y}, "
        f"được đối chiếu với sổ theo dõi hồ sơ của đơn vị. Tình trạng: {run.get_state_display().lower()}."
    )
    yield _heading("1", "Kết quả từng dòng của tệp")
    rows = [(name, _count(count)) for name, count in report.fates(run)]
    for name, key in (("Dòng không đọc được", "unread"), ("Dòng lặp lại y hệt", "doubled")):
        if run.counts.get(key):
            rows.append((name, _count(run.counts[key])))
    yield Table(("Kết quả", "Số hồ sơ"), tuple(rows) or (("Hồ sơ", "0"),), (120, 30))
    number = 2
    if totals := report.totals(run):
        yield _heading(str(number), "So với dòng tổng của hệ thống")
        yield Table(
            ("Số liệu", "Hệ thống ghi", "Đếm trong tệp", "Nhận xét"),
            tuple(
                (name, _count(theirs), _count(ours), "khớp" if agrees else "lệch")
                for name, theirs, ours, agrees in totals
            ),
            (70, 30, 30, 20),
        )
        number += 1
    if run.before and run.after:
        yield _heading(str(number), "Sổ theo dõi trước và sau khi nhập")
        yield _around("Trạng thái", report.by_state(run))
        yield _around("Lĩnh vực", report.by_field(run))
        number += 1
    yield _heading(str(number), "Những điều cần xem")
    kinds = [(one.label, run.counts[one]) for one in FindingKind if run.counts.get(one)]
    if not kinds:
        yield _said("Không có dòng nào trái với sổ, không có dòng nào không đọc được.")
    for label, count in kinds:
        yield Paragraph(Role.ITEM, (Run(f"{label}: {_count(count)};"),), level=1, number="-")
    if kinds:
        yield _said("Từng dòng ghi ở phụ lục.")


def _around(head: str, counted: Sequence[Counted]) -> Table:
    rows = tuple((one.name, _count(one.before), _count(one.after), _count(one.more)) for one in counted)
    return Table((head, "Trước", "Sau", "Thêm, bớt"), rows or (("—", "0", "0", "0"),), (80, 25, 25, 25))


def _appendix(run: ImportRun, found: Sequence[Finding]) -> Appendix:
    shown = found[:MOST_FINDINGS]
    note = "(Kèm theo Báo cáo kết quả đối chiếu hồ sơ)"
    blocks: list[Block] = [
        Table(
            ("STT", "Dòng", "Mã hồ sơ", "Loại", "Nội dung", "Quyết định"),
            tuple(_row(number, one) for number, one in enumerate(shown, start=1)),
            (12, 14, 48, 40, 100, 30),
        )
    ]
    if len(found) > len(shown):
        blocks.append(
            _said(f"Danh sách này in {_count(len(shown))} dòng đầu; tệp .xlsx của báo cáo có đủ mọi dòng.")
        )
    return Appendix(title="Những dòng cần xem khi đối chiếu", note=note, blocks=tuple(blocks), landscape=True)


def _row(number: int, one: Finding) -> tuple[str, ...]:
    decision = str(one.get_decision_display()) if one.kind in _DECIDED else "—"
    return (
        str(number),
        str(one.row or "—"),
        one.code.replace("-", f"-{_BREAK}") or "—",
        str(one.get_kind_display()),
        one.why,
        decision,
    )


def _count(count: int | None) -> str:
    return printed(count) if count is not None else "—"


def _heading(number: str, words: str) -> Paragraph:
    return Paragraph(Role.HEADING, (Run(words, bold=True),), level=2, number=number)


def _said(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))
