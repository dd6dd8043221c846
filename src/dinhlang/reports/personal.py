"""What every field of this room is kept for, on what ground, and how long.

Reports and what is handed in are records of the office; who signed is told with the signature.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dinhlang.org.personal import Declared, Personal, said
from dinhlang.org.personal.usual import AS_RECORD, DOCUMENT, EVIDENCE, OFFICIAL, SAID

_SIGNED = Personal(
    _("cho biết ai đã ký số, đóng dấu số vào báo cáo"),
    _("Luật Giao dịch điện tử 20/2023/QH15; Nghị định 30/2020/NĐ-CP"),
    AS_RECORD,
    open_because=_("chữ ký số công khai tên người ký"),
)

DECLARED: Declared = {
    "Outline": said(
        "id unit programme version text created_at",
        created_by=OFFICIAL,
    ),
    "TextBlock": said(
        "id unit section shipped uses retired_at created_at",
        text=DOCUMENT,
        created_by=OFFICIAL,
    ),
    "Report": said(
        "id unit plan programme outline period regime ruled_by window_from window_to status "
        "subject missing drafted_at number symbol issued_on issued_at corrects docx pdf",
        document=DOCUMENT,
        drafted_by=OFFICIAL,
        issued_by=OFFICIAL,
    ),
    "ReportFigure": said(
        "id report anchor concept window_from window_to value numerator denominator exactness "
        "printed origin lines digest evidence cell is_final",
    ),
    "RegisterEntry": said(
        "id unit year kind number symbol issued_on subject report entered_at",
    ),
    "ApprovalPath": said(
        "id starts_on ends_on legal_basis unit has_head own_is_allowed own_reason made_at",
        head=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "Presented": said(
        "id report digest at",
        content=DOCUMENT,
    ),
    "Approval": said(
        "id report stage presented since",
        sent_by=OFFICIAL,
    ),
    "ApprovalStep": said(
        "id report number deed before after presented link at",
        reason=SAID,
        points=SAID,
        by=OFFICIAL,
    ),
    "ReportLink": said(
        "id digest token_hash made_at expires_at used_at revoked_at held_hash report",
        approver=OFFICIAL,
        made_by=OFFICIAL,
    ),
    "ReportSignature": said(
        "id report organisation is_of_the_unit ledger_digest certificate_ends_at at",
        name=_SIGNED,
    ),
    "ReportSeal": said(
        "id report pdf organisation ledger_digest certificate_ends_at at",
        name=_SIGNED,
        by=OFFICIAL,
    ),
    "Bundle": said(
        "id unit programme period docx pdf with_drafts state rows told done files size token "
        "attempts asked_at moved_at ready_at",
        asked_by=OFFICIAL,
    ),
    "Programme": said(
        "id name short is_drafted order",
    ),
    "Regime": said(
        "id programme version under starts_on ends_on legal_basis rule owed recipients outline "
        "concepts imported_at",
    ),
    "Request": said(
        "id unit blob archived name state asker symbol dated subject due_on received_at decided_at reason",
        text=DOCUMENT,
        read=DOCUMENT,
        by=OFFICIAL,
    ),
    "Obligation": said(
        "id unit programme regime request period subject window_from window_to due_on "
        "is_provisional why recipient recipient_name opened_at released_on released_why passed_to "
        "sent_on sent_as sent_noted_at",
        sent_by=OFFICIAL,
    ),
    "Exemption": said(
        "id obligation until state requested_at decided_at",
        reason=SAID,
        requested_by=OFFICIAL,
        decided_by=OFFICIAL,
        note=SAID,
    ),
    "Nudge": said(
        "id obligation rung told_on seen_at mailed_at",
        person=OFFICIAL,
    ),
    "SubmissionKey": said(
        "id name start key_hash made_at used_at revoked_at unit made_for",
        made_by=OFFICIAL,
        revoked_by=OFFICIAL,
    ),
    "Submission": said(
        "id obligation report number way state recipient package digest outline_version symbol "
        "subject document_on submitted_at received_at decided_at decision receipt_year "
        "receipt_number place key",
        document=DOCUMENT,
        reason=SAID,
        handed_in_by=OFFICIAL,
    ),
    "SubmittedFigure": said(
        "id submission anchor concept window_from window_to value numerator denominator exactness "
        "printed origin lines digest changed_from has_evidence quote",
        evidence=DOCUMENT,
    ),
    "SubmissionStep": said(
        "id submission number deed before after receipt key at",
        reason=SAID,
        points=SAID,
        by=OFFICIAL,
    ),
    "Upload": said(
        "id key token digest size offset begun_at moved_at",
    ),
    "Consolidation": said(
        "id report with_received expected ended own joined parted apart coverage taken_at is_final",
    ),
    "ConsolidatedChild": said(
        "id consolidation unit submission digest window_from window_to passed_to was_accepted is_final",
    ),
    "Manuscript": said(
        "id report version figures missing changed_at",
        state=DOCUMENT,
        reused=DOCUMENT,
        changed_by=OFFICIAL,
    ),
    "ManuscriptChange": said(
        "id manuscript version what key lost at",
        patch=DOCUMENT,
        by=OFFICIAL,
    ),
    "Presence": said(
        "id report key seen_at",
        person=OFFICIAL,
    ),
    "Suppression": said(
        "id report rule message at",
        quote=DOCUMENT,
        reason=SAID,
        by=OFFICIAL,
    ),
    "IndexSet": said(
        "id unit version name legal_basis first_year last_year counting without_survey is_capped "
        "is_sample maximum digest state problems source source_name at decided_at",
        by=OFFICIAL,
    ),
    "Criterion": said(
        "id index_set position code parent text maximum scoring measure rule",
    ),
    "Assessment": said(
        "id unit year index_set state survey survey_asked survey_valid begun_at sent_at "
        "appraised_at published_at result",
        survey_note=SAID,
    ),
    "Score": said(
        "id assessment criterion value option own reasons basis appraised changed_at",
        explanation=SAID,
        appraised_why=SAID,
        changed_by=OFFICIAL,
    ),
    "ScoreEvidence": said(
        "id score activity line_hash at",
        by=OFFICIAL,
    ),
    "AssessmentStep": said(
        "id assessment deed total at",
        note=SAID,
        by=OFFICIAL,
    ),
    "Practice": said(
        "id unit activity kind happened_on state decider decided_on decision marked_at",
        title=EVIDENCE,
        why=EVIDENCE,
        effect=EVIDENCE,
        credited=EVIDENCE,
    ),
    "PracticeStep": said(
        "id practice deed at",
        note=SAID,
        by=OFFICIAL,
    ),
    "PortalScore": said(
        "id unit line first last seen_on source at",
        by=OFFICIAL,
    ),
    "ReportQuality": said(
        "id report figures evidenced letters copied findings left measured_at",
        told=DOCUMENT,
    ),
}
