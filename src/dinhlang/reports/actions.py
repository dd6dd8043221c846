"""What can happen to a report: its outline is kept, it is drafted, it is issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import (
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Signature,
    SignatureMode,
    Statement,
)
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports import outline, queries, render, rules, samples
from dinhlang.reports.drafting import Drafting, Missing, plan_of
from dinhlang.reports.models import Outline, RegisterEntry, Report, ReportFigure
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.sources import ARCHIVE, Sources, Stated
from dinhlang.reports.words import unit_words
from dinhlang.vietnamese.text import fold
from dinhlang.work import blobs
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Plan

SYMBOL = "BC-UBND"


# --- the outline ----------------------------------------------------------------------------------


@transaction.atomic
def save_outline(
    *, unit: Unit, text: str, by: Person | None, at: datetime, programme: str = PROGRAMME
) -> Outline:
    """Keep a new version of the unit's outline; the versions before stay, since reports were drafted with them.

    Raises `outline.OutlineError`, which names the line, or `NotAllowed`.
    """
    check_can(by, "outline.edit", unit, localdate(at))
    text = "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"
    outline.check(text, (samples.full, samples.bare), tuple(CONCEPTS))
    _lock(unit)
    last = queries.outline_of(unit, programme)
    if last is not None and last.text == text:
        return last
    kept = Outline.objects.create(
        unit=unit,
        programme=programme,
        version=last.version + 1 if last else 1,
        text=text,
        created_at=at,
        created_by=by,
    )
    audit(by=by, at=at, action="outline.edit", target=kept, unit=unit, detail={"version": kept.version})
    return kept


def _outline_in_use(unit: Unit, programme: str, at: datetime) -> Outline:
    own = queries.outline_of(unit, programme)
    if own is not None:
        return own
    shipped = queries.default_outline()
    last = Outline.objects.filter(unit=None, programme=programme).order_by("-version").first()
    if last is not None and last.text == shipped:
        return last
    version = last.version + 1 if last else 1
    kept, _ = Outline.objects.get_or_create(
        unit=None, programme=programme, version=version, defaults={"text": shipped, "created_at": at}
    )
    return kept


# --- drafting -------------------------------------------------------------------------------------


@transaction.atomic
def draft_report(
    *,
    unit: Unit,
    period: Period,
    by: Person | None,
    at: datetime,
    plan: Plan | None = None,
    regime: str = "nd09",
    programme: str = PROGRAMME,
) -> Report:
    """Write the report of a period from the ledger, the plan of the year and the outline; an earlier draft is replaced.

    Without a plan the report is drafted all the same and says in `missing` that it lacks one; so it does for
    every figure without evidence. Raises `rules.NoWindow`, `outline.OutlineError` or `NotAllowed`.
    """
    today = localdate(at)
    check_can(by, "report.draft", unit, today)
    _lock(unit)
    plan = plan or plan_of(unit, period.year, programme)
    sources = _sources(unit, period, regime, today, plan)
    marks = outline.Marks()
    # A unit that is no more reports as it was: its names, its chair and its recipient are those of its time.
    on = today if org.exists_on(unit, today) else sources.window.end
    drafting = Drafting(unit, sources, on, marks)
    used = _outline_in_use(unit, programme, at)
    rendered = outline.render(used.text, drafting.context(), marks)
    report = Report.objects.filter(unit=unit, programme=programme, period=str(period), status="draft").first()
    report = report or Report(unit=unit, programme=programme, period=str(period))
    report.plan, report.outline, report.regime = plan, used, regime
    report.window_from, report.window_to = sources.window.start, sources.window.end
    report.subject, report.symbol = rendered.subject, SYMBOL
    report.document = codec.to_json(_document(rendered, unit, period, sources.window, on))
    report.missing = [asdict(one) for one in _missing(drafting, rendered, today)]
    report.drafted_at, report.drafted_by = at, by
    report.save()
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(_figures(report, rendered, drafting.placed))
    audit(
        by=by,
        at=at,
        action="report.draft",
        target=report,
        unit=unit,
        detail={"period": str(period), "missing": len(report.missing)},
    )
    return report


def _sources(unit: Unit, period: Period, regime: str, today: date, plan: Plan | None) -> Sources:
    try:
        rule = regimes.get(regime, on=period.calendar_window().end)
        full = rule.window(period)
    except regimes.UnknownRegime as error:
        raise rules.NoWindow(str(error)) from None
    life = full.clipped(unit.starts_on, unit.ends_on)
    who = org.title_of(unit, full.end)
    window = rules.window_to_report(full, life, today, who[:1].upper() + who[1:], period)
    return Sources(unit, rule, period, window, plan)


def _missing(drafting: Drafting, rendered: outline.Rendered, today: date) -> list[Missing]:
    found = list(drafting.missing)
    sources = drafting.sources
    full = sources.regime.window(sources.period)
    if sources.window.end < full.end and sources.window.end == today:
        found.insert(
            0,
            Missing(
                f"Kỳ chưa kết thúc: số liệu mới tính đến {numeric_date(sources.window.end)}, "
                f"hạn chốt là {numeric_date(full.end)}. Lập lại dự thảo sau ngày chốt."
            ),
        )
    found += [
        Missing(f"Mục “{title}” chưa có nội dung nên không in. Ghi vào đề cương nếu có.")
        for title in rendered.empty
    ]
    return found


def _document(rendered: outline.Rendered, unit: Unit, period: Period, window: Window, on: date) -> Document:
    words = unit_words(unit, window.end)
    return Document(
        kind=Kind.REPORT,
        issuer=Issuer(words.body, words.kind or None, words.name),
        symbol=SYMBOL,
        place=rendered.place or None,
        date=PartialDate(None, on.month, on.year),
        subject=rendered.subject,
        period=str(period),
        body=rendered.blocks,
        proposals=_statements(rendered, "de xuat", "kien nghi"),
        directions=_statements(rendered, "phuong huong"),
        signature=_signature(rendered.signature),
        recipients=tuple(_recipient(line) for line in rendered.recipients),
    )


def _statements(rendered: outline.Rendered, *named: str) -> tuple[Statement, ...]:
    """The items under the first-level heading of that name."""
    found: list[Statement] = []
    inside = False
    for block in rendered.blocks:
        if not isinstance(block, Paragraph):
            continue
        if block.role is Role.HEADING and block.level == 1:
            inside = any(word in fold(block.text) for word in named)
        elif inside and block.role is Role.ITEM:
            found.append(Statement(block.text))
    return tuple(found)


_MODES = {
    "TM.": SignatureMode.FOR_BODY,
    "KT.": SignatureMode.FOR_HEAD,
    "TL.": SignatureMode.BY_ORDER,
    "TUQ.": SignatureMode.BY_AUTHORITY,
    "Q.": SignatureMode.ACTING,
}


def _signature(lines: tuple[str, ...]) -> Signature | None:
    """'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', and the name when there is one: the only line not in capitals."""
    name = lines[-1] if lines and not lines[-1].isupper() else None
    above = lines[:-1] if name else lines
    if not above:
        return None
    mark, _, body = above[0].partition(" ")
    if mark not in _MODES:
        return Signature(None, None, "\n".join(above), name)
    roles = "\n".join(above[1:]) or None
    return Signature(_MODES[mark], body.strip() or None, roles, name)


def _recipient(line: str) -> Recipient:
    text = line.rstrip(" ;.")
    if text.endswith(")") and " (" in text:
        name, _, purpose = text[:-1].rpartition(" (")
        return Recipient(name, purpose)
    return Recipient(text)


def _figures(report: Report, rendered: outline.Rendered, placed: Mapping[str, Stated]) -> list[ReportFigure]:
    """A row for each figure that stands in the document, in its order."""
    in_text = [
        run.fact
        for block in rendered.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if run.fact is not None
    ]
    return [
        _figure(report, anchor, placed[anchor], rendered.cells.get(anchor))
        for anchor in (*in_text, *rendered.cells)
    ]


def _figure(report: Report, anchor: str, stated: Stated, cell: outline.Cell | None) -> ReportFigure:
    return ReportFigure(
        report=report,
        anchor=anchor,
        concept=stated.concept,
        window_from=stated.window.start,
        window_to=stated.window.end,
        value=None if stated.value is None else Decimal(str(stated.value)),
        numerator=stated.numerator,
        denominator=stated.denominator,
        exactness=stated.exactness,
        printed=stated.printed,
        origin=stated.origin,
        lines=stated.lines,
        digest=stated.digest,
        evidence=[asdict(stated.quote)] if stated.quote else [],
        cell=[cell.table, cell.row, cell.column] if cell else None,
    )


# --- issuing --------------------------------------------------------------------------------------


def issue_report(*, report: Report, on: date, by: Person | None, at: datetime) -> Report:
    """Give the draft the next number of the unit's register and its date, make its files and close it for good.

    Number, files, evidence and status are one transaction: a report is a draft without a number, or issued with
    everything. Raises `rules.CannotIssue` (already issued, ledger changed since the draft, a date out of order)
    or `NotAllowed`.
    """
    with transaction.atomic():
        check_can(by, "report.issue", report.unit, localdate(at))
        _lock(report.unit)
        draft = Report.objects.select_related("unit").get(pk=report.pk)
        _check_issuable(draft, on, localdate(at))
        number = _take_number(draft, on)
        draft.number, draft.issued_on = number, on
        draft.issued_at, draft.issued_by = at, by
        draft.document = codec.to_json(_numbered(draft, number, on))
        _freeze_figures(draft)
        draft.status = Report.Status.ISSUED
        draft.docx = blobs.store(render.make_docx(draft), render.DOCX, at)
        draft.pdf = blobs.store(render.make_pdf(draft), render.PDF, at)
        draft.save()
        RegisterEntry.objects.create(
            unit=draft.unit,
            year=on.year,
            number=number,
            symbol=draft.symbol,
            issued_on=on,
            subject=draft.subject,
            report=draft,
            entered_at=at,
        )
        audit(
            by=by,
            at=at,
            action="report.issue",
            target=draft,
            unit=draft.unit,
            detail={"number": number, "symbol": draft.symbol, "on": on.isoformat(), "docx": draft.docx_id},
        )
    return draft


def _check_issuable(report: Report, on: date, today: date) -> None:
    period = Period.parse(report.period).label
    if report.status == Report.Status.ISSUED:
        raise rules.CannotIssue(
            f"Báo cáo {period} đã phát hành với số {report.number:02d}/{report.symbol}, không phát hành lại được. "
            "Sai sót sau phát hành được đính chính bằng công văn."
        )
    before = Report.objects.filter(
        unit=report.unit, programme=report.programme, period=report.period, status=Report.Status.ISSUED
    ).first()
    if before is not None:
        raise rules.CannotIssue(
            f"Kỳ {period} đã có báo cáo số {before.number:02d}/{before.symbol}. "
            "Sai sót sau phát hành được đính chính bằng công văn; dự thảo này chỉ để đối chiếu."
        )
    rules.check_day(on, today, report.window_to)
    if not org.exists_on(report.unit, on):
        raise rules.CannotIssue(rules.no_longer_there(org.title_of(report.unit, on), report.unit.ends_on, on))
    changed = queries.drift(report)
    if changed:
        raise rules.CannotIssue(
            f"Sổ theo dõi đã thay đổi sau khi lập dự thảo ({changed[0].sentence}). "
            "Lập lại dự thảo rồi phát hành."
        )


def _take_number(report: Report, on: date) -> int:
    last = RegisterEntry.objects.filter(unit=report.unit, year=on.year).order_by("-number").first()
    return rules.next_number(last.number if last else 0, last.issued_on if last else None, on)


def _numbered(report: Report, number: int, on: date) -> Document:
    return replace(
        render.document_of(report), number=f"{number:02d}", date=PartialDate(on.day, on.month, on.year)
    )


def _freeze_figures(report: Report) -> None:
    figures = list(report.figures.select_related("report__unit", "report__plan").order_by("pk"))
    kept: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for figure in figures:
        figure.is_final = True
        if figure.origin == ARCHIVE:  # keeps the quote it was drafted with
            continue
        key = (figure.concept, figure.origin, figure.window_from, figure.window_to)
        if key not in kept:
            lines = queries.lines_behind(figure).order_by("pk").values_list("pk", "line_hash")
            kept[key] = [{"id": pk, "hash": line_hash} for pk, line_hash in lines]
        figure.evidence = kept[key]
    ReportFigure.objects.bulk_update(figures, ["evidence", "is_final"], batch_size=50)


def _lock(unit: Unit) -> None:
    """One writer of this unit's reports and register at a time."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


# --- the demonstration ----------------------------------------------------------------------------

_DEMO_UNIT = "ben-truc"


def load_demo(*, at: datetime) -> None:
    """Give the fictional commune its reports of the year so far, once: the half year issued, nine months drafted."""
    unit = Unit.objects.get(pk=_DEMO_UNIT)
    today = localdate(at)
    if Report.objects.filter(unit=unit).exists():
        return
    half, nine_months = Period.parse(f"{today.year}-H1"), Period.parse(f"{today.year}-9M")
    issue_day = date(today.year, 6, 16)
    with transaction.atomic():
        if today >= issue_day:
            issue_report(
                report=draft_report(unit=unit, period=half, by=None, at=at), on=issue_day, by=None, at=at
            )
        if today >= date(today.year, 9, 15):
            draft_report(unit=unit, period=nine_months, by=None, at=at)
