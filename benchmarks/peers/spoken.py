"""Phrases as two libraries for Vietnamese speech say them: a list of phrases as JSON in, lists of answers out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import sea_g2p
import vietnormalizer


def main() -> None:
    """Answers standard input."""
    phrases = json.load(sys.stdin)
    ways: dict[str, Callable[[str], str]] = {
        "sea_g2p": sea_g2p.Normalizer().normalize,
        "vietnormalizer": vietnormalizer.VietnameseNormalizer().normalize,
    }
    json.dump({name: [way(phrase) for phrase in phrases] for name, way in ways.items()}, sys.stdout)


if __name__ == "__main__":
    main()
