"""Receiving at the counter: a procedure is chosen, then one form, by keyboard alone if need be."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.onestop import actions, permissions, queries
from dinhlang.onestop.forms import ReceiveForm
from dinhlang.onestop.models import Channel, Dossier
from dinhlang.onestop.rules import clock, terms
from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.onestop.rules.intake import Applicant, Given, Offices
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.states import NOT_RECEIVED, State
from dinhlang.onestop.views.seen import crumb, own_dossier
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import asked_text, page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body
from dinhlang.periods.calendar import BadCount
from dinhlang.periods.clock import Appointment, BadTerm
from dinhlang.periods.duration import DurationUnit
from dinhlang.procedures import rules as procedures
from dinhlang.procedures.models import Version
from dinhlang.procedures.rules.papers import is_conditional


def choose(request: HttpRequest) -> HttpResponse:
    """Choose the procedure: words of its name or its code. One that fits alone is opened at once."""
    on = today()
    body = managed_body(request, on, Permission.ONESTOP_REGISTER)
    words = asked_text(request)
    found = queries.procedures_to_choose(body, on, words=words) if words else []
    if len(found) == 1:
        return redirect("onestop:receive", found[0].version)
    return page(
        request,
        "onestop/choose.html",
        _("Tiếp nhận hồ sơ"),
        crumbs=[crumb()],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        words=words,
        found=found,
        often=queries.often_received(body, on) if not words else [],
    )


def receive(request: HttpRequest, version: int) -> HttpResponse:
    """Receive a dossier of a procedure, or write it down as not complete yet."""
    on = today()
    body = managed_body(request, on, Permission.ONESTOP_REGISTER)
    chosen = queries.version_to_receive(body, version, on)
    if chosen is None:
        raise Http404
    return _receiving(request, body, chosen, None)


def receive_presented(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive one that was written down before."""
    dossier = own_dossier(request, pk)
    body = dossier.unit
    if not permissions.can_register(signed_in(request), body, today()):
        raise Http404
    if dossier.state not in NOT_RECEIVED or dossier.state == State.REFUSED or dossier.version is None:
        raise Http404
    chosen = queries.version_to_receive(body, dossier.version_id or 0, today())
    if chosen is None:
        # Another version is in force today: it decides.
        standing = queries.procedures_to_choose(body, today(), words=dossier.procedure_code)
        chosen = queries.version_to_receive(body, standing[0].version, today()) if standing else None
    if chosen is None:
        messages.error(
            request, _("Thủ tục này không còn hiệu lực nên không tiếp nhận được. Từ chối và nói rõ lý do.")
        )
        return redirect("onestop:dossier", dossier.pk)
    return _receiving(request, body, chosen, dossier)


def _receiving(request: HttpRequest, body: Unit, chosen: Version, dossier: Dossier | None) -> HttpResponse:
    now = timezone.now()
    channel = request.GET.get("cach", dossier.channel if dossier else Channel.COUNTER)
    if channel not in Channel.values:
        channel = Channel.COUNTER
    sheet = procedures.from_json(chosen.sheet)
    said = terms.said_for(sheet, channel)
    papers = list(dict.fromkeys(one.name for one in sheet.papers))
    form = ReceiveForm(
        posted(request)[0],
        papers=papers,
        needs_term=said.term is None,
        initial=_initial(chosen, papers, said, dossier),
    )
    if form.is_valid():
        try:
            made = _made(request, form, body, chosen, channel, dossier, now)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return made
    return page(
        request,
        "onestop/receive.html",
        _("Tiếp nhận hồ sơ"),
        crumbs=[crumb()],
        body=body,
        version=chosen,
        form=form,
        said=said,
        channel=channel,
        channels=Channel.choices,
        dossier=dossier,
        promised=_promised(said.term, body, now),
    )


def _initial(
    chosen: Version, papers: list[str], said: terms.Said, dossier: Dossier | None
) -> dict[str, object]:
    given: dict[str, object] = {
        "key": uuid4(),
        "version": chosen.pk,
        # The receipt names what was handed in: what only some bring is ticked by whoever takes it.
        "papers": [one for one in papers if not is_conditional(one)],
        "fee": said.fee or None,
        "sets": 1,
    }
    if dossier is not None:
        given |= {
            "applicant": dossier.applicant.shown(),
            "on_behalf_of": dossier.on_behalf_of.shown(),
            "address": dossier.address.shown(),
            "phone": dossier.phone.shown(),
            "email": dossier.email.shown(),
            "return_way": dossier.return_way,
            "sets": dossier.sets,
            # Papers that were missing are there now; what only some bring, and what is in no list, was said before.
            "papers": [one for one in papers if one in dossier.papers or not is_conditional(one)],
            "other_papers": "\n".join(one for one in dossier.papers if one not in papers),
            **_offices_said(dossier),
        }
        if dossier.term_amount is not None:
            given |= {
                "term_amount": int(dossier.term_amount),
                "term_unit": dossier.term_unit,
                "term_basis": dossier.term_basis,
            }
    return given


def _offices_said(dossier: Dossier) -> dict[str, object]:
    """The offices that somebody named; the usual ones are left empty, as they were typed."""
    body = actions.usual_handling(dossier.unit, timezone.localdate(dossier.presented_at))
    return {
        "handling": "" if dossier.handling == body else dossier.handling,
        "returning": "" if dossier.returning == dossier.receiving else dossier.returning,
        "assisted_at": dossier.assisted_at,
    }


def _promised(term: TermGiven | None, body: Unit, now: datetime) -> Appointment | None:
    """What would be promised if it were received now; `None` where a person must say how long."""
    if term is None:
        return None
    rules = queries.rules_on(body, timezone.localdate(now))
    try:
        return clock.due(Standing(received_at=now), term, hours=clock.hours_of(rules.hours if rules else []))
    except (BadTerm, BadCount):
        return None


def _made(
    request: HttpRequest,
    form: ReceiveForm,
    body: Unit,
    chosen: Version,
    channel: str,
    dossier: Dossier | None,
    now: datetime,
) -> HttpResponse:
    said = form.cleaned_data
    given = Given(
        Applicant(said["applicant"], said["on_behalf_of"], said["address"], said["phone"], said["email"]),
        version=chosen.pk,
        channel=channel,
        return_way=said["return_way"],
        papers=[*said.get("papers", []), *said["other_papers"].splitlines()],
        sets=said["sets"],
        offices=Offices(
            handling=said["handling"], returning=said["returning"], assisted_at=said["assisted_at"]
        ),
        code=said["code"],
        term=_term(said),
        fee=said["fee"] or 0,
    )
    moment, by = said["happened_at"] or now, signed_in(request)
    if dossier is not None:
        made = actions.receive_presented(
            dossier=dossier, given=given, key=said["key"], received_at=moment, by=by, at=now
        )
    elif request.POST.get("do") == "present":
        made = actions.present(unit=body, given=given, key=said["key"], presented_at=moment, by=by, at=now)
        messages.success(
            request, _("Đã ghi hồ sơ, chưa tiếp nhận. Yêu cầu bổ sung hoặc từ chối ở trang này.")
        )
        return redirect("onestop:dossier", made.pk)
    else:
        made = actions.receive(unit=body, given=given, key=said["key"], received_at=moment, by=by, at=now)
    messages.success(
        request,
        _("Đã tiếp nhận, mã %(code)s, số thứ tự %(number)s. In giấy tiếp nhận đưa người nộp.")
        % {"code": made.code, "number": made.number},
    )
    return redirect("onestop:dossier", made.pk)


def _term(said: dict[str, object]) -> TermGiven | None:
    amount = said.get("term_amount")
    if amount is None:
        return None
    unit = DurationUnit(str(said.get("term_unit") or DurationUnit.WORKING_DAY.value))
    return TermGiven(Decimal(str(amount)), unit, basis=str(said.get("term_basis") or ""))
