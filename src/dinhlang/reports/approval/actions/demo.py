"""The reports of the demonstration: one at each stage of its way."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Person, Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions.drafting import draft_report
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.actions.approving import approve
from dinhlang.reports.approval.actions.paths import set_path
from dinhlang.reports.approval.actions.sending import Point, pass_on, return_report, send
from dinhlang.reports.models import Report
from dinhlang.work.actions.demo import moment

_DEMO_UNIT, _SMALL_UNIT = "ben-truc", "ben-dua"


@transaction.atomic
def load_demo(*, at: datetime) -> None:
    """Give the fictional commune its reports of the year so far, once, each at another stage.

    The half year is issued, nine months wait for the chair, the third quarter for the head of section, the first
    quarter was returned, the year is being written. The commune next door has two steps only.
    """
    unit = Unit.objects.get(pk=_DEMO_UNIT)
    if Report.objects.filter(unit=unit).exists():
        return
    today = localdate(at)
    cast = {person.username: person for person in Person.objects.filter(username__in=_CAST)}
    drafter, head, chair = (cast[name] for name in _CAST)

    def drawn(period: str, at: datetime = at) -> Report:
        return draft_report(unit=unit, period=Period.parse(f"{today.year}{period}"), by=drafter, at=at)

    def passed(report: Report, at: datetime = at) -> Report:
        send(report=report, by=drafter, at=at)
        pass_on(report=report, seen=queries.digest_now(report), by=head, at=at)
        return report

    if today >= date(today.year, 6, 16):
        # On its own day: what is handed in later came after it.
        then = moment(date(today.year, 6, 16), 9, at)
        half = passed(drawn("-H1", then), then)
        approve(report=half, seen=queries.digest_now(half), on=localdate(then), by=chair, at=then)
    if today >= date(today.year, 3, 16):
        _returned(drawn("-Q1"), drafter, head, at)
    if today >= date(today.year, 9, 15):
        send(report=drawn("-Q3"), note="Kính nhờ xem trước khi trình Chủ tịch.", by=drafter, at=at)
        passed(drawn("-9M"))
    drawn("")
    set_path(unit=Unit.objects.get(pk=_SMALL_UNIT), has_head=False, by=None, at=at)


_CAST = ("van-hoa", "van-phong", "chu-tich")


def _returned(report: Report, drafter: Person, head: Person, at: datetime) -> None:
    """Sent, and given back with a word about the sentence at the end."""
    send(report=report, by=drafter, at=at)
    last = queries.content_now(report)["pieces"][-1]["key"]
    return_report(
        report=report,
        reason="Bổ sung rồi trình lại trong tuần.",
        points=[Point("Ghi rõ báo cáo gửi Sở Nội vụ.", key=last)],
        seen=queries.digest_now(report),
        by=head,
        at=at,
    )
