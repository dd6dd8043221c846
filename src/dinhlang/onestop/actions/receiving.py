"""A dossier comes in: written down as handed in, received with a number and a code, refused."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.actions.moving import done_before, locked, take_step
from dinhlang.onestop.models import Book, Channel, Dossier, Refusal, ReturnWay, Source
from dinhlang.onestop.rules import codes, deciding, intake, regimes, terms
from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.onestop.rules.intake import Given
from dinhlang.onestop.rules.states import Deed, Fee, State
from dinhlang.org import queries as org
from dinhlang.org.actions.sent_once import made_before
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Unfit
from dinhlang.procedures import rules as procedures
from dinhlang.procedures.models import Version


@transaction.atomic
def receive(
    *, unit: Unit, given: Given, key: UUID, received_at: datetime, by: Person | None, at: datetime
) -> Dossier:
    """Receive a dossier that is complete: it gets its number in the book, its code and its day. The same `key` is one dossier.

    Raises `Unfit` with the field to mend, `codes.BadCode`, `BadClock`, `org.permissions.NotAllowed`.
    """
    dossier, is_new = _written(unit, given, key, received_at, by=by, at=at)
    if is_new:
        _receive(dossier, given, key=key, received_at=received_at, by=by, at=at)
    return dossier


@transaction.atomic
def present(
    *, unit: Unit, given: Given, key: UUID, presented_at: datetime, by: Person | None, at: datetime
) -> Dossier:
    """Write down a dossier that is not received yet: papers are missing, or it must be refused. Raises as `receive`."""
    dossier, is_new = _written(unit, given, key, presented_at, by=by, at=at)
    if is_new:
        take_step(dossier, Deed.PRESENT, key=key, by=by, at=presented_at, recorded_at=at)
    return dossier


@transaction.atomic
def receive_presented(
    *, dossier: Dossier, given: Given, key: UUID, received_at: datetime, by: Person | None, at: datetime
) -> Dossier:
    """Receive one that was written down before. The version in force now decides its time. Raises as `receive`."""
    dossier = locked(dossier)
    permissions.check_can_register(by, dossier.unit, localdate(at))
    if done_before(dossier, key, Deed.RECEIVE) is None:
        given = intake.fit(given)
        _lay_down(dossier, given, _version(dossier.unit, given, localdate(received_at)))
        _receive(dossier, given, key=key, received_at=received_at, by=by, at=at)
    return dossier


@transaction.atomic
def refuse(*, dossier: Dossier, reason: str, key: UUID, by: Person | None, at: datetime) -> Dossier:
    """Refuse to receive it, with the reason that goes into the slip (mẫu 03); it gets its number in the register of refusals.

    Raises `Unfit` and as `take_step`.
    """
    dossier = locked(dossier)
    permissions.check_can_register(by, dossier.unit, localdate(at))
    if done_before(dossier, key, Deed.REFUSE) is None:
        why = intake.reason(
            reason, "reason", _("Chưa ghi lý do từ chối. Ghi rõ quy định nào không cho tiếp nhận.")
        )
        take_step(dossier, Deed.REFUSE, key=key, by=by, at=at, recorded_at=at, reason=why)
        _write_refusal(dossier, localdate(at).year)
    return dossier


def _write_refusal(dossier: Dossier, year: int) -> None:
    """Its line in the register of refusals, once: no gaps, no doubles."""
    lock(dossier.unit_id)
    if queries.refusal_of(dossier) is None:
        last = Refusal.objects.filter(unit=dossier.unit, year=year).aggregate(last=Max("number"))["last"]
        Refusal.objects.create(unit=dossier.unit, year=year, number=(last or 0) + 1, dossier=dossier)


def _written(
    unit: Unit, given: Given, key: UUID, moment: datetime, *, by: Person | None, at: datetime
) -> tuple[Dossier, bool]:
    """The row of a dossier, and whether it was written now."""
    permissions.check_can_register(by, unit, localdate(at))
    given = intake.fit(given)
    intake.check_moment(moment, at, after=None)
    if (known := made_before(Dossier, unit=unit, key=key)) is not None:
        return known, False
    dossier = Dossier(
        unit=unit,
        key=key,
        source=Source.OWN,
        presented_at=moment,
        entered_at=at,
        entered_by=by,
        held_by=by,
        state=State.PRESENTED,
    )
    _lay_down(dossier, given, _version(unit, given, localdate(moment)))
    dossier.save()
    return dossier, True


def _version(unit: Unit, given: Given, on: date) -> Version:
    version = queries.version_to_receive(unit, given.version, on)
    if version is None:
        raise Unfit(
            _("Thủ tục này không có hiệu lực vào ngày tiếp nhận. Chọn lại thủ tục trong danh mục."), "version"
        )
    return version


def _lay_down(dossier: Dossier, given: Given, version: Version) -> None:
    """What was said of it, as the version of its procedure has it."""
    for name, value, known in (
        ("channel", given.channel, Channel.values),
        ("return_way", given.return_way, ReturnWay.values),
    ):
        if value not in known:
            raise Unfit(_("Chọn một giá trị trong danh sách."), name)
    said = terms.said_for(procedures.from_json(version.sheet), given.channel)
    _lay_down_term(dossier, given.term or said.term, said.words)
    on = localdate(dossier.presented_at)
    counter = queries.rules_on(dossier.unit, on)
    body = usual_handling(dossier.unit, on)
    office = counter.office if counter is not None else body
    applicant, offices = given.applicant, given.offices
    dossier.version = version
    dossier.procedure_code, dossier.procedure_name = version.procedure.code, version.name
    dossier.field = version.field
    dossier.channel, dossier.return_way = given.channel, given.return_way
    dossier.receiving = offices.receiving or office
    dossier.handling = offices.handling or body
    dossier.returning = offices.returning or office
    dossier.assisted_at = offices.assisted_at
    dossier.papers, dossier.sets = list(given.papers), given.sets
    dossier.applicant, dossier.on_behalf_of = applicant.name, applicant.on_behalf_of
    dossier.address, dossier.phone, dossier.email = applicant.address, applicant.phone, applicant.email
    dossier.fee_words = said.fee_words[:1000]
    dossier.held_at = dossier.receiving
    dossier.folded = dossier.words()


def usual_handling(unit: Unit, on: date) -> str:
    """The office that decides where none is named. Names of offices go into forms: Vietnamese whoever is signed in."""
    return f"Ủy ban nhân dân {org.title_of(unit, on)}"


def _lay_down_term(dossier: Dossier, term: TermGiven | None, words: str) -> None:
    dossier.term_words = (term.words if term and term.words else words)[:500]
    dossier.term_amount = term.amount if term else None
    dossier.term_unit = term.unit.value if term else ""
    dossier.term_cut_off = term.cut_off if term else None
    dossier.term_basis = term.basis[:300] if term else ""


def _receive(
    dossier: Dossier, given: Given, *, key: UUID, received_at: datetime, by: Person | None, at: datetime
) -> None:
    on = localdate(received_at)
    if dossier.term_amount is None:
        raise Unfit(
            _("Thủ tục ghi thời hạn là “%(words)s”, máy không đếm được. Ghi thời hạn và văn bản quy định.")
            % {"words": dossier.term_words or "—"},
            "term_amount",
        )
    # The book is locked before the code is chosen: nobody else gives a number or a code meanwhile.
    book = _book(dossier.unit, on.year, at)
    dossier.received_at = received_at
    dossier.code, dossier.code_key = _code(dossier, given.code, on)
    dossier.folded = dossier.words()
    book.count += 1
    book.save(update_fields=["count"])
    dossier.book, dossier.number = book, book.count
    take_step(
        dossier,
        Deed.RECEIVE,
        key=key,
        by=by,
        at=received_at,
        recorded_at=at,
        said={
            "number": book.count,
            "book": str(book),
            "term": dossier.term_words,
            **_decided_elsewhere(dossier, on),
        },
    )
    if given.fee and dossier.fee_state == Fee.FREE:
        take_step(
            dossier,
            Deed.SET_FEE,
            key=uuid4(),
            by=by,
            at=received_at,
            recorded_at=at,
            said={"amount": given.fee},
        )


def _decided_elsewhere(dossier: Dossier, on: date) -> dict[str, str]:
    """The office whose term runs only from when it has the dossier, kept with the receipt: what it promises stands, whatever offices are
    called later.
    """
    is_here = dossier.handling == dossier.receiving or deciding.is_of_the_place(
        dossier.handling, org.title_of(dossier.unit, on)
    )
    if is_here or regimes.limits_on(on).handed_on_until is None:
        return {}
    return {"decided_by": dossier.handling}


def _book(unit: Unit, year: int, at: datetime) -> Book:
    """The book of the year, opened with its first dossier, locked."""
    Book.objects.get_or_create(unit=unit, year=year, volume=1, defaults={"opened_at": at})
    return Book.objects.select_for_update().get(unit=unit, year=year, volume=1)


def _code(dossier: Dossier, typed: str, on: date) -> tuple[str, str]:
    """The code that the official system gave, else the next of the day under the counter's own code, with its key."""
    if typed.strip():
        code = codes.read(typed)
        if code.day > on:
            raise codes.BadCode(
                _("Mã “%(code)s” có ngày sau ngày tiếp nhận. Xem lại mã hoặc ngày tiếp nhận.")
                % {"code": str(code)}
            )
    else:
        code = _next_code(dossier, on)
    others = Dossier.objects.filter(unit=dossier.unit, code_key=code.key).exclude(pk=dossier.pk)
    # In no order of the list: SQLite would read the whole register along it.
    known = others.order_by("pk").first()
    if known is not None:
        raise codes.BadCode(
            _("Mã “%(code)s” đã có trong sổ, số thứ tự %(number)s. Mỗi hồ sơ có một mã riêng.")
            % {"code": str(code), "number": known.number or "—"}
        )
    return str(code), code.key


def _next_code(dossier: Dossier, on: date) -> codes.Code:
    rules = queries.rules_on(dossier.unit, on)
    if rules is None or not rules.agency_code:
        raise codes.BadCode(
            _(
                "Chưa khai mã cơ quan của nơi tiếp nhận. Ghi mã hồ sơ do hệ thống cấp, hoặc khai mã cơ quan trước."
            )
        )
    agency = rules.agency_code
    start = f"{codes.agency_key(agency)}-{on:%y%m%d}-"
    taken = Dossier.objects.filter(unit=dossier.unit, code_key__startswith=start).values_list(
        "code_key", flat=True
    )
    # Longer numbers of the same day are those of a ministry's system: its own row.
    mine = [one.rpartition("-")[2] for one in taken if len(one.rpartition("-")[2]) == 4]
    return codes.Code(agency, on, codes.next_number(mine))
