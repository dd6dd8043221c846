"""What channels and the radio carried of a published thing, for the board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dinhlang.broadcast.channels import queries
from dinhlang.broadcast.channels.registry import Carried, Way, add
from dinhlang.broadcast.channels.rules import ENDED, State
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Delivery, RunningItem
from dinhlang.broadcast.queries.log import told
from dinhlang.broadcast.rules.log import Told, state_of
from dinhlang.vietnamese import numbers

TONES: Mapping[str, str] = {
    State.PUBLISHED: "done",
    State.FAILED: "late",
    State.NOT_WITHDRAWN: "late",
    State.WITHDRAWN: "calm",
    State.CANCELLED: "calm",
}


def register() -> None:
    """Put both on the board."""
    add(Way("kenh", gettext_lazy("Mạng xã hội, nhóm"), 10, channels_carried))
    add(Way("phat-thanh", gettext_lazy("Phát thanh"), 20, radio_carried))


def channels_carried(kind: str, keys: Sequence[str]) -> Mapping[str, list[Carried]]:
    """Deliveries of these things; of one channel that has a newer one, what ended is left out."""
    rows = list(
        Delivery.objects.filter(source_kind=kind, source_key__in=keys)
        .select_related("channel")
        .order_by("source_key", "channel__name", "-pk")
    )
    counts = queries.figures_of([row.pk for row in rows])
    found: dict[str, list[Carried]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for row in rows:
        place = (row.source_key, row.channel_id)
        if place in seen and row.state in ENDED:
            continue
        seen.add(place)
        figures = counts.get(row.pk, {})
        views = figures.get("views")
        detail = row.why if TONES.get(row.state) == "late" else ""
        if views is not None:
            detail = ngettext("%(count)s lượt xem", "%(count)s lượt xem", views) % {
                "count": numbers.printed(views)
            }
        found[row.source_key].append(
            Carried(
                row.channel.name,
                row.get_state_display(),
                TONES.get(row.state, "wait"),
                row.published_at or row.asked_at,
                detail,
                reverse("broadcast:delivery", args=[row.pk]),
                row.remote_address,
            )
        )
    return found


def radio_carried(kind: str, keys: Sequence[str]) -> Mapping[str, list[Carried]]:
    """Bulletins made of these things: what became of each, and how often it was heard."""
    bulletins = list(
        Bulletin.objects.filter(made_from_kind=kind, made_from_key__in=keys)
        .select_related("draft", "approved")
        .order_by("made_from_key", "-pk")
    )
    heard = _heard([one.pk for one in bulletins])
    found: dict[str, list[Carried]] = defaultdict(list)
    for one in bulletins:
        plays, last = heard.get(one.pk, (0, None))
        state, tone = one.get_state_display(), "calm" if one.withdrawn_at else "wait"
        detail = ""
        if plays:
            tone = tone if one.withdrawn_at else "done"
            detail = ngettext("đã nghe %(count)s lượt", "đã nghe %(count)s lượt", plays) % {
                "count": numbers.printed(plays)
            }
        elif not one.withdrawn_at:
            detail = _("chưa phát lượt nào")
        page = reverse("broadcast:bulletin", args=[one.pk])
        found[one.made_from_key].append(Carried(str(one), state, tone, last, detail, page))
    return found


def _heard(bulletins: Sequence[int]) -> dict[int, tuple[int, datetime]]:
    """By bulletin, how many of its plays were heard, and when last."""
    plays = dict(RunningItem.objects.filter(bulletin__in=bulletins).values_list("uid", "bulletin"))
    entries: dict[UUID, list[Told]] = defaultdict(list)
    for entry in AirLogEntry.objects.filter(play__in=plays).select_related("by"):
        if entry.play is not None:
            entries[entry.play].append(told(entry))
    found: dict[int, tuple[int, datetime]] = {}
    for play, said in entries.items():
        state = state_of(said)
        bulletin = plays[play]
        if state.is_aired and state.aired and bulletin is not None:
            count, last = found.get(bulletin, (0, state.aired[-1].at))
            found[bulletin] = (count + 1, max(last, state.aired[-1].at))
    return found
