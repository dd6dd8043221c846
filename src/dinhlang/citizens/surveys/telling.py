"""Results in words, rows and a picture: for pages, for a table to take away, for reading aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import queries
from dinhlang.citizens.surveys.rules.results import AnyIndex, Breakdown, Point, Results
from dinhlang.citizens.surveys.rules.rounds import Flag
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method, NotComparable, change
from dinhlang.org import charts
from dinhlang.vietnamese import speech
from dinhlang.vietnamese.numbers import printed


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of a table: what it is of, the figure, its interval, how many people it rests on."""

    label: str
    value: str
    interval: str
    people: str
    left_out: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A breakdown as a table: a row for each group, a column for each factor."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hides: bool


@dataclass(frozen=True, slots=True)
class Told:
    """All a results page shows. `spoken` is what an announcer reads."""

    results: Results
    method: str
    figures: tuple[FigureRow, ...]
    chart: str
    groups: tuple[GroupTable, ...]
    trends: tuple[tuple[str, tuple[Point, ...]], ...]
    sentences: tuple[str, ...]
    flags: tuple[tuple[str, int], ...]

    @property
    def spoken(self) -> str:
        return " ".join(one.spoken + "." for one in speech.sentences(" ".join(self.sentences)))


def told(round_: SurveyRound, *, is_public: bool) -> Told:
    """What a round says."""
    found = queries.results_of(round_)
    rows = queries.trend_of(round_.version.survey, is_public=is_public)
    return Told(
        results=found,
        method=str(METHOD_WORDS[found.method]),
        figures=tuple(_figures(found)),
        chart=_chart(round_, found),
        groups=tuple(_groups(one, found) for one in found.breakdowns),
        trends=tuple(
            (str(METHOD_WORDS[method]), points) for method, points in rows.items() if len(points) > 1
        ),
        sentences=tuple(sentences(round_, found, rows.get(found.method, ()))),
        flags=tuple((str(Flag(name).label), times) for name, times in found.flagged),
    )


def rounded(value: Fraction | float, places: int = 1) -> str:
    """A figure in Vietnamese writing, rounded half up: 86,5."""
    exact = (
        Decimal(value.numerator) / Decimal(value.denominator)
        if isinstance(value, Fraction)
        else Decimal(value)
    )
    return printed(float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))


def percent(value: Fraction | None) -> str:
    """A share as 86,5%; a dash where it is unknown."""
    return "–" if value is None else f"{rounded(value * 100)}%"


def _figures(found: Results) -> Iterator[FigureRow]:
    yield _row(_("Chỉ số chung"), found.whole)
    for one in found.factors:
        yield _row(one.factor.title, one.index)
    if found.overall is not None:
        yield _row(_("Câu đánh giá chung"), found.overall)
    if found.without_flagged is not None:
        yield _row(_("Chỉ số chung, không kể phiếu cần xem lại"), found.without_flagged)


def _row(label: str, index: AnyIndex | None) -> FigureRow:
    if index is None:
        return FigureRow(label, _("dưới 10 người"), "–", "–", "–")
    return FigureRow(
        label,
        rounded(index.value),
        f"{rounded(index.low)} – {rounded(index.high)}",
        str(index.people),
        str(index.left_out),
    )


def _chart(round_: SurveyRound, found: Results) -> str:
    shown = [(one.factor.title, one.index) for one in found.factors if one.index is not None]
    if not shown:
        return ""
    return charts.lying(
        _("Chỉ số hài lòng theo yếu tố"),
        _("%(round)s, %(people)s phiếu, %(method)s")
        % {"round": round_.title, "people": found.people, "method": METHOD_WORDS[found.method]},
        [charts.Bar(title, float(round(index.value, 1))) for title, index in shown],
        name=f"khao-sat-{round_.pk}",
    )


def _groups(one: Breakdown, found: Results) -> GroupTable:
    heads = (one.question.text, _("Số phiếu"), _("Chung"), *(each.factor.title for each in found.factors))
    rows = tuple(
        (
            row.label,
            _("ẩn") if row.is_hidden else str(row.people),
            _cell(row.whole, is_hidden=row.is_hidden),
            *(_cell(index, is_hidden=row.is_hidden) for index in row.indexes),
        )
        for row in one.rows
    )
    return GroupTable(one.question.text, heads, rows, one.hides)


def _cell(index: AnyIndex | None, *, is_hidden: bool) -> str:
    if is_hidden:
        return _("ẩn")
    return "–" if index is None else rounded(index.value)


def sentences(round_: SurveyRound, found: Results, trend: tuple[Point, ...]) -> Iterator[str]:
    """What a round says, to be read aloud: who was asked, how it was counted, each factor, how it moved."""
    about = {"survey": round_.version.survey.title, "round": round_.title, "people": found.people}
    if not found.is_shown or found.whole is None:
        yield _("%(survey)s, %(round)s: có %(people)s phiếu, dưới 10 phiếu nên chưa nêu kết quả.") % about
        return
    yield _("%(survey)s, %(round)s: có %(people)s phiếu trả lời.") % about
    if found.response_rate is not None:
        yield _("Tỉ lệ trả lời %(rate)s.") % {"rate": percent(found.response_rate)}
    yield _("Chỉ số hài lòng chung là %(value)s trên 100.") % {"value": rounded(found.whole.value)}
    yield f"{METHOD_WORDS[found.method]}."
    known = [(one.factor.title, one.index) for one in found.factors if one.index is not None]
    if len(known) > 1:
        best = max(known, key=lambda one: one[1].value)
        least = min(known, key=lambda one: one[1].value)
        yield _("Cao nhất: %(title)s, %(value)s.") % {"title": best[0], "value": rounded(best[1].value)}
        yield _("Thấp nhất: %(title)s, %(value)s.") % {"title": least[0], "value": rounded(least[1].value)}
    yield from _moved(round_, found, trend)


def _moved(round_: SurveyRound, found: Results, trend: tuple[Point, ...]) -> Iterator[str]:
    before = [one for one in trend if one.on < round_.closes_on]
    here = next((one for one in trend if one.on == round_.closes_on and one.label == round_.title), None)
    if not before or found.whole is None or here is None:
        return
    if not here.is_same_form:
        yield _("Phiếu hỏi đã thay đổi so với %(round)s nên không so sánh.") % {"round": before[-1].label}
        return
    try:
        moved = change(before[-1].index, found.whole)
    except NotComparable as reason:
        yield str(reason)
        return
    said = {"round": before[-1].label, "points": rounded(abs(moved.points))}
    if not moved.is_clear:
        yield _("So với %(round)s chưa thấy khác biệt rõ.") % said
    elif moved.points > 0:
        yield _("Tăng %(points)s điểm so với %(round)s.") % said
    else:
        yield _("Giảm %(points)s điểm so với %(round)s.") % said


def table(found: Results) -> tuple[list[str], list[tuple[str | int | float, ...]]]:
    """The header and rows of a table to take away. Every row says its method."""
    header = [
        _("Phần"),
        _("Nội dung"),
        _("Lựa chọn, nhóm"),
        _("Cách tính"),
        _("Chỉ số"),
        _("Khoảng 95% từ"),
        _("đến"),
        _("Số người"),
        _("Số câu trả lời tính điểm"),
        _("Không áp dụng"),
        _("Số lần chọn"),
    ]
    rows = list(_table_rows(found))
    return header, rows


def _table_rows(found: Results) -> Iterator[tuple[str | int | float, ...]]:
    yield (_("Chung"), _("Chỉ số chung"), "", *_cells(found.whole, found.method), "")
    for factor in found.factors:
        yield (_("Yếu tố"), factor.factor.title, "", *_cells(factor.index, found.method), "")
    for asked in found.questions:
        yield (_("Câu hỏi"), asked.question.text, "", *_cells(asked.index, found.method), asked.answered)
        for option in asked.options:
            times: str | int = _("ẩn") if option.times is None else option.times
            yield (_("Lựa chọn"), asked.question.text, option.text, "", "", "", "", "", "", "", times)
    for breakdown in found.breakdowns:
        for row in breakdown.rows:
            people: str | int = _("ẩn") if row.people is None else row.people
            yield (_("Nhóm"), breakdown.question.text, row.label, *_cells(row.whole, found.method), people)


def _cells(index: AnyIndex | None, method: Method) -> tuple[str | int | float, ...]:
    if index is None:
        return (str(method), "", "", "", "", "", "")
    return (
        str(index.method),
        float(round(index.value, 4)),
        round(index.low, 4),
        round(index.high, 4),
        index.people,
        index.valid,
        index.left_out,
    )
