"""What a site tells of surveys: the rounds that ended, one trend for each form and method; the results of a round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import queries, telling
from dinhlang.citizens.surveys.rules.definition import same_measure
from dinhlang.citizens.surveys.rules.results import Results
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method
from dinhlang.org.views import today
from dinhlang.portal.kept.remembered import remembered_inside
from dinhlang.portal.opendata.rules import LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page


@dataclass(frozen=True, slots=True)
class Ended:
    """A round with what it says. `is_same_form` is False where its form measures something else than the round before."""

    round: SurveyRound
    results: Results
    is_same_form: bool

    @property
    def response(self) -> str:
        return telling.percent(self.results.response_rate)


def series(rounds: Sequence[SurveyRound]) -> list[tuple[str, Method, list[Ended]]]:
    """Rounds by form and method, each the newest first: no two methods in one row of figures."""
    by = sorted(rounds, key=lambda one: (-one.version.survey_id, one.method, one.closes_on, one.pk))
    return [
        (held[0].version.survey.title, Method(method), list(_ended(held))[::-1])
        for (_survey, method), held in (
            (key, list(found))
            for key, found in groupby(by, key=lambda one: (one.version.survey_id, one.method))
        )
    ]


def _ended(rounds: Sequence[SurveyRound]) -> Iterator[Ended]:
    before = None
    for one in rounds:
        definition = queries.definition_of(one.version)
        is_same = before is None or same_measure(before, definition)
        yield Ended(one, queries.results_of(one), is_same)
        before = definition


def _listed(request: HttpRequest, place: Place) -> HttpResponse:
    """Every round that was published, by form and method, and what is asked today."""
    to, site = place.to, place.to.site
    rounds = list(queries.published_rounds(site.unit_id))
    years = sorted({one.closes_on.year for one in rounds}, reverse=True)
    return page(
        request,
        place,
        "portal/surveys/list.html",
        _("Khảo sát ý kiến người dân"),
        description=_(
            "Người dân đánh giá %(body)s phục vụ thế nào: chỉ số, số phiếu, cách tính của từng đợt."
        )
        % {"body": site.body},
        crumbs=((to.home, _("Trang chủ")), (to.results, _("Kết quả"))),
        asking=[
            (one, absolute(None, to.survey(one.code)))
            for one in queries.rounds_for_everyone(site.unit_id, today())
        ],
        series=[
            (
                title,
                METHOD_WORDS[method],
                [(one, to.survey_results(one.round.code)) for one in rows],
            )
            for title, method, rows in series(rounds)
        ],
        files=[(year, [(form, to.survey_data(year, form)) for form in ("csv", "json")]) for year in years],
        licence=LICENCE_ADDRESS,
    )


def _results(request: HttpRequest, place: Place, code: str) -> HttpResponse:
    """The results of one round."""
    to = place.to
    round_ = queries.published_rounds(to.site.unit_id).filter(code=code).first()
    if round_ is None:
        return not_there(request, place)
    return page(
        request,
        place,
        "portal/surveys/results.html",
        title_of(round_),
        description=f"{round_.version.survey.title}, {round_.title}",
        crumbs=((to.home, _("Trang chủ")), (to.surveys, _("Khảo sát ý kiến người dân"))),
        files=[(form, to.survey_data(round_.closes_on.year, form)) for form in ("csv", "json")],
        **shown(round_),
    )


def title_of(round_: SurveyRound) -> str:
    """What the page of a round's results is called."""
    return _("Kết quả khảo sát: %s") % round_.title


def shown(round_: SurveyRound) -> dict[str, Any]:
    """Published results as their page takes them; remarks only as a person let them stand."""
    found = telling.told(round_, is_public=True)
    return {
        "round": round_,
        "found": found,
        "chart": mark_safe(found.chart),  # noqa: S308 - our own drawing, its words escaped by the template of charts
        "remarks": queries.public_remarks(round_),
    }


listed = site_page(remembered_inside(_listed))
results = site_page(remembered_inside(_results))
