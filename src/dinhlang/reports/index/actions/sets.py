"""A criteria set comes in from a file, is looked at, and is put in force as a version or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.reports.index import queries
from dinhlang.reports.index.catalogue import scheme_from
from dinhlang.reports.index.measures import is_counting
from dinhlang.reports.index.reading import read_set
from dinhlang.reports.index.scheme import Scheme, digest_of
from dinhlang.reports.models import Criterion, IndexSet
from dinhlang.work import blobs

_YEARS = range(2000, 2101)


class CannotUseSet(Refused):
    """The set cannot be put in force, or dropped, so."""


def scheme_in(data: bytes, name: str) -> Scheme:
    """The set in a file: TOML by its name, else a table. Raises `Refused` for a file that is neither."""
    return scheme_from(data) if name.lower().endswith(".toml") else read_set(data, name)


@transaction.atomic
def propose_set(
    *,
    unit: Unit,
    scheme: Scheme,
    by: Person | None,
    at: datetime,
    first_year: int | None = None,
    last_year: int | None = None,
    name: str = "",
    data: bytes | None = None,
    file_name: str = "",
) -> IndexSet:
    """Keep what was read of a set as the unit's next version, to be looked at; nothing is scored by it yet.

    Years and name that are given go before those of the file. Raises `Unfit` without a year, `NotAllowed`.
    """
    check_can(by, Permission.INDEX_APPRAISE, unit, localdate(at))
    first, last = first_year or scheme.first_year, last_year or scheme.last_year
    if first is None or first not in _YEARS:
        raise Unfit(_("Chưa biết bộ tiêu chí dùng từ năm nào. Ghi năm đầu tiên áp dụng."), "first_year")
    if last is not None and (last < first or last not in _YEARS):
        raise Unfit(_("Năm cuối áp dụng trước năm đầu. Sửa lại."), "last_year")
    if not is_counting(scheme.counting):
        told = _("Không có cách tính ngày “%(name)s”. Xem các mã trong tệp regimes.toml của phần mềm.")
        scheme = replace(scheme, problems=(*scheme.problems, told % {"name": scheme.counting[:40]}))
    version = (IndexSet.objects.filter(unit=unit).aggregate(last=Max("version"))["last"] or 0) + 1
    kept = IndexSet.objects.create(
        unit=unit,
        version=version,
        name=(name.strip() or scheme.name)[:300],
        legal_basis=scheme.legal_basis,
        first_year=first,
        last_year=last,
        counting=scheme.counting[:40],
        without_survey=scheme.without_survey,
        is_capped=scheme.is_capped,
        is_sample=scheme.is_sample,
        maximum=scheme.maximum,
        digest=_digest(scheme),
        problems=list(scheme.problems),
        source=blobs.store(data, None, at) if data is not None else None,
        source_name=file_name[:255],
        at=at,
        by=by,
    )
    Criterion.objects.bulk_create(
        Criterion(
            index_set=kept,
            position=position,
            code=node.code,
            parent=node.parent,
            text=node.text,
            maximum=node.maximum,
            scoring=node.scoring,
            measure=node.measure,
            rule=dict(node.rule),
        )
        for position, node in enumerate(scheme.nodes, start=1)
    )
    audit(
        by=by,
        at=at,
        action="index.set-propose",
        target=kept,
        unit=unit,
        detail={"name": kept.name, "version": version, "problems": len(scheme.problems)},
    )
    return kept


def _digest(scheme: Scheme) -> str:
    return digest_of(
        scheme.nodes,
        counting=scheme.counting,
        without_survey=scheme.without_survey,
        is_capped=scheme.is_capped,
    )


@transaction.atomic
def confirm_set(*, index_set: IndexSet, by: Person | None, at: datetime) -> None:
    """Put a set in force: from now on units begin by it. Raises `CannotUseSet` or `NotAllowed`."""
    check_can(by, Permission.INDEX_APPRAISE, index_set.unit, localdate(at))
    if index_set.problems:
        raise CannotUseSet(
            _("Tệp còn %(count)s chỗ sai. Sửa tệp theo danh sách rồi nạp lại.")
            % {"count": len(index_set.problems)}
        )
    same = queries.before(index_set)
    if same is not None and same.digest == index_set.digest and same.first_year == index_set.first_year:
        raise CannotUseSet(
            _("Bộ tiêu chí này giống hệt bản %(version)s đang dùng cho cùng năm. Không cần đưa vào dùng lại.")
            % {"version": same.version}
        )
    _move(index_set, IndexSet.State.IN_FORCE, at)
    audit(
        by=by,
        at=at,
        action="index.set-confirm",
        target=index_set,
        unit=index_set.unit,
        detail={"version": index_set.version, "digest": index_set.digest},
    )


@transaction.atomic
def drop_set(*, index_set: IndexSet, by: Person | None, at: datetime) -> None:
    """Drop a set that is only proposed, or one in force by which nobody was scored. Raises `CannotUseSet`."""
    check_can(by, Permission.INDEX_APPRAISE, index_set.unit, localdate(at))
    if index_set.assessments.exists():
        raise CannotUseSet(_("Đã có đơn vị chấm theo bộ tiêu chí này nên không bỏ được. Nạp bản mới thay."))
    _move(index_set, IndexSet.State.DROPPED, at)
    audit(
        by=by,
        at=at,
        action="index.set-drop",
        target=index_set,
        unit=index_set.unit,
        detail={"version": index_set.version},
    )


def _move(index_set: IndexSet, state: IndexSet.State, at: datetime) -> None:
    open_states = {
        IndexSet.State.IN_FORCE: [IndexSet.State.PROPOSED],
        IndexSet.State.DROPPED: [IndexSet.State.PROPOSED, IndexSet.State.IN_FORCE],
    }[state]
    moved = IndexSet.objects.filter(pk=index_set.pk, state__in=open_states).update(state=state, decided_at=at)
    if not moved:
        raise CannotUseSet(_("Bộ tiêu chí này vừa được xử lý ở nơi khác. Tải lại trang."))
    index_set.refresh_from_db()
