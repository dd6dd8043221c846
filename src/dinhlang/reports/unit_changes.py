"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org import queries as org
from dinhlang.org.changes.passing import counted, named, pass_rows
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add, stays
from dinhlang.org.models import Unit
from dinhlang.org.rules import printed_day
from dinhlang.periods.identifier import Period
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.actions import release_ceased
from dinhlang.reports.duties.ruling import rule_behind
from dinhlang.reports.models import (
    Obligation,
    Outline,
    Regime,
    Report,
    Submission,
    SubmissionKey,
    TextBlock,
)

_RELEASED = ("passed_to_id", "released_on", "released_why")


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "reports.duty",
            gettext_lazy("Báo cáo phải nộp"),
            gettext_lazy("Kỳ đã chốt trước ngày thay đổi: đơn vị cũ vẫn phải nộp."),
            ("reports.Obligation.unit", "reports.Obligation.recipient"),
            _duties,
            order=120,
            refuse=_sent_after,
            pass_on=_pass_duties,
        ),
        Thing(
            "reports.draft",
            gettext_lazy("Dự thảo báo cáo"),
            gettext_lazy("Sang đơn vị mới."),
            ("reports.Report.unit",),
            _drafts,
            order=130,
            refuse=_issued_after,
            warn=_unfinished,
            pass_on=lambda hand: pass_rows(hand, _running(hand.scope), may=_has_none, plan_id=None),
            built=_issued_since,
        ),
        Thing(
            "reports.outline",
            gettext_lazy("Đề cương, mẫu báo cáo"),
            gettext_lazy("Ở lại; đơn vị mới chưa có đề cương riêng thì nhận một bản sao."),
            ("reports.Outline.unit",),
            _outlines,
            order=140,
            pass_on=_copy_outlines,
        ),
        Thing(
            "reports.block",
            gettext_lazy("Câu mẫu"),
            gettext_lazy("Ở lại; đơn vị mới nhận bản sao những câu chưa có."),
            ("reports.TextBlock.unit",),
            lambda scope: counted(TextBlock.objects.filter(retired_at=None), _("%(count)s câu mẫu"), scope),
            order=150,
            pass_on=_copy_blocks,
        ),
        Thing(
            "reports.key",
            gettext_lazy("Khóa nộp báo cáo (API)"),
            gettext_lazy("Chỉ còn nộp được kỳ đã chốt của đơn vị cũ; đơn vị mới xin khóa của mình."),
            ("reports.SubmissionKey.unit",),
            lambda scope: named(SubmissionKey.objects.filter(unit__in=scope.ending, revoked_at=None)),
            order=160,
        ),
        Thing(
            "reports.regime",
            gettext_lazy("Chế độ báo cáo riêng"),
            gettext_lazy("Không theo sang đơn vị mới: nạp chế độ mà đơn vị mới quyết định."),
            ("reports.Regime.under",),
            _regimes,
            order=170,
        ),
        Thing(
            "reports.issued",
            gettext_lazy("Báo cáo đã phát hành"),
            gettext_lazy("Ở lại với đơn vị đã phát hành, không đổi."),
            (),
            lambda scope: counted(
                Report.objects.filter(status=Report.Status.ISSUED), _("%(count)s báo cáo"), scope
            ),
            order=180,
        ),
    )
    _say_what_stays()


def _say_what_stays() -> None:
    stays(
        gettext_lazy("sổ đăng ký là của đơn vị đã phát hành; đơn vị mới mở sổ của mình từ số 01"),
        "reports.RegisterEntry.unit",
    )
    stays(gettext_lazy("mỗi đơn vị đặt các bước duyệt của mình"), "reports.ApprovalPath.unit")
    stays(gettext_lazy("là văn bản cơ quan cũ đã nhận; nhiệm vụ thì đi tiếp"), "reports.Request.unit")
    stays(gettext_lazy("nói ai đã cấp khóa"), "reports.SubmissionKey.made_for")
    stays(gettext_lazy("nói nơi đã nhận, khi đó"), "reports.Submission.recipient")
    stays(gettext_lazy("tiêu chí, điểm đã chấm là của năm và đơn vị khi đó"), "reports.IndexSet.unit")
    stays(gettext_lazy("tiêu chí, điểm đã chấm là của năm và đơn vị khi đó"), "reports.Assessment.unit")
    stays(
        gettext_lazy("báo cáo tổng hợp giữ bản của đơn vị đã nộp"),
        "reports.ConsolidatedChild.unit",
        "reports.ConsolidatedChild.passed_to",
    )
    stays(gettext_lazy("bộ tệp đã gom chỉ giữ vài ngày"), "reports.Bundle.unit")
    stays(gettext_lazy("điểm Cổng công bố là của đơn vị khi đó"), "reports.PortalScore.unit")
    stays(gettext_lazy("khen thưởng, mô hình là của đơn vị đã làm"), "reports.Practice.unit")


# --- obligations ----------------------------------------------------------------------------------


def _open(scope: Scope) -> QuerySet[Obligation]:
    return Obligation.objects.filter(Q(unit__in=scope.ids) | Q(recipient__in=scope.ending), released_on=None)


def _duties(scope: Scope) -> Iterator[Found]:
    rows = duties.with_standing(_open(scope), scope.on).filter(done_on=None).order_by("due_on", "unit", "pk")
    others = org.titles_of({row.unit_id for row in rows} - scope.ids, scope.on)
    for row in rows:
        told = _("%(what)s, hạn %(day)s") % {"what": row.subject, "day": printed_day(row.due_on)}
        if row.unit_id not in scope.ending:
            owner = f"{others[row.unit_id]}: " if row.unit_id in others else ""
            is_sent_there = row.recipient_id in scope.ending
            fate = gettext_lazy("Gửi đến nơi nhận mới.") if is_sent_there else gettext_lazy("Giữ nguyên.")
            yield Found(row.unit_id if not owner else str(row.recipient_id), owner + told, fate)
        elif _is_released(row, scope):
            yield Found(
                row.unit_id, told, gettext_lazy("Thôi phải nộp; đơn vị mới nộp theo nhiệm vụ của mình.")
            )
        else:
            yield Found(row.unit_id, told)


def _is_released(row: Obligation, scope: Scope) -> bool:
    """Whether the unit ends before the cut-off, or before a request is due (`duties.actions.release_ceased`)."""
    last = row.window_to if row.request_id is None else row.due_on
    return last is not None and last >= scope.on


def _pass_duties(hand: Hand) -> None:
    scope, record = hand.scope, hand.record
    rows = Obligation.objects.filter(unit__in=scope.ending, released_on=None)
    before = {row.pk: {name: getattr(row, name) for name in _RELEASED} for row in rows}
    known = set(Obligation.objects.filter(unit__in=scope.heirs).values_list("pk", flat=True))
    release_ceased(at=hand.at)
    for made in Obligation.objects.filter(unit__in=scope.heirs).exclude(pk__in=known).order_by("pk"):
        record.made(made)
    for row in Obligation.objects.filter(pk__in=before).exclude(released_on=None).order_by("pk"):
        record.changed(row, before[row.pk])
    _receive_elsewhere(hand)


def _receive_elsewhere(hand: Hand) -> None:
    """What other units still owe to one that ended goes to who was named, else to who took over."""
    scope = hand.scope
    rows = Obligation.objects.filter(recipient__in=scope.ending, released_on=None).exclude(
        unit__in=scope.ending
    )
    rows = duties.with_standing(rows, scope.on).filter(done_on=None, due_on__gte=scope.on)
    levels = dict(Unit.objects.filter(pk__in=scope.ending).values_list("pk", "level"))
    for row in rows:
        before = str(row.recipient_id)
        is_part = levels[before] == Unit.Level.DEPARTMENT
        to = scope.receiver or ("" if is_part else scope.heir(before))
        if to:
            name = scope.received_as or org.title_of(Unit.objects.get(pk=to), scope.on)
            hand.record.change(Obligation.objects.get(pk=row.pk), recipient_id=to, recipient_name=name)


# --- reports --------------------------------------------------------------------------------------


def _of_ended(scope: Scope) -> QuerySet[Report]:
    rows = Report.objects.filter(unit__in=scope.ending, status=Report.Status.DRAFT)
    return rows.order_by("unit", "pk")


def _running(scope: Scope) -> list[Report]:
    """Drafts of periods that are cut off only after the change: their report is the new unit's."""
    return [draft for draft in _of_ended(scope) if _cut_off(draft) >= scope.on]


def _cut_off(draft: Report) -> date:
    """The last day of the draft's period under its regime; one drafted early counts only up to its day."""
    return rule_behind(draft).window(Period.parse(draft.period)).end


def _drafts(scope: Scope) -> Iterator[Found]:
    passed = {draft.pk for draft in _running(scope)}
    for draft in Report.objects.filter(unit__in=scope.ids, status=Report.Status.DRAFT).order_by("unit", "pk"):
        if draft.unit_id not in scope.ending:
            yield Found(
                draft.unit_id, draft.subject, gettext_lazy("Giữ nguyên; tiêu đề theo tên mới khi lập lại.")
            )
        elif draft.pk in passed:
            yield Found(draft.unit_id, draft.subject)
        else:
            yield Found(
                draft.unit_id,
                draft.subject,
                gettext_lazy("Ở lại: kỳ này đã chốt khi đơn vị cũ còn. Phát hành trước ngày thay đổi."),
            )


def _unfinished(scope: Scope) -> Iterator[str]:
    for draft in _of_ended(scope):
        if _cut_off(draft) >= scope.on:
            continue
        yield _("%(unit)s còn dự thảo “%(subject)s” của kỳ đã chốt: phát hành trước ngày thay đổi.") % {
            "unit": capfirst(scope.names[draft.unit_id]),
            "subject": draft.subject,
        }


def _has_none(draft: Report, heir: str) -> bool:
    same = Report.objects.filter(unit=heir, programme=draft.programme, period=draft.period)
    return not same.exists()


def _issued_after(scope: Scope) -> Iterator[str]:
    rows = Report.objects.filter(unit__in=scope.ending, issued_on__gte=scope.on).order_by("unit", "issued_on")
    for report in rows:
        yield _(
            "%(unit)s đã phát hành báo cáo số %(number)s ngày %(day)s, không thể kết thúc trước ngày đó. Chọn ngày muộn hơn."
        ) % {
            "unit": capfirst(scope.names[report.unit_id]),
            "number": f"{report.number}/{report.symbol}",
            "day": printed_day(report.issued_on) if report.issued_on else "",
        }


def _sent_after(scope: Scope) -> Iterator[str]:
    told = _("%(unit)s đã nộp “%(what)s” ngày %(day)s, không thể kết thúc trước ngày đó. Chọn ngày muộn hơn.")
    noted = Obligation.objects.filter(unit__in=scope.ending, sent_on__gte=scope.on).order_by("unit", "pk")
    handed = Submission.objects.filter(
        obligation__unit__in=scope.ending,
        document_on__gte=scope.on,
        state__in=(Submission.State.RECEIVED, Submission.State.ACCEPTED),
    )
    rows = [(one.unit_id, one.subject, one.sent_on) for one in noted]
    rows += [
        (one.obligation.unit_id, str(one.obligation), one.document_on)
        for one in handed.select_related("obligation")
    ]
    for unit_id, what, day in rows:
        yield told % {
            "unit": capfirst(scope.names[unit_id]),
            "what": what,
            "day": printed_day(day) if day else "",
        }


def _issued_since(scope: Scope, since: datetime) -> Iterator[str]:
    rows = Report.objects.filter(unit__in=scope.heirs - scope.ids, issued_at__gte=since).order_by("pk")
    for report in rows:
        yield _("đơn vị mới đã phát hành báo cáo số %(number)s") % {
            "number": f"{report.number}/{report.symbol}"
        }


# --- outlines and sentences -----------------------------------------------------------------------


def _newest(scope: Scope) -> list[Outline]:
    newest: dict[tuple[str, str], Outline] = {}
    for outline in Outline.objects.filter(unit__in=scope.ids).order_by("unit", "programme", "version"):
        newest[str(outline.unit_id), outline.programme] = outline
    return list(newest.values())


def _outlines(scope: Scope) -> Iterator[Found]:
    for outline in _newest(scope):
        fate = (
            ""
            if outline.unit_id in scope.ending
            else gettext_lazy("Giữ nguyên; xem lại tên đơn vị trong đó.")
        )
        yield Found(str(outline.unit_id), str(outline), fate)


def _copy_outlines(hand: Hand) -> None:
    for outline in _newest(hand.scope):
        heir = hand.scope.heir(str(outline.unit_id))
        if heir and not Outline.objects.filter(unit=heir, programme=outline.programme).exists():
            hand.record.make(
                Outline(
                    unit_id=heir,
                    programme=outline.programme,
                    version=1,
                    text=outline.text,
                    created_at=hand.at,
                    created_by=hand.by,
                )
            )


def _copy_blocks(hand: Hand) -> None:
    for block in TextBlock.objects.filter(unit__in=hand.scope.ending, retired_at=None).order_by("pk"):
        heir = hand.scope.heir(block.unit_id)
        same = TextBlock.objects.filter(unit=heir).filter(
            Q(section=block.section, text=block.text) | Q(shipped=block.shipped) & ~Q(shipped="")
        )
        if heir and not same.exists():
            hand.record.make(
                TextBlock(
                    unit_id=heir,
                    section=block.section,
                    text=block.text,
                    shipped=block.shipped,
                    created_at=hand.at,
                    created_by=hand.by,
                )
            )


def _regimes(scope: Scope) -> Iterator[Found]:
    for regime in Regime.objects.filter(under__in=scope.ending, ends_on=None):
        yield Found(str(regime.under_id), str(regime))
