"""What can happen to the columns of a commune's page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.portal.columns import rules
from dinhlang.portal.columns.rules import CannotChangeColumn
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Column, Site
from dinhlang.portal.sites.rules import free_slug
from dinhlang.vietnamese.text import fold


@transaction.atomic
def make_usual_columns(*, unit: Unit, by: Person | None, at: datetime) -> list[Column]:
    """Make the columns that a commune usually has; those that are there stay. Raises `NotAllowed`."""
    there = _under_lock(unit, by, at)
    known = {fold(column.name) for column in there}
    made: list[Column] = []
    for name in rules.usual_names():
        if fold(name) not in known:
            made.append(_new(unit, name, [*there, *made]))
    if made:
        announce(unit)
        audit(by=by, at=at, action="columns.make", target=unit, unit=unit, detail={"columns": len(made)})
    return made


@transaction.atomic
def add_column(*, unit: Unit, name: str, by: Person | None, at: datetime) -> Column:
    """Add a column after the others. Raises `CannotChangeColumn` or `NotAllowed`."""
    there = _under_lock(unit, by, at)
    name = rules.checked_name(name)
    _check_free(name, there)
    if len(there) >= rules.MOST:
        raise CannotChangeColumn(
            _("Trang đã có %(most)s chuyên mục. Đổi tên một chuyên mục đang có thay vì thêm.")
            % {"most": rules.MOST}
        )
    column = _new(unit, name, there)
    announce(unit)
    audit(by=by, at=at, action="column.add", target=column, unit=unit, detail={"name": name})
    return column


@transaction.atomic
def change_column(*, column: Column, name: str, is_open: bool, by: Person | None, at: datetime) -> Column:
    """Rename a column, close it or open it again. What stands in it stays. Raises as `add_column`."""
    there = _under_lock(column.unit, by, at)
    name = rules.checked_name(name)
    _check_free(name, [one for one in there if one.pk != column.pk])
    detail = {"name": name, "was": column.name, "is_open": is_open}
    column.name, column.is_open = name, is_open
    column.save(update_fields=["name", "is_open"])
    announce(column.unit)
    audit(by=by, at=at, action="column.change", target=column, unit=column.unit, detail=detail)
    return column


def _under_lock(unit: Unit, by: Person | None, at: datetime) -> list[Column]:
    """The unit's columns, while nobody else changes them."""
    check_can(by, Permission.COLUMNS_MANAGE, unit, localdate(at))
    lock(unit)
    return list(Column.objects.filter(unit=unit))


def announce(unit: Unit) -> None:
    """Every page of the unit's site names its columns: all of them change."""
    changed(*(f"site:{pk}" for pk in Site.objects.filter(unit=unit).values_list("pk", flat=True)))


def _new(unit: Unit, name: str, there: list[Column]) -> Column:
    address = free_slug(name, {one.slug for one in there})
    return Column.objects.create(unit=unit, name=name, slug=address, position=len(there) + 1)


def _check_free(name: str, others: list[Column]) -> None:
    if any(fold(one.name) == fold(name) for one in others):
        raise CannotChangeColumn(_("Đã có chuyên mục “%(name)s”. Chọn tên khác.") % {"name": name})
