"""A case becomes public: its personal data decided on one by one, its text edited apart from the original, approved with
the answer beside it, and taken down when it must be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions
from dinhlang.citizens.actions.noting import SomebodyElse, locked
from dinhlang.citizens.models import Answer, Case, Publication, PublicText, Renewal
from dinhlang.citizens.rules import kinds, publishing
from dinhlang.citizens.rules.kinds import Nature
from dinhlang.citizens.rules.publishing import ANSWER, QUESTION, Decision
from dinhlang.citizens.rules.states import Showing, Shown, shown_after
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.vietnamese.text import fold, one_line

Text = TypeVar("Text", bound=PublicText)


@transaction.atomic
def decide_redactions(
    *, case: Case, answers: Mapping[str, str], by: Person | None, at: datetime
) -> PublicText:
    """Make the public text of what was decided of each proposal ('hide' or 'keep' under 'question-12-25').

    Where a pair is shown and a later answer was approved, it is the next one: the former is read until it takes its place.
    Raises `NotDecided` for one that was passed over, `Refused` for a case without an approved answer, or whose sender did
    not agree that its words are made public, and `org.permissions.NotAllowed`.
    """
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    answer = _answer(case)
    texts = {QUESTION: case.words.shown(), ANSWER: answer.words.shown()}
    decisions = [one for part in publishing.PARTS for one in publishing.decided(part, texts[part], answers)]
    found = _to_write(case, publishing.source_digest(texts[QUESTION], texts[ANSWER]))
    found.question = publishing.redacted(texts[QUESTION], _of(decisions, QUESTION))
    found.answer = publishing.redacted(texts[ANSWER], _of(decisions, ANSWER))
    found.spans = [one.to_json() for one in decisions]
    found.source_digest = publishing.source_digest(texts[QUESTION], texts[ANSWER])
    if isinstance(found, Publication):
        found.category, found.hamlet = case.category, case.hamlet
        found.received_on = localdate(case.received_at)
    found.answered_on = localdate(answer.approved_at) if answer.approved_at else None
    is_after = case.reopened_at and answer.approved_at and answer.approved_at > case.reopened_at
    found.reopened_on = localdate(case.reopened_at) if is_after else None
    found.version += 1
    found.save()
    _noted(found, "publication.save", by=by, at=at)
    return found


def _to_write(case: Case, digest: str) -> PublicText:
    """The public text that may be written now. Raises `Refused` while it waits for the leader or says what is shown."""
    shown = Publication.objects.select_for_update().filter(case=case).first()
    found: PublicText | None = shown
    if shown is not None and shown.state == Shown.PUBLISHED and shown.source_digest != digest:
        found = Renewal.objects.select_for_update().filter(case=case).first()
        if found is None:
            found = Renewal(case=case, title=shown.title)
    if found is None:
        found = Publication(case=case, unit=case.unit, title=case.subject)
    elif found.state == Shown.TAKEN_DOWN:
        found.state = shown_after(found.state, Showing.REDO)
    elif found.state != Shown.DRAFT:
        raise Refused(_("Bản công khai đã trình hoặc đã công khai. Lấy về hoặc gỡ xuống trước khi làm lại."))
    return found


@transaction.atomic
def propose_publication(
    *, publication: Text, title: str, question: str, answer: str, by: Person | None, at: datetime
) -> Text:
    """Send the public text, as it was edited, to the leader. Raises `Unfit` while something personal is left in it."""
    found = _locked(publication)
    permissions.check_can_handle(by, found.case, localdate(at))
    state = shown_after(found.state, Showing.PROPOSE)
    decisions = [Decision.from_json(one) for one in found.spans]
    original, said = found.case.words.shown(), _answer(found.case).words.shown()
    if publishing.source_digest(original, said) != found.source_digest:
        raise Refused(
            _("Câu trả lời đã thay đổi từ khi làm bản công khai. Xem lại từng chỗ và làm lại bản công khai.")
        )
    kept = {
        QUESTION: publishing.kept_words(original, _of(decisions, QUESTION)),
        ANSWER: publishing.kept_words(said, _of(decisions, ANSWER)),
    }
    title, question, answer = one_line(title), question.strip(), answer.strip()
    if len(title) > kinds.SUBJECT_LENGTH:
        raise Unfit(_("Tiêu đề dài quá %(most)s ký tự.") % {"most": kinds.SUBJECT_LENGTH}, "title")
    for part, words in (("title", title), (QUESTION, question), (ANSWER, answer)):
        if len(words) > kinds.ANSWER_LENGTH:
            raise Unfit(_("Dài quá %(most)s ký tự. Hãy viết gọn lại.") % {"most": kinds.ANSWER_LENGTH}, part)
        publishing.check_public(words, kept.get(part, frozenset()), part)
    found.title, found.question, found.answer, found.state = title, question, answer, state
    found.proposed_at, found.proposed_by = at, by
    found.version += 1
    found.save()
    _noted(found, "publication.propose", by=by, at=at)
    return found


@transaction.atomic
def return_publication(*, publication: Text, by: Person | None, at: datetime) -> Text:
    """Give it back to be redacted anew: by the leader, or by whoever sent it."""
    found = _locked(publication)
    on = localdate(at)
    if by is None or found.proposed_by_id != by.pk:
        permissions.check_can_approve(by, found.case, on)
    found.state = shown_after(found.state, Showing.RETURN)
    found.save(update_fields=["state"])
    _noted(found, "publication.return", by=by, at=at)
    return found


@transaction.atomic
def publish(*, publication: PublicText, seen: str, by: Person, at: datetime) -> Publication:
    """Make question and answer public together, as they were seen. A renewal takes the place of the pair that is shown.

    Raises `SomebodyElse`, `Refused`, `NotAllowed`.
    """
    found = _locked(publication)
    permissions.check_can_approve(by, found.case, localdate(at))
    state = shown_after(found.state, Showing.PUBLISH)
    _answer(found.case)
    if publishing.public_digest(found.title, found.question, found.answer) != seen:
        raise SomebodyElse(_("Bản công khai vừa được sửa. Đọc lại bản mới rồi duyệt."))
    if found.proposed_by_id == by.pk:
        raise Refused(_("Người trình không tự duyệt bản công khai của mình. Nhờ lãnh đạo khác duyệt."))
    shown = found if isinstance(found, Publication) else _replaced(found)
    shown.state, shown.published_at, shown.approved_by = state, at, by
    shown.first_published_at = shown.first_published_at or at
    shown.folded = fold(f"{shown.title} {shown.question} {shown.answer}")
    shown.taken_down_at, shown.taken_down_why = None, ""
    shown.save()
    _noted(shown, "publication.publish", by=by, at=at)
    return shown


def _replaced(renewal: PublicText) -> Publication:
    """The pair that is shown, with the words of its renewal, which goes."""
    shown = Publication.objects.select_for_update(of=("self",), no_key=True).get(case=renewal.case)
    for field in PublicText._meta.local_fields:
        if field.name != "version":
            setattr(shown, field.attname, getattr(renewal, field.attname))
    shown.version += 1
    renewal.delete()
    return shown


@transaction.atomic
def take_down(*, publication: Publication, reason: str, by: Person | None, at: datetime) -> Publication:
    """Nobody reads it any more, and what was to take its place is made anew. Whoever handles the case may: what shows too
    much must go at once. Raises `NoReason`."""
    found = _locked(publication)
    if not permissions.can_approve(by, found.case, localdate(at)):
        permissions.check_can_handle(by, found.case, localdate(at))
    why = checked_reason(reason, _("Ghi vì sao gỡ bản công khai."))
    found.state = shown_after(found.state, Showing.TAKE_DOWN)
    found.taken_down_at, found.taken_down_why = at, why
    found.save(update_fields=["state", "taken_down_at", "taken_down_why"])
    Renewal.objects.filter(case=found.case).delete()
    _noted(found, "publication.take-down", by=by, at=at)
    return found


def _locked(publication: Text) -> Text:
    rows = type(publication)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case__unit").get(pk=publication.pk)


def _answer(case: Case) -> Answer:
    """The approved answer that is shown. Raises `Refused` where nothing may be made public."""
    if case.nature in (Nature.COMPLAINT, Nature.DENUNCIATION):
        raise Refused(_("Khiếu nại, tố cáo không công khai ở đây."))
    if not case.is_publishable:
        raise Refused(_("Người gửi không đồng ý công khai nội dung."))
    found = Answer.objects.filter(case=case, approved_at__isnull=False).order_by("-number").first()
    if found is None:
        raise Refused(_("Chưa có câu trả lời được duyệt. Nội dung và câu trả lời được công khai cùng nhau."))
    return found


def _of(decisions: list[Decision], part: str) -> list[Decision]:
    return [one for one in decisions if one.part == part]


def _noted(found: PublicText, action: str, *, by: Person | None, at: datetime) -> None:
    audit(by=by, at=at, action=action, target=found.case, unit=found.case.unit)
