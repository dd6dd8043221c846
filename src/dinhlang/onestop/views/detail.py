"""One dossier: its journey, why it is due that day, what can be done next, its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.onestop import actions, permissions, queries, slips
from dinhlang.onestop.actions.moving import BadClock, counted_due
from dinhlang.onestop.forms import ApplicantForm, StepForm
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules import journey, states, supplements
from dinhlang.onestop.rules.intake import Applicant
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.regimes import Slip, forms_on
from dinhlang.onestop.rules.states import Deed, Fee, State
from dinhlang.onestop.slips.parts import TITLES
from dinhlang.onestop.views.seen import MARKS, crumb, own_dossier, seen_dossier, timing_of
from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, tell_refusal, today
from dinhlang.periods.calendar import BadCount
from dinhlang.periods.clock import Appointment

_OF_THE_COUNTER = frozenset(
    {
        Deed.RECEIVE,
        Deed.REFUSE,
        Deed.SET_FEE,
        Deed.PAY,
        Deed.WAIVE,
        Deed.REFUND,
        Deed.SEND,
        Deed.COME_BACK,
        Deed.GIVE,
    }
)


def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier's page; who handed it in is shown to whoever may see it."""
    on, now = today(), timezone.now()
    found = seen_dossier(request, pk)
    person = signed_in(request)
    whose = permissions.can_see_whose(person, found, on)
    steps = queries.steps_of(found)
    timing = timing_of(found, now)
    standing = journey.standing(queries.journey_of(steps))
    counted = _counted(found, steps, whose=whose)
    deeds = _deeds(found, person)
    due_told, due_ours = _due_told(found, steps)
    refusal = queries.refusal_of(found)
    may_ask = whose and permissions.can_hand_survey_slips(person, found.unit, on)
    has_slip = may_ask and queries.has_survey_slip(found)
    return page(
        request,
        "onestop/dossier.html",
        found.code
        or (
            _("Phiếu từ chối %(code)s") % {"code": refusal}
            if refusal and found.state == State.REFUSED
            else _("Hồ sơ chưa tiếp nhận")
        ),
        crumbs=[crumb()],
        dossier=found,
        refusal=refusal,
        whose=whose,
        steps=[
            (one, one.reason.shown() if whose and one.reason else "", queries.as_step(one).new_on)
            for one in steps
        ],
        taken_back={one.reverses_id for one in steps if one.reverses_id},
        timing=timing,
        mark=MARKS.get(timing, ""),
        told=counted.told if counted else (),
        is_expected=counted is not None and counted.is_expected and found.state in states.OPEN,
        to_decide=standing.decided_by if standing.begun_at is None else "",
        asked_late_at=standing.asked_after_at if _was_asked_late(standing) else None,
        due_told=due_told,
        due_ours=due_ours,
        deeds={one.value for one in deeds},
        next_steps=deeds - states.OF_THE_FEE,
        reversible=journey.reversible(queries.journey_of(steps))
        if permissions.can_carry_on(person, found, on)
        else None,
        slips=[
            (one.value, TITLES[one].capitalize(), _number(one, found))
            for one in slips.available(found, steps)
        ]
        if whose
        else [],
        survey=queries.survey_of(found, on) if may_ask and not has_slip else None,
        has_survey_slip=has_slip,
        # Not the key of the steps, which is kept with them: the code on the slip follows from this one.
        survey_key=uuid4(),
        people=_people(found) if Deed.HAND_OVER in deeds else [],
        payment=_payment(found) if whose else "",
        may_correct=permissions.can_register(person, found.unit, on),
        key=uuid4(),
    )


def _deeds(found: Dossier, person: Person) -> frozenset[Deed]:
    """What this person can do with it now."""
    possible = states.possible(found.state, found.fee_state, found.delivery_state)
    if permissions.can_register(person, found.unit, today()):
        return possible
    if permissions.can_carry_on(person, found, today()):
        return possible - _OF_THE_COUNTER
    return frozenset()


def _counted(found: Dossier, steps: list[DossierStep], *, whose: bool) -> Appointment | None:
    """Vì sao hẹn ngày này: the day with its sentences, with reasons for whoever may see them; `None` where none is to be explained."""
    try:
        return counted_due(found, journey.standing(queries.journey_of(steps, told=whose)))
    except BadClock:
        return None


def _was_asked_late(standing: Standing) -> bool:
    """Whether papers were asked for too long after receipt; no in years that the calendar does not know."""
    try:
        return supplements.is_late(standing)
    except BadCount:
        return False


def _due_told(found: Dossier, steps: list[DossierStep]) -> tuple[datetime | None, datetime | None]:
    """The day that the province's system promised, and the day our own clock would have promised where that is another."""
    standing = journey.standing(queries.journey_of(steps))
    said = standing.due_told if found.term_amount is None else None
    ours = queries.due_by_the_version(found, standing) if said is not None else None
    is_other = said is not None and ours is not None and localdate(said) != localdate(ours)
    return said, ours if is_other else None


def _number(which: Slip, found: Dossier) -> str:
    return forms_on(timezone.localdate(found.received_at or found.presented_at)).number(which)


def _people(found: Dossier) -> list[Person]:
    return org.holders(found.unit, Permission.READ, today())


def _payment(found: Dossier) -> str:
    """The code to pay by, as a picture in the page; '' where nothing is owed or there is no account."""
    if found.fee_state != Fee.DUE:
        return ""
    try:
        text = slips.payment_code(found, today())
    except Refused:
        return ""
    return SafeString(qr_svg(text)) if text else ""


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing with the dossier: `do` says which. Refused, its page stands there with what was typed."""
    found = seen_dossier(request, pk)
    form = StepForm(request.POST)
    do = _DO.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, str(said[0]))
        return dossier(request, pk)
    now = timezone.now()
    try:
        do(found, form.cleaned_data, signed_in(request), now)
    except Refused as reason:
        tell_refusal(request, reason)
        return dossier(request, pk)
    messages.success(request, _("Đã ghi vào sổ."))
    return redirect("onestop:dossier", pk)


_Do = Callable[[Dossier, dict[str, Any], Person, datetime], object]


def _with_reason(act: Callable[..., object], name: str = "reason") -> _Do:
    def do(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
        return act(dossier=found, **{name: said["reason"]}, **_when(said, by, now))

    return do


def _when(said: dict[str, Any], by: Person, now: datetime) -> dict[str, Any]:
    return {"key": said["key"], "happened_at": said["happened_at"] or now, "by": by, "at": now}


def _ask_papers(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.ask_papers(
        dossier=found,
        wanted=said["reason"],
        papers=said["papers"].splitlines(),
        why_again=said["why_again"],
        **_when(said, by, now),
    )


def _hand_over(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.hand_over(
        dossier=found,
        to=next((one for one in _people(found) if str(one.pk) == said["to"]), None),
        office=said["office"],
        to_decide=said["to"] == "decides",
        note=said["reason"],
        **_when(said, by, now),
    )


def _apologise(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    if said["new_on"] is None:
        raise BadClock(_("Chưa chọn ngày hẹn mới."))
    return actions.apologise(
        dossier=found,
        reason=said["reason"],
        new_on=said["new_on"],
        responsible=said["responsible"],
        **_when(said, by, now),
    )


def _set_fee(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.set_fee(
        dossier=found, amount=said["amount"] or 0, note=said["reason"], **_when(said, by, now)
    )


def _pay(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.pay(dossier=found, how=said["how"], note=said["reason"], **_when(said, by, now))


def _refuse(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.refuse(dossier=found, reason=said["reason"], key=said["key"], by=by, at=now)


def _reverse(found: Dossier, said: dict[str, Any], by: Person, now: datetime) -> object:
    return actions.reverse(
        dossier=found, number=said["number"] or 0, reason=said["reason"], key=said["key"], by=by, at=now
    )


_DO: dict[str, _Do] = {
    Deed.ASK_PAPERS: _ask_papers,
    Deed.TAKE_PAPERS: _with_reason(actions.take_papers, "note"),
    Deed.REFUSE: _refuse,
    Deed.HAND_OVER: _hand_over,
    Deed.PAUSE: _with_reason(actions.pause),
    Deed.RESUME: _with_reason(actions.resume, "note"),
    Deed.APOLOGISE: _apologise,
    Deed.RESOLVE: _with_reason(actions.resolve, "note"),
    Deed.STOP: _with_reason(actions.stop),
    Deed.WITHDRAW: _with_reason(actions.withdraw),
    Deed.SET_FEE: _set_fee,
    Deed.PAY: _pay,
    Deed.WAIVE: _with_reason(actions.waive),
    Deed.REFUND: _with_reason(actions.refund),
    Deed.SEND: _with_reason(actions.send, "note"),
    Deed.COME_BACK: _with_reason(actions.come_back, "note"),
    Deed.GIVE: _with_reason(actions.give, "note"),
    Deed.REVERSE: _reverse,
}


def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend name, address, telephone."""
    found = own_dossier(request, pk)
    if not permissions.can_register(signed_in(request), found.unit, today()):
        raise Http404
    names = ("applicant", "on_behalf_of", "phone", "address", "email")
    initial = {name: getattr(found, name).shown() for name in names} | {"key": uuid4()}
    form = ApplicantForm(posted(request)[0], initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct_applicant(
                dossier=found,
                applicant=Applicant(
                    said["applicant"], said["on_behalf_of"], said["address"], said["phone"], said["email"]
                ),
                key=said["key"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã sửa thông tin người nộp."))
            return redirect("onestop:dossier", pk)
    return page(
        request,
        "onestop/applicant.html",
        _("Sửa thông tin người nộp"),
        crumbs=[crumb()],
        dossier=found,
        form=form,
    )
