"""A file comes into the archive: step by step, each seen, and only a person lets it in.

Reading may take its time, so it is the worker's; receiving and confirming are done at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.archive import held, proposal, rules, watched
from dinhlang.archive.actions.importing import (
    New,
    check_is_new,
    check_understood,
    check_unit_lived,
    keep,
    media_type_of,
    unit_of,
)
from dinhlang.archive.leaves import Leaves, kept_of
from dinhlang.archive.models import ArchivedDocument, ArchivedText, Intake
from dinhlang.archive.rules import UNDER_WAY, Step
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document, Span
from dinhlang.officialdoc.read import Places, Progress, Reading, read_with_places
from dinhlang.officialdoc.read.decode import LIMIT, PAGED
from dinhlang.officialdoc.read.pages.drawn import picture_of
from dinhlang.officialdoc.repair import repair
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs

# A reading takes at most a minute or so; what is silent for longer was cut off with its process.
CUT_OFF_AFTER = timedelta(minutes=15)
MOST_ATTEMPTS = 2
# A file that was refused is told for this long; then only the audit knows.
REFUSED_TOLD_FOR = timedelta(days=30)


def receive_file(
    *,
    data: bytes,
    name: str,
    unit: Unit,
    is_unit_given: bool,
    origin: Intake.Origin,
    by: Person | None,
    at: datetime,
    place: str = "",
) -> Intake:
    """Take a file in; the worker reads it. Raises `Refused` for what nobody could read, or is here already."""
    name = rules.shown_name(name)
    check_can(by, "archive.import", unit, localdate(at))
    _check_worth_reading(data, name)
    with transaction.atomic():
        lock(unit)
        blob = blobs.store(data, media_type_of(name), at)
        check_is_new(unit, blob, name)
        _check_not_on_its_way(unit, blob.pk, name)
        intake = Intake.objects.create(
            unit=unit,
            is_unit_given=is_unit_given,
            blob=blob,
            name=name,
            origin=origin,
            watched=place,
            history=[_told(Step.RECEIVED, at)],
            received_at=at,
            received_by=by,
            changed_at=at,
        )
        audit(
            by=by,
            at=at,
            action="archive.receive",
            target=intake,
            unit=unit,
            detail={"name": name, "sha256": blob.pk, "origin": str(origin)},
        )
    return intake


def _check_worth_reading(data: bytes, name: str) -> None:
    if not data.strip():
        raise rules.Unreadable(_("%(name)s: tệp trống. Hãy chọn lại tệp.") % {"name": name})
    if len(data) > LIMIT:
        raise rules.Unreadable(
            _("%(name)s: nặng %(size)s MB, tối đa %(most)s MB. Hãy tách thành nhiều tệp rồi đưa vào lại.")
            % {"name": name, "size": -(-len(data) // 1048576), "most": LIMIT // 1048576}
        )
    if rules.needs_password(data):
        raise rules.Unreadable(
            _("%(name)s: tệp có mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi đưa vào lại.") % {"name": name}
        )


def _check_not_on_its_way(unit: Unit, sha256: str, name: str) -> None:
    on_its_way = Intake.objects.filter(unit=unit, blob=sha256, step__in=[*UNDER_WAY, Step.WAITING]).first()
    if on_its_way is not None:
        raise rules.AlreadyArchived(
            _("%(name)s: tệp này đang ở danh sách chờ với tên “%(before)s”. Không cần đưa vào lại.")
            % {"name": name, "before": on_its_way.name}
        )


def _told(step: Step, at: datetime) -> list[str]:
    return [step.value, at.isoformat()]


def _move(intake: Intake, step: Step, at: datetime, **changes: object) -> None:
    """Go on to a step. Two workers, or a worker and a person, cannot both: the row says which step it was."""
    rules.check_move(intake.step, step)
    moved = Intake.objects.filter(pk=intake.pk, step=intake.step).update(
        step=step, history=[*intake.history, _told(step, at)], changed_at=at, **changes
    )
    if not moved:
        raise rules.WrongStep(_("Văn bản này vừa được xử lý ở nơi khác. Tải lại trang."))
    intake.refresh_from_db()


# --- reading ----------------------------------------------------------------------------------------


def read_intake(*, pk: int, at: datetime) -> Intake | None:
    """Read a file that was received, as far as the step at which a person is asked. `None` when there is nothing to do.

    A file that cannot be taken in ends refused, with the reason; nothing is raised.
    """
    intake = Intake.objects.select_related("unit", "blob", "received_by").filter(pk=pk).first()
    if intake is None or intake.step != Step.RECEIVED:
        return None
    try:
        _move(intake, Step.READING, at, attempts=intake.attempts + 1)
        _read(intake, at)
    except rules.WrongStep:
        return None
    except Refused as reason:
        _refuse(intake, str(reason), None, at)
    return intake


def _read(intake: Intake, at: datetime) -> None:
    data = blobs.read(intake.blob)
    if rules.form_of(data, intake.name) == "image":
        _move(intake, Step.RECOGNISING, at)
    reading = read_with_places(data, intake.name, progress=_telling(intake))
    if reading.document.source.ocr and intake.step == Step.READING:
        _move(intake, Step.RECOGNISING, at)
    document, text = reading.document, reading.text
    if rules.is_damaged(document):
        _move(intake, Step.RESTORING, at)
        document, text = _restored(reading, intake)
    check_understood(document, intake.name)
    _move(intake, Step.COMPARING, at, pages=document.source.pages, leaves=_leaves(reading, document, text))
    _compare(intake, document, text, at)


def _telling(intake: Intake) -> Progress:
    """Says how many pages are read, once a second at most: whoever looks at the list sees it move."""
    told = 0.0

    def tell(done: int, of: int) -> None:
        nonlocal told
        now = time.monotonic()
        if done == of or now - told >= 1:
            told = now
            Intake.objects.filter(pk=intake.pk).update(pages_read=done, pages=of)

    return tell


def _leaves(reading: Reading, document: Document, text: str) -> dict[str, Any] | None:
    """The pages and where the values stand on them; `None` for what has no pages."""
    leaves = Leaves.of(reading)
    if leaves is None:
        return None
    spans = proposal.spans_of(document, Places(text))
    if text != reading.text:
        # Words were put in place of others: only the line is the same, where even that is.
        is_same = text.count("\n") == reading.text.count("\n")
        spans = {
            name: [_whole_line(one) for one in found] if is_same else [] for name, found in spans.items()
        }
    return kept_of(leaves, spans)


def _whole_line(span: Span) -> Span:
    return Span(span.line, 1, span.line, 10**6)


def picture_of_intake(*, intake: Intake, number: int, at: datetime) -> bytes | None:
    """A page of the file as WebP, counted from 1; `None` when there is none. Drawn once an hour, held encrypted."""
    form = rules.form_of(blobs.read(intake.blob), intake.name)
    sizes = (intake.leaves or {}).get("sizes", [])
    if form not in PAGED or not 1 <= number <= len(sizes):
        return None
    token = _pictures(intake)
    held.open_again(token, at)
    return held.kept(token, f"page-{number}", lambda: picture_of(blobs.read(intake.blob), form, number), at)


def _pictures(intake: Intake) -> str:
    return held.of_our_own(f"intake|{intake.pk}|{intake.blob_id}")


def _restored(reading: Reading, intake: Intake) -> tuple[Document, str]:
    """The document read again from its restored text; its figures stay doubtful, since a scan may misread a number.

    What is called a place around here may stand in it: no model of the language knows 'Đồng Xuân Nam'.
    """
    name = intake.name
    mended = repair(reading.text, name=name, known_names=org.names_around(intake.unit))
    if not mended.is_changed:
        return reading.document, reading.text
    again = read_with_places(mended.text.encode("utf-8", "replace"), f"{name}.txt").document
    source = reading.document.source
    problems = {one.code: one for one in (*reading.document.problems, *again.problems)}
    # As read from the file that came, not from the text that was made of it.
    told = replace(again, source=replace(source, repaired=True), problems=tuple(problems.values()))
    return told, mended.text


def _compare(intake: Intake, document: Document, text: str, at: datetime) -> None:
    owner = intake.unit
    if not intake.is_unit_given:
        try:
            owner = unit_of(document, intake.name, intake.received_by, localdate(at))
        except rules.UnknownIssuer:
            # A person will say whose it is; until then it stays where it was handed in.
            owner = intake.unit
        check_can(intake.received_by, "archive.import", owner, localdate(at))
    check_is_new(owner, intake.blob, intake.name)
    signature = rules.signature(text)
    near, alike = _nearest(owner, document, signature, text)
    _move(
        intake,
        Step.WAITING,
        at,
        unit=owner,
        text=text.replace("\0", " "),
        document=codec.to_json(document),
        signature=signature,
        near=near,
        likeness=alike,
    )


def _nearest(
    unit: Unit, document: Document, signature: bytes, text: str
) -> tuple[ArchivedDocument | None, float | None]:
    """The archived document of the unit most like this text, when a person has to look at both."""
    signatures = ArchivedText.objects.filter(document__unit=unit).values_list("pk", "signature")
    candidates = [pk for pk, other in signatures.iterator() if rules.may_be_alike(signature, bytes(other))]
    best: tuple[float, ArchivedDocument] | None = None
    for one in ArchivedText.objects.filter(pk__in=candidates[:50]).select_related("document"):
        alike = rules.likeness(text, one.text)
        if best is not None and alike <= best[0]:
            continue
        if rules.is_to_decide(alike, document, codec.from_json(one.document.document)):
            best = (alike, one.document)
    return (best[1], best[0]) if best else (None, None)


def resume_intakes(*, at: datetime) -> int:
    """Begin again what was cut off with its process, and forget what was refused long ago; how many begin again."""
    Intake.objects.filter(step=Step.REFUSED, changed_at__lt=at - REFUSED_TOLD_FOR).delete()
    again = 0
    for intake in Intake.objects.filter(step__in=UNDER_WAY, changed_at__lt=at - CUT_OFF_AFTER):
        if intake.step != Step.RECEIVED and intake.attempts >= MOST_ATTEMPTS:
            told = _("%(name)s: đọc không xong sau %(times)d lần. Kiểm tra lại tệp rồi đưa vào lại.")
            _refuse(intake, told % {"name": intake.name, "times": intake.attempts}, None, at)
            continue
        if intake.step == Step.RECEIVED:
            Intake.objects.filter(pk=intake.pk, step=Step.RECEIVED).update(changed_at=at)
        else:
            _move(intake, Step.RECEIVED, at)
        enqueue(intake)
        again += 1
    return again


def enqueue(intake: Intake) -> None:
    """Ask the worker to read it."""
    from dinhlang.archive import tasks

    tasks.read_intake.enqueue(intake.pk)


# --- what a person decides --------------------------------------------------------------------------


@transaction.atomic
def decide_intake(
    *,
    intake: Intake,
    said: Mapping[str, str],
    struck: Iterable[int],
    unit: Unit | None = None,
    by: Person | None,
    at: datetime,
) -> Intake:
    """Keep what a person says of the values, which figures are none, and whose the document is.

    Raises `proposal.NotAValue`, `rules.WrongStep` or `NotAllowed`.
    """
    intake = _waiting(intake, by, at)
    document = codec.from_json(intake.document or {})
    known = proposal.Proposal.from_json(intake.proposal)
    intake.proposal = proposal.decided(document, known, said, struck).to_json()
    if unit is not None and unit != intake.unit:
        check_can(by, "archive.import", unit, localdate(at))
        intake.unit = unit
        # Another unit's archive: what is much like it there is looked for anew.
        intake.near, intake.likeness = _nearest(unit, document, bytes(intake.signature), intake.text)
        intake.is_kept_beside = False
    intake.changed_at = at
    intake.save(update_fields=["proposal", "unit", "near", "likeness", "is_kept_beside", "changed_at"])
    return intake


@transaction.atomic
def keep_beside(*, intake: Intake, by: Person | None, at: datetime) -> None:
    """Say that this document and the archived one much like it are both wanted."""
    intake = _waiting(intake, by, at)
    Intake.objects.filter(pk=intake.pk).update(is_kept_beside=True, changed_at=at)
    audit(
        by=by,
        at=at,
        action="archive.keep-both",
        target=intake,
        unit=intake.unit,
        detail={"name": intake.name, "document": intake.near_id},
    )


def confirm_intake(*, intake: Intake, by: Person | None, at: datetime) -> ArchivedDocument:
    """Let the document into the archive, with the values as they are now; its figures become facts.

    Raises `rules.StillToDecide` while nobody said that a document much like it is wanted too,
    `rules.AlreadyArchived`, `rules.NotOfItsTime`, `rules.WrongStep` or `NotAllowed`.
    """
    _compare_again(intake, by, at)
    return _let_in(intake, by, at)


@transaction.atomic
def _compare_again(intake: Intake, by: Person | None, at: datetime) -> None:
    """Two much alike may have come together: when they were read, neither was in the archive."""
    intake = _waiting(intake, by, at)
    if intake.near_id is not None or intake.is_kept_beside:
        return
    document = codec.from_json(intake.document or {})
    near, alike = _nearest(intake.unit, document, bytes(intake.signature), intake.text)
    if near is not None:
        Intake.objects.filter(pk=intake.pk).update(near=near, likeness=alike, changed_at=at)


@transaction.atomic
def _let_in(intake: Intake, by: Person | None, at: datetime) -> ArchivedDocument:
    intake = _waiting(intake, by, at)
    lock(intake.unit)
    if intake.near_id is not None and not intake.is_kept_beside:
        raise rules.StillToDecide(
            _(
                "Văn bản này gần giống một văn bản trong kho. Xem hai bản cạnh nhau rồi chọn giữ cả hai hoặc từ chối."
            )
        )
    read = codec.from_json(intake.document or {})
    said = proposal.Proposal.from_json(intake.proposal)
    document = proposal.document_of(read, said)
    check_unit_lived(document, intake.name, intake.unit)
    check_is_new(intake.unit, intake.blob, intake.name)
    archived = keep(
        New(
            intake.unit,
            intake.blob,
            intake.name,
            document,
            intake.text,
            intake.received_by,
            intake.received_at,
            is_confirmed=True,
            corrected=proposal.corrections(read, said),
        ),
        by=by,
        at=at,
    )
    _move(intake, Step.ARCHIVED, at, archived=archived, text="", document=None, leaves=None)
    held.end(_pictures(intake))
    return archived


@transaction.atomic
def refuse_intake(*, intake: Intake, reason: str, by: Person | None, at: datetime) -> None:
    """Do not take the file in. Raises `Refused` without a reason, `rules.WrongStep` or `NotAllowed`."""
    intake = _waiting(intake, by, at)
    reason = one_line(reason)[:500]
    if len(reason) < 5:
        raise Refused(_("Chưa ghi lý do. Ghi ngắn gọn vì sao không đưa vào kho."))
    _refuse(intake, reason, by, at)


def _refuse(intake: Intake, reason: str, by: Person | None, at: datetime) -> None:
    with transaction.atomic():
        _move(intake, Step.REFUSED, at, reason=reason[:500], text="", document=None, leaves=None)
        audit(
            by=by,
            at=at,
            action="archive.refuse",
            target=intake,
            unit=intake.unit,
            detail={"name": intake.name, "sha256": intake.blob_id},
        )
    held.end(_pictures(intake))
    if intake.watched:
        watched.put_back(intake.watched, reason)


def _waiting(intake: Intake, by: Person | None, at: datetime) -> Intake:
    """The file as it is now; others who decide wait. Raises `rules.WrongStep` or `NotAllowed`."""
    found = (
        Intake.objects.select_for_update(of=("self",))
        .select_related("unit", "blob", "received_by", "near")
        .filter(pk=intake.pk)
        .first()
    )
    if found is None or found.step != Step.WAITING:
        raise rules.WrongStep(_("Văn bản này không còn chờ xác nhận. Tải lại trang."))
    check_can(by, "archive.import", found.unit, localdate(at))
    return found
