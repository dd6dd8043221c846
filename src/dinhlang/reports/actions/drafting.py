"""A report is drafted from the ledger; drawn again, it keeps what people wrote in it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Role
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports import documents, editing, outline, queries, rules
from dinhlang.reports.actions.manuscripts import new_key, note_step, put
from dinhlang.reports.actions.outlines import outline_in_use
from dinhlang.reports.approval.moving import reopen_if_changed
from dinhlang.reports.catalogue import catalogue
from dinhlang.reports.consolidation.drawing import drafting_of, outline_name, outline_text
from dinhlang.reports.consolidation.pinning import again, consolidation_of, pin
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.taking import kept, ruling_over
from dinhlang.reports.drafting import Drafting, Missing, plan_of
from dinhlang.reports.duties.catalogue import rule_of
from dinhlang.reports.duties.queries.standing import obligation_of
from dinhlang.reports.duties.ruling import Ruling, ruling_named, ruling_of
from dinhlang.reports.editing import Draft
from dinhlang.reports.models import (
    Consolidation,
    Manuscript,
    ManuscriptChange,
    Obligation,
    Outline,
    Report,
)
from dinhlang.reports.passages import Text
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.sources import Sources
from dinhlang.vietnamese.dates import printed as printed_date
from dinhlang.work.models import Plan

_REPLACES = "replaces"


@transaction.atomic
def draft_report(
    *,
    unit: Unit,
    period: Period,
    by: Person | None,
    at: datetime,
    plan: Plan | None = None,
    regime: str = "",
    programme: str = PROGRAMME,
) -> Report:
    """Write the report of a period from the ledger, the plan of the year and the programme's outline.

    `regime` names the rule of `periods` whose days count; by default the version of the programme's regime that holds
    for the unit decides, and names the outline too.

    A draft that is there is drawn again: figures are new everywhere, paragraphs that people wrote or changed stay
    (see `editing.merge`). Without a plan the report is drafted all the same and says in `missing` that it lacks
    one; so it does for every figure without evidence. Raises `rules.NoWindow`, `rules.NoOutline`,
    `outline.OutlineError` or `NotAllowed`.
    """
    check_can(by, "report.draft", unit, localdate(at))
    lock(unit)
    report = Report.objects.filter(unit=unit, programme=programme, period=str(period), status="draft").first()
    report = report or Report(unit=unit, programme=programme, period=str(period))
    _draw(report, period, plan, regime, by, at)
    return report


@transaction.atomic
def correct_report(*, report: Report, by: Person | None, at: datetime) -> Report:
    """Draft the report that replaces an issued one: its text, the ledger's figures of today, and the sentence that
    says which report it replaces. A draft of the period that is there already becomes that report.

    Raises `rules.CannotCorrect` or `NotAllowed`.
    """
    check_can(by, "report.draft", report.unit, localdate(at))
    lock(report.unit)
    first = Report.objects.select_related("unit", "plan").get(pk=report.pk)
    if first.status != Report.Status.ISSUED:
        raise rules.CannotCorrect(_("Báo cáo chưa phát hành thì sửa ngay trong dự thảo, không cần thay thế."))
    later = first.corrections.filter(status=Report.Status.ISSUED).first()
    if later is not None:
        raise rules.CannotCorrect(
            _("Báo cáo này đã được thay thế bằng báo cáo số %(name)s. Lập báo cáo thay thế từ báo cáo đó.")
            % {"name": rules.printed_number_of(later.number or 0, later.symbol)}
        )
    draft = Report.objects.filter(
        unit=first.unit, programme=first.programme, period=first.period, status="draft"
    ).first()
    if draft is not None and draft.corrects_id == first.pk:
        return draft
    draft = draft or Report(unit=first.unit, programme=first.programme, period=first.period)
    draft.corrects = first
    taken = again(first)
    if taken is None:
        _draw(draft, Period.parse(first.period), first.plan, "" if first.ruled_by else first.regime, by, at)
    else:
        draw_consolidated(draft, taken, first.consolidation, by=by, at=at)
    return draft


def _draw(
    report: Report, period: Period, plan: Plan | None, regime: str, by: Person | None, at: datetime
) -> None:
    """Draw from the ledger; a report that is taken together from others, from the versions that it counts."""
    pinned = consolidation_of(report)
    if pinned is not None:
        draw_consolidated(report, kept(pinned), pinned, by=by, at=at)
        return
    unit, today = report.unit, localdate(at)
    for programme in dict.fromkeys((report.programme, PROGRAMME)):
        plan = plan or plan_of(unit, period.year, programme)
    owed = obligation_of(unit.pk, report.programme, report.period)
    ruling = _ruling(unit, report.programme, period, regime, owed)
    sources = _sources(unit, period, ruling.rule, today, plan, _asked_days(owed))
    # A unit that is no more reports as it was: its names, its chair and its recipient are those of its time.
    on = today if org.exists_on(unit, today) else sources.window.end
    used = outline_in_use(unit, report.programme, at, named=ruling.outline)
    drafting = Drafting(
        unit,
        sources,
        on,
        outline.Marks(),
        programme=report.programme,
        wanted=outline.names(used.text),
        owed=owed,
    )
    report.regime, report.ruled_by = regime or rule_of(report.programme), ruling.version
    _drawn_from(report, drafting, used, by, at)


def draw_consolidated(
    report: Report, taken: Taken, decided: Consolidation | None, *, by: Person | None, at: datetime
) -> None:
    """Draw a report from those that are taken together, and keep which versions they are.

    A part of the actions that draft: checks, lock and transaction are theirs. `decided` has what a person said of
    proposals, which holds on.
    """
    drafting = drafting_of(taken, localdate(at), decided)
    name = outline_name(report.programme)
    ruling = ruling_over(report.unit, report.programme, drafting.sources.period)
    report.regime, report.ruled_by = rule_of(report.programme), ruling.version
    text = outline_text(report.programme, ruling.outline)
    _drawn_from(report, drafting, outline_in_use(report.unit, name, at, text), by, at)
    pin(report, taken, decided, at)


def _drawn_from(report: Report, drafting: Drafting, used: Outline, by: Person | None, at: datetime) -> None:
    sources, today = drafting.sources, localdate(at)
    rendered = outline.render(used.text, drafting.context(), drafting.marks)
    report.plan, report.outline = sources.plan, used
    report.window_from, report.window_to = sources.window.start, sources.window.end
    report.symbol = documents.SYMBOL
    report.drafted_at, report.drafted_by = at, by
    manuscript, before = _manuscript(report)
    after = _drawn(before, documents.fresh_draft(rendered), report)
    manuscript.figures = catalogue(drafting)
    manuscript.missing = [asdict(one) for one in _missing(drafting, today)]
    manuscript.changed_at, manuscript.changed_by = at, by
    put(
        report,
        manuscript,
        after,
        documents.blank(report.unit, report.period, sources.window.end, drafting.on),
    )
    note_step(manuscript, before or after, after, what=ManuscriptChange.What.DRAW, by=by, at=at)
    reopen_if_changed(report, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="report.draft",
        target=report,
        unit=report.unit,
        detail={"period": report.period, "missing": len(report.missing), "corrects": report.corrects_id},
    )


def _manuscript(report: Report) -> tuple[Manuscript, Draft | None]:
    """The manuscript to write in, and the draft to start from: its own, or that of the report it replaces."""
    own = queries.manuscript_of(report) if report.pk else None
    if own is not None:
        return own, queries.draft_in(own)
    first = queries.manuscript_of(report.corrects) if report.corrects else None
    if first is None:
        return Manuscript(report=report), None
    draft = queries.draft_in(first)
    # The sentence on what that one replaced in its turn is not taken over.
    body = tuple(piece for piece in draft.body if piece.key != _REPLACES)
    return Manuscript(report=report), replace(draft, body=body)


def _drawn(before: Draft | None, fresh: Draft, report: Report) -> Draft:
    after = editing.merge(before, fresh, new_key) if before else replace(fresh, version=1)
    if report.corrects is None or after.find(_REPLACES) is not None:
        return after
    # At the end of the text, before the closing sentence, and with it: under the last heading it would make a section of it.
    last = [piece.key for piece in after.body if not piece.closing][-1:]
    told = Text(Role.BODY, _replaces(report.corrects))
    longer = editing.insert(after, _REPLACES, told, after=last[0] if last else None)
    body = tuple(replace(one, closing=True) if one.key == _REPLACES else one for one in longer.body)
    return replace(longer, body=body, version=after.version)


@kept_in_vietnamese
def _replaces(first: Report) -> str:
    """'Báo cáo này thay thế Báo cáo số 01/BC-UBND ngày 20 tháng 7 năm 2023 của Ủy ban nhân dân xã …'."""
    words = documents.unit_words(first.unit, first.window_to)
    return _("Báo cáo này thay thế Báo cáo số %(number)s %(day)s của %(body)s.") % {
        "number": rules.printed_number_of(first.number or 0, first.symbol),
        "day": printed_date(first.issued_on or first.window_to),
        "body": words.body,
    }


def _asked_days(owed: Obligation | None) -> Window | None:
    """The days that a letter asks about: its own, whatever a regime says."""
    if owed is None or owed.request_id is None or owed.window_from is None or owed.window_to is None:
        return None
    return Window(owed.window_from, owed.window_to)


def _ruling(unit: Unit, programme: str, period: Period, named: str, owed: Obligation | None) -> Ruling:
    try:
        return ruling_named(named, period) if named else ruling_of(unit, programme, period, owed)
    except regimes.UnknownRegime as error:
        raise rules.NoWindow(str(error)) from None


def _sources(
    unit: Unit, period: Period, rule: regimes.Regime, today: date, plan: Plan | None, asked: Window | None
) -> Sources:
    try:
        full = asked or rule.window(period)
    except regimes.UnknownRegime as error:
        raise rules.NoWindow(str(error)) from None
    life = full.clipped(unit.starts_on, unit.ends_on)
    who = org.title_of(unit, full.end)
    window = rules.window_to_report(full, life, today, who[:1].upper() + who[1:], period)
    return Sources(unit, rule, period, window, plan)


@kept_in_vietnamese
def _missing(drafting: Drafting, today: date) -> list[Missing]:
    found = list(drafting.missing)
    sources = drafting.sources
    full = _asked_days(drafting.owed) or sources.regime.window(sources.period)
    if sources.window.end < full.end and sources.window.end == today:
        told = _(
            "Kỳ chưa kết thúc: số liệu mới tính đến %(end)s, hạn chốt là %(full)s. Lập lại dự thảo sau ngày chốt."
        )
        found.insert(
            0, Missing(told % {"end": numeric_date(sources.window.end), "full": numeric_date(full.end)})
        )
    return found
