"""A dossier looked up by whoever has its paper: the code, or the number of a refusal, and the last digits of the telephone or
the number on the receipt.

What is told names nobody. Neither the digits nor the number is stored to be read: the telephone is unsealed to compare, the
number follows from the mark of the form under the keys that seal (`org.sealed`), so a receipt printed again says the same one.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from dinhlang.onestop import queries
from dinhlang.onestop.actions.moving import BadClock, counted_due
from dinhlang.onestop.models import CounterRules, Dossier, DossierStep, Refusal, ReturnWay
from dinhlang.onestop.queries.dossiers import phone_digits
from dinhlang.onestop.rules import clock, journey
from dinhlang.onestop.rules.clock import Timing
from dinhlang.onestop.rules.codes import Code, RefusalCode
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.states import OPEN, Deed, Delivery, State
from dinhlang.org.models import Unit
from dinhlang.org.sealed import Unreadable, fingerprint, fingerprints_of
from dinhlang.vietnamese.redaction import spans
from dinhlang.vietnamese.text import nfc

LAST_DIGITS = 4
RECEIPT_DIGITS = 6
_PLACE = "onestop.dossier.looked-up"
_HIDDEN = "[…]"


class Proof(StrEnum):
    """By what a person shows that the paper is theirs. Each is guessed, and limited, apart from the other."""

    PHONE = "phone"
    RECEIPT = "receipt"


def proof_of(digits: str) -> Proof | None:
    """Which of the two these digits are; `None` for neither."""
    return {LAST_DIGITS: Proof.PHONE, RECEIPT_DIGITS: Proof.RECEIPT}.get(len(digits))


def receipt_number(dossier: Dossier) -> str:
    """The number that the receipt says: six digits."""
    return _number(fingerprint(str(dossier.key), _PLACE))


def find(unit: Unit, code: Code | RefusalCode, digits: str) -> Dossier | None:
    """The dossier of this code, where the digits are its own; `None` for a wrong code and for wrong digits alike.

    Both take the same work: without a dossier the digits are compared with those of one that is not there.
    """
    found = _of_code(unit, code) or Dossier(unit=unit)
    wanted = _of_phone(found) if proof_of(digits) is Proof.PHONE else _of_receipt(found)
    given = digits.encode()
    # All are compared, however early one fits.
    fits = [hmac.compare_digest(one.encode(), given) for one in wanted]
    return found if any(fits) and found.pk is not None else None


def _of_code(unit: Unit, code: Code | RefusalCode) -> Dossier | None:
    """The dossier of a code. There is one at most, so no order is asked for: SQLite would read the whole register along it."""
    if isinstance(code, RefusalCode):
        lines = Refusal.objects.filter(unit=unit, year=code.year, number=code.number).order_by()
        line = lines.select_related("dossier").first()
        return line.dossier if line is not None else None
    return Dossier.objects.filter(unit=unit, code_key=code.key).order_by("pk").first()


def _of_phone(dossier: Dossier) -> Sequence[str]:
    try:
        phone = dossier.phone.shown() if dossier.phone else ""
    except Unreadable:
        phone = ""
    last = phone_digits(phone)[-LAST_DIGITS:]
    return [last if len(last) == LAST_DIGITS else "-"]


def _of_receipt(dossier: Dossier) -> Sequence[str]:
    return [_number(one) for one in fingerprints_of(str(dossier.key), _PLACE)]


def _number(mark: str) -> str:
    return f"{int(mark, 16) % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"


# --- what is told ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What was asked for, or why it takes longer: lines in which what may be somebody's is left out."""

    at: datetime
    lines: Sequence[str]
    papers: Sequence[str] = ()
    old_on: date | None = None
    new_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A dossier in words for whoever handed it in. Its day `is_expected` until the office elsewhere that decides has it."""

    dossier: Dossier
    standing: str
    timing: Timing
    why: Sequence[str]
    is_expected: bool
    supplement: Said | None
    refusal: Said | None
    apology: Said | None
    collect: str
    counter: CounterRules | None


def told(dossier: Dossier, at: datetime) -> Told:
    """What the page of a dossier says at a moment."""
    rows = queries.steps_of(dossier)
    steps = [replace(one, why=without_people(one.why)) for one in queries.journey_of(rows, told=True)]
    found = journey.standing(steps)
    counting = {one.number for one in journey.counting(steps)}
    known = [one for one in rows if one.number in counting]
    try:
        counted = counted_due(dossier, found)
    except BadClock:
        counted = None
    waits = dossier.state in (State.SUPPLEMENT, State.INCOMPLETE)
    return Told(
        dossier=dossier,
        standing=_standing(dossier, found),
        timing=clock.timing(
            state=dossier.state,
            due_at=dossier.due_at,
            resolved_at=dossier.resolved_at,
            at=at,
            soon=queries.SOON,
        ),
        why=counted.told if counted else (),
        is_expected=counted is not None and counted.is_expected and dossier.state in OPEN,
        supplement=_last(known, Deed.ASK_PAPERS) if waits else None,
        refusal=_last(known, Deed.REFUSE) if dossier.state == State.REFUSED else None,
        apology=_last(known, Deed.APOLOGISE),
        collect=_collect(dossier),
        counter=queries.rules_on(dossier.unit, at.date()),
    )


def without_people(text: str) -> str:
    """The words without what may be somebody's (`vietnamese.redaction`), each line looked at for itself: of several at once the
    marks or capitals of one would decide how another is read."""
    return "\n".join(_without_people(line) for line in nfc(text).splitlines())


def _without_people(line: str) -> str:
    for one in reversed(spans(line)):
        line = line[: one.start] + _HIDDEN + line[one.end :]
    return line


def _last(rows: Sequence[DossierStep], deed: Deed) -> Said | None:
    step = next((one for one in reversed(rows) if one.deed == deed), None)
    if step is None:
        return None
    return Said(
        step.at,
        tuple(_lines(step)),
        tuple(step.said.get("papers") or ()),
        _day(step.said.get("old_on")),
        _day(step.said.get("new_on")),
    )


def _lines(step: DossierStep) -> Iterator[str]:
    words = step.reason.shown() if step.reason else ""
    for line in without_people(words).splitlines():
        if line.strip():
            yield line.strip()


def _day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if written else None


def _standing(dossier: Dossier, found: Standing) -> str:
    state, delivery = State(dossier.state), Delivery(dossier.delivery_state)
    if state is State.RESOLVED:
        return {
            Delivery.SENT: _("Đã có kết quả và đã gửi cho bạn."),
            Delivery.GIVEN: _("Đã trả kết quả."),
        }.get(delivery, _("Đã có kết quả, chờ bạn nhận."))
    if state is State.STOPPED:
        return (
            _("Đã dừng giải quyết và trả lại giấy tờ.")
            if delivery is Delivery.GIVEN
            else _("Dừng giải quyết. Mời bạn đến nhận thông báo và giấy tờ đã nộp.")
        )
    waits_for = found.decided_by if found.begun_at is None else ""
    if state is State.SUPPLEMENT and dossier.due_at is not None and not waits_for:
        # It was late already: its day stands, where that of any other is gone until the papers come.
        return _("Chờ bạn bổ sung giấy tờ. Hồ sơ đã quá hạn trả kết quả nên ngày hẹn không đổi.")
    if state is State.SUPPLEMENT and waits_for:
        return _(
            "Chờ bạn bổ sung giấy tờ. Nhận đủ thì hồ sơ được chuyển đi và thời hạn tính từ lúc %(office)s nhận đủ hồ sơ."
        ) % {"office": waits_for}
    return {
        State.REFUSED: _("Không tiếp nhận; giấy tờ đã nộp được trả lại bạn."),
        State.RECEIVED: _("Đã tiếp nhận, chờ giải quyết."),
        State.IN_HAND: _("Đang giải quyết."),
        State.SUPPLEMENT: _("Chờ bạn bổ sung giấy tờ. Nhận đủ thì thời hạn giải quyết được tính lại từ đầu."),
        State.PAUSED: _("Tạm dừng theo quy định. Thời hạn giải quyết chưa tính tiếp."),
        State.WITHDRAWN: _("Hồ sơ đã được rút theo yêu cầu của người nộp."),
        State.CANCELLED: _("Lần tiếp nhận này đã được hủy. Hỏi nơi tiếp nhận để biết hồ sơ đang ở đâu."),
    }.get(state, str(state.label))


def _collect(dossier: Dossier) -> str:
    """Where the result is to be had; '' once there is nothing to wait for."""
    if (
        dossier.state in (State.REFUSED, State.WITHDRAWN, State.CANCELLED)
        or dossier.delivery_state == Delivery.GIVEN
    ):
        return ""
    if dossier.return_way == ReturnWay.POST:
        return _("Gửi đến nhà qua bưu chính công ích")
    if dossier.return_way == ReturnWay.ELECTRONIC:
        return _("Nhận bản điện tử")
    return dossier.returning
