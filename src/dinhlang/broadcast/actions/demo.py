"""The station of the fictional commune: two slots, bulletins in all states, a programme, and some days that were logged."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.broadcast import queries
from dinhlang.broadcast.actions import airing, board, programmes, slots, writing
from dinhlang.broadcast.actions.writing import Placing
from dinhlang.broadcast.emergency import actions as alarms
from dinhlang.broadcast.emergency.rules import Status, Told
from dinhlang.broadcast.models import Bulletin, Slot
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.players.rules import SpeakerState
from dinhlang.broadcast.prints import demo as prints
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.voicing import abbreviations
from dinhlang.broadcast.voicing import bulletins as sound
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission
from dinhlang.work.models import ReformField

_UNIT = "ben-truc"
# How long before today the station began: those days are in the log.
_DAYS_BEFORE = 3

_APPROVED = (
    (
        "Nộp hồ sơ đất đai tại Trung tâm Phục vụ hành chính công",
        "Bà con xã Bến Trúc nộp hồ sơ đất đai tại Trung tâm Phục vụ hành chính công của xã, từ thứ Hai đến thứ Sáu.\n"
        "Khi đi, bà con mang theo căn cước và giấy tờ về thửa đất. Cán bộ hướng dẫn kê khai tại chỗ, không thu phí hướng dẫn.\n"
        "Ai có điện thoại thông minh thì nộp trực tuyến; tổ công nghệ số của thôn giúp bà con làm lần đầu.",
        Placing(kind=Kind.ARTICLE, field=ReformField.PROCEDURES),
    ),
    (
        "Hỏi đáp: cấp lại giấy khai sinh mất bao lâu",
        "Bác Sáu ở thôn Đông hỏi: giấy khai sinh của cháu bị mất, xin cấp bản sao mất bao lâu.\n"
        "Công chức tư pháp trả lời: bản sao trích lục khai sinh được cấp ngay trong ngày làm việc. Bác mang theo căn cước.",
        Placing(kind=Kind.QUESTION, field=ReformField.PROCEDURES),
    ),
    (
        "Phun thuốc phòng sốt xuất huyết tại ba thôn",
        "Sáng thứ Bảy, trạm y tế phun thuốc ở thôn Đông, thôn Tây và thôn Bãi. Bà con đậy thức ăn, đưa trẻ nhỏ ra ngoài.",
        Placing(kind=Kind.NOTICE, priority=Priority.URGENT),
    ),
)
_SPEAKERS = (
    ("Loa chợ Bến", "mái chợ Bến", "Trung tâm xã"),
    ("Loa thôn Đông", "cột điện trước nhà văn hóa thôn Đông", "Thôn Đông"),
    ("Loa thôn Tây", "cây đa đầu thôn Tây", "Thôn Tây"),
)
_DRAFTS = (
    Words(
        "Tổ công nghệ số cộng đồng thôn Bãi",
        "Tổ công nghệ số thôn Bãi có sáu người, mỗi tối thứ Năm giúp bà con cài ứng dụng tại nhà văn hóa.",
        "Mai Hoa",
    ),
    Words(
        "Lịch tiếp công dân tháng tới",
        "Chủ tịch xã tiếp công dân vào thứ Năm tuần đầu và tuần thứ ba hằng tháng.",
    ),
)


def load_demo(*, at: datetime) -> None:
    """Give the fictional commune its station, once."""
    unit = Unit.objects.filter(pk=_UNIT).first()
    if unit is None or Slot.objects.filter(unit=unit).exists():
        return
    with transaction.atomic():
        _load(unit, at - timedelta(days=_DAYS_BEFORE), at)


def _load(unit: Unit, began: datetime, at: datetime) -> None:
    on = localdate(began)
    reviewers = org.holders(unit, Permission.BROADCAST_REVIEW, on)
    operators = [one for one in org.holders(unit, Permission.BROADCAST_LOG, on) if one not in reviewers]
    writer = next(iter(operators), None)
    leader = next(iter(org.holders(unit, Permission.BROADCAST_APPROVE, on)), None)
    slots.set_rules(
        unit=unit,
        rules=AirRules(sessions_a_day=2, minutes_a_session=15, weekdays=frozenset(range(6))),
        legal_basis="Quy chế hoạt động đài truyền thanh xã Bến Trúc",
        starts_on=on.replace(month=1, day=1),
        by=None,
        at=began,
    )
    for name, hour in (("Bản tin sáng", time(5, 30)), ("Bản tin chiều", time(17))):
        slots.add_slot(
            unit=unit,
            slot=slots.SlotGiven(name, "từ thứ Hai đến thứ Bảy hằng tuần", hour, 15),
            by=None,
            at=began,
        )
    for title, script, placing in _APPROVED:
        bulletin = writing.write_bulletin(
            unit=unit, words=Words(title, script), placing=placing, by=writer, at=began
        )
        _approve(bulletin, leader=leader, at=began)
    drafts = [writing.write_bulletin(unit=unit, words=words, by=writer, at=began) for words in _DRAFTS]
    board.submit(bulletin=drafts[-1], by=None, at=began)
    _exercise(unit, by=writer, at=at)
    prints.load(unit, writer=writer, leader=leader, began=began, at=at)
    abbreviations.set_form(
        unit=unit,
        written="TCNS",
        spoken="tổ công nghệ số",
        section="abbreviations",
        note="Tên xã quen dùng",
        by=writer,
        at=began,
    )
    for name, place, zone in _SPEAKERS:
        speaker = players.add_speaker(unit=unit, name=name, place=place, zone=zone, by=None, at=began)
    players.note_speaker(
        speaker=speaker, state=SpeakerState.FAULTY, note="rè, chờ thợ xem củ loa", by=writer, at=at
    )
    # Of the draft that is still written: the worker reads it once it runs.
    sound.read_by_voice(bulletin=drafts[0], voice="", by=None, at=began)
    months = dict.fromkeys((day.year, day.month) for day in (localdate(began), localdate(at)))
    for year, month in months:
        programme, _skipped = programmes.make_programme(
            unit=unit, year=year, month=month, by=writer, at=began
        )
        airing.settle_programme(programme=programme, by=writer, at=began)
        for shown in queries.sessions_of(programme):
            begins = airtime.starts_at(shown.session.day, shown.session.starts)
            if not shown.items or begins > at - timedelta(days=1):
                continue
            airing.tick_session(
                session=shown.session,
                ticks=[airing.Tick(item.uid, True) for item in shown.items],
                started=begins,
                ended=begins + timedelta(minutes=shown.session.minutes),
                by=writer,
                at=begins + timedelta(hours=1),
            )


def _exercise(unit: Unit, *, by: Person | None, at: datetime) -> None:
    """An exercise that waits to be proposed."""
    alarms.begin(
        unit,
        Told(
            status=Status.EXERCISE,
            event="Lũ trên sông Trúc",
            headline="Diễn tập sơ tán khi nước sông Trúc lên",
            words="Nước sông Trúc lên nhanh. Bà con thôn Bãi mang theo giấy tờ, thuốc men, lên nhà văn hóa thôn Đông.\n"
            "Người già, trẻ nhỏ đi trước. Tổ xung kích thôn có mặt tại bến đò để hướng dẫn.",
            area="thôn Bãi",
            expires_at=at + timedelta(days=3),
        ),
        by=by,
        at=at,
    )


def _approve(bulletin: Bulletin, *, leader: Person | None, at: datetime) -> None:
    board.pass_on(bulletin=bulletin, by=None, at=at)
    bulletin.refresh_from_db()
    if bulletin.draft is None:
        raise TypeError("a bulletin has an edition")
    board.approve(bulletin=bulletin, seen=queries.digest_of(bulletin, bulletin.draft), by=leader, at=at)
