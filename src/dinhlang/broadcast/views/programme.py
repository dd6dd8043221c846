"""The month's programme, the slots and rules behind it, and one session with its running order and its ticks."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dinhlang.broadcast import actions, papers, queries
from dinhlang.broadcast.actions import SlotGiven, Tick
from dinhlang.broadcast.forms import SlotForm, TickForm, bulletins_to_place
from dinhlang.broadcast.models import Bulletin, Session, Slot
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.programme import skipped_in_words
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb, month_asked, month_beside, seen_session
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, may, page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body


def programme(request: HttpRequest) -> HttpResponse:
    """A month's sessions day by day, with what goes against the rules."""
    on = today()
    body, bodies = body_asked(request, on)
    year, month = month_asked(request, on)
    made = queries.programme_of(body, year, month)
    shown = queries.sessions_of(made) if made is not None else []
    conflicts = queries.conflicts_of(made, shown) if made is not None else []
    by_session: dict[int, list[airtime.Conflict]] = defaultdict(list)
    for conflict in conflicts:
        for key in conflict.keys:
            by_session[key].append(conflict)
    states = queries.states_of([one.session for one in shown])
    days: dict[object, list[object]] = defaultdict(list)
    for one in shown:
        days[one.session.day].append(
            (one, by_session[one.session.pk], [(item, states.get(item.uid)) for item in one.items])
        )
    return page(
        request,
        "broadcast/programme.html",
        _("Chương trình phát thanh"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        programme=made,
        month=datetime(year, month, 1, tzinfo=airtime.VIETNAM).date(),
        month_key=f"{year}-{month:02d}",
        before=month_beside(year, month, -1),
        after=month_beside(year, month, 1),
        days=list(days.items()),
        on=on,
        grave=sum(one.is_grave for one in conflicts),
        general=[one for one in conflicts if not one.keys],
        slots=queries.slots_between(body, *airtime.days_of_month(year, month)),
        may_plan=may(request, Permission.BROADCAST_PLAN, body, on),
    )


@require_POST
def programme_make(request: HttpRequest) -> HttpResponse:
    """Make the month, or settle it."""
    on = today()
    body = managed_body(request, on, Permission.BROADCAST_PLAN)
    year, month = month_asked(request, on)
    who, at = signed_in(request), timezone.now()
    made = queries.programme_of(body, year, month)
    try:
        if request.POST.get("do") == "settle" and made is not None:
            count = actions.settle_programme(programme=made, by=who, at=at)
            messages.success(
                request,
                ngettext(
                    "Đã chốt chương trình; ghi %(count)s mục dự kiến vào sổ nhật ký.",
                    "Đã chốt chương trình; ghi %(count)s mục dự kiến vào sổ nhật ký.",
                    count,
                )
                % {"count": count},
            )
        else:
            _made, skipped = actions.make_programme(unit=body, year=year, month=month, by=who, at=at)
            messages.success(
                request, _("Đã lập chương trình tháng %(month)s/%(year)s.") % {"month": month, "year": year}
            )
            names = dict(Slot.objects.filter(unit=body).values_list("pk", "name"))
            for said in skipped_in_words(skipped, names):
                messages.info(request, said)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(f"{reverse('broadcast:programme')}?unit={body.pk}&thang={year}-{month:02d}")


def slots(request: HttpRequest) -> HttpResponse:
    """The slots of a body, and the rules that hold for it."""
    on = today()
    body, bodies = body_asked(request, on)
    rules = queries.rules_in_force(body, on)
    return page(
        request,
        "broadcast/slots.html",
        _("Khung giờ và quy định phát"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        slots=Slot.objects.filter(unit=body).order_by("starts", "pk"),
        on=on,
        rules=rules,
        rules_body=capfirst(org.title_of(rules.unit, on)) if rules is not None else "",
        rules_said=airtime.in_words(AirRules.from_json(rules.values)) if rules is not None else [],
        form=SlotForm(prefix="k"),
        may_plan=may(request, Permission.BROADCAST_PLAN, body, on),
    )


@require_POST
def slot_add(request: HttpRequest) -> HttpResponse:
    """Set a slot."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    form = SlotForm(request.POST, prefix="k")
    if form.is_valid():
        do(
            request,
            lambda: actions.add_slot(
                unit=body, slot=SlotGiven(**form.cleaned_data), by=signed_in(request), at=timezone.now()
            ),
            _("Đã đặt khung giờ."),
        )
    else:
        _say_errors(request, form)
    return redirect(f"{reverse('broadcast:slots')}?unit={body.pk}")


@require_POST
def slot_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a slot no more, from today on."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    slot = get_object_or_404(Slot.objects.select_related("unit"), pk=pk, unit=body)
    do(
        request,
        lambda: actions.end_slot(slot=slot, ends_on=today(), by=signed_in(request), at=timezone.now()),
        _("Đã thôi dùng khung giờ từ hôm nay."),
    )
    return redirect(f"{reverse('broadcast:slots')}?unit={body.pk}")


def _say_errors(request: HttpRequest, form: SlotForm) -> None:
    for name, said in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {said[0]}" if label else str(said[0]))


# --- One session --------------------------------------------------------------------------------------------------


def session(request: HttpRequest, pk: int) -> HttpResponse:
    """A session: its running order, changed before it is held, ticked after."""
    on = today()
    found = seen_session(request, pk)
    form = _tick_form(request, found)
    if request.method == "POST" and form.is_valid() and _tick(request, found, form):
        return redirect("broadcast:session", pk)
    [shown] = queries.with_items([found])
    states = queries.states_of([found])
    occasion = queries.occasion_on(found.programme.unit, found.day, found.day)(found.day)
    unit = found.programme.unit
    begins = airtime.starts_at(found.day, found.starts)
    is_ahead = found.day >= on and not found.cancelled_why
    bulletins = queries.airable(unit, found.day, found.day) if is_ahead else []
    conflicts = queries.conflicts_of(found.programme, [shown])
    return page(
        request,
        "broadcast/session.html",
        found.name,
        crumbs=[crumb(), (_month_of(found), _("Chương trình phát thanh"))],
        session=found,
        shown=shown,
        items=[
            (item, states.get(item.uid), queries.why_not(item, found.day, occasion)) for item in shown.items
        ],
        conflicts=[one for one in conflicts if one.code != "relay"],
        choices=bulletins_to_place(bulletins),
        body_name=capfirst(org.title_of(unit, on)),
        may_plan=is_ahead and may(request, Permission.BROADCAST_PLAN, unit, on),
        may_log=begins <= timezone.now()
        and not found.cancelled_why
        and may(request, Permission.BROADCAST_LOG, unit, on),
        form=form,
        entries=queries.entries_of([found]),
    )


def _month_of(found: Session) -> str:
    asked = f"{found.programme.year}-{found.programme.month:02d}"
    return f"{reverse('broadcast:programme')}?unit={found.programme.unit_id}&thang={asked}"


def _tick_form(request: HttpRequest, found: Session) -> TickForm:
    begins = airtime.starts_at(found.day, found.starts)
    ends = begins + timedelta(minutes=found.minutes)
    return TickForm(posted(request)[0], initial={"started": begins.time(), "ended": ends.time()})


def _tick(request: HttpRequest, found: Session, form: TickForm) -> bool:
    given = form.cleaned_data
    heard = set(request.POST.getlist("aired"))
    ticks = [
        Tick(uid, aired=str(uid) in heard, why=given["why"])
        for uid in found.items.exclude(bulletin=None, kind=Kind.NEWS).values_list("uid", flat=True)
    ]
    try:
        written = actions.tick_session(
            session=found,
            ticks=ticks,
            started=airtime.starts_at(found.day, given["started"]),
            ended=airtime.starts_at(found.day, given["ended"]),
            equipment=given["equipment"],
            note=given["note"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        field = {"reason": "why"}.get(getattr(reason, "field", ""), "")
        if field:
            form.add_error(field, str(reason))
        else:
            show_refusal(form, reason)
        return False
    messages.success(
        request,
        ngettext(
            "Đã ghi %(count)s dòng vào sổ nhật ký.", "Đã ghi %(count)s dòng vào sổ nhật ký.", len(written)
        )
        % {"count": len(written)},
    )
    return True


@require_POST
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Place, move, take out, cancel."""
    found = seen_session(request, pk)
    who, at = signed_in(request), timezone.now()
    number = request.POST.get("item", "")
    item = found.items.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    match request.POST.get("do", ""):
        case "place":
            chosen = request.POST.get("bulletin", "")
            bulletin = Bulletin.objects.filter(
                unit=found.programme.unit, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0
            ).first()
            if bulletin is None:
                messages.error(request, _("Chưa chọn bản tin. Chọn trong danh sách bản tin đã duyệt."))
            else:
                do(
                    request,
                    lambda: actions.place_bulletin(
                        session=found, bulletin=bulletin, item=item, by=who, at=at
                    ),
                    _("Đã đặt bản tin vào buổi phát."),
                )
        case "up" | "down" if item is not None:
            up = request.POST["do"] == "up"
            do(
                request,
                lambda: actions.move_item(session=found, item=item, up=up, by=who, at=at),
                _("Đã đổi thứ tự."),
            )
        case "out" if item is not None:
            do(
                request,
                lambda: actions.take_out(session=found, item=item, by=who, at=at),
                _("Đã bỏ khỏi buổi phát."),
            )
        case "cancel":
            do(
                request,
                lambda: actions.cancel_session(
                    session=found, reason=request.POST.get("reason", ""), by=who, at=at
                ),
                _("Đã hủy buổi phát."),
            )
        case _:
            messages.error(request, _("Mục này không còn trong buổi phát. Tải lại trang."))
    return redirect("broadcast:session", pk)


def session_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The running order on paper: boxes to tick, and a code that leads back here."""
    found = seen_session(request, pk)
    on = today()
    [shown] = queries.with_items([found])
    made = papers.running_order(
        shown,
        body=org.title_of(found.programme.unit, on),
        address=request.build_absolute_uri(reverse("broadcast:session", args=[pk])),
        on=on,
    )
    return papers.as_response(made, f"buoi-phat-{found.day}-{found.starts:%H%M}")
