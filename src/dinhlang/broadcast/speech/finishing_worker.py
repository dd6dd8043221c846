"""The process that opens a sound from anywhere: the file in `input`, what is wanted as JSON on standard input.

It writes `sound.mp3` and `sound.opus` and tells their length, loudness and peak, or the problem, as JSON.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

_RATE = 24_000
_BLOCK = 24_000
_QUIETEST = -60.0
"""LUFS: what is quieter has no speech in it."""
Samples = NDArray[np.float32]


class Problem(Exception):
    """Why the sound cannot be used."""


def main() -> None:
    """Even and encode the file."""
    wanted = json.load(sys.stdin)
    try:
        samples = part_of(decoded("input", wanted["longest"]), wanted["starts"], wanted["ends"])
        samples = evened(samples, wanted["loudness"], wanted["ceiling"])
    except Problem as reason:
        json.dump({"problem": str(reason)}, sys.stdout)
        return
    encode(samples, wanted["title"])
    peak = float(np.abs(samples).max())
    json.dump(
        {
            "seconds": round(len(samples) / _RATE, 3),
            "loudness": round(loudness(samples), 2),
            "peak": round(20 * math.log10(peak), 2),
        },
        sys.stdout,
    )


def decoded(name: str, longest: int) -> Samples:
    """The first sound of the file, one channel, 24 000 samples a second, from -1 to 1."""
    try:
        with av.open(name, metadata_errors="ignore") as file:
            stream = next(iter(file.streams.audio), None)
            if stream is None:
                raise Problem("no-sound")
            resampler = av.AudioResampler(format="flt", layout="mono", rate=_RATE)
            parts: list[Samples] = []
            length = 0
            for frame in _frames(file, stream, resampler):
                parts.append(frame.to_ndarray().reshape(-1).astype(np.float32))
                length += len(parts[-1])
                if length > longest * _RATE:
                    raise Problem("too-long")
    except av.FFmpegError as reason:
        raise Problem("no-sound") from reason
    if not length:
        raise Problem("no-sound")
    return np.concatenate(parts)


def part_of(samples: Samples, starts: float, ends: float | None) -> Samples:
    """The samples from one second to another; with the ends drawn in over a hundredth of a second, so that nothing clicks."""
    first, last = round(starts * _RATE), len(samples) if ends is None else round(ends * _RATE)
    kept = samples[first:last].copy()
    if not len(kept):
        raise Problem("nothing-kept")
    ramp = np.linspace(0, 1, min(len(kept), _RATE // 100), dtype=np.float32)
    if first > 0:
        kept[: len(ramp)] *= ramp
    if last < len(samples):
        kept[-len(ramp) :] *= ramp[::-1]
    return kept


def _frames(file: Any, stream: Any, resampler: Any) -> Iterator[AudioFrame]:
    """The frames that can be decoded; a file that breaks off gives what it has."""
    try:
        for frame in file.decode(stream):
            yield from resampler.resample(frame)
    except av.error.InvalidDataError:
        pass
    yield from resampler.resample(None)


def _through(samples: Samples, filters: list[tuple[str, str]]) -> Iterator[AudioFrame]:
    """The samples through FFmpeg's filters, frame by frame."""
    graph = av.filter.Graph()
    links = [graph.add_abuffer(format="flt", sample_rate=_RATE, layout="mono", time_base=Fraction(1, _RATE))]
    links += [graph.add(name, options) for name, options in filters]
    links.append(graph.add("abuffersink"))
    graph.link_nodes(*links).configure()
    for start in range(0, len(samples), _BLOCK):
        graph.push(_frame(samples[start : start + _BLOCK], start))
        yield from _pulled(graph)
    graph.push(None)
    yield from _pulled(graph)


def _pulled(graph: Any) -> Iterator[AudioFrame]:
    while True:
        try:
            yield graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return


def _frame(samples: Samples, at: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples).reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate, frame.pts = _RATE, at
    return frame


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS after ITU-R BS.1770 (FFmpeg's ebur128)."""
    # Shorter than its window it measures nothing: what is short is measured twice or more in a row.
    if len(samples) < 2 * _RATE:
        samples = np.tile(samples, 2 * _RATE // len(samples) + 1)
    heard = -70.0
    for frame in _through(samples, [("ebur128", "metadata=1")]):
        heard = float(frame.metadata.get("lavfi.r128.I", heard))
    return heard if math.isfinite(heard) else -70.0


def evened(samples: Samples, target: float, ceiling: float) -> Samples:
    """The samples at the loudness asked for; peaks that would pass the ceiling are rounded off by a limiter."""
    heard = loudness(samples)
    if heard < _QUIETEST:
        raise Problem("silent")
    for _ in range(5):
        samples = samples * np.float32(10 ** ((target - heard) / 20))
        if np.abs(samples).max() > 10 ** (ceiling / 20):
            samples = _limited(samples, ceiling)
        heard = loudness(samples)
        if abs(heard - target) < 0.2:
            break
    return samples


def _limited(samples: Samples, ceiling: float) -> Samples:
    options = f"limit={10 ** (ceiling / 20):.4f}:attack=5:release=50:level=0:latency=1"
    parts = [
        frame.to_ndarray().reshape(-1)
        for frame in _through(samples, [("alimiter", options), ("aformat", "sample_fmts=flt")])
    ]
    return np.concatenate(parts).astype(np.float32)[: len(samples)]


# Quality a small loudspeaker still tells apart; the last steps take twice the time.
_ENCODERS = (
    ("sound.mp3", "mp3", "libmp3lame", 48_000, {"compression_level": "7"}),
    ("sound.opus", "ogg", "libopus", 24_000, {"compression_level": "3", "application": "voip"}),
)


def encode(samples: Samples, title: str) -> None:
    """Write the samples as both files, side by side where there are two processors."""
    with ThreadPoolExecutor() as threads:
        for done in [threads.submit(_encode, samples, title, *encoder) for encoder in _ENCODERS]:
            done.result()


def _encode(
    samples: Samples, title: str, name: str, form: str, codec: str, bits: int, options: dict[str, str]
) -> None:
    with av.open(name, "w", format=form) as file:
        if title:
            file.metadata["title"] = title
        stream: Any = file.add_stream(codec, rate=_RATE, options=options)
        stream.layout, stream.bit_rate = "mono", bits
        stream.open()
        resampler = av.AudioResampler(
            format=stream.format.name, layout="mono", rate=_RATE, frame_size=stream.frame_size
        )
        for start in range(0, len(samples), _BLOCK):
            for frame in resampler.resample(_frame(samples[start : start + _BLOCK], start)):
                file.mux(stream.encode(frame))
        for frame in resampler.resample(None):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


if __name__ == "__main__":
    main()
