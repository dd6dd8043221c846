"""The province of the demonstration: two communes that became one, who works there, and who works at the province."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from dinhlang.org import actions
from dinhlang.org.changes.actions import apply
from dinhlang.org.changes.rules import Asked, Kind, Target
from dinhlang.org.models import Unit

BEFORE = ("con-sen", "ben-say")
HEIR = "ben-sen"

_MERGER = Asked(
    kind=Kind.MERGE,
    on=date(2025, 7, 1),
    basis="Nghị quyết minh họa số 01/NQ-VD ngày 16/6/2025 (không có thật)",
    units=BEFORE,
    targets=(Target(kind="phường", name="Bến Sen", id=HEIR),),
    parent="tinh-mau",
    report_to="tinh-mau-so-noi-vu",
    report_as="Sở Nội vụ tỉnh Mẫu",
)


@transaction.atomic
def load_demo(*, at: datetime, passphrase: str) -> list[tuple[str, str]]:
    """Store the communes, merge them as people do it, and store who works there; give the people as `actions.load_demo`.

    A second load changes nothing but the passphrase.
    """
    actions.load_demo(at=at, passphrase=passphrase, name="demo_merged")
    if not Unit.objects.filter(pk=HEIR).exists():
        apply(asked=[_MERGER], by=None, at=at)
        Unit.objects.filter(pk=HEIR).update(is_demo=True)
    return actions.load_demo(at=at, passphrase=passphrase, name="demo_province")
