"""Writing: beginning an item, saving its draft, putting two people's changes together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.portal.models import Column, Edition, Item, SavedWords
from dinhlang.portal.newsroom import permissions
from dinhlang.portal.newsroom.actions.moving import edition_in_work, locked
from dinhlang.portal.newsroom.queries.content import words_of
from dinhlang.portal.newsroom.rules import body, joining
from dinhlang.portal.newsroom.rules import words as rules
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.slugs import free_slug
from dinhlang.portal.newsroom.rules.states import IN_WORK, Deed
from dinhlang.portal.newsroom.rules.words import Unfit, Words
from dinhlang.work.models import ReformField, Task

SAVES_KEPT = 60


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an item belongs and when it is wanted; beside its words."""

    kind: str = Kind.ARTICLE
    column: Column | None = None
    field: str = ""
    task: Task | None = None
    publish_at: datetime | None = None
    review_by: date | None = None


class SomebodyElseWrote(Refused):
    """Another person changed the same place meanwhile. `fields` names where, `theirs` is what stands there now."""

    def __init__(self, message: str, fields: tuple[str, ...], theirs: Words, version: int) -> None:
        super().__init__(message)
        self.fields, self.theirs, self.version = fields, theirs, version


@transaction.atomic
def write_item(
    *,
    unit: Unit,
    words: Words,
    placing: Placing | None = None,
    by: Person | None,
    at: datetime,
    old_address: str = "",
) -> Item:
    """Begin an item as a draft. Raises `Unfit` and `org.permissions.NotAllowed`.

    With `old_address` it comes from the commune's old site.
    """
    check_can(by, Permission.NEWS_WRITE, unit, localdate(at))
    placing = placing or Placing()
    check_placing(placing, unit)
    words = rules.fit(words)
    if not words.title:
        raise Unfit(_("Tin chưa có tiêu đề. Ghi tiêu đề rồi lưu lại."), "title")
    # Two who begin items of one title at once must not take one slug.
    lock(unit)
    item = Item.objects.create(
        unit=unit,
        kind=placing.kind,
        column=placing.column,
        field=placing.field,
        task=placing.task,
        publish_at=placing.publish_at,
        review_by=placing.review_by,
        slug=_slug(unit, words.title),
        author=by,
        imported_from=old_address[:1000],
        made_at=at,
        changed_at=at,
    )
    item.draft = new_edition(item, words, number=1, by=by, at=at)
    item.save(update_fields=["draft"])
    deed = Deed.IMPORT if old_address else Deed.WRITE
    item.steps.create(edition=item.draft, deed=deed, state=item.state, at=at, by=by)
    audit(by=by, at=at, action=f"item.{deed}", target=item, unit=unit)
    return item


def new_edition(item: Item, words: Words, *, number: int, by: Person | None, at: datetime) -> Edition:
    """An edition of the item with these words, and its first save."""
    edition = Edition.objects.create(
        item=item,
        number=number,
        folded=rules.folded(words),
        made_at=at,
        made_by=by,
        changed_at=at,
        changed_by=by,
        **_columns(words),
    )
    SavedWords.objects.create(edition=edition, version=1, words=words.to_json(), at=at, by=by)
    return edition


@transaction.atomic
def save_draft(
    *,
    item: Item,
    words: Words,
    seen: int,
    placing: Placing | None = None,
    is_mine_kept: bool = False,
    by: Person | None,
    at: datetime,
) -> Edition:
    """Save the words of the edition in work; `seen` is the version the person began with.

    What another person saved since is put together with it, field by field and paragraph by paragraph. Raises
    `SomebodyElseWrote` where both changed one place (with `is_mine_kept` the person has seen it and theirs goes),
    `Unfit`, `Refused` for an item that is not in work, and `org.permissions.NotAllowed`. Saving the same twice
    changes nothing.
    """
    item = locked(item)
    permissions.check_can_edit(by, item, localdate(at))
    edition = edition_in_work(item)
    if item.state not in IN_WORK:
        raise Refused(
            _("Tin đang ở bước “%(state)s” nên không sửa được. Lấy lại để sửa rồi lưu lại.")
            % {"state": item.get_state_display()}
        )
    words = rules.fit(words)
    there = words_of(edition)
    if seen != edition.version and not is_mine_kept:
        words = _together(edition, words, there, seen)
    changed = words != there
    moved = placing is not None and _place(item, placing)
    if not (changed or moved):
        return edition
    if changed:
        _write(edition, words, by=by, at=at)
        if item.shown_id is None and item.published_at is None and words.title != there.title:
            item.slug = _slug(item.unit, words.title or item.slug, but=item)
    item.changed_at = at
    item.save()
    # The saves of one person within a sitting are one act: the audit is no log of key strokes.
    if not _just_saved(edition, by, at):
        audit(
            by=by, at=at, action="item.edit", target=item, unit=item.unit, detail={"version": edition.version}
        )
    return edition


def _write(edition: Edition, words: Words, *, by: Person | None, at: datetime) -> None:
    for name, value in _columns(words).items():
        setattr(edition, name, value)
    edition.folded = rules.folded(words)
    edition.version += 1
    edition.changed_at, edition.changed_by = at, by
    edition.save()
    SavedWords.objects.create(edition=edition, version=edition.version, words=words.to_json(), at=at, by=by)
    edition.saves.filter(version__lte=edition.version - SAVES_KEPT).delete()


def _just_saved(edition: Edition, by: Person | None, at: datetime) -> bool:
    """Whether the save before this one was by the same person within the last ten minutes."""
    before = edition.saves.filter(version__lt=edition.version, version__gt=1).first()
    return (
        before is not None
        and before.by_id == (by.pk if by else None)
        and (at - before.at).total_seconds() < 600
    )


def _together(edition: Edition, mine: Words, theirs: Words, seen: int) -> Words:
    """Both people's changes. Raises `SomebodyElseWrote` where they are about one place."""
    saved = edition.saves.filter(version=seen).first()
    base = Words.from_json(saved.words) if saved is not None else None
    together = joining.joined(
        _as_text(base).to_json() if base else {}, _as_text(mine).to_json(), _as_text(theirs).to_json()
    )
    if together.conflicts or base is None:
        fields = together.conflicts or tuple(
            name for name, own in mine.to_json().items() if own != theirs.to_json()[name]
        )
        if fields:
            names = ", ".join(str(rules.LABELS[name]) for name in fields)
            raise SomebodyElseWrote(
                _("%(person)s vừa sửa cùng chỗ với bạn (%(fields)s). So hai bản rồi chọn giữ bản nào.")
                % {"person": edition.changed_by or _("Người khác"), "fields": names},
                fields,
                theirs,
                edition.version,
            )
    both = Words.from_json(together.fields)
    return replace(both, body=body.from_text(both.body))


def _as_text(words: Words) -> Words:
    """The body as it is typed, whose paragraphs can be told apart."""
    return replace(words, body=body.to_text(words.body))


def check_placing(placing: Placing, unit: Unit) -> None:
    """Raise `Unfit` for a column or a task of another unit, or what is none of the kinds and fields."""
    if placing.kind not in Kind.values:
        raise Unfit(_("Chọn một thể loại trong danh sách."), "kind")
    if placing.field and placing.field not in ReformField.values:
        raise Unfit(_("Chọn một lĩnh vực trong danh sách."), "field")
    if placing.column is not None and (placing.column.unit_id != unit.pk or not placing.column.is_open):
        raise Unfit(_("Chuyên mục này không còn mở. Chọn chuyên mục khác."), "column")
    if placing.task is not None and placing.task.plan.unit_id != unit.pk:
        raise Unfit(_("Nhiệm vụ này thuộc kế hoạch của đơn vị khác. Chọn nhiệm vụ của đơn vị mình."), "task")


def _place(item: Item, placing: Placing) -> bool:
    """Put the item where it belongs, and say whether that changed anything.

    Of an item that everyone reads only the days change here; the rest is `publishing.classify`.
    """
    before = _placed(item)
    item.publish_at, item.review_by = placing.publish_at, placing.review_by
    if item.published_at is None:
        if placing.column is None or placing.column.pk != item.column_id:
            check_placing(placing, item.unit)
        item.kind, item.column, item.field, item.task = (
            placing.kind,
            placing.column,
            placing.field,
            placing.task,
        )
    return _placed(item) != before


def _placed(item: Item) -> tuple[object, ...]:
    return item.kind, item.column_id, item.field, item.task_id, item.publish_at, item.review_by


def _columns(words: Words) -> dict[str, object]:
    return {name: getattr(words, name) for name in words.__dataclass_fields__}


def _slug(unit: Unit, title: str, but: Item | None = None) -> str:
    others = Item.objects.filter(unit=unit)
    if but is not None:
        others = others.exclude(pk=but.pk)
    # Only those that begin alike can be in the way.
    wanted = free_slug(title, set())
    return free_slug(title, set(others.filter(slug__startswith=wanted[:60]).values_list("slug", flat=True)))
