"""Slips on paper: a bundle is typed by two people, compared, settled where they differ, then counted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import PaperBatch, PaperEntry, SurveyAnswer, SurveyRound
from dinhlang.citizens.surveys import permissions, queries
from dinhlang.citizens.surveys.actions.answering import NotFilled, keep_remarks
from dinhlang.citizens.surveys.rules import rounds
from dinhlang.citizens.surveys.rules.answers import Filled, filled
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line

SETTLED = 3


class NotFinished(Refused):
    """A bundle still lacks something."""


@transaction.atomic
def begin_batch(
    *,
    round_: SurveyRound,
    title: str,
    sheets: int,
    key: UUID | None = None,
    by: Person | None,
    at: datetime,
) -> PaperBatch:
    """Begin a bundle of so many slips; the same form (`key`) sent twice begins one. Raises `Unfit`, `Refused` and `org.permissions.NotAllowed`."""
    round_ = SurveyRound.objects.select_for_update(of=("self",)).select_related("unit").get(pk=round_.pk)
    permissions.check_can_enter(by, round_.unit, localdate(at))
    there = round_.batches.filter(key=key).first() if key is not None else None
    if there is not None:
        return there
    rounds.check_open(round_.closed_at)
    if not one_line(title):
        raise Unfit(_("Ghi tên tập phiếu, ví dụ “Hộp phiếu thôn Đông”."), "title")
    if not 1 <= sheets <= rounds.MOST_SHEETS:
        raise Unfit(_("Một tập có từ 1 đến %s phiếu. Chia thành nhiều tập.") % rounds.MOST_SHEETS, "sheets")
    made = PaperBatch.objects.create(
        round=round_, title=one_line(title)[:200], sheets=sheets, key=key, made_at=at, made_by=by
    )
    _noted(made, "survey.batch", by=by, at=at, sheets=sheets)
    return made


@transaction.atomic
def type_sheet(
    *, batch: PaperBatch, sheet: int, sent: Mapping[str, Sequence[str]], by: Person, at: datetime
) -> PaperEntry:
    """One slip as this person reads it; the first to type it or the second, or their own entry again.

    Raises `NotFilled`, `Refused` when two others typed it already, and `org.permissions.NotAllowed`.
    """
    batch = _locked(batch)
    permissions.check_can_enter(by, batch.round.unit, localdate(at))
    _check_unfinished(batch)
    _check_sheet(batch, sheet)
    found = _filled(batch, sent)
    typed = {one.turn: one for one in batch.entries.filter(sheet=sheet)}
    own = next((one for turn, one in typed.items() if turn < SETTLED and one.typed_by_id == by.pk), None)
    turn = own.turn if own is not None else next((one for one in (1, 2) if one not in typed), None)
    if turn is None:
        raise Refused(_("Phiếu số %s đã có hai người nhập. Người thứ ba chỉ chốt chỗ khác nhau.") % sheet)
    # What was settled was settled between other words.
    batch.entries.filter(sheet=sheet, turn=SETTLED).delete()
    made = _write(batch, sheet, turn, found, by, at)
    _noted(batch, "survey.type", by=by, at=at, sheet=sheet, turn=turn)
    return made


@transaction.atomic
def settle(
    *, batch: PaperBatch, sheet: int, sent: Mapping[str, Sequence[str]], by: Person, at: datetime
) -> PaperEntry:
    """What the slip really says where two entries differ, read from the paper once more.

    Raises `NotFilled`, `Refused` where there is nothing to settle, and `org.permissions.NotAllowed`.
    """
    batch = _locked(batch)
    permissions.check_can_enter(by, batch.round.unit, localdate(at))
    _check_unfinished(batch)
    _check_sheet(batch, sheet)
    if queries.state_of(batch)[sheet - 1].step != queries.Step.DIFFERENT:
        raise Refused(_("Phiếu số %s không có chỗ nào khác nhau.") % sheet)
    found = _filled(batch, sent)
    made = _write(batch, sheet, SETTLED, Filled(values=found.values), by, at)
    _noted(batch, "survey.settle", by=by, at=at, sheet=sheet)
    return made


@transaction.atomic
def finish_batch(*, batch: PaperBatch, by: Person | None, at: datetime) -> PaperBatch:
    """Count the bundle. Raises `NotFinished` while a slip lacks its second entry or differs, and `NotAllowed`."""
    batch = _locked(batch)
    permissions.check_can_enter(by, batch.round.unit, localdate(at))
    if batch.finished_at is not None:
        return batch
    rounds.check_open(batch.round.closed_at)
    sheets = queries.state_of(batch)
    waiting = [one.number for one in sheets if one.step != queries.Step.AGREED]
    if waiting:
        raise NotFinished(
            _("Còn %(count)s phiếu chưa khớp hai lần nhập: %(numbers)s.")
            % {
                "count": len(waiting),
                "numbers": ", ".join(map(str, waiting[:20])) + ("…" if waiting[20:] else ""),
            }
        )
    definition = queries.definition_of(batch.round.version)
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            round=batch.round,
            way=Way.PAPER,
            values=one.values,
            flags=rounds.flags_of_paper(definition, one.values),
        )
        for one in sheets
        if one.values
    )
    for entry in batch.entries.filter(turn=1):
        if entry.remarks:
            keep_remarks(batch.round, Filled(remarks=json.loads(entry.remarks.shown())))
    batch.entries.update(remarks="")
    batch.finished_at, batch.finished_by = at, by
    batch.save(update_fields=["finished_at", "finished_by"])
    _noted(batch, "survey.batch-finish", by=by, at=at, sheets=batch.sheets)
    return batch


def _filled(batch: PaperBatch, sent: Mapping[str, Sequence[str]]) -> Filled:
    found = filled(queries.definition_of(batch.round.version), sent, on_paper=True)
    if found.problems:
        raise NotFilled(found.problems)
    return found


def _write(batch: PaperBatch, sheet: int, turn: int, found: Filled, by: Person, at: datetime) -> PaperEntry:
    made, _is_new = PaperEntry.objects.update_or_create(
        batch=batch,
        sheet=sheet,
        turn=turn,
        defaults={
            "values": found.values,
            "remarks": json.dumps(found.remarks, ensure_ascii=False) if found.remarks else "",
            "typed_by": by,
            "typed_at": at,
        },
    )
    return made


def _locked(batch: PaperBatch) -> PaperBatch:
    found = PaperBatch.objects.select_for_update(of=("self",)).select_related(
        "round__unit", "round__version__survey"
    )
    return found.get(pk=batch.pk)


def _check_sheet(batch: PaperBatch, sheet: int) -> None:
    if not 1 <= sheet <= batch.sheets:
        raise Refused(_("Tập này chỉ có phiếu số 1 đến %s.") % batch.sheets)


def _check_unfinished(batch: PaperBatch) -> None:
    rounds.check_open(batch.round.closed_at)
    if batch.finished_at is not None:
        raise Refused(_("Tập phiếu này đã chốt."))


def _noted(batch: PaperBatch, action: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    audit(by=by, at=at, action=action, target=batch, unit=batch.round.unit, detail=detail)
