"""A report is handed to the level above from inside, or the word that there is nothing to report; and taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports.models import Obligation, Report, Submission
from dinhlang.reports.rules import printed_value
from dinhlang.reports.sources import label_of
from dinhlang.reports.submission import packing, queries
from dinhlang.reports.submission.entering import Incoming, enter, step
from dinhlang.reports.submission.figures import figures_of
from dinhlang.reports.submission.rules import coming, package
from dinhlang.reports.submission.rules.states import Deed, State
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs
from dinhlang.work import queries as work
from dinhlang.work.concepts import FROM_PLAN

MEDIA_TYPE = "application/zip"
REASON_LENGTH = 500
_MOST_TOLD = 3


def submit_report(*, report: Report, by: Person | None, at: datetime) -> Submission:
    """Hand an issued report in, in one act; the level above has received it at once.

    Handing the same report in again gives the submission that is there. Raises `coming.CannotSubmit`, `NotAllowed`.
    """
    on = localdate(at)
    check_can(by, Permission.REPORT_SUBMIT, report.unit, on)
    owed = obligation_of(report)
    check_somebody_receives(owed, on)
    _check_last(report)
    _check_alive(owed, at)
    data = packing.pack(owed, report)
    read = package.read(data)
    figures = list(figures_of(read))
    blob = blobs.store(data, MEDIA_TYPE, at)
    with transaction.atomic():
        return enter(
            Incoming(
                obligation=owed,
                way=Submission.Way.INSIDE,
                package=blob,
                submitted_at=at,
                received_at=at,
                document_on=report.issued_on,
                report=report,
                document=report.document,
                outline_version=read.manifest.outline,
                symbol=queries.symbol_of(report),
                subject=report.subject,
                figures=figures,
                by=by,
            )
        )


def submit_nil(*, obligation: Obligation, reason: str, by: Person | None, at: datetime) -> Submission:
    """Say to the level above that there is nothing to report, and why.

    Raises `coming.CannotSubmit`, also while the period runs and where the ledger has what the programme counts; `NotAllowed`.
    """
    on = localdate(at)
    check_can(by, Permission.REPORT_SUBMIT, obligation.unit, on)
    why = one_line(reason)[:REASON_LENGTH]
    if not why:
        raise coming.CannotSubmit(_("Hãy ghi lý do không phát sinh số liệu trong kỳ."))
    check_somebody_receives(obligation, on)
    _check_alive(obligation, at)
    _check_nothing_happened(obligation, on)
    if obligation.submissions.filter(state__in=[State.RECEIVED, State.ACCEPTED]).exclude(way="nil").exists():
        raise coming.CannotSubmit(_("Kỳ này đã nộp báo cáo có số liệu nên không báo không phát sinh được."))
    data = packing.pack_nil(obligation, why)
    blob = blobs.store(data, MEDIA_TYPE, at)
    with transaction.atomic():
        return enter(
            Incoming(
                obligation=obligation,
                way=Submission.Way.NIL,
                package=blob,
                submitted_at=at,
                received_at=at,
                subject=obligation.subject,
                reason=why,
                by=by,
            )
        )


def _check_nothing_happened(owed: Obligation, on: date) -> None:
    """It is said of a whole period, and above it counts as zero: so not before its end, and not against the ledger."""
    if owed.window_from is None or owed.window_to is None:
        return
    if on <= owed.window_to:
        raise coming.CannotSubmit(
            _("Kỳ này tính số liệu đến hết %(end)s. Báo không phát sinh từ ngày sau đó.")
            % {"end": numeric_date(owed.window_to)}
        )
    asked = [one for one in owed.regime.concepts if one not in FROM_PLAN] if owed.regime else []
    known = work.facts(owed.unit, Window(owed.window_from, owed.window_to), asked) if asked else {}
    told = [f"{label_of(name)}: {printed_value(one.value)}" for name, one in known.items() if one.value]
    if told:
        raise coming.CannotSubmit(
            _(
                "Sổ của đơn vị có số liệu trong kỳ (%(figures)s). Lập báo cáo từ sổ; dòng nào ghi nhầm thì hoàn tác "
                "trước khi báo không phát sinh."
            )
            % {"figures": "; ".join(told[:_MOST_TOLD])}
        )


def obligation_of(report: Report) -> Obligation:
    """The obligation that an issued report meets. Raises `coming.CannotSubmit`."""
    if report.status != Report.Status.ISSUED:
        raise coming.CannotSubmit(_("Báo cáo chưa phát hành. Trình duyệt và phát hành rồi mới nộp được."))
    found = queries.obligation_for(report)
    if found is None:
        raise coming.CannotSubmit(
            _("Đơn vị không có báo cáo phải nộp của kỳ này. Nhờ người vận hành mở kỳ báo cáo rồi nộp lại.")
        )
    return found


def check_somebody_receives(owed: Obligation, on: date) -> None:
    """Refuse to hand in where nobody of the level above would see it. Raises `coming.NobodyReceives`."""
    if not queries.has_receiver(owed, on):
        raise coming.NobodyReceives(
            _(
                "Cấp trên chưa làm việc trên hệ thống này nên không có ai nhận. "
                "Nhờ người vận hành gửi lên máy của cấp trên, hoặc gửi văn bản rồi ghi là đã gửi."
            )
        )


def _check_last(report: Report) -> None:
    later = report.corrections.filter(status=Report.Status.ISSUED).first()
    if later is not None:
        raise coming.CannotSubmit(
            _("Báo cáo này đã được thay thế bằng báo cáo số %(name)s. Nộp báo cáo đó.")
            % {"name": queries.symbol_of(later)}
        )


def _check_alive(owed: Obligation, at: datetime) -> None:
    unit, on = owed.unit, localdate(at)
    coming.check_alive(org.title_of(unit, on), unit.starts_on, unit.ends_on, on)


@transaction.atomic
def take_back(*, submission: Submission, by: Person | None, at: datetime) -> Submission:
    """Take a submission back while nobody has decided about it. Raises `states.WrongState`, `NotAllowed`."""
    unit = submission.obligation.unit
    check_can(by, Permission.REPORT_SUBMIT, unit, localdate(at))
    lock(unit)
    current = queries.whole(submission.pk)
    if current.place:
        raise coming.CannotDecide(_("Báo cáo này nộp lên máy khác. Nhờ người vận hành rút lại ở máy đó."))
    step(current, Deed.TAKE_BACK, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="submission.take-back",
        target=current,
        unit=unit,
        detail={"obligation": current.obligation_id, "number": current.number},
    )
    return current
