"""The line tools when the caller has closed a stream."""

from __future__ import annotations

import sys

import pytest

from dinhlang.cli import text_vietnamese


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_closed_stream_ends_the_work_without_an_error(monkeypatch, stream):
    monkeypatch.setattr(sys, stream, None)
    text_vietnamese.answer_each_line(str.upper)
