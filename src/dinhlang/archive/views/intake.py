"""Files on their way into the archive: handed in, seen step by step, confirmed beside their source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.archive import actions, forms, proposal, queries, rules
from dinhlang.archive.actions.checks import check_of, file_of
from dinhlang.archive.leaves import Leaf, Mark, Marks, leaves_of
from dinhlang.archive.models import ArchivedText, Intake
from dinhlang.archive.proposal import NotAValue, Proposal, ShownFigure, Value
from dinhlang.archive.rules import UNDER_WAY, Step
from dinhlang.archive.views.check import of_ones_own, picture_answer
from dinhlang.archive.words import KINDS
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Box, Document, Span
from dinhlang.officialdoc.read import Places
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, folded_name, printed_day
from dinhlang.org.views import may, page, posted, signed_in, slice_of, today, units_for
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.views import download

_AGAIN_AFTER_SECONDS = 3


def crumb() -> tuple[str, str]:
    return reverse("archive:documents"), _("Văn bản cũ")


def _waiting_crumb() -> tuple[str, str]:
    return reverse("archive:intakes"), _("Đang vào kho")


def document_import(request: HttpRequest) -> HttpResponse:
    """Hand files in; each has its own way from here on."""
    units = units_for(request, Permission.ARCHIVE_IMPORT, today())
    form = forms.ArchiveForm(*posted(request), units=units)
    if request.method == "POST" and form.is_valid():
        chosen: Unit | None = form.cleaned_data["unit"]
        unit = chosen or Unit.objects.filter(pk__in=list(units)[:1]).first()
        taken = 0
        for file in form.cleaned_data["files"]:
            if unit is None:
                break
            try:
                intake = actions.receive_file(
                    data=file.read(),
                    name=file.name,
                    unit=unit,
                    is_unit_given=chosen is not None,
                    origin=Intake.Origin.WEB,
                    by=signed_in(request),
                    at=timezone.now(),
                )
            except Refused as reason:
                messages.error(request, str(reason))
            else:
                actions.enqueue(intake)
                taken += 1
        if taken:
            told = _("Đã nhận %(count)d tệp. Đọc xong thì xác nhận từng văn bản ở dưới.")
            messages.success(request, told % {"count": taken})
        return redirect("archive:intakes" if taken else "archive:import")
    return page(request, "archive/import.html", _("Đưa văn bản cũ vào"), crumbs=[crumb()], form=form)


def intake_list(request: HttpRequest) -> HttpResponse:
    """Every file that is not in the archive yet, with the step it has reached; the page looks again by itself."""
    found = (
        queries.intakes_for(request.user, today())
        .exclude(step=Step.ARCHIVED)
        .defer("text", "document", "proposal", "signature", "leaves")
    )
    counts = Counter(found.order_by().values_list("step", flat=True))
    under_way = sum(counts[step] for step in UNDER_WAY)
    shown = slice_of(request, found)
    names = org.titles_of({one.unit_id for one in shown}, today())
    answer = page(
        request,
        "archive/intakes.html",
        _("Đang vào kho"),
        crumbs=[crumb()],
        rows=[(one, capfirst(names[one.unit_id]), _steps(one)) for one in shown],
        page=shown,
        query="",
        under_way=under_way,
        done=sum(counts.values()) - under_way,
        total=sum(counts.values()),
        waiting=counts[Step.WAITING],
        may_import=bool(units_for(request, Permission.ARCHIVE_IMPORT, today())),
    )
    if under_way:
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


def _steps(intake: Intake) -> list[str]:
    """The steps behind it, in words; the last is where it is."""
    return [str(Step(step).label) for step, _at in intake.history]


@dataclass(slots=True)
class SourceLine:
    """A line of the source, cut where a value begins or ends: stretches with the value's name, '' for none."""

    number: int
    page: int | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)


def intake_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read beside its source; one form: correct, strike, save, confirm."""
    intake = get_object_or_404(queries.intakes_for(request.user, today()), pk=pk)
    if intake.step == Step.ARCHIVED and intake.archived_id:
        return redirect("archive:document", intake.archived_id)
    if intake.step != Step.WAITING:
        return _on_its_way(request, intake)
    error: NotAValue | None = None
    if request.method == "POST":
        try:
            return _decided(request, intake)
        except NotAValue as reason:
            error = reason
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("archive:intake", pk)
    return _confirm_page(request, intake, error)


def _on_its_way(request: HttpRequest, intake: Intake) -> HttpResponse:
    answer = page(
        request,
        "archive/intake_way.html",
        intake.name,
        crumbs=[crumb(), _waiting_crumb()],
        intake=intake,
        steps=_steps(intake),
        is_under_way=intake.step in UNDER_WAY,
    )
    if intake.step in UNDER_WAY:
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


def _decided(request: HttpRequest, intake: Intake) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    do = request.POST.get("do", "save")
    if do in ("refuse", "same"):
        reason = _same_document() if do == "same" else request.POST.get("reason", "")
        actions.refuse_intake(intake=intake, reason=reason, by=by, at=at)
        messages.success(request, _("Đã từ chối “%(name)s”. Không có gì vào kho.") % {"name": intake.name})
        return redirect("archive:intakes")
    if do == "keep-both":
        actions.keep_beside(intake=intake, by=by, at=at)
        messages.success(request, _("Đã ghi nhận giữ cả hai văn bản."))
        return redirect("archive:intake", intake.pk)
    said = {
        name.removeprefix("v:"): str(value) for name, value in request.POST.items() if name.startswith("v:")
    }
    struck = [int(one) for one in request.POST.getlist("struck") if one.isdecimal() and len(one) < 5]
    unit = _chosen_unit(request)
    intake = actions.decide_intake(intake=intake, said=said, struck=struck, unit=unit, by=by, at=at)
    if do != "confirm":
        messages.success(request, _("Đã lưu. Văn bản vẫn chờ xác nhận."))
        return redirect("archive:intake", intake.pk)
    archived = actions.confirm_intake(intake=intake, by=by, at=at)
    told = _("Đã đưa “%(name)s” vào kho với %(count)s số liệu.")
    messages.success(request, told % {"name": archived.name, "count": archived.facts.count()})
    return redirect("archive:document", archived.pk)


@kept_in_vietnamese
def _same_document() -> str:
    return _("Cùng một văn bản đã có trong kho.")


def _chosen_unit(request: HttpRequest) -> Unit | None:
    """The unit chosen among one's own; anything else is as if nothing was chosen."""
    chosen = request.POST.get("unit", "")
    if chosen not in units_for(request, Permission.ARCHIVE_IMPORT, today()):
        return None
    return Unit.objects.filter(pk=chosen).first()


def _confirm_page(request: HttpRequest, intake: Intake, error: NotAValue | None) -> HttpResponse:
    on = today()
    document = codec.from_json(intake.document or {})
    said = Proposal.from_json(intake.proposal)
    if error is not None:
        said = _as_typed(request, said)
    head = proposal.head_of(document, said, Places(intake.text))
    figures = proposal.figures_of(document, said)
    units = units_for(request, Permission.ARCHIVE_IMPORT, on)
    doubts = {one.index: [doubt.message for doubt in rules.doubts(one.figure, document)] for one in figures}
    answer = page(
        request,
        "archive/intake.html",
        document.subject or intake.name,
        crumbs=[crumb(), _waiting_crumb()],
        status=422 if error else 200,
        intake=intake,
        steps=_steps(intake),
        unit_name=capfirst(org.title_of(intake.unit, on)),
        units=units | {intake.unit_id: capfirst(org.title_of(intake.unit, on))},
        issuer=document.issuer,
        is_anothers=_is_anothers(document, intake.unit, on),
        head=head,
        figures=[(one, doubts[one.index]) for one in figures],
        lines=list(_lines(intake.text, head, figures)),
        leaves=_leaves(intake, head, figures),
        kinds=KINDS.items(),
        concepts=[(one.id, one.label) for one in CONCEPTS.values()],
        problems=document.problems,
        is_restored=document.source.repaired,
        error=error,
        may_confirm=may(request, Permission.ARCHIVE_IMPORT, intake.unit, on),
        percent=round((intake.likeness or 0) * 100),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _leaves(intake: Intake, head: Sequence[Value], figures: Sequence[ShownFigure]) -> list[Leaf]:
    """The pages of a PDF file or a scan, each value marked where it stands; none of any other file."""
    kept = intake.leaves or {}
    marks = Marks()
    for value in head:
        mark = Mark(f"h-{value.path}", f"g-{value.path}", "info", value.label)
        marks.add(mark, _rows(kept, value.path))
    for one in figures:
        look = "left" if one.is_struck else "warning"
        mark = Mark(f"h-s-{one.index}", f"s-{one.index}", look, one.figure.quote, str(one.index + 1))
        marks.add(mark, _rows(kept, f"figures.{one.index}"))
    return leaves_of([(width, height) for width, height in kept.get("sizes", [])], marks.by_page)


def _rows(kept: Mapping[str, Any], name: str) -> list[tuple[int, Box]]:
    return [(page, (x0, y0, x1, y1)) for page, x0, y0, x1, y1 in kept.get("rows", {}).get(name, [])]


def _is_anothers(document: Document, unit: Unit, on: date) -> bool:
    """Whether the letterhead names somebody else than the unit it would be filed under."""
    named = document.issuer.unit_name or document.issuer.name if document.issuer else None
    titles = (org.title_of(unit, on), org.title_of(unit, unit.ends_on or on))
    return named is not None and not any(folded_name(named) in folded_name(title) for title in titles)


def _as_typed(request: HttpRequest, said: Proposal) -> Proposal:
    """The proposal with what was typed, right or not, to be shown again."""
    typed = {
        name.removeprefix("v:"): str(value) for name, value in request.POST.items() if name.startswith("v:")
    }
    kind = typed.get("kind", "")
    if kind not in KINDS:
        typed.pop("kind", None)
    struck = frozenset(int(one) for one in request.POST.getlist("struck") if one.isdecimal() and len(one) < 5)
    return Proposal({**said.said, **typed}, struck)


def _lines(text: str, head: Sequence[Value], figures: Sequence[ShownFigure]) -> Iterator[SourceLine]:
    """The lines of the source, each cut where a value stands."""
    places: dict[int, list[tuple[int, int, str]]] = {}
    for value in head:
        for span in value.spans:
            _mark(places, span, f"g-{value.path}")
    for one in figures:
        if one.figure.span is not None:
            _mark(places, one.figure.span, f"s-{one.index}")
    page_number = 1
    for number, raw in enumerate(text.split("\n"), 1):
        line = SourceLine(number)
        if "\f" in raw:
            page_number += raw.count("\f")
            line.page = page_number
        line.parts = list(_parts(raw.replace("\f", " "), places.get(number, [])))
        yield line


def _mark(places: dict[int, list[tuple[int, int, str]]], span: Span, name: str) -> None:
    for number in range(span.line, span.end_line + 1):
        start = span.column - 1 if number == span.line else 0
        end = span.end_column - 1 if number == span.end_line else 10**6
        places.setdefault(number, []).append((start, end, name))


def _parts(text: str, stretches: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    cuts = sorted(
        {0, len(text), *(min(at, len(text)) for start, end, _n in stretches for at in (start, end))}
    )
    for start, end in pairwise(cuts):
        over = [(last - first, name) for first, last, name in stretches if first <= start and end <= last]
        yield text[start:end], min(over)[1] if over else ""


def intake_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The document and the archived one much like it, side by side, with what differs marked."""
    intake = get_object_or_404(queries.intakes_for(request.user, today()), pk=pk, step=Step.WAITING)
    other = get_object_or_404(
        ArchivedText.objects.select_related("document__unit"),
        document=intake.near_id,
        document__in=queries.documents_for(request.user, today()).order_by().values("pk"),
    )
    read = codec.from_json(intake.document or {})
    return page(
        request,
        "archive/compare.html",
        _("Hai văn bản gần giống nhau"),
        crumbs=[crumb(), _waiting_crumb(), (reverse("archive:intake", args=[pk]), intake.name)],
        intake=intake,
        other=other.document,
        rows=rules.differences(other.text, intake.text),
        facts=list(_facts(other.document.kind, codec.from_json(other.document.document), read)),
        percent=round((intake.likeness or 0) * 100),
        may_confirm=may(request, Permission.ARCHIVE_IMPORT, intake.unit, today()),
    )


def _facts(kind: str, kept: Document, new: Document) -> Iterator[tuple[str, str, str, bool]]:
    """The heads of both, value by value, and whether they differ."""
    values: Mapping[str, Value] = {one.path: one for one in proposal.head_of(kept, Proposal())}
    for one in proposal.head_of(new, Proposal()):
        left, right = values[one.path].value, one.value
        if one.path == "kind":
            left, right = str(KINDS.get(kind, kind)), str(KINDS.get(right, right))
        elif one.path == "day":
            left, right = (printed_day(date.fromisoformat(side)) if side else "" for side in (left, right))
        yield one.label, left, right, left != right


def intake_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of a PDF file or a scan as a picture."""
    intake = get_object_or_404(queries.intakes_for(request.user, today()), pk=pk, step=Step.WAITING)
    return picture_answer(actions.picture_of_intake(intake=intake, number=number, at=timezone.now()))


def intake_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came."""
    intake = get_object_or_404(queries.intakes_for(request.user, today()), pk=pk)
    return download(intake.blob, intake.name)


@require_POST
@of_ones_own
def check_to_archive(request: HttpRequest, token: str) -> HttpResponse:
    """Hand what was checked over to the archive: from here on it is stored."""
    by, at = signed_in(request), timezone.now()
    unit = _chosen_unit(request)
    try:
        if unit is None:
            raise Refused(_("Vai trò của bạn không đưa văn bản vào kho. Hãy nhờ văn phòng của đơn vị."))
        intake = actions.receive_file(
            data=file_of(token, by, at),
            name=check_of(token, by, at).name,
            unit=unit,
            is_unit_given=False,
            origin=Intake.Origin.CHECK,
            by=by,
            at=at,
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("check:check", token)
    actions.enqueue(intake)
    messages.success(request, _("Đã chuyển tệp gốc sang kho văn bản. Đọc xong thì xác nhận ở đây."))
    return redirect("archive:intake", intake.pk)
