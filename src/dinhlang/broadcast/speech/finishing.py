"""From raw sound to what is played: one loudness for all, MP3 and Opus. Takes what engines speak and what people record."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.speech import limited

LOUDNESS = -16.0
"""LUFS of everything that is played: a quiet bulletin beside a loud one is what people turn off. -16 is usual for speech
over small loudspeakers and podcasts (EBU R 128 asks for -23 in television)."""
CEILING = -1.5
"""dBTP: the highest peak, below what MP3 and Opus add."""
LARGEST_RECORDING = 200 * 1024 * 1024
LONGEST_RECORDING = 2 * 60 * 60
_MEGABYTES, _SECONDS = 2048, 600


class BadSound(Exception):
    """A recording that cannot be used; the text tells a person why and what to do."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The sound as MP3 (24 kHz, 48 kbit/s) and as Opus in Ogg (24 kbit/s); its length, loudness in LUFS and peak in dBFS."""

    mp3: bytes
    opus: bytes
    seconds: float
    loudness: float
    peak: float


_REASONS = {
    "no-sound": gettext_lazy(
        "Tệp không có âm thanh đọc được. Hãy gửi tệp ghi âm khác (MP3, M4A, WAV, WebM, OGG)."
    ),
    "too-long": gettext_lazy("Bản ghi dài hơn hai giờ. Hãy chia thành nhiều phần."),
    "nothing-kept": gettext_lazy("Phần giữ lại của bản ghi trống. Hãy chọn lại điểm đầu và điểm cuối."),
    "silent": gettext_lazy("Bản ghi im lặng, không nghe thấy tiếng. Hãy kiểm tra micrô rồi ghi lại."),
}


def finished(sound: bytes, *, title: str = "", starts: float = 0.0, ends: float | None = None) -> Finished:
    """The sound of any media file, from `starts` to `ends` (seconds; None: its end), evened and encoded. Raises BadSound.

    The file is opened in a process of its own, with limits: it may come from anywhere.
    """
    if len(sound) > LARGEST_RECORDING:
        raise BadSound(_("Tệp âm thanh lớn hơn 200 MB. Hãy nén lại hoặc chia thành nhiều phần."))
    with tempfile.TemporaryDirectory(prefix="dinhlang-sound-") as folder:
        (Path(folder) / "input").write_bytes(sound)
        try:
            told = limited.run(
                limited.module("finishing_worker"),
                json.dumps(
                    {
                        "title": title,
                        "loudness": LOUDNESS,
                        "ceiling": CEILING,
                        "longest": LONGEST_RECORDING,
                        "starts": starts,
                        "ends": ends,
                    }
                ).encode(),
                folder,
                megabytes=_MEGABYTES,
                seconds=_SECONDS,
            )
            answer = json.loads(told)
            if "problem" in answer:
                raise BadSound(str(_REASONS[answer["problem"]]))
            return Finished(
                (Path(folder) / "sound.mp3").read_bytes(),
                (Path(folder) / "sound.opus").read_bytes(),
                **answer,
            )
        except limited.Ended as reason:
            raise BadSound(
                _("Xử lý tệp âm thanh quá lâu nên đã dừng. Hãy chia thành nhiều phần.")
                if reason.late
                else _("Không mở được tệp âm thanh. Tệp hỏng hoặc không phải âm thanh; hãy gửi tệp khác.")
            ) from reason
