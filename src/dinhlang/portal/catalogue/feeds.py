"""What changes in the catalogue of procedures, as RSS 2.0 and Atom 1.0."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries
from dinhlang.portal.catalogue.wording import todays
from dinhlang.portal.news.feeds import Entry, answer
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, site_page
from dinhlang.procedures.models import Event


def name_of(event: Event) -> str:
    """How the procedure of an event is called."""
    return todays(event.version.name) if event.version else event.procedure.code


@site_page
def changes(request: HttpRequest, place: Place, form: str) -> HttpResponse:
    """The newest changes; each is known by its event, which never changes."""
    site = place.to.site
    to = Addresses(site)
    entries = [
        Entry(
            key=f"procedure-event:{one.procedure.unit_id}:{one.procedure.code}:{one.kind}:{one.effective_on}",
            title=f"{name_of(one)}: {one.get_kind_display()}",
            address=absolute(site, to.procedure(one.procedure.code)),
            summary=capfirst(
                _("%(what)s từ ngày %(day)s, theo Quyết định số %(number)s.")
                % {
                    "what": one.get_kind_display(),
                    "day": f"{one.effective_on.day}/{one.effective_on.month}/{one.effective_on.year}",
                    "number": one.decision.number if one.decision else "",
                }
            ),
            published_at=one.at,
            updated_at=one.at,
            author=site.body,
        )
        for one in queries.changes(site, today(), most=30)
    ]
    return answer(
        form,
        site,
        title=_("Thủ tục mới, sửa đổi – %(body)s") % {"body": site.body},
        about=_("Thủ tục hành chính mới ban hành, sửa đổi, bãi bỏ."),
        page=to.procedure_changes,
        own=to.procedure_feed(form),
        entries=entries,
    )
