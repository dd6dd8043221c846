"""An appraised result is published as it reads then, and can be taken down with a reason."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.index import queries, rules
from dinhlang.reports.index.actions.scoring import held, stepped
from dinhlang.reports.index.queries import Standing
from dinhlang.reports.index.rules import Deed
from dinhlang.reports.models import Assessment


@transaction.atomic
def publish(*, assessment: Assessment, by: Person | None, at: datetime) -> None:
    """Open the result to all, as it reads now. Raises `rules.WrongMove` or `NotAllowed`."""
    assessment = held(assessment)
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    assessment.state = rules.check_move(Deed.PUBLISH, assessment.state)
    assessment.published_at = at
    assessment.result = kept_in_vietnamese(_result)(assessment)
    assessment.save(update_fields=["state", "published_at", "result"])
    stepped(assessment, Deed.PUBLISH, "", by, at)


@transaction.atomic
def withdraw(*, assessment: Assessment, note: str, by: Person | None, at: datetime) -> None:
    """Take the result down again. Raises `rules.NoReason`, `rules.WrongMove`, `NotAllowed`."""
    assessment = held(assessment)
    check_can(by, Permission.INDEX_APPRAISE, assessment.unit, localdate(at))
    note = rules.reason_for(Deed.WITHDRAW, note)
    assessment.state = rules.check_move(Deed.WITHDRAW, assessment.state)
    assessment.published_at, assessment.result = None, {}
    assessment.save(update_fields=["state", "published_at", "result"])
    stepped(assessment, Deed.WITHDRAW, note, by, at)


def _result(assessment: Assessment) -> dict[str, Any]:
    return told_to_all(queries.standing(assessment))


def told_to_all(standing: Standing) -> dict[str, Any]:
    """What everyone may read of an assessment: sums and how they came about, no evidence and no explanations."""
    one, total = standing.assessment, standing.total
    return {
        "set": one.index_set.name,
        "basis": one.index_set.legal_basis,
        "digest": one.index_set.digest,
        "is_sample": one.index_set.is_sample,
        "total": str(total.total),
        "maximum": str(total.maximum),
        "is_rescaled": total.is_rescaled,
        "survey": one.survey,
        "survey_valid": one.survey_valid,
        "sentences": [*total.sentences, *standing.survey_said],
        "rows": [
            {
                "code": line.row.code,
                "text": line.row.text,
                "depth": line.depth,
                "scoring": line.row.scoring,
                "maximum": str(line.row.maximum),
                "own": _plain(line.own),
                "points": _plain(line.points),
            }
            for line in standing.lines
        ],
    }


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
