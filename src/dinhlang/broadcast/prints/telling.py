"""What prints tell the board of items and channels, and the page of a line of the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.channels.registry import Carried, Way, add
from dinhlang.broadcast.models import Print, PrintPlace
from dinhlang.broadcast.prints import queries
from dinhlang.broadcast.prints.queries import Copies
from dinhlang.work.beside import Beside, of_kinds, tells
from dinhlang.work.models import Activity, ActivityKind


def register() -> None:
    """Let the board show what hangs and was handed out of an item, and a line of the ledger its print."""
    add(Way("an-pham", gettext_lazy("Ấn phẩm"), 40, prints_carried))
    tells(of_lines)


def of_lines(_request: HttpRequest, lines: Sequence[Activity]) -> Iterator[tuple[int, Beside]]:
    """The print that hung or was handed out at the place of a line."""
    if not (found := of_kinds(lines, ActivityKind.LEAFLET, ActivityKind.BOARD)):
        return
    rows = PrintPlace.objects.filter(line__in=found).values_list("of", "of__title", "line")
    for pk, title, line_id in rows:
        there = reverse("broadcast:print", args=[pk])
        yield line_id, Beside(_("Ấn phẩm"), title, there)


def prints_carried(kind: str, keys: Sequence[str]) -> Mapping[str, list[Carried]]:
    """Of each key its prints, the newest first: printed how many, at how many places."""
    found = list(Print.objects.filter(made_from_kind=kind, made_from_key__in=list(keys)).order_by("-pk"))
    copies = queries.copies_of_all([one.pk for one in found]) if found else {}
    hanging = queries.hanging_of(found) if any(one.withdrawn_at for one in found) else set()
    carried: dict[str, list[Carried]] = defaultdict(list)
    for made in found:
        carried[made.made_from_key].append(_told(made, copies[made.pk], still_hangs=made.pk in hanging))
    return carried


def _told(made: Print, copies: Copies, *, still_hangs: bool) -> Carried:
    if made.withdrawn_at is not None:
        state, tone = (_("Còn treo, phải tháo"), "late") if still_hangs else (_("Đã thu hồi"), "calm")
    elif copies.places:
        state, tone = _("%(places)s nơi treo, phát") % {"places": copies.places}, "done"
    elif copies.printed:
        state, tone = _("Đã in, chưa treo, phát"), "wait"
    else:
        state, tone = _("Chưa in"), "wait" if made.is_cleared else "calm"
    return Carried(
        where=str(made.get_form_display()),
        state=state,
        tone=tone,
        at=made.changed_at,
        detail=_("%(printed)s bản in, %(placed)s bản đã treo, phát")
        % {"printed": copies.printed, "placed": copies.placed},
        page=reverse("broadcast:print", args=[made.pk]),
    )
