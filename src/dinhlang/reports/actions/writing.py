"""People write in a draft: paragraph by paragraph, each step kept so that it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Role
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.reports import editing, queries, render, rules
from dinhlang.reports.actions.library import count_use
from dinhlang.reports.actions.manuscripts import new_key, note_step, put
from dinhlang.reports.approval.moving import reopen_if_changed
from dinhlang.reports.editing import Draft, Origin
from dinhlang.reports.models import Manuscript, ManuscriptChange, Presence, Report
from dinhlang.reports.passages import Grid, Text

What = ManuscriptChange.What

# One line of the audit for one person's sitting at a draft.
SITTING = timedelta(minutes=30)
_FORGOTTEN = timedelta(days=1)
_LONGEST_SUBJECT = 500
_ROLES = (Role.HEADING, Role.BODY, Role.ITEM)
_DEEPEST = {Role.HEADING: 4, Role.ITEM: 2}


def edit_piece(
    *, report: Report, key: str, words: str, seen: int, by: Person | None, at: datetime
) -> Manuscript:
    """Put a person's words in the place of a paragraph, heading, item, or a part of the head.

    `words` hold figures as tokens; `seen` is the version of the piece that the person looked at. Raises
    `editing.BadEdit`, `editing.Stale`, `rules.NotADraft` or `NotAllowed`.
    """

    def change(draft: Draft, manuscript: Manuscript) -> Draft:
        piece = draft.find(key)
        if piece is None or not isinstance(piece.block, Text):
            raise editing.BadEdit(_("Đoạn này không còn trong dự thảo. Tải lại trang để xem bản mới."))
        of_head = key in editing.HEAD_KEYS
        typed = editing.words_from(words, () if of_head else manuscript.figures, lines=of_head)
        if key == "subject":
            _check_subject(typed)
            typed = " ".join(typed.split())
        return editing.replace(draft, key, replace(piece.block, words=typed), seen=seen)

    return _change(report, change, what=What.EDIT, key=key, by=by, at=at)


def edit_table(
    *,
    report: Report,
    key: str,
    cells: list[list[str]],
    seen: int,
    by: Person | None,
    at: datetime,
    dropped: Collection[int] = (),
    is_longer: bool = False,
) -> Manuscript:
    """Put a person's cells in a table; `cells` are the header and the rows.

    Then the rows `dropped`, counted from 1, go, and with `is_longer` an empty one is added. Raises as `edit_piece`.
    """

    def change(draft: Draft, manuscript: Manuscript) -> Draft:
        piece = draft.find(key)
        if piece is None or not isinstance(piece.block, Grid) or not cells:
            raise editing.BadEdit(_("Bảng này không còn trong dự thảo. Tải lại trang để xem bản mới."))
        lines = [[editing.words_from(cell, manuscript.figures) for cell in line] for line in cells]
        grid = editing.refilled(piece.block, lines)
        if dropped or is_longer:
            grid = editing.with_rows(grid, dropped, is_longer=is_longer)
        return editing.replace(draft, key, grid, seen=seen)

    return _change(report, change, what=What.EDIT, key=key, by=by, at=at)


def insert_piece(
    *,
    report: Report,
    after: str | None,
    by: Person | None,
    at: datetime,
    words: str = "",
    block: str = "",
    role: str = Role.BODY,
    level: int = 0,
    key: str = "",
) -> Manuscript:
    """Write a new paragraph behind another one: `words`, or the sentence that the text block `block` names.

    `key` is given by who may send it twice: it is added, and its text block counted, once. Raises as `edit_piece`,
    and `Refused` for a text block there is not.
    """
    if role not in _ROLES:
        raise editing.BadEdit(_("Loại đoạn này không có trong báo cáo. Chọn đầu mục, đoạn văn hoặc ý."))
    kind = Role(role)
    deepest = _DEEPEST.get(kind, 0)
    block_level = min(max(level, 1), deepest) if deepest else 0

    def change(draft: Draft, manuscript: Manuscript) -> Draft:
        if key and draft.find(key) is not None:
            return draft
        kept = count_use(report.unit, block, at) if block else None
        typed = editing.words_from(kept.text if kept else words, manuscript.figures)
        return editing.insert(
            draft,
            key or new_key(),
            Text(kind, typed, block_level),
            after=after,
            origin=Origin.REUSED if kept else Origin.ADDED,
            source=kept.name if kept else "",
        )

    return _change(report, change, what=What.INSERT, key=key, by=by, at=at)


def remove_piece(*, report: Report, key: str, seen: int, by: Person | None, at: datetime) -> Manuscript:
    """Take a piece out of the print; it can be brought back. Raises as `edit_piece`."""
    return _change(
        report,
        lambda draft, _manuscript: editing.remove(draft, key, seen=seen),
        what=What.REMOVE,
        key=key,
        by=by,
        at=at,
    )


def restore_piece(*, report: Report, key: str, by: Person | None, at: datetime) -> Manuscript:
    """Print a removed piece again. Raises as `edit_piece`."""
    return _change(
        report,
        lambda draft, _manuscript: editing.restore(draft, key),
        what=What.RESTORE,
        key=key,
        by=by,
        at=at,
    )


def reset_piece(*, report: Report, key: str, seen: int, by: Person | None, at: datetime) -> Manuscript:
    """Give an edited piece the outline's own words again. Raises as `edit_piece`."""
    return _change(
        report,
        lambda draft, _manuscript: editing.reset(draft, key, seen=seen),
        what=What.RESET,
        key=key,
        by=by,
        at=at,
    )


def settle_piece(*, report: Report, key: str, keep_mine: bool, by: Person | None, at: datetime) -> Manuscript:
    """Decide between a person's paragraph and the one that redrawing wrote. Raises as `edit_piece`."""
    return _change(
        report,
        lambda draft, _manuscript: editing.settle(draft, key, keep_mine=keep_mine),
        what=What.SETTLE,
        key=key,
        by=by,
        at=at,
    )


def bring_back(*, report: Report, version: int, by: Person | None, at: datetime) -> Manuscript:
    """Make the draft again as it was at a version; the steps since are kept, so this too can be taken back.

    Figures stay those of the last reading of the ledger. Raises as `edit_piece`.
    """

    def change(draft: Draft, manuscript: Manuscript) -> Draft:
        back = draft
        for step in manuscript.changes.filter(version__gt=version).order_by("-version"):
            if step.patch["version"] < version:
                break
            back = editing.undo(back, step.patch)
        if back.version != version:
            raise editing.BadEdit(_("Không còn bản này trong lịch sử của dự thảo. Chọn bản khác."))
        return editing.stamped(draft, back)

    return _change(report, change, what=What.BACK, key="", by=by, at=at)


def note_presence(*, report: Report, person: Person, key: str, at: datetime) -> None:
    """Someone has the draft open, and is in a piece. Rows of yesterday are swept out on the way."""
    Presence.objects.update_or_create(report=report, person=person, defaults={"key": key[:40], "seen_at": at})
    Presence.objects.filter(seen_at__lt=at - _FORGOTTEN).delete()


def _change(
    report: Report,
    change: Callable[[Draft, Manuscript], Draft],
    *,
    what: ManuscriptChange.What,
    key: str,
    by: Person | None,
    at: datetime,
) -> Manuscript:
    """One step of a draft: checked, made, kept for taking back, and the report made from it again."""
    with transaction.atomic():
        check_can(by, "report.draft", report.unit, localdate(at))
        lock(report.unit)
        current = Report.objects.select_related("unit").get(pk=report.pk)
        manuscript = queries.manuscript_of(current)
        if current.status != Report.Status.DRAFT:
            raise rules.NotADraft(
                _("Báo cáo đã phát hành, không sửa được nữa. Sai sót thì lập báo cáo thay thế.")
            )
        if manuscript is None:
            raise rules.NotADraft(
                _("Dự thảo này lập từ bản phần mềm cũ. Bấm “Lập lại từ sổ” một lần rồi sửa.")
            )
        before = queries.draft_in(manuscript)
        after = change(before, manuscript)
        if after == before:
            return manuscript
        is_new_sitting = (
            not manuscript.changes.filter(by=by, at__gt=at - SITTING).exclude(what=What.DRAW).exists()
        )
        manuscript.changed_at, manuscript.changed_by = at, by
        put(current, manuscript, after, render.document_of(current))
        note_step(manuscript, before, after, what=what, key=key, by=by, at=at)
        reopen_if_changed(current, by=by, at=at)
        if is_new_sitting:
            audit(
                by=by,
                at=at,
                action="report.edit",
                target=current,
                unit=current.unit,
                detail={"period": current.period, "version": after.version},
            )
    return manuscript


def _check_subject(words: str) -> None:
    if len(words) > _LONGEST_SUBJECT:
        raise editing.BadEdit(
            _("Trích yếu dài quá %(most)s ký tự. Rút gọn rồi lưu lại.") % {"most": _LONGEST_SUBJECT}
        )
