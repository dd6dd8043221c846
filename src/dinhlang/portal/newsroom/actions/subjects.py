"""Items drafted from what other rooms know: a decision on procedures, what is new in a version of one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.read.pages.lettered import is_lettered
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.portal.columns.rules import procedures_name
from dinhlang.portal.models import CitedDocument, Column, Item
from dinhlang.portal.newsroom.actions.writing import Placing, write_item
from dinhlang.portal.newsroom.rules import kept
from dinhlang.portal.newsroom.rules.states import State
from dinhlang.portal.newsroom.rules.words import LENGTHS, Words
from dinhlang.procedures import news, public, queries
from dinhlang.procedures.models import Decision, Version
from dinhlang.reports.models import Practice
from dinhlang.reports.practices.queries import RECOGNISED
from dinhlang.vietnamese.text import fold
from dinhlang.work import blobs
from dinhlang.work.models import ReformField


@transaction.atomic
def write_about_decision(
    *, unit: Unit, decision: Decision, by: Person | None, at: datetime
) -> tuple[Item, bool]:
    """An item of the unit about a decision: what is new in it, the decision cited. Gives it, and whether it is new.

    There is one for a decision: who asks again gets that which is there, unless it was dropped. Raises `Refused` for a
    decision of a catalogue that the unit does not show or without rows, and `org.permissions.NotAllowed`.
    """
    _check(unit, decision.unit_id, by, at)
    there = _there(unit).filter(decision=decision).first()
    if there is not None:
        return there, False
    item = _write(unit, news.draft(decision, address=lambda code: public.address(unit, code)), by, at)
    item.decision = decision
    item.save(update_fields=["decision"])
    _cite(item, decision)
    return item, True


@transaction.atomic
def write_about_version(
    *, unit: Unit, version: Version, by: Person | None, at: datetime
) -> tuple[Item, bool]:
    """An item of the unit about what is new in a version of a procedure; as `write_about_decision`.

    The decisions that made the version are cited.
    """
    _check(unit, version.procedure.unit_id, by, at)
    there = _there(unit).filter(procedure_version=version).first()
    if there is not None:
        return there, False
    made = news.draft_of_version(version, address=lambda code: public.address(unit, code))
    item = _write(unit, made, by, at)
    item.procedure_version = version
    item.save(update_fields=["procedure_version"])
    for event in version.events.filter(decision__isnull=False).select_related("decision__blob"):
        if event.decision is not None:
            _cite(item, event.decision)
    return item, True


@transaction.atomic
def write_about_practice(
    *, unit: Unit, practice: Practice, by: Person | None, at: datetime
) -> tuple[Item, bool]:
    """An item of the unit about a good model or a commendation that was recognised; as `write_about_decision`.

    Raises `Refused` for one that is not recognised.
    """
    check_can(by, Permission.NEWS_WRITE, unit, localdate(at))
    if practice.state not in RECOGNISED:
        raise Refused(_("Mục này chưa được công nhận nên chưa viết tin, bài được."))
    lock(unit)
    there = _there(unit).filter(practice=practice).first()
    if there is not None:
        return there, False
    parts = [practice.why, practice.effect, practice.credited]
    words = Words(
        title=Truncator(practice.title).chars(LENGTHS["title"]),
        lead=Truncator(practice.why).chars(LENGTHS["lead"]),
        body=str(format_html_join("", "<p>{}</p>", ((part,) for part in parts if part))),
        byline=by.full_name if by is not None else "",
    )
    item = write_item(
        unit=unit, words=words, placing=Placing(field=practice.activity.reform_field), by=by, at=at
    )
    item.practice = practice
    item.save(update_fields=["practice"])
    return item, True


def _check(unit: Unit, shown_by: str, by: Person | None, at: datetime) -> None:
    on = localdate(at)
    check_can(by, Permission.NEWS_WRITE, unit, on)
    if shown_by not in queries.catalogue_ids(unit, on):
        raise Refused(_("Thủ tục này không thuộc danh mục của đơn vị nên không viết tin từ đây được."))
    # Two who press the button at once get one item.
    lock(unit)


def _there(unit: Unit) -> QuerySet[Item]:
    return Item.objects.filter(unit=unit).exclude(state=State.DROPPED).order_by("pk")


def _write(unit: Unit, draft: news.Draft, by: Person | None, at: datetime) -> Item:
    words = Words(
        title=Truncator(draft.title).chars(LENGTHS["title"]),
        lead=Truncator(draft.lead).chars(LENGTHS["lead"]),
        body=draft.body,
        byline=by.full_name if by is not None else "",
    )
    placing = Placing(column=_column(unit), field=ReformField.PROCEDURES)
    return write_item(unit=unit, words=words, placing=placing, by=by, at=at)


def _column(unit: Unit) -> Column | None:
    """The unit's open column for procedures; the editor chooses one where there is none of that name."""
    wanted = fold(procedures_name())
    return next(
        (one for one in Column.objects.filter(unit=unit, is_open=True) if fold(one.name) == wanted), None
    )


def _cite(item: Item, decision: Decision) -> None:
    if item.draft is None:
        raise TypeError("an item is cited for in its draft")
    data = blobs.read(decision.blob) if decision.blob is not None else b""
    CitedDocument.objects.create(
        edition=item.draft,
        position=item.draft.documents.count() + 1,
        symbol=decision.number[:80],
        issued_on=decision.signed_on,
        title=(decision.subject or kept.decision_on_procedures())[:500],
        blob=decision.blob,
        file_name=decision.blob_name,
        is_scan=data.startswith(b"%PDF-") and is_lettered(data) is False,
    )
