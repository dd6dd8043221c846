"""A better voice that an operator brings: the program Piper with voice files of theirs.

Piper (GPL-3.0-or-later, formerly MIT) and its voices are not part of this software; whether a voice may be used on air is
between the operator and whoever made it. The program takes one sentence a line and writes one WAV file for each into a
folder, named by the clock: so both its C++ and its Python form do (`--model FILE --output_dir FOLDER --length_scale NUMBER`).
"""

from __future__ import annotations

import io
import json
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from dinhlang.broadcast.speech import limited
from dinhlang.broadcast.speech.engine import Sound, SpeechFailed, Voice
from dinhlang.vietnamese.speech.pace import Pace

_MEGABYTES, _SECONDS = 4096, 600
_LARGEST_DESCRIPTION = 1_000_000
_PACE = Pace(syllables_a_minute=220, comma=0.2, stop=0.0)


@dataclass(frozen=True, slots=True)
class Piper:
    """The program, and the folder with its voices: `NAME.onnx` beside `NAME.onnx.json`."""

    program: str
    folder: Path

    def voices(self) -> Sequence[Voice]:
        """The voice files for Vietnamese; others, and those without their description, are passed over."""
        found = sorted(self.folder.glob("*.onnx")) if self.folder.is_dir() else []
        return [
            Voice(f"piper:{file.stem}", _("Giọng %(name)s") % {"name": file.stem}, "", _PACE)
            for file in found
            if _is_vietnamese(file)
        ]

    def speak(self, sentences: Sequence[str], voice: Voice, rate: float) -> list[Sound]:
        model = self.folder / f"{voice.key.removeprefix('piper:')}.onnx"
        with tempfile.TemporaryDirectory(prefix="dinhlang-piper-") as folder:
            program = [
                *(self.program, "--model", str(model.resolve()), "--output_dir", folder),
                *("--length_scale", f"{1 / rate:.3f}"),
            ]
            try:
                lines = "".join(f"{sentence}\n" for sentence in sentences)
                limited.run(program, lines.encode(), folder, megabytes=_MEGABYTES, seconds=_SECONDS)
                files = sorted(Path(folder).glob("*.wav"), key=lambda file: (len(file.name), file.name))
                return [_sound(file) for file in files]
            except limited.Ended as reason:
                raise SpeechFailed(
                    _(
                        "Chương trình Piper không đọc được bản tin. Hãy báo người quản trị xem DINHLANG_PIPER, hoặc chọn giọng có sẵn."
                    )
                ) from reason
            except (wave.Error, EOFError, OSError) as reason:
                raise SpeechFailed(
                    _("Chương trình Piper ghi ra tệp âm thanh hỏng. Hãy thử lại, hoặc chọn giọng có sẵn.")
                ) from reason


def configured() -> Piper | None:
    """Piper as the operator has set it (DINHLANG_PIPER, DINHLANG_PIPER_VOICES), or None."""
    from django.conf import settings

    if not settings.PIPER or settings.PIPER_VOICES is None:
        return None
    return Piper(settings.PIPER, settings.PIPER_VOICES)


def _is_vietnamese(model: Path) -> bool:
    described = model.with_name(f"{model.name}.json")
    try:
        if described.stat().st_size > _LARGEST_DESCRIPTION:
            return False
        language = json.loads(described.read_text(encoding="utf-8"))["language"]
        return str(language.get("family") or language.get("code", "")).startswith("vi")
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return False


def _sound(file: Path) -> Sound:
    with wave.open(io.BytesIO(file.read_bytes())) as opened:
        if opened.getnchannels() != 1 or opened.getsampwidth() != 2:
            raise wave.Error("not 16 bits, one channel")
        return Sound(opened.getframerate(), opened.readframes(opened.getnframes()))
