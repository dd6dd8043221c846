"""Cases come in: by their senders, once and for good, or written down by an official at the telephone or the counter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import keeping, permissions, queries
from dinhlang.citizens.actions.mailing import want_mail
from dinhlang.citizens.actions.noting import locked, note
from dinhlang.citizens.keeping import Kept
from dinhlang.citizens.models import Case, CaseFile
from dinhlang.citizens.rules import codes, kinds
from dinhlang.citizens.rules.categories import check_category
from dinhlang.citizens.rules.intake import Sender, Told, fit_sender, fit_told, is_named, nature_of, taken_as
from dinhlang.citizens.rules.kinds import Actor, Nature, Said, Way
from dinhlang.citizens.rules.recognition import Recognised, recognise, way_of
from dinhlang.citizens.rules.states import Deed, State, can_happen
from dinhlang.org import queries as org
from dinhlang.org import word_index
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.org.sealed import fingerprint
from dinhlang.vietnamese.redaction import is_personal
from dinhlang.vietnamese.text import one_line

_SHORTEST_KEY, _LONGEST_KEY = 16, 128
_PIN_PLACE = "citizens.case.pin"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told of a case that was taken in. `pin` is '' when it cannot be told again; `told` says what it is taken as."""

    case: Case
    code: str
    pin: str
    is_new: bool
    told: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """To what the sender agreed: the version of the terms shown, whether the words may be made public, and what is wanted by
    mail: a receipt, and word of what happens."""

    consent: str = ""
    publishable: bool = False
    receipt_by_mail: bool = False
    news_by_mail: bool = False


def submit(
    *,
    unit: Unit,
    told: Told,
    sender: Sender,
    way: Way,
    key: str,
    agreed: Agreed = Agreed(),
    files: Sequence[Kept] = (),
    flags: Sequence[str] = (),
    by: Person | None = None,
    accepts: bool = False,
    at: datetime,
) -> Receipt:
    """Take a case in: when this returns it is stored, and a second time with the same `key` and words gives the same.

    `key` is random, made with the form (16 to 128 letters), and never stored; the PIN is made of it, so that whoever lost the
    answer on the way and sends the form again is told the same PIN. `files` lie sealed already (`keeping.keep`). `flags` are marks of a
    machine's form. `by` is the official who writes it down and `accepts` it in the same step (`take_in`). Raises `Unfit`, and `Refused` for a key that came with other words.
    """
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        raise Refused(_("Biểu mẫu đã cũ hoặc bị hỏng. Tải lại trang rồi gửi lại; nội dung đã viết vẫn còn."))
    told, sender = fit_told(told), fit_sender(sender)
    if len(files) > kinds.MOST_FILES:
        raise Unfit(_("Gửi tối đa %(most)s tệp. Bỏ bớt rồi gửi lại.") % {"most": kinds.MOST_FILES}, "files")
    mark = codes.content_mark(key, told.words, told.category, sender.name, sender.phone, sender.address)
    key_mark = codes.content_mark("key", key)
    known = Case.objects.filter(unit=unit, key_mark=key_mark).first()
    pin = _pin(key)
    if known is None:
        # Milliseconds of work: done before the transaction opens, for SQLite lets one write at a time.
        pin_hash = codes.hashed(pin)
        apart = recognise(told.words, localdate(at))
        for _try in range(5):
            try:
                case = _received(
                    unit,
                    told,
                    sender,
                    way,
                    {"key_mark": key_mark, "content_mark": mark, "pin_hash": pin_hash},
                    apart=apart,
                    agreed=agreed,
                    files=files,
                    flags=flags,
                    by=by,
                    accepts=accepts,
                    at=at,
                )
                return Receipt(case, case.code, pin, True, taken_as(sender))
            except IntegrityError:
                # The same form a moment earlier, or, once in a million million, a code that is taken.
                known = Case.objects.filter(unit=unit, key_mark=key_mark).first()
                if known is not None:
                    break
        else:
            raise Refused(_("Hệ thống đang bận, chưa nhận được. Hãy gửi lại sau ít phút."))
    if known is None or known.content_mark != mark:
        raise Refused(_("Biểu mẫu này đã được gửi với nội dung khác. Tải lại trang để gửi một phản ánh mới."))
    for one in files:
        keeping.FILES.erase(one.name_there)
    is_same = bool(known.pin_hash) and codes.matches(pin, known.pin_hash.shown())
    return Receipt(known, known.code, pin if is_same else "", False, taken_as(sender))


@transaction.atomic
def _received(
    unit: Unit,
    told: Told,
    sender: Sender,
    way: Way,
    marks: Mapping[str, str],
    *,
    apart: Recognised | None,
    agreed: Agreed,
    files: Sequence[Kept],
    flags: Sequence[str],
    by: Person | None,
    accepts: bool,
    at: datetime,
) -> Case:
    on = localdate(at)
    nature = nature_of(sender)
    terms = queries.terms_of(unit, on)
    # It may be about one of them, and who denounces is kept secret (Luật Tố cáo 25/2018/QH14): until a person decided, only those
    # read it who read all cases.
    part, handler = (None, None) if apart else queries.given_by(unit, told.category, on)
    has_day = nature is Nature.FEEDBACK
    code = codes.new_code()
    case = Case.objects.create(
        unit=unit,
        code=code,
        **marks,
        way=way,
        nature=nature,
        looks_like=apart.nature if apart else None,
        category=told.category,
        subject=told.subject,
        folded=word_index.folded(code, told.subject),
        words=told.words,
        hamlet=_hamlet(unit, told.hamlet, at),
        place=told.place,
        latitude=told.point[0] if told.point else None,
        longitude=told.point[1] if told.point else None,
        sender_name=sender.name,
        sender_phone=sender.phone,
        sender_mail=sender.mail,
        sender_address=sender.address,
        spoken_for=sender.spoken_for,
        is_named=is_named(sender),
        flags=",".join(flags),
        is_publishable=agreed.publishable,
        consent=agreed.consent[:20],
        consent_at=at if agreed.consent else None,
        received_at=at,
        taken_by=by,
        part=part,
        handler=handler,
        term=terms.answer_of(told.category) if has_day else "",
        term_basis=terms.legal_basis[:300] if has_day else "",
        clock_from=at if has_day else None,
        changed_at=at,
    )
    for one in files:
        add_kept(case, one, by=by, at=at)
    if sender.mail and (agreed.receipt_by_mail or agreed.news_by_mail):
        want_mail(case, address=sender.mail, news=agreed.news_by_mail)
    note(case, Deed.RECEIVE, by=by, at=at, actor=Actor.OFFICIAL if by else Actor.SENDER)
    return _accept(locked(case), by=by, at=at) if accepts else case


def add_kept(case: Case, kept: Kept, *, by: Person | None, at: datetime) -> CaseFile:
    """Write the row of a file that lies sealed already."""
    return CaseFile.objects.create(
        case=case,
        name=kept.name,
        name_there=kept.name_there,
        media_type=kept.media_type,
        size=kept.size,
        digest=kept.digest,
        looked_pages=kept.looked_pages,
        looked_at=at if kept.is_looked_at else None,
        at=at,
        by=by,
    )


def _pin(key: str) -> str:
    return codes.pin_from(fingerprint(key, _PIN_PLACE))


def _hamlet(unit: Unit, hamlet: str, at: datetime) -> Unit | None:
    if not hamlet:
        return None
    if hamlet not in org.ids_below(unit, localdate(at), parts_only=True):
        raise Unfit(_("Chọn một thôn của xã trong danh sách."), "hamlet")
    return Unit.objects.get(pk=hamlet)


def take_in(
    *,
    unit: Unit,
    told: Told,
    sender: Sender,
    way: Way,
    key: str,
    agreed: Agreed = Agreed(),
    files: Sequence[Kept] = (),
    by: Person,
    at: datetime,
) -> Receipt:
    """Write down what somebody says at the telephone, at the counter or in a letter, and accept it at once.

    Without name and address it is taken as advice. Raises as `submit`, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_take_in(by, unit, localdate(at))
    return submit(
        unit=unit,
        told=told,
        sender=sender,
        way=way,
        key=key,
        agreed=agreed,
        files=files,
        by=by,
        accepts=True,
        at=at,
    )


def _accept(case: Case, *, by: Person | None, at: datetime) -> Case:
    """By what it is: feedback is accepted and handed to whoever handles its category, advice noted."""
    if case.nature == Nature.ADVICE:
        note(case, Deed.TAKE_AS_ADVICE, by=by, at=at)
        return case
    note(case, Deed.ACCEPT, by=by, at=at)
    if case.part_id or case.handler_id:
        _routed(case, by=by, at=at)
    return case


def _routed(case: Case, *, by: Person | None, at: datetime) -> None:
    """Whoever its category goes to has it."""
    note(case, Deed.ROUTE, by=by, at=at, detail={"part": case.part_id, "handler": case.handler_id})


@transaction.atomic
def accept(*, case: Case, by: Person | None, at: datetime) -> Case:
    """Accept what came in; without name and address as advice. Raises `WrongMove` and `org.permissions.NotAllowed`."""
    case = locked(case)
    permissions.check_can_take(by, case, localdate(at))
    _come_to_an_heir(case, localdate(at))
    if case.nature in (Nature.COMPLAINT, Nature.DENUNCIATION):
        # It was led away by mistake.
        case.nature = Nature.FEEDBACK if case.is_named else Nature.ADVICE
        case.part, case.handler = queries.given_by(case.unit, case.category, localdate(at))
        _start_clock(case, at)
    if case.nature == Nature.ADVICE and case.state != State.RECEIVED:
        raise Refused(_("Góp ý chưa có họ tên và địa chỉ người gửi. Ghi người gửi trước, rồi tiếp nhận."))
    return _accept(case, by=by, at=at)


def _come_to_an_heir(case: Case, on: date) -> None:
    """A case of a unit that ended, refused there and taken up after all, is from now on one of whoever keeps it."""
    keeper = queries.keeper_of(case, on)
    if keeper is not None and keeper != case.unit:
        case.unit, case.part, case.handler, case.part_since = keeper, None, None, None


@transaction.atomic
def name_sender(*, case: Case, sender: Sender, consent: str = "", by: Person | None, at: datetime) -> Case:
    """The sender of advice says name and address after all: it becomes feedback with a promised day, counted from now.

    `by=None` is the sender, who agreed that it is kept: `consent` names the words they agreed to. Raises `Unfit` while something is
    missing, `Refused` for a case that has a sender.
    """
    case = locked(case)
    if by is not None:
        permissions.check_can_take(by, case, localdate(at))
    sender = fit_sender(sender)
    if case.is_named:
        raise Refused(_("Phản ánh này đã có họ tên và địa chỉ người gửi."))
    if not is_named(sender):
        raise Unfit(
            _("Cần cả họ tên và địa chỉ thì mới hẹn được ngày trả lời."),
            "name" if not sender.name else "address",
        )
    case.sender_name, case.sender_address = sender.name, sender.address
    case.sender_phone, case.sender_mail = sender.phone or case.sender_phone, sender.mail or case.sender_mail
    if consent:
        case.consent, case.consent_at = consent[:20], at
    case.is_named, case.nature = True, Nature.FEEDBACK
    _start_clock(case, at)
    if case.state == State.ADVICE:
        note(case, Deed.ACCEPT, by=by, at=at, actor=None if by else Actor.SENDER)
    else:
        case.save()
    return case


def _start_clock(case: Case, at: datetime) -> None:
    """A promised day counted from now, by the terms of today."""
    if case.nature != Nature.FEEDBACK:
        return
    terms = queries.terms_of(case.unit, localdate(at))
    case.term, case.term_basis = terms.answer_of(case.category), terms.legal_basis[:300]
    case.clock_from, case.first_due_at = at, None


@transaction.atomic
def take_as_advice(*, case: Case, reason: str = "", by: Person | None, at: datetime) -> Case:
    """Take as advice what asks for no answer, or what nobody can be answered about."""
    case = locked(case)
    permissions.check_can_take(by, case, localdate(at))
    case.nature, case.term, case.term_basis = Nature.ADVICE, "", ""
    case.clock_from = case.first_due_at = None
    note(case, Deed.TAKE_AS_ADVICE, by=by, at=at, said={Said.REASON: reason.strip()})
    return case


@transaction.atomic
def lead_away(*, case: Case, nature: str, reason: str = "", by: Person | None, at: datetime) -> Case:
    """Tell the sender of a complaint or a denunciation where it goes; the promised day ends, and nobody has it any more.

    Raises `Unfit`, `WrongMove`.
    """
    case = locked(case)
    permissions.check_can_take(by, case, localdate(at))
    way = way_of(nature, localdate(at))
    if way is None:
        raise Unfit(_("Chọn khiếu nại hoặc tố cáo."), "nature")
    case.nature, case.looks_like, case.term = way.nature, None, ""
    case.part = case.handler = case.clock_from = case.first_due_at = None
    words = "\n".join(part for part in (reason.strip(), way.told, f"({way.legal_basis})") if part)
    note(case, Deed.LEAD_AWAY, by=by, at=at, detail={"nature": way.nature.value}, said={Said.REASON: words})
    return case


@transaction.atomic
def not_apart(*, case: Case, by: Person | None, at: datetime) -> Case:
    """Somebody read it: it is no complaint and no denunciation, whatever its words look like. What nobody has goes where its category
    goes."""
    case, on = locked(case), localdate(at)
    if not permissions.can_take(by, case, on):
        permissions.check_can_handle(by, case, on)
    if not case.looks_like:
        return case
    case.looks_like, case.changed_at = None, at
    is_nobodys = case.part is None and case.handler is None
    is_accepted = can_happen(case.state, Deed.ROUTE)
    if is_nobodys and (is_accepted or case.state == State.RECEIVED):
        case.part, case.handler = queries.given_by(case.unit, case.category, on)
    case.version += 1
    case.save(update_fields=["looks_like", "part", "handler", "changed_at", "version"])
    audit(by=by, at=at, action="case.not-apart", target=case, unit=case.unit)
    if is_nobodys and is_accepted and (case.part or case.handler):
        _routed(case, by=by, at=at)
    return case


@transaction.atomic
def refuse(*, case: Case, reason: str, by: Person | None, at: datetime) -> Case:
    """Not accept what is no feedback to anybody: advertising, nonsense, the same once more. Raises `NoReason`."""
    case = locked(case)
    permissions.check_can_take(by, case, localdate(at))
    why = checked_reason(reason, _("Ghi vì sao không tiếp nhận; người gửi đọc được lý do này."))
    note(case, Deed.REFUSE, by=by, at=at, said={Said.REASON: why})
    return case


def renew_pin(*, case: Case, by: Person | None, at: datetime) -> str:
    """A new PIN for a sender who lost it and whom the official knows; the old one opens nothing any more."""
    pin = codes.pin_from(fingerprint(f"{case.code} {at.isoformat()}", _PIN_PLACE))
    pin_hash = codes.hashed(pin)
    with transaction.atomic():
        case = locked(case)
        permissions.check_can_take(by, case, localdate(at))
        case.pin_hash = pin_hash
        case.save(update_fields=["pin_hash"])
        audit(by=by, at=at, action="case.renew-pin", target=case, unit=case.unit)
    return pin


@transaction.atomic
def set_subject(*, case: Case, subject: str, category: str, by: Person | None, at: datetime) -> Case:
    """Write the short line that lists show, which names nobody, and put the case into its category."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    check_category(category)
    subject = one_line(subject)
    if len(subject) > kinds.SUBJECT_LENGTH:
        raise Unfit(
            _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(subject), "most": kinds.SUBJECT_LENGTH},
            "subject",
        )
    if is_personal(subject):
        raise Unfit(
            _("Tóm tắt có tên, số điện thoại hoặc địa chỉ. Viết việc gì, ở thôn nào, không nêu ai."),
            "subject",
        )
    case.subject, case.category, case.changed_at = subject, category, at
    case.folded = word_index.folded(case.code, subject)
    case.version += 1
    case.save(update_fields=["subject", "folded", "category", "changed_at", "version"])
    audit(by=by, at=at, action="case.describe", target=case, unit=case.unit, detail={"category": category})
    return case
