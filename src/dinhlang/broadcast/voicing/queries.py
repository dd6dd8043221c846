"""Sound as it is asked for: of a text, of the editions of bulletins, by its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from django.db.models import F, Q, QuerySet

from dinhlang.broadcast.models import Bulletin, BulletinEdition, Voicing
from dinhlang.broadcast.speech import engine, transcript
from dinhlang.broadcast.speech.engine import Voice
from dinhlang.broadcast.voicing import rules
from dinhlang.org.models import Unit
from dinhlang.work.models import Blob

State, By = Voicing.State, Voicing.By
UNDER_WAY = (State.WAITING, State.WORKING)


def usual_voice(unit: Unit) -> str:
    """The voice that the unit chose last and that is still there, else the first one."""
    known = [one.key for one in engine.voices()]
    chosen = Voicing.objects.filter(unit=unit, source=By.VOICE, voice__in=known).order_by("-pk")
    return chosen.values_list("voice", flat=True).first() or known[0]


def voice_named(key: str) -> Voice | None:
    """A voice by its key; None when it is not there any more."""
    return next((one for one in engine.voices() if one.key == key), None)


def standing(rows: QuerySet[Voicing]) -> QuerySet[Voicing]:
    """Of these, what nobody put away, the newest first, with its files."""
    return rows.filter(dropped_at=None).select_related("mp3", "opus", "asked_by").order_by("-pk")


def newest_of(edition: BulletinEdition, source: str) -> Voicing | None:
    """What was asked for last of an edition, whatever became of it; None when nothing stands."""
    return standing(Voicing.objects.filter(edition=edition, source=source)).first()


def spoken_of(edition: BulletinEdition) -> Voicing | None:
    """The finished sound of a voice for the edition's script as it reads now; None where there is none."""
    return spoken_of_all([edition]).get(edition.pk)


def spoken_of_all(editions: Iterable[BulletinEdition]) -> dict[int, Voicing]:
    """`spoken_of` for many editions, by their number in the database, in one question; those without are left out."""
    numbers = [one.pk for one in editions if one.recording_id is None]
    if not numbers:
        return {}
    # A draft that was changed after it was read is not what was read.
    rows = standing(
        Voicing.objects.filter(
            edition__in=numbers, source=By.VOICE, state=State.DONE, text=F("edition__script")
        )
    )
    found: dict[int, Voicing] = {}
    for one in rows.defer("text", "lines", "words"):
        found.setdefault(one.edition_id or 0, one)
    return found


def length_of(edition: BulletinEdition, spoken: Voicing | None) -> int:
    """How many seconds an edition takes on air: those of the sound that a voice made of it, else what the edition says."""
    if spoken is not None and spoken.seconds is not None:
        return max(1, ceil(spoken.seconds))
    return max(1, edition.seconds)


def media_of(edition: BulletinEdition) -> str:
    """The hash of the sound file of an edition: a person's recording, else what a voice read; empty without either."""
    if edition.recording_id:
        return edition.recording_id
    spoken = spoken_of(edition)
    return (spoken.mp3_id or "") if spoken is not None else ""


def hashes_of(bulletins: Iterable[int]) -> set[tuple[int, str]]:
    """Bulletin and hash of every sound that approved editions of these bulletins ever had, put away or not."""
    numbers = list(bulletins)
    recorded = BulletinEdition.objects.filter(
        bulletin__in=numbers, approved_at__isnull=False, recording__isnull=False
    )
    spoken = Voicing.objects.filter(
        edition__bulletin__in=numbers, edition__approved_at__isnull=False, mp3__isnull=False
    )
    return {*recorded.values_list("bulletin", "recording")} | {
        *spoken.values_list("edition__bulletin", "mp3")
    }


def file_that_may_be_aired(unit: Unit, sha256: str) -> Blob | None:
    """The sound with that hash, of a bulletin of the unit that may be aired now; None for any other."""
    approved = Bulletin.objects.filter(unit=unit, approved__isnull=False)
    recorded = approved.filter(approved__recording=sha256).select_related("approved__recording").first()
    if recorded is not None and recorded.approved is not None:
        return recorded.approved.recording
    spoken = standing(Voicing.objects.filter(Q(mp3=sha256) | Q(opus=sha256), state=State.DONE)).filter(
        edition__in=approved.values("approved"), text=F("edition__script")
    )
    one = spoken.first()
    if one is None:
        return None
    return one.mp3 if one.mp3_id == sha256 else one.opus


@dataclass(frozen=True, slots=True)
class Shown:
    """The sound of an edition as a page tells it.

    `file` is what is heard, with `made` where it is known how it came about; `under_way` and `failed` the newest that is not
    done; `is_stale` that the script was changed after it was read. `voice` is the voice that was chosen, if one was.
    """

    edition: BulletinEdition
    file: Blob | None
    made: Voicing | None
    under_way: Voicing | None
    failed: Voicing | None
    is_stale: bool
    voice: str
    before: int

    @property
    def voice_name(self) -> str:
        """The voice that is heard, in words; its key when it is there no more."""
        if self.made is None or self.made.source != By.VOICE:
            return ""
        known = voice_named(self.made.voice)
        return str(known.name) if known is not None else self.made.voice

    @property
    def seconds(self) -> int:
        """How long it is, where that is known."""
        return round(self.made.seconds or 0) if self.made is not None else 0

    @property
    def is_evening(self) -> bool:
        """Whether all is spoken, and the worker is at the loudness."""
        now = self.under_way
        return now is not None and now.state == State.WORKING and now.said == now.total


def shown_of(edition: BulletinEdition) -> Shown:
    """What a page tells of the sound of an edition."""
    rows = list(standing(Voicing.objects.filter(edition=edition)).select_related("mp3", "opus", "raw"))
    voices = [one for one in rows if one.source == By.VOICE]
    file = edition.recording
    if file is not None:
        sha256 = file.sha256
        made = next((one for one in rows if one.mp3_id == sha256), None)
        is_stale = made is not None and made.text != edition.script
    else:
        done = [one for one in voices if one.state == State.DONE]
        made = next((one for one in done if one.text == edition.script), None)
        file = made.mp3 if made is not None else None
        is_stale = bool(done) and made is None
    newest = rows[0] if rows and (edition.recording is None or rows[0].source == By.PERSON) else None
    under_way = newest if newest is not None and newest.state in UNDER_WAY else None
    return Shown(
        edition=edition,
        file=file,
        made=made,
        under_way=under_way,
        failed=newest if newest is not None and newest.state == State.FAILED else None,
        is_stale=is_stale and under_way is None,
        voice=voices[0].voice if voices else "",
        before=waiting_before(under_way) if under_way is not None else 0,
    )


def webvtt(voicing: Voicing) -> str:
    """The transcript as WebVTT."""
    return transcript.webvtt(rules.lines_of(voicing.lines))


def as_json(voicing: Voicing) -> str:
    """The transcript as Podcasting 2.0 has it."""
    return transcript.as_json(rules.lines_of(voicing.lines))


def waiting_before(voicing: Voicing) -> int:
    """How many sounds stand before it in the worker's row."""
    return Voicing.objects.filter(state__in=UNDER_WAY, dropped_at=None, pk__lt=voicing.pk).count()
