"""What this room itself holds of a unit: parts, units below, reporting lines, posts, orders to sign, keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.registry import Found, Scope, Thing, add, stays
from dinhlang.org.models import (
    Position,
    ReportingLine,
    SigningKey,
    SigningMandate,
    Unit,
    UnitPlacement,
)
from dinhlang.org.queries.standing import titles_of
from dinhlang.org.rules import ROLES, Role


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "org.below",
            gettext_lazy("Thôn, bộ phận và đơn vị bên dưới"),
            gettext_lazy("Thôn và đơn vị bên dưới sang đơn vị mới; bộ phận kết thúc cùng đơn vị."),
            ("org.UnitPlacement.unit", "org.UnitPlacement.parent", "org.UnitName.unit"),
            _below,
            order=10,
        ),
        Thing(
            "org.post",
            gettext_lazy("Cán bộ (chức vụ)"),
            gettext_lazy(
                "Chức vụ ở đơn vị kết thúc thôi từ ngày thay đổi; giữ vai trò ở đơn vị mới nếu chọn vậy."
            ),
            ("org.Position.unit",),
            _posts,
            order=20,
        ),
        Thing(
            "org.line",
            gettext_lazy("Tuyến gửi báo cáo"),
            gettext_lazy("Dứt từ ngày thay đổi; gửi tiếp đến nơi nhận mới."),
            ("org.ReportingLine.unit", "org.ReportingLine.recipient"),
            _lines,
            order=110,
        ),
        Thing(
            "org.mandate",
            gettext_lazy("Giao ký (TL., TUQ.)"),
            gettext_lazy("Hết hiệu lực cùng đơn vị; đơn vị mới giao ký lại."),
            ("org.SigningMandate.unit",),
            _mandates,
            order=30,
        ),
        Thing(
            "org.key",
            gettext_lazy("Khóa ký số"),
            gettext_lazy("Ở lại với đơn vị cũ, chỉ để kiểm tra chữ ký đã có; đơn vị mới dùng khóa của mình."),
            ("org.SigningKey.unit",),
            _keys,
            order=40,
        ),
        Thing(
            "org.succession",
            gettext_lazy("Kế thừa đã ghi"),
            gettext_lazy("Giữ nguyên; thay đổi này nối tiếp."),
            ("org.UnitSuccession.predecessor", "org.UnitSuccession.successor"),
            lambda scope: (),
            built=_later_people,
        ),
    )
    stays(gettext_lazy("là dấu vết của việc đã làm"), "org.AuditEntry.unit")
    stays(gettext_lazy("đường dẫn vào tài khoản đi theo người, không theo đơn vị"), "org.Invitation.unit")


def _lasting(rows: QuerySet, scope: Scope) -> QuerySet:
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=scope.on))


def _below(scope: Scope) -> Iterator[Found]:
    rows = UnitPlacement.objects.filter(unit__in=scope.ids, parent__in=scope.ids)
    placed = list(_lasting(rows, scope).order_by("parent", "unit"))
    names = titles_of((row.unit_id for row in placed), scope.on)
    for row in placed:
        ends = row.unit_id in scope.ending
        fate = gettext_lazy("Kết thúc cùng đơn vị.") if ends else gettext_lazy("Sang đơn vị trên mới.")
        yield Found(row.parent_id, names[row.unit_id], fate)


def _posts(scope: Scope) -> Iterator[Found]:
    posts = _lasting(Position.objects.filter(unit__in=scope.ids), scope).select_related("person", "unit")
    for post in posts.order_by("unit", "pk"):
        told = f"{post.person.full_name} – {post.title} ({ROLES[Role(post.role)].label})"
        fate = "" if post.unit_id in scope.ending else gettext_lazy("Giữ nguyên chức vụ.")
        yield Found(post.unit_id, told, fate)


def _lines(scope: Scope) -> Iterator[Found]:
    ending = scope.ending
    rows = _lasting(ReportingLine.objects.filter(Q(unit__in=ending) | Q(recipient__in=ending)), scope)
    names = titles_of({one for row in rows for one in (row.unit_id, row.recipient_id)}, scope.on)
    for row in rows:
        unit_id = row.unit_id if row.unit_id in ending else row.recipient_id
        to = row.recipient_name or names[row.recipient_id]
        yield Found(unit_id, f"{names[row.unit_id]} → {to} ({row.programme})")


def _mandates(scope: Scope) -> Iterator[Found]:
    rows = _lasting(SigningMandate.objects.filter(unit__in=scope.ending), scope).select_related("person")
    for row in rows:
        yield Found(row.unit_id, f"{row.person.full_name} – {row.kind}. {row.title}")


def _keys(scope: Scope) -> Iterator[Found]:
    for row in SigningKey.objects.filter(unit__in=scope.ending, retired_at=None):
        yield Found(row.unit_id, row.name)


def _later_people(scope: Scope, since: datetime) -> Iterable[str]:
    """Whoever was invited or appointed in a unit that the change made is found by what hangs on that unit."""
    ended = Unit.objects.filter(pk__in=scope.heirs, ends_on__isnull=False).values_list("pk", flat=True)
    names = titles_of(ended, scope.on)
    return [_("%(unit)s đã kết thúc hoạt động") % {"unit": name} for name in names.values()]
