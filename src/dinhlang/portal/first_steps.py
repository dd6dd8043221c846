"""The first steps of a new commune: what is there already, and what comes next.

Nothing is stored: a step is done when what it asks for is there, so the list can neither lie nor be forgotten. Once
all is there it goes away by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org.desk import Looking
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.queries.standing import ids_below
from dinhlang.org.rules import Permission, Role
from dinhlang.portal.models import Column, Site
from dinhlang.reports.models import Outline
from dinhlang.work import queries as work
from dinhlang.work.models import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a new commune does. `address` is empty when this person may not do it.

    A step that is not `is_needed` keeps the list on the page no longer than the others do.
    """

    title: str
    why: str
    verb: str
    address: str
    is_done: bool
    is_needed: bool = True


def steps(looking: Looking, unit: Unit) -> list[Step]:
    """The steps of a unit for whoever may take at least one of them; none when all are taken.

    The order is that of the work: who the commune is, who works in it, what it planned, how its report reads, and
    the first act.
    """
    allowed = looking.permissions_in(unit)
    if not allowed & {Permission.PEOPLE_MANAGE, Permission.PLAN_IMPORT}:
        return []
    parts = ids_below(unit, looking.on, parts_only=True)
    people = (
        Person.objects.filter(
            positions__in=Position.objects.in_force(looking.on).filter(unit__in=[unit.pk, *parts])
        )
        .exclude(positions__role=Role.ADMINISTRATOR)
        .distinct()
    )
    found = [
        Step(
            _("Khai thôn, tổ dân phố và bộ phận"),
            _("Để biết việc làm ở đâu và ai phụ trách nơi nào."),
            _("Khai thôn, bộ phận"),
            reverse("org:parts") if Permission.PEOPLE_MANAGE in allowed else "",
            bool(parts),
        ),
        Step(
            _("Mời cán bộ cùng làm"),
            _("Mỗi người một tài khoản, vào bằng đường dẫn mời gửi qua Zalo hoặc tin nhắn."),
            _("Mời cán bộ"),
            reverse("org:people") if Permission.PEOPLE_MANAGE in allowed else "",
            people.count() >= 2,
        ),
        Step(
            _("Lập trang công khai"),
            _("Tên, địa chỉ, tên miền, đường dây nóng và giờ làm việc: người dân biết tìm xã ở đâu, hỏi ai."),
            _("Lập trang"),
            f"{reverse('publications:site')}?unit={unit.pk}" if Permission.SITE_MANAGE in allowed else "",
            _has_a_site_to_reach(unit),
            is_needed=False,  # the ledger and its reports need no public site
        ),
        Step(
            _("Lập chuyên mục của trang công khai"),
            _("Tin bài và báo cáo mở cho người dân xem nằm trong chuyên mục, có mục Cải cách hành chính."),
            _("Lập chuyên mục"),
            reverse("publications:columns") if Permission.COLUMNS_MANAGE in allowed else "",
            Column.objects.filter(unit=unit).exists(),
            is_needed=False,  # a report can be opened outside any column
        ),
        Step(
            _("Nhập kế hoạch của năm"),
            _("Có kế hoạch thì bàn làm việc mới nhắc được việc đến hạn."),
            _("Nhập kế hoạch"),
            reverse("work:plan-import") if Permission.PLAN_IMPORT in allowed else "",
            Plan.objects.filter(unit=unit, year=looking.on.year).exists(),
        ),
        Step(
            _("Xem lại đề cương báo cáo"),
            _("Báo cáo viết theo đề cương của xã: sửa lời văn một lần, dùng cho mọi kỳ."),
            _("Xem đề cương"),
            reverse("reports:outline", args=[unit.pk]) if Permission.OUTLINE_EDIT in allowed else "",
            Outline.objects.filter(unit=unit).exists(),
            is_needed=False,  # the outline that comes with the house serves too
        ),
        Step(
            _("Ghi hoạt động đầu tiên"),
            _("Một tin bài, một buổi phát thanh hay một cuộc họp: việc nào đã làm đều ghi được."),
            _("Ghi hoạt động"),
            reverse("work:kinds") if Permission.ACTIVITY_RECORD in allowed else "",
            work.has_lines(unit),
        ),
    ]
    return found if any(step.is_needed and not step.is_done for step in found) else []


def _has_a_site_to_reach(unit: Unit) -> bool:
    """Whether the unit's site says how the unit is reached."""
    reached = ~Q(hotline="") | ~Q(phone="") | ~Q(address="") | ~Q(email="")
    return Site.objects.filter(reached, unit=unit).exists()
