"""The line that counts pages is for a person at a terminal only."""

from __future__ import annotations

import sys

import pytest

from dinhlang.cli.pages import page_line


def test_pages_are_counted_on_a_terminal_and_the_line_is_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with page_line("bao-cao.pdf") as progress:
        progress(1, 12)
        progress(12, 12)
    told = capsys.readouterr().err
    assert "\rĐang đọc bao-cao.pdf: trang 1/12" in told
    assert told.endswith(" \r")


def test_a_short_file_shows_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with page_line("thu.pdf") as progress:
        progress(1, 2)
    assert capsys.readouterr().err == ""


def test_a_program_that_calls_sees_nothing_of_it() -> None:
    with page_line("thu.pdf") as progress:
        assert progress is None
