"""What was entered by mistake: the last step is taken back by a further one; details of the applicant are mended."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.actions.moving import done_before, locked, take_step
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules import intake, journey
from dinhlang.onestop.rules.intake import Applicant, Given
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.models import Person


@transaction.atomic
def reverse(
    *, dossier: Dossier, number: int, reason: str, key: UUID, by: Person | None, at: datetime
) -> DossierStep:
    """Take the last step back, as if it had not been; both stay to be read. A receipt keeps its number, cancelled.

    Raises `journey.CannotReverse` for another step, `Unfit` without a reason, `org.permissions.NotAllowed`.
    """
    dossier = locked(dossier)
    permissions.check_can_carry_on(by, dossier, localdate(at))
    if (known := done_before(dossier, key, Deed.REVERSE)) is not None:
        return known
    why = intake.reason(reason, "reason", _("Chưa ghi vì sao rút lại. Ghi chỗ ghi nhầm."))
    rows = queries.steps_of(dossier)
    wanted = journey.check_reversible(queries.journey_of(rows), number)
    row = next(one for one in rows if one.number == wanted.number)
    return take_step(dossier, Deed.REVERSE, key=key, by=by, at=at, recorded_at=at, reason=why, reverses=row)


@transaction.atomic
def correct_applicant(
    *, dossier: Dossier, applicant: Applicant, key: UUID, by: Person | None, at: datetime
) -> DossierStep:
    """Mend name, address, telephone. The step says which were changed, never what they were. Raises `Unfit`,
    `org.permissions.NotAllowed`."""
    dossier = locked(dossier)
    permissions.check_can_register(by, dossier.unit, localdate(at))
    if (known := done_before(dossier, key, Deed.CORRECT)) is not None:
        return known
    fit = intake.fit(Given(applicant, version=0)).applicant
    changed = []
    for name, value in (
        ("applicant", fit.name),
        ("on_behalf_of", fit.on_behalf_of),
        ("address", fit.address),
        ("phone", fit.phone),
        ("email", fit.email),
    ):
        if getattr(dossier, name).shown() != value:
            setattr(dossier, name, value)
            changed.append(name)
    return take_step(dossier, Deed.CORRECT, key=key, by=by, at=at, recorded_at=at, said={"changed": changed})
