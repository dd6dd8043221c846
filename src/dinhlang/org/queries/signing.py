"""Who signs for a unit on a day, in what capacity, and with which key."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from dinhlang.officialdoc.model import Signature
from dinhlang.org.models import Person, SigningKey, SigningMandate, Unit
from dinhlang.org.queries.people import posts_in
from dinhlang.org.rules.roles import ROLES, Permission, Role
from dinhlang.org.rules.signing import Mandate, Told, signature_of

# A new certificate takes weeks to come.
ENDS_SOON = timedelta(days=45)


def mandate_of(person: Person, unit: Unit, programme: str, on: date) -> SigningMandate | None:
    """What the person was told about signing for the unit's head, in force on that day."""
    found: SigningMandate | None = (
        SigningMandate.objects.in_force(on)
        .filter(Q(programme="") | Q(programme=programme), unit=unit, person=person)
        .order_by("-programme", "-pk")
        .first()
    )
    return found


def signature_for(person: Person, unit: Unit, programme: str, on: date) -> Signature | None:
    """How the person signs for the unit on that day; `None` when they may not."""
    titles = [post.title for post in posts_in(unit, on) if post.person_id == person.pk]
    mandate = mandate_of(person, unit, programme, on) if titles else None
    told = Told(Mandate(mandate.kind), mandate.title) if mandate else None
    return signature_of(person.full_name, titles, told)


def holders(unit: Unit, permission: Permission, on: date) -> list[Person]:
    """People whose posts in the unit give a permission on that day; those locked out are not among them."""
    people = {
        post.person_id: post.person
        for post in posts_in(unit, on)
        if permission in ROLES[Role(post.role)].permissions and not ROLES[Role(post.role)].sees_below
    }
    return [person for person in people.values() if person.is_active or person.is_awaited]


def key_for(person: Person, unit: Unit) -> SigningKey | None:
    """The key with which a document that the person signs is signed: their own, else the unit's."""
    keys = SigningKey.objects.filter(unit=unit, retired_at=None)
    found: SigningKey | None = keys.filter(person=person).first() or keys.filter(person=None).first()
    return found


def key_of_unit(unit: Unit) -> SigningKey | None:
    """The agency's own key, with which its seal is put."""
    found: SigningKey | None = SigningKey.objects.filter(unit=unit, person=None, retired_at=None).first()
    return found


def keys_ending(unit: Unit, on: date) -> list[SigningKey]:
    """Keys in use whose certificate has ended or ends soon after that day."""
    last = datetime.combine(on + ENDS_SOON, time.min, tzinfo=get_default_timezone())
    rows = SigningKey.objects.filter(unit=unit, retired_at=None, ends_at__lt=last)
    return list(rows.select_related("person").order_by("ends_at"))
