"""Links by which people come in: made and shown once by the administrator, used once by their person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dinhlang.org import actions, permissions, queries
from dinhlang.org.forms.people import FirstPassphraseForm, InviteForm
from dinhlang.org.models import Invitation, Person, Unit
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import Permission, Refused, Role, proposed_username
from dinhlang.org.rules.invitations import LinkState, Purpose, token_hash
from dinhlang.org.sign_in.helping import let_in
from dinhlang.org.views import page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body, managed_person, places_in
from dinhlang.org.views.people import people_crumb, person_crumb


@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account with a post, and show the link for its person."""
    on, at = today(), timezone.now()
    body = managed_body(request, on)
    form = InviteForm(posted(request)[0], units=places_in(body, on), initial={"starts_on": on})
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            invitation, token = actions.invite(
                full_name=given["full_name"],
                username=given["username"].strip().lower() or _free_username(given["full_name"]),
                unit=Unit.objects.get(pk=given["unit"]),
                role=Role(given["role"]),
                title=given["title"],
                starts_on=given["starts_on"],
                legal_basis=given["legal_basis"],
                by=signed_in(request),
                at=at,
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return _shown(request, invitation, token)
    return page(request, "org/invite.html", _("Mời cán bộ"), crumbs=[people_crumb()], body=body, form=form)


@require_GET
def username(request: HttpRequest) -> HttpResponse:
    """The field of the user name, filled in for the full name that is being typed; asked for by the form's script."""
    body = managed_body(request, today())
    form = InviteForm(units=[], initial={"username": _free_username(request.GET.get("full_name", "")[:200])})
    return render(request, "org/username.html", {"form": form, "body": body})


def _free_username(full_name: str) -> str:
    wanted = proposed_username(full_name)
    taken = set(Person.objects.filter(username__startswith=wanted).values_list("username", flat=True))
    return proposed_username(full_name, taken)


@never_cache
@require_POST
def link_renew(request: HttpRequest, person_id: int) -> HttpResponse:
    """Make a new link for a person and show it, once."""
    who, _body = managed_person(request, person_id, today())
    try:
        invitation, token = actions.renew_link(person=who, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("org:person", who.pk)
    return _shown(request, invitation, token)


@require_POST
def link_revoke(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Make a link worth nothing."""
    invitation = Invitation.objects.select_related("unit", "person").filter(pk=invitation_id).first()
    allowed = invitation is not None and permissions.can(
        request.user, Permission.PEOPLE_MANAGE, invitation.unit, today()
    )
    if invitation is None or not allowed:
        raise Http404
    try:
        actions.revoke_link(invitation=invitation, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi đường dẫn. Ai mở ra cũng không dùng được nữa."))
    return redirect("org:person", invitation.person_id)


def address_of(token: str) -> str:
    """The whole address of a link, as it is sent to a person."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("invitation", args=[token])


def _shown(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    address = address_of(token)
    joins = invitation.purpose == Purpose.JOIN
    said = {
        "person": invitation.person.full_name,
        "unit": queries.title_of(invitation.unit, today()),
        "username": invitation.person.username,
        "address": address,
        "until": timezone.localtime(invitation.expires_at).strftime("%H:%M %d/%m/%Y"),
    }
    text = (
        _(
            "Kính gửi %(person)s. Quản trị %(unit)s mời bạn dùng phần mềm Đình Làng. Tên đăng nhập: %(username)s. "
            "Mở đường dẫn này và đặt mật khẩu trước %(until)s: %(address)s"
        )
        if joins
        else _(
            "Kính gửi %(person)s. Mở đường dẫn này để đặt lại mật khẩu Đình Làng (tên đăng nhập %(username)s) "
            "trước %(until)s: %(address)s"
        )
    )
    return page(
        request,
        "org/link.html",
        _("Đường dẫn mời") if joins else _("Đường dẫn đặt lại mật khẩu"),
        crumbs=[people_crumb(), person_crumb(invitation.person)],
        invitation=invitation,
        address=address,
        text=text % said,
        qr=SafeString(qr_svg(address)),
    )


# --- the other side: whoever holds the link ---------------------------------------------------------

WORTH_NOTHING = {
    LinkState.USED: gettext_lazy("Đường dẫn này đã được dùng."),
    LinkState.REVOKED: gettext_lazy("Đường dẫn này đã bị thu hồi."),
    LinkState.EXPIRED: gettext_lazy("Đường dẫn này đã hết hạn."),
}


@never_cache
@sensitive_post_parameters()
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites and to what, and take a passphrase. A look alone uses nothing: chats open links by themselves."""
    at = timezone.now()
    invitation = (
        Invitation.objects.select_related("person", "unit", "made_by")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if invitation is None:
        return _worth_nothing(request, _("Đường dẫn này không đúng hoặc bị cắt mất phần cuối."))
    state = invitation.state(at)
    if state is not LinkState.OPEN:
        return _worth_nothing(request, str(WORTH_NOTHING[state]))
    person = invitation.person
    form = FirstPassphraseForm(person, posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.accept_invitation(
                invitation=invitation, passphrase=form.cleaned_data["new_password1"], at=at
            )
        except Refused as reason:
            return _worth_nothing(request, str(reason))
        return _let_in(request, person, invitation)
    on = today()
    posts = list(queries.posts_of(invitation.unit).filter(person=person))
    titles = queries.titles_of({post.unit_id for post in posts}, on)
    return render(
        request,
        "org/accept.html",
        {
            "title": _("Nhận lời mời") if invitation.purpose == Purpose.JOIN else _("Đặt lại mật khẩu"),
            "invitation": invitation,
            "joins": invitation.purpose == Purpose.JOIN,
            "person": person,
            "unit": capfirst(queries.title_of(invitation.unit, on)),
            "posts": [(post.title, titles[post.unit_id]) for post in posts],
            "form": form,
        },
    )


def _let_in(request: HttpRequest, person: Person, invitation: Invitation) -> HttpResponse:
    if invitation.purpose != Purpose.JOIN:
        # Their second factor is asked at the door: a link is no way around it.
        messages.success(request, _("Đã đặt mật khẩu mới. Hãy đăng nhập bằng mật khẩu đó."))
        return redirect("desk:sign-in")
    messages.success(
        request, _("Chào mừng bạn. Lần sau đăng nhập bằng tên %(name)s.") % {"name": person.username}
    )
    return let_in(request, person)


def _worth_nothing(request: HttpRequest, reason: str) -> HttpResponse:
    return render(
        request, "org/link_gone.html", {"title": _("Đường dẫn không dùng được"), "reason": reason}, status=410
    )
