"""What this room holds of units, and what becomes of it when a unit changes.

A merger rewrites neither codes nor numbers: a dossier stays in the book it was written in. Whoever takes the unit's tasks
over carries it on there; what is handed in later stands in the new unit's book.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.onestop.models import Book, Dossier
from dinhlang.onestop.rules.states import OPEN
from dinhlang.org.changes.passing import counted
from dinhlang.org.changes.registry import Thing, add, stays


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "onestop.dossier",
            gettext_lazy("Hồ sơ đang giải quyết"),
            gettext_lazy(
                "Ở lại sổ của đơn vị cũ với mã và ngày hẹn cũ; đơn vị tiếp nhận nhiệm vụ giải quyết tiếp và trả kết quả."
            ),
            ("onestop.Dossier.unit",),
            lambda scope: counted(
                Dossier.objects.filter(state__in=OPEN), _("%(count)s hồ sơ đang giải quyết"), scope
            ),
            order=425,
        ),
        Thing(
            "onestop.book",
            gettext_lazy("Sổ theo dõi hồ sơ"),
            gettext_lazy("Ở lại với đơn vị cũ và khóa lại; đơn vị mới mở quyển của mình."),
            ("onestop.Book.unit",),
            lambda scope: counted(Book.objects.all(), _("%(count)s quyển sổ"), scope),
            order=426,
        ),
    )
    stays(
        gettext_lazy("nói nơi tiếp nhận của đơn vị cũ đã làm việc thế nào và đã tính những gì"),
        "onestop.CounterRules.unit",
        "onestop.CountedDay.unit",
        "onestop.Guidance.unit",
        "onestop.GuidedDay.unit",
        "onestop.ImportLayout.unit",
        "onestop.ImportRun.unit",
        "onestop.Refusal.unit",
        "onestop.StepVersion.unit",
        "onestop.Support.unit",
        "onestop.Support.hamlet",
        "onestop.SupportedDay.unit",
        "onestop.YearFigures.unit",
    )
