"""A draft takes its number and is closed for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.check import Severity
from dinhlang.officialdoc.model import Document, PartialDate, Signature
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.identifier import Period
from dinhlang.reports import queries, render, rules
from dinhlang.reports.actions.findings import found_in
from dinhlang.reports.consolidation import pinning
from dinhlang.reports.models import RegisterEntry, Report, ReportFigure
from dinhlang.reports.sources import ARCHIVE, CHILDREN
from dinhlang.work import blobs

Signer = Callable[[Report, bytes], bytes]


def issue_report(*, report: Report, on: date, by: Person | None, at: datetime) -> Report:
    """Issue a draft from the command line: the operator (`by=None`) may, people do it by approving (`approval`).

    Raises `rules.CannotIssue` (already issued, ledger changed since the draft, a date out of order) or `NotAllowed`.
    """
    if by is not None:
        raise NotAllowed(
            _(
                "Báo cáo phát hành khi người có thẩm quyền duyệt. Trình duyệt, rồi duyệt ở trang “Duyệt báo cáo”."
            )
        )
    with transaction.atomic():
        lock(report.unit)
        draft = Report.objects.select_related("unit").get(pk=report.pk)
        check_issuable(draft, on, at)
        return close(draft, on=on, by=by, at=at)


def check_issuable(report: Report, on: date, at: datetime) -> None:
    """Refuse a report that could not be issued on that day. Raises `rules.CannotIssue`."""
    _check_issuable(report, on, localdate(at))
    _check_nothing_grave(report, on, at)


def close(
    draft: Report,
    *,
    on: date,
    by: Person | None,
    at: datetime,
    signature: Signature | None = None,
    sign: Signer | None = None,
) -> Report:
    """Give the draft the next number of its kind and year and its date, make its files and close it for good.

    A part of the actions that issue: the lock, the checks and the transaction are theirs. Number, files, evidence and
    status are one transaction, so a report is a draft without a number, or issued with everything. `signature` is
    written where the draft has one; `sign` makes the signed PDF of the plain one.
    """
    number = _take_number(draft, on)
    draft.number, draft.issued_on = number, on
    draft.issued_at, draft.issued_by = at, by
    draft.document = codec.to_json(_numbered(draft, number, on, signature))
    _freeze_figures(draft)
    draft.status = Report.Status.ISSUED
    draft.docx = blobs.store(render.make_docx(draft), render.DOCX, at)
    plain = render.make_pdf(draft)
    draft.pdf = blobs.store(sign(draft, plain) if sign else plain, render.PDF, at)
    draft.save()
    RegisterEntry.objects.create(
        unit=draft.unit,
        year=on.year,
        kind=rules.kind_in(draft.symbol),
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
            _(
                "Báo cáo %(period)s đã phát hành với số %(name)s, không phát hành lại được. "
                "Sai sót sau phát hành thì lập báo cáo thay thế."
            )
            % {"period": period, "name": rules.printed_number_of(report.number or 0, report.symbol)}
        )
    _check_first_or_correction(report, period)
    rules.check_day(on, today, report.window_to)
    if not org.exists_on(report.unit, on):
        raise rules.CannotIssue(rules.no_longer_there(org.title_of(report.unit, on), report.unit.ends_on, on))
    manuscript = queries.manuscript_of(report)
    undecided = len(queries.draft_in(manuscript).conflicts) if manuscript else 0
    if undecided:
        raise rules.CannotIssue(
            _("Còn %(count)s đoạn có hai bản chưa chọn. Mở dự thảo, chọn bản giữ lại rồi phát hành.")
            % {"count": undecided}
        )
    pinned = pinning.consolidation_of(report)
    if pinned is not None and not pinning.says_what_it_covers(report, pinned):
        raise rules.CannotIssue(
            _("Báo cáo tổng hợp phải nêu đúng phạm vi: “%(sentence)s” Đưa câu này trở lại dự thảo.")
            % {"sentence": pinned.coverage}
        )
    changed = queries.drift(report)
    if changed:
        raise rules.CannotIssue(
            _("Sổ theo dõi đã thay đổi sau khi lập dự thảo (%(change)s). Lập lại dự thảo rồi phát hành.")
            % {"change": changed[0].sentence}
        )


def _check_nothing_grave(report: Report, on: date, at: datetime) -> None:
    """What a careful reader would send back is mended first, or left with a reason that is kept."""
    left = set(report.suppressions.values_list("rule", "quote"))
    grave = [
        one for one in found_in(report, at, on) if one.severity is Severity.ERROR and one.name not in left
    ]
    if grave:
        raise rules.CannotIssue(
            _(
                "Còn %(count)s điều phải sửa, trước hết: %(first)s "
                "Sửa trong dự thảo, hoặc bỏ qua và ghi lý do, rồi phát hành."
            )
            % {"count": len(grave), "first": grave[0].message}
        )


def _check_first_or_correction(report: Report, period: str) -> None:
    """A period has one report; another one is issued only to replace it, and says so."""
    before = (
        Report.objects.filter(
            unit=report.unit, programme=report.programme, period=report.period, status=Report.Status.ISSUED
        )
        .order_by("-pk")
        .first()
    )
    if before is not None and report.corrects_id != before.pk:
        raise rules.CannotIssue(
            _(
                "Kỳ %(period)s đã có báo cáo số %(name)s. Dự thảo này chỉ để đối chiếu; "
                "muốn thay báo cáo đã phát hành thì mở báo cáo đó và bấm “Lập báo cáo thay thế”."
            )
            % {"period": period, "name": rules.printed_number_of(before.number or 0, before.symbol)}
        )


def _take_number(report: Report, on: date) -> int:
    kind = rules.kind_in(report.symbol)
    last = RegisterEntry.objects.filter(unit=report.unit, year=on.year, kind=kind).order_by("-number").first()
    return rules.next_number(last.number if last else 0, last.issued_on if last else None, on)


def _numbered(report: Report, number: int, on: date, signature: Signature | None) -> Document:
    document = render.document_of(report)
    return replace(
        document,
        number=f"{number:02d}",
        date=PartialDate(on.day, on.month, on.year),
        signature=signature or document.signature,
    )


def _freeze_figures(report: Report) -> None:
    figures = list(report.figures.select_related("report__unit", "report__plan").order_by("pk"))
    kept: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for figure in figures:
        figure.is_final = True
        if figure.origin in {ARCHIVE, CHILDREN}:  # keeps the quote it was drafted with; see `pinning.freeze`
            continue
        key = (figure.concept, figure.origin, figure.window_from, figure.window_to)
        if key not in kept:
            lines = queries.lines_behind(figure).order_by("pk").values_list("pk", "line_hash")
            kept[key] = [{"id": pk, "hash": line_hash} for pk, line_hash in lines]
        figure.evidence = kept[key]
    pinning.freeze(report, figures)
    ReportFigure.objects.bulk_update(figures, ["evidence", "is_final"], batch_size=50)
