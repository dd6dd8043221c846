"""A finding that a person decides to leave, with the reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Refused
from dinhlang.periods.window import Window
from dinhlang.reports import editing, findings, queries, render, rules
from dinhlang.reports.actions.writing import edit_piece
from dinhlang.reports.catalogue import printed
from dinhlang.reports.models import Manuscript, Report, Suppression
from dinhlang.reports.passages import Text
from dinhlang.vietnamese.text import one_line

_SHORTEST_REASON = 5


@transaction.atomic
def suppress_finding(
    *, report: Report, rule: str, quote: str, reason: str, by: Person | None, at: datetime
) -> Suppression:
    """Leave a finding of a draft as it is. Raises `Refused` without a reason or for what was not found,
    `rules.NotADraft` or `NotAllowed`."""
    check_can(by, "report.draft", report.unit, localdate(at))
    _check_draft(report)
    reason = one_line(reason)
    if len(reason) < _SHORTEST_REASON:
        raise Refused(
            _("Chưa ghi lý do bỏ qua. Ghi ngắn gọn vì sao để nguyên được, ví dụ “tên riêng của đề án”.")
        )
    found = next((one for one in found_in(report, at) if one.name == (rule, quote[:300])), None)
    if found is None:
        raise Refused(_("Điều này không còn trong dự thảo. Tải lại trang để xem danh sách mới."))
    kept, is_new = Suppression.objects.get_or_create(
        report=report,
        rule=found.rule,
        quote=found.quote[:300],
        defaults={"message": found.message[:500], "reason": reason[:300], "at": at, "by": by},
    )
    if is_new:
        audit(
            by=by,
            at=at,
            action="report.suppress",
            target=report,
            unit=report.unit,
            detail={"rule": kept.rule, "quote": kept.quote, "reason": kept.reason},
        )
    return kept


@transaction.atomic
def unsuppress_finding(*, suppression: Suppression, by: Person | None, at: datetime) -> None:
    """Tell a finding again. Raises `rules.NotADraft` or `NotAllowed`."""
    report = suppression.report
    check_can(by, "report.draft", report.unit, localdate(at))
    _check_draft(report)
    audit(
        by=by,
        at=at,
        action="report.unsuppress",
        target=report,
        unit=report.unit,
        detail={"rule": suppression.rule, "quote": suppression.quote},
    )
    suppression.delete()


def mend_piece(
    *, report: Report, rule: str, quote: str, key: str, by: Person | None, at: datetime
) -> Manuscript:
    """Put what a finding proposes in the place of what it quotes. The finding is looked up again, so that only what
    the checker proposes is put in. Raises `Refused`, `rules.NotADraft` or `NotAllowed`."""
    check_can(by, "report.draft", report.unit, localdate(at))
    manuscript = queries.manuscript_of(report)
    piece = queries.draft_in(manuscript).find(key) if manuscript else None
    wanted = next(
        (one for one in found_in(report, at) if (one.rule, one.quote, one.key) == (rule, quote, key)), None
    )
    if manuscript is None or piece is None or wanted is None or not isinstance(piece.block, Text):
        raise Refused(_("Chỗ này không còn trong dự thảo. Tải lại trang để xem bản mới."))
    words = findings.mended(piece.block.words, printed(manuscript.figures), wanted)
    if words is None:
        raise Refused(_("Không sửa nhanh được chỗ này. Sửa tay trong đoạn."))
    return edit_piece(report=report, key=key, words=words, seen=piece.version, by=by, at=at)


@kept_in_vietnamese
def found_in(report: Report, at: datetime, on: date | None = None) -> list[findings.Remark]:
    """What is found in the draft as it stands, judged on a day: on `on`, else at `at`."""
    current = Report.objects.get(pk=report.pk)
    manuscript = queries.manuscript_of(current)
    if manuscript is None:
        return []
    draft = queries.draft_in(manuscript)
    return findings.remarks(
        draft,
        editing.compose(draft, printed(manuscript.figures)),
        render.document_of(current),
        manuscript.reused,
        on or localdate(at),
        Window(current.window_from, current.window_to),
        current.unit,
    )


def _check_draft(report: Report) -> None:
    if report.status != Report.Status.DRAFT:
        raise rules.NotADraft(_("Báo cáo đã phát hành nên danh sách này không đổi được nữa."))
