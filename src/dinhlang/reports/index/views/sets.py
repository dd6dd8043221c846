"""Criteria sets: listed, read from a file, looked at with what is wrong and what is new, put in force."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import permissions
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, Role
from dinhlang.org.rules.roles import ROLES
from dinhlang.org.views import looking_of, page, posted, show_refusal, signed_in, slice_of, today
from dinhlang.reports.index import actions, forms, queries
from dinhlang.reports.index.building import measures
from dinhlang.reports.index.scheme import differences, in_words
from dinhlang.reports.index.views.lists import index_crumb
from dinhlang.reports.models import IndexSet
from dinhlang.reports.views.found import list_crumb
from dinhlang.work import blobs
from dinhlang.work.sheets import LARGEST_FILE
from dinhlang.work.views import download


def sets_crumb() -> tuple[str, str]:
    """The way back to the list of sets."""
    return reverse("reports:index-sets"), _("Bộ tiêu chí")


def _issuers(request: HttpRequest, on: date) -> dict[str, str]:
    """Names by id of the bodies for which the person takes sets in: those from which they watch."""
    posts = looking_of(request).posts
    ids = [
        org.body_of(post.unit, on).pk
        for post in posts
        if Permission.INDEX_APPRAISE in ROLES[Role(post.role)].permissions
    ]
    names = org.titles_of(ids, on)
    return {one: capfirst(names[one]) for one in dict.fromkeys(ids)}


def found(request: HttpRequest, pk: int) -> IndexSet:
    """The set; 404 for one that neither the person's units nor those above them use."""
    rows = queries.sets_for(looking_of(request).readable_ids, today())
    return get_object_or_404(rows.select_related("source", "by"), pk=pk)


def sets(request: HttpRequest) -> HttpResponse:
    """The versions there are, newest first."""
    on = today()
    shown = slice_of(request, queries.sets_for(looking_of(request).readable_ids, on))
    titles = org.titles_of({one.unit_id for one in shown}, on)
    return page(
        request,
        "reports/index/sets.html",
        _("Bộ tiêu chí chấm chỉ số"),
        crumbs=[list_crumb(), index_crumb()],
        rows=[(one, capfirst(titles[one.unit_id])) for one in shown],
        page=shown,
        may_take=bool(_issuers(request, on)),
    )


def set_new(request: HttpRequest) -> HttpResponse:
    """Read a set from a file; nothing is scored by it until somebody has looked at it."""
    on = today()
    issuers = _issuers(request, on)
    form = forms.SetForm(*posted(request), units=issuers)
    if request.method == "POST" and form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            if file.size > LARGEST_FILE:
                raise Refused(_("Tệp quá lớn. Bộ tiêu chí chỉ vài trăm dòng; hãy chọn lại tệp."))
            data = file.read()
            kept = actions.propose_set(
                unit=get_object_or_404(Unit, pk=given["unit"]),
                scheme=actions.scheme_in(data, file.name),
                first_year=given["first_year"],
                last_year=given["last_year"],
                data=data,
                file_name=file.name,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("reports:index-set", kept.pk)
    return page(
        request,
        "reports/index/set_new.html",
        _("Nạp bộ tiêu chí"),
        crumbs=[list_crumb(), index_crumb(), sets_crumb()],
        form=form,
        may_take=bool(issuers),
        measures=measures(),
    )


def index_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its rule; of a proposed one also what is wrong and what is otherwise than before."""
    one = found(request, pk)
    on = today()
    rows = list(one.criteria.order_by("position"))
    depth = {"": -1}
    for row in rows:
        depth[row.code] = depth.get(row.parent, -1) + 1
    before = queries.before(one)
    names = measures()
    return page(
        request,
        "reports/index/set.html",
        one.name,
        crumbs=[list_crumb(), index_crumb(), sets_crumb()],
        one=one,
        unit_name=capfirst(org.title_of(one.unit, on)),
        rows=[(row, depth[row.code], names.get(row.measure, ""), in_words(row.rule)) for row in rows],
        before=before,
        differences=differences(list(before.criteria.order_by("position")), rows) if before else [],
        is_same=bool(before and before.digest == one.digest),
        guessed=_guessed(one),
        may_act=permissions.can(request.user, Permission.INDEX_APPRAISE, one.unit, on),
        is_used=one.assessments.exists(),
    )


def _guessed(one: IndexSet) -> tuple[str, ...]:
    """How words of a proposed set were understood, and what of its file was not read: read once more, as it is kept."""
    if one.state != IndexSet.State.PROPOSED or one.source is None:
        return ()
    try:
        return actions.scheme_in(blobs.read(one.source), one.source_name).notes
    except (Refused, blobs.BlobLost):
        return ()


@require_POST
def set_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Put a set in force, or drop it."""
    one = found(request, pk)
    if not permissions.can(request.user, Permission.INDEX_APPRAISE, one.unit, today()):
        raise Http404
    by, at = signed_in(request), timezone.now()
    try:
        if act == "dung":
            actions.confirm_set(index_set=one, by=by, at=at)
            messages.success(request, _("Đã đưa bộ tiêu chí vào dùng. Các đơn vị bắt đầu tự chấm được."))
            return redirect("reports:index-set", pk)
        actions.drop_set(index_set=one, by=by, at=at)
        messages.success(request, _("Đã bỏ bộ tiêu chí."))
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:index-set", pk)
    return redirect("reports:index-sets")


def set_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file a set came from."""
    one = found(request, pk)
    if one.source is None:
        raise Http404
    return download(one.source, one.source_name)
