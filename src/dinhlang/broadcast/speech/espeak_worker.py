"""The process that speaks with eSpeak NG: a task as JSON on standard input, sounds on standard output."""

from __future__ import annotations

import ctypes
import json
import struct
import sys

_SYNCHRONOUS, _CHARACTERS, _UTF8, _RATE = 2, 1, 1, 1


class Speaker:
    """The library, loaded once; what it speaks is collected."""

    def __init__(self, voice: str, words_a_minute: int) -> None:
        import espeakng_loader

        self.library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = str(espeakng_loader.get_data_path()).encode()
        self.samples = self.library.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if self.samples <= 0:
            raise RuntimeError("eSpeak NG does not start")
        self.spoken = bytearray()
        callback = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        # Kept: the library calls it as long as it lives.
        self._callback = callback(self._collect)
        self.library.espeak_SetSynthCallback(self._callback)
        if self.library.espeak_SetVoiceByName(voice.encode()):
            raise RuntimeError(f"no voice {voice}")
        self.library.espeak_SetParameter(_RATE, words_a_minute, 0)

    def _collect(
        self, samples: ctypes._Pointer[ctypes.c_short] | None, count: int, _events: int | None
    ) -> int:
        if samples and count > 0:
            self.spoken += ctypes.string_at(samples, count * 2)
        return 0

    def say(self, sentence: str) -> bytes:
        """The sound of a sentence, 16 bits, one channel."""
        self.spoken.clear()
        text = sentence.encode() + b"\0"
        failed = self.library.espeak_Synth(text, len(text), 0, _CHARACTERS, 0, _UTF8, None, None)
        if failed or self.library.espeak_Synchronize():
            raise RuntimeError("eSpeak NG does not speak")
        return bytes(self.spoken)


def main() -> None:
    """Speak what standard input asks for."""
    task = json.load(sys.stdin)
    speaker = Speaker(task["voice"], task["words_a_minute"])
    for sentence in task["sentences"]:
        pcm = speaker.say(sentence)
        sys.stdout.buffer.write(struct.pack("<II", speaker.samples, len(pcm)) + pcm)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
