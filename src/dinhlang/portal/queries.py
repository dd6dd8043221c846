"""What meets on the first page of the desk: what is due, what waits, what has gaps, which report is on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dinhlang.broadcast.channels import queries as channels
from dinhlang.broadcast.emergency import queries as emergency
from dinhlang.broadcast.players import queries as players
from dinhlang.broadcast.prints import queries as prints
from dinhlang.citizens import queries as citizens
from dinhlang.onestop import queries as onestop
from dinhlang.org import queries as org
from dinhlang.org.desk import Looking
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import ROLES, Permission, Role
from dinhlang.org.templatetags.desk import days_left
from dinhlang.periods.identifier import Period
from dinhlang.portal import first_steps
from dinhlang.portal.first_steps import Step
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.privacy import queries as privacy
from dinhlang.privacy.breaches import queries as breaches
from dinhlang.reports.approval import queries as approval
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.queries import Shown
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Report
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.submission import queries as submission
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import queries as work
from dinhlang.work.models import Plan
from dinhlang.work.rules import State as TaskState

DAYS_AHEAD = 7
MOST_SHOWN = 6
# A report that went without a seal for so long went on paper.
DAYS_TO_SEAL = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this person: how much of what, and where to do it."""

    sentence: str
    address: str
    verb: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Tasks of one kind that ask for something: those shown, and where all of them stand, plan by plan.

    `plans` holds for each plan its year, how many of the tasks are in it, and the address that lists just them.
    """

    shown: list[Any]
    count: int
    plans: list[tuple[int, int, str]]


def pile(found: Sequence[Any], standing: str) -> Pile:
    """The first few of what was found, and the way to all of it. Each item has its `task`."""
    by_plan = Counter(one.task.plan for one in found)
    return Pile(
        list(found[:MOST_SHOWN]),
        len(found),
        [
            (plan.year, count, f"{reverse('work:plan', args=[plan.pk])}?{urlencode({'standing': standing})}")
            for plan, count in by_plan.items()
        ],
    )


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """The next report that the unit owes: the obligation with its reasons, the draft if there is one, and how many
    other reports are owed beside it."""

    duty: Shown
    period: Period | None
    draft: Report | None
    known: int
    figures: int
    others: int
    others_late: int

    @property
    def due_on(self) -> date:
        return self.duty.limit


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """One unit's matters on a day, and what the person may do about them."""

    unit: Unit
    name: str
    has_plan: bool
    late: Pile
    soon: Pile
    waiting: list[Waiting]
    gaps: Pile
    report: OnTheWay | None
    may_record: bool
    may_draft: bool
    may_import: bool
    steps: list[Step]

    @property
    def is_calm(self) -> bool:
        return self.has_plan and not (
            self.late.count or self.soon.count or self.waiting or self.gaps.count or self.steps
        )


def desks(looking: Looking) -> list[UnitDesk]:
    """The desks of the bodies the person acts for."""
    return [_desk(looking, unit) for unit in looking.home_units]


def _desk(looking: Looking, unit: Unit) -> UnitDesk:
    on, allowed = looking.on, looking.permissions_in(unit)
    plans = [
        work.progress(plan, on) for plan in Plan.objects.filter(unit=unit, year__range=(on.year - 1, on.year))
    ]
    this_year = [progress for progress in plans if progress.plan.year == on.year]
    due = work.due_of(plans, on, DAYS_AHEAD)
    owed = duties.next_owed(unit.pk, on, looking.person)
    return UnitDesk(
        unit=unit,
        name=org.title_of(unit, on),
        has_plan=bool(this_year),
        late=pile([one for one in due if one.state is TaskState.LATE], "late"),
        soon=pile([one for one in due if one.state is not TaskState.LATE], ""),
        waiting=list(_waiting(looking, unit, allowed, owed)),
        gaps=pile([task for progress in this_year for task in progress.tasks if task.gaps], "late"),
        report=_on_the_way(owed),
        may_record=Permission.ACTIVITY_RECORD in allowed,
        may_draft=Permission.REPORT_DRAFT in allowed,
        may_import=Permission.PLAN_IMPORT in allowed,
        steps=first_steps.steps(looking, unit),
    )


# --- what waits for one person --------------------------------------------------------------------


def _waiting(
    looking: Looking, unit: Unit, allowed: frozenset[Permission], owed: list[Shown]
) -> Iterator[Waiting]:
    person, on = looking.person, looking.on
    if Permission.BROADCAST_APPROVE in allowed:
        yield from _emergencies(unit)
    if Permission.ACTIVITY_RECORD in allowed:
        yield from _without_evidence(person, unit, is_keeper=Permission.ACTIVITY_REVERSE in allowed)
    yield from _reminded(owed)
    yield from _reports_on_their_way(person, unit, allowed, on)
    if Permission.REPORT_SEAL in allowed:
        yield from _to_be_sealed(unit, on)
    if Permission.REPORT_SUBMIT in allowed:
        yield from _to_hand_in(unit, on)
    if Permission.REPORT_ISSUE in allowed:
        yield from _keys_that_end(unit, on)
    if allowed & {Permission.NEWS_WRITE, Permission.NEWS_APPROVE}:
        yield from _on_the_board(person, unit, allowed)
    yield from _of_radio_and_channels(unit, allowed, on)
    yield from _of_citizens(looking, unit, allowed)
    yield from _of_data_requests(unit, allowed)
    yield from _of_breaches(unit, allowed)
    yield from _of_the_counter(person, unit, allowed, on)


def _counted(said: list[tuple[str, int, str, str]], there: str, unit: Unit) -> Iterator[Waiting]:
    """What there is any of, each leading to the list at `there` as it was asked: a sentence, a count, the question, a verb."""
    for sentence, count, asked, verb in said:
        if count:
            address = "&".join(filter(None, (f"{there}?{urlencode({'unit': unit.pk})}", asked)))
            yield Waiting(sentence % {"count": printed(count)}, address, verb)


def _of_data_requests(unit: Unit, allowed: frozenset[Permission]) -> Iterator[Waiting]:
    """What people ask about their own data: late, not yet answered, to be decided."""
    if Permission.PRIVACY_HANDLE not in allowed:
        return
    waits = privacy.waits(unit, timezone.now())
    there = reverse("privacy:requests")
    said = [
        (_("%(count)s yêu cầu về dữ liệu cá nhân quá hạn"), waits.late, "standing=qua-han", _("Xem")),
        (_("%(count)s yêu cầu về dữ liệu cá nhân chờ phản hồi"), waits.new, "state=received", _("Phản hồi")),
    ]
    if Permission.PRIVACY_DECIDE in allowed:
        said.append(
            (
                _("%(count)s yêu cầu về dữ liệu cá nhân chờ bạn duyệt"),
                waits.to_decide,
                "state=proposed",
                _("Đọc và duyệt"),
            )
        )
    yield from _counted(said, there, unit)


def _of_breaches(unit: Unit, allowed: frozenset[Permission]) -> Iterator[Waiting]:
    """What went wrong with personal data: late, the authority to be told, to be decided."""
    if Permission.PRIVACY_HANDLE not in allowed:
        return
    waits = breaches.waits(unit, timezone.now())
    there = reverse("breaches:breaches")
    said = [
        (
            _("%(count)s vi phạm về dữ liệu cá nhân quá hạn thông báo"),
            waits.late,
            "standing=qua-han",
            _("Xem"),
        ),
        (
            _("%(count)s vi phạm về dữ liệu cá nhân đang tính giờ thông báo"),
            waits.owed,
            "standing=chua-xong",
            _("Xem và xử lý"),
        ),
    ]
    if Permission.PRIVACY_DECIDE in allowed:
        said.append(
            (
                _("%(count)s vi phạm về dữ liệu cá nhân chờ bạn duyệt"),
                waits.to_decide,
                "state=proposed",
                _("Đọc và duyệt"),
            )
        )
    yield from _counted(said, there, unit)


def _of_citizens(looking: Looking, unit: Unit, allowed: frozenset[Permission]) -> Iterator[Waiting]:
    """Feedback that waits: to be looked at, late, to be given to somebody, to be approved; and what is the person's own or
    waits in their part of the office."""
    there = reverse("citizens:cases")
    for case in citizens.cases_for(looking.person, unit)[:MOST_SHOWN]:
        yield Waiting(
            _("Phản ánh %(code)s giao cho bạn, %(state)s")
            % {"code": case.code, "state": case.get_state_display().lower()},
            reverse("citizens:case", args=[case.pk]),
            _("Xem và xử lý"),
        )
    parts = citizens.parts_of(looking.posts)
    in_parts = _("%(count)s phản ánh giao bộ phận của bạn, chưa có người nhận")
    to_ours = f"standing={citizens.OUR_PARTS}"
    if not allowed & {Permission.CITIZENS_TAKE, Permission.CITIZENS_HANDLE, Permission.CITIZENS_APPROVE}:
        count = citizens.waiting_in_parts(unit, parts)
        yield from _counted([(in_parts, count, to_ours, _("Xem và nhận"))], there, unit)
        return
    waits = citizens.waits(unit, timezone.now(), parts)
    said = [
        (_("%(count)s phản ánh quá hạn trả lời"), waits.late, "standing=qua-han", _("Xem")),
        (in_parts, waits.in_parts, to_ours, _("Xem và nhận")),
    ]
    if Permission.CITIZENS_TAKE in allowed:
        said.append(
            (_("%(count)s phản ánh mới nhận, chờ xem"), waits.new, "state=received", _("Xem và tiếp nhận"))
        )
    if Permission.CITIZENS_HANDLE in allowed:
        said += [
            (
                _("%(count)s phản ánh chưa giao ai xử lý"),
                waits.unassigned,
                f"standing={citizens.UNASSIGNED}",
                _("Phân công"),
            ),
            (
                _("%(count)s phản ánh giao bộ phận, chưa có người nhận"),
                waits.unclaimed,
                f"standing={citizens.UNCLAIMED}",
                _("Xem và giao"),
            ),
        ]
    if Permission.CITIZENS_APPROVE in allowed:
        said += [
            (_("%(count)s câu trả lời chờ bạn duyệt"), waits.to_approve, "state=drafted", _("Đọc và duyệt")),
            (_("%(count)s phản ánh chờ bạn duyệt công khai"), waits.to_publish, "", _("Đọc và duyệt")),
        ]
    yield from _counted(said, there, unit)


def _of_the_counter(
    person: Person, unit: Unit, allowed: frozenset[Permission], on: date
) -> Iterator[Waiting]:
    """Dossiers whose day is near or over: the counter sees all of them, others those they hold."""
    morning = make_aware(datetime.combine(on, time.min))
    keeps = Permission.ONESTOP_REGISTER in allowed
    found = onestop.waits(unit, at=morning, held_by=None if keeps else person)
    told = [
        (found.overdue, "overdue", _("%(count)s hồ sơ một cửa đã quá hạn"), _("Xem và xin lỗi, hẹn lại")),
        (found.soon, "soon", _("%(count)s hồ sơ một cửa sắp đến hạn"), _("Xem")),
        *([(found.to_give, "to-give", _("%(count)s kết quả chờ trả người dân"), _("Xem"))] if keeps else []),
    ]
    for count, timing, words, deed in told:
        if count:
            asked = {"unit": unit.pk, "timing": timing}
            yield Waiting(
                words % {"count": printed(count)}, f"{reverse('onestop:dossiers')}?{urlencode(asked)}", deed
            )


def _of_radio_and_channels(unit: Unit, allowed: frozenset[Permission], on: date) -> Iterator[Waiting]:
    if Permission.CHANNELS_SEND in allowed:
        yield from _channels_in_trouble(unit)
    if Permission.BROADCAST_LOG in allowed:
        yield from _silent_speakers(unit)
    if allowed & {Permission.BROADCAST_WRITE, Permission.BROADCAST_REVIEW, Permission.BROADCAST_LOG}:
        yield from _prints_to_take_down(unit, on)
    if Permission.BROADCAST_APPROVE in allowed and (count := prints.waiting_for_approval(unit)):
        yield Waiting(
            _("%(count)s ấn phẩm chờ bạn duyệt") % {"count": printed(count)},
            f"{reverse('broadcast:prints')}?{urlencode({'unit': unit.pk})}",
            _("Xem và duyệt"),
        )


def _without_evidence(person: Person, unit: Unit, *, is_keeper: bool) -> Iterator[Waiting]:
    """The keeper of the ledger sees what lacks evidence in all of it; the others what they wrote themselves."""
    asked = {"unit": unit.pk, "state": "unevidenced"}
    if is_keeper:
        count = work.unevidenced_count(unit)
    else:
        count = work.ledger(unit, standing=work.Standing.UNEVIDENCED, by=person).count()
        asked["person"] = str(person.pk)
    if count:
        yield Waiting(
            ngettext(
                "%(count)s hoạt động chưa có minh chứng", "%(count)s hoạt động chưa có minh chứng", count
            )
            % {"count": printed(count)},
            f"{reverse('work:ledger')}?{urlencode(asked)}",
            _("Bổ sung"),
        )


def _reminded(owed: list[Shown]) -> Iterator[Waiting]:
    """Reports of which the person was reminded and which are still owed."""
    for one in [one for one in owed if one.is_reminded][:MOST_SHOWN]:
        yield Waiting(
            _("%(subject)s: hạn %(day)s, %(left)s")
            % {
                "subject": one.row.subject,
                "day": f"{one.limit:%d/%m/%Y}",
                "left": days_left(one.limit, one.on),
            },
            reverse("reports:duty", args=[one.row.pk]),
            _("Xem"),
        )


def _on_the_board(person: Person, unit: Unit, allowed: frozenset[Permission]) -> Iterator[Waiting]:
    """Items of the newsroom that wait for the person, by what is to be done with them."""
    said = {
        "approve": (_("%(count)s tin chờ bạn duyệt"), _("Đọc và duyệt")),
        "owes": (_("%(count)s tin đăng khẩn chờ bạn duyệt sau"), _("Đọc và duyệt")),
        "look": (_("%(count)s tin chờ bạn xem và trình"), _("Đọc và trình")),
        "put_up": (_("%(count)s tin đã duyệt, chờ bạn đăng"), _("Đăng tin")),
        "returned": (_("%(count)s tin trả lại cho bạn sửa"), _("Sửa tin")),
    }
    for name, count in newsroom.counts_for(person, unit, allowed).items():
        sentence, verb = said[name]
        yield Waiting(sentence % {"count": printed(count)}, reverse("newsroom:board"), verb)


def _emergencies(unit: Unit) -> Iterator[Waiting]:
    """Emergency messages that wait for the second person: before anything else."""
    for one in emergency.proposed_in(unit)[:MOST_SHOWN]:
        yield Waiting(
            _("Khẩn cấp: “%(headline)s” chờ phát lệnh") % {"headline": one.headline},
            reverse("broadcast:emergency", args=[one.pk]),
            _("Nghe và phát lệnh"),
        )


def _channels_in_trouble(unit: Unit) -> Iterator[Waiting]:
    """Channels to connect anew, and posts that only a person can see to."""
    for channel in channels.broken(unit)[:MOST_SHOWN]:
        yield Waiting(
            _("Kênh “%(name)s” mất kết nối") % {"name": channel.name},
            reverse("broadcast:channel", args=[channel.pk]),
            _("Kết nối lại"),
        )
    for delivery in channels.to_be_seen_to(unit)[:MOST_SHOWN]:
        yield Waiting(
            _("%(state)s: “%(title)s” trên %(channel)s")
            % {
                "state": delivery.get_state_display(),
                "title": delivery.title,
                "channel": delivery.channel.name,
            },
            reverse("broadcast:delivery", args=[delivery.pk]),
            _("Xem"),
        )


def _silent_speakers(unit: Unit) -> Iterator[Waiting]:
    """Players and devices of the radio that somebody should look after."""
    for device in players.in_alarm(unit)[:MOST_SHOWN]:
        since = localtime(device.alarm_since) if device.alarm_since else None
        yield Waiting(
            _("%(what)s: %(device)s, từ %(since)s")
            % {
                "what": device.get_alarm_display(),
                "device": device.name,
                "since": f"{since:%H:%M %d/%m/%Y}" if since else "—",
            },
            f"{reverse('broadcast:players')}?{urlencode({'unit': unit.pk})}",
            _("Xem máy phát, loa"),
        )


def _prints_to_take_down(unit: Unit, on: date) -> Iterator[Waiting]:
    """What hangs longer than it should, and what hangs though it was called back."""
    overdue, called_back = prints.to_take_down(unit, on)
    there = reverse("broadcast:print-places")
    if called_back:
        yield Waiting(
            _("%(count)s nơi còn treo ấn phẩm đã thu hồi") % {"count": printed(called_back)},
            f"{there}?{urlencode({'unit': unit.pk})}",
            _("Tháo xuống ngay"),
        )
    if overdue:
        yield Waiting(
            _("%(count)s nơi treo ấn phẩm đã quá hạn, chưa tháo") % {"count": printed(overdue)},
            f"{there}?{urlencode({'unit': unit.pk, 'standing': 'qua-han'})}",
            _("Tháo rồi ghi"),
        )


def _reports_on_their_way(
    person: Person, unit: Unit, allowed: frozenset[Permission], on: date
) -> Iterator[Waiting]:
    """Reports that wait for the person: to be sent, looked through, approved or mended."""
    said = {
        "send": (_("Dự thảo “%(subject)s” đã đủ số liệu"), _("Xem và trình duyệt"), "reports:report"),
        "pass": (_("“%(subject)s” chờ bạn xem trước khi duyệt"), _("Xem và trình"), "reports:approval"),
        "approve": (_("“%(subject)s” chờ bạn duyệt"), _("Xem và duyệt"), "reports:approval"),
        "mend": (
            _("“%(subject)s” trở lại để bạn sửa và trình lại"),
            _("Xem chỗ cần sửa"),
            "reports:approval",
        ),
    }
    found = approval.waiting_for(person, unit, on, drafts=Permission.REPORT_DRAFT in allowed)
    for one in list(found)[:MOST_SHOWN]:
        sentence, verb, address = said[one.what]
        yield Waiting(
            sentence % {"subject": one.report.subject}, reverse(address, args=[one.report.pk]), verb
        )


def _to_be_sealed(unit: Unit, on: date) -> Iterator[Waiting]:
    """Issued reports that wait for the agency's seal before they are handed in."""
    for report in approval.to_be_sealed(unit, on - timedelta(days=DAYS_TO_SEAL))[:MOST_SHOWN]:
        yield Waiting(
            _("“%(subject)s” đã phát hành, chờ đóng dấu số") % {"subject": report.subject},
            reverse("reports:seal", args=[report.pk]),
            _("Đóng dấu số"),
        )


def _to_hand_in(unit: Unit, on: date) -> Iterator[Waiting]:
    """Issued reports that were not handed in, and those that the level above returned."""
    for one in list(submission.to_send(unit, on))[:MOST_SHOWN]:
        if one.what == "mend":
            yield Waiting(
                _("Cấp trên trả lại “%(subject)s”") % {"subject": one.subject},
                reverse("reports:submission", args=[one.submission]),
                _("Xem chỗ cần sửa"),
            )
        else:
            yield Waiting(
                _("“%(subject)s” đã phát hành, chưa nộp") % {"subject": one.subject},
                reverse("reports:submit", args=[one.report]),
                _("Nộp lên cấp trên"),
            )


def _keys_that_end(unit: Unit, on: date) -> Iterator[Waiting]:
    """A certificate that ends is said in time: a new one takes weeks."""
    for key in org.keys_ending(unit, on):
        told = _("Chứng thư ký số của %(name)s hết hạn ngày %(day)s")
        yield Waiting(
            told % {"name": key.name, "day": f"{localdate(key.ends_at):%d/%m/%Y}"},
            reverse("reports:approval-setup", args=[unit.pk]),
            _("Thay khóa"),
        )


# --- the next report ------------------------------------------------------------------------------


def _on_the_way(owed: list[Shown]) -> OnTheWay | None:
    """The first report that is owed, those on communication first, then others that the desk writes; and how many more there are."""
    if not owed:
        return None
    here = [one for one in owed if one.row.programme is not None and one.row.programme.is_drafted]
    here = [one for one in here if one.row.programme_id == PROGRAMME] or here
    first = here[0] if here else owed[0]
    others = [one for one in owed if one is not first]
    draft = _draft(first.draft_id)
    return OnTheWay(
        duty=first,
        period=Period.parse(first.row.period) if first.row.period else None,
        draft=draft,
        known=getattr(draft, "known_count", 0),
        figures=getattr(draft, "figure_count", 0),
        others=len(others),
        others_late=sum(one.state is State.LATE for one in others),
    )


def _draft(pk: int | None) -> Report | None:
    if pk is None:
        return None
    counted = Report.objects.annotate(
        figure_count=Count("figures"),
        known_count=Count("figures", filter=Q(figures__value__isnull=False)),
    )
    return counted.defer("document").filter(pk=pk).first()


# --- whoever looks from above ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overview:
    """The units below a reviewer: how many there are and have a plan this year; of the last period that was due how
    many owed its report, have sent it, and who has not."""

    units: int
    with_plan: int
    period: Period | None
    owed: int
    sent: int
    silent: list[tuple[str, str]]
    waiting: int
    to_decide: int


def overview(looking: Looking) -> Overview | None:
    """What a reviewer sees first; `None` for whoever watches over no other unit."""
    on = looking.on
    if not any(ROLES[Role(post.role)].sees_below for post in looking.posts):
        return None
    below = Unit.objects.in_force(on).filter(pk__in=looking.readable_ids, level=Unit.Level.COMMUNE)
    ids = set(below.values_list("pk", flat=True))
    if not ids:
        return None
    last = duties.last_due(PROGRAMME, looking.readable_ids, on)
    counted = [one for one in last if one.state.counts]
    silent = sorted({one.row.unit_id for one in counted if one.state.is_owed})[:20]
    names = org.titles_of(silent, on)
    return Overview(
        units=len(ids),
        with_plan=Plan.objects.filter(unit__in=ids, year=on.year).values("unit").distinct().count(),
        period=Period.parse(last[0].row.period) if last else None,
        owed=len(counted),
        sent=sum(not one.state.is_owed for one in counted),
        silent=[(pk, capfirst(names[pk])) for pk in silent],
        waiting=duties.extensions_for(looking.readable_ids).count(),
        to_decide=submission.to_decide(looking.readable_ids).count(),
    )
