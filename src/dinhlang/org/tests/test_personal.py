"""Every field of a room with persons says what it is kept for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps

from dinhlang.org import personal
from dinhlang.org.personal import Personal

ROOMS = [config.label for config in apps.get_app_configs() if config.name.startswith("dinhlang.")]
DECLARING = [label for label in ROOMS if personal.declared(label) is not None]


def test_the_room_of_citizens_declares_its_fields() -> None:
    assert "citizens" in DECLARING


@pytest.mark.parametrize("label", DECLARING)
def test_no_field_is_kept_without_a_word(label: str) -> None:
    assert list(personal.faults(label)) == []


@pytest.mark.parametrize("label", DECLARING)
def test_what_a_field_is_kept_for_is_said_in_words(label: str) -> None:
    said = [one for row in (personal.declared(label) or {}).values() for one in row.values()]
    kept = [one for one in said if isinstance(one, Personal)]
    assert kept
    for one in kept:
        assert str(one.purpose)
        assert str(one.basis)
        assert (one.retention.months is None) == (not one.retention.after), one


def test_a_field_that_says_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: dict(row) for name, row in (personal.declared("citizens") or {}).items()}
    kept = found["Case"].pop("words")
    assert isinstance(kept, Personal)
    found["Case"]["wordz"] = replace(kept)
    found["Ghost"] = {}
    monkeypatch.setattr(personal, "declared", lambda label: found)
    assert set(personal.faults("citizens")) == {
        "citizens.Case.words says nothing",
        "citizens.Case.wordz is not there",
        "citizens.Ghost is not there",
    }
