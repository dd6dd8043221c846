"""What waits for one person on the first page of the desk: how much of what, and where to do it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
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
from dinhlang.org.rules import Permission
from dinhlang.org.templatetags.desk import days_left
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.privacy import queries as privacy
from dinhlang.privacy.breaches import queries as breaches
from dinhlang.reports.approval import queries as approval
from dinhlang.reports.duties.queries import Shown
from dinhlang.reports.submission import queries as submission
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import queries as work

MOST_SHOWN = 6
# A report that went without a seal for so long went on paper.
DAYS_TO_SEAL = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for this person: how much of what, and where to do it."""

    sentence: str
    address: str
    verb: str


def waiting(
    looking: Looking, unit: Unit, allowed: frozenset[Permission], owed: list[Shown]
) -> Iterator[Waiting]:
    """What waits in the unit for whoever looks and may do what is `allowed`; `owed` are the reports that the unit owes."""
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
    for case in citizens.cases_for(looking.person, unit, looking.on)[:MOST_SHOWN]:
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
    said = [
        (
            _("%(count)s hồ sơ một cửa đã quá hạn"),
            found.overdue,
            "timing=overdue",
            _("Xem và xin lỗi, hẹn lại"),
        ),
        (_("%(count)s hồ sơ một cửa sắp đến hạn"), found.soon, "timing=soon", _("Xem")),
    ]
    if keeps:
        said.append((_("%(count)s kết quả chờ trả người dân"), found.to_give, "timing=to-give", _("Xem")))
    yield from _counted(said, reverse("onestop:dossiers"), unit)


def _of_radio_and_channels(unit: Unit, allowed: frozenset[Permission], on: date) -> Iterator[Waiting]:
    if Permission.CHANNELS_SEND in allowed:
        yield from _channels_in_trouble(unit)
    if Permission.BROADCAST_LOG in allowed:
        yield from _silent_speakers(unit)
    if allowed & {Permission.BROADCAST_WRITE, Permission.BROADCAST_REVIEW, Permission.BROADCAST_LOG}:
        yield from _prints_to_take_down(unit, on)
    if Permission.BROADCAST_APPROVE in allowed:
        count = prints.waiting_for_approval(unit)
        said = [(_("%(count)s ấn phẩm chờ bạn duyệt"), count, "", _("Xem và duyệt"))]
        yield from _counted(said, reverse("broadcast:prints"), unit)


def _without_evidence(person: Person, unit: Unit, *, is_keeper: bool) -> Iterator[Waiting]:
    """The keeper of the ledger sees what lacks evidence in all of it; the others what they wrote themselves."""
    if is_keeper:
        count, asked = work.unevidenced_count(unit), "state=unevidenced"
    else:
        count = work.ledger(unit, standing=work.Standing.UNEVIDENCED, by=person).count()
        asked = f"state=unevidenced&person={person.pk}"
    sentence = ngettext(
        "%(count)s hoạt động chưa có minh chứng", "%(count)s hoạt động chưa có minh chứng", count
    )
    yield from _counted([(sentence, count, asked, _("Bổ sung"))], reverse("work:ledger"), unit)


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
    said = [
        (_("%(count)s nơi còn treo ấn phẩm đã thu hồi"), called_back, "", _("Tháo xuống ngay")),
        (
            _("%(count)s nơi treo ấn phẩm đã quá hạn, chưa tháo"),
            overdue,
            "standing=qua-han",
            _("Tháo rồi ghi"),
        ),
    ]
    yield from _counted(said, reverse("broadcast:print-places"), unit)


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
