"""The hamlets and departments of a body: added, renamed and ended by its administrator, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions, queries
from dinhlang.org.actions.audit import audit
from dinhlang.org.models import Person, Unit, UnitName, UnitPlacement
from dinhlang.org.places import slug
from dinhlang.org.queries.standing import PARTS
from dinhlang.org.rules import Permission, Refused, Unfit, folded_name, printed_day, unit_part_name
from dinhlang.vietnamese.text import one_line

LONGEST_ID = 80


@transaction.atomic
def add_parts(
    *,
    body: Unit,
    level: str,
    kind: str,
    names: Sequence[str],
    starts_on: date | None,
    legal_basis: str = "",
    by: Person | None,
    at: datetime,
) -> list[Unit]:
    """Add hamlets or departments to a body, all of them or none. `starts_on` is `None` when nobody knows since when.

    Raises `permissions.NotAllowed`, and `Unfit` for no names, a name that is there already or cannot be.
    """
    on = localdate(at)
    permissions.check_can(by, Permission.PARTS_MANAGE, body, on)
    if level not in PARTS or body.level in PARTS:
        raise Unfit(_("Chỉ thêm được thôn, tổ dân phố hoặc bộ phận."), "level")
    kind = one_line(kind).lower() if level == Unit.Level.HAMLET else ""
    cleaned = [_without_kind(unit_part_name(name), kind) for name in names if one_line(name)]
    if not cleaned:
        raise Unfit(_("Chưa có tên nào. Ghi mỗi dòng một tên."), "names")
    known = {_same(name.kind, name.name) for name in queries.names_of_parts(body, starts_on or on).values()}
    made = []
    for name in cleaned:
        if _same(kind, name) in known:
            raise Unfit(_("“%(name)s” đã có rồi.") % {"name": f"{kind} {name}".strip()}, "names")
        known.add(_same(kind, name))
        made.append(_stored(body, level, kind, name, starts_on, one_line(legal_basis)[:200]))
    for part in made:
        audit(by=by, at=at, action="part.add", target=part, unit=body, detail={"from": starts_on})
    return made


@transaction.atomic
def rename_part(
    *,
    part: Unit,
    kind: str,
    name: str,
    starts_on: date,
    legal_basis: str = "",
    by: Person | None,
    at: datetime,
) -> UnitName:
    """Give a hamlet or department another name from a day on; before that day it keeps the old one.

    A name from the same day is corrected in its place. Raises `permissions.NotAllowed`, `Unfit`.
    """
    body = _body(part, at)
    permissions.check_can(by, Permission.PARTS_MANAGE, body, localdate(at))
    _check_in_being(part, starts_on)
    kind = one_line(kind).lower() if part.level == Unit.Level.HAMLET else ""
    name = _without_kind(unit_part_name(name), kind)
    others = queries.names_of_parts(body, starts_on)
    others.pop(part.pk, None)
    if _same(kind, name) in {_same(other.kind, other.name) for other in others.values()}:
        raise Unfit(_("“%(name)s” đã có rồi.") % {"name": f"{kind} {name}".strip()}, "name")
    if part.names.filter(starts_on__gt=starts_on).exists():
        raise Unfit(_("Đã có tên mới hơn từ một ngày sau đó. Hãy chọn ngày muộn hơn."), "starts_on")
    said = {
        "kind": kind,
        "name": name,
        "folded": folded_name(name),
        "legal_basis": one_line(legal_basis)[:200],
    }
    part.names.filter(Q(starts_on=None) | Q(starts_on__lt=starts_on), ends_on=None).update(ends_on=starts_on)
    made, _made = UnitName.objects.update_or_create(unit=part, starts_on=starts_on, defaults=said)
    audit(by=by, at=at, action="part.rename", target=part, unit=body, detail={"from": starts_on})
    return made


@transaction.atomic
def end_part(*, part: Unit, on: date, legal_basis: str = "", by: Person | None, at: datetime) -> Unit:
    """End a hamlet or department: `on` is the first day it no longer is. What it did stays with it.

    Raises `permissions.NotAllowed`, and `Refused` while somebody holds a post there from that day on.
    """
    body = _body(part, at)
    permissions.check_can(by, Permission.PARTS_MANAGE, body, localdate(at))
    _check_in_being(part, on)
    if part.starts_on is not None and on <= part.starts_on:
        raise Unfit(
            _("Bắt đầu hoạt động ngày %(day)s; ngày kết thúc phải sau ngày đó.")
            % {"day": printed_day(part.starts_on)},
            "on",
        )
    if part.names.filter(starts_on__gte=on).exists():
        raise Unfit(_("Đã có tên mới từ ngày đó trở đi. Hãy chọn ngày muộn hơn."), "on")
    if holding := part.positions.filter(Q(ends_on=None) | Q(ends_on__gt=on)).count():
        raise Refused(
            _("Còn %(count)s chức vụ ở đây sau ngày đó. Hãy cho thôi hoặc bàn giao các chức vụ ấy trước.")
            % {"count": holding}
        )
    part.ends_on = on
    part.save(update_fields=["ends_on"])
    for rows in (part.names, part.placements):
        rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    audit(
        by=by,
        at=at,
        action="part.end",
        target=part,
        unit=body,
        detail={"on": on, "basis": one_line(legal_basis)[:200]},
    )
    return part


@transaction.atomic
def restore_part(*, part: Unit, by: Person | None, at: datetime) -> Unit:
    """Take back the end of a hamlet or department. Raises `permissions.NotAllowed`, `Refused`."""
    if part.level not in PARTS or part.ends_on is None:
        raise Refused(_("Thôn, bộ phận này vẫn đang hoạt động."))
    last = part.placements.filter(ends_on=part.ends_on).select_related("parent").first()
    if last is None:
        raise Refused(_("Không tìm thấy đơn vị trước đây của thôn, bộ phận này."))
    permissions.check_can(by, Permission.PARTS_MANAGE, last.parent, localdate(at))
    for rows in (part.names, part.placements):
        rows.filter(ends_on=part.ends_on).update(ends_on=None)
    part.ends_on = None
    part.save(update_fields=["ends_on"])
    audit(by=by, at=at, action="part.restore", target=part, unit=last.parent)
    return part


def _stored(body: Unit, level: str, kind: str, name: str, starts_on: date | None, basis: str) -> Unit:
    part = Unit.objects.create(
        id=_new_id(body, f"{kind} {name}"), level=level, starts_on=starts_on, is_demo=body.is_demo
    )
    UnitName.objects.create(
        unit=part, kind=kind, name=name, folded=folded_name(name), starts_on=starts_on, legal_basis=basis
    )
    UnitPlacement.objects.create(unit=part, parent=body, starts_on=starts_on, legal_basis=basis)
    return part


def _new_id(body: Unit, name: str) -> str:
    """'ben-truc-thon-dinh', numbered when an older part of the body had that name."""
    wanted = f"{body.pk}-{slug(name)}"[: LONGEST_ID - 4].strip("-")
    taken = set(Unit.objects.filter(pk__startswith=wanted).values_list("pk", flat=True))
    number = 2
    found = wanted
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _without_kind(name: str, kind: str) -> str:
    """'Thôn Đình' of kind 'thôn' is called 'Đình': people type the kind though it is chosen beside the name."""
    words = name.split()
    length = len(kind.split())
    has_kind = kind and folded_name(" ".join(words[:length])) == folded_name(kind) and len(words) > length
    return " ".join(words[length:]) if has_kind else name


def _same(kind: str, name: str) -> str:
    return folded_name(f"{kind} {name}")


def _body(part: Unit, at: datetime) -> Unit:
    body = queries.body_of(part, localdate(at))
    if part.level not in PARTS or body == part:
        raise Refused(_("Chỉ sửa được thôn, tổ dân phố hoặc bộ phận đang hoạt động của đơn vị."))
    return body


def _check_in_being(part: Unit, on: date) -> None:
    if not queries.exists_on(part, on):
        raise Unfit(_("Ngày %(day)s, nơi này không hoạt động.") % {"day": printed_day(on)}, "starts_on")
