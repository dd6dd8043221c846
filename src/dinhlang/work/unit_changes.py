"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.passing import counted, pass_rows
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add, copies, stays
from dinhlang.work import queries
from dinhlang.work.models import Activity, CalendarFeed, Occurrence, Plan, PlanDraft


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "work.plan",
            gettext_lazy("Kế hoạch"),
            gettext_lazy(
                "Ở lại với đơn vị cũ, cùng các việc đã làm. Đơn vị mới nhận một bản đề xuất lập từ kế hoạch này."
            ),
            ("work.Plan.unit",),
            _plans,
            order=210,
            pass_on=_propose_plans,
        ),
        Thing(
            "work.schedule",
            gettext_lazy("Lịch thực hiện sau ngày thay đổi"),
            gettext_lazy("Theo kế hoạch: đơn vị mới xác nhận bản đề xuất thì có lịch của mình."),
            (),
            _schedules,
            order=220,
        ),
        Thing(
            "work.plan-draft",
            gettext_lazy("Bản đề xuất kế hoạch chưa xác nhận"),
            gettext_lazy("Sang đơn vị mới."),
            ("work.PlanDraft.unit",),
            _drafts,
            order=230,
            pass_on=lambda hand: pass_rows(hand, PlanDraft.objects.filter(unit__in=hand.scope.ending)),
        ),
        Thing(
            "work.calendar",
            gettext_lazy("Địa chỉ lịch trên điện thoại"),
            gettext_lazy("Sang đơn vị mới, địa chỉ không đổi."),
            ("work.CalendarFeed.unit",),
            _calendars,
            order=240,
            pass_on=lambda hand: pass_rows(
                hand, CalendarFeed.objects.filter(unit__in=hand.scope.ending), may=_has_no_feed
            ),
        ),
        Thing(
            "work.line",
            gettext_lazy("Sổ theo dõi"),
            gettext_lazy("Ở lại với đơn vị cũ. Chuỗi số liệu của đơn vị mới nối sang đây, có ghi rõ."),
            ("work.Activity.unit",),
            lambda scope: counted(Activity.objects.all(), _("%(count)s dòng sổ"), scope),
            order=250,
            warn=_late_lines,
            built=_new_lines,
        ),
    )
    stays(gettext_lazy("nói việc đã làm với các dòng của đơn vị cũ"), "work.Batch.unit", "work.Import.unit")
    # Facts follow the lines; sums follow facts and the dated places of the tree (ADR 0018).
    copies(
        "work.DailyFact.unit",
        "work.FoldChange.unit",
        "work.PeriodSums.unit",
        "work.SumsBelow.unit",
        "work.SummedUnder.unit",
        "work.SummedUnder.parent",
    )


def _plans(scope: Scope) -> Iterator[Found]:
    for plan in Plan.objects.filter(unit__in=scope.ids, year__gte=scope.on.year).order_by("unit", "pk"):
        fate = "" if plan.unit_id in scope.ending else gettext_lazy("Giữ nguyên.")
        yield Found(plan.unit_id, plan.title, fate)


def _schedules(scope: Scope) -> Iterator[Found]:
    open_ = Occurrence.objects.filter(task__plan__unit__in=scope.ending, due_on__gte=scope.on)
    rows = open_.order_by("task__plan__unit", "task__plan", "task__position")
    for unit_id, text, count in rows.values_list("task__plan__unit", "task__text").annotate(Count("pk")):
        yield Found(unit_id, _("%(task)s (%(count)s kỳ)") % {"task": text, "count": count}, count=count)


def _drafts(scope: Scope) -> Iterator[Found]:
    for draft in PlanDraft.objects.filter(unit__in=scope.ending):
        yield Found(draft.unit_id, draft.source_name or str(draft.get_origin_display()))


def _calendars(scope: Scope) -> Iterator[Found]:
    for feed in CalendarFeed.objects.filter(unit__in=scope.ending).select_related("person"):
        yield Found(feed.unit_id, feed.person.full_name)


def _has_no_feed(feed: CalendarFeed, heir: str) -> bool:
    same = CalendarFeed.objects.filter(person=feed.person_id, unit=heir, only_own=feed.only_own)
    return not same.exists()


def _late_lines(scope: Scope) -> Iterator[str]:
    late = Activity.objects.filter(unit__in=scope.ending, happened_on__gte=scope.on, reversal=None)
    for unit_id, count in late.order_by("unit").values_list("unit").annotate(Count("pk")):
        yield _(
            "%(unit)s có %(count)s dòng sổ từ ngày thay đổi trở đi. Chúng ở lại đơn vị cũ; việc của đơn vị mới thì ghi lại ở đó."
        ) % {"unit": capfirst(scope.names[unit_id]), "count": count}


def _new_lines(scope: Scope, since: datetime) -> Iterator[str]:
    lines = Activity.objects.filter(
        unit__in=scope.heirs - scope.ids, recorded_at__gte=since, happened_on__gte=scope.on
    )
    if count := lines.count():
        yield _("đơn vị mới đã ghi %(count)s dòng sổ") % {"count": count}


def _propose_plans(hand: Hand) -> None:
    """A proposal for the heir from each plan that runs past the day; nothing of it holds until somebody confirms it."""
    from dinhlang.work import plan_document, proposal, rollover

    scope = hand.scope
    plans = Plan.objects.filter(unit__in=scope.ending, tasks__occurrences__due_on__gte=scope.on)
    for plan in plans.distinct().order_by("pk"):
        heir = scope.heir(plan.unit_id)
        if not heir:
            continue
        rolled = rollover.roll(queries.values_of(plan), plan.year)
        text, proposed = proposal.of_rollover(queries.values_of(plan), rolled)
        document, notes = plan_document.rolled(queries.document_of(plan), plan.year, plan.year)
        hand.record.make(
            PlanDraft(
                unit_id=heir,
                origin=PlanDraft.Origin.ROLLOVER,
                rolled_from=plan,
                source_text=text,
                document={"read": document, "notes": notes},
                proposal=proposal.to_json(proposed),
                created_at=hand.at,
                created_by=hand.by,
                changed_at=hand.at,
                changed_by=hand.by,
            )
        )
