"""Whoever was handed a result is asked how they were served: a slip of a survey, one voice for each dossier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys import queries as asked
from dinhlang.onestop import permissions, queries
from dinhlang.onestop.actions.moving import locked
from dinhlang.onestop.models import Dossier, SurveySlip
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused


@transaction.atomic
def hand_survey_slip(
    *, dossier: Dossier, key: UUID, by: Person | None, at: datetime
) -> tuple[SurveyRound, str]:
    """The round and the code of the dossier's slip, once; the same form sent again prints the same slip.

    The dossier remembers only that it had one, the code nothing of the dossier, the answer nothing of either. It is no step of the
    journey: an hour there would lead to the code. Raises `Refused`, `org.permissions.NotAllowed`.
    """
    dossier = locked(dossier)
    permissions.check_can_register(by, dossier.unit, localdate(at))
    if queries.has_survey_slip(dossier):
        if asked.slip_of(dossier.unit, key)[0] is None:
            raise Refused(_("Hồ sơ này đã có phiếu khảo sát. Mỗi hồ sơ một phiếu."))
    elif queries.survey_of(dossier, localdate(at)) is None:
        raise Refused(
            _(
                "Chỉ phát phiếu khảo sát khi đã trả kết quả và đang có đợt khảo sát phát phiếu khi trả kết quả."
            )
        )
    else:
        SurveySlip.objects.create(dossier=dossier)
    return surveys.hand_slip(unit=dossier.unit, key=key, by=by, at=at)
