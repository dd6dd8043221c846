"""Taking in a table of activities, whole or not at all; and folding the facts anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date
from dinhlang.work import blobs, folds, permissions, queries, rules
from dinhlang.work.actions.lines import write_lines
from dinhlang.work.models import Batch, Evidence, Import
from dinhlang.work.rollup import actions as rollup
from dinhlang.work.rules import Fate, Line

Progress = Callable[[int, int], None]

# So many rows go in at a time; between them the progress is told.
_CHUNK = 500


def import_activities(
    *,
    unit: Unit,
    data: bytes,
    name: str,
    by: Person | None,
    at: datetime,
    told: Mapping[int, str] | None = None,
    progress: Progress | None = None,
) -> Import:
    """Write every row of an .xlsx or .csv file, or none. Rows that the ledger already has are left out.

    `told` says what each column holds, for a file whose headings do not.

    Raises `Refused` naming file, row, cell and remedy; when the same file was taken in before; and
    `org.permissions.NotAllowed`. `queries.preview_import` shows each row's fate without writing.
    """
    on = localdate(at)
    permissions.check_can_import_activities(by, unit, on)
    _check_import_is_new(unit, data, name)
    preview = rules.preview_rows(data, name, queries.import_context(unit, on), told)
    return _store_rows(unit=unit, data=data, preview=preview, by=by, at=at, progress=progress)


def _check_import_is_new(unit: Unit, data: bytes, name: str) -> None:
    known = Import.objects.filter(
        unit=unit, blob_id=hashlib.sha256(data).hexdigest(), is_undone=False
    ).first()
    if known is not None:
        raise Refused(
            _(
                "Tệp “%(name)s” đã được nhập ngày %(day)s (%(rows)s dòng). "
                "Không nhập lại cùng một tệp; nếu có dòng mới, hãy thêm vào tệp rồi nhập."
            )
            % {"name": name, "day": numeric_date(localdate(known.at)), "rows": known.rows}
        )


@transaction.atomic
def _store_rows(
    *,
    unit: Unit,
    data: bytes,
    preview: rules.Preview,
    by: Person | None,
    at: datetime,
    progress: Progress | None,
) -> Import:
    lock(unit)
    _check_import_is_new(unit, data, preview.name)
    preview = queries.against_ledger(unit, preview)
    if not preview.ok:
        raise Refused(preview.refusal())
    new = preview.with_fate(Fate.NEW)
    if not new:
        raise Refused(
            _("Mọi dòng của tệp “%(name)s” đã có trong sổ theo dõi. Không có gì để nhập.")
            % {"name": preview.name}
        )
    blob = blobs.store(data, None, at)
    name = rules.clean(preview.name)[:255]
    batch = Batch.objects.create(unit=unit, deed=Batch.Deed.IMPORT, note=name, lines=len(new), at=at, by=by)
    done = Import.objects.create(unit=unit, blob=blob, name=name, rows=len(new), batch=batch, at=at, by=by)
    turn = Import.objects.filter(unit=unit, blob=blob).count()
    deltas = folds.no_deltas()
    for start in range(0, len(new), _CHUNK):
        _store_chunk(unit, done, turn, new[start : start + _CHUNK], deltas)
        if progress is not None:
            progress(min(start + _CHUNK, len(new)), len(new))
    folds.apply(unit, deltas)
    audit(
        by=by,
        at=at,
        action="activity.import",
        target=done,
        unit=unit,
        detail={"file": done.name, "rows": done.rows},
    )
    return done


def _store_chunk(
    unit: Unit, source: Import, turn: int, fates: Sequence[rules.RowFate], deltas: folds.Deltas
) -> None:
    lines = [
        (_with_uid(fate.line, source, fate.row, turn), fate.links) for fate in fates if fate.line is not None
    ]
    activities = write_lines(
        unit,
        [line for line, _ in lines],
        by=source.by,
        at=source.at,
        imported_from=source,
        batch=source.batch,
    )
    links = []
    for activity, (line, urls) in zip(activities, lines, strict=True):
        links += [
            Evidence(
                activity=activity, kind=Evidence.Kind.LINK, url=url, added_at=source.at, added_by=source.by
            )
            for url in dict.fromkeys(urls)
        ]
        folds.add_line(deltas, line, activity.line_hash, evidenced=bool(urls))
    Evidence.objects.bulk_create(links)


def _with_uid(line: Line, source: Import, row: int, turn: int) -> Line:
    """The line under an identity that follows from file and row; a file that was undone comes in another turn."""
    again = f"/{turn}" if turn > 1 else ""
    return replace(line, uid=uuid5(NAMESPACE_URL, f"dinhlang:{source.unit_id}/{source.blob_id}/{row}{again}"))


def rebuild_facts(progress: Progress | None = None) -> int:
    """Throw the daily facts away and fold the whole ledger anew, unit by unit; then count the sums above anew.

    Gives the number of daily facts.
    """
    units = list(Unit.objects.filter(pk__in=queries.units_with_facts()))
    made = 0
    for number, unit in enumerate(units, 1):
        with transaction.atomic():
            lock(unit)
            made += folds.rebuild(unit)
        if progress is not None:
            progress(number, len(units))
    rollup.rebuild_all()
    return made
