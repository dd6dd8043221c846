"""What is true of a good model or a commendation, in plain Python: how it moves, who decides."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.reports.models.practices import Practice, PracticeStep
from dinhlang.vietnamese.text import one_line

State = Practice.State
Deed = PracticeStep.Deed
Decider = Practice.Decider
SHORTEST_REASON = 5

MOVES: Mapping[Deed, tuple[frozenset[State], State]] = {
    Deed.PROPOSE: (frozenset({State.MARKED}), State.PROPOSED),
    Deed.TAKE_BACK: (frozenset({State.PROPOSED}), State.MARKED),
    Deed.RECOGNISE: (frozenset({State.PROPOSED}), State.RECOGNISED),
    Deed.REFUSE: (frozenset({State.PROPOSED}), State.REFUSED),
    Deed.UNDO: (frozenset({State.RECOGNISED, State.REFUSED}), State.PROPOSED),
    Deed.PUBLISH: (frozenset({State.RECOGNISED}), State.PUBLISHED),
    Deed.WITHDRAW: (frozenset({State.PUBLISHED}), State.RECOGNISED),
    Deed.DROP: (frozenset({State.MARKED}), State.DROPPED),
}
WITH_A_REASON = frozenset({Deed.REFUSE, Deed.UNDO, Deed.WITHDRAW})


class WrongMove(Refused):
    """It does not stand where this is done."""


class CannotMark(Refused):
    """The line cannot be marked so."""


def check_move(deed: Deed, state: str) -> State:
    """Where the deed leads. Raises `WrongMove`."""
    before, after = MOVES[deed]
    if state not in before:
        raise WrongMove(
            _("Mục này %(state)s nên không %(deed)s được. Tải lại trang để xem tình trạng mới.")
            % {"state": State(state).label, "deed": deed.label}
        )
    return after


def reason_for(deed: Deed, note: str) -> str:
    """The reason on one line. Raises `Unfit` where the deed needs one and has none."""
    note = one_line(note)[:500]
    if deed in WITH_A_REASON and len(note) < SHORTEST_REASON:
        raise Unfit(_("Chưa ghi lý do. Ghi ngắn gọn vì sao."), "note")
    return note


def permission_of(deed: Deed, decider: str) -> Permission:
    """What a person needs for the deed; decisions are the decider's."""
    if deed in {Deed.RECOGNISE, Deed.REFUSE, Deed.UNDO}:
        return Permission.PRACTICE_DECIDE if decider == Decider.LEADER else Permission.PRACTICE_RECOGNISE
    if deed in {Deed.PUBLISH, Deed.WITHDRAW}:
        return Permission.REPORT_PUBLISH
    return Permission.PRACTICE_MARK


def audited(deed: Deed) -> str:
    """What the audit calls the deed."""
    return f"practice.{deed.value}"
