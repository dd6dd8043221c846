"""What happens to the index and beside it: following changes, noting questions without an answer, putting pages first."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.portal.kept import changed
from dinhlang.portal.models import KeptChange, Promoted, SearchChange, Unfound
from dinhlang.portal.search import rules, sources
from dinhlang.portal.search.rules import CannotPromote
from dinhlang.procedures.models import Version
from dinhlang.search import Index
from dinhlang.search.engine import Away, Busy, Engine
from dinhlang.search.opensearch import OpenSearch
from dinhlang.work.rules import clean

EVERYTHING = "*"
_AT_ONCE = 500
_log = logging.getLogger(__name__)


def index() -> Engine:
    """The engine of this installation, opened once for a process: a folder, or a server where one is set."""
    return _server_at(settings.SEARCH) if settings.SEARCH else _index_in(settings.DATA / "search")


@cache
def _index_in(folder: Path) -> Engine:
    return Index(folder)


@cache
def _server_at(address: str) -> Engine:
    return OpenSearch(address)


@receiver(post_save, sender=KeptChange)
def _note_change(instance: KeptChange, **_signal: object) -> None:
    """What changes on a public page may have other words now."""
    SearchChange.objects.bulk_create([SearchChange(tag=tag[:80]) for tag in instance.tags])


def ask_for_everything() -> None:
    """Ask the worker to make the whole index anew."""
    SearchChange.objects.create(tag=EVERYTHING)


def follow(*, at: datetime) -> int:
    """Index what changed since the last time; all, when there is no index. Gives how many changes were followed.

    Done by one process, the worker. A change is forgotten only after the index has it on disk, so that a crash between
    repeats it, which changes nothing.
    """
    searched = index()
    changes = list(SearchChange.objects.order_by("pk")[:_AT_ONCE])
    tags = {change.tag for change in changes}
    is_there = searched.is_there
    if not changes and is_there:
        return 0
    try:
        if is_there and EVERYTHING not in tags:
            asked = sources.tagged(tags, localdate(at))
            searched.write(asked.documents, gone=asked.ids)
        else:
            number = searched.rebuild(sources.everything(localdate(at)))
            _log.info("search: indexed %d documents anew", number)
    except (Busy, Away):
        return 0
    SearchChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def note_days(*, at: datetime) -> None:
    """Ask for the procedures that begin or end to hold today: nobody changes them, the day does."""
    on = localdate(at)
    codes = (
        Version.objects.filter(Q(starts_on=on) | Q(ends_on=on))
        .values_list("procedure__code", flat=True)
        .distinct()
    )
    SearchChange.objects.bulk_create([SearchChange(tag=f"procedure:{code}") for code in codes])


def forget_old_questions(*, at: datetime) -> None:
    """Delete what was asked half a year ago."""
    Unfound.objects.filter(on__lt=localdate(at) - timedelta(days=rules.KEPT_DAYS)).delete()


def note_unfound(*, unit_id: str, typed: str, at: datetime) -> None:
    """Count a question that found nothing. Nothing of who asked is taken."""
    words = rules.worth_keeping(typed)
    if not words:
        return
    day = Unfound.objects.filter(unit=unit_id, on=localdate(at))
    if day.filter(words=words).update(times=F("times") + 1) or day.count() >= rules.MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            Unfound.objects.create(unit_id=unit_id, words=words, on=localdate(at))
    except IntegrityError:
        day.filter(words=words).update(times=F("times") + 1)


@transaction.atomic
def promote(*, unit: Unit, words: str, title: str, target: str, by: Person | None, at: datetime) -> Promoted:
    """Put a page of the site first when these words are asked for. Raises `CannotPromote` or `NotAllowed`.

    `target` is the address of the page inside the site ('/thu-tuc/1.001193/').
    """
    check_can(by, Permission.SITE_MANAGE, unit, localdate(at))
    words, title = clean(words), clean(title)
    key = rules.promoted_key(words)
    if not title:
        raise CannotPromote(_("Kết quả chưa có tiêu đề. Ghi tiêu đề rồi lưu lại."))
    found, is_new = Promoted.objects.get_or_create(
        unit=unit,
        folded=key,
        target=target,
        defaults={"words": words, "title": title, "added_at": at, "added_by": by},
    )
    if not is_new:
        raise CannotPromote(_("Trang này đã đứng đầu khi tìm “%(words)s”.") % {"words": found.words})
    changed(f"promoted:{unit.pk}")
    audit(by=by, at=at, action="search.promote", target=found, unit=unit, detail={"words": words})
    return found


@transaction.atomic
def demote(*, promoted: Promoted, by: Person | None, at: datetime) -> None:
    """Let a page stand where its words put it again. Raises `NotAllowed`."""
    check_can(by, Permission.SITE_MANAGE, promoted.unit, localdate(at))
    detail = {"words": promoted.words, "target": promoted.target}
    audit(by=by, at=at, action="search.demote", target=promoted, unit=promoted.unit, detail=detail)
    changed(f"promoted:{promoted.unit_id}")
    promoted.delete()
