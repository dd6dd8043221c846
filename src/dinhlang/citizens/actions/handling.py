"""What officials do with a case until it is answered: ask, stop and go on, extend, give it away."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.actions.noting import locked, note
from dinhlang.citizens.models import Case, CaseFile, CaseOpening, CaseWords, HandlingRules
from dinhlang.citizens.rules import kinds
from dinhlang.citizens.rules.clock import extended_until
from dinhlang.citizens.rules.kinds import Said
from dinhlang.citizens.rules.states import Deed
from dinhlang.citizens.rules.terms import Terms
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.periods.clock import WrongEvent
from dinhlang.vietnamese.text import one_line

NOTE_LENGTH = 2_000


@transaction.atomic
def forward(
    *, case: Case, authority: str, reference: str = "", reason: str = "", by: Person | None, at: datetime
) -> Case:
    """Give the case to the authority that may decide it; the sender is told which. Its clock stands meanwhile."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    where, number = one_line(authority), one_line(reference)
    if not where:
        raise Unfit(_("Ghi chuyển đến cơ quan nào."), "authority")
    if len(where) > kinds.AUTHORITY_LENGTH:
        raise Unfit(_("Tên cơ quan dài quá %(most)s ký tự.") % {"most": kinds.AUTHORITY_LENGTH}, "authority")
    case.forwarded_to, case.forwarded_as = where, number[:60]
    note(case, Deed.FORWARD, by=by, at=at, detail={"to": where}, said={Said.REASON: reason.strip()})
    return case


@transaction.atomic
def come_back(*, case: Case, reason: str, by: Person | None, at: datetime) -> Case:
    """The other authority gave it back. Raises `NoReason`."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    why = checked_reason(reason, _("Ghi vì sao cơ quan kia chuyển lại."))
    note(case, Deed.COME_BACK, by=by, at=at, said={Said.REASON: why})
    return case


@transaction.atomic
def ask(*, case: Case, question: str, by: Person | None, at: datetime) -> Case:
    """Ask the sender for what is missing; the clock stands until an answer comes. Raises `NoReason`."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    said = checked_reason(question, _("Ghi câu hỏi cho người gửi."))
    note(case, Deed.ASK, by=by, at=at, said={Said.QUESTION: said})
    return case


@transaction.atomic
def pause(*, case: Case, reason: str, by: Person | None, at: datetime) -> Case:
    """Stop the clock while something outside this office is waited for. Raises `NoReason`."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    why = checked_reason(reason, _("Ghi vì sao tạm dừng; người gửi đọc được lý do này."))
    note(case, Deed.PAUSE, by=by, at=at, said={Said.REASON: why})
    return case


@transaction.atomic
def resume(*, case: Case, reason: str = "", by: Person | None, at: datetime) -> Case:
    """Go on: the answer of the other came, or it is done without."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    note(case, Deed.RESUME, by=by, at=at, said={Said.REASON: reason.strip()[: kinds.WORDS_LENGTH]})
    return case


@transaction.atomic
def extend(*, case: Case, reason: str, new_on: date | None = None, by: Person | None, at: datetime) -> Case:
    """Set a later day, once, not after the longer term; without a day the last one. Raises `NoReason` and `Unfit`."""
    case, on = locked(case), localdate(at)
    permissions.check_can_handle(by, case, on)
    why = checked_reason(reason, _("Ghi vì sao cần thêm thời gian; người gửi đọc được lý do này."))
    if case.clock_from is None or case.due_at is None:
        raise Refused(_("Phản ánh này chưa có ngày hẹn nên không có gì để gia hạn."))
    happened = queries.happened(case)
    if any(one.deed is Deed.EXTEND and one.at >= case.clock_from for one in happened):
        raise Refused(
            _("Phản ánh này đã gia hạn một lần; chỉ được gia hạn một lần. Trả lời sớm nhất có thể.")
        )
    try:
        last = extended_until(
            case.clock_from, queries.terms_of(case.unit, on).extended, queries.happened(case)
        )
        day = new_on or last
        if day > last:
            raise Unfit(
                _("Gia hạn được đến ngày %(day)s là muộn nhất. Chọn ngày sớm hơn.")
                % {"day": f"{last:%d/%m/%Y}"},
                "new_on",
            )
        note(case, Deed.EXTEND, by=by, at=at, detail={"new_on": day.isoformat()}, said={Said.REASON: why})
    except WrongEvent as reason_against:
        raise Unfit(str(reason_against), "new_on") from None
    return case


@transaction.atomic
def close(*, case: Case, reason: str, by: Person | None, at: datetime) -> Case:
    """Close what nothing more is done for. Raises `NoReason`, `WrongMove`."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    why = checked_reason(reason, _("Ghi vì sao đóng; người gửi đọc được lý do này."))
    note(case, Deed.CLOSE, by=by, at=at, said={Said.REASON: why})
    return case


@transaction.atomic
def write_note(
    *, case: Case, words: str, key: UUID | None = None, by: Person | None, at: datetime
) -> CaseWords:
    """Add a note that only the office reads; the same form (`key`) sent twice is one. Raises `Unfit`."""
    case = locked(case)
    permissions.check_can_read(by, case, localdate(at))
    there = case.said.filter(key=key).first() if key is not None else None
    if there is not None:
        return there
    said = words.strip()
    if not said:
        raise Unfit(_("Ghi chú đang trống."), "words")
    if len(said) > NOTE_LENGTH:
        raise Unfit(_("Ghi chú dài quá %(most)s ký tự.") % {"most": NOTE_LENGTH}, "words")
    made = CaseWords.objects.create(case=case, kind=Said.NOTE, words=said, key=key, at=at, by=by)
    audit(by=by, at=at, action="case.note", target=case, unit=case.unit)
    return made


@transaction.atomic
def open_original(*, case: Case, by: Person, at: datetime) -> Case:
    """Note that somebody reads what the citizen wrote, and give the case with it. Raises `NotAllowed`."""
    permissions.check_can_read(by, case, localdate(at))
    CaseOpening.objects.create(case=case, what=CaseOpening.What.ORIGINAL, at=at, by=by)
    return case


@transaction.atomic
def open_file(*, file: CaseFile, by: Person, at: datetime) -> CaseFile:
    """As `open_original`, of a photo or a letter."""
    permissions.check_can_read(by, file.case, localdate(at))
    CaseOpening.objects.create(case=file.case, what=CaseOpening.What.FILE, file=file, at=at, by=by)
    return file


@transaction.atomic
def cancel_rules(*, rules: HandlingRules, by: Person | None, at: datetime) -> None:
    """Take back terms that have not begun; those before them go on. Raises `Refused` once they hold, and `NotAllowed`."""
    on = localdate(at)
    permissions.check_can_approve(by, rules.unit, on)
    lock(rules.unit_id)
    if rules.starts_on <= on:
        raise Refused(_("Thời hạn này đã áp dụng nên không bỏ được. Ghi thời hạn khác từ một ngày sau."))
    HandlingRules.objects.filter(unit=rules.unit, ends_on=rules.starts_on).update(ends_on=rules.ends_on)
    detail = {"name": rules.name, "starts_on": rules.starts_on.isoformat()}
    audit(by=by, at=at, action="handling-rules.cancel", target=rules.unit, unit=rules.unit, detail=detail)
    rules.delete()


@transaction.atomic
def write_rules(
    *, unit: Unit, terms: Terms, starts_on: date, by: Person | None, at: datetime
) -> HandlingRules:
    """Let these terms hold in a unit from a day on; those that held before end there. Cases promised already keep theirs.

    Raises `Unfit` for a day on or before which later ones begin, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_approve(by, unit, localdate(at))
    lock(unit)
    known = HandlingRules.objects.filter(unit=unit)
    if known.filter(starts_on__gte=starts_on).exists():
        raise Unfit(_("Đã có quy định áp dụng từ ngày này hoặc sau đó. Chọn ngày muộn hơn."), "starts_on")
    known.filter(ends_on=None).update(ends_on=starts_on)
    made = HandlingRules.objects.create(
        unit=unit,
        name=terms.name,
        starts_on=starts_on,
        legal_basis=terms.legal_basis,
        values=terms.to_json(),
        made_at=at,
        made_by=by,
    )
    audit(by=by, at=at, action="handling-rules.set", target=unit, unit=unit, detail={"rules": made.pk})
    return made
