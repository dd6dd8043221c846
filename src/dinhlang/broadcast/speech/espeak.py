"""Voices of three regions that come with the software: eSpeak NG in a process of its own."""

from __future__ import annotations

import json
import struct
import tempfile
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dinhlang.broadcast.speech import limited
from dinhlang.broadcast.speech.engine import Sound, SpeechFailed, Voice
from dinhlang.vietnamese.speech.pace import Pace

# Measured on the longer phrases of the golden table at the usual rate: the sum is right within .5 %, single sentences within 4 %.
VOICES = (
    Voice(
        "espeak:north",
        gettext_noop("Giọng máy miền Bắc"),
        gettext_noop("Bắc"),
        Pace(201.6, comma=0.35, stop=0),
    ),
    Voice(
        "espeak:central",
        gettext_noop("Giọng máy miền Trung"),
        gettext_noop("Trung"),
        Pace(198.7, comma=0.33, stop=0),
    ),
    Voice(
        "espeak:south",
        gettext_noop("Giọng máy miền Nam"),
        gettext_noop("Nam"),
        Pace(192.8, comma=0.37, stop=0),
    ),
)
_NAMES = {"espeak:north": "vi", "espeak:central": "vi-vn-x-central", "espeak:south": "vi-vn-x-south"}
USUAL_WORDS_A_MINUTE = 125
_MEGABYTES, _SECONDS = 512, 120


class Espeak:
    """eSpeak NG (GPL-3.0-or-later), with its data in the wheel `espeakng-loader`."""

    def voices(self) -> Sequence[Voice]:
        return [replace(one, name=_(one.name), region=_(one.region)) for one in VOICES]

    def speak(self, sentences: Sequence[str], voice: Voice, rate: float) -> list[Sound]:
        task = {
            "voice": _NAMES[voice.key],
            "words_a_minute": round(USUAL_WORDS_A_MINUTE * rate),
            "sentences": list(sentences),
        }
        with tempfile.TemporaryDirectory(prefix="dinhlang-speech-") as folder:
            try:
                written = limited.run(
                    limited.module("espeak_worker"),
                    json.dumps(task).encode(),
                    folder,
                    megabytes=_MEGABYTES,
                    seconds=_SECONDS,
                )
            except limited.Ended as reason:
                raise SpeechFailed(
                    _("Máy đọc làm quá lâu nên đã dừng. Hãy chia bản tin thành nhiều phần.")
                    if reason.late
                    else _(
                        "Máy đọc gặp lỗi với bản tin này. Hãy thử lại, hoặc chia bản tin thành nhiều phần."
                    )
                ) from reason
        return list(_sounds(written))


def _sounds(written: bytes) -> list[Sound]:
    """Each sound is its samples a second, its length in bytes, and itself."""
    found, place = [], 0
    while place + 8 <= len(written):
        samples, length = struct.unpack_from("<II", written, place)
        place += 8
        found.append(Sound(samples, written[place : place + length]))
        place += length
    return found
