"""Results in words, rows and a picture: for pages, for a table to take away, for reading aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from dinhlang.citizens.models import Survey, SurveyRound
from dinhlang.citizens.surveys import queries
from dinhlang.citizens.surveys.rules.results import AnyIndex, Breakdown, Point, Results
from dinhlang.citizens.surveys.rules.rounds import Flag
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method, NotComparable, change
from dinhlang.citizens.surveys.rules.suppression import LEAST
from dinhlang.org import charts
from dinhlang.org.rules import printed_day
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
class Line:
    """One row of a table to take away: what it is of (`part`), its words, its figure, how many people or times.

    `count` is None where it is hidden or says nothing.
    """

    part: str
    name: str
    choice: str = ""
    index: AnyIndex | None = None
    count: int | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """All a results page shows. `spoken` is what an announcer reads, `response` the share that answered, or why nobody knows it."""

    results: Results
    method: str
    response: str
    figures: tuple[FigureRow, ...]
    chart: str
    groups: tuple[GroupTable, ...]
    trends: tuple[tuple[str, tuple[Point, ...]], ...]
    sentences: tuple[str, ...]
    flags: tuple[tuple[str, int], ...]

    @property
    def least(self) -> int:
        """How many must have answered before their number is told."""
        return LEAST

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
        response=response_of(round_, found),
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


def response_of(round_: SurveyRound, found: Results) -> str:
    """The share that answered, in words; why it is unknown where it is."""
    if found.response_rate is not None:
        return _("%(rate)s của %(asked)s phiếu đã phát") % {
            "rate": percent(found.response_rate),
            "asked": found.asked,
        }
    if round_.by_poster or round_.by_kiosk:
        return _("không tính được, vì ai cũng trả lời được")
    return _("không tính được, vì không rõ số phiếu đã phát")


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
    heads = (_("Nhóm"), _("Số phiếu"), _("Chung"), *(each.factor.title for each in found.factors))
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
        yield _("Tỷ lệ trả lời %(rate)s.") % {"rate": percent(found.response_rate)}
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


def standing_of(round_: SurveyRound) -> str:
    """How far a round is, in words."""
    if round_.published_at is not None:
        return _("Đã công khai")
    return _("Đã đóng") if round_.closed_at is not None else _("Đang mở")


def rounds_table(
    surveys: Iterable[Survey], rounds: Mapping[int, Sequence[SurveyRound]]
) -> tuple[list[str], list[tuple[str | int | float, ...]]]:
    """The header and rows of a table of forms: a row for each round, or one for a form without. An index stands with its method,
    and there is none before the round closed."""
    header = [
        _("Phiếu"),
        _("Đợt"),
        _("Mã đợt"),
        _("Từ ngày"),
        _("Đến hết ngày"),
        _("Trạng thái"),
        _("Số phiếu"),
        _("Cách tính"),
        _("Chỉ số"),
        _("Khoảng 95% từ"),
        _("đến"),
    ]
    rows: list[tuple[str | int | float, ...]] = []
    for survey in surveys:
        of_survey = rounds.get(survey.pk, ())
        rows += [_round_row(survey, one) for one in of_survey] or [(survey.title, *("",) * (len(header) - 1))]
    return header, rows


def _round_row(survey: Survey, round_: SurveyRound) -> tuple[str | int | float, ...]:
    found = queries.results_of(round_) if round_.results is not None else None
    index = found.whole if found is not None else None
    figures = (
        ("", "", "")
        if index is None
        else (float(round(index.value, 2)), round(index.low, 2), round(index.high, 2))
    )
    return (
        survey.title,
        round_.title,
        round_.code,
        printed_day(round_.opens_on),
        printed_day(round_.closes_on),
        standing_of(round_),
        round_.answers.count() if found is None else found.people,
        round_.method,
        *figures,
    )


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
    parts = {
        "index": _("Chung"),
        "factor": _("Yếu tố"),
        "overall": _("Câu đánh giá chung"),
        "question": _("Câu hỏi"),
        "option": _("Lựa chọn"),
        "group": _("Nhóm"),
    }
    for one in lines(found):
        count = _("ẩn") if one.is_hidden else "" if one.count is None else one.count
        figures = ("",) * 7 if one.part == "option" else _cells(one.index, found.method)
        yield (parts[one.part], one.name, one.choice, *figures, count)


def lines(found: Results) -> Iterator[Line]:
    """All figures of a round, row by row, as far as they are shown; free words are in none."""
    yield Line("index", _("Chỉ số chung"), index=found.whole)
    for factor in found.factors:
        yield Line("factor", factor.factor.title, index=factor.index)
    if found.overall is not None:
        yield Line("overall", _("Câu đánh giá chung"), index=found.overall)
    for asked in found.questions:
        yield Line("question", asked.question.text, index=asked.index, count=asked.answered)
        for option in asked.options:
            is_hidden = option.times is None
            yield Line("option", asked.question.text, option.text, count=option.times, is_hidden=is_hidden)
    for breakdown in found.breakdowns:
        for row in breakdown.rows:
            yield Line(
                "group",
                breakdown.question.text,
                row.label,
                index=row.whole,
                count=row.people,
                is_hidden=row.is_hidden,
            )


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
