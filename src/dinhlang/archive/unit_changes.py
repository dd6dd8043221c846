"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.archive.models import ArchivedDocument, Intake
from dinhlang.archive.rules import Step
from dinhlang.org.changes.passing import counted, pass_rows
from dinhlang.org.changes.registry import Found, Scope, Thing, add, stays


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "archive.document",
            gettext_lazy("Văn bản lưu"),
            gettext_lazy("Ở lại với đơn vị cũ; người của đơn vị kế thừa đọc được."),
            ("archive.ArchivedDocument.unit",),
            lambda scope: counted(ArchivedDocument.objects.all(), _("%(count)s văn bản"), scope),
            order=310,
        ),
        Thing(
            "archive.intake",
            gettext_lazy("Văn bản đang đưa vào kho"),
            gettext_lazy("Sang đơn vị kế thừa làm tiếp; văn bản vẫn vào kho của đơn vị đã ban hành nó."),
            ("archive.Intake.unit",),
            _open,
            order=320,
            pass_on=lambda hand: pass_rows(
                hand,
                Intake.objects.filter(unit__in=hand.scope.ending, is_unit_given=False).exclude(
                    step__in=_CLOSED
                ),
            ),
        ),
    )
    stays(gettext_lazy("số liệu văn bản cũ đã nêu là của đơn vị đã ban hành"), "archive.BackfilledFact.unit")


_CLOSED = (Step.ARCHIVED, Step.REFUSED)


def _open(scope: Scope) -> list[Found]:
    rows = Intake.objects.filter(unit__in=scope.ending).exclude(step__in=_CLOSED).order_by("unit", "pk")
    return [Found(row.unit_id, row.name) for row in rows.only("unit_id", "name")]
