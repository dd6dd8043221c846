"""A figure in plain words: what is counted, in which days, how, out of what."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dinhlang.periods.window import numeric_date
from dinhlang.reports.models import ReportFigure
from dinhlang.reports.rules import LINES
from dinhlang.reports.sources import ARCHIVE, CHILDREN, PLAN, PLAN_TASKS, UNITS_DUE, UNITS_SENT, is_share
from dinhlang.reports.sources import label_of as label_of_concept
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import lower_first
from dinhlang.work.concepts import CONCEPTS, counters_under
from dinhlang.work.models import Activity, ActivityKind


def label_of(figure: ReportFigure) -> str:
    """What the figure counts."""
    return label_of_concept(figure.concept)


def unit_of(figure: ReportFigure) -> str:
    """The word after the number: 'tin, bài', '%'."""
    if figure.concept in CONCEPTS:
        return CONCEPTS[figure.concept].unit
    if figure.concept in (UNITS_SENT, UNITS_DUE):
        return _("đơn vị")
    return _("việc") if figure.concept.startswith(LINES) else _("nhiệm vụ")


def value_of(figure: ReportFigure) -> str:
    """The figure as issued with its unit: 'hơn 3.500 lượt', '98,2%'."""
    if figure.value is None:
        return _("chưa có số liệu")
    unit = unit_of(figure)
    return f"{figure.printed}{unit}" if unit == "%" else f"{figure.printed} {unit}"


def how(figure: ReportFigure) -> str:
    """How the figure came about, as a sentence or two."""
    if figure.value is None:
        return _(
            "Chưa có minh chứng nên báo cáo để trống chỗ này; số 0 chỉ được ghi khi biết chắc là không có."
        )
    sentence = _origin(figure)
    if figure.exactness:
        sentence += " " + _("Báo cáo ghi “%(word)s” vì có dòng chỉ biết gần đúng.") % {
            "word": figure.exactness
        }
    return sentence


def _origin(figure: ReportFigure) -> str:
    if figure.origin == ARCHIVE:
        return _(
            "Lấy từ một văn bản cũ còn lưu, không có dòng sổ theo dõi đứng sau; báo cáo đánh dấu (*) bên cạnh."
        )
    if figure.origin == CHILDREN:
        return _of_children(figure)
    if is_share(figure.concept):
        return _share(figure)
    if figure.concept == PLAN_TASKS:
        return _("Đếm các nhiệm vụ nêu trong kế hoạch năm.")
    if figure.origin == PLAN:
        return _of_plan(figure)
    if figure.concept.startswith(LINES):
        return _("Đếm %(lines)s dòng sổ theo dõi thuộc loại “%(kind)s”.") % {
            "lines": printed(figure.lines),
            "kind": ActivityKind(figure.concept.removeprefix(LINES)).label,
        }
    return _(
        "Cộng số lượng ghi ở %(lines)s dòng sổ theo dõi; mỗi dòng là một việc đã làm, ghi theo ngày."
    ) % {"lines": printed(figure.lines)}


def _of_children(figure: ReportFigure) -> str:
    if figure.concept in (UNITS_SENT, UNITS_DUE):
        return _("Đếm các đơn vị cấp dưới có trách nhiệm báo cáo kỳ này.")
    if is_share(figure.concept) and figure.numerator is not None and figure.denominator is not None:
        return _(
            "Tính lại từ tổng của %(count)s đơn vị: %(numerator)s chia cho %(denominator)s, nhân với 100; không phải trung bình cộng của các tỷ lệ."
        ) % {
            "count": printed(figure.lines),
            "numerator": printed(figure.numerator),
            "denominator": printed(figure.denominator),
        }
    return _(
        "Cộng số liệu trong báo cáo của %(count)s đơn vị cấp dưới; hoạt động chung chỉ tính một lần."
    ) % {"count": printed(figure.lines)}


def _of_plan(figure: ReportFigure) -> str:
    day = numeric_date(figure.window_to)
    if figure.concept == "tasks_planned":
        return _("Đếm các nhiệm vụ của kế hoạch đã đến kỳ thực hiện tính đến hết ngày %(day)s.") % {
            "day": day
        }
    return _(
        "Đếm các nhiệm vụ của kế hoạch đã hoàn thành và có minh chứng, tính đến hết ngày %(day)s, "
        "dựa trên %(lines)s dòng sổ theo dõi."
    ) % {"day": day, "lines": printed(figure.lines)}


def _share(figure: ReportFigure) -> str:
    concept = CONCEPTS[figure.concept]
    if figure.numerator is None or figure.denominator is None:
        return _("Tỷ lệ phần trăm của hai số đếm trong sổ theo dõi.")
    return _("%(top)s (%(numerator)s) chia cho %(bottom)s (%(denominator)s), nhân với 100.") % {
        "top": CONCEPTS[concept.numerator or ""].label,
        "numerator": printed(figure.numerator),
        "bottom": lower_first(CONCEPTS[concept.denominator or ""].label),
        "denominator": printed(figure.denominator),
    }


def counters(figure: ReportFigure) -> tuple[str, ...]:
    """Which counters of a line the figure rests on; none when it counts lines or tasks, not what they hold."""
    if figure.origin != "ledger" or figure.concept not in CONCEPTS:
        return ()
    return counters_under(figure.concept)


def counts(activity: Activity, counted: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(what, how many) of a line: of the counters behind a figure, or of all when it rests on none.

    Where one counter stands behind the figure, the page has named it already and `what` is empty.
    """
    return tuple(
        (
            "" if len(counted) == 1 else CONCEPTS[one.concept].label,
            f"{one.exactness} {printed(one.value)} {CONCEPTS[one.concept].unit}".strip(),
        )
        for one in activity.measures.all()
        if one.concept in CONCEPTS and (not counted or one.concept in counted)
    )
