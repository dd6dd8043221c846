"""What every field of this room is kept for, on what ground, and how long. Procedures tell of offices; who posted one is an official."""

from __future__ import annotations

from dinhlang.org.personal import Declared, said
from dinhlang.org.personal.usual import DOCUMENT, OFFICIAL

DECLARED: Declared = {
    "Procedure": said(
        "id unit code added_at",
    ),
    "Decision": said(
        "id unit number signed_on issuer subject blob blob_name added_at",
    ),
    "Intake": said(
        "id unit blob report at",
        name=DOCUMENT,
        by=OFFICIAL,
    ),
    "Version": said(
        "id procedure number starts_on ends_on name field levels online sheet folded intake added_at",
    ),
    "Event": said(
        "id procedure decision kind effective_on is_default_day version replaced_by source_act at",
        by=OFFICIAL,
    ),
    "Place": said(
        "id unit name channel is_open",
    ),
    "Posting": said(
        "id place version posted_on line posted_at taken_down_on photo_down",
        posted_by=OFFICIAL,
        taken_down_by=OFFICIAL,
    ),
}
