"""Who handed in goes five years after the end, or when they ask; the register and its figures stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.tests.counters import APPLICANT, Counter
from dinhlang.org import actions as org
from dinhlang.org.personal import people
from dinhlang.org.personal.retention import months_before, would_go

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def ended(counter: Counter, settings: Any, tmp_path: Any) -> Dossier:
    settings.DATA = tmp_path
    dossier = counter.receive()
    DossierStep.objects.filter(dossier=dossier).update(reason="Thiếu giấy khai sinh của con.")
    Dossier.objects.filter(pk=dossier.pk).update(ended_at=counter.now)
    dossier.refresh_from_db()
    return dossier


def test_five_years_after_the_end_nobody_is_named(counter: Counter, ended: Dossier) -> None:
    assert would_go(months_before(counter.now, -60)) == {}
    later = months_before(counter.now, -60) + timedelta(days=1)
    assert set(would_go(later)) == {"onestop.Dossier", "onestop.DossierStep"}
    assert org.erase_due(at=later) == 2
    found = Dossier.objects.get(pk=ended.pk)
    assert not any((found.applicant, found.address, found.phone, found.applicant_mark, found.phone_mark))
    assert (found.number, found.code, found.erased_at) == (ended.number, ended.code, later)
    assert not DossierStep.objects.get().reason
    assert would_go(later) == {}


def test_a_dossier_is_told_and_erased_by_either_order_of_its_code(counter: Counter, ended: Dossier) -> None:
    held = people.find("onestop.Dossier", ended.code.lower())
    told = people.told(held, at=counter.now, for_sender=False)
    assert told["rows"]["Dossier"][0]["applicant"] == APPLICANT.name
    assert "applicant_mark" not in told["rows"]["Dossier"][0]
    assert org.erase_person(held=held, request="Đơn số 6", by=None, at=counter.now) == 2
    assert not Dossier.objects.get(pk=ended.pk).applicant
