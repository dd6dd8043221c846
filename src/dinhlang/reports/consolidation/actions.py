"""What can happen to a consolidated report beside what can happen to any: taken together, later versions taken in,
proposals put together and taken apart, joint events told apart."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions.drafting import draw_consolidated
from dinhlang.reports.consolidation.pinning import consolidation_of, newest
from dinhlang.reports.consolidation.proposing import groups_of
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.taking import kept, take, window_of
from dinhlang.reports.models import Consolidation, Report


class CannotConsolidate(Refused):
    """There is nothing to take together, or the report cannot be changed any more."""


@transaction.atomic
def consolidate(
    *,
    unit: Unit,
    programme: str,
    period: Period,
    by: Person | None,
    at: datetime,
    with_received: bool = False,
) -> Report:
    """Draft the unit's report of a period from the reports of the units below, as far as they are there.

    A draft of the period that is there is drawn again from what counts now; paragraphs that people wrote or changed
    stay. Units that are silent are named in it. Raises `CannotConsolidate` when no report is there, or `NotAllowed`.
    """
    check_can(by, "report.draft", unit, localdate(at))
    lock(unit)
    taken = take(
        unit,
        programme,
        period,
        window_of(unit, programme, period, localdate(at)),
        with_received=with_received,
    )
    if not taken.submissions:
        raise CannotConsolidate(_nothing(taken, with_received=with_received))
    report = Report.objects.filter(unit=unit, programme=programme, period=str(period), status="draft").first()
    report = report or Report(
        unit=unit,
        programme=programme,
        period=str(period),
        corrects=Report.objects.filter(unit=unit, programme=programme, period=str(period), status="issued")
        .order_by("-pk")
        .first(),
    )
    decided = consolidation_of(report) or Consolidation()
    decided.with_received = with_received
    _drawn(report, taken.without(decided.apart), decided, by, at)
    return report


def _nothing(taken: Taken, *, with_received: bool) -> str:
    if not taken.coverage.expected:
        return _(
            "Không có đơn vị nào phải gửi báo cáo %(period)s đến đây. Xem lại kỳ, hoặc mở kỳ ở trang Báo cáo phải nộp."
        ) % {"period": taken.period.label}
    if with_received:
        return _("Chưa đơn vị nào nộp báo cáo %(period)s, nên chưa có gì để tổng hợp.") % {
            "period": taken.period.label
        }
    return _(
        "Chưa có báo cáo %(period)s nào được chấp nhận. Chấp nhận các báo cáo đã nhận, hoặc chọn tổng hợp cả báo cáo "
        "chưa chấp nhận."
    ) % {"period": taken.period.label}


def _drawn(report: Report, taken: Taken, decided: Consolidation, by: Person | None, at: datetime) -> None:
    draw_consolidated(report, taken, decided, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="report.consolidate",
        target=report,
        unit=report.unit,
        detail={
            "period": report.period,
            "units": taken.coverage.counted,
            "missing": len(taken.coverage.missing),
            "received": decided.with_received,
        },
    )


@transaction.atomic
def take_in(*, report: Report, by: Person | None, at: datetime) -> Report:
    """Count what the units sent since: later versions, units that were silent, none of those that took theirs back.

    Raises `CannotConsolidate` or `NotAllowed`.
    """
    draft, decided = _open(report, by, at)
    _drawn(draft, newest(decided), decided, by, at)
    return draft


@transaction.atomic
def join_proposals(*, report: Report, names: Collection[str], by: Person | None, at: datetime) -> Report:
    """Put groups of proposals together, each known by the name of one of its wordings.

    Raises `CannotConsolidate` or `NotAllowed`.
    """

    def joined(decided: Consolidation, groups: dict[str, frozenset[str]]) -> None:
        meant = [groups[name] for name in sorted(set(names)) if name in groups]
        together = {wording for group in meant for wording in group}
        if len(set(meant)) < 2:
            raise CannotConsolidate(_("Chọn từ hai nhóm kiến nghị trở lên rồi gộp."))
        decided.parted = [pair for pair in decided.parted if not set(pair) <= together]
        first = min(together)
        decided.joined = [*decided.joined, *([first, one] for one in sorted(together - {first}))]

    return _decide(report, joined, by, at)


@transaction.atomic
def part_proposal(*, report: Report, name: str, by: Person | None, at: datetime) -> Report:
    """Take one wording out of its group; it stands alone from then on. Raises `CannotConsolidate` or `NotAllowed`."""

    def parted(decided: Consolidation, groups: dict[str, frozenset[str]]) -> None:
        group = groups.get(name, frozenset())
        if len(group) < 2:
            raise CannotConsolidate(_("Kiến nghị này đã đứng riêng."))
        # Those that stay were held together by this one, perhaps.
        first, *rest = sorted(group - {name})
        decided.joined = [pair for pair in decided.joined if name not in pair]
        decided.joined += [[first, one] for one in rest if [first, one] not in decided.joined]
        decided.parted = [*decided.parted, *([name, one] for one in sorted(group - {name}))]

    return _decide(report, parted, by, at)


@transaction.atomic
def tell_apart(
    *, report: Report, keys: Collection[str], is_apart: bool, by: Person | None, at: datetime
) -> Report:
    """Say that what looks like one event of several units is not one, or that it is one after all.

    Raises `CannotConsolidate` or `NotAllowed`.
    """
    draft, decided = _open(report, by, at)
    apart = set(decided.apart) | set(keys) if is_apart else set(decided.apart) - set(keys)
    decided.apart = sorted(apart)
    draw_consolidated(draft, kept(decided), decided, by=by, at=at)
    return draft


def _decide(
    report: Report,
    change: Callable[[Consolidation, dict[str, frozenset[str]]], None],
    by: Person | None,
    at: datetime,
) -> Report:
    draft, decided = _open(report, by, at)
    taken = kept(decided)
    groups = {name: frozenset(group.names) for group in groups_of(taken, decided) for name in group.names}
    change(decided, groups)
    draw_consolidated(draft, taken, decided, by=by, at=at)
    return draft


def _open(report: Report, by: Person | None, at: datetime) -> tuple[Report, Consolidation]:
    """The draft, locked, and what it is taken together from."""
    check_can(by, "report.draft", report.unit, localdate(at))
    lock(report.unit)
    draft = Report.objects.select_related("unit", "corrects").get(pk=report.pk)
    decided = consolidation_of(draft)
    if decided is None:
        raise CannotConsolidate(_("Báo cáo này không phải báo cáo tổng hợp."))
    if draft.status != Report.Status.DRAFT:
        raise CannotConsolidate(
            _("Báo cáo đã phát hành, không sửa được nữa. Số liệu đổi sau đó thì lập báo cáo thay thế.")
        )
    return draft, decided
