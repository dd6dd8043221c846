"""What becomes of a row beside what the register says of its dossier. Nothing that was typed by hand is written over here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.onestop.imports.rows import Row
from dinhlang.onestop.rules import journey
from dinhlang.onestop.rules.journey import Standing, Step
from dinhlang.onestop.rules.states import ENDED, STANDING_STILL, Deed, Delivery, State
from dinhlang.onestop.rules.told import Told
from dinhlang.periods.clock.hours import in_vietnam


class Fate(TextChoices):
    """What a row is beside the register."""

    NEW = "new", gettext_lazy("Hồ sơ mới")
    SAME = "same", gettext_lazy("Đã có, giống sổ")
    NEWER = "newer", gettext_lazy("Đã có, tệp mới hơn")
    OLDER = "older", gettext_lazy("Đã có, tệp cũ hơn sổ")
    CONTRADICTS = "contradicts", gettext_lazy("Trái với sổ ghi tay")
    KEPT = "kept", gettext_lazy("Trái nhưng đã quyết giữ sổ")
    NOT_RECEIVED = "not-received", gettext_lazy("Hệ thống chưa tiếp nhận")


@dataclass(frozen=True, slots=True)
class Known:
    """What the register says of a dossier. `told` is what the last file said that counts, `seen_on` when a file said it last;
    `by_hand` whether somebody typed a step; `kept` what a person has decided not to take."""

    standing: Standing
    told: Told | None
    by_hand: bool
    last_at: datetime
    hand_on: date | None = None
    seen_on: date | None = None
    due_at: datetime | None = None
    kept: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a row: `told` is what would be written, `differs` in which points it contradicts, in words."""

    fate: Fate
    told: Told | None = None
    differs: tuple[str, ...] = ()


def known_of(
    steps: Sequence[Step],
    *,
    is_own: bool,
    seen_on: date | None,
    due_at: datetime | None,
    kept: Iterable[Told] = (),
) -> Known:
    """The register's side, from the steps of a dossier."""
    counting = journey.counting(steps)
    files = [one.told for one in counting if one.told is not None]
    typed = [one for one in counting if one.told is None and one.deed not in (Deed.CORRECT,)]
    reversed_by_hand = is_own and not typed and not files
    return Known(
        standing=journey.standing(steps),
        told=files[-1] if files else None,
        by_hand=bool(typed) or reversed_by_hand,
        last_at=max(one.at for one in steps),
        hand_on=max((in_vietnam(one.at).date() for one in typed), default=None),
        seen_on=seen_on,
        due_at=due_at,
        kept=tuple(kept),
    )


def judge(row: Row, known: Known | None) -> Verdict:
    """What becomes of the row."""
    told = row.told
    if told is None:
        return Verdict(Fate.NOT_RECEIVED)
    if known is None or (known.told is None and not known.by_hand):
        return Verdict(Fate.NEW, told)
    if not known.by_hand and known.told is not None:
        if told.says_the_same(known.told):
            return Verdict(Fate.SAME, told)
        is_later = told.order() > known.told.order(known.seen_on)
        return Verdict(Fate.NEWER if is_later else Fate.OLDER, told)
    return _beside_hand(told, known)


def _beside_hand(told: Told, known: Known) -> Verdict:
    now = known.standing
    if known.told is not None and told.says_the_same(known.told):
        # A file said this already, and what was typed came after it.
        return Verdict(Fate.SAME, told)
    if any(told.says_the_same(one) for one in known.kept):
        return Verdict(Fate.KEPT, told)
    ours_ended, theirs_ended = now.state in ENDED, told.state in ENDED
    is_earlier = known.hand_on is not None and told.as_of <= known.hand_on
    differs = list(_different_days(told, now))
    if not differs and not theirs_ended and is_earlier and ours_ended:
        return Verdict(Fate.OLDER, told)
    differs += _different_ends(told, now)
    if differs:
        return Verdict(Fate.CONTRADICTS, told, tuple(differs))
    if ours_ended and theirs_ended:
        if told.delivery is Delivery.GIVEN and now.delivery in (Delivery.READY, Delivery.SENT):
            return Verdict(Fate.NEWER, told)
        return Verdict(Fate.SAME, told)
    if theirs_ended:
        return Verdict(Fate.NEWER, told)
    if (told.state in STANDING_STILL) == (now.state in STANDING_STILL):
        return Verdict(Fate.SAME, told)
    return Verdict(Fate.OLDER if is_earlier else Fate.NEWER, told)


def _different_days(told: Told, now: Standing) -> Iterable[str]:
    if now.received_at is None or _day(now.received_at) != _day(told.received_at):
        yield _differ(_("ngày tiếp nhận"), now.received_at, told.received_at)
    if (
        now.resolved_at is not None
        and told.resolved_at is not None
        and _day(now.resolved_at) != _day(told.resolved_at)
    ):
        yield _differ(_("ngày có kết quả"), now.resolved_at, told.resolved_at)


def _different_ends(told: Told, now: Standing) -> Iterable[str]:
    if now.state in ENDED and now.state is not told.state:
        yield _("trạng thái: sổ ghi “%(ours)s”, hệ thống ghi “%(theirs)s”") % {
            "ours": now.state.label,
            "theirs": told.state.label,
        }


def _differ(what: str, ours: datetime | None, theirs: datetime | None) -> str:
    return _("%(what)s: sổ ghi %(ours)s, hệ thống ghi %(theirs)s") % {
        "what": what,
        "ours": _shown(ours),
        "theirs": _shown(theirs),
    }


def other_due(told: Told, known: Known) -> str:
    """In words that both promise different days, for a dossier whose clock is ours; '' where they agree or one is silent."""
    if told.due_at is None or known.due_at is None or known.standing.due_told is not None:
        return ""
    if _day(told.due_at) == _day(known.due_at):
        return ""
    return _differ(_("ngày hẹn trả"), known.due_at, told.due_at)


def taken(told: Told, known: Known | None) -> Told:
    """What is written of it: a result that was given back by hand stays given."""
    if known is None or not known.by_hand:
        return told
    now = known.standing
    is_ahead = now.delivery in (Delivery.SENT, Delivery.GIVEN) and told.delivery is Delivery.READY
    if is_ahead and now.state is told.state is State.RESOLVED:
        return replace(told, delivery=now.delivery, given_at=now.given_at)
    return told


def twice(rows: Sequence[Row]) -> tuple[dict[str, Row], dict[str, list[Row]]]:
    """The rows by their dossier, and those dossiers that the file names twice with something different of each."""
    once: dict[str, Row] = {}
    doubtful: dict[str, list[Row]] = {}
    for row in rows:
        key = row.code.key
        before = once.get(key)
        if before is None:
            once[key] = row
        elif not _same(before, row):
            doubtful.setdefault(key, [before]).append(row)
    for key in doubtful:
        del once[key]
    return once, doubtful


def _same(one: Row, other: Row) -> bool:
    if one.told is None or other.told is None:
        return one.told is other.told
    return one.told.says_the_same(other.told)


def _day(at: datetime) -> date:
    return in_vietnam(at).date()


def _shown(at: datetime | None) -> str:
    if at is None:
        return "—"
    day = _day(at)
    return f"{day.day}/{day.month}/{day.year}"
