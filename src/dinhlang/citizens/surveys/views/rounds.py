"""Rounds on the desk: opened, slips and poster printed, results, closing, publishing, remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.models import SurveyRemark, SurveyRound
from dinhlang.citizens.surveys import actions, papers, permissions, queries, telling
from dinhlang.citizens.surveys.forms import BatchForm, GivenOutForm, RoundForm, SlipsForm
from dinhlang.citizens.surveys.rules import rounds
from dinhlang.citizens.surveys.views.seen import crumbs_of, crumbs_of_round, managed_version, seen_round
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.rules import Refused
from dinhlang.org.views import looking_of, page, posted, show_refusal, signed_in, slice_of, today

_USUAL_DAYS = 30


def round_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a version."""
    version = managed_version(request, pk)
    try:
        rounds.check_purpose(queries.definition_of(version).purpose)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("surveys:version", pk)
    on = today()
    initial = {"opens_on": on, "closes_on": on + timedelta(days=_USUAL_DAYS)}
    form = RoundForm(posted(request)[0], initial=initial)
    if form.is_valid():
        try:
            made = actions.open_round(
                version=version, given=form.given(), by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã mở đợt. In phiếu có mã hoặc áp phích mã QR ở trang này."))
            return redirect("surveys:round", made.pk)
    return page(
        request,
        "citizens/surveys/round_new.html",
        _("Mở đợt khảo sát"),
        crumbs=crumbs_of(version.survey),
        form=form,
        version=version,
    )


@never_cache
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where people answer, how many did, what they say, and what may be done."""
    return shown(request, seen_round(request, pk))


def shown(
    request: HttpRequest,
    round_: SurveyRound,
    *,
    slips: SlipsForm | None = None,
    batch: BatchForm | None = None,
) -> HttpResponse:
    """The page of a round; with the form that is being refused, where one is."""
    on, who = today(), signed_in(request)
    found = telling.told(round_, is_public=False)
    is_open = round_.closed_at is None
    may_enter = permissions.can_enter(who, round_.unit, on)
    ways = queries.ways_of(round_)
    return page(
        request,
        "citizens/surveys/round.html",
        round_.title,
        crumbs=crumbs_of(round_.version.survey),
        round=round_,
        found=found,
        chart=mark_safe(found.chart),  # noqa: S308 - our own drawing, its words escaped by the template of charts
        ways=ways,
        hides_ways=sum(times for _way, times in ways) < found.results.people,
        address=_address(request, round_.code),
        kiosk=request.build_absolute_uri(reverse("survey:kiosk", args=[round_.code])),
        public=request.build_absolute_uri(reverse("survey:results", args=[round_.code])),
        batches=round_.batches.order_by("-pk")[:50],
        given_tokens=round_.tokens.count(),
        new_remarks=round_.remarks.filter(state=SurveyRemark.State.NEW).count(),
        all_remarks=round_.remarks.count(),
        is_open=is_open,
        may_manage=permissions.can_manage(who, round_.unit, on),
        may_enter=may_enter and is_open,
        slips_form=slips or SlipsForm(prefix="phieu"),
        given_form=GivenOutForm(initial={"given_out": round_.given_out}, prefix="phat"),
        batch_form=batch or BatchForm(prefix="tap", initial={"key": uuid4()}),
        kinds=tables.KINDS,
    )


def _address(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("survey:ask", args=[code]))


@require_POST
def round_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Close, publish, take back, or say how many slips were handed out."""
    round_ = seen_round(request, pk)
    deeds: dict[str, tuple[Callable[..., SurveyRound], str]] = {
        "close": (actions.close_round, _("Đã đóng đợt và chốt kết quả.")),
        "publish": (actions.publish_results, _("Đã công khai kết quả.")),
        "withdraw": (actions.withdraw_results, _("Đã thôi công khai kết quả.")),
    }
    asked = request.POST.get("do", "")
    try:
        if asked == "given-out":
            form = GivenOutForm(request.POST, prefix="phat")
            if not form.is_valid():
                messages.error(request, _("Ghi số phiếu đã phát bằng số."))
                return redirect("surveys:round", pk)
            actions.say_given_out(
                round_=round_, count=form.cleaned_data["given_out"], by=signed_in(request), at=timezone.now()
            )
            messages.success(request, _("Đã lưu số phiếu đã phát."))
        elif asked in deeds:
            deed, done = deeds[asked]
            deed(round_=round_, by=signed_in(request), at=timezone.now())
            messages.success(request, done)
        else:
            raise Http404
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("surveys:round", pk)


@require_POST
def round_slips(request: HttpRequest, pk: int) -> HttpResponse:
    """New slips as PDF. Their codes are in this answer and nowhere else."""
    round_ = seen_round(request, pk)
    form = SlipsForm(request.POST, prefix="phieu")
    if not form.is_valid():
        return shown(request, round_, slips=form)
    try:
        made = actions.print_slips(
            round_=round_, count=form.cleaned_data["count"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("surveys:round", pk)
    slips = [(number, token, _address(request, token)) for number, token in made]
    return _pdf(papers.slips(round_, slips, on=today()), f"phieu-{round_.code}-{made[0][0]}")


def round_poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet with the code that everyone may scan."""
    round_ = seen_round(request, pk)
    if not round_.by_poster:
        raise Http404
    made = papers.poster(round_, _address(request, round_.code), on=today())
    return _pdf(made, f"ap-phich-{round_.code}")


def _pdf(data: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def round_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The results as a table, as they may be shown; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    round_ = seen_round(request, pk)
    header, rows = telling.table(queries.results_of(round_))
    export_list(
        action="survey.export",
        rows={round_.unit_id: len(rows)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"khao-sat-{round_.code}-{today():%Y%m%d}", form, header, rows)


# --- Remarks -------------------------------------------------------------------------------------------------------


@never_cache
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """What people wrote, for those who decide about it."""
    round_ = seen_round(request, pk)
    if not permissions.can_manage(signed_in(request), round_.unit, today()):
        raise Http404
    found = slice_of(request, round_.remarks.select_related("decided_by").order_by("-state", "pk"))
    return page(
        request,
        "citizens/surveys/remarks.html",
        _("Ý kiến ghi thêm"),
        crumbs=crumbs_of_round(round_),
        round=round_,
        page=found,
        rows=[(one, one.words.shown()) for one in found],
    )


@require_POST
def remark_step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Publish a remark in other words, or keep it inside."""
    found = SurveyRemark.objects.filter(round__unit__in=looking_of(request).readable_ids)
    remark = get_object_or_404(found.select_related("round__unit"), pk=pk)
    try:
        actions.decide_remark(
            remark=remark,
            state=request.POST.get("do", ""),
            public_text=request.POST.get("public_text", ""),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã lưu."))
    return redirect("surveys:remarks", remark.round_id)
