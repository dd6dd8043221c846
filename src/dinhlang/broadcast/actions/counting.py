"""What was heard, in the ledger: lines of kind 'radio' that follow the air log and never run ahead of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast import queries
from dinhlang.broadcast.models import Bulletin, Counted, Session
from dinhlang.broadcast.queries import SessionShown
from dinhlang.broadcast.rules.kinds import Source
from dinhlang.broadcast.rules.log import Group, Heard, PlayState, aired_seconds, counted, title_of_line
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, Reversal, Task
from dinhlang.work.rules import TITLE_LENGTH, FileEvidence

# A session whose devices still report is counted when it has been over for a while.
_SETTLES_AFTER = timedelta(minutes=10)


@kept_in_vietnamese
@transaction.atomic
def count_session(session: Session, *, by: Person | None, at: datetime) -> list[Counted]:
    """Let the ledger say what the log says of a session: the same lines stay, others are reversed and written anew.

    Called by acts that have checked who may. A session under whose task or field nothing was heard has no line.
    """
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=session.pk)
    )
    [shown] = queries.with_items([session])
    states = queries.states_of([session])
    standing = list(session.counted.select_related("line__task").prefetch_related("pieces", "line__measures"))
    mine = {piece.pk for one in standing for piece in one.pieces.all()}
    groups = counted(_heard(shown, states, mine))
    wanted = {(group.task, group.field): group for group in groups}
    keep: list[Counted] = []
    for one in standing:
        group = wanted.get((one.line.task_id, one.line.reform_field))
        if group is not None and _says(one, group):
            keep.append(one)
            del wanted[group.task, group.field]
            continue
        if not Reversal.objects.filter(activity=one.line_id).exists():
            work.reverse_consequence(
                activity=one.line, reason=_("Sổ nhật ký phát thanh có dòng mới về buổi này"), by=by, at=at
            )
        one.pieces.clear()
        one.delete()
    made = [_write(shown, states, group, by=by, at=at) for group in wanted.values()]
    freed = mine - {piece for group in groups for piece in group.pieces}
    if freed:
        # Where else it was heard, its writing may be counted now.
        others = Session.objects.filter(items__bulletin__in=freed).exclude(pk=session.pk)
        Session.objects.filter(pk__in=others.values("pk")).update(count_due=True)
    session.count_due = False
    session.save(update_fields=["count_due"])
    return keep + made


def _heard(shown: SessionShown, states: Mapping[UUID, PlayState], mine: set[int]) -> list[Heard]:
    found = []
    bulletins = [item.bulletin_id for item in shown.items if item.bulletin_id]
    elsewhere = set(
        Counted.objects.filter(pieces__in=bulletins)
        .exclude(session=shown.session)
        .values_list("pieces", flat=True)
    )
    for item in shown.items:
        state = states.get(item.uid)
        if state is None or not state.counts:
            continue
        bulletin = item.bulletin
        is_new = (
            bulletin is not None
            and bulletin.source == Source.OWN
            # What was published first is counted there; another language says the same piece.
            and not bulletin.made_from_kind
            and bulletin.original_id is None
            and (bulletin.pk in mine or bulletin.pk not in elsewhere)
        )
        found.append(
            Heard(
                aired_seconds(state, item.seconds),
                item.task_id,
                item.field,
                item.bulletin_id,
                item.kind,
                is_new,
            )
        )
    return found


def _says(one: Counted, group: Group) -> bool:
    measures = {measure.concept: measure.value for measure in one.line.measures.all()}
    pieces = {piece.pk for piece in one.pieces.all()}
    reversed_since = Reversal.objects.filter(activity=one.line_id).exists()
    return not reversed_since and measures == group.measures() and pieces == set(group.pieces)


def _write(
    shown: SessionShown, states: Mapping[UUID, PlayState], group: Group, *, by: Person | None, at: datetime
) -> Counted:
    session = shown.session
    aired = [
        item
        for item in shown.items
        if (item.task_id, item.field) == (group.task, group.field)
        and (state := states.get(item.uid)) is not None
        and state.counts
    ]
    title = title_of_line(session.name, [item.title for item in aired])
    evidence = work.hold_file(
        FileEvidence(_excerpt(shown, states).encode(), f"so-nhat-ky-{session.day}-{session.starts:%H%M}.txt"),
        at,
    )
    line = work.record_consequence(
        unit=session.programme.unit,
        kind=ActivityKind.RADIO,
        happened_on=session.day,
        title=title[:TITLE_LENGTH],
        measures=group.measures(),
        task=Task.objects.filter(pk=group.task).first() if group.task else None,
        evidence=[evidence],
        basis=Basis.BOOK,
        reform_field=group.field,
        by=by,
        at=at,
    )
    made = Counted.objects.create(session=session, line=line)
    made.pieces.set(Bulletin.objects.filter(pk__in=group.pieces))
    return made


def _excerpt(shown: SessionShown, states: Mapping[UUID, PlayState]) -> str:
    """What the log says of a session, as a text that stands by itself: the evidence of its line."""
    session = shown.session
    lines = [
        _("Trích sổ nhật ký phát thanh"),
        _("Buổi phát: %(name)s, ngày %(day)s, %(time)s")
        % {"name": session.name, "day": f"{session.day:%d/%m/%Y}", "time": f"{session.starts:%H:%M}"},
    ]
    for entry in queries.entries_of([session]):
        said = entry.said
        ends = f"–{localtime(entry.ended_at):%H:%M:%S}" if entry.ended_at else ""
        who = entry.by or entry.device
        lines.append(
            f"{entry.number}. {entry.get_fact_display()}: {said.get('title', '')}; {localtime(entry.at):%d/%m/%Y %H:%M:%S}{ends}; "
            f"{entry.get_witness_display()} {who}; {entry.entry_hash}"
        )
    return "\n".join(lines)


def count_due(*, at: datetime, most: int = 500) -> int:
    """Count sessions of which devices reported something new and that are over; how many. For the worker.

    One that cannot be counted (a unit that is no more) stays marked and is tried again; the others go on.
    """
    now = localtime(at - _SETTLES_AFTER)
    done = 0
    due = Session.objects.filter(count_due=True, day__lte=now.date()).order_by("day", "starts", "pk")
    for session in due.select_related("programme__unit")[:most]:
        over = datetime.combine(session.day, session.starts, tzinfo=now.tzinfo) + timedelta(
            minutes=session.minutes
        )
        if over > now:
            continue
        try:
            count_session(session, by=None, at=at)
        except Refused:
            continue
        done += 1
    return done
