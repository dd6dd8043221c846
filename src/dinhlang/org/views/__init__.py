"""What every page of the desk needs.

A view fetches what this person may see, calls one action, and shows its reason if it refuses.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import permissions
from dinhlang.org.desk import Looking
from dinhlang.org.forms import LONGEST_SEARCH, ListFilter
from dinhlang.org.models import EARLIEST_FIRST, Person, Unit, UnitName
from dinhlang.org.queries.standing import PARTS
from dinhlang.org.rules import Refused
from dinhlang.org.rules.moves import WrongMove
from dinhlang.org.word_index import are_in_order
from dinhlang.vietnamese.text import collation_key

PER_PAGE = 50
SHOWN_IN_A_CHOICE = 400


def today() -> date:
    """The day in Vietnam: the one place where the pages of the desk read the clock for a date."""
    return timezone.localdate()


def signed_in(request: HttpRequest) -> Person:
    """Who asks. The addresses of the desk let nobody else in."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def looking_of(request: HttpRequest) -> Looking:
    """Who looks, with the posts that the gate has read: asking them again costs no question of the database."""
    looking: Looking = request.looking  # type: ignore[attr-defined]  # the gate puts it there
    return looking


def page(
    request: HttpRequest,
    template: str,
    title: str,
    *,
    crumbs: Iterable[tuple[str, str]] = (),
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the desk. `crumbs` are (address, name) of the pages above this one, the first page left out."""
    above = [(reverse("desk:home"), _("Bàn làm việc")), *crumbs]
    return render(request, template, {"title": title, "crumbs": above, **context}, status=status)


def posted(request: HttpRequest) -> tuple[QueryDict, MultiValueDict[str, Any]] | tuple[None, None]:
    """What was sent with a form, for a form to take: an empty one is sent too, a page that is read is not."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def key_of_form(request: HttpRequest) -> UUID | None:
    """The mark `key` of a form that is done once; None of a form without."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def again(request: HttpRequest, do: str) -> QueryDict | None:
    """What was sent with the deed `do` that is being refused, for its form to hold it again (`typed` in templates); else None."""
    return request.POST if request.POST.get("do") == do else None


def tell_refusal(request: HttpRequest, reason: Refused) -> None:
    """Say why a deed was refused. Where the thing has moved on meanwhile the deed's form is no more: what was typed is told with it."""
    messages.error(request, str(reason))
    if isinstance(reason, WrongMove):
        names = [name for name in request.POST if name not in ("csrfmiddlewaretoken", "do", "key")]
        typed = [words for name in names if (words := request.POST.get(name, "").strip())]
        if typed:
            messages.info(request, _("Điều bạn vừa viết, chưa lưu: %(words)s") % {"words": " · ".join(typed)})


def units_for(request: HttpRequest, permission: str, on: date) -> dict[str, str]:
    """Names by id of the units in which the person may do this today: their own bodies."""
    looking = looking_of(request)
    return {
        unit.pk: looking.home_names[unit.pk]
        for unit in looking.home_units
        if permission in looking.permissions_in(unit)
    }


def readable_units(request: HttpRequest, on: date) -> dict[str, str]:
    """Names by id of the bodies whose matters the person may read, their own first, for a choice in a filter."""
    looking = looking_of(request)
    own = looking.home_names
    names = (
        UnitName.objects.filter(unit__in=looking.readable_ids - own.keys())
        .exclude(unit__level__in=PARTS)
        .order_by("unit", EARLIEST_FIRST)
    )
    others = {name.unit_id: capfirst(name.full) for name in names if name.unit_id not in own}
    return own | dict(sorted(others.items(), key=lambda item: collation_key(item[1]))[:SHOWN_IN_A_CHOICE])


def visible_unit(request: HttpRequest, unit_id: str, on: date) -> Unit:
    """The unit, or 404 when the person may not see it: a stranger's unit looks like none."""
    unit = get_object_or_404(Unit, pk=unit_id)
    if not looking_of(request).reads(unit):
        raise Http404
    return unit


def body_asked(request: HttpRequest, on: date) -> tuple[Unit, dict[str, str]]:
    """The body that the address asks for (?unit=), else the person's own first; and those there are to choose from."""
    bodies = readable_units(request, on)
    asked = request.GET.get("unit") or next(iter(bodies), "")
    return visible_unit(request, asked, on), bodies


def may(request: HttpRequest, permission: str, unit: Unit, on: date) -> bool:
    return permissions.can(request.user, permission, unit, on)


def slice_of(request: HttpRequest, rows: QuerySet[Any] | list[Any]) -> Page[Any]:
    """The page of a list that the address asks for (?p=2); an impossible page gives the nearest."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))


class LongPaginator(Paginator):
    """The newest rows of a list that may have a million: no page is slow because all of them are counted first."""

    MOST = 5000
    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.MOST)

    @property
    def is_cut(self) -> bool:
        """Whether the list goes on after its last page."""
        return self._counted > self.MOST

    @cached_property
    def _counted(self) -> int:
        # The order is that of the pages; for the count it would mostly only have them sorted.
        rows = self.object_list if are_in_order(self.object_list) else self.object_list.order_by()
        return int(rows[: self.MOST + 1].count())


def slice_of_many(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The same of a list without bounds, of which the newest rows can be turned over."""
    return LongPaginator(rows, PER_PAGE).get_page(request.GET.get("p"))


def query_without_page(request: HttpRequest) -> str:
    """The rest of the query string, ready to be followed by 'p=…'."""
    rest = request.GET.copy()
    rest.pop("p", None)
    return f"{rest.urlencode()}&" if rest else ""


def asked_text(request: HttpRequest) -> str:
    """What was typed into a search box, without what no database takes."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]


def filtered(rows: QuerySet[Any], asked: ListFilter, *, text: str, year: str) -> QuerySet[Any]:
    """The rows that the filter asks for. `text` and `year` name the fields it speaks of.

    Words are found without marks, in Python: a unit has a few plans and reports a year, and no database
    folds Vietnamese by itself.
    """
    if unit := asked.asked.get("unit"):
        rows = rows.filter(unit=unit)
    if of_year := asked.asked.get("year"):
        rows = rows.filter(**{year: of_year})
    if not asked.words:
        return rows
    subjects = rows.order_by().values_list("pk", text)
    return rows.filter(pk__in=[pk for pk, subject in subjects if asked.fits(subject)])


def show_refusal(form: Form, reason: Refused) -> None:
    """Put the reason beside the field it is about, or above the form."""
    field = getattr(reason, "field", None)
    candidates = [field, f"count_{field}"]
    form.add_error(next((name for name in candidates if name in form.fields), None), str(reason))
