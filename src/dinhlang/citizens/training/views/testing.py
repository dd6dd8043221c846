"""The test before and after a class: chosen, opened, taken in, and what it says."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.training import actions, permissions, queries
from dinhlang.citizens.training.forms import SlipsForm, TestForm
from dinhlang.citizens.training.rules.classes import CHOOSING, NEXT_STAGE, RUNNING, SITTING, Stage
from dinhlang.citizens.training.views.seen import crumbs_of, held_class, public_address, seen_class
from dinhlang.org.rules import Refused
from dinhlang.org.views import page, signed_in, today

_WORDS = {
    Stage.BEFORE: gettext_lazy("Mở bài trước"),
    Stage.BETWEEN: gettext_lazy("Thu bài trước"),
    Stage.AFTER: gettext_lazy("Mở bài sau"),
    Stage.DONE: gettext_lazy("Thu bài sau, chốt kết quả"),
}


@never_cache
def testing(request: HttpRequest, pk: int) -> HttpResponse:
    """Which test is asked, which is open, what both say once they are in."""
    training = seen_class(request, pk)
    if request.method == "POST":
        return _moved(request, held_class(request, pk))
    return shown(request, training, SlipsForm(prefix="phieu"))


def shown(request: HttpRequest, training: TrainingClass, slips: SlipsForm) -> HttpResponse:
    """The page of the tests, with its form for slips as it was filled in."""
    is_running = training.state in RUNNING
    may_manage = is_running and permissions.can_manage(signed_in(request), training.unit, today())
    tests = queries.tests(training.unit) if may_manage else []
    stage = Stage(training.stage)
    return page(
        request,
        "citizens/training/testing.html",
        _("Kiểm tra trước và sau"),
        crumbs=crumbs_of(training),
        training=training,
        stage=stage,
        sat=queries.sat(training),
        # Figures that change answer by answer would give the newest away.
        told=queries.told(training) if training.results is not None else None,
        form=TestForm(tests=tests, initial={"version": training.version_id}),
        tests=tests,
        slips_form=slips,
        address=public_address(request, training),
        may_manage=may_manage,
        may_choose=stage in CHOOSING,
        is_sitting=stage in SITTING,
        steps=[(one.value, _WORDS[one]) for one in NEXT_STAGE[stage]],
    )


def _moved(request: HttpRequest, training: TrainingClass) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    asked = request.POST.get("do", "")
    try:
        if asked == "choose":
            form = TestForm(request.POST, tests=queries.tests(training.unit))
            if not form.is_valid():
                messages.error(request, _("Chọn một bài kiểm tra trong danh sách."))
                return redirect("training:testing", training.pk)
            version = form.cleaned_data["version"]
            actions.choose_test(training=training, version=version, by=by, at=at)
            messages.success(request, _("Đã lưu bài kiểm tra."))
        elif asked in _WORDS:
            actions.move_test(training=training, to=Stage(asked), by=by, at=at)
            messages.success(request, f"{Stage(asked).label}.")
        else:
            raise Http404
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("training:testing", training.pk)
