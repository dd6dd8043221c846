"""What the play of the radio stands on: what is there before it begins, the log as rows, a sound looked into."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import av
import numpy as np

from dinhlang.broadcast.speech.finishing_worker import loudness

if TYPE_CHECKING:
    from tests.upward import Play

RATE = 24_000

# An item that was approved and published, a bulletin that was typed, recorded and approved. What the demonstration still has
# before it is off, so that the play's own session may be held at whatever hour it is; the plan's places are still to be given.
SEED = """
import io, json, math, struct, wave
from datetime import timedelta
from django.utils import timezone
from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import Placing
from dinhlang.broadcast.models import Bulletin, RunningItem, Session, StationRules
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.broadcast.rules.words import Words
from dinhlang.org.models import Person, Unit
from dinhlang.portal.models import Column
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.words import Words as Written
from dinhlang.work.models import Task
at = timezone.now()
here = timezone.localtime(at)
unit = Unit.objects.get(pk="ben-truc")
author, officer, chair = (Person.objects.get(username=one) for one in ("cong-tac-vien", "van-hoa", "chu-tich"))
task = Task.objects.get(plan__unit=unit, plan__year=here.year, expected_kinds=["radio"])
words = Written(
    title="Tối thứ Năm có người giúp nộp hồ sơ",
    lead="Từ tuần này, tối thứ Năm nào tổ công nghệ số cũng giúp bà con nộp hồ sơ tại nhà văn hóa thôn.",
    body=from_text("Bà con mang theo căn cước và điện thoại.\\n\\nTổ trực từ 19 giờ đến 21 giờ, không thu phí."),
    byline="Mai Hoa",
)
column = Column.objects.filter(unit=unit).first()
item = newsroom.write_item(
    unit=unit, words=words, placing=newsroom.Placing(column=column, field="thu-tuc"), by=author, at=at
)
item = newsroom.submit(item=item, by=author, at=at)
item = newsroom.pass_on(item=item, by=officer, at=at)
item = newsroom.approve(item=item, by=chair, at=at)
item = newsroom.publish_item(item=item, by=officer, at=at)
sound = io.BytesIO()
with wave.open(sound, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(8000)
    file.writeframes(struct.pack("<24000h", *(round(9000 * math.sin(n / 5)) for n in range(24000))))
typed = actions.write_bulletin(
    unit=unit,
    words=Words("Lịch tiếp công dân tuần này", "Chủ tịch xã tiếp công dân sáng thứ Năm."),
    placing=Placing(field="thu-tuc"), by=None, at=at,
)
actions.attach_recording(bulletin=typed, data=sound.getvalue(), seconds=3, by=None, at=at)
actions.pass_on(bulletin=typed, by=None, at=at)
typed.refresh_from_db()
actions.approve(bulletin=typed, seen=queries.digest_of(typed, typed.draft), by=chair, at=at)
StationRules.objects.filter(unit=unit).update(values=AirRules(sessions_a_day=3, minutes_a_session=15).to_json())
ahead = Session.objects.filter(programme__unit=unit, day__gte=here.date(), cancelled_why="")
for one in ahead.filter(day=here.date()):
    actions.cancel_session(session=one, reason="Sửa âm ly", by=None, at=at)
RunningItem.objects.filter(session__in=ahead).delete()
Bulletin.objects.filter(unit=unit).exclude(pk=typed.pk).update(valid_until=here.date() - timedelta(days=1))
# Clear of the sessions that the demonstration has on other days, at half past five and at five.
hours = (here + timedelta(minutes=ahead) for ahead in (40, 90))
clear = next(one for one in hours if all(abs(one.hour * 60 + one.minute - at) > 20 for at in (330, 1020)))
hour = min(clear, here.replace(hour=23, minute=58))
print("told", json.dumps({
    "item": item.pk, "title": words.title, "task": task.pk, "day": str(here.date()), "hour": f"{hour:%H:%M}",
    "until": str(here.date() + timedelta(days=20)), "running": str((here + timedelta(days=17)).year),
}))
"""

# The hour of a session has nearly come: late enough for a slow machine to store the sound and to cut the line before.
SOON = """
from datetime import timedelta
from django.utils import timezone
from dinhlang.broadcast.models import Session
soon = timezone.localtime() + timedelta(seconds=90)
Session.objects.filter(pk={pk}).update(day=soon.date(), starts=soon.time())
"""

# What the worker does when a session has been over for a while.
COUNT = """
from datetime import timedelta
from django.utils import timezone
from dinhlang.broadcast import actions
actions.count_due(at=timezone.now() + timedelta(hours=1))
"""

# Two turns of the worker: one sends, the other asks the service whether it is done.
SEND = """
from django.utils import timezone
from dinhlang.broadcast.channels import actions
actions.turn(at=timezone.now())
actions.turn(at=timezone.now())
"""


def looked_into(data: bytes) -> tuple[str, float, float, float]:
    """Of a sound file: codec, seconds, loudness in LUFS, peak from 0 to 1."""
    with av.open(io.BytesIO(data)) as file:
        stream = file.streams.audio[0]
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        parts = [one for frame in file.decode(stream) for one in resampler.resample(frame)]
        parts += resampler.resample(None)
        samples = np.concatenate([one.to_ndarray().reshape(-1) for one in parts]).astype(np.float32)
        codec = stream.codec_context.name
    return codec, len(samples) / RATE, loudness(samples), float(np.abs(samples).max())


def log_of(play: Play, programme: str) -> list[tuple[str, str, str]]:
    """What the log says of today's session of that name, in its order: fact, witness, title."""
    return play.rows(
        "SELECT fact, witness, json_extract(said, '$.title') FROM broadcast_airlogentry WHERE unit_id = 'ben-truc'"
        " AND day = ? AND json_extract(said, '$.programme') = ? ORDER BY number",
        play.told["day"],
        programme,
    )


def counted_in(play: Play, session: int) -> dict[str, int]:
    """What the ledger has of a session, by counter."""
    return dict(
        play.rows(
            "SELECT m.concept, sum(m.value) FROM broadcast_counted c JOIN work_measure m ON m.activity_id = c.line_id"
            " WHERE c.session_id = ? GROUP BY m.concept",
            session,
        )
    )
