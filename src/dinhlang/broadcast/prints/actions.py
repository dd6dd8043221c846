"""What happens to prints: made, approved, printed, hung, taken down, called back. Each act checks, changes and leaves its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import Print, PrintPlace, PrintRun
from dinhlang.broadcast.prints import queries, rules, sheets
from dinhlang.broadcast.prints.rules import USUAL_CLOTH, Cloth, Form, NotReady, PrintOrigin, Words
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.vietnamese.text import fold, one_line
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, Blob, ReformField, Reversal, Task
from dinhlang.work.rules import TITLE_LENGTH, FileEvidence, HeldEvidence


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a print is, beside its words."""

    form: str
    address: str = ""
    cloth: Cloth = USUAL_CLOTH
    field: str = ""
    task: Task | None = None


class SomebodyElseWrote(Refused):
    """Another person saved the words meanwhile."""


# --- Words ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_print(*, unit: Unit, words: Words, sheet: Sheet, by: Person | None, at: datetime) -> Print:
    """Begin a print that is typed. Raises `Unfit` and `org.permissions.NotAllowed`."""
    permissions.check_can_write(by, unit, localdate(at))
    made = Print(unit=unit, form=sheet.form, made_at=at, made_by=by, changed_at=at)
    _fill(made, rules.fit(words), sheet)
    made.save()
    _noted(made, "print.write", by=by, at=at)
    return made


@transaction.atomic
def print_from(*, unit: Unit, source: PrintOrigin, form: str, by: Person | None, at: datetime) -> Print:
    """A print of something that another room published; asked again for the same words and form it gives the same one.

    Its words are whole lines of the source, so it may be printed at once. Raises `Unfit` and `org.permissions.NotAllowed`.
    That it was published, and is still, is for the caller to know.
    """
    permissions.check_can_write(by, unit, localdate(at))
    if form not in Form.values:
        raise Unfit(_("Chọn một loại ấn phẩm trong danh sách."), "form")
    # Two taps on one button are one print.
    lock(unit)
    known = Print.objects.filter(
        unit=unit,
        form=form,
        made_from_kind=source.kind,
        made_from_key=source.key,
        made_from_digest=source.digest,
        withdrawn_at=None,
    ).first()
    if known is not None:
        return known
    whole = _within(source.words)
    task = Task.objects.filter(pk=source.task, plan__unit=unit).first() if source.task else None
    made = Print(
        unit=unit,
        form=form,
        picture=Blob.objects.filter(pk=source.picture).first()
        if source.picture and form != Form.BANNER
        else None,
        made_from_kind=source.kind[:20],
        made_from_key=source.key[:80],
        made_from_digest=source.digest[:64],
        made_from_title=whole.title,
        source_words=rules.said_in(source.words),
        made_at=at,
        made_by=by,
        changed_at=at,
    )
    _fill(
        made,
        rules.fit(rules.shortened(whole, form)),
        Sheet(form, "" if form == Form.BANNER else source.address, field=source.reform_field, task=task),
    )
    made.save()
    _noted(made, "print.write", by=by, at=at)
    return made


def _within(words: Words) -> Words:
    """A source may be longer than a sheet: what would have to be cut in the middle is left out."""
    lead = words.lead if len(one_line(words.lead)) <= rules.LEAD_LENGTH else ""
    return Words(
        one_line(words.title)[: rules.TITLE_LENGTH],
        lead,
        words.body,
        words.contact if len(one_line(words.contact)) <= rules.SHORT_LENGTH else "",
        one_line(words.picture_alt)[: rules.SHORT_LENGTH],
    )


@transaction.atomic
def save_print(
    *, made: Print, words: Words, sheet: Sheet, seen: int, by: Person | None, at: datetime
) -> Print:
    """Write in a print that was not printed yet. `seen` is the version the writer began with.

    Raises `Unfit`, `SomebodyElseWrote`, `Refused` and `org.permissions.NotAllowed`.
    """
    made = _locked(made)
    permissions.check_can_write(by, made.unit, localdate(at))
    _check_not_withdrawn(made)
    if made.runs.filter(taken_back_at=None).exists():
        raise Refused(_("Ấn phẩm này đã in. Lập ấn phẩm mới cho lời mới, để sổ nói đúng bản nào đã treo."))
    if seen != made.version:
        raise SomebodyElseWrote(_("Người khác vừa sửa ấn phẩm này. Tải lại trang rồi sửa tiếp."))
    _fill(made, rules.fit(words), sheet)
    made.version += 1
    made.changed_at = at
    made.save()
    _noted(made, "print.edit", by=by, at=at)
    return made


def _fill(made: Print, words: Words, sheet: Sheet) -> None:
    if sheet.form == Form.BANNER:
        rules.check_cloth(sheet.cloth)
        made.width, made.height = sheet.cloth.width, sheet.cloth.height
        made.distance = sheet.cloth.distance
    made.title, made.lead, made.body = words.title, words.lead, words.body
    made.contact, made.picture_alt = words.contact, words.picture_alt
    made.address = rules.check_address(sheet.address)
    if sheet.field and sheet.field not in ReformField.values:
        raise Unfit(_("Chọn một lĩnh vực trong danh sách."), "field")
    if sheet.task is not None and sheet.task.plan.unit_id != made.unit_id:
        raise Unfit(_("Nhiệm vụ này thuộc kế hoạch của đơn vị khác."), "task")
    made.field, made.task = sheet.field, sheet.task
    made.folded = rules.folded(words)


def set_picture(*, made: Print, data: bytes | None, by: Person | None, at: datetime) -> Print:
    """Put a picture on the sheet, or take it off (`None`). It keeps nothing of where it was taken.

    Raises `Refused` for a file that is no picture or a print that was printed, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_write(by, made.unit, localdate(at))
    held = _photo(data, _("ảnh"), at) if data is not None else None
    with transaction.atomic():
        made = _locked(made)
        _check_not_withdrawn(made)
        if made.runs.filter(taken_back_at=None).exists():
            raise Refused(_("Ấn phẩm này đã in nên không đổi ảnh. Lập ấn phẩm mới."))
        made.picture_id = held.sha256 if held is not None else None
        made.version += 1
        made.changed_at = at
        made.save(update_fields=["picture", "version", "changed_at"])
        _noted(made, "print.picture", by=by, at=at)
    return made


# --- The leader ----------------------------------------------------------------------------------------------------


@transaction.atomic
def approve_print(*, made: Print, seen: str, by: Person | None, at: datetime) -> Print:
    """Let these very words be printed. `seen` is the digest that the leader looked at.

    Raises `NotReady` when words do not fit on the sheet, `Refused` when they changed meanwhile, and `NotAllowed`.
    """
    made = _locked(made)
    permissions.check_can_approve(by, made.unit, localdate(at))
    _check_not_withdrawn(made)
    if seen != made.digest:
        raise Refused(_("Lời đã đổi sau khi bạn mở trang. Xem lại rồi duyệt."))
    _check_fits(made, localdate(at))
    made.approved_digest, made.approved_at, made.approved_by = seen, at, by
    made.save(update_fields=["approved_digest", "approved_at", "approved_by"])
    _noted(made, "print.approve", by=by, at=at)
    return made


@transaction.atomic
def withdraw_print(*, made: Print, reason: str, by: Person | None, at: datetime) -> Print:
    """Print no more of it; what hangs is to be taken down. Raises `NoReason`, `Refused` and `org.permissions.NotAllowed`."""
    made = _locked(made)
    permissions.check_can_withdraw_print(by, made, localdate(at))
    _check_not_withdrawn(made)
    return _withdraw(made, reason, by=by, at=at)


@transaction.atomic
def withdraw_made_from(*, kind: str, key: str, reason: str, by: Person | None, at: datetime) -> int:
    """Call back every print made from something that another room took back; how many. That room has checked who may."""
    found = Print.objects.filter(made_from_kind=kind, made_from_key=key, withdrawn_at=None).order_by("pk")
    for one in found:
        _withdraw(_locked(one), reason, by=by, at=at)
    return len(found)


def _withdraw(made: Print, reason: str, *, by: Person | None, at: datetime) -> Print:
    made.withdrawn_why = checked_reason(reason, _("Chưa ghi vì sao thu hồi ấn phẩm."))
    made.withdrawn_at = made.changed_at = at
    made.save(update_fields=["withdrawn_at", "withdrawn_why", "changed_at"])
    _noted(made, "print.withdraw", by=by, at=at)
    return made


# --- The register --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunGiven:
    """Once printed, as it is written down."""

    printed_on: date
    copies: int
    printer: str = ""
    note: str = ""
    file: bytes | None = None
    file_name: str = ""


def record_run(*, made: Print, run: RunGiven, by: Person | None, at: datetime) -> PrintRun:
    """Write down that so many copies were printed. Raises `Unfit`, `NotReady`, `Refused` and `org.permissions.NotAllowed`."""
    on = localdate(at)
    permissions.check_can_register(by, made.unit, on)
    _check_copies(run.copies)
    if run.printed_on > on:
        raise Unfit(_("Ngày này chưa tới. In xong rồi ghi."), "printed_on")
    held = work.hold_file(FileEvidence(run.file, run.file_name), at) if run.file else None
    with transaction.atomic():
        made = _locked(made)
        _check_cleared(made)
        _check_fits(made, on)
        found = PrintRun.objects.create(
            of=made,
            printed_on=run.printed_on,
            copies=run.copies,
            printer=one_line(run.printer)[: rules.PLACE_LENGTH],
            note=one_line(run.note)[:500],
            file_id=held.sha256 if held is not None else None,
            words_digest=made.digest,
            recorded_at=at,
            recorded_by=by,
        )
        _noted(made, "print.run", by=by, at=at, copies=run.copies)
    return found


@transaction.atomic
def take_back_run(*, run: PrintRun, reason: str, by: Person | None, at: datetime) -> PrintRun:
    """Take back what was written by mistake. Raises `NoReason`, `Refused` when copies of it hang, and `NotAllowed`."""
    made = _locked(run.of)
    permissions.check_can_register(by, made.unit, localdate(at))
    run = PrintRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.taken_back_at is not None:
        raise Refused(_("Lần in này đã được rút trước đó."))
    why = checked_reason(reason, _("Chưa ghi vì sao rút lần in này."))
    if queries.copies_of(made).left < run.copies:
        raise Refused(_("Số bản của lần in này đã ghi nơi treo, phát. Rút các nơi đó trước."))
    run.taken_back_at, run.taken_back_why = at, why
    run.save(update_fields=["taken_back_at", "taken_back_why"])
    _noted(made, "print.run-take-back", by=by, at=at, copies=run.copies)
    return run


@dataclass(frozen=True, slots=True)
class PlaceGiven:
    """Where copies hang or were handed out, as it is written down."""

    place: str
    copies: int
    starts_on: date
    until: date | None = None
    photo: bytes | None = None


def record_place(*, made: Print, place: PlaceGiven, by: Person | None, at: datetime) -> PrintPlace:
    """Write down where copies hang or were handed out, and its line of the ledger when the print has a field or a task.

    Raises `Unfit` for what cannot be (`rules.check_place`), `NotReady`, `Refused` and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    permissions.check_can_register(by, made.unit, on)
    _check_copies(place.copies)
    name = one_line(place.place)[: rules.PLACE_LENGTH]
    if not name:
        raise Unfit(_("Chưa ghi treo hoặc phát ở đâu."), "place")
    held = _photo(place.photo, f"{name}.jpg", at) if place.photo else None
    with transaction.atomic():
        made = _locked(made)
        _check_cleared(made)
        rules.check_place(
            form=made.form,
            starts_on=place.starts_on,
            until=place.until,
            copies=place.copies,
            left=queries.copies_of(made).left,
            on=on,
        )
        found = PrintPlace.objects.create(
            of=made,
            place=name,
            folded=fold(name),
            copies=place.copies,
            starts_on=place.starts_on,
            until=None if made.form == Form.LEAFLET else place.until,
            photo_id=held.sha256 if held is not None else None,
            recorded_at=at,
            recorded_by=by,
        )
        if made.field or made.task_id:
            _write_line(found, held, by=by, at=at)
        _noted(made, "print.place", by=by, at=at, copies=place.copies)
    return found


@kept_in_vietnamese
def _write_line(found: PrintPlace, held: HeldEvidence | None, *, by: Person | None, at: datetime) -> None:
    """One line for one place: copies and places are counted apart. Without a photo the desk asks for evidence."""
    made = found.of
    kind, counter, said = {
        Form.LEAFLET: (ActivityKind.LEAFLET, "leaflets", _("Phát tờ rơi “%(title)s” tại %(place)s")),
        Form.POSTER: (ActivityKind.BOARD, "banners", _("Treo áp phích “%(title)s” tại %(place)s")),
        Form.BANNER: (ActivityKind.BOARD, "banners", _("Treo băng rôn “%(title)s” tại %(place)s")),
        Form.BOARD: (ActivityKind.BOARD, "posts", _("Dán bảng tin “%(title)s” tại %(place)s")),
    }[Form(made.form)]
    title = said % {"title": made.title, "place": found.place}
    found.line = work.record_consequence(
        unit=made.unit,
        kind=kind,
        happened_on=found.starts_on,
        title=title[:TITLE_LENGTH],
        measures={counter: found.copies, "spots": 1},
        task=made.task,
        evidence=[held] if held is not None else [],
        basis=Basis.BOOK,
        reform_field=made.field,
        note=_("Sổ ấn phẩm, ấn phẩm số %(number)s") % {"number": made.pk},
        by=by,
        at=at,
    )
    found.save(update_fields=["line"])


def add_photo(*, place: PrintPlace, data: bytes, by: Person | None, at: datetime) -> PrintPlace:
    """Lay a photo from the place beside it, and beside its line. Raises `Refused` and `org.permissions.NotAllowed`."""
    permissions.check_can_register(by, place.of.unit, localdate(at))
    held = _photo(data, f"{place.place}.jpg", at)
    with transaction.atomic():
        made, place = _locked_place(place)
        _check_standing(place)
        place.photo_id = held.sha256
        place.save(update_fields=["photo"])
        if place.line is not None:
            work.add_consequence_evidence(activity=place.line, evidence=held, by=by, at=at)
        _noted(made, "print.photo", by=by, at=at)
    return place


@transaction.atomic
def take_down(*, place: PrintPlace, on: date, by: Person | None, at: datetime) -> PrintPlace:
    """Write down that it hangs there no more since a day. Raises `Unfit`, `Refused` and `org.permissions.NotAllowed`."""
    made, place = _locked_place(place)
    permissions.check_can_register(by, made.unit, localdate(at))
    _check_standing(place)
    if made.form == Form.LEAFLET or place.taken_down_on is not None:
        raise Refused(_("Nơi này không còn gì phải tháo."))
    if not place.starts_on <= on <= localdate(at):
        raise Unfit(_("Ngày tháo phải từ ngày treo đến hôm nay."), "taken_down_on")
    place.taken_down_on, place.taken_down_by = on, by
    place.save(update_fields=["taken_down_on", "taken_down_by"])
    _noted(made, "print.take-down", by=by, at=at)
    return place


@kept_in_vietnamese
@transaction.atomic
def take_back_place(*, place: PrintPlace, reason: str, by: Person | None, at: datetime) -> PrintPlace:
    """Take back what was written by mistake; its line of the ledger is reversed. Raises `NoReason`, `Refused`, `NotAllowed`."""
    made, place = _locked_place(place)
    permissions.check_can_register(by, made.unit, localdate(at))
    _check_standing(place)
    why = checked_reason(reason, _("Chưa ghi vì sao rút nơi này."))
    place.taken_back_at, place.taken_back_why = at, why
    place.save(update_fields=["taken_back_at", "taken_back_why"])
    if place.line is not None and not Reversal.objects.filter(activity=place.line).exists():
        work.reverse_consequence(activity=place.line, reason=why, by=by, at=at)
    _noted(made, "print.place-take-back", by=by, at=at, copies=place.copies)
    return place


# --- What they share -----------------------------------------------------------------------------------------------


def _locked(made: Print) -> Print:
    found = Print.objects.select_for_update(of=("self",)).select_related("unit", "task__plan", "picture")
    return found.get(pk=made.pk)


def _locked_place(place: PrintPlace) -> tuple[Print, PrintPlace]:
    made = _locked(place.of)
    found = PrintPlace.objects.select_for_update(of=("self",)).select_related("line").get(pk=place.pk)
    found.of = made
    return made, found


def _photo(data: bytes, name: str, at: datetime) -> HeldEvidence:
    held = work.hold_file(FileEvidence(data, name), at)
    if not Blob.objects.filter(pk=held.sha256, media_type__startswith="image/").exists():
        raise Refused(_("Tệp này không phải ảnh. Chụp hoặc chọn một ảnh."))
    return held


def _check_copies(copies: int) -> None:
    if not 1 <= copies <= rules.MOST_COPIES:
        raise Unfit(_("Ghi số bản từ 1 đến %(most)s.") % {"most": rules.MOST_COPIES}, "copies")


def _check_not_withdrawn(made: Print) -> None:
    if made.withdrawn_at is not None:
        raise Refused(_("Ấn phẩm này đã thu hồi: %(why)s") % {"why": made.withdrawn_why})


def _check_cleared(made: Print) -> None:
    _check_not_withdrawn(made)
    if not made.is_cleared:
        raise NotReady(_("Lời của ấn phẩm chưa được duyệt. Trình lãnh đạo duyệt rồi in."))


def _check_fits(made: Print, on: date) -> None:
    seen = sheets.look(made, on=on)
    if not seen.fits:
        raise NotReady(
            _("Chữ không vừa tờ giấy: %(parts)s. Rút gọn rồi làm lại.") % {"parts": ", ".join(seen.too_long)}
        )


def _check_standing(place: PrintPlace) -> None:
    if place.taken_back_at is not None:
        raise Refused(_("Dòng này đã rút vì ghi nhầm."))


def _noted(made: Print, action: str, *, by: Person | None, at: datetime, copies: int | None = None) -> None:
    detail = {"sheet": made.form} | ({"copies": copies} if copies is not None else {})
    audit(by=by, at=at, action=action, target=made, unit=made.unit, detail=detail)
