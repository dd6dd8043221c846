"""Forms: begun, changed while nobody was asked, then a new version."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import Survey, SurveyVersion
from dinhlang.citizens.surveys import permissions
from dinhlang.citizens.surveys.rules.codec import digest, to_plain
from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused


class SomebodyElseWrote(Refused):
    """Another person saved the form meanwhile."""


@transaction.atomic
def begin_survey(*, unit: Unit, definition: Definition, by: Person | None, at: datetime) -> SurveyVersion:
    """A new form with its first version. Raises `org.permissions.NotAllowed`."""
    permissions.check_can_manage(by, unit, localdate(at))
    survey = Survey.objects.create(unit=unit, title=definition.title[:200], made_at=at, made_by=by)
    made = _version(survey, 1, definition, by, at)
    audit(by=by, at=at, action="survey.begin", target=survey, unit=unit)
    return made


@transaction.atomic
def change_version(
    *, version: SurveyVersion, definition: Definition, seen: int, by: Person | None, at: datetime
) -> SurveyVersion:
    """Write in a version that no round asks yet. `seen` is the edit the writer began with.

    Raises `SomebodyElseWrote`, `Refused` for a frozen one, and `org.permissions.NotAllowed`.
    """
    version = (
        SurveyVersion.objects.select_for_update(of=("self",))
        .select_related("survey__unit")
        .get(pk=version.pk)
    )
    survey = version.survey
    permissions.check_can_manage(by, survey.unit, localdate(at))
    if version.frozen_at is not None:
        raise Refused(_("Bản này đã được dùng để hỏi nên không sửa nữa. Lập bản mới rồi sửa."))
    if seen != version.edits:
        raise SomebodyElseWrote(_("Người khác vừa sửa phiếu này. Tải lại trang rồi sửa tiếp."))
    version.definition, version.digest = to_plain(definition), digest(definition)
    version.edits += 1
    version.written_at, version.written_by = at, by
    version.save(update_fields=["definition", "digest", "edits", "written_at", "written_by"])
    survey.title = definition.title[:200]
    survey.save(update_fields=["title"])
    audit(
        by=by,
        at=at,
        action="survey.edit",
        target=survey,
        unit=survey.unit,
        detail={"version": version.number},
    )
    return version


@kept_in_vietnamese
@transaction.atomic
def new_version(*, survey: Survey, by: Person | None, at: datetime) -> SurveyVersion:
    """A version to write in, made of the newest; the one that is not frozen yet where there is one.

    Raises `org.permissions.NotAllowed`.
    """
    survey = Survey.objects.select_for_update(of=("self",)).select_related("unit").get(pk=survey.pk)
    permissions.check_can_manage(by, survey.unit, localdate(at))
    newest: SurveyVersion = survey.versions.order_by("-number")[0]
    if newest.frozen_at is None:
        return newest
    number = (survey.versions.aggregate(n=Max("number"))["n"] or 0) + 1
    made = SurveyVersion.objects.create(
        survey=survey,
        number=number,
        definition=newest.definition,
        digest=newest.digest,
        written_at=at,
        written_by=by,
    )
    audit(by=by, at=at, action="survey.version", target=survey, unit=survey.unit, detail={"version": number})
    return made


def _version(
    survey: Survey, number: int, definition: Definition, by: Person | None, at: datetime
) -> SurveyVersion:
    return SurveyVersion.objects.create(
        survey=survey,
        number=number,
        definition=to_plain(definition),
        digest=digest(definition),
        written_at=at,
        written_by=by,
    )
