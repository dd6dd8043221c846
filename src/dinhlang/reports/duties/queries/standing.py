"""How obligations stand on a day: one question for a list of any length, the same answer as `rules.state_of`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports.duties import rules
from dinhlang.reports.duties.rules import Facts, State
from dinhlang.reports.models import Exemption, Nudge, Obligation, Programme, Report, Request, Submission
from dinhlang.reports.queries import periods_reported
from dinhlang.reports.rules import PROGRAMME, request_of
from dinhlang.reports.rules import likely_period as usual_period
from dinhlang.reports.submission.rules.states import Deed

# Obligations with what `with_standing` adds to them, which no type says.
Rows = QuerySet[Any]

# So far back a period is opened that fell due while the worker stood still.
LOOKS_BACK_DAYS = 200


def obligations_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[Obligation]:
    """The obligations of the units the person may see on that day."""
    visible: QuerySet[Obligation] = Obligation.objects.filter(unit__in=org.visible_units(person, on))
    return visible.select_related("unit", "programme", "request")


def requests_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[Request]:
    """The requests that the person's units took in, or were given."""
    units = org.visible_units(person, on)
    visible: QuerySet[Request] = Request.objects.filter(
        Q(unit__in=units) | Q(pk__in=Obligation.objects.filter(unit__in=units).values("request"))
    )
    return visible.select_related("unit", "blob", "by")


def with_standing(rows: QuerySet[Obligation], on: date) -> Rows:
    """The rows with what their standing follows from: `until`, `done_on`, `draft_id`, `issued_id`, `is_returned`,
    `has_asked`, and `limit`; `submission_id` is the one that stands.

    `done_on` is the day on which the report was first handed in, or noted as sent. While the last submission is returned
    there is none; handed in again, the first day holds, so that nobody is late by the time the level above took.
    What was granted, issued or handed in after `on` is left out, so that an earlier day is told as it was.
    """
    same = Report.objects.filter(
        unit=OuterRef("unit"), programme=OuterRef("kept_under"), period=OuterRef("period")
    ).order_by()
    issued = same.filter(status=Report.Status.ISSUED, corrects=None, issued_on__lte=on)
    granted = Exemption.objects.filter(
        obligation=OuterRef("pk"), state=Exemption.State.GRANTED, decided_at__date__lte=on
    ).order_by()
    latest = granted.values("obligation").annotate(last=Max("until")).values("last")
    handed_in = (
        Submission.objects.filter(obligation=OuterRef("pk"), received_at__date__lte=on)
        .exclude(decision=Deed.TAKE_BACK, decided_at__date__lte=on)
        .order_by()
    )
    first = handed_in.values("obligation").annotate(at=Min("submitted_at")).values("at")
    standing = handed_in.order_by("-number")
    return (
        rows.annotate(kept_under=Obligation.keeping())
        .annotate(
            until=Subquery(latest, output_field=DateField()),
            issued_on=Subquery(issued.values("issued_on")[:1], output_field=DateField()),
            issued_id=Subquery(issued.values("pk")[:1]),
            draft_id=Subquery(same.filter(status=Report.Status.DRAFT).values("pk")[:1]),
            has_asked=Exists(
                Exemption.objects.filter(obligation=OuterRef("pk"), state=Exemption.State.ASKED)
            ),
            submission_id=Subquery(standing.values("pk")[:1]),
            is_returned=Exists(
                standing.filter(decision=Deed.RETURN, decided_at__date__lte=on, pk=OuterRef("submission_id"))
            ),
            first_at=Subquery(first, output_field=DateTimeField()),
        )
        .annotate(
            handed_in_on=Case(
                When(is_returned=True, then=None), default=TruncDate("first_at"), output_field=DateField()
            ),
        )
        .annotate(
            # Least of a day and nothing is nothing on SQLite and the day on PostgreSQL.
            done_on=Case(
                When(sent_on=None, then=F("handed_in_on")),
                When(sent_on__gt=on, then=F("handed_in_on")),
                When(handed_in_on=None, then=F("sent_on")),
                default=Least("sent_on", "handed_in_on"),
                output_field=DateField(),
            ),
            limit=Greatest(F("due_on"), Coalesce("until", "due_on"), output_field=DateField()),
        )
    )


def facts_of(row: Any) -> Facts:
    """What a row that was asked for by `with_standing` says of itself."""
    return Facts(
        due_on=row.due_on,
        until=row.until,
        done_on=row.done_on,
        released_on=row.released_on,
        has_draft=row.draft_id is not None,
        is_issued=row.issued_id is not None,
        is_returned=row.is_returned,
    )


def state_on(row: Any, on: date) -> State:
    """How a row of `with_standing` stands on that day."""
    return rules.state_of(facts_of(row), on)


def in_state(rows: Rows, states: Iterable[State], on: date) -> Rows:
    """Those rows of `with_standing` that stand so on the day; what `rules.state_of` says, in the database's words."""
    asked = Q(pk__in=[])
    for state in states:
        asked |= _WHERE[state](on)
    return rows.filter(asked)


def _owed(on: date) -> Q:
    return Q(done_on=None) & (Q(released_on=None) | Q(released_on__gt=on))


def _in_time(on: date) -> Q:
    return _owed(on) & Q(is_returned=False, due_on__gte=on)


_WHERE = {
    State.DONE: lambda on: Q(done_on__lte=F("limit")),
    State.DONE_LATE: lambda on: Q(done_on__gt=F("limit")),
    State.RELEASED: lambda on: Q(done_on=None, released_on__lte=on),
    State.RETURNED: lambda on: _owed(on) & Q(is_returned=True),
    State.LATE: lambda on: _owed(on) & Q(is_returned=False, limit__lt=on),
    State.EXTENDED: lambda on: _owed(on) & Q(is_returned=False, limit__gte=on, due_on__lt=on),
    State.ISSUED: lambda on: _in_time(on) & Q(issued_id__isnull=False),
    State.DRAFT: lambda on: _in_time(on) & Q(issued_id=None, draft_id__isnull=False),
    State.OPEN: lambda on: _in_time(on) & Q(issued_id=None, draft_id=None),
}


class NoProgramme(Refused):
    """There is no such programme."""


def programmes(programme_id: str | None = None) -> list[Programme]:
    """All programmes, or the one with this id. Raises `NoProgramme`."""
    found = list(Programme.objects.filter(pk=programme_id) if programme_id else Programme.objects.all())
    if not found:
        known = ", ".join(Programme.objects.values_list("pk", flat=True))
        raise NoProgramme(
            _("Không có chương trình báo cáo “%(id)s”. Các chương trình: %(known)s.")
            % {"id": programme_id, "known": known}
        )
    return found


def obligation_of(unit_id: str, programme: str, period: str) -> Obligation | None:
    """What a unit owes by the programme under which its reports are kept; `None` when it owes none."""
    request = request_of(programme)
    asked = Q(programme=programme, request=None) if request is None else Q(request=request)
    found: Obligation | None = (
        Obligation.objects.filter(asked, unit=unit_id, period=period)
        .select_related("unit", "recipient", "programme", "regime", "request")
        .first()
    )
    return found


def drafted_programmes() -> dict[str, str]:
    """Names by id of the programmes whose reports the desk writes."""
    return dict(Programme.objects.filter(is_drafted=True).values_list("pk", "short"))


def followed(programme: Programme, since: date, ids: Collection[str]) -> set[str]:
    """Those of these units that had an obligation of the programme when a period fell due on that day."""
    rows = Obligation.objects.filter(programme=programme, unit__in=ids, opened_at__date__lte=since)
    return set(rows.order_by().values_list("unit_id", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Shown:
    """An obligation as a list or a page shows it on a day."""

    row: Obligation
    on: date
    state: State
    limit: date
    days_left: int
    done_on: date | None
    draft_id: int | None
    issued_id: int | None
    submission_id: int | None
    has_asked: bool
    is_reminded: bool = False

    @property
    def label(self) -> str:
        return str(rules.STATES[self.state])

    @property
    def is_returned_late(self) -> bool:
        """Whether it was returned and the day by which it was due has passed."""
        return self.state is State.RETURNED and self.days_left < 0


def shown(row: Any, on: date) -> Shown:
    """A row of `with_standing`, ready to be shown."""
    facts = facts_of(row)
    return Shown(
        row=row,
        on=on,
        state=rules.state_of(facts, on),
        limit=facts.limit,
        days_left=(facts.limit - on).days,
        done_on=facts.done_on,
        draft_id=row.draft_id,
        issued_id=row.issued_id,
        submission_id=row.submission_id,
        has_asked=row.has_asked,
        is_reminded=getattr(row, "is_reminded", False),
    )


def next_owed(unit_id: str, on: date, person: Person) -> list[Shown]:
    """What a unit owes next, earliest limit first, and of which the person was reminded without looking at it since.

    What is late for more than a quarter is left to the list.
    """
    unseen = Nudge.objects.filter(obligation=OuterRef("pk"), person=person, seen_at=None)
    rows = with_standing(Obligation.objects.filter(unit=unit_id), on).annotate(is_reminded=Exists(unseen))
    owed = in_state(
        rows.select_related("programme", "request"), [state for state in State if state.is_owed], on
    )
    recent = owed.filter(limit__gte=on - rules.STILL_OWED).order_by("limit", "pk")
    return [shown(row, on) for row in recent]


def likely_period(unit_id: str, on: date) -> Period:
    """The period that someone who wants to report on that day most likely means: of those the unit owes and that count
    already the one whose last day is nearest. Where nothing is owed it is the usual one of a commune."""
    rows = Obligation.objects.filter(unit=unit_id, programme=PROGRAMME, request=None, window_from__lte=on)
    owed = in_state(with_standing(rows, on), [state for state in State if state.is_owed], on)
    nearest = min(owed, key=lambda row: abs((row.window_to - on).days), default=None)
    return Period.parse(nearest.period) if nearest else usual_period(on, periods_reported(unit_id))


def last_due(programme: str, unit_ids: Collection[str], on: date) -> list[Shown]:
    """How the obligations of the last period that fell due stand for these units; empty before any did."""
    rows = Obligation.objects.filter(programme=programme, unit__in=unit_ids, request=None)
    last = rows.filter(due_on__lt=on).order_by("-window_to").values_list("period", flat=True).first()
    if last is None:
        return []
    return [shown(row, on) for row in with_standing(rows.filter(period=last), on).order_by("unit")]


def extensions_for(unit_ids: Collection[str]) -> QuerySet[Exemption]:
    """The requests for a later day that wait for a decision, of these units."""
    waiting: QuerySet[Exemption] = Exemption.objects.filter(
        state=Exemption.State.ASKED, obligation__unit__in=unit_ids
    )
    return waiting.select_related("obligation__unit", "requested_by").order_by("obligation__due_on", "pk")
