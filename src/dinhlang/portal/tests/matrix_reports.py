"""Who gets what from the addresses of reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import (
    CAST,
    EVERYONE,
    NEIGHBOUR,
    ONLY_BY_A_FORM,
    REVIEWER,
    WHO_EDITS_OUTLINES,
    WHO_MAY_SEE_IT,
)
from dinhlang.reports import queries

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

ONLY_THE_APPROVER = {**dict.fromkeys(CAST, 404), "chu-tich": 200}
NOTHING_SIGNED = dict.fromkeys(CAST, 404)

MATRIX: dict[str, dict[str, int]] = {
    "reports:reports": EVERYONE,
    "reports:export": EVERYONE,
    "reports:new": EVERYONE,
    "reports:register": EVERYONE,
    "reports:register-export": ONLY_BY_A_FORM,
    "reports:outline": WHO_EDITS_OUTLINES,
    "reports:outline-try": ONLY_BY_A_FORM,
    "reports:text-blocks": WHO_EDITS_OUTLINES,
    "reports:text-block-retire": ONLY_BY_A_FORM,
    "reports:report": WHO_MAY_SEE_IT,
    "reports:redraft": ONLY_BY_A_FORM,
    "reports:correct": ONLY_BY_A_FORM,
    "reports:approval": WHO_MAY_SEE_IT,
    # Nothing waits for anybody in the world of these tests: they are led back to where the report stands.
    "reports:approve": {**dict.fromkeys(CAST, 302), NEIGHBOUR: 404},
    "reports:approval-link": ONLY_BY_A_FORM,
    "reports:approval-link-revoke": ONLY_BY_A_FORM,
    "reports:signature": NOTHING_SIGNED,
    "reports:approval-setup": ONLY_THE_APPROVER,
    "reports:mandate-end": ONLY_BY_A_FORM,
    "reports:key-retire": ONLY_BY_A_FORM,
    "reports:preview": WHO_MAY_SEE_IT,
    "reports:comparison": WHO_MAY_SEE_IT,
    "reports:file": WHO_MAY_SEE_IT,
    "reports:figure": WHO_MAY_SEE_IT,
    "reports:piece": WHO_MAY_SEE_IT,
    "reports:piece-act": ONLY_BY_A_FORM,
    "reports:insert": ONLY_BY_A_FORM,
    "reports:mend": ONLY_BY_A_FORM,
    "reports:suppress": ONLY_BY_A_FORM,
    "reports:history": WHO_MAY_SEE_IT,
    "reports:presence": ONLY_BY_A_FORM,
    "reports:index": EVERYONE,
    "reports:index-export": ONLY_BY_A_FORM,
    "reports:index-begin": ONLY_BY_A_FORM,
    # A province's set is for all its communes.
    "reports:index-sets": EVERYONE,
    "reports:index-set-new": EVERYONE,
    "reports:index-set": EVERYONE,
    "reports:index-set-file": EVERYONE,
    "reports:index-set-act": ONLY_BY_A_FORM,
    "reports:assessment": WHO_MAY_SEE_IT,
    "reports:assessment-export": ONLY_BY_A_FORM,
    "reports:assessment-survey": ONLY_BY_A_FORM,
    "reports:assessment-act": ONLY_BY_A_FORM,
    "reports:criterion": WHO_MAY_SEE_IT,
    "reports:criterion-evidence": ONLY_BY_A_FORM,
    "reports:criterion-appraise": ONLY_BY_A_FORM,
    "reports:duties": EVERYONE,
    "reports:duties-export": ONLY_BY_A_FORM,
    "reports:duty-table": EVERYONE,
    "reports:duty-table-export": ONLY_BY_A_FORM,
    "reports:duty": WHO_MAY_SEE_IT,
    "reports:duty-extend": WHO_MAY_SEE_IT,
    "reports:duty-sent": ONLY_BY_A_FORM,
    "reports:duty-unsent": ONLY_BY_A_FORM,
    "reports:extension-decide": ONLY_BY_A_FORM,
    # Reports are owed to the province: who watches from there sees its table, and no report of it is there yet.
    "reports:consolidation": EVERYONE,
    "reports:consolidate": ONLY_BY_A_FORM,
    "reports:consolidation-export": ONLY_BY_A_FORM,
    "reports:consolidated-concept": {**dict.fromkeys(CAST, 404), REVIEWER: 200},
    "reports:submitted-figure": dict.fromkeys(CAST, 404),
    "reports:consolidated": dict.fromkeys(CAST, 404),
    "reports:consolidated-take-in": ONLY_BY_A_FORM,
    "reports:proposals-join": ONLY_BY_A_FORM,
    "reports:proposal-part": ONLY_BY_A_FORM,
    "reports:events-tell-apart": ONLY_BY_A_FORM,
    "reports:requests": EVERYONE,
    "reports:request-new": EVERYONE,
    "reports:request": WHO_MAY_SEE_IT,
    "reports:request-confirm": ONLY_BY_A_FORM,
    "reports:request-withdraw": ONLY_BY_A_FORM,
    "reports:request-file": WHO_MAY_SEE_IT,
}

# The link is the key; one that is none says so, whoever asks.
PUBLIC: dict[str, int] = {"report-approval": 410, "report-approval-paper": 404}


def _piece(world: World) -> str:
    return queries.draft_in(world.report.manuscript).body[0].key


# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "reports:register-export": lambda world: ["csv"],
    "reports:duties-export": lambda world: ["csv"],
    "reports:index-export": lambda world: ["csv"],
    "reports:index-set": lambda world: [world.assessment.index_set_id],
    "reports:index-set-file": lambda world: [world.assessment.index_set_id],
    "reports:index-set-act": lambda world: [world.assessment.index_set_id, "bo"],
    "reports:assessment": lambda world: [world.assessment.pk],
    "reports:assessment-export": lambda world: [world.assessment.pk, "csv"],
    "reports:assessment-survey": lambda world: [world.assessment.pk],
    "reports:assessment-act": lambda world: [world.assessment.pk, "gui"],
    "reports:criterion": lambda world: [world.assessment.pk, "1.1.1"],
    "reports:criterion-evidence": lambda world: [world.assessment.pk, "1.1.1"],
    "reports:criterion-appraise": lambda world: [world.assessment.pk, "1.1.1"],
    "reports:duty-table-export": lambda world: ["csv"],
    "reports:duty": lambda world: [world.duty.pk],
    "reports:duty-extend": lambda world: [world.duty.pk],
    "reports:duty-sent": lambda world: [world.duty.pk],
    "reports:duty-unsent": lambda world: [world.duty.pk],
    "reports:extension-decide": lambda world: [1],
    "reports:consolidation-export": lambda world: ["csv"],
    "reports:consolidated-concept": lambda world: ["articles"],
    "reports:submitted-figure": lambda world: [1, "articles"],
    "reports:consolidated": lambda world: [world.report.pk],
    "reports:consolidated-take-in": lambda world: [world.report.pk],
    "reports:proposals-join": lambda world: [world.report.pk],
    "reports:proposal-part": lambda world: [world.report.pk],
    "reports:events-tell-apart": lambda world: [world.report.pk],
    "reports:request": lambda world: [world.letter.pk],
    "reports:request-confirm": lambda world: [world.letter.pk],
    "reports:request-withdraw": lambda world: [world.letter.pk],
    "reports:request-file": lambda world: [world.letter.pk],
    "reports:outline": lambda world: [world.commune.pk],
    "reports:outline-try": lambda world: [world.commune.pk],
    "reports:text-blocks": lambda world: [world.commune.pk],
    "reports:text-block-retire": lambda world: [world.commune.pk, 1],
    "reports:report": lambda world: [world.report.pk],
    "reports:redraft": lambda world: [world.report.pk],
    "reports:correct": lambda world: [world.report.pk],
    "reports:approval": lambda world: [world.report.pk],
    "reports:approve": lambda world: [world.report.pk],
    "reports:approval-link": lambda world: [world.report.pk],
    "reports:approval-link-revoke": lambda world: [1],
    "reports:signature": lambda world: [world.report.pk],
    "reports:approval-setup": lambda world: [world.commune.pk],
    "reports:mandate-end": lambda world: [1],
    "reports:key-retire": lambda world: [1],
    "report-approval": lambda world: ["khong-co"],
    "report-approval-paper": lambda world: ["khong-co"],
    "reports:preview": lambda world: [world.report.pk],
    "reports:comparison": lambda world: [world.report.pk],
    "reports:file": lambda world: [world.report.pk, "json"],
    "reports:figure": lambda world: [world.report.pk, world.report.figures.first().anchor],
    "reports:piece": lambda world: [world.report.pk, _piece(world)],
    "reports:piece-act": lambda world: [world.report.pk, _piece(world), "bo"],
    "reports:insert": lambda world: [world.report.pk],
    "reports:mend": lambda world: [world.report.pk],
    "reports:suppress": lambda world: [world.report.pk],
    "reports:history": lambda world: [world.report.pk],
    "reports:presence": lambda world: [world.report.pk],
}
