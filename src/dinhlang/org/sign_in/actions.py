"""What an administrator or the operator does at somebody else's door."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import permissions, queries
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.sign_in import limits
from dinhlang.org.sign_in.sessions import end_all_visits


@transaction.atomic
def unlock(*, person: Person, by: Person | None, at: datetime) -> int:
    """Let a person try again who was locked out after too many failures. Gives from how many addresses they were
    counted. Raises `permissions.NotAllowed`."""
    unit = _check_may_help(by, person, at)
    count = limits.unlock(person)
    audit(by=by, at=at, action="person.unlock", target=person, unit=unit)
    return count


@transaction.atomic
def take_off_second_factor(*, person: Person, by: Person | None, at: datetime) -> int:
    """Take off the second factor of a person who lost the phone, and end their sessions. Gives how many means there
    were; they set up new ones after the next sign-in. Raises `permissions.NotAllowed`."""
    unit = _check_may_help(by, person, at)
    means = Authenticator.objects.filter(user=person)
    count = int(means.count())
    means.delete()
    end_all_visits(person=person, by=by, at=at)
    audit(by=by, at=at, action="factor.take-off", target=person, unit=unit, detail={"count": count})
    return count


@transaction.atomic
def sign_out_everywhere(*, person: Person, by: Person | None, at: datetime) -> int:
    """End every session of a person who left a machine open. Gives how many. Raises `permissions.NotAllowed`."""
    _check_may_help(by, person, at)
    return end_all_visits(person=person, by=by, at=at)


def _check_may_help(by: Person | None, person: Person, at: datetime) -> Unit | None:
    """Give the unit in whose chain it is written. Nobody helps themselves. Raises `permissions.NotAllowed`."""
    on = localdate(at)
    permissions.check_can_manage(by, person, on)
    if by is not None and by.pk == person.pk:
        raise permissions.NotAllowed(_("Không tự làm việc này cho mình được. Hãy nhờ một quản trị khác."))
    return queries.body_of_person(person, on)
