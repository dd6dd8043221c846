"""The page of one item: where it stands, what can be done, what it says, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from dinhlang.broadcast.channels.queries import deliveries_of
from dinhlang.broadcast.prints.rules import Form as PrintForm
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import looking_of, page, signed_in, today
from dinhlang.portal.listening import actions as sounds
from dinhlang.portal.listening.queries import standing_of as sound_standing
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom import actions, permissions
from dinhlang.portal.newsroom.actions import Placing
from dinhlang.portal.newsroom.addresses import public_address
from dinhlang.portal.newsroom.counting import is_counted
from dinhlang.portal.newsroom.forms import AssignForm, ClassifyForm, DeedForm
from dinhlang.portal.newsroom.queries import last_shown
from dinhlang.portal.newsroom.queries.airing import ITEMS, bulletins_of, can_make_bulletin
from dinhlang.portal.newsroom.queries.printing import can_make_print, prints_of
from dinhlang.portal.newsroom.queries.spreading import sendable_channels
from dinhlang.portal.newsroom.rules import comparing
from dinhlang.portal.newsroom.rules.states import Change, Deed, State
from dinhlang.portal.newsroom.rules.words import Unfit
from dinhlang.portal.newsroom.views.found import (
    crumb,
    crumb_of,
    found,
    looked_at,
    may,
    standing_of,
)


def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item."""
    return _item(request, found(request, pk))


def _item(request: HttpRequest, item: Item, classify_form: ClassifyForm | None = None) -> HttpResponse:
    person, at, on, looking = signed_in(request), timezone.now(), today(), looking_of(request)
    rights = may(person, item)
    edition = item.draft or item.shown or last_shown(item)
    if edition is None:
        raise Http404
    people = permissions.holders(item, Permission.NEWS_WRITE, on) if rights.review else []
    approvers = permissions.approvers(item, on) if rights.review and item.state == State.PASSED_ON else []
    return page(
        request,
        "newsroom/item.html",
        edition.title or _("Tin chưa có tiêu đề"),
        crumbs=[crumb()],
        item=item,
        edition=edition,
        standing=standing_of(item, at),
        may=rights,
        deeds=rights.deeds,
        looked=looked_at(edition) if rights.edit or rights.publish else None,
        address=public_address(item) if item.is_public else "",
        is_counted=is_counted(item),
        changes=Change.choices,
        assign_form=AssignForm(people=people, item=item) if rights.review else None,
        classify_form=classify_form
        or (ClassifyForm(item=item) if rights.review and item.is_public else None),
        link_form=LinkForm(people=approvers) if approvers else None,
        links=list(item.links.select_related("approver", "made_by")[:5]) if rights.review else [],
        steps=list(item.steps.select_related("by", "link__made_by", "edition")[:100]),
        sound=sound_standing(item),
        on_air=bulletins_of(looking, item),
        may_air=can_make_bulletin(looking, item),
        on_channels=deliveries_of(ITEMS, str(item.pk)) if looking.reads(item.unit) else [],
        may_send=sendable_channels(looking, item),
        on_paper=prints_of(looking, item),
        may_print=can_make_print(looking, item),
        print_forms=PrintForm.choices,
        on=on,
        at=at,
    )


# What each deed takes from its form.
_Do = Callable[..., Item]
_DEEDS: dict[str, tuple[_Do, tuple[str, ...], str | Promise]] = {
    Deed.SUBMIT: (actions.submit, ("note",), lazy("Đã gửi công chức văn hóa xem.")),
    Deed.PASS_ON: (actions.pass_on, ("note",), lazy("Đã trình lãnh đạo duyệt.")),
    Deed.TAKE_BACK: (actions.take_back, (), lazy("Đã lấy lại để sửa.")),
    Deed.RETURN: (actions.return_item, ("reason",), lazy("Đã trả lại cho người viết.")),
    Deed.APPROVE: (actions.approve, ("note",), lazy("Đã duyệt.")),
    Deed.SCHEDULE: (actions.schedule, ("publish_at",), lazy("Đã hẹn giờ đăng.")),
    Deed.UNSCHEDULE: (actions.unschedule, (), lazy("Đã bỏ hẹn giờ. Tin vẫn ở trạng thái đã duyệt.")),
    Deed.PUBLISH: (actions.publish_item, (), lazy("Đã đăng. Người dân đọc được ngay.")),
    Deed.EMERGENCY: (
        actions.publish_emergency,
        ("reason",),
        lazy("Đã đăng khẩn. Tin chờ lãnh đạo duyệt sau."),
    ),
    Deed.APPROVE_LATER: (actions.approve_later, ("note",), lazy("Đã duyệt bản đăng khẩn.")),
    Deed.REVISE: (actions.revise, ("change", "note"), lazy("Đã mở bản mới. Người đọc vẫn thấy bản cũ.")),
    Deed.WITHDRAW: (
        actions.withdraw,
        ("reason", "in_error"),
        lazy("Đã gỡ. Địa chỉ cũ nay cho biết ngày và lý do gỡ."),
    ),
    Deed.DROP: (actions.drop, (), lazy("Đã bỏ bản nháp.")),
    Deed.REVIEWED: (actions.mark_reviewed, ("review_by",), lazy("Đã ghi nhận là nội dung còn đúng.")),
}


@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Do one thing of the board with the item."""
    item = found(request, pk)
    if name not in _DEEDS:
        raise Http404
    do, takes, done = _DEEDS[name]
    try:
        item = do(item=item, by=signed_in(request), at=timezone.now(), **_given(request, takes))
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, str(done))
        if name in {Deed.REVISE, Deed.TAKE_BACK}:
            return redirect("newsroom:edit", item.pk)
    return redirect("newsroom:item", pk)


def _given(request: HttpRequest, takes: tuple[str, ...]) -> dict[str, Any]:
    """What the form says of what the deed takes. Raises `Unfit` for a day that is none."""
    form = DeedForm(request.POST)
    if not form.is_valid():
        raise Unfit(" ".join(str(error) for errors in form.errors.values() for error in errors), "reason")
    given = form.cleaned_data
    if "publish_at" in takes and given["publish_at"] is None:
        raise Unfit(_("Chưa chọn ngày giờ đăng."), "publish_at")
    return {name: given["reason" if name == "note" else name] for name in takes}


@require_POST
def sound_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the item read aloud once more after that failed."""
    try:
        sounds.ask_again(item=found(request, pk), by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Máy sẽ đọc lại bài này trong ít phút."))
    return redirect("newsroom:item", pk)


@require_POST
def bulletin_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a radio bulletin of the item, or open the one that is there."""
    item = found(request, pk)
    try:
        bulletin = actions.make_bulletin(item=item, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:item", pk)
    messages.success(request, _("Đây là bản tin của bài này. Đọc lại lời đọc rồi gửi duyệt."))
    return redirect("broadcast:bulletin", bulletin.pk)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who takes care of the item."""
    item = found(request, pk)
    people = permissions.holders(item, Permission.NEWS_WRITE, today())
    form = AssignForm(request.POST, people=people, item=item)
    if form.is_valid():
        try:
            actions.assign(
                item=item,
                assignee=form.chosen,
                due_on=form.cleaned_data["due_on"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã giao việc."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("newsroom:item", pk)


@require_POST
def classify(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a published item under another column, field or task."""
    item = found(request, pk)
    form = ClassifyForm(request.POST, item=item)
    if form.is_valid():
        try:
            actions.classify(
                item=item, placing=Placing(**form.cleaned_data), by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Đã đổi chỗ của tin."))
            return redirect("newsroom:item", pk)
    return _item(request, item, form)


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """All steps and editions, and two editions side by side."""
    item = found(request, pk)
    editions = list(item.editions.select_related("made_by", "changed_by").order_by("-number"))
    newer = _edition(editions, request.GET.get("b"), 0)
    older = _edition(editions, request.GET.get("a"), 1)
    return page(
        request,
        "newsroom/history.html",
        _("Lịch sử của tin"),
        crumbs=[crumb(), crumb_of(item)],
        item=item,
        editions=editions,
        older=older,
        newer=newer,
        changes=comparing.compare(older, newer) if older and newer else [],
        steps=list(item.steps.select_related("by", "link__made_by", "edition")),
    )


def _edition(editions: list[Edition], asked: str | None, otherwise: int) -> Edition | None:
    known = {str(edition.number): edition for edition in editions}
    if asked in known:
        return known[asked]
    return editions[otherwise] if len(editions) > otherwise else None
