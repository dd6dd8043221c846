"""What is kept is Vietnamese, whoever acted: documents, remarks, the audit log. A reader of English changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import models
from django.test import RequestFactory
from django.utils import translation

from dinhlang.officialdoc import codec
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports import render
from dinhlang.reports.approval.actions import load_demo as load_reports
from dinhlang.reports.models import Report
from dinhlang.work import actions as work
from dinhlang.work import queries
from dinhlang.work.models import Plan
from dinhlang.work.sheets import read_sheet
from dinhlang.work.views.imports import activity_import_template

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

MARK = "§§"


@pytest.fixture
def marked_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English in which every sentence of ours begins with a mark, so that it is known wherever it comes to lie."""
    inner = translation._trans

    def marked(text: str) -> str:
        return f"{MARK}{text}" if translation.get_language() == "en" else text

    gettext, ngettext, pgettext = inner.gettext, inner.ngettext, inner.pgettext
    monkeypatch.setattr(inner, "gettext", lambda text: marked(gettext(text)))
    monkeypatch.setattr(inner, "ngettext", lambda one, many, n: marked(ngettext(one, many, n)))
    monkeypatch.setattr(inner, "pgettext", lambda context, text: marked(pgettext(context, text)))
    with translation.override("en"):
        assert translation.gettext("Đã lưu.").startswith(MARK)
        yield


def around_the_mark(text: str) -> str:
    at = text.find(MARK)
    return text[max(0, at - 40) : at + 90]


def stored() -> Iterator[tuple[str, str]]:
    """Every stored text of ours, with the field it lies in."""
    for model in apps.get_models():
        if not model.__module__.startswith("dinhlang."):
            continue
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(field, models.JSONField):
                    yield f"{model._meta.label}.{field.name}", json.dumps(value, ensure_ascii=False)
                elif isinstance(value, str):
                    yield f"{model._meta.label}.{field.name}", value


def test_what_is_stored_is_vietnamese_whatever_the_reader_chose(cast: Cast, marked_english: None) -> None:
    unit, officer = cast.commune, cast.culture_officer
    work.load_demo(at=cast.now)
    load_reports(at=cast.now)
    plan = Plan.objects.get(unit=unit)
    work.roll_over_plan(plan=plan, year=plan.year + 1, by=officer, at=cast.now)
    text = files("dinhlang.work").joinpath("demo_plan.md").read_text(encoding="utf-8")
    later = text.format(year=plan.year + 2).encode()
    work.propose_plan(unit=unit, data=later, name="ke-hoach.md", by=officer, at=cast.now)
    reports.correct_report(report=Report.objects.get(status="issued"), by=cast.chair, at=cast.now)
    reports.draft_report(unit=unit, period=Period.parse(f"{plan.year}-Q2"), by=cast.chair, at=cast.now)

    texts = list(stored())

    assert len(texts) > 1000
    assert {(where, around_the_mark(text)) for where, text in texts if MARK in text} == set()


def test_a_document_is_vietnamese_whatever_the_reader_chose(cast: Cast, marked_english: None) -> None:
    work.load_demo(at=cast.now)
    load_reports(at=cast.now)
    plan, report = Plan.objects.get(unit=cast.commune), Report.objects.get(status="issued")

    for document in (queries.printed_document(plan), render.document_of(report)):
        said = json.dumps(codec.to_json(document), ensure_ascii=False)

        assert len(said) > 2000
        assert MARK not in said, around_the_mark(said)


def test_the_table_to_fill_in_has_the_headings_that_are_read_again(marked_english: None) -> None:
    answer = activity_import_template(RequestFactory().get("/"))

    [heading, *_rows] = read_sheet(b"".join(answer), "mau.xlsx").rows
    assert "Ngày" in heading
    assert not [cell for cell in heading if MARK in str(cell)]
