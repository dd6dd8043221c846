"""Who may sign for the head of a unit, and the keys of digital signatures."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.sign.appearance import check_picture
from dinhlang.officialdoc.sign.keys import LIMIT, BadKey, load_key
from dinhlang.officialdoc.sign.rules import CannotSign
from dinhlang.org import permissions
from dinhlang.org.actions.audit import audit
from dinhlang.org.models import Person, SigningKey, SigningMandate, Unit
from dinhlang.org.queries import people as people_of
from dinhlang.org.rules import Permission, Refused, Unfit, post_title
from dinhlang.org.rules.signing import Mandate
from dinhlang.org.sign_in.secrets import sealed


@transaction.atomic
def give_mandate(
    *,
    unit: Unit,
    person: Person,
    kind: Mandate,
    title: str,
    legal_basis: str,
    starts_on: date,
    ends_on: date | None,
    programme: str = "",
    by: Person | None,
    at: datetime,
) -> SigningMandate:
    """Note that a person signs for the unit's head by order or by authority (NĐ 30/2020/NĐ-CP, art. 13).

    Raises `Unfit` without the instrument, for authority without an end, or days in the wrong order; `Refused` for
    oneself or somebody without a post there; `NotAllowed`.
    """
    permissions.check_can(by, Permission.REPORT_ISSUE, unit, localdate(at))
    if by is not None and by == person:
        raise Refused(_("Không tự giao ký cho mình được. Hãy nhờ người có thẩm quyền khác ghi."))
    if person.pk not in {post.person_id for post in people_of.posts_in(unit, localdate(at))}:
        raise Refused(_("Người này không giữ chức vụ nào ở đơn vị. Giao chức vụ trước rồi giao ký."))
    basis = " ".join(legal_basis.split())
    if not basis:
        raise Unfit(
            _("Chưa ghi văn bản giao ký. Ghi số, ngày của quy chế làm việc hoặc văn bản ủy quyền."),
            "legal_basis",
        )
    if kind is Mandate.BY_AUTHORITY and ends_on is None:
        raise Unfit(_("Ủy quyền phải có thời hạn. Ghi ngày hết ủy quyền."), "ends_on")
    if ends_on is not None and ends_on <= starts_on:
        raise Unfit(_("Ngày hết phải sau ngày bắt đầu. Chọn lại ngày."), "ends_on")
    made = SigningMandate.objects.create(
        unit=unit,
        person=person,
        kind=kind,
        title=post_title(title),
        programme=programme,
        legal_basis=basis[:200],
        starts_on=starts_on,
        ends_on=ends_on,
        made_by=by,
        made_at=at,
    )
    audit(
        by=by,
        at=at,
        action="mandate.give",
        target=made,
        unit=unit,
        detail={"person": person.pk, "kind": kind, "basis": made.legal_basis},
    )
    return made


@transaction.atomic
def end_mandate(*, mandate: SigningMandate, by: Person | None, at: datetime) -> None:
    """End a mandate from today on; one that has not begun is taken away. Raises `NotAllowed`, `Refused`."""
    today = localdate(at)
    permissions.check_can(by, Permission.REPORT_ISSUE, mandate.unit, today)
    if mandate.ends_on is not None and mandate.ends_on <= today:
        raise Refused(_("Việc giao ký này đã hết hạn."))
    audit(by=by, at=at, action="mandate.end", target=mandate, unit=mandate.unit)
    if mandate.starts_on is not None and mandate.starts_on >= today:
        mandate.delete()
        return
    mandate.ends_on = today
    mandate.save(update_fields=["ends_on"])


@transaction.atomic
def add_key(
    *,
    unit: Unit,
    person: Person | None,
    data: bytes,
    passphrase: str,
    by: Person | None,
    at: datetime,
    picture: bytes = b"",
) -> SigningKey:
    """Keep a PKCS#12 key of a person, or of the unit itself, in place of the one before; `picture` is the .png of the
    hand or the seal.

    The passphrase is only tried, and stored nowhere. Raises `Unfit` for a file that is no key or no picture, `NotAllowed`.
    """
    permissions.check_can(by, Permission.REPORT_ISSUE, unit, localdate(at))
    if person is not None and person.pk not in {
        post.person_id for post in people_of.posts_in(unit, localdate(at))
    }:
        raise Refused(_("Người này không giữ chức vụ nào ở đơn vị."))
    if len(data) > LIMIT:
        raise Unfit(_("Tệp khóa lớn quá 1 MB nên không phải tệp .p12. Hãy chọn đúng tệp khóa."), "file")
    try:
        key = load_key(data, passphrase, at=at)
    except BadKey as reason:
        raise Unfit(str(reason), "file") from None
    if picture:
        try:
            check_picture(picture)
        except CannotSign as reason:
            raise Unfit(str(reason), "picture") from None
    SigningKey.objects.filter(unit=unit, person=person, retired_at=None).update(
        retired_at=at, sealed="", picture=""
    )
    kept = SigningKey.objects.create(
        unit=unit,
        person=person,
        name=key.name[:200],
        organisation=(key.organisation or "")[:200],
        starts_at=key.starts_at,
        ends_at=key.ends_at,
        sealed=sealed(data),
        picture=sealed(picture) if picture else "",
        added_by=by,
        added_at=at,
    )
    audit(
        by=by,
        at=at,
        action="signing-key.add",
        target=kept,
        unit=unit,
        detail={"name": kept.name, "until": kept.ends_at.isoformat()},
    )
    return kept


@transaction.atomic
def retire_key(*, key: SigningKey, by: Person | None, at: datetime) -> None:
    """Use a key no more, and forget it: what was signed with it stays good. Raises `NotAllowed`, `Refused`."""
    permissions.check_can(by, Permission.REPORT_ISSUE, key.unit, localdate(at))
    if not SigningKey.objects.filter(pk=key.pk, retired_at=None).update(retired_at=at, sealed="", picture=""):
        raise Refused(_("Khóa này đã thôi dùng."))
    audit(by=by, at=at, action="signing-key.retire", target=key, unit=key.unit, detail={"name": key.name})
