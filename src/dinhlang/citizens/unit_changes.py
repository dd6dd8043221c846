"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.models import Case, Contest, ContestWeek, StandardReply, SurveyRound, TrainingClass
from dinhlang.citizens.queries import keeper_of
from dinhlang.citizens.rules.states import ENDED
from dinhlang.org.changes.passing import counted
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add, stays
from dinhlang.org.models import Unit


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "citizens.case",
            gettext_lazy("Phản ánh, kiến nghị chưa đóng"),
            gettext_lazy(
                "Sang đơn vị mới với ngày hẹn cũ; người gửi tra cứu bằng mã cũ ở trang cũ hoặc trang mới. "
                "Phản ánh đã đóng ở lại với đơn vị cũ; đơn vị mới tìm, đọc và làm tiếp được. Khi chia tách, phản ánh "
                "của thôn nào theo thôn đó, còn lại theo đơn vị nhận phần lớn nhất; đơn vị nhận khác không xem được."
            ),
            ("citizens.Case.unit",),
            _cases,
            order=460,
            pass_on=_pass_on,
        ),
        Thing(
            "citizens.reply",
            gettext_lazy("Câu trả lời mẫu"),
            gettext_lazy("Ở lại với đơn vị cũ; đơn vị mới lập câu trả lời của mình."),
            ("citizens.StandardReply.unit",),
            _replies,
            order=470,
        ),
        Thing(
            "citizens.survey",
            gettext_lazy("Đợt khảo sát đang mở"),
            gettext_lazy(
                "Ở lại với đơn vị cũ; đóng đợt và chốt kết quả trước ngày thay đổi. Đơn vị mới lập phiếu của mình."
            ),
            ("citizens.Survey.unit", "citizens.SurveyRound.unit"),
            _rounds,
            order=480,
        ),
        Thing(
            "citizens.training",
            gettext_lazy("Lớp tập huấn chưa chốt"),
            gettext_lazy(
                "Ở lại với đơn vị cũ; chốt hoặc hủy trước ngày thay đổi. Đơn vị mới lập lớp của mình."
            ),
            ("citizens.TrainingClass.unit",),
            _classes,
            order=490,
        ),
        Thing(
            "citizens.contest",
            gettext_lazy("Cuộc thi đang mở"),
            gettext_lazy(
                "Ở lại với đơn vị cũ; chốt các tuần và bốc thăm trước ngày thay đổi, hoặc dừng cuộc thi và nói rõ lý do."
            ),
            ("citizens.Contest.unit",),
            _contests,
            order=500,
        ),
    )
    stays(
        gettext_lazy("nói phản ánh đã thuộc thôn, bộ phận, đơn vị nào khi được nhận, xử lý và công khai"),
        "citizens.Case.hamlet",
        "citizens.Case.part",
        "citizens.Publication.unit",
        "citizens.Publication.hamlet",
        "citizens.HandlingRules.unit",
        "citizens.Route.unit",
        "citizens.Route.part",
        "citizens.Open311Key.unit",
        "citizens.ContestSitting.hamlet",
    )


def _cases(scope: Scope) -> Iterator[Found]:
    yield from counted(_unfinished(scope.ids), _("%(count)s phản ánh, kiến nghị"), scope)


def _replies(scope: Scope) -> Iterator[Found]:
    rows = StandardReply.objects.filter(ended_at=None)
    yield from counted(rows, _("%(count)s câu trả lời mẫu"), scope)


def _rounds(scope: Scope) -> Iterator[Found]:
    rows = SurveyRound.objects.filter(closed_at=None)
    yield from counted(rows, _("%(count)s đợt khảo sát"), scope)


def _classes(scope: Scope) -> Iterator[Found]:
    rows = TrainingClass.objects.filter(closed_at=None, cancelled_at=None)
    yield from counted(rows, _("%(count)s lớp tập huấn"), scope)


def _contests(scope: Scope) -> Iterator[Found]:
    unfinished = ContestWeek.objects.filter(finished_at=None).values("contest")
    rows = Contest.objects.filter(
        Q(state__in=[State.DRAFT, State.WAITING]) | Q(state=State.OPEN, pk__in=unfinished)
    )
    yield from counted(rows, _("%(count)s cuộc thi"), scope)


def _pass_on(hand: Hand) -> None:
    """To whoever keeps it from now on: a case of a hamlet goes with its hamlet."""
    known: dict[tuple[str, str | None], Unit | None] = {}
    for case in _unfinished(hand.scope.ending).select_related("unit", "hamlet"):
        place = (case.unit_id, case.hamlet_id)
        if place not in known:
            known[place] = keeper_of(case, hand.scope.on)
        if (keeper := known[place]) is not None:
            # Its part ended with the unit: `actions.take_back` says so to whoever gives cases out there.
            hand.record.change(case, unit_id=keeper.pk)


def _unfinished(ids: Iterable[str]) -> QuerySet[Case]:
    return Case.objects.filter(unit__in=list(ids)).exclude(state__in=ENDED)
