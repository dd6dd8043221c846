"""Words by which the name of a unit is known: who leads a task, who helps."""

from __future__ import annotations

import re

from dinhlang.officialdoc.read.words import fold

_LONGEST = 120
# Words that begin the name of a unit. After a word like 'của' they go on with the cell before.
UNIT_START = re.compile(
    r"(?<![\w–-])(?:van phong|bo phan|can bo|cong chuc|dai (?:truyen thanh|phat thanh|tt)|phong|so (?:noi vu|thong tin|tu phap|van hoa|tai chinh)|"
    r"ban (?:chi dao|bien tap|chi huy|van hoa|tuyen giao|dan van|nhan dan)|cac (?:to|buon|ap|xom|nganh|ban|thon|don vi|doan|co quan|bo phan|to chuc|khu|phong|cong chuc|truong|chi)|"
    r"doan (?:thanh nien|the|xa|phuong|truong)|hoi (?:nong dan|phu nu|cuu chien binh|lien hiep|dong nhan dan)|uy ban (?:nhan dan|mttq|mat tran)|mttq|ub ?mttq|mat tran to quoc|truong (?:thon|ban|khu|cac|hoc|thcs|mam non|tieu hoc)|"
    r"tram y te|cong an|quan su|thon|khu dan cu|to (?:dan pho|cong nghe)|trung tam|hdnd|ubnd|chu tich|lanh dao|toan the|dang uy|nguoi dung dau|ke toan)(?!\w)"
)
# Units that begin like other things; a cell of a row is one when it stands alone.
WEAK_UNIT = re.compile(
    r"(?:tu phap|van hoa|tai chinh|thong ke|dia chinh|bao (?!cao|tri|dam|ve|hiem|gom|truoc)|to )"
)


def is_unit(text: str) -> bool:
    """Whether a cell names a unit, by its first words."""
    folded = fold(text).lstrip("-+ ")
    return len(text) <= _LONGEST and bool(UNIT_START.match(folded) or WEAK_UNIT.match(folded))
