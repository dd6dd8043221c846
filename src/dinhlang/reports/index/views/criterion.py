"""One criterion of an assessment: its rule, why it has its score, the lines beside it, what the level above says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    may,
    page,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.reports.index import actions, forms, queries
from dinhlang.reports.index.building import measures
from dinhlang.reports.index.rounds import Said
from dinhlang.reports.index.rules import State, why_not_mixed
from dinhlang.reports.index.scheme import CannotScore, Scoring, in_words, score_of_index
from dinhlang.reports.index.views.assessment import found
from dinhlang.reports.index.views.lists import index_crumb
from dinhlang.reports.models import Assessment, Criterion, Score
from dinhlang.reports.views.found import list_crumb
from dinhlang.work.beside import Beside, beside
from dinhlang.work.models import Activity

_LINES_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Offered:
    """A closed round that may be taken for the survey's points: what it would give, between what, or why it gives nothing."""

    said: Said
    points: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why_not: str = ""


def _found(request: HttpRequest, pk: int, code: str) -> tuple[Assessment, Criterion, Score | None]:
    one = found(request, pk)
    row = get_object_or_404(one.index_set.criteria.exclude(scoring=""), code=code)
    return one, row, one.scores.filter(criterion=row).first()


def criterion(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The page; a post scores it."""
    one, row, score = _found(request, pk, code)
    if request.method != "POST":
        return _page(request, one, row, score)
    form = forms.ScoreForm(request.POST, criterion=row, score=score)
    if form.is_valid():
        try:
            actions.score_criterion(
                assessment=one, criterion=row, **form.said, by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu điểm tự chấm."))
            return redirect("reports:criterion", pk, code)
    return _page(request, one, row, score, own=form)


def _page(
    request: HttpRequest,
    one: Assessment,
    row: Criterion,
    score: Score | None,
    *,
    own: forms.ScoreForm | None = None,
    appraisal: forms.AppraisalForm | None = None,
) -> HttpResponse:
    on = today()
    linked = queries.evidence_of(score)
    may_score = may(request, Permission.INDEX_SCORE, one.unit, on) and one.state == State.OPEN
    may_appraise = may(request, Permission.INDEX_APPRAISE, one.unit, on) and one.state == State.SENT
    lines = queries.lines_behind(one, row)
    behind = None if lines is None else slice_of(request, lines)
    text = asked_text(request)
    takes_evidence = row.scoring in {Scoring.SELF, Scoring.BONUS, Scoring.PENALTY}
    offers = may_score and takes_evidence
    return page(
        request,
        "reports/index/criterion.html",
        f"{row.code}. {row.text}",
        crumbs=[
            list_crumb(),
            index_crumb(),
            (
                reverse("reports:assessment", args=[one.pk]),
                f"{capfirst(org.title_of(one.unit, on))}, {one.year}",
            ),
        ],
        one=one,
        row=row,
        score=score,
        measure=measures().get(row.measure, ""),
        words=in_words(row.rule),
        linked=linked,
        takes_evidence=takes_evidence,
        own=(own or forms.ScoreForm(criterion=row, score=score)) if offers else None,
        appraisal=(appraisal or forms.AppraisalForm(score=score, scoring=row.scoring))
        if may_appraise
        else None,
        page=behind,
        behind=_behind(request, behind),
        query=query_without_page(request),
        round=queries.round_behind(score),
        rounds=_offered(one, row) if may_appraise and row.scoring == Scoring.SURVEY else None,
        offered=list(queries.linkable(one, text, [link.activity_id for link in linked])[:_LINES_OFFERED])
        if offers
        else [],
        offers=offers,
        asked=text,
        neighbours=_neighbours(one, row),
    )


def _behind(request: HttpRequest, lines: Page[Activity] | None) -> list[tuple[Activity, list[Beside]]] | None:
    """The lines of a computed score, each with what rooms know of it: the cases of the day, the round, the dossiers."""
    if lines is None:
        return None
    shown = list(lines)
    known = beside(request, shown)
    return [(line, known.get(line.pk, [])) for line in shown]


def _offered(one: Assessment, row: Criterion) -> list[Offered]:
    there = queries.methods_of(one, beside=row)
    return [_may_be_taken(said, row, there) for said in queries.rounds_offered(one)]


def _may_be_taken(said: Said, row: Criterion, there: set[str]) -> Offered:
    if said.value is None or said.interval is None:
        return Offered(said, why_not=said.sentence)
    if mixed := why_not_mixed(there, said.method.value):
        return Offered(said, why_not=mixed)
    try:
        points, low, high = (
            score_of_index(row.rule, row.maximum, value).score for value in (said.value, *said.interval)
        )
    except CannotScore as reason:
        return Offered(said, why_not=str(reason))
    return Offered(said, points, low, high)


def _neighbours(one: Assessment, row: Criterion) -> dict[str, Criterion | None]:
    scored = one.index_set.criteria.exclude(scoring="")
    return {
        "before": scored.filter(position__lt=row.position).order_by("-position").first(),
        "after": scored.filter(position__gt=row.position).order_by("position").first(),
    }


@require_POST
def evidence(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Put lines of the ledger beside a criterion, or take one away."""
    one, row, _score = _found(request, pk, code)
    given: dict[str, Any] = {
        "assessment": one,
        "criterion": row,
        "by": signed_in(request),
        "at": timezone.now(),
    }
    try:
        if gone := request.POST.get("remove", ""):
            actions.unlink_line(**given, line=_number(gone))
            messages.success(request, _("Đã bỏ dòng sổ khỏi tiêu chí."))
        else:
            count = actions.link_lines(**given, lines=[_number(one) for one in request.POST.getlist("line")])
            messages.success(request, _("Đã gắn %(count)s dòng sổ.") % {"count": count})
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("reports:criterion", pk, code)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0


@require_POST
def appraise(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The appraised score, and why where it differs."""
    one, row, score = _found(request, pk, code)
    form = forms.AppraisalForm(request.POST, score=score, scoring=row.scoring)
    if form.is_valid():
        try:
            actions.appraise_score(
                assessment=one,
                criterion=row,
                points=form.cleaned_data["points"],
                why=form.cleaned_data.get("appraised_why", ""),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu điểm thẩm định."))
            return redirect("reports:criterion", pk, code)
    return _page(request, one, row, score, appraisal=form)


@require_POST
def take_round(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Confirm that the survey's points are those of a closed round."""
    one, row, _score = _found(request, pk, code)
    try:
        actions.score_from_round(
            assessment=one,
            criterion=row,
            round_id=_number(request.POST.get("round", "")),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã lấy điểm điều tra từ đợt khảo sát."))
    return redirect("reports:criterion", pk, code)
