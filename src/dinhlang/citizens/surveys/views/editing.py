"""Forms on the desk: their list, a new one, their versions, and the editor, question by question without a script."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.db.models import Count
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.citizens.models import Survey, SurveyVersion
from dinhlang.citizens.surveys import actions, permissions, queries, telling
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.forms import GeneralForm, NewForm, QuestionForm, SurveyFilter
from dinhlang.citizens.surveys.rules.citing import doubts
from dinhlang.citizens.surveys.rules.codec import BadDefinition, from_plain, to_plain, written
from dinhlang.citizens.surveys.rules.definition import Definition, Purpose, Question, changes
from dinhlang.citizens.surveys.views.seen import crumb, crumbs_of, managed_version, seen_survey, seen_version
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    body_asked,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.org.views.managed import managed_body


def survey_list(request: HttpRequest) -> HttpResponse:
    """The forms of a body, with their rounds, searched and filtered."""
    on = today()
    body, bodies = body_asked(request, on)
    form, found = _listed(request, body, bodies)
    return page(
        request,
        "citizens/surveys/list.html",
        _("Khảo sát"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=slice_of(request, found),
        query=query_without_page(request),
        kinds=tables.KINDS,
        may_manage=permissions.can_manage(signed_in(request), body, on),
    )


def _listed(request: HttpRequest, body: Unit, bodies: dict[str, str]) -> tuple[SurveyFilter, list[Survey]]:
    form = SurveyFilter(request.GET or None, units=bodies)
    return form, queries.listed(body, form.fits, form.asked.get("standing", ""))


@require_POST
def list_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The forms that the filter asks for with every round as a table, as results may be shown; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    _form, found = _listed(request, body, bodies)
    header, rows = telling.rounds_table(found, queries.rounds_of(found))
    export_list(
        action="survey.list-export",
        rows={body.pk: len(rows)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"khao-sat-{body.pk}-{on:%Y%m%d}", form, header, rows)


def survey_new(request: HttpRequest) -> HttpResponse:
    """Begin a form: of those that are shipped, or from a file."""
    body = managed_body(request, today(), Permission.SURVEYS_MANAGE)
    form = NewForm(*posted(request))
    if form.is_valid():
        try:
            version = actions.begin_survey(
                unit=body, definition=form.definition(), by=signed_in(request), at=timezone.now()
            )
        except BadDefinition as reason:
            _show_problems(form, reason)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lập phiếu. Xem lại từng câu hỏi rồi mở đợt."))
            return redirect("surveys:version", version.pk)
    return page(request, "citizens/surveys/new.html", _("Lập phiếu khảo sát"), crumbs=[crumb()], form=form)


def _show_problems(form: Form, reason: BadDefinition) -> None:
    for problem in reason.problems[:12]:
        form.add_error(None, problem)


def survey_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: its versions with what changed between them, and its rounds."""
    survey, on = seen_survey(request, pk), today()
    versions = list(survey.versions.order_by("-number")[:50])
    rounds = [
        one
        for version in versions
        for one in version.rounds.annotate(answered=Count("answers")).order_by("-opens_on", "-pk")
    ]
    return page(
        request,
        "citizens/surveys/survey.html",
        survey.title,
        crumbs=[crumb()],
        survey=survey,
        body_name=capfirst(org.title_of(survey.unit, on)),
        versions=_with_changes(versions),
        is_survey=versions[0].definition["purpose"] == Purpose.SURVEY,
        rounds=rounds,
        may_manage=permissions.can_manage(signed_in(request), survey.unit, on),
    )


def _with_changes(versions: list[SurveyVersion]) -> list[tuple[SurveyVersion, list[tuple[str, str]]]]:
    words = {"added": _("Thêm"), "removed": _("Bỏ"), "changed": _("Sửa")}
    made = []
    for at, version in enumerate(versions):
        before = versions[at + 1] if at + 1 < len(versions) else None
        found = (
            changes(queries.definition_of(before), queries.definition_of(version))
            if before is not None
            else ()
        )
        made.append((version, [(words[what], question.text) for what, question in found]))
    return made


@require_POST
def version_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A version to write in."""
    survey = seen_survey(request, pk)
    try:
        made = actions.new_version(survey=survey, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("surveys:survey", pk)
    return redirect("surveys:version", made.pk)


def version_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as a JSON file, to take elsewhere or to write in with other tools."""
    version = seen_version(request, pk)
    if version.definition["purpose"] != Purpose.SURVEY and not permissions.can_manage(
        signed_in(request), version.survey.unit, today()
    ):
        # The file holds the right answers.
        raise Http404
    return HttpResponse(
        written(queries.definition_of(version)),
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="phieu-{version.survey_id}-{version.number}.json"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands above the questions, and the questions in their order; a frozen version is read only."""
    version = managed_version(request, pk)
    definition = queries.definition_of(version)
    form = GeneralForm(posted(request)[0], initial=GeneralForm.initial_of(definition, version.edits))
    if version.frozen_at is None and form.is_valid():
        try:
            _save(request, version, form.applied(definition), form.cleaned_data["seen"] or 0)
        except BadDefinition as reason:
            _show_problems(form, reason)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("surveys:version", pk)
    titles = {one.id: one.title for one in definition.factors}
    return page(
        request,
        "citizens/surveys/version.html",
        _("%(title)s, bản %(number)s") % {"title": version.survey.title, "number": version.number},
        crumbs=crumbs_of(version.survey),
        version=version,
        definition=definition,
        is_survey=definition.purpose is Purpose.SURVEY,
        questions=[
            (one.question, titles.get(one.question.factor, ""), one.only_if, doubts(one.question, today()))
            for one in asked(definition)
        ],
        form=form,
    )


def _save(request: HttpRequest, version: SurveyVersion, definition: Definition, seen: int) -> None:
    # Through the codec, so that what is typed is held to what a file is held to.
    actions.change_version(
        version=version,
        definition=from_plain(to_plain(definition)),
        seen=seen,
        by=signed_in(request),
        at=timezone.now(),
    )


def question_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more question, at the end."""
    version = managed_version(request, pk)
    return _question(request, version, None)


def question_edit(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """One question."""
    version = managed_version(request, pk)
    found = queries.definition_of(version).question(question)
    if found is None:
        raise Http404
    return _question(request, version, found)


def _question(request: HttpRequest, version: SurveyVersion, known: Question | None) -> HttpResponse:
    if version.frozen_at is not None:
        raise Http404
    definition = queries.definition_of(version)
    form = QuestionForm(
        *posted(request),
        definition=definition,
        initial=QuestionForm.initial_of(known, version.edits, definition.purpose),
    )
    if form.is_valid():
        try:
            made = form.question(definition, known)
            rows = definition.questions
            questions = tuple(made if one == known else one for one in rows) if known else (*rows, made)
            _save(request, version, replace(definition, questions=questions), form.cleaned_data["seen"] or 0)
        except BadDefinition as reason:
            _show_problems(form, reason)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu câu hỏi."))
            return redirect(reverse("surveys:version", args=[version.pk]) + f"#cau-{made.id}")
    return page(
        request,
        "citizens/surveys/question.html",
        _("Sửa câu hỏi") if known else _("Thêm câu hỏi"),
        crumbs=[
            *crumbs_of(version.survey),
            (reverse("surveys:version", args=[version.pk]), _("Bản %s") % version.number),
        ],
        form=form,
        version=version,
        doubts=doubts(known, today()) if known else [],
    )


@require_POST
def question_step(request: HttpRequest, pk: int, question: str) -> HttpResponse:
    """Move a question up or down, or leave it out."""
    version = managed_version(request, pk)
    definition = queries.definition_of(version)
    rows = list(definition.questions)
    at = next((place for place, one in enumerate(rows) if one.id == question), None)
    if at is None:
        raise Http404
    deed = request.POST.get("do", "")
    if deed == "off":
        del rows[at]
    elif deed in ("up", "down"):
        to = max(0, min(len(rows) - 1, at + (1 if deed == "down" else -1)))
        rows.insert(to, rows.pop(at))
    seen = request.POST.get("seen", "")
    try:
        _save(
            request,
            version,
            replace(definition, questions=tuple(rows)),
            int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
        )
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(reverse("surveys:version", args=[pk]) + f"#cau-{question}")
