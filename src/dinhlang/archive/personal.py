"""What every field of this room is kept for, on what ground, and how long. Old documents name who signed and who is told of in them."""

from __future__ import annotations

from dinhlang.org.personal import Declared, said
from dinhlang.org.personal.usual import DOCUMENT, OFFICIAL

DECLARED: Declared = {
    "ArchivedDocument": said(
        "id unit blob kind subject period taken_at confirmed_at",
        name=DOCUMENT,
        document=DOCUMENT,
        taken_by=OFFICIAL,
        confirmed_by=OFFICIAL,
    ),
    "ArchivedText": said(
        "document signature",
        text=DOCUMENT,
        folded=DOCUMENT,
    ),
    "Intake": said(
        "id unit is_unit_given blob origin watched step history reason attempts pages leaves "
        "signature near likeness is_kept_beside archived received_at changed_at",
        name=DOCUMENT,
        text=DOCUMENT,
        document=DOCUMENT,
        proposal=DOCUMENT,
        pages_read=DOCUMENT,
        received_by=OFFICIAL,
    ),
    "BackfilledFact": said(
        "id document unit period concept value measure subject exactness line doubts",
        quote=DOCUMENT,
    ),
}
