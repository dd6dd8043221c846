"""What can be asked of classes: lists, who is invited and who came, what the tests say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from dinhlang.citizens.models import (
    SurveyVersion,
    TrainingAnswer,
    TrainingCall,
    TrainingClass,
    TrainingFile,
    TrainingGuest,
)
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules import marking
from dinhlang.citizens.surveys.rules.definition import Definition, Purpose
from dinhlang.citizens.surveys.rules.rounds import typed_token
from dinhlang.citizens.training.rules import testing
from dinhlang.citizens.training.rules.calls import Answer
from dinhlang.citizens.training.rules.classes import Group, Paper, State
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.org import mail
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Position, Unit
from dinhlang.org.rules import Permission, Role
from dinhlang.vietnamese.text import fold, name_key

_STATES = {
    State.PLANNED: Q(invited_at=None, closed_at=None, cancelled_at=None),
    State.INVITED: Q(invited_at__isnull=False, closed_at=None, cancelled_at=None),
    State.CLOSED: Q(closed_at__isnull=False),
    State.CANCELLED: Q(cancelled_at__isnull=False),
}


def classes(unit_ids: Iterable[str], state: str = "") -> QuerySet[TrainingClass]:
    """The classes of these units, the latest first, with how many were invited and came."""
    rows = TrainingClass.objects.filter(unit__in=list(unit_ids)).select_related("unit")
    if state:
        rows = rows.filter(_STATES[State(state)])
    return rows.annotate(
        invited=Count("guests", filter=Q(guests__is_unannounced=False)),
        came=Count("guests", filter=Q(guests__attended_at__isnull=False)),
    ).order_by("-starts_at", "-pk")


def class_by_code(code: str) -> TrainingClass | None:
    """The class whose code stands on an invitation or a poster."""
    found = TrainingClass.objects.select_related("unit", "version", "signer")
    return found.filter(code=typed_token(code)).first()


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest as the people who hold the class read it; empty where the time of keeping is over."""

    row: TrainingGuest
    name: str
    place: str
    phone: str
    mail: str

    @property
    def named(self) -> Named:
        return Named(self.name, self.place, self.phone, self.mail)

    @property
    def came(self) -> bool:
        return self.row.attended_at is not None

    @property
    def has_mail(self) -> bool:
        """Whether a letter can reach them."""
        return bool(self.mail or (self.row.person is not None and self.row.person.email))


def guests(training: TrainingClass) -> list[Guest]:
    """Who is invited or came, by group, then by given name."""
    order = list(Group)
    found = [told_of(row) for row in training.guests.select_related("person")]
    return sorted(
        found, key=lambda one: (order.index(Group(one.row.group)), name_key(one.name), one.row.number)
    )


def told_of(row: TrainingGuest) -> Guest:
    """One guest, opened."""
    return Guest(row, row.name.shown(), row.place.shown(), row.phone.shown(), row.mail.shown())


def invited(training: TrainingClass) -> list[Guest]:
    """Who is invited; whoever came besides is left out."""
    return [one for one in guests(training) if not one.row.is_unannounced]


@dataclass(frozen=True, slots=True)
class Call:
    """What a guest said last when they were called, who called and when."""

    answer: Answer
    note: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OnList:
    """A guest of the list with their last call, if there was one. `is_to_call`: no letter reaches them and nobody spoke to them yet."""

    guest: Guest
    call: Call | None
    is_to_call: bool


@dataclass(frozen=True, slots=True)
class Called:
    """How the calls stand: how many guests said what, and how many are still to be called."""

    answers: tuple[tuple[Answer, int], ...]
    left: int

    @property
    def people(self) -> int:
        return sum(count for _answer, count in self.answers)


def on_list(training: TrainingClass) -> list[OnList]:
    """The guests in their order, each with what they said last about the invitation, or about the class being called off."""
    is_off = training.state is State.CANCELLED
    rows = TrainingCall.objects.filter(guest__training=training, is_off=is_off).select_related("by")
    last = {row.guest_id: row for row in rows.order_by("pk")}
    can_write = mail.is_configured()
    found = []
    for one in guests(training):
        row = last.get(one.row.pk)
        is_open = row is None or row.answer == Answer.UNREACHED
        reachable = can_write and one.has_mail
        is_to_call = bool(training.invited_at) and is_open and not reachable and not one.row.is_unannounced
        found.append(OnList(one, _call(row) if row else None, is_to_call))
    return found


def _call(row: TrainingCall) -> Call:
    return Call(Answer(row.answer), row.note.shown(), row.at, row.by.full_name if row.by else "")


def called(rows: Iterable[OnList]) -> Called:
    """The calls of these guests in figures."""
    there = list(rows)
    said = Counter(one.call.answer for one in there if one.call is not None)
    return Called(
        tuple((answer, said[answer]) for answer in Answer if said[answer]),
        sum(one.is_to_call for one in there),
    )


def unreached(training: TrainingClass) -> int:
    """How many guests no mail can reach: they are told by telephone or by paper."""
    if not mail.is_configured():
        return len(invited(training))
    return sum(not one.has_mail for one in invited(training))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a group are invited and came; `unannounced` came without an invitation."""

    label: str
    invited: int
    came: int
    unannounced: int


def counts(training: TrainingClass) -> list[Counted]:
    """Invited and present by group; groups without anybody are left out."""
    rows = (
        training.guests.order_by()
        .values("group")
        .annotate(
            invited=Count("pk", filter=Q(is_unannounced=False)),
            came=Count("pk", filter=Q(attended_at__isnull=False)),
            unannounced=Count("pk", filter=Q(is_unannounced=True, attended_at__isnull=False)),
        )
    )
    by_group = {row["group"]: row for row in rows}
    return [
        Counted(str(one.label), by_group[one]["invited"], by_group[one]["came"], by_group[one]["unannounced"])
        for one in Group
        if one in by_group
    ]


def attended(training: TrainingClass) -> int:
    """How many came."""
    return training.guests.filter(attended_at__isnull=False).count()


def files(training: TrainingClass, *kinds: Paper) -> list[TrainingFile]:
    """The files of these kinds that were not removed, of each title the newest version first."""
    rows = training.files.filter(kind__in=kinds, removed_at=None).select_related("blob")
    return list(rows.order_by("kind", "title", "-version"))


def newest(rows: Iterable[TrainingFile]) -> list[TrainingFile]:
    """Of each title the newest version."""
    found: dict[tuple[str, str], TrainingFile] = {}
    for one in rows:
        found.setdefault((one.kind, one.title), one)
    return list(found.values())


# --- Whom to invite ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with a post in the unit who may be invited."""

    person: Person
    group: Group
    place: str


def candidates(training: TrainingClass, on: date) -> list[Candidate]:
    """Whoever holds a post in the unit or in one of its hamlets and is not invited yet; each once, as head of a hamlet first."""
    there = set(training.guests.exclude(person=None).values_list("person", flat=True))
    posts: dict[int, Position] = {}
    for post in org.posts_in(training.unit, on):
        if post.person_id in there or not (post.person.is_active or post.person.is_awaited):
            continue
        if post.person_id not in posts or post.role == Role.HAMLET_HEAD:
            posts[post.person_id] = post
    titles = org.titles_of({post.unit_id for post in posts.values()}, on)
    found = [
        Candidate(
            post.person,
            Group.HAMLET if post.role == Role.HAMLET_HEAD else Group.OFFICIAL,
            _belongs(post, titles.get(post.unit_id, "")),
        )
        for post in posts.values()
    ]
    order = list(Group)
    return sorted(found, key=lambda one: (order.index(one.group), name_key(one.person.full_name)))


def _belongs(post: Position, title: str) -> str:
    """The post, and of which hamlet unless it says so."""
    is_said = post.unit.level != Unit.Level.HAMLET or fold(title) in fold(post.title)
    return post.title if is_said else f"{post.title}, {title}"


def signers(unit: Unit, on: date) -> list[Person]:
    """Who may sign an invitation of the unit."""
    held = org.holders(unit, Permission.REPORT_ISSUE, on)
    return sorted(held, key=lambda one: name_key(one.full_name))


def keys_of(training: TrainingClass) -> set[tuple[str, str]]:
    """The people of the list, as two rows of it are told apart."""
    return {(fold(one.name), fold(one.place)) for one in guests(training)}


# --- Tests ---------------------------------------------------------------------------------------------------------


def tests(unit: Unit) -> list[SurveyVersion]:
    """The tests of a unit, the newest version of each."""
    rows = (
        SurveyVersion.objects.filter(survey__unit=unit).select_related("survey").order_by("survey", "-number")
    )
    found: dict[int, SurveyVersion] = {}
    for one in rows:
        found.setdefault(one.survey_id, one)
    return [
        one
        for one in found.values()
        if one.definition["purpose"] == Purpose.TEST and marking.markable(definition_of(one))
    ]


def sat(training: TrainingClass) -> tuple[int, int]:
    """How many sat the test before and the test after."""
    rows = dict(training.answers.order_by().values_list("is_after").annotate(n=Count("pk")))
    return rows.get(False, 0), rows.get(True, 0)


def told(training: TrainingClass) -> testing.Told:
    """What both tests say: as it was kept when they were handed in, else as it is now."""
    if training.results is not None:
        return testing.restored(training.results)
    before, asked_before = _sat(training.answers.filter(is_after=False))
    after, asked_after = _sat(training.answers.filter(is_after=True))
    return testing.told(before, after, asked_before=asked_before, asked_after=asked_after)


def _sat(rows: QuerySet[TrainingAnswer]) -> tuple[list[testing.Sat], Definition | None]:
    """What was answered, and what was asked: one test, since none is chosen while people sit one."""
    found = list(rows.select_related("version").order_by("pk"))
    if not found:
        return [], None
    asked = definition_of(found[0].version)
    return [testing.Sat(marking.mark(asked.questions, one.values), one.pair) for one in found], asked
