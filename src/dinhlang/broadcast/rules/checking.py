"""What a listener would stumble over in a script: shown beside it, refusing nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dinhlang.broadcast.rules.reading import syllables
from dinhlang.broadcast.rules.script import LONG_SENTENCE, USUAL_SECONDS, sentences, spoken

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})?(?![\w-])")
_SHOWN = 60
_MOST = 30


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: what, and the words it is about."""

    message: str
    about: str = ""


def remarks(script: str, seconds: int) -> list[Remark]:
    """What to look at before the script is read, at most `_MOST` of them."""
    found: list[Remark] = []
    if seconds > USUAL_SECONDS:
        found.append(
            Remark(
                _(
                    "Đọc mất khoảng %(minutes)s phút; người nghe theo dõi tốt trong 2 phút. Chia nhỏ hoặc viết gọn."
                )
                % {"minutes": -(-seconds // 60)}
            )
        )
    abbreviations = dict.fromkeys(_ABBREVIATION.findall(script))
    if abbreviations:
        found.append(
            Remark(
                _("Có chữ viết tắt. Viết đầy đủ nếu người nghe có thể không hiểu."),
                ", ".join(list(abbreviations)[:12]),
            )
        )
    for line in script.split("\n"):
        for sentence in sentences(line):
            if len(found) >= _MOST:
                return found
            if _ADDRESS.search(sentence):
                found.append(
                    Remark(
                        _("Có địa chỉ mạng; người nghe không ghi kịp. Bỏ đi hoặc nói cách tìm."),
                        _cut(sentence),
                    )
                )
            elif not spoken(sentence):
                found.append(
                    Remark(_("Câu này chỉ dành cho người xem trang. Bỏ khỏi lời đọc."), _cut(sentence))
                )
            elif syllables(sentence) > LONG_SENTENCE + LONG_SENTENCE // 2:
                found.append(Remark(_("Câu dài, đọc một hơi không hết. Ngắt thành hai câu."), _cut(sentence)))
    return found


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _SHOWN else f"{sentence[:_SHOWN].rsplit(' ', 1)[0]} …"
