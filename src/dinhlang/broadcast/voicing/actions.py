"""Sound is asked for, made by the worker, and put away. The rights are the caller's matter but where it says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import BulletinEdition, Voicing
from dinhlang.broadcast.speech import engine
from dinhlang.broadcast.speech.engine import SpeechFailed
from dinhlang.broadcast.speech.finishing import BadSound, Finished, finished
from dinhlang.broadcast.speech.reading import read_aloud
from dinhlang.broadcast.speech.transcript import Line
from dinhlang.broadcast.voicing import abbreviations, queries, rules, signals
from dinhlang.broadcast.voicing.queries import UNDER_WAY, By, State
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese import speech
from dinhlang.work import blobs
from dinhlang.work.models import Blob

Clock = Callable[[], datetime]
_RESULT = ("mp3_id", "opus_id", "seconds", "loudness", "peak", "lines")


@transaction.atomic
def ask(
    *,
    unit: Unit,
    text: str,
    title: str = "",
    voice: str = "",
    rate: float = 1.0,
    edition: BulletinEdition | None = None,
    by: Person | None,
    at: datetime,
) -> Voicing:
    """Sound of a text, spoken by a voice (empty: the unit's usual one) with the unit's table of short forms.

    The same text, voice, rate and table give the row that is there, with its files once they are made; one that failed is
    tried again. `edition` is the bulletin whose sound it becomes. Raises `Unfit` for a voice that is not there and for a
    text in which nothing is spoken, or that is longer than an hour of air.
    """
    voice = voice or queries.usual_voice(unit)
    if queries.voice_named(voice) is None:
        raise Unfit(_("Giọng đọc này không còn trên máy chủ. Chọn giọng khác."), "voice")
    if not engine.SLOWEST <= rate <= engine.FASTEST:
        raise Unfit(_("Tốc độ đọc phải từ 0,5 đến 2 lần. Chọn lại tốc độ."), "rate")
    words = abbreviations.table_of(unit)
    _check_can_be_spoken(text, abbreviations.words_from(words))
    key = rules.key_of(text, voice=voice, rate=rate, words=words)
    voicing, is_new = Voicing.objects.get_or_create(
        unit=unit,
        edition=edition,
        key=key,
        source=By.VOICE,
        dropped_at=None,
        defaults={
            "title": title[:300],
            "text": text,
            "voice": voice,
            "rate": rate,
            "words": words,
            "asked_at": at,
            "asked_by": by,
        },
    )
    if is_new and (same := _made_before(voicing)) is not None:
        _take_over(voicing, same, at)
    elif is_new or voicing.state == State.FAILED:
        _begin(voicing, at)
    return voicing


def _check_can_be_spoken(text: str, words: speech.Words) -> None:
    sentences = [one.spoken for one in speech.sentences(text, words)]
    if not sentences:
        raise Unfit(_("Không có lời nào để đọc. Hãy viết lời đọc."), "text")
    try:
        engine.check_length(sentences)
    except SpeechFailed as reason:
        raise Unfit(str(reason), "text") from reason


def _made_before(voicing: Voicing) -> Voicing | None:
    # What the house says to all (steps of guides) is read once for all units; the file carries its title.
    of = Q(unit=voicing.unit_id) | Q(title=voicing.title)
    same = Voicing.objects.filter(of, key=voicing.key, state=State.DONE)
    return same.exclude(pk=voicing.pk).order_by("-pk").first()


def _take_over(voicing: Voicing, same: Voicing, at: datetime) -> None:
    """The files of a row with the same key: what is heard is the same."""
    for name in _RESULT:
        setattr(voicing, name, getattr(same, name))
    voicing.state, voicing.done_at = State.DONE, at
    voicing.save()
    signals.voiced.send(sender=Voicing, voicing=voicing)


@transaction.atomic
def ask_to_even(
    *,
    unit: Unit,
    raw: bytes,
    text: str = "",
    title: str = "",
    starts: float = 0.0,
    ends: float | None = None,
    reader: str = "",
    edition: BulletinEdition | None = None,
    by: Person | None,
    at: datetime,
) -> Voicing:
    """Sound of a person's recording, of which the part from `starts` to `ends` (seconds) is kept; `text` is what was read.

    Every recording is a row of its own. Raises `Refused` for an empty or too large file, `Unfit` for a part that ends before
    it begins. Whether it is sound at all the worker finds out.
    """
    if starts < 0 or (ends is not None and ends <= starts):
        raise Unfit(_("Điểm cuối phải sau điểm đầu. Chọn lại phần giữ lại."), "ends")
    voicing = Voicing.objects.create(
        unit=unit,
        edition=edition,
        source=By.PERSON,
        key="",
        title=title[:300],
        text=text,
        raw=blobs.store(raw, None, at),
        starts=starts,
        ends=ends,
        reader=reader[:120],
        asked_at=at,
        asked_by=by,
    )
    _begin(voicing, at)
    return voicing


def _begin(voicing: Voicing, at: datetime) -> None:
    voicing.state, voicing.problem, voicing.attempts = State.WAITING, "", 0
    voicing.said = voicing.total = 0
    # Of one whose task was lost with its queue the worker hears again (`resume`).
    voicing.silent_until = at + rules.SPEAKING
    voicing.save()
    transaction.on_commit(lambda: enqueue(voicing.pk))


@transaction.atomic
def retry(*, voicing: Voicing, at: datetime) -> Voicing:
    """Try one that failed again; of any other nothing changes."""
    one = Voicing.objects.select_for_update(of=("self",)).get(pk=voicing.pk)
    if one.state == State.FAILED and one.dropped_at is None:
        _begin(one, at)
    return one


@transaction.atomic
def drop(*, voicing: Voicing, at: datetime) -> None:
    """Put a sound away: it is nobody's any more, and what the worker makes of it meanwhile is thrown away."""
    Voicing.objects.filter(pk=voicing.pk, dropped_at=None).update(dropped_at=at)


def enqueue(pk: int) -> None:
    """Ask the worker to make it."""
    from dinhlang.broadcast import tasks

    tasks.make_sound.enqueue(pk)


# --- The worker ---------------------------------------------------------------------------------------------------


@kept_in_vietnamese
def make(*, pk: int, clock: Clock = timezone.now) -> Voicing | None:
    """Make a sound that waits; None when somebody else makes it, or it was made or put away. A reason for which it cannot be
    made is kept with it, nothing is raised for that. Until the last moment nothing is written but how far it has come."""
    voicing = _claimed(pk, clock())
    if voicing is None:
        return None
    try:
        sound, lines = _sound_of(voicing, clock)
    except (SpeechFailed, BadSound) as reason:
        return _failed(voicing, str(reason), clock())
    except blobs.BlobLost:
        return _failed(voicing, _("Tệp ghi âm không còn trong kho. Hãy ghi lại."), clock())
    try:
        return _keep(voicing, sound, lines, clock())
    except Refused as reason:
        return _failed(voicing, str(reason), clock())


def _claimed(pk: int, at: datetime) -> Voicing | None:
    """The row, if this process is the one that makes it: the conditional update decides."""
    waiting = Voicing.objects.filter(pk=pk, state=State.WAITING, dropped_at=None)
    taken = waiting.update(
        state=State.WORKING,
        claimed_at=at,
        silent_until=at + rules.SPEAKING,
        attempts=F("attempts") + 1,
        said=0,
        total=0,
    )
    if not taken:
        return None
    return Voicing.objects.select_related("unit", "raw", "edition__bulletin", "asked_by").get(pk=pk)


def _sound_of(voicing: Voicing, clock: Clock) -> tuple[Finished, list[Line]]:
    words = abbreviations.words_from(voicing.words)
    if voicing.source == By.VOICE:

        def told(said: int, total: int) -> None:
            # After the last sentence it is evened: how long that takes is known by the length of the text.
            silent = rules.SPEAKING if said < total else rules.evening(len(voicing.text) / 10)
            _tell(voicing, clock() + silent, said=said, total=total)

        read = read_aloud(
            voicing.text, voicing.voice, rate=voicing.rate, words=words, title=voicing.title, told=told
        )
        return read.sound, list(read.lines)
    _tell(voicing, clock() + rules.evening(None))
    raw = blobs.read(_there(voicing.raw))
    sound = finished(raw, title=voicing.title, starts=voicing.starts, ends=voicing.ends)
    own = abbreviations.words_of(voicing.unit)
    return sound, rules.reckoned_lines(voicing.text, sound.seconds, own)


def _there(raw: Blob | None) -> Blob:
    if raw is None:
        raise TypeError("a person's sound has its recording")
    return raw


def _mine(voicing: Voicing) -> QuerySet[Voicing]:
    return Voicing.objects.filter(pk=voicing.pk, state=State.WORKING, claimed_at=voicing.claimed_at)


def _tell(voicing: Voicing, silent_until: datetime, **more: int) -> None:
    _mine(voicing).update(silent_until=silent_until, **more)


def _failed(voicing: Voicing, problem: str, at: datetime) -> Voicing:
    with transaction.atomic():
        if _mine(voicing).update(state=State.FAILED, problem=problem[:500], silent_until=None):
            voicing.refresh_from_db()
            signals.voiced.send(sender=Voicing, voicing=voicing)
    return voicing


@transaction.atomic
def _keep(voicing: Voicing, sound: Finished, lines: list[Line], at: datetime) -> Voicing | None:
    """The files and the row, together or not at all; None when it was put away or given to another worker meanwhile."""
    one = _mine(voicing).select_for_update(of=("self",)).first()
    if one is None or one.dropped_at is not None:
        return None
    one.mp3, one.opus = (blobs.store(data, None, at) for data in (sound.mp3, sound.opus))
    one.seconds, one.loudness, one.peak = sound.seconds, sound.loudness, sound.peak
    one.lines = rules.kept(lines)
    one.state, one.problem, one.done_at, one.silent_until = State.DONE, "", at, None
    one.save()
    if one.source == By.PERSON and one.edition_id is not None:
        from dinhlang.broadcast.voicing import bulletins

        bulletins.lay_beside(one, sound, at=at)
    signals.voiced.send(sender=Voicing, voicing=one)
    return one


def resume(*, at: datetime) -> int:
    """Give out again what was cut off with its process, and say so of what was cut off too often; how many begin again."""
    again = 0
    for one in Voicing.objects.filter(state__in=UNDER_WAY, dropped_at=None, silent_until__lt=at):
        same = Voicing.objects.filter(pk=one.pk, state=one.state, silent_until=one.silent_until)
        if one.attempts >= rules.MOST_ATTEMPTS:
            _give_up(one, same)
        # The conditional update decides: a worker that speaks after all, or another tick, changes nothing.
        elif same.update(state=State.WAITING, silent_until=at + rules.SPEAKING):
            enqueue(one.pk)
            again += 1
    return again


@kept_in_vietnamese
def _give_up(voicing: Voicing, same: QuerySet[Voicing]) -> None:
    problem = _("Làm không xong sau %(times)d lần. Hãy chia bản tin thành nhiều phần rồi thử lại.") % {
        "times": voicing.attempts
    }
    with transaction.atomic():
        if same.update(state=State.FAILED, problem=problem, silent_until=None):
            voicing.refresh_from_db()
            signals.voiced.send(sender=Voicing, voicing=voicing)
