"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.passing import counted, named
from dinhlang.org.changes.registry import Thing, add, stays
from dinhlang.procedures.models import Place, Procedure


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "procedures.catalogue",
            gettext_lazy("Danh mục thủ tục hành chính"),
            gettext_lazy(
                "Ở lại với đơn vị cũ cùng lịch sử. Đơn vị mới nhập danh mục theo quyết định của mình; mã thủ tục không đổi."
            ),
            ("procedures.Procedure.unit",),
            lambda scope: counted(Procedure.objects.all(), _("%(count)s thủ tục"), scope),
            order=410,
        ),
        Thing(
            "procedures.place",
            gettext_lazy("Nơi niêm yết"),
            gettext_lazy("Ở lại với đơn vị cũ; gỡ bản niêm yết và lập nơi niêm yết của đơn vị mới."),
            ("procedures.Place.unit",),
            lambda scope: named(Place.objects.filter(unit__in=scope.ending, is_open=True)),
            order=420,
        ),
    )
    stays(
        gettext_lazy("nói danh mục của đơn vị cũ từ đâu mà có"),
        "procedures.Decision.unit",
        "procedures.Intake.unit",
    )
