"""Taking in the items of a commune's old site: whole or not at all, with its old addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Column, Edition, Item, OldAddress, OldPicture, Step
from dinhlang.portal.newsroom.addresses import path_inside, site_of
from dinhlang.portal.newsroom.rules import words as rules
from dinhlang.portal.newsroom.rules.old_pictures import Found, Zip, host_of
from dinhlang.portal.newsroom.rules.old_site import OldItem
from dinhlang.portal.newsroom.rules.slugs import free_slug
from dinhlang.portal.newsroom.rules.states import Deed, State
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.vietnamese.text import fold
from dinhlang.work import blobs
from dinhlang.work.models import Blob


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one item of a file: it is `new`, `known` from before, or `wrong` with a problem."""

    item: OldItem
    column: Column
    is_known: bool

    @property
    def is_new(self) -> bool:
        return not self.is_known and not self.item.problem

    @property
    def other_column(self) -> str:
        """The column that the file names where it is none of ours."""
        return self.item.column if fold(self.item.column) != fold(self.column.name) else ""


def fates(unit: Unit, items: Sequence[OldItem], otherwise: Column) -> list[Fate]:
    """What taking the file in would do, without doing it. Two questions, however many items.

    A column is found by its name without marks; what names none of ours goes into `otherwise`.
    """
    columns = {fold(column.name): column for column in Column.objects.filter(unit=unit, is_open=True)}
    known = set(
        Item.objects.filter(unit=unit).exclude(imported_from="").values_list("imported_from", flat=True)
    )
    return [Fate(item, columns.get(fold(item.column), otherwise), _mark(item) in known) for item in items]


def _mark(item: OldItem) -> str:
    """By what an item is known when its file comes again: its old address, else its title and day."""
    return item.address or f"{item.published_at:%Y-%m-%d} {item.title}" if item.published_at else item.title


@transaction.atomic
def import_items(
    *,
    unit: Unit,
    items: Sequence[OldItem],
    otherwise: Column,
    host: str = "",
    archive: Blob | None = None,
    by: Person | None,
    at: datetime,
) -> int:
    """Take in what is new and has no problem, as published on its old day, and say how many. Their old addresses lead to them.

    They were public before, so no approval is asked and no line is written: the work was another time's. Their
    pictures are taken by the worker afterwards (`old_pictures`): those in `archive`, a .zip, and those of `host`. Raises
    `Refused` when nothing is to be taken in or the unit has no public site, and `org.permissions.NotAllowed`.
    """
    check_can(by, Permission.NEWS_REVIEW, unit, localdate(at))
    if otherwise.unit_id != unit.pk:
        raise Refused(_("Chuyên mục này không còn mở. Chọn chuyên mục khác."))
    lock(unit)
    new = [fate for fate in fates(unit, items, otherwise) if fate.is_new]
    if not new:
        raise Refused(_("Không có tin nào mới để nhập."))
    made = _made(unit, new, by, at)
    site = site_of(made[0])
    OldAddress.objects.bulk_create(
        [
            OldAddress(site_id=site.pk, path=fate.item.address, target=path_inside(item))
            for item, fate in zip(made, new, strict=True)
            if fate.item.address
        ],
        # An address that leads somewhere already goes on doing so.
        ignore_conflicts=True,
        batch_size=500,
    )
    pictures = _pictures(made, new, host=host, archive=archive, by=by, at=at)
    OldPicture.objects.bulk_create(pictures, batch_size=500)
    changed(f"site:{site.pk}")
    detail = {"rows": len(made), **({"pictures": len(pictures)} if pictures else {})}
    audit(by=by, at=at, action="item.import", target=unit, unit=unit, detail=detail)
    return len(made)


def sorted_pictures(
    pictures: Sequence[Found], host: str, archive: Zip | None
) -> tuple[list[Found], list[Found], list[Found]]:
    """Those in the .zip, those that can be asked of the old site, and those that can be had from nowhere."""
    packed, fetched, nowhere = [], [], []
    for one in pictures:
        if archive is not None and one.address in archive:
            packed.append(one)
        elif host and host_of(one.address) == host:
            fetched.append(one)
        else:
            nowhere.append(one)
    return packed, fetched, nowhere


def _pictures(
    items: Sequence[Item],
    new: Sequence[Fate],
    *,
    host: str,
    archive: Blob | None,
    by: Person | None,
    at: datetime,
) -> list[OldPicture]:
    opened = Zip(blobs.read(archive), "anh.zip") if archive is not None else None
    rows = []
    for item, fate in zip(items, new, strict=True):
        packed, fetched, _nowhere = sorted_pictures(fate.item.pictures, host, opened)
        for number, one in enumerate((*packed, *fetched), 1):
            is_packed = number <= len(packed)
            rows.append(
                OldPicture(
                    item=item,
                    position=number,
                    address=one.address,
                    host="" if is_packed else host,
                    archive=archive if is_packed else None,
                    alternative=one.alternative,
                    caption=one.caption,
                    by=by,
                    changed_at=at,
                )
            )
    return rows


def _made(unit: Unit, new: Sequence[Fate], by: Person | None, at: datetime) -> list[Item]:
    taken = set(Item.objects.filter(unit=unit).values_list("slug", flat=True))
    items = []
    for fate in new:
        slug = free_slug(fate.item.title, taken)
        taken.add(slug)
        items.append(
            Item(
                unit=unit,
                column=fate.column,
                slug=slug,
                state=State.PUBLISHED,
                author=by,
                published_at=fate.item.published_at,
                imported_from=_mark(fate.item)[:1000],
                made_at=at,
                changed_at=at,
            )
        )
    items = Item.objects.bulk_create(items, batch_size=500)
    editions = Edition.objects.bulk_create(
        [_edition(item, fate.item, by, at) for item, fate in zip(items, new, strict=True)], batch_size=200
    )
    for item, edition in zip(items, editions, strict=True):
        item.shown = item.draft = edition
    Item.objects.bulk_update(items, ["shown", "draft"], batch_size=500)
    Step.objects.bulk_create(
        [
            Step(item=item, edition=item.shown, deed=Deed.IMPORT, state=State.PUBLISHED, at=at, by=by)
            for item in items
        ],
        batch_size=500,
    )
    return items


def _edition(item: Item, old: OldItem, by: Person | None, at: datetime) -> Edition:
    words = Words(title=old.title, lead=old.lead, body=old.body, byline=old.byline)
    return Edition(
        item=item,
        number=1,
        title=old.title,
        lead=old.lead,
        body=old.body,
        byline=old.byline,
        folded=rules.folded(words),
        made_at=at,
        made_by=by,
        changed_at=at,
        changed_by=by,
        published_at=old.published_at,
        digest=rules.digest(words, [], [], ""),
    )
