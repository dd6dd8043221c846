"""What happens to data requests: they come in once, are answered, carried out or refused by two people; all leaves its trace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.rules import codes as pins
from dinhlang.org.actions import audit, erase_person
from dinhlang.org.models import Person, Unit
from dinhlang.org.personal.people import Held, find
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.org.sealed import fingerprint
from dinhlang.privacy import permissions, queries
from dinhlang.privacy.models import GROUND_LENGTH, DataRequest, DataRequestMatter, DataRequestStep
from dinhlang.privacy.rules import codes, terms
from dinhlang.privacy.rules.states import ENDED, Deed, Kind, Outcome, State, after
from dinhlang.vietnamese.text import one_line

WORDS_LENGTH = 2000
NAME_LENGTH = 120
_SHORTEST_KEY, _LONGEST_KEY = 16, 128
_PIN_PLACE = "privacy.datarequest.pin"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, in the person's words, and how the person is reached."""

    kind: Kind
    words: str = ""
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is told of a request that was taken in."""

    request: DataRequest
    pin: str


def submit(
    *,
    unit: Unit,
    asked: Asked,
    key: str,
    matter: Held | None = None,
    is_proven: bool = False,
    by: Person | None = None,
    at: datetime,
) -> Receipt:
    """Take a request in; a second time with the same `key` gives the same request and PIN.

    `matter` is what it is about; `is_proven` when its code and PIN were given, or an official saw who asks. `by` is the
    official who writes it down, None for one from the public page. Raises `Unfit`.
    """
    if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
        raise Refused(_("Biểu mẫu đã cũ hoặc bị hỏng. Tải lại trang rồi gửi lại; nội dung đã viết vẫn còn."))
    if by is not None:
        permissions.check_can_handle(by, unit, localdate(at))
    asked = _fit(asked, needs_contact=not is_proven)
    key_mark, pin = pins.content_mark("data-request", key), pins.pin_from(fingerprint(key, _PIN_PLACE))
    known = DataRequest.objects.filter(unit=unit, key_mark=key_mark).first()
    if known is not None:
        return Receipt(known, pin)
    pin_hash = pins.hashed(pin)
    try:
        return Receipt(_received(unit, asked, key_mark, pin_hash, matter, is_proven, by, at), pin)
    except IntegrityError:
        # The same form a moment earlier.
        known = DataRequest.objects.filter(unit=unit, key_mark=key_mark).first()
        if known is None:
            raise Refused(_("Hệ thống đang bận, chưa nhận được. Hãy gửi lại sau ít phút.")) from None
        return Receipt(known, pin)


@transaction.atomic
def _received(
    unit: Unit,
    asked: Asked,
    key_mark: str,
    pin_hash: str,
    matter: Held | None,
    is_proven: bool,
    by: Person | None,
    at: datetime,
) -> DataRequest:
    held = terms.terms_on(localdate(at))
    term = held.done[asked.kind]
    one = DataRequest.objects.create(
        unit=unit,
        code=codes.new_code(),
        pin_hash=pin_hash,
        key_mark=key_mark,
        kind=asked.kind,
        is_from_web=by is None,
        words=asked.words,
        name=asked.name,
        contact=asked.contact,
        is_proven=is_proven,
        received_at=at,
        taken_by=by,
        term=term,
        term_basis=held.legal_basis,
        reply_due_at=terms.reply_due(at, held),
        due_at=terms.done_due(at, term, ()).due_at,
    )
    DataRequestStep.objects.create(
        request=one, number=1, deed=Deed.RECEIVE, state=State.RECEIVED, at=at, by=by
    )
    if matter is not None:
        DataRequestMatter.objects.create(request=one, kind=matter.kind, key=matter.key, at=at, added_by=by)
    audit(by=by, at=at, action="data-request.receive", target=one, unit=unit, detail={"kind": asked.kind})
    return one


def accept(*, request: DataRequest, words: str, by: Person | None, at: datetime) -> None:
    """Tell the person that the request was received and how it goes on."""
    said = checked_reason(words, _("Viết cho người yêu cầu biết xã sẽ làm gì, khi nào xong."))
    _done(request, Deed.ACCEPT, by=by, at=at, words=said)


def ask(*, request: DataRequest, words: str, by: Person | None, at: datetime) -> None:
    """Ask the person to show who they are; the clock stands meanwhile."""
    said = checked_reason(words, _("Viết rõ cần xác minh điều gì và cách làm."))
    _done(request, Deed.ASK, by=by, at=at, words=said)


def confirm(*, request: DataRequest, words: str, by: Person | None, at: datetime) -> None:
    """Note how the person showed who they are; the clock goes on."""
    said = checked_reason(words, _("Ghi đã xác minh bằng cách nào, không ghi số giấy tờ."))
    _done(request, Deed.CONFIRM, by=by, at=at, words=said, is_proven=True)


def extend(*, request: DataRequest, words: str, by: Person | None, at: datetime) -> None:
    """Promise a later day, once. The person reads why."""
    said = checked_reason(words, _("Ghi lý do gia hạn để người yêu cầu biết."))
    if request.is_extended:
        raise Refused(_("Yêu cầu này đã gia hạn một lần. Luật chỉ cho gia hạn một lần."))
    if request.due_at is None or request.due_at < at:
        raise Refused(_("Chỉ gia hạn được khi còn trong thời hạn."))
    new_on = terms.extended_on(
        request.due_at, terms.terms_on(localdate(request.received_at)).extended[request.kind]
    )
    _done(request, Deed.EXTEND, by=by, at=at, words=said, new_on=new_on, is_extended=True)


@transaction.atomic
def add_matter(*, request: DataRequest, kind: str, code: str, by: Person | None, at: datetime) -> None:
    """Say which matter a request is about, by its code. Raises `Refused` for a code of nothing, or of another unit."""
    permissions.check_can_handle(by, request.unit, localdate(at))
    one = _locked(request)
    if one.state in ENDED:
        raise Refused(_("Yêu cầu đã kết thúc."))
    held = find(kind, code)
    if held.unit != one.unit:
        raise Refused(_("Không có mã “%(code)s” ở đơn vị này.") % {"code": one_line(code)[:60]})
    _row, is_new = DataRequestMatter.objects.get_or_create(
        request=one, kind=held.kind, key=held.key, defaults={"at": at, "added_by": by}
    )
    if is_new:
        audit(
            by=by, at=at, action="data-request.matter", target=one, unit=one.unit, detail={"kind": held.kind}
        )


@transaction.atomic
def drop_matter(*, request: DataRequest, pk: int, by: Person | None, at: datetime) -> None:
    """The request is not about this after all."""
    permissions.check_can_handle(by, request.unit, localdate(at))
    one = _locked(request)
    if one.state not in (State.RECEIVED, State.ACCEPTED, State.WAITING):
        raise Refused(_("Yêu cầu đang chờ duyệt hoặc đã kết thúc."))
    DataRequestMatter.objects.filter(request=one, pk=pk).delete()
    audit(by=by, at=at, action="data-request.matter-drop", target=one, unit=one.unit)


def propose(
    *, request: DataRequest, outcome: str, words: str, ground: str, by: Person | None, at: datetime
) -> None:
    """Propose what is answered: another person decides. A refusal names its law; erasing needs to know whose and what."""
    if outcome not in Outcome.values:
        raise Unfit(_("Chọn thực hiện hoặc không thực hiện."), "outcome")
    said = checked_reason(words, _("Viết câu trả lời cho người yêu cầu."))
    law = one_line(ground)[:GROUND_LENGTH] if outcome == Outcome.REFUSE else ""
    if outcome == Outcome.REFUSE and not law:
        raise Unfit(_("Ghi điều luật cho phép không thực hiện yêu cầu này."), "ground")
    if outcome == Outcome.FULFIL:
        _check_ready(request)
    _done(request, Deed.PROPOSE, by=by, at=at, words=said, outcome=outcome, ground=law, proposed_by=by)


def send_back(*, request: DataRequest, words: str, by: Person | None, at: datetime) -> None:
    """Give a proposal back with the reason; the person does not read it."""
    said = checked_reason(words, _("Ghi lý do trả lại để người xử lý biết."))
    _done(request, Deed.RETURN, by=by, at=at, words=said, is_told=False, decides=True, outcome="", ground="")


def decide(*, request: DataRequest, by: Person | None, at: datetime) -> None:
    """Carry out what was proposed, or refuse it. Whoever proposed does not decide.

    To erase is done here, whole or not at all. Raises `Refused` while a matter is still open.
    """
    if by is not None and request.proposed_by_id == by.pk:
        raise Refused(_("Người trình không tự duyệt được. Đề nghị lãnh đạo khác duyệt."))
    deed = Deed.FULFIL if request.outcome == Outcome.FULFIL else Deed.REFUSE
    held: list[Held] = []
    with transaction.atomic():
        if deed is Deed.FULFIL:
            held = _check_ready(request)
        _done(request, deed, by=by, at=at, decides=True, decided_by=by)
        if request.kind == Kind.ERASE and deed is Deed.FULFIL:
            for one in held:
                erase_person(held=one, request=request.code, by=by, at=at)


def take_back(*, request: DataRequest, at: datetime) -> None:
    """The person no longer asks."""
    _done(request, Deed.TAKE_BACK, by=None, at=at, is_by_person=True)


def note_opened(*, request: DataRequest, by: Person, at: datetime) -> None:
    """Note that somebody opened what the person wrote and what is held of them."""
    audit(by=by, at=at, action="data-request.open", target=request, unit=request.unit)


def note_handed_out(*, request: DataRequest, by: Person | None, at: datetime) -> None:
    """Note that the data of a request were taken out for the person."""
    audit(by=by, at=at, action="personal.export", target=request, unit=request.unit)


def _check_ready(request: DataRequest) -> list[Held]:
    """What is to be carried out on. Raises `Refused` when it is not known who asks, about what, or something is still open."""
    if not request.is_proven:
        raise Refused(_("Chưa xác minh người yêu cầu. Xác minh trước, rồi trình."))
    held = list(queries.matters(request))
    if request.kind in (Kind.ERASE, Kind.SEE, Kind.COPY) and not held:
        raise Refused(_("Chưa gắn việc nào còn dữ liệu. Gắn mã phản ánh hoặc hồ sơ trước, rồi trình."))
    if request.kind == Kind.ERASE:
        for one in held:
            if one.is_open:
                raise Refused(
                    _("Việc %(code)s chưa giải quyết xong nên chưa xóa được. Kết thúc việc đó trước.")
                    % {"code": one.row}
                )
    return held


@transaction.atomic
def _done(
    request: DataRequest,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    words: str = "",
    is_told: bool = True,
    new_on: date | None = None,
    decides: bool = False,
    is_by_person: bool = False,
    **changes: object,
) -> None:
    if decides:
        permissions.check_can_decide(by, request.unit, localdate(at))
    elif not is_by_person:
        permissions.check_can_handle(by, request.unit, localdate(at))
    one = _locked(request)
    there = after(one.state, deed)
    last = one.steps.aggregate(last=Max("number"))["last"] or 0
    DataRequestStep.objects.create(
        request=one,
        number=last + 1,
        deed=deed,
        state=there,
        at=at,
        by=by,
        words=words,
        is_told=is_told,
        new_on=new_on,
    )
    for name, value in changes.items():
        setattr(one, name, value)
    one.state = there
    if one.replied_at is None and by is not None:
        one.replied_at = at
    if there in ENDED:
        one.ended_at = at
    else:
        one.due_at = queries.appointment_of(one).due_at
    one.save()
    audit(by=by, at=at, action=f"data-request.{deed.value}", target=one, unit=one.unit)
    request.refresh_from_db()


def _locked(request: DataRequest) -> DataRequest:
    rows = DataRequest.objects.select_for_update(of=("self",), no_key=True).select_related("unit")
    return rows.get(pk=request.pk)


def _fit(asked: Asked, *, needs_contact: bool) -> Asked:
    words = asked.words.replace("\0", "").strip()
    name, contact = one_line(asked.name), one_line(asked.contact)
    if len(words) > WORDS_LENGTH:
        raise Unfit(
            _("Nội dung dài %(length)s ký tự, tối đa %(most)s. Viết gọn lại; phần đã viết vẫn còn.")
            % {"length": len(words), "most": WORDS_LENGTH},
            "words",
        )
    if asked.kind in (Kind.CORRECT, Kind.RESTRICT, Kind.PROTECT) and not words:
        raise Unfit(_("Viết rõ dữ liệu nào và đề nghị gì."), "words")
    if needs_contact and not (name and contact):
        raise Unfit(
            _(
                "Ghi họ tên và cách liên hệ để xã xác minh, hoặc nhập mã tra cứu và mã bí mật của việc đã gửi."
            ),
            "contact",
        )
    if len(name) > NAME_LENGTH or len(contact) > NAME_LENGTH:
        raise Unfit(_("Họ tên, cách liên hệ tối đa %(most)s ký tự.") % {"most": NAME_LENGTH}, "contact")
    return Asked(asked.kind, words, name, contact)
