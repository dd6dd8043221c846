"""The slip of a survey that goes with a result: once for a dossier, one voice, and nothing that leads back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from dinhlang.citizens.models import SurveyAnswer, SurveyRound, SurveyToken
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.tests.test_surveys import HERE, opened, slip
from dinhlang.onestop import actions, queries
from dinhlang.onestop.models import Dossier, DossierStep, SurveySlip
from dinhlang.onestop.tests.counters import Counter
from dinhlang.onestop.tests.test_pages import browser
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.tests import codes

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _as_of_today(counter: Counter, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr("django.utils.timezone.now", lambda: counter.now)


def given_back(counter: Counter, dossier: Dossier | None = None) -> Dossier:
    dossier = dossier or counter.receive()
    counter.do(actions.resolve, dossier)
    counter.do(actions.give, dossier)
    return dossier


def handed(counter: Counter, dossier: Dossier, key: UUID, **more: Any) -> tuple[SurveyRound, str]:
    who = {"by": counter.cast.one_stop_clerk, "at": counter.later(), **more}
    return actions.hand_survey_slip(dossier=dossier, key=key, **who)


def test_a_dossier_gets_one_code_at_its_return_and_nothing_leads_from_one_to_the_other(
    counter: Counter,
) -> None:
    dossier, round_ = counter.receive(), opened(counter.cast, by_return=True, by_poster=False, by_kiosk=False)
    with pytest.raises(Refused, match="đã trả kết quả"):
        handed(counter, dossier, uuid4())
    given_back(counter, dossier)
    with pytest.raises(NotAllowed):
        handed(counter, dossier, uuid4(), by=counter.cast.culture_officer)
    before, key = dossier.steps.count(), uuid4()
    of_round, token = handed(counter, dossier, key)
    assert of_round == round_
    # The printer jammed: the same form gives the same slip, another form none.
    assert handed(counter, dossier, key)[1] == token
    with pytest.raises(Refused, match="Mỗi hồ sơ một phiếu"):
        handed(counter, dossier, uuid4())
    held = SurveyToken.objects.get()
    assert (held.way, held.sheet, SurveySlip.objects.count()) == (Way.SLIP, None, 1)
    # No step of the journey, no line of the trace with an hour, names the dossier beside the slip.
    assert dossier.steps.count() == before
    [entry] = AuditEntry.objects.filter(action="survey.slips")
    assert (entry.target, entry.detail) == (f"citizens.surveyround:{round_.pk}", {"count": 1})
    kept = [str(list(model.objects.values())) for model in (Dossier, DossierStep, SurveySlip, AuditEntry)]
    assert not any(secret in words for words in kept for secret in (token, held.mark, key.hex, str(key)))
    related = {
        field.related_model for field in (*SurveyToken._meta.get_fields(), *SurveyAnswer._meta.get_fields())
    }
    assert related.isdisjoint({Dossier, SurveySlip})
    assert [field.name for field in SurveySlip._meta.concrete_fields] == ["dossier"]
    answer = {
        "round_": round_,
        "sent": slip(),
        "way": Way.SLIP,
        "token": token,
        "received": HERE,
        "at": counter.now,
    }
    assert surveys.answer(**answer, key=uuid4())
    with pytest.raises(Refused, match="đã dùng"):
        surveys.answer(**answer, key=uuid4())


def test_whoever_may_not_hand_out_slips_prints_none_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(counter.cast, by_return=True)
    dossier, key = given_back(counter), uuid4()
    handed(counter, dossier, key)
    monkeypatch.setattr("dinhlang.citizens.surveys.permissions.check_can", refuse)
    with pytest.raises(NotAllowed):
        handed(counter, dossier, key)


def refuse(*_asked: object) -> None:
    raise NotAllowed("surveys.enter")


def test_slips_of_the_sheet_are_numbered_on_past_those_of_dossiers(counter: Counter) -> None:
    round_ = opened(counter.cast, by_return=True)
    handed(counter, given_back(counter), uuid4())
    numbers = {"round_": round_, "count": 2, "by": counter.cast.one_stop_clerk, "at": counter.now}
    assert [number for number, _token in surveys.print_slips(**numbers)] == [1, 2]


def test_only_a_round_that_says_so_and_runs_asks_and_no_result_of_before_it(counter: Counter) -> None:
    dossier, on = given_back(counter), counter.now.date()
    assert queries.survey_of(dossier, on) is None
    opened(counter.cast, by_return=False)
    assert queries.survey_of(dossier, on) is None
    asks = opened(counter.cast, by_return=True)
    assert queries.survey_of(dossier, on) == asks
    assert queries.survey_of(dossier, on + timedelta(days=40)) is None
    SurveyRound.objects.filter(pk=asks.pk).update(opens_on=on + timedelta(days=1))
    assert queries.survey_of(dossier, on + timedelta(days=1)) is None
    SurveyRound.objects.filter(pk=asks.pk).update(opens_on=on, closed_at=counter.now)
    assert queries.survey_of(dossier, on) is None


@pytest.mark.one_database
def test_the_clerk_prints_the_slip_on_the_dossiers_page_and_its_code_opens_the_questions(
    counter: Counter,
) -> None:
    dossier, clerk = counter.receive(), browser(counter.cast.one_stop_clerk)
    opened(counter.cast, by_return=True, by_poster=False, by_kiosk=False)
    page, there = (reverse(f"onestop:{name}", args=[dossier.pk]) for name in ("dossier", "survey-slip"))
    assert there not in clerk.get(page).content.decode()
    given_back(counter, dossier)
    shown = clerk.get(page)
    assert there in shown.content.decode()
    # The key of a step is kept with it; the slip has a form of its own.
    assert shown.context["survey_key"] != shown.context["key"]
    assert there not in browser(counter.cast.chair).get(page).content.decode()
    assert clerk.get(there).status_code == 405
    assert clerk.post(there, {"key": "khong-phai"}).status_code == 404
    assert browser(counter.cast.neighbour).post(there, {"key": uuid4()}).status_code == 404
    form = {"key": shown.context["survey_key"]}
    made, again = clerk.post(there, form), clerk.post(there, form)
    assert (made["Content-Type"], made["Cache-Control"]) == ("application/pdf", "no-store")
    assert dossier.code not in made["Content-Disposition"]
    [scanned] = [one for sheet in codes.in_pdf(made.content) for one in sheet.squares]
    assert [one for sheet in codes.in_pdf(again.content) for one in sheet.squares] == [scanned]
    assert Client().get(urlsplit(scanned).path, follow=True).status_code == 200
    after = clerk.get(page).content.decode()
    assert there not in after
    assert "Hồ sơ này đã có phiếu khảo sát." in after
    second = clerk.post(there, {"key": uuid4()}, follow=True).content.decode()
    assert "Mỗi hồ sơ một phiếu" in second
    assert SurveyToken.objects.count() == 1
